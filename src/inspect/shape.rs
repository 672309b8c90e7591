//! Which table stands in a sheet, if one does.

use super::figures::Figures;
use super::filter::Filter;
use super::lines::{Line, words};
use super::{across, tables};
use crate::dataset::number::number;
use crate::domain::ids::IndicatorRef;

/// A table that was recognised.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
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
        /// The look of the figures.
        figures: Figures,
    },
}

impl Shape {
    /// The look of its figures.
    pub(super) fn figures(&self) -> Figures {
        match self {
            Self::Long(table) | Self::Columns(table) => table.figures.clone(),
            Self::Wide(table) | Self::Pairs(table, _) => table.figures.clone(),
            Self::Bare { figures, .. } => figures.clone(),
            Self::Blocks(blocks) => {
                let mut figures = Figures::default();
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
    /// The look of the figures.
    pub(super) figures: Figures,
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
    /// The look of the figures.
    pub(super) figures: Figures,
}

/// The table of a sheet's rows.
pub(super) fn of(lines: &[Line<'_>]) -> Option<Shape> {
    across::find(lines).or_else(|| tables::find(lines)).or_else(|| bare(lines))
}

/// A name and a figure in every row, from the first.
fn bare(lines: &[Line<'_>]) -> Option<Shape> {
    let first = lines.first()?;
    let is_name = |cell: &(u32, &crate::workbook::Cell)| number(cell.1).is_none();
    let name = first.cells.iter().find(|cell| is_name(cell))?.0;
    let value = first.cells.iter().find(|cell| cell.0 > name && number(cell.1).is_some())?.0;
    let rows = || lines.iter().filter(|line| line.cell(name).is_some() && line.cell(value).is_some());
    let names: Vec<String> = rows().filter_map(|line| line.cell(name).map(words)).collect();
    let figures = Figures::of(rows().filter_map(|line| line.cell(value)));
    (names.len() * 2 >= lines.len()).then_some(Shape::Bare { name, value, names, figures })
}

/// How well a column's header suits the name of an indicator; 0 for not at all.
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
    // References of the register's own kind are best, then words; a list's
    // numbers "1", "2" name nothing.
    let references = names.iter().all(|name| is_reference(name));
    let words = names.iter().any(|name| name.chars().filter(|c| c.is_alphabetic()).count() > 1);
    let headed = WORDS.iter().any(|word| key == *word);
    match (references, words) {
        (true, _) => 8 + usize::from(headed),
        (_, true) => 2 + 4 * usize::from(headed),
        _ => 0,
    }
}

/// Whether a name could stand in the register as it is: it holds a digit, or
/// every word in capitals would do.
pub(super) fn is_reference(name: &str) -> bool {
    IndicatorRef::parse(name).is_ok() && name.contains(|c: char| c.is_ascii_digit())
}
