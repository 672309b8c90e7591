//! Formats of months that cannot be right: refused when they are declared,
//! because a format that reads half of a text reads it wrong.

use std::fmt::Write as _;

use chrono::format::{Item, Numeric, StrftimeItems};
use chrono::{Datelike, NaiveDate, NaiveTime};

use crate::config::suggest;
use crate::domain::layout::MONTH_FORMATS;

/// What a format says of a date.
#[derive(Default)]
struct Says {
    years: usize,
    months: usize,
    days: usize,
    hours: usize,
    minutes: usize,
    broken: bool,
}

impl Says {
    fn of(format: &str) -> Self {
        use chrono::format::Fixed;
        let mut says = Self::default();
        for item in StrftimeItems::new(format) {
            match item {
                Item::Numeric(Numeric::Year | Numeric::YearMod100 | Numeric::YearDiv100 | Numeric::IsoYear, _) => {
                    says.years += 1;
                }
                Item::Numeric(Numeric::IsoYearMod100 | Numeric::IsoYearDiv100, _) => says.years += 1,
                Item::Numeric(Numeric::Month, _) | Item::Fixed(Fixed::ShortMonthName | Fixed::LongMonthName) => {
                    says.months += 1;
                }
                Item::Numeric(Numeric::Day, _) => says.days += 1,
                Item::Numeric(Numeric::Ordinal, _) => (says.months, says.days) = (says.months + 1, says.days + 1),
                Item::Numeric(Numeric::Hour | Numeric::Hour12, _) => says.hours += 1,
                Item::Numeric(Numeric::Minute, _) => says.minutes += 1,
                Item::Error => says.broken = true,
                _ => {}
            }
        }
        says
    }
}

/// What is wrong with a format, and what was probably meant; none where it can
/// be right. `all` are the source's formats, `has_years` whether a year alone
/// can tell the month of one of its indicators.
pub(super) fn fault(format: &str, all: &[String], has_years: bool) -> Option<(String, String)> {
    if MONTH_FORMATS.contains(&format) {
        return None;
    }
    let advice = |why: &str, hint: String| Some((format!("{format:?} {why}"), hint));
    if !format.contains('%') {
        let hint = match in_excel(format) {
            Some(meant) => format!("write {meant:?}"),
            None => match suggest::nearest(format, MONTH_FORMATS.iter().copied()) {
                Some(near) => format!("did you mean {near:?}?"),
                None => format!("write one such as \"%b-%y\", or one of {}", MONTH_FORMATS.join(", ")),
            },
        };
        return advice("is no format", hint);
    }
    let says = Says::of(format);
    if says.broken {
        return advice("is no format", "write one such as \"%B %Y\" (October 2026) or \"%b-%y\" (Oct-26)".to_owned());
    }
    if says.years > 1 {
        return advice(
            "names two years",
            "for a year such as 2022-23 write \"financial-year\" (to March) or \"academic-year\" (to August)"
                .to_owned(),
        );
    }
    if says.minutes > 0 && says.hours == 0 {
        return advice("names minutes (%M)", format!("did you mean {:?}?", format.replace("%M", "%m")));
    }
    if says.months > 1 {
        return advice("names two months", "leave one of them".to_owned());
    }
    if says.months == 0 && says.days > 0 {
        return advice("names a day and no month", "name the month: %b for Oct, %B for October, %m for 10".to_owned());
    }
    if says.months == 0 && says.years == 0 {
        return advice("names no month", "name the month: %b for Oct, %B for October, %m for 10".to_owned());
    }
    let only_years = all.iter().all(|format| !MONTH_FORMATS.contains(&format.as_str()) && Says::of(format).months == 0);
    if says.months == 0 && only_years && !has_years {
        return advice(
            "names a year and no month, and no indicator of the source is annual",
            "name the month, or correct `frequency` in indicators.toml".to_owned(),
        );
    }
    if says.months == 1 && says.years == 1 && !reads_itself(format, says.days) {
        return advice("does not read what it writes", "write one such as \"%B %Y\" or \"%d/%m/%Y\"".to_owned());
    }
    None
}

/// Whether a format reads the dates that it writes as the months they are in.
fn reads_itself(format: &str, days: usize) -> bool {
    let probes = [(2026, 3, 31), (2025, 11, 30), (2001, 1, 2)];
    probes.into_iter().filter_map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day)).all(|date| {
        // Formats may hold a time, which a date alone has none of, or what no date has.
        let mut written = String::new();
        if write!(written, "{}", date.and_time(NaiveTime::MIN).format(format)).is_err() {
            return false;
        }
        let (text, format) =
            if days > 0 { (written, format.to_owned()) } else { (format!("{written} 01"), format!("{format} %d")) };
        let read = NaiveDate::parse_from_str(&text, &format);
        read.is_ok_and(|read| (read.year(), read.month()) == (date.year(), date.month()))
    })
}

/// A format as Excel writes it, in our words: "mmm-yy" is "%b-%y".
fn in_excel(format: &str) -> Option<String> {
    let (mut ours, mut rest) = (String::new(), format);
    while let Some(letter) = rest.chars().next() {
        let run = rest.chars().take_while(|other| other.eq_ignore_ascii_case(&letter)).count();
        let word = match (letter.to_ascii_lowercase(), run) {
            ('y', 4) => "%Y",
            ('y', 2) => "%y",
            ('m', 4) => "%B",
            ('m', 3) => "%b",
            ('m', 1 | 2) => "%m",
            ('d', 1 | 2) => "%d",
            (sign, _) if !sign.is_alphanumeric() => {
                ours.extend(rest.chars().take(run));
                rest = &rest[rest.char_indices().nth(run).map_or(rest.len(), |(at, _)| at)..];
                continue;
            }
            _ => return None,
        };
        ours.push_str(word);
        rest = &rest[run..];
    }
    ours.contains('%').then_some(ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn advice(format: &str, has_years: bool) -> Option<String> {
        fault(format, &[format.to_owned()], has_years).map(|(message, hint)| format!("{message}: {hint}"))
    }

    #[test]
    fn a_format_that_cannot_be_right_is_told_with_what_was_meant() {
        for (format, is) in [
            ("%Y-%y", "financial-year"),
            ("%Y/%Y", "financial-year"),
            ("%b-%y %Y", "two years"),
            ("%M-%Y", "did you mean \"%m-%Y\"?"),
            ("%d %Y", "no month"),
            ("%d", "no month"),
            ("%H", "no month"),
            ("%A", "no month"),
            ("%m %b %Y", "two months"),
            ("%Q %Y", "is no format"),
            ("%", "is no format"),
            ("mmm-yy", "write \"%b-%y\""),
            ("MMMM YYYY", "write \"%B %Y\""),
            ("dd/mm/yyyy", "write \"%d/%m/%Y\""),
            ("fy-quater", "did you mean \"fy-quarter\"?"),
            ("fiscal", "is no format"),
            ("", "is no format"),
            ("%C %b", "does not read"),
            ("%b %Y %z", "does not read"),
        ] {
            let told = advice(format, true).unwrap_or_default();
            assert!(told.contains(is), "{format}: {told:?}");
        }
        assert!(advice("%Y", false).is_some_and(|told| told.contains("no indicator of the source is annual")));
    }

    #[test]
    fn a_format_that_can_be_right_is_let_be() {
        for format in [
            "%B %Y",
            "%b-%y",
            "%b-%Y",
            "%Y-%m",
            "%Y-%m-%d",
            "%Y-%m-%dT%H:%M:%S",
            "%d/%m/%Y",
            "%d/%m/%y",
            "%m/%Y",
            "%Y%m",
            "%-d %B %Y",
            "%e %b %Y",
            "%b",
            "%B",
            "%d %b",
            "%b-25",
            "%F",
            "%Y %B",
            "As at %d %B %Y",
            "%Y",
            "%y",
            "serial",
            "fy-month",
            "fy-quarter",
            "financial-year",
            "academic-year",
        ] {
            assert_eq!(advice(format, true), None, "{format}");
        }
        // Among formats with a month a year alone says which rows are left out.
        assert_eq!(fault("%Y", &["%Y".to_owned(), "%b %Y".to_owned()], false), None);
    }
}
