//! The lists of page 1: the board's headline indicators, and what is proposed
//! from the figures or chosen by officers.

use rust_decimal::Decimal;

use super::super::model::{Pointer, PointerList};
use super::super::sentences;
use super::{chip, detail_anchor, open, went};
use crate::domain::movement::Travel;
use crate::domain::rating::Rating;
use crate::domain::{IndicatorRef, PageOne};
use crate::scorecard::{Line, Scorecard};
use crate::words;

/// How many sentences all the lists have room for.
const ROOM: usize = 11;

/// The same where page 1 also lists what is still to be written.
const ROOM_BESIDE_OPEN: usize = 8;

/// How far a line is off its target, in widths of its amber: what orders reds.
fn severity(line: &Line<'_>) -> Decimal {
    let gap = || {
        let gap = line.target_gap.as_ref()?.shortfall;
        gap.checked_div(line.target?.leeway().max(Decimal::new(1, 1)))
    };
    gap().unwrap_or_default()
}

/// How far a line moved, in its own dead-bands: what orders improvements.
fn stride(line: &Line<'_>) -> Decimal {
    let moved = || {
        let movement = line.movement()?;
        movement.change.abs().checked_div(line.indicator.steady_within.max(Decimal::new(1, 1)))
    };
    moved().unwrap_or_default()
}

/// The lists of page 1: the board's headline indicators, then what else needs
/// attention, then what else improved. No indicator is in two of them.
pub(super) fn lists<'l>(card: &'l Scorecard<'l>) -> Vec<PointerList> {
    let headlines = named(card, &card.board.headlines);
    let room = if open(card).next().is_some() { ROOM_BESIDE_OPEN } else { ROOM } - headlines.len();
    let is_above = |line: &Line<'_>| card.board.headlines.contains(&line.indicator.reference);

    let mut attention = chosen_for_attention(card).unwrap_or_else(|| {
        let lines = card.lines().filter(|line| needs_attention(line) && !is_above(line));
        by_weight(lines, |line| (line.rating != Rating::Red, severity(line)))
    });
    // One place is kept for what improved.
    attention.truncate((room - 1).min(PageOne::MOST));
    let is_listed = |line: &Line<'_>| {
        is_above(line) || attention.iter().any(|other| other.indicator.reference == line.indicator.reference)
    };
    let mut improved = chosen_as_improved(card).unwrap_or_else(|| {
        let lines = card.lines().filter(|line| improved_and_well(line) && !is_listed(line));
        by_weight(lines, |line| (false, stride(line)))
    });
    improved.truncate((room - attention.len()).min(PageOne::MOST));

    let also = |title: &str, is_told_above: bool| {
        if is_told_above { format!("Also {}", sentences::lower_first(title)) } else { title.to_owned() }
    };
    let list = |title: String, lines: &[&Line<'_>], none: &str| PointerList {
        title,
        pointers: lines.iter().map(|line| pointer(card, line)).collect(),
        none: none.to_owned(),
    };
    let is_one_above = |is: fn(&Line<'_>) -> bool| headlines.iter().any(|line| is(line));
    let mut lists = Vec::new();
    if !headlines.is_empty() {
        lists.push(list("Headline indicators".to_owned(), &headlines, ""));
    }
    let none = nothing_needs_attention(card, is_one_above(needs_attention));
    lists.push(list(also(NEEDS_ATTENTION, is_one_above(needs_attention)), &attention, none));
    lists.push(list(also(IMPROVED, is_one_above(improved_and_well)), &improved, "No other indicator got better."));
    lists
}

const NEEDS_ATTENTION: &str = "Needs attention";
const IMPROVED: &str = "Improved";

fn nothing_needs_attention(card: &Scorecard<'_>, is_one_above: bool) -> &'static str {
    match (is_one_above, card.lines().any(|line| line.current.figure().is_none())) {
        (true, true) => "No other figure that has come is red, and no other that is amber got worse.",
        (true, false) => "No other indicator is red, and no other that is amber got worse.",
        (false, true) => "No figure that has come is red, and none that is amber got worse.",
        (false, false) => "No indicator is red, and none that is amber got worse.",
    }
}

/// What is red, and what is amber and got worse in this pack.
fn needs_attention(line: &Line<'_>) -> bool {
    line.rating == Rating::Red || (line.rating == Rating::Amber && line.is_new && went(line, Travel::Worsening))
}

/// What got better in this pack, and needs no attention all the same.
fn improved_and_well(line: &Line<'_>) -> bool {
    line.is_new && went(line, Travel::Improving) && !needs_attention(line)
}

/// Lines, the first class first, then by weight; a stable sort keeps the board's order.
fn by_weight<'l>(
    lines: impl Iterator<Item = &'l Line<'l>>,
    weight: impl Fn(&Line<'_>) -> (bool, Decimal),
) -> Vec<&'l Line<'l>> {
    let mut lines: Vec<&Line<'_>> = lines.collect();
    lines.sort_by_cached_key(|line| {
        let (class, size) = weight(line);
        (class, -size)
    });
    lines
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
    let mut lines = named(card, list(card.page_1?));
    lines.retain(|line| may_stand(line) && !card.board.headlines.contains(&line.indicator.reference));
    Some(lines).filter(|lines| !lines.is_empty())
}

/// The lines of these indicators, in their order.
fn named<'l>(card: &'l Scorecard<'l>, references: &[IndicatorRef]) -> Vec<&'l Line<'l>> {
    let line = |reference: &IndicatorRef| card.lines().find(|line| line.indicator.reference == *reference);
    references.iter().filter_map(line).collect()
}

fn pointer(card: &Scorecard<'_>, line: &Line<'_>) -> Pointer {
    Pointer {
        reference: line.indicator.reference.to_string(),
        title: line.indicator.title.clone(),
        sentence: words::capital(&sentences::brief(line)),
        rating: chip(line.rating),
        anchor: detail_anchor(card, &line.indicator.reference),
    }
}

/// "Officers chose what needs attention.", where they did.
pub(super) fn by_hand(card: &Scorecard<'_>) -> Option<String> {
    let what = match (chosen_for_attention(card).is_some(), chosen_as_improved(card).is_some()) {
        (false, false) => return None,
        (true, false) => "what is listed as needing attention",
        (false, true) => "what is listed as improved",
        (true, true) => "what is listed as needing attention and as improved",
    };
    Some(format!("Officers chose {what}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::front::notes::notes;
    use crate::scorecard::test_support::with_page_1;

    /// Each list's title with what it holds, and the notes below them. A is red
    /// and got worse, B is red and got better, C is green and got better.
    fn page_1(headlines: &str, chosen: &str) -> (Vec<String>, Vec<String>) {
        with_page_1(headlines, chosen, |card| {
            let lists = lists(card);
            let names = |list: &PointerList| {
                let names: Vec<&str> = list.pointers.iter().map(|pointer| pointer.reference.as_str()).collect();
                format!("{}: {}", list.title, if names.is_empty() { list.none.clone() } else { names.join(" ") })
            };
            (lists.iter().map(names).collect(), notes(card, &lists))
        })
    }

    #[test]
    fn the_figures_propose_what_the_headlines_do_not_say() {
        let (lists, notes) = page_1("", "");
        assert_eq!(lists, ["Needs attention: B A", "Improved: C"]);
        assert_eq!(notes, [""; 0]);

        let (lists, _) = page_1("headlines = [\"B\", \"C\"]", "");
        assert_eq!(
            lists,
            ["Headline indicators: B C", "Also needs attention: A", "Also improved: No other indicator got better."]
        );

        let (lists, _) = page_1("headlines = [\"A\", \"B\"]", "");
        let none = "No other indicator is red, and no other that is amber got worse.";
        assert_eq!(lists, ["Headline indicators: A B", &format!("Also needs attention: {none}"), "Improved: C"]);
    }

    #[test]
    fn officers_choose_what_is_listed_and_no_red_goes_unnamed() {
        let (lists, notes) = page_1("", "needs_attention = [\"C\", \"A\"]");
        assert_eq!(lists, ["Needs attention: C A", "Improved: No other indicator got better."]);
        assert_eq!(
            notes,
            ["Also red: B (B).", "Also better: B.", "Officers chose what is listed as needing attention."]
        );

        let (lists, notes) = page_1("", "improved = [\"B\"]");
        assert_eq!(lists, ["Needs attention: B A", "Improved: B"]);
        assert_eq!(notes, ["Also better: C.", "Officers chose what is listed as improved."]);

        let (lists, notes) = page_1("headlines = [\"C\"]", "needs_attention = [\"A\"]\nimproved = [\"B\"]");
        assert_eq!(lists, ["Headline indicators: C", "Needs attention: A", "Also improved: B"]);
        assert_eq!(notes, ["Officers chose what is listed as needing attention and as improved."]);
    }

    #[test]
    fn no_headline_is_listed_again_and_what_got_worse_is_no_improvement() {
        let (lists, notes) = page_1("headlines = [\"C\"]", "needs_attention = [\"C\"]\nimproved = [\"A\"]");
        assert_eq!(lists[1..], ["Needs attention: B A", "Also improved: No other indicator got better."]);
        assert_eq!(notes, [""; 0]);
    }
}
