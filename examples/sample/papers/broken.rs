//! A return with everything in it that holds a pack back.
//!
//! Several hands fill in this sheet. October was never sent. Two cells point
//! at a sheet that someone deleted, one holds "n\a" where the form says n/a,
//! and in August more young children were seen than had been referred.

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use super::workbook;
use crate::months::Month;
use crate::series::{Cell, Kind, Series};

const HEADINGS: [&str; 6] = ["Ref", "What we count", "Month", "Number", "Out of", "Result"];

/// Writes the return, faults and all.
pub(crate) fn write(series: &[Series]) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook("SEND partnership return")?;
    let sheet = book.add_worksheet().set_name("Return")?;
    sheet.set_column_width(1, 50)?;
    for (column, text) in (0u16..).zip(HEADINGS) {
        sheet.write_with_format(0, column, text, &Format::new().set_bold())?;
    }
    let mut row = 1;
    for series in series {
        for &(month, cell) in &series.cells {
            sheet.write(row, 0, series.name)?;
            sheet.write(row, 1, series.title)?;
            // The partners type their months: "Sep 2026".
            sheet.write(row, 2, format!("{} {}", &month.name()[..3], month.year()))?;
            if !fault(sheet, row, series, month, cell)? {
                figure(sheet, row, series.kind, cell)?;
            }
            row += 1;
        }
    }
    book.save_to_buffer()
}

fn figure(sheet: &mut Worksheet, row: u32, kind: Kind, cell: Cell) -> Result<(), XlsxError> {
    let percent = Format::new().set_num_format("0.0%");
    if let Cell::Figure { value, parts } = cell {
        if let Some((part, whole)) = parts {
            sheet.write(row, 3, part)?;
            sheet.write(row, 4, whole)?;
        }
        let format = if kind == Kind::Percent { percent } else { Format::new() };
        sheet.write_with_format(row, 5, value, &format)?;
    }
    Ok(())
}

/// Writes a month's fault, where it has one.
fn fault(sheet: &mut Worksheet, row: u32, series: &Series, month: Month, cell: Cell) -> Result<bool, XlsxError> {
    let deleted = || Formula::new("=#REF!F12").set_result("#REF!");
    match (series.name, month) {
        ("SEN12", at) if at == Month::at(202606) => sheet.write_formula(row, 5, deleted())?,
        ("SEN13", at) if at == Month::at(202609) => sheet.write_formula(row, 5, deleted())?,
        ("SEN14", at) if at == Month::at(202609) => sheet.write(row, 5, "n\\a")?,
        ("SEN15", at) if at == Month::at(202608) => {
            let Cell::Figure { parts: Some((_, whole)), .. } = cell else { return Ok(false) };
            let part = whole + 3.0;
            figure(sheet, row, series.kind, Cell::Figure { value: part / whole, parts: Some((part, whole)) })?;
            sheet
        }
        _ => return Ok(false),
    };
    Ok(true)
}
