//! A workbook as typed cells, whatever its format is.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::domain::place::{At, Letters};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// Text, as typed.
    Text(String),
    /// A number; `percent` where the cell's format shows it as one, in which
    /// case the number is the fraction.
    Number {
        /// The number as stored.
        value: f64,
        /// Whether its format is a percentage.
        percent: bool,
    },
    /// A number whose format shows no digit of it: a text, or nothing.
    Masked {
        /// The number as stored.
        value: f64,
        /// What is shown in its place; may be empty.
        shown: String,
    },
    /// A date or a date with a time.
    Date(#[serde(with = "seconds")] NaiveDateTime),
    /// True or false.
    Bool(bool),
    /// An error value such as `#REF!`.
    Error(String),
    /// A formula whose value was never calculated and saved.
    Uncalculated,
}

/// Whether a sheet is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Visibility {
    /// Shown.
    Visible,
    /// Hidden by its author ("hidden" or "very hidden").
    Hidden,
}

/// A rectangle of merged cells; rows and columns from 0, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

/// What a sheet has beside its cells. Empty where a format does not hold it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// Runs of hidden rows, first and last, from 0, in order (xlsx, ods).
    pub hidden_rows: Vec<(u32, u32)>,
    /// Runs of hidden columns, likewise.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Row, column and fill colour (0xRRGGBB) of cells that are not blank, in the
    /// order of the cells (xlsx).
    pub fills: Vec<(u32, u32, u32)>,
    /// Whether the workbook counts days from 1904: for serial numbers that are
    /// not formatted as dates.
    pub from_1904: bool,
    /// Where the rows of delimited text begin to have another number of fields:
    /// the first such row, from 0, and the number, in order. Rows without a
    /// field that holds something are passed over.
    pub widths: Vec<(u32, u32)>,
}

impl Look {
    /// How many fields a row of delimited text has; none in other formats.
    pub fn width(&self, row: u32) -> Option<u32> {
        let next = self.widths.partition_point(|(first, _)| *first <= row);
        self.widths.get(next.checked_sub(1)?).map(|(_, width)| *width)
    }
}

/// A sheet as the cells that are not blank.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// The sheet's name; a CSV file has one sheet named after the file.
    pub name: String,
    /// Whether it is shown.
    pub visibility: Visibility,
    /// Merged cells.
    pub merges: Vec<Merge>,
    /// Cells that are not blank, row by row, each row left to right, with row
    /// and column counted from 0.
    pub cells: Vec<(u32, u32, Cell)>,
    /// What it has beside them.
    pub look: Look,
}

/// The format of a workbook, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BookFormat {
    /// Office Open XML.
    Xlsx,
    /// Excel binary workbook.
    Xlsb,
    /// Excel 97 to 2003.
    Xls,
    /// OpenDocument.
    Ods,
    /// Delimited text.
    Csv,
}

impl BookFormat {
    /// "xlsx", "xlsb", "xls", "ods" or "csv".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Csv => "csv",
        }
    }
}

/// A workbook's sheets in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// What it is, whatever its name says.
    pub format: BookFormat,
    /// Who saved it last, where the file says so: for officers, and for no pack.
    pub saved_by: Option<String>,
    /// Sheets in the workbook's order.
    pub sheets: Vec<Grid>,
}

/// A date as seconds and nanoseconds: chrono's own form is a text, which takes
/// twice the bytes and many times the time.
mod seconds {
    use chrono::{DateTime, NaiveDateTime};
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    pub(super) fn serialize<S: Serializer>(date: &NaiveDateTime, serializer: S) -> Result<S::Ok, S::Error> {
        let date = date.and_utc();
        (date.timestamp(), date.timestamp_subsec_nanos()).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDateTime, D::Error> {
        let (seconds, nanoseconds) = <(i64, u32)>::deserialize(deserializer)?;
        let date = DateTime::from_timestamp(seconds, nanoseconds);
        date.map(|date| date.naive_utc()).ok_or_else(|| D::Error::custom("a date that is none"))
    }
}

/// "E7" from a row and a column counted from 0.
pub fn address(row: u32, column: u32) -> String {
    At { row, column }.to_string()
}

/// "E" from a column counted from 0.
pub fn letters(column: u32) -> String {
    Letters(column).to_string()
}

/// The column of "E", counted from 0; none where the text is no column.
pub fn column(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    let number = letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    (number <= 16_384).then(|| number - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_a_spreadsheet() {
        for (row, column, expected) in [
            (0, 0, "A1"),
            (6, 4, "E7"),
            (9, 25, "Z10"),
            (0, 26, "AA1"),
            (0, 701, "ZZ1"),
            (0, 702, "AAA1"),
            (1_048_575, 16_383, "XFD1048576"),
        ] {
            assert_eq!(address(row, column), expected);
            assert_eq!(super::column(expected.trim_end_matches(|c: char| c.is_ascii_digit())), Some(column));
        }
    }

    #[test]
    fn what_is_no_column_is_none() {
        for text in ["", "1", "A1", "XFE", "AAAA", "é"] {
            assert_eq!(column(text), None, "{text}");
        }
    }
}
