//! A level that changed and lasts: each of the last figures lies beyond all of those
//! before.
//!
//! What counts is the order of the figures alone, so that it holds whatever their
//! spread is: of 18 that differ by chance, the last six are all below the first twelve
//! once in 18,564 times.

use super::charted::exposed;
use super::{few, part};
use crate::domain::measure::double;
use crate::domain::{Figure, Period, Unit};
use crate::scorecard::signal::{self, CountedPart, LastingStep};

/// Fewest figures of a level that lasts.
const LASTS: usize = 6;

/// As many before it are enough: with a year of months, each season is among them.
const YEAR: usize = 12;

/// Fewest before it, where the limits began less than a year before.
const FEWEST_BEFORE: usize = 6;

/// Fewest figures of a level that lies off all before by more than any move so far.
const LEAP: usize = 3;

/// A step, and what it looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct FoundStep {
    /// What is said of it.
    pub(super) step: LastingStep,
    /// From the nearest of the last to the nearest of those before.
    gap: f64,
    /// Whether that is more than from any other figure to its neighbour, so that
    /// nothing rises or falls by degrees.
    pub(super) is_leap: bool,
}

impl FoundStep {
    /// Whether it has lasted for more than a year.
    pub(super) fn is_old(&self) -> bool {
        self.step.points > YEAR
    }
}

/// The step that the latest figure belongs to; `since` are the figures since the
/// limits began. None of fewer than three children, or of a percentage that chance
/// alone gives so many of.
pub(super) fn step(since: &[(Period, Figure)], unit: Unit) -> Option<FoundStep> {
    let values: Vec<f64> = since.iter().map(|(_, figure)| double(figure.value)).collect();
    widest(&values).filter(|found| is_of_enough(since, found.step, unit) && is_beyond_chance(since, found.step, unit))
}

/// The same of fewer figures, at least three, that lie off all before by more than
/// anything has moved so far, and by more than chance gives of so many.
pub(super) fn leap(since: &[(Period, Figure)], unit: Unit) -> Option<FoundStep> {
    let values: Vec<f64> = since.iter().map(|(_, figure)| double(figure.value)).collect();
    let short = LEAP..LASTS.min(values.len().saturating_sub(FEWEST_BEFORE));
    let found = short.flat_map(|points| [true, false].map(|up| at(&values, points, up, false)));
    let leaps = found.flatten().filter(|found| found.is_leap);
    let is_sure = |found: &FoundStep| {
        is_of_enough(since, found.step, unit)
            && is_beyond_chance(since, found.step, unit)
            && is_beyond_events(since, found.step, unit)
    };
    leaps.max_by(|one, other| one.gap.total_cmp(&other.gap)).filter(is_sure)
}

/// The widest step. One that has a single exception before it counts only where
/// there is none without.
fn widest(values: &[f64]) -> Option<FoundStep> {
    let lasting = LASTS..=values.len().checked_sub(FEWEST_BEFORE)?;
    [false, true].into_iter().find_map(|but_one| {
        let found = lasting.clone().flat_map(|points| [true, false].map(|up| at(values, points, up, but_one)));
        found.flatten().max_by(|one, other| one.gap.total_cmp(&other.gap))
    })
}

/// The step of so many last figures, as far back as it goes.
fn at(values: &[f64], points: usize, up: bool, but_one: bool) -> Option<FoundStep> {
    let (before, last) = values.split_at(values.len() - points);
    let fewest = if but_one { YEAR } else { before.len().clamp(FEWEST_BEFORE, YEAR) };
    let height = |value: &f64| if up { *value } else { -value };
    let nearest = last.iter().map(height).fold(f64::INFINITY, f64::min);
    let mut exceptions = 0;
    let is_before = |value: &&f64| {
        exceptions += usize::from(height(value) >= nearest);
        exceptions <= usize::from(but_one)
    };
    let reach = before.iter().rev().take_while(is_before).count();
    if reach < fewest {
        return None;
    }
    let before = &before[before.len() - reach..];
    let edge = before.iter().map(height).filter(|height| *height < nearest).fold(f64::NEG_INFINITY, f64::max);
    let moves = |part: &[f64]| part.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f64::max);
    let gap = nearest - edge;
    let step = LastingStep { up, points, before: reach, but_one };
    Some(FoundStep { step, gap, is_leap: gap > moves(before).max(moves(last)) })
}

/// A series' figures in order.
type DatedFigures = [(Period, Figure)];

/// The figures before a step, and those since.
fn sides(since: &DatedFigures, step: LastingStep) -> (&DatedFigures, &DatedFigures) {
    let both = &since[since.len() - step.points - step.before..];
    both.split_at(step.before)
}

/// Whether three children or more, a month, make the step.
fn is_of_enough(since: &[(Period, Figure)], step: LastingStep, unit: Unit) -> bool {
    let (before, last) = sides(since, step);
    let before: Vec<f64> = before.iter().map(|(_, figure)| double(figure.value)).collect();
    let centre = signal::mean(&before);
    let off: Vec<f64> = last.iter().filter_map(|(_, figure)| few::off_centre(centre, figure, unit)).collect();
    off.is_empty() || !few::is_few(signal::mean(&off))
}

/// Whether a percentage moved by more than chance gives of so many children: months
/// of fewer lie further apart, and order alone does not tell.
fn is_beyond_chance(since: &[(Period, Figure)], step: LastingStep, unit: Unit) -> bool {
    let counted = |figures: &[(Period, Figure)]| -> Option<Vec<CountedPart>> {
        figures.iter().map(|(_, figure)| part(figure)).collect()
    };
    let (before, last) = sides(since, step);
    let (Some(before), Some(last)) = (counted(before), counted(last)) else { return true };
    let sum = last.iter().fold((0u32, 0u32), |(x, n), part| (x.saturating_add(part.0), n.saturating_add(part.1)));
    let all: Vec<CountedPart> = before.into_iter().chain(last).collect();
    unit != Unit::Percent || !signal::is_ordinary(sum, signal::share(&all))
}

/// Whether a count or a rate moved by more than chance gives of so many events.
fn is_beyond_events(since: &[(Period, Figure)], step: LastingStep, unit: Unit) -> bool {
    if !matches!(unit, Unit::Count | Unit::Rate) {
        return true;
    }
    let exposed = |figures: &[(Period, Figure)]| -> Option<Vec<CountedPart>> {
        figures.iter().map(|(_, figure)| exposed(figure, unit)).collect()
    };
    let (before, last) = sides(since, step);
    let (Some(before), Some(last)) = (exposed(before), exposed(last)) else { return true };
    let sum = last.iter().fold((0u32, 0u32), |(x, n), part| (x.saturating_add(part.0), n.saturating_add(part.1)));
    !signal::is_ordinary_event(sum, signal::share(&before))
}
