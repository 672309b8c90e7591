//! What a board holds its officers to: the priorities of a plan, the recommendations of
//! an inspectorate, the resolutions of its own meetings.
//!
//! Its number is permanent, and actions are tied to it. How far it is says an officer,
//! in a word: it is no figure, and has no rating's colours.

use super::ids::IndicatorRef;
use super::officer_text::OfficerText;
use super::period::Period;

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Its permanent number, "P2".
    pub id: String,
    /// What it is.
    pub kind: CommitmentKind,
    /// What is to be reached.
    pub title: OfficerText,
    /// Where it is from: "Improvement Plan 2026"; may be empty.
    pub from: String,
    /// The role that answers for it; may be empty.
    pub owner: String,
    /// The indicators that show whether it is reached.
    pub measures: Vec<IndicatorRef>,
    /// How far it was, month by month.
    pub progress: Vec<ProgressReport>,
}

/// What a commitment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CommitmentKind {
    /// A priority of a plan.
    Priority,
    /// A recommendation of an inspectorate.
    Recommendation,
    /// A resolution of a meeting.
    Resolution,
}

/// How far a commitment was in one month, in an officer's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressReport {
    /// The pack that it belongs to.
    pub period: Period,
    /// How far it is.
    pub state: ProgressState,
    /// What has happened; may be empty.
    pub text: OfficerText,
}

/// How far something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProgressState {
    /// It goes as planned.
    OnTrack,
    /// It may not be reached in time.
    AtRisk,
    /// It will not be reached as planned.
    OffTrack,
    /// It is reached.
    Done,
}

impl CommitmentKind {
    /// "Priority".
    pub fn word(self) -> &'static str {
        match self {
            Self::Priority => "Priority",
            Self::Recommendation => "Recommendation",
            Self::Resolution => "Resolution",
        }
    }
}

impl ProgressState {
    /// "On track".
    pub fn word(self) -> &'static str {
        match self {
            Self::OnTrack => "On track",
            Self::AtRisk => "At risk",
            Self::OffTrack => "Off track",
            Self::Done => "Done",
        }
    }
}

impl Commitment {
    /// "Priority P2".
    pub fn name(&self) -> String {
        format!("{} {}", self.kind.word(), self.id)
    }

    /// The latest word on it in the pack of a month or an earlier one.
    pub fn latest(&self, period: Period) -> Option<&ProgressReport> {
        self.progress.iter().filter(|report| report.period <= period).max_by_key(|report| report.period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_word_that_is_not_of_a_later_month_counts() {
        let report = |period: &str, state| ProgressReport {
            period: period.parse().unwrap(),
            state,
            text: OfficerText::default(),
        };
        let commitment = Commitment {
            id: "P2".into(),
            kind: CommitmentKind::Priority,
            title: OfficerText::default(),
            from: String::new(),
            owner: String::new(),
            measures: Vec::new(),
            progress: vec![report("2026-10", ProgressState::AtRisk), report("2026-07", ProgressState::OnTrack)],
        };
        let latest = |period: &str| commitment.latest(period.parse().unwrap()).map(|report| report.state.word());
        assert_eq!(latest("2026-06"), None);
        assert_eq!((latest("2026-07"), latest("2026-09")), (Some("On track"), Some("On track")));
        assert_eq!((latest("2026-10"), latest("2027-01")), (Some("At risk"), Some("At risk")));
        assert_eq!(commitment.name(), "Priority P2");
    }
}
