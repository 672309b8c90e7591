//! What officers write, and the slot it belongs to.

use chrono::NaiveDate;

/// One officer's words on one indicator, for one period and board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comment {
    /// The commentary itself, as typed; blank lines part paragraphs.
    pub text: String,
    /// What is being done; may be empty.
    pub action: String,
    /// Role that does it; may be empty.
    pub owner: String,
    /// By when.
    pub due: Option<NaiveDate>,
    /// What it is expected to achieve; may be empty.
    pub expect: String,
}

impl Comment {
    /// Whether it says anything: a table of empty fields is no commentary.
    pub fn is_written(&self) -> bool {
        !self.text.trim().is_empty()
    }
}
