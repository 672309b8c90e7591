//! One figure held against another, or why they may not be compared.

use super::line::is_too_few;
use crate::domain::indicator::Break;
use crate::domain::movement::{Movement, movement};
use crate::domain::{Indicator, Missing, Period, Reading, Target};

/// Why two figures are not compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Incomparable<'a> {
    /// There is no latest figure.
    NoLatest,
    /// There is no previous figure, and why.
    NoPrevious(Missing),
    /// The series breaks between them.
    Broken(&'a Break),
    /// One of them rests on fewer than the floor.
    TooFew,
    /// There are too few figures to lay a line through.
    ShortSeries,
}

/// The latest figure held against the one before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Comparison<'a> {
    /// It moved, by this.
    Moved(Movement),
    /// They may not be compared.
    Not(Incomparable<'a>),
}

/// One figure held against another.
pub(super) fn compare<'a>(
    indicator: &'a Indicator,
    (previous_period, previous): (Period, &Reading),
    (period, current): (Period, &Reading),
    target: Option<&Target>,
) -> Comparison<'a> {
    let Reading::Figure(now) = current else {
        return Comparison::Not(Incomparable::NoLatest);
    };
    let before = match previous {
        Reading::Figure(before) => before,
        Reading::Missing(missing) => return Comparison::Not(Incomparable::NoPrevious(*missing)),
    };
    if let Some(broken) = indicator.break_between(previous_period, period) {
        return Comparison::Not(Incomparable::Broken(broken));
    }
    if is_too_few(indicator, current) || is_too_few(indicator, previous) {
        return Comparison::Not(Incomparable::TooFew);
    }
    let goal = target.map(|target| target.goal);
    Comparison::Moved(movement(before.value, now.value, indicator.polarity, goal, indicator.steady_within))
}
