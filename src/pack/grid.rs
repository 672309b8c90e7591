//! The grid: every indicator by whether it is changing and whether it will
//! meet its target, and which of them to look at first.

use super::front::row_anchor;
use super::model::{GridItem, GridRow, Mark, SignalGrid};
use super::signal::{self, mark, outlook_mark, variation_mark};
use crate::scorecard::judgement::{SignalVerdict, Silence};
use crate::scorecard::signal::Variation;
use crate::scorecard::{Line, Scorecard};
use crate::words;

/// The rows, from what is to be looked at first.
const ROWS: [Variation; 5] = [
    Variation::Concern(true),
    Variation::Common,
    Variation::Improvement(true),
    Variation::Neutral(true),
    Variation::Neutral(false),
];

/// How many columns there are.
const COLUMNS: usize = 8;

/// The columns, from what is to be looked at first.
fn columns() -> [Mark; COLUMNS] {
    [
        mark("fail", signal::MISSES),
        mark("fail", signal::MISSING_NOW),
        mark("fail", signal::MISSED_UNTIL_NOW),
        mark("inconsistent", signal::EITHER_WAY),
        mark("pass", signal::MET_UNTIL_NOW),
        mark("pass", signal::MEETING_NOW),
        mark("pass", signal::MEETS),
        mark("none", "No target"),
    ]
}

/// A kind of change with its indicators, by what is to be expected of each.
type Drafted = (Mark, [Vec<GridItem>; COLUMNS]);

/// The grid of all indicators; none where not one is judged.
pub(super) fn grid(card: &Scorecard<'_>) -> Option<SignalGrid> {
    let columns = columns();
    let mut rows = ROWS.map(|variation| (variation_mark(variation), [const { Vec::new() }; COLUMNS]));
    let mut rest = Vec::new();
    for line in card.lines() {
        match line.judgement.verdict {
            SignalVerdict::Seen { variation, outlook, .. } => {
                let head = variation_mark(variation);
                let expected = outlook_mark(outlook, signal::is_met(line));
                // What has no mark stands in the last column.
                let column = columns.iter().position(|column| *column == expected).unwrap_or(columns.len() - 1);
                if let Some((_, cells)) = rows.iter_mut().find(|(row, _)| *row == head) {
                    cells[column].push(item(line));
                }
            }
            SignalVerdict::Silent(Silence::Off) => {}
            SignalVerdict::Silent(_) => rest.push(item(line)),
        }
    }
    if !rows.iter().any(is_used) {
        return None;
    }
    let first = first(&rows);
    // A column that nothing is in takes room from those that are read.
    let used: Vec<bool> = (0..columns.len()).map(|i| rows.iter().any(|(_, cells)| !cells[i].is_empty())).collect();
    Some(SignalGrid {
        title: "Signal or noise".to_owned(),
        intro: "Every figure goes up and down by chance. This page tells what is changing by more than that, and whether each target will be met if nothing else changes.".to_owned(),
        corner: "Is it changing?".to_owned(),
        first,
        columns: kept(columns, &used),
        rows: rows
            .into_iter()
            // A row for context is there only where something is in it.
            .filter(|row| row.0.kind != "neutral" || is_used(row))
            .map(|(head, cells)| GridRow { head, cells: kept(cells, &used) })
            .collect(),
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

fn is_used((_, cells): &Drafted) -> bool {
    cells.iter().any(|cell| !cell.is_empty())
}

/// Those in the columns that are used.
fn kept<T>(all: [T; COLUMNS], used: &[bool]) -> Vec<T> {
    all.into_iter().zip(used).filter(|(_, used)| **used).map(|(one, _)| one).collect()
}

/// How many indicators a sentence may name.
const MOST: usize = 6;

/// What to look at first: what is worse than usual and cannot be relied on,
/// else what misses its target and does not change.
fn first(rows: &[Drafted; 5]) -> String {
    let [(_, worse), (_, usual), ..] = rows;
    let named = |cells: &[Vec<GridItem>]| -> Vec<String> {
        cells.iter().flatten().map(|item| item.reference.clone()).collect()
    };
    let some = |references: Vec<String>, says: &str| {
        let more = references.len().saturating_sub(MOST);
        let mut shown: Vec<String> = references.into_iter().take(MOST).collect();
        shown.extend((more > 0).then(|| words::count(more, "other", "others")));
        format!("Look first at {}: {says}.", words::list(&shown))
    };
    // All that does not meet its target reliably now, and has one.
    let (unsure, stuck) = (named(&worse[..COLUMNS - 2]), named(&usual[..2]));
    if !unsure.is_empty() {
        some(unsure, "worse than usual, and not sure to meet the target")
    } else if !stuck.is_empty() {
        some(stuck, "missing the target, and not changing by more than chance")
    } else {
        String::new()
    }
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
            let grid = grid(card).unwrap();
            let columns: Vec<&str> = grid.columns.iter().map(|column| column.label.as_str()).collect();
            // How long it has been so stands in the block.
            assert!(columns.len() == 1 && said.assurance.label.starts_with(columns[0]), "{columns:?}");
            let row = grid.rows.iter().find(|row| row.cells.iter().any(|cell| !cell.is_empty())).unwrap();
            assert_eq!(row.head, said.variation);
            (said.variation.label, said.assurance.label, grid.first)
        })
    }

    #[test]
    fn the_words_never_deny_the_latest_figure() {
        for (target, last, variation, assurance, first) in [
            ("40", "51", "Usual ups and downs", "Likely to keep meeting its target", ""),
            (
                "46",
                "44",
                "Worse than usual",
                "Usually meets its target, not this time",
                "worse than usual, and not sure to meet the target",
            ),
            (
                "60",
                "51",
                "Usual ups and downs",
                "Likely to keep missing its target",
                "missing the target, and not changing by more than chance",
            ),
            ("56", "58", "Better than usual", "Usually misses its target, not this time", ""),
            ("50.5", "51", "Usual ups and downs", "Could go either way", ""),
            ("50", "51", "Usual ups and downs", "Meeting its target for at least 24 months", ""),
            ("50", "44", "Worse than usual", "Missing its target", "worse than usual, and not sure to meet the target"),
        ] {
            let first = if first.is_empty() { String::new() } else { format!("Look first at A: {first}.") };
            assert_eq!(
                words_against(target, last),
                (variation.to_owned(), assurance.to_owned(), first),
                "{target}, {last}"
            );
        }
    }
}
