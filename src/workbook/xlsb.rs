//! Excel's binary workbook: cells streamed. calamine gives no percent formats
//! and no merged cells, so the percent style that a source declares matters here.

use std::io::Cursor;

use calamine::{Reader, SheetType, Xlsb, XlsbError};

use super::fault::FileFault;
use super::grid::{Cell, Grid, Look};
use super::limits::CellBudget;
use super::xlsx::visibility;
use super::{SheetResult, cell};

type XlsbFile<'a> = Xlsb<Cursor<&'a [u8]>>;

/// Its worksheets in order.
pub(super) fn read(bytes: &[u8], mut budget: CellBudget) -> Result<Vec<SheetResult>, FileFault> {
    let mut book: XlsbFile<'_> = Xlsb::new(Cursor::new(bytes)).map_err(fault)?;
    let mut sheets = Vec::new();
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        match cells(&mut book, &sheet.name, budget) {
            Ok(cells) => {
                budget.spend(cells.len());
                sheets.push(Ok(Grid {
                    name: sheet.name,
                    visibility: visibility(sheet.visible),
                    merges: Vec::new(),
                    cells,
                    look: Look { from_1904: book.has_1904_epoch(), ..Look::default() },
                }));
            }
            Err(fault) => sheets.push(Err((sheet.name, fault))),
        }
    }
    Ok(sheets)
}

fn fault(error: XlsbError) -> FileFault {
    match error {
        XlsbError::Password => FileFault::password(),
        error => FileFault::damaged(&error),
    }
}

fn cells(book: &mut XlsbFile<'_>, name: &str, budget: CellBudget) -> Result<Vec<(u32, u32, Cell)>, FileFault> {
    let mut reader = book.worksheet_cells_reader(name).map_err(fault)?;
    let mut cells = Vec::new();
    while let Some(found) = reader.next_cell().map_err(fault)? {
        let (row, column) = found.get_position();
        cells.extend(cell::from_ref(found.get_value(), false).map(|cell| (row, column, cell)));
        budget.check(cells.len())?;
    }
    Ok(cells)
}
