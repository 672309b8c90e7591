//! Figures elsewhere in words, each with its own period.

use super::model::Field;
use crate::domain::benchmark::{Benchmarks, Elsewhere};
use crate::domain::{AttributedText, Indicator};
use crate::words;

/// Beside the chart: every figure elsewhere with its period, or why there is none.
pub(super) fn others(indicator: &Indicator) -> AttributedText {
    let known = match &indicator.benchmarks {
        Benchmarks::None(reason) if reason.screened().is_empty() => return "none".into(),
        Benchmarks::None(reason) => return AttributedText::from("none: ").and(reason.screened().without_end('.')),
        Benchmarks::Known(known) => known,
    };
    let Some(first) = known.first() else { return "none".into() };
    let same_period = known.iter().all(|benchmark| benchmark.period == first.period);
    let each = known.iter().map(|benchmark| {
        let median = benchmark.is_median.then_some("median");
        let own = (!same_period).then_some(benchmark.period.as_str());
        let own: Vec<&str> = [median, own].into_iter().flatten().filter(|said| !said.is_empty()).collect();
        let own = if own.is_empty() { String::new() } else { format!(" ({})", own.join(", ")) };
        format!("{} {}{own}", label(benchmark.of), words::plain_figure(&indicator.measure, benchmark.value))
    });
    let said = words::capital(&each.collect::<Vec<_>>().join(", "));
    match first.period.as_str() {
        "" => said.into(),
        period if same_period => format!("{said}; {period}").into(),
        _ => said.into(),
    }
}

/// Where these figures are from, each source once; none where nobody says.
pub(super) fn sources(indicator: &Indicator) -> Option<Field> {
    let Benchmarks::Known(known) = &indicator.benchmarks else { return None };
    let mut sources: Vec<&str> = known.iter().map(|benchmark| benchmark.source.as_str()).collect();
    sources.retain(|source| !source.is_empty());
    sources.dedup();
    (!sources.is_empty()).then(|| Field::new("Others from", sources.join("; ")))
}

fn label(elsewhere: Elsewhere) -> &'static str {
    match elsewhere {
        Elsewhere::Neighbours => "neighbours",
        Elsewhere::Region => "region",
        Elsewhere::England => "England",
    }
}
