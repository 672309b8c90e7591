//! The tidy habit: a row for each indicator and month.
//!
//! The first sheet is a note to colleagues, so the figures are on the second.
//! A last column names the part that a row counts, and is blank for the whole.
//! Months are true dates, and shares are formulas over the two cells before
//! them, with the result that Excel last worked out.

use rust_xlsxwriter::{Color, Format, Formula, XlsxError};

use super::{place, workbook};
use crate::months::Month;
use crate::series::{Cell, Kind, Series};

const HEADINGS: [&str; 7] = ["Ref", "Measure", "Month", "Number", "Out of", "Result", "Of whom"];

const READ_ME: [&str; 5] = [
    "Children in care: monthly return",
    "Wrenshire County Council is made up. No figure here is about a real child.",
    "Add each new month at the bottom of the Data sheet. Never change a heading.",
    "Result is worked out from Number and Out of. Leave it alone.",
    "Questions: Performance Team, Children's Services.",
];

/// Writes the return.
pub(crate) fn write(series: &[Series]) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook("Children in care: monthly return")?;
    let bold = Format::new().set_bold();
    let note = book.add_worksheet().set_name("Read me")?;
    for (row, line) in READ_ME.iter().enumerate() {
        note.write(place(row), 0, *line)?;
    }
    note.set_column_width(0, 80)?;

    let heading = bold.clone().set_background_color(Color::RGB(0x00D9_E2F3));
    let month_format = Format::new().set_num_format("mmm yyyy");
    let percent = Format::new().set_num_format("0.0%");
    let mean = Format::new().set_num_format("0.0");
    let sheet = book.add_worksheet().set_name("Data")?;
    for (column, text) in (0u16..).zip(HEADINGS) {
        sheet.write_with_format(0, column, text, &heading)?;
    }
    sheet.set_column_width(1, 48)?;
    sheet.set_column_width(6, 40)?;
    sheet.set_freeze_panes(1, 0)?;
    let mut row = 1;
    for month in Month::all() {
        for series in series {
            let Some((_, cell)) = series.cells.iter().find(|(at, _)| *at == month) else { continue };
            sheet.write(row, 0, series.name)?;
            sheet.write(row, 1, series.title)?;
            if !series.group.is_empty() {
                sheet.write(row, 6, series.group)?;
            }
            sheet.write_datetime_with_format(row, 2, month.date()?, &month_format)?;
            let format = if series.kind == Kind::Percent { &percent } else { &mean };
            match *cell {
                Cell::Suppressed => {
                    sheet.write(row, 5, "c")?;
                }
                Cell::Figure { value, parts: Some((part, whole)) } => {
                    sheet.write(row, 3, part)?;
                    sheet.write(row, 4, whole)?;
                    let shown = row + 1;
                    let formula = Formula::new(format!("=D{shown}/E{shown}")).set_result(value.to_string());
                    sheet.write_formula_with_format(row, 5, formula, format)?;
                }
                Cell::Figure { value, parts: None } if series.kind == Kind::Mean => {
                    sheet.write_with_format(row, 5, value, format)?;
                }
                Cell::Figure { value, parts: None } => {
                    sheet.write(row, 5, value)?;
                }
            }
            row += 1;
        }
    }
    // The team opens the book on its figures.
    sheet.set_active(true);
    book.save_to_buffer()
}
