//! What commentary is bound to: the figure that it was written about, or the
//! reason why there is none, and the rating.
//!
//! Officers read and type it as text (`about = "84.2% amber"`), and it is
//! compared as values: to print a figure in another way, or to type it by hand,
//! makes no words stale.

use rust_decimal::Decimal;

use super::line::{IndicatorData, Line};
use crate::dataset::Dataset;
use crate::domain::{Indicator, Measure, Period, Rating, Reading};
use crate::words;

/// A figure and its rating. Two are equal where their values are, whatever
/// their text.
#[derive(Debug, Clone)]
pub struct Binding {
    about: String,
    figure: BoundFigure,
    /// "red"; none of an unrated figure.
    colour: Option<&'static str>,
}

/// The figure of a binding.
#[derive(Debug, Clone, PartialEq, Eq)]
enum BoundFigure {
    Value(Decimal),
    /// Why there is none, in small letters without blanks.
    Reason(String),
}

impl PartialEq for Binding {
    fn eq(&self, other: &Self) -> bool {
        (&self.figure, self.colour) == (&other.figure, other.colour)
    }
}

impl Binding {
    /// What words on a line are bound to now.
    pub fn of(line: &Line<'_>) -> Self {
        Self::new(&line.indicator.measure, &line.current, line.rating)
    }

    /// The same of an indicator in a pack's period, without working out its line.
    pub fn at(indicator: &Indicator, period: Period, dataset: Option<&Dataset>) -> Self {
        let (look, month) = (IndicatorData::at(indicator, dataset), indicator.latest_due(period));
        Self::new(&indicator.measure, &look.reading(month), look.rating(month))
    }

    fn new(measure: &Measure, reading: &Reading, rating: Rating) -> Self {
        let (text, figure) = match reading {
            Reading::Figure(figure) => {
                (words::figure(measure, figure.value), BoundFigure::Value(measure.round(figure.value)))
            }
            Reading::Missing(missing) => {
                let reason = words::missing(*missing);
                (reason.to_owned(), BoundFigure::Reason(squeezed(reason)))
            }
        };
        match rating {
            Rating::Unrated(_) => Self { about: text, figure, colour: None },
            Rating::Red | Rating::Amber | Rating::Green => {
                Self { about: format!("{text} {}", rating.word()), figure, colour: Some(rating.word()) }
            }
        }
    }

    /// What an officer's text says; none where it is blank. A text that is no
    /// figure is the reason for none, and equals no other.
    pub fn read(about: &str) -> Option<Self> {
        let small = about.trim().to_lowercase();
        if small.is_empty() {
            return None;
        }
        let colours = [Rating::Red, Rating::Amber, Rating::Green].map(Rating::word);
        // A whole word: "not required" does not end with a rating.
        let rated = colours.into_iter().find_map(|colour| {
            let rest = small.strip_suffix(colour)?;
            (!rest.ends_with(char::is_alphabetic)).then_some((rest, Some(colour)))
        });
        let (text, colour) = rated.unwrap_or((&small, None));
        let text = squeezed(text);
        let figure = value(&text).map_or(BoundFigure::Reason(text), BoundFigure::Value);
        Some(Self { about: about.to_owned(), figure, colour })
    }

    /// As officers read it: "84.2% amber". An unrated figure stands alone, and
    /// so does the reason why there is none.
    pub fn about(&self) -> &str {
        &self.about
    }

    /// Whether words count that were written about this; those that are bound to
    /// nothing always do.
    pub fn covers(&self, about: &str) -> bool {
        Self::read(about).is_none_or(|read| read == *self)
    }
}

/// Small letters without blanks.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// A number with or without its unit and the marks that it is printed with.
fn value(squeezed: &str) -> Option<Decimal> {
    let money = squeezed.contains('£').then(|| squeezed.replace('£', ""));
    let money = money.as_deref().map(|money| money.strip_suffix(['k', 'm']).unwrap_or(money));
    let squeezed = money.unwrap_or(squeezed);
    let number = ["%", "days", "day"].into_iter().find_map(|unit| squeezed.strip_suffix(unit)).unwrap_or(squeezed);
    Decimal::from_str_exact(&number.replace(',', "").replace('\u{2212}', "-")).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::rating::Unrated;
    use crate::domain::{Figure, Missing, Unit};

    const UNITS: [Unit; 9] = [
        Unit::Percent,
        Unit::Count,
        Unit::Rate,
        Unit::Days,
        Unit::Mean,
        Unit::Score,
        Unit::Pounds,
        Unit::ThousandPounds,
        Unit::MillionPounds,
    ];

    const REASONS: [Missing; 10] = [
        Missing::NotSupplied,
        Missing::Unknown,
        Missing::NotApplicable,
        Missing::Unavailable,
        Missing::Suppressed,
        Missing::Low,
        Missing::Unreliable,
        Missing::NotDue,
        Missing::Refused,
        Missing::NoneOfNone,
    ];

    const RATINGS: [Rating; 4] = [Rating::Red, Rating::Amber, Rating::Green, Rating::Unrated(Unrated::Context)];

    fn binding(unit: Unit, precision: u32, value: Decimal, rating: Rating) -> Binding {
        let figure = Reading::Figure(Figure { value, numerator: None, denominator: None });
        Binding::new(&measure(unit, precision), &figure, rating)
    }

    fn measure(unit: Unit, precision: u32) -> Measure {
        Measure { unit, precision, per: Decimal::from(10_000), noun: "children".into(), signed: false }
    }

    #[test]
    fn a_text_is_read_as_its_value_and_rating() {
        let percent = |value: &str| binding(Unit::Percent, 1, value.parse().unwrap(), Rating::Amber);
        let days = |value: &str| binding(Unit::Days, 0, value.parse().unwrap(), Rating::Red);
        let count = |value: &str| binding(Unit::Count, 0, value.parse().unwrap(), RATINGS[3]);
        let late = Binding::new(&measure(Unit::Percent, 1), &Reading::Missing(Missing::NotSupplied), RATINGS[3]);
        for (now, about, expected) in [
            (percent("84.2"), "84.2% amber", true),
            (percent("84.2"), "  84.20 %  AMBER ", true),
            (percent("84.2"), "84.2 amber", true),
            (percent("84.2"), "84.2%amber", true),
            (percent("84.2"), " ", true),
            (percent("84.15"), "84.2% amber", true),
            (percent("84.14"), "84.2% amber", false),
            (percent("84.2"), "84.1% amber", false),
            (percent("84.2"), "84.3% amber", false),
            (percent("84.2"), "84.2% red", false),
            (percent("84.2"), "84.2%", false),
            (percent("84.2"), "about 84.2% amber", false),
            (percent("-0.4"), "\u{2212}0.4% amber", true),
            (percent("-0.4"), "-0.4% amber", true),
            (percent("-0.4"), "0.4% amber", false),
            (percent("-0.04"), "0.0% amber", true),
            (days("14"), "14 days red", true),
            (days("14"), "14 Red", true),
            (days("1"), "1 day red", true),
            (days("1"), "1 days red", true),
            (days("14"), "14 weeks red", false),
            (count("1204"), "1,204", true),
            (count("1204"), "1204", true),
            (count("1204"), "1,205", false),
            (count("1204"), "1,204 red", false),
            (late.clone(), "Not supplied", true),
            (late.clone(), "not  SUPPLIED", true),
            (late.clone(), "Not due", false),
            (late.clone(), "Not supplied red", false),
            (late, "0%", false),
        ] {
            assert_eq!(now.covers(about), expected, "{about:?} of {now:?}");
        }
        assert_eq!(Binding::read("Not required").unwrap().colour, None);
    }

    proptest! {
        /// What is written is read back as equal, and as no other rating's.
        #[test]
        fn what_is_written_is_read_back(
            unit in prop::sample::select(&UNITS[..]),
            precision in 0..=6_u32,
            (mantissa, scale) in (-10_i64.pow(15)..10_i64.pow(15), 0..=8_u32),
            reason in prop::option::of(prop::sample::select(&REASONS[..])),
            rating in 0..4_usize,
        ) {
            let value = Decimal::new(mantissa, scale);
            let reading = match reason {
                Some(missing) => Reading::Missing(missing),
                None => Reading::Figure(Figure { value, numerator: None, denominator: None }),
            };
            let bound = |rating: usize| Binding::new(&measure(unit, precision), &reading, RATINGS[rating]);
            let now = bound(rating);
            prop_assert_eq!(Binding::read(now.about()), Some(now.clone()));
            prop_assert!(!bound((rating + 1) % 4).covers(now.about()));
        }
    }
}
