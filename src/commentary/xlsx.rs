//! The commentary workbook, written: the list of who owes what, with the cells
//! that officers fill in as they left them.

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use super::book::{COLUMNS, THEIRS, WorkbookRow};
use super::{CommentaryEntry, EntryState};
use crate::domain::{BoardId, Period};
use crate::scorecard::Binding;
use crate::words;

/// The most letters that a cell holds; longer text would be refused.
const LETTERS: usize = 32_000;

/// The workbook's bytes; the same rows give the same bytes.
pub fn workbook(period: Period, rows: &[WorkbookRow]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // No clock: the file is as old as the month that it is about.
    let year = u16::try_from(period.year()).unwrap_or(1900);
    let month = u8::try_from(period.month()).unwrap_or(1);
    let created = ExcelDateTime::from_ymd(year, month, 1)?;
    let title = format!("Commentary for {}", words::month(period));
    workbook.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&created));
    let sheet = workbook.add_worksheet().set_name("Commentary")?;
    let head = Format::new().set_bold().set_background_color(Color::RGB(0x00EE_EEEE)).set_text_wrap();
    let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let open = plain.clone().set_background_color(Color::RGB(0x00FF_F9E0));
    for (column, (name, width)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name, &head)?;
    }
    for (number, row) in (1u32..).zip(rows) {
        for (column, text) in row.cells.iter().enumerate() {
            let short: String = text.chars().take(LETTERS).collect();
            let format = if column < THEIRS { &plain } else { &open };
            // Always as text: what an officer typed never becomes a formula.
            sheet.write_string_with_format(number, u16::try_from(column).unwrap_or(u16::MAX), short, format)?;
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    let last = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last, u16::try_from(COLUMNS.len() - 1).unwrap_or(0))?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    workbook.save_to_buffer()
}

/// The rows of the next workbook: every entry, with what stands in the old one
/// about it, then every old row that no entry is about.
///
/// `asked` are the boards whose entries these are; of others nothing is known.
pub fn renewed(entries: &[&CommentaryEntry], asked: &[BoardId], old: &[WorkbookRow]) -> Vec<WorkbookRow> {
    let mut rows: Vec<WorkbookRow> = entries
        .iter()
        .map(|entry| row(entry, old.iter().find(|row| row.is_of(&entry.board, &entry.indicator))))
        .collect();
    for row in old {
        let is_there = entries.iter().any(|entry| row.is_of(&entry.board, &entry.indicator));
        if !is_there && row.cells.iter().any(|cell| !cell.trim().is_empty()) {
            let mut row = row.clone();
            if asked.iter().any(|board| row.cells[0].trim() == board.as_str()) {
                EntryState::NotNeeded.word().clone_into(&mut row.cells[9]);
            }
            rows.push(row);
        }
    }
    rows
}

fn row(entry: &CommentaryEntry, old: Option<&WorkbookRow>) -> WorkbookRow {
    let mut prompt = entry.prompts.iter().cloned().chain(entry.carried_in_words()).collect::<Vec<_>>().join(" ");
    let mut bound = (entry.figure.clone(), entry.rating.clone());
    if let Some(old) = old.filter(|old| old.comment().is_written() && !old.cells[3].trim().is_empty()) {
        // Words stay beside the figure that they were written about.
        if Binding::read(&entry.about).is_some_and(|now| !now.covers(&old.comment().about)) {
            prompt = format!(
                "The figure is now {}. If the text still holds, empty the Figure cell; else rewrite the text and empty it. {prompt}",
                words::lower_first(&entry.about)
            );
        }
        bound = (old.cells[3].clone(), old.cells[5].clone());
    }
    let theirs = |column: usize| old.map(|old| old.cells[column].clone()).unwrap_or_default();
    WorkbookRow::new([
        entry.board.to_string(),
        entry.indicator.to_string(),
        entry.title.clone(),
        bound.0,
        entry.movement.clone(),
        bound.1,
        prompt,
        entry.owner.clone(),
        entry.due.map(words::date).unwrap_or_default(),
        state(entry, old),
        theirs(10),
        theirs(11),
        theirs(12),
        theirs(13),
        theirs(14),
        theirs(15),
        theirs(16),
    ])
}

/// How far it is; beside empty cells, "written" says where.
fn state(entry: &CommentaryEntry, old: Option<&WorkbookRow>) -> String {
    let is_here = old.is_some_and(|old| old.comment().is_written());
    let in_file = entry.comment.as_ref().is_some_and(|comment| comment.is_written() && comment.at.is_none());
    match entry.state {
        EntryState::Written | EntryState::Stale | EntryState::NamesHidden | EntryState::Incomplete
            if in_file && !is_here =>
        {
            format!("{}, in the file", entry.state_in_words())
        }
        _ => entry.state_in_words(),
    }
}
