//! What should be there by the pack's month and is not.

use super::report::{ReadReport, listed, month_words};
use super::series::{Held, SeriesByIndicator};
use super::text::nearest;
use crate::domain::by_month::ByMonth;
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::{Heading, Table};
use crate::domain::period::{Frequency, Period};

type Months = ByMonth<Held>;

/// F404 where the whole source has fallen behind; else F403 for each
/// indicator that has. F405 for gaps before.
pub(super) fn check(indicators: &[&Indicator], table: &Table, series: &SeriesByIndicator, report: &mut ReadReport) {
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
            report_not_supplied(indicator, table, *month, months, report);
        }
    }
    report_gaps(&due, report);
}

fn speaks(months: &Months, month: Period) -> bool {
    months.get(month).is_some_and(Held::speaks)
}

fn newest(months: &Months) -> Option<Period> {
    months.iter().rev().find(|(_, held)| held.speaks()).map(|(month, _)| month)
}

/// F404: the source has figures, and none where any is due.
fn report_stale(due: &[(&Indicator, Period, &Months)], report: &mut ReadReport) -> bool {
    let Some(newest) = due.iter().filter_map(|(_, _, months)| newest(months)).max() else { return false };
    if due.iter().any(|(_, month, months)| speaks(months, *month)) {
        return false;
    }
    let expected = due.iter().map(|(_, month, _)| *month).max().unwrap_or(report.period);
    let beside = due.iter().find_map(|(one, month, months)| Some((one, typed_beside(one, *month, months)?)));
    let not_taken = not_taken(report);
    let (ends, hint) = match beside {
        Some((one, month)) if month == newest => {
            let span = span(one.frequency);
            (format!(", which ends no {span}"), format!("type the figures in the month in which the {span} ends"))
        }
        _ if !not_taken.is_empty() => {
            let codes = listed(&not_taken);
            let hint = format!(
                "look at {codes} first: the figures may be here, and were not read; if they are not, supply this month's file"
            );
            (String::new(), hint)
        }
        _ => (String::new(), "supply this month's file, or check `files` in sources.toml".to_owned()),
    };
    let message =
        format!("the newest month here is {}{ends}; {} was expected", month_words(newest), month_words(expected));
    report.at_sheet(Code::SourceStale, message, hint);
    true
}

/// The codes found here that say that figures came and were not read as what they
/// may be: then it need not be last month's file.
fn not_taken(report: &ReadReport) -> Vec<String> {
    const LEAVE_OUT: [Code; 7] = [
        Code::MonthUnreadable,
        Code::RowWidth,
        Code::ColumnUnread,
        Code::SecondTable,
        Code::RowUnnamed,
        Code::FutureMonth,
        Code::MonthsOutOfOrder,
    ];
    let is_found = |code: &Code| report.findings.iter().any(|finding| finding.code == *code);
    LEAVE_OUT.into_iter().filter(is_found).map(|code| code.as_str().to_owned()).collect()
}

/// F403: nothing where a figure is due.
fn report_not_supplied(indicator: &Indicator, table: &Table, month: Period, months: &Months, report: &mut ReadReport) {
    if speaks(months, month) {
        return;
    }
    let spot = months.get(month).map(|held| held.spot);
    let renamed = if months.is_empty() { renamed(indicator, table, report) } else { None };
    let (known, hint) = match (newest(months), renamed) {
        (_, Some(told)) => told,
        _ if typed_beside(indicator, month, months).is_some() => {
            let typed = typed_beside(indicator, month, months).unwrap_or(month);
            let (last, span) = (typed.month_name(), span(indicator.frequency));
            let known = format!("there is one for {}, and {last} ends no {span}", month_words(typed));
            (known, format!("type it in the month in which the {span} ends, here {}", month_words(month)))
        }
        (Some(newest), None) => (format!("the newest is {}", month_words(newest)), SUPPLY.to_owned()),
        (None, None) if months.is_empty() => ("nothing in the sheet names it".to_owned(), SUPPLY.to_owned()),
        (None, None) => ("no month has one".to_owned(), SUPPLY.to_owned()),
    };
    if let Some(held) = months.get(month) {
        report.turn_to(held.sheet);
    }
    report.at_indicator(
        Code::NotSupplied,
        spot,
        indicator,
        format!("no figure of {} for {}; {known}", indicator.reference, month_words(month)),
        hint,
    );
    report.on_all_sheets();
}

/// The month of a figure that stands between two of those at which the
/// indicator has one, and is most likely the one that is missed.
fn typed_beside(indicator: &Indicator, due: Period, months: &Months) -> Option<Period> {
    let before = indicator.frequency.previous(due);
    let stray = months.iter().rev().filter(|(month, held)| held.speaks() && !indicator.frequency.includes(*month));
    stray.map(|(month, _)| month).find(|month| *month > before)
}

fn span(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Monthly => "month",
        Frequency::Quarterly => "quarter",
        Frequency::Termly => "term",
        Frequency::Annual(_) => "year",
    }
}

const SUPPLY: &str = "type the figure, or a marker that says why there is none";

/// Where a row is called almost as the one that is missed and names nothing
/// known (F604), the two are most likely one: what to say of it and to do.
fn renamed(indicator: &Indicator, table: &Table, report: &ReadReport) -> Option<(String, String)> {
    let reference = indicator.reference.as_str();
    let declared = table.names.get(&indicator.reference).into_iter().flat_map(|naming| &naming.names);
    let names = declared.filter_map(|heading| match heading {
        Heading::Name(name) => Some(name.as_str()),
        Heading::Pattern(_) => None,
    });
    let unknown = || report.unknown.iter().map(String::as_str);
    let (name, meant) = names.chain([reference]).find_map(|name| Some((name, nearest(name, unknown())?)))?;
    let known = format!("no row is called {name}; the sheet has \"{meant}\", which is not in the register");
    let hint = format!(
        "if \"{meant}\" is {reference}, rename the row, or declare the name under `indicators` of the source in sources.toml"
    );
    Some((known, hint))
}

/// Indicators that lack the same months, from which on they are told together:
/// one sheet is missing, and not each of its figures.
const TOGETHER: usize = 3;

/// F405, once for all indicators that lack the same months, else for each.
fn report_gaps(due: &[(&Indicator, Period, &Months)], report: &mut ReadReport) {
    let mut by_months: Vec<(Vec<Period>, Vec<&Indicator>)> = Vec::new();
    for (indicator, month, months) in due {
        let gaps = gaps(indicator, *month, months);
        match by_months.iter_mut().find(|(known, _)| *known == gaps) {
            _ if gaps.is_empty() => {}
            Some((_, indicators)) => indicators.push(indicator),
            None => by_months.push((gaps, vec![indicator])),
        }
    }
    let hint = "supply the figures, or markers that say why there are none";
    for (gaps, indicators) in by_months {
        let words: Vec<String> = gaps.iter().copied().map(month_words).collect();
        let words = listed(&words);
        if indicators.len() >= TOGETHER {
            let references: Vec<String> = indicators.iter().map(|one| one.reference.to_string()).collect();
            let message =
                format!("{} indicators have no figure for {words}: {}", references.len(), listed(&references));
            report.at_sheet(Code::SeriesGap, message, hint);
            continue;
        }
        for indicator in indicators {
            let message = format!("{} has no figure for {words}", indicator.reference);
            report.at_indicator(Code::SeriesGap, None, indicator, message, hint);
        }
    }
}

/// Months between the first and the last figure that have none, at the
/// indicator's own frequency.
fn gaps(indicator: &Indicator, due: Period, months: &Months) -> Vec<Period> {
    let figures = || {
        months
            .iter()
            .filter(|(month, held)| held.speaks() && indicator.frequency.includes(*month))
            .map(|(month, _)| month)
    };
    let (Some(first), Some(last)) = (figures().next(), figures().next_back()) else { return Vec::new() };
    let mut gaps = Vec::new();
    let mut month = last;
    while month > first {
        month = indicator.frequency.previous(month);
        if month != due && !speaks(months, month) {
            gaps.push(month);
        }
    }
    gaps.reverse();
    gaps
}
