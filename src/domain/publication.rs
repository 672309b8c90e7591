//! What names a pack, what state it stands in, and which files it was made
//! from.

use chrono::{DateTime, Utc};

use super::ids::BoardId;
use super::period::Period;

/// One pack: a board in a period.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct PackKey {
    /// The period.
    pub period: Period,
    /// The board.
    pub board: BoardId,
}

/// Whether a published pack waits for commentary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackState {
    /// The figures are good and commentary is outstanding.
    Draft,
    /// Nothing is outstanding.
    Final,
}

impl PackState {
    /// "draft", "final".
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Final => "final",
        }
    }
}

/// A workbook that a pack was made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Input {
    /// The file's name on its share.
    pub origin: String,
    /// Digest of its bytes.
    pub sha256: String,
    /// When the file was last changed, as far as its storage said.
    pub as_at: Option<DateTime<Utc>>,
}
