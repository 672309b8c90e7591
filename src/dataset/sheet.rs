//! Which sheet of the book is meant.

use super::report::{Report, listed};
use super::text::{key, nearest};
use crate::domain::finding::Code;
use crate::domain::layout::Table;
use crate::workbook::{Book, Grid, Visibility};

/// The declared sheet, hidden or not; where none is declared, the first that
/// is shown. A CSV file is its own only sheet, whatever the declaration says.
pub(super) fn find<'b>(table: &Table, book: &'b Book, report: &mut Report) -> Option<&'b Grid> {
    if book.format == "csv" {
        return book.sheets.first();
    }
    let Some(name) = &table.sheet else {
        let first = book.sheets.iter().find(|sheet| sheet.visibility == Visibility::Visible);
        if first.is_none() {
            report.at_sheet(
                Code::SheetMissing,
                format!("the workbook shows no sheet; found {}", sheets(book)),
                "unhide the sheet with the figures, or name it as `sheet` in sources.toml",
            );
        }
        return first;
    };
    let exact = book.sheets.iter().find(|sheet| sheet.name == *name);
    let found = exact.or_else(|| book.sheets.iter().find(|sheet| key(&sheet.name) == key(name)));
    if found.is_none() {
        let meant = nearest(name, book.sheets.iter().map(|sheet| sheet.name.as_str()));
        let hint = match meant {
            Some(meant) => format!(
                "name the sheet \"{name}\", or change `sheet` of {} in sources.toml; did you mean \"{meant}\"?",
                report.source()
            ),
            None => format!("name the sheet \"{name}\", or change `sheet` of {} in sources.toml", report.source()),
        };
        report.at_sheet(Code::SheetMissing, format!("no sheet is called \"{name}\"; found {}", sheets(book)), hint);
    }
    found
}

fn sheets(book: &Book) -> String {
    let names: Vec<String> = book
        .sheets
        .iter()
        .map(|sheet| {
            format!("\"{}\"{}", sheet.name, if sheet.visibility == Visibility::Hidden { " (hidden)" } else { "" })
        })
        .collect();
    listed(&names)
}
