//! Red, amber, green, or unrated with a reason.

use rust_decimal::Decimal;

use super::indicator::Polarity;
use super::observation::Missing;
use super::target::{Goal, Target};

/// Why an indicator has no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unrated {
    /// Context: it is never rated.
    Context,
    /// No target was in force.
    NoTarget,
    /// There is no figure.
    NoFigure(Missing),
    /// The denominator is below the indicator's floor.
    TooFew,
}

/// A rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rating {
    /// Off the target by more than the tolerance.
    Red,
    /// Off the target, within the tolerance.
    Amber,
    /// On the target or better.
    Green,
    /// Not rated.
    Unrated(Unrated),
}

impl Rating {
    /// "red", "amber", "green" or "unrated", as in files and logs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Amber => "amber",
            Self::Green => "green",
            Self::Unrated(_) => "unrated",
        }
    }
}

/// How far a value is off its goal: zero or less where it is met, else the gap
/// in the measure's own unit.
pub fn shortfall(value: Decimal, goal: Goal, polarity: Polarity) -> Option<Decimal> {
    match (goal, polarity) {
        (Goal::Value(target), Polarity::Higher) => Some(target - value),
        (Goal::Value(target), Polarity::Lower) => Some(value - target),
        (Goal::Range(low, high), _) => Some((low - value).max(value - high)),
        (Goal::Value(_), Polarity::Range | Polarity::None) => None,
    }
}

/// Rates a figure, already rounded, against the target in force.
///
/// Green where the goal is met, amber where it is missed by at most the
/// tolerance, red beyond. Both boundaries belong to the better colour.
pub fn rate(value: Decimal, target: Option<&Target>, polarity: Polarity) -> Rating {
    if polarity == Polarity::None {
        return Rating::Unrated(Unrated::Context);
    }
    let Some(target) = target else {
        return Rating::Unrated(Unrated::NoTarget);
    };
    match shortfall(value, target.goal, polarity) {
        None => Rating::Unrated(Unrated::NoTarget),
        Some(gap) if gap <= Decimal::ZERO => Rating::Green,
        Some(gap) if gap <= target.tolerance => Rating::Amber,
        Some(_) => Rating::Red,
    }
}

#[cfg(test)]
mod tests {
    use super::super::target::TargetSource;
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn target(goal: Goal, tolerance: &str) -> Target {
        Target {
            from: "2025-04".parse().unwrap(),
            goal,
            tolerance: d(tolerance),
            source: TargetSource::Local,
            because: String::new(),
        }
    }

    #[test]
    fn both_sides_of_every_boundary() {
        let at_least = target(Goal::Value(d("85")), "5");
        let at_most = target(Goal::Value(d("10")), "2");
        let band = target(Goal::Range(d("15"), d("18")), "1");
        let strict = target(Goal::Value(d("0")), "0");
        for (value, target, polarity, expected) in [
            ("85.0", &at_least, Polarity::Higher, Rating::Green),
            ("84.9", &at_least, Polarity::Higher, Rating::Amber),
            ("80.0", &at_least, Polarity::Higher, Rating::Amber),
            ("79.9", &at_least, Polarity::Higher, Rating::Red),
            ("10.0", &at_most, Polarity::Lower, Rating::Green),
            ("10.1", &at_most, Polarity::Lower, Rating::Amber),
            ("12.0", &at_most, Polarity::Lower, Rating::Amber),
            ("12.1", &at_most, Polarity::Lower, Rating::Red),
            ("15.0", &band, Polarity::Range, Rating::Green),
            ("18.0", &band, Polarity::Range, Rating::Green),
            ("14.9", &band, Polarity::Range, Rating::Amber),
            ("14.0", &band, Polarity::Range, Rating::Amber),
            ("13.9", &band, Polarity::Range, Rating::Red),
            ("18.1", &band, Polarity::Range, Rating::Amber),
            ("19.1", &band, Polarity::Range, Rating::Red),
            ("0", &strict, Polarity::Lower, Rating::Green),
            ("1", &strict, Polarity::Lower, Rating::Red),
        ] {
            assert_eq!(rate(d(value), Some(target), polarity), expected, "{value} {polarity:?}");
        }
    }

    #[test]
    fn unrated_says_why() {
        assert_eq!(rate(d("1"), None, Polarity::Higher), Rating::Unrated(Unrated::NoTarget));
        assert_eq!(rate(d("1"), None, Polarity::None), Rating::Unrated(Unrated::Context));
        let some = target(Goal::Value(d("1")), "0");
        assert_eq!(rate(d("1"), Some(&some), Polarity::None), Rating::Unrated(Unrated::Context));
    }

    fn rank(rating: Rating) -> u8 {
        match rating {
            Rating::Red => 0,
            Rating::Amber => 1,
            Rating::Green => 2,
            Rating::Unrated(_) => unreachable!("rated in this law"),
        }
    }

    proptest! {
        #[test]
        fn a_better_value_never_rates_worse(a in -2000i64..2000, b in -2000i64..2000, goal in -1000i64..1000, tolerance in 0i64..300) {
            let value = |n: i64| Decimal::new(n, 1);
            let (low, high) = (value(a.min(b)), value(a.max(b)));
            let target = target(Goal::Value(value(goal)), &value(tolerance).to_string());
            prop_assert!(rank(rate(high, Some(&target), Polarity::Higher)) >= rank(rate(low, Some(&target), Polarity::Higher)));
            prop_assert!(rank(rate(low, Some(&target), Polarity::Lower)) >= rank(rate(high, Some(&target), Polarity::Lower)));
        }
    }
}
