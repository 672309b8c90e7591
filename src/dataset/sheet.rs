//! Which sheets of the book are meant.

use regex::Regex;

use super::header::Header;
use super::months::Months;
use super::report::{ReadReport, listed};
use super::text::{key, nearest};
use super::years::YearLabel;
use crate::domain::finding::Code;
use crate::domain::layout::{Heading, Hidden, Orientation, SheetRule, Table};
use crate::domain::period::Period;
use crate::workbook::{Book, BookFormat, Grid, Visibility};

/// The declared sheets; none, with a finding, where they are not there. A
/// sheet that is named is read however it is shown; a CSV file is its own only
/// sheet, whatever the declaration says.
pub(super) fn find<'b>(table: &Table, book: &'b Book, report: &mut ReadReport) -> Vec<&'b Grid> {
    if book.format == BookFormat::Csv {
        return book.sheets.iter().take(1).collect();
    }
    match &table.sheet {
        SheetRule::Named(name) => named(name, book, report).into_iter().collect(),
        SheetRule::First => {
            let first = book.sheets.iter().find(|sheet| is_shown(sheet, table));
            if first.is_none() {
                report.at_sheet(
                    Code::SheetMissing,
                    format!("the workbook shows no sheet; found {}", sheets(book)),
                    "unhide the sheet with the figures, or name it as `sheet` in sources.toml",
                );
            }
            let before = book.sheets.iter().take_while(|sheet| !is_shown(sheet, table));
            report_hidden(&before.collect::<Vec<_>>(), report);
            first.into_iter().collect()
        }
        SheetRule::Match(pattern) => match matching(pattern, table, book, report).as_slice() {
            [] => Vec::new(),
            [only] => vec![only],
            several => {
                let names: Vec<String> = several.iter().map(|sheet| format!("\"{}\"", sheet.name)).collect();
                report.at_sheet(
                    Code::SheetAmbiguous,
                    format!("{} sheets match /{pattern}/: {}; expected one", several.len(), listed(&names)),
                    "narrow `match`, hide or delete the others, or write `each` if all of them count",
                );
                Vec::new()
            }
        },
        SheetRule::Each(pattern) => matching(pattern, table, book, report),
    }
}

/// F225: the first sheet is read because none is declared, and another has the
/// declared headings too.
pub(super) fn report_unsaid(table: &Table, book: &Book, read: &[&Grid], report: &mut ReadReport) {
    let (SheetRule::First, Some(first)) = (&table.sheet, read.first()) else { return };
    let has_headings = |grid: &&Grid| {
        let header = Header::read(grid, &table.header_rows);
        let declared: Vec<&[Heading]> =
            [&table.indicator_column, &table.value_column, &table.month_column, &table.numerator_column]
                .into_iter()
                .map(Vec::as_slice)
                .filter(|names| !names.is_empty() && names.iter().all(|name| !name.as_str().is_empty()))
                .collect();
        let is_across = matches!(table.orientation, Orientation::Wide | Orientation::Pairs);
        let has_months = || {
            let year = Some(YearLabel::Financial(Period::EARLIEST.year()));
            let mut months = Months::new(&table.month_formats, &table.month_notes, year, false);
            header.headed().filter(|(_, heading)| months.text(heading).is_ok()).count() > 1
        };
        !declared.is_empty()
            && declared.into_iter().all(|names| !header.find(names).is_empty())
            && (!is_across || has_months())
    };
    let others: Vec<String> = book
        .sheets
        .iter()
        .filter(|grid| grid.name != first.name && is_shown(grid, table) && !table.header_rows.is_empty())
        .filter(has_headings)
        .map(|grid| format!("\"{}\"", grid.name))
        .collect();
    if !others.is_empty() {
        let message = format!(
            "\"{}\" is read, because it is the first sheet; {} has the same headings",
            first.name,
            listed(&others)
        );
        let hint = format!("name the sheet that is meant as `sheet` of {} in sources.toml", report.source());
        report.at_sheet(Code::SheetUnsaid, message, hint);
    }
}

fn is_shown(sheet: &Grid, table: &Table) -> bool {
    sheet.visibility == Visibility::Visible || table.hidden == Hidden::Read
}

/// The shown sheets whose names match; F201 where there is none.
fn matching<'b>(pattern: &Regex, table: &Table, book: &'b Book, report: &mut ReadReport) -> Vec<&'b Grid> {
    let matching = book.sheets.iter().filter(|sheet| pattern.is_match(&sheet.name));
    let (shown, hidden): (Vec<&Grid>, Vec<&Grid>) = matching.partition(|sheet| is_shown(sheet, table));
    report_hidden(&hidden, report);
    if shown.is_empty() {
        report.at_sheet(
            Code::SheetMissing,
            format!("no sheet that is shown matches /{pattern}/; found {}", sheets(book)),
            format!("rename or unhide the sheet, or change `sheet` of {} in sources.toml", report.source()),
        );
    }
    shown
}

/// F221, once for all of them; those without a cell are not worth a word.
fn report_hidden(sheets: &[&Grid], report: &mut ReadReport) {
    let names: Vec<String> =
        sheets.iter().filter(|sheet| !sheet.cells.is_empty()).map(|sheet| format!("\"{}\"", sheet.name)).collect();
    if !names.is_empty() {
        let (noun, is) = if names.len() == 1 { ("sheet", "is") } else { ("sheets", "are") };
        report.at_sheet(
            Code::HiddenSkipped,
            format!(
                "the {noun} {} {is} hidden and {} left out",
                listed(&names),
                if names.len() == 1 { "was" } else { "were" }
            ),
            "if it counts, unhide it, or declare hidden = \"read\" in sources.toml",
        );
    }
}

/// The sheet of this name, by its letters or without case.
fn named<'b>(name: &str, book: &'b Book, report: &mut ReadReport) -> Option<&'b Grid> {
    let exact = book.sheets.iter().find(|sheet| sheet.name == name);
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
