//! What the heading of a table says, for a room that has no indicators yet.

use super::header::{Header, Levels};
use super::months::Month;
use super::page::Page;
use super::report::ReadReport;
use super::{notes, text};
use crate::domain::layout::{Heading, Source};
use crate::domain::period::Period;
use crate::workbook::Grid;

/// Columns whose headings are looked at: no table made by hand has more.
const COLUMNS: usize = 512;

/// A column under a month, and what else stands over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SightedMonth {
    pub(crate) column: u32,
    pub(crate) month: Month,
    pub(crate) heading: String,
}

/// The columns that stand for a month as the source declares it, whatever else
/// stands over them.
pub(crate) fn months(source: &Source, naming: &[u32], grid: &Grid, file: &str) -> Vec<SightedMonth> {
    let table = &source.table;
    let mut report = ReadReport::new(source, file, Period::EARLIEST);
    let Some(page) = Page::open(grid, table, file, &mut report) else { return Vec::new() };
    let levels = Levels { any: true, ..page.levels() };
    let found = Header::read(grid, &table.header_rows).months(naming, levels, &mut page.months(), &mut report);
    found
        .into_iter()
        .map(|found| SightedMonth { column: found.at, month: found.month, heading: found.heading })
        .collect()
}

/// Each column and the heading by which it is found alone: its lowest row's
/// where that will do. Columns that share theirs are left out.
pub(crate) fn headings(grid: &Grid, rows: &[u32]) -> Vec<(u32, String)> {
    let header = Header::read(grid, rows);
    let mut found = Vec::new();
    for ((row, column), joined) in header.headed().take(COLUMNS) {
        let held = grid.cells.binary_search_by_key(&(row, column), |cell| (cell.0, cell.1));
        let lowest = held.ok().and_then(|at| grid.cells.get(at)).map(|cell| text::collapsed(&text::of(&cell.2)));
        let names = [lowest.unwrap_or_default(), text::collapsed(joined)];
        let is_alone = |name: &&String| !name.is_empty() && header.find(&[Heading::Name((*name).clone())]) == [column];
        found.extend(names.iter().find(is_alone).map(|name| (column, name.clone())));
    }
    found
}

/// A text without the marks of official statistics at its end; none where it
/// has none.
pub(crate) fn without_marks(typed: &str) -> Option<String> {
    notes::without_marks(typed)
}
