//! Bytes to a book of typed cells, whatever the file calls itself.
//!
//! The bytes decide what a file is, never its extension: council shares are
//! full of web pages called .xls and lock files called .xlsx. Reading never
//! panics over a fault of the file; what is wrong is a finding that says what
//! was found, what was expected and how to mend it.
//!
//! This is the only room that may name calamine.
//!
//! | file | what it is for |
//! |---|---|
//! | [`grid`] | the cells as every other room sees them |
//! | `sniff` | which format the bytes are |
//! | `author` | who saved a workbook last |
//! | `archive` | the directory of a zip, before anything is unpacked |
//! | `cell` | calamine's values to ours: dates, percentages, errors |
//! | `xlsx`, `xlsb`, `xls`, `ods` | one spreadsheet format each |
//! | `xlsx_parts` | what calamine does not pass on of an xlsx: hidden rows and columns |
//! | `xlsx_repair` | what is set right in an xlsx before calamine reads it |
//! | `number_format` | what a format shows in a number's place |
//! | `ods_table` | the rows of one OpenDocument sheet |
//! | `delimited` | CSV and other delimited text |
//! | `encoding` | the character encoding of a text |
//! | [`limits`] | how much a workbook may unpack to and hold |
//! | [`sink`] | where cells go while a workbook is read |
//! | `fault` | why a file could not be read |

mod archive;
mod author;
mod cell;
mod delimited;
mod encoding;
mod fault;
pub mod grid;
pub mod limits;
mod number_format;
mod ods;
mod ods_table;
pub mod sink;
mod sniff;
mod xls;
mod xlsb;
mod xlsx;
mod xlsx_parts;
mod xlsx_repair;

#[cfg(test)]
mod tests;

pub(crate) use fault::FileFault;
pub use grid::{Book, BookFormat, Cell, Grid, Look, Merge, Visibility, address, column, letters};
pub use sink::{BookBuilder, CellSink};
pub use sniff::{is_plain, is_web_page};

use crate::domain::BookLimits;
use crate::domain::finding::{Checked, Finding, Place};
use limits::CellBudget;

/// Reads a workbook within the default limits, in this process: for tests and
/// benches. What a council supplies is read by [`reader`](crate::reader).
pub fn read(bytes: &[u8], at: &Place) -> Checked<Option<Book>> {
    read_within(bytes, at, &BookLimits::default())
}

/// Reads a workbook.
///
/// `at` carries the source and the file's name; findings repeat them. The
/// value is none where nothing could be read (F102 to F106); where single
/// sheets are damaged, the book holds the others and a finding names each.
pub fn read_within(bytes: &[u8], at: &Place, limits: &BookLimits) -> Checked<Option<Book>> {
    let mut builder = BookBuilder::default();
    let findings = read_into(&mut builder, bytes, at, limits);
    Checked::new(builder.book, findings)
}

/// Reads a workbook into a sink and gives the findings; see [`read_within`].
pub fn read_into(sink: &mut dyn CellSink, bytes: &[u8], at: &Place, limits: &BookLimits) -> Vec<Finding> {
    let file = at.file.as_deref().unwrap_or_default();
    let faults = sniff::format(bytes, file, limits)
        .and_then(|format| open(format, bytes, file, CellBudget::new(limits.cells), sink));
    match faults {
        Ok(faults) => faults.into_iter().map(|(sheet, fault)| fault.finding(at, Some(sheet))).collect(),
        Err(fault) => vec![fault.finding(at, None)],
    }
}

/// Reads a book into a sink; gives the sheets that could not be read, and why.
fn open(
    format: BookFormat,
    bytes: &[u8],
    file: &str,
    budget: CellBudget,
    sink: &mut dyn CellSink,
) -> Result<Vec<(String, FileFault)>, FileFault> {
    let sheets = match format {
        // The one format that is often large goes into the sink while it is read.
        BookFormat::Xlsx => return xlsx::read(bytes, budget, sink),
        BookFormat::Xlsb => xlsb::read(bytes, budget)?,
        BookFormat::Xls => xls::read(bytes, budget)?,
        BookFormat::Ods => ods::read(bytes, budget)?,
        BookFormat::Csv => vec![Ok(delimited::read(&encoding::decode(bytes), stem(file), budget)?)],
    };
    sink.start_book(format, author::last_saved_by(bytes));
    let mut faults = Vec::new();
    for sheet in sheets {
        match sheet.and_then(|grid| if format == BookFormat::Csv { Ok(grid) } else { check_placement(grid) }) {
            Ok(grid) => sink.sheet(grid),
            Err(fault) => faults.push(fault),
        }
    }
    Ok(faults)
}

/// A sheet, or its name and why it could not be read.
type SheetResult = Result<Grid, (String, FileFault)>;

/// Refuses a sheet with cells beyond the last row or column that a sheet has:
/// whoever is to mend them could not find them.
fn check_placement(grid: Grid) -> SheetResult {
    let outside = grid.cells.iter().any(|(row, column, _)| limits::is_outside(*row, *column));
    match limits::check_sheet(outside, grid.merges.len()) {
        Ok(()) => Ok(grid),
        Err(fault) => Err((grid.name, fault)),
    }
}

/// The file's name without its folders and its extension.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
