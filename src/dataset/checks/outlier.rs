//! The newest figure outside the limits of its own series (XmR: the mean, and
//! 2.66 times the mean moving range either side of it).

use rust_decimal::Decimal;

use super::{CheckInput, about, shown};
use crate::domain::finding::{Code, Finding};
use crate::domain::indicator::{Basis, Indicator};
use crate::domain::period::Period;

/// Figures before the newest that a series needs before it has limits.
const POINTS: usize = 12;

/// F426, where it is asked for: a series that rises by design is outside its
/// limits every month. The figures since the last break give the limits, the newest itself
/// does not.
pub(super) fn check(asked: &CheckInput<'_>, indicator: &Indicator) -> Option<Finding> {
    if !indicator.checks.outlier.unwrap_or(asked.source.checks.outlier) {
        return None;
    }
    let month = indicator.latest_due(asked.period);
    let (seen, figure) = asked.figure(indicator, month)?;
    let is_few = figure.denominator.is_some_and(|denominator| denominator < indicator.min_denominator);
    if indicator.basis == Basis::YearToDate || is_few {
        return None;
    }
    let (count, low, high) = limits(&earlier(asked, indicator, month))?;
    let value = indicator.measure.round(figure.value);
    (value < low || value > high).then(|| {
        let message = format!(
            "found {}; expected {} to {}, by the {count} figures before it",
            shown(indicator, value),
            shown(indicator, low),
            shown(indicator, high)
        );
        about(asked, Code::Outlier, seen, message, "check the figure; if it is right, say why in the commentary")
    })
}

/// The figures of the months before, oldest first; a month without one is a gap.
fn earlier(asked: &CheckInput<'_>, indicator: &Indicator, newest: Period) -> Vec<Option<Decimal>> {
    let mut figures = Vec::new();
    let mut month = newest;
    for _ in 0..super::MONTHS_PRINTED {
        month = indicator.frequency.previous(month);
        if indicator.break_between(month, newest).is_some() {
            break;
        }
        figures.push(asked.figure(indicator, month).map(|(_, figure)| indicator.measure.round(figure.value)));
    }
    figures.reverse();
    figures
}

/// How many figures there are and the limits that they give. No moving range
/// reaches over a gap. A series that never moves has no limits: its first
/// change would be outside them.
pub(super) fn limits(figures: &[Option<Decimal>]) -> Option<(usize, Decimal, Decimal)> {
    let known: Vec<Decimal> = figures.iter().copied().flatten().collect();
    let ranges: Vec<Decimal> = figures
        .windows(2)
        .filter_map(|pair| match pair {
            [Some(a), Some(b)] => Some((b - a).abs()),
            _ => None,
        })
        .collect();
    if known.len() < POINTS || ranges.is_empty() {
        return None;
    }
    let mean = |values: &[Decimal]| values.iter().sum::<Decimal>().checked_div(Decimal::from(values.len()));
    let reach = mean(&ranges)?.checked_mul(Decimal::new(266, 2))?;
    let middle = mean(&known)?;
    (!reach.is_zero()).then_some((known.len(), middle - reach, middle + reach))
}
