//! One declared format of a month: `strftime`, or a word of our own.

use std::borrow::Cow;
use std::fmt::Write as _;

use chrono::{Datelike, Days, NaiveDate};

use super::months::Month;
use super::quarters;
use super::years::{self, YearLabel};
use crate::domain::period::{Period, financial_year_start};

/// Days from the first to the second of Excel's two calendars.
const TO_1904: u64 = 1462;
/// Serial numbers that are taken for dates: 1950 to 2100.
const SERIALS: std::ops::Range<u64> = 18_264..73_051;

/// A format.
pub(crate) enum Format<'t> {
    /// As chrono reads it.
    Clock(DateFormat<'t>),
    /// A day as Excel counts: 45809.
    Serial,
    /// "2025-26 M02"; "M02" alone in a known financial year.
    FinancialMonth(Option<YearLabel>),
    /// "Q1 2025/26 (Apr-Jun)" or "2025-26 Q1"; "Q1" alone in a known financial year.
    FinancialQuarter(Option<YearLabel>),
    /// "2025-26" and its like, a year that ends in this month (1 to 12).
    YearEnding(u32),
}

impl<'t> Format<'t> {
    /// The format of this name. `year` is the one of months without a year.
    pub(crate) fn new(declared: &'t str, year: Option<YearLabel>) -> Self {
        match declared {
            "serial" => Self::Serial,
            "fy-month" => Self::FinancialMonth(year),
            "fy-quarter" => Self::FinancialQuarter(year),
            "financial-year" => Self::YearEnding(3),
            "academic-year" => Self::YearEnding(8),
            _ => Self::Clock(DateFormat::new(declared, year)),
        }
    }

    /// March 2026 in this format; none where the format is none.
    pub(super) fn example(&self) -> Option<String> {
        match self {
            Self::Clock(clock) => clock.example(),
            Self::Serial => Some("46082".to_owned()),
            Self::FinancialMonth(_) => Some("2025-26 M12".to_owned()),
            Self::FinancialQuarter(_) => Some("Q4 2025/26".to_owned()),
            Self::YearEnding(_) => Some("2025-26".to_owned()),
        }
    }

    /// A month as this format writes it; none where it does not write months.
    pub(super) fn label(&self, period: Period) -> Option<String> {
        match self {
            Self::Clock(clock) if !clock.year_only => clock.written(period.last_day()),
            _ => None,
        }
    }

    /// The month that a text means; none where it is not of this format.
    pub(crate) fn read(&self, text: &str, from_1904: bool) -> Option<Month> {
        let period = match self {
            Self::Clock(clock) => return clock.read(text),
            Self::Serial => serial(text, from_1904)?,
            Self::FinancialMonth(year) => {
                let year = year.and_then(YearLabel::financial);
                let (start, month) = numbered(text, &["MONTH", "M", "PERIOD", "P"], year)?;
                (1..=12).contains(&month).then(|| Period::new(start, 4).map(|april| april.plus(month - 1)))??
            }
            Self::FinancialQuarter(year) => return quarters::read(text, *year).map(Month::Quarter),
            Self::YearEnding(last) => return years::ending(text, *last).map(Month::YearTo),
        };
        Some(Month::At(period))
    }
}

/// The month of a day that Excel counted.
fn serial(text: &str, from_1904: bool) -> Option<Period> {
    // A time of day behind the point does not change the month.
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.len() > 6 || ![whole, fraction].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let days = whole.parse::<u64>().ok()? + if from_1904 { TO_1904 } else { 0 };
    if !SERIALS.contains(&days) {
        return None;
    }
    Period::of(NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))?)
}

/// The year that a financial year begins in, and a number in it: "2025-26
/// M02", "M1 2025/26", "M02". `year` stands in where the text says none.
fn numbered(text: &str, marks: &[&str], year: Option<i32>) -> Option<(i32, i32)> {
    let plain = text.to_uppercase();
    let number = |part: &str| {
        let mark = marks.iter().find(|mark| part.starts_with(**mark))?;
        let digits = part.strip_prefix(mark)?.trim_start();
        let good = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        good.then(|| digits.parse::<i32>().ok()).flatten()
    };
    let year_of = |part: &str| financial_year_start(part.trim().strip_prefix("FY").map_or(part.trim(), str::trim));
    if let Some(number) = number(plain.trim()) {
        return Some((year?, number));
    }
    plain.match_indices([' ', '-', '/']).find_map(|(at, _)| {
        let (before, after) = (plain.get(..at)?.trim(), plain.get(at + 1..)?.trim());
        let year_first = || Some((year_of(before)?, number(after)?));
        year_first().or_else(|| Some((year_of(after)?, number(before)?)))
    })
}

/// A format made whole: chrono reads dates, and a month is none until it has
/// a day and a year.
pub(crate) struct DateFormat<'t> {
    declared: &'t str,
    whole: Cow<'t, str>,
    added: &'static str,
    year_only: bool,
    /// The year of a month that says none; a format without a year
    /// reads nothing where none is known.
    year: Year,
}

enum Year {
    Said,
    Of(YearLabel),
    Unknown,
}

impl<'t> DateFormat<'t> {
    fn new(declared: &'t str, year: Option<YearLabel>) -> Self {
        let says = |specifiers: &[&str]| specifiers.iter().any(|specifier| declared.contains(specifier));
        let month = says(&["%m", "%b", "%B", "%h", "%-m", "%D", "%F", "%x", "%v", "%c", "%j"]);
        let day = says(&["%d", "%e", "%-d", "%D", "%F", "%x", "%v", "%c", "%j"]);
        let has_year = says(&["%Y", "%y", "%C", "%G", "%g", "%D", "%F", "%x", "%v", "%c"]) || !month;
        let (suffix, added) = match (month, day, has_year) {
            (true, true, true) => ("", ""),
            (true, false, true) => (" %d", " 01"),
            // A leap year, for 29 February; the right one is put in its place.
            (true, true, false) => (" %Y", " 2000"),
            (true, false, false) => (" %d %Y", " 01 2000"),
            (false, _, _) => (" %m %d", " 01 01"),
        };
        let whole = if suffix.is_empty() { Cow::Borrowed(declared) } else { Cow::Owned(format!("{declared}{suffix}")) };
        let year = match year {
            _ if has_year => Year::Said,
            Some(year) => Year::Of(year),
            None => Year::Unknown,
        };
        Self { declared, whole, added, year_only: !month, year }
    }

    fn example(&self) -> Option<String> {
        self.written(NaiveDate::from_ymd_opt(2026, 3, 31)?)
    }

    fn written(&self, day: NaiveDate) -> Option<String> {
        let mut text = String::new();
        write!(text, "{}", day.format(self.declared)).ok()?;
        Some(text)
    }

    fn read(&self, text: &str) -> Option<Month> {
        let day = NaiveDate::parse_from_str(&format!("{text}{}", self.added), &self.whole).ok()?;
        match self.year {
            Year::Said if self.year_only => Period::of(day).map(|_| Month::Year(day.year())),
            Year::Said => Period::of(day).map(Month::At),
            Year::Of(year) => year.month(day.month()).map(Month::At),
            Year::Unknown => None,
        }
    }
}
