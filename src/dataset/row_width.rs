//! Rows and columns that the header does not have.
//!
//! A comma inside a number or a text that nobody put quotation marks round
//! moves all that follows it one column on, and figures stand under other
//! headings. Spreadsheets have no such rows; there a column without a heading
//! is all that can go unseen.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::cell_mapping::CellMapping;
use super::checks::table::declared;
use super::header::Header;
use super::number;
use super::page::Page;
use super::report::{ReadReport, listed};
use super::rows::{self, TableRow};
use super::text;
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::Orientation;
use crate::workbook::{Cell, letters};

/// Rows on end that are narrower alike: a program that leaves out empty cells
/// does so in blocks of sixteen rows.
const ALIKE: usize = 16;
/// Rows from either end of a table that are searched for columns without a
/// heading: such a column has figures in most rows, and a large sheet has very many.
const SEARCHED: usize = 200;

/// F209 for rows, F210 for columns.
pub(super) fn check(
    page: &Page<'_>,
    mappings: &[CellMapping<'_, '_>],
    indicators: &[&Indicator],
    report: &mut ReadReport,
) {
    let table = page.table;
    let is_delimited = !page.grid.look.widths.is_empty();
    // Each block has a header and a width of its own.
    if table.orientation == Orientation::Blocks {
        return;
    }
    if table.header_rows.is_empty() {
        if is_delimited {
            check_without_header(page, report);
        }
        return;
    }
    let header = page.header();
    if is_delimited {
        let declared = declared(table, indicators).flat_map(|heading| header.find(&[heading]));
        let needed: BTreeSet<u32> = declared.chain(figures(mappings)).collect();
        let width = check_rows(page, header, &needed, report);
        check_cut(page, mappings, (&needed, width), report);
    }
    check_columns(page, header, mappings, report);
}

/// The columns that figures are read from.
pub(super) fn figures<'m>(mappings: &'m [CellMapping<'_, '_>]) -> impl Iterator<Item = u32> + 'm {
    // All rows of a table are read alike.
    let ends = mappings.iter().take(SEARCHED).chain(mappings.iter().rev().take(SEARCHED));
    ends.flat_map(|mapping| {
        let cells = mapping.cells;
        [cells.value, cells.numerator, cells.denominator, cells.not_due].into_iter().flatten().map(|cell| cell.spot.1)
    })
}

/// Where no header says how wide a table is, most rows do.
fn check_without_header(page: &Page<'_>, report: &mut ReadReport) {
    let look = &page.grid.look;
    let body: Vec<TableRow<'_>> = rows::body(page.grid, page.table, &[]).collect();
    let mut widths: Vec<u32> = body.iter().filter_map(|row| look.width(row.number)).collect();
    widths.sort_unstable();
    let usual = widths.chunk_by(|a, b| a == b).max_by_key(|run| run.len());
    let Some(usual) = usual.filter(|run| run.len() * 2 > widths.len()).and_then(|run| run.first()) else { return };
    let wider: Vec<&TableRow<'_>> = body.iter().filter(|row| row.last_column() >= *usual).collect();
    if let Some(first) = wider.first() {
        let rows: Vec<String> =
            wider.iter().map(|row| format!("row {} has {} cells", row.number + 1, row.last_column() + 1)).collect();
        report_rows(&rows, &format!("most rows have {usual}"), &cut_in(**first), report);
    }
}

/// Rows that are wider than their header, or narrower than it and than those
/// beside them. Gives how wide the header is.
fn check_rows(page: &Page<'_>, header: &Header<'_>, needed: &BTreeSet<u32>, report: &mut ReadReport) -> u32 {
    let look = &page.grid.look;
    let head_rows = page.table.header_rows.iter().filter_map(|row| row.checked_sub(1));
    let last_headed = header.headed().map(|(spot, _)| spot.1 + 1).max().unwrap_or(0);
    let width = head_rows.filter_map(|row| look.width(row)).max().unwrap_or(0).max(last_headed);
    let body: Vec<TableRow<'_>> = rows::body(page.grid, page.table, &[]).collect();
    let of = |row: &TableRow<'_>| look.width(row.number).unwrap_or(width);
    let told = |row: &TableRow<'_>| {
        // What is empty at the end of a row is no cell too many.
        format!("row {} has {} cells", row.number + 1, of(row).min(row.last_column() + 1).max(of(row).min(width)))
    };
    let wider: Vec<&TableRow<'_>> = body.iter().filter(|row| row.last_column() >= width).collect();
    if let Some(first) = wider.first() {
        let rows: Vec<String> = wider.iter().map(|row| told(row)).collect();
        report_rows(&rows, &format!("the header has {width}"), &cut_in(**first), report);
    }
    let mut narrower = Vec::new();
    for run in body.chunk_by(|a, b| of(a) == of(b)) {
        let Some(first) = run.first().filter(|row| of(row) < width) else { continue };
        let lacks = needed.range(of(first)..).next().is_some();
        let is_all = run.len() == body.len();
        if run.len() < ALIKE && (!is_all || lacks) {
            // A note below a table stands alone in its row.
            narrower.extend(run.iter().filter(|row| row.cells().count() > 1));
        }
    }
    if !narrower.is_empty() {
        let rows: Vec<String> = narrower.iter().copied().map(told).collect();
        report_rows(&rows, &format!("the header has {width}"), "", report);
    }
    width
}

fn report_rows(rows: &[String], expected: &str, cut: &str, report: &mut ReadReport) {
    let hint = "put quotation marks round what holds a comma, write numbers without one, or save the file from Excel as .xlsx; or supply the cells that are missing";
    report.at_sheet(Code::RowWidth, format!("{}; {expected}{cut}", listed(rows)), hint);
}

/// "; 1 and 234 may be one number, 1,234", of two neighbours in a row.
fn cut_in(row: TableRow<'_>) -> String {
    let cells: Vec<(u32, &Cell)> = row.placed().collect();
    let cut = cells.windows(2).find(|pair| pair[1].0 == pair[0].0 + 1 && is_cut(pair[0].1, pair[1].1));
    cut.map_or_else(String::new, |pair| {
        let [a, b] = [text::of(pair[0].1), text::of(pair[1].1)];
        format!("; {a} and {b} may be one number, {a},{b}")
    })
}

/// Whether two texts are the groups of one number: "1" and "234".
fn is_cut(first: &Cell, second: &Cell) -> bool {
    let (first, second) = (text::of(first), text::of(second));
    let head = first.trim_start_matches(['-', '\u{a3}']);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let tail = second.split_once('.').map_or(&*second, |(whole, _)| whole);
    (1..=3).contains(&head.len()) && digits(head) && !head.starts_with('0') && tail.len() == 3 && digits(tail)
}

/// Numbers that were cut in two without a row getting wider, because the cell
/// behind them was empty: behind a figure stands a group of three digits, in a
/// column that nothing is read from and that holds no other number.
fn check_cut(
    page: &Page<'_>,
    mappings: &[CellMapping<'_, '_>],
    (needed, width): (&BTreeSet<u32>, u32),
    report: &mut ReadReport,
) {
    check_noughts(page, mappings, width, report);
    check_longer(page, mappings, width, report);
    let columns: BTreeSet<u32> = figures(mappings).filter(|column| !needed.contains(&(column + 1))).collect();
    for column in columns {
        // A row that is wider has been told of.
        let rows = rows::body(page.grid, page.table, &[]).filter(|row| row.last_column() < width);
        let pairs = rows.map(|row| (row.number, row.cell(column), row.cell(column + 1))).collect::<Vec<_>>();
        let is_number = |cell: &Cell| text::of(cell).trim_end_matches('%').parse::<f64>().is_ok();
        let cut: Vec<_> = pairs
            .iter()
            .filter_map(|(row, first, second)| Some((row, (*first)?, (*second)?)))
            .filter(|(_, first, second)| is_cut(first, second))
            .collect();
        let numbers = pairs.iter().filter(|(_, _, second)| second.is_some_and(is_number)).count();
        if cut.is_empty() || numbers > cut.len() || cut.len() * 2 > pairs.len() {
            continue;
        }
        report_cut(cut.iter().map(|(row, first, second)| told_cut(**row, column, [first, second])).collect(), report);
    }
}

/// F209 for numbers that a comma cut in two, a row each.
fn report_cut(rows: Vec<String>, report: &mut ReadReport) {
    if !rows.is_empty() {
        report_rows(&rows, "expected a number without commas, or in quotation marks", "", report);
    }
}

fn told_cut(row: u32, column: u32, cells: [&Cell; 2]) -> String {
    let [a, b] = cells.map(text::of);
    format!("row {} has {a} in column {} and {b} behind it, which may be one number, {a},{b}", row + 1, letters(column))
}

/// The same where the row is longer than its header by the empty cells at its end,
/// and than most rows: what was cut moved them on.
fn check_longer(page: &Page<'_>, mappings: &[CellMapping<'_, '_>], width: u32, report: &mut ReadReport) {
    let look = &page.grid.look;
    let columns: BTreeSet<u32> = figures(mappings).collect();
    let body: Vec<TableRow<'_>> = rows::body(page.grid, page.table, &[]).collect();
    let is_longer =
        |row: &&TableRow<'_>| look.width(row.number).is_some_and(|fields| fields > width) && row.last_column() < width;
    let longer: Vec<&TableRow<'_>> = body.iter().filter(is_longer).collect();
    // A program that ends each row with a delimiter makes all of them longer.
    let are_few = longer.len() * 2 <= body.len();
    let cut = |row: &&TableRow<'_>| {
        columns.iter().find_map(|column| {
            let (first, second) = (row.cell(*column)?, row.cell(column + 1)?);
            // A nought at the front has been told of.
            let is_told = text::of(second).starts_with('0');
            let is_cut = !is_told && is_cut(first, second) && (are_few || is_out_of_line(**row, *column, &columns));
            is_cut.then(|| told_cut(row.number, *column, [first, second]))
        })
    };
    report_cut(longer.iter().filter_map(cut).collect(), report);
}

/// Whether the two halves together are near another figure of their row, of which
/// the first alone is a hundredth.
fn is_out_of_line(row: TableRow<'_>, column: u32, columns: &BTreeSet<u32>) -> bool {
    let value = |at: u32| row.cell(at).and_then(|cell| text::of(cell).parse::<f64>().ok());
    let (Some(first), Some(second)) = (value(column), value(column + 1)) else { return false };
    let whole = first * 1000.0 + second;
    let others = columns.iter().filter(|at| **at != column && **at != column + 1).filter_map(|at| value(*at));
    let is_near = |other: f64| (whole / 3.0..=whole * 3.0).contains(&other) && first * 100.0 <= other;
    others.into_iter().any(is_near)
}

/// The same whatever stands in the other rows: nobody types 50 as 050, so behind
/// one to three digits it is the end of a number.
fn check_noughts(page: &Page<'_>, mappings: &[CellMapping<'_, '_>], width: u32, report: &mut ReadReport) {
    let columns: BTreeSet<u32> = figures(mappings).collect();
    let cut = |row: &TableRow<'_>| {
        columns.iter().find_map(|column| {
            let (first, second) = (row.cell(*column)?, row.cell(column + 1)?);
            let is_end = text::of(second).starts_with('0') && is_cut(first, second);
            is_end.then(|| told_cut(row.number, *column, [first, second]))
        })
    };
    let rows = rows::body(page.grid, page.table, &[]).filter(|row| row.last_column() < width);
    report_cut(rows.filter_map(|row| cut(&row)).collect(), report);
}

/// Figures in a column without a heading, in the rows that are read.
fn check_columns(page: &Page<'_>, header: &Header<'_>, mappings: &[CellMapping<'_, '_>], report: &mut ReadReport) {
    let headed: BTreeSet<u32> = header.headed().map(|(spot, _)| spot.1).collect();
    let (Some(first), Some(last)) = (headed.first().copied(), headed.last().copied()) else { return };
    let read: BTreeSet<u32> = mappings
        .iter()
        .take(SEARCHED)
        .chain(mappings.iter().rev().take(SEARCHED))
        .map(|mapping| mapping.cells.spot().0)
        .collect();
    let used: BTreeSet<u32> = figures(mappings).collect();
    let mut held: BTreeMap<u32, Vec<(u32, Decimal)>> = BTreeMap::new();
    for row in read.iter().filter_map(|row| TableRow::at(page.grid, *row)) {
        for (column, cell) in row.placed().filter(|(column, _)| first < *column && *column <= last + 1) {
            if !headed.contains(&column)
                && !used.contains(&column)
                && let Some(number) = number::number(cell)
            {
                held.entry(column).or_default().push((row.number, number.value));
            }
        }
    }
    let unheaded: Vec<(u32, (u32, u32))> = held
        .into_iter()
        .filter(|(_, numbers)| !are_counted_off(numbers))
        .filter_map(|(column, numbers)| Some((column, (numbers.first()?.0, column))))
        .collect();
    if let Some((_, spot)) = unheaded.first() {
        let columns: Vec<String> = unheaded.iter().map(|(column, _)| letters(*column)).collect();
        let (noun, holds) = if columns.len() == 1 { ("column", "holds") } else { ("columns", "hold") };
        let message = format!(
            "{noun} {} {holds} figures and no heading, and {} left out",
            listed(&columns),
            if columns.len() == 1 { "is" } else { "are" }
        );
        report.at_cell(
            Code::ColumnUnread,
            *spot,
            message,
            "give it a heading; if it counts, the one that is declared in sources.toml",
        );
    }
}

/// Whether numbers only count the rows: 1, 2, 3.
fn are_counted_off(numbers: &[(u32, Decimal)]) -> bool {
    numbers.len() > 2 && numbers.windows(2).all(|pair| pair[1].1 - pair[0].1 == Decimal::ONE)
}
