//! What the file says of itself, and page 1 below the cover block.

mod lists;
mod notes;

use super::model::{Attachment, Chip, CivilDate, Document, Glance, Outstanding, RatingCount};
use super::{Setting, Status};
use crate::domain::movement::Travel;
use crate::domain::rating::{Rating, Unrated};
use crate::domain::{Edition, IndicatorRef};
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

pub(super) fn glance(card: &Scorecard<'_>, setting: &Setting<'_>) -> Glance {
    let lists = lists::lists(card);
    Glance {
        headline: headline(card),
        counts: counts(card),
        notes: notes::notes(card, &lists),
        lists,
        outstanding_title: match commentary_due(card, setting) {
            _ if card.board.commentary.to_follow => "Commentary to follow".to_owned(),
            Some(due) => format!("Commentary still awaited, {due}"),
            None => "Commentary still awaited".to_owned(),
        },
        outstanding: outstanding(card),
    }
}

/// "Of 28 indicators that can be rated, 12 are green, 10 amber and 6 red. 8 got
/// better, 8 got worse and 9 stayed steady." By colours, for not every rule makes amber close
/// and green met.
fn headline(card: &Scorecard<'_>) -> String {
    let count = |wanted: Rating| card.lines().filter(|line| line.rating == wanted).count();
    let ratings = [Rating::Green, Rating::Amber, Rating::Red];
    let Some(colours) = colours(ratings.map(|rating| (count(rating), rating.word()))) else {
        return "No indicator of this pack can be rated.".to_owned();
    };
    // A yearly figure changed once, not every month that it is shown.
    format!("{colours}. {}.", moved(travels(card.lines().filter(|line| line.is_new))))
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

/// "Of 28 indicators that can be rated, 12 are green, 10 amber and 6 red"; none
/// where not one is rated.
fn colours(counts: [(usize, &str); 3]) -> Option<String> {
    let rated = counts.iter().map(|(n, _)| n).sum::<usize>();
    let some: Vec<(usize, &str)> = counts.into_iter().filter(|(n, _)| *n > 0).collect();
    let (_, colour) = some.first()?;
    if some.len() == 1 {
        return Some(match rated {
            1 => format!("The one indicator that can be rated is {colour}"),
            _ => format!("All {rated} indicators that can be rated are {colour}"),
        });
    }
    let mut parts: Vec<String> = some
        .iter()
        .enumerate()
        .map(|(i, (n, colour))| match (i, n) {
            (0, 1) => format!("1 is {colour}"),
            (0, n) => format!("{n} are {colour}"),
            (_, n) => format!("{n} {colour}"),
        })
        .collect();
    // That none is green is news of its own.
    if counts[0].0 == 0 {
        parts.insert(0, "none is green".to_owned());
    }
    Some(format!("Of {rated} indicators that can be rated, {}", words::list(&parts)))
}

fn went(line: &Line<'_>, travel: Travel) -> bool {
    line.travel() == Some(travel)
}

fn counts(card: &Scorecard<'_>) -> Vec<RatingCount> {
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
                rating.reason = "context, hidden, no figure, no target or too few".to_owned();
            }
            RatingCount { rating, count: now.to_string(), previous: format!("{then} in {before}") }
        })
        .collect()
}

/// What still has to be written, whether the pack waits for it or not.
fn open<'l>(card: &'l Scorecard<'l>) -> impl Iterator<Item = &'l Slot<'l>> {
    card.slots.iter().filter(|slot| slot.is_outstanding())
}

fn outstanding(card: &Scorecard<'_>) -> Vec<Outstanding> {
    open(card)
        .map(|slot| Outstanding {
            reference: slot.indicator.reference.to_string(),
            title: slot.indicator.title.clone(),
            owner: slot.indicator.owner.clone(),
            needs: match slot.state() {
                SlotState::Incomplete => format!("needs {}", words::action_parts(&slot.lacks())),
                _ => String::new(),
            },
            // Whatever is asked for has its place in a block.
            anchor: block_anchor(&slot.indicator.reference),
        })
        .collect()
}

/// "due 9 November 2026", where the board has such a deadline.
pub(super) fn commentary_due(card: &Scorecard<'_>, setting: &Setting<'_>) -> Option<String> {
    let date = card.board.commentary_due(card.period, setting.calendar)?;
    Some(format!("due {}", words::date(date)))
}

#[cfg(test)]
mod tests {
    use super::{colours, moved};

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

    #[test]
    fn the_headline_counts_colours() {
        let summary = |green, amber, red| colours([(green, "green"), (amber, "amber"), (red, "red")]);
        assert_eq!(summary(0, 0, 0), None);
        for (counts, expected) in [
            ((12, 10, 6), "Of 28 indicators that can be rated, 12 are green, 10 amber and 6 red"),
            ((1, 0, 6), "Of 7 indicators that can be rated, 1 is green and 6 red"),
            ((0, 1, 6), "Of 7 indicators that can be rated, none is green, 1 is amber and 6 red"),
            ((0, 0, 6), "All 6 indicators that can be rated are red"),
            ((1, 0, 0), "The one indicator that can be rated is green"),
        ] {
            let (green, amber, red) = counts;
            assert_eq!(summary(green, amber, red).as_deref(), Some(expected));
        }
    }
}
