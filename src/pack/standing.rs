//! Where a rated figure stands to its target, in those who are counted wherever they can
//! be: a gap of 3.9 points is nobody, 19 plans are.

use rust_decimal::Decimal;

use crate::domain::Goal;
use crate::domain::target::Rule;
use crate::scorecard::Line;
use crate::words;

/// A rated figure beside its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It only rounds onto a target that has no tolerance.
    JustOff,
    /// So many more would meet it.
    Short(i64),
    /// So many fewer would.
    TooMany(i64),
    /// So far off, below it or above, where nobody can be counted.
    Off {
        /// How far.
        by: Decimal,
        /// Below it.
        is_low: bool,
    },
    /// Met; with how many to spare, where that is known.
    Met(Option<i64>),
}

impl Standing {
    /// None of a figure without a rating.
    pub(super) fn of(line: &Line<'_>) -> Option<Self> {
        let (figure, target, gap) = (line.current.figure()?, line.target?, line.target_gap.as_ref()?);
        if gap.is_just_off {
            return Some(Self::JustOff);
        }
        if gap.shortfall > Decimal::ZERO {
            return Some(match (gap.to_target, target.goal) {
                (Some(step), _) if step.is_more => Self::Short(step.count),
                (Some(step), _) => Self::TooMany(step.count),
                (None, Goal::Value(edge) | Goal::Range(edge, _)) => {
                    Self::Off { by: gap.shortfall, is_low: figure.value < edge }
                }
            });
        }
        // What a rule forgives beyond the target is no part of what it is met by.
        let is_edge = !matches!(target.rule, Rule::Improved(_));
        let worse = gap.to_worse.filter(|_| is_edge && target.maximum.is_none());
        Some(Self::Met(worse.map(|step| step.count - 1)))
    }

    /// "19 plans short", "met by 3 children": beside the target.
    pub(super) fn beside_target(self, line: &Line<'_>) -> String {
        match self {
            Self::JustOff => "just missed".to_owned(),
            Self::Short(count) => format!("{} short", counted(line, count)),
            Self::TooMany(count) => format!("{} too many", counted(line, count)),
            Self::Off { by, is_low } => format!("{} {}", words::difference(&line.indicator.measure, by), side(is_low)),
            Self::Met(None) => "met".to_owned(),
            Self::Met(Some(0)) => "just met".to_owned(),
            Self::Met(Some(spare)) => format!("met by {}", counted(line, spare)),
        }
    }

    /// "19 plans short of the target", "target met by 3 children": in a sentence.
    pub(super) fn of_target(self, line: &Line<'_>) -> String {
        match self {
            Self::JustOff => "target just missed".to_owned(),
            Self::Short(_) => format!("{} of the target", self.beside_target(line)),
            Self::TooMany(_) => format!("{} for the target", self.beside_target(line)),
            Self::Off { .. } => format!("{} the target", self.beside_target(line)),
            Self::Met(_) => format!("target {}", self.beside_target(line)),
        }
    }
}

fn side(is_low: bool) -> &'static str {
    if is_low { "below" } else { "above" }
}

/// "19 plans"; a noun is only known in the plural, so one goes without.
fn counted(line: &Line<'_>, count: i64) -> String {
    if count == 1 { "1".to_owned() } else { format!("{} {}", words::number(count.into()), line.indicator.measure.noun) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;

    fn said(better: &str, unit: &str, target: &str, figure: &str) -> String {
        let a = format!(
            "unit = \"{unit}\"\nbetter = \"{better}\"\nfrequency = \"monthly\"\n\
             targets = [{{ from = \"2025-04\", {target}, source = \"local\" }}]\n"
        );
        with_card(&a, "", "\"A\"", &format!("A,2026-10,{figure}"), |card| {
            let line = card.lines().next().unwrap();
            let standing = Standing::of(line).unwrap();
            format!("{} | {}", standing.beside_target(line), standing.of_target(line))
        })
    }

    #[test]
    fn a_gap_is_told_in_those_who_are_counted() {
        let percent = |figure| said("higher", "percent", "value = 80, tolerance = 5", figure);
        assert_eq!(percent(",78,100"), "2 children short | 2 children short of the target");
        assert_eq!(percent(",79,100"), "1 short | 1 short of the target");
        assert_eq!(percent(",80,100"), "just met | target just met");
        assert_eq!(percent(",81,100"), "met by 1 | target met by 1");
        assert_eq!(percent(",83,100"), "met by 3 children | target met by 3 children");
        // Nobody knows of how many.
        assert_eq!(percent("78,,"), "2.0 points below | 2.0 points below the target");
        assert_eq!(percent("82,,"), "met | target met");
        let fewer = |figure| said("lower", "count", "value = 10, tolerance = 2", figure);
        assert_eq!(fewer("12,,"), "2 children too many | 2 children too many for the target");
        assert_eq!(fewer("10,,"), "just met | target just met");
        assert_eq!(fewer("7,,"), "met by 3 children | target met by 3 children");
        let range = |figure| said("range", "count", "range = [5, 9], tolerance = 1", figure);
        assert_eq!(range("4,,"), "1 below | 1 below the target");
        assert_eq!(range("12,,"), "3 above | 3 above the target");
        assert_eq!(range("9,,"), "met | target met");
    }
}
