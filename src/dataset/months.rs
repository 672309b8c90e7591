//! Texts and dates into months.
//!
//! Formats are those of `strftime`, tried in order; two that read one text as
//! different months make it ambiguous, which is a fault and never a guess. A
//! year alone is an annual indicator's month only once the indicator is
//! known.

use regex::Regex;

use super::format::Format;
use super::notes;
use super::repeated::Repeated;
use super::report::{listed, month_words};
use super::text;
use super::years::YearLabel;
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
const OTHERS: [&str; 22] = [
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
    "financial-year",
    "serial",
    "%m/%d/%Y",
];

/// The format that would read a text as a month, if it were declared.
pub(super) fn format_of(text: &str) -> Option<&'static str> {
    let text = plain(text);
    let reads = |format: &&str| {
        let read = Format::new(format, None).read(&text, false);
        matches!(read, Some(Month::At(_) | Month::Quarter(_) | Month::YearTo(_)))
    };
    UNAMBIGUOUS.into_iter().chain(OTHERS).find(reads)
}

/// The month that a text would be if some format were declared; `whole` texts
/// may be days as Excel counts them.
pub(super) fn month_by_any(text: &str, whole: bool) -> Option<Period> {
    let formats = UNAMBIGUOUS.into_iter().chain(OTHERS).filter(|format| whole || *format != "serial");
    formats.into_iter().find_map(|format| match Format::new(format, None).read(text, false)? {
        Month::At(month) => Some(month),
        _ => None,
    })
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
    /// The quarter that ends with this month.
    Quarter(Period),
    /// Some month of this year: an annual indicator knows which.
    Year(i32),
    /// The year that ends with this month.
    YearTo(Period),
}

/// How long a time a month's label speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LabelSpan {
    Month,
    Quarter,
    Year,
}

impl Month {
    /// The month at which an indicator's figure stands; none where a year
    /// alone does not say, or does not end where the indicator's ends. The
    /// figure of a quarter is none of its months', and no term is a quarter.
    pub(super) fn of(self, indicator: &Indicator) -> Option<Period> {
        match (self, indicator.frequency) {
            (Self::At(period), _) => Some(period),
            (Self::Quarter(period), Frequency::Quarterly | Frequency::Annual(_)) => Some(period),
            (Self::Quarter(_), Frequency::Monthly | Frequency::Termly) => None,
            (Self::Year(year), Frequency::Annual(month)) => Period::new(year, month),
            (Self::YearTo(period), Frequency::Annual(month)) => Some(period).filter(|period| period.month() == month),
            (Self::Year(_) | Self::YearTo(_), _) => None,
        }
    }

    pub(super) fn span(self) -> LabelSpan {
        match self {
            Self::At(_) => LabelSpan::Month,
            Self::Quarter(_) => LabelSpan::Quarter,
            Self::Year(_) | Self::YearTo(_) => LabelSpan::Year,
        }
    }

    /// "October 2026", "the quarter to June 2026", "2026", "the year to March 2026".
    pub(super) fn words(self) -> String {
        match self {
            Self::At(period) => month_words(period),
            Self::Quarter(period) => format!("the quarter to {}", month_words(period)),
            Self::Year(year) => year.to_string(),
            Self::YearTo(period) => format!("the year to {}", month_words(period)),
        }
    }
}

impl LabelSpan {
    /// The one that an indicator of this frequency is read under, of those
    /// that its places stand under.
    pub(super) fn chosen(frequency: Frequency, of: impl Fn(Self) -> bool) -> Option<Self> {
        let order = match frequency {
            Frequency::Monthly | Frequency::Termly => [Self::Month, Self::Quarter, Self::Year],
            Frequency::Quarterly => [Self::Quarter, Self::Month, Self::Year],
            Frequency::Annual(_) => [Self::Year, Self::Month, Self::Quarter],
        };
        order.into_iter().find(|span| of(*span))
    }

    /// "months", "quarters", "years".
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Month => "months",
            Self::Quarter => "quarters",
            Self::Year => "years",
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

/// Reads months, each text once.
pub(super) struct Months<'t> {
    from_1904: bool,
    declared: &'t [String],
    notes: &'t [Regex],
    formats: Vec<Format<'t>>,
    seen: Repeated<String, Result<Month, Unreadable>>,
    /// The same in years that stand beside or above months.
    in_years: Vec<(YearLabel, Self)>,
    /// Texts that were read without a note that nobody declared.
    noted: Vec<String>,
}

impl<'t> Months<'t> {
    /// The declared formats, or those that mean one thing only. `year` is the
    /// one of months without a year; `notes` are no part of a month.
    pub(super) fn new(declared: &'t [String], notes: &'t [Regex], year: Option<YearLabel>, from_1904: bool) -> Self {
        let formats = if declared.is_empty() {
            // In a year that stands over it or beside it, a month needs none.
            let yearless = ["%b", "%B"].iter().filter(|_| year.is_some());
            UNAMBIGUOUS.iter().chain(yearless).map(|format| Format::new(format, year)).collect()
        } else {
            declared.iter().map(|format| Format::new(format, year)).collect()
        };
        let (seen, in_years, noted) = (Repeated::default(), Vec::new(), Vec::new());
        Self { from_1904, declared, notes, formats, seen, in_years, noted }
    }

    /// A cell's month in the year that stands beside or above it. One that
    /// says another year itself is none. A quarter in a year such as 2024 may be
    /// one of the financial year or of the calendar.
    pub(super) fn in_year(&mut self, year: YearLabel, cell: &Cell) -> Result<Month, Unreadable> {
        let at = self.in_years.iter().position(|(known, _)| *known == year).unwrap_or_else(|| {
            let months = Self::new(self.declared, self.notes, Some(year), self.from_1904);
            self.in_years.push((year, months));
            self.in_years.len() - 1
        });
        let read = self.in_years[at].1.read(cell);
        let noted = std::mem::take(&mut self.in_years[at].1.noted);
        self.noted.extend(noted);
        match (read, year) {
            (Ok(Month::At(period) | Month::Quarter(period)), _) if !year.holds(period) => Err(Unreadable::Unknown),
            (Err(Unreadable::Unknown), YearLabel::Calendar(start)) => self.in_either_year(start, cell),
            (read, _) => read,
        }
    }

    /// A month or a quarter that goes by its number, in a year that does not say
    /// whether it begins in January or in April.
    fn in_either_year(&mut self, start: i32, cell: &Cell) -> Result<Month, Unreadable> {
        if self.read(cell).is_ok() {
            return Err(Unreadable::Unknown);
        }
        let financial = self.in_year(YearLabel::Financial(start), cell)?;
        let (Month::At(end) | Month::Quarter(end)) = financial else { return Err(Unreadable::Unknown) };
        let typed = text::of(cell).to_lowercase();
        // Where its months are named, only the year is in doubt.
        let is_named = MONTHS.iter().any(|name| typed.contains(&name.to_lowercase()[..3]));
        let calendar = if is_named { Period::new(start, end.month()) } else { Some(end.plus(-3)) };
        match calendar {
            Some(calendar) if calendar == end => Ok(financial),
            Some(calendar) => {
                let of =
                    |month| if matches!(financial, Month::At(_)) { Month::At(month) } else { Month::Quarter(month) };
                let either = listed(&[of(calendar).words(), of(end).words()]);
                let why = format!(
                    "a year such as {start} does not say where its quarters begin: write it as {}",
                    YearLabel::Financial(start).words()
                );
                Err(Unreadable::Ambiguous(format!("{either}; {why}")))
            }
            None => Err(Unreadable::Unknown),
        }
    }

    /// Takes the texts that were read without a note that nobody declared.
    pub(super) fn take_noted(&mut self) -> Vec<String> {
        std::mem::take(&mut self.noted)
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
        let read = self.parse_with_notes(&plain(text));
        self.seen.learn(text.to_owned(), read).clone()
    }

    /// A text as it stands; else without the notes that it carries.
    fn parse_with_notes(&mut self, text: &str) -> Result<Month, Unreadable> {
        let read = self.parse(text);
        if read != Err(Unreadable::Unknown) {
            return read;
        }
        let declared = notes::without(text, self.notes);
        if let Some(bare) = &declared {
            let read = self.parse(&plain(bare));
            if read != Err(Unreadable::Unknown) {
                return read;
            }
        }
        let Some(bare) = notes::without_marks(declared.as_deref().unwrap_or(text)) else { return read };
        let read = self.parse(&plain(&bare));
        if read.is_ok() && self.noted.len() < 1000 {
            self.noted.push(text.to_owned());
        }
        read
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
                Err(Unreadable::Ambiguous(listed(&several.iter().map(|month| month.words()).collect::<Vec<_>>())))
            }
        }
    }

    /// A month as the formats write it.
    pub(super) fn labels(&self, period: Period) -> impl Iterator<Item = String> + use<'_, 't> {
        self.formats.iter().filter_map(move |format| format.label(period))
    }

    /// "March 2026, Mar-26 or 2026-03": what a month may look like, by an example.
    pub(super) fn expected(&self) -> String {
        let examples: Vec<String> = self.formats.iter().take(3).filter_map(Format::example).collect();
        format!("a date, or text such as {}", examples.join(" or "))
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
    use super::format_of;

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
            ("Q2 2026/27 (Jul-Sep)", Some("fy-quarter")),
            ("2026/27", Some("financial-year")),
            ("46326", Some("serial")),
            ("October", None),
            ("soon", None),
            ("31/13/2026", None),
        ] {
            assert_eq!(format_of(text), format, "{text}");
        }
    }
}
