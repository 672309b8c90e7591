//! What else may be declared: sheets by pattern, months in other places,
//! hidden parts, merged names, a source's own ratings.

use rust_xlsxwriter::{Color, Format, Workbook};

use super::*;
use crate::domain::layout::OwnColour;

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap()
}

fn count() -> [Indicator; 1] {
    [monthly("KPI1", Unit::Count)]
}

fn long() -> Table {
    table(Orientation::Long)
}

/// Reads a workbook of named sheets, each with some rows.
fn read_sheets(sheets: &[(&str, &[&[&str]])], table: Table) -> Checked<Dataset> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(name.trim_start_matches('!')).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            sheet.write_row(row, 0, cells.iter().copied()).unwrap();
        }
        if name.starts_with('!') {
            sheet.set_hidden(true);
        }
    }
    read_bytes(&workbook.save_to_buffer().unwrap(), table, &count(), "2026-10")
}

const TABLE: &[&[&str]] = &[&["Ref", "Month", "Value"], &["KPI1", "October 2026", "1"]];

#[test]
fn one_shown_sheet_matches_or_it_is_a_finding() {
    let matching = |pattern| Table { sheet: SheetRule::Match(regex(pattern)), ..long() };
    for (sheets, pattern, expected) in [
        (&["Scorecard 26-27", "Notes"][..], "^Scorecard", &[][..]),
        (&["Scorecard 26-27", "!Scorecard 25-26"], "^Scorecard", &["F221 ·"]),
        (&["Scorecard 26-27", "Scorecard 25-26"], "^Scorecard", &["F222 ·"]),
        (&["Data", "Notes"], "^Scorecard", &["F201 ·"]),
        (&["Notes", "!Scorecard"], "^Scorecard", &["F221 ·", "F201 ·"]),
    ] {
        let sheets: Vec<_> = sheets.iter().map(|name| (*name, TABLE)).collect();
        assert_eq!(codes(&read_sheets(&sheets, matching(pattern)).findings), expected, "{sheets:?}");
    }
    let both = read_sheets(&[("KPI 1", TABLE), ("KPI 2", TABLE)], matching("^KPI"));
    assert_eq!(both.findings[0].message, "2 sheets match /^KPI/: \"KPI 1\" and \"KPI 2\"; expected one");
    // Hidden ones count where they are declared to.
    let read = Table { hidden: Hidden::Read, ..matching("^Scorecard") };
    assert_eq!(codes(&read_sheets(&[("Notes", TABLE), ("!Scorecard", TABLE)], read).findings), Vec::<String>::new());
}

#[test]
fn a_sheet_for_each_month_is_named_after_it() {
    let each = |pattern| Table {
        sheet: SheetRule::Each(regex(pattern)),
        header_rows: Vec::new(),
        month_column: Vec::new(),
        month_said: Some(OutsideText { place: Outside::Sheet, pattern: None }),
        indicator_column: heads(&["A"]),
        value_column: heads(&["B"]),
        ..long()
    };
    let rows: &[&[&str]] = &[&["KPI1", "7"]];
    let read = read_sheets(&[("Sep-26", rows), ("Oct-26", rows), ("Not a month", rows)], each("^(Sep|Oct|Not)"));
    assert_eq!(
        ["2026-09", "2026-10"].map(|month| said(&read.value, "KPI1", month)),
        ["7", "7"],
        "one bad sheet costs only itself"
    );
    assert_eq!(codes(&read.findings), ["F204 ·"]);
    assert_eq!(read.findings[0].at.sheet.as_deref(), Some("Not a month"));
    assert_eq!(
        read.findings[0].message,
        "found \"Not a month\" in the sheet's name; expected a month, a date, or text such as March 2026 or Mar-26"
    );
    assert_eq!(read.value.reading(&r("KPI1"), p("2026-09")).unwrap().on.sheet.as_deref(), Some("Sep-26"));
    // Two sheets for one month: the finding names both.
    let read = read_sheets(&[("Oct-26", rows), ("October 2026", rows)], each("^Oct"));
    assert_eq!(
        read.findings[0].message,
        "two figures for KPI1 in October 2026: Oct-26 › B1 and October 2026 › B1; expected one"
    );
    assert_eq!(read.findings[0].at.sheet.as_deref(), Some("October 2026"));
}

#[test]
fn a_month_may_stand_in_the_files_name_or_in_a_title() {
    let said_at = |place, pattern| Table {
        month_column: Vec::new(),
        month_said: Some(OutsideText { place, pattern: Some(regex(pattern)) }),
        month_formats: words(&["%Y-%m", "%B %Y"]),
        header_rows: vec![3],
        ..long()
    };
    let csv = "Children's services\n\"Position at end of  October 2026\",\nRef,Value\nKPI1,5\n";
    for (place, pattern, file, expected) in [
        (Outside::File, r"(\d{4}-\d{2})", "kpi/KPI_2026-10.csv", "5"),
        (Outside::File, r"(\d{4}-\d{2})", "2026-10/KPI.csv", "F204"),
        (Outside::Title, r"end of (\w+ \d{4})$", "a.csv", "5"),
        (Outside::Title, r"start of (\w+ \d{4})$", "a.csv", "F204"),
    ] {
        let place_of = Place { file: Some(file.into()), ..Place::default() };
        let book = workbook::read(csv.as_bytes(), &place_of).value.unwrap();
        let indicators = count();
        let read = read(&source(said_at(place, pattern)), &[&indicators[0]], &book, file, p("2026-10"));
        let found = match read.findings.first() {
            Some(finding) => finding.code.to_string(),
            None => said(&read.value, "KPI1", "2026-10"),
        };
        assert_eq!(found, expected, "{place:?} {file}");
    }
}

#[test]
fn months_of_financial_years_quarters_and_serial_numbers() {
    for (formats, year, typed, expected) in [
        (&["serial"][..], None, "45809", "2025-06"),
        (&["serial"], None, "45809.75", "2025-06"),
        (&["serial"], None, "18263", "F204"),
        (&["serial"], None, "18264", "1950-01"),
        (&["serial"], None, "73050", "2099-12"),
        (&["serial"], None, "73051", "F204"),
        (&["fy-month"], None, "2025-26 M02", "2025-05"),
        (&["fy-month"], None, "2025/26 M12", "2026-03"),
        (&["fy-month"], None, "M1 2025/26", "2025-04"),
        (&["fy-month"], None, "25/26 Month 9", "2025-12"),
        (&["fy-month"], None, "FY2025-26 P10", "2026-01"),
        (&["fy-month"], None, "2025-26 M13", "F204"),
        (&["fy-month"], None, "2025-26 M00", "F204"),
        (&["fy-month"], None, "2025-27 M02", "F204"),
        (&["fy-month"], None, "M02", "F204"),
        (&["fy-month"], Some(2025), "M02", "2025-05"),
        (&["fy-quarter"], None, "Q1 2025/26", "2025-06"),
        (&["fy-quarter"], None, "2025-26 Q4", "2026-03"),
        (&["fy-quarter"], None, "2025-26 Q5", "F204"),
        (&["fy-quarter"], Some(2025), "Quarter 3", "2025-12"),
        (&["%b"], Some(2025), "Apr", "2025-04"),
        (&["%b"], Some(2025), "Mar", "2026-03"),
        (&["%B"], Some(2025), "Sept", "2025-09"),
        (&["%d %b"], Some(2023), "29 Feb", "2024-02"),
        (&["%b"], None, "Apr", "F204"),
        // With a year of its own a month needs no other.
        (&["%b-%y"], Some(2020), "Apr-25", "2025-04"),
        (&["%b", "%b-%y"], Some(2020), "Apr-25", "2025-04"),
    ] {
        let declared = Table { month_formats: words(formats), financial_year: year.map(FinancialYear::From), ..long() };
        let csv = format!("Ref,Month,Value\nKPI1,{typed},1\n");
        let is_quarter = formats.contains(&"fy-quarter");
        let frequency = if is_quarter { Frequency::Quarterly } else { Frequency::Monthly };
        let read = read_bytes(csv.as_bytes(), declared, &[indicator("KPI1", Unit::Count, frequency)], "2100-01");
        let found = read.value.observations().next().map(|observation| observation.period.to_string());
        let unread = read.findings.iter().find(|finding| finding.code == Code::MonthUnreadable);
        assert_eq!(found.or(unread.map(|_| "F204".to_owned())).unwrap(), expected, "{formats:?} {year:?} {typed}");
    }
}

#[test]
fn the_year_of_months_without_one_may_be_said_elsewhere() {
    let wide = |pattern| Table {
        header_rows: vec![2],
        month_formats: words(&["%b"]),
        financial_year: Some(FinancialYear::Said(OutsideText { place: Outside::Title, pattern: Some(regex(pattern)) })),
        ..table(Orientation::Wide)
    };
    let csv = "Scorecard 2026/27,\nRef,Sep,Oct\nKPI1,1,2\n";
    let read = read_csv(csv, wide(r"(\d{4}[-/]\d{2})"), &count());
    assert_eq!((said(&read.value, "KPI1", "2026-10").as_str(), read.findings), ("2", vec![]));
    let read = read_csv(csv, wide(r"(\d{4})"), &count());
    assert_eq!(
        read.findings[0].message,
        "found \"2026\" above the table; expected the financial year, such as 2026/27"
    );
}

#[test]
fn serial_numbers_follow_the_workbooks_own_calendar() {
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("mmm-yy");
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["Ref", "Month", "Value"]).unwrap();
    // 44834 days after 1 January 1904 is 1 October 2026, formatted as a date or not.
    sheet.write(1, 0, "KPI1").unwrap().write_with_format(1, 1, 44_834, &date).unwrap().write(1, 2, 5).unwrap();
    sheet.write(2, 0, "KPI1").unwrap().write(2, 1, 44_804).unwrap().write(2, 2, 6).unwrap();
    let bytes = from_1904(&workbook.save_to_buffer().unwrap());
    let read = read_bytes(&bytes, Table { month_formats: words(&["serial"]), ..long() }, &count(), "2026-10");
    assert_eq!(["2026-10", "2026-09"].map(|month| said(&read.value, "KPI1", month)), ["5", "6"]);
}

/// A workbook that counts days from 1904; its writer knows no other way.
fn from_1904(bytes: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let (name, mut content) = (part.name().unwrap().into_owned(), Vec::new());
        part.read_to_end(&mut content).unwrap();
        if name == "xl/workbook.xml" {
            let text = String::from_utf8(content).unwrap();
            assert!(text.contains("<workbookPr "));
            content = text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ").into_bytes();
        }
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn headers_and_names_may_be_patterns() {
    let declared = Table {
        value_column: vec![Heading::Pattern(regex("^Result"))],
        names: [(r("KPI1"), Naming { names: vec![Heading::Pattern(regex("^Re-referrals"))], ..Naming::default() })]
            .into(),
        ..long()
    };
    let read = read_csv("Ref,Month,Result (v3)\nRe-referrals, %,October 2026\n", declared.clone(), &count());
    assert_eq!(codes(&read.findings), ["F204 B2"]);
    let read =
        read_csv("Ref,Month,Result  (v3)\nRe-referrals (12 months),October 2026,4\n", declared.clone(), &count());
    assert_eq!((said(&read.value, "KPI1", "2026-10").as_str(), read.findings), ("4", vec![]));
    let twice = read_csv("Ref,Month,Result 1,Result 2\nRe-referrals,October 2026,4,5\n", declared.clone(), &count());
    assert_eq!(twice.findings[0].message, "2 columns are headed /^Result/ (the value): C1 and D1; expected one");
    let none = read_csv("Ref,Month,Value\nRe-referrals,October 2026,4\n", declared, &count());
    assert_eq!(codes(&none.findings), ["F202 ·"]);
}

#[test]
fn a_name_merged_down_holds_for_every_row_and_so_does_a_month() {
    let mut workbook = Workbook::new();
    let (sheet, plain) = (workbook.add_worksheet(), Format::new());
    sheet.write_row(0, 0, ["Ref", "Month", "Value"]).unwrap();
    sheet.merge_range(1, 0, 2, 0, "KPI1", &plain).unwrap();
    sheet.write(1, 1, "September 2026").unwrap().write(1, 2, 1).unwrap();
    sheet.merge_range(2, 1, 3, 1, "October 2026", &plain).unwrap();
    sheet.write(2, 2, 2).unwrap().write(3, 0, "KPI2").unwrap().write(3, 2, 3).unwrap();
    // Below the merge nothing is named.
    sheet.write(4, 1, "October 2026").unwrap().write(4, 2, 9).unwrap();
    let indicators = [monthly("KPI1", Unit::Count), monthly("KPI2", Unit::Count)];
    let read = read_bytes(&workbook.save_to_buffer().unwrap(), long(), &indicators, "2026-10");
    let found = [("KPI1", "2026-09"), ("KPI1", "2026-10"), ("KPI2", "2026-10")];
    assert_eq!(found.map(|(reference, month)| said(&read.value, reference, month)), ["1", "2", "3"]);
    assert_eq!(read.findings, vec![]);
}

/// Row 3 and column D are hidden; D holds a second "Value".
fn with_hidden_parts() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["Ref", "Month", "Value", "Value"]).unwrap();
    for (row, month, value) in [(1, "September 2026", 1), (2, "October 2026", 2), (3, "October 2026", 3)] {
        sheet.write(row, 0, "KPI1").unwrap().write(row, 1, month).unwrap();
        sheet.write(row, 2, value).unwrap().write(row, 3, 99).unwrap();
    }
    sheet.set_row_hidden(2).unwrap();
    sheet.set_column_hidden(3).unwrap();
    workbook.save_to_buffer().unwrap()
}

#[test]
fn hidden_rows_and_columns_are_left_out_and_said() {
    let read = read_bytes(&with_hidden_parts(), long(), &count(), "2026-10");
    assert_eq!(["2026-09", "2026-10"].map(|month| said(&read.value, "KPI1", month)), ["1", "3"]);
    assert_eq!(codes(&read.findings), ["F221 ·"]);
    assert_eq!(read.findings[0].message, "what is hidden was left out: row 3; column D");
    assert_eq!(read.findings[0].severity, Severity::Note);
    let read = read_bytes(&with_hidden_parts(), Table { hidden: Hidden::Read, ..long() }, &count(), "2026-10");
    assert_eq!(codes(&read.findings), ["F202 C1"], "two columns are headed Value");
}

#[test]
fn a_hidden_header_row_that_is_declared_counts() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["ref", "month", "value"]).unwrap();
    sheet.write_row(1, 0, ["Indicator", "When", "Figure"]).unwrap();
    sheet.write_row(2, 0, ["KPI1", "October 2026", "4"]).unwrap();
    sheet.set_row_hidden(0).unwrap();
    let declared = Table { drop_rows: vec![regex("^Indicator$")], ..long() };
    let read = read_bytes(&workbook.save_to_buffer().unwrap(), declared, &count(), "2026-10");
    assert_eq!((said(&read.value, "KPI1", "2026-10").as_str(), read.findings), ("4", vec![]));
}

#[test]
fn a_heading_merged_from_a_hidden_column_still_stands_over_the_others() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.merge_range(0, 1, 0, 3, "2026", &Format::new()).unwrap();
    sheet.write_row(1, 0, ["Ref", "Aug", "Sep", "Oct"]).unwrap();
    sheet.write(2, 0, "KPI1").unwrap().write(2, 1, 1).unwrap().write(2, 2, 2).unwrap().write(2, 3, 3).unwrap();
    sheet.set_column_hidden(1).unwrap();
    let declared = Table { header_rows: vec![1, 2], month_formats: words(&["%Y %b"]), ..table(Orientation::Wide) };
    let read = read_bytes(&workbook.save_to_buffer().unwrap(), declared, &count(), "2026-10");
    assert_eq!(["2026-08", "2026-09", "2026-10"].map(|month| said(&read.value, "KPI1", month)), ["nothing", "2", "3"]);
    assert_eq!(read.findings[0].message, "what is hidden was left out: column B");
}

#[test]
fn an_indicator_without_all_its_rows_is_a_finding_and_costs_only_itself() {
    let parts = vec![Part::Numerator, Part::Denominator, Part::Value];
    let declared = || Table { parts: parts.clone(), ..table(Orientation::Pairs) };
    let indicators = [monthly("KPI1", Unit::Percent), monthly("KPI2", Unit::Percent)];
    let csv = "Ref,Row,Oct-26\nKPI1,Seen,1\n,Due,4\nKPI2,Seen,3\n,Due,4\n,%,75%\nOther,Seen,5\n,Due,6\n";
    let read = read_csv(csv, declared(), &indicators);
    assert_eq!(
        (said(&read.value, "KPI1", "2026-10"), said(&read.value, "KPI2", "2026-10")),
        ("nothing".into(), "75".into())
    );
    assert_eq!(codes(&read.findings), ["F604 A7", "F224 A2"]);
    assert_eq!(read.findings[1].message, "KPI1 has 2 rows; expected 3: numerator, denominator, value");
    // What is skipped at the end need not be there.
    let short = Table { parts: vec![Part::Numerator, Part::Denominator, Part::Skip], ..declared() };
    assert_eq!(said(&read_csv(csv, short, &indicators).value, "KPI1", "2026-10"), "25");
    // A printed figure that its parts contradict is one here as in a long table.
    let wrong = read_csv("Ref,Row,Oct-26\nKPI1,Seen,1\n,Due,4\n,%,75%\n", declared(), &indicators[..1]);
    assert_eq!(codes(&wrong.findings), ["F502 C4"]);
}

#[test]
fn a_block_that_is_not_there_is_a_finding_with_the_titles_that_are() {
    let naming = |block: &str| Naming { block: Some(block.to_owned()), names: heads(&["KPI"]), ..Naming::default() };
    let names = [(r("KPI1"), naming("MASH")), (r("KPI2"), naming("Asessment"))].into();
    let indicators = [monthly("KPI1", Unit::Count), monthly("KPI2", Unit::Count)];
    let csv = "MASH,\nRef,Oct-26\nKPI,1\nNote: provisional,\n\nAssessment,\nRef,Oct-26\nKPI,2\n";
    let read = read_csv(csv, Table { names, ..table(Orientation::Blocks) }, &indicators);
    assert_eq!(said(&read.value, "KPI1", "2026-10"), "1");
    assert_eq!(codes(&read.findings), ["F223 ·", "F604 A4"]);
    assert_eq!(read.findings[0].message, "no block is titled \"Asessment\"; found \"MASH\" and \"Assessment\"");
    assert!(read.findings[0].hint.ends_with("did you mean \"Assessment\"?"), "{}", read.findings[0].hint);
    let none = read_csv("Ref,Oct-26\nKPI1,1\n", table(Orientation::Blocks), &indicators);
    assert_eq!(codes(&none.findings), ["F203 ·"]);
}

#[test]
fn a_sources_own_colours_are_kept_and_unknown_ones_noted() {
    let mut workbook = Workbook::new();
    let fill = |color| Format::new().set_background_color(color);
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["Ref", "Jul-26", "Aug-26", "Sep-26", "Oct-26"]).unwrap();
    sheet.write(1, 0, "KPI1").unwrap().write(1, 1, 1).unwrap();
    sheet.write_with_format(1, 2, 2, &fill(Color::RGB(0x00_C0_00_00))).unwrap();
    sheet.write_with_format(1, 3, 3, &fill(Color::White)).unwrap();
    sheet.write_with_format(1, 4, 4, &fill(Color::RGB(0x12_34_56))).unwrap();
    let map = [(0x00C0_0000, OwnColour::Red)].into();
    let declared = Table { own_rating: Some(OwnRating::Fill(map)), ..table(Orientation::Wide) };
    let read = read_bytes(&workbook.save_to_buffer().unwrap(), declared, &count(), "2026-10");
    let own = |month| read.value.reading(&r("KPI1"), p(month)).unwrap().own_rating;
    assert_eq!(["2026-07", "2026-08", "2026-09", "2026-10"].map(own), [None, Some(OwnColour::Red), None, None]);
    assert_eq!(codes(&read.findings), ["F612 E2"]);
    assert_eq!(read.findings[0].message, "figures are rated #123456, which is not declared");
}

#[test]
fn a_block_goes_on_below_a_blank_row_where_figures_do() {
    let indicators = [monthly("KPI1", Unit::Count), monthly("KPI2", Unit::Count), monthly("KPI3", Unit::Count)];
    let naming = |block: &str| Naming { block: Some(block.to_owned()), ..Naming::default() };
    let names = || BTreeMap::from([(r("KPI1"), naming("A")), (r("KPI2"), naming("A")), (r("KPI3"), naming("B"))]);
    for (csv, expected) in [
        ("A,\nRef,Oct-26\nKPI1,1\nKPI2,2\n,\nB,\nRef,Oct-26\nKPI3,3\n", ["1", "2", "3"]),
        ("A,\nRef,Oct-26\nKPI1,1\n,\nKPI2,2\n,\nB,\nRef,Oct-26\nKPI3,3\n", ["1", "2", "3"]),
        ("A,\nRef,Oct-26\n,\nKPI1,1\n,\n,\nKPI2,2\nB,\nRef,Oct-26\nKPI3,3\n", ["1", "2", "3"]),
        // A note below a blank row ends it, and so does a table without a title.
        ("A,\nRef,Oct-26\nKPI1,1\n,\nNote,see below\nB,\nRef,Oct-26\nKPI3,3\n", ["1", "nothing", "3"]),
        ("A,\nRef,Oct-26\nKPI1,1\n,\nRef,Sep-26\nKPI2,2\n,\nB,\nRef,Oct-26\nKPI3,3\n", ["1", "nothing", "3"]),
    ] {
        let read = read_csv(csv, Table { names: names(), ..table(Orientation::Blocks) }, &indicators);
        assert_eq!(["KPI1", "KPI2", "KPI3"].map(|of| said(&read.value, of, "2026-10")), expected, "{csv}");
    }
}
