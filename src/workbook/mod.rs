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
//! | `archive` | the directory of a zip, before anything is unpacked |
//! | `cell` | calamine's values to ours: dates, percentages, errors |
//! | `xlsx`, `xlsb`, `xls`, `ods` | one spreadsheet format each |
//! | `xlsx_parts` | what an xlsx says that its reader does not pass on: hidden rows and columns |
//! | `ods_table` | the rows of one OpenDocument sheet |
//! | `delimited` | CSV and its relations |
//! | `encoding` | which letters the bytes of a text are |
//! | `fault` | why a file could not be read |

mod archive;
mod cell;
mod delimited;
mod encoding;
mod fault;
pub mod grid;
mod ods;
mod ods_table;
mod sniff;
mod xls;
mod xlsb;
mod xlsx;
mod xlsx_parts;

#[cfg(test)]
mod tests;

pub use grid::{Book, Cell, Grid, Look, Merge, Visibility, address, column, letters};

use crate::domain::finding::{Checked, Finding, Place};
use fault::Fault;
use sniff::Kind;

/// Cells that are not blank in one book, over all its sheets. The largest
/// honest workbook of 4,123 measured had a twelfth of this.
const CELLS_AT_MOST: usize = 5_000_000;

/// Reads a workbook.
///
/// `at` carries the source and the file's name; findings repeat them. The
/// value is none where nothing could be read (F102 to F106); where single
/// sheets are damaged, the book holds the others and a finding names each.
pub fn read(bytes: &[u8], at: &Place) -> Checked<Option<Book>> {
    let mut findings = Vec::new();
    let file = at.file.as_deref().unwrap_or_default();
    let book = sniff::kind(bytes, file).and_then(|kind| open(kind, bytes, file, at, &mut findings));
    match book {
        Ok(book) => Checked::new(Some(book), findings),
        Err(fault) => {
            findings.push(fault.finding(at, None));
            Checked::new(None, findings)
        }
    }
}

fn open(kind: Kind, bytes: &[u8], file: &str, at: &Place, findings: &mut Vec<Finding>) -> Result<Book, Fault> {
    let (format, sheets) = match kind {
        Kind::Xlsx => ("xlsx", xlsx::read(bytes)?),
        Kind::Xlsb => ("xlsb", xlsb::read(bytes)?),
        Kind::Xls => ("xls", xls::read(bytes)?),
        Kind::Ods => ("ods", ods::read(bytes)?),
        Kind::Text => (
            "csv",
            vec![delimited::read(&encoding::decode(bytes), stem(file)).map_err(|fault| (stem(file).to_owned(), fault))],
        ),
    };
    let mut book = Book { format, sheets: Vec::with_capacity(sheets.len()) };
    for sheet in sheets {
        match sheet {
            Ok(grid) => book.sheets.push(in_order(grid)),
            Err((_, fault)) if format == "csv" => return Err(fault),
            Err((name, fault)) => findings.push(fault.finding(at, Some(name))),
        }
    }
    Ok(book)
}

/// A sheet, or its name and why it could not be read.
type Sheet = Result<Grid, (String, Fault)>;

/// Rows in order and each cell once, however the file was written.
fn in_order(mut grid: Grid) -> Grid {
    let place = |cell: &(u32, u32, Cell)| (cell.0, cell.1);
    if !grid.cells.is_sorted_by(|a, b| place(a) < place(b)) {
        grid.cells.sort_by_key(place);
        grid.cells.dedup_by_key(|cell| place(cell));
        grid.look.fills.sort_by_key(|fill| (fill.0, fill.1));
    }
    grid
}

/// The file's name without its folders and its extension.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
