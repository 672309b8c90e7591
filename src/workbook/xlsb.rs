//! Excel's binary workbook: cells streamed; percent formats and merged cells
//! are not to be had, so a declared percent style matters here.

use std::io::Cursor;

use calamine::{Reader, SheetType, Xlsb, XlsbError};

use super::fault::Fault;
use super::grid::{Cell, Grid, Look};
use super::xlsx::visibility;
use super::{CELLS_AT_MOST, Sheet, cell};

type Book<'a> = Xlsb<Cursor<&'a [u8]>>;

/// Its worksheets in order.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let mut book: Book<'_> = Xlsb::new(Cursor::new(bytes)).map_err(fault)?;
    let mut sheets = Vec::new();
    let mut room = CELLS_AT_MOST;
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        match cells(&mut book, &sheet.name, room) {
            Ok(cells) => {
                room = room.saturating_sub(cells.len());
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

fn fault(error: XlsbError) -> Fault {
    match error {
        XlsbError::Password => Fault::password(),
        error => Fault::damaged(&error),
    }
}

fn cells(book: &mut Book<'_>, name: &str, room: usize) -> Result<Vec<(u32, u32, Cell)>, Fault> {
    let mut reader = book.worksheet_cells_reader(name).map_err(fault)?;
    let mut cells = Vec::new();
    while let Some(found) = reader.next_cell().map_err(fault)? {
        let (row, column) = found.get_position();
        cells.extend(cell::of_ref(found.get_value(), false).map(|cell| (row, column, cell)));
        if cells.len() > room {
            return Err(Fault::too_large("more than 5 million cells", "5 million"));
        }
    }
    Ok(cells)
}
