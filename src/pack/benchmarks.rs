//! Figures elsewhere in words, each with its own period.

use super::model::Field;
use super::words;
use crate::domain::Indicator;
use crate::domain::benchmark::{Benchmark, Benchmarks, Elsewhere};

/// "68% (2024/25)", for a table; empty where there is no such figure.
pub(super) fn short(indicator: &Indicator, elsewhere: Elsewhere) -> String {
    indicator.benchmarks.of(elsewhere).map(|benchmark| display(indicator, benchmark)).unwrap_or_default()
}

/// Beside the chart: every figure elsewhere, or why there is none.
pub(super) fn facts(indicator: &Indicator) -> Vec<Field> {
    let field = |label: &str, value: String| Field { label: label.to_owned(), value };
    match &indicator.benchmarks {
        Benchmarks::None(reason) => vec![field("Benchmark", format!("None: {}", reason.trim_end_matches('.')))],
        Benchmarks::Known(known) => {
            known.iter().map(|benchmark| field(label(benchmark.of), display(indicator, benchmark))).collect()
        }
    }
}

fn label(elsewhere: Elsewhere) -> &'static str {
    match elsewhere {
        Elsewhere::Neighbours => "Statistical neighbours",
        Elsewhere::Region => "Region",
        Elsewhere::England => "England",
    }
}

fn display(indicator: &Indicator, benchmark: &Benchmark) -> String {
    let median = if benchmark.is_median { "median, " } else { "" };
    format!("{} ({median}{})", words::plain_figure(&indicator.measure, benchmark.value), benchmark.period)
}
