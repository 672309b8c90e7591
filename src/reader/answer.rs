//! What the child answers: a book, sent while it is read, and its findings, in
//! a compact form of its own that is decoded without trust.
//!
//! ```text
//! mark · (book · (sheet · (row · cell*)* · (close | drop))*)? · finding* · end
//! ```
//!
//! Each item begins with a byte that says what it is. A row or a column that
//! follows the one before, as most do, is not named, so that a number takes 9
//! bytes: 12 columns × 50,000 rows are some 5 MB. The end says how many cells
//! there were, so that an answer is whole or it is none.

use std::io::{Read, Write};

use super::wire::{AT, Garbled, Put, Take};
use crate::domain::ReadingLimits;
use crate::domain::finding::{Checked, Code, Finding, Severity};
use crate::domain::place::{Place, Shared};
use crate::workbook::limits::MERGES_AT_MOST;
use crate::workbook::{Book, Cell, Kept, Look, Merge, Shelf, Visibility};

const MARK: &[u8; 8] = b"bp-book\x03";

/// What an answer may come to. Five million cells of figures are 50 MB.
pub(super) const AT_MOST: u64 = 256 << 20;

const FINDING: u8 = 1;
const BOOK: u8 = 2;
const SHEET: u8 = 3;
const ROW: u8 = 4;
const TEXT: u8 = 5;
const NUMBER: u8 = 6;
const PERCENT: u8 = 7;
const DATE: u8 = 8;
const FALSE: u8 = 9;
const TRUE: u8 = 10;
const ERROR: u8 = 11;
const UNCALCULATED: u8 = 12;
const CLOSE: u8 = 13;
const DROP: u8 = 14;
const END: u8 = 15;

const FORMATS: [&str; 5] = ["xlsx", "xlsb", "xls", "ods", "csv"];
const SEVERITIES: [Severity; 3] = [Severity::Note, Severity::Caution, Severity::Blocking];
const VISIBILITIES: [Visibility; 2] = [Visibility::Visible, Visibility::Hidden];

/// An answer that is being given: a shelf whose other end is a pipe.
pub(super) struct Answer<W> {
    put: Put<W>,
    row: Option<u32>,
    /// The column that a cell has unless it says otherwise.
    next: u32,
    cells: u64,
    // A shelf cannot refuse; what went wrong first is told at the end.
    refused: Result<(), Garbled>,
}

impl<W: Write> Answer<W> {
    /// Begins an answer.
    pub(super) fn new(to: W) -> Self {
        let mut put = Put::new(to, AT_MOST);
        let refused = put.bytes(MARK);
        Self { put, row: None, next: 0, cells: 0, refused }
    }

    fn then(&mut self, put: impl FnOnce(&mut Self) -> Result<(), Garbled>) {
        if self.refused.is_ok() {
            self.refused = put(self);
        }
    }

    /// Ends it with what was found.
    pub(super) fn end(mut self, findings: &[Finding]) -> Result<(), Garbled> {
        self.refused?;
        for finding in findings {
            put_finding(&mut self.put, finding)?;
        }
        self.put.byte(END)?;
        self.put.long(self.cells)?;
        self.put.flush()
    }
}

impl<W: Write> Shelf for Answer<W> {
    fn book(&mut self, format: &'static str, saved_by: Option<String>) {
        self.then(|answer| {
            answer.put.byte(BOOK)?;
            answer.put.byte(index(&FORMATS, &format)?)?;
            // Nobody's name is empty.
            answer.put.text(saved_by.as_deref().unwrap_or_default())
        });
    }

    fn open(&mut self, name: &str, visibility: Visibility) {
        self.then(|answer| {
            (answer.row, answer.next) = (None, 0);
            answer.put.byte(SHEET)?;
            answer.put.text(name)?;
            answer.put.byte(index(&VISIBILITIES, &visibility)?)
        });
    }

    fn cell(&mut self, row: u32, column: u32, cell: Cell) {
        self.then(|answer| {
            if answer.row != Some(row) {
                let follows = answer.row.map_or(0, |row| row.wrapping_add(1)) == row;
                answer.put.head(ROW, (!follows).then_some(row))?;
                (answer.row, answer.next) = (Some(row), 0);
            }
            let at = (answer.next != column).then_some(column);
            answer.next = column.wrapping_add(1);
            answer.cells += 1;
            put_cell(&mut answer.put, at, &cell)
        });
    }

    fn close(&mut self, merges: Vec<Merge>, look: Look) {
        self.then(|answer| {
            answer.put.byte(CLOSE)?;
            answer.put.count(merges.len())?;
            for Merge { top, left, bottom, right } in merges {
                for side in [top, left, bottom, right] {
                    answer.put.number(side)?;
                }
            }
            put_look(&mut answer.put, &look)
        });
    }

    fn abandon(&mut self) {
        self.then(|answer| answer.put.byte(DROP));
    }
}

fn put_finding(put: &mut Put<impl Write>, finding: &Finding) -> Result<(), Garbled> {
    let Finding { code, severity, at, message, hint } = finding;
    // The source and the file's name are the asker's; a reader knows no
    // indicator, and no finding of its own is about one cell.
    let Place { source: _, file: _, sheet, cell: _, indicator: _ } = at;
    put.byte(FINDING)?;
    put.text(code.as_str())?;
    put.byte(index(&SEVERITIES, severity)?)?;
    put.byte(u8::from(sheet.is_some()))?;
    put.text(sheet.as_deref().unwrap_or_default())?;
    put.text(message)?;
    put.text(hint)
}

fn put_look(put: &mut Put<impl Write>, look: &Look) -> Result<(), Garbled> {
    let Look { hidden_rows, hidden_columns, fills, from_1904 } = look;
    for runs in [hidden_rows, hidden_columns] {
        put.count(runs.len())?;
        for (first, last) in runs {
            put.number(*first)?;
            put.number(*last)?;
        }
    }
    put.count(fills.len())?;
    for (row, column, colour) in fills {
        for part in [row, column, colour] {
            put.number(*part)?;
        }
    }
    put.byte(u8::from(*from_1904))
}

fn put_cell(put: &mut Put<impl Write>, at: Option<u32>, cell: &Cell) -> Result<(), Garbled> {
    match cell {
        Cell::Number { value, percent } => {
            put.head(if *percent { PERCENT } else { NUMBER }, at)?;
            put.long(value.to_bits())
        }
        Cell::Text(text) => put.head(TEXT, at).and_then(|()| put.text(text)),
        Cell::Error(text) => put.head(ERROR, at).and_then(|()| put.text(text)),
        Cell::Date(date) => {
            let date = date.and_utc();
            put.head(DATE, at)?;
            put.long(date.timestamp().cast_unsigned())?;
            put.number(date.timestamp_subsec_nanos())
        }
        Cell::Bool(value) => put.head(if *value { TRUE } else { FALSE }, at),
        Cell::Uncalculated => put.head(UNCALCULATED, at),
    }
}

/// Takes an answer; `at` is repeated in its findings. Cells are put in order
/// here, whatever order they come in.
pub(super) fn take(from: impl Read, at: &Place, limits: &ReadingLimits) -> Result<Checked<Option<Book>>, Garbled> {
    let mut take = Take::new(from, AT_MOST);
    take.mark(MARK)?;
    let (mut kept, mut findings) = (Kept::default(), Vec::new());
    let mut cells = 0;
    loop {
        match take.byte()? {
            FINDING => findings.push(take_finding(&mut take, at)?),
            BOOK if kept.book.is_none() => {
                let (format, name) = (pick(&FORMATS, take.byte()?)?, take.text()?);
                kept.book(format, (!name.is_empty()).then_some(name));
            }
            SHEET if kept.book.is_some() => {
                let name = take.text()?;
                kept.open(&name, pick(&VISIBILITIES, take.byte()?)?);
                cells += take_sheet(&mut take, &mut kept, limits.workbook.cells)?;
            }
            END if take.long()? == cells => return Ok(Checked::new(kept.book, findings)),
            _ => return Err(Garbled::Nonsense("something that is no part of an answer")),
        }
    }
}

/// The rest of a sheet; gives how many cells came.
fn take_sheet(take: &mut Take<impl Read>, kept: &mut Kept, room: usize) -> Result<u64, Garbled> {
    let (mut row, mut next, mut cells) = (None, 0_u32, 0);
    let room = room.saturating_sub(kept.cells());
    loop {
        let kind = take.byte()?;
        let at = if kind & AT == 0 { None } else { Some(take.number()?) };
        match kind & !AT {
            ROW => {
                let follows = row.map_or(0, |row: u32| row.wrapping_add(1));
                (row, next) = (Some(at.unwrap_or(follows)), 0);
            }
            kind @ TEXT..=UNCALCULATED => {
                let row = row.ok_or(Garbled::Nonsense("a cell of no row"))?;
                let column = at.unwrap_or(next);
                next = column.wrapping_add(1);
                cells += 1;
                if cells > room {
                    return Err(Garbled::TooLong);
                }
                kept.cell(row, column, take_cell(take, kind)?);
            }
            CLOSE => {
                let merges = take_merges(take)?;
                kept.close(merges, take_look(take)?);
                return Ok(cells as u64);
            }
            DROP => {
                kept.abandon();
                return Ok(cells as u64);
            }
            _ => return Err(Garbled::Nonsense("something that is no part of a sheet")),
        }
    }
}

fn take_finding(take: &mut Take<impl Read>, at: &Place) -> Result<Finding, Garbled> {
    let code = take.text()?;
    let code = Code::ALL.iter().find(|known| known.as_str() == code).ok_or(Garbled::Nonsense("an unknown code"))?;
    let severity = pick(&SEVERITIES, take.byte()?)?;
    let has_sheet = take.byte()? == 1;
    let sheet = take.text()?;
    let at = Place { sheet: has_sheet.then(|| Shared::from(sheet)), ..at.clone() };
    Ok(Finding { code: *code, severity, at, message: take.text()?, hint: take.text()? })
}

fn take_look(take: &mut Take<impl Read>) -> Result<Look, Garbled> {
    // Nothing is set aside on a count's word: each entry has to come.
    let mut look = Look::default();
    for runs in [&mut look.hidden_rows, &mut look.hidden_columns] {
        for _ in 0..take.number()? {
            runs.push((take.number()?, take.number()?));
        }
    }
    for _ in 0..take.number()? {
        look.fills.push((take.number()?, take.number()?, take.number()?));
    }
    look.from_1904 = match take.byte()? {
        0 => false,
        1 => true,
        _ => return Err(Garbled::Nonsense("a calendar that is none")),
    };
    Ok(look)
}

fn take_merges(take: &mut Take<impl Read>) -> Result<Vec<Merge>, Garbled> {
    let count = take.number()?;
    if count as usize > MERGES_AT_MOST {
        return Err(Garbled::TooLong);
    }
    let mut merges = Vec::new();
    for _ in 0..count {
        let (top, left, bottom, right) = (take.number()?, take.number()?, take.number()?, take.number()?);
        merges.push(Merge { top, left, bottom, right });
    }
    Ok(merges)
}

fn take_cell(take: &mut Take<impl Read>, kind: u8) -> Result<Cell, Garbled> {
    Ok(match kind {
        NUMBER | PERCENT => Cell::Number { value: f64::from_bits(take.long()?), percent: kind == PERCENT },
        TEXT => Cell::Text(take.text()?),
        ERROR => Cell::Error(take.text()?),
        DATE => {
            let (seconds, nanos) = (take.long()?.cast_signed(), take.number()?);
            let at = chrono::DateTime::from_timestamp(seconds, nanos);
            Cell::Date(at.ok_or(Garbled::Nonsense("a date that is none"))?.naive_utc())
        }
        FALSE => Cell::Bool(false),
        TRUE => Cell::Bool(true),
        _ => Cell::Uncalculated,
    })
}

fn index<T: PartialEq>(all: &[T], one: &T) -> Result<u8, Garbled> {
    let at = all.iter().position(|known| known == one);
    at.and_then(|at| u8::try_from(at).ok()).ok_or(Garbled::Nonsense("a word of no known list"))
}

fn pick<T: Copy>(all: &[T], at: u8) -> Result<T, Garbled> {
    all.get(usize::from(at)).copied().ok_or(Garbled::Nonsense("a word of no known list"))
}

#[cfg(test)]
mod tests;
