//! What was said before and is otherwise now: restatements and changes.

use serde::{Deserialize, Serialize};

use super::Chip;
use crate::pack::terms::generated;

/// Restatements of one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestatementGroup {
    /// The source's title.
    pub source: String,
    /// Its restated figures, indicator by indicator, the newest month first.
    pub rows: Vec<Restatement>,
}

/// A published figure that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restatement {
    /// "CLA06".
    pub reference: String,
    /// The indicator's title.
    pub title: String,
    /// Where in the pack the indicator is.
    pub anchor: String,
    /// "September 2026".
    pub period: String,
    /// "81.2%".
    pub was: String,
    /// Its rating as printed; none where none was, or where it is the same.
    pub was_rating: Option<Chip>,
    /// "80.9%", or why there is no figure any more.
    pub now: String,
    /// Its rating now; none where it is the same or none was printed.
    pub now_rating: Option<Chip>,
    /// "The source was corrected."
    pub why: String,
    /// "September 2026 pack, revision 2": where the old figure stands.
    pub printed_in: String,
}

/// What this revision says otherwise than the one before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeList {
    /// "Changes since revision 1".
    pub title: String,
    /// Each change; never empty.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// "CLA06"; empty where it is about the pack as a whole.
    pub reference: String,
    /// "Was 10.1%, amber; now 10.4%, red: the source was corrected."
    pub sentence: String,
    /// The place in the pack that changed; empty where it is no single place.
    pub anchor: String,
}

generated! {
    RestatementGroup { source, rows } keeps {}
    Restatement {
        title, period, was, was_rating, now, now_rating, why, printed_in
    } keeps { reference, anchor }
    ChangeList { title, changes } keeps {}
    Change { sentence } keeps { reference, anchor }
}
