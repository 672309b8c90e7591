//! The month of each row: in a column of its own, in one beside a year, or the
//! month of the whole sheet.

use std::collections::BTreeMap;

use super::cell_mapping::MappedCell;
use super::fill::Fill;
use super::header::Header;
use super::months::{LabelSpan, Month, Months, Unreadable};
use super::offset::{self, MonthPlace, Said};
use super::page::Page;
use super::report::{ReadReport, RowColumn};
use super::rows::TableRow;
use super::years::YearColumn;
use super::{axis, notes};
use crate::domain::period::Period;

/// Where rows say their month.
pub(super) enum RowMonths<'g> {
    /// In a column.
    Column(Box<MonthCells<'g>>),
    /// Outside the table, once for all rows.
    Sheet(Month),
}

/// The cells of a column of months.
pub(super) struct MonthCells<'g> {
    column: u32,
    merged: Fill<'g>,
    /// The column of years, and what stands in it.
    years: Option<(u32, YearColumn)>,
    months: Months<'g>,
}

impl<'g> RowMonths<'g> {
    /// None, with findings, where a declared column is missing or the sheet's
    /// month cannot be read.
    pub(super) fn find(page: &Page<'g>, header: &Header<'_>, report: &mut ReadReport) -> Option<Self> {
        let table = page.table;
        if let Some(said) = &table.month_said {
            return page.month(said, report).map(Self::Sheet);
        }
        let column = header.required("the month", &table.month_column, None, report);
        let year = header.optional("the year of the month", &table.year_column, None, report);
        let (column, false) = (column?, year.is_none() && !table.year_column.is_empty()) else { return None };
        let first = table.header_rows.iter().copied().max().unwrap_or(0);
        let years = year.map(|year| (year, YearColumn::read(page.grid, year, first)));
        let merged = Fill::of(page.grid, &[column]);
        Some(Self::Column(Box::new(MonthCells { column, merged, years, months: page.months() })))
    }
}

impl<'g> MonthCells<'g> {
    /// A row's cell, or the one that is merged over it, and the month there.
    pub(super) fn read(&mut self, row: TableRow<'g>) -> (MappedCell<'g>, Result<Month, Unreadable>) {
        let given = MappedCell::under(row, self.column, &self.merged);
        let Some(cell) = given.cell else { return (given, Err(Unreadable::Unknown)) };
        let read = match &self.years {
            None => self.months.read(cell),
            Some((_, years)) => match years.of(row.number) {
                Some(year) => self.months.in_year(year, cell),
                // A date needs no year beside it.
                None => self.months.read(cell),
            },
        };
        (given, read)
    }

    /// What a month may look like, by an example.
    pub(super) fn expected(&self) -> String {
        self.months.expected()
    }

    /// F406: the notes that stood with months.
    pub(super) fn report_notes(&mut self, report: &mut ReadReport) {
        notes::report(&self.months.take_noted(), None, report);
    }
}

/// The months, quarters or years of rows that follow each other, for their order
/// (F407), and for the place of the years beside them (F214).
#[derive(Default)]
pub(super) struct RowOrder {
    placed: Vec<(LabelSpan, (RowColumn, Period))>,
    beside_years: BTreeMap<LabelSpan, Vec<MonthPlace>>,
}

impl RowOrder {
    pub(super) fn add(&mut self, given: &MappedCell<'_>, month: Month, cells: &MonthCells<'_>) {
        self.placed.extend(axis::place_of(month).map(|period| (month.span(), (given.spot, period))));
        if let (Some((at, years)), Month::At(period) | Month::Quarter(period)) = (&cells.years, month)
            && let Some(year) = years.of(given.spot.0)
        {
            let places = self.beside_years.entry(month.span()).or_default();
            let typed = years.typed(places.last().map(|last| last.spot.0), given.spot.0);
            places.push(MonthPlace {
                spot: given.spot,
                order: offset::in_year(period, year.financial().is_some()),
                typed: typed.map(|(row, year)| ((row, *at), year.words())),
                merged: false,
                apart: false,
            });
        }
    }

    pub(super) fn report(&self, report: &mut ReadReport) {
        for span in [LabelSpan::Month, LabelSpan::Quarter, LabelSpan::Year] {
            let of_span = self.placed.iter().filter(|(of, _)| *of == span);
            let placed: Vec<_> = of_span.map(|(_, placed)| *placed).collect();
            axis::report(&axis::breaks(&placed), report);
        }
        for places in self.beside_years.values() {
            offset::report(places, Said::Year, report);
        }
    }
}
