//! What an officer wrote, as a small tree: paragraphs and lists of spans.

use serde::{Deserialize, Serialize};

/// What an officer wrote, or the place where it will stand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommentaryBox {
    /// `written`, `incomplete` (a red whose action is still to be said), `awaited`,
    /// `stale`, `disputed` or `to-follow`; all but the first two are placeholders.
    pub state: String,
    /// "Commentary", "Commentary awaited" and the like.
    pub heading: String,
    /// The text; for a placeholder, why there is none and what is asked.
    pub prose: Vec<ProseBlock>,
    /// Action, owner, due, expected effect; only those given.
    pub fields: Vec<super::Field>,
}

/// A paragraph or a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ProseBlock {
    /// A paragraph.
    Paragraph {
        /// Its text.
        spans: Vec<Span>,
    },
    /// A list; lists stand in lists at most two deep.
    List {
        /// Whether its items are numbered.
        ordered: bool,
        /// The number of its first item.
        start: u64,
        /// Its items.
        items: Vec<Vec<ProseBlock>>,
    },
}

/// Text of one weight and with one link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The text.
    pub text: String,
    /// `regular`, `semibold` (emphasis: the paper has no italics) or `bold`.
    pub weight: String,
    /// Where it leads, an http, https or mailto address; empty if nowhere.
    pub link: String,
}

impl ProseBlock {
    /// A paragraph of plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::of(text, "regular")
    }

    /// A paragraph of emphasised text.
    pub fn emphasised(text: impl Into<String>) -> Self {
        Self::of(text, "semibold")
    }

    fn of(text: impl Into<String>, weight: &str) -> Self {
        Self::Paragraph { spans: vec![Span { text: text.into(), weight: weight.to_owned(), link: String::new() }] }
    }
}
