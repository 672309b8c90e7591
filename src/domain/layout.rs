//! How a workbook is laid out, as its source declares it.
//!
//! The unusual workbook is declared, never coded: where its table is, which
//! way it runs, what its months and its gaps look like.

use std::collections::BTreeMap;

use regex::Regex;

use super::ids::{IndicatorRef, SourceId};
use super::mark::FigureMark;
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
    /// Which of several matching files is meant; none for "there is to be one".
    pub newest: Option<Newest>,
    /// How many months back an older file may stand in for the one that is due.
    pub carry_forward_months: u32,
    /// The table inside; empty where the source is a list of people.
    pub table: Table,
    /// What is counted, where the source is a list of people.
    pub person: Option<PersonLevel>,
    /// What its rows must satisfy beyond being readable.
    pub checks: super::check::SourceChecks,
}

/// Which of several files is the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Newest {
    /// The one whose name sorts last, numbers in it compared as numbers.
    Name,
    /// The one that was changed last.
    Modified,
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
    /// Several rows for each indicator, a column for each month.
    Pairs,
    /// Wide tables stacked in one sheet, each under its title.
    Blocks,
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

/// Which sheets of a workbook are meant.
#[derive(Debug, Clone, Default)]
pub enum SheetRule {
    /// The first that is shown.
    #[default]
    First,
    /// The one of this name, hidden or not.
    Named(String),
    /// The only shown one whose name matches.
    Match(Regex),
    /// Every shown one whose name matches, in order.
    Each(Regex),
}

/// A header as it is typed, or a pattern that it matches.
#[derive(Debug, Clone)]
pub enum Heading {
    /// Compared without case and odd blanks.
    Name(String),
    /// A regular expression over the header with its blanks collapsed.
    Pattern(Regex),
}

impl Heading {
    /// The name or the pattern as declared.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Name(name) => name,
            Self::Pattern(pattern) => pattern.as_str(),
        }
    }
}

impl PartialEq for Heading {
    fn eq(&self, other: &Self) -> bool {
        matches!(self, Self::Name(_)) == matches!(other, Self::Name(_)) && self.as_str() == other.as_str()
    }
}

impl Eq for Heading {}

impl std::fmt::Display for Heading {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name(name) => write!(f, "\"{name}\""),
            Self::Pattern(pattern) => write!(f, "/{}/", pattern.as_str()),
        }
    }
}

/// Where a sheet says something of itself outside its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outside {
    /// In its own name.
    Sheet,
    /// In the file's name.
    File,
    /// In a text above its header.
    Title,
}

/// A text outside the table, and the part of it that counts.
#[derive(Debug, Clone)]
pub struct OutsideText {
    /// Where it stands.
    pub place: Outside,
    /// Its first group, or all that it matches; none for the whole text.
    pub pattern: Option<Regex>,
}

/// The words that stand for a format of months beside those of `strftime`.
pub const MONTH_FORMATS: [&str; 5] = ["serial", "fy-month", "fy-quarter", "financial-year", "academic-year"];

/// The financial year of months that are written without a year.
#[derive(Debug, Clone)]
pub enum FinancialYear {
    /// This one, by the year it begins in.
    From(i32),
    /// The one that the workbook names, as 2025/26 or 2025-26.
    Said(OutsideText),
    /// The one over each month in its heading, or from January to December.
    Above,
}

/// What a row of an indicator's group holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The numerator.
    Numerator,
    /// The denominator.
    Denominator,
    /// The value.
    Value,
    /// Those of the denominator whose time is not up yet.
    NotDue,
    /// Nothing that counts.
    Skip,
}

/// What becomes of hidden rows, columns and sheets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hidden {
    /// They are left out, which is noted.
    #[default]
    Skip,
    /// They are read like the rest.
    Read,
}

/// A colour that a source gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwnColour {
    /// Red.
    Red,
    /// Amber.
    Amber,
    /// Green.
    Green,
}

impl OwnColour {
    /// "red", "amber", "green".
    pub fn word(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Amber => "amber",
            Self::Green => "green",
        }
    }
}

/// Where a source keeps the rating that it gives itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnRating {
    /// In the fill of the value's cell: red, green and blue as in `C00000`.
    Fill(BTreeMap<u32, OwnColour>),
    /// In a column of its own (long), by its text in small letters.
    Column(Vec<Heading>, BTreeMap<String, OwnColour>),
}

/// A declared table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Which sheets hold it.
    pub sheet: SheetRule,
    /// Which way it runs.
    pub orientation: Orientation,
    /// Sheet rows that make the header, counted from 1; none where columns are
    /// named by their letters.
    pub header_rows: Vec<u32>,
    /// Rows to drop, by the text of their first cell that is not blank.
    pub drop_rows: Vec<Regex>,
    /// Blank rows that end the table; zero for never.
    pub stop_at_blank_rows: u32,
    /// What becomes of what is hidden.
    pub hidden: Hidden,
    /// How percentages stand in it.
    pub percent: PercentStyle,
    /// Header of the month's column (long, columns); none where the months are
    /// the headers (wide). Several are synonyms.
    pub month_column: Vec<Heading>,
    /// Header of the column that says the year of the month's column (long,
    /// columns): on every row, or on the first of those it holds for.
    pub year_column: Vec<Heading>,
    /// Where the month of the whole sheet is said (long and columns without a
    /// month's column).
    pub month_said: Option<OutsideText>,
    /// Formats of months written as text, tried in order.
    pub month_formats: Vec<String>,
    /// What may stand round a month and is no part of it.
    pub month_notes: Vec<Regex>,
    /// The year of months that are written without one.
    pub financial_year: Option<FinancialYear>,
    /// Column header and the text that a row must hold there.
    pub filter: BTreeMap<String, String>,
    /// Markers, compared without case and outer blanks, and what they mean.
    pub missing: BTreeMap<String, Missing>,
    /// What may stand behind a number, or in the column of marks, and what it says of the
    /// figure; none where it says nothing. Compared as `missing` is.
    pub marks: BTreeMap<String, Option<FigureMark>>,
    /// Headers of the column of marks (long); may be empty.
    pub mark_column: Vec<Heading>,
    /// Headers of the column that names the indicator (all but columns).
    pub indicator_column: Vec<Heading>,
    /// Headers of the value's column (long).
    pub value_column: Vec<Heading>,
    /// Headers of the numerator's column (long); may be empty.
    pub numerator_column: Vec<Heading>,
    /// Headers of the denominator's column (long); may be empty.
    pub denominator_column: Vec<Heading>,
    /// Headers of the column of those not due yet (long); may be empty.
    pub not_due_column: Vec<Heading>,
    /// Columns that name the part of an indicator that a row counts (long).
    pub segments: Vec<SegmentColumn>,
    /// The source's own rating, where it is kept.
    pub own_rating: Option<OwnRating>,
    /// What the rows of an indicator hold, in order (pairs).
    pub parts: Vec<Part>,
    /// What the table calls each indicator. Empty where it uses the references.
    pub names: BTreeMap<IndicatorRef, Naming>,
}

impl Table {
    /// Whether an indicator is declared to stand under a heading of its own.
    pub fn has_under(&self) -> bool {
        self.names.values().any(|naming| self.under_of(naming).is_some())
    }

    /// The heading that an indicator stands under: its value's, else its
    /// numerator's, where months stand across.
    pub fn under_of<'n>(&self, naming: &'n Naming) -> Option<&'n Heading> {
        let part = naming.numerator.as_ref().filter(|_| self.orientation == Orientation::Wide);
        naming.under.as_ref().or(part)
    }
}

/// A column whose cells name a category.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SegmentColumn {
    /// Its header; several are synonyms.
    pub column: Vec<Heading>,
    /// The breakdowns that it speaks of.
    pub by: Vec<String>,
    /// What a cell holds where its row speaks of the whole.
    pub whole: Vec<String>,
    /// What it calls categories, beside their titles and names.
    pub names: BTreeMap<String, Vec<Heading>>,
}

/// What a table calls one indicator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Naming {
    /// Row keys or column headers; several are synonyms.
    pub names: Vec<Heading>,
    /// Header of its numerator's column (columns); may be absent.
    pub numerator: Option<Heading>,
    /// Header of its denominator's column (columns); may be absent.
    pub denominator: Option<Heading>,
    /// Header of the column of those not due yet (columns); may be absent.
    pub not_due: Option<Heading>,
    /// The title of the only block that it stands in (blocks).
    pub block: Option<String>,
    /// What stands over its months, or under them (wide, pairs); may be absent
    /// where nothing else does.
    pub under: Option<Heading>,
}
