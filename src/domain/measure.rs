//! Unit and precision, and the one place where a figure is rounded.
//!
//! A figure is rounded once, to its measure's precision, half away from zero;
//! everything printed about it is worked from the rounded figure, so that a
//! reader with a pencil always arrives at what is printed.

use rust_decimal::prelude::ToPrimitive;
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
    /// Money, in pounds.
    #[serde(rename = "£", alias = "pounds")]
    Pounds,
    /// Money, in thousands of pounds.
    #[serde(rename = "£000", alias = "thousand-pounds")]
    ThousandPounds,
    /// Money, in millions of pounds.
    #[serde(rename = "£m", alias = "million-pounds")]
    MillionPounds,
}

impl Unit {
    /// As the register writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Count => "count",
            Self::Rate => "rate",
            Self::Days => "days",
            Self::Mean => "mean",
            Self::Score => "score",
            Self::Pounds => "£",
            Self::ThousandPounds => "£000",
            Self::MillionPounds => "£m",
        }
    }

    /// Whether it is money.
    pub fn is_money(self) -> bool {
        matches!(self, Self::Pounds | Self::ThousandPounds | Self::MillionPounds)
    }
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
    /// Whether it may be below zero, and a percentage above 100: a net change, a
    /// variance.
    pub signed: bool,
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
            Unit::Pounds | Unit::ThousandPounds | Unit::MillionPounds => Decimal::ONE,
            Unit::Count => return None,
        };
        // Multiply first: 1/3 × 300 is 100, not 99.99….
        numerator.checked_mul(scale)?.checked_div(denominator)
    }
}

/// Rounds half away from zero, as people do on paper, never to a negative zero.
pub fn round(value: Decimal, precision: u32) -> Decimal {
    // What is printed is mostly rounded already.
    if value.scale() == precision && !value.is_zero() {
        return value;
    }
    let mut rounded = value.round_dp_with_strategy(precision, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(precision);
    if rounded.is_zero() {
        rounded.set_sign_positive(true);
    }
    rounded
}

/// Powers of ten that are doubles exactly, as far as a figure has digits.
const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// The double nearest to a figure of up to 15 digits, for statistics and
/// drawing; with more, as near as makes no difference.
pub fn double(value: Decimal) -> f64 {
    let digits = i64::try_from(value.mantissa()).ok().filter(|digits| digits.unsigned_abs() < 1 << 53);
    match (digits, POWERS.get(value.scale() as usize)) {
        // Of two exact doubles, the quotient is the nearest there is.
        #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
        (Some(digits), Some(power)) => digits as f64 / power,
        _ => value.to_f64().unwrap_or(f64::NAN),
    }
}

/// A double that was worked out, such as a limit, as a figure is rounded.
pub fn rounded(value: f64, precision: u32) -> Decimal {
    let digits = POWERS.get(precision as usize).map(|power| (value * power).round());
    match digits.filter(|digits| digits.abs() < 9e15) {
        #[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
        Some(digits) => Decimal::new(digits as i64, precision),
        None => round(Decimal::from_f64_retain(value).unwrap_or_default(), precision),
    }
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
    fn a_double_is_the_nearest_to_its_figure() {
        for text in
            ["0", "84.2", "-0.1", "100", "0.333333333333333", "9007199254740991", "79228162514264337593543950335"]
        {
            assert_eq!(double(d(text)).to_bits(), text.parse::<f64>().unwrap().to_bits(), "{text}");
        }
    }

    #[test]
    fn a_limit_is_rounded_as_a_figure_is() {
        for (value, precision, expected) in [
            (72.149, 1, "72.1"),
            (72.15, 1, "72.2"),
            (-0.04, 1, "0.0"),
            (-3.5, 0, "-4"),
            (f64::NAN, 1, "0.0"),
            (1e16, 0, "10000000000000000"),
        ] {
            assert_eq!(rounded(value, precision).to_string(), expected, "{value}");
        }
    }

    #[test]
    fn ratios_multiply_before_they_divide() {
        let percent =
            Measure { unit: Unit::Percent, precision: 1, per: Decimal::ONE, noun: String::new(), signed: false };
        assert_eq!(percent.ratio(d("1"), d("2")).unwrap().to_string(), "50.0");
        assert_eq!(percent.ratio(d("170"), d("202")).unwrap().to_string(), "84.2");
        assert_eq!(percent.ratio(d("1"), d("0")), None);
        let rate = Measure { unit: Unit::Rate, precision: 0, per: d("10000"), noun: String::new(), signed: false };
        assert_eq!(rate.ratio(d("412"), d("61500")).unwrap().to_string(), "67");
    }
}
