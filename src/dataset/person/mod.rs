//! Lists of people into counts.
//!
//! Rows of children are read here and nowhere else, and nothing of them goes
//! out but counts. A finding names the file, the sheet, the cell and the rule
//! that it broke; it never repeats what stands in the cell, since that may be
//! a child's name.
//!
//! | file | story |
//! |---|---|
//! | [`columns`] | headers that give a list of people away |
//! | `sheet` | the declared sheet, its headers and its rows |
//! | `value` | one cell as a text, a date or a number, folded for comparison |
//! | `condition` | whether something is true of a row, false, or cannot be told |
//! | `cell_faults` | cells that could not be used, gathered into findings |
//! | `count` | rows over rows |

mod cell_faults;
pub(crate) mod columns;
mod condition;
mod count;
mod sheet;
mod value;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::Dataset;
use super::checks::table;
use super::report::{ReadReport, month_words};
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::Source;
use crate::domain::mark::FigureMarks;
use crate::domain::observation::{Observation, Spots};
use crate::domain::period::Period;
use crate::domain::person::PersonLevel;
use crate::domain::place::Shared;
use crate::workbook::Book;

/// Every indicator's count at the last day of the pack's month.
pub(super) fn read(
    (source, person): (&Source, &PersonLevel),
    indicators: &[&Indicator],
    book: &Book,
    report: &mut ReadReport,
) -> Dataset {
    let mut dataset = Dataset::default();
    let period = report.period;
    let mut lists: BTreeMap<Shared, usize> = BTreeMap::new();
    for indicator in indicators {
        let Some(declared) = person.counts.get(&indicator.reference) else { continue };
        if indicator.latest_due(period) != period {
            report.on_sheet(&declared.sheet);
            report_not_now(indicator, period, report);
            continue;
        }
        let Some(list) = sheet::List::find(declared, indicator, book, report) else { continue };
        if let Entry::Vacant(first) = lists.entry(list.name().into()) {
            let rows = *first.insert(list.rows().count());
            table::row_count(source, rows, report);
        }
        let Some(reading) = count::count(person, declared, indicator, &list, report) else { continue };
        let observation = Observation {
            indicator: indicator.reference.clone(),
            period,
            reading,
            not_due: None,
            on: report.origin(),
            cell: None,
            own_rating: None,
            marks: FigureMarks::default(),
            cells: Spots::default(),
        };
        dataset.series.entry(indicator.reference.clone()).or_default().insert(period, observation);
    }
    dataset.rows = lists.into_values().max().unwrap_or(0);
    dataset
}

/// F403: a list says how things stand now, and cannot be asked about then.
fn report_not_now(indicator: &Indicator, period: Period, report: &mut ReadReport) {
    let due = indicator.latest_due(period);
    let message = format!(
        "the list is counted for {}; the figure of {} that is due is of {}",
        month_words(period),
        indicator.reference,
        month_words(due)
    );
    let hint = "make the indicator monthly without `lag_months`, or show it only in months when it is due";
    report.at_indicator(Code::NotSupplied, None, indicator, message, hint);
}
