//! Which table stands in a sheet, if one does.

use super::figures::FigureTally;
use super::filter::Filter;
use super::rows::{SheetRow, words};
use super::{across, tables};
use crate::dataset::number::number;
use crate::domain::ids::IndicatorRef;

/// A table that was recognised.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TableShape {
    /// A row for each indicator and month.
    Long(Headed),
    /// A row for each month, a column for each indicator.
    Columns(Headed),
    /// A row for each indicator, a column for each month.
    Wide(Across),
    /// Several rows for each indicator; what they hold, in order.
    Pairs(Across, Vec<&'static str>),
    /// Wide tables, each under a title.
    Blocks(Vec<(String, Across)>),
    /// Names and figures without a header, in these columns.
    Bare {
        /// The column of names.
        name: u32,
        /// The column of figures.
        value: u32,
        /// The names.
        names: Vec<String>,
        /// What its figures look like.
        figures: FigureTally,
    },
}

impl TableShape {
    /// What its figures look like.
    pub(super) fn figures(&self) -> FigureTally {
        match self {
            Self::Long(table) | Self::Columns(table) => table.figures.clone(),
            Self::Wide(table) | Self::Pairs(table, _) => table.figures.clone(),
            Self::Bare { figures, .. } => figures.clone(),
            Self::Blocks(blocks) => {
                let mut figures = FigureTally::default();
                blocks.iter().for_each(|(_, table)| figures.join(&table.figures));
                figures
            }
        }
    }
}

/// A table under one header row of texts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Headed {
    /// The header's row, from 0.
    pub(super) header: u32,
    /// Headers of what was recognised.
    pub(super) month: String,
    /// How its months are written; empty where they are true dates.
    pub(super) formats: Vec<&'static str>,
    /// The month, 1 to 12, of the last that has no year.
    pub(super) yearless: Option<u32>,
    /// The header of the indicator's column (long).
    pub(super) indicator: String,
    /// The header of the value's column (long).
    pub(super) value: Option<String>,
    /// The header of the numerator's column (long).
    pub(super) numerator: Option<String>,
    /// The header of the denominator's column (long).
    pub(super) denominator: Option<String>,
    /// How rows of one indicator and month are told apart, where they must be (long).
    pub(super) filter: Option<Filter>,
    /// What the rows or columns name.
    pub(super) names: Vec<String>,
    /// What its figures look like.
    pub(super) figures: FigureTally,
}

/// A table with months across.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Across {
    /// Header rows, from 0.
    pub(super) header_rows: Vec<u32>,
    /// First and last column of months.
    pub(super) months: (u32, u32),
    /// How its months are written; empty where they are true dates.
    pub(super) formats: Vec<&'static str>,
    /// The month, 1 to 12, of the last that has no year.
    pub(super) yearless: Option<u32>,
    /// The header of the indicator's column.
    pub(super) indicator: String,
    /// What its rows name.
    pub(super) names: Vec<String>,
    /// Patterns of rows that are no indicator's.
    pub(super) drop: Vec<String>,
    /// What its figures look like.
    pub(super) figures: FigureTally,
}

/// The table of a sheet's rows.
pub(super) fn find(rows: &[SheetRow<'_>]) -> Option<TableShape> {
    across::find(rows).or_else(|| tables::find(rows)).or_else(|| bare(rows))
}

/// A name and a figure in every row, from the first.
fn bare(rows: &[SheetRow<'_>]) -> Option<TableShape> {
    let first = rows.first()?;
    let is_name = |cell: &(u32, &crate::workbook::Cell)| number(cell.1).is_none();
    let name = first.cells.iter().find(|cell| is_name(cell))?.0;
    let value = first.cells.iter().find(|cell| cell.0 > name && number(cell.1).is_some())?.0;
    let named = || rows.iter().filter(|row| row.cell(name).is_some() && row.cell(value).is_some());
    let names: Vec<String> = named().filter_map(|row| row.cell(name).map(words)).collect();
    let figures = FigureTally::count(named().filter_map(|row| row.cell(value)));
    (names.len() * 2 >= rows.len()).then_some(TableShape::Bare { name, value, names, figures })
}

/// How likely a column holds the names of indicators; 0 for not at all.
pub(super) fn naming(header: &str, names: &[String]) -> usize {
    const WORDS: [&str; 12] = [
        "indicator",
        "kpi",
        "measure",
        "performance indicator",
        "pi",
        "ref",
        "reference",
        "indicator id",
        "description",
        "title",
        "metric",
        "name",
    ];
    if names.is_empty() {
        return 0;
    }
    let key: String = header.to_lowercase().replace(['_', '-'], " ");
    // References as the register has them are best, then words; the running
    // numbers "1", "2" of a list are no names.
    let references = names.iter().all(|name| is_reference(name));
    let words = names.iter().any(|name| name.chars().filter(|c| c.is_alphabetic()).count() > 1);
    let headed = WORDS.iter().any(|word| key == *word);
    match (references, words) {
        (true, _) => 8 + usize::from(headed),
        (_, true) => 2 + 4 * usize::from(headed),
        _ => 0,
    }
}

/// Whether a name could be a reference of the register as it is. One without a
/// digit could as well be a word in capitals.
pub(super) fn is_reference(name: &str) -> bool {
    IndicatorRef::parse(name).is_ok() && name.contains(|c: char| c.is_ascii_digit())
}
