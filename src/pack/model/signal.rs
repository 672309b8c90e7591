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
    /// "Look first at CLA08 and CL01: …"; empty where nothing stands out.
    pub first: String,
    /// What the rows tell apart.
    pub corner: String,
    /// Heads of the columns: assurance; one that would be empty is not there.
    pub columns: Vec<Mark>,
    /// Rows: variation.
    pub rows: Vec<GridRow>,
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
    /// A cell for each column, in order; may be empty.
    pub cells: Vec<Vec<GridItem>>,
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
    SignalGrid { title, intro, first, corner, columns, rows, rest_title, rest } keeps {}
    GridRow { head, cells } keeps {}
    GridItem { title } keeps { reference, anchor }
    Mark { label } keeps { kind }
    SignalWords { variation, assurance, reason, caution } keeps {}
}
