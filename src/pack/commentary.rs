//! Commentary on the page: an officer's words, or the place where they will
//! stand.

use super::front::commentary_due;
use super::model::{CommentaryBox, Field, ProseBlock};
use super::{Setting, prose};
use crate::domain::{Comment, Edition, OfficerText};
use crate::scorecard::{Scorecard, Slot, SlotReason, SlotState};
use crate::words;

const LEFT_OUT: &str = "Commentary left out";

pub(super) fn commentary(slot: &Slot<'_>, card: &Scorecard<'_>, setting: &Setting<'_>) -> Option<CommentaryBox> {
    match slot.printable() {
        Some(comment) => Some(written(comment)),
        None if slot.state() == SlotState::LeftOut && slot.why == SlotReason::Offered => Some(left_out()),
        None if slot.why == SlotReason::Offered => None,
        None => Some(placeholder(slot, card, setting)),
    }
}

fn field(label: &str, value: &str) -> Field {
    Field::new(label, value.trim())
}

fn written(comment: &Comment) -> CommentaryBox {
    let fields = [
        ("Action", comment.action.screened()),
        ("Owner", comment.owner.screened()),
        ("Due", comment.due.map(words::date).unwrap_or_default().into()),
        ("Expected effect", comment.expect.screened()),
    ];
    CommentaryBox {
        state: "written".to_owned(),
        heading: "Commentary".to_owned(),
        prose: prose::prose(&comment.text.screened()),
        fields: fields
            .iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(label, value)| field(label, value))
            .collect(),
    }
}

/// Where nobody asked for words that name what is hidden: that there are some.
fn left_out() -> CommentaryBox {
    CommentaryBox {
        state: "awaited".to_owned(),
        heading: LEFT_OUT.to_owned(),
        prose: vec![ProseBlock::plain(OfficerText::LEFT_OUT.to_owned())],
        fields: Vec::new(),
    }
}

fn placeholder(slot: &Slot<'_>, card: &Scorecard<'_>, setting: &Setting<'_>) -> CommentaryBox {
    let to_follow = card.board.commentary.to_follow;
    let (state, heading, why) = match slot.state() {
        _ if to_follow => ("to-follow", "Commentary to follow", None),
        SlotState::Stale => {
            // What it was may be what the public must not learn.
            let then = match (setting.edition, slot.comment.map(|comment| comment.about.trim())) {
                (Edition::Restricted, Some(then)) => format!(", {}", words::lower_first(then)),
                _ => String::new(),
            };
            let now = words::lower_first(slot.binding.about());
            let why = format!("What was written is about another figure{then}. The figure is now {now}.");
            ("stale", "Commentary to be looked at again", Some(why))
        }
        SlotState::Disputed => {
            let why = "The commentary file and the commentary workbook say different things.";
            ("disputed", "Commentary to be agreed", Some(why.to_owned()))
        }
        SlotState::LeftOut => ("awaited", LEFT_OUT, Some(OfficerText::LEFT_OUT.to_owned())),
        SlotState::Awaited | SlotState::Written => ("awaited", "Commentary awaited", None),
    };
    let mut fields = vec![field("Owner", &slot.indicator.owner)];
    if let (Some(due), false) = (commentary_due(card, setting), to_follow) {
        fields.push(field("Due", due.trim_start_matches("due ")));
    }
    let because = match slot.why {
        SlotReason::Red => "it is red",
        SlotReason::Missing if slot.is_refused => "its figure was refused",
        SlotReason::Missing => "its figure was due and has not come",
        SlotReason::Moved => "it changed by more than the limit set for it",
        SlotReason::Asked | SlotReason::Offered => "members asked to be told every time",
    };
    fields.push(field("Asked because", because));
    CommentaryBox {
        state: state.to_owned(),
        heading: heading.to_owned(),
        prose: why.into_iter().chain(slot.prompts()).map(ProseBlock::plain).collect(),
        fields,
    }
}
