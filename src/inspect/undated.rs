//! Where rows say their months, and rows that say none: the month of the whole
//! sheet is said outside.

use super::figures::FigureTally;
use super::guess::{GuessedName, Sighted, TableGuess};
use super::outside;
use super::rows::{distinct, letters};
use crate::dataset::months::Month;
use crate::dataset::number::{Number, number};
use crate::domain::layout::{FinancialYear, Heading, Orientation, OutsideText, Table};
use crate::domain::period::Frequency;

/// More names than this are no indicators.
const NAMES: usize = 400;

/// Where the rows of a table say their months.
#[derive(Clone)]
pub(super) struct MonthsDown {
    pub(super) column: Option<u32>,
    pub(super) year: Option<u32>,
    pub(super) said: Option<OutsideText>,
    pub(super) formats: Vec<String>,
    pub(super) financial_year: Option<FinancialYear>,
    pub(super) year_is_guess: bool,
    /// The month of every row, where it is said outside.
    pub(super) all: Option<Month>,
}

/// The months that are said outside a table whose header's first row is this.
pub(super) fn months_outside(sheet: &Sighted<'_>, first: u32) -> Vec<MonthsDown> {
    let mut found = Vec::new();
    for said in outside::months(sheet, first) {
        let years = outside::years(sheet, first, false, said.stated.yearless());
        found.extend(years.into_iter().map(|(financial_year, year_is_guess)| MonthsDown {
            column: None,
            year: None,
            said: Some(said.text.clone()),
            formats: said.formats.clone(),
            financial_year,
            year_is_guess,
            all: said.stated.month(),
        }));
    }
    found
}

/// A name and a figure in every row, from the first, in a sheet whose month is
/// said outside.
pub(super) fn bare(sheet: &Sighted<'_>) -> Vec<TableGuess> {
    let Some(first) = sheet.rows.first() else { return Vec::new() };
    let name = first.cells.iter().find(|cell| number(cell.1).is_none()).map(|cell| cell.0);
    let Some(name) = name else { return Vec::new() };
    let Some(value) = first.cells.iter().find(|cell| cell.0 > name && number(cell.1).is_some()).map(|cell| cell.0)
    else {
        return Vec::new();
    };
    let named = || sheet.rows.iter().filter(|row| row.cell(name).is_some() && row.cell(value).is_some());
    let names = distinct(named().map(|row| row.text(name)));
    if names.len() * 2 < sheet.rows.len() || names.len() > NAMES {
        return Vec::new();
    }
    let figures = FigureTally::count(named().filter_map(|row| row.cell(value)));
    let heading = |column: u32| vec![Heading::Name(letters(column))];
    let guess = |months: MonthsDown| {
        let table = Table {
            orientation: Orientation::Long,
            header_rows: Vec::new(),
            month_said: months.said,
            month_formats: months.formats,
            financial_year: months.financial_year,
            indicator_column: heading(name),
            value_column: heading(value),
            percent: figures.style(),
            ..Table::default()
        };
        let percent = |wanted: &String| {
            let mut cells = named().filter(|row| row.text(name) == *wanted).filter_map(|row| row.cell(value));
            cells.any(|cell| number(cell).is_some_and(Number::is_percent))
        };
        let named = names.iter().map(|name| GuessedName::new(name, Frequency::Monthly, percent(name))).collect();
        let mut guess = TableGuess::new(table, named, figures.clone());
        guess.year_is_guess = months.year_is_guess;
        guess
    };
    months_outside(sheet, 0).into_iter().map(guess).collect()
}
