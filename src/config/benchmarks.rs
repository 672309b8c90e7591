//! `[[….benchmarks]]` and `no_benchmark`: what figures elsewhere an indicator
//! is held against.

use rust_decimal::Decimal;

use super::reader::TableReader;
use crate::domain::Unit;
use crate::domain::benchmark::{Benchmark, Benchmarks, Elsewhere};

/// The benchmarks of an indicator.
pub(super) fn benchmarks(entry: &mut TableReader<'_>, unit: Option<Unit>) -> Benchmarks {
    let mut known: Vec<Benchmark> = Vec::new();
    let is_given = entry.has("benchmarks");
    for mut table in entry.tables("benchmarks") {
        let benchmark = benchmark(&mut table, unit);
        table.finish();
        let Some(benchmark) = benchmark else { continue };
        if known.iter().any(|other| other.of == benchmark.of) {
            entry.fault("benchmarks", "two benchmarks are of the same", "keep the newer one");
        }
        known.push(benchmark);
    }
    known.sort_by_key(|benchmark| benchmark.of);
    if !entry.has("no_benchmark") {
        return Benchmarks::Known(known);
    }
    let reason = entry.text("no_benchmark", "why there is nothing to compare with");
    if is_given {
        entry.fault("no_benchmark", "stands beside `benchmarks`", "keep one of them");
    }
    Benchmarks::None(reason.into())
}

fn benchmark(table: &mut TableReader<'_>, unit: Option<Unit>) -> Option<Benchmark> {
    let of: Option<Elsewhere> = table.required("of", "neighbours, region or england");
    table.needs("value", "the figure, in the indicator's unit");
    let value = table.decimal("value");
    if unit == Some(Unit::Percent)
        && value.is_some_and(|value| !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&value))
    {
        table.fault("value", "is not between 0 and 100", "");
    }
    let is_median = table.or("median", false);
    let period = table.text("period", "what it covers, as printed, such as period = \"2024/25\"");
    let source = table.text("source", "who published it");
    Some(Benchmark { of: of?, value: value?, is_median, period, source })
}
