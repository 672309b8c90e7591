//! Commentary on the page: an officer's words, or the place where they will
//! stand.

use super::front::commentary_due;
use super::model::{CommentaryBox, Field, ProseBlock};
use super::{Setting, prose};
use crate::domain::agenda::ActionStatus;
use crate::domain::commentary::{CarriedAction, is_placeholder};
use crate::domain::{AttributedText, Comment, Edition, OfficerText};
use crate::scorecard::{Scorecard, Slot, SlotReason, SlotState};
use crate::words;

const LEFT_OUT: &str = "Commentary left out";

pub(super) fn commentary(slot: &Slot<'_>, card: &Scorecard<'_>, setting: &Setting<'_>) -> Option<CommentaryBox> {
    match slot.printable() {
        Some(comment) => Some(written(comment, slot, card, setting)),
        None if slot.state() == SlotState::LeftOut && slot.why == SlotReason::Offered => Some(left_out()),
        None if slot.why == SlotReason::Offered => None,
        None => Some(placeholder(slot, card, setting)),
    }
}

fn field(label: &str, value: &str) -> Field {
    Field::new(label, value.trim())
}

/// What was written, unless it only says that something will be.
fn said(text: &OfficerText) -> AttributedText {
    if is_placeholder(text) { AttributedText::default() } else { text.screened() }
}

fn written(comment: &Comment, slot: &Slot<'_>, card: &Scorecard<'_>, setting: &Setting<'_>) -> CommentaryBox {
    let fields = [
        ("What we are doing", said(&comment.action)),
        ("Who", said(&comment.owner)),
        ("By when", due(comment, slot, card).into()),
        ("What to expect", comment.expect.screened()),
        ("For", super::actions::tie(card.board, &comment.serves).unwrap_or_default()),
    ];
    let given = fields.iter().filter(|(_, value)| !value.trim().is_empty()).map(|(label, value)| field(label, value));
    let mut written = CommentaryBox {
        state: "written".to_owned(),
        heading: "Why".to_owned(),
        // The answer stands below what was asked.
        prose: slot
            .requests()
            .into_iter()
            .map(ProseBlock::emphasised)
            .chain(prose::prose(&comment.text.screened()))
            .collect(),
        fields: given.collect(),
    };
    written.fields.extend(earlier(slot, card, is_late));
    if slot.state() == SlotState::Incomplete {
        complete(&mut written, slot, card, setting);
    }
    written
}

/// The day of an action; where it was given before for another, that too.
fn due(comment: &Comment, slot: &Slot<'_>, card: &Scorecard<'_>) -> String {
    let Some(due) = comment.due.map(words::date) else { return String::new() };
    let again = card.carried.iter().find(|action| action.is_again && action.indicator == slot.indicator.reference);
    match again.and_then(|again| again.first_due) {
        Some(first) => format!("{due} (first given for {})", words::date(first)),
        None => due,
    }
}

/// Whether an action's day has passed without it.
fn is_late(status: ActionStatus) -> bool {
    status == ActionStatus::Overdue
}

/// Whether an action is still to be done.
fn is_open(status: ActionStatus) -> bool {
    !matches!(status, ActionStatus::Done(_))
}

/// Actions of earlier months that this commentary does not give again: "Overdue since 18
/// November 2026: Hire two (Head of Service, given in September 2026)".
fn earlier(slot: &Slot<'_>, card: &Scorecard<'_>, is_told: fn(ActionStatus) -> bool) -> Vec<Field> {
    let at = card.board.moment(card.period);
    let own = card.carried.iter().filter(|action| action.indicator == slot.indicator.reference && !action.is_again);
    own.filter(|action| is_told(action.status(&at))).map(|action| carried(action, action.status(&at))).collect()
}

fn carried(action: &CarriedAction, status: ActionStatus) -> Field {
    let label = match (status, action.due.map(words::date)) {
        (ActionStatus::Overdue, Some(due)) => format!("Overdue since {due}"),
        (_, Some(due)) => format!("Earlier action, due {due}"),
        (_, None) => "Earlier action".to_owned(),
    };
    let what = action.action.screened_phrase();
    let owner = action.owner.screened_trimmed();
    let owner = if owner.is_empty() { owner } else { owner.and(", ") };
    let given = format!("given in {})", words::month(action.given));
    Field::new(label, what.and(" (").and(owner).and(given))
}

/// What a red still has to say of its action, and who owes it.
fn complete(written: &mut CommentaryBox, slot: &Slot<'_>, card: &Scorecard<'_>, setting: &Setting<'_>) {
    let what = words::capital(&words::action_parts(&slot.lacks()));
    let from = format!("{what}, from {}", slot.indicator.owner);
    let (heading, label) = match card.board.commentary.to_follow {
        true => ("Why, with more to follow", "To follow"),
        false => ("Why, to be completed", "Still awaited"),
    };
    let by = commentary_due(card, setting).map(|due| format!(", {due}")).unwrap_or_default();
    "incomplete".clone_into(&mut written.state);
    heading.clone_into(&mut written.heading);
    written.fields.push(field(label, &format!("{from}{by}")));
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
        SlotState::Awaited | SlotState::Incomplete | SlotState::Written => ("awaited", "Commentary awaited", None),
    };
    let mut fields = vec![field("Who", &slot.indicator.owner)];
    if let Some(due) = commentary_due(card, setting) {
        fields.push(field("By when", due.trim_start_matches("due ")));
    }
    let because = match slot.why {
        SlotReason::Red => "it is red",
        SlotReason::Missing if slot.is_refused => "its figure could not be used",
        SlotReason::Missing => "its figure was due and has not come",
        SlotReason::Moved => "it changed by more than the limit set for it",
        SlotReason::Asked | SlotReason::Offered => "members asked to be told every time",
    };
    fields.push(field("Asked because", because));
    fields.extend(earlier(slot, card, is_open));
    CommentaryBox {
        state: state.to_owned(),
        heading: heading.to_owned(),
        prose: why.into_iter().chain(slot.prompts()).map(ProseBlock::plain).collect(),
        fields,
    }
}
