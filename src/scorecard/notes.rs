//! Findings of a board: those of its sources, and those that only the figures
//! together can give.

use std::collections::{BTreeMap, BTreeSet};

use super::line::{Comparison, Incomparable, Line};
use crate::config::Register;
use crate::dataset::Dataset;
use crate::domain::rating::Unrated;
use crate::domain::{Board, Checked, Code, Finding, IndicatorRef, Place, Rating, SourceId};

/// Everything that readers of this board should know about its data, worst first.
pub(super) fn gather(
    board: &Board,
    register: &Register,
    datasets: &BTreeMap<SourceId, Checked<Dataset>>,
    sections: &[Vec<Line<'_>>],
) -> Vec<Finding> {
    let on_board: BTreeSet<&IndicatorRef> = board.indicators().collect();
    let sources: BTreeSet<&SourceId> =
        on_board.iter().filter_map(|reference| register.get(*reference)).map(|indicator| &indicator.source).collect();
    let of_sources = datasets
        .iter()
        .filter(|(source, _)| sources.contains(source))
        .flat_map(|(_, read)| &read.findings)
        // A fault in another board's indicator is no fault of this board.
        .filter(|finding| finding.at.indicator.as_ref().is_none_or(|reference| on_board.contains(reference)))
        .cloned();
    let of_lines = sections.iter().flatten().flat_map(of_line);
    let mut findings: Vec<Finding> = of_sources.chain(of_lines).collect();
    findings
        .sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.code.cmp(&b.code)).then_with(|| a.at.cmp(&b.at)));
    findings.dedup();
    findings
}

fn of_line(line: &Line<'_>) -> Vec<Finding> {
    let place =
        || line.at.clone().unwrap_or(Place { indicator: Some(line.indicator.reference.clone()), ..Place::default() });
    let mut findings = Vec::new();
    if let Comparison::Not(Incomparable::Broken(broken)) = &line.comparison {
        let message =
            format!("figures before {} cannot be compared with later ones: {}", words(broken.from), broken.note);
        findings.push(Finding::new(Code::SeriesBreak, place(), message, ""));
    }
    if let (Some(now), Some(before)) = (line.target, line.previous_target)
        && now.from != before.from
    {
        let because = if now.because.is_empty() { String::new() } else { format!(": {}", now.because) };
        findings.push(Finding::new(
            Code::TargetChanged,
            place(),
            format!("the target changed in {}{because}", words(now.from)),
            "",
        ));
    }
    if line.rating == Rating::Unrated(Unrated::NoTarget) {
        let message = "there is no target in force, so it is not rated";
        findings.push(Finding::new(
            Code::TargetMissing,
            place(),
            message,
            "set a target in indicators.toml, or better = \"none\" for context",
        ));
    }
    if line.rating != line.rating_unrounded {
        let message = format!(
            "rated on the rounded figure, as printed; unrounded it would have been {}",
            line.rating_unrounded.word()
        );
        findings.push(Finding::new(Code::RoundingChangesRating, place(), message, ""));
    }
    // An unrated figure has no colour to differ in.
    if let (Some(own), false) = (line.own_rating, matches!(line.rating, Rating::Unrated(_)))
        && own.word() != line.rating.word()
    {
        let message = format!("the source shows it {}; against its target it is {}", own.word(), line.rating.word());
        findings.push(Finding::new(
            Code::OwnRatingDiffers,
            place(),
            message,
            "check the target in indicators.toml, or tell the source's owner",
        ));
    }
    findings
}

fn words(period: crate::domain::Period) -> String {
    format!("{} {}", period.month_name(), period.year())
}
