//! A second table in the sheet, under the first or beside it: its figures are
//! other months' or other indicators', whatever column they stand in.

use std::collections::BTreeSet;

use super::cell_mapping::CellMapping;
use super::header::{Header, MonthColumn};
use super::page::Page;
use super::report::{ReadReport, RowColumn, listed};
use super::rows::{self, TableRow};
use super::text;
use crate::domain::finding::Code;
use crate::domain::layout::Orientation;
use crate::workbook::{Cell, address};

/// Headings of a column that names what its rows are about.
const NAMING: [&str; 9] =
    ["ref", "reference", "kpi", "indicator", "measure", "pi", "metric", "performance indicator", "indicator ref"];
/// Mappings at either end of a table that say which columns its figures stand in.
const ENDS: usize = 200;

/// F212: rows below the header that are a header of their own, and columns
/// between those of figures in which another table begins.
pub(super) fn check(page: &Page<'_>, mappings: &[CellMapping<'_, '_>], report: &mut ReadReport) {
    let table = page.table;
    if table.orientation == Orientation::Blocks || table.header_rows.is_empty() || mappings.is_empty() {
        return;
    }
    let header = Header::read(page.grid, &table.header_rows);
    let is_across = matches!(table.orientation, Orientation::Wide | Orientation::Pairs);
    let ends = mappings.iter().take(ENDS).chain(mappings.iter().rev().take(ENDS));
    let figures: BTreeSet<u32> = ends.filter_map(|mapping| mapping.cells.value).map(|cell| cell.spot.1).collect();
    let below = below(page, &header, is_across.then_some(&figures));
    let beside = if is_across { beside(page, &header, &figures) } else { None };
    for (spot, found) in below.into_iter().chain(beside) {
        let hint = "put each table on a sheet of its own, or declare the sheet as layout = \"blocks\" or its headings under `under` in sources.toml";
        report.at_cell(Code::SecondTable, spot, found, hint);
    }
}

/// The first row below the header that has headings or months of its own.
fn below(page: &Page<'_>, header: &Header<'_>, figures: Option<&BTreeSet<u32>>) -> Option<(RowColumn, String)> {
    let bottom = page.table.header_rows.iter().max().copied().unwrap_or(0);
    let headings: Vec<(u32, String)> = header
        .headed()
        .map(|((_, column), heading)| (column, text::key(heading)))
        .filter(|(_, key)| !key.is_empty())
        .collect();
    let mut months = page.months();
    // A header that is repeated as it is, as on a new page, changes nothing.
    let is_same = |row: &TableRow<'_>| {
        row.placed()
            .all(|(column, cell)| headings.iter().any(|(at, key)| *at == column && *key == text::key(&text::of(cell))))
    };
    let repeats = |row: &TableRow<'_>| {
        let keys: Vec<String> =
            row.cells().filter(|cell| matches!(cell, Cell::Text(_))).map(|cell| text::key(&text::of(cell))).collect();
        keys.iter().filter(|key| headings.iter().any(|(_, heading)| heading == *key)).count()
    };
    rows::all(page.grid).filter(|row| row.number >= bottom).find_map(|row| {
        let at = (row.number, row.first_column());
        match figures {
            // A table with months across has few rows.
            Some(figures) => {
                let is_month = |cell: &Cell| match cell {
                    Cell::Date(_) => true,
                    Cell::Text(text) if text.chars().any(char::is_alphabetic) || text.contains(['-', '/']) => {
                        months.read(cell).is_ok()
                    }
                    _ => false,
                };
                let found: Vec<RowColumn> = row
                    .placed()
                    .filter(|(column, _)| figures.contains(column))
                    .filter_map({
                        let mut is_month = is_month;
                        move |(column, cell)| is_month(cell).then_some((row.number, column))
                    })
                    .collect();
                (found.len() > 1 && !is_same(&row)).then(|| {
                    let cells: Vec<String> = found.iter().map(|(row, column)| address(*row, *column)).collect();
                    (
                        at,
                        format!(
                            "row {} holds months of its own ({}): another table begins there",
                            row.number + 1,
                            listed(&cells)
                        ),
                    )
                })
            }
            None => {
                // Only a row that begins with a heading is looked at whole: a long table has very many.
                let first =
                    row.cells().next().filter(|cell| matches!(cell, Cell::Text(_))).map(|cell| text::of(cell))?;
                let begins = headings.iter().any(|(_, key)| key.len() == first.len() && *key == text::key(&first));
                (begins && repeats(&row) > 1 && !is_same(&row)).then(|| {
                    (
                        at,
                        format!(
                            "row {} repeats the headings in other columns: another table begins there",
                            row.number + 1
                        ),
                    )
                })
            }
        }
    })
}

/// A column between those of figures that names what figures are about.
fn beside(page: &Page<'_>, header: &Header<'_>, figures: &BTreeSet<u32>) -> Option<(RowColumn, String)> {
    let (first, last) = (*figures.first()?, *figures.last()?);
    let naming: BTreeSet<String> =
        page.table.indicator_column.iter().map(|heading| text::key(heading.as_str())).collect();
    let is_naming = |heading: &str| {
        let key = text::key(heading);
        naming.contains(&key) || NAMING.contains(&key.as_str())
    };
    let (spot, heading) = header.headed().find(|((_, column), heading)| {
        (first..last).contains(column) && !figures.contains(column) && is_naming(heading)
    })?;
    let cell = address(spot.0, spot.1);
    Some((spot, format!("{cell} is headed \"{}\", between months: another table begins there", text::short(heading))))
}

/// F213: months that stand under different words, such as "Actual" and
/// "Forecast", where no indicator says under which its figures stand.
pub(super) fn check_headings(page: &Page<'_>, months: &[MonthColumn], report: &mut ReadReport) {
    if page.table.has_under() {
        return;
    }
    // "Q1" and "2025/26" over months are no measures.
    let is_word =
        |heading: &&MonthColumn| !heading.heading.is_empty() && !heading.heading.contains(|c: char| c.is_ascii_digit());
    let mut words: Vec<&str> = Vec::new();
    let mut first = None;
    for column in months.iter().filter(is_word) {
        if !words.iter().any(|word| text::key(word) == text::key(&column.heading)) {
            words.push(&column.heading);
            first = if words.len() == 2 { Some(column.at) } else { first };
        }
    }
    let bottom = page.table.header_rows.iter().max().copied().unwrap_or(1).saturating_sub(1);
    if let Some(column) = first {
        let shown: Vec<String> = words.iter().map(|word| format!("\"{}\"", text::short(word))).collect();
        report.at_cell(
            Code::MonthsUnderWords,
            (bottom, column),
            format!("months stand under {}, and all are read as one measure", listed(&shown)),
            "say under which heading the figures stand (`under` of the indicators in sources.toml)",
        );
    }
}
