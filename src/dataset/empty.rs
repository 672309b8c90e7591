//! Categories with nobody in them.
//!
//! Many exports leave their rows out, or their cells blank. Where the other
//! parts make the whole already, nobody can be left, and the figure is 0.

use rust_decimal::Decimal;

use super::Dataset;
use super::checks::breakdown::sums;
use crate::domain::indicator::Indicator;
use crate::domain::measure::Unit;
use crate::domain::observation::{Figure, Missing, Observation, Reading};
use crate::domain::segment::Breakdown;

/// Writes the noughts that the whole and the other parts prove. Only counts:
/// a ratio of nobody is no nought.
pub(super) fn fill(indicators: &[&Indicator], dataset: &mut Dataset) {
    let mut noughts: Vec<Observation> = Vec::new();
    for whole in indicators {
        for breakdown in whole.breakdowns.iter().filter(|breakdown| breakdown.sums) {
            for seen in dataset.series(&whole.reference) {
                noughts.extend(of_month(whole, breakdown, seen, dataset));
            }
        }
    }
    for nought in noughts {
        dataset.series.entry(nought.indicator.clone()).or_default().insert(nought.period, nought);
    }
}

fn of_month(whole: &Indicator, breakdown: &Breakdown, seen: &Observation, dataset: &Dataset) -> Vec<Observation> {
    let is_count = breakdown.parts_of != crate::domain::PartsOf::Figure || whole.measure.unit == Unit::Count;
    let Some(figure) = seen.reading.figure().filter(|_| is_count) else { return Vec::new() };
    let reading = |part| dataset.reading(part, seen.period).map(|seen| seen.reading);
    let is_silent =
        |reading: Option<Reading>| reading.is_none_or(|reading| reading == Reading::Missing(Missing::NotSupplied));
    let (silent, known): (Vec<_>, Vec<_>) = breakdown.parts.iter().partition(|part| is_silent(reading(part)));
    let figures: Option<Vec<Figure>> = known.iter().map(|part| reading(part)?.figure().copied()).collect();
    // A withheld part may be anything; and nothing at all proves nothing.
    let Some(figures) = figures.filter(|figures| !figures.is_empty()) else { return Vec::new() };
    let equal = sums(breakdown.parts_of, *figure, &figures);
    if equal.is_empty() || equal.iter().any(|(_, expected, sum)| expected != sum) {
        return Vec::new();
    }
    let nought = Figure { value: Decimal::ZERO, numerator: None, denominator: None };
    silent
        .into_iter()
        .map(|part| Observation { indicator: part.clone(), reading: Reading::Figure(nought), ..seen.clone() })
        .collect()
}
