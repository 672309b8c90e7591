//! Rows of headings that are typed once over several columns, and whether each
//! heading stands over the first of its own.

use std::collections::BTreeSet;

use super::{Column, Header, Levels, MonthColumn};
use crate::dataset::axis;
use crate::dataset::months::{LabelSpan, Month, Months};
use crate::dataset::offset::{self, MonthPlace, Said};
use crate::dataset::report::ReadReport;
use crate::dataset::text;
use crate::dataset::years::{self, YearLabel};
use crate::domain::finding::Code;
use crate::domain::period::Period;
use crate::workbook::{Cell, address};

impl<'g> Header<'g> {
    /// F214, for years over months, for other headings over them, and for months
    /// over other headings.
    pub(super) fn report_offset(
        &self,
        found: &[MonthColumn],
        not: &[u32],
        levels: Levels,
        months: &mut Months<'_>,
        report: &mut ReadReport,
    ) {
        let columns: Vec<&Column<'g>> = self.columns.iter().filter(|column| !not.contains(&column.at)).collect();
        let rows: BTreeSet<u32> = columns.iter().flat_map(|column| &column.parts).map(|part| part.0).collect();
        for row in rows {
            let mut over =
                columns.iter().filter(|column| column.lowest_row() > row).filter_map(|column| column.part(row));
            let year = over.find_map(|cell| levels.year(cell));
            let is_over = year.is_none() && levels.any && !self.report_months_over(&columns, row, months, report);
            // Quarters may stand behind the months of their year.
            for span in [LabelSpan::Month, LabelSpan::Quarter, LabelSpan::Year] {
                if let Some(year) = year {
                    offset::report(&years_over(&columns, (row, year), levels, span, months), Said::Year, report);
                } else if is_over {
                    offset::report(&headings_over(&columns, row, span, found), Said::Measure, report);
                }
            }
        }
        // What stood with a month was told of already.
        months.take_noted();
    }

    /// Whether months stand in this row, over other headings. Each begins with
    /// the first of those: where the heading before the first month comes again
    /// before the second and not after the last, they stand in the middle.
    fn report_months_over(
        &self,
        columns: &[&Column<'g>],
        row: u32,
        months: &mut Months<'_>,
        report: &mut ReadReport,
    ) -> bool {
        let mut is_month = |column: &Column<'_>| {
            let here = column.part(row).filter(|_| column.lowest_row() > row);
            here.is_some_and(|cell| months.read(cell).is_ok())
        };
        let at: Vec<usize> = (0..columns.len()).filter(|nth| is_month(columns[*nth])).collect();
        // A merged month stands over each of its columns.
        let starts: Vec<usize> =
            at.iter().copied().filter(|nth| *nth == 0 || !columns[*nth].shares(columns[nth - 1], row)).collect();
        if let [first, second, ..] = starts.as_slice()
            && let (Some(before), Some(again), Some(last)) =
                (first.checked_sub(1), second.checked_sub(1), starts.last().copied())
            && columns[before].part(row).is_none()
            && let Some(heading) = columns[before].lowest_key().filter(|key| !key.is_empty())
            && columns[again].part(row).is_none()
            && columns[again].lowest_key().as_deref() == Some(heading.as_str())
            && !columns[last..].iter().any(|column| column.lowest_key().as_deref() == Some(heading.as_str()))
        {
            let (month, column) = (columns[*first], columns[before]);
            let message = format!(
                "\"{}\" at {} does not stand at the first of its headings: \"{}\" at {} is under it, and would be read under the month before",
                text::short(&month.part(row).map(text::of).unwrap_or_default()),
                address(row, month.at),
                text::short(&heading),
                address(column.lowest_row(), column.at),
            );
            let hint = "type each month at the first of its headings, or merge it over all of them";
            report.at_cell(Code::HeadingOffset, (row, month.at), message, hint);
        }
        !at.is_empty()
    }
}

/// Months of a span under a row of years, whether or not a year was found for them.
fn years_over(
    columns: &[&Column<'_>],
    (row, year): (u32, YearLabel),
    levels: Levels,
    span: LabelSpan,
    months: &mut Months<'_>,
) -> Vec<MonthPlace> {
    let is_financial = year.financial().is_some();
    let order = |column: &Column<'_>| {
        // A month that says its year itself is in no other.
        match months.in_year(YearLabel::Financial(2000), column.parts.last()?.1) {
            Ok(label @ (Month::At(month) | Month::Quarter(month))) if label.span() == span => {
                Some(offset::in_year(month, is_financial))
            }
            _ => None,
        }
    };
    let mut places = places(columns, row, |cell| levels.year(cell).is_some(), order);
    // Under another heading the months of a year begin anew.
    let mut before: Option<&Column<'_>> = None;
    for place in &mut places {
        let Some(column) = columns.iter().find(|column| column.at == place.spot.1) else { continue };
        let mut between = column.parts.iter().map(|part| part.0).filter(|other| row < *other && *other < place.spot.0);
        place.apart = between.any(|other| before.is_none_or(|before| !column.shares(before, other)));
        before = Some(column);
    }
    places
}

/// Months of a span that were read, under a row of other headings.
fn headings_over(columns: &[&Column<'_>], row: u32, span: LabelSpan, found: &[MonthColumn]) -> Vec<MonthPlace> {
    let order = |column: &Column<'_>| {
        let month = found.iter().find(|month| month.at == column.at && month.month.span() == span)?.month;
        Some(axis::place_of(month)?.since(Period::EARLIEST))
    };
    places(columns, row, |_| true, order)
}

/// The columns that have a place in the order of months, under the headings of a row.
fn places(
    columns: &[&Column<'_>],
    row: u32,
    is_heading: impl Fn(&Cell) -> bool,
    mut order: impl FnMut(&Column<'_>) -> Option<i32>,
) -> Vec<MonthPlace> {
    let (mut places, mut typed) = (Vec::new(), None);
    for (nth, column) in columns.iter().enumerate() {
        if let Some(cell) = column.part(row).filter(|cell| is_heading(cell)) {
            typed = Some(((row, column.at), text::of(cell).into_owned(), is_merged(columns, nth, row)));
        }
        let lowest = column.lowest_row();
        if lowest > row
            && let Some(order) = order(column)
        {
            let (typed, merged) =
                typed.take().map_or((None, false), |(spot, typed, merged)| (Some((spot, typed)), merged));
            places.push(MonthPlace { spot: (lowest, column.at), order, typed, merged, apart: false });
        }
    }
    places
}

/// Whether a column's cell in a row is merged over a neighbour too.
fn is_merged(columns: &[&Column<'_>], nth: usize, row: u32) -> bool {
    let shares = |other: Option<usize>| {
        other.and_then(|other| columns.get(other)).is_some_and(|other| columns[nth].shares(other, row))
    };
    shares(nth.checked_sub(1)) || shares(Some(nth + 1))
}

impl Levels {
    /// The year that a cell over months is.
    pub(super) fn year(self, cell: &Cell) -> Option<YearLabel> {
        years::of_text(&text::of(cell)).filter(|year| self.calendar_years || year.financial().is_some())
    }
}

impl<'g> Column<'g> {
    /// Its cell in a row of the header.
    fn part(&self, row: u32) -> Option<&'g Cell> {
        self.parts.iter().find(|part| part.0 == row).map(|(_, cell)| *cell)
    }

    fn lowest_row(&self) -> u32 {
        self.parts.last().map_or(0, |part| part.0)
    }

    fn lowest_key(&self) -> Option<String> {
        self.parts.last().map(|(_, cell)| text::key(&text::of(cell)))
    }

    /// Whether one cell is merged over both in a row.
    fn shares(&self, other: &Self, row: u32) -> bool {
        matches!((self.part(row), other.part(row)), (Some(here), Some(there)) if std::ptr::eq(here, there))
    }
}
