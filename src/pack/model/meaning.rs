//! What each measure means, who set its target and why.

use serde::{Deserialize, Serialize};

use crate::domain::AttributedText;
use crate::pack::terms::generated;

/// The measures of a pack, each by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeaningList {
    /// Unique within the pack; used as a label.
    pub anchor: String,
    /// "About these measures".
    pub title: String,
    /// Those without a chart of their own, by reference.
    pub rows: Vec<Meaning>,
    /// "Explained beside their charts".
    pub beside: String,
    /// The others, whose blocks say the same, by reference.
    pub places: Vec<MeaningPlace>,
}

/// What a measure means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meaning {
    /// Unique within the pack; used as a label.
    pub anchor: String,
    /// "CLA06".
    pub reference: String,
    /// Its title.
    pub title: String,
    /// What it means and why it matters, in plain words.
    pub plain: AttributedText,
    /// What counts and what does not; may be empty.
    pub definition: AttributedText,
    /// "Target: 88% (the council's own, since April 2024), amber within 4 points."; empty
    /// where there is none.
    pub target: AttributedText,
    /// "Lower is better, at month end".
    pub good: String,
    /// What it is held against: "A year before 68.0%. Neighbours 68%, England 69%;
    /// 2024/25."; empty where there is nothing.
    pub compared: AttributedText,
}

/// Where a measure is explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeaningPlace {
    /// "CLA06".
    pub reference: String,
    /// Its block.
    pub anchor: String,
}

generated! {
    MeaningList { title, rows, beside } keeps { anchor, places }
    Meaning { title, plain, definition, target, good, compared } keeps { anchor, reference }
}
