//! What to look at first: one order for the whole pack, of rating and signal together.
//!
//! It runs from what is red and worse than usual to what is better than usual. Page 1
//! takes "needs your attention" from its head and "going well" from its foot, and every
//! list of a pack that has an order has this one, so that no page contradicts another.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::judgement::SignalVerdict;
use super::line::Line;
use super::signal::Variation;
use super::{Scorecard, Slot};
use crate::domain::movement::Travel;
use crate::domain::rating::{Rating, Unrated, rate};
use crate::domain::target::in_force;
use crate::domain::{Missing, Period, Reading};

/// How urgent a line is, the first first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Red, and worse than usual.
    RedAndWorse,
    /// Red, and not so in the board's pack before.
    TurnedRed,
    /// Red.
    Red,
    /// Red, and better than usual.
    RedAndBetter,
    /// Amber, and worse than usual.
    AmberAndWorse,
    /// Amber, and worse than the figure before.
    AmberAndFell,
    /// Worse than usual, and green or without a colour.
    Worse,
    /// Amber.
    Amber,
    /// Without a colour.
    Unrated,
    /// Green, and worse than the figure before.
    GreenAndFell,
    /// Green.
    Green,
    /// Green, and better than the figure before.
    GreenAndRose,
    /// Amber, and better than usual.
    AmberAndBetter,
    /// Better than usual, and green or without a colour.
    Better,
}

impl Urgency {
    /// Every one, from what is looked at first.
    pub const ALL: [Self; 14] = [
        Self::RedAndWorse,
        Self::TurnedRed,
        Self::Red,
        Self::RedAndBetter,
        Self::AmberAndWorse,
        Self::AmberAndFell,
        Self::Worse,
        Self::Amber,
        Self::Unrated,
        Self::GreenAndFell,
        Self::Green,
        Self::GreenAndRose,
        Self::AmberAndBetter,
        Self::Better,
    ];

    /// Whether it needs attention: what is red, amber and getting worse, or worse than usual.
    pub fn needs_attention(self) -> bool {
        self <= Self::Worse
    }

    /// Whether it goes well: better than usual, or green and better than before.
    pub fn goes_well(self) -> bool {
        self >= Self::GreenAndRose
    }
}

/// A line's place in the order. Of two that are as urgent, the one that is further off
/// its target comes first; of two that go well, the one that gained less. What is alike
/// in both keeps the order of the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// How urgent it is.
    pub urgency: Urgency,
    /// How far off its target it is, or what it lost, the most first.
    weight: Reverse<Decimal>,
}

impl Rank {
    /// The place of a line, where the board's pack before was that of the month `before`.
    pub fn of(line: &Line<'_>, before: Period) -> Self {
        let urgency = urgency(line, before);
        let weight = if urgency.goes_well() { -stride(line) } else { severity(line) };
        Self { urgency, weight: Reverse(weight) }
    }
}

fn urgency(line: &Line<'_>, before: Period) -> Urgency {
    let (is_worse, is_better) = match line.variation() {
        Some(Variation::Concern(_)) => (true, false),
        Some(Variation::Improvement(_)) => (false, true),
        _ => (false, false),
    };
    // A yearly figure moved once, and not in every month that it is shown.
    let went = |travel: Travel| line.is_new && line.travel() == Some(travel);
    match line.rating {
        Rating::Red if is_worse => Urgency::RedAndWorse,
        Rating::Red if red_change(line, before).is_some_and(RedChange::is_new) => Urgency::TurnedRed,
        Rating::Red if is_better => Urgency::RedAndBetter,
        Rating::Red => Urgency::Red,
        Rating::Amber if is_worse => Urgency::AmberAndWorse,
        Rating::Amber if is_better && !went(Travel::Worsening) => Urgency::AmberAndBetter,
        Rating::Amber if went(Travel::Worsening) && !is_better => Urgency::AmberAndFell,
        Rating::Amber => Urgency::Amber,
        _ if is_worse => Urgency::Worse,
        _ if is_better => Urgency::Better,
        Rating::Unrated(_) => Urgency::Unrated,
        Rating::Green if went(Travel::Worsening) => Urgency::GreenAndFell,
        Rating::Green if went(Travel::Improving) => Urgency::GreenAndRose,
        Rating::Green => Urgency::Green,
    }
}

/// How far a line is off its target, in widths of its amber.
fn severity(line: &Line<'_>) -> Decimal {
    let gap = || {
        let gap = line.target_gap.as_ref()?.shortfall;
        gap.checked_div(line.target?.leeway().max(Decimal::new(1, 1)))
    };
    gap().unwrap_or_default()
}

/// How far a line got better, in its own dead-bands; less than zero where it got worse.
fn stride(line: &Line<'_>) -> Decimal {
    let moved = || {
        let movement = line.movement()?;
        let size = movement.change.abs().checked_div(line.indicator.steady_within.max(Decimal::new(1, 1)))?;
        Some(if movement.travel == Travel::Worsening { -size } else { size })
    };
    moved().unwrap_or_default()
}

/// How a line that is red now was rated in an earlier pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedChange {
    /// Red, too.
    Stayed,
    /// Amber or green.
    Turned,
    /// Amber or green, and today's figure would be so under the target of then.
    NewTarget,
    /// Amber or green, and it has been counted in another way since.
    Broken,
    /// Not at all: hidden, not supplied, too few.
    NotRated,
}

impl RedChange {
    /// Whether it is red now and was not, so that this is news.
    pub fn is_new(self) -> bool {
        matches!(self, Self::Turned | Self::NewTarget)
    }
}

/// How a line came to be red since the pack of an earlier month; none where it is not red.
pub fn red_change(line: &Line<'_>, before: Period) -> Option<RedChange> {
    if line.rating != Rating::Red {
        return None;
    }
    let then = line.indicator.latest_due(before);
    Some(match line.rating_in_pack_of(before) {
        Rating::Red => RedChange::Stayed,
        Rating::Unrated(_) => RedChange::NotRated,
        _ if line.indicator.break_between(then, line.period).is_some() => RedChange::Broken,
        _ if is_of_target(line, then) => RedChange::NewTarget,
        Rating::Amber | Rating::Green => RedChange::Turned,
    })
}

/// Whether only a target that changed since makes today's figure red.
fn is_of_target(line: &Line<'_>, then: Period) -> bool {
    let red_under_old = || {
        let (old, new) = (in_force(&line.indicator.targets, then)?, line.target?);
        let (figure, beside) = (line.current.figure()?, line.target_gap.as_ref()?.beside);
        (old.from != new.from).then(|| rate(figure.value, Some(old), line.indicator.polarity, beside) == Rating::Red)
    };
    red_under_old() == Some(false)
}

impl Line<'_> {
    /// What is said of its latest figure: whether it is changing; none where nothing is.
    pub fn variation(&self) -> Option<Variation> {
        match self.judgement.verdict {
            SignalVerdict::Seen { variation, .. } => Some(variation),
            SignalVerdict::Silent(_) => None,
        }
    }

    /// What the pack of an earlier month would have rated this indicator.
    pub fn rating_in_pack_of(&self, pack: Period) -> Rating {
        let then = self.indicator.latest_due(pack);
        let point = self.series.iter().find(|point| point.period == then);
        point.and_then(|point| point.rating).unwrap_or(match self.rating {
            Rating::Unrated(Unrated::Context) => self.rating,
            _ => Rating::Unrated(Unrated::NoFigure(Missing::NotSupplied)),
        })
    }

    /// For how many figures it had missed its target before it met it with the latest;
    /// none where it does not, or where not all of these are known.
    pub fn missed_before(&self) -> Option<usize> {
        let (latest, before) = self.series.split_last()?;
        let is_of_it = |month: Period| self.indicator.break_between(month, latest.period).is_none();
        let before: Vec<_> = before.iter().filter(|point| is_of_it(point.period)).collect();
        let is_known = |reading: &Reading| reading.figure().is_some();
        let missed = |rating: Option<Rating>| matches!(rating, Some(Rating::Red | Rating::Amber));
        let all = before.iter().all(|point| is_known(&point.reading) && missed(point.rating));
        (self.rating == Rating::Green && self.is_new && all && !before.is_empty()).then_some(before.len())
    }
}

impl<'a> Scorecard<'a> {
    /// Every line with its place, the first first.
    pub fn ranked(&self, before: Period) -> Vec<(Rank, &Line<'a>)> {
        let mut ranked: Vec<_> = self.lines().map(|line| (Rank::of(line, before), line)).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked
    }

    /// Slots for commentary in the order of their lines.
    pub fn ranked_slots(&self, before: Period) -> Vec<&Slot<'a>> {
        let slot =
            |line: &Line<'_>| self.slots.iter().find(|slot| slot.indicator.reference == line.indicator.reference);
        self.ranked(before).into_iter().filter_map(|(_, line)| slot(line)).collect()
    }
}

#[cfg(test)]
mod tests;
