//! A row for each indicator and month.

use super::claim::{Cells, Claim, Given, Unread};
use super::header::Header;
use super::months::Months;
use super::names::Names;
use super::report::Report;
use super::rows;
use crate::domain::indicator::Indicator;
use crate::domain::layout::Table;
use crate::workbook::Grid;

/// The claims of a long table; none, with findings, where its header is not
/// the declared one.
pub(super) fn claims<'g, 'i>(
    grid: &'g Grid,
    table: &'g Table,
    indicators: &'i [&'i Indicator],
    report: &mut Report,
) -> Vec<Claim<'g, 'i>> {
    let header = Header::read(grid, table);
    let month = header.required("the month", &table.month_column, None, report);
    let naming = header.naming(&table.indicator_column, report);
    let numerator = header.optional("the numerator", &table.numerator_column, None, report);
    let denominator = header.optional("the denominator", &table.denominator_column, None, report);
    // A ratio needs no value of its own where both its parts are declared.
    let is_worked =
        table.value_column.is_empty() && !table.numerator_column.is_empty() && !table.denominator_column.is_empty();
    let value = if is_worked { None } else { header.required("the value", &table.value_column, None, report) };
    let filters = rows::filters(&header, table, report);
    let (Some(month), Some(naming), Some(filters), false) = (month, naming, filters, report.has_structural()) else {
        return Vec::new();
    };

    let (mut names, mut months, mut unread) =
        (Names::new(table, indicators), Months::new(&table.month_formats), Unread::default());
    let mut claims = Vec::new();
    for row in rows::body(grid, table, &filters) {
        let Some(indicator) = names.of_row(row, &naming) else { continue };
        let given = |column: Option<u32>| column.map(|column| Given::at(row, column));
        let cells = Cells { value: given(value), numerator: given(numerator), denominator: given(denominator) };
        if row.cell(month).is_none() && cells.are_blank() {
            continue;
        }
        if let Some(month) = unread.month(Given::at(row, month), indicator, &mut months) {
            claims.push(Claim { indicator, month, cells });
        }
    }
    unread.report(report);
    names.report_unknown(report);
    claims
}
