//! A row for each indicator, a column for each month.

use super::cell_mapping::{CellMapping, Cells, MappedCell};
use super::header::MonthColumn;
use super::left_out::{self, Unplaced};
use super::months::Month;
use super::names::Names;
use super::page::Page;
use super::report::ReadReport;
use super::rows::{self, TableRow};
use super::{second_table, target_beside, under};
use crate::domain::indicator::Indicator;

/// What the header of a table with months across says.
pub(super) struct Heads<'t> {
    /// Columns that name the indicator.
    pub(super) naming: Vec<u32>,
    /// Columns that a row must hold a text in, with the text.
    pub(super) filters: Vec<(u32, &'t str)>,
    /// Columns that stand for a month; at least one.
    pub(super) months: Vec<MonthColumn>,
}

impl<'t> Heads<'t> {
    /// None, with findings, where the header is not the declared one or holds
    /// no month. Each part is looked for, so that all that is wrong is told.
    pub(super) fn read(page: &Page<'t>, report: &mut ReadReport) -> Option<Self> {
        let header = page.header();
        let naming = header.naming(&page.table.indicator_column, report);
        let filters = rows::filters(header, page.table, report);
        let months = header.months(naming.as_deref().unwrap_or_default(), page.levels(), &mut page.months(), report);
        second_table::check_headings(page, &months, report);
        (!months.is_empty()).then_some(Self { naming: naming?, filters: filters?, months })
    }
}

/// The mappings of a wide table; none, with findings, where its header is not
/// the declared one or holds no month.
pub(super) fn mappings<'g, 'i>(
    page: &Page<'g>,
    indicators: &'i [&'i Indicator],
    report: &mut ReadReport,
) -> Vec<CellMapping<'g, 'i>> {
    let Some(Heads { naming, filters, months }) = Heads::read(page, report) else { return Vec::new() };
    let (mut mappings, mut unplaced) = (Vec::new(), Vec::new());
    for (nth, group) in under::groups(page, &months, indicators, report).into_iter().enumerate() {
        let mut names = Names::new(page, indicators, &naming, |naming| group.holds(naming));
        let body = rows::body(page.grid, page.table, &filters);
        let mut of_group = by_month(body, &naming, &group.months, &mut names, &mut unplaced);
        under::add_parts(page, &months, &mut of_group);
        mappings.extend(of_group);
        // Whoever is unknown under one heading is under each.
        if nth == 0 {
            names.report_unknown(report);
        }
    }
    if page.table.has_under() {
        target_beside::check(page, &months, &mappings, report);
    }
    left_out::report_unplaced(&mappings, unplaced, report);
    mappings
}

/// Each row's cells under the months.
pub(super) fn by_month<'g, 'i>(
    body: impl Iterator<Item = TableRow<'g>>,
    naming: &[u32],
    months: &[(u32, Month)],
    names: &mut Names<'g, 'i>,
    unplaced: &mut Vec<Unplaced<'i>>,
) -> Vec<CellMapping<'g, 'i>> {
    let mut mappings = Vec::new();
    for row in body {
        let Some(indicator) = names.of_row(row, naming) else { continue };
        for (column, month) in months {
            let cells = Cells::new(Some(MappedCell::at(row, *column)), None, None);
            match month.of(indicator) {
                Some(period) => mappings.push(CellMapping { indicator, month: period, span: month.span(), cells }),
                None if cells.are_blank() => {}
                None => unplaced.push(Unplaced { spot: cells.spot(), span: month.span(), of: indicator }),
            }
        }
    }
    mappings
}
