//! Targets with the date they hold from.
//!
//! A past month keeps the target that was in force then: changing a target
//! never recolours history.

use rust_decimal::Decimal;

use super::period::Period;

/// What is aimed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// At least, or at most, this: which, is the indicator's polarity.
    Value(Decimal),
    /// From the first to the second, both included.
    Range(Decimal, Decimal),
}

/// Who set a target.
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

/// A target from a month on, until the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// First month it holds for.
    pub from: Period,
    /// What is aimed for.
    pub goal: Goal,
    /// How far off the goal still is amber, in the measure's own unit; may be zero.
    pub tolerance: Decimal,
    /// Who set it.
    pub source: TargetSource,
    /// Why it is what it is, or why it changed; may be empty.
    pub because: String,
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
            tolerance: Decimal::ZERO,
            source: TargetSource::Local,
            because: String::new(),
        };
        let targets = [target("2025-04", 15), target("2026-04", 25)];
        let at = |period: &str| in_force(&targets, period.parse().unwrap()).map(|t| t.goal);
        assert_eq!(at("2025-03"), None);
        assert_eq!(at("2025-04"), Some(Goal::Value(15.into())));
        assert_eq!(at("2026-03"), Some(Goal::Value(15.into())));
        assert_eq!(at("2026-04"), Some(Goal::Value(25.into())));
    }
}
