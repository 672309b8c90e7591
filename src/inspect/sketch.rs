//! What each sheet of a workbook is.

use std::collections::BTreeMap;

use super::guess::{Sighted, TableGuess};
use super::rows::{SheetRow, letters, rows, words};
use super::{across, down, stacked, trial, unrecognised};
use crate::dataset::number::{Number, number};
use crate::dataset::person::columns::person_level;
use crate::domain::Period;
use crate::workbook::{Book, Cell, Grid, Look, Visibility, address};

/// Rows from the top in which a list of people may have its header.
const LOOKED_AT: usize = 30;

/// A workbook's sheets.
#[derive(Debug, Clone)]
pub struct Sketch {
    /// "xlsx", "xlsb", "xls", "ods" or "csv".
    pub format: &'static str,
    /// Its sheets in order.
    pub sheets: Vec<SheetSketch>,
}

/// One sheet.
#[derive(Debug, Clone)]
pub struct SheetSketch {
    /// Its name.
    pub name: String,
    /// Whether it is hidden.
    pub hidden: bool,
    /// Hidden rows and columns inside it: "rows 4 to 6", "column C".
    pub hidden_parts: Vec<String>,
    /// "A1:H11"; empty where it holds nothing.
    pub used: String,
    /// Cells that are not blank.
    pub cells: usize,
    /// Merged ranges and their text; empty for a list of people.
    pub merges: Vec<(String, String)>,
    /// Addresses of formulas without a saved value.
    pub uncalculated: Vec<String>,
    /// Addresses of cells that hold an error.
    pub errors: Vec<String>,
    /// Cells under a percent format.
    pub percents: usize,
    /// The columns of a list of people: letter, header, and the kind of cell below.
    pub people: Vec<(String, String, &'static str)>,
    /// The header row of a list of people, counted from 1.
    pub people_header: Option<u32>,
    /// Short texts among figures, and how many of each.
    pub markers: BTreeMap<String, usize>,
    /// Its table, if one was recognised; none of a list of people.
    pub(super) guess: Option<TableGuess>,
    /// Why none was recognised; empty where one was.
    pub(super) unrecognised: String,
}

impl Sketch {
    /// Looks at every sheet of the workbook with this name. `now` settles the
    /// year of months without one.
    pub fn of(book: &Book, file: &str, now: Period) -> Self {
        let of = |grid: &Grid| SheetSketch::of(grid, book, file, now);
        Self { format: book.format.as_str(), sheets: book.sheets.iter().map(of).collect() }
    }
}

impl SheetSketch {
    fn of(grid: &Grid, book: &Book, file: &str, now: Period) -> Self {
        let rows = rows(grid);
        let people = people(&rows);
        let guessed = if people.is_some() { Err(None) } else { guess(&Sighted::new(grid, &rows, file, now), book) };
        let unrecognised = guessed.as_ref().err().map(|fault| unrecognised::why(&rows, fault.as_deref()));
        let guess = guessed.ok();
        let cells = || rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.number, cell.0, cell.1)));
        let where_ = |is: &dyn Fn(&Cell) -> bool| {
            cells().filter(|cell| is(cell.2)).map(|cell| address(cell.0, cell.1)).collect::<Vec<_>>()
        };
        let is_error = |cell: &Cell| match cell {
            Cell::Error(_) => true,
            Cell::Text(text) => text.starts_with('#') && text.ends_with(['!', '?', 'A']),
            _ => false,
        };
        Self {
            name: grid.name.clone(),
            hidden: grid.visibility == Visibility::Hidden,
            hidden_parts: hidden_parts(&grid.look),
            used: used(&rows),
            cells: cells().count(),
            merges: if people.is_some() { Vec::new() } else { merges(grid) },
            uncalculated: where_(&|cell| *cell == Cell::Uncalculated),
            errors: where_(&is_error),
            percents: cells().filter(|cell| number(cell.2).is_some_and(Number::is_percent)).count(),
            people_header: people.and_then(|at| rows.get(at)).map(|row| row.number + 1),
            markers: guess.as_ref().map(|guess| guess.figures.markers.clone()).unwrap_or_default(),
            unrecognised: unrecognised.unwrap_or_default(),
            guess,
            people: people.map(|at| kinds(&rows, at)).unwrap_or_default(),
        }
    }

    /// Whether it is a list of people.
    pub fn is_people(&self) -> bool {
        self.people_header.is_some()
    }
}

/// The table that reads most of a sheet's figures; an error where none does,
/// with what stood in the way.
fn guess(sheet: &Sighted<'_>, book: &Book) -> Result<TableGuess, Option<String>> {
    let guesses = stacked::guesses(sheet).into_iter().chain(across::guesses(sheet)).chain(down::guesses(sheet));
    trial::best(guesses.collect(), sheet.grid, book, sheet.file)
}

fn hidden_parts(look: &Look) -> Vec<String> {
    let range = |one: &str, several: &str, from: String, to: String| {
        if from == to { format!("{one} {from}") } else { format!("{several} {from} to {to}") }
    };
    let rows =
        look.hidden_rows.iter().map(|(from, to)| range("row", "rows", (from + 1).to_string(), (to + 1).to_string()));
    let columns = look.hidden_columns.iter().map(|(from, to)| range("column", "columns", letters(*from), letters(*to)));
    rows.chain(columns).collect()
}

fn used(rows: &[SheetRow<'_>]) -> String {
    let columns = || rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.0));
    match (rows.first(), rows.last(), columns().min(), columns().max()) {
        (Some(first), Some(last), Some(left), Some(right)) => {
            format!("{}:{}", address(first.number, left), address(last.number, right))
        }
        _ => String::new(),
    }
}

fn merges(grid: &Grid) -> Vec<(String, String)> {
    let text_at = |row, column| {
        let at = grid.cells.binary_search_by_key(&(row, column), |cell| (cell.0, cell.1)).ok();
        at.and_then(|at| grid.cells.get(at)).map(|cell| words(&cell.2)).unwrap_or_default()
    };
    grid.merges
        .iter()
        .map(|merge| {
            let range = format!("{}:{}", address(merge.top, merge.left), address(merge.bottom, merge.right));
            (range, text_at(merge.top, merge.left))
        })
        .collect()
}

/// The header row of a list of people. One header of personal data is enough:
/// then no cell below it is shown.
fn people(rows: &[SheetRow<'_>]) -> Option<usize> {
    let found = |row: &SheetRow<'_>| {
        let texts: Vec<String> =
            row.cells.iter().filter(|cell| matches!(cell.1, Cell::Text(_))).map(|cell| words(cell.1)).collect();
        person_level(&texts.iter().map(String::as_str).collect::<Vec<_>>()).len()
    };
    rows.iter()
        .take(LOOKED_AT)
        .map(found)
        .enumerate()
        .filter(|(_, found)| *found > 0)
        .max_by_key(|(at, found)| (*found, std::cmp::Reverse(*at)))
        .map(|(at, _)| at)
}

fn kinds(rows: &[SheetRow<'_>], at: usize) -> Vec<(String, String, &'static str)> {
    let Some(header) = rows.get(at) else { return Vec::new() };
    let body = rows.get(at + 1..).unwrap_or_default();
    header
        .cells
        .iter()
        .map(|(column, cell)| {
            let kinds: Vec<&'static str> = body.iter().filter_map(|row| row.cell(*column)).filter_map(kind).collect();
            let kind = match kinds.as_slice() {
                [] => "nothing",
                [first, rest @ ..] if rest.iter().all(|kind| kind == first) => first,
                _ => "mixed",
            };
            (letters(*column), words(cell), kind)
        })
        .collect()
}

fn kind(cell: &Cell) -> Option<&'static str> {
    match cell {
        Cell::Text(_) if number(cell).is_some() => Some("number"),
        Cell::Text(text) if text == "#N/A" => None,
        Cell::Text(_) => Some("text"),
        Cell::Number { .. } | Cell::Masked { .. } => Some("number"),
        Cell::Date(_) => Some("date"),
        Cell::Bool(_) => Some("yes or no"),
        Cell::Error(_) | Cell::Uncalculated => None,
    }
}
