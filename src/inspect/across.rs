//! Tables with months across: wide and pairs.

use super::figures::FigureTally;
use super::filter::{self, Filter};
use super::guess::{self, GuessedName, Sighted, TableGuess};
use super::months::{self, Stated, StatedSpan};
use super::naming::{naming, patterns_of};
use super::outside;
use super::parts;
use super::roles::RoleHeadings;
use super::rows::{SheetRow, distinct};
use crate::dataset::months::Month;
use crate::dataset::number::{Number, number};
use crate::dataset::sight::{self, SightedMonth};
use crate::domain::layout::{Heading, Orientation, PercentStyle, Table};
use crate::workbook::Cell;

/// Rows of months that are looked at: more than these are a list of dates.
const HEADERS: usize = 3;
/// More names than this are no indicators.
const NAMES: usize = 400;
/// Headings of figures that are no indicator's own.
const PLANNED: [&str; 7] = ["target", "targets", "plan", "planned", "forecast", "budget", "target for year"];
/// Rows of sums, which belong to no indicator.
const SUMS: [&str; 6] = ["total", "totals", "grand total", "sub-total", "subtotal", "average"];

/// Every way to read a table with months across.
pub(super) fn guesses(sheet: &Sighted<'_>) -> Vec<TableGuess> {
    let mut headers = headers(sheet.rows);
    headers.sort_by_key(|at| (std::cmp::Reverse(months::of_row(&sheet.rows[*at]).len()), *at));
    headers.truncate(HEADERS);
    headers.into_iter().flat_map(|at| under(sheet, at)).collect()
}

/// Rows that state two months or more, and no month below them.
pub(super) fn headers(rows: &[SheetRow<'_>]) -> Vec<usize> {
    let is_header = |at: &usize| {
        let stated = rows.get(*at).map(months::of_row).unwrap_or_default();
        let differ = stated.iter().any(|(_, month)| stated.first().is_some_and(|first| first.1 != *month));
        differ
            && rows.get(at + 1).is_some_and(|below| {
                let others = months::of_row(below);
                others.iter().all(|(column, _)| !stated.iter().any(|(other, _)| other == column))
            })
    };
    (0..rows.len()).filter(is_header).collect()
}

/// The rows that may make the heading whose months stand in row `at`, the
/// fewest first: that row, those above it, the one below it.
fn header_rows(sheet: &Sighted<'_>, at: usize, stated: &[(u32, Stated)]) -> Vec<Vec<usize>> {
    let rows = sheet.rows;
    let follows = |upper: usize, lower: usize| match (rows.get(upper), rows.get(lower)) {
        (Some(upper), Some(lower)) => upper.number + 1 == lower.number,
        _ => false,
    };
    let first = stated.first().map_or(0, |found| found.0);
    let is_over = |upper: usize| rows.get(upper).is_some_and(|row| row.cells.iter().any(|cell| cell.0 >= first));
    let mut sets = vec![vec![at]];
    if at > 0 && follows(at - 1, at) && is_over(at - 1) {
        sets.push(vec![at - 1, at]);
        if at > 1 && follows(at - 2, at - 1) && is_over(at - 2) {
            sets.push(vec![at - 2, at - 1, at]);
        }
    }
    // "Actual" and "Target" may stand below the months.
    let below = rows.get(at + 1).is_some_and(|row| {
        let over: Vec<&Cell> = row.cells.iter().filter(|cell| cell.0 >= first).map(|cell| cell.1).collect();
        over.len() > 1 && over.iter().all(|cell| matches!(cell, Cell::Text(_)) && number(cell).is_none())
    });
    if below && follows(at, at + 1) {
        let with_below = sets.iter().map(|set| set.iter().copied().chain([at + 1]).collect()).collect::<Vec<_>>();
        sets.extend(with_below);
    }
    sets
}

fn under(sheet: &Sighted<'_>, at: usize) -> Vec<TableGuess> {
    let Some(row) = sheet.rows.get(at) else { return Vec::new() };
    let stated = months::of_row(row);
    let mut guesses = Vec::new();
    for rows in header_rows(sheet, at, &stated) {
        for formats in formats(sheet, row, &stated) {
            let (Some(top), Some(bottom)) = (rows.first(), rows.last()) else { continue };
            let first = sheet.rows.get(*top).map_or(0, |row| row.number);
            let yearless = stated.iter().rev().find_map(|(_, stated)| stated.yearless());
            for (financial_year, is_guess) in outside::years(sheet, first, rows.len() > 1, yearless) {
                let header_rows = rows.iter().filter_map(|at| sheet.rows.get(*at)).map(|row| row.number + 1).collect();
                let table = Table {
                    orientation: Orientation::Wide,
                    header_rows,
                    month_formats: formats.clone(),
                    financial_year,
                    ..Table::default()
                };
                let first = stated.first().map_or(0, |found| found.0);
                let heading = AcrossHeading { sheet, table, bottom: *bottom, first };
                for mut guess in heading.guesses() {
                    guess.year_is_guess = is_guess;
                    guesses.push(guess);
                }
            }
        }
    }
    guesses
}

/// The formats of a row of months: those of its shortest times, then those of all.
fn formats(sheet: &Sighted<'_>, row: &SheetRow<'_>, stated: &[(u32, Stated)]) -> Vec<Vec<String>> {
    let span = |stated: Stated| stated.month().map_or(StatedSpan::Month, months::span);
    let shortest = stated.iter().map(|(_, stated)| span(*stated)).min();
    let of = |is: &dyn Fn(Stated) -> bool| {
        let cells = stated.iter().filter(|(_, stated)| is(*stated)).filter_map(|(column, _)| row.cell(*column));
        sheet.formats(months::formats(cells))
    };
    let mut sets = vec![of(&|stated| Some(span(stated)) == shortest), of(&|_| true)];
    sets.dedup();
    sets
}

/// A heading with months, and the rows below it.
struct AcrossHeading<'s, 'g> {
    sheet: &'s Sighted<'g>,
    table: Table,
    /// Its lowest row, by its place among the rows.
    bottom: usize,
    /// The first column of months.
    first: u32,
}

impl AcrossHeading<'_, '_> {
    fn guesses(&self) -> Vec<TableGuess> {
        let Some(source) = guess::source(self.table.clone()) else { return Vec::new() };
        let before: Vec<u32> = (0..self.first).collect();
        let columns = sight::months(&source, &before, self.sheet.grid, self.sheet.file);
        let end = headers(self.sheet.rows).into_iter().find(|at| *at > self.bottom).unwrap_or(self.sheet.rows.len());
        let body = self.sheet.rows.get(self.bottom + 1..end).unwrap_or_default();
        let body: Vec<&SheetRow<'_>> = body.iter().collect();
        let headings = sight::headings(self.sheet.grid, &self.table.header_rows);
        let mut naming: Vec<(usize, u32, String)> = before
            .iter()
            .map(|column| {
                let known = headings.iter().find(|(at, _)| at == column).map(|(_, heading)| heading.clone());
                (*column, known.unwrap_or_default())
            })
            .map(|(column, heading)| (naming(&heading, &names(&body, column, &columns)), column, heading))
            .filter(|(suits, ..)| *suits > 0)
            .collect();
        naming.sort_by_key(|(suits, column, _)| (std::cmp::Reverse(*suits), *column));
        let best = naming.first().map(|(suits, ..)| *suits);
        naming.retain(|(suits, ..)| Some(*suits) == best);
        naming.truncate(3);
        let each = naming.into_iter().flat_map(|(_, column, heading)| self.named(column, &heading, &columns, &body));
        each.collect()
    }

    /// The guesses by which one column names the rows.
    fn named(&self, column: u32, heading: &str, columns: &[SightedMonth], body: &[&SheetRow<'_>]) -> Vec<TableGuess> {
        let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return Vec::new() };
        let kept: Vec<&SheetRow<'_>> = body.iter().copied().filter(|row| !is_dropped(row, columns)).collect();
        let parts = parts::find(&kept, column, columns);
        let filter = if parts.is_none() { self.filter(column, &kept) } else { None };
        let kept: Vec<&SheetRow<'_>> =
            kept.into_iter().filter(|row| filter.as_ref().is_none_or(|filter| filter.keeps(row))).collect();
        let names = distinct(kept.iter().map(|row| row.text(column)));
        if names.is_empty() || names.len() > NAMES {
            return Vec::new();
        }
        let (named, passed_over) = under_headings(&names, column, columns, &kept);
        let is_read = |month: &SightedMonth| !passed_over.contains(&month.heading);
        let figures = FigureTally::count(
            kept.iter().flat_map(|row| cells(row, columns).filter(|(month, _)| is_read(month)).map(|(_, cell)| cell)),
        );
        let dropped = body.iter().filter(|row| is_dropped(row, columns)).map(|row| row.first());
        let by = filter.as_ref().and_then(|filter| match filter {
            Filter::By { header, word, .. } => Some((header.clone(), word.clone())),
            Filter::Undecided(_) => None,
        });
        let table = Table {
            indicator_column: vec![Heading::Name(heading.to_owned())],
            filter: by.into_iter().collect(),
            drop_rows: patterns_of(dropped, &kept.iter().map(|row| row.first()).collect::<Vec<_>>()),
            percent: figures.style(),
            ..self.table.clone()
        };
        let mut wide = TableGuess::new(table, named, figures);
        wide.months = Some((first.column, last.column));
        wide.passed_over = passed_over;
        wide.filter = filter;
        let Some(rows) = parts else { return vec![wide] };
        let mut pairs = wide.clone();
        pairs.table.orientation = Orientation::Pairs;
        pairs.table.parts = rows;
        pairs.names.iter_mut().for_each(|name| name.percent = true);
        vec![pairs, wide]
    }
}

impl AcrossHeading<'_, '_> {
    /// What tells several rows of one name apart, such as "Actual" and "Target", by
    /// a column before the months.
    fn filter(&self, column: u32, kept: &[&SheetRow<'_>]) -> Option<Filter> {
        let headings = sight::headings(self.sheet.grid, &self.table.header_rows);
        let others: Vec<(u32, String)> =
            headings.into_iter().filter(|(at, _)| *at < self.first && *at != column).collect();
        let key = |row: &SheetRow<'_>| vec![row.text(column)];
        // Where no column says, the rows may stand under blocks or headings of their own.
        filter::find(kept, &key, &others).filter(|filter| matches!(filter, Filter::By { .. }))
    }
}

/// The names of a column's rows that have figures.
fn names(body: &[&SheetRow<'_>], column: u32, columns: &[SightedMonth]) -> Vec<String> {
    distinct(body.iter().filter(|row| !is_dropped(row, columns)).map(|row| row.text(column)))
}

/// A row's cells under months.
fn cells<'s>(row: &'s SheetRow<'_>, columns: &'s [SightedMonth]) -> impl Iterator<Item = (&'s SightedMonth, &'s Cell)> {
    columns.iter().filter_map(|month| Some((month, row.cell(month.column)?)))
}

/// The names, each under every heading that its rows have figures under, where
/// the same month stands under several; and headings that are passed over.
fn under_headings(
    names: &[String],
    column: u32,
    columns: &[SightedMonth],
    kept: &[&SheetRow<'_>],
) -> (Vec<GuessedName>, Vec<String>) {
    let headings = distinct(columns.iter().map(|month| month.heading.clone()));
    let again = |month: &SightedMonth| columns.iter().filter(|other| other.month == month.month).count() > 1;
    let is_under = headings.len() > 1 && columns.iter().any(again);
    let has_figures = |heading: &String| {
        let of = || kept.iter().flat_map(|row| cells(row, columns)).filter(|(month, _)| month.heading == *heading);
        of().filter(|(_, cell)| number(cell).is_some()).count() * 2 >= of().count()
    };
    let (measured, planned): (Vec<String>, Vec<String>) = headings
        .into_iter()
        .partition(|heading| !PLANNED.contains(&heading.to_lowercase().as_str()) && has_figures(heading));
    let roles = RoleHeadings::of(&measured);
    let mut named = Vec::new();
    for name in names {
        let cells = || kept.iter().filter(|row| row.text(column) == *name).flat_map(|row| cells(row, columns));
        if !is_under {
            named.extend(guessed(name, cells()));
            continue;
        }
        if let Some(roles) = &roles {
            let heading = roles.value.as_ref().unwrap_or(&roles.numerator);
            let guess = guessed(name, cells().filter(|(month, _)| month.heading == *heading));
            named.extend(guess.map(|guess| GuessedName {
                under: roles.value.clone(),
                numerator: Some(roles.numerator.clone()),
                denominator: Some(roles.denominator.clone()),
                percent: true,
                ..guess
            }));
            continue;
        }
        for heading in &measured {
            let guess = guessed(name, cells().filter(|(month, _)| month.heading == *heading));
            named.extend(guess.map(|guess| GuessedName { under: Some(heading.clone()), ..guess }));
        }
    }
    (named, if is_under { planned } else { Vec::new() })
}

/// A name by its figures; none where it has none.
pub(super) fn guessed<'s>(
    name: &str,
    cells: impl Iterator<Item = (&'s SightedMonth, &'s Cell)>,
) -> Option<GuessedName> {
    let (months, cells): (Vec<Month>, Vec<&Cell>) = cells.map(|(month, cell)| (month.month, cell)).unzip();
    let percent = cells.iter().any(|cell| number(cell).is_some_and(Number::is_percent));
    (!months.is_empty()).then(|| GuessedName::new(name, guess::frequency(&months), percent))
}

/// Whether a row is a sum, a note, or a heading without figures between
/// indicators.
pub(super) fn is_dropped(row: &SheetRow<'_>, columns: &[SightedMonth]) -> bool {
    let first = row.first().to_lowercase();
    SUMS.contains(&first.trim_end_matches(':')) || columns.iter().all(|month| row.cell(month.column).is_none())
}

impl FigureTally {
    /// How bare percentages stand in its table, as far as that is clear.
    pub(super) fn style(&self) -> PercentStyle {
        if self.are_fractions() == Some(true) { PercentStyle::Fraction } else { PercentStyle::Auto }
    }
}
