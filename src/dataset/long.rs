//! A row for each indicator and month.

use super::cell_mapping::{CellMapping, Cells, MappedCell, Unread};
use super::fill::Fill;
use super::header::Header;
use super::names::Names;
use super::page::Page;
use super::report::ReadReport;
use super::rows;
use super::segments::Segments;
use crate::domain::indicator::Indicator;
use crate::domain::layout::OwnRating;

/// The mappings of a long table; none, with findings, where its header is not
/// the declared one.
pub(super) fn mappings<'g, 'i>(
    page: &Page<'g>,
    indicators: &'i [&'i Indicator],
    report: &mut ReadReport,
) -> Vec<CellMapping<'g, 'i>> {
    let (grid, table) = (page.grid, page.table);
    let header = Header::read(grid, &table.header_rows);
    let (column, of_sheet) = match &table.month_said {
        Some(said) => (None, page.month(said, report)),
        None => (header.required("the month", &table.month_column, None, report), None),
    };
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
    let segments = Segments::find(table, indicators, &header, report);
    let filters = rows::filters(&header, table, report);
    let (Some(naming), Some(mut segments), Some(filters), false) =
        (naming, segments, filters, report.has_structural_here())
    else {
        return Vec::new();
    };

    let (mut names, mut months, mut unread) =
        (Names::new(page, indicators, &naming, None), page.months(), Unread::default());
    let merged = Fill::of(grid, column.as_slice());
    // Rows come to mappings, mostly, and mappings are large to move.
    let rows = grid.cells.last().map_or(0, |(row, _, _)| *row as usize + 1);
    let mut mappings = Vec::with_capacity(rows.min(grid.cells.len()));
    for row in rows::body(grid, table, &filters) {
        let Some(indicator) = names.of_row(row, &naming) else { continue };
        let Some(indicator) = segments.of_row(row, indicator) else { continue };
        let given = |column: Option<u32>| column.map(|column| MappedCell::at(row, column));
        let cells = Cells {
            rag: given(rag),
            not_due: given(not_due),
            ..Cells::new(given(value), given(numerator), given(denominator))
        };
        let month = match column {
            Some(column) => {
                let given = MappedCell::under(row, column, &merged);
                if given.cell.is_none() && cells.are_blank() {
                    continue;
                }
                unread.month(given, indicator, &mut months)
            }
            // A sheet of a year says nothing of a monthly indicator.
            None => of_sheet.and_then(|month| month.of(indicator)),
        };
        mappings.extend(month.map(|month| CellMapping { indicator, month, cells }));
    }
    unread.report(report);
    names.report_unknown(report);
    segments.report_unknown(report);
    mappings
}
