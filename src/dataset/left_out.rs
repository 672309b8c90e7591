//! Months, quarters and years in one table: each indicator is read under the
//! labels of its own frequency, and what stands under the others is left out.

use std::collections::{BTreeMap, BTreeSet};

use super::cell_mapping::CellMapping;
use super::months::LabelSpan;
use super::report::{ReadReport, RowColumn, listed};
use crate::domain::finding::Code;
use crate::domain::ids::IndicatorRef;
use crate::domain::indicator::Indicator;
use crate::workbook::address;

/// Figures that stand under another length of time than their indicator's.
pub(super) struct LeftOut {
    pub(super) spot: RowColumn,
    pub(super) span: LabelSpan,
    pub(super) of: IndicatorRef,
    pub(super) times: usize,
}

/// What to do about a quarter's figure beside a monthly indicator.
pub(super) const NO_MONTHS: &str = "a quarter's figure is none of its months': correct `frequency` in indicators.toml, or read the indicator from a table of its months";

/// A figure under a label that does not place it: a quarter's or a year's,
/// beside an indicator that wants months.
pub(super) struct Unplaced<'i> {
    pub(super) spot: RowColumn,
    pub(super) span: LabelSpan,
    pub(super) of: &'i Indicator,
}

/// What was not placed in a table with months across. Beside figures that were,
/// a quarter's are left out as others of another length; a year's column holds
/// their total. F204 for each indicator that stands beside nothing else.
pub(super) fn report_unplaced(mappings: &[CellMapping<'_, '_>], unplaced: Vec<Unplaced<'_>>, report: &mut ReadReport) {
    let mapped: BTreeSet<&IndicatorRef> = mappings.iter().map(|mapping| &mapping.indicator.reference).collect();
    let mut lost: Vec<(&Indicator, LabelSpan, Vec<RowColumn>)> = Vec::new();
    for Unplaced { spot, span, of } in unplaced {
        if mapped.contains(&of.reference) {
            if span == LabelSpan::Quarter {
                report.left_out.push(LeftOut { spot, span, of: of.reference.clone(), times: 1 });
            }
            continue;
        }
        match lost.iter_mut().find(|(known, of_span, _)| known.reference == of.reference && *of_span == span) {
            Some((_, _, spots)) => spots.push(spot),
            None => lost.push((of, span, vec![spot])),
        }
    }
    for (of, span, spots) in lost {
        let cells: Vec<String> = spots.iter().map(|(row, column)| address(*row, *column)).collect();
        let message = format!(
            "the figures of {} stand under {} alone ({}); expected months, because it is {}",
            of.reference,
            span.words(),
            listed(&cells),
            of.frequency.word()
        );
        let hint = if span == LabelSpan::Quarter {
            NO_MONTHS
        } else {
            "type months as headers, or correct `frequency` in indicators.toml"
        };
        report.at_indicator(Code::MonthUnreadable, spots.first().copied(), of, message, hint);
        report.excuse(&of.reference);
    }
}

/// Which mappings count; none for all of them, as in nearly every table.
pub(super) fn chosen(mappings: &[CellMapping<'_, '_>], report: &mut ReadReport) -> Option<Vec<bool>> {
    let first = mappings.first()?.span;
    if mappings.iter().all(|mapping| mapping.span == first) {
        return None;
    }
    let mut spans: BTreeMap<&IndicatorRef, [bool; 3]> = BTreeMap::new();
    for mapping in mappings {
        spans.entry(&mapping.indicator.reference).or_default()[mapping.span as usize] = true;
    }
    let counts = |mapping: &CellMapping<'_, '_>| {
        let there = spans.get(&mapping.indicator.reference).copied().unwrap_or_default();
        LabelSpan::chosen(mapping.indicator.frequency, |span| there[span as usize]) == Some(mapping.span)
    };
    let chosen: Vec<bool> = mappings.iter().map(counts).collect();
    let others = mappings.iter().zip(&chosen).filter(|(mapping, counts)| !**counts && !mapping.cells.are_blank());
    let others = others.map(|(mapping, _)| LeftOut {
        spot: mapping.cells.spot(),
        span: mapping.span,
        of: mapping.indicator.reference.clone(),
        times: 1,
    });
    report.left_out.extend(others);
    Some(chosen)
}

/// F408, once for a sheet.
pub(super) fn report(report: &mut ReadReport) {
    let left_out = std::mem::take(&mut report.left_out);
    let Some(first) = left_out.first() else { return };
    let mut spans: Vec<LabelSpan> = left_out.iter().map(|left| left.span).collect();
    spans.sort_unstable();
    spans.dedup();
    let words: Vec<&str> = spans.into_iter().map(LabelSpan::words).collect();
    let times: usize = left_out.iter().map(|left| left.times).sum();
    let figures = if times == 1 { "1 figure".to_owned() } else { format!("{times} figures") };
    let message = format!(
        "{figures} of {} left out, the first at {} ({}): {} read under other labels here",
        words.join(" and "),
        address(first.spot.0, first.spot.1),
        first.of,
        if times == 1 { "its indicator is" } else { "their indicators are" },
    );
    let hint = "nothing, if `frequency` in indicators.toml is right";
    report.at_cell(Code::SpanLeftOut, first.spot, message, hint);
}
