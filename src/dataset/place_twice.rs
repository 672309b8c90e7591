//! Two places for one indicator and month.
//!
//! Places are held against each other and not figures: a blank cell, a marker
//! and the same number again are a second place as another number is, because
//! nothing says which of the two the indicator's figure is typed in. Only what
//! is one place to whoever looks at the sheet repeats: a cell that is merged
//! over its neighbours, and a row under an indicator's old name that its new
//! one carries on.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::cell_mapping::CellMapping;
use super::page::Page;
use super::report::{ReadReport, RowColumn, month_words};
use super::text;
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::{Heading, Naming, Orientation, Table};
use crate::workbook::{Cell, Grid};

/// What tells two places of a sheet from one.
pub(super) struct Places<'g> {
    grid: &'g Grid,
    table: &'g Table,
    /// The last row and column of each merged cell, by its first; made when it
    /// is first asked for, because most sheets never ask.
    merged: OnceLock<BTreeMap<RowColumn, RowColumn>>,
}

impl<'g> Places<'g> {
    pub(super) fn new(page: &Page<'g>) -> Self {
        Self { grid: page.grid, table: page.table, merged: OnceLock::new() }
    }

    /// Whether a cell is merged over a place, which is then that cell again.
    pub(super) fn is_merged(&self, cell: RowColumn, place: RowColumn) -> bool {
        let merged = self.merged.get_or_init(|| {
            self.grid.merges.iter().map(|merge| ((merge.top, merge.left), (merge.bottom, merge.right))).collect()
        });
        merged.get(&cell).is_some_and(|last| {
            (cell.0..=last.0).contains(&place.0) && (cell.1..=last.1).contains(&place.1) && cell != place
        })
    }

    /// Whether two rows call one indicator by two of its declared names: a row
    /// that was renamed goes on below its old one, each blank where the other
    /// is filled.
    pub(super) fn are_synonyms(&self, indicator: &Indicator, first: u32, second: u32) -> bool {
        if first == second || self.table.orientation == Orientation::Columns {
            return false;
        }
        let whole = indicator.segment.as_ref().map_or(&indicator.reference, |segment| &segment.parent);
        let Some(naming) = self.table.names.get(whole) else { return false };
        let name = |row: u32| {
            let from = self.grid.cells.partition_point(|cell| cell.0 < row);
            let cells = self.grid.cells.get(from..).unwrap_or_default().iter().take_while(|cell| cell.0 == row);
            cells.map(|(_, _, cell)| cell).find_map(|cell| named(cell, naming, whole.as_str()))
        };
        matches!((name(first), name(second)), (Some(first), Some(second)) if first != second)
    }
}

/// A cell's text where it is one of an indicator's names.
fn named(cell: &Cell, naming: &Naming, reference: &str) -> Option<String> {
    let Cell::Text(typed) = cell else { return None };
    let key = text::key(typed);
    let is = |heading: &Heading| match heading {
        Heading::Name(name) => text::key(name) == key,
        Heading::Pattern(pattern) => pattern.is_match(&text::collapsed(typed)),
    };
    (key == text::key(reference) || naming.names.iter().any(is)).then_some(key)
}

/// A place that an indicator's month has, and whether it holds nothing.
#[derive(Clone, Copy)]
pub(super) struct PlaceHeld {
    pub(super) sheet: usize,
    pub(super) spot: RowColumn,
    pub(super) blank: bool,
}

/// F401: which of two is right is not ours to say.
pub(super) fn report(
    mapping: &CellMapping<'_, '_>,
    first: PlaceHeld,
    second: PlaceHeld,
    table: &Table,
    report: &mut ReadReport,
) {
    let [a, b] = report.addresses((first.sheet, first.spot), (second.sheet, second.spot));
    let (reference, month) = (&mapping.indicator.reference, month_words(mapping.month));
    let message = match (first.blank, second.blank) {
        (false, false) => format!("two figures for {reference} in {month}: {a} and {b}; expected one"),
        (true, false) => format!("two places for {reference} in {month}: {a}, which is blank, and {b}; expected one"),
        (false, true) => format!("two places for {reference} in {month}: {a} and {b}, which is blank; expected one"),
        (true, true) => format!("two places for {reference} in {month}: {a} and {b}, both blank; expected one"),
    };
    let across = matches!(table.orientation, Orientation::Wide | Orientation::Pairs | Orientation::Blocks);
    let hint = if across && first.sheet == second.sheet && first.spot.1 != second.spot.1 {
        "head one of the columns otherwise, or say under which heading the figures stand (`under`) in sources.toml"
    } else {
        "delete one of them, or part the rows with `filter` or `drop_rows` in sources.toml"
    };
    report.at_figure(Code::Duplicate, second.spot, mapping.indicator, mapping.month, message, hint);
}
