//! Change on the previous comparable figure, and its direction of travel.
//!
//! The arrow is the sign of the number; whether that is good is said in a
//! word of its own, seen through the polarity. A downward line is not always
//! bad news.

use rust_decimal::Decimal;

use super::indicator::Polarity;
use super::target::Goal;

/// Which way the number went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrow {
    /// It rose.
    Up,
    /// It fell.
    Down,
    /// It is the same.
    Level,
}

/// Direction of travel: the movement seen through the polarity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Travel {
    /// Better by more than the dead-band.
    Improving,
    /// Worse by more than the dead-band.
    Worsening,
    /// Within the dead-band.
    Steady,
    /// The indicator is context: there is no better or worse.
    NoJudgement,
}

/// A movement between two figures that may be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Movement {
    /// Latest less previous, in the measure's own unit.
    pub change: Decimal,
    /// The change in percent of the previous figure, rounded to a whole
    /// number; none where that was zero.
    pub percent: Option<Decimal>,
    /// Sign of the change.
    pub arrow: Arrow,
    /// Direction of travel.
    pub travel: Travel,
}

/// Distance from the goal, for polarities that need one to tell better from worse.
fn distance(value: Decimal, goal: Goal) -> Decimal {
    let (low, high) = match goal {
        Goal::Value(value) => (value, value),
        Goal::Range(low, high) => (low, high),
    };
    (low - value).max(value - high).max(Decimal::ZERO)
}

/// The movement from `previous` to `latest`, both rounded.
///
/// `goal` is the one in force for the latest figure; only range polarity needs
/// it. A change of at most `steady_within` is steady: the number may have
/// moved, but not enough to call it better or worse.
pub fn movement(
    previous: Decimal,
    latest: Decimal,
    polarity: Polarity,
    goal: Option<Goal>,
    steady_within: Decimal,
) -> Movement {
    let change = latest - previous;
    let arrow = match change.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Greater => Arrow::Up,
        std::cmp::Ordering::Less => Arrow::Down,
        std::cmp::Ordering::Equal => Arrow::Level,
    };
    let percent =
        (change * Decimal::ONE_HUNDRED).checked_div(previous.abs()).map(|percent| super::measure::round(percent, 0));
    let better_by = match (polarity, goal) {
        (Polarity::Higher, _) => Some(change),
        (Polarity::Lower, _) => Some(-change),
        (Polarity::Range, Some(goal)) => Some(distance(previous, goal) - distance(latest, goal)),
        (Polarity::Range, None) | (Polarity::None, _) => None,
    };
    let travel = match better_by {
        None => Travel::NoJudgement,
        Some(better) if better > steady_within => Travel::Improving,
        Some(better) if better < -steady_within => Travel::Worsening,
        Some(_) => Travel::Steady,
    };
    Movement { change, percent, arrow, travel }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn both_sides_of_the_dead_band() {
        for (previous, latest, polarity, expected) in [
            ("80.0", "80.5", Polarity::Higher, Travel::Steady),
            ("80.0", "80.6", Polarity::Higher, Travel::Improving),
            ("80.0", "79.5", Polarity::Higher, Travel::Steady),
            ("80.0", "79.4", Polarity::Higher, Travel::Worsening),
            ("10.0", "10.6", Polarity::Lower, Travel::Worsening),
            ("10.0", "9.4", Polarity::Lower, Travel::Improving),
            ("10.0", "9.4", Polarity::None, Travel::NoJudgement),
        ] {
            assert_eq!(
                movement(d(previous), d(latest), polarity, None, d("0.5")).travel,
                expected,
                "{previous} {latest}"
            );
        }
    }

    #[test]
    fn a_range_is_judged_by_distance_from_it() {
        let goal = Some(Goal::Range(d("15"), d("18")));
        let travel = |a: &str, b: &str| movement(d(a), d(b), Polarity::Range, goal, d("0.2")).travel;
        assert_eq!(travel("20", "19"), Travel::Improving);
        assert_eq!(travel("12", "13"), Travel::Improving);
        assert_eq!(travel("15", "18"), Travel::Steady);
        assert_eq!(travel("18", "19"), Travel::Worsening);
    }

    #[test]
    fn a_change_from_zero_has_no_percent() {
        assert_eq!(movement(d("0"), d("3"), Polarity::Lower, None, d("0")).percent, None);
        assert_eq!(movement(d("40"), d("30"), Polarity::Lower, None, d("0")).percent, Some(d("-25")));
    }

    proptest! {
        #[test]
        fn movement_is_antisymmetric(a in -5000i64..5000, b in -5000i64..5000) {
            let (a, b) = (Decimal::new(a, 1), Decimal::new(b, 1));
            let there = movement(a, b, Polarity::Higher, None, Decimal::ZERO);
            let back = movement(b, a, Polarity::Higher, None, Decimal::ZERO);
            prop_assert_eq!(there.change, -back.change);
        }

        #[test]
        fn flipping_polarity_flips_travel_and_never_the_arrow(a in -5000i64..5000, b in -5000i64..5000, band in 0i64..50) {
            let (a, b, band) = (Decimal::new(a, 1), Decimal::new(b, 1), Decimal::new(band, 1));
            let higher = movement(a, b, Polarity::Higher, None, band);
            let lower = movement(a, b, Polarity::Lower, None, band);
            prop_assert_eq!(higher.arrow, lower.arrow);
            let flipped = match higher.travel {
                Travel::Improving => Travel::Worsening,
                Travel::Worsening => Travel::Improving,
                same => same,
            };
            prop_assert_eq!(lower.travel, flipped);
        }
    }
}
