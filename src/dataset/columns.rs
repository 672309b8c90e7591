//! A row for each month, a column for each indicator.

use super::cell_mapping::{CellMapping, Cells, MappedCell, Unread};
use super::header::Header;
use super::page::Page;
use super::report::ReadReport;
use super::row_months::{RowMonths, RowOrder};
use super::rows::{self, TableRow};
use super::{nearly, text};
use crate::domain::indicator::Indicator;
use crate::domain::layout::{Heading, Table};

/// Where an indicator's figures stand.
struct TableColumns<'i> {
    indicator: &'i Indicator,
    value: Option<u32>,
    numerator: Option<u32>,
    denominator: Option<u32>,
    not_due: Option<u32>,
}

impl<'i> TableColumns<'i> {
    /// Its columns; none, with findings, where a declared one is missing.
    fn find(indicator: &'i Indicator, header: &Header<'_>, table: &Table, report: &mut ReadReport) -> Option<Self> {
        let naming = table.names.get(&indicator.reference);
        let part = |role, name: Option<&Heading>, report: &mut ReadReport| match name {
            None => Ok(None),
            Some(name) => {
                header.required(role, std::slice::from_ref(name), Some(indicator), report).map(Some).ok_or(())
            }
        };
        let numerator = part("the numerator", naming.and_then(|naming| naming.numerator.as_ref()), report);
        let denominator = part("the denominator", naming.and_then(|naming| naming.denominator.as_ref()), report);
        let not_due = part("those not due yet", naming.and_then(|naming| naming.not_due.as_ref()), report);
        let names = naming.map(|naming| naming.names.clone()).filter(|names| !names.is_empty());
        // A ratio needs no value of its own where both its parts are there.
        let is_worked = names.is_none() && matches!((numerator, denominator), (Ok(Some(_)), Ok(Some(_))));
        let names = names.unwrap_or_else(|| vec![Heading::Name(indicator.reference.as_str().to_owned())]);
        let value = if is_worked && header.find(&names).is_empty() {
            Ok(None)
        } else {
            header.required("the value", &names, Some(indicator), report).map(Some).ok_or(())
        };
        match (value, numerator, denominator, not_due) {
            (Ok(value), Ok(numerator), Ok(denominator), Ok(not_due)) => {
                Some(Self { indicator, value, numerator, denominator, not_due })
            }
            _ => {
                report.excuse(&indicator.reference);
                None
            }
        }
    }

    fn cells<'g>(&self, row: TableRow<'g>) -> Cells<'g> {
        let given = |column: Option<u32>| column.map(|column| MappedCell::at(row, column));
        Cells {
            not_due: given(self.not_due),
            ..Cells::new(given(self.value), given(self.numerator), given(self.denominator))
        }
    }
}

/// The mappings of a table with a column for each indicator. An indicator whose
/// column is missing costs only itself.
pub(super) fn mappings<'g, 'i>(
    page: &Page<'g>,
    indicators: &'i [&'i Indicator],
    report: &mut ReadReport,
) -> Vec<CellMapping<'g, 'i>> {
    let (grid, table) = (page.grid, page.table);
    let header = page.header();
    let months = RowMonths::find(page, header, report);
    let filters = rows::filters(header, table, report);
    let (Some(mut months), Some(filters)) = (months, filters) else {
        return Vec::new();
    };
    let columns: Vec<TableColumns<'_>> =
        indicators.iter().filter_map(|indicator| TableColumns::find(indicator, header, table, report)).collect();

    let (mut unread, mut order, mut mappings) = (Unread::default(), RowOrder::default(), Vec::new());
    for row in rows::body(grid, table, &filters) {
        let (given, read) = match &mut months {
            RowMonths::Column(months) => months.read(row),
            RowMonths::Sheet(month) => (MappedCell { spot: (row.number, row.first_column()), cell: None }, Ok(*month)),
        };
        // Notes below the table stand in the month's column and beside nothing.
        if columns.iter().all(|columns| columns.cells(row).are_blank()) && read.is_err() {
            continue;
        }
        // Targets, averages and totals below the months are none of them.
        if read.is_err() && given.cell.is_some_and(|cell| nearly::is_companion(&text::of(cell))) {
            continue;
        }
        if let (Ok(month), RowMonths::Column(cells)) = (&read, &months) {
            order.add(&given, *month, cells);
        }
        for columns in &columns {
            let cells = columns.cells(row);
            // A year's row may serve annual indicators and say nothing of others.
            if cells.are_blank() && read.as_ref().is_ok_and(|month| month.of(columns.indicator).is_none()) {
                continue;
            }
            let expected = || match &months {
                RowMonths::Column(months) => months.expected(),
                RowMonths::Sheet(_) => String::new(),
            };
            if let Some((month, span)) = unread.month(given, &read, columns.indicator, expected) {
                mappings.push(CellMapping { indicator: columns.indicator, month, span, cells });
            }
        }
    }
    if let RowMonths::Column(months) = &mut months {
        months.report_notes(report);
    }
    order.report(report);
    unread.report(&mappings, report);
    mappings
}
