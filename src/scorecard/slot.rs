//! Which lines need commentary, and what has been written.

use super::line::Line;
use crate::config::Comments;
use crate::domain::{Comment, Rating};

/// Why a line needs words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is red.
    Red,
    /// It moved by more than the indicator's threshold, whatever its rating.
    Moved,
    /// It needs none: an officer wrote anyway.
    Offered,
}

/// The place for commentary on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot<'a> {
    /// The line's indicator.
    pub indicator: &'a crate::domain::Indicator,
    /// Why it is there.
    pub why: Why,
    /// What has been written, if anything.
    pub comment: Option<&'a Comment>,
}

impl Slot<'_> {
    /// Whether words are needed and none are there.
    pub fn is_outstanding(&self) -> bool {
        self.why != Why::Offered && self.comment.is_none()
    }

    /// What is asked of the writer.
    pub fn prompt(&self) -> &'static str {
        match self.why {
            Why::Red => "Why is this red, what is being done about it, by whom and by when?",
            Why::Moved => "What is behind this change, and is it expected to last?",
            Why::Offered => "",
        }
    }
}

/// The slot of a line: none where nothing is needed and nothing was written.
pub(super) fn slot<'a>(line: &Line<'a>, comments: Option<&'a Comments>) -> Option<Slot<'a>> {
    let comment =
        comments.and_then(|comments| comments.get(&line.indicator.reference)).filter(|comment| comment.is_written());
    let moved = || {
        let limit = line.indicator.explain_over?;
        Some(line.movement()?.change.abs() > limit)
    };
    let why = if line.rating == Rating::Red {
        Why::Red
    } else if moved() == Some(true) {
        Why::Moved
    } else {
        comment?;
        Why::Offered
    };
    Some(Slot { indicator: line.indicator, why, comment })
}
