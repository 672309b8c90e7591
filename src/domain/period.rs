//! Calendar months, financial years and frequencies.
//!
//! A period is a calendar month, whatever an indicator's frequency: a
//! quarterly figure stands at its quarter's last month, an annual one at the
//! month its year ends. Councils' financial years run from April to March and
//! every printed period names its own.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar month.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    // Months since year 0, so that order and arithmetic are those of integers.
    months: i32,
}

/// Why a text is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a month: expected year and month, such as 2026-10")]
pub struct PeriodError(String);

/// Months by name, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Period {
    /// January 1900: earlier than anything that is published.
    pub const EARLIEST: Self = Self { months: 1900 * 12 };

    /// A period from a year (1900 to 2199) and a month (1 to 12).
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let month0 = i32::try_from(month).ok()?.checked_sub(1)?;
        ((1900..2200).contains(&year) && (0..12).contains(&month0)).then(|| Self { months: year * 12 + month0 })
    }

    /// The month that a date falls in.
    pub fn of(date: NaiveDate) -> Option<Self> {
        Self::new(date.year(), date.month())
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.months.div_euclid(12)
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.months.rem_euclid(12).unsigned_abs() + 1
    }

    /// The period so many months later; negative is earlier.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self { months: self.months + months }
    }

    /// Months from `earlier` to `self`.
    pub fn since(self, earlier: Self) -> i32 {
        self.months - earlier.months
    }

    /// First day of the month.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), self.month(), 1).unwrap_or_default()
    }

    /// Last day of the month.
    pub fn last_day(self) -> NaiveDate {
        self.first_day().checked_add_months(Months::new(1)).and_then(|first| first.pred_opt()).unwrap_or_default()
    }

    /// "October".
    pub fn month_name(self) -> &'static str {
        MONTHS[self.months.rem_euclid(12).unsigned_abs() as usize]
    }

    /// "Oct".
    pub fn month_abbreviation(self) -> &'static str {
        &self.month_name()[..3]
    }

    /// "October 2026".
    pub fn words(self) -> String {
        [self.month_name(), self.year().to_string().as_str()].join(" ")
    }

    /// The year in which this period's financial year began: April to March.
    pub fn financial_year_start(self) -> i32 {
        if self.month() >= 4 { self.year() } else { self.year() - 1 }
    }

    /// "2026/27".
    pub fn financial_year(self) -> String {
        let start = self.financial_year_start();
        format!("{start}/{:02}", (start + 1) % 100)
    }

    /// Quarter of the financial year, 1 to 4.
    pub fn financial_quarter(self) -> u32 {
        ((self.month() + 8) % 12) / 3 + 1
    }
}

impl fmt::Display for Period {
    /// "2026-10", as in paths, arguments and config.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let parse = || {
            let (year, month) = text.split_once('-')?;
            let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
            if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
                return None;
            }
            Self::new(year.parse().ok()?, month.parse().ok()?)
        };
        parse().ok_or_else(|| PeriodError(text.to_owned()))
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The year that a financial year begins in: 2025 of "2025/26", "2025-26",
/// "2025/2026", "2025 to 2026", "202526" and "25/26". None where the second is
/// not the year after.
pub fn financial_year_start(text: &str) -> Option<i32> {
    let text = text.trim();
    let (first, second) = text
        .split_once(['/', '-', '\u{2013}', '\u{2014}'])
        .or_else(|| text.split_once(" to "))
        .or_else(|| text.split_at_checked(4).filter(|_| text.len() == 6))?;
    let (first, second) = (first.trim(), second.trim());
    let number = |part: &str, sizes: &[usize]| {
        let good = sizes.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        good.then(|| part.parse::<i32>().ok()).flatten()
    };
    let start = number(first, &[4]).or_else(|| number(first, &[2]).map(|year| 2000 + year))?;
    let next = number(second, &[2, 4])?;
    let follows = next == if second.len() == 4 { start + 1 } else { (start + 1) % 100 };
    (follows && Period::new(start, 4).is_some()).then_some(start)
}

/// How often an indicator has a figure, and so which figure is its previous one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frequency {
    /// Every month.
    Monthly,
    /// At the end of June, September, December and March.
    Quarterly,
    /// At the end of December, April and July.
    Termly,
    /// Once a year, at the end of this month (1 to 12).
    Annual(u32),
}

impl Frequency {
    /// Whether a figure stands at this month.
    pub fn includes(self, period: Period) -> bool {
        match self {
            Self::Monthly => true,
            Self::Quarterly => period.month().is_multiple_of(3),
            Self::Termly => matches!(period.month(), 12 | 4 | 7),
            Self::Annual(month) => period.month() == month,
        }
    }

    /// The latest month at or before `period` at which a figure stands.
    pub fn at_or_before(self, period: Period) -> Period {
        let mut at = period;
        while !self.includes(at) {
            at = at.plus(-1);
        }
        at
    }

    /// The figure's month before this one.
    pub fn previous(self, period: Period) -> Period {
        self.at_or_before(period.plus(-1))
    }

    /// The figure's month in the year before: the one a member means by "last year".
    pub fn year_before(self, period: Period) -> Period {
        period.plus(-12)
    }

    /// "October 2026", "July to September 2026 (quarter 2, 2026/27)",
    /// "spring term 2026", "year to 31 March 2026".
    pub fn label(self, period: Period) -> String {
        let (name, year) = (period.month_name(), period.year());
        match self {
            Self::Monthly => period.words(),
            Self::Quarterly => format!("quarter {}, {}", period.financial_quarter(), period.financial_year()),
            Self::Termly => {
                let term = match period.month() {
                    12 => "autumn",
                    4 => "spring",
                    _ => "summer",
                };
                format!("{term} term {year}")
            }
            Self::Annual(_) => {
                let last = period.last_day();
                format!("year to {} {name} {year}", last.day())
            }
        }
    }

    /// A label short enough for a chart's axis: "Oct", "Q2", "Spring", "2026".
    pub fn short_label(self, period: Period) -> Cow<'static, str> {
        match self {
            Self::Monthly => period.month_abbreviation().into(),
            Self::Quarterly => format!("Q{}", period.financial_quarter()).into(),
            Self::Termly => match period.month() {
                12 => "Aut".into(),
                4 => "Spr".into(),
                _ => "Sum".into(),
            },
            Self::Annual(_) => period.year().to_string().into(),
        }
    }

    /// How many points one year holds.
    pub fn per_year(self) -> usize {
        match self {
            Self::Monthly => 12,
            Self::Quarterly => 4,
            Self::Termly => 3,
            Self::Annual(_) => 1,
        }
    }

    /// "monthly", "quarterly" …
    pub fn word(self) -> &'static str {
        match self {
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::Termly => "termly",
            Self::Annual(_) => "annual",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn months_parse_or_say_what_was_expected() {
        assert_eq!(p("2026-10").to_string(), "2026-10");
        for bad in ["2026-13", "2026-00", "2026-1", "26-10", "2026/10", "October", "", "2026-10-01", "+026-10"] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
    }

    #[test]
    fn financial_years_begin_in_april() {
        assert_eq!(p("2026-03").financial_year(), "2025/26");
        assert_eq!(p("2026-04").financial_year(), "2026/27");
        assert_eq!(p("2099-04").financial_year(), "2099/00");
        let quarters: Vec<u32> = (1..=12).map(|m| Period::new(2026, m).unwrap().financial_quarter()).collect();
        assert_eq!(quarters, [4, 4, 4, 1, 1, 1, 2, 2, 2, 3, 3, 3]);
    }

    #[test]
    fn arithmetic_crosses_years_both_ways() {
        assert_eq!(p("2026-12").plus(1), p("2027-01"));
        assert_eq!(p("2026-01").plus(-1), p("2025-12"));
        assert_eq!(p("2026-01").since(p("2024-12")), 13);
        assert_eq!(p("2024-02").last_day().to_string(), "2024-02-29");
    }

    #[test]
    fn previous_is_the_one_before_at_its_own_frequency() {
        for (frequency, at, latest, previous) in [
            (Frequency::Monthly, "2026-10", "2026-10", "2026-09"),
            (Frequency::Quarterly, "2026-10", "2026-09", "2026-06"),
            (Frequency::Quarterly, "2026-12", "2026-12", "2026-09"),
            (Frequency::Termly, "2026-10", "2026-07", "2026-04"),
            (Frequency::Annual(3), "2026-10", "2026-03", "2025-03"),
            (Frequency::Annual(9), "2026-08", "2025-09", "2024-09"),
        ] {
            assert_eq!(frequency.at_or_before(p(at)), p(latest), "{frequency:?}");
            assert_eq!(frequency.previous(p(latest)), p(previous), "{frequency:?}");
        }
    }

    #[test]
    fn a_financial_year_is_known_in_every_usual_spelling() {
        for text in [
            "2025/26",
            "2025-26",
            "2025\u{2013}26",
            "2025/2026",
            "2025 to 2026",
            "2025 - 26",
            "202526",
            "25/26",
            " 25-26 ",
        ] {
            assert_eq!(financial_year_start(text), Some(2025), "{text}");
        }
        assert_eq!((financial_year_start("1999/00"), financial_year_start("199900")), (Some(1999), Some(1999)));
        // Six digits are a year and a month as often; only a year and the next are two years.
        for text in ["2025/27", "2025/25", "202510", "2025", "20252", "2025262", "2025 or 2026", "é2526", ""] {
            assert_eq!(financial_year_start(text), None, "{text}");
        }
    }

    #[test]
    fn labels_read_as_people_say_them() {
        assert_eq!(Frequency::Quarterly.label(p("2026-09")), "quarter 2, 2026/27");
        assert_eq!(Frequency::Annual(9).label(p("2025-09")), "year to 30 September 2025");
        assert_eq!(Frequency::Termly.label(p("2026-04")), "spring term 2026");
    }
}
