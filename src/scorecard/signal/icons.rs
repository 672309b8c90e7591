//! Variation (is it changing?) and assurance (will it meet the target?).

use super::limits::ControlLimits;
use super::{Better, ChartKind, Fact, Options};

/// Is it changing? From the last point alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variation {
    /// Ordinary ups and downs.
    Common,
    /// Better, by going up (true) or down.
    Improvement(bool),
    /// Worse, by going up (true) or down.
    Concern(bool),
    /// Changed upwards (true) or downwards, where neither is better.
    Neutral(bool),
}

impl Variation {
    /// What a point's own fact says.
    pub fn of(fact: &Fact) -> Self {
        let up = fact.rule.way() > 0;
        match fact.kind {
            ChartKind::Common => Self::Common,
            ChartKind::Improvement => Self::Improvement(up),
            ChartKind::Concern => Self::Concern(up),
            ChartKind::NeutralHigh | ChartKind::NeutralLow => Self::Neutral(up),
        }
    }

    /// A special cause upwards.
    pub fn upwards(better: Better) -> Self {
        match better {
            Better::Higher => Self::Improvement(true),
            Better::Lower => Self::Concern(true),
            Better::Neither => Self::Neutral(true),
        }
    }

    /// In the words of the field: "concern_low".
    pub fn icon(self) -> &'static str {
        match self {
            Self::Common => "common_cause",
            Self::Improvement(true) => "improvement_high",
            Self::Improvement(false) => "improvement_low",
            Self::Concern(true) => "concern_high",
            Self::Concern(false) => "concern_low",
            Self::Neutral(true) => "neutral_high",
            Self::Neutral(false) => "neutral_low",
        }
    }

    /// The kind of cause, in the words of the field.
    pub fn word(self) -> &'static str {
        match self {
            Self::Common => ChartKind::Common.word(),
            Self::Improvement(_) => ChartKind::Improvement.word(),
            Self::Concern(_) => ChartKind::Concern.word(),
            Self::Neutral(true) => ChartKind::NeutralHigh.word(),
            Self::Neutral(false) => ChartKind::NeutralLow.word(),
        }
    }
}

/// Will it meet the target, if nothing changes?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assurance {
    /// Always.
    Pass,
    /// Never.
    Fail,
    /// Sometimes, by chance.
    Inconsistent,
}

impl Assurance {
    /// In the words of the field: "consistent_pass".
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "consistent_pass",
            Self::Fail => "consistent_fail",
            Self::Inconsistent => "inconsistent",
        }
    }

    /// The icon: "pass".
    pub fn icon(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Inconsistent => "inconsistent",
        }
    }
}

/// The target against the last group's limits, strictly: a target on a limit
/// is met by chance.
pub(super) fn assurance(limits: Option<ControlLimits>, options: &Options) -> Option<Assurance> {
    let target = options.target?;
    let limits = limits?;
    let (above, below) = (target > limits.upper, target < limits.lower);
    Some(match options.better {
        Better::Neither => return None,
        Better::Higher if above => Assurance::Fail,
        Better::Higher if below => Assurance::Pass,
        Better::Lower if above => Assurance::Pass,
        Better::Lower if below => Assurance::Fail,
        Better::Higher | Better::Lower => Assurance::Inconsistent,
    })
}
