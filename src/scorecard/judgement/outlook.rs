//! Whether a target will be met, or is being met: where a run of figures has
//! already answered, nothing is forecast.

use rust_decimal::Decimal;

use super::Figures;
use crate::domain::measure::{Measure, double};
use crate::domain::target::in_force;
use crate::domain::{Figure, Goal, Indicator, Period, Unit};
use crate::scorecard::signal::{Assurance, ChartKind, Fact};

/// Points in a row that answer for themselves, as many as make a shift.
const RUN: usize = 7;

/// What is said of a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlook {
    /// What the limits lead to expect.
    Forecast(Assurance),
    /// It is being missed: so many figures in a row, the latest included.
    Missing(TargetRun),
    /// It is being met.
    Meeting(TargetRun),
}

impl Outlook {
    /// The code of `figures.csv`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Forecast(assurance) => assurance.icon(),
            Self::Missing(_) => "missing",
            Self::Meeting(_) => "meeting",
        }
    }
}

/// Figures in a row that miss a target, or meet it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TargetRun {
    /// How many, the latest included.
    pub figures: usize,
    /// Whether there may be more: it is as long as what is looked at.
    pub may_be_more: bool,
    /// What would have put the latest on the other side of the target, where one
    /// alone would.
    pub but_for: Option<ButFor>,
    /// Whether it misses a range at the other end than its limits do.
    pub is_other_side: bool,
}

/// One child, or whatever is counted, that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ButFor {
    /// One more.
    OneMore,
    /// One fewer.
    OneFewer,
}

/// A target that the limits straddle is met by chance only while figures fall on
/// both sides of it. Where the latest is beyond its limits on the wrong side, where
/// a whole run lies on one side of the target, or where the series drifts or stepped and
/// has no limits, what is so is said. So it is where one child decides on which side the
/// latest is: nothing is reliable then. None without a target to hold it against.
pub(super) fn outlook(
    indicator: &Indicator,
    figures: &Figures,
    assurance: Option<Assurance>,
    latest: &Fact,
) -> Option<Outlook> {
    let is_met = |period: Period, value: Decimal| {
        let gap = in_force(&indicator.targets, period)?.goal.shortfall(value, indicator.polarity)?;
        Some(gap <= Decimal::ZERO)
    };
    let met: Vec<Option<bool>> = figures.iter().map(|(period, figure)| is_met(*period, figure.value)).collect();
    let is_met_now = met.last().copied().flatten();
    let but_for = figures.last().and_then(|(period, figure)| {
        let is_tipped = |value: &Decimal| is_met(*period, *value).is_some_and(|is_met| Some(is_met) != is_met_now);
        let tips = |one: Decimal| with(&indicator.measure, figure, one).filter(is_tipped).is_some();
        let more = tips(Decimal::ONE).then_some(ButFor::OneMore);
        more.or_else(|| tips(Decimal::NEGATIVE_ONE).then_some(ButFor::OneFewer))
    });
    let is_other_side = figures.last().is_some_and(|(period, figure)| crosses(indicator, (*period, figure), latest));
    if let (Some(Assurance::Pass | Assurance::Fail), None, false) = (assurance, but_for, is_other_side) {
        return assurance.map(Outlook::Forecast);
    }
    let is_met = is_met_now?;
    let run = met.iter().rev().take_while(|met| **met == Some(is_met)).count();
    // Those before it missed the other end.
    let run = if is_other_side { 1 } else { run };
    let is_beyond = latest.outside && latest.kind == ChartKind::Concern && !is_met;
    // What is judged and has no limits drifts, or stepped.
    if latest.limits.is_none() || is_beyond || run >= RUN || assurance != Some(Assurance::Inconsistent) {
        let run = TargetRun { figures: run, may_be_more: run == met.len(), but_for, is_other_side };
        return Some(if is_met { Outlook::Meeting(run) } else { Outlook::Missing(run) });
    }
    assurance.map(Outlook::Forecast)
}

/// Whether limits lie beyond one end of a range, and the latest figure beyond the other.
fn crosses(indicator: &Indicator, (period, figure): (Period, &Figure), latest: &Fact) -> bool {
    let goal = in_force(&indicator.targets, period).map(|target| target.goal);
    let (Some(Goal::Range(low, high)), Some(limits)) = (goal, latest.limits) else { return false };
    (limits.lower > double(high) && figure.value < low) || (limits.upper < double(low) && figure.value > high)
}

/// The value of a figure with one more counted, or one fewer; none where nothing is
/// counted one by one.
fn with(measure: &Measure, figure: &Figure, one: Decimal) -> Option<Decimal> {
    let more = |counted: Decimal| {
        Some(counted + one).filter(|counted| counted.fract().is_zero() && !counted.is_sign_negative())
    };
    match measure.unit {
        Unit::Count => more(figure.value),
        Unit::Percent => {
            let all = figure.denominator?;
            measure.ratio(more(figure.numerator?).filter(|counted| *counted <= all)?, all)
        }
        Unit::Rate => measure.ratio(more(figure.numerator?)?, figure.denominator?),
        _ => None,
    }
}
