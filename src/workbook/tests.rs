//! Real files, hostile files, and the boundary cases of each format.

mod look;
mod seen;

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Formula, Workbook};

use super::*;
use crate::domain::finding::Code;

fn at(file: &str) -> Place {
    Place { file: Some(file.into()), ..Place::default() }
}

#[expect(clippy::disallowed_methods, reason = "a test reads its own data")]
fn data(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn book(bytes: &[u8], file: &str) -> Book {
    let checked = read(bytes, &at(file));
    assert!(checked.findings.is_empty(), "{:?}", checked.findings);
    checked.value.unwrap()
}

fn refused(bytes: &[u8], file: &str) -> (Code, String) {
    let checked = read(bytes, &at(file));
    assert!(checked.value.is_none(), "{file}");
    assert_eq!(checked.findings.len(), 1, "{file}");
    let finding = &checked.findings[0];
    assert!(!finding.hint.is_empty() && finding.at.file.as_deref() == Some(file), "{finding}");
    (finding.code, finding.message.to_string())
}

fn cell<'a>(grid: &'a Grid, name: &str) -> Option<&'a Cell> {
    grid.cells.iter().find(|(row, column, _)| address(*row, *column) == name).map(|(_, _, cell)| cell)
}

fn text(text: &str) -> Option<Cell> {
    Some(Cell::Text(text.to_owned()))
}

fn number(value: f64, percent: bool) -> Option<Cell> {
    Some(Cell::Number { value, percent })
}

fn date(text: &str) -> Option<Cell> {
    Some(Cell::Date(format!("{text}T00:00:00").parse().unwrap()))
}

fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, ::zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content><office:automatic-styles><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Data">{rows}</table:table><table:table table:name="Old" table:style-name="ta2"><table:table-row><table:table-cell/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ])
}

#[test]
fn the_archetypes_read_as_their_maker_wrote_them() {
    let long = book(&data("archetypes/A_tidy_long.xlsx"), "A.xlsx");
    assert_eq!((long.format, long.sheets.len(), long.sheets[0].name.as_str()), (BookFormat::Xlsx, 1, "Data"));
    let sheet = &long.sheets[0];
    assert_eq!(cell(sheet, "A2").cloned(), date("2026-04-01"));
    assert_eq!(cell(sheet, "F2").cloned(), number(41.0 / 52.0, false));
    assert_eq!(cell(sheet, "F3").cloned(), text("c"));

    let wide = book(&data("archetypes/B_wide_two_row_header.xlsx"), "B.xlsx");
    let sheet = &wide.sheets[0];
    assert_eq!(
        sheet.merges,
        [Merge { top: 3, left: 2, bottom: 3, right: 4 }, Merge { top: 3, left: 5, bottom: 3, right: 7 }]
    );
    assert_eq!(cell(sheet, "D6").cloned(), number(0.84, true));
    assert_eq!(cell(sheet, "C7").cloned(), text("21%"));
    assert_eq!(cell(sheet, "G7"), None);

    let months = book(&data("archetypes/C_month_sheets.xlsx"), "C.xlsx");
    let shown: Vec<(&str, Visibility)> =
        months.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.visibility)).collect();
    assert_eq!(shown[3..], [("July 2025", Visibility::Visible), ("Lookup", Visibility::Hidden)]);

    // The formula in D4 was saved without its value; the one in C4 with it.
    let pairs = book(&data("archetypes/D_num_den_pairs.xlsx"), "D.xlsx");
    assert_eq!(cell(&pairs.sheets[0], "C4").cloned(), number(0.9, true));
    assert_eq!(cell(&pairs.sheets[0], "D4").cloned(), Some(Cell::Uncalculated));

    let mac = book(&data("archetypes/G_1904.xlsx"), "G.xlsx");
    assert_eq!(cell(&mac.sheets[0], "A1").cloned(), date("2026-03-31"));

    let csv = book(&data("archetypes/H_text_dates.csv"), "share/H_text_dates.csv");
    let sheet = &csv.sheets[0];
    assert_eq!((csv.format, sheet.name.as_str()), (BookFormat::Csv, "H_text_dates"));
    assert_eq!(cell(sheet, "A1").cloned(), text("Month"));
    assert_eq!(cell(sheet, "C2").cloned(), text("1,204"));
}

#[test]
fn the_real_ones_read_too() {
    let lists = book(&data("real/Annex_A.xlsx"), "Annex_A.xlsx");
    assert_eq!(lists.sheets.len(), 11);
    assert!(
        lists.sheets.iter().flat_map(|sheet| &sheet.cells).any(|(_, _, cell)| *cell == Cell::Error("#N/A".to_owned()))
    );
    let workforce = book(&data("real/csww_indicators_2017_to_2024.csv"), "csww.csv");
    assert_eq!(cell(&workforce.sheets[0], "AF1").cloned(), text("absence_rate_fte"));
    assert_eq!(workforce.sheets[0].cells.last().unwrap().0, 1300);
}

#[test]
fn xlsx_tells_percentages_errors_and_formulas_without_a_value() {
    let mut workbook = Workbook::new();
    let percent = Format::new().set_num_format("0.0%");
    let literal = Format::new().set_num_format("0.0\"%\"");
    let sheet = workbook.add_worksheet();
    sheet.write_number_with_format(0, 0, 0.85, &percent).unwrap();
    sheet.write_number_with_format(0, 1, 85.0, &literal).unwrap();
    sheet.write_formula(1, 0, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write_formula(1, 1, Formula::new("=A1").set_result("")).unwrap();
    sheet.write_formula(1, 2, Formula::new("=A1*2").set_result("1.7")).unwrap();
    sheet.write_blank(2, 0, &percent).unwrap();
    sheet.write_boolean(1_048_575, 16_383, true).unwrap();
    let sheet = &book(&workbook.save_to_buffer().unwrap(), "x.xlsx").sheets[0];
    assert_eq!(cell(sheet, "A1").cloned(), number(0.85, true));
    assert_eq!(cell(sheet, "B1").cloned(), number(85.0, false));
    assert_eq!(cell(sheet, "A2").cloned(), Some(Cell::Error("#DIV/0!".to_owned())));
    assert_eq!(cell(sheet, "C2").cloned(), number(1.7, false));
    assert_eq!(cell(sheet, "A3"), None);
    assert_eq!(cell(sheet, "XFD1048576").cloned(), Some(Cell::Bool(true)));
}

#[test]
fn a_formula_saved_without_its_value_is_no_blank() {
    let sheet = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"/></row></sheetData></worksheet>"#;
    let bytes = zip(&[
        ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    let grid = &book(&bytes, "x.xlsx").sheets[0];
    assert_eq!(grid.cells, [(0, 0, Cell::Uncalculated), (0, 1, Cell::Number { value: 2.0, percent: false })]);
}

#[test]
fn a_large_sheet_keeps_its_merges() {
    for merged in [true, false] {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for row in 1..5_001 {
            sheet.write_row(row, 0, [1, 2, 3, 4]).unwrap();
        }
        if merged {
            sheet.merge_range(0, 0, 0, 3, "2026", &Format::new()).unwrap();
        }
        let merges = book(&workbook.save_to_buffer().unwrap(), "x.xlsx").sheets.remove(0).merges;
        assert_eq!(merges.len(), usize::from(merged));
    }
}

#[test]
fn percent_formats_are_told_from_literal_signs() {
    for (format, expected) in [
        ("0%", true),
        ("0.00%;[Red]-0.00%", true),
        ("#,##0.0 %", true),
        ("General", false),
        ("0\"%\"", false),
        ("0\\%", false),
        ("0;0%", false),
        ("[>1]0%", true),
        ("0_%", false),
    ] {
        assert_eq!(xlsx::is_percent(format), expected, "{format}");
    }
}

#[test]
fn ods_keeps_percentages_dates_repeats_and_merges() {
    let rows = r#"
        <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
        <table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>A &amp; B</text:p><office:annotation><text:p>note</text:p></office:annotation></table:table-cell><table:covered-table-cell/>
            <table:table-cell office:value-type="percentage" office:value="0.85"><text:p>85%</text:p></table:table-cell>
            <table:table-cell office:value-type="date" office:date-value="2026-10-31T23:59:59.999Z"/><table:table-cell office:value-type="date" office:date-value="2026-10-31"/></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell/><table:table-cell office:value-type="float" office:value="1204" table:number-columns-repeated="2"/>
            <table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>
            <table:table-cell table:formula="of:=A1"/></table:table-row>
        <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let book = book(&ods(rows), "x.ods");
    let sheet = &book.sheets[0];
    assert_eq!((book.format, book.sheets[1].visibility), (BookFormat::Ods, Visibility::Hidden));
    assert_eq!(cell(sheet, "A3").cloned(), text("A & B"));
    assert_eq!(cell(sheet, "C3").cloned(), number(0.85, true));
    assert!(matches!(cell(sheet, "D3"), Some(Cell::Date(at)) if at.date().to_string() == "2026-10-31"));
    assert_eq!(cell(sheet, "E3").cloned(), date("2026-10-31"));
    assert_eq!(
        (cell(sheet, "B4").cloned(), cell(sheet, "C5").cloned()),
        (number(1204.0, false), number(1204.0, false))
    );
    assert_eq!(cell(sheet, "D5").cloned(), Some(Cell::Error("#DIV/0!".to_owned())));
    assert_eq!(cell(sheet, "E4").cloned(), Some(Cell::Uncalculated));
    assert_eq!(sheet.merges, [Merge { top: 2, left: 0, bottom: 2, right: 1 }]);
}

#[test]
fn an_ods_that_breaks_off_ends() {
    let bytes = zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", r#"<office:document-content><table:table table:name="Data"><table:table-row>"#),
    ]);
    assert_eq!(refused(&bytes, "x.ods").0, Code::FileDamaged);
    let text = zip(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>")]);
    assert_eq!(refused(&text, "x.ods").0, Code::FileNotSpreadsheet);
    let secret = zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:encryption-data/>"),
        ("content.xml", "x"),
    ]);
    assert_eq!(refused(&secret, "x.ods").0, Code::FilePassword);
}

#[test]
fn what_is_no_spreadsheet_says_what_it_is() {
    let word = zip(&[("[Content_Types].xml", ""), ("word/document.xml", "")]);
    let plain = zip(&[("readme.txt", "")]);
    let cases: &[(&[u8], &str, Code, &str)] = &[
        (b"", "a.xlsx", Code::FileDamaged, "empty"),
        (b"\n \n", "a.csv", Code::FileDamaged, "nothing but blanks"),
        (b"x", "share/~$a.xlsx", Code::FileLocked, "lock file"),
        (b"x", ".~lock.a.ods#", Code::FileLocked, "lock file"),
        (b"<html><body><table>", "a.xls", Code::FileNotSpreadsheet, "HTML"),
        (b"\xEF\xBB\xBF\r\n<!DOCTYPE html>", "a.xlsx", Code::FileNotSpreadsheet, "HTML"),
        (
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
            "a.xls",
            Code::FileNotSpreadsheet,
            "Excel 2003 XML",
        ),
        (b"%PDF-1.7", "a.xlsx", Code::FileNotSpreadsheet, "PDF"),
        (b"{\"error\": \"denied\"}", "a.csv", Code::FileNotSpreadsheet, "JSON"),
        (b"Not found", "a.csv", Code::FileNotSpreadsheet, "text without columns"),
        (b"\x09\x08\x10\x00\x00\x06", "a.xls", Code::FileNotSpreadsheet, "Excel 2 to 5"),
        (b"\x00\x01\x02\x03abc", "a.xls", Code::FileNotSpreadsheet, "no known kind"),
        (b"a,b\n\"c,d\n", "a.csv", Code::FileDamaged, "quotation mark in row 2"),
        (&word, "a.xlsx", Code::FileNotSpreadsheet, "Word document"),
        (&plain, "a.xlsx", Code::FileNotSpreadsheet, "zip archive"),
    ];
    for (bytes, file, code, words) in cases {
        let (found, message) = refused(bytes, file);
        assert_eq!(found, *code, "{file}: {message}");
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn a_workbook_cut_off_anywhere_is_damaged_and_nothing_worse() {
    let whole = data("archetypes/B_wide_two_row_header.xlsx");
    for length in (1..whole.len()).step_by(97).chain([whole.len() - 1]) {
        let checked = read(&whole[..length], &at("B.xlsx"));
        assert!(checked.is_blocked(), "{length}");
    }
    let (code, message) = refused(&whole[..whole.len() / 2], "B.xlsx");
    assert_eq!(code, Code::FileDamaged);
    assert!(message.contains("cut off"), "{message}");
}

#[test]
fn a_password_is_told_from_damage() {
    // A compound file's directory names the stream that holds the secret.
    for (name, code) in [
        ("EncryptedPackage", Code::FilePassword),
        ("WordDocument", Code::FileNotSpreadsheet),
        ("Nothing", Code::FileDamaged),
        ("Workbook", Code::FileDamaged),
    ] {
        let mut bytes = vec![0; 1024];
        bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
        for (at, unit) in name.encode_utf16().enumerate() {
            bytes[512 + at * 2..512 + at * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        assert_eq!(refused(&bytes, "a.xlsx").0, code, "{name}");
    }
}

#[test]
fn csv_in_every_dress_is_one_table() {
    let expected = [(0, 0, "Réf"), (0, 1, "Value"), (1, 0, "CLA 1"), (1, 1, "1,204")]
        .map(|(row, column, text)| (row, column, Cell::Text(text.to_owned())));
    let comma = "Réf,Value\r\nCLA 1,\"1,204\"\r\n";
    let utf16 = |big: bool| -> Vec<u8> {
        let mark = if big { vec![0xFE, 0xFF] } else { vec![0xFF, 0xFE] };
        mark.into_iter()
            .chain(comma.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }))
            .collect()
    };
    let dresses: Vec<Vec<u8>> = vec![
        comma.into(),
        format!("\u{FEFF}{comma}").into(),
        comma.replace("\r\n", "\n").into(),
        comma.replace("\r\n", "\r").into(),
        b"R\xE9f,Value\nCLA 1,\"1,204\"".to_vec(),
        "Réf;Value\nCLA 1;1,204\n".into(),
        "Réf\tValue\nCLA 1\t1,204\n".into(),
        "sep=;\r\nRéf;Value\r\nCLA 1;1,204\r\n".into(),
        utf16(false),
        utf16(true),
    ];
    for dress in dresses {
        assert_eq!(book(&dress, "a.csv").sheets[0].cells, expected, "{:?}", String::from_utf8_lossy(&dress));
    }
}

#[test]
fn csv_rows_are_those_that_excel_shows() {
    let grid = &book(b"a,b\n\n\"two\nlines\",\"say \"\"x\"\"\"\nc, ,d\n", "a.csv").sheets[0];
    assert_eq!(cell(grid, "A3").cloned(), text("two\nlines"));
    assert_eq!(cell(grid, "B3").cloned(), text("say \"x\""));
    assert_eq!((cell(grid, "B4"), cell(grid, "C4").cloned()), (None, text("d")));
}

#[test]
fn a_zip_that_would_fill_the_memory_is_refused_unopened() {
    let bomb = zip(&[("xl/workbook.xml", &" ".repeat(20 << 20))]);
    let (code, message) = refused(&bomb, "a.xlsx");
    assert_eq!(code, Code::FileTooLarge, "{message}");
}

#[test]
fn dates_survive_midnight_and_the_ends_of_the_calendar() {
    use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType};
    let serial = |value: f64, mac: bool| {
        cell::from_ref(&DataRef::DateTime(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, mac)), false)
    };
    let day = |cell: Option<Cell>| match cell {
        Some(Cell::Date(date)) => date.date().to_string(),
        other => format!("{other:?}"),
    };
    for (value, mac, expected) in [
        (46_326.999_999_99, false, "2026-10-31"),
        (46_326.0, false, "2026-10-31"),
        (44_864.0, true, "2026-10-31"),
        (1.0, false, "1900-01-01"),
        (61.0, false, "1900-03-01"),
        (2_958_465.0, false, "9999-12-31"),
    ] {
        assert_eq!(day(serial(value, mac)), expected, "{value}");
    }
    for value in [-1.0, 2_958_466.0, f64::MAX] {
        assert!(matches!(serial(value, false), Some(Cell::Number { .. })), "{value}");
    }
    for value in [f64::NAN, f64::INFINITY] {
        assert!(matches!(serial(value, false), Some(Cell::Text(_))), "{value} is no number");
    }
    assert_eq!(cell::iso_duration("PT36H15M00S"), number(1.510_416_666_666_666_7, false));
    assert_eq!(cell::iso_date("2026-10-31 08:30"), Some(Cell::Date("2026-10-31T08:30:00".parse().unwrap())));
}

#[test]
fn who_saved_a_workbook_last_is_known_where_it_says_so() {
    let saved = |name: &str| {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.set_properties(&rust_xlsxwriter::DocProperties::new().set_author(name));
        workbook.add_worksheet().write(0, 0, 1).unwrap();
        book(&workbook.save_to_buffer().unwrap(), "a.xlsx").saved_by
    };
    assert_eq!(saved("Ann & Other").as_deref(), Some("Ann & Other"));
    assert_eq!(saved("openpyxl"), None);
    assert_eq!(book(b"a,b\n1,2\n", "a.csv").saved_by, None);
}
