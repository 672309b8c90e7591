//! The 24 months that the sample covers, and their many spellings.
//!
//! A month is written in the stories as a plain number, 202610, because that
//! is how it is easiest to read down a list of turning points.

use rust_xlsxwriter::{ExcelDateTime, XlsxError};

/// How many months there are.
pub(crate) const COUNT: usize = 24;

const NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// One month, by its place in the sample: 0 is November 2024.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Month(usize);

impl Month {
    /// Every month, oldest first.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..COUNT).map(Self)
    }

    /// The month written as 202610.
    pub(crate) const fn at(yyyymm: usize) -> Self {
        Self((yyyymm / 100 - 2024) * 12 + yyyymm % 100 - 11)
    }

    /// Its place in a line.
    pub(crate) fn index(self) -> usize {
        self.0
    }

    /// The year.
    pub(crate) fn year(self) -> usize {
        2024 + (self.0 + 10) / 12
    }

    /// The month of the year, 1 to 12.
    pub(crate) fn number(self) -> usize {
        (self.0 + 10) % 12 + 1
    }

    /// "October".
    pub(crate) fn name(self) -> &'static str {
        NAMES[self.number() - 1]
    }

    /// "Oct-26", as Excel writes it into a CSV.
    pub(crate) fn short(self) -> String {
        format!("{}-{:02}", &self.name()[..3], self.year() % 100)
    }

    /// "October 2026".
    pub(crate) fn long(self) -> String {
        format!("{} {}", self.name(), self.year())
    }

    /// "2026-10-31", the last day, on which a snapshot is taken.
    pub(crate) fn last_day(self) -> String {
        let day = match self.number() {
            4 | 6 | 9 | 11 => 30,
            // No leap year falls inside the sample.
            2 => 28,
            _ => 31,
        };
        format!("{}-{:02}-{day}", self.year(), self.number())
    }

    /// The last day as a true date cell.
    pub(crate) fn date(self) -> Result<ExcelDateTime, XlsxError> {
        ExcelDateTime::parse_from_str(&self.last_day())
    }

    /// "Quarter 3, 2026/27": the financial year begins in April.
    pub(crate) fn quarter(self) -> String {
        let start = if self.number() >= 4 { self.year() } else { self.year() - 1 };
        format!("Quarter {}, {start}/{:02}", (self.number() + 8) % 12 / 3 + 1, (start + 1) % 100)
    }

    /// Whether a quarter of the financial year ends here.
    pub(crate) fn ends_quarter(self) -> bool {
        self.number().is_multiple_of(3)
    }

    /// Whether a school term ends here.
    pub(crate) fn ends_term(self) -> bool {
        matches!(self.number(), 12 | 4 | 7)
    }
}
