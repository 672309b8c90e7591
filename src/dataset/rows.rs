//! The rows that count: below the header, not dropped, passing the filter.

use regex::Regex;

use super::header::Header;
use super::report::ReadReport;
use super::text;
use crate::domain::indicator::Indicator;
use crate::domain::layout::{Heading, Table};
use crate::workbook::{Cell, Grid};

/// One row's cells that hold something, left to right.
#[derive(Debug, Clone, Copy)]
pub(super) struct TableRow<'g> {
    /// Its number, from 0.
    pub(super) number: u32,
    cells: &'g [(u32, u32, Cell)],
}

impl<'g> TableRow<'g> {
    /// A row from its cells, which are all of one row; none from none.
    pub(super) fn of(cells: &'g [(u32, u32, Cell)]) -> Option<Self> {
        Some(Self { number: cells.first()?.0, cells })
    }

    /// The cell in a column; none where it is blank.
    pub(super) fn cell(&self, column: u32) -> Option<&'g Cell> {
        // Most rows begin in the same column and have no gaps.
        let first = self.cells.first()?.1;
        let guess = column.checked_sub(first).and_then(|at| self.cells.get(at as usize));
        if let Some((_, at, cell)) = guess
            && *at == column
        {
            return Some(cell);
        }
        let at = self.cells.binary_search_by_key(&column, |cell| cell.1).ok()?;
        self.cells.get(at).map(|cell| &cell.2)
    }

    /// What it holds, left to right.
    pub(super) fn cells(self) -> impl Iterator<Item = &'g Cell> {
        self.cells.iter().map(|cell| &cell.2)
    }

    /// The row of this number, from 0.
    pub(super) fn at(grid: &'g Grid, row: u32) -> Option<Self> {
        let from = grid.cells.partition_point(|cell| cell.0 < row);
        let to = grid.cells.partition_point(|cell| cell.0 <= row);
        Self::of(grid.cells.get(from..to)?)
    }

    /// What it holds with the columns, left to right.
    pub(super) fn placed(self) -> impl Iterator<Item = (u32, &'g Cell)> {
        self.cells.iter().map(|cell| (cell.1, &cell.2))
    }

    /// The column of its last cell.
    pub(super) fn last_column(&self) -> u32 {
        self.cells.last().map_or(0, |cell| cell.1)
    }

    /// The column of its first cell.
    pub(super) fn first_column(&self) -> u32 {
        self.cells.first().map_or(0, |cell| cell.1)
    }

    /// Whether its first text is one that the layout drops.
    fn is_dropped(&self, drop: &[Regex]) -> bool {
        !drop.is_empty()
            && self
                .cells
                .iter()
                .map(|cell| text::of(&cell.2))
                .find(|text| !text.is_empty())
                .is_some_and(|first| drop.iter().any(|pattern| pattern.is_match(&first)))
    }

    /// The text that stands alone in its row; none where anything else does.
    pub(super) fn only_text(self) -> Option<&'g str> {
        let mut held = self.cells().filter(|cell| !matches!(cell, Cell::Text(text) if text::trim(text).is_empty()));
        match (held.next(), held.next()) {
            (Some(Cell::Text(title)), None) => Some(title),
            _ => None,
        }
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(|(_, _, cell)| matches!(cell, Cell::Text(text) if text::trim(text).is_empty()))
    }
}

/// Column and text of each filter; none where a column is missing, which is reported.
pub(super) fn filters<'t>(
    header: &Header<'_>,
    table: &'t Table,
    report: &mut ReadReport,
) -> Option<Vec<(u32, &'t str)>> {
    let found: Vec<_> = table
        .filter
        .iter()
        .map(|(column, text)| {
            let heading = Heading::Name(column.clone());
            header.required("to filter by", std::slice::from_ref(&heading), None, report).map(|at| (at, text.as_str()))
        })
        .collect();
    found.into_iter().collect()
}

/// Every row of a sheet that is not blank.
pub(super) fn all(grid: &Grid) -> impl Iterator<Item = TableRow<'_>> {
    from(grid, 0)
}

fn from(grid: &Grid, first: u32) -> impl Iterator<Item = TableRow<'_>> {
    let start = grid.cells.partition_point(|cell| cell.0 < first);
    grid.cells
        .get(start..)
        .unwrap_or_default()
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(TableRow::of)
        .filter(|row| !row.is_blank())
}

/// The table's rows, top to bottom.
pub(super) fn body<'g, 'f>(
    grid: &'g Grid,
    table: &'f Table,
    filters: &'f [(u32, &'f str)],
) -> impl Iterator<Item = TableRow<'g>> + use<'g, 'f> {
    between(grid, table, filters, table.header_rows.iter().copied().max().unwrap_or(0), u32::MAX)
}

/// The rows that count from one row, and before another.
pub(super) fn between<'g, 'f>(
    grid: &'g Grid,
    table: &'f Table,
    filters: &'f [(u32, &'f str)],
    first: u32,
    end: u32,
) -> impl Iterator<Item = TableRow<'g>> + use<'g, 'f> {
    let mut last = None;
    from(grid, first)
        .take_while(move |row| {
            let blank = last.map_or(0, |last: u32| row.number - last - 1);
            last = Some(row.number);
            row.number < end && (table.stop_at_blank_rows == 0 || blank < table.stop_at_blank_rows)
        })
        .filter(|row| filters.iter().all(|(column, wanted)| row.cell(*column).is_some_and(|cell| holds(cell, wanted))))
        .filter(|row| !row.is_dropped(&table.drop_rows))
}

/// Whether a cell's text is exactly this, blanks apart.
fn holds(cell: &Cell, wanted: &str) -> bool {
    let found = text::of(cell);
    *found == *wanted || (found.len() != wanted.len() && text::collapsed(&found) == wanted)
}

/// Why there is nothing: what was asked of the sheet.
pub(super) fn none_found(table: &Table, indicators: &[&Indicator]) -> String {
    let filter: Vec<String> = table.filter.iter().map(|(column, text)| format!("{column} = \"{text}\"")).collect();
    let where_ = if filter.is_empty() { String::new() } else { format!(" with {}", filter.join(" and ")) };
    match indicators {
        [only] => format!("no row{where_} holds a figure of {}", only.reference),
        _ => format!("no row{where_} holds a figure of the {} indicators that this source carries", indicators.len()),
    }
}
