//! Cells that look like months, and the formats that read them.
//!
//! Which formats are tried, and in what order, is a guess and stands here; a
//! format is read as [`dataset`](crate::dataset) reads it once it is declared.

use std::sync::LazyLock;

use crate::dataset::format::Format;
use crate::dataset::months::{Month, plain};
use crate::dataset::years::YearLabel;
use crate::domain::Period;
use crate::workbook::Cell;

/// Formats with a year, those most often meant first. None reads 01/04/2026
/// the American way: a council does not write it so.
const WHOLE: [&str; 14] = [
    "%b-%y", "%b %y", "%b %Y", "%B %Y", "%b-%Y", "%B-%y", "%B %y", "%Y-%m", "%Y-%m-%d", "%d/%m/%Y", "%m/%Y",
    "%d %B %Y", "%d-%b-%Y", "%Y %b",
];
/// Formats without a year: the financial year is declared beside them.
const YEARLESS: [&str; 2] = ["%b", "%B"];
/// Months of a financial year, by their place in it.
const FINANCIAL: [&str; 2] = ["fy-month", "fy-quarter"];

/// How a cell states its month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    /// As a true date.
    Date(Period),
    /// As a text with its year.
    Text(Period),
    /// As a text without one: the month, 1 to 12.
    Yearless(u32),
    /// As a month or quarter of a financial year.
    Financial,
}

impl Stated {
    /// The month, 1 to 12, where it is stated without a year.
    pub(super) fn yearless(self) -> Option<u32> {
        if let Self::Yearless(month) = self { Some(month) } else { None }
    }
}

/// A format that is tried, by its name in `sources.toml`.
struct Candidate {
    name: &'static str,
    format: Format<'static>,
    stated: fn(Period) -> Stated,
}

static CANDIDATES: LazyLock<Vec<Candidate>> = LazyLock::new(|| {
    let new = |name, year, stated| Candidate { name, format: Format::new(name, year), stated };
    let whole = WHOLE.iter().map(|name| new(name, None, Stated::Text));
    // Any year will do: only the month is taken.
    let yearless = YEARLESS
        .iter()
        .map(|name| new(name, Some(YearLabel::Financial(2000)), |month| Stated::Yearless(month.month())));
    let financial = FINANCIAL.iter().map(|name| new(name, None, |_| Stated::Financial));
    whole.chain(yearless).chain(financial).collect()
});

impl Candidate {
    fn read(&self, plain: &str) -> Option<Stated> {
        match self.format.read(plain, false)? {
            Month::At(month) | Month::Quarter(month) => Some((self.stated)(month)),
            Month::Year(_) | Month::YearTo(_) => None,
        }
    }
}

/// The month that a cell states, if one.
pub(super) fn of_cell(cell: &Cell) -> Option<Stated> {
    match cell {
        Cell::Date(date) => Period::of(date.date()).map(Stated::Date),
        // Blanks apart, a long text is no month.
        Cell::Text(typed) if typed.trim().len() <= 40 => of_text(typed),
        _ => None,
    }
}

/// The month that a text states, if one.
pub(super) fn of_text(typed: &str) -> Option<Stated> {
    let plain = plain(typed);
    if may_be(&plain) { CANDIDATES.iter().find_map(|candidate| candidate.read(&plain)) } else { None }
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
    let mut formats: Vec<&Candidate> = Vec::new();
    for text in texts.map(plain) {
        let reads = |candidate: &&Candidate| candidate.read(&text).is_some();
        if !formats.iter().any(reads) {
            formats.extend(CANDIDATES.iter().find(reads));
        }
    }
    formats.iter().map(|candidate| candidate.name).collect()
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
            ("Apr-25", Some(Stated::Text("2025-04".parse().unwrap()))),
            ("July 2025", Some(Stated::Text("2025-07".parse().unwrap()))),
            ("01/04/2025", Some(Stated::Text("2025-04".parse().unwrap()))),
            ("2025-11", Some(Stated::Text("2025-11".parse().unwrap()))),
            ("Oct", Some(Stated::Yearless(10))),
            ("October", Some(Stated::Yearless(10))),
            ("Sept 2025", Some(Stated::Text("2025-09".parse().unwrap()))),
            ("2025-26 M02", Some(Stated::Financial)),
            ("2025-26 Month 2", Some(Stated::Financial)),
            ("2025-27 M02", None),
            ("Q1 2025/26", Some(Stated::Financial)),
            ("Q1", None),
            ("2025", None),
            ("May contain", None),
            ("Target", None),
            ("12", None),
        ] {
            assert_eq!(of_text(typed), expected, "{typed}");
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
