//! Headings, years and months that are typed once and do not stand at the first
//! of what they hold for.

use rust_xlsxwriter::{Format, Workbook};

use super::*;

fn told(findings: &[Finding]) -> Vec<String> {
    codes(findings).into_iter().filter(|code| code.starts_with("F214") || code.starts_with("F210")).collect()
}

fn under(heading: &str) -> Naming {
    Naming { under: Some(Heading::Name(heading.to_owned())), ..Naming::default() }
}

/// A wide table of two header rows, read for two indicators that stand in one
/// row under two headings.
fn measures(above: &str, months: &str) -> Checked<Dataset> {
    let width = months.split(',').count();
    let figures: Vec<String> = (1..=width).map(|nth| nth.to_string()).collect();
    let csv = format!(",{above}\nRef,{months}\nRutland,{}\n", figures.join(","));
    let naming = |name: &str| Naming { names: heads(&["Rutland"]), ..under(name) };
    let names = [(r("REG"), naming("Reg")), (r("APP"), naming("App"))].into();
    let declared = Table { header_rows: vec![1, 2], names, ..table(Orientation::Wide) };
    read_csv(&csv, declared, &[monthly("REG", Unit::Count), monthly("APP", Unit::Count)])
}

#[test]
fn a_heading_in_the_middle_of_its_months_gives_no_measure_anothers() {
    for (above, months, expected) in [
        // Over the first of its months: as it is read.
        ("Reg,,,App,,", "Apr-26,May-26,Jun-26,Apr-26,May-26,Jun-26", vec![]),
        ("Reg,,,App,,", "Jun-26,May-26,Apr-26,Jun-26,May-26,Apr-26", vec![]),
        ("Reg,,App,,", "Apr-26,May-26,Jun-26,Jul-26,Aug-26", vec![]),
        ("Reg,,,,App,,,", "May-26,Jun-26,May-25,Jun-25,May-26,Jun-26,May-25,Jun-25", vec![]),
        ("Reg,App,Reg,App", "Apr-26,Apr-26,May-26,May-26", vec![]),
        // A month of the year before in front, under none.
        (",Reg,,App,", "Apr-25,May-26,Jun-26,May-26,Jun-26", vec![]),
        // In the middle.
        (",Reg,,,App,", "Apr-26,May-26,Jun-26,Apr-26,May-26,Jun-26", vec!["F214 F1"]),
        (",Reg,,,App,", "Jun-26,May-26,Apr-26,Jun-26,May-26,Apr-26", vec!["F214 F1"]),
        ("Reg,,,,App,", "Apr-26,May-26,Jun-26,Apr-26,May-26,Jun-26", vec!["F214 F1"]),
        (",Reg,,App", "Apr-26,May-26,Apr-26,May-26", vec!["F214 E1"]),
        ("Reg,,,,App,", "Apr-26,May-26,Jun-26,Jan-26,Feb-26,Mar-26", vec!["F214 F1"]),
        ("Reg,,,,App,", "Apr-26,May-26,Jun-26,Jan-27,Feb-27,Mar-27", vec!["F214 F1"]),
        // Months go on from one to the other, and nothing says where.
        (",Reg,,,App,", "Apr-26,May-26,Jun-26,Jul-26,Aug-26,Sep-26", vec!["F214 C1"]),
        // One heading alone: what stands before it is left out.
        (",Reg,", "Apr-26,May-26,Jun-26", vec!["F210 B2"]),
    ] {
        assert_eq!(told(&measures(above, months).findings), expected, "{above} {months}");
    }
    let read = measures(",Reg,,,App,", "Apr-26,May-26,Jun-26,Apr-26,May-26,Jun-26");
    let found = read.findings.iter().find(|finding| finding.code == Code::HeadingOffset).unwrap();
    assert_eq!(
        found.message,
        "\"App\" at F1 does not stand at the first of its months: E2 may be under it, or under what stands before"
    );
    assert!(found.is_blocking());
}

#[test]
fn a_merged_heading_is_over_all_its_months_whatever_stands_beside_it() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(1, 0, "Ref").unwrap().write(2, 0, "Rutland").unwrap();
    for (at, month) in (1_u16..).zip(["Mar-26", "Apr-26", "May-26", "Apr-26", "May-26"]) {
        sheet.write(1, at, month).unwrap().write(2, at, at).unwrap();
    }
    sheet.merge_range(0, 2, 0, 3, "Reg", &Format::new()).unwrap();
    sheet.merge_range(0, 4, 0, 5, "App", &Format::new()).unwrap();
    let names = [(r("REG"), Naming { names: heads(&["Rutland"]), ..under("Reg") })].into();
    let declared = Table { header_rows: vec![1, 2], names, ..table(Orientation::Wide) };
    let read = read_bytes(&workbook.save_to_buffer().unwrap(), declared, &[monthly("REG", Unit::Count)], "2026-05");
    assert_eq!(["2026-04", "2026-05"].map(|month| said(&read.value, "REG", month)), ["2", "3"]);
    assert_eq!(told(&read.findings), Vec::<String>::new());
}

#[test]
fn a_month_in_the_middle_of_its_headings_is_no_other_months() {
    let found = |csv: &str| {
        let naming = Naming { names: heads(&["KPI1"]), ..under("Actual") };
        let declared =
            Table { header_rows: vec![1, 2], names: [(r("KPI1"), naming)].into(), ..table(Orientation::Wide) };
        told(&read_csv(csv, declared, &[monthly("KPI1", Unit::Count)]).findings)
    };
    for (csv, expected) in [
        ("Ref,Sep-26,,,Oct-26,,\n,Actual,Target,RAG,Actual,Target,RAG\nKPI1,1,2,G,3,4,G\n", vec![]),
        ("Ref,,Sep-26,,,Oct-26,\n,Actual,Target,RAG,Actual,Target,RAG\nKPI1,1,2,G,3,4,G\n", vec!["F214 C1"]),
        ("Ref,,Sep-26,,Oct-26\n,Actual,Target,Actual,Target\nKPI1,1,2,3,4\n", vec!["F214 C1"]),
        // A target of the whole year before the first month.
        ("Ref,Target,Sep-26,,Oct-26,\n,,Actual,Target,Actual,Target\nKPI1,9,1,2,3,4\n", vec![]),
        ("Ref,,Sep-26,,Oct-26,\n,Target,Actual,Target,Actual,Target\nKPI1,9,1,2,3,4\n", vec![]),
        ("Ref,,Sep-26,,Oct-26,\n,Owner,Actual,Target,Actual,Target\nKPI1,x,1,2,3,4\n", vec![]),
    ] {
        assert_eq!(found(csv), expected, "{csv}");
    }
}

/// A wide table with years typed once over months.
fn years(above: &str, months: &str, formats: &[&str]) -> Vec<String> {
    let figures: Vec<String> = (1..=months.split(',').count()).map(|nth| nth.to_string()).collect();
    let csv = format!(",{above}\nRef,{months}\nKPI1,{}\n", figures.join(","));
    let declared = Table {
        header_rows: vec![1, 2],
        month_formats: words(formats),
        financial_year: Some(FinancialYear::Above),
        ..table(Orientation::Wide)
    };
    let frequency = if formats == ["fy-quarter"] { Frequency::Quarterly } else { Frequency::Monthly };
    told(&read_csv(&csv, declared, &[indicator("KPI1", Unit::Count, frequency)]).findings)
}

#[test]
fn a_year_in_the_middle_of_its_months_is_no_other_years() {
    let year = "Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec,Jan,Feb,Mar";
    let (first, middle) = ("2024/25,,,,,,,,,,,", ",,,,,2024/25,,,,,,");
    let next = |above: &str| above.replace("2024/25", "2025/26");
    for (above, months, expected) in [
        (format!("{first},{}", next(first)), format!("{year},{year}"), vec![]),
        (format!("{middle},{}", next(middle)), format!("{year},{year}"), vec!["F214 S1"]),
        (format!("{first},{}", next(middle)), format!("{year},{year}"), vec!["F214 S1"]),
        (middle.to_owned(), year.to_owned(), vec!["F214 G1"]),
        ("2024/25,,2025/26,,,2026/27".to_owned(), "Feb,Mar,Apr,Feb,Mar,Apr".to_owned(), vec![]),
        ("2025/26,2024/25,,".to_owned(), "Apr,Mar,Feb,Jan".to_owned(), vec![]),
        // January to December, which cannot hold a January after its December.
        ("2025,,,2026,".to_owned(), "Oct,Nov,Dec,Jan,Feb".to_owned(), vec![]),
        ("2025,,,,".to_owned(), "Oct,Nov,Dec,Jan,Feb".to_owned(), vec!["F214 E2"]),
        (format!("{},{}", "2024,,,,,,,,,,,", "2025,,,,,,,,,,,"), format!("{year},{year}"), vec!["F214 N1"]),
        // A school year, from September to August.
        ("2024/25,,,,,,".to_owned(), "Sep,Dec,Jan,Mar,Apr,May,Aug".to_owned(), vec!["F214 F2"]),
    ] {
        assert_eq!(years(&above, &months, &["%b"]), expected, "{above} {months}");
    }
    let quarters = "Q1,Q2,Q3,Q4,Q1,Q2,Q3,Q4";
    assert_eq!(years("2024/25,,,,2025/26,,,", quarters, &["fy-quarter"]), Vec::<String>::new());
    assert_eq!(years("2024/25,,,,,2025/26,,", quarters, &["fy-quarter"]), ["F214 G1"]);
    // Quarters behind their months, and months that say their year themselves.
    let mixed = "Apr,May,Jun,Q1,Jul,Aug,Sep,Q2";
    assert_eq!(years("2025/26,,,,,,,", mixed, &["%b", "fy-quarter"]), Vec::<String>::new());
    assert_eq!(years("2025/26,,,,", "Apr,May,Jun,Q1,Q2", &["%b", "fy-quarter"]), Vec::<String>::new());
    assert_eq!(years(",2025/26,", "Apr-25,May-25,Jun-25", &["%b-%y"]), Vec::<String>::new());
}

#[test]
fn a_year_beside_its_rows_stands_at_the_first_of_them() {
    let rows = |csv: &str, formats: &[&str]| {
        let declared = Table {
            year_column: heads(&["Year"]),
            month_formats: words(formats),
            names: [named("KPI1", &["Value"])].into(),
            ..table(Orientation::Columns)
        };
        let read = read_csv(
            &format!("Year,Month,Value,Council\n{csv}"),
            declared,
            &[indicator("KPI1", Unit::Count, Frequency::Quarterly)],
        );
        codes(&read.findings)
            .into_iter()
            .filter(|code| code.starts_with("F214") || code.starts_with("F204"))
            .collect::<Vec<_>>()
    };
    let quarters = ["fy-quarter"];
    assert_eq!(rows("2024-25,Q3,8\n,Q4,9\n2025-26,Q1,10\n,Q2,12\n", &quarters), Vec::<String>::new());
    assert_eq!(rows("2025-26,Q2,8\n,Q1,9\n2024-25,Q4,10\n,Q3,12\n", &quarters), Vec::<String>::new());
    assert_eq!(rows("2024-25,Q3,8\n,Q4,9\n,Q1,10\n2025-26,Q2,12\n", &quarters), ["F214 A5"]);
    assert_eq!(rows("2024-25,Q4,9\n,Q1,10\n,Q2,12\n", &quarters), ["F214 B3"]);
    assert_eq!(rows("2025,Nov,8\n,Dec,9\n,Jan,10\n2026,Feb,11\n", &["%b"]), ["F214 A5"]);
    assert_eq!(rows("2025,Nov,8\n,Dec,9\n2026,Jan,10\n,Feb,11\n", &["%b"]), Vec::<String>::new());
}
