//! What the child answers: a book and its findings, in a compact form of its
//! own that is decoded without trust.
//!
//! ```text
//! mark · finding* · (book · (sheet · (row · cell*)*)*)? · end
//! ```
//!
//! Each item begins with a byte that says what it is. The end says how many
//! cells there were, so that an answer is whole or it is none. Numbers take 13
//! bytes: 12 columns × 50,000 rows are 8 MB.

use std::io::{Read, Write};

use super::limits::Limits;
use super::wire::{Garbled, Put, Take};
use crate::domain::finding::{Checked, Code, Finding, Place, Severity};
use crate::workbook::limits::MERGES_AT_MOST;
use crate::workbook::{Book, Cell, Grid, Look, Merge, Visibility};

const MARK: &[u8; 8] = b"bp-book\x02";

/// What an answer may come to. Five million cells of figures are 65 MB.
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
const END: u8 = 13;

const FORMATS: [&str; 5] = ["xlsx", "xlsb", "xls", "ods", "csv"];
const SEVERITIES: [Severity; 3] = [Severity::Note, Severity::Caution, Severity::Blocking];
const VISIBILITIES: [Visibility; 2] = [Visibility::Visible, Visibility::Hidden];

/// Answers with what was read.
pub(super) fn put(to: impl Write, read: &Checked<Option<Book>>) -> Result<(), Garbled> {
    let put = &mut Put::new(to, AT_MOST);
    put.bytes(MARK)?;
    for finding in &read.findings {
        put_finding(put, finding)?;
    }
    let mut cells = 0;
    if let Some(Book { format, sheets }) = &read.value {
        put.byte(BOOK)?;
        put.byte(index(&FORMATS, format)?)?;
        for sheet in sheets {
            put_sheet(put, sheet)?;
            cells += sheet.cells.len() as u64;
        }
    }
    put.byte(END)?;
    put.long(cells)?;
    put.flush()
}

fn put_finding(put: &mut Put<impl Write>, finding: &Finding) -> Result<(), Garbled> {
    let Finding { code, severity, at, message, hint } = finding;
    // The source and the file's name are the asker's; a reader knows no indicator.
    let Place { source: _, file: _, sheet, cell, indicator: _ } = at;
    put.byte(FINDING)?;
    put.text(code.as_str())?;
    put.byte(index(&SEVERITIES, severity)?)?;
    for part in [sheet, cell] {
        put.byte(u8::from(part.is_some()))?;
        put.text(part.as_deref().unwrap_or_default())?;
    }
    put.text(message)?;
    put.text(hint)
}

fn put_look(put: &mut Put<impl Write>, look: &Look) -> Result<(), Garbled> {
    let Look { hidden_rows, hidden_columns, fills, from_1904 } = look;
    for runs in [hidden_rows, hidden_columns] {
        put.number(u32::try_from(runs.len()).map_err(|_| Garbled::TooLong)?)?;
        for (first, last) in runs {
            put.number(*first)?;
            put.number(*last)?;
        }
    }
    put.number(u32::try_from(fills.len()).map_err(|_| Garbled::TooLong)?)?;
    for (row, column, colour) in fills {
        for part in [row, column, colour] {
            put.number(*part)?;
        }
    }
    put.byte(u8::from(*from_1904))
}

fn put_sheet(put: &mut Put<impl Write>, sheet: &Grid) -> Result<(), Garbled> {
    let Grid { name, visibility, merges, cells, look } = sheet;
    put.byte(SHEET)?;
    put.text(name)?;
    put.byte(index(&VISIBILITIES, visibility)?)?;
    put.number(u32::try_from(merges.len()).map_err(|_| Garbled::TooLong)?)?;
    for Merge { top, left, bottom, right } in merges {
        for side in [top, left, bottom, right] {
            put.number(*side)?;
        }
    }
    put_look(put, look)?;
    let mut row = None;
    for (in_row, column, cell) in cells {
        if row != Some(*in_row) {
            put.byte(ROW)?;
            put.number(*in_row)?;
            row = Some(*in_row);
        }
        put_cell(put, *column, cell)?;
    }
    Ok(())
}

fn put_cell(put: &mut Put<impl Write>, column: u32, cell: &Cell) -> Result<(), Garbled> {
    let [a, b, c, d] = column.to_le_bytes();
    let head = |kind: u8| [kind, a, b, c, d];
    match cell {
        Cell::Number { value, percent } => {
            // One write for what most cells are.
            let mut bytes = [0; 13];
            let (first, second) = bytes.split_at_mut(5);
            first.copy_from_slice(&head(if *percent { PERCENT } else { NUMBER }));
            second.copy_from_slice(&value.to_le_bytes());
            put.bytes(&bytes)
        }
        Cell::Text(text) => put.bytes(&head(TEXT)).and_then(|()| put.text(text)),
        Cell::Error(text) => put.bytes(&head(ERROR)).and_then(|()| put.text(text)),
        Cell::Date(at) => {
            let at = at.and_utc();
            put.bytes(&head(DATE))?;
            put.bytes(&at.timestamp().to_le_bytes())?;
            put.number(at.timestamp_subsec_nanos())
        }
        Cell::Bool(value) => put.bytes(&head(if *value { TRUE } else { FALSE })),
        Cell::Uncalculated => put.bytes(&head(UNCALCULATED)),
    }
}

/// Takes an answer; `at` is repeated in its findings.
pub(super) fn take(from: impl Read, at: &Place, limits: &Limits) -> Result<Checked<Option<Book>>, Garbled> {
    let mut take = Take::new(from, AT_MOST);
    take.mark(MARK)?;
    let mut read = Checked::new(None, Vec::new());
    let (mut cells, room) = (0_usize, limits.workbook.cells);
    // Row and column of the cell before, in the sheet that is being filled.
    let (mut row, mut column) = (None, None);
    loop {
        let kind = take.byte()?;
        let book: &mut Option<Book> = &mut read.value;
        match kind {
            FINDING => read.findings.push(take_finding(&mut take, at)?),
            BOOK if book.is_none() => {
                let format = pick(&FORMATS, take.byte()?)?;
                *book = Some(Book { format, sheets: Vec::new() });
            }
            SHEET => {
                let sheet = take_sheet(&mut take)?;
                book.as_mut().ok_or(Garbled::Nonsense("a sheet of no book"))?.sheets.push(sheet);
                (row, column) = (None, None);
            }
            ROW => {
                let next = take.number()?;
                if row.is_some_and(|row| next <= row) {
                    return Err(Garbled::Nonsense("rows out of their order"));
                }
                (row, column) = (Some(next), None);
            }
            TEXT..=UNCALCULATED => {
                let (next, cell) = take_cell(&mut take, kind)?;
                let (Some(row), true) = (row, column.is_none_or(|column| column < next)) else {
                    return Err(Garbled::Nonsense("cells out of their order"));
                };
                column = Some(next);
                let sheet = book.as_mut().and_then(|book| book.sheets.last_mut());
                sheet.ok_or(Garbled::Nonsense("a cell of no sheet"))?.cells.push((row, next, cell));
                cells += 1;
                if cells > room {
                    return Err(Garbled::TooLong);
                }
            }
            END if take.long()? == cells as u64 => return Ok(read),
            _ => return Err(Garbled::Nonsense("something that is no part of an answer")),
        }
    }
}

fn take_finding(take: &mut Take<impl Read>, at: &Place) -> Result<Finding, Garbled> {
    let code = take.text()?;
    let code = Code::ALL.iter().find(|known| known.as_str() == code).ok_or(Garbled::Nonsense("an unknown code"))?;
    let severity = pick(&SEVERITIES, take.byte()?)?;
    let mut part = || {
        let there = take.byte()? == 1;
        take.text().map(|text| there.then_some(text))
    };
    let at = Place { sheet: part()?, cell: part()?, ..at.clone() };
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

fn take_sheet(take: &mut Take<impl Read>) -> Result<Grid, Garbled> {
    let (name, visibility) = (take.text()?, pick(&VISIBILITIES, take.byte()?)?);
    let count = take.number()?;
    if count as usize > MERGES_AT_MOST {
        return Err(Garbled::TooLong);
    }
    let mut merges = Vec::new();
    for _ in 0..count {
        let (top, left, bottom, right) = (take.number()?, take.number()?, take.number()?, take.number()?);
        merges.push(Merge { top, left, bottom, right });
    }
    Ok(Grid { name, visibility, merges, cells: Vec::new(), look: take_look(take)? })
}

/// A cell and its column.
fn take_cell(take: &mut Take<impl Read>, kind: u8) -> Result<(u32, Cell), Garbled> {
    if matches!(kind, NUMBER | PERCENT) {
        // One read for what most cells are.
        let (column, bits) = take.number_and_long()?;
        return Ok((column, Cell::Number { value: f64::from_bits(bits), percent: kind == PERCENT }));
    }
    let column = take.number()?;
    let cell = match kind {
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
    };
    Ok((column, cell))
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
