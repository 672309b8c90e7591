//! What is being done about an indicator that needs attention, in one line: what, by whom
//! and by when; or from whom and by when that is awaited.

use super::super::Setting;
use super::super::model::ActionLine;
use crate::domain::{ActionPart, AttributedText, Comment, OfficerText};
use crate::scorecard::{Line, Scorecard, Slot, SlotReason, SlotState};
use crate::words;

/// How many letters of an action page 1 has room for, before it is cut to whole sentences.
const ROOM: usize = 130;

/// How long one sentence may be.
const MOST: usize = 260;

/// What stands where nobody was asked for an action.
const NONE: &str = "No action is given: ask ";

pub(super) fn action(card: &Scorecard<'_>, setting: &Setting<'_>, line: &Line<'_>) -> ActionLine {
    let slot = card.slots.iter().find(|slot| slot.indicator.reference == line.indicator.reference);
    let owner = &line.indicator.owner;
    let Some(slot) = slot else { return open("none", format!("{NONE}{owner}.")) };
    if let Some(comment) = slot.printable().filter(|comment| comment.has(ActionPart::Action)) {
        return completed(given(comment), card, setting, slot);
    }
    match slot.state() {
        SlotState::LeftOut => open("none", OfficerText::LEFT_OUT.to_owned()),
        _ if slot.is_outstanding() => open("awaited", awaited(card, setting, slot)),
        _ => open("none", format!("{NONE}{owner}.")),
    }
}

fn open(state: &str, what: String) -> ActionLine {
    ActionLine {
        state: state.to_owned(),
        label: String::new(),
        what: what.into(),
        by_label: String::new(),
        by: AttributedText::default(),
    }
}

fn given(comment: &Comment) -> ActionLine {
    let mut by = if comment.has(ActionPart::Owner) { comment.owner.screened_trimmed() } else { Default::default() };
    if let Some(due) = comment.due.map(words::date) {
        by.push(if by.is_empty() { due } else { format!(", {due}") });
    }
    ActionLine {
        state: "given".to_owned(),
        label: "Action".to_owned(),
        what: comment.action.screened_as(in_brief),
        by_label: if by.is_empty() { String::new() } else { "By".to_owned() },
        by,
    }
}

/// The same with what its action still lacks, and from whom that is awaited.
fn completed(line: ActionLine, card: &Scorecard<'_>, setting: &Setting<'_>, slot: &Slot<'_>) -> ActionLine {
    if slot.state() != SlotState::Incomplete {
        return line;
    }
    let lacks = format!("{} awaited {}", words::action_parts(&slot.lacks()), from(card, setting, slot));
    let by = if line.by.is_empty() { line.by } else { line.by.and("; ") };
    ActionLine { state: "awaited".to_owned(), by_label: "By".to_owned(), by: by.and(lacks), ..line }
}

/// "Action awaited from Head of Service, SEND, by 11 November 2026."
fn awaited(card: &Scorecard<'_>, setting: &Setting<'_>, slot: &Slot<'_>) -> String {
    let what = match (slot.why, slot.state()) {
        (_, SlotState::Stale) => "The words are about another figure; new ones",
        (_, SlotState::Disputed) => "Two texts differ; which one counts",
        (SlotReason::Red, _) => "What is being done",
        _ => "What is behind it",
    };
    let follow = if card.board.commentary.to_follow { "to follow" } else { "awaited" };
    format!("{what}: {follow} {}.", from(card, setting, slot))
}

/// "from Head of Service, SEND, by 11 November 2026".
fn from(card: &Scorecard<'_>, setting: &Setting<'_>, slot: &Slot<'_>) -> String {
    let due = card.board.commentary_due(card.period, setting.calendar).map(|due| format!(", by {}", words::date(due)));
    // Words that follow the agenda come before the meeting.
    let meeting = || {
        let meeting = card.board.meeting(card.period).filter(|_| card.board.commentary.to_follow)?;
        Some(format!(", before the meeting of {}", words::date(meeting.date)))
    };
    format!("from {}{}", slot.indicator.owner, due.or_else(meeting).unwrap_or_default())
}

/// A text as it stands, or as many whole sentences of it as there is room for.
pub(in crate::pack) fn in_brief(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= ROOM {
        return text;
    }
    let ends = text.match_indices(['.', '!', '?']).map(|(at, sign)| at + sign.len());
    let ends: Vec<usize> = ends.filter(|end| text[*end..].starts_with(' ')).collect();
    let is_within = |end: usize, most: usize| text[..end].chars().count() <= most;
    let end = ends.iter().rfind(|end| is_within(**end, ROOM));
    let end = end.or_else(|| ends.first().filter(|end| is_within(**end, MOST)));
    match end {
        Some(end) => format!("{} …", &text[..*end]),
        None if text.chars().count() <= MOST => text,
        // A sentence without an end is cut between two words.
        None => {
            let words = text.match_indices(' ').map(|(at, _)| at).take_while(|at| is_within(*at, MOST));
            match words.last() {
                Some(at) => format!("{} …", text[..at].trim_end_matches(|c: char| !c.is_alphanumeric())),
                None => "It is longer than this page has room for.".to_owned(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_is_cut_to_whole_sentences_and_says_so() {
        let sentence = |n: usize| format!("{}.", "x".repeat(n - 1));
        let both = |a: usize, b: usize| format!("{} {}", sentence(a), sentence(b));
        for (text, expected) in [
            ("Hire  two.\n\nNow.".to_owned(), "Hire two. Now.".to_owned()),
            (sentence(ROOM), sentence(ROOM)),
            (both(60, 69), both(60, 69)),
            (both(60, 70), format!("{} …", sentence(60))),
            (both(ROOM, 9), format!("{} …", sentence(ROOM))),
            // A first sentence that is too long to cut stands whole.
            (sentence(ROOM + 1), sentence(ROOM + 1)),
            (both(ROOM + 1, 9), format!("{} …", sentence(ROOM + 1))),
            (sentence(MOST), sentence(MOST)),
            (sentence(MOST + 1), "It is longer than this page has room for.".to_owned()),
            (both(MOST, 9), format!("{} …", sentence(MOST))),
            (both(MOST + 1, 9), "It is longer than this page has room for.".to_owned()),
            (format!("Hire two {}", sentence(MOST)), "Hire two …".to_owned()),
            // A point within a number ends nothing.
            (format!("At 1.5 {}", sentence(ROOM)), format!("At 1.5 {}", sentence(ROOM))),
        ] {
            assert_eq!(in_brief(&text), expected, "{text}");
        }
    }
}
