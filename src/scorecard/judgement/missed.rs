//! Declared rebases that begin no limits: what they were meant to mark is not
//! where they say.

use super::Figures;
use crate::domain::{Indicator, Period};

/// A month ahead of the pack's that lies further off than this was hardly meant.
const AHEAD: i32 = 12;

/// A declared rebase that begins no limits, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missed {
    /// Its month has no figure, though the series has begun and goes on.
    NoFigure(Period),
    /// It lies before everything that the source holds.
    BeforeFirst {
        /// The month that is declared.
        from: Period,
        /// The first month that there is anything of.
        first: Period,
    },
    /// It lies more than a year after the pack's month.
    FarAhead(Period),
}

impl Missed {
    /// What is wrong, and how to mend it.
    pub(in crate::scorecard) fn words(self) -> (String, &'static str) {
        match self {
            Self::NoFigure(from) => (
                format!("what is usual should be worked out again from {}, which has no figure", from.words()),
                "name the month of a figure under signal.rebase in indicators.toml",
            ),
            Self::BeforeFirst { from, first } => (
                format!(
                    "what is usual should be worked out again from {}, before the first figure of the source, that of {}",
                    from.words(),
                    first.words()
                ),
                "name the month of a figure under signal.rebase in indicators.toml, or take it out: limits begin with the series by themselves",
            ),
            Self::FarAhead(from) => (
                format!(
                    "what is usual should be worked out again from {}, more than a year after this pack's month",
                    from.words()
                ),
                "correct the year of the month under signal.rebase in indicators.toml",
            ),
        }
    }
}

/// Those within the figures in sight that match none of them.
pub(super) fn within(indicator: &Indicator, figures: &Figures, latest: Period) -> Vec<Missed> {
    let Some((first, _)) = figures.first() else { return Vec::new() };
    let is_within = |from: &Period| (*first..=latest).contains(from);
    let matches = |from: &Period| figures.iter().any(|(period, _)| period == from);
    let rebases = indicator.trend.rebases.iter().map(|rebase| rebase.from);
    rebases.filter(|from| is_within(from) && !matches(from)).map(Missed::NoFigure).collect()
}

/// Those before the first month of the source, or far after the pack's. One
/// before the months in sight marked what is out of sight by now, and one a few
/// months ahead is declared in good time.
pub(in crate::scorecard) fn beyond(
    indicator: &Indicator,
    first: Option<Period>,
    pack: Period,
) -> impl Iterator<Item = Missed> {
    indicator.trend.rebases.iter().filter_map(move |rebase| {
        let from = rebase.from;
        match first? {
            first if from < first => Some(Missed::BeforeFirst { from, first }),
            _ => (from.since(pack) > AHEAD).then_some(Missed::FarAhead(from)),
        }
    })
}
