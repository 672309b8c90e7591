//! Tables under one header row of texts: long, columns.

use rust_decimal::prelude::ToPrimitive;

use super::figures::FigureTally;
use super::filter;
use super::months;
use super::rows::{SheetRow, distinct};
use super::shape::{Headed, TableShape, naming};
use crate::dataset::number::number;
use crate::workbook::Cell;

/// Words that head a column of values, best first.
const VALUE: [&str; 10] =
    ["value", "result", "figure", "outcome", "actual", "performance", "percentage", "%", "rate", "score"];
/// Words that head a numerator.
pub(super) const NUMERATOR: [&str; 5] = ["numerator", "num", "number", "count", "children"];
/// Words that head a denominator.
pub(super) const DENOMINATOR: [&str; 6] = ["denominator", "den", "out of", "cohort", "total", "population"];
/// Words that head a column of months.
const MONTH: [&str; 6] = ["month", "period", "date", "month ending", "reporting month", "time period"];
/// Words that head a column of years alone.
const YEAR: [&str; 4] = ["year", "time period", "period", "financial year"];
/// Serial numbers of days between 2000 and 2049.
const SERIALS: std::ops::Range<i64> = 36_526..54_789;
/// Years that stand alone in a column of years.
const YEARS: std::ops::Range<i64> = 1990..2100;

/// The table whose months stand in a column, if the sheet has one.
pub(super) fn find(rows: &[SheetRow<'_>]) -> Option<TableShape> {
    (0..rows.len().min(30)).find_map(|at| under(rows, at))
}

fn under(rows: &[SheetRow<'_>], at: usize) -> Option<TableShape> {
    let (header, body) = (rows.get(at)?, rows.get(at + 1..)?);
    let is_header = header.cells.len() > 1
        && header.cells.iter().all(|(_, cell)| matches!(cell, Cell::Text(_)) && months::of_cell(cell).is_none());
    if !is_header || body.is_empty() {
        return None;
    }
    // Many tables leave the first column without a header.
    let first = header.cells.first().map_or(0, |cell| cell.0);
    let unheaded = (0..first).filter(|column| body.iter().any(|row| row.cell(*column).is_some()));
    let columns: Vec<u32> = unheaded.chain(header.cells.iter().map(|cell| cell.0)).collect();
    let month = *columns.iter().find(|column| is_month(header, body, **column))?;
    let figures: Vec<u32> =
        columns.iter().copied().filter(|column| *column != month && has_numbers(body, *column)).collect();
    let distinct = |column: u32| distinct(body.iter().map(|row| row.text(column)));
    let indicator = columns
        .iter()
        .copied()
        .filter(|column| *column != month && !figures.contains(column))
        .map(|column| (column, naming(&header.text(column), &distinct(column))))
        .filter(|(_, suits)| *suits > 0)
        .max_by_key(|(column, suits)| (*suits, std::cmp::Reverse(*column)))
        .map(|(column, _)| column);
    let roles = Roles::find(header, &figures);
    let filter = indicator.and_then(|indicator| {
        let taken = |column: &u32| *column == indicator || *column == month || figures.contains(column);
        let others: Vec<u32> = columns.iter().copied().filter(|column| !taken(column)).collect();
        filter::find(header, body, [indicator, month], &others)
    });
    let counts = |row: &&SheetRow<'_>| filter.as_ref().is_none_or(|filter| filter.keeps(header, row));
    let headed = |indicator: String, roles: &Roles, filter, names, columns: &[u32], body: &[&SheetRow<'_>]| Headed {
        header: header.number,
        month: header.text(month),
        formats: formats(body, month),
        filter,
        yearless: body.iter().rev().find_map(|row| months::of_cell(row.cell(month)?)?.yearless()),
        indicator,
        value: roles.value.map(|column| header.text(column)),
        numerator: roles.numerator.map(|column| header.text(column)),
        denominator: roles.denominator.map(|column| header.text(column)),
        names,
        figures: FigureTally::count(body.iter().flat_map(|row| columns.iter().filter_map(|column| row.cell(*column)))),
    };
    let is_ratio = roles.numerator.is_some() && roles.denominator.is_some();
    match indicator {
        Some(indicator) if roles.value.is_some() || is_ratio => {
            let parts: Vec<u32> = [roles.value, roles.numerator, roles.denominator].into_iter().flatten().collect();
            let kept: Vec<&SheetRow<'_>> = body.iter().filter(counts).collect();
            let names = super::rows::distinct(kept.iter().map(|row| row.text(indicator)));
            Some(TableShape::Long(headed(header.text(indicator), &roles, filter.clone(), names, &parts, &kept)))
        }
        _ if !figures.is_empty() => {
            let names = figures.iter().map(|column| header.text(*column)).collect();
            let all: Vec<&SheetRow<'_>> = body.iter().collect();
            Some(TableShape::Columns(headed(String::new(), &Roles::default(), None, names, &figures, &all)))
        }
        _ => None,
    }
}

/// What the columns of figures hold.
#[derive(Default)]
struct Roles {
    value: Option<u32>,
    numerator: Option<u32>,
    denominator: Option<u32>,
}

impl Roles {
    fn find(header: &SheetRow<'_>, figures: &[u32]) -> Self {
        let known = |words: &[&str]| {
            words.iter().find_map(|word| figures.iter().copied().find(|column| key(&header.text(*column)) == *word))
        };
        let mut roles = Self { value: known(&VALUE), numerator: known(&NUMERATOR), denominator: known(&DENOMINATOR) };
        let taken = [roles.value, roles.numerator, roles.denominator];
        let others: Vec<u32> = figures.iter().copied().filter(|column| !taken.contains(&Some(*column))).collect();
        match (taken, others.as_slice()) {
            // A sole column of figures is the value, whatever its header.
            ([None, None, None], [only]) => roles.value = Some(*only),
            // Where one part is known, the only other column is the other.
            ([Some(_), None, Some(_)], [only]) => roles.numerator = Some(*only),
            ([Some(_), Some(_), None], [only]) => roles.denominator = Some(*only),
            // "Number" alone is the figure itself.
            ([None, Some(number), None], []) => (roles.value, roles.numerator) = (Some(number), None),
            _ => {}
        }
        roles
    }
}

/// How the months of a column are written; empty where they are true dates.
fn formats(body: &[&SheetRow<'_>], month: u32) -> Vec<&'static str> {
    let typed: Vec<String> = body
        .iter()
        .filter(|row| matches!(row.cell(month), Some(Cell::Text(_))))
        .map(|row| row.text(month))
        .filter(|typed| months::of_text(typed).is_some())
        .collect();
    let mut formats = months::formats(typed.iter().map(String::as_str));
    if body.iter().any(|row| row.cell(month).is_some_and(is_serial)) {
        formats.push("serial");
    }
    if formats.is_empty() && body.iter().any(|row| row.cell(month).is_some_and(is_year)) {
        formats.push("%Y");
    }
    formats
}

/// Whether most of a column's cells hold a month. Serial numbers and bare years
/// count only under a header that promises them.
fn is_month(header: &SheetRow<'_>, body: &[SheetRow<'_>], column: u32) -> bool {
    let cells: Vec<&Cell> = body.iter().filter_map(|row| row.cell(column)).collect();
    let headed = MONTH.contains(&key(&header.text(column)).as_str());
    let yearly = YEAR.contains(&key(&header.text(column)).as_str());
    let is =
        |cell: &&&Cell| months::of_cell(cell).is_some() || (headed && is_serial(cell)) || (yearly && is_year(cell));
    let stated = cells.iter().filter(is).count();
    !cells.is_empty() && stated * 10 >= cells.len() * 6
}

fn is_serial(cell: &Cell) -> bool {
    whole(cell).is_some_and(|day| SERIALS.contains(&day))
}

fn is_year(cell: &Cell) -> bool {
    whole(cell).is_some_and(|year| YEARS.contains(&year))
}

/// A cell's whole number, where it is no percentage.
fn whole(cell: &Cell) -> Option<i64> {
    number(cell).filter(|number| !number.is_percent() && number.value.is_integer())?.value.to_i64()
}

/// Whether a column holds a number or a formula without a saved value.
fn has_numbers(body: &[SheetRow<'_>], column: u32) -> bool {
    body.iter().filter_map(|row| row.cell(column)).any(|cell| number(cell).is_some() || *cell == Cell::Uncalculated)
}

fn key(header: &str) -> String {
    header.to_lowercase().replace('_', " ")
}
