//! A message in words.

use crate::domain::Edition;
use crate::domain::notice::{NoticeItem, NoticeKind, PackMessage};
use crate::words;

/// How a message begins, and what whoever gets it does.
struct Wording {
    /// Before the pack: "Held".
    subject: &'static str,
    /// What several of it are: "scorecards are held".
    several: &'static str,
    /// The first paragraph.
    lead: &'static str,
    /// The last one.
    close: &'static str,
}

fn wording(kind: NoticeKind) -> Wording {
    let (subject, several, lead, close) = match kind {
        NoticeKind::Preflight => (
            "Not ready yet",
            "scorecards are not ready yet",
            "A scorecard falls due soon, and would be held as things stand.",
            "Nothing is held yet. What is put right before the day needs no answer.",
        ),
        NoticeKind::Chase => (
            "Commentary asked for",
            "scorecards ask for commentary",
            "Commentary is asked for. Please write it in the commentary file of the month, or in the commentary \
             workbook; the next run prints it.",
            "The pack becomes final by itself once nothing is outstanding.",
        ),
        NoticeKind::Draft => (
            "Draft to read",
            "drafts to read",
            "A draft scorecard is there. It is not to be published: it is marked as a draft on every page.",
            "It becomes final by itself once nothing is outstanding.",
        ),
        NoticeKind::Final => (
            "Final scorecard",
            "final scorecards",
            "The final scorecard is ready for the agenda papers. It is an accessible PDF (PDF/UA-1): please attach it \
             as it is, without printing or converting it.",
            "`boardpack verify` tells whether a copy is the one that was published.",
        ),
        NoticeKind::Held => (
            "Held",
            "scorecards are held",
            "A scorecard is held: it is not published, because what it would show may be wrong.",
            "It is tried again by itself, and is published once this is put right.",
        ),
        NoticeKind::Late => (
            "Not final in time",
            "scorecards are not final in time",
            "A scorecard was to be final by now, and is not.",
            "It becomes final by itself once nothing is outstanding.",
        ),
        NoticeKind::Missed => (
            "Missed",
            "scorecards were missed",
            "A scorecard was not made in its time, and is not made late by itself: `missed` of its board or `catch_up_months` says so.",
            "`boardpack run --board … --period …` makes it.",
        ),
        NoticeKind::Failed => (
            "Failed",
            "scorecards failed",
            "A scorecard could not be tried: what it is made of, or the place it goes to, could not be used.",
            "It is tried again by itself. The log says more.",
        ),
        NoticeKind::Changed => (
            "Would now differ",
            "scorecards would now differ",
            "A scorecard that is final would be otherwise, were it made now. The published one stands, and is not \
             changed by itself.",
            "`boardpack run --board … --period …` publishes a corrected revision that says what changed.",
        ),
    };
    Wording { subject, several, lead, close }
}

/// The subject of a message.
pub fn subject(notice: &PackMessage) -> String {
    let wording = wording(notice.kind);
    match notice.items.as_slice() {
        [item] => format!("{}: {}", wording.subject, item.title),
        items => format!("{} {}", items.len(), wording.several),
    }
}

/// Its first and its last paragraph.
pub(super) fn frame(notice: &PackMessage) -> (&'static str, &'static str) {
    let Wording { lead, close, .. } = wording(notice.kind);
    let is_restricted = |item: &NoticeItem| matches!(item.revision, Some((Edition::Restricted, _)));
    match notice.kind {
        NoticeKind::Final if notice.items.iter().any(is_restricted) => (
            "A final restricted edition is ready, for those alone who may see small numbers of children. It is not for \
             the public agenda, and is not attached here.",
            close,
        ),
        _ => (lead, close),
    }
}

/// Who writes, and why nobody need answer.
pub(super) fn signature(notice: &PackMessage) -> String {
    let has_file = notice.items.iter().any(|item| item.attachment.is_some());
    let what = if has_file { "What is attached is for publication." } else { "No figure is in this message." };
    format!("Sent by boardpack for {}. {what}", notice.council)
}

/// A message as plain text.
pub fn text(notice: &PackMessage) -> String {
    let (lead, close) = frame(notice);
    let mut text = format!("{lead}\n\n");
    for item in &notice.items {
        text.push_str(&item_text(item));
        text.push('\n');
    }
    text.push_str(&format!("{close}\n\n-- \n{}\n", signature(notice)));
    text
}

fn item_text(item: &NoticeItem) -> String {
    let mut lines = vec![item.title.clone()];
    lines.extend(item.sentences.iter().cloned());
    lines.extend(item.points.iter().map(|point| format!("  * {point}")));
    lines.extend(item.link.iter().map(|link| format!("{}: {link}", link_words(item))));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// What a link leads to.
pub(super) fn link_words(item: &NoticeItem) -> &'static str {
    if item.attachment.is_some() { "It is attached, and stands at" } else { "It stands at" }
}

/// How many points there are in a message, in words.
pub(super) fn count(notice: &PackMessage) -> String {
    words::count(notice.items.len(), "scorecard", "scorecards")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::test_support::{fact, notice};

    #[test]
    fn a_message_of_each_kind_reads_as_its_reader_would_want_it() {
        let mut all = String::new();
        for kind in NoticeKind::ALL {
            let notice = notice(kind, vec![fact(kind, "1", &[], &["the first point", "the second"]).item]);
            all.push_str(&format!("Subject: {}\n\n{}\n{}\n", subject(&notice), text(&notice), "=".repeat(72)));
        }
        insta::assert_snapshot!("messages", all);
    }

    #[test]
    fn several_packs_are_counted_in_the_subject() {
        let items = ["1", "2"].map(|event| fact(NoticeKind::Held, event, &[], &[]).item);
        assert_eq!(subject(&notice(NoticeKind::Held, items.to_vec())), "2 scorecards are held");
    }
}
