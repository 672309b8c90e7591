//! Cells that could not be used, gathered into findings that never quote them.

use std::collections::BTreeMap;

use super::super::report::{ReadReport, RowColumn};
use super::value::UnreadableCell;
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::workbook::address;

/// What is wrong with a row, and in which column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CellFault {
    /// A cell is not what a condition needs.
    Cell(UnreadableCell, u32),
    /// The second of two dates, in this column, comes before the first.
    Order(u32),
    /// Nothing stands in the column whose values are counted.
    NoKey(u32),
}

/// Faults by kind and column, with their first row and how many there are.
#[derive(Default)]
pub(super) struct CellFaults(BTreeMap<CellFault, (u32, usize)>);

impl CellFaults {
    pub(super) fn add(&mut self, doubt: CellFault, row: u32) {
        self.0.entry(doubt).or_insert((row, 0)).1 += 1;
    }

    /// One finding for each kind and column; whether the count can be trusted.
    pub(super) fn report(self, indicator: &Indicator, report: &mut ReadReport) -> bool {
        let mut trusted = true;
        for (doubt, (row, times)) in self.0 {
            let (code, column, found, hint) = words(doubt);
            trusted &= code == Code::PersonDates;
            let more = if times > 1 { format!(" ({times} rows, the first here)") } else { String::new() };
            let spot: RowColumn = (row, column);
            report.at_indicator(
                code,
                Some(spot),
                indicator,
                format!("{found} in {}{more}; what it holds is not repeated here", address(row, column)),
                hint,
            );
        }
        trusted
    }
}

fn words(doubt: CellFault) -> (Code, u32, &'static str, &'static str) {
    match doubt {
        CellFault::Cell(UnreadableCell::Date, column) => (
            Code::PersonCell,
            column,
            "expected a date",
            "type a date, add its format to `date_formats`, or list the word under `absent` in sources.toml",
        ),
        CellFault::Cell(UnreadableCell::Number, column) => {
            (Code::PersonCell, column, "expected a number", "type a number, or list the word under `absent`")
        }
        CellFault::Cell(UnreadableCell::Formula, column) => (
            Code::PersonCell,
            column,
            "expected a value and found an error or a formula that was never calculated",
            "mend the formula, open and save the workbook, or list the error under `absent` in sources.toml",
        ),
        CellFault::NoKey(column) => {
            (Code::PersonCell, column, "expected an identifier to count by", "fill it in, or leave out `distinct`")
        }
        CellFault::Order(column) => (
            Code::PersonDates,
            column,
            "expected a date on or after the one it is counted from; the row counts as not meeting the condition",
            "correct whichever date is wrong",
        ),
    }
}
