//! Excel 97 to 2003: read whole, since calamine cannot stream it. It gives no
//! percent formats, so the percent style that a source declares matters here.

use std::io::Cursor;

use calamine::{Reader, SheetType, Xls, XlsError};

use super::fault::FileFault;
use super::grid::{Cell, Grid, Look};
use super::limits::CellBudget;
use super::xlsx::{merge, visibility};
use super::{SheetResult, cell};

type XlsFile<'a> = Xls<Cursor<&'a [u8]>>;

/// Its worksheets in order.
pub(super) fn read(bytes: &[u8], mut budget: CellBudget) -> Result<Vec<SheetResult>, FileFault> {
    let mut book: XlsFile<'_> = Xls::new(Cursor::new(bytes)).map_err(fault)?;
    let mut sheets = Vec::new();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ == SheetType::WorkSheet {
            let grid = grid(&mut book, &sheet.name).map_err(fault).and_then(|grid| {
                budget.check(grid.cells.len())?;
                budget.spend(grid.cells.len());
                Ok(Grid { visibility: visibility(sheet.visible), ..grid })
            });
            sheets.push(grid.map_err(|fault| (sheet.name, fault)));
        }
    }
    Ok(sheets)
}

fn fault(error: XlsError) -> FileFault {
    match error {
        XlsError::Password => FileFault::password(),
        error => FileFault::damaged(&error),
    }
}

fn grid(book: &mut XlsFile<'_>, name: &str) -> Result<Grid, XlsError> {
    let values = book.worksheet_range(name)?;
    let formulas = book.worksheet_formula(name)?;
    // Each range begins at its own first used cell.
    let start = values.start().unwrap_or_default();
    let mut cells: Vec<(u32, u32, Cell)> = values
        .used_cells()
        .filter_map(|(row, column, value)| {
            Some((offset(start.0, row)?, offset(start.1, column)?, cell::from_data(value)?))
        })
        .collect();
    let start = formulas.start().unwrap_or_default();
    for (row, column, formula) in formulas.used_cells() {
        let (Some(row), Some(column)) = (offset(start.0, row), offset(start.1, column)) else { continue };
        let valued = values.get_value((row, column)).is_some_and(|value| *value != calamine::Data::Empty);
        if !formula.is_empty() && !valued {
            cells.push((row, column, Cell::Uncalculated));
        }
    }
    let merges = book.merge_cells_by_sheet_name(name)?.iter().map(merge).collect();
    Ok(Grid {
        name: name.to_owned(),
        visibility: super::Visibility::Visible,
        merges,
        cells,
        look: Look { from_1904: book.has_1904_epoch(), ..Look::default() },
    })
}

fn offset(start: u32, by: usize) -> Option<u32> {
    start.checked_add(u32::try_from(by).ok()?)
}
