//! Figures a hundred times off what their numerator and denominator give.
//!
//! One cell cannot say whether it was mistyped or its whole column stands in
//! another scale; its series can, once all of it is read.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::cell_mapping::CellMapping;
use super::number::NumberFault;
use super::report::{ReadReport, RowColumn};
use super::series::{Held, SeriesByIndicator};
use crate::domain::by_month::ByMonth;
use crate::domain::ids::IndicatorRef;
use crate::domain::indicator::Indicator;
use crate::domain::layout::PercentStyle;
use crate::domain::measure::round;
use crate::domain::period::Period;
use crate::workbook::address;

/// A printed figure that its parts speak against.
pub(super) struct ScaleDoubt {
    indicator: IndicatorRef,
    month: Period,
    spot: RowColumn,
    sheet: usize,
    /// Its fault, but for how to mend it.
    fault: NumberFault,
    /// What it should be.
    worked: Decimal,
    /// It is too small.
    less: bool,
}

impl ScaleDoubt {
    pub(super) fn new(
        mapping: &CellMapping<'_, '_>,
        fault: NumberFault,
        (supplied, worked): (Decimal, Decimal),
        report: &ReadReport,
    ) -> Self {
        Self {
            indicator: mapping.indicator.reference.clone(),
            month: mapping.month,
            spot: mapping.cells.spot(),
            sheet: report.sheet(),
            fault,
            worked,
            less: supplied < worked,
        }
    }
}

/// F503 for every figure in doubt, with what its series says of it.
pub(super) fn report(
    indicators: &[&Indicator],
    style: PercentStyle,
    series: &SeriesByIndicator,
    report: &mut ReadReport,
) {
    let mut of: BTreeMap<IndicatorRef, Vec<ScaleDoubt>> = BTreeMap::new();
    for doubt in std::mem::take(&mut report.doubts) {
        of.entry(doubt.indicator.clone()).or_default().push(doubt);
    }
    let none = ByMonth::default();
    for indicator in indicators {
        let doubts = of.remove(&indicator.reference).unwrap_or_default();
        let months = series.by_indicator.get(&indicator.reference).unwrap_or(&none);
        let others = Others::of(months, &doubts);
        for doubt in &doubts {
            let is_bare =
                months.get(doubt.month).and_then(|held| held.judged.as_ref()).is_some_and(|judged| judged.bare);
            let hint = others.hint(doubt, is_bare, indicator, style);
            let NumberFault { code, message, .. } = &doubt.fault;
            report.turn_to(doubt.sheet);
            report.at_figure(*code, doubt.spot, indicator, doubt.month, message.clone(), hint);
        }
    }
}

/// What the rest of a series says of a figure in doubt.
struct Others {
    /// Printed figures that nothing speaks against.
    fine: usize,
    /// Most of those do not say themselves whether they are percentages.
    bare: bool,
    /// How many are in doubt, and whether all for being too small.
    doubtful: usize,
    less: bool,
}

impl Others {
    fn of(months: &ByMonth<Held>, doubts: &[ScaleDoubt]) -> Self {
        let printed = months
            .iter()
            .filter(|(month, _)| !doubts.iter().any(|doubt| doubt.month == *month))
            .filter_map(|(_, held)| held.judged.as_ref())
            .filter(|judged| judged.printed);
        let (fine, bare) = printed.fold((0, 0), |(all, bare), judged| (all + 1, bare + usize::from(judged.bare)));
        Self { fine, bare: bare * 2 > fine, doubtful: doubts.len(), less: doubts.iter().all(|doubt| doubt.less) }
    }

    fn hint(&self, doubt: &ScaleDoubt, is_bare: bool, indicator: &Indicator, style: PercentStyle) -> String {
        let cell = address(doubt.spot.0, doubt.spot.1);
        let precision = indicator.measure.precision;
        let points = round(doubt.worked, precision);
        let bare = match style {
            PercentStyle::Fraction => round(doubt.worked / Decimal::ONE_HUNDRED, precision + 2),
            _ => points,
        };
        // With its sign, a percentage is understood in every cell and scale.
        let typed = |like_bare: bool| {
            if like_bare { format!("type {bare} in {cell}") } else { format!("type {points}% in {cell}") }
        };
        if self.fine > 0 {
            return format!("{}, as the other months of {} are typed", typed(self.bare), indicator.reference);
        }
        // The declared style is about bare numbers, and would change no other.
        if !is_bare {
            return typed(false);
        }
        let scale = if doubt.less { "fraction" } else { "points" };
        match self.doubtful {
            1 => format!(
                "{}; or, if the source is meant to hold such figures, say `percent = \"{scale}\"` in sources.toml",
                typed(true)
            ),
            _ if self.less == doubt.less => {
                format!(
                    "every figure of {} stands so: say `percent = \"{scale}\"` in sources.toml",
                    indicator.reference
                )
            }
            _ => typed(true),
        }
    }
}
