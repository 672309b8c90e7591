//! Cells that look like months, and the formats that read them.
//!
//! Which formats are tried, and in what order, is a guess and stands here; a
//! format is read as [`dataset`](crate::dataset) reads it once it is declared.

use std::sync::LazyLock;

use rust_decimal::prelude::ToPrimitive as _;

use super::rows::{SheetRow, words};
use crate::dataset::format::Format;
use crate::dataset::months::{Month, plain};
use crate::dataset::number::number;
use crate::dataset::sight::without_marks;
use crate::dataset::years::YearLabel;
use crate::domain::Period;
use crate::domain::period::financial_year_start;
use crate::workbook::Cell;

/// Formats with a year, those most often meant first. None reads 01/04/2026
/// the American way: a council does not write it so.
const WHOLE: [&str; 19] = [
    "%b-%y",
    "%b %y",
    "%b %Y",
    "%B %Y",
    "%b-%Y",
    "%B-%y",
    "%B %y",
    "%Y-%m",
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%m/%Y",
    "%d %B %Y",
    "%d-%b-%Y",
    "%Y %b",
    "%d.%m.%Y",
    "%d/%m/%y",
    "fy-month",
    "fy-quarter",
    "financial-year",
];
/// Formats without a year, which is declared beside them.
const YEARLESS: [&str; 3] = ["%b", "%B", "fy-quarter"];
/// Years that stand alone.
const YEARS: std::ops::Range<i64> = 1990..2100;

/// How a cell states its month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stated {
    /// As a true date.
    Date(Period),
    /// As a text with its year: a month, a quarter or a year.
    Whole(Month),
    /// As a text without one: the last month, 1 to 12.
    Yearless(u32),
}

/// How long a time is that a cell states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum StatedSpan {
    Month,
    Quarter,
    Year,
}

/// The span of a month as it was read.
pub(super) fn span(month: Month) -> StatedSpan {
    match month {
        Month::At(_) => StatedSpan::Month,
        Month::Quarter(_) => StatedSpan::Quarter,
        Month::Year(_) | Month::YearTo(_) => StatedSpan::Year,
    }
}

impl Stated {
    /// The month, 1 to 12, where it is stated without a year.
    pub(super) fn yearless(self) -> Option<u32> {
        if let Self::Yearless(month) = self { Some(month) } else { None }
    }

    /// The month, where one is stated with its year.
    pub(super) fn month(self) -> Option<Month> {
        match self {
            Self::Date(period) => Some(Month::At(period)),
            Self::Whole(month) => Some(month),
            Self::Yearless(_) => None,
        }
    }

    /// Whether it is a year alone.
    pub(super) fn is_year(self) -> bool {
        self.month().is_some_and(|month| span(month) == StatedSpan::Year)
    }
}

/// A format that is tried, by its name in `sources.toml`.
struct TriedFormat {
    name: &'static str,
    format: Format<'static>,
    yearless: bool,
}

static TRIED: LazyLock<Vec<TriedFormat>> = LazyLock::new(|| {
    let whole = WHOLE.iter().map(|name| TriedFormat { name, format: Format::new(name, None), yearless: false });
    // Any year will do: only the month is taken.
    let year = Some(YearLabel::Financial(2000));
    let yearless = YEARLESS.iter().map(|name| TriedFormat { name, format: Format::new(name, year), yearless: true });
    whole.chain(yearless).collect()
});

impl TriedFormat {
    fn read(&self, plain: &str) -> Option<Stated> {
        let month = self.format.read(plain, false)?;
        match month {
            Month::At(period) | Month::Quarter(period) if self.yearless => Some(Stated::Yearless(period.month())),
            _ if self.yearless => None,
            _ => Some(Stated::Whole(month)),
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

/// The month that a text states, if one, whatever marks stand behind it.
pub(super) fn of_text(typed: &str) -> Option<Stated> {
    let plain = plain(typed);
    let read = |plain: &str| TRIED.iter().find_map(|tried| tried.read(plain));
    if !may_be(&plain) {
        return None;
    }
    read(&plain).or_else(|| read(&without_marks(&plain)?))
}

/// Whether it is worth trying the formats: most cells are figures and names,
/// and a large sheet has very many.
fn may_be(typed: &str) -> bool {
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    if !(2..=40).contains(&typed.len()) {
        return false;
    }
    let has_digit = typed.contains(|c: char| c.is_ascii_digit());
    if typed.contains(char::is_alphabetic) {
        let small = typed.to_ascii_lowercase();
        let is_numbered = has_digit && ["q", "m", "p", "fy", "year"].iter().any(|mark| small.contains(mark));
        return is_numbered || NAMES.iter().any(|name| small.contains(name));
    }
    has_digit && typed.starts_with(|c: char| c.is_ascii_digit()) && typed.contains(['-', '/', '.', ' '])
}

/// The months that a row states, each under its column; years alone where all
/// its numbers are years that follow each other.
pub(super) fn of_row(row: &SheetRow<'_>) -> Vec<(u32, Stated)> {
    let stated: Vec<(u32, Stated)> =
        row.cells.iter().filter_map(|(column, cell)| Some((*column, of_cell(cell)?))).collect();
    if !stated.is_empty() {
        return stated;
    }
    let numbers: Vec<(u32, Option<i64>)> = row
        .cells
        .iter()
        .filter(|(_, cell)| number(cell).is_some())
        .map(|(column, cell)| (*column, year(cell)))
        .collect();
    let years: Vec<(u32, i64)> = numbers.iter().filter_map(|(column, year)| Some((*column, (*year)?))).collect();
    let follows = years.windows(2).all(|pair| pair[1].1 - pair[0].1 == 1)
        || years.windows(2).all(|pair| pair[1].1 - pair[0].1 == -1);
    if years.len() < 2 || years.len() != numbers.len() || !follows {
        return Vec::new();
    }
    let stated = |(column, year): (u32, i64)| Some((column, Stated::Whole(Month::Year(i32::try_from(year).ok()?))));
    years.into_iter().filter_map(stated).collect()
}

/// A year that stands alone as a number: 2024.
pub(super) fn year(cell: &Cell) -> Option<i64> {
    let whole = number(cell).filter(|number| !number.is_percent() && number.value.is_integer())?.value.to_i64();
    whole.filter(|year| YEARS.contains(year))
}

/// The year that a cell states alone: 2024, "2024/25", 202425.
pub(super) fn is_year(cell: &Cell) -> bool {
    year(cell).is_some()
        || of_cell(cell).is_some_and(Stated::is_year)
        || matches!(cell, Cell::Number { .. }) && financial_year_start(&words(cell)).is_some()
}

/// The fewest formats that read all these cells, in the order of first use;
/// none for true dates.
pub(super) fn formats<'c>(cells: impl Iterator<Item = &'c Cell>) -> Vec<&'static str> {
    let mut tried: Vec<&TriedFormat> = Vec::new();
    let mut formats: Vec<&'static str> = Vec::new();
    for cell in cells.filter(|cell| !matches!(cell, Cell::Date(_))) {
        let typed = plain(&words(cell));
        let bare = without_marks(&typed);
        let reads = |format: &&TriedFormat| {
            format.read(&typed).is_some() || bare.as_ref().is_some_and(|bare| format.read(bare).is_some())
        };
        if tried.iter().any(reads) {
            continue;
        }
        let name = match TRIED.iter().find(reads) {
            Some(found) if matches!(cell, Cell::Text(_)) || found.name == "financial-year" => {
                tried.push(found);
                found.name
            }
            _ if year(cell).is_some() => "%Y",
            _ => continue,
        };
        if !formats.contains(&name) {
            formats.push(name);
        }
    }
    formats
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
        let whole = |month: fn(Period) -> Month, period: &str| Some(Stated::Whole(month(period.parse().unwrap())));
        for (typed, expected) in [
            ("Apr-25", whole(Month::At, "2025-04")),
            ("Apr-25 [p]", whole(Month::At, "2025-04")),
            ("July 2025", whole(Month::At, "2025-07")),
            ("01/04/2025", whole(Month::At, "2025-04")),
            ("2025-11", whole(Month::At, "2025-11")),
            ("Oct", Some(Stated::Yearless(10))),
            ("October", Some(Stated::Yearless(10))),
            ("Sept 2025", whole(Month::At, "2025-09")),
            ("2025-26 M02", whole(Month::At, "2025-05")),
            ("2025-26 Month 2", whole(Month::At, "2025-05")),
            ("2025-27 M02", None),
            ("Q1 2025/26", whole(Month::Quarter, "2025-06")),
            ("Apr-Jun 2025", whole(Month::Quarter, "2025-06")),
            ("Q1", Some(Stated::Yearless(6))),
            ("2025/26", whole(Month::YearTo, "2026-03")),
            ("FY26", whole(Month::YearTo, "2026-03")),
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
        let of = |texts: &[&str]| {
            let cells: Vec<Cell> = texts.iter().map(|text| Cell::Text((*text).to_owned())).collect();
            formats(cells.iter())
        };
        assert_eq!(of(&["Apr-25", "May-25"]), ["%b-%y"]);
        assert_eq!(of(&["Apr-25", "May-25", "Jun 25", "July 2025"]), ["%b-%y", "%b %y", "%B %Y"]);
        assert_eq!(of(&["Oct", "Nov"]), ["%b"]);
        assert_eq!(of(&["May", "June"]), ["%b", "%B"]);
        assert_eq!(of(&["Jan 2026", "Q4 2025/26", "2025/26"]), ["%b %Y", "fy-quarter", "financial-year"]);
        assert_eq!(of(&["2024", "202425"]), ["%Y", "financial-year"]);
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
