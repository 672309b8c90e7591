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

/// What was promised for a month or a quarter: a figure, words, or both.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// What it was promised for.
    pub span: ForecastSpan,
    /// The figure.
    pub value: Option<Decimal>,
    /// The words: "significant improvement"; may be empty.
    pub says: OfficerText,
    /// When it was promised.
    pub made: NaiveDate,
}

/// What a promise is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForecastSpan {
    /// The figure of this month, at the indicator's own frequency.
    Month(Period),
    /// The quarter of the financial year that ends with this month.
    Quarter(Period),
}

impl ForecastSpan {
    /// The month that it ends with.
    pub fn last(self) -> Period {
        match self {
            Self::Month(last) | Self::Quarter(last) => last,
        }
    }
}

impl Relations {
    /// What was promised for spans that ended between two months, the earlier first; of
    /// each, the last word counts.
    pub fn came(&self, since: Period, until: Period) -> Vec<&Forecast> {
        self.last_words(|last| since <= last && last <= until)
    }

    /// What is promised for the nearest span that ends after a month.
    pub fn ahead(&self, period: Period) -> Option<&Forecast> {
        self.last_words(|last| last > period).into_iter().next()
    }

    /// The last word on each span that ends as asked for.
    fn last_words(&self, is_asked: impl Fn(Period) -> bool) -> Vec<&Forecast> {
        let mut asked: Vec<&Forecast> = Vec::new();
        for forecast in self.forecasts.iter().filter(|forecast| is_asked(forecast.span.last())) {
            match asked.iter_mut().find(|known| known.span == forecast.span) {
                Some(known) if known.made > forecast.made => {}
                Some(known) => *known = forecast,
                None => asked.push(forecast),
            }
        }
        asked.sort_by_key(|forecast| forecast.span.last());
        asked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_on_a_span_counts_and_the_next_one_is_the_one_ahead() {
        let month = |text: &str| text.parse::<Period>().unwrap();
        let forecast = |span: ForecastSpan, value: i64, made: &str| Forecast {
            span,
            value: Some(value.into()),
            says: OfficerText::default(),
            made: made.parse().unwrap(),
        };
        let (october, december) = (ForecastSpan::Month(month("2026-10")), ForecastSpan::Quarter(month("2026-12")));
        let relations = Relations {
            forecasts: vec![
                forecast(december, 85, "2026-09-08"),
                forecast(october, 80, "2026-10-08"),
                forecast(october, 82, "2026-09-08"),
            ],
            ..Relations::default()
        };
        let came = |since: &str, until: &str| -> Vec<Option<Decimal>> {
            relations.came(month(since), month(until)).iter().map(|forecast| forecast.value).collect()
        };
        assert_eq!(came("2026-10", "2026-10"), [Some(80.into())]);
        assert_eq!(came("2026-10", "2026-12"), [Some(80.into()), Some(85.into())]);
        assert_eq!((came("2026-09", "2026-09"), came("2026-11", "2026-11")), (vec![], vec![]));
        assert_eq!(relations.ahead(month("2026-10")).and_then(|forecast| forecast.value), Some(85.into()));
        assert_eq!(relations.ahead(month("2026-12")), None);
    }
}
