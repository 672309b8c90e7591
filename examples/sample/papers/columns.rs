//! The human resources habit: a row for each month, columns for each measure.
//!
//! Every measure that is divided has two more columns behind it, the number
//! and what it is out of. A row of averages closes the table.

use rust_xlsxwriter::{Color, Format, XlsxError};

use super::{place, workbook};
use crate::months::Month;
use crate::series::{Cell, Kind, Series};

/// Header row and first row of months, counted from 0.
const HEADER: u32 = 2;

/// Writes the sheet.
pub(crate) fn write(series: &[Series]) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook("Social work workforce")?;
    let bold = Format::new().set_bold();
    let head = bold.clone().set_text_wrap().set_background_color(Color::RGB(0x00E2_EFDA));
    let month_format = Format::new().set_num_format("mmm-yy");
    let percent = Format::new().set_num_format("0.0%");
    let mean = Format::new().set_num_format("0.0");
    let sheet = book.add_worksheet().set_name("Workforce")?;
    sheet.write_with_format(
        0,
        0,
        "Social work workforce, caseloads and audits (posts are full-time equivalents)",
        &bold,
    )?;
    sheet.write_with_format(HEADER, 0, "Month", &head)?;
    for month in Month::all() {
        sheet.write_datetime_with_format(HEADER + 1 + place(month.index()), 0, month.date()?, &month_format)?;
    }
    let average = HEADER + 1 + place(Month::all().count());
    sheet.write_with_format(average, 0, "Average", &bold)?;

    let mut column = 1;
    for series in series {
        let format = match series.kind {
            Kind::Percent => &percent,
            Kind::Mean => &mean,
            Kind::Count => &Format::new(),
        };
        sheet.write_with_format(HEADER, column, series.name, &head)?;
        let divided = series.cells.iter().any(|(_, cell)| matches!(cell, Cell::Figure { parts: Some(_), .. }));
        if divided {
            sheet.write_with_format(HEADER, column + 1, format!("{}, number", series.name), &head)?;
            sheet.write_with_format(HEADER, column + 2, format!("{}, out of", series.name), &head)?;
        }
        let (mut sum, mut months) = (0.0, 0.0);
        for (month, cell) in &series.cells {
            let row = HEADER + 1 + place(month.index());
            let Cell::Figure { value, parts } = *cell else { continue };
            sheet.write_with_format(row, column, value, format)?;
            if let Some((part, whole)) = parts {
                sheet.write(row, column + 1, part)?;
                sheet.write(row, column + 2, whole)?;
            }
            sum += value;
            months += 1.0;
        }
        sheet.write_with_format(average, column, sum / months, format)?;
        column += if divided { 3 } else { 1 };
    }
    sheet.set_freeze_panes(HEADER + 1, 1)?;
    book.save_to_buffer()
}
