//! Workbooks that would hurt whoever opens them: each ends in a finding, or in
//! a right reading where it is odd but honest, within its limits; nothing of
//! it is left behind, and the boards that do not need it are published.

#[path = "hostile/files.rs"]
mod files;

use boardpack::domain::{BookLimits, ReadingLimits};
use boardpack::domain::{Checked, Code, Place};
use boardpack::reader::WorkbookReader;
use boardpack::workbook::{Book, BookFormat, Cell, address};
use files::{ODS_END, belittled, compound_file, ods, place, record, strings, xls, xlsx, xlsx_rows};

use crate::bad_input::{held, line};
use crate::support::Council;

pub(crate) fn reader() -> WorkbookReader {
    WorkbookReader::program(snapbox::cmd::cargo_bin!("boardpack").to_owned())
}

pub(crate) fn named(file: &str) -> Place {
    Place { file: Some(file.into()), ..Place::default() }
}

/// Tight enough for tests, wide enough for what is honest.
fn limits() -> ReadingLimits {
    ReadingLimits { memory_bytes: 450 << 20, wall_seconds: 90, ..ReadingLimits::default() }
}

fn open_within(bytes: &[u8], file: &str, limits: &ReadingLimits) -> Checked<Option<Book>> {
    reader().open_bytes(bytes, &named(file), limits).unwrap()
}

fn open(bytes: &[u8], file: &str) -> Checked<Option<Book>> {
    open_within(bytes, file, &limits())
}

/// What it is refused for: the one code, and the finding as officers see it.
#[track_caller]
fn refused(read: &Checked<Option<Book>>) -> (Code, String) {
    assert!(read.is_blocked(), "{:?}", read.findings);
    let finding = &read.findings[0];
    assert!(finding.at.file.is_some() && !finding.hint.is_empty(), "{finding}");
    (finding.code, finding.to_string())
}

#[track_caller]
fn cells(read: &Checked<Option<Book>>) -> Vec<(String, Cell)> {
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    let sheet = &read.value.as_ref().unwrap().sheets[0];
    sheet.cells.iter().map(|(row, column, cell)| (address(*row, *column), cell.clone())).collect()
}

fn number(value: f64) -> Cell {
    Cell::Number { value, percent: false }
}

#[test]
fn lone_cells_at_the_corners_of_the_grid_are_read() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    assert_eq!(
        cells(&open(&xlsx_rows(rows), "a.xlsx")),
        [("A1".to_owned(), number(1.0)), ("XFD1048576".to_owned(), number(2.0))]
    );
}

#[test]
#[cfg(target_os = "linux")]
fn an_old_workbook_that_wants_half_a_gigabyte_for_two_cells_breaks_the_memory_limit() {
    let cell = |row, column| record(0x0203, &[&place(row, column), &1.5_f64.to_le_bytes()]);
    let near = xls(&[cell(0, 0), cell(1, 1)]);
    assert_eq!(cells(&open(&near, "a.xls")), [("A1".to_owned(), number(1.5)), ("B2".to_owned(), number(1.5))]);
    let (code, words) = refused(&open(&xls(&[cell(0, 0), cell(65_535, 255)]), "a.xls"));
    assert_eq!(code, Code::FileTooCostly, "{words}");
    assert!(words.contains("450 MB of memory, the limit") && words.contains("`memory_mb`"), "{words}");
}

#[test]
fn a_text_repeated_beyond_all_memory_is_more_than_an_answer_may_be() {
    let text = format!("<si><t>{}</t></si>", "ab cd ".repeat(20_000));
    let row = |row: u32| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#);
    let rows: String = (1..=20_000).map(row).collect();
    let bomb = xlsx(&format!("<sheetData>{rows}</sheetData>"), &strings("", &text));
    assert!(bomb.len() < 200_000, "a small file");
    let (code, words) = refused(&open(&bomb, "a.xlsx"));
    assert_eq!(code, Code::FileTooLarge, "{words}");
    assert!(words.contains("more than 256 MB"), "{words}");
}

#[test]
fn absurd_counts_of_strings_are_not_believed() {
    let row = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>4294967295</v></c></row>"#;
    let table = strings(r#"count="4294967295" uniqueCount="18446744073709551615""#, "<si><t>one</t></si>");
    let read = open(&xlsx(&format!("<sheetData>{row}</sheetData>"), &table), "a.xlsx");
    assert!(read.is_blocked() || read.value.is_some_and(|book| book.sheets[0].cells[0].2 == Cell::Text("one".into())));
}

#[test]
fn what_unpacks_to_too_much_is_refused_by_the_limit_it_breaks() {
    let rows = |count: u32| (1..=count).map(|row| format!(r#"<row r="{row}"><c r="A{row}"><v>1</v></c></row>"#));
    let bomb = xlsx_rows(&format!("{}{}", rows(3).collect::<String>(), " ".repeat(64 << 20)));
    let (code, words) = refused(&open(&bomb, "a.xlsx"));
    assert_eq!(code, Code::FileTooLarge, "{words}");
    assert!(words.contains("times its size") && words.contains("`ratio`"), "{words}");

    let wide = |workbook| ReadingLimits { workbook, ..limits() };
    let within = BookLimits { ratio: 100_000, ..BookLimits::default() };
    let (_, words) = refused(&open_within(&bomb, "a.xlsx", &wide(BookLimits { unpacked_bytes: 64 << 20, ..within })));
    assert!(words.contains("65 MB; expected at most 64 MB") && words.contains("`unpacked_mb`"), "{words}");

    let read = open_within(&bomb, "a.xlsx", &wide(within));
    assert_eq!(cells(&read).len(), 3, "large and blank, and within its limits");

    let thousand = xlsx_rows(&rows(1000).collect::<String>());
    for (cells, is_refused) in [(1000, false), (999, true)] {
        let read = open_within(&thousand, "a.xlsx", &wide(BookLimits { cells, ..within }));
        assert_eq!(read.is_blocked(), is_refused, "{cells}");
        if is_refused {
            let (code, words) = refused(&read);
            assert_eq!(code, Code::FileTooLarge);
            assert!(words.contains("more than 999 cells") && words.contains("`cells`"), "{words}");
        }
    }
}

#[test]
fn a_directory_that_lies_about_sizes_helps_nobody() {
    let rows: String =
        (1..=300_000_u32).map(|row| format!(r#"<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>"#)).collect();
    let read = open(&belittled(xlsx_rows(&rows)), "a.xlsx");
    assert!(read.is_blocked(), "cut short at what it claims: {:?}", read.findings);
}

#[test]
fn xml_nested_a_million_deep_ends() {
    let deep = format!("{}{}", "<x>".repeat(1_000_000), "</x>".repeat(1_000_000));
    let within = ReadingLimits { workbook: BookLimits { ratio: 100_000, ..BookLimits::default() }, ..limits() };
    for bytes in [
        xlsx(&format!("{deep}<sheetData/>"), &strings("", "")),
        xlsx("<sheetData/>", &strings("", &deep)),
        ods(&deep, ODS_END),
        ods(&"<table:table-row-group>".repeat(1_000_000), ODS_END),
        ods(
            &format!("<table:table-row><table:table-cell><text:p>{deep}</text:p></table:table-cell></table:table-row>"),
            ODS_END,
        ),
    ] {
        let read = open_within(&bytes, "a.xlsx", &within);
        assert!(read.value.is_some() || read.is_blocked());
        assert!(read.findings.iter().all(|finding| finding.code == Code::FileDamaged), "{:?}", read.findings);
    }
}

#[test]
fn five_million_merged_areas_are_too_many() {
    let merges = |count| {
        let merges = r#"<mergeCell ref="A1:B2"/>"#.repeat(count);
        xlsx(&format!("<sheetData/><mergeCells>{merges}</mergeCells>"), &strings("", ""))
    };
    let within = ReadingLimits {
        memory_bytes: 1 << 30,
        workbook: BookLimits { ratio: 100_000, ..BookLimits::default() },
        ..limits()
    };
    let (code, words) = refused(&open_within(&merges(100_001), "a.xlsx", &within));
    assert_eq!(code, Code::FileTooLarge);
    assert!(words.contains("100001 merged areas") && words.contains("at most 100000"), "{words}");
    // On a busy machine the time may run out first.
    let (code, words) = refused(&open_within(&merges(5_000_000), "a.xlsx", &within));
    assert!(matches!(code, Code::FileTooLarge | Code::FileTooCostly), "{words}");
    let read = open_within(&merges(100_000), "a.xlsx", &within);
    assert_eq!(read.value.unwrap().sheets[0].merges.len(), 100_000);
}

#[test]
fn cells_past_the_grid_are_no_cells_of_a_sheet() {
    for cell in ["XFE1", "A1048577", "ZZZZZZZZZZ1", "A99999999999999999999", "1", ""] {
        let read = open(&xlsx_rows(&format!(r#"<row r="1"><c r="{cell}"><v>1</v></c></row>"#)), "a.xlsx");
        let (code, words) = refused(&read);
        assert!(matches!(code, Code::FileDamaged | Code::FileBreaksReader), "{words}");
    }
    let last = r#"<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>"#;
    assert_eq!(cells(&open(&xlsx_rows(last), "a.xlsx")).len(), 2);
}

#[test]
fn ods_repeats_cost_what_they_hold() {
    let row = |repeats: u32, cell: &str| {
        format!(r#"<table:table-row table:number-rows-repeated="{repeats}">{cell}</table:table-row>"#)
    };
    let cell =
        |repeats: u32, inner: &str| format!(r#"<table:table-cell table:number-columns-repeated="{repeats}" {inner}/>"#);
    let one = r#"office:value-type="float" office:value="1""#;
    for (rows, expected) in [
        (row(4_000_000_000, &cell(4_000_000_000, "")), Ok(0)),
        (row(1, &cell(16_384, one)), Ok(16_384)),
        (row(1, &cell(16_385, one)), Err(Code::FileDamaged)),
        (row(1, &cell(5_000_000, one)), Err(Code::FileDamaged)),
        (row(1, &(cell(16_383, "") + &cell(1, one))), Ok(1)),
        (row(1, &(cell(16_384, "") + &cell(1, one))), Err(Code::FileDamaged)),
        (row(1, &(cell(20_000, "") + &cell(1, one))), Err(Code::FileDamaged)),
        (row(1_048_576, &cell(1, one)), Ok(1_048_576)),
        (row(1_048_577, &cell(1, one)), Err(Code::FileDamaged)),
        (row(1_048_576, &cell(5, one)), Err(Code::FileTooLarge)),
        (row(4_000_000_000, &cell(4_000_000_000, one)), Err(Code::FileTooLarge)),
        (row(1, &cell(16_384, one).repeat(400)), Err(Code::FileTooLarge)),
        (row(1, &cell(4_000_000_000, "").repeat(3)), Ok(0)),
    ] {
        let read = open(&ods(&rows, ODS_END), "a.ods");
        match expected {
            Ok(count) => assert_eq!(cells(&read).len(), count),
            Err(code) => assert_eq!(refused(&read).0, code, "{}", rows.get(..150).unwrap_or(&rows)),
        }
    }
}

#[test]
fn what_breaks_off_or_turns_in_a_circle_is_damaged() {
    let row = r#"<row r="1"><c r="A1"><v>1</v></c></row>"#;
    let whole = xlsx_rows(row);
    for length in [4, 100, whole.len() / 2, whole.len() - 30, whole.len() - 1] {
        assert_eq!(refused(&open(&whole[..length], "a.xlsx")).0, Code::FileDamaged, "{length}");
    }
    for end in ["", "<table:table-row>", "<table:table-row><table:table-cell><text:p>x", "<!--", "<table:table-row"] {
        assert_eq!(refused(&open(&ods("", end), "a.ods")).0, Code::FileDamaged, "{end}");
    }
    for cycle in [0, 3, 7] {
        let mut stream = vec![0; 4096];
        stream[..4].copy_from_slice(&[0x09, 0x08, 0x10, 0x00]);
        let read = open(&compound_file("Workbook", &stream, Some(cycle)), "a.xls");
        assert!(read.is_blocked() || read.value.is_some_and(|book| book.sheets.is_empty()), "{cycle}");
    }
}

#[test]
fn odd_values_are_read_for_what_they_are() {
    let rows = r#"<row r="1"><c r="A1"><v>NaN</v></c><c r="B1"><v>inf</v></c><c r="C1"><v>-infinity</v></c><c r="D1"><v>1e999</v></c><c r="E1" s="1"><v>NaN</v></c></row>"#;
    for (address, cell) in cells(&open(&xlsx_rows(rows), "a.xlsx")) {
        assert!(matches!(cell, Cell::Text(_)), "{address} is no number: {cell:?}");
    }
    let dates = r#"<row r="1"><c r="A1" s="1"><v>-1</v></c><c r="B1" s="1"><v>2958466</v></c><c r="C1" s="1"><v>1e300</v></c><c r="D1" s="1"><v>2958465</v></c></row>"#;
    let read = cells(&open(&xlsx_rows(dates), "a.xlsx"));
    assert!(read[..3].iter().all(|(_, cell)| matches!(cell, Cell::Number { .. })), "{read:?}");
    assert!(matches!(&read[3].1, Cell::Date(date) if date.to_string().starts_with("9999-12-31")), "{read:?}");

    let value = r#"<table:table-row><table:table-cell office:value-type="float" office:value="NaN"><text:p>NaN</text:p></table:table-cell></table:table-row>"#;
    assert_eq!(cells(&open(&ods(value, ODS_END), "a.ods")), [("A1".to_owned(), Cell::Text("NaN".to_owned()))]);

    for bytes in [
        xlsx_rows(r#"<row r="1"><c r="A1" t="e"><v>#WAT!</v></c></row>"#),
        xlsx_rows(r#"<row r="1"><c r="A1" t="zz"><v>1</v></c></row>"#),
        xls(&[record(0x0205, &[&place(0, 0), &[0x99, 1]])]),
    ] {
        let read = open(&bytes, "a.xlsx");
        let as_error = read
            .value
            .as_ref()
            .and_then(|book| book.sheets.first())
            .is_some_and(|sheet| sheet.cells.iter().all(|(_, _, cell)| matches!(cell, Cell::Error(_))));
        assert!(read.is_blocked() || as_error, "an unknown error or kind is no figure: {read:?}");
    }
}

#[test]
fn a_wrong_name_is_seen_through() {
    let html = b"<html><body><table><tr><td>1</td></tr></table></body></html>";
    for file in ["a.xls", "a.xlsx", "a.ods"] {
        assert_eq!(refused(&open(html, file)).0, Code::FileNotSpreadsheet);
        let csv = open(b"Month,Value\n2026-10,5\n", file);
        assert_eq!(csv.value.as_ref().unwrap().format, BookFormat::Csv);
        assert_eq!(cells(&csv).len(), 4);
    }
    for file in ["~$a.xlsx", "share/~$a.xlsx", ".~lock.a.ods#"] {
        assert_eq!(refused(&open(b"\x04Anne", file)).0, Code::FileLocked);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn one_hostile_file_holds_only_the_boards_that_need_it() {
    let council = Council::sample();
    let temp = council.path("temp");
    std::fs::create_dir(&temp).unwrap();
    council.replace("config/boardpack.toml", "[limits]\n", "[limits]\nmemory_mb = 400\n");
    let cell = |row, column| record(0x0203, &[&place(row, column), &1.5_f64.to_le_bytes()]);
    council.write("sample/share/annual_outcomes.csv", xls(&[cell(0, 0), cell(65_535, 255)]));
    let output = council.command().env("TMPDIR", &temp).arg("run").assert().code(3).get_output().clone();
    let table = String::from_utf8(output.stdout).unwrap();
    let reason = line(&table, "F108");
    assert!(reason.contains("annual_outcomes.csv") && reason.contains("400 MB of memory"), "{reason}");
    let held = held(&table);
    assert!(held.contains(&"corporate-parenting".to_owned()) && held.len() < 5, "{table}");
    assert!(!council.pdfs("held/2026-10/corporate-parenting").is_empty());
    assert!(!council.pdfs("published").is_empty());
    assert!(std::fs::read_dir(&temp).unwrap().next().is_none(), "something is left in the folder for such");
}

/// Small odd files, as seeds for others.
pub(crate) fn small() -> Vec<Vec<u8>> {
    let row = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46000</v></c><c r="C1"><f>A1</f></c></row>"#;
    let merges = r#"<mergeCells><mergeCell ref="A1:B2"/></mergeCells>"#;
    let cell = |row, column| record(0x0203, &[&place(row, column), &1.5_f64.to_le_bytes()]);
    let error = record(0x0205, &[&place(1, 1), &[0x17, 1]]);
    let table = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="percentage" office:value="0.5" table:number-columns-spanned="2"><text:p>50%</text:p></table:table-cell><table:covered-table-cell/><table:table-cell office:value-type="date" office:date-value="2026-10-31"/></table:table-row>"#;
    vec![
        xlsx(&format!("<sheetData>{row}</sheetData>{merges}"), &strings("", "<si><t>Ref</t></si>")),
        xls(&[cell(0, 0), cell(1, 0), error]),
        ods(table, ODS_END),
        b"sep=;\r\nRef;Value\r\n\"a\"\"b\";1,5\r\n".to_vec(),
    ]
}
