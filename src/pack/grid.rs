//! The grid: every indicator by whether it is changing and whether it will
//! meet its target, and which of them to look at first.

use super::front::row_anchor;
use super::model::{GridGroup, GridItem, GridRow, Mark, SignalGrid};
use super::signal::{self, mark, outlook_mark, variation_mark};
use crate::domain::Period;
use crate::scorecard::judgement::{SignalVerdict, Silence};
use crate::scorecard::ranking::{Rank, Urgency};
use crate::scorecard::signal::Variation;
use crate::scorecard::{Line, Scorecard};
use crate::words;

/// What this page is called.
pub(super) const TITLE: &str = "What is really changing";

/// The rows, from what is to be looked at first.
const ROWS: [Variation; 5] = [
    Variation::Concern(true),
    Variation::Common,
    Variation::Improvement(true),
    Variation::Neutral(true),
    Variation::Neutral(false),
];

/// What is to be expected, from what is to be looked at first.
const EXPECTED: [&str; 8] = [
    signal::MISSES,
    signal::MISSING_NOW,
    signal::MISSED_UNTIL_NOW,
    signal::EITHER_WAY,
    signal::MET_UNTIL_NOW,
    signal::MEETING_NOW,
    signal::MEETS,
    "",
];

/// More indicators than these do not have a line each: one page has to hold all.
const LINES: usize = 34;

/// The grid of all indicators, against the board's pack of the month `before`; none where
/// not one is judged.
pub(super) fn grid(card: &Scorecard<'_>, before: Period) -> Option<SignalGrid> {
    let ranked = card.ranked(before);
    let mut rows = ROWS.map(|variation| (variation_mark(variation), [const { Vec::new() }; EXPECTED.len()]));
    let mut rest = Vec::new();
    for (_, line) in &ranked {
        match line.judgement.verdict {
            SignalVerdict::Seen { variation, outlook, .. } => {
                let head = variation_mark(variation);
                let expected = outlook_mark(outlook, signal::is_met(line));
                let place = EXPECTED.iter().position(|label| *label == expected.label).unwrap_or(EXPECTED.len() - 1);
                if let Some((_, groups)) = rows.iter_mut().find(|(row, _)| *row == head) {
                    groups[place].push((expected, item(line)));
                }
            }
            SignalVerdict::Silent(Silence::Off) => {}
            SignalVerdict::Silent(_) => rest.push(item(line)),
        }
    }
    let all: usize = rows.iter().flat_map(|(_, groups)| groups).map(Vec::len).sum();
    if all == 0 {
        return None;
    }
    Some(SignalGrid {
        title: TITLE.to_owned(),
        intro: "Every figure goes up and down by chance. This page tells what is changing by more than that, and whether each target will be met if nothing else changes.".to_owned(),
        first: first(&ranked),
        heads: ["Is it changing?", "Will it meet its target?", "Indicators"].map(str::to_owned).into(),
        rows: rows.into_iter().filter_map(|(head, groups)| row(head, groups)).collect(),
        run_on: all + rest.len() / 3 > LINES,
        rest_title: if rest.is_empty() { String::new() } else { "Not judged: too few children, too few months, or months that overlap".to_owned() },
        rest,
    })
}

fn item(line: &Line<'_>) -> GridItem {
    GridItem {
        reference: line.indicator.reference.to_string(),
        title: line.indicator.title.clone(),
        anchor: row_anchor(&line.indicator.reference),
    }
}

/// A kind of change; one for context is there only where something is in it.
fn row(head: Mark, groups: [Vec<(Mark, GridItem)>; EXPECTED.len()]) -> Option<GridRow> {
    let groups: Vec<GridGroup> = groups
        .into_iter()
        .filter_map(|group| {
            let expected = group.first()?.0.clone();
            let items = group.into_iter().map(|(_, item)| item).collect();
            Some(GridGroup { head: beside(&head, expected), items })
        })
        // What is said alike stands together.
        .fold(Vec::new(), |mut groups: Vec<GridGroup>, group| {
            match groups.iter_mut().find(|known| known.head.label == group.head.label) {
                Some(known) => known.items.extend(group.items),
                None => groups.push(group),
            }
            groups
        });
    (head.kind != "neutral" || !groups.is_empty()).then(|| GridRow {
        none: if groups.is_empty() { "None".to_owned() } else { String::new() },
        head,
        groups,
    })
}

/// What is to be expected, put so that it does not fight with what stands beside it.
fn beside(change: &Mark, expected: Mark) -> Mark {
    let label = match (change.kind.as_str(), expected.label.as_str()) {
        (_, "") => "No target",
        ("improvement", signal::MISSES | signal::MISSING_NOW) => "But still missing its target",
        ("concern", signal::MEETS | signal::MEETING_NOW) => "But still meeting its target",
        (_, label) => label,
    };
    mark(if expected.label.is_empty() { "none" } else { &expected.kind }, label)
}

/// How many indicators the sentence names.
const MOST: usize = 5;

/// What to look at first: the head of the ranking that page 1 has, too.
fn first(ranked: &[(Rank, &Line<'_>)]) -> String {
    let Some(urgency) = ranked.first().map(|(rank, _)| rank.urgency) else { return String::new() };
    let says = match urgency {
        Urgency::RedAndWorse => "red, and worse than usual",
        Urgency::TurnedRed => "newly red",
        Urgency::Red | Urgency::RedAndBetter => "red",
        Urgency::AmberAndWorse => "amber, and worse than usual",
        Urgency::AmberAndFell => "amber, and worse than before",
        Urgency::Worse => "worse than usual",
        _ => return String::new(),
    };
    let names: Vec<String> = ranked
        .iter()
        .take_while(|(rank, _)| rank.urgency == urgency)
        .map(|(_, line)| words::quoted(&line.indicator.title))
        .collect();
    let more = names.len().saturating_sub(MOST);
    let mut shown: Vec<String> = names.into_iter().take(MOST).collect();
    shown.extend((more > 0).then(|| words::count(more, "other", "others")));
    format!("Look first at {}: {says}.", words::list(&shown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;

    /// What is said of 23 months at 50 or 51 and a last one, held against a
    /// target: the words in the block, and where the grid has it.
    fn words_against(target: &str, last: &str) -> (String, String, String) {
        let a = format!(
            "unit = \"mean\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nprecision = 1\n\
            targets = [{{ from = \"2024-04\", value = {target}, tolerance = 1, source = \"local\" }}]\n"
        );
        let month = |n: usize| format!("{}-{:02}", 2024 + (n + 10) / 12, (n + 10) % 12 + 1);
        let mut rows: String = (0..23).map(|n| format!("A,{},{},,\n", month(n), 50 + n % 2)).collect();
        rows.push_str(&format!("A,{},{last},,\n", month(23)));
        with_card(&a, "", "\"A\"", &rows, |card| {
            let line = card.lines().next().unwrap();
            let said = signal::signal(line).unwrap();
            let grid = grid(card, "2026-09".parse().unwrap()).unwrap();
            let row = grid.rows.iter().find(|row| !row.groups.is_empty()).unwrap();
            assert_eq!((&row.head, row.groups.len()), (&said.variation, 1));
            let expected = &row.groups[0].head;
            // How long it has been so stands in the block.
            let is_said = said.assurance.label.starts_with(&expected.label) || expected.label.starts_with("But still ");
            assert!(is_said && said.assurance.kind == expected.kind, "{expected:?}");
            (said.variation.label, said.assurance.label, grid.first)
        })
    }

    #[test]
    fn the_words_never_deny_the_latest_figure() {
        for (target, last, variation, assurance, first) in [
            ("40", "51", "Usual ups and downs", "Likely to keep meeting its target", ""),
            ("46", "44", "Worse than usual", "Usually meets its target, not this time", "red, and worse than usual"),
            ("60", "51", "Usual ups and downs", "Likely to keep missing its target", "red"),
            ("56", "58", "Better than usual", "Usually misses its target, not this time", ""),
            ("50.5", "51", "Usual ups and downs", "Could go either way", ""),
            ("50", "51", "Usual ups and downs", "Meeting its target for at least 24 months", ""),
            ("50", "44", "Worse than usual", "Missing its target", "red, and worse than usual"),
        ] {
            let first =
                if first.is_empty() { String::new() } else { format!("Look first at \u{201c}A\u{201d}: {first}.") };
            assert_eq!(
                words_against(target, last),
                (variation.to_owned(), assurance.to_owned(), first),
                "{target}, {last}"
            );
        }
    }
}
