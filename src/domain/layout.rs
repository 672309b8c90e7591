//! How a workbook is laid out, as its source declares it.
//!
//! The unusual workbook is declared, never coded: where its table is, which
//! way it runs, what its months and its gaps look like.

use std::collections::BTreeMap;

use regex::Regex;

use super::ids::{IndicatorRef, SourceId};
use super::observation::Missing;
use super::person::PersonLevel;

/// A source of figures: which file, and how to read it.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its name in the config.
    pub id: SourceId,
    /// Its name for people.
    pub title: String,
    /// The storage that its files lie on.
    pub storage: String,
    /// Path below the storage, with `{period}`, `{year}` and `{month}` open and
    /// globs where the storage can list.
    pub files: String,
    /// The table inside; empty where the source is a list of people.
    pub table: Table,
    /// What is counted, where the source is a list of people.
    pub person: Option<PersonLevel>,
}

/// Which way a table runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Orientation {
    /// A row for each indicator and month.
    #[default]
    Long,
    /// A row for each indicator, a column for each month.
    Wide,
    /// A row for each month, a column for each indicator.
    Columns,
}

/// How a percentage stands in a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PercentStyle {
    /// 0.842 means 84.2%.
    Fraction,
    /// 84.2 means 84.2%.
    Points,
    /// As each cell says: a percent format or a percent sign, else points.
    #[default]
    Auto,
}

/// A declared table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The sheet's name; none for the first visible one.
    pub sheet: Option<String>,
    /// Which way it runs.
    pub orientation: Orientation,
    /// Sheet rows that make the header, counted from 1.
    pub header_rows: Vec<u32>,
    /// Rows to drop, by the text of their first cell that is not blank.
    pub drop_rows: Vec<Regex>,
    /// Blank rows that end the table; zero for never.
    pub stop_at_blank_rows: u32,
    /// How percentages stand in it.
    pub percent: PercentStyle,
    /// Header of the month's column (long, columns); none where the months are
    /// the headers (wide). Several are synonyms.
    pub month_column: Vec<String>,
    /// Formats of months written as text, tried in order.
    pub month_formats: Vec<String>,
    /// Column header and the text that a row must hold there.
    pub filter: BTreeMap<String, String>,
    /// Markers, compared without case and outer blanks, and what they mean.
    pub missing: BTreeMap<String, Missing>,
    /// Headers of the column that names the indicator (long, wide).
    pub indicator_column: Vec<String>,
    /// Headers of the value's column (long).
    pub value_column: Vec<String>,
    /// Headers of the numerator's column (long); may be empty.
    pub numerator_column: Vec<String>,
    /// Headers of the denominator's column (long); may be empty.
    pub denominator_column: Vec<String>,
    /// What the table calls each indicator. Empty where it uses the references.
    pub names: BTreeMap<IndicatorRef, Naming>,
}

/// What a table calls one indicator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Naming {
    /// Row keys or column headers; several are synonyms.
    pub names: Vec<String>,
    /// Header of its numerator's column (columns); may be absent.
    pub numerator: Option<String>,
    /// Header of its denominator's column (columns); may be absent.
    pub denominator: Option<String>,
}
