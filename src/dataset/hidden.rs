//! Hidden rows and columns out of a sheet, unless they are declared to count.

use std::borrow::Cow;

use super::report::{Report, listed};
use crate::domain::finding::Code;
use crate::domain::layout::{Hidden, Table};
use crate::workbook::{Cell, Grid, Merge, letters};

/// The sheet without what is hidden in it. Declared header rows are read
/// however they are shown: naming them says that they count. What is left out
/// is one note (F221).
pub(super) fn left_out<'g>(grid: &'g Grid, table: &Table, report: &mut Report) -> Cow<'g, Grid> {
    let look = &grid.look;
    if table.hidden == Hidden::Read || (look.hidden_rows.is_empty() && look.hidden_columns.is_empty()) {
        return Cow::Borrowed(grid);
    }
    let header = |row: u32| table.header_rows.contains(&(row + 1));
    let hides_row = |row: u32| within(&look.hidden_rows, row) && !header(row);
    let hides = |row: u32, column: u32| hides_row(row) || within(&look.hidden_columns, column);
    let (mut rows, mut columns): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    for (row, column, _) in grid.cells.iter().filter(|(row, column, _)| hides(*row, *column)) {
        if hides_row(*row) {
            rows.push(*row);
        } else {
            columns.push(*column);
        }
    }
    if rows.is_empty() && columns.is_empty() {
        return Cow::Borrowed(grid);
    }
    report_left_out(rows, columns, report);

    let mut shown = Grid {
        name: grid.name.clone(),
        visibility: grid.visibility,
        merges: Vec::with_capacity(grid.merges.len()),
        cells: grid.cells.iter().filter(|(row, column, _)| !hides(*row, *column)).cloned().collect(),
        look: look.clone(),
    };
    for merge in &grid.merges {
        shown.merges.push(moved(merge, grid, &hides, &mut shown.cells));
    }
    shown.cells.sort_by_key(|cell| (cell.0, cell.1));
    Cow::Owned(shown)
}

/// A merged cell whose corner is hidden goes on from its first shown place.
fn moved(merge: &Merge, grid: &Grid, hides: &impl Fn(u32, u32) -> bool, cells: &mut Vec<(u32, u32, Cell)>) -> Merge {
    if !hides(merge.top, merge.left) {
        return *merge;
    }
    let held = grid.cells.binary_search_by_key(&(merge.top, merge.left), |cell| (cell.0, cell.1));
    let Some((_, _, cell)) = held.ok().and_then(|at| grid.cells.get(at)) else { return *merge };
    // A merge down a long sheet is walked along its edges, not over its area.
    let top = (merge.top..=merge.bottom).find(|row| (merge.left..=merge.right).any(|column| !hides(*row, column)));
    let place = top.and_then(|top| {
        let left = (merge.left..=merge.right).find(|column| !hides(top, *column))?;
        Some((top, left))
    });
    let Some((top, left)) = place else { return *merge };
    cells.push((top, left, cell.clone()));
    Merge { top, left, ..*merge }
}

fn within(runs: &[(u32, u32)], at: u32) -> bool {
    let after = runs.partition_point(|run| run.0 <= at);
    after.checked_sub(1).and_then(|last| runs.get(last)).is_some_and(|run| at <= run.1)
}

fn report_left_out(rows: Vec<u32>, columns: Vec<u32>, report: &mut Report) {
    let rows: Vec<String> = runs(rows)
        .into_iter()
        .map(|(from, to)| if from == to { format!("{}", from + 1) } else { format!("{} to {}", from + 1, to + 1) })
        .collect();
    let columns: Vec<String> = runs(columns)
        .into_iter()
        .map(|(from, to)| if from == to { letters(from) } else { format!("{} to {}", letters(from), letters(to)) })
        .collect();
    let parts: Vec<String> = [("row", rows), ("column", columns)]
        .into_iter()
        .filter(|(_, runs)| !runs.is_empty())
        .map(|(what, runs)| {
            let one = runs.len() == 1 && runs.iter().all(|run| !run.contains(" to "));
            format!("{what}{} {}", if one { "" } else { "s" }, listed(&runs))
        })
        .collect();
    report.at_sheet(
        Code::HiddenSkipped,
        format!("what is hidden was left out: {}", parts.join("; ")),
        "if they count, unhide them, clear the sheet's filter, or declare hidden = \"read\" in sources.toml",
    );
}

/// Numbers as runs, first and last.
fn runs(mut numbers: Vec<u32>) -> Vec<(u32, u32)> {
    numbers.sort_unstable();
    numbers.dedup();
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if number == *last + 1 => *last = number,
            _ => runs.push((number, number)),
        }
    }
    runs
}
