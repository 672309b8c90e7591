//! A ratio's movement as its numerator's and its denominator's part.
//!
//! First the numerator moves and the denominator stays, then the denominator
//! follows: "5 more would have added 2.5 points, 3 more to count among took
//! away 0.4". The order is fixed, and the two parts add up to the movement as
//! it is printed.

use rust_decimal::Decimal;

use super::measure::Measure;
use super::observation::Figure;

/// What a numerator and a denominator each did to a ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// How many more (or, below zero, fewer) were counted.
    pub counted: Decimal,
    /// What that alone would have changed, in the measure's own unit.
    pub by_counted: Decimal,
    /// How many more (or fewer) there were to count among.
    pub among: Decimal,
    /// What that changed on top.
    pub by_among: Decimal,
}

/// Parts the movement between two figures, both rounded; none unless both
/// carry numerators and denominators and both of those moved.
pub fn split(measure: &Measure, before: &Figure, now: &Figure) -> Option<Split> {
    let (n0, d0, n1, d1) = (before.numerator?, before.denominator?, now.numerator?, now.denominator?);
    if n0 == n1 || d0 == d1 {
        return None;
    }
    let by_counted = measure.round(measure.exact_ratio(n1, d0)? - measure.exact_ratio(n0, d0)?);
    let by_among = now.value - before.value - by_counted;
    Some(Split { counted: n1 - n0, by_counted, among: d1 - d0, by_among })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Unit;
    use proptest::prelude::*;

    fn percent() -> Measure {
        Measure { unit: Unit::Percent, precision: 1, per: Decimal::ONE, noun: String::new(), signed: false }
    }

    fn figure(n: i64, d: i64) -> Figure {
        let (n, d) = (Decimal::from(n), Decimal::from(d));
        Figure { value: percent().ratio(n, d).unwrap(), numerator: Some(n), denominator: Some(d) }
    }

    #[test]
    fn both_parts_are_named_where_both_moved() {
        // 165/199 = 82.9; 170/199 = 85.4; 170/202 = 84.2.
        let split = |a, b| split(&percent(), &a, &b);
        let parts = split(figure(165, 199), figure(170, 202)).unwrap();
        assert_eq!((parts.counted, parts.among), (5.into(), 3.into()));
        assert_eq!((parts.by_counted.to_string(), parts.by_among.to_string()), ("2.5".into(), "-1.2".into()));
        assert_eq!(split(figure(165, 199), figure(165, 202)), None);
        assert_eq!(split(figure(165, 199), figure(170, 199)), None);
        // Posts are counted in parts.
        let posts = Figure { numerator: Some(Decimal::new(1655, 1)), ..figure(165, 199) };
        let parts = split(posts, figure(170, 202)).unwrap();
        assert_eq!((parts.counted.to_string(), parts.by_counted.to_string()), ("4.5".into(), "2.3".into()));
    }

    proptest! {
        #[test]
        fn the_parts_add_up_to_the_movement_as_printed(n0 in 0i64..300, n1 in 0i64..300, d0 in 300i64..600, d1 in 300i64..600) {
            let (before, now) = (figure(n0, d0), figure(n1, d1));
            if let Some(split) = split(&percent(), &before, &now) {
                prop_assert_eq!(split.by_counted + split.by_among, now.value - before.value);
            }
        }
    }
}
