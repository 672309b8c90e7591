//! Which lines need commentary, what has been written, and whether it still
//! speaks of today's figure.

use super::binding::Binding;
use super::line::Line;
use crate::domain::{ActionPart, Board, Comment, Comments, Missing, Period, Rating, Reading, StandingRequest};
use crate::words;

/// Why a line needs words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotReason {
    /// It is red.
    Red,
    /// Its figure was due and has not come.
    Missing,
    /// It moved by more than the indicator's threshold, whatever its rating.
    Moved,
    /// Members have asked to be with_card every time.
    Asked,
    /// It needs none: an officer wrote anyway.
    Offered,
}

/// How far a slot's commentary is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotState {
    /// Nothing is written.
    Awaited,
    /// What is written was written about another figure.
    Stale,
    /// The commentary file and the commentary workbook say different things.
    Disputed,
    /// It is written and left out, because it names what is hidden.
    LeftOut,
    /// It is red, its text is written and about this figure, and something of its
    /// action is not said.
    Incomplete,
    /// It is written, and about this figure.
    Written,
}

/// The place for commentary on one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot<'a> {
    /// The line's indicator.
    pub indicator: &'a crate::domain::Indicator,
    /// Why it is there.
    pub why: SlotReason,
    /// What members have asked to be with_card about it, and is not closed.
    pub asked: Vec<&'a StandingRequest>,
    /// The figure and rating of today, to which words are bound.
    pub binding: Binding,
    /// What its commentary must say of an action: nothing where it is not red.
    pub needs: &'a [ActionPart],
    /// Whether its figure came and was refused.
    pub is_refused: bool,
    /// What has been written, if anything, whatever figure it is about.
    pub comment: Option<&'a Comment>,
}

impl<'a> Slot<'a> {
    /// How far it is.
    pub fn state(&self) -> SlotState {
        match self.comment {
            None => SlotState::Awaited,
            Some(comment) if comment.text.names_hidden() => SlotState::LeftOut,
            Some(comment) if comment.elsewhere.is_some() => SlotState::Disputed,
            Some(comment) if !self.binding.covers(&comment.about) => SlotState::Stale,
            Some(_) if !self.lacks().is_empty() => SlotState::Incomplete,
            Some(_) => SlotState::Written,
        }
    }

    /// What of an action is still to be said: all of it where nothing is written.
    pub fn lacks(&self) -> Vec<ActionPart> {
        let is_there = |part: ActionPart| self.comment.is_some_and(|comment| comment.has(part));
        self.needs.iter().copied().filter(|part| !is_there(*part)).collect()
    }

    /// Whether words are needed and not all of them may be printed.
    pub fn is_outstanding(&self) -> bool {
        self.why != SlotReason::Offered && self.state() != SlotState::Written
    }

    /// The words that may be printed: those about today's figure.
    pub fn printable(&self) -> Option<&'a Comment> {
        self.comment.filter(|_| matches!(self.state(), SlotState::Written | SlotState::Incomplete))
    }

    /// What is asked of the writer, a sentence each.
    pub fn prompts(&self) -> Vec<String> {
        let mut prompts = Vec::new();
        match self.why {
            SlotReason::Red => {
                prompts.push("Why is this red, what is being done about it, by whom and by when?".to_owned())
            }
            SlotReason::Missing if self.is_refused => {
                prompts.push("What is the right figure, and why could the one in the workbook not be taken?".to_owned())
            }
            SlotReason::Missing => prompts.push("Why is there no figure, and when will there be one?".to_owned()),
            SlotReason::Moved => prompts.push("What is behind this change, and is it expected to last?".to_owned()),
            SlotReason::Asked | SlotReason::Offered => {}
        }
        prompts.extend(self.requests());
        prompts
    }

    /// What members asked to be told every time, a sentence each.
    pub fn requests(&self) -> Vec<String> {
        let of = |standing: &&StandingRequest| {
            let request = standing.request.screened_phrase();
            format!("Asked for at the meeting of {}: {request}.", words::date(standing.asked))
        };
        self.asked.iter().map(of).collect()
    }
}

/// Whether a figure is not there, or was refused, that was due in this pack and that members
/// would miss: one with a target, or a headline of the board.
fn is_missed(line: &Line<'_>, board: &Board) -> bool {
    let is_wanted = line.target.is_some() || board.headlines.contains(&line.indicator.reference);
    let is_absent = matches!(line.current, Reading::Missing(Missing::NotSupplied | Missing::Refused));
    is_wanted && line.is_new && is_absent
}

/// The slot of a line: none where nothing is needed and nothing was written.
pub(super) fn slot<'a>(
    line: &Line<'a>,
    board: &'a Board,
    period: Period,
    comments: Option<&'a Comments>,
) -> Option<Slot<'a>> {
    let reference = &line.indicator.reference;
    let comment = comments.and_then(|comments| comments.on.get(reference)).filter(|comment| comment.is_written());
    let asked: Vec<&StandingRequest> = board
        .commentary
        .standing
        .iter()
        .filter(|standing| standing.indicator == *reference && standing.is_open(period))
        .collect();
    let moved = || {
        let limit = line.indicator.explain_over?;
        Some(line.movement()?.change.abs() > limit)
    };
    let why = if line.rating == Rating::Red {
        SlotReason::Red
    } else if is_missed(line, board) {
        SlotReason::Missing
    } else if moved() == Some(true) {
        SlotReason::Moved
    } else if !asked.is_empty() {
        SlotReason::Asked
    } else {
        comment?;
        SlotReason::Offered
    };
    let is_refused = line.current == Reading::Missing(Missing::Refused);
    let needs = if why == SlotReason::Red { board.commentary.red_needs.as_slice() } else { &[] };
    Some(Slot { indicator: line.indicator, why, asked, binding: Binding::of(line), needs, is_refused, comment })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::{with_card, with_comment};

    const A: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nexplain_over = 5\n\
        [[indicators.A.targets]]\nfrom = \"2025-04\"\nvalue = 80\ntolerance = 5\nsource = \"local\"\n";

    #[test]
    fn a_figure_that_was_due_and_has_not_come_needs_words() {
        let context = "unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n";
        for (a, board, row, expected) in [
            (A, "", "A,2026-10,,,", Some(SlotReason::Missing)),
            (A, "", "", Some(SlotReason::Missing)),
            // The source itself says why.
            (A, "", "A,2026-10,c,,", None),
            (context, "", "", None),
            (context, "headlines = [\"A\"]", "", Some(SlotReason::Missing)),
        ] {
            let why = with_comment(a, board, "", &format!("A,2026-09,90,,\n{row}"), |card| {
                card.slots.first().map(|slot| slot.why)
            });
            assert_eq!(why, expected, "{board} {row}");
        }
        // A quarter's figure is missed in the pack that should be the first to have it.
        let quarterly = A.replace("monthly", "quarterly");
        let why = |rows: &str| with_comment(&quarterly, "", "", rows, |card| card.slots.first().map(|slot| slot.why));
        assert_eq!(why("A,2026-06,90,,"), None);
    }

    #[test]
    fn red_needs_words_and_so_does_a_movement_over_the_threshold() {
        for (before, now, expected) in [
            ("90.0", "85.0", None),
            ("90.0", "84.9", Some(SlotReason::Moved)),
            ("80.0", "85.0", None),
            ("80.0", "85.1", Some(SlotReason::Moved)),
            ("75.0", "75.0", None),
            ("75.0", "74.9", Some(SlotReason::Red)),
            ("90.0", "74.9", Some(SlotReason::Red)),
        ] {
            let rows = format!("A,2026-09,{before},,\nA,2026-10,{now},,");
            let why = with_card(A, "", "\"A\"", &rows, |card| card.slots.first().map(|slot| slot.why));
            assert_eq!(why, expected, "{before} to {now}");
        }
    }

    /// The state of the only slot with this commentary, and whether the pack waits for it.
    fn state(now: &str, board: &str, comment: &str) -> Option<(SlotReason, SlotState, usize)> {
        let rows = format!("A,2026-09,80,,\nA,2026-10,{now},,");
        with_comment(A, board, comment, &rows, |card| {
            card.slots.first().map(|slot| (slot.why, slot.state(), card.outstanding().count()))
        })
    }

    #[test]
    fn words_count_for_the_figure_they_were_written_about() {
        let action = "action = \"a\"\nowner = \"o\"\ndue = \"2026-12-02\"\ntext = ";
        for (comment, expected) in [
            ("", (SlotState::Awaited, 1)),
            ("text = \"TBC\"", (SlotState::Awaited, 1)),
            (&format!("{action}\"x\""), (SlotState::Written, 0)),
            (&format!("{action}\"x\"\nabout = \"74.9% red\""), (SlotState::Written, 0)),
            (&format!("{action}\"x\"\nabout = \"75.0% red\""), (SlotState::Stale, 1)),
            (&format!("{action}\"x\"\nabout = \"74.9% amber\""), (SlotState::Stale, 1)),
        ] {
            let (state, waiting) = expected;
            assert_eq!(super::tests::state("74.9", "", comment), Some((SlotReason::Red, state, waiting)), "{comment}");
        }
        let offered = state("80", "", "text = \"x\"\nabout = \"79.0% amber\"");
        assert_eq!(offered, Some((SlotReason::Offered, SlotState::Stale, 0)), "nobody asked for it");
    }

    #[test]
    fn a_red_waits_for_what_its_board_needs_of_an_action() {
        use ActionPart::{Action, Due, Owner};
        let lacks = |now: &str, board: &str, comment: &str| {
            let rows = format!("A,2026-09,80,,\nA,2026-10,{now},,");
            with_comment(A, board, comment, &rows, |card| {
                let slot = &card.slots[0];
                (slot.state() == SlotState::Incomplete, slot.lacks(), card.outstanding().count())
            })
        };
        let text = "text = \"x\"";
        let (owner, due) = ("owner = \"Head of Service\"", "due = \"2/12/2026\"");
        for (board, comment, expected) in [
            ("", text.to_owned(), (true, vec![Action, Owner, Due], 1)),
            ("", format!("{text}\naction = \"a\"\n{due}"), (true, vec![Owner], 1)),
            (
                "",
                format!("{text}\naction = \"TBC\"\nowner = \" \"\ndue = \"tbc\""),
                (true, vec![Action, Owner, Due], 1),
            ),
            ("", format!("{text}\naction = \"a\"\n{owner}\n{due}"), (false, vec![], 0)),
            ("red_needs = []", text.to_owned(), (false, vec![], 0)),
            ("red_needs = [\"action\"]", text.to_owned(), (true, vec![Action], 1)),
            ("red_needs = [\"due\", \"action\"]", format!("{text}\naction = \"a\""), (true, vec![Due], 1)),
            // Its words may follow, and so may its action.
            ("commentary_to_follow = true", text.to_owned(), (true, vec![Action, Owner, Due], 0)),
        ] {
            assert_eq!(lacks("74.9", board, &comment), expected, "{board} {comment}");
        }
        // Nothing of the kind is asked of what is not red.
        assert_eq!(lacks("75.0", "", text), (false, vec![], 0));
    }

    #[test]
    fn a_board_may_let_commentary_follow() {
        assert_eq!(state("74.9", "commentary_to_follow = true", ""), Some((SlotReason::Red, SlotState::Awaited, 0)));
    }

    #[test]
    fn a_standing_request_asks_until_it_is_closed() {
        let standing = |closed: &str| {
            format!("[[standing]]\nindicator = \"A\"\nasked = \"2026-07-15\"\nrequest = \"Say why.\"\n{closed}")
        };
        assert_eq!(state("80", &standing(""), ""), Some((SlotReason::Asked, SlotState::Awaited, 1)));
        assert_eq!(state("80", &standing("closed = \"2026-10-31\""), ""), None);
        let prompts = with_comment(A, &standing(""), "", "A,2026-10,74.9,,", |card| card.slots[0].prompts());
        assert_eq!(
            prompts,
            [
                "Why is this red, what is being done about it, by whom and by when?",
                "Asked for at the meeting of 15 July 2026: Say why."
            ]
        );
    }
}
