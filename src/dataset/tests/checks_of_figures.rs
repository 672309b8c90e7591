//! Rules that see one pack's figures.

use super::*;
use crate::dataset::checks::{CheckInput, check, weigh};
use crate::domain::Calendar;
use crate::domain::check::FigureChecks;
use crate::domain::indicator::{Break, BreakKind};
use crate::history::History;

/// The findings of every rule of figures, under nothing published.
pub(super) fn checked(source: &Source, indicators: &[Indicator], dataset: &Dataset) -> Vec<Finding> {
    let indicators: Vec<&Indicator> = indicators.iter().collect();
    let asked = CheckInput {
        source,
        indicators: &indicators,
        period: p("2026-10"),
        dataset,
        file: None,
        calendar: &Calendar::default(),
        history: &History::default(),
    };
    check(&asked, &|reference, month| Some(dataset.reading(reference, month)?.reading))
}

/// A month's cells for each month up to October 2026, the newest last.
pub(super) fn months(reference: &str, newest_last: &[&str]) -> String {
    let rows = newest_last.iter().rev().enumerate().map(|(back, cells)| {
        let month = p("2026-10").plus(-i32::try_from(back).unwrap());
        format!("{reference},{} {},{cells}\n", month.month_name(), month.year())
    });
    rows.collect()
}

pub(super) fn dataset(rows: &str, indicators: &[Indicator]) -> Dataset {
    read_csv(&format!("Ref,Month,Value,Num,Den\n{rows}"), ratios(), indicators).value
}

fn one(indicator: Indicator, newest_last: &[&str]) -> Vec<Finding> {
    let indicators = [indicator];
    let dataset = dataset(&months("KPI1", newest_last), &indicators);
    checked(&source(ratios()), &indicators, &dataset)
}

fn with(unit: Unit, checks: FigureChecks) -> Indicator {
    Indicator { checks, ..monthly("KPI1", unit) }
}

#[test]
fn figures_lie_in_their_declared_range_both_ends_included() {
    for (cell, expected) in [("10,,", ""), ("9.9,,", "F324 C2"), ("20,,", ""), ("20.1,,", "F324 C2")] {
        let checks = FigureChecks { range: Some((d("10"), d("20"))), ..FigureChecks::default() };
        assert_eq!(codes(&one(with(Unit::Mean, checks), &[cell])).join(";"), expected, "{cell}");
    }
}

#[test]
fn a_jump_is_more_than_its_limit_over_enough_people() {
    let usual = || with(Unit::Percent, FigureChecks::default());
    for (cells, expected) in [
        (&["50,,", "80,,"][..], ""),
        (&["50,,", "80.1,,"], "F424 C2"),
        (&["80.1,,", "50,,"], "F424 C2"),
        // 30 of 60 to 54 of 60 is 40 points; over 19 people it is nothing.
        (&[",30,60", ",54,60"], "F424 C2"),
        (&[",10,20", ",18,20"], "F424 C2"),
        (&[",9,19", ",18,20"], ""),
        (&[",10,20", ",18,19"], ""),
        // Never across a month without a figure.
        (&["50,,", "c,,", "90,,"], ""),
        (&["50,,", ",,", "90,,"], ""),
    ] {
        let found: Vec<Finding> = one(usual(), cells).into_iter().filter(|f| f.code == Code::Jump).collect();
        // The newest month stands in the first row.
        assert_eq!(codes(&found).join(";"), expected, "{cells:?}");
    }
    let broken = Break { from: p("2026-10"), kind: BreakKind::System, note: Default::default() };
    assert!(one(Indicator { breaks: vec![broken], ..usual() }, &["50,,", "90,,"]).is_empty());
    assert!(one(Indicator { basis: Basis::YearToDate, ..usual() }, &["50,,", "90,,"]).is_empty());
    // Others jump only where their limit is declared.
    assert!(one(with(Unit::Count, FigureChecks::default()), &["1,,", "900,,"]).is_empty());
    let limit = FigureChecks { jump: Some(d("5")), ..FigureChecks::default() };
    let found = one(with(Unit::Count, limit.clone()), &["1,,", "7,,"]);
    assert_eq!(found[0].message, "found 7 after 1 in September 2026; expected a change of at most 5");
    assert_eq!(found[0].severity, Severity::Caution);
    assert!(one(with(Unit::Count, limit), &["1,,", "6,,"]).is_empty());
}

#[test]
fn a_jump_may_be_a_share_of_the_figure_before() {
    let half = || FigureChecks { jump_share: Some(d("50")), ..FigureChecks::default() };
    for (unit, cells, expected) in [
        (Unit::Count, ["100,,", "151,,"], "F424"),
        (Unit::Count, ["100,,", "150,,"], ""),
        (Unit::Count, ["100,,", "49,,"], "F424"),
        (Unit::Count, ["100,,", "50,,"], ""),
        // Half of a few is one or two.
        (Unit::Count, ["8,,", "19,,"], ""),
        (Unit::Count, ["8,,", "20,,"], "F424"),
        (Unit::Mean, ["2,,", "3.1,,"], "F424"),
        (Unit::Mean, ["0,,", "3.1,,"], ""),
        // A share stands in for the usual points.
        (Unit::Percent, ["80,,", "45,,"], ""),
        (Unit::Percent, ["80,,", "39,,"], "F424"),
    ] {
        let found = one(with(unit, half()), &cells);
        let codes: Vec<&str> = found.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(codes.join(";"), expected, "{cells:?}");
    }
    let found = one(with(Unit::Count, half()), &["100,,", "151,,"]);
    assert_eq!(found[0].message, "found 151 after 100 in September 2026; expected a change of at most 50% of it");
}

#[test]
fn an_outlier_is_outside_the_limits_of_twelve_figures_or_more() {
    let checks = FigureChecks { outlier: Some(true), ..FigureChecks::default() };
    // 10 and 12 in turn: the mean is 11, every moving range 2, so 5.68 to 16.32.
    let series = |points: usize, newest: &'static str| -> Vec<&'static str> {
        let mut cells: Vec<&str> = ["10,,", "12,,"].into_iter().cycle().take(points).collect();
        cells.push(newest);
        cells
    };
    let exact = || {
        let mut exact = with(Unit::Mean, checks.clone());
        exact.measure.precision = 2;
        exact
    };
    for (points, newest, expected) in [
        (12, "16.32,,", ""),
        (12, "16.33,,", "F426 C2"),
        (12, "5.68,,", ""),
        (12, "5.67,,", "F426 C2"),
        (11, "99,,", ""),
    ] {
        // 99 is ten times too much too, which its own rule tells.
        let found: Vec<Finding> =
            one(exact(), &series(points, newest)).into_iter().filter(|f| f.code == Code::Outlier).collect();
        assert_eq!(codes(&found).join(";"), expected, "{points} {newest}");
    }
    // A series that never moved has no limits, and no rule is on by itself.
    let mut still = vec!["10,,"; 12];
    still.push("11,,");
    assert!(one(exact(), &still).is_empty());
    assert!(one(with(Unit::Mean, FigureChecks::default()), &series(12, "40,,")).is_empty());
    // Only the figures since a break count.
    let broken = Break { from: p("2026-01"), kind: BreakKind::Definition, note: Default::default() };
    assert!(one(Indicator { breaks: vec![broken], ..exact() }, &series(12, "40,,")).is_empty());
}

#[test]
fn a_total_is_the_sum_of_its_parts_within_its_tolerance() {
    let total = |within: &str| Indicator {
        checks: FigureChecks {
            total_of: vec![r("KPI2"), r("KPI3")],
            total_within: d(within),
            ..FigureChecks::default()
        },
        ..monthly("KPI1", Unit::Count)
    };
    for (whole, parts, within, expected) in [
        ("5,,", ["2,,", "3,,"], "0", ""),
        ("6,,", ["2,,", "3,,"], "0", "F521 C2"),
        ("6,,", ["2,,", "3,,"], "1", ""),
        ("4,,", ["2,,", "3,,"], "1", ""),
        ("3,,", ["2,,", "3,,"], "1", "F521 C2"),
        // A suppressed part leaves the sum unknown.
        ("9,,", ["2,,", "c,,"], "0", ""),
        ("c,,", ["2,,", "3,,"], "0", ""),
    ] {
        let indicators = [total(within), monthly("KPI2", Unit::Count), monthly("KPI3", Unit::Count)];
        let rows = [("KPI1", whole), ("KPI2", parts[0]), ("KPI3", parts[1])].map(|(name, cell)| months(name, &[cell]));
        let found = checked(&source(ratios()), &indicators, &dataset(&rows.concat(), &indicators));
        assert_eq!(codes(&found).join(";"), expected, "{whole} {parts:?} {within}");
        assert!(found.iter().all(Finding::is_blocking));
    }
}

#[test]
fn a_ratio_may_be_as_far_off_as_its_indicator_allows() {
    // 170 of 202 is 84.158%.
    for (within, cell, expected) in
        [("0", "84.4,170,202", "F502 C2"), ("0.2", "84.4,170,202", "F502 C2"), ("0.25", "84.4,170,202", "")]
    {
        let checks = FigureChecks { ratio_within: d(within), ..FigureChecks::default() };
        let csv = format!("Ref,Month,Value,Num,Den\nKPI1,October 2026,{cell}\n");
        let read = read_csv(&csv, ratios(), &[with(Unit::Percent, checks)]);
        assert_eq!(codes(&read.findings).join(";"), expected, "{within}");
    }
}

#[test]
fn declared_severities_take_the_place_of_a_codes_own() {
    let mut of_source = source(ratios());
    of_source.checks.severity = [(Code::Jump, Some(Severity::Note)), (Code::SeriesGap, None)].into();
    let of_indicator =
        FigureChecks { severity: [(Code::Jump, Some(Severity::Blocking))].into(), ..FigureChecks::default() };
    let register = [with(Unit::Count, of_indicator), monthly("KPI2", Unit::Count)]
        .map(|indicator| (indicator.reference.clone(), indicator))
        .into();
    let at = |reference| Place { indicator: Some(r(reference)), ..Place::default() };
    let mut findings = vec![
        Finding::new(Code::Jump, at("KPI1"), "", ""),
        Finding::new(Code::Jump, at("KPI2"), "", ""),
        Finding::new(Code::SeriesGap, at("KPI2"), "", ""),
        Finding::new(Code::Restated, at("KPI2"), "", ""),
        // An old month's, which was lowered already and is not raised again.
        Finding { severity: Severity::Note, ..Finding::new(Code::Jump, at("KPI1"), "", "") },
    ];
    weigh(&mut findings, &of_source, &register);
    let weighed: Vec<(Code, Severity)> = findings.iter().map(|finding| (finding.code, finding.severity)).collect();
    assert_eq!(
        weighed,
        [
            (Code::Jump, Severity::Blocking),
            (Code::Jump, Severity::Note),
            (Code::Restated, Severity::Caution),
            (Code::Jump, Severity::Note),
        ]
    );
}
