//! Whether one level explains a series: a step, a drift and the seasons come before any
//! limits.

use super::drift::Drift;
use super::step::{self, FoundStep};
use super::{Indicator, season};
use crate::domain::{Figure, Period};
use crate::scorecard::signal::{Fact, SignalRule};

/// Whether one level explains a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Course {
    /// It does, so that limits around it say what is usual.
    Held,
    /// It moved, as the rule says, in so many figures; no limits hold.
    Moved(SignalRule, usize),
    /// It moves with the time of year.
    Seasonal,
    /// It moved to and fro.
    Wandering,
}

/// The course of the figures since their limits began, the latest of which has this
/// fact. A step is told before a drift only where it is one leap: what rises by degrees
/// has its last figures above all before, too. One that limits hold in spite of, and
/// that has lasted for more than a year, is what is usual by now.
pub(super) fn course(
    indicator: &Indicator,
    since: &[(Period, Figure)],
    (step, drift): (Option<FoundStep>, Option<Drift>),
    latest: Option<&Fact>,
) -> Course {
    let moved = |found: FoundStep| Course::Moved(SignalRule::Stepped(found.step), found.step.points);
    let (step, drift) = match (step, drift) {
        (Some(found), None) if found.is_old() => (None, None),
        (Some(found), Some(Drift::Steady(..))) if !found.is_leap => (None, drift),
        both => both,
    };
    match (step, drift) {
        (Some(found), _) => return moved(found),
        (None, Some(Drift::Steady(true, points))) => return Course::Moved(SignalRule::DriftingUp(points), points),
        (None, Some(Drift::Steady(false, points))) => return Course::Moved(SignalRule::DriftingDown(points), points),
        (None, Some(Drift::Wandering) | None) => {}
    }
    // Limits that say something of the latest figure say it; those that say nothing may
    // be those of chance, of two levels at once, or of a series that never moved before.
    let says_nothing = drift.is_some()
        || latest.is_none_or(|fact| {
            fact.rule == SignalRule::None
                || fact.limits.is_none_or(|limits| !limits.are_known() || limits.upper <= limits.lower)
        });
    if let Some(found) = says_nothing.then(|| step::leap(since, indicator.measure.unit)).flatten() {
        return moved(found);
    }
    match drift {
        _ if season::is_seasonal(indicator, since) => Course::Seasonal,
        Some(_) => Course::Wandering,
        None => Course::Held,
    }
}
