//! The texts of what a board carries from meeting to meeting, and of its sections of
//! words.

use super::{TextPlace, TextVisitor, plain};
use crate::domain::OfficerText;
use crate::domain::agenda::{
    Action, Agenda, AgendaReport, Answer, Audit, NotCollected, Request, SeeAlso, Wanted, YouSaid,
};
use crate::domain::commitment::{Commitment, ProgressReport};
use crate::domain::passage::{Passage, Pledge};

/// What a section says in words.
pub(super) fn of_passages(number: &str, passages: &mut [Passage], visitor: &mut impl TextVisitor) {
    for (nth, Passage { period: _, title, text, by, place, pledges }) in (1..).zip(passages) {
        let table = format_args!("[[sections]] {number} words {nth}");
        visitor.pair(table, None, [("title", &mut *title), ("text", text)]);
        for (key, label) in [("by", by), ("place", place)] {
            visitor.label_beside(format_args!("[[sections]] {number} words {nth}, `{key}`,"), None, title, label);
        }
        for (row, Pledge { promised, done, evidence, state: _ }) in (1..).zip(pledges) {
            let table = format_args!("[[sections]] {number} words {nth} pledge {row}");
            visitor.pair(table, None, [("promised", &mut *promised), ("done", &mut *done)]);
            visitor.pair(table, None, [("done", done), ("evidence", &mut *evidence)]);
            visitor.pair(table, None, [("promised", promised), ("evidence", evidence)]);
        }
    }
}

/// Whether an action's id is one that a message may say: "A12", and no words.
fn is_a_number(id: &str) -> bool {
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '/' | '.');
    id.chars().all(is_part) && id.contains(|c: char| c.is_ascii_digit())
}

pub(super) fn of_agenda(agenda: &mut Agenda, visitor: &mut impl TextVisitor) {
    let Agenda { actions, answers, requests, you_said, audits, reports, see_also, not_collected, commitments } = agenda;
    of_commitments(commitments, visitor);
    // Counted as they stand in the file.
    for (nth, Action { id, text, owner, raised: _, due: _, done: _, note, serves }) in (1..).zip(actions) {
        let own = if is_a_number(id) { id.clone() } else { nth.to_string() };
        visitor.title(format_args!("[[actions]] {nth}, `id`,"), None, id);
        visitor.label(format_args!("[[actions]] {own}, `owner`,"), None, owner);
        visitor.pair(format_args!("[[actions]] {own}"), None, [("text", &mut *text), ("note", &mut *note)]);
        // What serves a commitment is read beside what shows how far that is.
        if let Some(served) = commitments.iter().find(|commitment| commitment.id == *serves) {
            for words in [text, note] {
                visitor.progress(format_args!("[[actions]] {own}"), &served.measures, &served.title, words);
            }
        }
    }
    for (nth, entry) in (1..).zip(answers) {
        let Answer { question, asked_by, asked: _, indicator, answer } = entry;
        visitor.label(format_args!("[[answers]] {nth}, `asked_by`,"), indicator.as_ref(), asked_by);
        let mut none = OfficerText::default();
        let given = answer.as_mut().map_or(&mut none, |(_, given)| given);
        let pair = [("question", question), ("answer", given)];
        visitor.pair(format_args!("[[answers]] {nth}"), indicator.as_ref(), pair);
    }
    for (nth, Request { text, asked: _, wanted, met, closed: _ }) in (1..).zip(requests) {
        let about = match wanted {
            Wanted::Indicator(wanted) => Some(&*wanted),
            Wanted::Section(_) | Wanted::Words => None,
        };
        visitor.pair(format_args!("[[requests]] {nth}"), about, [("text", text), ("met", met)]);
    }
    for (nth, YouSaid { period: _, who, said, did, evidence }) in (1..).zip(you_said) {
        visitor.label(format_args!("[[you_said]] {nth}, `who`,"), None, who);
        visitor.pair(format_args!("[[you_said]] {nth}"), None, [("said", &mut *said), ("did", &mut *did)]);
        visitor.pair(format_args!("[[you_said]] {nth}"), None, [("did", did), ("evidence", &mut *evidence)]);
        visitor.pair(format_args!("[[you_said]] {nth}"), None, [("said", said), ("evidence", evidence)]);
    }
    for (nth, Audit { period: _, subject, found, next }) in (1..).zip(audits) {
        visitor.pair(format_args!("[[audits]] {nth}"), None, [("subject", subject), ("found", &mut *found)]);
        visitor.pair(format_args!("[[audits]] {nth}"), None, [("found", found), ("next", next)]);
    }
    for (nth, AgendaReport { title, owner, first: _, every_months: _, place }) in (1..).zip(reports) {
        let written = title.clone();
        visitor.label(format_args!("[[reports]] {nth}, `title`,"), None, title);
        let beside = if written == *title { OfficerText::from(written) } else { OfficerText::left_out(written) };
        for (key, label) in [("owner", owner), ("place", place)] {
            visitor.label_beside(format_args!("[[reports]] {nth}, `{key}`,"), None, &beside, label);
        }
    }
    for (nth, SeeAlso { period: _, text, place, indicator }) in (1..).zip(see_also) {
        let about = indicator.as_ref();
        visitor.text(TextPlace { about, ..plain(format_args!("[[see_also]] {nth}, `text`,")) }, text);
        visitor.label_beside(format_args!("[[see_also]] {nth}, `place`,"), about, text, place);
    }
    for (nth, NotCollected { section: _, title, why, expected: _ }) in (1..).zip(not_collected) {
        visitor.pair(format_args!("[[not_collected]] {nth}"), None, [("title", title), ("why", why)]);
    }
}

/// What a board holds its officers to. What was said of an earlier month stands in the
/// packs until there is something newer.
fn of_commitments(commitments: &mut [Commitment], visitor: &mut impl TextVisitor) {
    for (nth, entry) in (1..).zip(commitments) {
        let Commitment { id, kind: _, title, from, owner, measures, progress } = entry;
        let own = if is_a_number(id) { id.clone() } else { nth.to_string() };
        visitor.title(format_args!("[[commitments]] {nth}, `id`,"), None, id);
        for (key, label) in [("from", from), ("owner", owner)] {
            visitor.label(format_args!("[[commitments]] {own}, `{key}`,"), None, label);
        }
        visitor.text(plain(format_args!("[[commitments]] {own}, `title`,")), title);
        for ProgressReport { period, state: _, text } in progress {
            visitor.progress(format_args!("[[commitments]] {own} progress of {period}"), measures, title, text);
        }
    }
}
