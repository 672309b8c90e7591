//! Two places for one indicator and month.
//!
//! Places are held against each other and not figures: a blank cell, a marker
//! and the same number again are a second place as another number is, because
//! nothing says which of the two the indicator's figure is typed in. Only what
//! is one place to whoever looks at the sheet repeats: a cell that is merged
//! over its neighbours, and a row under an indicator's old name that its new
//! one carries on where the old one ends. Two rows that take turns are two.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::cell_mapping::CellMapping;
use super::page::Page;
use super::report::{ReadReport, RowColumn, month_words};
use super::rows::TableRow;
use super::text;
use crate::domain::finding::{Code, Severity};
use crate::domain::indicator::Indicator;
use crate::domain::layout::{Heading, Naming, Orientation, Table};
use crate::domain::period::Period;
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

    /// The rows of an indicator by the declared names that they carry.
    pub(super) fn named_rows<'m>(
        &self,
        indicator: &Indicator,
        mappings: impl Iterator<Item = &'m CellMapping<'m, 'm>>,
    ) -> NamedRows {
        let mut named = NamedRows::default();
        let whole = indicator.segment.as_ref().map_or(&indicator.reference, |segment| &segment.parent);
        let Some(naming) = self.table.names.get(whole) else { return named };
        if self.table.orientation == Orientation::Columns {
            return named;
        }
        named.are_lasting = self.table.orientation != Orientation::Long;
        for mapping in mappings {
            let row = mapping.cells.spot().0;
            let name = match named.names.get(&row) {
                Some(name) => name.clone(),
                None => {
                    let cells = TableRow::at(self.grid, row).into_iter().flat_map(TableRow::cells);
                    let Some(name) = cells.into_iter().find_map(|cell| named_by(cell, naming, whole.as_str())) else {
                        continue;
                    };
                    named.names.insert(row, name.clone());
                    name
                }
            };
            if !mapping.cells.are_blank() {
                let (first, last) = named.months.entry(name).or_insert((mapping.month, mapping.month));
                (*first, *last) = ((*first).min(mapping.month), (*last).max(mapping.month));
            }
        }
        named
    }
}

/// How a row goes on under another of its indicator's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Renamed {
    /// It does not: the rows take turns, or run side by side.
    No,
    /// Below the old one, or as rows of months do that each have their own.
    On,
    /// Above the old one, which ends before this month.
    Above(Period),
}

/// The rows of an indicator in a sheet by the declared names that they carry.
#[derive(Default)]
pub(super) struct NamedRows {
    names: BTreeMap<u32, String>,
    /// The first and the last month in which a name has anything.
    months: BTreeMap<String, (Period, Period)>,
    /// Whether a row holds more than a month.
    are_lasting: bool,
}

impl NamedRows {
    /// How the one of two rows goes on from the other. Of a row that holds nothing
    /// there is no doubt which of the two is filled in.
    pub(super) fn renamed(&self, first: u32, second: u32) -> Renamed {
        let (Some(one), Some(other)) = (self.names.get(&first), self.names.get(&second)) else { return Renamed::No };
        if one == other {
            return Renamed::No;
        }
        let (Some(one), Some(other)) = (self.months.get(one), self.months.get(other)) else { return Renamed::On };
        // In the month of the change both may hold it, which is told of that month.
        let (old, new) =
            if one.0 < other.0 { ((first, one), (second, other)) } else { ((second, other), (first, one)) };
        match old.1.1 <= new.1.0 {
            false => Renamed::No,
            true if self.are_lasting && old.0 > new.0 => Renamed::Above(old.1.1),
            true => Renamed::On,
        }
    }

    /// Whether a month is the last in which any of the names has something.
    pub(super) fn is_last(&self, month: Period) -> bool {
        self.months.values().all(|(_, last)| *last <= month)
    }
}

/// F401, as a caution: a row goes on above its old one, where a figure in the
/// wrong one of the two looks alike.
pub(super) fn report_above(mapping: &CellMapping<'_, '_>, rows: (u32, u32), ends: Period, report: &mut ReadReport) {
    let (new, old) = (rows.0.min(rows.1), rows.0.max(rows.1));
    let reference = &mapping.indicator.reference;
    let message = format!(
        "two rows for {reference}: row {}, the upper one, goes on from row {}, which ends in {}; expected the newer row below the older",
        new + 1,
        old + 1,
        month_words(ends)
    );
    let hint = "check in which of the two rows the figures belong; nothing, if the upper row is the newer";
    report.at_figure(Code::Duplicate, mapping.cells.spot(), mapping.indicator, mapping.month, message, hint);
    if let Some(finding) = report.findings.last_mut() {
        finding.severity = finding.severity.min(Severity::Caution);
    }
}

/// A cell's text where it is one of an indicator's names.
fn named_by(cell: &Cell, naming: &Naming, reference: &str) -> Option<String> {
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
