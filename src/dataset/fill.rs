//! Names that stand once and are merged over the rows they hold for.

use std::collections::BTreeMap;

use crate::workbook::{Cell, Grid};

/// The cells that are merged down some columns.
#[derive(Debug, Default)]
pub(super) struct Fill<'g> {
    /// By column: first row, last row and the cell, top to bottom.
    down: BTreeMap<u32, Vec<(u32, u32, &'g Cell)>>,
}

impl<'g> Fill<'g> {
    /// Those of these columns.
    pub(super) fn of(grid: &'g Grid, columns: &[u32]) -> Self {
        let mut down: BTreeMap<u32, Vec<(u32, u32, &'g Cell)>> = BTreeMap::new();
        for merge in grid.merges.iter().filter(|merge| merge.bottom > merge.top) {
            let covered = columns.iter().filter(|column| (merge.left..=merge.right).contains(column));
            let held = grid.cells.binary_search_by_key(&(merge.top, merge.left), |cell| (cell.0, cell.1));
            let Some((_, _, cell)) = held.ok().and_then(|at| grid.cells.get(at)) else { continue };
            for column in covered {
                down.entry(*column).or_default().push((merge.top, merge.bottom, cell));
            }
        }
        for column in down.values_mut() {
            column.sort_by_key(|merge| merge.0);
        }
        Self { down }
    }

    /// The cell that is merged over this place from above.
    pub(super) fn over(&self, row: u32, column: u32) -> Option<&'g Cell> {
        let merges = self.down.get(&column)?;
        let (_, bottom, cell) = merges.get(merges.partition_point(|merge| merge.0 <= row).checked_sub(1)?)?;
        (row <= *bottom).then_some(cell)
    }
}
