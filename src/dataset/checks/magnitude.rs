//! Figures, and denominators behind them, that are ten, a hundred or a thousand
//! times off their own series.

use rust_decimal::Decimal;

use super::usual::{self, Counted, Slip};
use super::{CheckInput, about, in_month, shown};
use crate::domain::finding::{Code, Finding};
use crate::domain::indicator::Indicator;
use crate::domain::measure::Unit;
use crate::domain::observation::{Figure, Observation};
use crate::domain::period::Period;
use crate::words::number;

/// F428 and F429, once for each figure: where its denominator is off, that is
/// the cause.
pub(super) fn check(asked: &CheckInput<'_>, indicator: &Indicator) -> Vec<Finding> {
    let months = usual::unasked(asked, indicator).into_iter();
    months.filter_map(|month| denominator(asked, indicator, month).or_else(|| value(asked, indicator, month))).collect()
}

/// Whether a figure of a month is in doubt: what else would be said of it is
/// the same once more.
pub(super) fn is_doubted(findings: &[Finding], seen: &Observation) -> bool {
    let codes = [Code::TenfoldFigure, Code::TenfoldDenominator];
    findings.iter().any(|finding| codes.contains(&finding.code) && finding.at == seen.at())
}

/// What is counted grows over the year where the figure does.
fn per_month(indicator: &Indicator, month: Period, count: Decimal) -> Option<Decimal> {
    count.checked_div(usual::months_in(indicator, month))
}

fn denominator(asked: &CheckInput<'_>, indicator: &Indicator, month: Period) -> Option<Finding> {
    let (seen, figure) = asked.figure(indicator, month)?;
    let size = |month: Period, figure: &Figure| per_month(indicator, month, figure.denominator?);
    let now = size(month, &figure)?;
    if usual::is_ordinary(asked, indicator, month, now, size) {
        return None;
    }
    let others = usual::others(asked, indicator, month, size);
    let counted = Counted { now, usually: usual::middle(&others)?, is_all: false };
    let slip = usual::slip(&others, now, Some(counted))?;
    let plain = |value: Decimal| number(value.round_dp(1).normalize());
    let message = words(
        &format!("the denominator {}", number(figure.denominator?.normalize())),
        &slip,
        usual::months_in(indicator, month),
        &plain,
    );
    let hint =
        "check the numerator and the denominator for a slipped digit; if they are right, say why in the commentary";
    Some(in_month(asked, indicator, about(asked, Code::TenfoldDenominator, seen, message, hint), month))
}

fn value(asked: &CheckInput<'_>, indicator: &Indicator, month: Period) -> Option<Finding> {
    let (seen, figure) = asked.figure(indicator, month)?;
    let grows = indicator.measure.unit == Unit::Count || indicator.measure.unit.is_money();
    let of = |month: Period, figure: &Figure| {
        if grows { per_month(indicator, month, figure.value) } else { Some(figure.value) }
    };
    let now = of(month, &figure)?;
    if usual::is_ordinary(asked, indicator, month, now, of) {
        return None;
    }
    let others = usual::others(asked, indicator, month, of);
    let slip = usual::slip(&others, now, counted(asked, indicator, month, &figure))?;
    let months = if grows { usual::months_in(indicator, month) } else { Decimal::ONE };
    let message = words(&shown(indicator, figure.value), &slip, months, &|value| shown(indicator, value));
    let hint = "check the figure for a slipped digit or point; if it is right, say why in the commentary";
    Some(in_month(asked, indicator, about(asked, Code::TenfoldFigure, seen, message, hint), month))
}

/// How many are behind a figure: chance moves few by factors.
fn counted(asked: &CheckInput<'_>, indicator: &Indicator, month: Period, figure: &Figure) -> Option<Counted> {
    let of = |figure: &Figure| match indicator.measure.unit {
        Unit::Count => Some(figure.value),
        Unit::Percent | Unit::Rate => figure.numerator,
        _ => None,
    };
    let others = usual::others(asked, indicator, month, |_, figure| of(figure));
    let is_all = indicator.measure.unit == Unit::Count;
    Some(Counted { now: of(figure)?, usually: usual::middle(&others)?, is_all })
}

fn words(found: &str, slip: &Slip, months: Decimal, shown: &dyn Fn(Decimal) -> String) -> String {
    let (low, high) = (slip.usual.0 * months, slip.usual.1 * months);
    let usual = if low == high { shown(low) } else { format!("{} to {}", shown(low), shown(high)) };
    format!(
        "found {found}, about {} times {} than usual: by the {} other figures of the series, {usual} was to be expected",
        number(slip.factor.into()),
        if slip.is_more { "more" } else { "less" },
        slip.count,
    )
}
