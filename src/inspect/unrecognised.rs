//! Why no table was recognised in a sheet, in words that say what to look at.

use super::months;
use super::rows::SheetRow;
use crate::dataset::number::number;
use crate::workbook::{Cell, address};

/// What is missing from a sheet in which no table was found; `fault` is what
/// the likeliest reading of it met.
pub(super) fn why(rows: &[SheetRow<'_>], fault: Option<&str>) -> String {
    let cells = || rows.iter().flat_map(|row| row.cells.iter().map(move |(column, cell)| (row.number, *column, *cell)));
    let is_month = |cell: &Cell| months::of_cell(cell).is_some_and(|stated| !stated.is_year());
    let numbers = cells().filter(|(_, _, cell)| number(cell).is_some()).count();
    let months: Vec<(u32, u32)> =
        cells().filter(|(_, _, cell)| is_month(cell)).map(|(row, column, _)| (row, column)).collect();
    if numbers == 0 {
        return "none: it holds no figures".to_owned();
    }
    if let Some(fault) = fault {
        return format!("none: read as the table that it looks most like, it gives no figure: {fault}");
    }
    match months.as_slice() {
        [] => {
            let years = cells()
                .filter(|(_, _, cell)| months::is_year(cell))
                .map(|(row, column, _)| address(row, column))
                .next();
            match years {
                Some(at) => format!(
                    "none: no cell reads as a month, and {at} reads as a year: a table of one year is declared by hand (docs/declare-a-workbook.md)"
                ),
                None => {
                    "none: no cell reads as a month; known are dates and texts such as Apr-26, April 2026, 2026-04, \
                         01/04/2026, 2026-27 M01 and Q1 2026/27, others are declared by hand in `month.formats`"
                        .to_owned()
                }
            }
        }
        [(row, column)] => format!(
            "none: only {} reads as a month; a sheet of one month is declared by hand with month = {{ from = \"title\" }}",
            address(*row, *column)
        ),
        [(row, column), ..] => format!(
            "none: {} and {} more read as months, and beside them is no column of names that figures belong to",
            address(*row, *column),
            months.len() - 1
        ),
    }
}
