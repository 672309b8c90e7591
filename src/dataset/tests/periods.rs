//! Words for periods: years, quarters and months as sheets write them, in one
//! cell, in two columns, or over each other.

use rust_xlsxwriter::{Format, Workbook};

use super::*;

fn of(frequency: Frequency) -> [Indicator; 1] {
    [indicator("KPI1", Unit::Count, frequency)]
}

/// The months that a CSV file has a figure for, and what was found.
fn months(csv: &str, table: Table, indicators: &[Indicator]) -> (String, Vec<String>) {
    let read = read_bytes(csv.as_bytes(), table, indicators, "2030-12");
    let figures = read.value.observations().filter(|observation| observation.reading.figure().is_some());
    let found: Vec<String> = figures
        .map(|observation| {
            let figure = observation.reading.figure().map(|figure| figure.value.normalize().to_string());
            format!("{} {}", observation.period, figure.unwrap_or_default())
        })
        .collect();
    let missed = [Code::NotSupplied, Code::SourceStale, Code::SeriesGap];
    let told = codes(&read.findings.into_iter().filter(|f| !missed.contains(&f.code)).collect::<Vec<_>>());
    (found.join(", "), told)
}

#[test]
fn a_year_in_any_spelling_stands_at_its_last_month() {
    for (format, year_end, label, expected) in [
        ("financial-year", 3, "2022-23", "2023-03"),
        ("financial-year", 3, "2022/23", "2023-03"),
        ("financial-year", 3, "2022/2023", "2023-03"),
        ("financial-year", 3, "202223", "2023-03"),
        ("financial-year", 3, "FY23", "2023-03"),
        ("financial-year", 3, "FY 2022-23", "2023-03"),
        ("financial-year", 3, "2022 to 2023", "2023-03"),
        ("financial-year", 3, "2022\u{2013}23 [p]", "2023-03"),
        ("financial-year", 3, "Year ending 31 March 2023", "2023-03"),
        ("academic-year", 8, "2022/23", "2023-08"),
        ("academic-year", 8, "202223", "2023-08"),
        ("academic-year", 8, "Academic year 2022-23", "2023-08"),
        // Another year than the indicator's.
        ("financial-year", 8, "2022/23", "F204"),
        ("academic-year", 3, "2022/23", "F204"),
        ("financial-year", 3, "2022-24", "F204"),
        ("financial-year", 3, "2023", "F204"),
        ("financial-year", 3, "202210", "F204"),
    ] {
        let declared = || Table { month_formats: words(&[format]), ..table(Orientation::Long) };
        let (found, told) =
            months(&format!("Ref,Month,Value\nKPI1,{label},7\n"), declared(), &of(Frequency::Annual(year_end)));
        let found = if found.is_empty() { told.concat().chars().take(4).collect() } else { found };
        assert_eq!(found.trim_end_matches(" 7"), expected, "{format} {label}");
        if !expected.starts_with('F') {
            // Across as well as down.
            let wide = Table { orientation: Orientation::Wide, ..declared() };
            let (across, _) = months(&format!("Ref,{label}\nKPI1,7\n"), wide, &of(Frequency::Annual(year_end)));
            assert_eq!(across, format!("{expected} 7"), "{format} {label}");
        }
    }
}

#[test]
fn a_year_and_a_month_may_stand_in_two_columns() {
    let declared = |orientation, formats: &[&str]| Table {
        year_column: heads(&["Year"]),
        month_formats: words(formats),
        names: if orientation == Orientation::Columns { [named("KPI1", &["Value"])].into() } else { BTreeMap::new() },
        ..table(orientation)
    };
    for (frequency, formats, csv, expected) in [
        (
            Frequency::Quarterly,
            "fy-quarter",
            "2023-24,Q3,8\n2023-24,Q4,9\n2024-25,Q3,10",
            "2023-12 8, 2024-03 9, 2024-12 10",
        ),
        (Frequency::Quarterly, "fy-quarter", "202324,Q3 (Oct-Dec),8\n,Q4 (Jan-Mar),9", "2023-12 8, 2024-03 9"),
        (
            Frequency::Monthly,
            "%b",
            "2024-25,Feb,1\n,Mar,2\n2025-26,Apr,3\n,May,4",
            "2025-02 1, 2025-03 2, 2025-04 3, 2025-05 4",
        ),
        (Frequency::Monthly, "%B", "2025,November,1\n,December,2\n2026,January,3", "2025-11 1, 2025-12 2, 2026-01 3"),
        (Frequency::Monthly, "fy-month", "2025/26,M11,1\n,M12,2\n2026/27,M1,3", "2026-02 1, 2026-03 2, 2026-04 3"),
    ] {
        let csv = format!("Year,Month,Value\n{csv}\n");
        let read = months(&csv, declared(Orientation::Columns, &[formats]), &of(frequency));
        assert_eq!(read, (expected.to_owned(), vec![]), "{csv}");
        let rows: String = csv.lines().skip(1).map(|row| format!("KPI1,{row}\n")).collect();
        let long =
            months(&format!("Ref,Year,Month,Value\n{rows}"), declared(Orientation::Long, &[formats]), &of(frequency));
        assert_eq!(long, (expected.to_owned(), vec![]), "{csv}");
    }
    // A quarter of a calendar year, a word that is no year, a month of another year.
    for row in ["2024,Q3,8", "soon,Q3,8", ",Q3,8", "2024-25,Q3 2023/24,8"] {
        let (found, told) = months(
            &format!("Year,Month,Value\n{row}\n"),
            declared(Orientation::Columns, &["fy-quarter"]),
            &of(Frequency::Quarterly),
        );
        assert_eq!((found.as_str(), told.as_slice()), ("", &["F204 B2".to_owned()][..]), "{row}");
    }
    let (_, told) = months(
        "When,Month,Value\n2024-25,Q3,1\n",
        declared(Orientation::Columns, &["fy-quarter"]),
        &of(Frequency::Quarterly),
    );
    assert_eq!(told, ["F202 ·"]);
}

#[test]
fn the_year_over_each_month_is_its_year() {
    let book = |years: [&str; 3], months: [&str; 6], merged: bool| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (at, year) in (0_u16..).zip(years) {
            let first = 1 + at * 2;
            if merged {
                sheet.merge_range(0, first, 0, first + 1, year, &Format::new()).unwrap();
            } else {
                sheet.write(0, first, year).unwrap();
            }
        }
        sheet.write(1, 0, "Ref").unwrap().write(2, 0, "KPI1").unwrap();
        for (at, month) in (1_u16..).zip(months) {
            sheet.write(1, at, month).unwrap().write(2, at, at).unwrap();
        }
        workbook.save_to_buffer().unwrap()
    };
    let financial = book(["2024/25", "2025/26", "2026/27"], ["Feb", "Mar", "Feb", "Mar", "Apr", "May"], true);
    let title = OutsideText { place: Outside::Title, pattern: Some(Regex::new(r"(\d{4}/\d{2})").unwrap()) };
    for year in [FinancialYear::Above, FinancialYear::Said(title), FinancialYear::From(2019)] {
        let declared = Table {
            header_rows: vec![1, 2],
            month_formats: words(&["%b"]),
            financial_year: Some(year),
            ..table(Orientation::Wide)
        };
        for merged in [true, false] {
            let bytes = if merged {
                financial.clone()
            } else {
                book(["2024/25", "2025/26", "2026/27"], ["Feb", "Mar", "Feb", "Mar", "Apr", "May"], false)
            };
            let read = read_bytes(&bytes, declared.clone(), &of(Frequency::Monthly), "2026-05");
            let months = ["2025-02", "2025-03", "2026-02", "2026-03", "2026-04", "2026-05"];
            assert_eq!(
                months.map(|month| said(&read.value, "KPI1", month)),
                ["1", "2", "3", "4", "5", "6"],
                "{merged}"
            );
        }
    }
    let calendar = book(["2024", "2025", "2026"], ["Nov", "Dec", "Nov", "Dec", "Jan", "Feb"], true);
    let declared = |year| Table {
        header_rows: vec![1, 2],
        month_formats: words(&["%b"]),
        financial_year: year,
        ..table(Orientation::Wide)
    };
    let read = read_bytes(&calendar, declared(Some(FinancialYear::Above)), &of(Frequency::Monthly), "2026-02");
    assert_eq!(["2024-11", "2025-12", "2026-02"].map(|month| said(&read.value, "KPI1", month)), ["1", "4", "6"]);
    // Where a financial year is declared, "2026" alone does not say which of two is meant.
    let read = read_bytes(&calendar, declared(Some(FinancialYear::From(2025))), &of(Frequency::Monthly), "2026-02");
    assert!(codes(&read.findings).iter().any(|code| code.starts_with("F401")), "{:?}", codes(&read.findings));
}

#[test]
fn words_may_stand_round_a_quarter_and_notes_beside_a_month() {
    let quarter = |label: &str| {
        let declared = Table { month_formats: words(&["fy-quarter"]), ..table(Orientation::Wide) };
        months(&format!("Ref,\"{label}\"\nKPI1,7\n"), declared, &of(Frequency::Quarterly)).0
    };
    for label in ["Q1 2025/26 (Apr-Jun)", "Quarter 1 2025-26", "Apr-Jun 2025", "Q1 FY2025-26", "Q1 2025/26 [p]"] {
        assert_eq!(quarter(label), "2025-06 7", "{label}");
    }
    assert_eq!(quarter("Target Q1 2025/26"), "");

    let wide = |label: &str, notes: &[&str]| {
        let month_notes = notes.iter().map(|note| Regex::new(note).unwrap()).collect();
        let declared = Table { month_notes, ..table(Orientation::Wide) };
        months(&format!("Ref,May-25,{label},Jul-25\nKPI1,1,2,3\n"), declared, &of(Frequency::Monthly))
    };
    let all = "2025-05 1, 2025-06 2, 2025-07 3".to_owned();
    for label in ["Jun-25 [p]", "Jun-25*", "June 2025 (provisional)", "Jun-25 [Note 3]"] {
        assert_eq!(wide(label, &[]), (all.clone(), vec!["F406 C1".to_owned()]), "{label}");
    }
    assert_eq!(wide("Jun-25 [p]", &[r"\[.*\]"]), (all.clone(), vec![]));
    assert_eq!(wide("Jun-25 as at 3 July", &["as at .*$"]), (all, vec![]));
    // What nobody declared and no footnote is holds the pack.
    for label in ["Jnu-25", "Jun-25 as amended", "06/2025", "Jun-2O25", "Sept-25 Q"] {
        assert_eq!(wide(label, &[]), ("2025-05 1, 2025-07 3".to_owned(), vec!["F204 C1".to_owned()]), "{label}");
    }
    // Another column beside a month is none, and one where none is missing either.
    assert_eq!(wide("Jun-25 target", &[]).1, Vec::<String>::new());
    let declared = table(Orientation::Wide);
    let hole = months("Ref,Apr-25,May-25,Jun-25 target,Jul-25\nKPI1,1,2,3,4\n", declared, &of(Frequency::Monthly));
    assert_eq!(hole.1, ["F210 D1"]);
    let declared = table(Orientation::Wide);
    let beside = months("Ref,May-25,May-25 draft,Jun-25\nKPI1,1,2,3\n", declared, &of(Frequency::Monthly));
    assert_eq!(beside, ("2025-05 1, 2025-06 3".to_owned(), vec![]));
    // In a column of months the same.
    let long = months("Ref,Month,Value\nKPI1,Jun-25 [r],2\n", table(Orientation::Long), &of(Frequency::Monthly));
    assert_eq!(long, ("2025-06 2".to_owned(), vec!["F406 ·".to_owned()]));
}

#[test]
fn months_that_run_backwards_are_told_where_they_stand() {
    let wide = |months: &str| {
        let csv = format!("Ref,{months}\nKPI1,{}\n", vec!["7"; months.split(',').count()].join(","));
        read_bytes(csv.as_bytes(), table(Orientation::Wide), &of(Frequency::Monthly), "2027-03").findings
    };
    let order = |findings: Vec<Finding>| {
        let found = findings.into_iter().find(|finding| finding.code == Code::MonthsOutOfOrder);
        found.map(|finding| format!("{} {}", finding.at.cell.unwrap(), finding.message))
    };
    assert_eq!(
        order(wide("Oct-25,Nov-25,Dec-25,Jan-25")).unwrap(),
        "E1 the months run backwards: January 2025 follows December 2025; January 2026 was probably meant"
    );
    assert_eq!(
        order(wide("Oct-25,Nov-25,Dec-25,Jan-27")).unwrap(),
        "E1 the months jump: January 2027 follows December 2025; January 2026 was probably meant"
    );
    assert_eq!(order(wide("Oct-25,Nov-25,Dec-25,Jan-26")), None);
    assert_eq!(order(wide("Jan-26,Dec-25,Nov-25,Oct-25")), None);

    let rows = ["October 2025", "November 2025", "December 2025", "January 2025"];
    let csv: String = rows.iter().flat_map(|m| [format!("KPI1,{m},1\n"), format!("KPI2,{m},2\n")]).collect();
    let both = [monthly("KPI1", Unit::Count), monthly("KPI2", Unit::Count)];
    let read = read_csv(&format!("Ref,Month,Value\n{csv}"), table(Orientation::Long), &both);
    assert_eq!(
        order(read.findings).unwrap(),
        "C8 the months run backwards: January 2025 follows December 2025; January 2026 was probably meant (in C8 and C9)"
    );
    let csv: String = rows.iter().map(|month| format!("{month},1\n")).collect();
    let columns = Table { names: [named("KPI1", &["Value"])].into(), ..table(Orientation::Columns) };
    assert!(order(read_csv(&format!("Month,Value\n{csv}"), columns, &both[..1]).findings).unwrap().starts_with("A5 "));
}

#[test]
fn months_quarters_and_years_in_one_column_are_read_by_frequency() {
    let indicators = [
        monthly("MON", Unit::Count),
        indicator("QRT", Unit::Count, Frequency::Quarterly),
        indicator("YR", Unit::Count, Frequency::Annual(3)),
    ];
    let names = || ["MON", "QRT", "YR"].map(|name| named(name, &[name])).into();
    let declared = |orientation| Table {
        month_formats: words(&["%b %Y", "fy-quarter", "financial-year"]),
        names: names(),
        ..table(orientation)
    };
    let labels = ["Jan 2026", "Feb 2026", "Mar 2026", "Q4 2025/26", "2025/26"];
    let rows: String = (1..).zip(labels).map(|(at, label)| format!("{label},{at},{at}0,{at}00\n")).collect();
    let down = read_bytes(
        format!("Month,MON,QRT,YR\n{rows}").as_bytes(),
        declared(Orientation::Columns),
        &indicators,
        "2026-03",
    );
    let at = |read: &Checked<Dataset>| ["MON", "QRT", "YR"].map(|name| said(&read.value, name, "2026-03"));
    assert_eq!(at(&down), ["3", "40", "500"]);
    let told: Vec<&Finding> = down.findings.iter().filter(|finding| finding.code == Code::SpanLeftOut).collect();
    assert_eq!(told.len(), 1, "{:?}", down.findings);
    assert_eq!(told[0].severity, Severity::Note);
    let across: String = ["MON", "QRT", "YR"]
        .iter()
        .zip(["", "0", "00"])
        .map(|(name, n)| format!("{name},1{n},2{n},3{n},4{n},5{n}\n"))
        .collect();
    let csv = format!("Ref,{}\n{across}", labels.join(","));
    let across = read_bytes(csv.as_bytes(), declared(Orientation::Wide), &indicators, "2026-03");
    assert_eq!(at(&across), ["3", "40", "500"]);
    // A quarterly figure under a month is one where there is no quarter.
    let csv = "Ref,Mar 2026\nQRT,7\n";
    let read = read_bytes(csv.as_bytes(), declared(Orientation::Wide), &indicators[1..2], "2026-03");
    assert_eq!((said(&read.value, "QRT", "2026-03").as_str(), codes(&read.findings)), ("7", vec![]));
}

#[test]
fn a_title_of_an_earlier_month_than_the_sheets_is_told() {
    use rust_xlsxwriter::Workbook;
    for (name, title, expected) in [
        ("Oct 26", "Scorecard – September 2026", vec!["F410 A1"]),
        ("Oct 26", "Position at 30 September 2026", vec!["F410 A1"]),
        ("Oct 26", "Scorecard – October 2026", vec![]),
        ("Oct 26", "Printed 3 November 2026", vec![]),
        ("Oct 26", "Compared with September 2026", vec![]),
        ("Oct 26", "April 2026 to September 2026", vec![]),
    ] {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name(name).unwrap().write(0, 0, title).unwrap();
        sheet.write(1, 0, "Ref").unwrap().write(1, 1, "Value").unwrap();
        sheet.write(2, 0, "KPI1").unwrap().write(2, 1, 5).unwrap();
        let declared = Table {
            header_rows: vec![2],
            month_column: Vec::new(),
            month_formats: words(&["%b %y"]),
            month_said: Some(OutsideText { place: Outside::Sheet, pattern: None }),
            ..table(Orientation::Long)
        };
        let bytes = workbook.save_to_buffer().unwrap();
        let read = read_bytes(&bytes, declared, &[monthly("KPI1", Unit::Count)], "2026-10");
        assert_eq!(said(&read.value, "KPI1", "2026-10"), "5");
        assert_eq!(codes(&read.findings), expected, "{title}");
    }
}
