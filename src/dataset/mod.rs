//! Grids and a declared layout to observations and findings.
//!
//! Pure and total: whatever the cells hold, reading goes on to the last of
//! them, and what is wrong is a finding with the cell's address. The walk is
//! sheet, header, rows, mappings, figures, series:
//!
//! | file | story |
//! |---|---|
//! | `sheet` | which sheets of the book are meant |
//! | `hidden` | hidden rows and columns out of a sheet |
//! | `titled` | a month in a title that is not the sheet's |
//! | `page` | one sheet on its way to mappings, and what is said outside its table |
//! | [`skipped`] | which sheets and rows were passed over, and why |
//! | `text` | cells as words, and when two texts are the same name |
//! | `header` | header rows into columns with names and months |
//! | `sight` | what a heading says, for a room without indicators |
//! | `nearly` | headers that are meant as months and read as none |
//! | `mistyped` | the first and the last month's header, one slip away from it |
//! | `offset` | headings that do not stand at the first of what they hold for |
//! | `under` | which months stand under an indicator's heading |
//! | `months` | texts and dates into months |
//! | `format` | one declared format of a month |
//! | `years`, `quarters`, `notes` | words for years and quarters, and what stands round them |
//! | `row_months` | the month of each row |
//! | `axis` | the order of months |
//! | `left_out` | months, quarters and years in one table |
//! | `off_months` | figures in the months between an indicator's own |
//! | `row_width` | rows and columns that the header does not have |
//! | `fill` | names that are merged over the rows they hold for |
//! | `rows` | the rows that count: below the header, not dropped, passing the filter |
//! | `names` | which indicator a row names |
//! | `shifted` | rows, columns and tables that were pushed along under their headings |
//! | `companions` | what stands beside the months, under each other's headings |
//! | `name_beside` | rows that are named twice, and differently |
//! | `target_beside` | actual figures and targets in each other's places |
//! | `foreign` | rows under a heading that says they are others' |
//! | `unnamed` | rows that hold figures and no name |
//! | `second_table` | another table under the first, or beside it |
//! | `segments` | which part of an indicator a row counts |
//! | `cell_mapping` | "this indicator, this month, these cells" |
//! | `long`, `wide`, `columns`, `pairs`, `blocks` | each layout's rows into mappings |
//! | `longer` | parts over several months, which no source has |
//! | `longer` | parts over several months, which no source has |
//! | `marks` | what is said of a figure behind its number, or in a column |
//! | `number` | one cell into a number, a marker or a fault |
//! | `rules` | what a figure must satisfy |
//! | `not_due` | those whose time is not up yet |
//! | `source_rag` | the ratings that a source gives its own figures |
//! | `figure` | a mapping into an observation |
//! | `series` | an indicator's observations in order; months to come |
//! | `place_twice` | two places for one indicator and month |
//! | `scale`, `percent_scale` | figures a hundred times off their series, or their parts |
//! | `empty` | categories with nobody in them, whose rows are left out |
//! | [`checks`] | what may be wrong with what is sound to read |
//! | `due` | what should be there and is not |
//! | `person` | lists of people into counts, and their refusal where none was declared |
//! | `repeated` | what is looked up once a row |
//! | `report` | findings with their places and their weight |

mod axis;
mod blocks;
mod cell_mapping;
pub mod checks;
mod columns;
mod companions;
mod due;
mod empty;
mod figure;
mod fill;
mod foreign;
pub(crate) mod format;
mod header;
mod hidden;
mod left_out;
mod long;
mod longer;
mod marks;
mod mistyped;
pub(crate) mod months;
mod name_beside;
mod names;
mod nearly;
mod not_due;
mod notes;
pub(crate) mod number;
mod off_months;
mod offset;
mod page;
mod pairs;
mod percent_scale;
pub(crate) mod person;
mod place_twice;
mod quarters;
mod repeated;
mod report;
mod row_months;
mod row_width;
mod rows;
mod rules;
mod scale;
mod second_table;
mod segments;
mod series;
mod sheet;
mod shifted;
pub(crate) mod sight;
pub mod skipped;
mod source_rag;
mod target_beside;
pub(crate) mod text;
mod titled;
mod under;
mod unnamed;
mod wide;
pub(crate) mod years;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::domain::by_month::ByMonth;
use crate::domain::finding::{Checked, Code};
use crate::domain::ids::IndicatorRef;
use crate::domain::indicator::Indicator;
use crate::domain::layout::{Orientation, Source};
use crate::domain::mark::FigureMarks;
use crate::domain::observation::{Missing, NotDue, Observation, Reading};
use crate::domain::period::Period;
use crate::domain::place::Origin;
use crate::workbook::Book;
use cell_mapping::CellMapping;
use header::Header;
use page::Page;
use report::ReadReport;
use series::SeriesByIndicator;

/// What one source says of its indicators, up to a pack's month. Only
/// [`read`] makes one, so holding one is proof that its cells were judged.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dataset {
    series: BTreeMap<IndicatorRef, ByMonth<Observation>>,
    rows: usize,
}

impl Dataset {
    /// Rows that were read: those of a table that name an indicator, or those of
    /// the longest list of people.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// What the source says of an indicator in a month; none where it says nothing.
    pub fn reading(&self, indicator: &IndicatorRef, period: Period) -> Option<&Observation> {
        self.series.get(indicator)?.get(period)
    }

    /// An indicator's observations, oldest first.
    pub fn series(&self, indicator: &IndicatorRef) -> impl Iterator<Item = &Observation> {
        self.months(indicator).into_iter().flat_map(ByMonth::values)
    }

    /// The same by month; none where the source says nothing of the indicator.
    pub fn months(&self, indicator: &IndicatorRef) -> Option<&ByMonth<Observation>> {
        self.series.get(indicator)
    }

    /// Every observation, by indicator, oldest first.
    pub fn observations(&self) -> impl Iterator<Item = &Observation> {
        self.series.values().flat_map(ByMonth::values)
    }

    /// The same without some figures: each says that it is suppressed, and no
    /// longer where it stood, what colour or marks its source gave it, or how many
    /// of it are not due yet. Beside any other, those not due are not counted out where
    /// they are `few`.
    #[must_use]
    pub fn without(
        &self,
        hides: impl Fn(&IndicatorRef, Period) -> bool,
        few: impl Fn(&IndicatorRef, Decimal) -> bool,
    ) -> Self {
        let mut dataset = self.clone();
        for observation in dataset.series.values_mut().flat_map(ByMonth::values_mut) {
            if observation.reading.figure().is_some() && hides(&observation.indicator, observation.period) {
                observation.reading = Reading::Missing(Missing::Suppressed);
                observation.own_rating = None;
                observation.marks = FigureMarks::default();
                observation.not_due = observation.not_due.map(|_| NotDue::Hidden);
                (observation.on, observation.cell) =
                    (Arc::new(Origin { sheet: None, ..Origin::clone(&observation.on) }), None);
            } else if observation.not_due.and_then(NotDue::count).is_some_and(|many| few(&observation.indicator, many))
            {
                observation.not_due = Some(NotDue::Few);
            }
        }
        dataset
    }

    /// Whether nothing at all could be read: what was refused is not.
    pub fn is_empty(&self) -> bool {
        self.observations().all(|seen| seen.reading == Reading::Missing(Missing::Refused))
    }
}

/// Reads one source's book.
///
/// `indicators` are the register's entries that this source carries; cells
/// of any other are not judged. `file` is the name that findings give.
/// `period` is the pack's month: later figures are left out (F402), and what
/// should be there by then and is not is said (F403, F404).
pub fn read(source: &Source, indicators: &[&Indicator], book: &Book, file: &str, period: Period) -> Checked<Dataset> {
    let (longer, own): (Vec<&Indicator>, Vec<&Indicator>) =
        indicators.iter().partition(|indicator| indicator.made_of().is_some());
    let mut read = read_own(source, &own, book, file, period);
    longer::add(&longer, &mut read.value, period);
    read
}

/// What stands in a source.
fn read_own(source: &Source, indicators: &[&Indicator], book: &Book, file: &str, period: Period) -> Checked<Dataset> {
    let mut report = ReadReport::new(source, file, period);
    if let Some(person) = &source.person {
        let dataset = person::read((source, person), indicators, book, &mut report);
        return Checked::new(dataset, report.findings);
    }
    let table = &source.table;
    let (mut series, mut is_empty, mut rows) = (SeriesByIndicator::default(), true, 0);
    let sheets = sheet::find(table, book, &mut report);
    sheet::report_unsaid(table, book, &sheets, &mut report);
    let is_clean = checks::person::check_others(book, &sheets, &mut report);
    for sheet in &sheets {
        report.on_sheet(&sheet.name);
        let grid = hidden::left_out(sheet, table, &mut report);
        if !checks::table::check(&grid, source, indicators, &mut report) {
            return Checked::new(Dataset::default(), report.findings);
        }
        let Some(page) = Page::open(&grid, table, file, &mut report) else { continue };
        let mappings = match table.orientation {
            Orientation::Long => long::mappings(&page, indicators, &mut report),
            Orientation::Wide => wide::mappings(&page, indicators, &mut report),
            Orientation::Columns => columns::mappings(&page, indicators, &mut report),
            Orientation::Pairs => pairs::mappings(&page, indicators, &mut report),
            Orientation::Blocks => blocks::mappings(&page, indicators, &mut report),
        };
        check_places(&page, &mappings, indicators, &mut report);
        series::gather(&mappings, &page, &mut series, &mut report);
        is_empty &= mappings.is_empty();
        rows += mappings.chunk_by(|a, b| a.cells.spot().0 == b.cells.spot().0).count();
    }
    if sheets.is_empty() || !is_clean {
        return Checked::new(Dataset::default(), report.findings);
    }
    series.report_later(&mut report);
    percent_scale::report(indicators, table.percent, &series, &mut report);
    scale::check(indicators, table.percent, &mut series, &mut report);
    report.on_all_sheets();
    if is_empty && !report.has_structural() {
        report.at_sheet(
            Code::SheetEmpty,
            rows::none_found(table, indicators),
            "check `sheet`, `header_rows`, `filter` and `indicators` of the source in sources.toml",
        );
    } else if !is_empty {
        due::check(indicators, table, &series, &mut report);
        off_months::check(indicators, &series, &mut report);
    }
    let mut dataset = series.into_dataset();
    dataset.rows = rows;
    empty::fill(indicators, &mut dataset);
    Checked::new(dataset, report.findings)
}

/// Whether what was read may stand in other places than its own.
fn check_places(page: &Page<'_>, mappings: &[CellMapping<'_, '_>], indicators: &[&Indicator], report: &mut ReadReport) {
    row_width::check(page, mappings, indicators, report);
    second_table::check(page, mappings, indicators, report);
    mistyped::check(page, mappings, report);
    // Each block has a header of its own.
    if page.table.orientation != Orientation::Blocks {
        check_moved(page, page.header(), mappings, indicators, report);
    }
    foreign::check(page, mappings, report);
    unnamed::check(page, mappings, indicators, report);
}

/// Whether figures were moved under a header, or its rows exchanged. One cause is
/// told once, as the surest of its signs.
fn check_moved(
    page: &Page<'_>,
    header: &Header<'_>,
    mappings: &[CellMapping<'_, '_>],
    indicators: &[&Indicator],
    report: &mut ReadReport,
) {
    let by_months = shifted::MonthLines::of(page, mappings);
    let is_told =
        shifted::check(page, header, mappings, &by_months, report) || companions::check(page, header, mappings, report);
    if !is_told {
        shifted::check_empty(&by_months, report);
    }
    name_beside::check(page, header, mappings, indicators, report);
}
