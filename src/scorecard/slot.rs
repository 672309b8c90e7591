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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::rehearsal::told;

    const A: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nexplain_over = 5\n\
        [[indicators.A.targets]]\nfrom = \"2025-04\"\nvalue = 80\ntolerance = 5\nsource = \"local\"\n";

    #[test]
    fn red_needs_words_and_so_does_a_movement_over_the_threshold() {
        for (before, now, expected) in [
            ("90.0", "85.0", None),
            ("90.0", "84.9", Some(Why::Moved)),
            ("80.0", "85.0", None),
            ("80.0", "85.1", Some(Why::Moved)),
            ("75.0", "75.0", None),
            ("75.0", "74.9", Some(Why::Red)),
            ("90.0", "74.9", Some(Why::Red)),
        ] {
            let rows = format!("A,2026-09,{before},,\nA,2026-10,{now},,");
            let why = told(A, "", "\"A\"", &rows, |card| card.slots.first().map(|slot| slot.why));
            assert_eq!(why, expected, "{before} to {now}");
        }
    }
}
