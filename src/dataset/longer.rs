//! Parts over several months, which no source has: each is the sum of its months.
//!
//! Only the months that end with the pack's own are summed: what an earlier pack printed
//! is known from there, and what none printed is nobody's to weigh.

use rust_decimal::Decimal;

use super::Dataset;
use crate::domain::indicator::Indicator;
use crate::domain::mark::FigureMarks;
use crate::domain::observation::{Figure, Missing, Observation, Reading, Spots};
use crate::domain::period::Period;

/// Adds the sums to what a source says.
pub(super) fn add(longer: &[&Indicator], dataset: &mut Dataset, period: Period) {
    let sums: Vec<Observation> = longer.iter().filter_map(|indicator| of(indicator, dataset, period)).collect();
    for sum in sums {
        dataset.series.entry(sum.indicator.clone()).or_default().insert(sum.period, sum);
    }
}

fn of(indicator: &Indicator, dataset: &Dataset, period: Period) -> Option<Observation> {
    let made_of = indicator.made_of()?;
    let last = indicator.latest_due(period);
    let months = made_of.span.months(last, indicator.frequency);
    let first = *months.first()?;
    let value = |month: &Period| Some(dataset.reading(&made_of.part, *month)?.reading.figure()?.value);
    // A sum of eleven months would read as one of twelve.
    let sum: Option<Decimal> = months.iter().map(value).sum();
    let reading = match sum.filter(|_| indicator.break_between(first, last).is_none()) {
        Some(value) => Reading::Figure(Figure { value, numerator: None, denominator: None }),
        None => Reading::Missing(Missing::Unavailable),
    };
    let seen = months.iter().filter_map(|month| dataset.reading(&made_of.part, *month));
    let marks = seen.fold(FigureMarks::default(), |marks, month| marks.and(month.marks));
    let latest = dataset.reading(&made_of.part, last)?.clone();
    Some(Observation {
        indicator: indicator.reference.clone(),
        reading,
        not_due: None,
        own_rating: None,
        marks: if matches!(reading, Reading::Figure(_)) { marks } else { FigureMarks::default() },
        cell: None,
        cells: Spots::default(),
        ..latest
    })
}
