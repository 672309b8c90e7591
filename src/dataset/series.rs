//! An indicator's observations in order: no month twice, none to come.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::Dataset;
use super::cell_mapping::CellMapping;
use super::figure::{self, CheckedFigure};
use super::number::{CellContent, Numbers};
use super::page::Page;
use super::repeated::Repeated;
use super::report::{FigureFindings, ReadReport, RowColumn, listed, month_words};
use super::source_rag::{SourceRag, Unread};
use crate::domain::by_month::ByMonth;
use crate::domain::finding::Code;
use crate::domain::ids::IndicatorRef;
use crate::domain::layout::PercentStyle;
use crate::domain::observation::{Missing, Observation, Reading, Spots};
use crate::domain::period::Period;
use crate::domain::place::{At, Origin};
use crate::workbook::address;

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
        Dataset { series }
    }
}

/// Judges every mapping of a sheet into the series. The first of two for one
/// month counts, unless it is blank; the second is a finding, unless it is.
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
    for (nth, mapping) in mappings.iter().enumerate() {
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
    let judge = Judge { mappings, percent: page.table.percent, numbers: &numbers, colours: &colours };
    let judged: Vec<(&IndicatorRef, ByMonth<Held>, Vec<MappingFindings>)> =
        groups.into_par_iter().map_init(|| report.aside(), |aside, group| judge.group(group, aside)).collect();

    let mut aside_findings = Vec::new();
    for (of, months, findings) in judged {
        series.by_indicator.insert(of.clone(), months);
        aside_findings.extend(findings);
    }
    aside_findings.sort_unstable_by_key(|findings| findings.nth);
    for MappingFindings { findings, unread, .. } in aside_findings {
        report.add_figure_findings(findings);
        colours.remember(unread);
    }
    colours.report_unread(report);
}

/// An indicator's mappings by their numbers, and what other sheets held of it.
struct Group<'i> {
    of: &'i IndicatorRef,
    mappings: Vec<usize>,
    months: ByMonth<Held>,
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
    percent: PercentStyle,
    numbers: &'j Numbers,
    colours: &'j SourceRag<'g>,
}

impl Judge<'_, '_, '_> {
    fn group<'i>(
        &self,
        group: Group<'i>,
        aside: &mut ReadReport,
    ) -> (&'i IndicatorRef, ByMonth<Held>, Vec<MappingFindings>) {
        let (mut months, mut aside_findings) = (group.months, Vec::new());
        months.reserve(group.mappings.len());
        for nth in group.mappings {
            let unread = self.mapping(&self.mappings[nth], &mut months, aside);
            let findings = aside.take_figure_findings();
            if unread.is_some() || !findings.is_nothing() {
                aside_findings.push(MappingFindings { nth, findings, unread });
            }
        }
        (group.of, months, aside_findings)
    }

    /// A rating of its source that cannot be read.
    fn mapping(
        &self,
        mapping: &CellMapping<'_, '_>,
        months: &mut ByMonth<Held>,
        aside: &mut ReadReport,
    ) -> Option<Unread> {
        let blank = mapping.cells.are_blank();
        match months.get(mapping.month) {
            Some(_) if blank => return None,
            Some(held) if !held.blank => {
                report_duplicate(mapping, held, aside);
                return None;
            }
            _ => {}
        }
        let (own, unread) = match self.colours.of(&mapping.cells) {
            Ok(own) => (own, None),
            Err(unread) => (None, Some(unread)),
        };
        let judged = figure::judge(mapping, own, self.percent, self.numbers, aside);
        let (spot, cells) = (mapping.cells.spot(), mapping.cells.spots());
        let held = Held { spot, sheet: aside.sheet(), on: aside.origin(), cells, judged, blank };
        months.insert(mapping.month, held);
        unread
    }
}

/// F401: which of two is right is not ours to say.
fn report_duplicate(mapping: &CellMapping<'_, '_>, first: &Held, report: &mut ReadReport) {
    let spot = mapping.cells.spot();
    let message = format!(
        "two figures for {} in {}: {} and {}; expected one",
        mapping.indicator.reference,
        month_words(mapping.month),
        report.address(first.sheet, first.spot),
        address(spot.0, spot.1)
    );
    report.at_figure(
        Code::Duplicate,
        spot,
        mapping.indicator,
        mapping.month,
        message,
        "delete one of them, or part the rows with `filter` or `drop_rows` in sources.toml",
    );
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
        let cells = [mapping.cells.value, mapping.cells.numerator, mapping.cells.denominator];
        if cells.into_iter().flatten().any(|given| matches!(numbers.read(given.cell), Ok(CellContent::Number(_)))) {
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
