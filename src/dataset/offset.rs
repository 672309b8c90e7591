//! Headings and years that are typed once over several columns, or beside several
//! rows, and do not stand at the first of them.
//!
//! What is typed once holds up to the next one typed. Centred by hand it stands
//! in the middle of what it holds for, and the first months would be read under
//! the heading before it. Where the order of months begins anew, a heading should
//! too: one that stands further on in a run of months is told (F214), because
//! nothing says whose the months before it are.

use super::report::{ReadReport, RowColumn};
use super::text;
use crate::domain::finding::Code;
use crate::domain::period::Period;
use crate::workbook::address;

/// A month's place under headings that are typed once.
pub(super) struct MonthPlace {
    /// The cell of the month.
    pub(super) spot: RowColumn,
    /// Its place in the order of months.
    pub(super) order: i32,
    /// The heading that is typed here, since the month before, and where.
    pub(super) typed: Option<(RowColumn, String)>,
    /// Whether that is merged over its months, which leaves no doubt.
    pub(super) merged: bool,
    /// Whether the order may begin anew here, because another heading begins.
    pub(super) apart: bool,
}

/// What headings say, whose places are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// The year of the months: none of them stands in it twice, and without one
    /// they are none.
    Year,
    /// What is counted in the months.
    Measure,
}

/// The place of a month in its financial year, or in its calendar year.
pub(super) fn in_year(month: Period, financial: bool) -> i32 {
    let number = i32::try_from(month.month()).unwrap_or(0);
    if financial { (number + 8) % 12 } else { number }
}

/// F214, once for a row or a column of headings; F210 where only the months
/// before the one heading there is are lost.
pub(super) fn report(places: &[MonthPlace], said: Said, report: &mut ReadReport) {
    let Some((first, heading)) = misplaced(places, said) else { return };
    let month = address(first.spot.0, first.spot.1);
    let hint = "type it at the first month that it holds for, or merge it over all of them";
    let Some((spot, typed)) = heading.and_then(|heading| heading.typed.as_ref()) else {
        let message = format!("the months begin anew at {month}, and no year stands there");
        return report.at_cell(Code::HeadingOffset, first.spot, message, hint);
    };
    let (cell, typed) = (address(spot.0, spot.1), text::short(typed));
    if said == Said::Measure && places.iter().filter(|place| place.is_once()).count() == 1 {
        let message = format!("no heading stands at {month}, before \"{typed}\" at {cell}: its figures are left out");
        return report.at_cell(Code::ColumnUnread, first.spot, message, hint);
    }
    let message = format!(
        "\"{typed}\" at {cell} does not stand at the first of its months: {month} may be under it, or under what stands before"
    );
    report.at_cell(Code::HeadingOffset, *spot, message, hint);
}

/// The first month of a run in which a heading stands further on, and that
/// heading; or of one that a year does not hold.
fn misplaced(places: &[MonthPlace], said: Said) -> Option<(&MonthPlace, Option<&MonthPlace>)> {
    let sign = if is_forward(places) { 1 } else { -1 };
    let follows = |before: &MonthPlace, next: &MonthPlace| {
        let step = (next.order - before.order) * sign;
        // What leaves out more than half a year is another table's.
        !next.apart && if said == Said::Year { step >= 0 } else { matches!(step, 0..=6 | 12) }
    };
    let runs: Vec<&[MonthPlace]> = places.chunk_by(follows).collect();
    let (leading, others) = runs.split_first()?;
    for run in others {
        let first = run.first().filter(|first| first.typed.is_none() && !first.apart);
        match (first, behind(run)) {
            (Some(first), Some(heading)) => return Some((first, Some(heading))),
            (Some(first), None) if said == Said::Year && run.iter().all(|place| place.typed.is_none()) => {
                return Some((first, None));
            }
            _ => {}
        }
    }
    // Where all others begin with theirs, months before the first heading have none.
    let is_at_first =
        said == Said::Measure && others.iter().any(|run| run.first().is_some_and(|first| first.typed.is_some()));
    let heading = behind(leading).filter(|_| !is_at_first)?;
    Some((leading.first()?, Some(heading)))
}

/// The heading that is typed in a run and not at its first month.
fn behind(run: &[MonthPlace]) -> Option<&MonthPlace> {
    let heading = run.iter().find(|place| place.typed.is_some())?;
    (run.first()?.typed.is_none() && !heading.merged).then_some(heading)
}

/// Whether months mostly follow each other, and not the newest first. Steps of
/// more than half a year that are no whole one lead from one table to the next.
fn is_forward(places: &[MonthPlace]) -> bool {
    let steps = || places.windows(2).map(|pair| pair[1].order - pair[0].order);
    let count = |sign: i32| steps().filter(|step| matches!(step * sign, 1..=6 | 12)).count();
    count(1) >= count(-1)
}

impl MonthPlace {
    fn is_once(&self) -> bool {
        self.typed.is_some() && !self.merged
    }
}
