//! Whether a target will be met, or is being met: where a run of figures has
//! already answered, nothing is forecast.

use rust_decimal::Decimal;

use super::Figures;
use crate::domain::Indicator;
use crate::domain::target::in_force;
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
}

/// A target that the limits straddle is met by chance only while figures fall on
/// both sides of it. Where the latest is beyond its limits on the wrong side, where
/// a whole run lies on one side of the target, or where the series drifts and has
/// no limits, what is so is said. None without a target to hold it against.
pub(super) fn outlook(
    indicator: &Indicator,
    figures: &Figures,
    assurance: Option<Assurance>,
    latest: &Fact,
) -> Option<Outlook> {
    if let Some(Assurance::Pass | Assurance::Fail) = assurance {
        return assurance.map(Outlook::Forecast);
    }
    let met: Vec<Option<bool>> = figures
        .iter()
        .map(|(period, figure)| {
            let gap = in_force(&indicator.targets, *period)?.goal.shortfall(figure.value, indicator.polarity)?;
            Some(gap <= Decimal::ZERO)
        })
        .collect();
    let is_met = (*met.last()?)?;
    let run = met.iter().rev().take_while(|met| **met == Some(is_met)).count();
    let is_beyond = latest.outside && latest.kind == ChartKind::Concern && !is_met;
    // What is judged and has no limits drifts.
    if latest.limits.is_none() || is_beyond || run >= RUN {
        let run = TargetRun { figures: run, may_be_more: run == met.len() };
        return Some(if is_met { Outlook::Meeting(run) } else { Outlook::Missing(run) });
    }
    assurance.map(Outlook::Forecast)
}
