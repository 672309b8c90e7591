//! The report as a list to work through: a row for each finding, to be
//! filtered, handed out and ticked off.

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::model::{CellReport, CheckReport, SourceReport, severity_word};
use crate::domain::{BoardId, Severity};
use crate::words;

/// The most letters that a cell holds; longer text would be refused.
const LETTERS: usize = 32_000;

/// Headers of the work list with the widths of their columns.
const WORK: [(&str, f64); 14] = [
    ("Done", 7.0),
    ("Severity", 10.0),
    ("Code", 7.0),
    ("Source", 26.0),
    ("File", 30.0),
    ("Sheet", 18.0),
    ("Cell", 8.0),
    ("Indicator", 11.0),
    ("Rule", 40.0),
    ("Found", 40.0),
    ("Expected", 34.0),
    ("How to mend it", 44.0),
    ("Seen", 24.0),
    ("Boards", 30.0),
];

/// Headers of the list of sources with the widths of their columns.
const SOURCES: [(&str, f64); 10] = [
    ("Source", 34.0),
    ("Verdict", 16.0),
    ("Blocking", 9.0),
    ("Cautions", 9.0),
    ("Notes", 9.0),
    ("File", 34.0),
    ("Last changed", 18.0),
    ("Last saved by", 24.0),
    ("Read and passed over", 60.0),
    ("SHA-256", 68.0),
];

/// The workbook's bytes. The same report gives the same bytes.
pub fn work_list(report: &CheckReport) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // No clock: the file is as old as the month that it is about.
    let day = report.period.last_day();
    let year = u16::try_from(report.period.year()).unwrap_or(1900);
    let day = u8::try_from(chrono::Datelike::day(&day)).unwrap_or(1);
    let month = u8::try_from(report.period.month()).unwrap_or(1);
    let created = ExcelDateTime::from_ymd(year, month, day)?;
    let title = format!("Data check for {}, {}", words::month(report.period), report.council);
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    work(workbook.add_worksheet().set_name("Work list")?, report)?;
    sources(workbook.add_worksheet().set_name("Sources")?, report)?;
    workbook.save_to_buffer()
}

fn head<const N: usize>(sheet: &mut Worksheet, columns: [(&str, f64); N]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_background_color(Color::RGB(0x00EE_EEEE)).set_text_wrap();
    for (column, (name, width)) in (0u16..).zip(columns) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn work(sheet: &mut Worksheet, report: &CheckReport) -> Result<(), XlsxError> {
    head(sheet, WORK)?;
    let mut row = 0;
    for source in report.all() {
        for cell in &source.cells {
            row += 1;
            let format = wrapped(cell.severity);
            for (column, text) in (0u16..).zip(entries(source, cell)) {
                // Always as text: what stood in a cell never becomes a formula.
                sheet.write_string_with_format(
                    row,
                    column,
                    short(&text),
                    if column == 1 { &format } else { &PLAIN },
                )?;
            }
        }
    }
    let last = u16::try_from(WORK.len() - 1).unwrap_or(0);
    sheet.autofilter(0, 0, row, last)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

static PLAIN: std::sync::LazyLock<Format> =
    std::sync::LazyLock::new(|| Format::new().set_text_wrap().set_align(FormatAlign::Top));

/// The severity's word on its colour.
fn wrapped(severity: Severity) -> Format {
    let (back, fore) = match severity {
        Severity::Blocking => (0x008A_1414, 0x00FF_FFFF),
        Severity::Caution => (0x00FF_E08A, 0x0033_2500),
        Severity::Note => (0x00DB_E9F6, 0x000A_2F52),
    };
    PLAIN.clone().set_background_color(Color::RGB(back)).set_font_color(Color::RGB(fore))
}

fn entries(source: &SourceReport, cell: &CellReport) -> [String; 14] {
    let boards: Vec<&str> = source.boards.iter().map(BoardId::as_str).collect();
    [
        String::new(),
        severity_word(cell.severity).to_owned(),
        cell.code.to_string(),
        source.title.clone(),
        cell.file.clone(),
        cell.sheet.clone(),
        cell.cell.clone(),
        cell.indicator.as_ref().map(ToString::to_string).unwrap_or_default(),
        cell.code.sentence().to_owned(),
        cell.found.clone(),
        cell.expected.clone(),
        cell.mend.clone(),
        cell.seen(),
        boards.join(", "),
    ]
}

fn sources(sheet: &mut Worksheet, report: &CheckReport) -> Result<(), XlsxError> {
    head(sheet, SOURCES)?;
    for (row, source) in (1u32..).zip(report.all()) {
        let file = source.file.as_ref();
        let changed = file.and_then(|file| file.modified).map_or_else(String::new, |modified| {
            modified.with_timezone(&chrono_tz::Europe::London).format("%Y-%m-%d %H:%M").to_string()
        });
        let passed = source.unreachable.clone().or_else(|| super::text::skipped(source)).unwrap_or_default();
        let texts = [
            (0u16, source.title.clone()),
            (1, source.verdict.words().to_owned()),
            (5, file.map(|file| file.name.clone()).unwrap_or_default()),
            (6, changed),
            (7, file.and_then(|file| file.saved_by.clone()).unwrap_or_default()),
            (8, passed),
            (9, file.map(|file| file.sha256.clone()).unwrap_or_default()),
        ];
        for (column, text) in texts {
            sheet.write_string_with_format(row, column, short(&text), &PLAIN)?;
        }
        for (column, count) in [(2u16, source.blocking), (3, source.cautions), (4, source.notes)] {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            sheet.write_number_with_format(row, column, count, &PLAIN)?;
        }
    }
    Ok(())
}

fn short(text: &str) -> String {
    text.chars().take(LETTERS).collect()
}
