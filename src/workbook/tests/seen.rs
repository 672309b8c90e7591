//! What a reader of the sheet sees, and files that Excel opens without a word.

use super::*;

/// An xlsx in which some words of its parts stand otherwise.
fn rewritten(bytes: &[u8], part: &str, changes: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ::zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut copy = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).unwrap();
        if name == part {
            for (from, to) in changes {
                assert!(text.contains(from), "{from} in {text}");
                text = text.replace(from, to);
            }
        }
        copy.start_file(name, ::zip::write::SimpleFileOptions::default()).unwrap();
        copy.write_all(text.as_bytes()).unwrap();
    }
    copy.finish().unwrap().into_inner()
}

#[test]
fn a_number_that_its_format_hides_is_told_from_one_that_is_shown() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let formats = ["[<6]\"c\";0", ";;;", "0.0%", "_-* #,##0_-;-* #,##0_-;_-* \"-\"??_-;_-@_-", "General"];
    for (row, format) in (0_u32..).zip(formats) {
        for (column, value) in [(0, 3.0), (1, 0.0), (2, 12.0)] {
            sheet.write_number_with_format(row, column, value, &Format::new().set_num_format(format)).unwrap();
        }
    }
    let book = book(&workbook.save_to_buffer().unwrap(), "a.xlsx");
    let masked = |value: f64, shown: &str| Some(Cell::Masked { value, shown: shown.to_owned() });
    for (at, expected) in [
        ("A1", masked(3.0, "c")),
        ("B1", masked(0.0, "c")),
        ("C1", number(12.0, false)),
        ("A2", masked(3.0, "")),
        ("B2", number(0.0, false)),
        ("A3", number(3.0, true)),
        ("A4", number(3.0, false)),
        ("B4", number(0.0, false)),
        ("A5", number(3.0, false)),
    ] {
        assert_eq!(cell(&book.sheets[0], at).cloned(), expected, "{at}");
    }
    let row = |value: &str, shown: &str| {
        format!("<table:table-cell office:value-type=\"float\" office:value=\"{value}\">{shown}</table:table-cell>")
    };
    let cells =
        [row("3", "<text:p>c</text:p>"), row("0", "<text:p>-</text:p>"), row("3", ""), row("3", "<text:p>3</text:p>")];
    let bytes = ods(&format!("<table:table-row>{}</table:table-row>", cells.concat()));
    let book = super::book(&bytes, "a.ods");
    for (at, expected) in
        [("A1", masked(3.0, "c")), ("B1", number(0.0, false)), ("C1", number(3.0, false)), ("D1", number(3.0, false))]
    {
        assert_eq!(cell(&book.sheets[0], at).cloned(), expected, "{at}");
    }
}

#[test]
fn an_error_newer_than_the_reader_is_an_error_of_its_cell() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, formula) in (0_u32..).zip(["=A9", "=B9", "=C9", "=D9"]) {
        sheet.write_formula(row, 0, Formula::new(formula).set_result("#N/A")).unwrap();
        sheet.write_number(row, 1, f64::from(row)).unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    for error in ["#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#GETTING_DATA"] {
        let bytes = rewritten(
            &bytes,
            "xl/worksheets/sheet1.xml",
            &[("<f>A9</f><v>#N/A</v>", &format!("<f>A9</f><v>{error}</v>"))],
        );
        let sheet = &book(&bytes, "a.xlsx").sheets[0];
        assert_eq!(cell(sheet, "A1").cloned(), Some(Cell::Error(error.to_owned())));
        assert_eq!(cell(sheet, "A2").cloned(), Some(Cell::Error("#N/A".to_owned())));
        assert_eq!((cell(sheet, "B1").cloned(), cell(sheet, "B4").cloned()), (number(0.0, false), number(3.0, false)));
    }
}

#[test]
fn a_dimension_that_is_no_area_keeps_no_sheet_from_being_read() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write_number(0, 0, 7).unwrap().write_number(2, 3, 8).unwrap();
    workbook.add_worksheet().write_number(0, 0, 9).unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    for dimension in ["ref=\"\"", "ref=\"A\"", "ref=\"#REF!\"", "", "ref=\"1:9:2\""] {
        let changes = [("ref=\"A1:D3\"", dimension)];
        let book = book(&rewritten(&bytes, "xl/worksheets/sheet1.xml", &changes), "a.xlsx");
        assert_eq!(cell(&book.sheets[0], "D3").cloned(), number(8.0, false), "{dimension}");
        assert_eq!(cell(&book.sheets[1], "A1").cloned(), number(9.0, false), "{dimension}");
    }
}

#[test]
fn an_opendocument_file_is_known_by_what_it_holds() {
    let content =
        |body: &str| format!("<office:document-content><office:body>{body}</office:body></office:document-content>");
    let table = "<table:table table:name=\"A\"><table:table-row><table:table-cell office:value-type=\"float\" office:value=\"7\"/></table:table-row></table:table>";
    let sheet = content(&format!("<office:spreadsheet>{table}</office:spreadsheet>"));
    let bytes = zip(&[("content.xml", &sheet), ("META-INF/manifest.xml", "<manifest:manifest/>")]);
    assert_eq!(cell(&book(&bytes, "a.ods").sheets[0], "A1").cloned(), number(7.0, false));
    for (body, expected) in [
        (
            content("<office:text><text:p>A letter</text:p></office:text>"),
            "an OpenDocument file that is no spreadsheet",
        ),
        (content("<office:presentation/>"), "an OpenDocument file that is no spreadsheet"),
        ("<package/>".to_owned(), "a zip archive"),
    ] {
        let (code, message) = refused(&zip(&[("content.xml", &body)]), "a.ods");
        assert!(code == Code::FileNotSpreadsheet && message.contains(expected), "{message}");
    }
}
