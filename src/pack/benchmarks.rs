//! Figures elsewhere in words, each with its own period.

use super::model::Field;
use crate::domain::benchmark::{Benchmark, Benchmarks, Elsewhere};
use crate::domain::{AttributedText, Indicator};
use crate::words;

/// What stands beside a row: the period once where all share it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct BenchmarkCells {
    pub(super) neighbours: String,
    pub(super) england: String,
    pub(super) note: String,
}

/// Neighbours and England, for a table; empty where there is no such figure.
pub(super) fn beside(indicator: &Indicator) -> BenchmarkCells {
    let of = |elsewhere| indicator.benchmarks.of(elsewhere);
    let (neighbours, england) = (of(Elsewhere::Neighbours), of(Elsewhere::England));
    let shared = match (neighbours, england) {
        (Some(one), Some(other)) if one.period != other.period => None,
        (one, other) => one.or(other).map(|benchmark| benchmark.period.clone()),
    };
    let said = |benchmark: Option<&Benchmark>| match (benchmark, &shared) {
        (Some(benchmark), Some(_)) => words::plain_figure(&indicator.measure, benchmark.value),
        (Some(benchmark), None) => display(indicator, benchmark),
        (None, _) => String::new(),
    };
    BenchmarkCells { neighbours: said(neighbours), england: said(england), note: shared.clone().unwrap_or_default() }
}

/// Beside the chart: every figure elsewhere in one line, or why there is none.
pub(super) fn facts(indicator: &Indicator) -> Vec<Field> {
    let field = |value: AttributedText| Field::new("Elsewhere", value);
    let known = match &indicator.benchmarks {
        Benchmarks::None(reason) if reason.screened().is_empty() => return vec![field("None".into())],
        Benchmarks::None(reason) => {
            return vec![field(AttributedText::from("None: ").and(reason.screened().without_end('.')))];
        }
        Benchmarks::Known(known) => known,
    };
    let Some(first) = known.first() else { return Vec::new() };
    let figure = |benchmark: &Benchmark| words::plain_figure(&indicator.measure, benchmark.value);
    let shares = |what: fn(&Benchmark) -> &str| known.iter().all(|benchmark| what(benchmark) == what(first));
    let (same_period, same_source) = (shares(|benchmark| &benchmark.period), shares(|benchmark| &benchmark.source));
    let each = known.iter().map(|benchmark| {
        let own = [
            benchmark.is_median.then_some("median"),
            (!same_period).then_some(benchmark.period.as_str()),
            (!same_source).then_some(benchmark.source.as_str()),
        ];
        let own: Vec<&str> = own.into_iter().flatten().filter(|said| !said.is_empty()).collect();
        let own = if own.is_empty() { String::new() } else { format!(" ({})", own.join(", ")) };
        format!("{} {}{own}", label(benchmark.of), figure(benchmark))
    });
    let mut said = each.collect::<Vec<_>>().join(", ");
    let of_all = [(same_period, &first.period), (same_source, &first.source)];
    let of_all: Vec<&str> =
        of_all.into_iter().filter(|(same, said)| *same && !said.is_empty()).map(|(_, said)| said.as_str()).collect();
    if !of_all.is_empty() {
        said.push_str(&format!("; {}", of_all.join(", ")));
    }
    vec![field(words::capital(&said).into())]
}

fn label(elsewhere: Elsewhere) -> &'static str {
    match elsewhere {
        Elsewhere::Neighbours => "neighbours",
        Elsewhere::Region => "region",
        Elsewhere::England => "England",
    }
}

fn display(indicator: &Indicator, benchmark: &Benchmark) -> String {
    let median = if benchmark.is_median { "median, " } else { "" };
    format!("{} ({median}{})", words::plain_figure(&indicator.measure, benchmark.value), benchmark.period)
}
