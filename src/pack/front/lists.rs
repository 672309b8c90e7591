//! The lists of page 1: what needs attention and what goes well, from the two ends of the
//! one ranking or as officers chose them, and by name what these had no room for.

use super::super::Setting;
use super::super::model::{AlsoItem, AlsoLine, Pointer, PointerList};
use super::headline::named;
use super::{action, chip, detail_anchor, has_block, story, went};
use crate::domain::movement::Travel;
use crate::domain::rating::Rating;
use crate::domain::{IndicatorRef, PageOne, Period};
use crate::scorecard::ranking::{Rank, RedChange, red_change};
use crate::scorecard::signal::Variation;
use crate::scorecard::{Line, Scorecard};

/// What a line of names says of each.
type LineDetail = fn(&Line<'_>) -> String;

/// How many indicators are listed as going well, where officers do not choose.
const WELL: usize = 3;

/// The lists of page 1, before they are told.
#[derive(Debug, Clone)]
pub(super) struct PageLists<'l> {
    /// What needs attention.
    pub(super) attention: Vec<&'l Line<'l>>,
    /// What goes well.
    pub(super) well: Vec<&'l Line<'l>>,
    /// Every line, the most urgent first.
    ranked: Vec<&'l Line<'l>>,
}

impl<'l> PageLists<'l> {
    /// Every line of either list is in one only.
    pub(super) fn of(card: &'l Scorecard<'l>, before: Period) -> Self {
        let ranked = card.ranked(before);
        let attention = chosen_for_attention(card).unwrap_or_else(|| {
            let lines = ranked.iter().filter(|(rank, _)| rank.urgency.needs_attention());
            lines.map(|(_, line)| *line).take(PageOne::MOST).collect()
        });
        let mut well = chosen_as_improved(card).unwrap_or_else(|| {
            let mut lines: Vec<&(Rank, &Line<'_>)> =
                ranked.iter().filter(|(rank, _)| rank.urgency.goes_well()).collect();
            // From the other end; what is alike keeps the order of the board.
            lines.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
            lines.into_iter().map(|(_, line)| *line).filter(|line| !has(&attention, line)).take(WELL).collect()
        });
        well.retain(|line| !has(&attention, line));
        Self { attention, well, ranked: ranked.into_iter().map(|(_, line)| line).collect() }
    }

    /// No more of each than so many. What officers chose as improved is five at most, too.
    pub(super) fn cut(&self, (attention, well): (usize, usize)) -> Self {
        let cut = |lines: &[&'l Line<'l>], most: usize| lines.iter().take(most).copied().collect();
        Self { attention: cut(&self.attention, attention), well: cut(&self.well, well), ranked: self.ranked.clone() }
    }

    /// Whether a line is in one of them.
    pub(super) fn has(&self, line: &Line<'_>) -> bool {
        has(&self.attention, line) || has(&self.well, line)
    }
}

fn has(lines: &[&Line<'_>], line: &Line<'_>) -> bool {
    lines.iter().any(|other| other.indicator.reference == line.indicator.reference)
}

/// Both lists as they are printed, and the headline measures that are in neither.
pub(super) fn told(
    card: &Scorecard<'_>,
    setting: &Setting<'_>,
    (lists, before): (&PageLists<'_>, Period),
) -> (Vec<PointerList>, Option<AlsoLine>) {
    let reds = also_red(card, lists, before);
    let worse = also(card, lists, ("Also worse than usual", story::figure_and_rating), |line| {
        line.rating != Rating::Red && matches!(line.variation(), Some(Variation::Concern(_)))
    });
    // Good news needs no figure to be looked up.
    let better = also(card, lists, ("Also better than usual", |_| String::new()), |line| {
        line.rating != Rating::Red && matches!(line.variation(), Some(Variation::Improvement(_)))
    });
    let attention = PointerList {
        title: "Needs your attention".to_owned(),
        pointers: lists
            .attention
            .iter()
            .map(|line| Pointer {
                action: Some(action::action(card, setting, line)),
                ..pointer(card, line, before, true)
            })
            .collect(),
        none: nothing_needs_attention(card).to_owned(),
        also: reds.into_iter().chain(worse).collect(),
    };
    let well = PointerList {
        title: "Going well".to_owned(),
        pointers: lists.well.iter().map(|line| pointer(card, line, before, false)).collect(),
        none: match lists.attention.is_empty() {
            true => "No figure that meets its target got better, and none is better than usual.",
            false => "Nothing else that meets its target got better, and nothing else is better than usual.",
        }
        .to_owned(),
        also: better.into_iter().collect(),
    };
    let is_named = |line: &Line<'_>| {
        let also = attention.also.iter().chain(&well.also).flat_map(|also| &also.items);
        lists.has(line) || also.into_iter().any(|item| item.anchor == detail_anchor(card, &line.indicator.reference))
    };
    let rest: Vec<&Line<'_>> = headlines(card).into_iter().filter(|line| !is_named(line)).collect();
    let others = line_of_names(card, "Other headline measures", &rest, story::figure_and_rating);
    (vec![attention, well], others)
}

/// The reds that the list had no room for: the new ones, and those that stayed.
fn also_red(card: &Scorecard<'_>, lists: &PageLists<'_>, before: Period) -> Vec<AlsoLine> {
    let of = |says: &str, is: fn(RedChange) -> bool| {
        let is_of_it = |line: &Line<'_>| red_change(line, before).is_some_and(is);
        let unlisted = lists.ranked.iter().copied().filter(|line| !lists.has(line));
        let lines: Vec<&Line<'_>> = unlisted.filter(|line| is_of_it(line)).collect();
        line_of_names(card, says, &lines, story::figure)
    };
    let stayed = format!("Also red, as in {}", named(card.period, before));
    [
        of("Also turned red", RedChange::is_new),
        of(&stayed, |change| change == RedChange::Stayed),
        of("Also red", |change| matches!(change, RedChange::Broken | RedChange::NotRated)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn also(
    card: &Scorecard<'_>,
    lists: &PageLists<'_>,
    (says, detail): (&str, LineDetail),
    is: impl Fn(&Line<'_>) -> bool,
) -> Option<AlsoLine> {
    let lines: Vec<&Line<'_>> = card.lines().filter(|line| !lists.has(line) && is(line)).collect();
    line_of_names(card, says, &lines, detail)
}

fn line_of_names(card: &Scorecard<'_>, says: &str, lines: &[&Line<'_>], detail: LineDetail) -> Option<AlsoLine> {
    let item = |line: &&Line<'_>| AlsoItem {
        title: line.indicator.title.clone(),
        detail: detail(line),
        anchor: detail_anchor(card, &line.indicator.reference),
    };
    let items: Vec<AlsoItem> = lines.iter().map(item).collect();
    (!items.is_empty()).then(|| AlsoLine { says: says.to_owned(), items })
}

fn nothing_needs_attention(card: &Scorecard<'_>) -> &'static str {
    if card.lines().all(|line| matches!(line.rating, Rating::Unrated(_))) {
        "Nothing here can be rated, so no colour says where to look."
    } else if card.lines().any(|line| line.current.figure().is_none()) {
        "No figure that has come is red, none that is amber got worse, and none is worse than usual."
    } else {
        "Nothing is red, nothing amber got worse, and nothing is worse than usual."
    }
}

/// An indicator of one of the lists.
fn pointer(card: &Scorecard<'_>, line: &Line<'_>, before: Period, needs_attention: bool) -> Pointer {
    Pointer {
        reference: line.indicator.reference.to_string(),
        title: line.indicator.title.clone(),
        badges: story::badges(line, card.board, (before, has_block(card, &line.indicator.reference))),
        sentence: story::sentence(line, needs_attention),
        rating: chip(line.rating),
        trend: super::super::chart::trend(line),
        action: None,
        anchor: detail_anchor(card, &line.indicator.reference),
    }
}

/// What officers chose as needing attention; none where they left it to the figures.
fn chosen_for_attention<'l>(card: &'l Scorecard<'l>) -> Option<Vec<&'l Line<'l>>> {
    chosen(card, |page| &page.needs_attention, |_| true)
}

/// The same as improved. What got worse is no improvement, whoever says so (F713).
fn chosen_as_improved<'l>(card: &'l Scorecard<'l>) -> Option<Vec<&'l Line<'l>>> {
    chosen(card, |page| &page.improved, |line| !went(line, Travel::Worsening))
}

fn chosen<'l>(
    card: &'l Scorecard<'l>,
    list: fn(&PageOne) -> &Vec<IndicatorRef>,
    may_stand: fn(&Line<'_>) -> bool,
) -> Option<Vec<&'l Line<'l>>> {
    let mut lines = of_references(card, list(card.page_1?));
    lines.retain(|line| may_stand(line));
    Some(lines).filter(|lines| !lines.is_empty())
}

/// The lines of the board's headline indicators, in their order.
fn headlines<'l>(card: &'l Scorecard<'l>) -> Vec<&'l Line<'l>> {
    of_references(card, &card.board.headlines)
}

/// The lines of these indicators, in their order.
fn of_references<'l>(card: &'l Scorecard<'l>, references: &[IndicatorRef]) -> Vec<&'l Line<'l>> {
    let line = |reference: &IndicatorRef| card.lines().find(|line| line.indicator.reference == *reference);
    references.iter().filter_map(line).collect()
}

/// "Officers chose what needs attention.", where they did.
pub(super) fn by_hand(card: &Scorecard<'_>) -> Option<String> {
    let what = match (chosen_for_attention(card).is_some(), chosen_as_improved(card).is_some()) {
        (false, false) => return None,
        (true, false) => "what is listed as needing attention",
        (false, true) => "what is listed as going well",
        (true, true) => "what is listed as needing attention and as going well",
    };
    Some(format!("Officers chose {what}."))
}

#[cfg(test)]
mod tests;
