//! Tables with months across: wide, pairs, blocks.

use rust_decimal::Decimal;

use super::figures::Figures;
use super::lines::{Line, distinct};
use super::months::{self, Stated};
use super::shape::{Across, Shape, naming};
use crate::dataset::number::{Number, number};
use crate::workbook::Cell;

/// Rows that are no indicator's, by how they begin.
const DROPPED: [&str; 7] = ["Total", "Note", "Average", "Source", "Grand total", "Key", "Produced"];

/// The table whose header has months, if the sheet has one.
pub(super) fn find(lines: &[Line<'_>]) -> Option<Shape> {
    let headers: Vec<usize> = (0..lines.len()).filter(|at| is_header(lines, *at)).collect();
    let titled: Vec<(usize, String)> =
        headers.iter().filter_map(|at| title(lines, *at).map(|title| (*at, title))).collect();
    if titled.len() > 1 && titled.len() == headers.len() {
        let ends = headers.iter().skip(1).map(|next| next - 1).chain([lines.len()]);
        let blocks: Vec<(String, Across)> = titled
            .iter()
            .zip(ends)
            .filter_map(|((at, title), end)| Some((title.clone(), table(lines, *at, end)?)))
            .collect();
        return (!blocks.is_empty()).then_some(Shape::Blocks(blocks));
    }
    let at = *headers.iter().max_by_key(|at| (columns(lines, **at).len(), std::cmp::Reverse(**at)))?;
    let table = table(lines, at, lines.len())?;
    match parts(lines, at, &table) {
        Some(parts) => Some(Shape::Pairs(table, parts)),
        None => Some(Shape::Wide(table)),
    }
}

/// Columns of a row that say a month.
fn columns(lines: &[Line<'_>], at: usize) -> Vec<u32> {
    let said = |cell: &(u32, &Cell)| months::of_cell(cell.1).map(|_| cell.0);
    lines.get(at).map(|line| line.cells.iter().filter_map(said).collect()).unwrap_or_default()
}

/// Two different months or more, and none right below them.
fn is_header(lines: &[Line<'_>], at: usize) -> bool {
    let Some(line) = lines.get(at) else { return false };
    let columns = columns(lines, at);
    let mut distinct: Vec<Stated> = Vec::new();
    for said in line.cells.iter().filter_map(|cell| months::of_cell(cell.1)) {
        if !distinct.contains(&said) {
            distinct.push(said);
        }
    }
    let below = lines.get(at + 1);
    distinct.len() > 1
        && distinct.len() == columns.len()
        && below.is_some_and(|below| {
            columns.iter().all(|column| below.cell(*column).is_none_or(|cell| months::of_cell(cell).is_none()))
        })
}

/// The text right above a header that is alone in its row.
fn title(lines: &[Line<'_>], at: usize) -> Option<String> {
    let (above, header) = (lines.get(at.checked_sub(1)?)?, lines.get(at)?);
    (above.cells.len() == 1 && above.number + 1 == header.number).then(|| above.first())
}

fn table(lines: &[Line<'_>], at: usize, end: usize) -> Option<Across> {
    let header = lines.get(at)?;
    let columns = columns(lines, at);
    let (first, last) = (*columns.first()?, *columns.last()?);
    let body: Vec<&Line<'_>> = lines.get(at + 1..end)?.iter().collect();
    let drop = drop(&body, &columns);
    let kept: Vec<&&Line<'_>> = body.iter().filter(|line| !is_dropped(line, &columns)).collect();
    let names = |column: u32| distinct(kept.iter().map(|line| line.text(column)));
    let (indicator, _) = (0..first)
        .map(|column| (column, naming(&header.text(column), &names(column))))
        .filter(|(_, suits)| *suits > 0)
        .max_by_key(|(column, suits)| (*suits, std::cmp::Reverse(*column)))?;
    let texts: Vec<String> = columns
        .iter()
        .filter(|column| matches!(header.cell(**column), Some(Cell::Text(_))))
        .map(|column| header.text(*column))
        .collect();
    let yearless = columns
        .iter()
        .filter_map(|column| match header.cell(*column).and_then(months::of_cell) {
            Some(Stated::Yearless(month)) => Some(month),
            _ => None,
        })
        .next_back();
    let figures = Figures::of(kept.iter().flat_map(|line| columns.iter().filter_map(|column| line.cell(*column))));
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

/// Totals, notes, and rows without a figure: the bands between indicators.
fn is_dropped(line: &Line<'_>, columns: &[u32]) -> bool {
    let first = line.first();
    DROPPED.iter().any(|word| first.to_lowercase().starts_with(&word.to_lowercase()))
        || columns.iter().all(|column| line.cell(*column).is_none())
}

fn drop(body: &[&Line<'_>], columns: &[u32]) -> Vec<String> {
    let mut patterns: Vec<String> = Vec::new();
    for line in body.iter().filter(|line| is_dropped(line, columns)) {
        let first = line.first();
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
fn parts(lines: &[Line<'_>], at: usize, table: &Across) -> Option<Vec<&'static str>> {
    let header = lines.get(at)?;
    let naming = header.cells.iter().find(|(_, cell)| super::lines::words(cell) == table.indicator)?.0;
    let columns: Vec<u32> = columns(lines, at);
    let body: Vec<&Line<'_>> = lines.get(at + 1..)?.iter().filter(|line| !is_dropped(line, &columns)).collect();
    let starts: Vec<usize> =
        body.iter().enumerate().filter(|(_, line)| line.cell(naming).is_some()).map(|(at, _)| at).collect();
    let size = starts.get(1).copied().unwrap_or(body.len());
    let regular = starts.iter().enumerate().all(|(n, start)| *start == n * size) && body.len() == starts.len() * size;
    if !regular || !(2..=3).contains(&size) {
        return None;
    }
    let group = body.get(..size)?;
    let value = group.iter().position(|line| is_value(line, naming, &columns));
    let sum = |line: &Line<'_>| -> Decimal {
        columns.iter().filter_map(|column| number(line.cell(*column)?)).map(|number| number.value).sum()
    };
    let counts: Vec<(usize, Decimal)> =
        group.iter().enumerate().filter(|(at, _)| Some(*at) != value).map(|(at, line)| (at, sum(line))).collect();
    // Without two counts nothing says which row is which.
    let [(one, first), (other, second)] = counts.as_slice() else { return None };
    let (numerator, denominator) = if first <= second { (*one, *other) } else { (*other, *one) };
    let word = |at: usize, line: &Line<'_>| match at {
        _ if at == numerator => "numerator",
        _ if at == denominator => "denominator",
        // A formula that was never calculated has no value to read.
        _ if columns.iter().any(|column| line.cell(*column) == Some(&Cell::Uncalculated)) => "skip",
        _ => "value",
    };
    Some(group.iter().enumerate().map(|(at, line)| word(at, line)).collect())
}

/// Whether a row of a group is its percentage.
fn is_value(line: &Line<'_>, naming: u32, columns: &[u32]) -> bool {
    let labelled = line.cells.iter().filter(|cell| cell.0 != naming && !columns.contains(&cell.0)).any(|(_, cell)| {
        let label = super::lines::words(cell).to_lowercase();
        label.contains('%') || label.starts_with("percent") || label == "rate" || label == "value"
    });
    labelled || columns.iter().filter_map(|column| number(line.cell(*column)?)).any(Number::is_percent)
}
