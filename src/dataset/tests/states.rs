//! Figures with a sign, money, old errors, and months that are missed.

use super::*;

#[test]
fn a_quarters_figure_in_a_month_that_ends_none_is_told_as_that() {
    let both = [indicator("Q", Unit::Count, Frequency::Quarterly), monthly("M", Unit::Count)];
    let told = |rows: &str, indicators: &[Indicator]| {
        let read = read_csv(&format!("Ref,Month,Value\n{rows}"), table(Orientation::Long), indicators);
        read.findings.into_iter().map(|finding| format!("{} {}", finding.code, &*finding.message)).collect::<Vec<_>>()
    };
    let rows = "M,October 2026,1\nQ,June 2026,1\nQ,October 2026,2\n";
    assert_eq!(
        told(rows, &both),
        ["F403 no figure of Q for September 2026; there is one for October 2026, and October ends no quarter"]
    );
    // July belongs to the quarter; what stands before the last one ended is old.
    let inside = told(&rows.replace("Q,October", "Q,July"), &both);
    assert!(inside[0].ends_with("there is one for July 2026, and July ends no quarter"), "{inside:?}");
    let old = told(&rows.replace("Q,October", "Q,May"), &both);
    assert!(old[0].ends_with("the newest is June 2026"), "{old:?}");
    assert_eq!(
        told("Q,June 2026,1\nQ,October 2026,2\n", &both[..1]),
        ["F404 the newest month here is October 2026, which ends no quarter; September 2026 was expected"]
    );
}

#[test]
fn a_missing_sheet_is_told_once_and_not_once_an_indicator() {
    let told = |names: &[&str]| {
        let rows: String = names
            .iter()
            .map(|name| format!("{name},July 2026,1\n{name},September 2026,1\n{name},October 2026,1\n"))
            .collect();
        let indicators: Vec<Indicator> = names.iter().map(|name| monthly(name, Unit::Count)).collect();
        let read = read_csv(&format!("Ref,Month,Value\n{rows}"), table(Orientation::Long), &indicators);
        read.findings.iter().map(|finding| finding.message.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(told(&["A", "B"]), ["A has no figure for August 2026", "B has no figure for August 2026"]);
    assert_eq!(told(&["A", "B", "C"]), ["3 indicators have no figure for August 2026: A, B and C"]);
}

#[test]
fn what_is_declared_signed_may_be_below_zero_and_beyond_a_hundred() {
    for (unit, cell, expected) in [
        (Unit::Count, "-3,,", "-3"),
        (Unit::Percent, "-3.5%,,", "-3.5"),
        (Unit::Percent, "130%,,", "130"),
        (Unit::Rate, "-0.1,,", "-0.1"),
        (Unit::Pounds, "-1204,,", "-1204"),
        (Unit::Pounds, "\"-£1,204\",,", "-1204"),
        (Unit::MillionPounds, "£1.2,,", "1.2"),
        (Unit::Percent, ",-7,200", "-3.5"),
        (Unit::Percent, ",300,200", "150"),
        (Unit::Count, "-2.5,,", "Refused"),
        (Unit::Percent, ",7,-200", "Refused"),
        (Unit::Count, "£3,,", "Refused"),
    ] {
        let mut signed = monthly("KPI1", unit);
        signed.measure.signed = true;
        let csv = format!("Ref,Month,Value,Num,Den\nKPI1,October 2026,{cell}\n");
        assert_eq!(said(&read_csv(&csv, ratios(), &[signed]).value, "KPI1", "2026-10"), expected, "{unit:?} {cell}");
    }
    let plain =
        read_csv("Ref,Month,Value\nKPI1,October 2026,-3\n", table(Orientation::Long), &[monthly("KPI1", Unit::Pounds)]);
    assert_eq!(codes(&plain.findings), ["F304 C2"]);
    assert!(plain.findings[0].hint.contains("signed = true"));
}

#[test]
fn a_percent_format_under_another_unit_is_told_at_its_cell() {
    use crate::workbook::{Book, BookFormat, Cell};
    let found = |unit: Unit, value: f64, percent: bool| {
        let read = workbook::read(b"Ref,Month,Value\nKPI1,October 2026,1\n", &Place::default()).value.unwrap();
        let mut sheet = read.sheets[0].clone();
        sheet.cells.iter_mut().filter(|cell| (cell.0, cell.1) == (1, 2)).for_each(|cell| {
            cell.2 = Cell::Number { value, percent };
        });
        let book = Book { format: BookFormat::Xlsx, saved_by: None, sheets: vec![sheet] };
        let mut one = monthly("KPI1", unit);
        one.measure.signed = true;
        codes(&super::read(&source(table(Orientation::Long)), &[&one], &book, "a.xlsx", p("2026-10")).findings)
            .join(";")
    };
    for (unit, value, percent, expected) in [
        (Unit::Score, -0.035, true, "F306 C2"),
        (Unit::Rate, 0.12, true, "F306 C2"),
        (Unit::Count, 3.0, true, "F306 C2"),
        (Unit::Pounds, 0.5, true, "F306 C2"),
        (Unit::Score, 0.0, true, ""),
        (Unit::Score, -0.035, false, ""),
        (Unit::Percent, -0.035, true, ""),
    ] {
        assert_eq!(found(unit, value, percent), expected, "{unit:?} {value} {percent}");
    }
}

#[test]
fn an_error_in_an_old_month_weighs_what_the_council_says() {
    let weighs = |old_months: Option<Severity>, cells: [&str; 2]| {
        let mut declared = source(table(Orientation::Long));
        declared.checks.old_months = old_months;
        let csv = format!("Ref,Month,Value\nKPI1,September 2026,{}\nKPI1,October 2026,{}\n", cells[0], cells[1]);
        let book = workbook::read(csv.as_bytes(), &Place::default()).value.unwrap();
        let read = super::read(&declared, &[&monthly("KPI1", Unit::Count)], &book, "a.csv", p("2026-10"));
        read.findings.iter().map(|finding| finding.severity).collect::<Vec<_>>()
    };
    assert_eq!(weighs(None, ["oops", "1"]), [Severity::Blocking]);
    assert_eq!(weighs(Some(Severity::Caution), ["oops", "1"]), [Severity::Caution]);
    assert_eq!(weighs(Some(Severity::Note), ["-1", "1"]), [Severity::Note]);
    assert_eq!(weighs(Some(Severity::Caution), ["1", "oops"]), [Severity::Blocking], "the pack's own month holds");
}
