//! Figures that are not what was published for their month.

use rust_decimal::Decimal;

use super::{CheckInput, shown};
use crate::dataset::report::{listed, month_words};
use crate::domain::finding::{Code, Finding, Place};
use crate::domain::indicator::Indicator;
use crate::domain::measure::round;
use crate::domain::period::Period;
use crate::history::PublishedFigure;
use crate::history::RatioParts;

/// One indicator's months that differ, each in words, and the newest's place.
struct Changed<'a> {
    indicator: &'a Indicator,
    months: Vec<String>,
    at: Place,
}

/// F425, for each indicator; for the source as a whole where more than
/// `group_over` indicators are restated.
pub(super) fn check(asked: &CheckInput<'_>) -> Vec<Finding> {
    // An unreadable file has findings of its own.
    if asked.dataset.is_empty() {
        return Vec::new();
    }
    let changed: Vec<Changed<'_>> =
        asked.indicators.iter().filter_map(|indicator| of_indicator(asked, indicator)).collect();
    let hint = "if the figures were corrected, say so in the commentary; else restore them";
    if changed.len() > asked.source.checks.group_over {
        let figures: usize = changed.iter().map(|changed| changed.months.len()).sum();
        let references: Vec<String> = changed.iter().map(|changed| changed.indicator.reference.to_string()).collect();
        let message =
            format!("{figures} figures of {} indicators are not as published: {}", changed.len(), listed(&references));
        return vec![Finding::new(Code::Restated, asked.place(None), message, hint)];
    }
    changed
        .into_iter()
        .map(|changed| {
            let what = match changed.months.len() {
                1 => "a figure is not as published".to_owned(),
                n => format!("{n} figures are not as published"),
            };
            Finding::new(Code::Restated, changed.at, format!("{what}: {}", listed(&changed.months)), hint)
        })
        .collect()
}

fn of_indicator<'a>(asked: &CheckInput<'_>, indicator: &'a Indicator) -> Option<Changed<'a>> {
    let (mut months, mut at) = (Vec::new(), None);
    // A file of a new year says nothing of the year before, and takes nothing back.
    let begins = asked.begins();
    for (month, published) in asked.history.of(&indicator.reference) {
        let is_before = begins.is_some_and(|begins| month < begins);
        if month > indicator.latest_due(asked.period) || !asked.prints(month) || is_before {
            continue;
        }
        if let Some(words) = difference(asked, indicator, month, published) {
            months.push(words);
            at = asked.dataset.reading(&indicator.reference, month).map(|seen| seen.at()).or(at);
        }
    }
    let at = at.unwrap_or_else(|| asked.place(Some(indicator)));
    (!months.is_empty()).then_some(Changed { indicator, months, at })
}

/// "September 2026 (84.2%, now 85.1%)", or, where only what it is worked from
/// differs, "September 2026 (was 66.7% (40 of 60), now 66.7% (80 of 120))";
/// none where nothing differs as printed.
fn difference(
    asked: &CheckInput<'_>,
    indicator: &Indicator,
    month: Period,
    published: &PublishedFigure,
) -> Option<String> {
    let was = published.value?;
    let Some((_, now)) = asked.figure(indicator, month) else {
        return Some(format!("{} ({}, now without a figure)", month_words(month), shown(indicator, was)));
    };
    let (was_shown, now_shown) = (shown(indicator, was), shown(indicator, now.value));
    if !is_as_printed(indicator, was, now.value) {
        return Some(format!("{} ({was_shown}, now {now_shown})", month_words(month)));
    }
    let (was, now) = (published.parts_before(&now)?, RatioParts::of(&now)?);
    let of = |parts: RatioParts| format!("({} of {})", parts.numerator.normalize(), parts.denominator.normalize());
    Some(format!("{} (was {was_shown} {}, now {now_shown} {})", month_words(month), of(was), of(now)))
}

/// The same at the digits that both were or would be printed with.
pub fn is_as_printed(indicator: &Indicator, was: Decimal, now: Decimal) -> bool {
    let digits = was.scale().min(indicator.measure.precision);
    round(was, digits) == round(indicator.measure.round(now), digits)
}
