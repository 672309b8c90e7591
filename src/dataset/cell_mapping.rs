//! "This indicator, this month, these cells": what every layout comes down to.

use super::fill::Fill;
use super::left_out::{self, LeftOut};
use super::months::{self, LabelSpan, Month, Unreadable};
use super::report::{ReadReport, RowColumn};
use super::rows::TableRow;
use super::text;
use crate::domain::finding::Code;
use crate::domain::ids::IndicatorRef;
use crate::domain::indicator::Indicator;
use crate::domain::observation::Spots;
use crate::domain::period::{Frequency, Period};
use crate::workbook::Cell;

/// A cell's place and, where it is not blank, the cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct MappedCell<'g> {
    pub(super) spot: RowColumn,
    pub(super) cell: Option<&'g Cell>,
}

impl<'g> MappedCell<'g> {
    pub(super) fn at(row: TableRow<'g>, column: u32) -> Self {
        Self { spot: (row.number, column), cell: row.cell(column) }
    }

    /// The cell there, or the one that is merged over it from above.
    pub(super) fn under(row: TableRow<'g>, column: u32, merged: &Fill<'g>) -> Self {
        let given = Self::at(row, column);
        Self { cell: given.cell.or_else(|| merged.over(row.number, column)), ..given }
    }

    /// Whether the cell holds nothing that could be read.
    pub(super) fn is_blank(&self) -> bool {
        self.cell.is_none_or(|cell| matches!(cell, Cell::Text(typed) if text::trim(typed).is_empty()))
    }
}

/// The cells that speak of an indicator in a month.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellMapping<'g, 'i> {
    pub(super) indicator: &'i Indicator,
    pub(super) month: Period,
    /// How long a time the label of the month speaks of.
    pub(super) span: LabelSpan,
    pub(super) cells: Cells<'g>,
}

/// Value, numerator and denominator, where the layout has a place for them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cells<'g> {
    pub(super) value: Option<MappedCell<'g>>,
    pub(super) numerator: Option<MappedCell<'g>>,
    pub(super) denominator: Option<MappedCell<'g>>,
    /// Those of the denominator whose time is not up yet.
    pub(super) not_due: Option<MappedCell<'g>>,
    /// The source's own rating in words.
    pub(super) rag: Option<MappedCell<'g>>,
    /// What the source says of the figure beside it.
    pub(super) mark: Option<MappedCell<'g>>,
}

impl<'g> Cells<'g> {
    pub(super) fn new(
        value: Option<MappedCell<'g>>,
        numerator: Option<MappedCell<'g>>,
        denominator: Option<MappedCell<'g>>,
    ) -> Self {
        Self { value, numerator, denominator, not_due: None, rag: None, mark: None }
    }

    /// The cell that stands for them all.
    pub(super) fn spot(&self) -> RowColumn {
        self.value.or(self.numerator).or(self.denominator).map_or((0, 0), |given| given.spot)
    }

    /// Where each of them is.
    pub(super) fn spots(&self) -> Spots {
        let spot = |given: Option<MappedCell<'_>>| given.map(|given| given.spot);
        Spots {
            value: spot(self.value),
            numerator: spot(self.numerator),
            denominator: spot(self.denominator),
            not_due: spot(self.not_due),
        }
    }

    /// The value and its parts, as far as the layout has a place for them.
    pub(super) fn given(&self) -> impl Iterator<Item = MappedCell<'g>> + use<'g> {
        [self.value, self.numerator, self.denominator].into_iter().flatten()
    }

    /// Whether none of them holds anything.
    pub(super) fn are_blank(&self) -> bool {
        self.given().all(|given| given.is_blank())
    }
}

impl Text {
    fn is_quarter(&self) -> bool {
        self.beside.as_ref().is_some_and(|(_, span)| *span == LabelSpan::Quarter)
    }
}

/// Months that could not be read, each text once however often it stands there.
#[derive(Default)]
pub(super) struct Unread {
    found: Vec<Text>,
}

struct Text {
    message: String,
    hint: String,
    spot: RowColumn,
    times: usize,
    /// Where a label is a quarter or a year and the figure one that it does not place.
    beside: Option<(IndicatorRef, LabelSpan)>,
}

impl Unread {
    /// The month of a cell for an indicator; none where there is none, which
    /// is remembered. `expected` says what a month may look like.
    pub(super) fn month(
        &mut self,
        given: MappedCell<'_>,
        read: &Result<Month, Unreadable>,
        indicator: &Indicator,
        expected: impl Fn() -> String,
    ) -> Option<(Period, LabelSpan)> {
        if let Ok(month) = read
            && let Some(period) = month.of(indicator)
        {
            return Some((period, month.span()));
        }
        let found = given.cell.map_or_else(|| "an empty cell".to_owned(), text::found);
        let (reference, frequency) = (&indicator.reference, indicator.frequency.word());
        let beside = read.as_ref().ok().map(|month| (reference.clone(), month.span()));
        if let Some(known) = self.found.iter_mut().find(|known| known.is_quarter() && known.beside == beside) {
            known.times += 1;
            return None;
        }
        let (message, hint) = match read {
            Ok(Month::YearTo(period)) if matches!(indicator.frequency, Frequency::Annual(_)) => {
                let message = format!(
                    "found {found}, the year to {}; the year of {reference} ends in another month",
                    period.words()
                );
                let hint = "declare the years as they are meant in `month.formats` (\"financial-year\", \"academic-year\" or \"%Y\"), or correct `year_end` in indicators.toml";
                (message, hint.to_owned())
            }
            Ok(month @ (Month::YearTo(_) | Month::Quarter(_))) => {
                // What a sheet's name or title says stands in no cell.
                let label = given.cell.map_or_else(String::new, |_| format!("{found}, "));
                let message =
                    format!("found {label}{}; expected a month, because {reference} is {frequency}", month.words());
                let is_quarter = month.span() == LabelSpan::Quarter;
                (message, if is_quarter { left_out::NO_MONTHS } else { "type the month as a date" }.to_owned())
            }
            Ok(Month::Year(year)) => {
                let message =
                    format!("found the year {year} alone; expected a month, because {reference} is {frequency}");
                (message, "type the month as a date".to_owned())
            }
            Err(Unreadable::Ambiguous(readings)) => {
                let hint = "type the month as a date, or leave one format that fits in `month.formats` in sources.toml";
                (format!("found {found}, which may be {readings}"), hint.to_owned())
            }
            _ => {
                let add = months::add_format(&given.cell.map(text::of).unwrap_or_default());
                let message = format!("found {found}; expected {}", expected());
                (message, format!("type the month as a date, or {add}"))
            }
        };
        match self.found.iter_mut().find(|known| known.message == message) {
            Some(known) => known.times += 1,
            None => self.found.push(Text { message, hint, spot: given.spot, times: 1, beside }),
        }
        None
    }

    /// One finding (F204) for each text; rows of years beside rows of months
    /// are left out.
    pub(super) fn report(self, mappings: &[CellMapping<'_, '_>], report: &mut ReadReport) {
        for Text { mut message, hint, spot, times, beside } in self.found {
            if let Some((of, span)) = beside
                && mappings.iter().any(|mapping| mapping.indicator.reference == of)
            {
                report.left_out.push(LeftOut { spot, span, of, times });
                continue;
            }
            if times > 1 {
                message.push_str(&format!(" (in {times} rows)"));
            }
            report.at_cell(Code::MonthUnreadable, spot, message, hint);
        }
    }
}
