//! Bytes to a book of typed cells, whatever the file calls itself.
//!
//! The bytes decide what a file is, never its extension: council shares are
//! full of web pages called .xls and lock files called .xlsx. Nothing here
//! stops at a fault or panics over one; what is wrong is a finding that says
//! what was found, what was expected and how to mend it.
//!
//! This is the only room that may name calamine.
//!
//! | file | story |
//! |---|---|
//! | [`grid`] | the cells as every other room sees them |
//! | `sniff` | what the bytes are |
//! | `author` | who saved it last |
//! | `archive` | the directory of a zip, before anything is unpacked |
//! | `cell` | calamine's values to ours: dates, percentages, errors |
//! | `xlsx`, `xlsb`, `xls`, `ods` | one spreadsheet format each |
//! | `xlsx_parts` | what an xlsx says that its reader does not pass on: hidden rows and columns |
//! | `ods_table` | the rows of one OpenDocument sheet |
//! | `delimited` | CSV and its relations |
//! | `encoding` | which letters the bytes of a text are |
//! | [`limits`] | how much a workbook may unpack to and hold |
//! | [`shelf`] | where a book goes while it is read |
//! | `fault` | why a file could not be read |

mod archive;
mod author;
mod cell;
mod delimited;
mod encoding;
mod fault;
pub mod grid;
pub mod limits;
mod ods;
mod ods_table;
pub mod shelf;
mod sniff;
mod xls;
mod xlsb;
mod xlsx;
mod xlsx_parts;

#[cfg(test)]
mod tests;

pub use grid::{Book, BookFormat, Cell, Grid, Look, Merge, Visibility, address, column, letters};
pub use limits::Limits;
pub use shelf::{Kept, Shelf};
pub use sniff::is_plain;

use crate::domain::finding::{Checked, Finding, Place};
use fault::Fault;
use limits::Room;

/// Reads a workbook within the default limits, in this process: for tests and
/// benches. What a council supplies is read by [`reader`](crate::reader).
pub fn read(bytes: &[u8], at: &Place) -> Checked<Option<Book>> {
    read_within(bytes, at, &Limits::default())
}

/// Reads a workbook.
///
/// `at` carries the source and the file's name; findings repeat them. The
/// value is none where nothing could be read (F102 to F106); where single
/// sheets are damaged, the book holds the others and a finding names each.
pub fn read_within(bytes: &[u8], at: &Place, limits: &Limits) -> Checked<Option<Book>> {
    let mut kept = Kept::default();
    let findings = read_onto(&mut kept, bytes, at, limits);
    Checked::new(kept.book, findings)
}

/// Reads a workbook onto a shelf and gives the findings; see [`read_within`].
pub fn read_onto(shelf: &mut dyn Shelf, bytes: &[u8], at: &Place, limits: &Limits) -> Vec<Finding> {
    let file = at.file.as_deref().unwrap_or_default();
    let faults =
        sniff::format(bytes, file, limits).and_then(|format| open(format, bytes, file, Room::new(limits.cells), shelf));
    match faults {
        Ok(faults) => faults.into_iter().map(|(sheet, fault)| fault.finding(at, Some(sheet))).collect(),
        Err(fault) => vec![fault.finding(at, None)],
    }
}

/// Puts a book onto a shelf; gives the sheets that could not be read, and why.
fn open(
    format: BookFormat,
    bytes: &[u8],
    file: &str,
    room: Room,
    shelf: &mut dyn Shelf,
) -> Result<Vec<(String, Fault)>, Fault> {
    let sheets = match format {
        // The one that is often large is put there while it is read.
        BookFormat::Xlsx => return xlsx::read(bytes, room, shelf),
        BookFormat::Xlsb => xlsb::read(bytes, room)?,
        BookFormat::Xls => xls::read(bytes, room)?,
        BookFormat::Ods => ods::read(bytes, room)?,
        BookFormat::Csv => vec![Ok(delimited::read(&encoding::decode(bytes), stem(file), room)?)],
    };
    shelf.book(format, author::of(bytes));
    let mut faults = Vec::new();
    for sheet in sheets {
        match sheet.and_then(|grid| if format == BookFormat::Csv { Ok(grid) } else { inside(grid) }) {
            Ok(grid) => shelf::put(shelf, grid),
            Err(fault) => faults.push(fault),
        }
    }
    Ok(faults)
}

/// A sheet, or its name and why it could not be read.
type Sheet = Result<Grid, (String, Fault)>;

/// A sheet whose cells and merged areas lie where a sheet has cells. Others
/// would be found nowhere by whoever is to mend them.
fn inside(grid: Grid) -> Sheet {
    let outside = grid.cells.iter().any(|(row, column, _)| limits::is_outside(*row, *column));
    match limits::of_sheet(outside, grid.merges.len()) {
        Ok(()) => Ok(grid),
        Err(fault) => Err((grid.name, fault)),
    }
}

/// The file's name without its folders and its extension.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
