//! Signal or noise as words, and the grid that gathers them.

use crate::pack::terms::generated;
use serde::{Deserialize, Serialize};

/// A word with a shape of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Of variation: `improvement`, `concern`, `neutral`, `common` or `none`.
    /// Of assurance: `pass`, `inconsistent`, `fail` or `none`.
    pub kind: String,
    /// "Better than usual", "Could go either way"; empty where nothing is said.
    pub label: String,
}

/// Whether an indicator is changing, and whether it will meet its target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignalWords {
    /// Is it changing?
    pub variation: Mark,
    /// Will it meet its target, if nothing changes?
    pub assurance: Mark,
    /// Which rule says so, or why nothing is said: a sentence.
    pub reason: String,
    /// What to beware of; may be empty.
    pub caution: String,
}

/// Every indicator by what it does and whether it will meet its target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignalGrid {
    /// Heading.
    pub title: String,
    /// How to read it, one or two sentences.
    pub intro: String,
    /// "Look first at …": the head of the ranking; empty where nothing stands out.
    pub first: String,
    /// Heads of the three columns.
    pub heads: Vec<String>,
    /// Rows: variation.
    pub rows: Vec<GridRow>,
    /// Whether each indicator has room for a line of its own, or they are run on.
    pub run_on: bool,
    /// "Not judged", with why in general; empty where all are judged.
    pub rest_title: String,
    /// Those that are not judged.
    pub rest: Vec<GridItem>,
}

/// One variation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GridRow {
    /// The variation.
    pub head: Mark,
    /// Its indicators by what is to be expected of their targets; none where it has none.
    pub groups: Vec<GridGroup>,
    /// What stands there where it has none.
    pub none: String,
}

/// Indicators that change alike, and of which the same is to be expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GridGroup {
    /// What is to be expected.
    pub head: Mark,
    /// The indicators, the most urgent first.
    pub items: Vec<GridItem>,
}

/// An indicator in the grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GridItem {
    /// "CLA06".
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Anchor of its row.
    pub anchor: String,
}

generated! {
    SignalGrid { title, intro, first, heads, rows, rest_title, rest } keeps { run_on }
    GridRow { head, groups, none } keeps {}
    GridGroup { head, items } keeps {}
    GridItem { title } keeps { reference, anchor }
    Mark { label } keeps { kind }
    SignalWords { variation, assurance, reason, caution } keeps {}
}
