//! One indicator and month has one place, whatever stands in it; and a figure
//! has no place where no heading is.

use rust_xlsxwriter::{Format, Workbook};

use super::*;

fn count() -> [Indicator; 1] {
    [monthly("KPI1", Unit::Count)]
}

fn wide(csv: &str) -> Checked<Dataset> {
    read_csv(csv, table(Orientation::Wide), &count())
}

#[test]
fn two_places_for_one_month_are_one_too_many_whatever_they_hold() {
    for (first, second, message) in [
        ("1", "2", "two figures for KPI1 in October 2026: C2 and C3; expected one"),
        ("1", "1", "two figures for KPI1 in October 2026: C2 and C3; expected one"),
        ("n/a", "1", "two figures for KPI1 in October 2026: C2 and C3; expected one"),
        ("n/a", "n/a", "two figures for KPI1 in October 2026: C2 and C3; expected one"),
        ("", "1", "two places for KPI1 in October 2026: C2, which is blank, and C3; expected one"),
        ("1", "", "two places for KPI1 in October 2026: C2 and C3, which is blank; expected one"),
        ("", "", "two places for KPI1 in October 2026: C2 and C3, both blank; expected one"),
    ] {
        let read = read_csv(
            &format!("Ref,Month,Value\nKPI1,October 2026,{first}\nKPI1,Oct-26,{second}\n"),
            table(Orientation::Long),
            &[monthly("KPI1", Unit::Count)],
        );
        let told = read.findings.iter().find(|finding| finding.code == Code::Duplicate).unwrap();
        assert_eq!(told.message, message);
        assert!(told.is_blocking());
    }
}

#[test]
fn two_columns_for_one_month_are_told_whatever_they_hold() {
    for cells in ["1,2", "1,1", "1,", ",2", ",", "n/a,2", "2,n/a"] {
        let read = wide(&format!("Ref,Oct-26,October 2026\nKPI1,{cells}\n"));
        assert!(codes(&read.findings).contains(&"F401 C2".to_owned()), "{cells}: {:?}", codes(&read.findings));
    }
    let read = wide("Ref,Oct-26,October 2026\nKPI1,,2\n");
    assert_eq!(
        read.findings[0].message,
        "two places for KPI1 in October 2026: B2, which is blank, and C2; expected one"
    );
    // Nothing is read from the second place, and that a figure came is known.
    assert_eq!(said(&read.value, "KPI1", "2026-10"), "Refused");
    assert!(!codes(&read.findings).iter().any(|code| code.starts_with("F404") || code.starts_with("F403")));
    let nothing = wide("Ref,Sep-26,Oct-26,October 2026\nKPI1,4,,\n");
    assert_eq!(codes(&nothing.findings), ["F401 D2", "F404 ·"]);
}

#[test]
fn two_rows_blocks_and_sheets_for_one_month_are_told_whatever_they_hold() {
    let sheets = Regex::new("^Sheet").unwrap();
    for (first, second) in [("1", "2"), ("", "2"), ("1", ""), ("", "")] {
        let rows = wide(&format!("Ref,Owner,Oct-26\nKPI1,Head,{first}\nKPI1,Head,{second}\n"));
        assert!(codes(&rows.findings).contains(&"F401 C3".to_owned()), "rows {first} {second}");
        let csv =
            format!("MASH,,\nRef,Owner,Oct-26\nKPI1,Head,{first}\n\nCourt,,\nRef,Owner,Oct-26\nKPI1,Head,{second}\n");
        let blocks = read_csv(&csv, table(Orientation::Blocks), &count());
        assert!(codes(&blocks.findings).contains(&"F401 C7".to_owned()), "blocks {first} {second}");

        let mut workbook = Workbook::new();
        for (name, figure) in [("Sheet A", first), ("Sheet B", second)] {
            let sheet = workbook.add_worksheet().set_name(name).unwrap();
            sheet.write_row(0, 0, ["Ref", "Month", "Value"]).unwrap();
            sheet.write_row(1, 0, ["KPI1", "October 2026", figure]).unwrap();
        }
        let each = Table { sheet: SheetRule::Each(sheets.clone()), ..table(Orientation::Long) };
        let read = read_bytes(&workbook.save_to_buffer().unwrap(), each, &count(), "2026-10");
        let told = read.findings.iter().find(|finding| finding.code == Code::Duplicate).unwrap();
        assert!(told.message.to_string().contains("Sheet A › C2"), "{}", told.message);
        assert!(told.message.to_string().contains("Sheet B › C2"), "{}", told.message);
    }
}

#[test]
fn what_is_one_place_to_the_eye_is_one_place() {
    // A cell that is merged over two columns, below a heading that is.
    let mut workbook = Workbook::new();
    let (sheet, plain) = (workbook.add_worksheet(), Format::new());
    sheet.write(0, 0, "Ref").unwrap().write(1, 0, "KPI1").unwrap();
    sheet.merge_range(0, 1, 0, 2, "Sep-26", &plain).unwrap().merge_range(0, 3, 0, 4, "Oct-26", &plain).unwrap();
    sheet.merge_range(1, 1, 1, 2, "6", &plain).unwrap().merge_range(1, 3, 1, 4, "7", &plain).unwrap();
    let read = read_bytes(&workbook.save_to_buffer().unwrap(), table(Orientation::Wide), &count(), "2026-10");
    assert_eq!((said(&read.value, "KPI1", "2026-10").as_str(), codes(&read.findings)), ("7", vec![]));
    // A row that goes on under a new name, each blank where the other is filled.
    let names = || [named("KPI1", &["Old name", "New name"])].into();
    let renamed = |csv: &str| read_csv(csv, Table { names: names(), ..table(Orientation::Wide) }, &count());
    let read = renamed("Ref,Sep-26,Oct-26\nOld name,6,\nNew name,,7\n");
    assert_eq!(
        (said(&read.value, "KPI1", "2026-09").as_str(), said(&read.value, "KPI1", "2026-10").as_str()),
        ("6", "7")
    );
    assert_eq!(codes(&read.findings), Vec::<String>::new());
    assert_eq!(codes(&renamed("Ref,Sep-26,Oct-26\nOld name,6,8\nNew name,,7\n").findings), ["F401 C3"]);
}

fn ratio(csv: &str) -> Checked<Dataset> {
    read_csv(csv, table(Orientation::Long), &count())
}

#[test]
fn a_row_of_text_that_is_wider_than_its_header_is_told() {
    let read = ratio("Ref,Month,Value,Comment\nKPI1,September 2026,987,ok\nKPI1,October 2026,1,234,ok\n");
    assert_eq!(codes(&read.findings)[0], "F209 ·");
    assert!(read.findings[0].is_blocking());
    assert_eq!(read.findings[0].message, "row 3 has 5 cells; the header has 4; 1 and 234 may be one number, 1,234");
    for csv in [
        // In another row than the indicator's.
        "Ref,Month,Value\nKPI1,October 2026,1\nKPI9,October 2026,2,oops\n",
        // In a text.
        "Ref,Month,Value\nSmith, John,October 2026,5\nKPI1,October 2026,1\n",
        "Ref;Month;Value\nKPI1;October 2026;1;9\nKPI1;September 2026;2\n",
        "Ref\tMonth\tValue\nKPI1\tOctober 2026\t1\t9\n",
    ] {
        assert!(ratio(csv).findings.iter().any(|finding| finding.code == Code::RowWidth), "{csv}");
    }
    for csv in [
        // Empty cells at the end.
        "Ref,Month,Value\nKPI1,October 2026,1,,,\n",
        "Ref,Month,Value,\nKPI1,October 2026,1,a comment\n",
        "Ref,Month,Value,,\nKPI1,October 2026,1,,\n",
        "Ref,Month,Value\nKPI1,October 2026,\"1,234\"\n",
    ] {
        assert_eq!(ratio(csv).findings, vec![], "{csv}");
    }
}

#[test]
fn a_row_of_text_that_is_narrower_than_its_neighbours_is_told() {
    let head = "Ref,Month,Value,Comment\nKPI1,August 2026,9,ok\n";
    let read = ratio(&format!("{head}KPI1,September 2026\nKPI1,October 2026,1,ok\n"));
    let told = read.findings.iter().find(|finding| finding.code == Code::RowWidth).unwrap();
    assert_eq!(told.message, "row 3 has 2 cells; the header has 4");
    assert!(ratio(&format!("{head}KPI1,October 2026,1\n")).findings.iter().any(|f| f.code == Code::RowWidth));
    // A note below the table, and a program that leaves out what is empty in every row.
    let noted = ratio(&format!("{head}KPI1,October 2026,1,\nSource: the system\n"));
    assert!(!noted.findings.iter().any(|finding| finding.code == Code::RowWidth), "{:?}", noted.findings);
    assert_eq!(ratio("Ref,Month,Value,Comment\nKPI1,September 2026,9\nKPI1,October 2026,1\n").findings, vec![]);
    // But not where a figure is among it.
    let cut = ratio("Ref,Month,Comment,Value\nKPI1,September 2026,9\nKPI1,October 2026,1\n");
    assert!(cut.findings.iter().any(|finding| finding.code == Code::RowWidth));
}

#[test]
fn a_number_that_a_comma_cut_in_two_is_told_where_the_row_gets_no_wider() {
    let read = ratio(
        "Ref,Month,Value,Comment\nKPI1,September 2026,987,\nKPI1,August 2026,950,fine\nKPI1,October 2026,1,234\n",
    );
    let told = read.findings.iter().find(|finding| finding.code == Code::RowWidth).unwrap();
    assert_eq!(
        told.message,
        "row 4 has 1 in column C and 234 behind it, which may be one number, 1,234; expected a number without commas, or in quotation marks"
    );
    // Another column of numbers is one.
    let csv = "Ref,Month,Value,Target\nKPI1,September 2026,98,100\nKPI1,August 2026,95,\nKPI1,October 2026,1,234\n";
    assert_eq!(ratio(csv).findings, vec![]);
}

#[test]
fn figures_under_no_heading_are_told() {
    let book = |headed: bool| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write_row(0, 0, ["Ref", "Month", "Value"]).unwrap();
        for (row, month) in [(1, "September 2026"), (2, "October 2026")] {
            sheet.write(row, 0, "KPI1").unwrap().write(row, 1, month).unwrap();
            sheet.write(row, 2, 7).unwrap().write(row, 3, 70).unwrap();
        }
        if headed {
            sheet.write(0, 3, "Other").unwrap();
        }
        read_bytes(&workbook.save_to_buffer().unwrap(), table(Orientation::Long), &count(), "2026-10").findings
    };
    assert_eq!(codes(&book(false)), ["F210 D2"]);
    assert_eq!(book(false)[0].message, "column D holds figures and no heading, and is left out");
    assert_eq!(book(false)[0].severity, Severity::Caution);
    assert_eq!(codes(&book(true)), Vec::<String>::new());
}

#[test]
fn exact_case_decides_between_headings_and_between_names() {
    let declared =
        || Table { numerator_column: heads(&["n"]), denominator_column: heads(&["N"]), ..table(Orientation::Long) };
    let percent = [monthly("KPI1", Unit::Percent)];
    let read = read_csv("Ref,Month,n,N,Value\nKPI1,October 2026,80,100,80\n", declared(), &percent);
    assert_eq!((said(&read.value, "KPI1", "2026-10").as_str(), codes(&read.findings)), ("80", vec![]));
    // The other way round in the sheet, and in several rows of a header.
    let read = read_csv("Ref,Month,N,n,Value\nKPI1,October 2026,100,80,80\n", declared(), &percent);
    assert_eq!((said(&read.value, "KPI1", "2026-10").as_str(), codes(&read.findings)), ("80", vec![]));
    // Where only one of them is there, it is not both.
    let read = read_csv("Ref,Month,N,Value\nKPI1,October 2026,100,80\n", declared(), &percent);
    assert_eq!(codes(&read.findings), ["F202 C1"]);
    assert_eq!(
        read.findings[0].message,
        "the numerator and the denominator are both read from C1; expected a column for each"
    );
    let names = [named("KPI1", &["n"]), named("KPI2", &["N"])].into();
    let both = [monthly("KPI1", Unit::Count), monthly("KPI2", Unit::Count)];
    let read = read_csv("Ref,Oct-26\nN,2\nn,1\n", Table { names, ..table(Orientation::Wide) }, &both);
    assert_eq!(["KPI1", "KPI2"].map(|reference| said(&read.value, reference, "2026-10")), ["1", "2"]);
}

#[test]
fn a_second_table_under_the_first_or_beside_it_is_none_of_its_figures() {
    let indicators = [monthly("K1", Unit::Count), monthly("K2", Unit::Count)];
    let found = |csv: &str, orientation| {
        let read = read_csv(csv, table(orientation), &indicators);
        let codes = codes(&read.findings);
        codes.into_iter().filter(|code| code.starts_with("F212") || code.starts_with("F213")).collect::<Vec<_>>()
    };
    for (csv, expected) in [
        ("Ref,Mar-26,Apr-26\nK1,1,2\n\nRef,Mar-25,Apr-25\nK2,10,20\n", vec!["F212 A4"]),
        ("Ref,Mar-26,Apr-26\nK1,1,2\n,Apr-26,Mar-26\nK2,10,20\n", vec!["F212 B3"]),
        // The same header once more, as on a new page.
        ("Ref,Mar-26,Apr-26\nK1,1,2\nRef,Mar-26,Apr-26\nK2,10,20\n", vec![]),
        ("Ref,Mar-26,Apr-26,,KPI,May-26,Jun-26\nK1,1,2,,K2,10,20\n", vec!["F212 E1"]),
        // A colour beside each month is no table.
        ("Ref,Mar-26,RAG,Apr-26,RAG\nK1,1,G,2,R\n", vec![]),
    ] {
        assert_eq!(found(csv, Orientation::Wide), expected, "{csv}");
    }
    for (csv, expected) in [
        ("Ref,Month,Value,Target\nK1,Mar-26,7,9\nRef,Month,Target,Value\nK2,Mar-26,90,7\n", vec!["F212 A3"]),
        ("Ref,Month,Value\nK1,Mar-26,7\nRef,Month,Value\nK2,Mar-26,9\n", vec![]),
    ] {
        assert_eq!(found(csv, Orientation::Long), expected, "{csv}");
    }
}

#[test]
fn months_under_different_words_are_told_where_nothing_says_which_are_meant() {
    let indicators = [monthly("K1", Unit::Count)];
    for (above, expected) in [
        (",Actual,,Forecast,", true),
        (",Actual,Actual,YTD,YTD", true),
        (",Q1,,Q2,", false),
        (",2026/27,,2026/27,", false),
        (",Actual,,Actual,", false),
    ] {
        let csv = format!("{above}\nRef,Apr-26,May-26,Jun-26,Jul-26\nK1,1,2,3,4\n");
        let table = Table { header_rows: vec![1, 2], ..table(Orientation::Wide) };
        let read = read_csv(&csv, table, &indicators);
        assert_eq!(read.findings.iter().any(|finding| finding.code == Code::MonthsUnderWords), expected, "{above}");
    }
}

#[test]
fn a_number_that_a_comma_cut_before_a_nought_is_told_however_wide_its_row() {
    let indicators = [monthly("K1", Unit::Count)];
    for (csv, expected) in [
        ("Ref,Month,Value,Target\nK1,Mar-26,950,900\nK1,Apr-26,1,050\n", true),
        ("Ref,Month,Value,Target\nK1,Mar-26,950,900\nK1,Apr-26,1,50\n", false),
        ("Ref,Month,Value,Target\nK1,Mar-26,0,050\n", false),
    ] {
        let read = read_csv(csv, table(Orientation::Long), &indicators);
        assert_eq!(read.findings.iter().any(|finding| finding.code == Code::RowWidth), expected, "{csv}");
    }
}

#[test]
fn rows_under_a_heading_of_others_are_told() {
    let said = |heading: &str| {
        let csv = format!("Ref,Oct-26\nKPI1,1\n{heading},\nKPI2,2\nKPI3,3\nOwn figures,\nKPI4,4\n");
        let indicators: Vec<Indicator> = (1..=4).map(|nth| monthly(&format!("KPI{nth}"), Unit::Count)).collect();
        let found = codes(&read_csv(&csv, table(Orientation::Wide), &indicators).findings);
        found.into_iter().filter(|code| code.starts_with("F226")).collect::<Vec<_>>()
    };
    assert_eq!(said("Statistical neighbours"), ["F226 A4", "F226 A5"]);
    assert_eq!(said("England averages"), ["F226 A4", "F226 A5"]);
    for own in ["England comparison", "Indicators compared with England", "Regional adoption agency"] {
        assert_eq!(said(own), Vec::<String>::new(), "{own}");
    }
    assert_eq!(said("National indicators"), Vec::<String>::new());
    assert_eq!(said("Children in care"), Vec::<String>::new());
}

#[test]
fn a_second_sheet_of_the_same_headings_is_told_where_none_is_declared() {
    let book = |second: &str, name: &str| {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        for (sheet, heading) in [(name, "Value"), ("Backup", second)] {
            let sheet = workbook.add_worksheet().set_name(sheet).unwrap();
            sheet.write_row(0, 0, ["Ref", "Month", heading]).unwrap();
            sheet.write_row(1, 0, ["KPI1", "Oct-26"]).unwrap().write(1, 2, 5).unwrap();
        }
        workbook.save_to_buffer().unwrap()
    };
    let said = |second: &str, rule: SheetRule| {
        let declared = Table { sheet: rule, ..table(Orientation::Long) };
        codes(&read_bytes(&book(second, "Data"), declared, &[monthly("KPI1", Unit::Count)], "2026-10").findings)
    };
    assert_eq!(said("Value", SheetRule::First), ["F225 ·"]);
    assert_eq!(said("Other", SheetRule::First), Vec::<String>::new());
    assert_eq!(said("Value", SheetRule::Named("Data".to_owned())), Vec::<String>::new());
}
