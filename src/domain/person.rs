//! Lists with a row for each child or case, and how indicators are counted
//! from them.
//!
//! The rows themselves never leave the reading room: what is declared here is
//! all that may be asked of them, and what is answered is a count.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use regex::Regex;
use rust_decimal::Decimal;

use super::ids::IndicatorRef;

/// A source whose rows are people or cases.
#[derive(Debug, Clone, Default)]
pub struct PersonLevel {
    /// What each indicator counts.
    pub counts: BTreeMap<IndicatorRef, PersonCount>,
    /// What is taken out of a text before it is compared, such as `^[a-z]\) `.
    pub strip: Vec<Regex>,
    /// Texts that mean that nothing is there, beside a blank cell.
    pub absent: Vec<String>,
    /// Formats of dates that are typed as text; true dates always read.
    pub date_formats: Vec<String>,
    /// Days on which nobody works, beside Saturdays and Sundays.
    pub bank_holidays: BTreeSet<NaiveDate>,
}

/// What one indicator counts.
#[derive(Debug, Clone)]
pub struct PersonCount {
    /// The sheet with the list.
    pub sheet: String,
    /// Its header rows, counted from 1.
    pub header_rows: Vec<u32>,
    /// Headers of a column whose different values are counted instead of rows;
    /// empty to count rows.
    pub distinct: Vec<String>,
    /// Which rows are counted at all: the denominator. Every condition holds.
    pub of: Vec<Condition>,
    /// Which of those are the numerator. Every condition holds.
    pub matching: Vec<Condition>,
}

/// Something that is true of a row or is not.
#[derive(Debug, Clone)]
pub enum Condition {
    /// The subject satisfies every test.
    All(Subject, Vec<Test>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// Not every one of these holds.
    Not(Vec<Condition>),
}

/// What a condition looks at.
#[derive(Debug, Clone)]
pub enum Subject {
    /// A column, by any of these headers.
    Column(Vec<String>),
    /// Days from the first to the second.
    Days(DateInRow, DateInRow),
    /// Working days after the first, up to and including the second.
    WorkingDays(DateInRow, DateInRow),
    /// Whole years from the date of birth in this column to a day.
    Age(Vec<String>, Moment),
}

/// A date in a row, or one that is the same for all.
#[derive(Debug, Clone)]
pub enum DateInRow {
    /// The date in a column, by any of these headers.
    Column(Vec<String>),
    /// A day.
    At(Moment),
}

/// What a subject must satisfy.
#[derive(Debug, Clone)]
pub enum Test {
    /// Its text is one of these.
    OneOf(Vec<String>),
    /// Its text is none of these; nothing at all is none of them too.
    NoneOf(Vec<String>),
    /// Its text matches, as typed.
    Matches(Regex),
    /// Something is there.
    Present,
    /// Nothing is there.
    Absent,
    /// A date before a day.
    Before(Moment),
    /// A date before a day or on it.
    OnOrBefore(Moment),
    /// A date after a day.
    After(Moment),
    /// A date after a day or on it.
    OnOrAfter(Moment),
    /// A number of at least this.
    AtLeast(Decimal),
    /// A number of at most this.
    AtMost(Decimal),
    /// A number below this.
    Under(Decimal),
    /// A number above this.
    Over(Decimal),
}

/// A day, fixed or seen from the snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// This day.
    On(NaiveDate),
    /// So many months and days from the snapshot; negative is before it.
    Snapshot {
        /// Calendar months.
        months: i32,
        /// Days.
        days: i32,
    },
}

/// A text that is no moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "found {0:?}; expected \"snapshot\", \"snapshot - 12 months\", \"snapshot + 10 days\" or a date such as 2026-04-01"
)]
pub struct MomentError(String);

impl Moment {
    /// The day, given the snapshot; a day past the end of the calendar is the
    /// snapshot's own.
    pub fn day(self, snapshot: NaiveDate) -> NaiveDate {
        let moved = |months: i32, days: i32| {
            let (by, on) = (Months::new(months.unsigned_abs()), Days::new(days.unsigned_abs().into()));
            let month = if months < 0 { snapshot.checked_sub_months(by) } else { snapshot.checked_add_months(by) };
            month.and_then(|day| if days < 0 { day.checked_sub_days(on) } else { day.checked_add_days(on) })
        };
        match self {
            Self::On(day) => day,
            Self::Snapshot { months, days } => moved(months, days).unwrap_or(snapshot),
        }
    }
}

impl std::str::FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        let wrong = || MomentError(text.to_owned());
        if let Ok(day) = text.trim().parse() {
            return Ok(Self::On(day));
        }
        let rest = text.trim().strip_prefix("snapshot").ok_or_else(wrong)?.trim();
        if rest.is_empty() {
            return Ok(Self::Snapshot { months: 0, days: 0 });
        }
        let (sign, rest) = match (rest.strip_prefix('-'), rest.strip_prefix('+')) {
            (Some(rest), _) => (-1, rest),
            (_, Some(rest)) => (1, rest),
            _ => return Err(wrong()),
        };
        let (number, unit) = rest.trim().split_once(' ').ok_or_else(wrong)?;
        let number = sign * number.parse::<u16>().map(i32::from).map_err(|_| wrong())?;
        match unit.trim().trim_end_matches('s') {
            "day" => Ok(Self::Snapshot { months: 0, days: number }),
            "week" => Ok(Self::Snapshot { months: 0, days: number * 7 }),
            "month" => Ok(Self::Snapshot { months: number, days: 0 }),
            "year" => Ok(Self::Snapshot { months: number * 12, days: 0 }),
            _ => Err(wrong()),
        }
    }
}

/// Working days after `from`, up to and including `to`: a Friday to the next
/// Monday is one. Negative where `to` comes first.
pub fn working_days(from: NaiveDate, to: NaiveDate, bank_holidays: &BTreeSet<NaiveDate>) -> i64 {
    if to < from {
        return -working_days(to, from, bank_holidays);
    }
    let days = (to - from).num_days();
    let weekday = |day: NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    // Whole weeks have five each, so that a birth in 1899 costs no loop.
    let rest =
        from.iter_days().skip(1).take(usize::try_from(days % 7).unwrap_or(0)).filter(|day| weekday(*day)).count();
    let holidays = from
        .succ_opt()
        .filter(|first| *first <= to)
        .map_or(0, |first| bank_holidays.range(first..=to).filter(|day| weekday(**day)).count());
    days / 7 * 5 + i64::try_from(rest).unwrap_or(0) - i64::try_from(holidays).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn moments_are_seen_from_the_snapshot() {
        let snapshot = day("2021-03-31");
        for (text, expected) in [
            ("snapshot", "2021-03-31"),
            ("snapshot - 12 months", "2020-03-31"),
            ("snapshot - 1 month", "2021-02-28"),
            ("snapshot - 2 years", "2019-03-31"),
            ("snapshot-10 days", "2021-03-21"),
            ("snapshot + 2 weeks", "2021-04-14"),
            ("2020-04-01", "2020-04-01"),
        ] {
            assert_eq!(text.parse::<Moment>().map(|moment| moment.day(snapshot)), Ok(day(expected)), "{text}");
        }
        for bad in ["", "today", "snapshot 12 months", "snapshot - months", "snapshot - -1 days", "snapshot - 1 term"] {
            assert!(bad.parse::<Moment>().is_err(), "{bad}");
        }
    }

    #[test]
    fn working_days_pass_over_weekends_and_bank_holidays() {
        let holidays = BTreeSet::from([day("2021-04-02"), day("2021-04-05"), day("2021-12-25")]);
        for (from, to, expected) in [
            ("2021-03-31", "2021-03-31", 0),
            ("2021-03-31", "2021-04-01", 1),
            // Good Friday, the weekend and Easter Monday.
            ("2021-04-01", "2021-04-05", 0),
            ("2021-04-01", "2021-04-06", 1),
            ("2021-04-09", "2021-04-12", 1),
            // A bank holiday on a Saturday takes nothing away.
            ("2021-12-20", "2021-12-27", 5),
            ("2021-04-12", "2021-04-09", -1),
        ] {
            assert_eq!(working_days(day(from), day(to), &holidays), expected, "{from} to {to}");
        }
    }

    proptest! {
        #[test]
        fn working_days_add_up(a in 0u64..4000, b in 0u64..400, c in 0u64..400, holiday in 0u64..5000) {
            let at = |days| day("2018-01-01") + Days::new(days);
            let holidays = BTreeSet::from([at(holiday)]);
            let (first, second, third) = (at(a), at(a + b), at(a + b + c));
            prop_assert_eq!(
                working_days(first, second, &holidays) + working_days(second, third, &holidays),
                working_days(first, third, &holidays)
            );
        }
    }
}
