//! The habit of making a sheet to be read, not to be fed to a program.
//!
//! Titles stand above the table. Quarters are merged over their months. Bands
//! of colour part the rows, each measure has its numbers under it, totals and
//! notes follow below, and a guidance sheet lies in front.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::{place, workbook};
use crate::months::{COUNT, Month};
use crate::series::{Cell, Kind, Series};

/// Columns before the first month: reference, measure, what is good.
const LEAD: u16 = 3;
/// The row of quarters; the months are in the next.
const QUARTERS: u32 = 4;

const NOTES: [&str; 4] = [
    "Note 1: Figures were run on 3 November 2026 and can change when late records arrive.",
    "Note 2: Children in need moved to the new case system in June 2026, early help in October 2026.",
    "Note 3: Rates use 120,000 children and young people aged 0 to 17.",
    "Note 4: Wrenshire is made up. No figure here is about a real child.",
];

/// Writes the dashboard from its bands.
pub(crate) fn write(bands: &[(&str, Vec<Series>)]) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook("Front door and child protection dashboard 2026/27")?;
    let guidance = book.add_worksheet().set_name("Guidance")?;
    guidance.set_column_width(0, 90)?;
    guidance.write(0, 0, "How to read this dashboard")?;
    guidance.write(1, 0, "Each row is one measure. Each column is one month. The newest month is on the right.")?;

    let sheet = book.add_worksheet().set_name("Dashboard")?;
    sheet.set_active(true);
    heading(sheet)?;
    let mut row = QUARTERS + 2;
    let band = Format::new().set_bold().set_background_color(Color::RGB(0x00DD_EBF7));
    for (title, series) in bands {
        for column in 0..LEAD + 24 {
            sheet.write_blank(row, column, &band)?;
        }
        sheet.write_with_format(row, 0, *title, &band)?;
        row += 1;
        for series in series {
            row = measure(sheet, row, series)?;
        }
    }
    totals(sheet, row, bands)?;
    for (offset, note) in NOTES.iter().enumerate() {
        sheet.write(row + 2 + place(offset), 0, *note)?;
    }
    book.save_to_buffer()
}

/// Titles, merged quarters, and the months under them.
fn heading(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(16);
    let head = Format::new()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0x00BD_D7EE));
    let month_head = head.clone().set_num_format("mmm-yy");
    sheet.write_with_format(0, 0, "Children's Services: front door and child protection", &title)?;
    sheet.write(1, 0, "Monthly dashboard, financial year 2026/27")?;
    sheet.write(2, 0, "Figures to 31 October 2026")?;
    for (column, text) in (0u16..).zip(["Ref", "Measure", "Good is"]) {
        sheet.write_with_format(QUARTERS + 1, column, text, &head)?;
    }
    let months: Vec<Month> = Month::all().collect();
    let mut column = LEAD;
    for quarter in months.chunk_by(|a, b| a.quarter() == b.quarter()) {
        let label = quarter[0].quarter();
        let last = column + u16::try_from(quarter.len()).unwrap_or(1) - 1;
        if last > column {
            sheet.merge_range(QUARTERS, column, QUARTERS, last, &label, &head)?;
        } else {
            sheet.write_with_format(QUARTERS, column, label, &head)?;
        }
        for month in quarter {
            sheet.write_datetime_with_format(QUARTERS + 1, column, month.date()?, &month_head)?;
            column += 1;
        }
    }
    sheet.set_column_width(1, 52)?;
    sheet.set_freeze_panes(QUARTERS + 2, LEAD)?;
    Ok(())
}

/// One measure: its row, and under it the number and what it is out of. Returns
/// the next free row.
fn measure(sheet: &mut Worksheet, row: u32, series: &Series) -> Result<u32, XlsxError> {
    let format = Format::new().set_num_format(match series.kind {
        Kind::Count => "#,##0",
        Kind::Percent => "0.0%",
        Kind::Mean => "0.0",
    });
    let behind = Format::new().set_num_format("#,##0").set_font_color(Color::Gray);
    let good = match series.name {
        "EH03" | "FD02" | "CIN01" | "CP01" | "CP03" | "CP04" => "For information",
        "EH02" | "FD03" | "FD04" | "CP05" | "CP06" => "Low",
        _ => "High",
    };
    sheet.write(row, 0, series.name)?;
    sheet.write(row, 1, series.title)?;
    sheet.write(row, 2, good)?;
    sheet.write_with_format(row + 1, 1, "Number", &behind)?;
    sheet.write_with_format(row + 2, 1, "Out of", &behind)?;
    for (month, cell) in &series.cells {
        let column = LEAD + u16::try_from(month.index()).unwrap_or(0);
        match *cell {
            Cell::Figure { value, parts } => {
                sheet.write_with_format(row, column, value, &format)?;
                if let Some((part, whole)) = parts {
                    sheet.write_with_format(row + 1, column, part, &behind)?;
                    sheet.write_with_format(row + 2, column, whole, &behind)?;
                }
            }
            Cell::Suppressed => {
                sheet.write(row, column, "c")?;
            }
        }
    }
    Ok(row + 3)
}

/// A total that means something to the team and nothing to a scorecard.
fn totals(sheet: &mut Worksheet, row: u32, bands: &[(&str, Vec<Series>)]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_num_format("#,##0").set_border_top(FormatBorder::Thin);
    let mut sums = [0.0; COUNT];
    for series in bands.iter().flat_map(|(_, series)| series) {
        if matches!(series.name, "EH03" | "CIN01") {
            for (month, cell) in &series.cells {
                if let Cell::Figure { value, .. } = cell {
                    sums[month.index()] += value;
                }
            }
        }
    }
    sheet.write_with_format(row, 0, "Total open to early help and social care", &bold)?;
    for (column, sum) in (LEAD..).zip(sums) {
        sheet.write_with_format(row, column, sum, &bold)?;
    }
    Ok(())
}
