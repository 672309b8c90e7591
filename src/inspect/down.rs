//! Tables with months down the page, or with none: long and columns.

use std::collections::BTreeMap;

use super::figures::FigureTally;
use super::filter::{self, Filter};
use super::guess::{self, GuessedName, Sighted, TableGuess};
use super::months::{self, StatedSpan};
use super::naming::{is_code, is_council, is_place_code, naming};
use super::outside;
use super::roles::{Roles, with_parts};
use super::rows::{SheetRow, distinct};
use super::undated::{self, MonthsDown};
use crate::dataset::months::{Month, plain};
use crate::dataset::number::{Number, number};
use crate::dataset::sight;
use crate::dataset::years::YearLabel;
use crate::domain::layout::{Heading, Orientation, Table};
use crate::workbook::Cell;

/// Words that head a column of months.
const MONTH: [&str; 6] = ["month", "period", "date", "month ending", "reporting month", "time period"];
/// Words that head a column of years.
const YEAR: [&str; 6] = ["year", "time period", "period", "financial year", "academic year", "fy"];
/// Serial numbers of days between 2000 and 2049.
const SERIALS: std::ops::Range<i64> = 36_526..54_789;
/// Rows from the top in which a header is looked for.
const LOOKED_AT: usize = 40;
/// Headers that are tried: below the true one every row of texts looks like one.
const HEADERS: usize = 3;
/// More names than this are no indicators.
const NAMES: usize = 400;

/// Every way to read a table with a row for each month, or for each council or
/// indicator of one month.
pub(super) fn guesses(sheet: &Sighted<'_>) -> Vec<TableGuess> {
    let tables = (0..sheet.rows.len().min(LOOKED_AT)).filter_map(|at| DownTable::under(sheet, at));
    let mut found: Vec<TableGuess> =
        tables.map(|table| table.guesses()).filter(|found| !found.is_empty()).take(HEADERS).flatten().collect();
    found.extend(undated::bare(sheet));
    found
}

/// A header of texts and the rows below it.
struct DownTable<'s, 'g> {
    sheet: &'s Sighted<'g>,
    /// Its header rows, counted from 1.
    header_rows: Vec<u32>,
    body: &'s [SheetRow<'g>],
    /// Every column of the body and its heading; "" for one without.
    columns: Vec<(u32, String)>,
}

impl<'s, 'g> DownTable<'s, 'g> {
    fn under(sheet: &'s Sighted<'g>, at: usize) -> Option<Self> {
        let (header, body) = (sheet.rows.get(at)?, sheet.rows.get(at + 1..)?);
        let is_header = header.cells.len() > 1
            && header.cells.iter().all(|(_, cell)| {
                matches!(cell, Cell::Text(_)) && months::of_cell(cell).is_none() && number(cell).is_none()
            });
        if !is_header || body.is_empty() {
            return None;
        }
        let mut header_rows = vec![header.number + 1];
        // Headings that are alike are told apart by what is merged over them.
        let texts: Vec<String> = header.cells.iter().map(|(column, _)| header.text(*column)).collect();
        let above = at.checked_sub(1).and_then(|above| sheet.rows.get(above));
        if distinct(texts.iter().cloned()).len() < texts.len()
            && above.is_some_and(|above| above.number + 1 == header.number)
        {
            header_rows.insert(0, header.number);
        }
        let mut columns = sight::headings(sheet.grid, &header_rows);
        // Many tables leave the first column without a header.
        let first = header.cells.first().map_or(0, |cell| cell.0);
        let unheaded = (0..first).filter(|column| body.iter().any(|row| row.cell(*column).is_some()));
        columns.splice(0..0, unheaded.map(|column| (column, String::new())));
        Some(Self { sheet, header_rows, body, columns })
    }

    fn heading(&self, column: u32) -> String {
        self.columns.iter().find(|(at, _)| *at == column).map(|(_, heading)| heading.clone()).unwrap_or_default()
    }

    fn cells(&self, column: u32) -> impl Iterator<Item = &'g Cell> + '_ {
        self.body.iter().filter_map(move |row| row.cell(column))
    }

    fn guesses(&self) -> Vec<TableGuess> {
        let months = self.months();
        months.iter().flat_map(|months| self.with(months)).collect()
    }

    /// Everywhere that the months may be said, the surest first.
    fn months(&self) -> Vec<MonthsDown> {
        let first = self.header_rows.first().map_or(0, |row| row - 1);
        let mut found = Vec::new();
        for (column, heading) in &self.columns {
            if !self.is_month(*column, heading) {
                continue;
            }
            let mut formats = months::formats(self.cells(*column));
            if self.cells(*column).any(is_serial) && headed(heading, &MONTH) {
                formats.retain(|format| *format != "%Y");
                formats.push("serial");
            }
            let formats = self.sheet.formats(formats);
            let yearless = self.body.iter().rev().find_map(|row| months::of_cell(row.cell(*column)?)?.yearless());
            let new = |year, financial_year, year_is_guess| MonthsDown {
                column: Some(*column),
                year,
                said: None,
                formats: formats.clone(),
                financial_year,
                year_is_guess,
                all: None,
            };
            if yearless.is_some() {
                let years = self.columns.iter().filter(|(other, _)| other != column && self.is_year(*other));
                found.extend(years.map(|(year, _)| new(Some(*year), None, false)));
            }
            let years = outside::years(self.sheet, first, false, yearless);
            found.extend(years.into_iter().map(|(year, is_guess)| new(None, year, is_guess)));
        }
        if found.is_empty() {
            found.extend(undated::months_outside(self.sheet, first));
        }
        found
    }

    /// Whether most of a column's cells hold a month. Serial numbers and bare years
    /// count only under a header that promises them.
    fn is_month(&self, column: u32, heading: &str) -> bool {
        let cells: Vec<&Cell> = self.cells(column).collect();
        let is = |cell: &&&Cell| {
            months::of_cell(cell).is_some()
                || (headed(heading, &MONTH) && is_serial(cell))
                || (headed(heading, &YEAR) && months::is_year(cell))
        };
        let stated = cells.iter().filter(is).count();
        !cells.is_empty() && stated * 10 >= cells.len() * 6
    }

    /// Whether a column's cells are years alone.
    fn is_year(&self, column: u32) -> bool {
        let mut cells = self.cells(column).peekable();
        cells.peek().is_some() && cells.all(months::is_year)
    }

    fn with(&self, months: &MonthsDown) -> Vec<TableGuess> {
        let is_time = |column: u32| months.column == Some(column) || months.year == Some(column);
        let counts = |column: &u32, heading: &str| {
            let is_years = headed(heading, &YEAR) && self.is_year(*column);
            !is_time(*column) && !is_code(heading) && !is_years && self.cells(*column).any(is_figure)
        };
        let figures: Vec<(u32, String)> =
            self.columns.iter().filter(|(column, heading)| counts(column, heading)).cloned().collect();
        let texts: Vec<(u32, String)> = self
            .columns
            .iter()
            .filter(|(column, _)| !is_time(*column) && !figures.iter().any(|(other, _)| other == column))
            .cloned()
            .collect();
        let mut guesses = self.long(months, &figures, &texts);
        guesses.extend(self.by_column(months, &figures, &texts));
        guesses
    }

    /// What all guesses of these months declare.
    fn table(&self, months: &MonthsDown, orientation: Orientation) -> Table {
        let heading = |column: Option<u32>| column.map(|column| Heading::Name(self.heading(column)));
        Table {
            orientation,
            header_rows: self.header_rows.clone(),
            month_column: heading(months.column).into_iter().collect(),
            year_column: heading(months.year).into_iter().collect(),
            month_said: months.said.clone(),
            month_formats: months.formats.clone(),
            financial_year: months.financial_year.clone(),
            ..Table::default()
        }
    }

    /// What says the month of each row, by the row's number, for telling rows
    /// apart.
    fn keys(&self, months: &MonthsDown) -> BTreeMap<u32, Vec<String>> {
        let mut latest = String::new();
        let key = |row: &SheetRow<'_>| {
            let year = months.year.map(|year| {
                let typed = row.text(year);
                if !typed.is_empty() {
                    latest = typed;
                }
                latest.clone()
            });
            (row.number, months.column.map(|column| row.text(column)).into_iter().chain(year).collect())
        };
        self.body.iter().map(key).collect()
    }

    /// A row for each indicator and month.
    fn long(&self, months: &MonthsDown, figures: &[(u32, String)], texts: &[(u32, String)]) -> Vec<TableGuess> {
        let names = |column: u32| distinct(self.body.iter().map(|row| row.text(column)));
        let mut naming: Vec<(usize, &(u32, String))> = texts
            .iter()
            .filter(|(_, heading)| !is_council(heading) && !is_place_code(heading))
            .map(|column| (naming(&column.1, &names(column.0)), column))
            .filter(|(suits, _)| *suits > 0)
            .collect();
        naming.sort_by_key(|(suits, column)| (std::cmp::Reverse(*suits), column.0));
        let roles = Roles::find(figures);
        if roles.value.is_none() && (roles.numerator.is_none() || roles.denominator.is_none()) {
            return Vec::new();
        }
        let best = naming.first().map(|(suits, _)| *suits);
        naming.retain(|(suits, _)| Some(*suits) == best);
        naming.truncate(2);
        naming.into_iter().filter_map(|(_, column)| self.long_by(months, &roles, column, texts)).collect()
    }

    fn long_by(
        &self,
        months: &MonthsDown,
        roles: &Roles,
        (indicator, heading): &(u32, String),
        texts: &[(u32, String)],
    ) -> Option<TableGuess> {
        let others: Vec<(u32, String)> = texts.iter().filter(|(column, _)| column != indicator).cloned().collect();
        let keys = self.keys(months);
        let key = |row: &SheetRow<'_>| {
            let month = keys.get(&row.number).cloned().unwrap_or_default();
            std::iter::once(row.text(*indicator)).chain(month).collect::<Vec<String>>()
        };
        let filter = filter::find(&self.rows(), &key, &others);
        let rows = self.kept(filter.as_ref());
        let parts: Vec<u32> = [roles.value, roles.numerator, roles.denominator].into_iter().flatten().collect();
        let names = distinct(rows.iter().map(|row| row.text(*indicator)));
        if names.len() > NAMES {
            return None;
        }
        let named = names.iter().filter_map(|name| {
            let of_name: Vec<&SheetRow<'_>> =
                rows.iter().copied().filter(|row| row.text(*indicator) == *name).collect();
            self.named(name, &of_name, &parts, months)
        });
        let named: Vec<GuessedName> = named.collect();
        let figures = FigureTally::count(rows.iter().flat_map(|row| parts.iter().filter_map(|at| row.cell(*at))));
        let column = |column: Option<u32>| column.map(|at| Heading::Name(self.heading(at))).into_iter().collect();
        let table = Table {
            indicator_column: vec![Heading::Name(heading.clone())],
            value_column: column(roles.value),
            numerator_column: column(roles.numerator),
            denominator_column: column(roles.denominator),
            percent: figures.style(),
            ..self.table(months, Orientation::Long)
        };
        Some(self.filtered(TableGuess::new(table, named, figures), filter, months))
    }

    /// A column for each indicator.
    fn by_column(&self, months: &MonthsDown, figures: &[(u32, String)], texts: &[(u32, String)]) -> Option<TableGuess> {
        if figures.is_empty() || figures.len() > NAMES {
            return None;
        }
        let keys = self.keys(months);
        let filter = filter::find(&self.rows(), &|row| keys.get(&row.number).cloned().unwrap_or_default(), texts);
        let rows = self.kept(filter.as_ref());
        let named = figures.iter().filter_map(|(column, heading)| self.named(heading, &rows, &[*column], months));
        let named = with_parts(named.collect());
        let tally =
            FigureTally::count(rows.iter().flat_map(|row| figures.iter().filter_map(|(column, _)| row.cell(*column))));
        let table = Table { percent: tally.style(), ..self.table(months, Orientation::Columns) };
        Some(self.filtered(TableGuess::new(table, named, tally), filter, months))
    }

    fn rows(&self) -> Vec<&'s SheetRow<'g>> {
        self.body.iter().collect()
    }

    /// The rows that count.
    fn kept(&self, filter: Option<&Filter>) -> Vec<&'s SheetRow<'g>> {
        self.rows().into_iter().filter(|row| filter.is_none_or(|filter| filter.keeps(row))).collect()
    }

    fn filtered(&self, mut guess: TableGuess, filter: Option<Filter>, months: &MonthsDown) -> TableGuess {
        if let Some(Filter::By { header, word, .. }) = &filter {
            guess.table.filter.insert(header.clone(), word.clone());
        }
        guess.filter = filter;
        guess.year_is_guess = months.year_is_guess;
        guess
    }

    /// A name by its figures; none where it has none.
    fn named(&self, name: &str, rows: &[&SheetRow<'_>], columns: &[u32], months: &MonthsDown) -> Option<GuessedName> {
        let held = |row: &&&SheetRow<'_>| columns.iter().any(|column| row.cell(*column).is_some());
        let held: Vec<&SheetRow<'_>> = rows.iter().filter(held).copied().collect();
        let cells = || held.iter().flat_map(|row| columns.iter().filter_map(|column| row.cell(*column)));
        if held.is_empty() {
            return None;
        }
        let percent = cells().any(|cell| number(cell).is_some_and(Number::is_percent));
        let stated: Vec<Month> = held.iter().filter_map(|row| self.month(row, months)).collect();
        Some(GuessedName::new(name, guess::frequency(&stated), percent))
    }

    /// The month of a row, for its length and its place in a year.
    fn month(&self, row: &SheetRow<'_>, months: &MonthsDown) -> Option<Month> {
        let Some(column) = months.column else { return months.all };
        let cell = row.cell(column)?;
        let year = YearLabel::Financial(2000);
        let formats = || months.formats.iter().map(|name| crate::dataset::format::Format::new(name, Some(year)));
        match months::of_cell(cell).and_then(months::Stated::month) {
            Some(month) if months::span(month) != StatedSpan::Year => Some(month),
            _ => formats().find_map(|format| format.read(&plain(&super::rows::words(cell)), false)),
        }
    }
}

fn headed(heading: &str, words: &[&str]) -> bool {
    let key = heading.to_lowercase().replace('_', " ");
    words.contains(&key.as_str()) || words.iter().any(|word| key.ends_with(&format!(" {word}")))
}

fn is_serial(cell: &Cell) -> bool {
    use rust_decimal::prelude::ToPrimitive as _;
    let whole = number(cell).filter(|number| !number.is_percent() && number.value.is_integer());
    whole.and_then(|number| number.value.to_i64()).is_some_and(|day| SERIALS.contains(&day))
}

/// Whether a cell is a number, or a formula without a saved value.
fn is_figure(cell: &Cell) -> bool {
    number(cell).is_some() || *cell == Cell::Uncalculated
}
