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

impl Arrow {
    /// "up", "down", "level".
    pub fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::Level => "level",
        }
    }
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

/// The ends of the straight line that fits some figures best (least squares),
/// each figure at its place in time; none with fewer than two places.
///
/// Exact but for one division: sums of decimals, multiplied before divided.
pub fn fitted(figures: &[(i32, Decimal)]) -> Option<(Decimal, Decimal)> {
    let (&(first, _), &(last, _)) = (figures.first()?, figures.last()?);
    let n = Decimal::from(figures.len());
    let (mut x, mut y, mut xx, mut xy) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
    for &(at, value) in figures {
        // Counted from the first place, so that the sums stay small.
        let at = Decimal::from(at - first);
        (x, y, xx, xy) = (x + at, y + value, xx + at * at, xy + at * value);
    }
    let over = n * xx - x * x;
    let rise = n * xy - x * y;
    let start = (y * over - rise * x).checked_div(n * over)?;
    let end = start + (rise * Decimal::from(last - first)).checked_div(over)?;
    Some((start, end))
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

    #[test]
    fn the_line_that_fits_best_passes_through_points_on_a_line() {
        let ends = |values: &[&str]| {
            let figures: Vec<_> = (5..).zip(values.iter().map(|value| d(value))).collect();
            fitted(&figures).map(|(start, end)| {
                (crate::domain::measure::round(start, 2).to_string(), crate::domain::measure::round(end, 2).to_string())
            })
        };
        let pair = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(ends(&["1.5", "2.0", "2.5"]), pair("1.50", "2.50"));
        // By hand: slope 0.5, mean 2.25 at 1.5.
        assert_eq!(ends(&["2", "1", "3", "3"]), pair("1.50", "3.00"));
        assert_eq!(ends(&["7"]), None);
        assert_eq!(ends(&[]), None);
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
