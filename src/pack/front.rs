//! What the file says of itself, and page 1 below the cover block.

mod action;
mod headline;
mod lists;
mod meeting;
mod room;
mod story;
mod trust;

pub(super) use action::in_brief;

use super::model::{Attachment, Chip, CivilDate, Cover, DataNote, Document, Glance, Outstanding, RatingCount};
use super::{Setting, Status, chart};
use crate::domain::movement::Travel;
use crate::domain::rating::{Rating, Unrated};
use crate::domain::{Edition, IndicatorRef, Period};
use crate::schedule::due::first_month;
use crate::scorecard::{Line, Scorecard, Slot, SlotReason, SlotState};
use crate::words;

pub(super) fn title(card: &Scorecard<'_>) -> String {
    format!("{}: {}", card.board.scorecard, words::month(card.period))
}

pub(super) fn civil(date: chrono::NaiveDate) -> CivilDate {
    use chrono::Datelike as _;
    CivilDate { year: date.year(), month: date.month(), day: date.day() }
}

/// The months that the pack is for: those since the board's pack before, whose
/// last its figures stand at.
pub(super) fn period(card: &Scorecard<'_>, setting: &Setting<'_>) -> String {
    match first_month(card.board, setting.calendar, card.period) {
        Some(first) if first != card.period => {
            format!("{} (financial year {})", words::span(first, card.period), card.period.financial_year())
        }
        _ => words::month_with_year(card.period),
    }
}

/// The month of the board's pack before, with which a pack is compared; the month before
/// where it had none.
pub(super) fn pack_before(card: &Scorecard<'_>, setting: &Setting<'_>) -> Period {
    first_month(card.board, setting.calendar, card.period).unwrap_or(card.period).plus(-1)
}

pub(super) fn document(card: &Scorecard<'_>, setting: &Setting<'_>) -> Document {
    let revision = setting.version.revision;
    Document {
        title: title(card),
        author: setting.council.name.clone(),
        description: format!(
            "{} for the {} of {}, {}, as at {}.",
            card.board.scorecard,
            card.board.title,
            setting.council.name,
            period(card, setting),
            words::date(super::as_at(card))
        ),
        keywords: vec![
            setting.council.name.clone(),
            card.board.title.clone(),
            words::month(card.period),
            "performance scorecard".to_owned(),
        ],
        date: civil(super::as_at(card)),
        footer: format!("{} · {} · revision {revision}", card.board.title, words::month(card.period)),
        banner: banner(card, setting),
        attachment: Attachment {
            name: "figures.csv".to_owned(),
            mime: "text/csv".to_owned(),
            description: "Every figure of this pack as printed, one row a figure".to_owned(),
        },
    }
}

/// What every page says in its margin: that it is not for everybody, that it
/// is not finished.
fn banner(card: &Scorecard<'_>, setting: &Setting<'_>) -> Option<String> {
    let exempt = (setting.edition == Edition::Restricted).then(|| card.board.exempt.short());
    let says: Vec<String> = [exempt, Status::of(card, setting).banner()].into_iter().flatten().collect();
    (!says.is_empty()).then(|| says.join(" · "))
}

pub(super) fn chip(rating: Rating) -> Chip {
    Chip {
        kind: rating.word().to_owned(),
        label: words::rating(rating).to_owned(),
        reason: words::rating_reason(rating).to_owned(),
    }
}

/// Whether an indicator has a block of its own: where words are asked for or
/// given, for a board's headline indicators and those it asks to see in
/// detail, and where there are parts to show.
pub(super) fn is_detailed(card: &Scorecard<'_>, line: &Line<'_>, slot: Option<&Slot<'_>>) -> bool {
    slot.is_some_and(speaks)
        || card.board.headlines.contains(&line.indicator.reference)
        || card.board.details.contains(&line.indicator.reference)
        || !line.breakdowns.is_empty()
}

/// [`is_detailed`], of an indicator by its name.
pub(super) fn has_block(card: &Scorecard<'_>, reference: &IndicatorRef) -> bool {
    let line = card.lines().find(|line| line.indicator.reference == *reference);
    let slot = card.slots.iter().find(|slot| slot.indicator.reference == *reference);
    line.is_some_and(|line| is_detailed(card, line, slot))
}

fn speaks(slot: &Slot<'_>) -> bool {
    slot.why != SlotReason::Offered || slot.printable().is_some()
}

/// The anchor of an indicator's block.
pub(super) fn block_anchor(reference: &IndicatorRef) -> String {
    format!("block-{}", reference.as_str().to_lowercase())
}

/// Where a reader of page 1 finds out more.
pub(super) fn detail_anchor(card: &Scorecard<'_>, reference: &IndicatorRef) -> String {
    if has_block(card, reference) { block_anchor(reference) } else { row_anchor(reference) }
}

/// The anchor of an indicator's row.
pub(super) fn row_anchor(reference: &IndicatorRef) -> String {
    format!("row-{}", reference.as_str().to_lowercase())
}

/// Page 1 below the cover block, with as much as there is room for. `notes` are
/// those on the data.
pub(super) fn glance(card: &Scorecard<'_>, setting: &Setting<'_>, (cover, notes): (&Cover, &[DataNote])) -> Glance {
    let before = pack_before(card, setting);
    let whole = lists::PageLists::of(card, before);
    let mut awaited = card.ranked_slots(before);
    awaited.retain(|slot| slot.is_outstanding());
    // What is the same at every size.
    let without_lists = Glance {
        headline: headline::headline(card, before),
        counts: counts(card, before),
        not_rated: not_rated(card),
        lists: Vec::new(),
        others: None,
        meeting: meeting::news(card, before),
        trust: trust::trust(card, notes),
        outstanding_title: String::new(),
        outstanding: Vec::new(),
        notes: lists::by_hand(card).into_iter().collect(),
    };
    let of_size = |size: (usize, usize)| {
        let page = whole.cut(size);
        let (lists, others) = lists::told(card, setting, (&page, before));
        let (told, left): (Vec<&Slot<'_>>, Vec<&Slot<'_>>) = awaited.iter().partition(|slot| is_told(slot, &page));
        Glance {
            lists,
            others,
            outstanding_title: outstanding_title(card, setting, !told.is_empty()),
            outstanding: left.into_iter().map(outstanding).collect(),
            ..without_lists.clone()
        }
    };
    let fitting = room::SIZES.into_iter().map(of_size).find(|glance| room::fits(cover, glance));
    fitting.unwrap_or_else(|| room::fewer_names(cover, &of_size(room::SIZES[room::SIZES.len() - 1])))
}

/// How many got better, got worse and stayed steady.
pub(super) fn travels<'l, 'a: 'l>(lines: impl Iterator<Item = &'l Line<'a>>) -> [usize; 3] {
    let mut counts = [0; 3];
    for line in lines {
        match line.travel() {
            Some(Travel::Improving) => counts[0] += 1,
            Some(Travel::Worsening) => counts[1] += 1,
            Some(Travel::Steady) => counts[2] += 1,
            Some(Travel::NoJudgement) | None => {}
        }
    }
    counts
}

/// "8 got better, 8 got worse and 9 stayed steady".
pub(super) fn moved([better, worse, steady]: [usize; 3]) -> String {
    let counted = |n: usize, went: &str| format!("{n} {went}");
    let steady = (steady > 0).then(|| counted(steady, "stayed steady"));
    let mut parts = match (better, worse) {
        (0, 0) => {
            return [Some("None got better or worse".to_owned()), steady]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", and ");
        }
        (0, worse) => vec!["None got better".to_owned(), counted(worse, "got worse")],
        (better, 0) => vec![counted(better, "got better"), "none got worse".to_owned()],
        (better, worse) => vec![counted(better, "got better"), counted(worse, "got worse")],
    };
    parts.extend(steady);
    words::list(&parts)
}

fn went(line: &Line<'_>, travel: Travel) -> bool {
    line.travel() == Some(travel)
}

/// How many are red, amber and green, and were in the board's pack before.
fn counts(card: &Scorecard<'_>, before: Period) -> Vec<RatingCount> {
    let kinds = [Rating::Red, Rating::Amber, Rating::Green];
    let now = kinds.map(|kind| card.lines().filter(|line| line.rating == kind).count());
    let then = kinds.map(|kind| card.lines().filter(|line| line.rating_in_pack_of(before) == kind).count());
    let was_rated = then.iter().any(|n| *n > 0);
    let of = |at: usize| RatingCount {
        // It stands behind its number: "5 red".
        rating: Chip { label: kinds[at].word().to_owned(), ..chip(kinds[at]) },
        count: now[at].to_string(),
        previous: if was_rated { format!("was {}", then[at]) } else { String::new() },
        share: chart::share(now[at], now.iter().sum()),
    };
    [0, 1, 2].map(of).into()
}

/// "10 not rated: 7 for context, 2 too few to rate, 1 hidden."; empty where all are.
fn not_rated(card: &Scorecard<'_>) -> String {
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    for line in card.lines() {
        let why = match line.rating {
            Rating::Unrated(Unrated::Context) => "for context",
            Rating::Unrated(_) => words::rating_reason(line.rating),
            _ => continue,
        };
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, n)) => *n += 1,
            None => reasons.push((why, 1)),
        }
    }
    reasons.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let all: usize = reasons.iter().map(|(_, n)| n).sum();
    let parts: Vec<String> = reasons.iter().map(|(why, n)| format!("{n} {why}")).collect();
    match reasons.as_slice() {
        [] => String::new(),
        [(why, _)] => format!("{all} not rated: {why}."),
        _ => format!("{all} not rated: {}.", parts.join(", ")),
    }
}

/// "Commentary still awaited, due 11 November 2026"; "also", where some is told of above.
fn outstanding_title(card: &Scorecard<'_>, setting: &Setting<'_>, is_told: bool) -> String {
    let says = match (card.board.commentary.to_follow, is_told) {
        (true, false) => "Commentary to follow",
        (true, true) => "Commentary also to follow",
        (false, false) => "Commentary still awaited",
        (false, true) => "Commentary also awaited",
    };
    commentary_due(card, setting).map_or_else(|| says.to_owned(), |due| format!("{says}, {due}"))
}

/// Whether page 1 tells of a slot beside its indicator.
fn is_told(slot: &Slot<'_>, page: &lists::PageLists<'_>) -> bool {
    page.attention.iter().any(|line| line.indicator.reference == slot.indicator.reference)
}

/// What still has to be written, whether the pack waits for it or not.
fn outstanding(slot: &Slot<'_>) -> Outstanding {
    Outstanding {
        reference: slot.indicator.reference.to_string(),
        title: slot.indicator.title.clone(),
        owner: slot.indicator.owner.clone(),
        needs: match slot.state() {
            SlotState::Incomplete => format!("needs {}", words::action_parts(&slot.lacks())),
            _ => String::new(),
        },
        // Whatever is asked for has its place in a block.
        anchor: block_anchor(&slot.indicator.reference),
    }
}

/// "due 9 November 2026", where the board has such a deadline.
pub(super) fn commentary_due(card: &Scorecard<'_>, setting: &Setting<'_>) -> Option<String> {
    let date = card.board.commentary_due(card.period, setting.calendar)?;
    Some(format!("due {}", words::date(date)))
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn what_stayed_steady_is_counted() {
        for (counts, expected) in [
            ([0, 0, 0], "None got better or worse"),
            ([0, 0, 1], "None got better or worse, and 1 stayed steady"),
            ([0, 2, 0], "None got better and 2 got worse"),
            ([0, 2, 3], "None got better, 2 got worse and 3 stayed steady"),
            ([1, 0, 0], "1 got better and none got worse"),
            ([1, 0, 3], "1 got better, none got worse and 3 stayed steady"),
            ([8, 8, 0], "8 got better and 8 got worse"),
            ([8, 8, 9], "8 got better, 8 got worse and 9 stayed steady"),
        ] {
            assert_eq!(moved(counts), expected, "{counts:?}");
        }
    }
}
