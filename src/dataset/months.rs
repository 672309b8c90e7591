//! Texts and dates into months.
//!
//! Formats are those of `strftime`, tried in order; two that read one text as
//! different months make it ambiguous, which is a fault and never a guess. A
//! year alone is an annual indicator's month only once the indicator is
//! known.

use super::format::Format;
use super::repeated::Repeated;
use super::report::{listed, month_words};
use super::text;
use crate::domain::indicator::Indicator;
use crate::domain::period::{Frequency, MONTHS, Period};
use crate::workbook::Cell;

/// Formats that mean one thing only. Dates with slashes are not among them:
/// 01/04/2026 is two dates until a source says which.
const UNAMBIGUOUS: [&str; 14] = [
    "%B %Y",
    "%b-%y",
    "%b-%Y",
    "%b %y",
    "%B-%y",
    "%B %y",
    "%Y-%m",
    "%Y-%m-%d",
    "%Y-%m-%dT%H:%M:%S",
    "%d %B %Y",
    "%d-%b-%Y",
    "%m/%Y",
    "%Y%m",
    "%Y",
];

/// Formats that councils type besides. Days come before months, as they do in
/// this country; months before days only where nothing else reads.
const OTHERS: [&str; 21] = [
    "%d/%m/%y",
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d.%m.%y",
    "%d-%m-%y",
    "%d-%b-%y",
    "%d %b %y",
    "%d %B %y",
    "%m/%y",
    "%m-%Y",
    "%Y/%m/%d",
    "%Y/%m",
    "%Y %B",
    "%b%y",
    "%b/%y",
    "%B, %Y",
    "fy-month",
    "fy-quarter",
    "serial",
    "%m/%d/%Y",
];

/// The format that would read a text as a month, if it were declared.
pub(super) fn format_of(text: &str) -> Option<&'static str> {
    let text = plain(text);
    let reads = |format: &&str| matches!(Format::new(format, None).read(&text, false), Some(Month::At(_)));
    UNAMBIGUOUS.into_iter().chain(OTHERS).find(reads)
}

/// "add its format "%d/%m/%Y" to …", as far as it can be told.
pub(super) fn add_format(text: &str) -> String {
    let format = format_of(text).map(|format| format!(" \"{format}\"")).unwrap_or_default();
    format!("add its format{format} to `month.formats` in sources.toml")
}

/// A month, or as much of one as a text can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Month {
    /// This month.
    At(Period),
    /// Some month of this year: an annual indicator knows which.
    Year(i32),
}

impl Month {
    /// The month at which an indicator's figure stands; none where a year
    /// alone does not say.
    pub(super) fn of(self, indicator: &Indicator) -> Option<Period> {
        match (self, indicator.frequency) {
            (Self::At(period), _) => Some(period),
            (Self::Year(year), Frequency::Annual(month)) => Period::new(year, month),
            (Self::Year(_), _) => None,
        }
    }
}

/// Why a cell is no month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// No format reads it.
    Unknown,
    /// Formats read it differently; in words.
    Ambiguous(String),
}

/// Whether a text that no format reads is meant as a month all the same: one
/// word that begins as a month's name, and a year. "Septembr 26" is; "Mar RAG",
/// "Marked 12" and "May target" are not.
pub(super) fn is_meant(text: &str) -> bool {
    let text = plain(text).to_lowercase();
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    let rest = text[word.len()..].trim_start_matches([' ', '-', '/', '\'', '.']);
    let is_year = matches!(rest.len(), 2 | 4) && rest.bytes().all(|byte| byte.is_ascii_digit());
    is_year && word.len() >= 3 && MONTHS.iter().any(|name| strsim::jaro_winkler(&word, &name.to_lowercase()) > 0.9)
}

/// Reads months, each text once.
pub(super) struct Months<'t> {
    from_1904: bool,
    formats: Vec<Format<'t>>,
    seen: Repeated<String, Result<Month, Unreadable>>,
}

impl<'t> Months<'t> {
    /// The declared formats, or those that mean one thing only. `year` is the
    /// one in which the financial year of months without a year begins.
    pub(super) fn new(declared: &'t [String], year: Option<i32>, from_1904: bool) -> Self {
        let formats = if declared.is_empty() {
            UNAMBIGUOUS.iter().map(|format| Format::new(format, year)).collect()
        } else {
            declared.iter().map(|format| Format::new(format, year)).collect()
        };
        Self { from_1904, formats, seen: Repeated::default() }
    }

    /// A cell's month. True dates always read; other cells as they are typed.
    pub(super) fn read(&mut self, cell: &Cell) -> Result<Month, Unreadable> {
        match cell {
            Cell::Date(date) => Period::of(date.date()).map(Month::At).ok_or(Unreadable::Unknown),
            Cell::Text(_) | Cell::Number { .. } | Cell::Masked { .. } => self.text(&text::of(cell)),
            Cell::Bool(_) | Cell::Error(_) | Cell::Uncalculated => Err(Unreadable::Unknown),
        }
    }

    /// A text's month.
    pub(super) fn text(&mut self, text: &str) -> Result<Month, Unreadable> {
        if let Some(known) = self.seen.find(text) {
            return known.clone();
        }
        let read = self.parse(&plain(text));
        self.seen.learn(text.to_owned(), read).clone()
    }

    fn parse(&self, text: &str) -> Result<Month, Unreadable> {
        let mut months: Vec<Month> = Vec::new();
        for month in self.formats.iter().filter_map(|format| format.read(text, self.from_1904)) {
            if !months.contains(&month) {
                months.push(month);
            }
        }
        match months.as_slice() {
            [] => Err(Unreadable::Unknown),
            [month] => Ok(*month),
            several => {
                Err(Unreadable::Ambiguous(listed(&several.iter().map(|month| words(*month)).collect::<Vec<_>>())))
            }
        }
    }

    /// "March 2026, Mar-26 or 2026-03": what a month may look like, by an example.
    pub(super) fn expected(&self) -> String {
        let examples: Vec<String> = self.formats.iter().take(3).filter_map(Format::example).collect();
        format!("a date, or text such as {}", examples.join(" or "))
    }
}

fn words(month: Month) -> String {
    match month {
        Month::At(period) => month_words(period),
        Month::Year(year) => year.to_string(),
    }
}

/// Blanks collapsed, and "Sept" as the formats know it.
pub(crate) fn plain(text: &str) -> String {
    let text = text::collapsed(text);
    let parts = text.to_ascii_lowercase().find("sept").and_then(|at| Some((text.get(..at + 3)?, text.get(at + 4..)?)));
    match parts {
        Some((before, after)) if !after.to_ascii_lowercase().starts_with("ember") => format!("{before}{after}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::{format_of, is_meant};

    #[test]
    fn the_format_that_would_read_a_text_is_told() {
        for (text, format) in [
            ("31/10/2026", Some("%d/%m/%Y")),
            // In this country the day comes first.
            ("01/04/2026", Some("%d/%m/%Y")),
            ("10/31/2026", Some("%m/%d/%Y")),
            ("31/10/26", Some("%d/%m/%y")),
            ("Oct-26", Some("%b-%y")),
            ("Sept 2026", Some("%B %Y")),
            ("10/26", Some("%m/%y")),
            ("2026-27 M07", Some("fy-month")),
            ("46326", Some("serial")),
            ("October", None),
            ("soon", None),
            ("31/13/2026", None),
        ] {
            assert_eq!(format_of(text), format, "{text}");
        }
    }

    #[test]
    fn a_mistyped_month_with_a_year_is_meant_as_one() {
        for meant in ["Septembr 26", "Octber-2026", "Novmber 26", "Januray 2026", "Febuary/26"] {
            assert!(is_meant(meant), "{meant}");
        }
        for other in ["Mar RAG", "Marked 12", "May target", "Q1 26", "Target 2026", "Year 26", "", "2026", "Mayor 26 x"]
        {
            assert!(!is_meant(other), "{other}");
        }
    }
}
