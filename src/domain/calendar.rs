//! Bank holidays, and so working days.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};

use super::period::Period;

/// Bank holidays of the council's country.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Days on which nobody works beside Saturdays and Sundays.
    pub bank_holidays: BTreeSet<NaiveDate>,
}

impl Calendar {
    /// Whether people work on a day.
    pub fn is_working_day(&self, date: NaiveDate) -> bool {
        !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && !self.bank_holidays.contains(&date)
    }

    /// The years of some days for which no bank holiday is known: every Monday to
    /// Friday counts as a working day in them. No year is without bank holidays.
    pub fn unknown_years(&self, from: NaiveDate, to: NaiveDate) -> Vec<i32> {
        (from.year()..=to.year()).filter(|year| self.bank_holidays.iter().all(|day| day.year() != *year)).collect()
    }

    /// The nth working day before a date (1 is the last before it).
    pub fn working_day_before(&self, date: NaiveDate, nth: u32) -> Option<NaiveDate> {
        let nth = usize::try_from(nth.checked_sub(1)?).ok()?;
        let mut days = std::iter::successors(date.pred_opt(), NaiveDate::pred_opt);
        days.by_ref().filter(|date| self.is_working_day(*date)).nth(nth)
    }

    /// The first working day after a date.
    pub fn working_day_after(&self, date: NaiveDate) -> Option<NaiveDate> {
        std::iter::successors(date.succ_opt(), NaiveDate::succ_opt).find(|date| self.is_working_day(*date))
    }

    /// The nth working day of a month (1 is the first), or its last where it has
    /// fewer; none of a month without any.
    pub fn working_day_or_last(&self, month: Period, nth: u32) -> Option<NaiveDate> {
        // Counting down from the one asked for finds the last there is.
        (1..=nth).rev().find_map(|nth| self.working_day(month, nth))
    }

    /// The nth working day of a month (1 is the first); none if it has fewer.
    pub fn working_day(&self, month: Period, nth: u32) -> Option<NaiveDate> {
        let nth = usize::try_from(nth.checked_sub(1)?).ok()?;
        month
            .first_day()
            .iter_days()
            .take_while(|date| date.month() == month.month())
            .filter(|date| self.is_working_day(*date))
            .nth(nth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_days_pass_over_weekends_and_bank_holidays() {
        let calendar = Calendar { bank_holidays: ["2026-01-01".parse().unwrap()].into() };
        let january: Period = "2026-01".parse().unwrap();
        let day = |nth| calendar.working_day(january, nth).map(|date| date.to_string());
        assert_eq!(day(1).as_deref(), Some("2026-01-02"));
        assert_eq!(day(2).as_deref(), Some("2026-01-05"));
        assert_eq!(day(21).as_deref(), Some("2026-01-30"));
        assert_eq!(day(22), None);
        assert_eq!(day(0), None);
        let or_last = |nth| calendar.working_day_or_last(january, nth).map(|date| date.to_string());
        assert_eq!(or_last(21).as_deref(), Some("2026-01-30"));
        assert_eq!(or_last(22).as_deref(), Some("2026-01-30"));
        let after = |date: &str| calendar.working_day_after(date.parse().unwrap()).map(|date| date.to_string());
        assert_eq!(after("2025-12-30").as_deref(), Some("2025-12-31"));
        assert_eq!(after("2025-12-31").as_deref(), Some("2026-01-02"));
        assert_eq!(after("2026-01-02").as_deref(), Some("2026-01-05"));
        // The Wednesday after new year, whose Thursday is a holiday.
        let before = |nth| calendar.working_day_before("2026-01-07".parse().unwrap(), nth).map(|date| date.to_string());
        assert_eq!(before(1).as_deref(), Some("2026-01-06"));
        assert_eq!(before(3).as_deref(), Some("2026-01-02"));
        assert_eq!(before(4).as_deref(), Some("2025-12-31"));
        assert_eq!(before(0), None);
        let years = calendar.unknown_years("2025-12-31".parse().unwrap(), "2027-01-01".parse().unwrap());
        assert_eq!(years, [2025, 2027]);
    }
}
