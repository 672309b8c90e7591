//! One sheet on its way to mappings: its cells, and what is said outside its table.

use std::cell::OnceCell;

use regex::Regex;

use super::header::{Header, Levels};
use super::months::{self, Month, Months, Unreadable};
use super::report::ReadReport;
use super::text;
use super::titled;
use super::years::{self, YearLabel};
use crate::domain::finding::Code;
use crate::domain::layout::{FinancialYear, Outside, OutsideText, Table};
use crate::domain::period::financial_year_start;
use crate::workbook::{Cell, Grid};

/// Rows of a sheet without a header that may hold its title.
const TITLE_ROWS: u32 = 10;

/// A sheet, its declaration and the year of its months.
pub(super) struct Page<'g> {
    pub(super) grid: &'g Grid,
    pub(super) table: &'g Table,
    file: &'g str,
    year: Option<YearLabel>,
    header: OnceCell<Header<'g>>,
}

impl<'g> Page<'g> {
    /// The page; none, with a finding (F204), where the year that its months
    /// need is not said.
    pub(super) fn open(grid: &'g Grid, table: &'g Table, file: &'g str, report: &mut ReadReport) -> Option<Self> {
        let mut page = Self { grid, table, file, year: None, header: OnceCell::new() };
        page.year = match &table.financial_year {
            // Each month's own heading says it, or no month needs it.
            None | Some(FinancialYear::Above) => None,
            Some(FinancialYear::From(year)) => Some(YearLabel::Financial(*year)),
            Some(FinancialYear::Said(outside)) => {
                let text = page.outside_text(outside);
                let year = text.as_deref().and_then(financial_year_start);
                if year.is_none() && !page.has_years_above() {
                    let message = format!(
                        "found {} {}; expected the financial year, such as 2026/27",
                        text.map_or_else(
                            || "nothing that matches".to_owned(),
                            |text| format!("\"{}\"", text::short(&text))
                        ),
                        place_words(outside.place)
                    );
                    report.at_sheet(
                        Code::MonthUnreadable,
                        message,
                        "write the year there, or mend `month.financial_year` in sources.toml",
                    );
                    return None;
                }
                year.map(YearLabel::Financial)
            }
        };
        Some(page)
    }

    /// The header in the declared rows, read once; a block has one of its own.
    pub(super) fn header(&self) -> &Header<'g> {
        self.header.get_or_init(|| Header::read(self.grid, &self.table.header_rows))
    }

    /// A reader of this sheet's months.
    pub(super) fn months(&self) -> Months<'g> {
        let table = self.table;
        Months::new(&table.month_formats, &table.month_notes, self.year, self.grid.look.from_1904)
    }

    /// How months are read off a heading of several levels.
    pub(super) fn levels(&self) -> Levels {
        Levels::of(self.table)
    }

    /// Whether a row of the header holds financial years.
    fn has_years_above(&self) -> bool {
        let is_header = |row: u32| self.table.header_rows.contains(&(row + 1));
        let last = self.table.header_rows.iter().max().copied().unwrap_or(0);
        let mut above = self.grid.cells.iter().take_while(|(row, _, _)| *row < last).filter(|cell| is_header(cell.0));
        above.any(|(_, _, cell)| years::of_text(&text::of(cell)).is_some_and(|year| year.financial().is_some()))
    }

    /// The month of the whole sheet; a finding (F204) where it cannot be read.
    pub(super) fn month(&self, outside: &OutsideText, report: &mut ReadReport) -> Option<Month> {
        let mut months = self.months();
        let text = self.outside_text(outside);
        let read = text.as_deref().map_or(Err(Unreadable::Unknown), |text| months.text(text));
        let found = text
            .as_ref()
            .map_or_else(|| "nothing that matches".to_owned(), |text| format!("\"{}\"", text::short(text)));
        let place = place_words(outside.place);
        let message = match read {
            Ok(month) => {
                self.report_titled(outside, month, report);
                return Some(month);
            }
            Err(Unreadable::Ambiguous(readings)) => format!("found {found} {place}, which may be {readings}"),
            Err(Unreadable::Unknown) => format!("found {found} {place}; expected a month, {}", months.expected()),
        };
        let add = months::add_format(text.as_deref().unwrap_or_default());
        let hint = match outside.place {
            Outside::Sheet => format!("name the sheet after its month, narrow `sheet`, or {add}"),
            _ => format!("mend the name or the title, or {add}"),
        };
        report.at_sheet(Code::MonthUnreadable, message, hint);
        None
    }

    /// F410: a title, or the sheet's name, says an earlier month than the one that
    /// the sheet is read as.
    fn report_titled(&self, outside: &OutsideText, read: Month, report: &mut ReadReport) {
        // Of the sheets of earlier months their packs were told.
        let Month::At(read) = read else { return };
        if read != report.period {
            return;
        }
        let titles = self.above().map(|(row, column, cell)| (Some((*row, *column)), text::of(cell)));
        let name = (outside.place != Outside::Sheet).then(|| (None, self.grid.name.as_str().into()));
        let other = titles.chain(name).find_map(|(spot, typed)| {
            let month = titled::month_in(&typed).filter(|month| *month < read)?;
            Some((spot, typed, month))
        });
        let Some((spot, typed, month)) = other else { return };
        let said = if spot.is_some() { "the title" } else { "the sheet's name" };
        let message = format!(
            "{said} \"{}\" says {}, and the sheet is read as {}: its figures may be those of the month before",
            text::short(&typed),
            month.words(),
            read.words()
        );
        let hint = "see whose figures they are, and correct the title";
        match spot {
            Some(spot) => report.at_cell(Code::TitleOfOtherMonth, spot, message, hint),
            None => report.at_sheet(Code::TitleOfOtherMonth, message, hint),
        }
    }

    /// The cells above the table. Rows are numbered from 1 as declared: those
    /// before the header's first.
    fn above(&self) -> impl Iterator<Item = &'g (u32, u32, Cell)> + use<'g> {
        let end = self.table.header_rows.iter().min().map_or(TITLE_ROWS, |row| row.saturating_sub(1));
        self.grid.cells.iter().take_while(move |(row, _, _)| *row < end.max(1))
    }

    /// What stands outside the table.
    fn outside_text(&self, outside: &OutsideText) -> Option<String> {
        match outside.place {
            Outside::Sheet => part(&self.grid.name, outside.pattern.as_ref()),
            Outside::File => {
                let name = self.file.rsplit('/').next().unwrap_or(self.file);
                part(name.rsplit_once('.').map_or(name, |(stem, _)| stem), outside.pattern.as_ref())
            }
            Outside::Title => {
                self.above().filter_map(|(_, _, cell)| part(&text::of(cell), outside.pattern.as_ref())).next()
            }
        }
    }
}

fn place_words(place: Outside) -> &'static str {
    match place {
        Outside::Sheet => "in the sheet's name",
        Outside::File => "in the file's name",
        Outside::Title => "above the table",
    }
}

/// The part of a text that counts; none where the pattern does not match.
fn part(whole: &str, pattern: Option<&Regex>) -> Option<String> {
    let whole = text::collapsed(whole);
    let Some(pattern) = pattern else { return Some(whole) };
    let found = pattern.captures(&whole)?;
    found.get(1).or_else(|| found.get(0)).map(|part| part.as_str().to_owned())
}
