//! The rules, inside one group, and which one a point is labelled by.

use super::limits::ControlLimits;
use super::{Better, ChartKind, Fact, Options};

/// The rule that a point is labelled by, first in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignalRule {
    /// Above the upper limit.
    Above,
    /// Below the lower limit.
    Below,
    /// Part of so many points that only rise.
    Rising(usize),
    /// Part of so many points that only fall.
    Falling(usize),
    /// One of two in three near the upper limit.
    TwoInThreeAbove,
    /// One of two in three near the lower limit.
    TwoInThreeBelow,
    /// Part of so many points above the mean.
    ShiftAbove(usize),
    /// Part of so many points below the mean.
    ShiftBelow(usize),
    /// Rising over so many points, too far for limits. No chart of the field has this
    /// rule: it is given by [`super::Signal::hold_without_limits`].
    DriftingUp(usize),
    /// Falling over so many points, too far for limits.
    DriftingDown(usize),
    /// One of so many that lie beyond all before them; given in the same way.
    Stepped(LastingStep),
    /// None: common cause.
    None,
}

/// A step that lasts: each of the last points lies beyond all of those before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastingStep {
    /// Above them, or below.
    pub up: bool,
    /// How many the last are.
    pub points: usize,
    /// How many those before are.
    pub before: usize,
    /// Whether one of those before is left out of "all".
    pub but_one: bool,
}

impl SignalRule {
    /// In the words of the field: "7 Point Trend (Increasing)".
    pub fn label(self) -> String {
        match self {
            Self::Above => "Above UCL".to_owned(),
            Self::Below => "Below LCL".to_owned(),
            Self::Rising(run) => format!("{run} Point Trend (Increasing)"),
            Self::Falling(run) => format!("{run} Point Trend (Decreasing)"),
            Self::TwoInThreeAbove => "2 in 3 Above CL".to_owned(),
            Self::TwoInThreeBelow => "2 in 3 Below CL".to_owned(),
            Self::ShiftAbove(run) => format!("{run} Points Above CL"),
            Self::ShiftBelow(run) => format!("{run} Points Below CL"),
            Self::DriftingUp(points) => format!("{points} Points Drifting Up"),
            Self::DriftingDown(points) => format!("{points} Points Drifting Down"),
            Self::Stepped(LastingStep { up: true, points, .. }) => format!("{points} Points Above All Before"),
            Self::Stepped(LastingStep { points, .. }) => format!("{points} Points Below All Before"),
            Self::None => "Common Cause".to_owned(),
        }
    }

    /// The rule's name: "outside", "trend", "two-in-three", "shift", "drift", "step" or
    /// "none".
    pub fn name(self) -> &'static str {
        match self {
            Self::Above | Self::Below => "outside",
            Self::Rising(_) | Self::Falling(_) => "trend",
            Self::TwoInThreeAbove | Self::TwoInThreeBelow => "two-in-three",
            Self::ShiftAbove(_) | Self::ShiftBelow(_) => "shift",
            Self::DriftingUp(_) | Self::DriftingDown(_) => "drift",
            Self::Stepped(_) => "step",
            Self::None => "none",
        }
    }

    /// 1 upwards, −1 downwards, 0 where nothing fired.
    pub fn way(self) -> i8 {
        match self {
            Self::Above | Self::Rising(_) | Self::TwoInThreeAbove | Self::ShiftAbove(_) | Self::DriftingUp(_) => 1,
            Self::Below | Self::Falling(_) | Self::TwoInThreeBelow | Self::ShiftBelow(_) | Self::DriftingDown(_) => -1,
            Self::Stepped(LastingStep { up, .. }) => {
                if up {
                    1
                } else {
                    -1
                }
            }
            Self::None => 0,
        }
    }
}

fn sign(value: f64) -> i8 {
    if value > 0.0 {
        1
    } else if value < 0.0 {
        -1
    } else {
        0
    }
}

/// The facts of one group's points, each with limits of its own.
pub(super) fn facts(points: &[f64], group: usize, limits: Option<&[ControlLimits]>, options: &Options) -> Vec<Fact> {
    let Some(limits) = limits else {
        let nothing = Fact {
            group,
            limits: None,
            outside: false,
            side: 0,
            near: false,
            rule: SignalRule::None,
            kind: ChartKind::Common,
        };
        return vec![nothing; points.len()];
    };
    let run = options.profile.run;
    let at = || points.iter().zip(limits);
    let side: Vec<i8> = at().map(|(point, limits)| sign(point - limits.mean)).collect();
    // Strict on both sides; limits that are not numbers are never crossed.
    let outside: Vec<bool> = at().map(|(point, limits)| *point > limits.upper || *point < limits.lower).collect();
    let beyond: Vec<bool> =
        at().map(|(point, limits)| *point > limits.near_upper || *point < limits.near_lower).collect();
    let near: Vec<bool> = beyond.iter().zip(&outside).map(|(beyond, outside)| *beyond && !outside).collect();
    let counted = if options.profile.outside_counts { &beyond } else { &near };
    let trend = trend(points, run);
    let shift = shift(&side, run);
    let two_in_three = two_in_three(&side, counted);
    (0..points.len())
        .map(|i| {
            let mut fired = Vec::new();
            if outside[i] {
                fired.push(if points[i] > limits[i].upper { SignalRule::Above } else { SignalRule::Below });
            }
            match trend[i] {
                1 => fired.push(SignalRule::Rising(run)),
                -1 => fired.push(SignalRule::Falling(run)),
                _ => {}
            }
            if two_in_three[i] {
                fired.push(if side[i] > 0 { SignalRule::TwoInThreeAbove } else { SignalRule::TwoInThreeBelow });
            }
            if shift[i] {
                fired.push(if side[i] > 0 { SignalRule::ShiftAbove(run) } else { SignalRule::ShiftBelow(run) });
            }
            let rule = chosen(&fired, options);
            let kind = ChartKind::of(rule.way(), options.better);
            Fact { group, limits: Some(limits[i]), outside: outside[i], side: side[i], near: near[i], rule, kind }
        })
        .collect()
}

/// The first rule that fired, or the first for the better where that wins.
fn chosen(fired: &[SignalRule], options: &Options) -> SignalRule {
    let better = |rule: &&SignalRule| ChartKind::of(rule.way(), options.better) == ChartKind::Improvement;
    let wins = options.profile.improvement_wins && options.better != Better::Neither;
    let improving = if wins { fired.iter().find(better) } else { None };
    improving.or(fired.first()).copied().unwrap_or(SignalRule::None)
}

/// For each point, 1 in a rise, −1 in a fall, 0 in neither. A tie breaks both.
/// A point that ends one and begins another belongs to the later one.
fn trend(points: &[f64], run: usize) -> Vec<i8> {
    let steps: Vec<i8> = points.windows(2).map(|pair| sign(pair[1] - pair[0])).collect();
    let mut trend = vec![0; points.len()];
    for (start, window) in steps.windows(run.saturating_sub(1).max(1)).enumerate() {
        let way = window[0];
        if way != 0 && window.iter().all(|step| *step == way) {
            trend[start..=start + window.len()].fill(way);
        }
    }
    trend
}

/// Whether each point is in a run on one side of the mean.
fn shift(side: &[i8], run: usize) -> Vec<bool> {
    let mut shift = vec![false; side.len()];
    for (start, window) in side.windows(run.max(1)).enumerate() {
        if window[0] != 0 && window.iter().all(|side| *side == window[0]) {
            shift[start..start + window.len()].fill(true);
        }
    }
    shift
}

/// Whether each point is one of at least two that count among three on one side.
fn two_in_three(side: &[i8], counted: &[bool]) -> Vec<bool> {
    let mut found = vec![false; side.len()];
    for start in 0..side.len().saturating_sub(2) {
        let window = start..start + 3;
        let one_side = side[start] != 0 && side[window.clone()].iter().all(|other| *other == side[start]);
        if one_side && counted[window.clone()].iter().filter(|counts| **counts).count() >= 2 {
            for i in window {
                found[i] |= counted[i];
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trend_is_six_steps_and_a_tie_breaks_it() {
        let rise: Vec<f64> = (0..7).map(f64::from).collect();
        assert_eq!(trend(&rise, 7), [1; 7]);
        assert_eq!(trend(&rise[..6], 7), [0; 6]);
        let mut tie = rise.clone();
        tie[3] = tie[2];
        assert_eq!(trend(&tie, 7), [0; 7]);
    }

    #[test]
    fn a_shared_peak_belongs_to_the_later_trend() {
        let peak: Vec<f64> = (0..7).chain((0..6).rev()).map(f64::from).collect();
        assert_eq!(trend(&peak, 7)[5..8], [1, -1, -1]);
    }

    #[test]
    fn a_shift_is_seven_on_one_side_and_a_point_on_the_mean_breaks_it() {
        assert_eq!(shift(&[1; 7], 7), [true; 7]);
        assert_eq!(shift(&[1; 6], 7), [false; 6]);
        assert_eq!(shift(&[1, 1, 1, 0, 1, 1, 1, 1], 7), [false; 8]);
    }

    #[test]
    fn two_in_three_needs_all_three_on_one_side() {
        assert_eq!(two_in_three(&[1, 1, 1], &[true, false, true]), [true, false, true]);
        assert_eq!(two_in_three(&[1, -1, 1], &[true, false, true]), [false; 3]);
        assert_eq!(two_in_three(&[1, 0, 1], &[true, false, true]), [false; 3]);
        assert_eq!(two_in_three(&[1, 1, 1], &[true, false, false]), [false; 3]);
    }
}
