//! What a section says in words, beside its indicators or without any: a theme, a
//! presentation, pledges, what became of what was promised a year ago.

use super::commitment::ProgressState;
use super::officer_text::OfficerText;
use super::period::Period;

/// Words of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The pack that they belong to; none for every one.
    pub period: Option<Period>,
    /// Their heading; may be empty.
    pub title: OfficerText,
    /// Paragraphs and lists; may be empty.
    pub text: OfficerText,
    /// The role that presents them; may be empty.
    pub by: String,
    /// Where more is, "agenda item 9"; may be empty.
    pub place: String,
    /// What was promised and what became of it; may be none.
    pub pledges: Vec<Pledge>,
}

/// Something that was promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pledge {
    /// What was promised.
    pub promised: OfficerText,
    /// What was done; may be empty.
    pub done: OfficerText,
    /// What shows that it was, or what it changed; may be empty.
    pub evidence: OfficerText,
    /// How far it is, where an officer says so.
    pub state: Option<ProgressState>,
}

impl Passage {
    /// Whether the pack of a month prints it.
    pub fn is_shown(&self, period: Period) -> bool {
        self.period.is_none_or(|own| own == period)
    }
}
