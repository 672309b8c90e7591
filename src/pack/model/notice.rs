//! The page that says why a pack is held.

use serde::{Deserialize, Serialize};

use super::{CivilDate, Field};

/// The one page that tells officers why a board's pack is held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldNotice {
    /// Always [`SCHEMA`](super::SCHEMA).
    pub schema: u32,
    /// Title of the page, in the metadata and at its top.
    pub title: String,
    /// The publishing authority.
    pub author: String,
    /// One sentence for the metadata.
    pub description: String,
    /// The pack's as-at date.
    pub date: CivilDate,
    /// Left part of the footer.
    pub footer: String,
    /// "This pack was not published …": what held means for the reader.
    pub lead: String,
    /// Board, period, last published revision and the like.
    pub fields: Vec<Field>,
    /// What has to be mended, worst first.
    pub reasons: Vec<HeldReason>,
    /// "3 further findings are in findings.json"; may be empty.
    pub more: String,
    /// What to do, step by step.
    pub steps: Vec<String>,
}

/// One finding that holds the pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldReason {
    /// "F201", stable.
    pub code: String,
    /// File, sheet and cell, as far as known.
    pub place: String,
    /// What was found and what was expected.
    pub message: String,
    /// How to mend it.
    pub hint: String,
}
