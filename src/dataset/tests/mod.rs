//! Tables of cells and what they come to, each rule on both sides of its
//! boundary; then the real files, against figures read off them by hand.

mod across;
mod beside;
mod checks_of_figures;
mod checks_of_history;
mod checks_of_tables;
mod declared;
mod hostile;
mod laws;
mod layouts;
mod marks;
mod name_beside;
mod offset;
mod periods;
mod places;
mod plausible;
mod real;
mod rules;
mod seen;
mod shifted;
mod spans;
mod states;
mod unseen;

use std::collections::BTreeMap;

use regex::Regex;
use rust_decimal::Decimal;

use super::*;
use crate::domain::finding::{Finding, Place, Severity};
use crate::domain::ids::SourceId;
use crate::domain::indicator::{Basis, Polarity};
use crate::domain::layout::{
    FinancialYear, Heading, Hidden, Naming, Outside, OutsideText, OwnRating, Part, PercentStyle, SheetRule, Table,
};
use crate::domain::measure::{Measure, Unit};
use crate::domain::observation::{Missing, Reading};
use crate::domain::period::Frequency;
use crate::workbook;

fn p(text: &str) -> Period {
    text.parse().unwrap()
}

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn r(reference: &str) -> IndicatorRef {
    IndicatorRef::parse(reference).unwrap()
}

fn words(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Headers by name.
fn heads(texts: &[&str]) -> Vec<Heading> {
    texts.iter().map(|text| Heading::Name((*text).to_owned())).collect()
}

fn indicator(reference: &str, unit: Unit, frequency: Frequency) -> Indicator {
    Indicator {
        protection: crate::domain::Protection::default(),
        reference: r(reference),
        title: String::new(),
        plain: Default::default(),
        definition: Default::default(),
        measure: Measure {
            unit,
            precision: u32::from(unit != Unit::Count),
            per: d("10000"),
            noun: String::new(),
            signed: false,
        },
        polarity: Polarity::None,
        frequency,
        lag_months: 0,
        basis: Basis::Snapshot,
        groups: std::collections::BTreeMap::new(),
        source: SourceId::parse("returns").unwrap(),
        owner: String::new(),
        targets: Vec::new(),
        benchmarks: crate::domain::Benchmarks::Known(Vec::new()),
        breaks: Vec::new(),
        marks: Vec::new(),
        steady_within: Decimal::ZERO,
        explain_over: None,
        min_denominator: Decimal::ZERO,
        trend: crate::domain::trend::TrendSettings::usual(unit, Basis::Snapshot),
        checks: Default::default(),
        relations: Default::default(),
        breakdowns: Vec::new(),
        segment: None,
    }
}

fn monthly(reference: &str, unit: Unit) -> Indicator {
    indicator(reference, unit, Frequency::Monthly)
}

fn table(orientation: Orientation) -> Table {
    Table {
        sheet: SheetRule::First,
        orientation,
        header_rows: vec![1],
        drop_rows: vec![Regex::new("^Total").unwrap()],
        stop_at_blank_rows: 0,
        hidden: Hidden::Skip,
        percent: PercentStyle::Auto,
        month_column: heads(&["Month"]),
        year_column: Vec::new(),
        month_said: None,
        financial_year: None,
        month_formats: words(&["%B %Y", "%b-%y"]),
        month_notes: Vec::new(),
        filter: BTreeMap::new(),
        missing: [("n/a", Missing::NotApplicable), ("-", Missing::Unknown), ("c", Missing::Suppressed)]
            .map(|(marker, reason)| (marker.to_owned(), reason))
            .into(),
        marks: BTreeMap::new(),
        mark_column: Vec::new(),
        indicator_column: heads(&["Ref"]),
        value_column: heads(&["Value"]),
        numerator_column: Vec::new(),
        denominator_column: Vec::new(),
        not_due_column: Vec::new(),
        segments: Vec::new(),
        own_rating: None,
        parts: Vec::new(),
        names: BTreeMap::new(),
    }
}

/// A long table with numerator and denominator.
fn ratios() -> Table {
    Table { numerator_column: heads(&["Num"]), denominator_column: heads(&["Den"]), ..table(Orientation::Long) }
}

fn named(reference: &str, names: &[&str]) -> (IndicatorRef, Naming) {
    (r(reference), Naming { names: heads(names), ..Naming::default() })
}

fn source(table: Table) -> Source {
    Source {
        id: SourceId::parse("returns").unwrap(),
        title: String::new(),
        storage: "share".to_owned(),
        files: String::new(),
        newest: None,
        carry_forward_months: 0,
        table,
        checks: Default::default(),
        person: None,
    }
}

/// Reads bytes of any format for October 2026 unless told otherwise.
fn read_bytes(bytes: &[u8], table: Table, indicators: &[Indicator], period: &str) -> Checked<Dataset> {
    let book = workbook::read(bytes, &Place { file: Some("a.csv".into()), ..Place::default() });
    assert!(book.findings.is_empty(), "{:?}", book.findings);
    let indicators: Vec<&Indicator> = indicators.iter().collect();
    read(&source(table), &indicators, &book.value.unwrap(), "a.csv", p(period))
}

fn read_csv(csv: &str, table: Table, indicators: &[Indicator]) -> Checked<Dataset> {
    read_bytes(csv.as_bytes(), table, indicators, "2026-10")
}

#[expect(clippy::disallowed_methods, reason = "a test reads its own data")]
fn data(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// "84.2", or the reason that there is none, or "nothing".
fn said(dataset: &Dataset, reference: &str, period: &str) -> String {
    match dataset.reading(&r(reference), p(period)).map(|observation| observation.reading) {
        Some(Reading::Figure(figure)) => figure.value.round_dp(4).normalize().to_string(),
        Some(Reading::Missing(reason)) => format!("{reason:?}"),
        None => "nothing".to_owned(),
    }
}

/// "F301 D2" for each finding, in order.
fn codes(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|finding| format!("{} {}", finding.code, finding.at.cell.map_or("·".to_owned(), |cell| cell.to_string())))
        .collect()
}
