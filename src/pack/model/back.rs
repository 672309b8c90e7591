//! The back matter: notes on the data, abbreviations, the key.

use serde::{Deserialize, Serialize};

use super::Chip;
use crate::domain::AttributedText;
use crate::pack::terms::generated;

/// A fact about the data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataNote {
    /// The indicator or source it is about.
    pub about: String,
    /// The note in plain words.
    pub text: AttributedText,
}

/// An abbreviation and its meaning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GlossaryTerm {
    /// "EHCP".
    pub term: String,
    /// "Education, health and care plan: …".
    pub meaning: String,
}

/// A symbol or word of the pack and how to read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyEntry {
    /// The symbol's chip, where it is a rating.
    pub chip: Option<Chip>,
    /// The word or symbol, where it is not.
    pub word: String,
    /// What it means.
    pub meaning: String,
}

/// What the public edition of a pack hides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithheldList {
    /// "What the public edition hides".
    pub title: String,
    /// One or two plain sentences under it.
    pub intro: String,
    /// Heads of the columns.
    pub heads: Vec<String>,
    /// The figures of this pack; empty if none is hidden.
    pub rows: Vec<WithheldRow>,
}

/// A figure that the public edition hides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithheldRow {
    /// "CLA05, Turned 18, October 2026".
    pub figure: String,
    /// "4".
    pub value: String,
    /// "It is a count from 1 to 5."
    pub why: String,
    /// The figures that it would give away; may be empty.
    pub protects: String,
}

generated! {
    DataNote { about, text } keeps {}
    WithheldList { title, intro, heads, rows } keeps {}
    WithheldRow { figure, value, why, protects } keeps {}
}
