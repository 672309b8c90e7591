//! Numbers in a column of texts: a figure may have been pushed there.

use super::cell_mapping::CellMapping;
use super::header::Header;
use super::number;
use super::page::Page;
use super::report::{ReadReport, listed};
use super::rows::TableRow;
use super::text;
use crate::domain::finding::Code;
use crate::domain::layout::Orientation;
use crate::workbook::address;

/// Words in the heading of a column that holds no figures.
const TEXT_HEADINGS: [&str; 17] = [
    "action",
    "actions",
    "comment",
    "commentary",
    "comments",
    "direction",
    "dot",
    "explanation",
    "lead",
    "narrative",
    "note",
    "notes",
    "owner",
    "rag",
    "rating",
    "status",
    "update",
];

/// Whether a heading is that of a column of texts.
pub(super) fn is_text_heading(heading: &str) -> bool {
    let key = text::key(heading);
    key.split(|c: char| !c.is_alphanumeric()).any(|word| TEXT_HEADINGS.contains(&word))
}

/// F220: a number in a column of texts, in the row of an indicator: it may be a
/// figure that was pushed there.
pub(super) fn check(page: &Page<'_>, header: &Header<'_>, mappings: &[CellMapping<'_, '_>], report: &mut ReadReport) {
    if !matches!(page.table.orientation, Orientation::Wide | Orientation::Blocks | Orientation::Pairs) {
        return;
    }
    let mut rows: Vec<u32> = mappings.iter().map(|mapping| mapping.cells.spot().0).collect();
    rows.sort_unstable();
    rows.dedup();
    let rows: Vec<TableRow<'_>> = rows.into_iter().filter_map(|row| TableRow::at(page.grid, row)).collect();
    let headed = header.headed().filter(|(_, heading)| is_text_heading(heading));
    for ((_, column), heading) in headed {
        let held = || rows.iter().filter_map(|row| Some((row.number, row.cell(column)?)));
        let numbers: Vec<u32> = held().filter(|(_, cell)| number::number(cell).is_some()).map(|(row, _)| row).collect();
        let Some(first) = numbers.first().filter(|_| numbers.len() * 4 <= rows.len()) else { continue };
        let cells: Vec<String> = numbers.iter().map(|row| address(*row, column)).collect();
        let (holds, number) = if cells.len() == 1 { ("holds", "a number") } else { ("hold", "numbers") };
        let message = format!(
            "{} {holds} {number} under \"{}\", where other rows have none: figures may stand in the wrong columns",
            listed(&cells),
            text::short(heading)
        );
        report.at_cell(
            Code::NumberAmongTexts,
            (*first, column),
            message,
            "look whether the row's figures stand under their own months",
        );
    }
}
