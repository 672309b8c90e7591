//! What the worker answers: a book, sent while it is read, and its findings.
//!
//! ```text
//! (Book · (Sheet · (Cells | LongText)* · (Merge | Hidden.. | Fill | Width)* · EndSheet | DropSheet)*)? · Finding* · End
//! ```
//!
//! Cells go in batches, with the row counted from the one before, so that a
//! number takes 12 bytes: 12 columns × 50,000 rows are some 7 MB. The end says
//! how many cells there were, so that an answer is whole or it is none.

use std::io::{Read, Write};

use serde::{Deserialize, Serialize};

use super::codec::{CodecError, FrameReader, FrameWriter, StreamMark};
use crate::domain::ReadingLimits;
use crate::domain::finding::{Checked, Code, Finding, Severity};
use crate::domain::place::{Place, Shared};
use crate::workbook::limits::{HIDDEN_RUNS_AT_MOST, MERGES_AT_MOST};
use crate::workbook::{Book, BookBuilder, BookFormat, Cell, CellSink, Look, Merge, Visibility};

const MARK: StreamMark = *b"bp-book\x06";

/// What an answer may come to. Five million cells of figures are 60 MB.
pub(super) const AT_MOST: u64 = 256 << 20;
/// Cells that are sent together.
const BATCH: usize = 256;
/// A text of more bytes is sent by itself, so that a batch fits into a frame.
const LONG: usize = 1 << 10;
/// Sheets and findings in all. No honest workbook comes near.
const ITEMS_AT_MOST: usize = 100_000;

/// An item of an answer.
#[derive(Serialize, Deserialize)]
enum Message {
    /// There is a book.
    Book { format: BookFormat, saved_by: Option<String> },
    /// A sheet begins.
    Sheet { name: String, visibility: Visibility },
    /// Cells, each with its row less that of the cell before (modulo 2³²) and
    /// its column.
    Cells(Vec<(u32, u32, Cell)>),
    /// A text or an error by itself, whose bytes follow.
    LongText { row: u32, column: u32, is_error: bool, bytes: u64 },
    /// A merged area of the sheet.
    Merge(Merge),
    /// Hidden rows, first and last.
    HiddenRows(u32, u32),
    /// Hidden columns, first and last.
    HiddenColumns(u32, u32),
    /// Row, column and colour of a cell that is filled.
    Fill(u32, u32, u32),
    /// The first row of delimited text that has so many fields.
    Width(u32, u32),
    /// The sheet is whole.
    EndSheet { from_1904: bool },
    /// The sheet could not be read to its end: it is none.
    DropSheet,
    /// What is wrong with the file or one of its sheets.
    Finding { code: String, severity: Severity, sheet: Option<String>, message: String, hint: String },
    /// The answer is whole, and had so many cells, dropped ones included.
    End { cells: u64 },
}

/// An answer that is being sent: receives cells and puts them into the pipe.
pub(super) struct AnswerWriter<W> {
    frames: FrameWriter<W>,
    batch: Vec<(u32, u32, Cell)>,
    /// The row of the cell before.
    row: u32,
    cells: u64,
    /// Receiving a cell cannot fail; what failed first is reported at the end.
    sent: Result<(), CodecError>,
}

impl<W: Write> AnswerWriter<W> {
    /// Begins an answer.
    pub(super) fn new(to: W) -> Result<Self, CodecError> {
        let frames = FrameWriter::new(to, MARK, AT_MOST)?;
        Ok(Self { frames, batch: Vec::new(), row: 0, cells: 0, sent: Ok(()) })
    }

    fn send(&mut self, message: &Message) {
        self.send_batch();
        self.then(|frames| frames.send(message));
    }

    fn send_batch(&mut self) {
        if !self.batch.is_empty() {
            let batch = std::mem::replace(&mut self.batch, Vec::with_capacity(BATCH));
            self.then(|frames| frames.send(&Message::Cells(batch)));
        }
    }

    fn then(&mut self, send: impl FnOnce(&mut FrameWriter<W>) -> Result<(), CodecError>) {
        if self.sent.is_ok() {
            self.sent = send(&mut self.frames);
        }
    }

    fn send_long(&mut self, row: u32, column: u32, is_error: bool, text: &str) {
        self.send(&Message::LongText { row, column, is_error, bytes: text.len() as u64 });
        self.then(|frames| frames.bytes(text.as_bytes()));
    }

    /// Ends it with the findings.
    pub(super) fn end(mut self, findings: Vec<Finding>) -> Result<(), CodecError> {
        for Finding { code, severity, at, message, hint } in findings {
            // The source and the file's name are the asker's; a reader knows no
            // indicator, and no finding of its own is about one cell.
            let Place { source: _, file: _, sheet, cell: _, indicator: _ } = at;
            let (code, sheet) = (code.as_str().to_owned(), sheet.as_deref().map(str::to_owned));
            self.send(&Message::Finding { code, severity, sheet, message: message.to_string(), hint });
        }
        self.send(&Message::End { cells: self.cells });
        self.sent.and_then(|()| self.frames.flush())
    }
}

impl<W: Write> CellSink for AnswerWriter<W> {
    fn start_book(&mut self, format: BookFormat, saved_by: Option<String>) {
        self.send(&Message::Book { format, saved_by });
    }

    fn start_sheet(&mut self, name: &str, visibility: Visibility) {
        self.send(&Message::Sheet { name: name.to_owned(), visibility });
        self.row = 0;
    }

    fn cell(&mut self, row: u32, column: u32, cell: Cell) {
        self.cells += 1;
        match cell {
            Cell::Text(text) if text.len() > LONG => self.send_long(row, column, false, &text),
            Cell::Error(text) if text.len() > LONG => self.send_long(row, column, true, &text),
            cell => {
                self.batch.push((row.wrapping_sub(self.row), column, cell));
                self.row = row;
                if self.batch.len() == BATCH {
                    self.send_batch();
                }
            }
        }
    }

    fn end_sheet(&mut self, merges: Vec<Merge>, look: Look) {
        let Look { hidden_rows, hidden_columns, fills, from_1904, widths } = look;
        let merges = merges.into_iter().map(Message::Merge);
        let rows = hidden_rows.into_iter().map(|(first, last)| Message::HiddenRows(first, last));
        let columns = hidden_columns.into_iter().map(|(first, last)| Message::HiddenColumns(first, last));
        let fills = fills.into_iter().map(|(row, column, colour)| Message::Fill(row, column, colour));
        let widths = widths.into_iter().map(|(row, fields)| Message::Width(row, fields));
        merges.chain(rows).chain(columns).chain(fills).chain(widths).for_each(|message| self.send(&message));
        self.send(&Message::EndSheet { from_1904 });
    }

    fn drop_sheet(&mut self) {
        self.send(&Message::DropSheet);
    }
}

/// Receives an answer; `at` is repeated in its findings. Cells are put in order
/// here, whatever order they come in.
pub(super) fn receive(
    from: impl Read,
    at: &Place,
    limits: &ReadingLimits,
) -> Result<Checked<Option<Book>>, CodecError> {
    let mut frames = FrameReader::new(from, MARK, AT_MOST)?;
    let (mut builder, mut findings) = (BookBuilder::default(), Vec::new());
    let (mut received, mut items) = (0, 0);
    loop {
        items += 1;
        if items > ITEMS_AT_MOST {
            return Err(CodecError::TooLong);
        }
        match frames.receive()? {
            Message::Finding { code, severity, sheet, message, hint } => {
                let code = Code::parse(&code).ok_or(CodecError::Malformed("an unknown code"))?;
                let at = Place { sheet: sheet.map(Shared::from), ..at.clone() };
                findings.push(Finding { code, severity, at, message: message.into(), hint });
            }
            Message::Book { format, saved_by } if builder.book.is_none() => builder.start_book(format, saved_by),
            Message::Sheet { name, visibility } if builder.book.is_some() => {
                builder.start_sheet(&name, visibility);
                received += receive_sheet(&mut frames, &mut builder, limits.workbook.cells)?;
            }
            Message::End { cells } if cells == received => return Ok(Checked::new(builder.book, findings)),
            _ => return Err(CodecError::Malformed("something that is no part of an answer")),
        }
    }
}

/// The rest of a sheet; gives how many cells came.
fn receive_sheet(
    frames: &mut FrameReader<impl Read>,
    builder: &mut BookBuilder,
    limit: usize,
) -> Result<u64, CodecError> {
    let (mut row, mut cells) = (0_u32, 0);
    let room = limit.saturating_sub(builder.cells());
    let (mut merges, mut look) = (Vec::new(), Look::default());
    loop {
        match frames.receive()? {
            Message::Cells(mut batch) => {
                for cell in &mut batch {
                    row = row.wrapping_add(cell.0);
                    cell.0 = row;
                }
                cells += batch.len();
                builder.append(&mut batch);
            }
            Message::LongText { row, column, is_error, bytes } => {
                let text = String::from_utf8(frames.bytes(bytes)?);
                let text = text.map_err(|_| CodecError::Malformed("a text that is no UTF-8"))?;
                cells += 1;
                builder.cell(row, column, if is_error { Cell::Error(text) } else { Cell::Text(text) });
            }
            Message::Merge(merge) => merges.push(merge),
            Message::HiddenRows(first, last) => look.hidden_rows.push((first, last)),
            Message::HiddenColumns(first, last) => look.hidden_columns.push((first, last)),
            Message::Fill(row, column, colour) => look.fills.push((row, column, colour)),
            Message::Width(row, fields) => look.widths.push((row, fields)),
            Message::EndSheet { from_1904 } => {
                builder.end_sheet(merges, Look { from_1904, ..look });
                return Ok(cells as u64);
            }
            Message::DropSheet => {
                builder.drop_sheet();
                return Ok(cells as u64);
            }
            _ => return Err(CodecError::Malformed("something that is no part of a sheet")),
        }
        // Only cells that hold something are filled.
        if cells > room
            || look.fills.len() > cells
            || merges.len() > MERGES_AT_MOST
            || look.hidden_rows.len().max(look.hidden_columns.len()).max(look.widths.len()) > HIDDEN_RUNS_AT_MOST
        {
            return Err(CodecError::TooLong);
        }
    }
}

#[cfg(test)]
mod tests;
