//! A second table in the sheet, under the first or beside it: its figures are
//! other months' or other indicators', whatever column they stand in.

mod beside;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use beside::MonthsAcross;

use super::cell_mapping::CellMapping;
use super::header::{Header, MonthColumn};
use super::page::Page;
use super::report::{ReadReport, RowColumn, listed};
use super::row_width;
use super::rows::{self, TableRow};
use super::text;
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::Orientation;
use crate::workbook::{Cell, address};

/// What to do about a second table.
pub(super) const APART: &str = "put each table on a sheet of its own, or declare the sheet as layout = \"blocks\" or its headings under `under` in sources.toml";

/// F212: rows below the header that are a header of their own. F212 and F215:
/// columns between those of figures in which another table begins.
pub(super) fn check(
    page: &Page<'_>,
    mappings: &[CellMapping<'_, '_>],
    indicators: &[&Indicator],
    report: &mut ReadReport,
) {
    let table = page.table;
    if table.orientation == Orientation::Blocks || table.header_rows.is_empty() || mappings.is_empty() {
        return;
    }
    let header = page.header();
    let is_across = matches!(table.orientation, Orientation::Wide | Orientation::Pairs);
    let figures: Option<BTreeSet<u32>> = is_across.then(|| row_width::figures(mappings).collect());
    if let Some((spot, found)) = below(page, header, figures.as_ref()) {
        report.at_cell(Code::SecondTable, spot, found, APART);
    }
    let is_down = table.orientation == Orientation::Columns;
    if let Some((spot, found)) = is_down.then(|| other_months(page, header, mappings)).flatten() {
        report.at_cell(Code::SecondTable, spot, found, APART);
    }
    if let Some(figures) = &figures {
        let naming = header.naming(&table.indicator_column, &mut report.aside()).unwrap_or_default();
        let body: Vec<TableRow<'_>> = rows::body(page.grid, table, &[]).collect();
        MonthsAcross { page, header, naming: &naming, figures, body: &body }.check(indicators, report);
    }
}

/// The first row below the header that has headings or months of its own.
fn below(page: &Page<'_>, header: &Header<'_>, figures: Option<&BTreeSet<u32>>) -> Option<(RowColumn, String)> {
    let bottom = page.table.header_rows.iter().max().copied().unwrap_or(0);
    let headings: HeadingKeys = header
        .headed()
        .map(|((_, column), heading)| (column, text::key(heading)))
        .filter(|(_, key)| !key.is_empty())
        .collect();
    let mut rows = rows::all(page.grid).filter(|row| row.number >= bottom);
    match figures {
        // A table with months across has few rows.
        Some(figures) => rows.find_map(|row| months_of_its_own(page, &headings, figures, row)),
        None => rows.find_map(|row| headings_of_its_own(&headings, row)),
    }
}

/// Rows of which a column must hold other months than the declared one does.
const OTHER_MONTHS: usize = 3;

/// A column between those of figures that holds months, other ones than the
/// declared column in most rows: what stands behind it may be of those.
fn other_months(page: &Page<'_>, header: &Header<'_>, mappings: &[CellMapping<'_, '_>]) -> Option<(RowColumn, String)> {
    let [declared] = header.find(&page.table.month_column)[..] else { return None };
    let figures: BTreeSet<u32> = row_width::figures(mappings).collect();
    let between = *figures.first()? + 1..*figures.last()?;
    let mut months = page.months();
    let mut counts: BTreeMap<u32, (u32, usize, usize)> = BTreeMap::new();
    for row in rows::body(page.grid, page.table, &[]) {
        let Some(Ok(own)) = row.cell(declared).map(|cell| months.read(cell)) else { continue };
        for (column, cell) in row.placed() {
            if column == declared || figures.contains(&column) || !between.contains(&column) || !is_dated(cell) {
                continue;
            }
            let Ok(other) = months.read(cell) else { continue };
            let (_, same, differ) = counts.entry(column).or_insert((row.number, 0, 0));
            *(if other == own { same } else { differ }) += 1;
        }
    }
    let (column, (first, ..)) =
        counts.into_iter().find(|(_, (_, same, differ))| *differ >= OTHER_MONTHS && differ > same)?;
    let place = address(first, column);
    Some((
        (first, column),
        format!("{place} and the cells below hold other months than the column of months: another table begins there"),
    ))
}

/// A header's columns and headings, in the form in which names are compared.
type HeadingKeys = Vec<(u32, String)>;

/// Whether a row is the header once more, as on a new page: that changes nothing.
fn is_header_again(headings: &HeadingKeys, row: TableRow<'_>) -> bool {
    row.placed()
        .all(|(column, cell)| headings.iter().any(|(at, key)| *at == column && *key == text::key(&text::of(cell))))
}

/// Whether a cell among figures may be a month: a number may be a day as Excel
/// counts them, and is a figure here.
fn is_dated(cell: &Cell) -> bool {
    match cell {
        Cell::Date(_) => true,
        Cell::Text(typed) => typed.contains(|c: char| c.is_alphabetic() || matches!(c, '-' | '/')),
        _ => false,
    }
}

fn months_of_its_own(
    page: &Page<'_>,
    headings: &HeadingKeys,
    figures: &BTreeSet<u32>,
    row: TableRow<'_>,
) -> Option<(RowColumn, String)> {
    let mut months = page.months();
    let mut is_month = |cell: &Cell| is_dated(cell) && months.read(cell).is_ok();
    let mut found: Vec<String> = Vec::new();
    for (column, cell) in row.placed().filter(|(column, _)| figures.contains(column)) {
        if is_month(cell) {
            found.push(address(row.number, column));
        }
    }
    (found.len() > 1 && !is_header_again(headings, row)).then(|| {
        let told =
            format!("row {} holds months of its own ({}): another table begins there", row.number + 1, listed(&found));
        ((row.number, row.first_column()), told)
    })
}

fn headings_of_its_own(headings: &HeadingKeys, row: TableRow<'_>) -> Option<(RowColumn, String)> {
    let heading = |cell: &Cell| {
        let typed = text::of(cell);
        matches!(cell, Cell::Text(_))
            && headings.iter().any(|(_, key)| key.len() == typed.len() && *key == text::key(&typed))
    };
    // Only a row that begins with a heading is looked at whole: a long table has very many.
    let begins = row.cells().next().is_some_and(heading);
    (begins && row.cells().filter(|cell| heading(cell)).count() > 1 && !is_header_again(headings, row)).then(|| {
        let told = format!("row {} repeats the headings in other columns: another table begins there", row.number + 1);
        ((row.number, row.first_column()), told)
    })
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
