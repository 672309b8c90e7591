//! Columns about single people, recognised by their headers and by the look of
//! their values.
//!
//! A board's pack is about many children, never about one. A list of children
//! must not be read by mistake, and no finding quotes a cell of one.

use std::collections::BTreeMap;

use crate::dataset::header::Header;
use crate::dataset::person::columns::is_person_level;
use crate::dataset::report::{ReadReport, RowColumn};
use crate::dataset::text;
use crate::domain::finding::Code;
use crate::domain::layout::Table;
use crate::workbook::{Book, Cell, Grid, Visibility};

/// Rows in which a header may stand that nobody has declared.
const TOP_ROWS: u32 = 30;

/// Values of one look that make a column of it, where they are half of it.
const ENOUGH: usize = 3;

/// The last column that any spreadsheet program has.
const LAST_COLUMN: u32 = 16_383;

/// F206 for a sheet that is to be read. False where there is such a column.
pub(super) fn check(grid: &Grid, header: &Header<'_>, table: &Table, report: &mut ReadReport) -> bool {
    let mut columns = PersonColumns::default();
    let last = table.header_rows.iter().copied().max().unwrap_or(0).max(TOP_ROWS);
    columns.by_header(grid, header.headed(), last);
    columns.by_values(grid);
    let hint = format!(
        "take the column out of the file; or, to count indicators from the list and let nothing else of it through, write person_level = true for {} in sources.toml",
        report.source()
    );
    columns.report(&hint, report)
}

/// F206 for the sheets that are shown beside those that are read: nothing of
/// them would be printed, but the file should not have come. False where one
/// of them has such a column.
pub(in crate::dataset) fn check_others(book: &Book, read: &[&Grid], report: &mut ReadReport) -> bool {
    let mut is_clean = true;
    let is_read = |sheet: &Grid| read.iter().any(|read| std::ptr::eq(*read, sheet));
    for sheet in book.sheets.iter().filter(|sheet| sheet.visibility == Visibility::Visible && !is_read(sheet)) {
        let mut columns = PersonColumns::default();
        columns.by_header(sheet, std::iter::empty(), TOP_ROWS);
        columns.by_values(sheet);
        report.beside(&sheet.name);
        is_clean &= columns.report("take this sheet out of the file: no figure is read from it", report);
    }
    is_clean
}

/// Each column's place and what gives it away, once.
#[derive(Default)]
struct PersonColumns(BTreeMap<u32, (RowColumn, &'static str)>);

impl PersonColumns {
    /// By the headers that are declared, and by any text above the row `last`.
    fn by_header<'h>(&mut self, grid: &Grid, headed: impl Iterator<Item = (RowColumn, &'h str)>, last: u32) {
        let declared = headed.filter(|(_, name)| is_person_level(name)).map(|(spot, _)| spot);
        let top = grid.cells.iter().take_while(|(row, _, _)| *row < last);
        let typed = top.filter_map(|(row, column, cell)| match cell {
            Cell::Text(text) if is_person_level(text) => Some((*row, *column)),
            _ => None,
        });
        for (row, column) in declared.chain(typed) {
            // An empty column tells nothing of anybody.
            if !self.0.contains_key(&column) && is_filled_below(grid, row, column) {
                self.0.insert(column, ((row, column), "is headed as names, dates of birth or numbers of people are"));
            }
        }
    }

    fn by_values(&mut self, grid: &Grid) {
        let widest = grid.cells.iter().map(|cell| cell.1).max().unwrap_or(0).min(LAST_COLUMN);
        let mut seen: Vec<ColumnProfile> = (0..=widest).map(|_| ColumnProfile::default()).collect();
        for (row, column, cell) in &grid.cells {
            let Some(seen) = seen.get_mut(*column as usize) else { continue };
            seen.cells += 1;
            let Some(typed) = digits_or_text(cell) else { continue };
            let look = if is_nhs_number(&typed) {
                &mut seen.nhs
            } else if is_upn(&typed) {
                &mut seen.upn
            } else {
                continue;
            };
            *look += 1;
            seen.first.get_or_insert((*row, *column));
        }
        for (column, seen) in (0..).zip(seen) {
            let looks = [
                (seen.nhs, "holds what look like NHS numbers"),
                (seen.upn, "holds what look like unique pupil numbers"),
            ];
            for (count, what) in looks {
                if let Some(first) = seen.first
                    && count >= ENOUGH
                    && count * 2 >= seen.cells
                {
                    self.0.entry(column).or_insert((first, what));
                }
            }
        }
    }
}

impl PersonColumns {
    /// F206 for each. False where there is one.
    fn report(self, hint: &str, report: &mut ReadReport) -> bool {
        let is_clean = self.0.is_empty();
        for (spot, what) in self.0.into_values() {
            let message = format!("this column {what}: rows about single people; expected figures about many");
            report.at_cell(Code::PersonLevel, spot, message, hint);
        }
        is_clean
    }
}

/// What a column holds, as far as it was counted.
#[derive(Default)]
struct ColumnProfile {
    cells: usize,
    nhs: usize,
    upn: usize,
    first: Option<RowColumn>,
}

/// Whether a column holds anything below a row.
fn is_filled_below(grid: &Grid, row: u32, column: u32) -> bool {
    grid.cells.iter().rev().take_while(|cell| cell.0 > row).any(|cell| cell.1 == column)
}

/// A text without its blanks, or a whole number's digits; none where it can be
/// neither number, which most cells are.
fn digits_or_text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text)
            if (10..=20).contains(&text.len()) && text.bytes().filter(u8::is_ascii_digit).count() >= 10 =>
        {
            Some(text::trim(text).split([' ', '-']).collect())
        }
        Cell::Number { value, percent: false } if *value >= 1e9 && *value < 1e10 && value.fract() == 0.0 => {
            Some(format!("{value:.0}"))
        }
        _ => None,
    }
}

/// Ten digits whose last one fits the others, as every NHS number's does; one
/// in eleven numbers does by chance.
pub(super) fn is_nhs_number(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let [first @ .., check] = digits.as_slice() else { return false };
    if digits.len() != 10 || text.len() != 10 || first.iter().all(|digit| *digit == 0) {
        return false;
    }
    let sum: u32 = first.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    // 11 stands for 0, and 10 for no number at all.
    (11 - sum % 11) % 11 == *check
}

/// A letter, eleven digits, and a digit or a letter.
pub(super) fn is_upn(text: &str) -> bool {
    let is_letter = |b: &u8| b.is_ascii_uppercase() && !matches!(b, b'I' | b'O' | b'S');
    match text.as_bytes() {
        [first, middle @ .., last] if text.len() == 13 => {
            is_letter(first) && middle.iter().all(u8::is_ascii_digit) && (last.is_ascii_digit() || is_letter(last))
        }
        _ => false,
    }
}
