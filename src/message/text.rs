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

const PREFLIGHT: Wording = Wording {
    subject: "Not ready yet",
    several: "scorecards are not ready yet",
    lead: "A scorecard falls due soon, and would be held as things stand.",
    close: "Nothing is held yet. What is put right before the day needs no answer.",
};

const CHASE: Wording = Wording {
    subject: "Commentary asked for",
    several: "scorecards ask for commentary",
    lead: "Commentary is asked for. Please write it in the commentary file of the month, or in the commentary \
             workbook; the next run prints it.",
    close: "The pack becomes final by itself once nothing is outstanding.",
};

const DRAFT: Wording = Wording {
    subject: "Draft to read",
    several: "drafts to read",
    lead: "A draft scorecard is there. It is not to be published: it is marked as a draft on every page.",
    close: "It becomes final by itself once nothing is outstanding.",
};

const FINAL: Wording = Wording {
    subject: "Final scorecard",
    several: "final scorecards",
    lead: "The final scorecard is ready for the agenda papers. It is an accessible PDF (PDF/UA-1): please attach it \
             as it is, without printing or converting it.",
    close: "`boardpack verify` tells whether a copy is the one that was published.",
};

const HELD: Wording = Wording {
    subject: "Held",
    several: "scorecards are held",
    lead: "A scorecard is held: it is not published, because what it would show may be wrong.",
    close: "It is tried again by itself, and is published once this is put right.",
};

const LATE: Wording = Wording {
    subject: "Not final in time",
    several: "scorecards are not final in time",
    lead: "A scorecard was to be final by now, and is not.",
    close: "It becomes final by itself once nothing is outstanding.",
};

const MISSED: Wording = Wording {
    subject: "Missed",
    several: "scorecards were missed",
    lead: "A scorecard was not made in its time, and is not made late by itself: `missed` of its board or `catch_up_months` says so.",
    close: "`boardpack run --board … --period …` makes it.",
};

const FAILED: Wording = Wording {
    subject: "Failed",
    several: "scorecards failed",
    lead: "A scorecard could not be tried: what it is made of, or the place it goes to, could not be used.",
    close: "It is tried again by itself. The log says more.",
};

const STORAGE: Wording = Wording {
    subject: "Storage needs a hand",
    several: "scorecards need a hand with storage",
    lead: "A place that files are read from, or that scorecards are put to, needs a hand before the next one is due.",
    close: "`boardpack check --storage` tries every place and says what is missing.",
};

const CHANGED: Wording = Wording {
    subject: "Would now differ",
    several: "scorecards would now differ",
    lead: "A scorecard that is final would be otherwise, were it made now. The published one stands, and is not \
             changed by itself.",
    close: "`boardpack run --board … --period …` publishes a corrected revision that says what changed.",
};

fn wording(kind: NoticeKind) -> &'static Wording {
    match kind {
        NoticeKind::Preflight => &PREFLIGHT,
        NoticeKind::Chase => &CHASE,
        NoticeKind::Draft => &DRAFT,
        NoticeKind::Final => &FINAL,
        NoticeKind::Held => &HELD,
        NoticeKind::Late => &LATE,
        NoticeKind::Missed => &MISSED,
        NoticeKind::Failed => &FAILED,
        NoticeKind::Storage => &STORAGE,
        NoticeKind::Changed => &CHANGED,
    }
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
