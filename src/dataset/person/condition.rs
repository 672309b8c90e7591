//! Whether something is true of a row, false, or cannot be told.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::rows::TableRow;
use super::cell_faults::{CellFault, CellFaults};
use super::value;
use crate::domain::person::{Condition, DateInRow, PersonLevel, Subject, Test, working_days};
use crate::workbook::Cell;

/// What a row says to a condition. A cell that cannot be read only matters
/// where the answer hangs on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    Yes,
    No,
    Unknown(CellFault),
}

impl Truth {
    fn of(is: bool) -> Self {
        if is { Self::Yes } else { Self::No }
    }
}

/// All that a condition is judged with.
pub(super) struct Judge<'p> {
    pub(super) person: &'p PersonLevel,
    pub(super) snapshot: NaiveDate,
    /// Where each declared column stands, by its headers.
    pub(super) columns: BTreeMap<&'p [String], u32>,
}

impl<'p> Judge<'p> {
    /// Whether every condition holds: one that does not settles it.
    pub(super) fn all(&self, conditions: &'p [Condition], row: TableRow<'_>, doubts: &mut CellFaults) -> Truth {
        let mut truth = Truth::Yes;
        for condition in conditions {
            match self.one(condition, row, doubts) {
                Truth::No => return Truth::No,
                Truth::Unknown(doubt) if truth == Truth::Yes => truth = Truth::Unknown(doubt),
                _ => {}
            }
        }
        truth
    }

    fn one(&self, condition: &'p Condition, row: TableRow<'_>, doubts: &mut CellFaults) -> Truth {
        match condition {
            Condition::Any(conditions) => {
                let mut truth = Truth::No;
                for condition in conditions {
                    match self.one(condition, row, doubts) {
                        Truth::Yes => return Truth::Yes,
                        Truth::Unknown(doubt) if truth == Truth::No => truth = Truth::Unknown(doubt),
                        _ => {}
                    }
                }
                truth
            }
            Condition::Not(conditions) => match self.all(conditions, row, doubts) {
                Truth::Yes => Truth::No,
                Truth::No => Truth::Yes,
                unknown @ Truth::Unknown(_) => unknown,
            },
            Condition::All(Subject::Column(names), tests) => match self.columns.get(names.as_slice()) {
                Some(column) => every(tests, |test| self.cell(row, *column, test)),
                None => Truth::No,
            },
            Condition::All(subject, tests) => match self.measured(subject, row, doubts) {
                Ok(Some(number)) => every(tests, |test| Truth::of(holds(test, number))),
                Ok(None) => Truth::No,
                Err(doubt) => Truth::Unknown(doubt),
            },
        }
    }

    /// A test of what stands in a column. Nothing is no date, no number and no
    /// text, and so passes only `absent` and `is_not`.
    fn cell(&self, row: TableRow<'_>, column: u32, test: &Test) -> Truth {
        let there = row.cell(column).filter(|cell| !value::is_absent(Some(cell), self.person));
        let Some(cell) = there else {
            return Truth::of(matches!(test, Test::Absent | Test::NoneOf(_)));
        };
        let among = |texts: &[String]| {
            value::words(cell).map(|words| {
                let found = value::folded(&words, self.person);
                texts.iter().any(|text| value::folded(text, self.person) == found)
            })
        };
        let date = |is: &dyn Fn(NaiveDate) -> bool| value::date(cell, self.person).map(is);
        let told = match test {
            Test::Present => Ok(true),
            Test::Absent => Ok(false),
            Test::OneOf(texts) => among(texts),
            Test::NoneOf(texts) => among(texts).map(|is| !is),
            Test::Matches(pattern) => value::words(cell).map(|words| pattern.is_match(&words)),
            Test::Before(moment) => date(&|day| day < moment.day(self.snapshot)),
            Test::OnOrBefore(moment) => date(&|day| day <= moment.day(self.snapshot)),
            Test::After(moment) => date(&|day| day > moment.day(self.snapshot)),
            Test::OnOrAfter(moment) => date(&|day| day >= moment.day(self.snapshot)),
            Test::AtLeast(_) | Test::AtMost(_) | Test::Under(_) | Test::Over(_) => {
                value::number(cell).map(|number| holds(test, number))
            }
        };
        told.map_or_else(|wrong| Truth::Unknown(CellFault::Cell(wrong, column)), Truth::of)
    }

    /// Days or years of a row; none where a date is absent or the dates are in
    /// the wrong order, since "within 45 days" is not met by a slip of the pen.
    fn measured(
        &self,
        subject: &'p Subject,
        row: TableRow<'_>,
        doubts: &mut CellFaults,
    ) -> Result<Option<Decimal>, CellFault> {
        let at = |names: &'p [String]| self.columns.get(names).copied();
        let day = |point: &'p DateInRow| match point {
            DateInRow::At(moment) => Ok(Some((moment.day(self.snapshot), None))),
            DateInRow::Column(names) => {
                let Some(column) = at(names) else { return Ok(None) };
                Ok(self.date(row.cell(column), column)?.map(|day| (day, Some(column))))
            }
        };
        let (from, to, second, years) = match subject {
            Subject::Column(_) => return Ok(None),
            Subject::Age(names, moment) => {
                let Some(column) = at(names) else { return Ok(None) };
                let Some(born) = self.date(row.cell(column), column)? else { return Ok(None) };
                (born, moment.day(self.snapshot), column, true)
            }
            Subject::Days(from, to) | Subject::WorkingDays(from, to) => {
                let (Some((from, first)), Some((to, second))) = (day(from)?, day(to)?) else { return Ok(None) };
                (from, to, second.or(first).unwrap_or(0), false)
            }
        };
        if to < from {
            doubts.add(CellFault::Order(second), row.number);
            return Ok(None);
        }
        let number = match subject {
            _ if years => to.years_since(from).map_or(0, i64::from),
            Subject::WorkingDays(..) => working_days(from, to, &self.person.bank_holidays),
            _ => (to - from).num_days(),
        };
        Ok(Some(number.into()))
    }

    fn date(&self, cell: Option<&Cell>, column: u32) -> Result<Option<NaiveDate>, CellFault> {
        match cell.filter(|cell| !value::is_absent(Some(cell), self.person)) {
            None => Ok(None),
            Some(cell) => value::date(cell, self.person).map(Some).map_err(|wrong| CellFault::Cell(wrong, column)),
        }
    }
}

fn every(tests: &[Test], judge: impl Fn(&Test) -> Truth) -> Truth {
    let mut truth = Truth::Yes;
    for told in tests.iter().map(judge) {
        match told {
            Truth::No => return Truth::No,
            Truth::Unknown(_) if truth == Truth::Yes => truth = told,
            _ => {}
        }
    }
    truth
}

fn holds(test: &Test, number: Decimal) -> bool {
    match test {
        Test::AtLeast(limit) => number >= *limit,
        Test::AtMost(limit) => number <= *limit,
        Test::Under(limit) => number < *limit,
        Test::Over(limit) => number > *limit,
        _ => false,
    }
}
