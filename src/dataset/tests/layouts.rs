//! Sheets, headers, months and the three ways a table runs.

use rust_xlsxwriter::{Format, Workbook};

use super::*;

const LONG: Orientation = Orientation::Long;

fn kpi() -> [Indicator; 1] {
    [monthly("KPI1", Unit::Count)]
}

#[test]
fn a_missing_sheet_lists_those_there_are() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Data 2026").unwrap().write_row(0, 0, ["Ref", "Month", "Value"]).unwrap();
    workbook.add_worksheet().set_name("Lists").unwrap().set_hidden(true);
    let bytes = workbook.save_to_buffer().unwrap();
    let read =
        read_bytes(&bytes, Table { sheet: SheetRule::Named("Data 2025".to_owned()), ..table(LONG) }, &kpi(), "2026-10");
    assert_eq!(
        read.findings[0].message,
        "no sheet is called \"Data 2025\"; found \"Data 2026\" and \"Lists\" (hidden)"
    );
    assert!(read.findings[0].hint.ends_with("did you mean \"Data 2026\"?"), "{}", read.findings[0].hint);
    // Without case; and an empty sheet says so.
    let read = read_bytes(
        &bytes,
        Table { sheet: SheetRule::Named("data  2026".to_owned()), ..table(LONG) },
        &kpi(),
        "2026-10",
    );
    assert_eq!(codes(&read.findings), ["F205 ·"]);
    assert!(read.value.is_empty());
}

#[test]
fn a_missing_header_lists_those_there_are_and_the_nearest() {
    let read = read_csv("Ref,Month,Valeu\nKPI1,October 2026,1\n", table(LONG), &kpi());
    assert_eq!(
        read.findings[0].message,
        "no column is headed \"Value\" (the value); found \"Ref\", \"Month\" and \"Valeu\""
    );
    assert!(read.findings[0].hint.ends_with("did you mean \"Valeu\"?"), "{}", read.findings[0].hint);
    // Every missing header is told at once, and nothing else is.
    assert_eq!(codes(&read_csv("a,b\nc,d\n", table(LONG), &kpi()).findings), ["F202 ·", "F202 ·", "F202 ·"]);
    let twice = read_csv("Ref,Month,Value,Value\nKPI1,October 2026,1,2\n", table(LONG), &kpi());
    assert_eq!(codes(&twice.findings), ["F202 C1"]);
    let alike = read_csv("Ref,Month,value,VALUE\nKPI1,October 2026,1,2\n", table(LONG), &kpi());
    assert_eq!(codes(&alike.findings), ["F202 C1"]);
}

#[test]
fn headers_and_names_match_without_case_and_odd_blanks() {
    let names = [named("KPI1", &["Re-referrals  in 12 months"])].into();
    let read = read_csv(
        "REF , month,Value \nre-referrals\u{a0}in 12 Months,October 2026,1\n",
        Table { names, ..table(LONG) },
        &kpi(),
    );
    assert_eq!((said(&read.value, "KPI1", "2026-10").as_str(), read.findings), ("1", vec![]));
}

#[test]
fn months_read_by_the_declared_formats_and_never_by_a_guess() {
    for (formats, typed, expected) in [
        (&[][..], "October 2026", "2026-10"),
        (&[], "Oct-26", "2026-10"),
        (&[], "oct 2026", "2026-10"),
        (&[], "2026-10", "2026-10"),
        (&[], "2026-10-31", "2026-10"),
        (&[], "31 October 2026", "2026-10"),
        (&[], "202610", "2026-10"),
        (&[], "01/10/2026", "F204"),
        (&[], "2026", "F204"),
        (&["%b-%y"], "Sept-26 ", "2026-09"),
        (&["%B %Y"], "Sept 2026", "2026-09"),
        (&["%B %Y"], "September  2026", "2026-09"),
        (&["%d/%m/%Y"], "01/10/2026", "2026-10"),
        (&["%d/%m/%Y"], "01/10/26", "F204"),
        (&["%d/%m/%Y", "%m/%d/%Y"], "01/10/2026", "F204"),
        (&["%d/%m/%Y", "%m/%d/%Y"], "31/10/2026", "2026-10"),
        (&["%d/%m/%Y", "%m/%d/%Y"], "10/10/2026", "2026-10"),
        (&["%Y%m"], "202613", "F204"),
        (&["%B %Y"], "2026-27 M07", "F204"),
    ] {
        let read = read_csv(
            &format!("Ref,Month,Value\nKPI1,{typed},1\n"),
            Table { month_formats: words(formats), ..table(LONG) },
            &kpi(),
        );
        let found = read.value.observations().next().map(|observation| observation.period.to_string());
        let unread = read
            .findings
            .iter()
            .find(|finding| finding.code == Code::MonthUnreadable)
            .map(|finding| finding.code.to_string());
        assert_eq!(found.or(unread).unwrap(), expected, "{formats:?} {typed}");
    }
    let ambiguous = read_csv(
        "Ref,Month,Value\nKPI1,01/10/2026,1\n",
        Table { month_formats: words(&["%d/%m/%Y", "%m/%d/%Y"]), ..table(LONG) },
        &kpi(),
    );
    assert_eq!(ambiguous.findings[0].message, "found text \"01/10/2026\", which may be October 2026 and January 2026");
}

#[test]
fn a_year_alone_stands_at_the_annual_indicators_own_month() {
    let indicators = [
        indicator("YR1", Unit::Count, Frequency::Annual(9)),
        indicator("YR2", Unit::Count, Frequency::Annual(3)),
        monthly("KPI1", Unit::Count),
    ];
    let read = read_csv(
        "Ref,Month,Value\nYR1,2025,1\nYR2,2025,2\nKPI1,2025,3\n",
        Table { month_formats: words(&["%Y"]), ..table(LONG) },
        &indicators,
    );
    assert_eq!(
        (said(&read.value, "YR1", "2025-09").as_str(), said(&read.value, "YR2", "2025-03").as_str()),
        ("1", "2")
    );
    assert_eq!(read.findings[0].message, "found the year 2025 alone; expected a month, because KPI1 is monthly");
}

#[test]
fn rows_are_dropped_filtered_and_end_where_they_should() {
    let csv = "Ref,Month,Value,LA\nKPI1,October 2026,1,Rutland\nKPI1,October 2026,2,Leicester\nTotal,October 2026,3,Rutland\n\n\nKPI1,October 2026,4,Rutland\n";
    let filtered = Table { filter: [("LA".to_owned(), "Rutland".to_owned())].into(), ..table(LONG) };
    let read = read_csv(csv, Table { stop_at_blank_rows: 2, ..filtered.clone() }, &kpi());
    assert_eq!((said(&read.value, "KPI1", "2026-10").as_str(), read.findings), ("1", vec![]));
    let read = read_csv(csv, Table { stop_at_blank_rows: 3, ..filtered.clone() }, &kpi());
    assert_eq!(codes(&read.findings), ["F401 C7"]);
    let none =
        read_csv(csv, Table { filter: [("LA".to_owned(), "Derby".to_owned())].into(), ..filtered.clone() }, &kpi());
    assert_eq!(none.findings[0].message, "no row with LA = \"Derby\" holds a figure of KPI1");
    let gone = read_csv(csv, Table { filter: [("Council".to_owned(), "Derby".to_owned())].into(), ..filtered }, &kpi());
    assert_eq!(codes(&gone.findings), ["F202 ·"]);
}

#[test]
fn unknown_names_make_one_note() {
    let read = read_csv(
        "Ref,Month,Value\nKPI1,October 2026,1\nKPI9,October 2026,oops\nKPI9,,\nKPI8,never,1\n",
        table(LONG),
        &kpi(),
    );
    assert_eq!(codes(&read.findings), ["F604 A3"]);
    assert_eq!(
        read.findings[0].message,
        "rows name what the register does not have for returns: \"KPI9\" and \"KPI8\""
    );
}

#[test]
fn a_wide_table_takes_its_months_from_under_merged_headers() {
    let names = [named("KPI1", &["1"]), named("KPI2", &["2"])].into();
    let declared = Table {
        header_rows: vec![4, 5],
        drop_rows: vec![Regex::new("^(Total|Note)").unwrap()],
        names,
        ..table(Orientation::Wide)
    };
    let indicators = [monthly("KPI1", Unit::Percent), monthly("KPI2", Unit::Percent)];
    let read = read_bytes(&data("archetypes/B_wide_two_row_header.xlsx"), declared, &indicators, "2025-09");
    let months = ["2025-04", "2025-05", "2025-06", "2025-07", "2025-08", "2025-09"];
    assert_eq!(months.map(|month| said(&read.value, "KPI1", month)), ["81", "84", "79", "86", "83", "85"]);
    assert_eq!(
        months.map(|month| said(&read.value, "KPI2", month)),
        ["21", "19", "NotApplicable", "Unknown", "NotSupplied", "18.5"]
    );
    // August's cell is blank, inside the series.
    assert_eq!(codes(&read.findings), ["F405 ·"]);
    assert_eq!(read.value.reading(&r("KPI2"), p("2025-04")).unwrap().cell.unwrap().to_string(), "C7");
}

#[test]
fn wide_headers_that_are_no_months_are_passed_over_until_none_is() {
    let wide = || table(Orientation::Wide);
    let read = read_csv("Ref,Owner,Oct-26,Target\nKPI1,Head,1,95\n", wide(), &kpi());
    assert_eq!((said(&read.value, "KPI1", "2026-10").as_str(), read.findings), ("1", vec![]));
    let none = read_csv("Ref,Owner,Last,Target\nKPI1,Head,1,95\n", wide(), &kpi());
    assert_eq!(codes(&none.findings), ["F203 ·"]);
    assert_eq!(
        none.findings[0].message,
        "no header can be read as a month; found \"Ref\", \"Owner\", \"Last\" and \"Target\"; expected a date, or text such as March 2026 or Mar-26"
    );
    let hint = |headers: &str| read_csv(&format!("Ref,{headers}\nKPI1,1,2\n"), wide(), &kpi()).findings.remove(0).hint;
    assert_eq!(
        hint("30/09/26,31/10/26"),
        "for \"30/09/26\" add its format \"%d/%m/%y\" to `month.formats` in sources.toml; else check `header_rows` of the source there"
    );
    // One may be a chance: the date on which the table was made.
    assert_eq!(hint("Last,31/10/26"), "check `header_rows` and `month.formats` of the source in sources.toml");
    let twice = read_csv("Ref,Oct-26,October 2026\nKPI1,1,2\n", wide(), &kpi());
    assert_eq!(codes(&twice.findings), ["F401 C2"]);
}

#[test]
fn wide_headers_may_be_true_dates_and_years() {
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("mmm-yy");
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "Ref").unwrap().write_number_with_format(0, 1, 46_296, &date).unwrap().write(0, 2, 2025).unwrap();
    sheet.write(1, 0, "KPI1").unwrap().write(1, 1, 7).unwrap();
    sheet.write(2, 0, "YR1").unwrap().write(2, 2, 9).unwrap();
    let indicators = [monthly("KPI1", Unit::Count), indicator("YR1", Unit::Count, Frequency::Annual(9))];
    let declared = Table { month_formats: Vec::new(), ..table(Orientation::Wide) };
    let read = read_bytes(&workbook.save_to_buffer().unwrap(), declared, &indicators, "2026-10");
    // 46296 is 1 October 2026.
    assert_eq!(
        (said(&read.value, "KPI1", "2026-10").as_str(), said(&read.value, "YR1", "2025-09").as_str()),
        ("7", "9")
    );
}

#[test]
fn a_table_with_a_column_for_each_indicator_loses_only_the_missing_one() {
    let mut names: BTreeMap<IndicatorRef, Naming> = [named("KPI1", &["Cases"]), named("KPI3", &["Gone"])].into();
    names.insert(
        r("KPI2"),
        Naming {
            numerator: Some(Heading::Name("Seen".to_owned())),
            denominator: Some(Heading::Name("Due".to_owned())),
            ..Naming::default()
        },
    );
    let indicators = [monthly("KPI1", Unit::Count), monthly("KPI2", Unit::Percent), monthly("KPI3", Unit::Count)];
    let read = read_csv(
        "Month,Cases,Seen,Due\nSeptember 2026,11,1,4\nOctober 2026,12,3,4\nSource: the system,,,\n",
        Table { names, ..table(Orientation::Columns) },
        &indicators,
    );
    assert_eq!(
        (said(&read.value, "KPI1", "2026-10").as_str(), said(&read.value, "KPI2", "2026-10").as_str()),
        ("12", "75")
    );
    assert_eq!(codes(&read.findings), ["F202 ·"]);
    assert_eq!(read.findings[0].at.indicator, Some(r("KPI3")));
}

#[test]
fn a_mistyped_month_heading_is_told_and_its_figures_never_lost_in_silence() {
    let indicators = [monthly("KPI1", Unit::Count)];
    let wide = |head: &str| {
        let csv = format!("Ref,Aug-26,{head},Oct-26,Target 26\nKPI1,1,2,3,9\n");
        read_csv(&csv, table(Orientation::Wide), &indicators)
    };
    let mistyped = wide("Septembr 26");
    assert_eq!(codes(&mistyped.findings)[0], "F204 C1");
    assert!(mistyped.findings[0].is_blocking());
    assert!(wide("Sep-26").findings.is_empty(), "{:?}", wide("Sep-26").findings);
    // Another kind of column is none of its business.
    assert!(!codes(&wide("Sep RAG").findings).contains(&"F204 C1".to_owned()));
}
