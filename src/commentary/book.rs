//! The commentary workbook: the same list with the same columns, for officers
//! who would rather write in a spreadsheet.
//!
//! Its rows are imported into the TOML files ([`import`](super::import)), bound to
//! the figure and rating that stand beside them.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::commentary::{DoneWhen, day_as_typed};
use crate::domain::{At, Board, BoardId, Checked, Code, Comment, Finding, IndicatorRef, Place};
use crate::workbook::{Book, Cell, Grid};

/// Headers with the widths of their columns; officers fill in the last seven.
pub const COLUMNS: [(&str, f64); 17] = [
    ("Board", 24.0),
    ("Ref", 10.0),
    ("Indicator", 36.0),
    ("Figure", 10.0),
    ("Movement", 30.0),
    ("Rating", 9.0),
    ("Prompt", 44.0),
    ("Owner role", 30.0),
    ("Due", 18.0),
    ("State", 20.0),
    ("Text", 60.0),
    ("Action", 40.0),
    ("Action owner", 26.0),
    ("Action due", 12.0),
    ("Expected effect", 36.0),
    ("For", 10.0),
    ("Last action done", 16.0),
];

/// Where the columns that officers fill in begin.
pub const THEIRS: usize = 10;

/// Columns without which a sheet is no list of commentary.
const NEEDED: [&str; 3] = ["Board", "Ref", "Text"];

/// One row, as it stands in the workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkbookRow {
    /// What its cells say, in the order of [`COLUMNS`].
    pub cells: [String; 17],
    /// By when its action is done.
    due: Option<NaiveDate>,
    /// Where its text stands.
    at: Option<Place>,
    /// What is wrong with it.
    faults: Vec<Finding>,
}

impl WorkbookRow {
    /// A row of these cells, of which nothing is read back.
    pub fn new(cells: [String; 17]) -> Self {
        Self { cells, due: None, at: None, faults: Vec::new() }
    }

    /// Whether it is about an indicator of a board.
    pub fn is_of(&self, board: &BoardId, indicator: &IndicatorRef) -> bool {
        self.cells[0].trim() == board.as_str() && self.cells[1].trim() == indicator.as_str()
    }

    /// What its officer wrote.
    pub fn comment(&self) -> Comment {
        let (figure, rating) = (self.cells[3].trim(), self.cells[5].trim());
        let colour = ["red", "amber", "green"].into_iter().find(|word| rating.eq_ignore_ascii_case(word));
        let about = match colour {
            Some(colour) if !figure.is_empty() => format!("{figure} {colour}"),
            _ => figure.to_owned(),
        };
        Comment {
            text: self.cells[10].clone().into(),
            action: self.cells[11].clone().into(),
            owner: self.cells[12].clone().into(),
            due: self.due,
            expect: self.cells[14].clone().into(),
            serves: self.cells[15].trim().to_owned(),
            last_done: DoneWhen::as_typed(&self.cells[16]).flatten(),
            about,
            at: self.at.clone(),
            elsewhere: None,
        }
    }
}

/// The rows of a workbook's first shown sheet.
pub fn rows(book: &Book, file: &str) -> Checked<Vec<WorkbookRow>> {
    let at = |sheet: &Grid, cell: Option<(u32, u32)>| Place {
        file: Some(file.into()),
        sheet: Some(sheet.name.clone().into()),
        cell: cell.map(|(row, column)| At { row, column }),
        ..Place::default()
    };
    let Some(sheet) = book.sheets.first() else { return Checked::new(Vec::new(), Vec::new()) };
    let mut lines: BTreeMap<u32, BTreeMap<u32, &Cell>> = BTreeMap::new();
    for (row, column, cell) in &sheet.cells {
        lines.entry(*row).or_default().insert(*column, cell);
    }
    let is_head =
        |line: &BTreeMap<u32, &Cell>| NEEDED.iter().all(|name| line.values().any(|cell| is_named(cell, name)));
    let Some((head, columns)) = lines.iter().find(|(_, line)| is_head(line)).map(|(row, line)| (*row, places(line)))
    else {
        let message = format!("found no row with the headers {}", NEEDED.join(", "));
        let hint = "write the workbook anew with `boardpack commentary --xlsx`, under another name";
        return Checked::new(Vec::new(), vec![Finding::new(Code::CommentWorkbook, at(sheet, None), message, hint)]);
    };
    let mut rows = Vec::new();
    for (number, line) in lines.range(head + 1..) {
        let cell = |column: usize| columns[column].and_then(|place| line.get(&place).copied());
        let at = |column: usize| at(sheet, columns[column].map(|column| (*number, column)));
        let row = WorkbookRow::new(std::array::from_fn(|column| cell(column).map(text).unwrap_or_default()));
        let due = cell(13).and_then(date);
        let faults = [no_date(&row, due, at(13)), not_done(&row, at(16)), no_text(&row, at(THEIRS))];
        rows.push(WorkbookRow { due, at: Some(at(THEIRS)), faults: faults.into_iter().flatten().collect(), ..row });
    }
    Checked::new(rows, Vec::new())
}

/// F711: the day of an action that cannot be read.
fn no_date(row: &WorkbookRow, due: Option<NaiveDate>, at: Place) -> Option<Finding> {
    // What was typed instead may be a name.
    (due.is_none() && !row.cells[13].trim().is_empty()).then(|| {
        let hint = "type the day, such as 2026-11-30";
        Finding::new(Code::CommentWorkbook, at, "Action due is no date", hint)
    })
}

/// F711: what says neither that earlier actions are done nor on which day.
fn not_done(row: &WorkbookRow, at: Place) -> Option<Finding> {
    DoneWhen::as_typed(&row.cells[16]).is_none().then(|| {
        let hint = "type the day on which it was done, such as 2026-11-20, or \"done\"";
        Finding::new(Code::CommentWorkbook, at, "Last action done is no date", hint)
    })
}

/// F711: what stands beside an empty Text is printed nowhere, which its officer
/// would learn at the meeting.
fn no_text(row: &WorkbookRow, at: Place) -> Option<Finding> {
    let filled = [(11, "an action"), (12, "an action's owner"), (13, "an action's day"), (14, "an expected effect")];
    let has = filled.into_iter().find(|(column, _)| !row.cells[*column].trim().is_empty());
    let (_, has) = has.filter(|_| row.cells[THEIRS].trim().is_empty())?;
    let message = format!("the row has {has} and no Text, so nothing of it is printed");
    Some(Finding::new(Code::CommentWorkbook, at, message, "write the Text, or empty the cells behind it"))
}

fn is_named(cell: &Cell, name: &str) -> bool {
    matches!(cell, Cell::Text(text) if text.trim().eq_ignore_ascii_case(name))
}

/// In which column of the sheet each of ours stands.
fn places(head: &BTreeMap<u32, &Cell>) -> [Option<u32>; 17] {
    COLUMNS.map(|(name, _)| head.iter().find(|(_, cell)| is_named(cell, name)).map(|(column, _)| *column))
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Error(text) => text.clone(),
        Cell::Number { value, percent: true } => format!("{}%", value * 100.0),
        Cell::Number { value, .. } => value.to_string(),
        Cell::Masked { shown, .. } => shown.clone(),
        Cell::Date(date) => date.date().to_string(),
        Cell::Bool(value) => value.to_string(),
        Cell::Uncalculated => String::new(),
    }
}

fn date(cell: &Cell) -> Option<NaiveDate> {
    match cell {
        Cell::Date(date) => Some(date.date()),
        Cell::Text(text) => day_as_typed(text),
        _ => None,
    }
}

/// What is wrong with each row, and the board that is told: every one where the
/// row names none that there is.
pub fn faults(rows: &[WorkbookRow], boards: &[Board]) -> Vec<(Option<BoardId>, Finding)> {
    let mut faults = Vec::new();
    for row in rows {
        let board = boards.iter().find(|board| row.cells[0].trim() == board.id.as_str());
        let told = row.faults.iter().cloned().chain(stray(row, board)).chain(untied(row, board));
        faults.extend(told.map(|finding| (board.map(|board| board.id.clone()), finding)));
    }
    faults
}

/// A row that holds words and names no board, or no indicator of it.
fn stray(row: &WorkbookRow, board: Option<&Board>) -> Option<Finding> {
    let is_known = board.is_some_and(|board| board.indicators().any(|indicator| row.is_of(&board.id, indicator)));
    if !row.comment().is_written() || is_known {
        return None;
    }
    let message = "a commentary stands beside a Board and a Ref which name no indicator of a board";
    let hint = "restore the two cells as the program wrote them";
    Some(Finding::new(Code::CommentWorkbook, row.at.clone().unwrap_or_default(), message, hint))
}

/// A row whose action serves what its board does not declare: that is not printed.
fn untied(row: &WorkbookRow, board: Option<&Board>) -> Option<Finding> {
    let (board, id) = (board?, row.cells[15].trim());
    (!id.is_empty() && board.agenda.commitment(id).is_none()).then(|| {
        let message = "For names none of the board's commitments, so it is left out";
        let hint = "write the `id` of one of the [[commitments]] of the board's file, or empty the cell";
        Finding::new(Code::CommentWorkbook, row.at.clone().unwrap_or_default(), message, hint)
    })
}

#[cfg(test)]
pub(crate) mod tests;
