//! Rows over rows.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::super::report::ReadReport;
use super::super::rows::TableRow;
use super::cell_faults::{CellFault, CellFaults};
use super::condition::{Judge, Truth};
use super::sheet::List;
use super::value;
use crate::domain::indicator::Indicator;
use crate::domain::measure::Unit;
use crate::domain::observation::{Figure, Missing, Reading};
use crate::domain::person::{Condition, DateInRow, PersonCount, PersonLevel, Subject};

/// An indicator's reading; none, with findings, where the list cannot give it.
pub(super) fn count(
    person: &PersonLevel,
    declared: &PersonCount,
    indicator: &Indicator,
    list: &List<'_>,
    report: &mut ReadReport,
) -> Option<Reading> {
    let mut names: BTreeSet<&[String]> = BTreeSet::new();
    declared.of.iter().chain(&declared.matching).for_each(|condition| gather(condition, &mut names));
    if !declared.distinct.is_empty() {
        names.insert(&declared.distinct);
    }
    // Every missing header is told, not only the first.
    let found: Vec<_> = names.into_iter().map(|names| (names, list.column(names, indicator, report))).collect();
    let columns: Option<BTreeMap<&[String], u32>> =
        found.into_iter().map(|(names, column)| column.map(|column| (names, column))).collect();
    let judge = Judge { person, snapshot: report.period.last_day(), columns: columns? };
    let (mut doubts, mut all, mut matching) = (CellFaults::default(), Tally::default(), Tally::default());
    for row in list.rows() {
        let is_of = judge.all(&declared.of, row, &mut doubts);
        if is_of == Truth::No {
            continue;
        }
        let matches = judge.all(&declared.matching, row, &mut doubts);
        // A row that would be counted only in the denominator is counted there.
        let (Some(is_of), Some(matches)) = (settled(is_of, row, &mut doubts), settled(matches, row, &mut doubts))
        else {
            continue;
        };
        let key = match key(&judge, declared, row) {
            Ok(key) => key,
            Err(doubt) => {
                doubts.add(doubt, row.number);
                continue;
            }
        };
        if is_of && matches {
            matching.add(key.clone());
        }
        if is_of {
            all.add(key);
        }
    }
    doubts.report(indicator, report).then(|| reading(indicator, matching.number(), all.number()))
}

fn settled(truth: Truth, row: TableRow<'_>, doubts: &mut CellFaults) -> Option<bool> {
    match truth {
        Truth::Yes => Some(true),
        Truth::No => Some(false),
        Truth::Unknown(doubt) => {
            doubts.add(doubt, row.number);
            None
        }
    }
}

/// What a row is counted by; none to count the row itself.
fn key(judge: &Judge<'_>, declared: &PersonCount, row: TableRow<'_>) -> Result<Option<String>, CellFault> {
    let Some(column) = judge.columns.get(declared.distinct.as_slice()).copied() else { return Ok(None) };
    match row.cell(column).filter(|cell| !value::is_absent(Some(cell), judge.person)) {
        None => Err(CellFault::NoKey(column)),
        Some(cell) => value::words(cell)
            .map(|words| Some(value::folded(&words, judge.person)))
            .map_err(|wrong| CellFault::Cell(wrong, column)),
    }
}

/// Rows, or different values.
#[derive(Default)]
struct Tally {
    rows: usize,
    values: BTreeSet<String>,
}

impl Tally {
    fn add(&mut self, key: Option<String>) {
        match key {
            Some(key) => {
                self.values.insert(key);
            }
            None => self.rows += 1,
        }
    }

    fn number(&self) -> Decimal {
        Decimal::from(self.rows + self.values.len())
    }
}

/// A count is its numerator; a percentage of nobody is 0 of 0.
fn reading(indicator: &Indicator, numerator: Decimal, denominator: Decimal) -> Reading {
    if indicator.measure.unit == Unit::Count {
        return Reading::Figure(Figure { value: numerator, numerator: None, denominator: None });
    }
    match indicator.measure.exact_ratio(numerator, denominator) {
        Some(value) => Reading::Figure(Figure { value, numerator: Some(numerator), denominator: Some(denominator) }),
        None => Reading::Missing(Missing::NoneOfNone),
    }
}

fn gather<'p>(condition: &'p Condition, names: &mut BTreeSet<&'p [String]>) {
    match condition {
        Condition::Any(conditions) | Condition::Not(conditions) => {
            conditions.iter().for_each(|condition| gather(condition, names))
        }
        Condition::All(Subject::Column(column) | Subject::Age(column, _), _) => {
            names.insert(column);
        }
        Condition::All(Subject::Days(from, to) | Subject::WorkingDays(from, to), _) => {
            for point in [from, to] {
                if let DateInRow::Column(column) = point {
                    names.insert(column);
                }
            }
        }
    }
}
