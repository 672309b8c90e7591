//! Figures that stand in another month than the packs of earlier months had them in:
//! a heading was rolled on and its figures were not, or a cell was inserted or
//! deleted in every row. Where nothing else gives that away, what was printed does.

use rust_decimal::Decimal;

use super::{CheckInput, about_file};
use crate::dataset::report::{listed, month_words};
use crate::domain::finding::{Code, Finding};
use crate::domain::indicator::Indicator;
use crate::domain::period::Period;

/// Figures that stand in the month beside theirs, at the fewest.
const FEWEST: usize = 3;

/// A figure that is that of the month after, or before.
struct MovedFigure {
    indicator: String,
    month: Period,
    own: Period,
}

/// F435.
pub(super) fn check(asked: &CheckInput<'_>) -> Option<Finding> {
    // Of figures that changed and whose neighbour was printed: those that are it, and all.
    let (mut later, mut earlier) = ((Vec::new(), 0_usize), (Vec::new(), 0_usize));
    for indicator in asked.indicators.iter().filter(|indicator| indicator.segment.is_none()) {
        let printed: Vec<(Period, Decimal)> = asked
            .history
            .of(&indicator.reference)
            .filter_map(|(month, printed)| Some((month, printed.value?)))
            .collect();
        let of = |wanted: Period| printed.iter().find(|(month, _)| *month == wanted).map(|(_, value)| *value);
        for (month, value) in &printed {
            let Some(now) = figure(asked, indicator, *month).filter(|now| *now != indicator.measure.round(*value))
            else {
                continue;
            };
            let before = indicator.frequency.previous(*month);
            let after =
                printed.iter().map(|(other, _)| *other).find(|other| indicator.frequency.previous(*other) == *month);
            let is = |other: Period| of(other).is_some_and(|value| indicator.measure.round(value) == now);
            let moved = |own| MovedFigure { indicator: indicator.reference.to_string(), month: *month, own };
            later.1 += usize::from(after.is_some());
            earlier.1 += usize::from(of(before).is_some());
            later.0.extend(after.filter(|after| is(*after)).map(moved));
            earlier.0.extend(Some(before).filter(|before| is(*before)).map(moved));
        }
    }
    let (moved, changed) = if later.0.len() >= earlier.0.len() { later } else { earlier };
    // Of a table in which most is otherwise, some is what stood beside it by chance.
    let first = moved.first().filter(|_| moved.len() >= FEWEST && moved.len() * 2 > changed)?;
    let mut indicators: Vec<String> = moved.iter().map(|moved| moved.indicator.clone()).collect();
    indicators.dedup();
    let message = format!(
        "{} figures are those that the packs printed for the month beside theirs, as that of {} for {} was printed for {}: {}",
        moved.len(),
        first.indicator,
        month_words(first.month),
        month_words(first.own),
        listed(&indicators)
    );
    let hint = "see whether the headings or the figures were moved, and move them back";
    Some(about_file(asked, Code::MonthsMoved, message, hint))
}

/// A month's figure as it is printed.
fn figure(asked: &CheckInput<'_>, indicator: &Indicator, month: Period) -> Option<Decimal> {
    asked.figure(indicator, month).map(|(_, figure)| indicator.measure.round(figure.value))
}
