//! Months, quarters and years in one table: each indicator is read under the
//! labels of its own frequency, and what stands under the others is left out.

use std::collections::BTreeMap;

use super::cell_mapping::CellMapping;
use super::months::LabelSpan;
use super::report::{ReadReport, RowColumn};
use crate::domain::finding::Code;
use crate::domain::ids::IndicatorRef;
use crate::workbook::address;

/// Figures that stand under another length of time than their indicator's.
pub(super) struct LeftOut {
    pub(super) spot: RowColumn,
    pub(super) span: LabelSpan,
    pub(super) of: IndicatorRef,
    pub(super) times: usize,
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
