//! Hidden rows and columns out of a sheet, unless they are declared to count.

use std::borrow::Cow;

use super::report::{ReadReport, listed};
use crate::domain::finding::Code;
use crate::domain::layout::{Hidden, Table};
use crate::workbook::{Cell, Grid, Merge, letters};

/// The sheet without what is hidden in it. Declared header rows are read
/// however they are shown: naming them says that they count. What is left out
/// is one note (F221).
pub(super) fn left_out<'g>(grid: &'g Grid, table: &Table, report: &mut ReadReport) -> Cow<'g, Grid> {
    let look = &grid.look;
    if table.hidden == Hidden::Read || (look.hidden_rows.is_empty() && look.hidden_columns.is_empty()) {
        return Cow::Borrowed(grid);
    }
    let headers: Vec<u32> = table.header_rows.iter().filter_map(|row| row.checked_sub(1)).collect();
    let parts =
        HiddenLines { rows: Runs::new(&look.hidden_rows, &headers), columns: Runs::new(&look.hidden_columns, &[]) };
    let hides = |cell: &&(u32, u32, Cell)| parts.hide(cell.0, cell.1);
    let (mut rows, mut columns): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    for (row, column, _) in grid.cells.iter().filter(hides) {
        if parts.rows.hold(*row) {
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
        cells: grid.cells.iter().filter(|cell| !hides(cell)).cloned().collect(),
        look: look.clone(),
    };
    for merge in &grid.merges {
        shown.merges.push(moved(merge, grid, &parts, &mut shown.cells));
    }
    shown.cells.sort_by_key(|cell| (cell.0, cell.1));
    Cow::Owned(shown)
}

/// What is hidden of a sheet.
struct HiddenLines {
    rows: Runs,
    columns: Runs,
}

impl HiddenLines {
    fn hide(&self, row: u32, column: u32) -> bool {
        self.rows.hold(row) || self.columns.hold(column)
    }
}

/// Runs of numbers, first and last, in order and apart.
struct Runs(Vec<(u32, u32)>);

impl Runs {
    /// The runs as a file gives them, without some numbers.
    fn new(given: &[(u32, u32)], without: &[u32]) -> Self {
        let (mut given, mut runs) = (given.to_vec(), Vec::<(u32, u32)>::new());
        given.sort_unstable();
        for (from, to) in given {
            match runs.last_mut() {
                Some((_, last)) if from <= last.saturating_add(1) => *last = to.max(*last),
                _ => runs.push((from, to)),
            }
        }
        for number in without {
            let parted = |(from, to): (u32, u32)| {
                let before = number.checked_sub(1).map(|end| (from, to.min(end)));
                let after = number.checked_add(1).map(|start| (from.max(start), to));
                [before, after].into_iter().flatten().filter(|(from, to)| from <= to).collect::<Vec<_>>()
            };
            runs = runs.into_iter().flat_map(parted).collect();
        }
        Self(runs)
    }

    fn around(&self, number: u32) -> Option<&(u32, u32)> {
        let next = self.0.partition_point(|run| run.0 <= number);
        self.0.get(next.checked_sub(1)?).filter(|run| number <= run.1)
    }

    fn hold(&self, number: u32) -> bool {
        self.around(number).is_some()
    }

    /// The first number from here on that is in no run.
    fn first_outside(&self, from: u32) -> u32 {
        self.around(from).map_or(from, |run| run.1.saturating_add(1))
    }
}

/// A merged cell whose corner is hidden goes on from its first shown place.
fn moved(merge: &Merge, grid: &Grid, parts: &HiddenLines, cells: &mut Vec<(u32, u32, Cell)>) -> Merge {
    let (top, left) = (parts.rows.first_outside(merge.top), parts.columns.first_outside(merge.left));
    if (top, left) == (merge.top, merge.left) || top > merge.bottom || left > merge.right {
        return *merge;
    }
    let held = grid.cells.binary_search_by_key(&(merge.top, merge.left), |cell| (cell.0, cell.1));
    let Some((_, _, cell)) = held.ok().and_then(|at| grid.cells.get(at)) else { return *merge };
    cells.push((top, left, cell.clone()));
    Merge { top, left, ..*merge }
}

fn report_left_out(rows: Vec<u32>, columns: Vec<u32>, report: &mut ReadReport) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_put_in_order_and_parted() {
        for (given, without, expected) in [
            (&[(5, 6), (0, 10), (11, 12)][..], &[][..], &[(0, 12)][..]),
            (&[(7, 8), (2, 3)], &[], &[(2, 3), (7, 8)]),
            (&[(0, 4)], &[0], &[(1, 4)]),
            (&[(0, 4)], &[2], &[(0, 1), (3, 4)]),
            (&[(0, 4)], &[4, 0], &[(1, 3)]),
            (&[(3, 3)], &[3, 9], &[]),
        ] {
            assert_eq!(Runs::new(given, without).0, expected, "{given:?} {without:?}");
        }
        let runs = Runs::new(&[(2, 3), (7, u32::MAX)], &[]);
        assert_eq!([1, 2, 3, 4].map(|number| runs.hold(number)), [false, true, true, false]);
        assert_eq!([1, 2, 7].map(|number| runs.first_outside(number)), [1, 4, u32::MAX]);
    }
}
