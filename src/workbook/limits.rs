//! How much a workbook may unpack to and hold.
//!
//! A workbook is a zip, and a small zip can unpack to a great deal. These limits
//! are checked against its directory before anything is unpacked, and against
//! the cells while they are read; what they cannot foresee is stopped by the
//! limits of the worker process in [`reader`](crate::reader).

use super::fault::FileFault;

/// Merged areas in one sheet. No setting: a sheet has a few for its headings,
/// and looking through millions would hold up the program itself.
pub const MERGES_AT_MOST: usize = 100_000;

/// Runs of hidden rows or columns that are kept of one sheet: as many as it has
/// rows. More is no honest sheet.
pub const HIDDEN_RUNS_AT_MOST: usize = 1 << 20;

/// Rows of a sheet, in every program that writes these formats.
pub(super) const ROWS: u32 = 1 << 20;
/// Columns of a sheet.
pub(super) const COLUMNS: u32 = 1 << 14;

/// Whether a cell lies past the last row or column that a sheet has.
pub(super) fn is_outside(row: u32, column: u32) -> bool {
    row >= ROWS || column >= COLUMNS
}

/// Checks that a sheet's cells can be found and that its merged areas are not
/// too many.
pub(super) fn check_sheet(outside: bool, merges: usize) -> Result<(), FileFault> {
    if outside {
        return Err(FileFault::damaged(&"a cell lies past the last row or column that a sheet has"));
    }
    if merges > MERGES_AT_MOST {
        return Err(FileFault::too_large(
            &format!("{merges} merged areas in one sheet"),
            &MERGES_AT_MOST.to_string(),
            None,
        ));
    }
    Ok(())
}

/// How many cells a book may hold, and how many are left.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellBudget {
    limit: usize,
    left: usize,
}

impl CellBudget {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, left: limit }
    }

    /// Checks that the next sheet may hold so many cells.
    pub(super) fn check(self, cells: usize) -> Result<(), FileFault> {
        if cells <= self.left {
            return Ok(());
        }
        let limit = counted(self.limit);
        Err(FileFault::too_large(&format!("more than {limit} cells that are not blank"), &limit, Some("cells")))
    }

    /// Subtracts the cells of a sheet that is kept.
    pub(super) fn spend(&mut self, cells: usize) {
        self.left = self.left.saturating_sub(cells);
    }
}

/// "5 million" for what is set in millions.
fn counted(cells: usize) -> String {
    const MILLION: usize = 1_000_000;
    if cells > 0 && cells.is_multiple_of(MILLION) { format!("{} million", cells / MILLION) } else { cells.to_string() }
}
