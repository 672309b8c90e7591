//! What should be there by the pack's month and is not.

use super::report::{Report, listed, month_words};
use super::series::{Held, Series};
use crate::domain::by_month::ByMonth;
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::period::Period;

type Months = ByMonth<Held>;

/// F404 where the whole source has fallen behind; else F403 for each
/// indicator that has. F405 for gaps before.
pub(super) fn check(indicators: &[&Indicator], series: &Series, report: &mut Report) {
    report.on_all_sheets();
    let none = Months::default();
    let due: Vec<(&Indicator, Period, &Months)> = indicators
        .iter()
        // What is missing of a breakdown is told of its whole (F642).
        .filter(|indicator| indicator.segment.is_none() && !report.is_excused(&indicator.reference))
        .map(|indicator| {
            (
                *indicator,
                indicator.latest_due(report.period),
                series.by_indicator.get(&indicator.reference).unwrap_or(&none),
            )
        })
        .collect();
    if !report_stale(&due, report) {
        for (indicator, month, months) in &due {
            report_not_supplied(indicator, *month, months, report);
        }
    }
    for (indicator, month, months) in &due {
        report_gaps(indicator, *month, months, report);
    }
}

fn speaks(months: &Months, month: Period) -> bool {
    months.get(month).is_some_and(Held::speaks)
}

fn newest(months: &Months) -> Option<Period> {
    months.iter().rev().find(|(_, held)| held.speaks()).map(|(month, _)| month)
}

/// F404: the source has figures, and none where any is due.
fn report_stale(due: &[(&Indicator, Period, &Months)], report: &mut Report) -> bool {
    let Some(newest) = due.iter().filter_map(|(_, _, months)| newest(months)).max() else { return false };
    if due.iter().any(|(_, month, months)| speaks(months, *month)) {
        return false;
    }
    let expected = due.iter().map(|(_, month, _)| *month).max().unwrap_or(report.period);
    let message = format!("the newest month here is {}; {} was expected", month_words(newest), month_words(expected));
    report.at_sheet(Code::SourceStale, message, "supply this month's file, or check `files` in sources.toml");
    true
}

/// F403: nothing where a figure is due.
fn report_not_supplied(indicator: &Indicator, month: Period, months: &Months, report: &mut Report) {
    if speaks(months, month) {
        return;
    }
    let spot = months.get(month).map(|held| held.spot);
    let known = match newest(months) {
        Some(newest) => format!("the newest is {}", month_words(newest)),
        None if months.is_empty() => "nothing in the sheet names it".to_owned(),
        None => "no month has one".to_owned(),
    };
    if let Some(held) = months.get(month) {
        report.turn_to(held.sheet);
    }
    report.at_indicator(
        Code::NotSupplied,
        spot,
        indicator,
        format!("no figure of {} for {}; {known}", indicator.reference, month_words(month)),
        "type the figure, or a marker that says why there is none",
    );
    report.on_all_sheets();
}

/// F405: months between the first and the last figure that have none, at the
/// indicator's own frequency.
fn report_gaps(indicator: &Indicator, due: Period, months: &Months, report: &mut Report) {
    let figures = || {
        months
            .iter()
            .filter(|(month, held)| held.speaks() && indicator.frequency.includes(*month))
            .map(|(month, _)| month)
    };
    let (Some(first), Some(last)) = (figures().next(), figures().next_back()) else { return };
    let mut gaps = Vec::new();
    let mut month = last;
    while month > first {
        month = indicator.frequency.previous(month);
        if month != due && !speaks(months, month) {
            gaps.push(month);
        }
    }
    gaps.reverse();
    if !gaps.is_empty() {
        let words: Vec<String> = gaps.iter().copied().map(month_words).collect();
        report.at_indicator(
            Code::SeriesGap,
            None,
            indicator,
            format!("{} has no figure for {}", indicator.reference, listed(&words)),
            "supply the figures, or markers that say why there are none",
        );
    }
}
