//! Signal or noise: statistical process control, beside red, amber and green.
//!
//! An XmR chart tells special cause (something changed) from common cause
//! (the ordinary going up and down of any process). The rules are those of the
//! NHS's Making Data Count programme, as the open-source NHSRplotthedots
//! computes them; a [`Profile`] says where the two differ.
//!
//! This room works in floating point, as its peers do: limits are estimates,
//! never printed figures. Sums are exact and rounded once, so that a figure
//! that equals its mean does so here too.
//!
//! | file | story |
//! |---|---|
//! | `limits` | mean, moving range, process limits |
//! | `weighted` | limits where denominators differ: I-prime |
//! | `counted` | what is counted: exact binomial and Poisson limits, Wilson's interval |
//! | `rare` | many at once of what seldom happens |
//! | `rules` | outside, trend, two in three, shift |
//! | `icons` | variation and assurance |

mod counted;
mod icons;
mod limits;
mod rare;
mod rules;
mod weighted;

use std::ops::Range;

use counted::Chance;
pub use counted::{CountedPart, can_tell, is_ordinary, is_ordinary_event, share, wilson};
pub use icons::{Assurance, Variation};
pub use limits::{ControlLimits, mean};
pub use rare::is_many;
pub use rules::{LastingStep, SignalRule};

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Bigger is better.
    Higher,
    /// Smaller is better.
    Lower,
    /// Neither: special causes are only high or low.
    Neither,
}

/// Where the tools of the field differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// Leave moving ranges of 3.267 times their mean or more out of the limits.
    pub screening: bool,
    /// Points of a shift or a trend.
    pub run: usize,
    /// Whether a point outside the limits counts among the two in three.
    pub outside_counts: bool,
    /// Fewest points of a group that has limits at all.
    pub fewest: usize,
    /// Whether improvement wins where a point is both.
    pub improvement_wins: bool,
}

impl Profile {
    /// As NHSRplotthedots 0.2.2 computes.
    pub const PLOT_THE_DOTS: Self =
        Self { screening: true, run: 7, outside_counts: false, fewest: 1, improvement_wins: false };

    /// As NHS England's own tool has since November 2023.
    pub const MAKING_DATA_COUNT: Self =
        Self { screening: false, run: 6, outside_counts: true, fewest: 13, improvement_wins: true };
}

/// How a series is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Which way is better.
    pub better: Better,
    /// The target that assurance is about.
    pub target: Option<f64>,
    /// Points (from 0) that begin a new group, with limits of its own.
    pub rebase: Vec<usize>,
    /// Limits rest on so many first points of each group; all, where none.
    pub fix_after: Option<usize>,
    /// Points (from 0) that no limits rest on; they are held against them as any other.
    pub left_out: Vec<usize>,
    /// Whose rules.
    pub profile: Profile,
}

/// Whether a point is a special cause, and for better or worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Common cause.
    Common,
    /// A special cause for the better.
    Improvement,
    /// A special cause for the worse.
    Concern,
    /// A special cause upwards, where neither way is better.
    NeutralHigh,
    /// A special cause downwards, where neither way is better.
    NeutralLow,
}

impl ChartKind {
    /// In the words of the field: "special_cause_improvement".
    pub fn word(self) -> &'static str {
        match self {
            Self::Common => "common_cause",
            Self::Improvement => "special_cause_improvement",
            Self::Concern => "special_cause_concern",
            Self::NeutralHigh => "special_cause_neutral_high",
            Self::NeutralLow => "special_cause_neutral_low",
        }
    }

    fn of(way: i8, better: Better) -> Self {
        match (better, way) {
            (_, 0) => Self::Common,
            (Better::Neither, 1..) => Self::NeutralHigh,
            (Better::Neither, _) => Self::NeutralLow,
            (Better::Higher, 1..) | (Better::Lower, ..0) => Self::Improvement,
            (Better::Higher, _) | (Better::Lower, _) => Self::Concern,
        }
    }
}

/// What is known of one point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fact {
    /// Its group, from 0.
    pub group: usize,
    /// The group's mean and limits; none where the group has too few points.
    pub limits: Option<ControlLimits>,
    /// Beyond a limit.
    pub outside: bool,
    /// −1 below the mean, 1 above, 0 on it.
    pub side: i8,
    /// Within the limits, but beyond two thirds of the way to one.
    pub near: bool,
    /// The rule that fired; several may, and the first in their order counts.
    pub rule: SignalRule,
    /// What kind of cause it is.
    pub kind: ChartKind,
}

/// A series looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    /// A fact for each point, in order.
    pub facts: Vec<Fact>,
    /// Will it meet the target? None without a target or where neither way is better.
    pub assurance: Option<Assurance>,
    /// Groups (from 0) with fewer than 13 points, whose limits are provisional.
    pub short_groups: Vec<usize>,
}

impl Signal {
    /// Is it changing? From the last point.
    pub fn variation(&self) -> Variation {
        self.facts.last().map_or(Variation::Common, Variation::of)
    }

    /// Takes the limits and special causes of the last group away, and says of so many
    /// of its last points that this rule holds.
    pub fn hold_without_limits(&mut self, rule: SignalRule, points: usize, better: Better) {
        let Some(group) = self.facts.last().map(|fact| fact.group) else { return };
        let from = self.facts.len().saturating_sub(points);
        for (at, fact) in self.facts.iter_mut().enumerate().filter(|(_, fact)| fact.group == group) {
            (fact.limits, fact.outside, fact.near) = (None, false, false);
            fact.rule = if at < from { SignalRule::None } else { rule };
            fact.kind = ChartKind::of(fact.rule.way(), better);
        }
        self.assurance = None;
    }
}

/// Fewest points for limits that are more than provisional.
pub const ENOUGH: usize = 13;

/// Looks at a series, oldest first, without gaps: a missing month is left out
/// before, never guessed. Individuals and their moving range: XmR.
pub fn signal(values: &[f64], options: &Options) -> Signal {
    grouped(values.len(), options, |group, range, rests| {
        let points = &values[range];
        let limits = vec![ControlLimits::of(points, rests, options.profile.screening); points.len()];
        rules::facts(points, group, Some(&limits), options)
    })
}

/// The same where each value has a size of its own: I-prime.
pub fn weighted(values: &[f64], sizes: &[f64], options: &Options) -> Signal {
    grouped(values.len(), options, |group, range, rests| {
        let limits = weighted::limits(&values[range.clone()], &sizes[range.clone()], rests, options.profile.screening);
        rules::facts(&values[range], group, Some(&limits), options)
    })
}

/// So many of a few, in percent: a p chart with exact limits, and shifts.
pub fn counted(parts: &[CountedPart], options: &Options) -> Signal {
    by_chance(parts, (Chance::Binomial, 100.0), options)
}

/// So many of a population that is large beside them, as so many of `per`: a u chart
/// with exact limits, and shifts. Counts are those of a population of 1: a c chart.
pub fn exposed(parts: &[CountedPart], per: f64, options: &Options) -> Signal {
    by_chance(parts, (Chance::Poisson, per), options)
}

fn by_chance(parts: &[CountedPart], chance: (Chance, f64), options: &Options) -> Signal {
    grouped(parts.len(), options, |group, range, rests| counted::facts(&parts[range], (rests, group), chance, options))
}

/// Group by group. `look` gives the facts of one: its number, its points, and
/// on which of them its limits rest.
fn grouped(len: usize, options: &Options, look: impl Fn(usize, Range<usize>, &[bool]) -> Vec<Fact>) -> Signal {
    let mut facts: Vec<Fact> = Vec::with_capacity(len);
    let mut short_groups = Vec::new();
    for (group, range) in groups(len, &options.rebase).into_iter().enumerate() {
        if range.len() < ENOUGH {
            short_groups.push(group);
        }
        if range.len() >= options.profile.fewest {
            let base = options.fix_after.unwrap_or(range.len());
            let rests = |(nth, at): (usize, usize)| nth < base && !options.left_out.contains(&at);
            let rests: Vec<bool> = range.clone().enumerate().map(rests).collect();
            facts.extend(look(group, range, &rests));
        } else {
            facts.extend(rules::facts(&vec![0.0; range.len()], group, None, options));
        }
    }
    let assurance = icons::assurance(facts.last().and_then(|fact| fact.limits), options);
    Signal { facts, assurance, short_groups }
}

/// The groups that some points begin.
fn groups(len: usize, rebase: &[usize]) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = rebase.iter().copied().filter(|start| *start > 0 && *start < len).collect();
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().copied().chain([len]);
    [0].into_iter().chain(starts.iter().copied()).zip(ends).map(|(start, end)| start..end).collect()
}
