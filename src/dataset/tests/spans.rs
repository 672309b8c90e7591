//! Months, quarters and years that are not those of an indicator's frequency.

use super::*;

const FORMATS: [&str; 4] = ["%b %Y", "fy-quarter", "financial-year", "%Y"];

fn declared(orientation: Orientation) -> Table {
    let names = if orientation == Orientation::Columns { [named("K", &["Value"])].into() } else { BTreeMap::new() };
    Table { month_formats: words(&FORMATS), names, ..table(orientation) }
}

/// The months that are read from labels, in each layout, and what is found.
fn by_layout(labels: &[&str], frequency: Frequency) -> Vec<(String, String)> {
    let one = [indicator("K", Unit::Count, frequency)];
    let figures: Vec<String> = (1..=labels.len()).map(|nth| nth.to_string()).collect();
    let across = format!("Ref,{}\nK,{}\n", labels.join(","), figures.join(","));
    let rows: String = labels.iter().zip(&figures).map(|(label, figure)| format!("K,{label},{figure}\n")).collect();
    let blocks = format!("Calls\n{across}");
    let parts = vec![Part::Value, Part::Skip];
    let tables = [
        (declared(Orientation::Wide), across.clone()),
        (Table { parts, ..declared(Orientation::Pairs) }, across),
        (Table { header_rows: Vec::new(), ..declared(Orientation::Blocks) }, blocks),
        (declared(Orientation::Long), format!("Ref,Month,Value\n{rows}")),
        (declared(Orientation::Columns), format!("Ref,Month,Value\n{rows}")),
    ];
    let of = |(table, csv): (Table, String)| {
        let read = read_bytes(csv.as_bytes(), table, &one, "2026-03");
        let figures = read.value.observations().filter(|observation| observation.reading.figure().is_some());
        let found: Vec<String> = figures.map(|observation| observation.period.to_string()).collect();
        let told = read.findings.iter().map(|finding| finding.code.as_str());
        let told: Vec<&str> = told.filter(|code| ["F204", "F408", "F409"].contains(code)).collect();
        (found.join(" "), told.join(" "))
    };
    tables.into_iter().map(of).collect()
}

#[test]
fn a_quarters_figure_is_no_months_and_no_terms() {
    for (labels, frequency, found, told) in [
        (&["Q3 2025/26", "Q4 2025/26"][..], Frequency::Quarterly, "2025-12 2026-03", ""),
        (&["Q3 2025/26", "Q4 2025/26"], Frequency::Monthly, "", "F204"),
        (&["Q3 2025/26"], Frequency::Monthly, "", "F204"),
        (&["Oct-Dec 2025", "Jan-Mar 2026"], Frequency::Monthly, "", "F204"),
        (&["Q2 2025/26", "Q3 2025/26"], Frequency::Termly, "", "F204"),
        (&["2025/26"], Frequency::Monthly, "", "F204"),
        (&["2024/25"], Frequency::Quarterly, "", "F204"),
        // Beside its own it is left out, as it was.
        (&["Jan 2026", "Feb 2026", "Mar 2026", "Q4 2025/26"], Frequency::Monthly, "2026-01 2026-02 2026-03", "F408"),
        (&["Dec 2025", "Q3 2025/26"], Frequency::Termly, "2025-12", "F408"),
        // An annual figure that stands in the last quarter.
        (&["Q4 2025/26"], Frequency::Annual(3), "2026-03", ""),
    ] {
        for (nth, read) in by_layout(labels, frequency).into_iter().enumerate() {
            assert_eq!(read, (found.to_owned(), told.to_owned()), "{labels:?} {frequency:?} {nth}");
        }
    }
    let both = [monthly("K", Unit::Count), indicator("Q", Unit::Count, Frequency::Quarterly)];
    let csv = "Ref,Q3 2025/26,Q4 2025/26\nK,1,2\nQ,3,4\n";
    let read = read_bytes(csv.as_bytes(), declared(Orientation::Wide), &both, "2026-03");
    assert_eq!(["K", "Q"].map(|name| said(&read.value, name, "2026-03")), ["nothing", "4"]);
    assert_eq!(codes(&read.findings), ["F204 B2"]);
    assert!(read.findings[0].is_blocking());
    assert_eq!(
        read.findings[0].message,
        "the figures of K stand under quarters alone (B2 and C2); expected months, because it is monthly"
    );
    let csv = "Ref,Month,Value\nK,Q3 2025/26,1\nK,Q4 2025/26,2\nQ,Q4 2025/26,4\n";
    let read = read_bytes(csv.as_bytes(), declared(Orientation::Long), &both, "2026-03");
    assert_eq!(
        read.findings[0].message,
        "found text \"Q3 2025/26\", the quarter to December 2025; expected a month, because K is monthly (in 2 rows)"
    );
    // Blank cells beside a quarterly indicator's say nothing.
    let csv = "Ref,Jan 2026,Feb 2026,Mar 2026,Q4 2025/26\nK,1,2,3,\nQ,,,,4\n";
    let read = read_bytes(csv.as_bytes(), declared(Orientation::Wide), &both, "2026-03");
    assert_eq!(codes(&read.findings), Vec::<String>::new());
}

#[test]
fn a_sheet_of_a_quarter_says_nothing_of_a_month() {
    for orientation in [Orientation::Long, Orientation::Columns] {
        let read = |frequency| {
            let said = OutsideText { place: Outside::File, pattern: None };
            let declared = Table { month_column: Vec::new(), month_said: Some(said), ..declared(orientation) };
            let csv = "Ref,Value\nK,7\n";
            let book = workbook::read(csv.as_bytes(), &Place { file: Some("a.csv".into()), ..Place::default() });
            let one = [indicator("K", Unit::Count, frequency)];
            let indicators: Vec<&Indicator> = one.iter().collect();
            read(&source(declared), &indicators, &book.value.unwrap(), "Q4 2025-26.csv", p("2026-03"))
        };
        let quarter = read(Frequency::Quarterly);
        assert_eq!((said(&quarter.value, "K", "2026-03").as_str(), codes(&quarter.findings)), ("7", vec![]));
        let month = read(Frequency::Monthly);
        assert_eq!(said(&month.value, "K", "2026-03"), "nothing");
        assert_eq!(
            month.findings[0].message,
            "found the quarter to March 2026; expected a month, because K is monthly"
        );
    }
}

#[test]
fn figures_in_the_months_between_are_told() {
    let found = |cells: [&str; 6], frequency, basis| {
        let one = Indicator { basis, ..indicator("K", Unit::Count, frequency) };
        let csv = format!("Ref,Oct 2025,Nov 2025,Dec 2025,Jan 2026,Feb 2026,Mar 2026\nK,{}\n", cells.join(","));
        let read = read_bytes(csv.as_bytes(), declared(Orientation::Wide), &[one], "2026-03");
        let told = read.findings.iter().filter(|finding| finding.code == Code::FiguresBetween);
        let told: Vec<String> =
            told.map(|finding| format!("{:?} {}", finding.severity, finding.at.cell.unwrap())).collect();
        told.join(" ")
    };
    let (quarterly, annual) = (Frequency::Quarterly, Frequency::Annual(3));
    for (cells, frequency, basis, expected) in [
        (["1", "2", "3", "4", "5", "6"], quarterly, Basis::InPeriod, "Caution G2"),
        (["1", "2", "3", "4", "5", "6"], quarterly, Basis::Snapshot, "Note G2"),
        (["1", "2", "3", "4", "5", "6"], quarterly, Basis::Rolling12Months, "Note G2"),
        (["1", "2", "3", "4", "5", "6"], quarterly, Basis::YearToDate, "Note G2"),
        (["1", "2", "3", "4", "5", "6"], annual, Basis::InPeriod, "Caution G2"),
        (["1", "2", "3", "4", "5", "6"], Frequency::Termly, Basis::InPeriod, "Caution D2"),
        (["1", "2", "3", "4", "5", "6"], Frequency::Monthly, Basis::InPeriod, ""),
        // A table of months in which only the quarters' ends are filled.
        (["", "", "3", "", "", "6"], quarterly, Basis::InPeriod, ""),
        (["n/a", "-", "3", "n/a", "-", "6"], quarterly, Basis::InPeriod, ""),
        (["0", "0", "3", "0", "0", "6"], quarterly, Basis::InPeriod, ""),
        (["", "", "", "", "", "6"], annual, Basis::InPeriod, ""),
        // One of them is enough, and the quarter's own nought is a figure.
        (["", "", "3", "", "5", "6"], quarterly, Basis::InPeriod, "Caution G2"),
        (["", "", "3", "4", "", "0"], quarterly, Basis::InPeriod, "Caution G2"),
        (["1", "", "3", "", "", "6"], quarterly, Basis::InPeriod, "Caution D2"),
        // Without a figure of the quarter's there is nothing to mistake.
        (["", "", "3", "4", "5", ""], quarterly, Basis::InPeriod, ""),
    ] {
        assert_eq!(found(cells, frequency, basis), expected, "{cells:?} {frequency:?} {basis:?}");
    }
}

#[test]
fn a_quarter_in_a_year_that_does_not_say_where_it_begins_is_refused() {
    let quarterly = [indicator("K", Unit::Count, Frequency::Quarterly)];
    let read = |year: &str, quarter: &str| {
        let declared = Table {
            year_column: heads(&["Year"]),
            month_formats: words(&["fy-quarter"]),
            ..declared(Orientation::Columns)
        };
        read_csv(&format!("Year,Month,Value\n{year},{quarter},7\n"), declared, &quarterly)
    };
    for (year, quarter, expected) in [
        ("2024/25", "Q1", "2024-06"),
        ("2024/25", "Q4 (Jan-Mar)", "2025-03"),
        ("2024", "Q1", ""),
        ("2024", "Q4", ""),
        ("2024", "Q4 (Jan-Mar)", ""),
        ("2024", "Jan-Mar", ""),
        // Named, and in that year whichever is meant.
        ("2024", "Q1 (Apr-Jun)", "2024-06"),
        ("2024", "Oct-Dec", "2024-12"),
        ("2024", "Jan-Mar 2024", "2024-03"),
        ("2024", "Q4 2024/25", ""),
    ] {
        let read = read(year, quarter);
        let found: Vec<String> = read.value.observations().map(|observation| observation.period.to_string()).collect();
        assert_eq!(found.join(" "), expected, "{year} {quarter}");
        let is_told =
            read.findings.iter().any(|finding| finding.code == Code::MonthUnreadable && finding.is_blocking());
        assert_eq!(is_told, expected.is_empty(), "{year} {quarter}");
    }
    assert_eq!(
        read("2024", "Q1").findings[0].message,
        "found text \"Q1\", which may be the quarter to March 2024 and the quarter to June 2024; a year such as 2024 does not say where its quarters begin: write it as 2024/25"
    );
    // Over quarters too, where nothing was said of them.
    let wide = Table { header_rows: vec![1, 2], month_formats: words(&["fy-quarter"]), ..table(Orientation::Wide) };
    let csv = ",2023/24,,2024,\nRef,Q3,Q4,Q1,Q2\nK,1,2,3,4\n";
    assert_eq!(codes(&read_csv(csv, wide, &quarterly).findings)[..2], ["F204 D2", "F204 E2"]);
}
