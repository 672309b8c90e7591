//! The bank holidays of England and Wales by their rules: the Banking and Financial
//! Dealings Act 1971, and the days that have been proclaimed every year since 1978.
//!
//! A day that is proclaimed once, such as for a coronation, no rule knows, and one
//! that is moved in a single year, as in 2020 and 2022, stands where the rule has it.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A bank holiday and its name; a substitute day says so.
pub type BankHoliday = (NaiveDate, String);

/// The eight of a year, in order; none where the calendar has no such year.
pub fn of_year(year: i32) -> Option<Vec<BankHoliday>> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let easter = easter(year)?;
    let mut days: Vec<BankHoliday> = [
        (easter.checked_sub_days(Days::new(2))?, "Good Friday"),
        (easter.checked_add_days(Days::new(1))?, "Easter Monday"),
        (NaiveDate::from_weekday_of_month_opt(year, 5, Weekday::Mon, 1)?, "Early May bank holiday"),
        (last_monday(year, 5)?, "Spring bank holiday"),
        (last_monday(year, 8)?, "Summer bank holiday"),
    ]
    .map(|(date, name)| (date, name.to_owned()))
    .into();
    for (date, name) in [(day(1, 1)?, "New Year's Day"), (day(12, 25)?, "Christmas Day"), (day(12, 26)?, "Boxing Day")]
    {
        let is_free = |date: &NaiveDate| {
            !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && days.iter().all(|(taken, _)| taken != date)
        };
        // Boxing Day stays where it is when Christmas Day moves past it.
        let moved = is_weekend(date).then(|| {
            let after = date.iter_days().skip(1);
            after.filter(|next| !(name == "Christmas Day" && Some(*next) == day(12, 26))).find(is_free)
        });
        days.push(match moved {
            Some(substitute) => (substitute?, format!("{name} (substitute day)")),
            None => (date, name.to_owned()),
        });
    }
    days.sort();
    Some(days)
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

fn last_monday(year: i32, month: u32) -> Option<NaiveDate> {
    (4..=5).rev().find_map(|nth| NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, nth))
}

/// Easter Sunday of the Gregorian calendar, by the method that is named after
/// Meeus, Jones and Butcher.
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The days of a year as GOV.UK lists them, month and day.
    const LISTED: [(i32, [&str; 8]); 8] = [
        (2018, ["01-01", "03-30", "04-02", "05-07", "05-28", "08-27", "12-25", "12-26"]),
        (2021, ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"]),
        (2023, ["01-02", "04-07", "04-10", "05-01", "05-29", "08-28", "12-25", "12-26"]),
        (2024, ["01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"]),
        (2025, ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"]),
        (2026, ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]),
        (2027, ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"]),
        (2016, ["01-01", "03-25", "03-28", "05-02", "05-30", "08-29", "12-26", "12-27"]),
    ];

    #[test]
    fn the_rules_give_the_days_that_are_listed() {
        for (year, listed) in LISTED {
            let found: Vec<String> =
                of_year(year).unwrap().iter().map(|(date, _)| date.format("%m-%d").to_string()).collect();
            assert_eq!(found, listed, "{year}");
        }
    }

    #[test]
    fn a_substitute_day_says_so_and_is_a_day_of_work_otherwise() {
        let names = |year| -> Vec<String> {
            let days = of_year(year).unwrap().into_iter().filter(|(_, name)| name.contains("substitute"));
            days.map(|(date, name)| format!("{date} {name}")).collect()
        };
        assert_eq!(
            names(2021),
            ["2021-12-27 Christmas Day (substitute day)", "2021-12-28 Boxing Day (substitute day)"]
        );
        // Boxing Day on a Monday keeps its day, and Christmas Day goes behind it.
        assert_eq!(
            names(2022),
            ["2022-01-03 New Year's Day (substitute day)", "2022-12-27 Christmas Day (substitute day)"]
        );
        for year in 1978..2200 {
            let days = of_year(year).unwrap();
            assert!(days.windows(2).all(|pair| pair[0].0 < pair[1].0), "{year}");
            assert!(days.iter().all(|(date, _)| !is_weekend(*date)), "{year}");
        }
    }
}
