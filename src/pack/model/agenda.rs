//! What the board carries from meeting to meeting, as printed.

use serde::{Deserialize, Serialize};

use crate::domain::AttributedText;
use crate::pack::terms::generated;

/// For whom an edition is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionNotice {
    /// "For general release".
    pub marker: String,
    /// Why it is not published, with its paragraph; empty for a public one.
    pub reason: AttributedText,
}

/// One list under "From earlier meetings" and the like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaTable {
    /// What kind of list, which decides its columns: `commitments`, `actions`, `answers`,
    /// `requests`, `voices`, `audits`, `reports`, `see-also` or `groups`.
    pub kind: String,
    /// Unique within the pack; used as a label.
    pub anchor: String,
    /// Heading.
    pub title: String,
    /// One plain sentence under it; may be empty.
    pub intro: String,
    /// Heads of the columns.
    pub heads: Vec<String>,
    /// Rows, each with a cell for every head.
    pub rows: Vec<Vec<AgendaCell>>,
}

/// A cell of such a list. Parts that are empty are not drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaCell {
    /// A state in a word: "Overdue", "Done", "To follow".
    pub mark: String,
    /// How the mark looks: `late`, `waiting`, `done`, `on-track` or `at-risk`; empty
    /// without a mark.
    pub look: String,
    /// The words that lead.
    pub strong: String,
    /// The text.
    pub text: String,
    /// The small line under it.
    pub aside: String,
    /// Anchor whose page is printed; may be empty.
    pub anchor: String,
}

/// Something that is not collected yet, in its section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotCollectedRow {
    /// What it is.
    pub title: AttributedText,
    /// Why there is nothing yet.
    pub why: AttributedText,
    /// "Expected in the March 2027 pack"; may be empty.
    pub expected: String,
}

generated! {
    EditionNotice { marker, reason } keeps {}
    NotCollectedRow { title, why, expected } keeps {}
}
