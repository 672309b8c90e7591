//! Rows that hold figures and no name.
//!
//! A name that is merged over the rows below it names them too. Any other row
//! without one is nobody's: between named rows its name was most likely
//! forgotten, or stands in the row above, for both.

use std::collections::BTreeSet;

use super::cell_mapping::CellMapping;
use super::fill::Fill;
use super::page::Page;
use super::report::{ReadReport, listed};
use super::rows::{self, TableRow};
use super::{nearly, number, row_width, text};
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::Orientation;
use crate::workbook::Cell;

/// F216, once for a sheet.
pub(super) fn check(
    page: &Page<'_>,
    mappings: &[CellMapping<'_, '_>],
    indicators: &[&Indicator],
    report: &mut ReadReport,
) {
    let table = page.table;
    if !matches!(table.orientation, Orientation::Long | Orientation::Wide) || mappings.is_empty() {
        return;
    }
    let (header, mut aside) = (page.header(), report.aside());
    let naming = header.naming(&table.indicator_column, &mut aside);
    let (Some(naming), Some(filters)) = (naming, rows::filters(header, table, &mut aside)) else { return };
    let figures: BTreeSet<u32> = row_width::figures(mappings).collect();
    let merged = Fill::of(page.grid, &naming);
    let is_named = |row: TableRow<'_>| {
        let cell = |column: &u32| row.cell(*column).or_else(|| merged.over(row.number, *column));
        naming.iter().filter_map(cell).any(|cell| !text::of(cell).is_empty())
    };
    let holds = |row: TableRow<'_>| {
        let is_figure = |column: &u32| row.cell(*column).is_some_and(|cell| number::number(cell).is_some());
        figures.iter().any(is_figure)
    };
    let says_other =
        |row: TableRow<'_>| row.cells().any(|cell| matches!(cell, Cell::Text(typed) if nearly::is_companion(typed)));
    let (mut between, mut outside, mut open) = (Vec::new(), Vec::new(), Vec::new());
    let mut is_below_a_name = false;
    for row in rows::body(page.grid, table, &filters) {
        if is_named(row) {
            if is_below_a_name { &mut between } else { &mut outside }.append(&mut open);
            is_below_a_name = true;
        } else if holds(row) && !says_other(row) {
            open.push(row);
        }
    }
    // At the end or the beginning a total may stand so, unless somebody is missing.
    let is_here = |mapping: &&CellMapping<'_, '_>| {
        table.orientation == Orientation::Wide || mapping.month == mapping.indicator.latest_due(report.period)
    };
    let is_missing = || {
        let there: BTreeSet<_> = mappings.iter().filter(is_here).map(|mapping| &mapping.indicator.reference).collect();
        indicators.iter().any(|one| one.segment.is_none() && !there.contains(&one.reference))
    };
    outside.append(&mut open);
    if !outside.is_empty() && !is_missing() {
        outside.clear();
    }
    between.append(&mut outside);
    between.sort_unstable_by_key(|row| row.number);
    let Some(first) = between.first() else { return };
    let spot = (first.number, naming.first().copied().unwrap_or_default());
    let numbers: Vec<String> = between.iter().map(|row| (row.number + 1).to_string()).collect();
    let message = match numbers.as_slice() {
        [only] => format!("row {only} holds figures and no name, and is left out"),
        several => format!("rows {} hold figures and no name, and are left out", listed(several)),
    };
    let hint = "type there which indicator it is, in each row, or merge the name over its rows; if it is none, say in its first cell what it is, such as Total";
    report.at_cell(Code::RowUnnamed, spot, message, hint);
}
