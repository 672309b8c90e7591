//! Which sheets and rows were passed over, and why: a report that says what
//! was not looked at is worth more than one that says nothing was found.

use super::header::Header;
use super::report::ReadReport;
use super::{hidden, rows, sheet};
use crate::domain::layout::{Source, Table};
use crate::domain::period::Period;
use crate::workbook::{Book, Grid, Visibility};

/// What was read of a workbook and what was not.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Skipped {
    /// The sheets that were read; none where they are not there.
    pub sheet: Option<String>,
    /// Rows of its table that were read.
    pub rows_read: usize,
    /// Rows below its header that were not, by reason.
    pub rows: Vec<Rows>,
    /// Sheets that were not read, by reason.
    pub sheets: Vec<SkippedSheet>,
}

/// Rows that were passed over.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Rows {
    /// How many.
    pub count: usize,
    /// Why.
    pub why: &'static str,
}

/// A sheet that was passed over.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SkippedSheet {
    /// Its name.
    pub name: String,
    /// Why.
    pub why: &'static str,
}

/// What reading this source passes over in this book.
pub fn of(source: &Source, book: &Book) -> Skipped {
    // Only where the table is: what is wrong with it, reading itself says.
    let mut aside = ReadReport::new(source, "", Period::EARLIEST);
    let table = &source.table;
    let read = sheet::find(table, book, &mut aside);
    let names: Vec<String> = read.iter().map(|grid| grid.name.clone()).collect();
    let mut skipped = Skipped { sheet: (!names.is_empty()).then(|| names.join(", ")), ..Skipped::default() };
    for grid in book.sheets.iter().filter(|grid| !names.contains(&grid.name)) {
        let why = match grid.visibility {
            Visibility::Hidden => "hidden, and not declared",
            Visibility::Visible => "not declared",
        };
        skipped.sheets.push(SkippedSheet { name: grid.name.clone(), why });
    }
    for sheet in read {
        let grid = hidden::left_out(sheet, table, &mut aside);
        count_rows(&grid, table, &mut aside, &mut skipped);
    }
    skipped
}

/// Each reason on its own, by taking the layout's rules in one after another.
fn count_rows(grid: &Grid, table: &Table, aside: &mut ReadReport, skipped: &mut Skipped) {
    let header = Header::read(grid, &table.header_rows);
    let Some(filters) = rows::filters(&header, table, aside) else { return };
    let all = Table { drop_rows: Vec::new(), stop_at_blank_rows: 0, ..table.clone() };
    let undropped = Table { drop_rows: Vec::new(), ..table.clone() };
    let all = rows::body(grid, &all, &[]).count();
    let above_end = rows::body(grid, &undropped, &[]).count();
    let passing = rows::body(grid, &undropped, &filters).count();
    let passed = rows::body(grid, table, &filters).count();
    skipped.rows_read += passed;
    for (count, why) in [
        (all - above_end, "below the end of the table"),
        (above_end - passing, "do not pass `filter`"),
        (passing - passed, "match `drop_rows`"),
    ] {
        match skipped.rows.iter_mut().find(|rows| rows.why == why) {
            Some(rows) => rows.count += count,
            None if count > 0 => skipped.rows.push(Rows { count, why }),
            None => {}
        }
    }
}
