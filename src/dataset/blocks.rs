//! Wide tables stacked in one sheet, each under a row that holds its title.
//!
//! A title is the only text of its row, and the next row, two blank ones apart
//! at most, is a header with months; so a note of one cell is none. Where the
//! title stands in the corner of the header instead, an indicator must be
//! declared to stand in a block of that name. A block ends at the next title, or
//! at a blank row below which no row of figures follows.

use std::collections::BTreeSet;

use super::cell_mapping::CellMapping;
use super::header::Header;
use super::left_out;
use super::months::Months;
use super::names::Names;
use super::page::Page;
use super::report::{ReadReport, listed};
use super::rows::{self, TableRow};
use super::second_table::MonthsAcross;
use super::{number, text, wide};
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::Naming;
use crate::workbook::Cell;

/// Blank rows that may stand between a title and its header.
const BLANK_BELOW_TITLE: u32 = 2;

/// One block.
struct StackedTable {
    title: String,
    /// The header's row, from 0.
    header: u32,
    /// The row after its last, from 0.
    end: u32,
    /// The column of its title, where that stands in the header.
    corner: Option<u32>,
}

/// The mappings of every block that an indicator is declared to stand in.
pub(super) fn mappings<'g, 'i>(
    page: &Page<'g>,
    indicators: &'i [&'i Indicator],
    report: &mut ReadReport,
) -> Vec<CellMapping<'g, 'i>> {
    let blocks = find(page);
    report_missing(page, &blocks, indicators, report);
    let (mut mappings, mut unplaced) = (Vec::new(), Vec::new());
    for block in &blocks {
        let of_block: Vec<&Indicator> =
            indicators.iter().copied().filter(|indicator| stands_in(page, indicator, block)).collect();
        if of_block.is_empty() {
            continue;
        }
        let header = Header::read(page.grid, &[block.header + 1]);
        let naming = match block.corner {
            Some(corner) => Some(vec![corner]),
            None => header.naming(&page.table.indicator_column, report),
        };
        let filters = rows::filters(&header, page.table, report);
        let months = header.months(naming.as_deref().unwrap_or_default(), page.levels(), &mut page.months(), report);
        let (Some(naming), Some(filters), false) = (naming, filters, months.is_empty()) else { continue };
        let months: Vec<_> = months.into_iter().map(|column| (column.at, column.month)).collect();
        let may_stand =
            |naming: Option<&Naming>| may_stand_in(naming.and_then(|naming| naming.block.as_deref()), &block.title);
        let mut names = Names::new(page, indicators, &naming, may_stand);
        let figures: BTreeSet<u32> = months.iter().map(|month| month.0).collect();
        let every: Vec<TableRow<'_>> = rows::between(page.grid, page.table, &[], block.header + 1, block.end).collect();
        MonthsAcross { page, header: &header, naming: &naming, figures: &figures, body: &every }
            .check(indicators, report);
        let body = rows::between(page.grid, page.table, &filters, block.header + 1, block.end);
        let of_block = wide::by_month(body, &naming, &months, &mut names, &mut unplaced);
        super::check_moved(page, &header, &of_block, indicators, report);
        mappings.extend(of_block);
        names.report_unknown(report);
    }
    left_out::report_unplaced(&mappings, unplaced, report);
    mappings
}

/// Whether an indicator may stand in a block: it is declared to, or to no block.
fn may_stand_in(declared: Option<&str>, title: &str) -> bool {
    declared.is_none_or(|declared| text::key(declared) == text::key(title))
}

fn stands_in(page: &Page<'_>, indicator: &Indicator, block: &StackedTable) -> bool {
    let naming = page.table.names.get(&indicator.reference);
    may_stand_in(naming.and_then(|naming| naming.block.as_deref()), &block.title)
}

fn find(page: &Page<'_>) -> Vec<StackedTable> {
    let mut months = page.months();
    let rows: Vec<TableRow<'_>> = rows::all(page.grid).collect();
    let mut blocks: Vec<StackedTable> = Vec::new();
    let mut last = None;
    for (row, below) in rows.iter().zip(rows.iter().skip(1).map(Some).chain([None])) {
        // A blank row ends the block above it, unless its figures go on below.
        if let Some(open) = blocks.last_mut().filter(|open| open.end == u32::MAX && row.number > open.header)
            && last.is_some_and(|last| row.number > last + 1)
            && !goes_on(*row, &mut months)
        {
            open.end = last.unwrap_or(0) + 1;
        }
        last = Some(row.number);
        let mut heads = |below: &TableRow<'_>| {
            below.number <= row.number + 1 + BLANK_BELOW_TITLE && below.cells().any(|cell| months.read(cell).is_ok())
        };
        let (title, header, corner) = match (row.only_text(), below.filter(|below| heads(below))) {
            (Some(title), Some(below)) => (text::collapsed(title), below.number, None),
            _ => match corner_title(page, *row, &mut months) {
                Some(title) => (title, row.number, Some(row.first_column())),
                None => continue,
            },
        };
        if let Some(open) = blocks.last_mut().filter(|open| open.end == u32::MAX) {
            open.end = row.number;
        }
        blocks.push(StackedTable { title, header, end: u32::MAX, corner });
    }
    blocks
}

/// Whether a row below a blank one holds figures and begins no table of its own.
fn goes_on(row: TableRow<'_>, months: &mut Months<'_>) -> bool {
    let is_named = matches!(row.cells().next(), Some(Cell::Text(_)));
    is_named
        && row.cells().skip(1).any(|cell| number::number(cell).is_some())
        && row.cells().all(|cell| months.read(cell).is_err())
}

/// The declared title that stands first in a row of months.
fn corner_title(page: &Page<'_>, row: TableRow<'_>, months: &mut Months<'_>) -> Option<String> {
    let Cell::Text(title) = row.cells().next()? else { return None };
    let mut declared = page.table.names.values().filter_map(|naming| naming.block.as_deref());
    let is_declared = declared.any(|block| text::key(block) == text::key(title));
    (is_declared && row.cells().skip(1).any(|cell| months.read(cell).is_ok())).then(|| text::collapsed(title))
}

/// F223, for each title that is declared and not there; F203 where there is
/// no block at all.
fn report_missing(page: &Page<'_>, blocks: &[StackedTable], indicators: &[&Indicator], report: &mut ReadReport) {
    if blocks.is_empty() {
        report.at_sheet(
            Code::MonthsMissing,
            "no block was found: no row with one text alone stands right above a row with months",
            "check `layout` and `month.formats` of the source in sources.toml",
        );
        return;
    }
    let titles = listed(&blocks.iter().map(|block| format!("\"{}\"", text::short(&block.title))).collect::<Vec<_>>());
    for indicator in indicators {
        let declared = page.table.names.get(&indicator.reference).and_then(|naming| naming.block.as_deref());
        let Some(declared) = declared.filter(|_| !blocks.iter().any(|block| stands_in(page, indicator, block))) else {
            continue;
        };
        let near = text::nearest(declared, blocks.iter().map(|block| block.title.as_str()));
        let meant = near.map_or_else(String::new, |near| format!("; did you mean \"{}\"?", text::short(near)));
        report.at_indicator(
            Code::BlockMissing,
            None,
            indicator,
            format!("no block is titled \"{declared}\"; found {titles}"),
            format!("rename the block, or mend `block` under `indicators` in sources.toml{meant}"),
        );
        report.excuse(&indicator.reference);
    }
}
