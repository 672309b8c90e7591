//! Targets with the date they hold from, and the rule by which each rates.
//!
//! A past month keeps the target and the rule that were in force then:
//! changing a target never recolours history.
//!
//! Every rule comes down to two edges: from one on a figure is green, from the
//! other on it is amber. What is past both is red.

use rust_decimal::Decimal;

use super::ids::IndicatorRef;
use super::indicator::Polarity;
use super::officer_text::OfficerText;
use super::period::Period;

/// What is aimed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// At least, or at most, this: which, is the indicator's polarity.
    Value(Decimal),
    /// From the first to the second, both included.
    Range(Decimal, Decimal),
}

impl Goal {
    /// How far a value is off: zero or less where the goal is met, else the
    /// gap in the measure's own unit. None where the goal does not suit the
    /// polarity.
    pub fn shortfall(self, value: Decimal, polarity: Polarity) -> Option<Decimal> {
        match (self, polarity) {
            (Self::Value(goal), Polarity::Higher) => Some(goal - value),
            (Self::Value(goal), Polarity::Lower) => Some(value - goal),
            (Self::Range(low, high), _) => Some((low - value).max(value - high)),
            (Self::Value(_), Polarity::Range | Polarity::None) => None,
        }
    }

    /// Whether a value is on the goal or better.
    pub fn is_met(self, value: Decimal, polarity: Polarity) -> bool {
        self.shortfall(value, polarity).is_some_and(|gap| gap <= Decimal::ZERO)
    }

    /// The goal made easier: at each end by what `by` says of that end.
    fn eased(self, polarity: Polarity, by: impl Fn(Decimal) -> Decimal) -> Self {
        match self {
            Self::Value(goal) if polarity == Polarity::Lower => Self::Value(goal + by(goal)),
            Self::Value(goal) => Self::Value(goal - by(goal)),
            Self::Range(low, high) => Self::Range(low - by(low), high + by(high)),
        }
    }
}

/// Who set the number that is aimed for. What the law asks for of each child, in 45 days
/// or at all, is the [duty](Target::duty) behind it: whoever holds that it is enough to
/// do so for 88 in 100 has set the 88.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TargetSource {
    /// By law or statutory guidance.
    Statutory,
    /// By a national programme or average.
    National,
    /// By the council itself.
    Local,
}

impl TargetSource {
    /// As the register and `figures.csv` have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Statutory => "statutory",
            Self::National => "national",
            Self::Local => "local",
        }
    }
}

/// How a figure that misses its target is rated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Amber up to so far off, in the measure's own unit; may be zero.
    Points(Decimal),
    /// Amber up to so many percent of the target off.
    Percent(Decimal),
    /// Amber as far as this, given outright; the target is where green begins.
    Absolute(Goal),
    /// Amber while the floor standard is met.
    Floor(Decimal),
    /// Never amber: met, or red.
    Zero,
    /// Green up to so many percent of the target off; beyond, amber while it is
    /// no worse than a year before.
    Improved(Decimal),
}

/// The largest of those behind a mean, which must not exceed a limit whatever
/// the mean is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maximum {
    /// The indicator that carries it.
    pub of: IndicatorRef,
    /// The most it may be.
    pub limit: Decimal,
}

/// A target from a month on, until the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// First month it holds for.
    pub from: Period,
    /// What is aimed for.
    pub goal: Goal,
    /// How a miss is rated.
    pub rule: Rule,
    /// What must hold beside it.
    pub maximum: Option<Maximum>,
    /// Who set it.
    pub source: TargetSource,
    /// What the law asks for, which the number is a measure of: "the 45 days are
    /// statutory guidance"; may be empty.
    pub duty: OfficerText,
    /// Why it is what it is, or why it changed; may be empty.
    pub because: OfficerText,
}

/// Where the colours of a target meet. Each edge belongs to the better colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edges {
    /// Met: green.
    pub green: Goal,
    /// Met, where green is not: amber. None where nothing is.
    pub amber: Option<Goal>,
}

impl Target {
    /// Where its colours meet. `year_before` is the figure a year before the
    /// one that is rated, which only [`Rule::Improved`] asks for.
    pub fn edges(&self, polarity: Polarity, year_before: Option<Decimal>) -> Edges {
        let share = |percent: Decimal| move |end: Decimal| end.abs() * percent / Decimal::ONE_HUNDRED;
        let goal = self.goal;
        let (green, amber) = match self.rule {
            Rule::Points(tolerance) => (goal, Some(goal.eased(polarity, |_| tolerance))),
            Rule::Percent(percent) => (goal, Some(goal.eased(polarity, share(percent)))),
            Rule::Absolute(amber) => (goal, Some(amber)),
            Rule::Floor(floor) => (goal, Some(Goal::Value(floor))),
            Rule::Zero => (goal, None),
            Rule::Improved(percent) => {
                let held = |then: Decimal| match goal {
                    Goal::Value(_) => Goal::Value(then),
                    Goal::Range(..) => {
                        let off = goal.shortfall(then, polarity).unwrap_or_default().max(Decimal::ZERO);
                        goal.eased(polarity, |_| off)
                    }
                };
                (goal.eased(polarity, share(percent)), year_before.map(held))
            }
        };
        Edges { green, amber }
    }

    /// How wide amber is, or what is forgiven in its place: the measure of how
    /// bad a miss is beside others'.
    pub fn leeway(&self) -> Decimal {
        let end = |goal: Goal| match goal {
            Goal::Value(value) | Goal::Range(_, value) => value,
        };
        match self.rule {
            Rule::Points(tolerance) => tolerance,
            Rule::Percent(percent) | Rule::Improved(percent) => end(self.goal).abs() * percent / Decimal::ONE_HUNDRED,
            Rule::Absolute(amber) => (end(self.goal) - end(amber)).abs(),
            Rule::Floor(floor) => (end(self.goal) - floor).abs(),
            Rule::Zero => Decimal::ZERO,
        }
    }
}

/// The target in force in a month: the latest that began by then.
pub fn in_force(targets: &[Target], period: Period) -> Option<&Target> {
    targets.iter().filter(|target| target.from <= period).max_by_key(|target| target.from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_past_month_keeps_its_target() {
        let target = |from: &str, value: i64| Target {
            from: from.parse().unwrap(),
            goal: Goal::Value(value.into()),
            rule: Rule::Zero,
            maximum: None,
            source: TargetSource::Local,
            duty: OfficerText::default(),
            because: OfficerText::default(),
        };
        let targets = [target("2025-04", 15), target("2026-04", 25)];
        let at = |period: &str| in_force(&targets, period.parse().unwrap()).map(|t| t.goal);
        assert_eq!(at("2025-03"), None);
        assert_eq!(at("2025-04"), Some(Goal::Value(15.into())));
        assert_eq!(at("2026-03"), Some(Goal::Value(15.into())));
        assert_eq!(at("2026-04"), Some(Goal::Value(25.into())));
    }
}
