//! Guesses on trial: each is read as it would be declared, and the one that
//! reads most of the figures, with the fewest faults, is the one to propose.

use std::cmp::Reverse;

use super::filter::Filter;
use super::guess::TableGuess;
use crate::dataset;
use crate::domain::Period;
use crate::domain::finding::{Code, Severity};
use crate::domain::observation::Spots;
use crate::workbook::{Book, Grid, Visibility};

/// Rows of a sheet that are read on trial: enough to tell the guesses apart.
const ROWS: u32 = 2000;

/// What a guess made of a sheet; more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct TrialOutcome {
    /// Whether each figure has one place; of several only the first is read.
    decided: bool,
    /// Cells that were read as figures, or as parts of one.
    read: usize,
    faults: Reverse<usize>,
    /// Whether the workbook says the years of its months.
    sure: bool,
}

/// The best of the guesses, the first where several are as good. An error
/// where none reads a figure, and no formula waits to be calculated: what the
/// first of them found, if it found something.
pub(super) fn best(
    guesses: Vec<TableGuess>,
    grid: &Grid,
    book: &Book,
    file: &str,
) -> Result<TableGuess, Option<String>> {
    let start = Grid {
        name: grid.name.clone(),
        visibility: Visibility::Visible,
        merges: grid.merges.clone(),
        cells: grid.cells.iter().take_while(|cell| cell.0 < ROWS).cloned().collect(),
        look: grid.look.clone(),
    };
    let book = Book { format: book.format, saved_by: None, sheets: vec![start] };
    let mut best: Option<(TrialOutcome, TableGuess)> = None;
    let mut first_fault = None;
    for guess in guesses {
        let Some((outcome, fault)) = outcome(&guess, &book, file) else { continue };
        first_fault = first_fault.or(fault);
        // What reads nothing is no guess, however sure.
        if best.as_ref().is_none_or(|(known, _)| (outcome.read > 0, outcome) > (known.read > 0, *known)) {
            best = Some((outcome, guess));
        }
    }
    let has_figures =
        |(outcome, guess): &(TrialOutcome, TableGuess)| outcome.read > 0 || guess.figures.uncalculated > 0;
    best.filter(has_figures).map(|(_, guess)| guess).ok_or(first_fault)
}

/// What a guess made of the sheet, and the first fault that it met.
fn outcome(guess: &TableGuess, book: &Book, file: &str) -> Option<(TrialOutcome, Option<String>)> {
    let (source, indicators) = guess.source()?;
    let indicators: Vec<_> = indicators.iter().collect();
    // So late that no month is one to come.
    let read = dataset::read(&source, &indicators, book, file, Period::new(2099, 12)?);
    let cells = |spots: Spots| [spots.value, spots.numerator, spots.denominator].into_iter().flatten().count();
    let figures = read.value.observations().filter(|seen| seen.reading.figure().is_some());
    // What is not there by 2099 is no fault of the guess.
    let is_fault = |code: Code| code != Code::SourceStale && code.policy().severity == Severity::Blocking;
    let faults: Vec<_> = read.findings.iter().filter(|finding| is_fault(finding.code)).collect();
    let outcome = TrialOutcome {
        decided: !matches!(guess.filter, Some(Filter::Undecided(_))),
        read: figures.map(|seen| cells(seen.cells)).sum(),
        faults: Reverse(faults.len()),
        sure: !guess.year_is_guess,
    };
    Some((outcome, faults.first().map(|fault| (*fault.message).to_owned())))
}
