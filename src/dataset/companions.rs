//! What stands beside the months: targets, ratings, comments.
//!
//! Where a row was pushed along or drawn back, they stand under each other's
//! headings, and that gives it away: a colour under "Target", a figure under "RAG",
//! and a column of figures that holds none.

use std::collections::BTreeSet;

use super::cell_mapping::CellMapping;
use super::header::Header;
use super::number;
use super::page::Page;
use super::report::{ReadReport, RowColumn, listed};
use super::rows::{self, TableRow};
use super::text;
use crate::domain::finding::{Code, Severity};
use crate::domain::indicator::Indicator;
use crate::domain::layout::Orientation;
use crate::workbook::{Cell, address, letters};

/// What a column beside the months holds, by its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Companion {
    Figures,
    Rating,
    Words,
}

/// Words in the heading of a column of figures that are no month's.
const FIGURES: [&str; 19] = [
    "average",
    "avg",
    "baseline",
    "benchmark",
    "comparator",
    "england",
    "forecast",
    "mean",
    "national",
    "neighbour",
    "neighbours",
    "outturn",
    "plan",
    "region",
    "regional",
    "target",
    "targets",
    "total",
    "ytd",
];
/// Words in the heading of a column of ratings or arrows.
const RATINGS: [&str; 8] = ["colour", "direction", "dot", "rag", "rated", "rating", "status", "trend"];
/// Words in the heading of a column of texts.
const WORDS: [&str; 12] = [
    "action",
    "actions",
    "comment",
    "commentary",
    "comments",
    "explanation",
    "lead",
    "narrative",
    "note",
    "notes",
    "owner",
    "update",
];
/// Ratings as they are typed.
const COLOURS: [&str; 9] = ["red", "amber", "green", "blue", "grey", "r", "a", "g", "yellow"];
/// Whole numbers up to this may be codes for ratings, or the numbers of footnotes.
const CODES: i64 = 10;
/// The longest label of a row; more is a note.
const LABEL: usize = 40;
/// Rows from which on a column that is empty in all of them says something.
const SEVERAL: usize = 3;

impl Companion {
    /// None of a heading that says nothing of the kind.
    pub(super) fn of(heading: &str) -> Option<Self> {
        let key = text::key(heading);
        let words: Vec<&str> = key.split(|c: char| !c.is_alphanumeric()).collect();
        let is = |list: &[&str]| words.iter().any(|word| list.contains(word));
        // "RAG against target" is a rating, "Comment on target" a comment.
        match (is(&WORDS), is(&RATINGS), is(&FIGURES) || key.contains("year to date")) {
            (true, ..) => Some(Self::Words),
            (_, true, _) => Some(Self::Rating),
            (.., true) => Some(Self::Figures),
            _ => None,
        }
    }
}

/// Whether a heading is that of a column without figures.
pub(super) fn is_text_heading(heading: &str) -> bool {
    matches!(Companion::of(heading), Some(Companion::Words | Companion::Rating))
}

/// A table's rows with figures, and the columns beside its months.
struct Companions<'g, 'i> {
    rows: Vec<(TableRow<'g>, &'i Indicator)>,
    columns: Vec<(u32, Companion, String)>,
    /// The columns of figures, and the last that has a heading.
    figures: BTreeSet<u32>,
    last: u32,
}

/// F218 to F220, the surest alone; gives whether anything was found.
pub(super) fn check(
    page: &Page<'_>,
    header: &Header<'_>,
    mappings: &[CellMapping<'_, '_>],
    report: &mut ReadReport,
) -> bool {
    if page.table.orientation == Orientation::Columns {
        return report_empty_row(page, mappings, report);
    }
    if !header.headed().any(|(_, heading)| Companion::of(heading).is_some()) {
        return false;
    }
    // A long table has many rows: what is printed first is looked at.
    let newest: Vec<CellMapping<'_, '_>>;
    let is_long = page.table.orientation == Orientation::Long;
    let mappings = if is_long {
        newest = mappings
            .iter()
            .filter(|mapping| mapping.month == mapping.indicator.latest_due(report.period))
            .copied()
            .collect();
        &newest
    } else {
        mappings
    };
    let companions = Companions::of(page, header, mappings, report);
    let pushed = companions.colours();
    if !pushed.is_empty() {
        companions.report(&pushed, report);
        return true;
    }
    if is_long {
        return false;
    }
    companions.report_numbers(report) || companions.report_empty(header, report)
}

/// F219 of a table with months down: a row of targets or the like below them that
/// holds nothing.
fn report_empty_row(page: &Page<'_>, mappings: &[CellMapping<'_, '_>], report: &mut ReadReport) -> bool {
    let last = mappings.iter().map(|mapping| mapping.cells.spot().0).max();
    let several = mappings.iter().map(|mapping| mapping.cells.spot().1).collect::<BTreeSet<u32>>().len() >= SEVERAL;
    let below = rows::all(page.grid).filter(|row| several && last.is_some_and(|last| row.number > last));
    let is_label = |cell: &Cell| matches!(cell, Cell::Text(label) if label.len() <= LABEL && Companion::of(label) == Some(Companion::Figures));
    let mut empty = below.filter(|row| {
        row.cells().next().is_some_and(is_label) && row.cells().all(|cell| number::number(cell).is_none())
    });
    let Some(row) = empty.next() else { return false };
    let label = row.cells().next().map(|cell| text::short(&text::of(cell))).unwrap_or_default();
    let message = format!(
        "row {}, \"{label}\", holds no figure: if it did, a cell was deleted in each column, and the newest month may hold what stood below it",
        row.number + 1
    );
    report.at_cell(
        Code::ColumnEmpty,
        (row.number, row.first_column()),
        message,
        "look whether the figures stand in their own months",
    );
    report.lower_last(Severity::Note);
    true
}

impl<'g, 'i> Companions<'g, 'i> {
    fn of(page: &Page<'g>, header: &Header<'_>, mappings: &[CellMapping<'_, 'i>], report: &mut ReadReport) -> Self {
        let mut figures: BTreeSet<u32> = BTreeSet::new();
        let mut numbers: Vec<(u32, &Indicator)> = Vec::new();
        for mapping in mappings {
            for given in mapping.cells.given() {
                figures.insert(given.spot.1);
                numbers.push((given.spot.0, mapping.indicator));
            }
        }
        numbers.sort_by_key(|(row, _)| *row);
        numbers.dedup_by_key(|(row, _)| *row);
        let filters: BTreeSet<u32> = rows::filters(header, page.table, &mut report.aside())
            .into_iter()
            .flatten()
            .map(|(column, _)| column)
            .collect();
        let columns = header
            .headed()
            .filter(|((_, column), _)| !figures.contains(column) && !filters.contains(column))
            .filter_map(|((_, column), heading)| Some((column, Companion::of(heading)?, text::short(heading))))
            .collect();
        let rows = numbers.into_iter().filter_map(|(row, of)| Some((TableRow::at(page.grid, row)?, of))).collect();
        let last = header.headed().map(|((_, column), _)| column).max().unwrap_or(0);
        Self { rows, columns, figures, last }
    }

    fn cells(&self, row: TableRow<'g>) -> impl Iterator<Item = (&(u32, Companion, String), &'g Cell)> {
        self.columns.iter().filter_map(move |column| Some((column, row.cell(column.0)?)))
    }

    /// Cells that hold a colour under a heading of figures; or under one of texts,
    /// where the column of ratings holds none.
    fn colours(&self) -> Vec<(RowColumn, &'i Indicator, String)> {
        let has_ratings = self.columns.iter().any(|column| column.1 == Companion::Rating);
        let of_row = |(row, of): &(TableRow<'g>, &'i Indicator)| {
            let colours = || self.cells(*row).filter(|(_, cell)| is_colour(cell));
            let is_rated = colours().any(|(column, _)| column.1 == Companion::Rating);
            let in_place = |companion: Companion| self.cells(*row).filter(move |(column, _)| column.1 == companion);
            // A comment that stands under its own heading was not moved.
            let is_commented =
                in_place(Companion::Words).any(|(_, cell)| matches!(cell, Cell::Text(_)) && !is_colour(cell));
            // Nobody types a figure under "RAG", or goes on behind the last heading.
            let is_odd = in_place(Companion::Rating).any(|(_, cell)| is_figure(cell))
                || (row.last_column() > self.last && row.cell(row.last_column()).is_some_and(|cell| !is_figure(cell)));
            let misplaced = |companion: Companion| match companion {
                Companion::Figures => !is_rated && !is_commented,
                Companion::Words => has_ratings && !is_rated && is_odd,
                Companion::Rating => false,
            };
            let (column, cell) = colours().find(|(column, _)| misplaced(column.1))?;
            let spot = (row.number, column.0);
            let told = format!("{} holds \"{}\" under \"{}\"", address(spot.0, spot.1), text::of(cell), column.2);
            Some((spot, *of, told))
        };
        self.rows.iter().filter_map(of_row).collect()
    }

    /// F218, once where it is most of the rows.
    fn report(&self, pushed: &[(RowColumn, &'i Indicator, String)], report: &mut ReadReport) {
        let hint = "see under which headings the row's figures belong: a cell was inserted or deleted in it";
        if let Some((spot, _, told)) = pushed.first().filter(|_| pushed.len() * 2 > self.rows.len()) {
            let rows = crate::words::count(pushed.len(), "row", "rows");
            let message = format!(
                "{told}, and so in {rows}: figures and headings seem to be pushed against each other, and each figure may be read as its neighbour's"
            );
            return report.at_cell(Code::Shifted, *spot, message, hint);
        }
        for (spot, of, told) in pushed {
            let message = format!(
                "{told}: row {} seems to be pushed along, and each figure may be read as its neighbour's",
                spot.0 + 1
            );
            report.at_indicator(Code::Shifted, Some(*spot), of, message, hint);
        }
    }

    /// F218 where most rows hold figures under a heading of texts and a column of
    /// figures holds none; else F220.
    fn report_numbers(&self, report: &mut ReadReport) -> bool {
        for (column, _, heading) in self.columns.iter().filter(|column| column.1 != Companion::Figures) {
            let spots: Vec<RowColumn> = self
                .rows
                .iter()
                .filter(|(row, _)| row.cell(*column).is_some_and(|cell| is_figure(cell) && self.fits(*row, cell)))
                .map(|(row, _)| (row.number, *column))
                .collect();
            let Some(first) = spots.first() else { continue };
            let cells: Vec<String> = spots.iter().map(|spot| address(spot.0, spot.1)).collect();
            let (holds, number) = if cells.len() == 1 { ("holds", "a figure") } else { ("hold", "figures") };
            let told = format!("{} {holds} {number} under \"{heading}\"", listed(&cells));
            let empty = self.empty().filter(|_| spots.len() * 2 > self.rows.len());
            if let Some((other, named)) = empty {
                let message = format!(
                    "{told}, and column {}, \"{named}\", holds none: figures and headings seem to be pushed against each other",
                    letters(other)
                );
                report.at_cell(Code::Shifted, *first, message, "see under which headings the figures belong");
            } else {
                let message = format!("{told}: figures may stand in the wrong columns");
                report.at_cell(
                    Code::NumberAmongTexts,
                    *first,
                    message,
                    "look whether the row's figures stand under their own months",
                );
            }
            return true;
        }
        false
    }

    /// Whether a number is like the figures of its row, and no year or footnote.
    fn fits(&self, row: TableRow<'_>, cell: &Cell) -> bool {
        let of_row = self.figures.iter().filter_map(|column| row.cell(*column));
        number::is_like(cell, of_row)
    }

    /// F219: a column of figures beside the months that holds nothing in any row.
    fn report_empty(&self, header: &Header<'_>, report: &mut ReadReport) -> bool {
        let Some((column, heading)) = self.empty() else { return false };
        let spot = header.headed().map(|(spot, _)| spot).find(|spot| spot.1 == column).unwrap_or((0, column));
        let message = format!(
            "column {}, \"{heading}\", holds no figure in any row: if it did, a cell was deleted in each row, and the newest month may hold what stood beside it",
            letters(column)
        );
        report.at_cell(Code::ColumnEmpty, spot, message, "look whether the figures stand under their own months");
        report.lower_last(Severity::Note);
        true
    }

    /// The first column of figures that is empty in every row, of several rows.
    fn empty(&self) -> Option<(u32, &str)> {
        let is_empty = |column: &&(u32, Companion, String)| {
            column.1 == Companion::Figures && self.rows.iter().all(|(row, _)| row.cell(column.0).is_none())
        };
        let found = self.columns.iter().find(is_empty).filter(|_| self.rows.len() >= SEVERAL)?;
        Some((found.0, &found.2))
    }
}

fn is_colour(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(typed) if COLOURS.contains(&text::key(typed).as_str()))
}

/// Whether a cell holds a number that is no code.
fn is_figure(cell: &Cell) -> bool {
    let is_code = |number: number::Number| number.value.is_integer() && number.value.abs() <= CODES.into();
    number::number(cell).is_some_and(|number| !is_code(number))
}
