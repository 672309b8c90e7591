//! A row for each indicator, a column for each month.

use super::claim::{Cells, Claim, Given};
use super::header::Header;
use super::months::Months;
use super::names::Names;
use super::report::{Report, listed};
use super::rows;
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::Table;
use crate::workbook::Grid;

/// The claims of a wide table; none, with findings, where its header is not
/// the declared one or holds no month.
pub(super) fn claims<'g, 'i>(
    grid: &'g Grid,
    table: &'g Table,
    indicators: &'i [&'i Indicator],
    report: &mut Report,
) -> Vec<Claim<'g, 'i>> {
    let header = Header::read(grid, table);
    let naming = header.naming(&table.indicator_column, report);
    let filters = rows::filters(&header, table, report);
    let mut months = Months::new(&table.month_formats);
    let columns = header.months(naming.as_deref().unwrap_or_default(), &mut months, report);
    let (Some(naming), Some(filters), false) = (naming, filters, columns.is_empty()) else {
        return Vec::new();
    };

    let mut names = Names::new(table, indicators);
    let mut claims = Vec::new();
    let mut yearless: Vec<String> = Vec::new();
    for row in rows::body(grid, table, &filters) {
        let Some(indicator) = names.of_row(row, &naming) else { continue };
        for (column, month) in &columns {
            let cells = Cells { value: Some(Given::at(row, *column)), numerator: None, denominator: None };
            match month.of(indicator) {
                Some(month) => claims.push(Claim { indicator, month, cells }),
                // A year's column beside the months of a monthly indicator holds its total.
                None if cells.are_blank() => {}
                None => yearless.push(crate::workbook::address(row.number, *column)),
            }
        }
    }
    if claims.is_empty() && !yearless.is_empty() {
        let message =
            format!("the headers are years alone, and the indicators beside {} are not annual", listed(&yearless));
        report.at_sheet(
            Code::MonthUnreadable,
            message,
            "type months as headers, or correct `frequency` in indicators.toml",
        );
    }
    names.report_unknown(report);
    claims
}
