//! Unit and precision, and the one place where a figure is rounded.
//!
//! A figure is rounded once, to its measure's precision, half away from zero;
//! everything printed about it is worked from the rounded figure, so that a
//! reader with a pencil always arrives at what is printed.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Deserialize;

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Percent of a denominator, 0 to 100.
    Percent,
    /// Whole things: children, episodes, households.
    Count,
    /// So many for each `per` of a population.
    Rate,
    /// Days, a mean.
    Days,
    /// A mean of something else: cases for each social worker.
    Mean,
    /// Points on a scale, such as a strengths and difficulties score.
    Score,
}

/// A unit, its precision and its nouns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// The unit.
    pub unit: Unit,
    /// Digits after the point.
    pub precision: u32,
    /// A rate's population: 10,000 or 100,000.
    pub per: Decimal,
    /// What is counted, in the plural: "children in care", "cases a worker".
    pub noun: String,
}

impl Measure {
    /// The figure as it will be printed, and from which all else is worked.
    pub fn round(&self, value: Decimal) -> Decimal {
        round(value, self.precision)
    }

    /// The figure that a numerator and a denominator give, rounded; none where
    /// the denominator is zero or the unit is no ratio.
    pub fn ratio(&self, numerator: Decimal, denominator: Decimal) -> Option<Decimal> {
        self.exact_ratio(numerator, denominator).map(|value| self.round(value))
    }

    /// The same before it is rounded.
    pub fn exact_ratio(&self, numerator: Decimal, denominator: Decimal) -> Option<Decimal> {
        let scale = match self.unit {
            Unit::Percent => Decimal::ONE_HUNDRED,
            Unit::Rate => self.per,
            Unit::Mean | Unit::Days | Unit::Score => Decimal::ONE,
            Unit::Count => return None,
        };
        // Multiply first: 1/3 × 300 is 100, not 99.99….
        numerator.checked_mul(scale)?.checked_div(denominator)
    }
}

/// Rounds half away from zero, as people do on paper, never to a negative zero.
pub fn round(value: Decimal, precision: u32) -> Decimal {
    let mut rounded = value.round_dp_with_strategy(precision, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(precision);
    if rounded.is_zero() {
        rounded.set_sign_positive(true);
    }
    rounded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn halves_round_away_from_zero() {
        for (value, precision, expected) in [
            ("84.25", 1, "84.3"),
            ("84.249999", 1, "84.2"),
            ("-84.25", 1, "-84.3"),
            ("0.5", 0, "1"),
            ("-0.4", 0, "0"),
            ("85", 1, "85.0"),
        ] {
            assert_eq!(round(d(value), precision).to_string(), expected, "{value}");
        }
    }

    #[test]
    fn ratios_multiply_before_they_divide() {
        let percent = Measure { unit: Unit::Percent, precision: 1, per: Decimal::ONE, noun: String::new() };
        assert_eq!(percent.ratio(d("1"), d("2")).unwrap().to_string(), "50.0");
        assert_eq!(percent.ratio(d("170"), d("202")).unwrap().to_string(), "84.2");
        assert_eq!(percent.ratio(d("1"), d("0")), None);
        let rate = Measure { unit: Unit::Rate, precision: 0, per: d("10000"), noun: String::new() };
        assert_eq!(rate.ratio(d("412"), d("61500")).unwrap().to_string(), "67");
    }
}
