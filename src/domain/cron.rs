//! Cron patterns of five fields, with messages for people.
//!
//! `minute hour day month weekday`, as in crontab(5), and beside it `L` (the
//! last day; `5L` the last Friday), `W` (`15W` the weekday nearest the 15th;
//! `LW` the last weekday) and `#` (`TUE#2` the second Tuesday). Where both day
//! and weekday are restricted, either is enough, as in every cron; a `+`
//! before the weekday asks for both.

use chrono::{NaiveDate, NaiveDateTime};
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};

/// Name and expected values of each field, in their order.
const FIELDS: [(&str, &str); 5] = [
    ("minute", "0 to 59"),
    ("hour", "0 to 23"),
    ("day", "1 to 31, L, LW or 15W"),
    ("month", "1 to 12 or JAN to DEC"),
    ("weekday", "0 to 7 or SUN to SAT, with #2 for the second or L for the last"),
];

/// A pattern that has been parsed and that fires some day.
#[derive(Debug, Clone)]
pub struct CronPattern {
    text: String,
    cron: Box<Cron>,
}

impl PartialEq for CronPattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for CronPattern {}

impl CronPattern {
    /// Parses a pattern; the error says which field is wrong and what it expects.
    pub fn parse(pattern: &str) -> Result<Self, String> {
        let cron = parsed(pattern)?;
        Ok(Self { text: pattern.to_owned(), cron: Box::new(cron) })
    }

    /// The first civil time at or after `from` that it names.
    pub fn next(&self, from: NaiveDateTime) -> Option<NaiveDateTime> {
        next(&self.cron, from)
    }
}

fn parsed(pattern: &str) -> Result<Cron, String> {
    let fields: Vec<&str> = pattern.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        return Err(format!(
            "has {} where five are expected: minute, hour, day, month and weekday (no seconds, no years, no @words)",
            match fields.len() {
                1 => "1 field".to_owned(),
                n => format!("{n} fields"),
            }
        ));
    }
    for (i, (field, (name, expected))) in fields.iter().zip(FIELDS).enumerate() {
        let mut alone = ["*"; 5];
        alone[i] = field;
        // An empty part, as in "1,,2" or ",", is passed over by croner.
        let parts_missing = field.split(',').any(str::is_empty);
        if parts_missing || parse(&alone.join(" ")).is_none() {
            return Err(format!(
                "the {name} {field:?} is not understood; it takes {expected}, with * , - and / between them"
            ));
        }
    }
    let cron = parse(pattern).ok_or("is not understood as minute, hour, day, month and weekday")?;
    match next(&cron, NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default().into()) {
        Some(_) => Ok(cron),
        None => Err("never fires: no month has such a day".to_owned()),
    }
}

fn next(cron: &Cron, from: NaiveDateTime) -> Option<NaiveDateTime> {
    cron.find_next_occurrence(&from, true).ok()
}

fn parse(pattern: &str) -> Option<Cron> {
    CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build().parse(pattern).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_in(month: &str, pattern: &str) -> String {
        let from: NaiveDate = format!("{month}-01").parse().unwrap();
        CronPattern::parse(pattern).unwrap().next(from.into()).unwrap().to_string()
    }

    #[test]
    fn patterns_fire_first_where_a_person_would_say() {
        for (month, pattern, expected) in [
            ("2026-11", "0 6 5 * *", "2026-11-05 06:00:00"),
            ("2026-11", "* * * * *", "2026-11-01 00:00:00"),
            ("2026-11", "30 7 L * *", "2026-11-30 07:30:00"),
            ("2028-02", "30 7 L * *", "2028-02-29 07:30:00"),
            // The 1st is a Sunday, and W never leaves the month.
            ("2026-11", "0 6 1W * *", "2026-11-02 06:00:00"),
            // The 15th is a Sunday.
            ("2026-11", "0 6 15W * *", "2026-11-16 06:00:00"),
            ("2026-10", "0 6 LW * *", "2026-10-30 06:00:00"),
            ("2026-11", "0 6 * * TUE#2", "2026-11-10 06:00:00"),
            ("2026-11", "0 6 * * 5L", "2026-11-27 06:00:00"),
            ("2026-11", "0 6 * * fri", "2026-11-06 06:00:00"),
            // Either is enough, or with + both.
            ("2026-11", "0 6 5 * MON", "2026-11-02 06:00:00"),
            ("2026-11", "0 6 5-11 * +MON", "2026-11-09 06:00:00"),
            // Not in this month: the next one that fires.
            ("2026-02", "0 6 31 * *", "2026-03-31 06:00:00"),
            ("2026-11", "0 6 5 1,4,7,10 *", "2027-01-05 06:00:00"),
            ("2026-03", "0 6 29 2 *", "2028-02-29 06:00:00"),
        ] {
            assert_eq!(first_in(month, pattern), expected, "{month} {pattern}");
        }
    }

    #[test]
    fn a_bad_pattern_says_which_field_and_what_it_takes() {
        for (pattern, said) in [
            ("", "has 0 fields"),
            ("@monthly", "has 1 field where"),
            ("0 6 5 *", "has 4 fields"),
            ("0 0 6 5 * *", "has 6 fields"),
            ("0 0 6 5 * * 2027", "has 7 fields"),
            ("60 6 5 * *", "the minute \"60\""),
            ("0 24 5 * *", "the hour \"24\""),
            ("0 6 0 * *", "the day \"0\""),
            ("0 6 32 * *", "the day \"32\""),
            ("0 6 5 13 *", "the month \"13\""),
            ("0 6 5 * 8", "the weekday \"8\""),
            ("0 6 5 * MON#6", "the weekday \"MON#6\""),
            ("0 six 5 * *", "the hour \"six\""),
            ("0 L 5 * *", "the hour \"L\""),
            ("0 6 5, * *", "the day \"5,\""),
            ("0 6 9-5 * *", "the day \"9-5\""),
            ("0 6 */0 * *", "the day \"*/0\""),
            ("0 6 31 2 *", "never fires"),
            ("0 6 * * L", "never fires"),
        ] {
            let error = CronPattern::parse(pattern).unwrap_err();
            assert!(error.contains(said), "{pattern:?}: {error}");
        }
        for good in ["59 23 31 12 7", "0 0 1 1 0", "*/15 8-18 1,15 JAN-MAR MON-FRI", "0 6 ? * MON#5"] {
            assert!(CronPattern::parse(good).is_ok(), "{good}");
        }
    }
}
