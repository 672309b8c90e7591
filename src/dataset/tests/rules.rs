//! Cells, figures and series.

use super::*;

/// One figure of October 2026 in a long table; what it comes to and its findings.
fn one(unit: Unit, cells: &str, table: Table) -> (String, Vec<String>) {
    let csv = format!("Ref,Month,Value,Num,Den\nKPI1,October 2026,{cells}\n");
    let read = read_csv(&csv, table, &[monthly("KPI1", unit)]);
    (said(&read.value, "KPI1", "2026-10"), codes(&read.findings))
}

#[test]
fn a_cell_is_a_number_a_marker_or_a_fault() {
    for (cell, expected, finding) in [
        ("12", "12", ""),
        ("\"1,204\"", "1204", ""),
        (" 12 ", "12", ""),
        ("\u{a0}12\u{a0}", "12", ""),
        ("1.2E+05", "120000", ""),
        ("12.0", "12", ""),
        ("N/A", "NotApplicable", ""),
        (" - ", "Unknown", ""),
        ("c", "Suppressed", ""),
        ("", "NotSupplied", "F403 C2"),
        ("n\\a", "Refused", "F301 C2"),
        ("NaN", "Refused", "F301 C2"),
        ("inf", "Refused", "F301 C2"),
        ("\"1,20\"", "Refused", "F301 C2"),
        ("12 days", "Refused", "F301 C2"),
        ("<5", "Refused", "F301 C2"),
        ("85%", "Refused", "F301 C2"),
        ("1e99", "Refused", "F301 C2"),
        ("#REF!", "Refused", "F302 C2"),
        ("0", "0", ""),
        ("-1", "Refused", "F304 C2"),
        ("12.5", "Refused", "F305 C2"),
    ] {
        let (value, findings) = one(Unit::Count, cell, table(Orientation::Long));
        assert_eq!((value.as_str(), findings.join(";").as_str()), (expected, finding), "{cell:?}");
    }
}

#[test]
fn a_fault_says_what_was_found_what_was_expected_and_how_to_mend_it() {
    let read = read_csv(
        "Ref,Month,Value\nKPI1,October 2026,n\\a\n",
        table(Orientation::Long),
        &[monthly("KPI1", Unit::Count)],
    );
    assert_eq!(read.findings.len(), 1);
    assert_eq!(
        read.findings[0].to_string(),
        "F301 blocking · a.csv › a › C2: found text \"n\\a\"; expected a number or one of -, c, n/a. To mend: type the number alone, or, if there is none, one of the declared markers: - (not known), c (hides the figure to protect a child), n/a (not applicable); or declare this text as a marker in `missing` in sources.toml"
    );
    assert_eq!(read.findings[0].at.indicator, Some(r("KPI1")));
}

#[test]
fn a_figure_with_something_about_it_is_never_told_to_be_hidden() {
    let hint = |cell: &str, missing: &[(&str, Missing)]| {
        let missing = missing.iter().map(|(marker, reason)| ((*marker).to_owned(), *reason)).collect();
        let csv = format!("Ref,Month,Value\nKPI1,October 2026,{cell}\n");
        let table = Table { missing, ..table(Orientation::Long) };
        read_csv(&csv, table, &[monthly("KPI1", Unit::Count)]).findings[0].hint.clone()
    };
    let number = "type the number alone, or, if there is none, ";
    let declare = "; or declare this text as a marker in `missing` in sources.toml";
    for cell in ["14*", "40 (prov)", "\"1,4O\""] {
        let c = ("c", Missing::Suppressed);
        assert_eq!(hint(cell, &[c]), format!("{number}c (hides the figure to protect a child)"), "{cell}");
        assert_eq!(
            hint(cell, &[c, ("n/a", Missing::NotApplicable)]),
            format!(
                "{number}one of the declared markers: c (hides the figure to protect a child), n/a (not applicable)"
            )
        );
        assert_eq!(hint(cell, &[("n/a", Missing::NotApplicable)]), format!("{number}n/a"), "{cell}");
        assert_eq!(hint(cell, &[]), format!("{number}leave the cell empty"), "{cell}");
    }
    // A text without a digit may be a marker that nobody has declared.
    assert_eq!(hint("tbc", &[]), format!("{number}leave the cell empty{declare}"));
    assert_eq!(hint("tbc", &[("-", Missing::Unknown)]), format!("{number}-{declare}"));
}

#[test]
fn units_have_their_ranges() {
    for (unit, cell, finding) in [
        (Unit::Percent, "0", ""),
        (Unit::Percent, "100", ""),
        (Unit::Percent, "100.1", "F304 C2"),
        (Unit::Percent, "-0.1", "F304 C2"),
        (Unit::Rate, "0", ""),
        (Unit::Rate, "-0.1", "F304 C2"),
        (Unit::Days, "-1", "F304 C2"),
        (Unit::Mean, "-1", "F304 C2"),
        (Unit::Mean, "12.5", ""),
        (Unit::Score, "-1", ""),
    ] {
        assert_eq!(one(unit, cell, table(Orientation::Long)).1.join(";"), finding, "{unit:?} {cell}");
    }
}

#[test]
fn percentages_stand_as_declared_and_as_they_say() {
    use PercentStyle::{Auto, Fraction, Points};
    for (style, cell, expected) in [
        (Auto, "85", "85"),
        (Auto, "85%", "85"),
        (Auto, "85 %", "85"),
        (Points, "0.85", "0.85"),
        (Fraction, "0.85", "85"),
        (Fraction, "85%", "85"),
    ] {
        let table = Table { percent: style, ..table(Orientation::Long) };
        assert_eq!(one(Unit::Percent, cell, table), (expected.to_owned(), vec![]), "{style:?} {cell}");
    }
}

#[test]
fn a_ratio_is_worked_from_its_parts_and_must_agree_with_what_is_printed() {
    for (unit, cells, expected, finding) in [
        (Unit::Percent, ",170,202", "84.1584", ""),
        (Unit::Percent, "84.2,170,202", "84.1584", ""),
        (Unit::Percent, "84.16,170,202", "84.1584", ""),
        (Unit::Percent, "84.17,170,202", "84.1584", "F502 C2"),
        (Unit::Percent, "84,170,202", "84.1584", "F502 C2"),
        (Unit::Percent, "84.15841584158416,170,202", "84.1584", ""),
        // A half may be rounded either way: 1 of 16 is 6.25%.
        (Unit::Percent, "6.2,1,16", "6.25", ""),
        (Unit::Percent, "6.3,1,16", "6.25", ""),
        (Unit::Percent, "6.4,1,16", "6.25", "F502 C2"),
        (Unit::Percent, "0.842,170,202", "84.1584", "F503 C2"),
        (Unit::Percent, "100,202,202", "100", ""),
        (Unit::Percent, ",203,202", "Refused", "F501 C2"),
        (Unit::Percent, ",0,0", "NoneOfNone", ""),
        (Unit::Percent, "#DIV/0!,0,0", "NoneOfNone", ""),
        (Unit::Percent, "100%,0,0", "NoneOfNone", "F505 C2"),
        (Unit::Rate, "0,0,0", "NoneOfNone", "F505 C2"),
        (Unit::Percent, "c,0,0", "Suppressed", ""),
        (Unit::Percent, ",1,0", "Refused", "F501 C2"),
        (Unit::Rate, ",1,0", "Refused", "F304 C2"),
        (Unit::Rate, "67.0,412,61500", "66.9919", ""),
        (Unit::Mean, ",30,20", "1.5", ""),
        (Unit::Percent, "c,3,202", "Suppressed", ""),
        (Unit::Percent, ",c,202", "Suppressed", ""),
        (Unit::Percent, ",,202", "NotSupplied", "F403 C2"),
        (Unit::Percent, "84.2,,", "84.2", ""),
        (Unit::Percent, ",-1,202", "Refused", "F304 D2"),
        (Unit::Percent, "x,y,202", "Refused", "F301 D2;F301 C2"),
        (Unit::Count, "12,170,202", "12", ""),
    ] {
        let (value, findings) = one(unit, cells, ratios());
        assert_eq!((value.as_str(), findings.join(";").as_str()), (expected, finding), "{unit:?} {cells:?}");
    }
}

#[test]
fn the_parts_are_kept_beside_the_value() {
    let read = read_csv(
        "Ref,Month,Value,Num,Den\nKPI1,October 2026,84.2,170,202\n",
        ratios(),
        &[monthly("KPI1", Unit::Percent)],
    );
    let figure = *read.value.reading(&r("KPI1"), p("2026-10")).unwrap().reading.figure().unwrap();
    assert_eq!((figure.numerator, figure.denominator), (Some(d("170")), Some(d("202"))));
    assert_eq!(figure.value, d("170") * d("100") / d("202"));
}

/// A long table of one indicator, a figure a month up to October 2026.
fn series(unit: Unit, newest_last: &[&str]) -> Checked<Dataset> {
    let rows = newest_last.iter().rev().enumerate().map(|(back, cell)| {
        let month = p("2026-10").plus(-i32::try_from(back).unwrap());
        format!("KPI1,{} {},{cell}\n", month.month_name(), month.year())
    });
    read_csv(
        &format!("Ref,Month,Value\n{}", rows.collect::<String>()),
        table(Orientation::Long),
        &[monthly("KPI1", unit)],
    )
}

#[test]
fn a_figure_a_hundred_times_off_its_series_is_found() {
    for (cells, findings, newest) in [
        (&["84", "86", "85", "0.85"][..], "F503 C2", "Refused"),
        (&["84", "86", "85", "8.5"], "", "8.5"),
        (&["84", "86", "85", "1.1"], "", "1.1"),
        (&["84", "86", "0.85"], "", "0.85"),
        (&["0.84%", "0.86%", "0.85%", "85%"], "F503 C2", "Refused"),
        (&["0.84", "0.86", "0.85"], "F503 C2", "0.85"),
        (&["0.84", "0.86"], "", "0.86"),
        (&["0.84", "0.86", "1.01"], "", "1.01"),
        (&["0.84%", "0.86%", "0.85%"], "", "0.85"),
        (&["0", "0", "1"], "", "1"),
    ] {
        let read = series(Unit::Percent, cells);
        assert_eq!(codes(&read.findings).join(";"), findings, "{cells:?}");
        assert_eq!(said(&read.value, "KPI1", "2026-10"), newest, "{cells:?}");
    }
    assert!(series(Unit::Days, &["84", "86", "85", "0.85"]).findings.is_empty());
}

#[test]
fn a_figure_a_hundred_times_off_its_parts_is_mended_as_its_series_says() {
    // Three months, the newest last: cells of value, numerator and denominator.
    let told = |style, rows: [&str; 3]| {
        let months = ["August", "September", "October"].iter().zip(rows).filter(|(_, cells)| !cells.is_empty());
        let rows: String = months.map(|(month, cells)| format!("KPI1,{month} 2026,{cells}\n")).collect();
        let csv = format!("Ref,Month,Value,Num,Den\n{rows}");
        let read = read_csv(&csv, Table { percent: style, ..ratios() }, &[monthly("KPI1", Unit::Percent)]);
        let told = read.findings.iter().filter(|finding| finding.code == Code::PercentScale);
        told.map(|finding| format!("{} — {}", finding.message, finding.hint)).collect::<Vec<_>>()
    };
    use PercentStyle::{Auto, Fraction};
    let found = "found 0.48%, but 61 over 127 gives 48.03%, a hundred times more — ";
    for (style, rows, expected) in [
        // One bad cell among good ones is typed as they are.
        (
            Auto,
            ["48.0,61,127", "48,48,100", "0.48,61,127"],
            vec!["type 48.0 in C4, as the other months of KPI1 are typed"],
        ),
        (
            Auto,
            ["48.0%,61,127", "48%,48,100", "0.48%,61,127"],
            vec!["type 48.0% in C4, as the other months of KPI1 are typed"],
        ),
        // A month whose printed figure is blank says nothing of how figures are typed.
        (
            Auto,
            ["", ",48,100", "0.48,61,127"],
            vec![
                "type 48.0 in C3; or, if the source is meant to hold such figures, say `percent = \"fraction\"` in sources.toml",
            ],
        ),
        (
            Auto,
            ["", "0.48,61,127", "0.48,61,127"],
            vec!["every figure of KPI1 stands so: say `percent = \"fraction\"` in sources.toml"; 2],
        ),
        // The declared style is about numbers that do not say what they are.
        (Auto, ["", "0.48%,61,127", "0.48%,61,127"], vec!["type 48.0% in C2", "type 48.0% in C3"]),
    ] {
        let expected: Vec<String> = expected.into_iter().map(|hint| format!("{found}{hint}")).collect();
        assert_eq!(told(style, rows), expected, "{rows:?}");
    }
    assert_eq!(
        told(Fraction, ["0.48,48,100", "0.48,48,100", "0.0048,61,127"]),
        [
            "found 0.48%, but 61 over 127 gives 48.03%, a hundred times more — type 0.480 in C4, as the other months of KPI1 are typed"
        ]
    );
}

#[test]
fn a_series_of_ratios_speaks_in_rounded_figures() {
    let csv = "Ref,Month,Value,Num,Den\nKPI1,July 2026,,218,253\nKPI1,August 2026,,218,253\nKPI1,September 2026,,218,253\nKPI1,October 2026,0.86,,\n";
    let read = read_csv(csv, ratios(), &[monthly("KPI1", Unit::Percent)]);
    assert_eq!(read.findings[0].message, "found 0.86%, about a hundred times less than the series' usual 86.17%");
}

#[test]
fn gaps_and_missing_months_are_told_apart() {
    assert!(series(Unit::Count, &["1", "2", "3"]).findings.is_empty());
    // The pack's month is blank: a caution, at its cell.
    let due = series(Unit::Count, &["1", "2", ""]);
    assert_eq!(codes(&due.findings), ["F404 ·"]);
    assert_eq!(due.findings[0].message, "the newest month here is September 2026; October 2026 was expected");
    let gap = series(Unit::Count, &["1", "", "3", "4"]);
    assert_eq!(codes(&gap.findings), ["F405 ·"]);
    assert_eq!(gap.findings[0].message, "KPI1 has no figure for August 2026");
    // A marker is an answer.
    assert!(series(Unit::Count, &["1", "n/a", "3", "c"]).findings.is_empty());
    // A fault is not reported again as an absence.
    assert_eq!(codes(&series(Unit::Count, &["1", "2", "oops"]).findings), ["F301 C2"]);
}

#[test]
fn one_late_indicator_is_a_caution_and_a_late_source_holds_the_pack() {
    let both = [monthly("KPI1", Unit::Count), monthly("KPI2", Unit::Count)];
    let one_late =
        read_csv("Ref,Month,Value\nKPI1,October 2026,1\nKPI2,September 2026,1\n", table(Orientation::Long), &both);
    assert_eq!(codes(&one_late.findings), ["F403 ·"]);
    assert_eq!(
        (one_late.findings[0].severity, one_late.findings[0].at.indicator.clone()),
        (Severity::Caution, Some(r("KPI2")))
    );
    assert_eq!(one_late.findings[0].message, "no figure of KPI2 for October 2026; the newest is September 2026");
    let all_late =
        read_csv("Ref,Month,Value\nKPI1,September 2026,1\nKPI2,August 2026,1\n", table(Orientation::Long), &both);
    assert_eq!(codes(&all_late.findings), ["F404 ·"]);
    assert!(all_late.is_blocked());
    let never = read_csv("Ref,Month,Value\nKPI1,October 2026,1\n", table(Orientation::Long), &both);
    assert_eq!(never.findings[0].message, "no figure of KPI2 for October 2026; nothing in the sheet names it");
}

#[test]
fn a_row_that_was_renamed_is_named_where_it_is_missed() {
    let both = [monthly("AS01", Unit::Count), monthly("KPI2", Unit::Count)];
    let missed = |row: &str, table: Table| {
        let csv = format!("Ref,Month,Value\nKPI2,October 2026,1\n{row},October 2026,1\n");
        let read = read_csv(&csv, table, &both);
        let missed = read.findings.into_iter().find(|finding| finding.code == Code::NotSupplied).unwrap();
        (missed.message, missed.hint)
    };
    let (message, hint) = missed("AS1", table(Orientation::Long));
    assert_eq!(
        message,
        "no figure of AS01 for October 2026; no row is called AS01; the sheet has \"AS1\", which is not in the register"
    );
    assert_eq!(
        hint,
        "if \"AS1\" is AS01, rename the row, or declare the name under `indicators` of the source in sources.toml"
    );
    let (message, hint) = missed("Total", table(Orientation::Long));
    assert_eq!(message, "no figure of AS01 for October 2026; nothing in the sheet names it");
    assert_eq!(hint, "type the figure, or a marker that says why there is none");
    // By the name that the source is declared to use.
    let naming = Naming { names: heads(&["Adult reviews"]), ..Naming::default() };
    let named = Table { names: [(r("AS01"), naming)].into(), ..table(Orientation::Long) };
    let (message, _) = missed("Adults' reviews", named);
    assert_eq!(
        message,
        "no figure of AS01 for October 2026; no row is called Adult reviews; the sheet has \"Adults' reviews\", which is not in the register"
    );
}

#[test]
fn a_figure_is_due_at_its_own_frequency_and_delay() {
    let quarterly = |lag_months| Indicator { lag_months, ..indicator("KPI1", Unit::Count, Frequency::Quarterly) };
    let csv = "Ref,Month,Value\nKPI1,March 2026,1\nKPI1,June 2026,1\n";
    assert_eq!(codes(&read_csv(csv, table(Orientation::Long), &[quarterly(1)]).findings), ["F404 ·"]);
    assert!(read_csv(csv, table(Orientation::Long), &[quarterly(2)]).findings.is_empty());
    let gap = read_csv(
        "Ref,Month,Value\nKPI1,March 2026,1\nKPI1,September 2026,1\n",
        table(Orientation::Long),
        &[quarterly(0)],
    );
    assert_eq!(gap.findings[0].message, "KPI1 has no figure for June 2026");
}

#[test]
fn months_to_come_are_left_out_and_said_once() {
    let read = read_csv(
        "Ref,Month,Value\nKPI1,October 2026,1\nKPI1,November 2026,2\nKPI1,December 2026,3\nKPI1,January 2027,n/a\n",
        table(Orientation::Long),
        &[monthly("KPI1", Unit::Count)],
    );
    assert_eq!(codes(&read.findings), ["F402 C3"]);
    assert_eq!(
        read.findings[0].message,
        "2 figures stand after the pack's month October 2026, in November 2026 and December 2026; left out"
    );
    assert_eq!(read.value.series(&r("KPI1")).count(), 1);
    let blank = read_csv(
        "Ref,Month,Value\nKPI1,October 2026,1\nKPI1,November 2026,\n",
        table(Orientation::Long),
        &[monthly("KPI1", Unit::Count)],
    );
    assert!(blank.findings.is_empty());
}

#[test]
fn two_figures_for_one_month_are_one_too_many() {
    let twice = read_csv(
        "Ref,Month,Value\nKPI1,October 2026,1\nKPI1,Oct-26,1\n",
        table(Orientation::Long),
        &[monthly("KPI1", Unit::Count)],
    );
    assert_eq!(codes(&twice.findings), ["F401 C3"]);
    assert_eq!(twice.findings[0].message, "two figures for KPI1 in October 2026: C2 and C3; expected one");
}

#[test]
fn faults_in_months_that_no_pack_prints_hold_nothing() {
    for (month, severity) in [("October 2024", Severity::Blocking), ("September 2024", Severity::Note)] {
        let read = read_csv(
            &format!("Ref,Month,Value\nKPI1,{month},oops\nKPI1,October 2026,1\n"),
            table(Orientation::Long),
            &[monthly("KPI1", Unit::Count)],
        );
        assert_eq!((read.findings[0].code, read.findings[0].severity), (Code::CellNotNumber, severity), "{month}");
    }
}
