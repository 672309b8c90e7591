//! F206: a sheet of people where none was declared.
//!
//! It is refused before any other cell is judged, so that no finding can quote
//! what stands in one.

use super::super::report::{Report, listed};
use super::super::text;
use super::columns::person_level;
use crate::domain::finding::Code;
use crate::workbook::{Cell, Grid, address};

/// Rows from the top in which a header may stand other than where it was declared.
const LOOKED_AT: u32 = 20;

/// Whether the sheet is a list of people, which is reported. One such column
/// in a declared header row is enough; elsewhere near the top two are asked
/// for, because a return on data quality may name "NHS number" in a row.
pub(in super::super) fn is_refused(grid: &Grid, header_rows: &[u32], report: &mut Report) -> bool {
    let rows = grid.cells.chunk_by(|a, b| a.0 == b.0);
    for row in rows.take_while(|row| row.first().is_some_and(|cell| looked_at(cell.0, header_rows))) {
        let texts: Vec<(u32, u32, String)> = row
            .iter()
            .filter(|(_, _, cell)| matches!(cell, Cell::Text(_)))
            .map(|(row, column, cell)| (*row, *column, text::of(cell).into_owned()))
            .collect();
        let headers: Vec<&str> = texts.iter().map(|(_, _, text)| text.as_str()).collect();
        let found = person_level(&headers);
        let Some((at, column, _)) = texts.iter().find(|(_, _, text)| found.contains(&text.as_str())) else { continue };
        if found.len() < 2 && !header_rows.contains(&(at + 1)) {
            continue;
        }
        let names: Vec<String> = found.iter().map(|header| format!("\"{}\"", text::short(header))).collect();
        let message = format!(
            "the sheet holds a row for each person: {} {} {}; expected figures only",
            address(*at, *column),
            if found.len() == 1 { "is headed" } else { "and others are headed" },
            listed(&names)
        );
        let hint = format!(
            "supply figures instead; or, to count indicators from the list and let nothing else of it through, write person_level = true for {} in sources.toml",
            report.source()
        );
        report.at_cell(Code::PersonLevel, (*at, *column), message, hint);
        return true;
    }
    false
}

fn looked_at(row: u32, header_rows: &[u32]) -> bool {
    row < LOOKED_AT || header_rows.iter().any(|header| row < *header)
}
