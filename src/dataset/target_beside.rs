//! Actual figures and targets under each month, in each other's places: a cell was
//! deleted in the row, the two were exchanged, or their headings are one column off.
//! A target stays the same for months, and an actual figure seldom does.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::cell_mapping::CellMapping;
use super::companions::Companion;
use super::header::MonthColumn;
use super::number;
use super::page::Page;
use super::report::{ReadReport, RowColumn};
use super::rows::TableRow;
use super::text;
use crate::domain::finding::Code;
use crate::domain::ids::IndicatorRef;
use crate::domain::indicator::Indicator;
use crate::domain::period::Period;
use crate::workbook::address;

/// Months for which a target stays the same before it tells anything.
const STEADY: usize = 3;
/// Months of a series that never moves, beside targets that do.
const NEVER: usize = 6;

/// A month's figure, its place, and its target.
type FigureAndTarget = (RowColumn, Option<Decimal>, Option<Decimal>);
type ByMonthBeside = BTreeMap<Period, FigureAndTarget>;

/// F218.
pub(super) fn check(
    page: &Page<'_>,
    months: &[MonthColumn],
    mappings: &[CellMapping<'_, '_>],
    report: &mut ReadReport,
) {
    let is_target = |column: &&MonthColumn| Companion::of(&column.heading) == Some(Companion::Figures);
    let targets: Vec<&MonthColumn> = months.iter().filter(is_target).collect();
    if targets.is_empty() {
        return;
    }
    let mut rows: BTreeMap<(u32, &IndicatorRef), (&Indicator, ByMonthBeside)> = BTreeMap::new();
    for mapping in mappings {
        let Some(given) = mapping.cells.value else { continue };
        let Some(row) = TableRow::at(page.grid, given.spot.0) else { continue };
        let of_month = |column: &&&MonthColumn| column.month.of(mapping.indicator) == Some(mapping.month);
        let Some(target) = targets.iter().find(of_month) else { continue };
        // An indicator that is itself declared under a heading of targets has none.
        if target.at == given.spot.1 {
            continue;
        }
        let value = |column: u32| row.cell(column).and_then(number::number).map(|number| number.value.normalize());
        let (_, of_row) = rows
            .entry((given.spot.0, &mapping.indicator.reference))
            .or_insert_with(|| (mapping.indicator, BTreeMap::new()));
        of_row.insert(mapping.month, (given.spot, value(given.spot.1), value(target.at)));
    }
    let series: Vec<(&Indicator, ByMonthBeside)> = rows.into_values().collect();
    let in_order = |months: &ByMonthBeside| months.values().copied().collect::<Vec<FigureAndTarget>>();
    let never: Vec<RowColumn> = series.iter().filter_map(|(_, months)| never_moves(&in_order(months))).collect();
    if let Some(spot) = never.first().filter(|_| never.len() > 1 && never.len() * 2 > series.len()) {
        let message = format!(
            "in {} of {} the actual figures never move, and the targets beside them do: the headings seem to stand one column off",
            never.len(),
            crate::words::count(series.len(), "row", "rows")
        );
        return report.at_cell(Code::Shifted, *spot, message, HINT);
    }
    if let Some((spot, rows)) = overtyped(&series, report.period) {
        let message = format!(
            "in {} of {} the actual figure of the newest month is its target, which it hardly was before: the targets seem to stand in the place of the figures",
            rows,
            crate::words::count(series.len(), "row", "rows")
        );
        return report.at_cell(Code::Shifted, spot, message, HINT);
    }
    for (of, months) in &series {
        if let Some((spot, target)) = becomes_target(&in_order(months)) {
            let message = format!(
                "{} holds {}, which was the target of every month before, and its target is another: the two seem to be exchanged from here on",
                address(spot.0, spot.1),
                text::short(&target.to_string())
            );
            report.at_indicator(Code::Shifted, Some(spot), of, message, HINT);
        }
    }
}

const HINT: &str =
    "see which of the two is the actual figure: a cell was inserted or deleted, or the two were exchanged";

/// Where most rows have their target as the newest actual figure, and hardly any
/// had it in a month before: the first, and how many.
fn overtyped(series: &[(&Indicator, ByMonthBeside)], period: Period) -> Option<(RowColumn, usize)> {
    let is_same = |(_, actual, target): &FigureAndTarget| actual.is_some() && actual == target;
    let newest: Vec<&FigureAndTarget> = series
        .iter()
        .filter_map(|(of, months)| months.get(&of.latest_due(period)))
        .filter(|month| month.2.is_some())
        .collect();
    let same: Vec<&FigureAndTarget> = newest.iter().copied().filter(|month| is_same(month)).collect();
    let before: Vec<&FigureAndTarget> = series
        .iter()
        .flat_map(|(of, months)| {
            months.iter().filter(|(month, _)| **month < of.latest_due(period)).map(|(_, figures)| figures)
        })
        .filter(|month| month.1.is_some() && month.2.is_some())
        .collect();
    let seldom = before.iter().filter(|month| is_same(month)).count() * 10 <= before.len();
    let most = same.len() >= STEADY && same.len() * 5 >= newest.len() * 4;
    (most && seldom && before.len() >= STEADY * same.len()).then(|| Some((same.first()?.0, same.len()))).flatten()
}

/// Where an actual figure is the steady target of all months before, and stays it
/// to the end, while the targets do not.
fn becomes_target(months: &[FigureAndTarget]) -> Option<(RowColumn, Decimal)> {
    let steady = months.iter().find_map(|(_, _, target)| *target)?;
    let from = months.iter().position(|(_, _, target)| target.is_some_and(|target| target != steady))?;
    let is_exchanged = |(_, actual, target): &FigureAndTarget| *actual == Some(steady) && *target != Some(steady);
    let before = months.get(..from)?.iter().filter(|(_, _, target)| *target == Some(steady)).count();
    // Months to come have neither.
    let behind = months.get(from..)?.iter().filter(|(_, actual, target)| actual.is_some() || target.is_some());
    let all = behind.clone().all(is_exchanged);
    let moved = months.get(..from)?.iter().any(|(_, actual, _)| actual.is_some_and(|actual| actual != steady));
    (before >= STEADY && all && moved && behind.count() > 0).then(|| (months[from].0, steady))
}

/// The first place of actual figures that are all the same, beside targets that are not.
fn never_moves(months: &[FigureAndTarget]) -> Option<RowColumn> {
    let actual: Vec<Decimal> = months.iter().filter_map(|(_, actual, _)| *actual).collect();
    let mut targets: Vec<Decimal> = months.iter().filter_map(|(_, _, target)| *target).collect();
    targets.sort_unstable();
    targets.dedup();
    let is_steady = actual.len() >= NEVER && actual.iter().all(|value| Some(value) == actual.first());
    (is_steady && targets.len() >= STEADY).then(|| months.first().map(|month| month.0)).flatten()
}
