//! Rules that see a table's cells.

use super::*;
use crate::domain::check::{ColumnCheck, SourceChecks};

/// Reads a long table under some checks; its findings.
fn under(checks: SourceChecks, csv: &str) -> Vec<Finding> {
    let source = Source { checks, ..source(table(Orientation::Long)) };
    let book = workbook::read(csv.as_bytes(), &Place { file: Some("a.csv".into()), ..Place::default() });
    let indicators = [monthly("KPI1", Unit::Count)];
    let indicators: Vec<&Indicator> = indicators.iter().collect();
    read(&source, &indicators, &book.value.unwrap(), "a.csv", p("2026-10")).findings
}

const THREE: &str =
    "Ref,Month,Value,Team\nKPI1,August 2026,1,North\nKPI1,September 2026,2,South\nKPI1,October 2026,3,\n";

#[test]
fn rows_are_as_many_as_declared() {
    for (rows, finding) in [
        ((None, None), ""),
        ((Some(3), None), ""),
        ((Some(4), None), "found 3 rows; expected at least 4"),
        ((None, Some(3)), ""),
        ((None, Some(2)), "found 3 rows; expected at most 2"),
        ((Some(1), Some(9)), ""),
    ] {
        let findings = under(SourceChecks { rows, ..SourceChecks::default() }, THREE);
        assert_eq!(findings.first().map_or("", |finding| &finding.message), finding, "{rows:?}");
        assert!(findings.iter().all(|finding| finding.code == Code::RowCount && finding.is_blocking()));
    }
}

#[test]
fn columns_are_unexpected_where_the_others_are_declared() {
    for (extra, expected) in
        [(None, ""), (Some(vec![]), "F232 D1"), (Some(words(&["team"])), ""), (Some(words(&["Note"])), "F232 D1")]
    {
        let findings = under(SourceChecks { extra_columns: extra.clone(), ..SourceChecks::default() }, THREE);
        assert_eq!(codes(&findings).join(";"), expected, "{extra:?}");
        assert!(findings.iter().all(|finding| finding.severity == Severity::Note));
    }
    // A column that a check is about is declared by it.
    let checks =
        SourceChecks { extra_columns: Some(vec![]), columns: vec![column(&[], None)], ..SourceChecks::default() };
    assert_eq!(codes(&under(checks, THREE)), [""; 0]);
}

fn column(one_of: &[&str], pattern: Option<&str>) -> ColumnCheck {
    ColumnCheck {
        column: words(&["Team"]),
        required: false,
        one_of: words(one_of),
        pattern: pattern.map(|pattern| Regex::new(pattern).unwrap()),
        mostly: Decimal::ONE,
    }
}

#[test]
fn cells_are_filled_listed_and_of_a_look() {
    for (check, expected) in [
        (column(&["north", "SOUTH "], None), ""),
        (column(&["North"], None), "F322 D3"),
        (column(&[], Some("^[NS]")), ""),
        (column(&[], Some("^N")), "F323 D3"),
        (ColumnCheck { required: true, ..column(&[], None) }, "F321 D4"),
        (ColumnCheck { column: words(&["Region"]), ..column(&[], None) }, "F202 ·"),
    ] {
        let columns = vec![check.clone()];
        assert_eq!(
            codes(&under(SourceChecks { columns, ..SourceChecks::default() }, THREE)).join(";"),
            expected,
            "{check:?}"
        );
    }
}

#[test]
fn mostly_makes_notes_of_a_few() {
    // One of three is wrong: two thirds are right.
    for (mostly, severity) in [("0.66", Severity::Note), ("0.67", Severity::Blocking), ("1", Severity::Blocking)] {
        let columns = vec![ColumnCheck { mostly: d(mostly), ..column(&["North"], None) }];
        let findings = under(SourceChecks { columns, ..SourceChecks::default() }, THREE);
        assert_eq!(findings[0].severity, severity, "{mostly}");
    }
}

#[test]
fn many_wrong_cells_are_told_together() {
    let rows: String = (0..30).map(|_| "KPI9,October 2026,1,West\n").collect();
    let columns = vec![column(&["North"], None)];
    let csv = format!("Ref,Month,Value,Team\nKPI1,October 2026,1,North\n{rows}");
    let findings = under(SourceChecks { columns, ..SourceChecks::default() }, &csv);
    let told: Vec<&Finding> = findings.iter().filter(|finding| finding.code == Code::CellNotListed).collect();
    assert_eq!(told.len(), 21);
    assert_eq!(
        told[20].message,
        "the same column has more such cells: D23, D24, D25, D26, D27, D28, D29, D30, D31 and D32"
    );
}

#[test]
fn lists_of_people_are_refused_and_none_of_their_cells_is_quoted() {
    for header in
        ["UPN", "NHS No.", "Date of Birth", "Child's date of birth", "DOB", "Forename(s)", "SURNAME", "Child Unique ID"]
    {
        let csv = format!("Ref,Month,Value,{header}\nKPI1,October 2026,oops,Jane Roe\n");
        let findings = under(SourceChecks::default(), &csv);
        assert_eq!(codes(&findings), ["F206 D1"], "{header}");
        assert!(findings[0].is_blocking());
        assert!(!findings[0].to_string().contains("Jane") && !findings[0].to_string().contains("oops"));
    }
    for header in [
        "Children with an NHS number",
        "% with a UPN",
        "Surname recorded",
        "Team name",
        "Owner",
        "Number of DOB missing",
    ] {
        let csv = format!("Ref,Month,Value,{header}\nKPI1,October 2026,1,2\n");
        assert_eq!(codes(&under(SourceChecks::default(), &csv)), [""; 0], "{header}");
    }
    // A header over nothing tells nothing of anybody.
    assert_eq!(codes(&under(SourceChecks::default(), "Ref,Month,Value,UPN\nKPI1,October 2026,1,\n")), [""; 0]);
}

#[test]
fn every_child_level_list_of_annex_a_is_refused() {
    let book = workbook::read(&data("real/Annex_A.xlsx"), &Place::default()).value.unwrap();
    assert_eq!(book.sheets.len(), 11);
    for sheet in &book.sheets {
        let declared = Table { sheet: SheetRule::Named(sheet.name.clone()), ..table(Orientation::Long) };
        let read = read(&source(declared), &[], &book, "Annex_A.xlsx", p("2026-10"));
        // Whichever is declared, none of the others goes unseen.
        let told: std::collections::BTreeSet<&str> =
            read.findings.iter().filter_map(|finding| finding.at.sheet.as_deref()).collect();
        assert_eq!(told.len(), 11, "{}: {told:?}", sheet.name);
        assert!(
            read.findings.iter().all(|finding| finding.code == Code::PersonLevel),
            "{}: {:?}",
            sheet.name,
            read.findings
        );
    }
}

#[test]
fn a_list_on_a_sheet_that_nobody_reads_is_found() {
    use crate::workbook::{Book, BookFormat, Grid, Visibility};
    let grid = |name: &str, csv: &str| {
        let read = workbook::read(csv.as_bytes(), &Place::default()).value.unwrap();
        Grid { name: name.to_owned(), ..read.sheets[0].clone() }
    };
    let figures = grid("Data", "Ref,Month,Value\nKPI1,October 2026,12\n");
    let list = grid("Working", "Ref,Surname\nKPI1,Roe\n");
    for (visibility, expected) in [(Visibility::Visible, 1), (Visibility::Hidden, 0)] {
        let list = Grid { visibility, ..list.clone() };
        let book = Book { format: BookFormat::Xlsx, saved_by: None, sheets: vec![figures.clone(), list] };
        let declared = Table { sheet: SheetRule::Named("Data".to_owned()), ..table(Orientation::Long) };
        let read = read(&source(declared), &[&monthly("KPI1", Unit::Count)], &book, "a.xlsx", p("2026-10"));
        let found: Vec<String> =
            read.findings.iter().map(|finding| format!("{} {}", finding.code, finding.at)).collect();
        assert_eq!(found.len(), expected, "{found:?}");
        assert_eq!(read.value.is_empty(), expected == 1);
        assert!(found.iter().all(|found| found == "F206 a.xlsx › Working › B1"), "{found:?}");
    }
}

#[test]
fn numbers_of_people_are_known_by_their_look() {
    let table = |values: [&str; 4]| {
        let rows: String = values.iter().map(|value| format!("KPI9,October 2026,1,{value}\n")).collect();
        format!("Ref,Month,Value,Code\nKPI1,October 2026,1,\n{rows}")
    };
    for (values, expected) in [
        // Ten digits of which the last fits the others.
        (["9434765919", "943 476 5919", "4505577104", ""], "F206 D3"),
        (["9434765919", "9434765919", "9434765918", "9434765917"], ""),
        (["9434765918", "9434765917", "9434765916", "9434765915"], ""),
        (["0000000000", "0000000000", "0000000000", "0000000000"], ""),
        (["A123456789012", "H801200001001", "B12345678901Z", ""], "F206 D3"),
        (["A12345678901", "I801200001001", "12345678901ZZ", "a123456789012"], ""),
    ] {
        let findings = under(SourceChecks::default(), &table(values));
        let found: Vec<String> = codes(&findings).into_iter().filter(|code| code.starts_with("F206")).collect();
        assert_eq!(found.join(";"), expected, "{values:?}");
    }
}

#[test]
fn what_was_passed_over_is_told_by_its_reason() {
    let csv = "Ref,Month,Value\nKPI1,October 2026,1\nTotal,October 2026,1\nKPI1,September 2026,1\n\n\n\nNote,x,y\n";
    let book = workbook::read(csv.as_bytes(), &Place::default()).value.unwrap();
    let declared = Table {
        stop_at_blank_rows: 2,
        filter: [("Month".to_owned(), "October 2026".to_owned())].into(),
        ..table(Orientation::Long)
    };
    let skipped = skipped::of(&source(declared), &book);
    let rows: Vec<(usize, &str)> = skipped.rows.iter().map(|rows| (rows.count, rows.why)).collect();
    assert_eq!(skipped.rows_read, 1);
    assert_eq!(rows, [(1, "below the end of the table"), (1, "do not pass `filter`"), (1, "match `drop_rows`")]);
}
