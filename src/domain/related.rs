//! What an indicator is tied to: the indicators it is read with, the plan it
//! serves, the partner it depends on, and what was promised for it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ids::IndicatorRef;
use super::officer_text::OfficerText;
use super::period::Period;

/// An indicator's relations; usually none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Relations {
    /// Indicators that it should be read with: a balancing pair.
    pub related: Vec<Related>,
    /// Priorities of a plan or recommendations of an inspection that it serves.
    pub tags: Vec<String>,
    /// The body outside the council that it depends on; may be empty.
    pub partner: String,
    /// What was promised, by the month it was promised for.
    pub forecasts: Vec<Forecast>,
}

/// An indicator that another is read with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Which.
    pub to: IndicatorRef,
    /// Why they belong together; may be empty.
    pub because: OfficerText,
}

/// A figure that was promised for a month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// The month it was promised for.
    pub period: Period,
    /// The figure.
    pub value: Decimal,
    /// When it was promised.
    pub made: NaiveDate,
}

impl Relations {
    /// What was promised for a month; the last word counts.
    pub fn promised(&self, period: Period) -> Option<&Forecast> {
        self.forecasts.iter().filter(|forecast| forecast.period == period).max_by_key(|forecast| forecast.made)
    }

    /// What is promised for the nearest month after this one.
    pub fn ahead(&self, period: Period) -> Option<&Forecast> {
        let next = self.forecasts.iter().map(|forecast| forecast.period).filter(|later| *later > period).min()?;
        self.promised(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_on_a_month_counts_and_the_next_month_is_the_one_ahead() {
        let forecast = |period: &str, value: i64, made: &str| Forecast {
            period: period.parse().unwrap(),
            value: value.into(),
            made: made.parse().unwrap(),
        };
        let relations = Relations {
            forecasts: vec![
                forecast("2026-12", 85, "2026-09-08"),
                forecast("2026-10", 82, "2026-09-08"),
                forecast("2026-10", 80, "2026-10-08"),
            ],
            ..Relations::default()
        };
        let october: Period = "2026-10".parse().unwrap();
        assert_eq!(relations.promised(october).map(|forecast| forecast.value), Some(80.into()));
        assert_eq!(relations.ahead(october).map(|forecast| forecast.value), Some(85.into()));
        assert_eq!(relations.ahead("2026-12".parse().unwrap()), None);
    }
}
