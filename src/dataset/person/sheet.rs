//! The declared sheet, its headers and its rows.

use super::super::report::{ReadReport, listed};
use super::super::rows::TableRow;
use super::super::text::{self, key};
use super::columns::person_level;
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::person::PersonCount;
use crate::workbook::{Book, BookFormat, Grid};

/// A list of people.
pub(super) struct List<'g> {
    grid: &'g Grid,
    // Column, whole header, and its lowest part.
    headers: Vec<(u32, String, String)>,
    first: u32,
}

impl<'g> List<'g> {
    /// The sheet that an indicator is counted from; none, with findings, where
    /// it is not there or holds no row.
    pub(super) fn find(
        declared: &PersonCount,
        indicator: &Indicator,
        book: &'g Book,
        report: &mut ReadReport,
    ) -> Option<Self> {
        report.on_sheet(&declared.sheet);
        // A CSV file is its own only sheet.
        let meant = |sheet: &&Grid| book.format == BookFormat::Csv || key(&sheet.name) == key(&declared.sheet);
        let exact = book.sheets.iter().find(|sheet| sheet.name == declared.sheet);
        let Some(grid) = exact.or_else(|| book.sheets.iter().find(meant)) else {
            let names: Vec<String> = book.sheets.iter().map(|sheet| format!("\"{}\"", sheet.name)).collect();
            report.at_indicator(
                Code::SheetMissing,
                None,
                indicator,
                format!("no sheet is called \"{}\"; found {}", declared.sheet, listed(&names)),
                format!(
                    "name the sheet so, or change `sheet` of {} under `count` of {} in sources.toml",
                    indicator.reference,
                    report.source()
                ),
            );
            return None;
        };
        report.on_sheet(&grid.name);
        let list = Self { grid, headers: headers(grid, &declared.header_rows), first: last(&declared.header_rows) };
        if list.rows().next().is_none() {
            report.at_indicator(
                Code::SheetEmpty,
                None,
                indicator,
                "the list holds no row below its header; a count of nothing may be an export that failed",
                "export the list again, or check `sheet` and `header_rows` in sources.toml",
            );
            return None;
        }
        Some(list)
    }

    /// Its sheet's name.
    pub(super) fn name(&self) -> &'g str {
        &self.grid.name
    }

    /// Rows below the header that are not blank. One lone cell in a list of
    /// several columns is a note.
    pub(super) fn rows(&self) -> impl Iterator<Item = TableRow<'g>> + use<'g> {
        let lone = usize::from(self.headers.len() > 2);
        let from = self.grid.cells.partition_point(|cell| cell.0 < self.first);
        self.grid
            .cells
            .get(from..)
            .unwrap_or_default()
            .chunk_by(|a, b| a.0 == b.0)
            .filter(move |cells| cells.iter().filter(|cell| !text::of(&cell.2).is_empty()).nth(lone).is_some())
            .filter_map(TableRow::of)
    }

    /// The one column headed by one of the names; none, with a finding, else.
    pub(super) fn column(&self, names: &[String], indicator: &Indicator, report: &mut ReadReport) -> Option<u32> {
        let found = names.iter().map(|name| self.headed(&key(name))).find(|found| !found.is_empty());
        let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        match found.as_deref() {
            Some([only]) => return Some(*only),
            Some(several) => report.at_indicator(
                Code::HeaderMissing,
                several.first().map(|column| (self.first.saturating_sub(1), *column)),
                indicator,
                format!("{} columns are headed {}; expected one", several.len(), quoted.join(" or ")),
                "rename all but one of them",
            ),
            None => {
                let message = format!("no column is headed {} for {}", quoted.join(" or "), indicator.reference);
                report.at_indicator(Code::HeaderMissing, None, indicator, message, self.meant(names));
            }
        }
        None
    }

    fn headed(&self, name: &str) -> Vec<u32> {
        let by = |is: &dyn Fn(&(u32, String, String)) -> bool| {
            self.headers.iter().filter(|header| is(header)).map(|header| header.0).collect::<Vec<u32>>()
        };
        let whole = by(&|header| key(&header.1) == name);
        if whole.is_empty() { by(&|header| key(&header.2) == name) } else { whole }
    }

    /// What to do about a missing header. Where the rows declared as header
    /// are not one, they may be children's, and nothing of them is shown.
    fn meant(&self, names: &[String]) -> String {
        let all: Vec<&str> = self.headers.iter().map(|header| header.1.as_str()).collect();
        let near = names.iter().find_map(|name| text::nearest(name, all.iter().copied()));
        match near.filter(|_| !person_level(&all).is_empty()) {
            Some(near) => format!(
                "rename the column, or change the header in sources.toml; did you mean \"{}\"?",
                text::short(near)
            ),
            None => {
                "check `header_rows` and the header in sources.toml; `boardpack inspect` shows the headers there are"
                    .to_owned()
            }
        }
    }
}

fn last(header_rows: &[u32]) -> u32 {
    header_rows.iter().copied().max().unwrap_or(1)
}

fn headers(grid: &Grid, rows: &[u32]) -> Vec<(u32, String, String)> {
    let mut headers: Vec<(u32, String, String)> = Vec::new();
    for (row, column, cell) in grid.cells.iter().take_while(|cell| cell.0 < last(rows)) {
        let words = text::of(cell);
        if !rows.contains(&(row + 1)) || words.is_empty() {
            continue;
        }
        match headers.iter_mut().find(|header| header.0 == *column) {
            Some((_, whole, lowest)) => {
                whole.push(' ');
                whole.push_str(&words);
                words.as_ref().clone_into(lowest);
            }
            None => headers.push((*column, words.clone().into_owned(), words.into_owned())),
        }
    }
    headers
}
