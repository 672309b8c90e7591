//! A sheet's rows that are not blank.

use std::collections::BTreeSet;

use crate::dataset::text;
pub(super) use crate::workbook::letters;
use crate::workbook::{Cell, Grid};

/// One row's cells that hold something, left to right.
#[derive(Debug, Clone)]
pub(super) struct SheetRow<'g> {
    /// Its number, from 0.
    pub(super) number: u32,
    /// Column and cell.
    pub(super) cells: Vec<(u32, &'g Cell)>,
}

impl<'g> SheetRow<'g> {
    pub(super) fn cell(&self, column: u32) -> Option<&'g Cell> {
        // Most rows begin in the first column and have no gaps.
        let guess = self.cells.get(column as usize).filter(|cell| cell.0 == column);
        guess.or_else(|| self.cells.iter().find(|cell| cell.0 == column)).map(|cell| cell.1)
    }

    /// A column's text; empty where there is none.
    pub(super) fn text(&self, column: u32) -> String {
        self.cell(column).map(words).unwrap_or_default()
    }

    /// The first text of the row.
    pub(super) fn first(&self) -> String {
        self.cells.first().map(|cell| words(cell.1)).unwrap_or_default()
    }
}

/// The rows of a sheet, top to bottom.
pub(super) fn rows(grid: &Grid) -> Vec<SheetRow<'_>> {
    grid.cells
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|row| {
            let cells: Vec<(u32, &Cell)> =
                row.iter().filter(|cell| !is_blank(&cell.2)).map(|cell| (cell.1, &cell.2)).collect();
            Some(SheetRow { number: row.first()?.0, cells }).filter(|row| !row.cells.is_empty())
        })
        .collect()
}

fn is_blank(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if text.trim().is_empty())
}

/// Each text once, in the order of its first place; blank ones left out.
pub(super) fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    texts.filter(|text| !text.is_empty() && seen.insert(text.clone())).collect()
}

/// A cell as one line of text.
pub(super) fn words(cell: &Cell) -> String {
    text::collapsed(&text::of(cell))
}
