//! A row for each indicator and month.

use super::cell_mapping::{CellMapping, Cells, MappedCell, Unread};
use super::months::LabelSpan;
use super::names::Names;
use super::page::Page;
use super::report::ReadReport;
use super::row_months::RowMonths;
use super::rows::{self, TableRow};
use super::segments::Segments;
use crate::domain::indicator::Indicator;
use crate::domain::layout::OwnRating;
use crate::domain::period::Period;

/// The mappings of a long table; none, with findings, where its header is not
/// the declared one.
pub(super) fn mappings<'g, 'i>(
    page: &Page<'g>,
    indicators: &'i [&'i Indicator],
    report: &mut ReadReport,
) -> Vec<CellMapping<'g, 'i>> {
    let (grid, table) = (page.grid, page.table);
    let header = page.header();
    let months = RowMonths::find(page, header, report);
    let naming = header.naming(&table.indicator_column, report);
    let numerator = header.optional("the numerator", &table.numerator_column, None, report);
    let denominator = header.optional("the denominator", &table.denominator_column, None, report);
    // A ratio needs no value of its own where both its parts are declared.
    let is_worked =
        table.value_column.is_empty() && !table.numerator_column.is_empty() && !table.denominator_column.is_empty();
    let value = if is_worked { None } else { header.required("the value", &table.value_column, None, report) };
    let rag = match &table.own_rating {
        Some(OwnRating::Column(names, _)) => header.required("the source's own rating", names, None, report),
        _ => None,
    };
    let not_due = header.optional("those not due yet", &table.not_due_column, None, report);
    let mark = header.optional("the marks of figures", &table.mark_column, None, report);
    header.report_shared(
        &[
            ("the value", value),
            ("the numerator", numerator),
            ("the denominator", denominator),
            ("those not due yet", not_due),
        ],
        report,
    );
    let segments = Segments::find(table, indicators, header, report);
    let filters = rows::filters(header, table, report);
    let (Some(mut months), Some(naming), Some(mut segments), Some(filters), false) =
        (months, naming, segments, filters, report.has_structural_here())
    else {
        return Vec::new();
    };

    let (mut names, mut unread) = (Names::new(page, indicators, &naming, |_| true), Unread::default());
    // Rows come to mappings, mostly, and mappings are large to move.
    let rows = grid.cells.last().map_or(0, |(row, _, _)| *row as usize + 1);
    let mut mappings = Vec::with_capacity(rows.min(grid.cells.len()));
    for row in rows::body(grid, table, &filters) {
        let Some(indicator) = names.of_row(row, &naming) else { continue };
        let Some(indicator) = segments.of_row(row, indicator) else { continue };
        let given = |column: Option<u32>| column.map(|column| MappedCell::at(row, column));
        let cells = Cells {
            rag: given(rag),
            mark: given(mark),
            not_due: given(not_due),
            ..Cells::new(given(value), given(numerator), given(denominator))
        };
        let month = month_of(row, indicator, &cells, &mut months, &mut unread);
        mappings.extend(month.map(|(month, span)| CellMapping { indicator, month, span, cells }));
    }
    if let RowMonths::Column(months) = &mut months {
        months.report_notes(report);
    }
    unread.report(&mappings, report);
    names.report_unknown(report);
    segments.report_unknown(report);
    mappings
}

/// A row's month for an indicator; none, which is remembered, where a figure
/// stands beside none.
fn month_of<'g>(
    row: TableRow<'g>,
    indicator: &Indicator,
    cells: &Cells<'g>,
    months: &mut RowMonths<'g>,
    unread: &mut Unread,
) -> Option<(Period, LabelSpan)> {
    match months {
        RowMonths::Column(months) => {
            let (given, read) = months.read(row);
            let is_nothing = || given.cell.is_none() || read.as_ref().is_ok_and(|month| month.of(indicator).is_none());
            if cells.are_blank() && is_nothing() {
                return None;
            }
            unread.month(given, &read, indicator, || months.expected())
        }
        RowMonths::Sheet(month) if month.span() == LabelSpan::Quarter && !cells.are_blank() => {
            let given = MappedCell { spot: cells.spot(), cell: None };
            unread.month(given, &Ok(*month), indicator, String::new)
        }
        // A sheet of a year says nothing of a monthly indicator.
        RowMonths::Sheet(month) => month.of(indicator).map(|period| (period, month.span())),
    }
}
