//! How each team keeps its workbook, one file a habit.
//!
//! | file | habit |
//! |---|---|
//! | [`long`] | xlsx, tidy: a row for each indicator and month, a formula for each share |
//! | [`wide`] | xlsx, for reading: titles above, months under merged quarters, totals and notes below |
//! | [`columns`] | xlsx: a row for each month, three columns for each indicator |
//! | [`ods`] | LibreOffice, with true dates and percentages |
//! | [`csv`] | three lists: with a byte-order mark, in Windows' old alphabet, and by year |
//! | [`broken`] | xlsx with everything in it that holds a pack back |
//!
//! Nothing here reads a clock: documents are dated the third working day of
//! November 2026 and archive entries carry the archive format's zero date, so
//! that every run writes the same bytes.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

pub(crate) mod broken;
pub(crate) mod columns;
pub(crate) mod csv;
pub(crate) mod long;
pub(crate) mod ods;
pub(crate) mod wide;

/// A workbook with a fixed date, so that it does not carry today's.
fn workbook(title: &str) -> Result<Workbook, XlsxError> {
    let made = ExcelDateTime::from_ymd(2026, 11, 4)?.and_hms(9, 30, 0)?;
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title(title)
            .set_author("Performance team")
            .set_company("Wrenshire County Council (made up)")
            .set_creation_datetime(&made),
    );
    Ok(book)
}

/// The place of a row or column as the workbook writer counts it.
fn place(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
