//! Cells that look like months, and the formats that read them.

use chrono::{Datelike, NaiveDate};

use super::lines::words;
use crate::domain::Period;
use crate::workbook::Cell;

/// Formats with a year, those most often meant first. None reads 01/04/2026
/// the American way: a council does not write it so.
const WHOLE: [&str; 14] = [
    "%b-%y", "%b %y", "%b %Y", "%B %Y", "%b-%Y", "%B-%y", "%B %y", "%Y-%m", "%Y-%m-%d", "%d/%m/%Y", "%m/%Y",
    "%d %B %Y", "%d-%b-%Y", "%Y %b",
];
/// Formats that a financial year must complete.
const YEARLESS: [&str; 2] = ["%b", "%B"];
/// Months of a financial year, by their place in it.
const FINANCIAL: [&str; 2] = ["fy-month", "fy-quarter"];

/// How a cell says a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// A true date.
    Date(Period),
    /// A text with its year.
    Text(Period),
    /// A text without one: the month, 1 to 12.
    Yearless(u32),
    /// A month or quarter of a financial year.
    Financial,
}

/// What month a cell says, if one.
pub(super) fn said(cell: &Cell) -> Option<Said> {
    match cell {
        Cell::Date(date) => Period::of(date.date()).map(Said::Date),
        // Blanks apart, a long text is no month.
        Cell::Text(typed) if typed.trim().len() <= 40 => text(&words(cell)),
        _ => None,
    }
}

/// What month a text says, if one.
pub(super) fn text(typed: &str) -> Option<Said> {
    if !may_be(typed) {
        return None;
    }
    if let Some(day) = WHOLE.iter().find_map(|format| parse(typed, format)) {
        return Period::of(day).map(Said::Text);
    }
    if let Some(day) = YEARLESS.iter().find_map(|format| parse(typed, format)) {
        return Some(Said::Yearless(day.month()));
    }
    FINANCIAL.iter().any(|format| reads(typed, format)).then_some(Said::Financial)
}

/// Whether it is worth trying the formats: most cells are figures and names,
/// and a large sheet has very many.
fn may_be(typed: &str) -> bool {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if !(3..=20).contains(&typed.len()) {
        return false;
    }
    let is_financial = typed.contains(['Q', 'M']) && typed.contains(['-', '/']);
    if typed.contains(char::is_alphabetic) {
        let small = typed.to_ascii_lowercase();
        return is_financial || NAMES.iter().any(|name| small.contains(name));
    }
    typed.starts_with(|c: char| c.is_ascii_digit()) && typed.contains(['-', '/'])
}

/// The fewest formats that read all these texts, in the order of first use.
pub(super) fn formats<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<&'static str> {
    let mut formats: Vec<&'static str> = Vec::new();
    for typed in texts {
        if formats.iter().any(|format| reads(typed, format)) {
            continue;
        }
        formats.extend(WHOLE.iter().chain(&YEARLESS).chain(&FINANCIAL).find(|format| reads(typed, format)));
    }
    formats
}

fn reads(typed: &str, format: &str) -> bool {
    let digits = |part: &str, size: usize| part.len() == size && part.bytes().all(|byte| byte.is_ascii_digit());
    let year = |part: &str| part.split_once(['/', '-']).is_some_and(|(from, to)| digits(from, 4) && digits(to, 2));
    match format {
        "fy-month" => typed
            .split_once(" M")
            .is_some_and(|(first, month)| year(first) && digits(month, 2) && ("01"..="12").contains(&month)),
        "fy-quarter" => typed.split_once(' ').is_some_and(|(a, b)| {
            let quarter = |part: &str| ["Q1", "Q2", "Q3", "Q4"].contains(&part);
            (quarter(a) && year(b)) || (year(a) && quarter(b))
        }),
        _ => parse(typed, format).is_some(),
    }
}

/// The first day of the month, as far as the format says it.
fn parse(typed: &str, format: &str) -> Option<NaiveDate> {
    let (more, added) = match format {
        _ if format.contains("%d") => ("", ""),
        _ if YEARLESS.contains(&format) => (" %d %Y", " 1 2000"),
        _ => (" %d", " 1"),
    };
    let day = NaiveDate::parse_from_str(&format!("{typed}{added}"), &format!("{format}{more}")).ok()?;
    Period::of(day).map(|_| day)
}

/// The year in which the financial year began that makes `month` the latest
/// one not after `now`.
pub(super) fn financial_year(month: u32, now: Period) -> i32 {
    let year = if month <= now.month() { now.year() } else { now.year() - 1 };
    Period::new(year, month).map_or(year, Period::financial_year_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_by_their_looks() {
        for (typed, expected) in [
            ("Apr-25", Some(Said::Text("2025-04".parse().unwrap()))),
            ("July 2025", Some(Said::Text("2025-07".parse().unwrap()))),
            ("01/04/2025", Some(Said::Text("2025-04".parse().unwrap()))),
            ("2025-11", Some(Said::Text("2025-11".parse().unwrap()))),
            ("Oct", Some(Said::Yearless(10))),
            ("October", Some(Said::Yearless(10))),
            ("2025-26 M02", Some(Said::Financial)),
            ("Q1 2025/26", Some(Said::Financial)),
            ("Q1", None),
            ("2025", None),
            ("May contain", None),
            ("Target", None),
            ("12", None),
        ] {
            assert_eq!(text(typed), expected, "{typed}");
        }
    }

    #[test]
    fn formats_are_as_few_as_read_them_all() {
        let of = |texts: &[&'static str]| formats(texts.iter().copied());
        assert_eq!(of(&["Apr-25", "May-25"]), ["%b-%y"]);
        assert_eq!(of(&["Apr-25", "May-25", "Jun 25", "July 2025"]), ["%b-%y", "%b %y", "%B %Y"]);
        assert_eq!(of(&["Oct", "Nov"]), ["%b"]);
        assert_eq!(of(&["May", "June"]), ["%b", "%B"]);
    }

    #[test]
    fn a_month_without_a_year_is_the_latest_that_has_come() {
        for (month, now, expected) in
            [(11, "2026-11", 2026), (12, "2026-11", 2025), (3, "2026-11", 2025), (4, "2026-04", 2026)]
        {
            assert_eq!(financial_year(month, now.parse().unwrap()), expected, "{month} {now}");
        }
    }
}
