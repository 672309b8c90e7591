//! Tables with months across: wide, pairs, blocks.

use rust_decimal::Decimal;

use super::figures::FigureTally;
use super::months::{self, Stated};
use super::rows::{SheetRow, distinct};
use super::shape::{Across, TableShape, naming};
use crate::dataset::number::{Number, number};
use crate::workbook::Cell;

/// How rows begin that belong to no indicator.
const DROPPED: [&str; 7] = ["Total", "Note", "Average", "Source", "Grand total", "Key", "Produced"];

/// The table whose header has months, if the sheet has one.
pub(super) fn find(rows: &[SheetRow<'_>]) -> Option<TableShape> {
    let headers: Vec<usize> = (0..rows.len()).filter(|at| is_header(rows, *at)).collect();
    let titled: Vec<(usize, String)> =
        headers.iter().filter_map(|at| title(rows, *at).map(|title| (*at, title))).collect();
    if titled.len() > 1 && titled.len() == headers.len() {
        let ends = headers.iter().skip(1).map(|next| next - 1).chain([rows.len()]);
        let blocks: Vec<(String, Across)> = titled
            .iter()
            .zip(ends)
            .filter_map(|((at, title), end)| Some((title.clone(), table(rows, *at, end)?)))
            .collect();
        return (!blocks.is_empty()).then_some(TableShape::Blocks(blocks));
    }
    let at = *headers.iter().max_by_key(|at| (columns(rows, **at).len(), std::cmp::Reverse(**at)))?;
    let table = table(rows, at, rows.len())?;
    match parts(rows, at, &table) {
        Some(parts) => Some(TableShape::Pairs(table, parts)),
        None => Some(TableShape::Wide(table)),
    }
}

/// Columns of a row that hold a month.
fn columns(rows: &[SheetRow<'_>], at: usize) -> Vec<u32> {
    let month_column = |cell: &(u32, &Cell)| months::of_cell(cell.1).map(|_| cell.0);
    rows.get(at).map(|row| row.cells.iter().filter_map(month_column).collect()).unwrap_or_default()
}

/// Whether a row holds two different months or more, and the row below none.
fn is_header(rows: &[SheetRow<'_>], at: usize) -> bool {
    let Some(row) = rows.get(at) else { return false };
    let columns = columns(rows, at);
    let mut distinct: Vec<Stated> = Vec::new();
    for month in row.cells.iter().filter_map(|cell| months::of_cell(cell.1)) {
        if !distinct.contains(&month) {
            distinct.push(month);
        }
    }
    let below = rows.get(at + 1);
    distinct.len() > 1
        && distinct.len() == columns.len()
        && below.is_some_and(|below| {
            columns.iter().all(|column| below.cell(*column).is_none_or(|cell| months::of_cell(cell).is_none()))
        })
}

/// The text right above a header that is alone in its row.
fn title(rows: &[SheetRow<'_>], at: usize) -> Option<String> {
    let (above, header) = (rows.get(at.checked_sub(1)?)?, rows.get(at)?);
    (above.cells.len() == 1 && above.number + 1 == header.number).then(|| above.first())
}

fn table(rows: &[SheetRow<'_>], at: usize, end: usize) -> Option<Across> {
    let header = rows.get(at)?;
    let columns = columns(rows, at);
    let (first, last) = (*columns.first()?, *columns.last()?);
    let body: Vec<&SheetRow<'_>> = rows.get(at + 1..end)?.iter().collect();
    let drop = drop(&body, &columns);
    let kept: Vec<&&SheetRow<'_>> = body.iter().filter(|row| !is_dropped(row, &columns)).collect();
    let names = |column: u32| distinct(kept.iter().map(|row| row.text(column)));
    let (indicator, _) = (0..first)
        .map(|column| (column, naming(&header.text(column), &names(column))))
        .filter(|(_, suits)| *suits > 0)
        .max_by_key(|(column, suits)| (*suits, std::cmp::Reverse(*column)))?;
    let texts: Vec<String> = columns
        .iter()
        .filter(|column| matches!(header.cell(**column), Some(Cell::Text(_))))
        .map(|column| header.text(*column))
        .collect();
    let yearless = columns.iter().rev().find_map(|column| months::of_cell(header.cell(*column)?)?.yearless());
    let figures = FigureTally::count(kept.iter().flat_map(|row| columns.iter().filter_map(|column| row.cell(*column))));
    Some(Across {
        header_rows: vec![header.number],
        months: (first, last),
        formats: months::formats(texts.iter().map(String::as_str)),
        yearless,
        indicator: header.text(indicator),
        names: names(indicator),
        drop,
        figures,
    })
}

/// Whether a row is a total, a note, or a heading without figures between
/// indicators.
fn is_dropped(row: &SheetRow<'_>, columns: &[u32]) -> bool {
    let first = row.first();
    DROPPED.iter().any(|word| first.to_lowercase().starts_with(&word.to_lowercase()))
        || columns.iter().all(|column| row.cell(*column).is_none())
}

fn drop(body: &[&SheetRow<'_>], columns: &[u32]) -> Vec<String> {
    let mut patterns: Vec<String> = Vec::new();
    for row in body.iter().filter(|row| is_dropped(row, columns)) {
        let first = row.first();
        let word = DROPPED.iter().find(|word| first.starts_with(**word));
        let pattern = match word {
            Some(word) => format!("^{word}"),
            None => format!("^{}$", regex::escape(&first)),
        };
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    patterns
}

/// What the rows of each indicator hold, where it takes several; none where it
/// takes one.
fn parts(rows: &[SheetRow<'_>], at: usize, table: &Across) -> Option<Vec<&'static str>> {
    let header = rows.get(at)?;
    let naming = header.cells.iter().find(|(_, cell)| super::rows::words(cell) == table.indicator)?.0;
    let columns: Vec<u32> = columns(rows, at);
    let body: Vec<&SheetRow<'_>> = rows.get(at + 1..)?.iter().filter(|row| !is_dropped(row, &columns)).collect();
    let starts: Vec<usize> =
        body.iter().enumerate().filter(|(_, row)| row.cell(naming).is_some()).map(|(at, _)| at).collect();
    let size = starts.get(1).copied().unwrap_or(body.len());
    let regular = starts.iter().enumerate().all(|(n, start)| *start == n * size) && body.len() == starts.len() * size;
    if !regular || !(2..=3).contains(&size) {
        return None;
    }
    let group = body.get(..size)?;
    let value = group.iter().position(|row| is_value(row, naming, &columns));
    let sum = |row: &SheetRow<'_>| -> Decimal {
        columns.iter().filter_map(|column| number(row.cell(*column)?)).map(|number| number.value).sum()
    };
    let counts: Vec<(usize, Decimal)> =
        group.iter().enumerate().filter(|(at, _)| Some(*at) != value).map(|(at, row)| (at, sum(row))).collect();
    // Fewer than two counts do not tell which row is which.
    let [(one, first), (other, second)] = counts.as_slice() else { return None };
    let (numerator, denominator) = if first <= second { (*one, *other) } else { (*other, *one) };
    let word = |at: usize, row: &SheetRow<'_>| match at {
        _ if at == numerator => "numerator",
        _ if at == denominator => "denominator",
        // A formula that was never calculated has no value to read.
        _ if columns.iter().any(|column| row.cell(*column) == Some(&Cell::Uncalculated)) => "skip",
        _ => "value",
    };
    Some(group.iter().enumerate().map(|(at, row)| word(at, row)).collect())
}

/// Whether a row of a group is its percentage.
fn is_value(row: &SheetRow<'_>, naming: u32, columns: &[u32]) -> bool {
    let labelled = row.cells.iter().filter(|cell| cell.0 != naming && !columns.contains(&cell.0)).any(|(_, cell)| {
        let label = super::rows::words(cell).to_lowercase();
        label.contains('%') || label.starts_with("percent") || label == "rate" || label == "value"
    });
    labelled || columns.iter().filter_map(|column| number(row.cell(*column)?)).any(Number::is_percent)
}
