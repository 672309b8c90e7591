//! An indicator's observations in order: no month twice, none to come.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::Dataset;
use super::axis::{self, AxisBreak};
use super::cell_mapping::{CellMapping, MappedCell};
use super::figure::{self, CheckedFigure};
use super::left_out;
use super::number::{CellContent, Numbers};
use super::page::Page;
use super::place_twice::{self, NamedRows, PlaceHeld, Places, Renamed};
use super::repeated::Repeated;
use super::report::{FigureFindings, ReadReport, RowColumn, listed, month_words};
use super::source_rag::{SourceRag, Unread};
use crate::domain::by_month::ByMonth;
use crate::domain::finding::Code;
use crate::domain::ids::IndicatorRef;
use crate::domain::layout::{Orientation, Table};
use crate::domain::mark::FigureMarks;
use crate::domain::observation::{Missing, Observation, Reading, Spots};
use crate::domain::period::Period;
use crate::domain::place::{At, Origin};

/// What the source holds for an indicator in a month.
pub(super) struct Held {
    pub(super) spot: RowColumn,
    /// The sheet, as the report counts them.
    pub(super) sheet: usize,
    on: Arc<Origin>,
    cells: Spots,
    /// None where a cell was at fault.
    pub(super) judged: Option<CheckedFigure>,
    blank: bool,
}

impl Held {
    fn observed(self, indicator: &IndicatorRef, month: Period) -> Observation {
        let Self { spot, on, cells, judged, .. } = self;
        judged.map_or_else(
            || Observation {
                indicator: indicator.clone(),
                period: month,
                reading: Reading::Missing(Missing::Refused),
                not_due: None,
                own_rating: None,
                marks: FigureMarks::default(),
                on,
                cell: Some(At::from(spot)),
                cells,
            },
            |judged| judged.observation,
        )
    }

    /// Whether the source says something other than nothing, right or wrong.
    pub(super) fn speaks(&self) -> bool {
        self.judged.as_ref().is_none_or(|judged| judged.observation.reading != Reading::Missing(Missing::NotSupplied))
    }
}

/// Every indicator's months.
#[derive(Default)]
pub(super) struct SeriesByIndicator {
    pub(super) by_indicator: BTreeMap<IndicatorRef, ByMonth<Held>>,
    later: Later,
}

impl SeriesByIndicator {
    /// What is said of all sheets together, once the last has been gathered.
    pub(super) fn report_later(&mut self, report: &mut ReadReport) {
        std::mem::take(&mut self.later).report(report);
    }

    /// The observations alone: a figure that was not taken is told apart from
    /// one that never came.
    pub(super) fn into_dataset(self) -> Dataset {
        let mut series = BTreeMap::new();
        for (indicator, months) in self.by_indicator {
            let observed = months.map(|month, held| held.observed(&indicator, month));
            if !observed.is_empty() {
                series.insert(indicator, observed);
            }
        }
        Dataset { series, rows: 0 }
    }
}

/// Judges every mapping of a sheet into the series. The first of two for one
/// month counts; the second is a finding, whatever either holds.
///
/// Indicators are judged side by side; what is said of them stands in the
/// order of the sheet.
pub(super) fn gather(
    mappings: &[CellMapping<'_, '_>],
    page: &Page<'_>,
    series: &mut SeriesByIndicator,
    report: &mut ReadReport,
) {
    let (numbers, mut colours) = (Numbers::new(page.table), SourceRag::new(page));
    let mut groups: Repeated<&IndicatorRef, Vec<usize>> = Repeated::default();
    let chosen = left_out::chosen(mappings, report);
    for (nth, mapping) in mappings.iter().enumerate() {
        if chosen.as_ref().is_some_and(|chosen| !chosen[nth]) {
            continue;
        }
        if mapping.month > report.period {
            series.later.add(mapping, &numbers, report.sheet());
        } else {
            groups.find_or_learn(&mapping.indicator.reference, |_| Vec::new()).push(nth);
        }
    }
    let groups = groups.into_learnt().into_iter();
    let groups: Vec<Group<'_>> = groups
        .map(|(of, mappings)| Group { of, mappings, months: series.by_indicator.remove(of).unwrap_or_default() })
        .collect();
    let judge = Judge { mappings, table: page.table, places: Places::new(page), numbers: &numbers, colours: &colours };
    let judged: Vec<JudgedGroup<'_>> =
        groups.into_par_iter().map_init(|| report.aside(), |aside, group| judge.group(group, aside)).collect();

    let (mut aside_findings, mut breaks) = (Vec::new(), Vec::new());
    for JudgedGroup { of, months, findings, breaks: of_group } in judged {
        series.by_indicator.insert(of.clone(), months);
        aside_findings.extend(findings);
        breaks.extend(of_group);
    }
    aside_findings.sort_unstable_by_key(|findings| findings.nth);
    for MappingFindings { findings, unread, .. } in aside_findings {
        report.add_figure_findings(findings);
        colours.remember(unread);
    }
    colours.report_unread(report);
    axis::report(&breaks, report);
    left_out::report(report);
}

/// An indicator's mappings by their numbers, and what other sheets held of it.
struct Group<'i> {
    of: &'i IndicatorRef,
    mappings: Vec<usize>,
    months: ByMonth<Held>,
}

/// An indicator's months as they were judged, and what is to be said of them.
struct JudgedGroup<'i> {
    of: &'i IndicatorRef,
    months: ByMonth<Held>,
    findings: Vec<MappingFindings>,
    breaks: Vec<AxisBreak>,
}

/// What is to be said of the nth mapping.
struct MappingFindings {
    nth: usize,
    findings: FigureFindings,
    unread: Option<Unread>,
}

/// What mappings are judged by.
struct Judge<'j, 'g, 'i> {
    mappings: &'j [CellMapping<'g, 'i>],
    table: &'j Table,
    places: Places<'g>,
    numbers: &'j Numbers,
    colours: &'j SourceRag<'g>,
}

impl Judge<'_, '_, '_> {
    fn group<'i>(&self, group: Group<'i>, aside: &mut ReadReport) -> JudgedGroup<'i> {
        let (mut months, mut aside_findings) = (group.months, Vec::new());
        months.reserve(group.mappings.len());
        let breaks = self.breaks(&group.mappings);
        let rows = OnceCell::new();
        let named = || rows.get_or_init(|| self.named_rows(&group.mappings));
        for nth in &group.mappings {
            let nth = *nth;
            let unread = self.mapping(&self.mappings[nth], &mut months, &named, aside);
            let findings = aside.take_figure_findings();
            if unread.is_some() || !findings.is_nothing() {
                aside_findings.push(MappingFindings { nth, findings, unread });
            }
        }
        JudgedGroup { of: group.of, months, findings: aside_findings, breaks }
    }

    /// Where the months of a long table break their order; in the others they
    /// stand in one row or column, which is looked at there.
    fn breaks(&self, mappings: &[usize]) -> Vec<AxisBreak> {
        if self.table.orientation != Orientation::Long || self.table.month_said.is_some() {
            return Vec::new();
        }
        let placed = mappings.iter().map(|nth| (self.mappings[*nth].cells.spot(), self.mappings[*nth].month));
        axis::breaks(&placed.collect::<Vec<_>>())
    }

    /// An indicator's rows by its names, for which most sheets have one.
    fn named_rows(&self, mappings: &[usize]) -> NamedRows {
        let of_group = || mappings.iter().map(|nth| &self.mappings[*nth]);
        of_group().next().map(|first| self.places.named_rows(first.indicator, of_group())).unwrap_or_default()
    }

    /// A rating of its source that cannot be read.
    fn mapping<'n>(
        &self,
        mapping: &CellMapping<'_, '_>,
        months: &mut ByMonth<Held>,
        named: &dyn Fn() -> &'n NamedRows,
        aside: &mut ReadReport,
    ) -> Option<Unread> {
        let blank = mapping.cells.are_blank();
        if let Some(held) = months.get_mut(mapping.month)
            && !self.gives_way(held, blank, mapping, named, aside)
        {
            // A figure came, to the second place, and was refused.
            if held.blank && !blank {
                held.judged = None;
            }
            return None;
        }
        let (own, unread) = match self.colours.of(&mapping.cells) {
            Ok(own) => (own, None),
            Err(unread) => (None, Some(unread)),
        };
        let judged = figure::judge(mapping, own, self.table.percent, self.numbers, aside);
        let (spot, cells) = (mapping.cells.spot(), mapping.cells.spots());
        let held = Held { spot, sheet: aside.sheet(), on: aside.origin(), cells, judged, blank };
        months.insert(mapping.month, held);
        unread
    }

    /// Whether what a month holds already gives way to a second place, which
    /// is a finding unless both are one place to whoever looks at the sheet.
    fn gives_way<'n>(
        &self,
        held: &Held,
        blank: bool,
        mapping: &CellMapping<'_, '_>,
        named: &dyn Fn() -> &'n NamedRows,
        aside: &mut ReadReport,
    ) -> bool {
        let (here, spot) = (aside.sheet(), mapping.cells.spot());
        if held.sheet == here {
            if blank && self.places.is_merged(held.spot, spot) {
                return false;
            }
            let rows = (held.spot.0, spot.0);
            let renamed = if held.blank || blank { named().renamed(rows.0, rows.1) } else { Renamed::No };
            if let Renamed::Above(ends) = renamed
                && named().is_last(mapping.month)
            {
                place_twice::report_above(mapping, rows, ends, aside);
            }
            if renamed != Renamed::No {
                return held.blank;
            }
        }
        let first = PlaceHeld { sheet: held.sheet, spot: held.spot, blank: held.blank };
        let second = PlaceHeld { sheet: here, spot, blank };
        place_twice::report(mapping, first, second, self.table, aside);
        false
    }
}

/// Figures of months after the pack's.
#[derive(Default)]
struct Later {
    months: BTreeSet<Period>,
    figures: usize,
    first: Option<(usize, RowColumn)>,
}

impl Later {
    fn add(&mut self, mapping: &CellMapping<'_, '_>, numbers: &Numbers, sheet: usize) {
        // A formula that is filled down the year gives noughts for what is to come.
        let is_figure = |given: MappedCell<'_>| matches!(numbers.read(given.cell), Ok(CellContent::Number(number)) if !number.value.is_zero());
        if mapping.cells.given().any(is_figure) {
            self.months.insert(mapping.month);
            self.figures += 1;
            self.first = self.first.or(Some((sheet, mapping.cells.spot())));
        }
    }

    /// F402, once for the source: a new file read for an old month is full of them.
    fn report(self, report: &mut ReadReport) {
        let Some((sheet, spot)) = self.first else { return };
        report.turn_to(sheet);
        let months: Vec<String> = self.months.into_iter().map(month_words).collect();
        let figures =
            if self.figures == 1 { "1 figure stands".to_owned() } else { format!("{} figures stand", self.figures) };
        let message = format!(
            "{figures} after the pack's month {}, in {}; left out",
            month_words(report.period),
            listed(&months)
        );
        report.at_cell(
            Code::FutureMonth,
            spot,
            message,
            "nothing, if the months are right; else correct the month in the sheet",
        );
    }
}
