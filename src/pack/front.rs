//! What the file says of itself, and page 1 below the cover block.

mod lists;

use super::model::{Attachment, Chip, CivilDate, Count, Document, Glance, Outstanding, PointerList};
use super::{Setting, Status, words};
use crate::domain::movement::Travel;
use crate::domain::rating::{Rating, Unrated};
use crate::domain::{Edition, IndicatorRef, Missing, Reading};
use crate::scorecard::{Line, Scorecard, Slot, Why};

pub(super) fn title(card: &Scorecard<'_>) -> String {
    format!("{}: {}", card.board.scorecard, words::month(card.period))
}

pub(super) fn civil(date: chrono::NaiveDate) -> CivilDate {
    use chrono::Datelike as _;
    CivilDate { year: date.year(), month: date.month(), day: date.day() }
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
            words::month_with_year(card.period),
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
    slot.why != Why::Offered || slot.printable().is_some()
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

pub(super) fn glance(card: &Scorecard<'_>, setting: &Setting<'_>) -> Glance {
    let lists = lists::lists(card);
    Glance {
        headline: headline(card),
        counts: counts(card),
        notes: notes(card, &lists),
        lists,
        outstanding_title: match commentary_due(card, setting) {
            Some(due) => format!("Commentary still awaited, {due}"),
            None => "Commentary still awaited".to_owned(),
        },
        outstanding: outstanding(card),
    }
}

/// "Of 24 indicators with a target, 15 are on target (green), 5 are close …".
fn headline(card: &Scorecard<'_>) -> String {
    let count = |wanted: fn(Rating) -> bool| card.lines().filter(|line| wanted(line.rating)).count();
    let red = count(|rating| rating == Rating::Red);
    let amber = count(|rating| rating == Rating::Amber);
    let green = count(|rating| rating == Rating::Green);
    let rated = red + amber + green;
    // A yearly figure changed once, not every month that it is shown.
    let travel = |wanted: Travel| card.lines().filter(|line| line.is_new && went(line, wanted)).count();
    let (better, worse) = (travel(Travel::Improving), travel(Travel::Worsening));
    if rated == 0 {
        return "No indicator of this pack can be rated.".to_owned();
    }
    let met = match green {
        0 => "none meets its target".to_owned(),
        1 => "1 meets its target".to_owned(),
        n if n == rated => "all meet their targets".to_owned(),
        n => format!("{n} meet their targets"),
    };
    let miss = match (amber, red) {
        (0, 0) => String::new(),
        (amber, 0) => format!(", {amber} {} close to it", are(amber)),
        (0, red) => format!(", {red} {} it by more than is allowed", if red == 1 { "misses" } else { "miss" }),
        (amber, red) => {
            format!(", {amber} {} close and {red} {} by more", are(amber), if red == 1 { "misses" } else { "miss" })
        }
    };
    let moved = match (better, worse) {
        (0, 0) => "None got better or worse".to_owned(),
        (0, worse) => format!("None got better and {worse} got worse"),
        (better, 0) => format!("{better} got better and none got worse"),
        (better, worse) => format!("{better} got better and {worse} got worse"),
    };
    format!("Of {} that can be rated, {met}{miss}. {moved}.", words::count(rated, "indicator", "indicators"))
}

fn are(n: usize) -> &'static str {
    if n == 1 { "is" } else { "are" }
}

fn went(line: &Line<'_>, travel: Travel) -> bool {
    line.travel() == Some(travel)
}

fn counts(card: &Scorecard<'_>) -> Vec<Count> {
    let before = words::month(card.period.plus(-1));
    let kinds = [Rating::Red, Rating::Amber, Rating::Green, Rating::Unrated(Unrated::NoTarget)];
    kinds
        .into_iter()
        .map(|kind| {
            let same = |rating: Rating| rating.word() == kind.word();
            let now = card.lines().filter(|line| same(line.rating)).count();
            let then = card.lines().filter(|line| same(line.rating_a_month_ago)).count();
            let mut rating = chip(kind);
            if let Rating::Unrated(_) = kind {
                rating.reason = "context, no target, no figure or too few".to_owned();
            }
            Count { rating, count: now.to_string(), previous: format!("{then} in {before}") }
        })
        .collect()
}

fn outstanding(card: &Scorecard<'_>) -> Vec<Outstanding> {
    card.outstanding()
        .map(|slot| Outstanding {
            reference: slot.indicator.reference.to_string(),
            title: slot.indicator.title.clone(),
            owner: slot.indicator.owner.clone(),
            // Whatever is asked for has its place in a block.
            anchor: block_anchor(&slot.indicator.reference),
        })
        .collect()
}

/// "due 9 November 2026", where the board has such a deadline.
pub(super) fn commentary_due(card: &Scorecard<'_>, setting: &Setting<'_>) -> Option<String> {
    let date = super::commentary_due(card.board, card.period, setting.calendar)?;
    Some(format!("due {}", words::date(date)))
}

/// Which figures are not there, and why: "Hidden so that nobody can be
/// recognised: CLA11.", "Not supplied: ED01 and ED02."
fn held_back(card: &Scorecard<'_>) -> Vec<String> {
    let mut by_reason: Vec<(&str, Vec<String>)> = Vec::new();
    for line in card.lines() {
        let reason = match &line.current {
            Reading::Figure(_) => continue,
            Reading::Missing(Missing::Suppressed) => "Hidden so that nobody can be recognised",
            Reading::Missing(missing) => words::missing(*missing),
        };
        let name = line.indicator.reference.to_string();
        match by_reason.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, names)) => names.push(name),
            None => by_reason.push((reason, vec![name])),
        }
    }
    by_reason.into_iter().map(|(reason, names)| format!("{reason}: {}.", words::list(&names))).collect()
}

/// Sentences under the lists.
fn notes(card: &Scorecard<'_>, lists: &[PointerList]) -> Vec<String> {
    let mut notes = Vec::new();
    let names = |wanted: &dyn Fn(&Line<'_>) -> bool| -> Vec<String> {
        let names = card.lines().filter(|line| wanted(line)).map(|line| line.indicator.reference.to_string());
        let is_listed = |name: &String| lists.iter().flat_map(|list| &list.pointers).any(|one| one.reference == *name);
        names.filter(|name| !is_listed(name)).collect()
    };
    let red = names(&|line| line.rating == Rating::Red);
    if !red.is_empty() {
        notes.push(format!("Also red: {}.", words::list(&red)));
    }
    notes.extend(lists::by_hand(card));
    notes.extend(held_back(card));
    let older: Vec<&Line<'_>> = card.lines().filter(|line| line.period != card.period).collect();
    if !older.is_empty() {
        notes.push(format!(
            "{} less often than monthly or later; each shows its latest period, and counts when new.",
            match older.len() {
                1 => "1 indicator comes".to_owned(),
                n => format!("{n} indicators come"),
            }
        ));
    }
    notes
}
