//! Tables stacked in one sheet, each under its title: blocks.

use super::across::{guessed, headers, is_dropped};
use super::figures::FigureTally;
use super::guess::{self, GuessedName, Sighted, TableGuess};
use super::months;
use super::naming::{naming, patterns_of};
use super::outside;
use super::rows::{SheetRow, distinct};
use crate::dataset::sight;
use crate::domain::layout::{Heading, Orientation, Table};
use crate::workbook::Cell;

/// Blank rows that may stand between a title and its table.
const BLANK: u32 = 2;

/// One table of the stack, by rows of the sheet.
struct StackedBlock {
    title: String,
    header: usize,
    end: usize,
    /// Whether the title stands in the corner of the header.
    corner: bool,
}

/// Every way to read a sheet with several tables, each under its title.
pub(super) fn guesses(sheet: &Sighted<'_>) -> Vec<TableGuess> {
    let Some(blocks) = blocks(sheet.rows) else { return Vec::new() };
    let header = |block: &StackedBlock| sheet.rows.get(block.header);
    let stated: Vec<_> = blocks.iter().filter_map(header).flat_map(months::of_row).collect();
    let cells: Vec<&Cell> = blocks
        .iter()
        .filter_map(header)
        .flat_map(|row| months::of_row(row).into_iter().filter_map(|(column, _)| row.cell(column)))
        .collect();
    let month_formats = sheet.formats(months::formats(cells.into_iter()));
    let yearless = stated.iter().rev().find_map(|(_, stated)| stated.yearless());
    let first = blocks.first().and_then(header).map_or(0, |row| row.number);
    let years = outside::years(sheet, first, false, yearless).into_iter();
    years
        .filter_map(|(financial_year, is_guess)| {
            let table = Table {
                orientation: Orientation::Blocks,
                month_formats: month_formats.clone(),
                financial_year,
                ..Table::default()
            };
            let mut guess = stack(sheet, &blocks, table)?;
            guess.year_is_guess = is_guess;
            Some(guess)
        })
        .collect()
}

/// The tables; none where one of the rows of months has no title of its own.
fn blocks(rows: &[SheetRow<'_>]) -> Option<Vec<StackedBlock>> {
    let headers = headers(rows);
    let mut blocks: Vec<StackedBlock> = Vec::new();
    for at in &headers {
        let row = rows.get(*at)?;
        let above = at.checked_sub(1).and_then(|above| rows.get(above));
        let title = above
            .filter(|above| above.cells.len() == 1 && row.number <= above.number + 1 + BLANK)
            .filter(|above| matches!(above.cells.first(), Some((_, Cell::Text(_)))));
        if let Some(before) = blocks.last_mut() {
            before.end = if title.is_some() { at - 1 } else { *at };
        }
        let (title, corner) = title.map_or_else(|| (row.first(), true), |title| (title.first(), false));
        blocks.push(StackedBlock { title, header: *at, end: rows.len(), corner });
    }
    let titles = distinct(blocks.iter().map(|block| block.title.clone()));
    (blocks.len() > 1 && titles.len() == blocks.len()).then_some(blocks)
}

fn stack(sheet: &Sighted<'_>, blocks: &[StackedBlock], table: Table) -> Option<TableGuess> {
    let (mut named, mut figures, mut headings): (Vec<GuessedName>, _, Vec<String>) =
        (Vec::new(), FigureTally::default(), Vec::new());
    let (mut dropped, mut kept_firsts): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut span = None;
    for block in blocks {
        let header = sheet.rows.get(block.header)?;
        let body: Vec<&SheetRow<'_>> = sheet.rows.get(block.header + 1..block.end)?.iter().collect();
        let source = guess::source(Table { header_rows: vec![header.number + 1], ..table.clone() })?;
        let first = months::of_row(header).first()?.0;
        let before: Vec<u32> = (0..first).collect();
        let columns = sight::months(&source, &before, sheet.grid, sheet.file);
        span = span.or_else(|| Some((columns.first()?.column, columns.last()?.column)));
        let kept: Vec<&SheetRow<'_>> = body.iter().copied().filter(|row| !is_dropped(row, &columns)).collect();
        let names = |column: u32| distinct(kept.iter().map(|row| row.text(column)));
        let column = if block.corner {
            header.cells.first()?.0
        } else {
            let suits = |column: &u32| naming(&header.text(*column), &names(*column));
            *before
                .iter()
                .filter(|column| suits(column) > 0)
                .max_by_key(|column| (suits(column), std::cmp::Reverse(**column)))?
        };
        headings.push(header.text(column));
        for name in names(column) {
            let rows = kept.iter().filter(|row| row.text(column) == name);
            let cells = rows.flat_map(|row| columns.iter().filter_map(|month| Some((month, row.cell(month.column)?))));
            let guess = guessed(&name, cells);
            named.extend(guess.map(|guess| GuessedName { block: Some(block.title.clone()), ..guess }));
        }
        figures.join(&FigureTally::count(
            kept.iter().flat_map(|row| columns.iter().filter_map(|month| row.cell(month.column))),
        ));
        dropped.extend(body.iter().filter(|row| is_dropped(row, &columns)).map(|row| row.first()));
        kept_firsts.extend(kept.iter().map(|row| row.first()));
    }
    let table = Table {
        indicator_column: distinct(headings.into_iter()).into_iter().map(Heading::Name).collect(),
        drop_rows: patterns_of(dropped.into_iter(), &kept_firsts),
        percent: figures.style(),
        ..table
    };
    let table = if table.indicator_column.is_empty() {
        Table { indicator_column: vec![Heading::Name(String::new())], ..table }
    } else {
        table
    };
    let mut guess = TableGuess::new(table, named, figures);
    guess.months = span;
    Some(guess)
}
