//! What a supplement says on its own first page, and which places it marks.

use serde::{Deserialize, Serialize};

/// A supplement to a pack that takes another's place: of the pages of the whole, those
/// that are not as they were.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supplement {
    /// "Supplement: Children in Care Scorecard: October 2026".
    pub title: String,
    /// What it is, a sentence each.
    pub intro: Vec<String>,
    /// The anchors of the places that changed.
    pub changed: Vec<String>,
}
