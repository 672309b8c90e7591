//! What the cells of a declared column must satisfy: filled, one of some
//! words, or of some look. `mostly` says how many of them.

use rust_decimal::Decimal;

use crate::dataset::header::Header;
use crate::dataset::report::{ReadReport, RowColumn, listed};
use crate::dataset::rows::TableRow;
use crate::dataset::text::{self, key};
use crate::domain::check::ColumnCheck;
use crate::domain::finding::{Code, Severity};
use crate::domain::layout::{Heading, Source};
use crate::workbook::{Cell, address};

/// Cells of one column that are told one by one; more are told together.
const TOLD: usize = 20;

/// F321, F322 and F323 for every column that declares them.
pub(super) fn check(header: &Header<'_>, source: &Source, body: &[TableRow<'_>], report: &mut ReadReport) {
    for check in &source.checks.columns {
        let names: Vec<Heading> = check.column.iter().cloned().map(Heading::Name).collect();
        let Some(column) = header.required("to check", &names, None, report) else { continue };
        let mut faults: Vec<(Code, RowColumn, String)> = Vec::new();
        for row in body {
            if let Some((code, message)) = fault(check, row.cell(column)) {
                faults.push((code, (row.number, column), message));
            }
        }
        report_faults(check, &faults, body.len(), report);
    }
}

/// What is wrong with a cell, if anything. A blank one is at fault only where
/// it must be filled.
pub(super) fn fault(check: &ColumnCheck, cell: Option<&Cell>) -> Option<(Code, String)> {
    let typed = cell.map(text::of).unwrap_or_default();
    let Some(cell) = cell.filter(|_| !text::trim(&typed).is_empty()) else {
        return check
            .required
            .then(|| (Code::CellRequired, "found an empty cell; expected one that is filled".to_owned()));
    };
    if !check.one_of.is_empty() && !check.one_of.iter().any(|word| key(word) == key(&typed)) {
        let message = format!("found {}; expected one of {}", text::found(cell), listed(&check.one_of));
        return Some((Code::CellNotListed, message));
    }
    let pattern = check.pattern.as_ref()?;
    (!pattern.is_match(&typed)).then(|| {
        (Code::CellPattern, format!("found {}; expected text that matches {}", text::found(cell), pattern.as_str()))
    })
}

/// Whether so many of all leave as many right as must be.
pub(super) fn is_tolerated(faults: usize, cells: usize, mostly: Decimal) -> bool {
    Decimal::from(cells - faults.min(cells)) >= mostly * Decimal::from(cells)
}

fn report_faults(check: &ColumnCheck, faults: &[(Code, RowColumn, String)], cells: usize, report: &mut ReadReport) {
    let before = report.findings.len();
    let hint = "correct the cell, or change `checks.columns` of the source in sources.toml";
    for (code, spot, message) in faults.iter().take(TOLD) {
        report.at_cell(*code, *spot, message.clone(), hint);
    }
    if let Some((code, spot, _)) = faults.get(TOLD) {
        let rest: Vec<String> = faults.iter().skip(TOLD).map(|(_, spot, _)| address(spot.0, spot.1)).collect();
        report.at_cell(*code, *spot, format!("the same column has more such cells: {}", listed(&rest)), hint);
    }
    if is_tolerated(faults.len(), cells, check.mostly) {
        for finding in report.findings.iter_mut().skip(before) {
            finding.severity = Severity::Note;
        }
    }
}
