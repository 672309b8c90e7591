//! The cover block for the agenda: small, exact, and at the top of page 1.

use super::model::{Cover, EditionNotice, Field};
use super::{Setting, Status, front};
use crate::domain::{AttributedText, Board, OfficerText};
use crate::scorecard::Scorecard;
use crate::words;

pub(super) fn cover(card: &Scorecard<'_>, setting: &Setting<'_>) -> Cover {
    let board = card.board;
    let edition = edition(card, setting);
    Cover {
        council: setting.council.name.clone(),
        board: board.title.clone(),
        title: front::title(card),
        period: front::period(card, setting),
        fields: fields(card, setting, &edition),
        contact: given(&board.contact).map(|value| Field::new("Contact", value)),
        recommendation: recommendation(board),
        edition,
        background: board.papers.background.iter().map(OfficerText::screened).collect(),
    }
}

/// What the board is asked to do, in the words of a resolution.
fn recommendation(board: &Board) -> Option<Field> {
    let text = board.recommendation.screened_trimmed();
    let label = if text.starts_with("That ") { "You are asked to agree:" } else { "Recommendation:" };
    (!text.is_empty()).then(|| Field::new(label, text))
}

/// For whom it is, and if not for everybody, why.
fn edition(card: &Scorecard<'_>, setting: &Setting<'_>) -> EditionNotice {
    match setting.edition {
        crate::domain::Edition::Public => {
            EditionNotice { marker: "For general release".to_owned(), reason: AttributedText::default() }
        }
        crate::domain::Edition::Restricted => {
            let exempt = &card.board.exempt;
            EditionNotice { marker: exempt.short(), reason: exempt.words().without_end('.').and(".") }
        }
    }
}

fn trimmed(text: &str) -> String {
    text.trim().to_owned()
}

fn given(text: &str) -> Option<String> {
    Some(trimmed(text)).filter(|text| !text.is_empty())
}

/// What a clerk looks for, in the order of an agenda's own front sheet. What
/// a council does not use is not there; an item number is always asked for.
fn fields(card: &Scorecard<'_>, setting: &Setting<'_>, edition: &EditionNotice) -> Vec<Field> {
    let board = card.board;
    let meeting = board.meeting(card.period);
    let unknown = || "To be confirmed".to_owned();
    let item = meeting.and_then(|meeting| given(&meeting.item)).unwrap_or_else(unknown);
    let appendix = meeting.and_then(|meeting| given(&meeting.appendix)).or_else(|| given(&board.papers.appendix));
    let item = match appendix {
        Some(letter) => format!("{item}, appendix {letter}"),
        None => item,
    };
    let version = match setting.version.supersedes {
        Some(earlier) => format!("{}, replaces revision {earlier}", setting.version.revision),
        None => setting.version.revision.to_string(),
    };
    let approved = setting.approval.map(|approval| format!("{}, {}", approval.by, words::date(approval.on)));
    let all = [
        ("Meeting", Some(meeting.map_or_else(unknown, |meeting| words::long_date(meeting.date)))),
        ("Agenda item", Some(item)),
        ("Figures to", Some(words::date(super::as_at(card)))),
        ("Status", Some(status(card, setting))),
        ("Revision", Some(version)),
        ("Approved by", approved),
        ("Author", given(&board.papers.author)),
        ("Presented by", given(&board.owner)),
        ("Wards", given(&board.papers.wards)),
        // A restricted one says why in a box of its own.
        ("Publication", edition.reason.is_empty().then(|| edition.marker.clone())),
    ];
    all.into_iter().filter_map(|(label, value)| Some(Field::new(label, value?))).collect()
}

/// "Draft, 3 commentaries awaited", "Final", "Revised", and whether it goes out
/// after the agenda.
fn status(card: &Scorecard<'_>, setting: &Setting<'_>) -> String {
    let status = match Status::of(card, setting) {
        Status::Final if setting.version.after_final => "Final, revised".to_owned(),
        status => status.words(),
    };
    match card.board.meeting(card.period) {
        Some(meeting) if meeting.supplement => format!("{status}; supplement to the agenda"),
        _ => status,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::pack::Version;
    use crate::pack::test_support::with_setting;
    use crate::scorecard::test_support::with_board;

    fn printed(board: &str, supersedes: Option<u32>, after_final: bool) -> BTreeMap<String, String> {
        let version = Version { revision: 2, supersedes, after_final };
        with_board(board, |card| {
            let fields = with_setting(|setting| cover(card, &Setting { version, ..*setting }).fields);
            fields.into_iter().map(|field| (field.label.to_string(), field.value.to_string())).collect()
        })
    }

    #[test]
    fn what_is_not_known_is_to_be_confirmed_and_what_is_not_used_is_not_there() {
        let bare = printed("", None, false);
        assert_eq!(bare["Meeting"], "To be confirmed");
        assert_eq!(bare["Agenda item"], "To be confirmed");
        assert_eq!(bare["Publication"], "For general release");
        assert_eq!((bare.get("Author"), bare.get("Wards")), (None, None));
    }

    #[test]
    fn the_cover_says_what_the_agenda_needs() {
        let meeting = "[[meetings]]\nperiod = \"2026-10\"\ndate = \"2026-12-02\"\nitem = \"7\"\n";
        let full = printed(&format!("{meeting}appendix = \"B\"\nsupplement = true\n"), Some(1), true);
        assert_eq!(full["Meeting"], "Wednesday 2 December 2026");
        assert_eq!(full["Agenda item"], "7, appendix B");
        assert_eq!(full["Status"], "Final, revised; supplement to the agenda");
        assert_eq!(full["Revision"], "2, replaces revision 1");
        // What only drafts went before is the first that counts.
        assert_eq!(printed(meeting, Some(1), false)["Status"], "Final");
    }
}
