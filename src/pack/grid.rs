//! The grid: every indicator by whether it is changing and whether it will
//! meet its target, and which of them to look at first.

use super::front::row_anchor;
use super::model::{Grid, GridItem, GridRow, Mark};
use super::signal::{assurance_mark, mark, variation_mark};
use super::words;
use crate::scorecard::Scorecard;
use crate::scorecard::judgement::{Silence, Verdict};
use crate::scorecard::signal::Assurance;

/// A kind of change with its indicators, by what is to be expected of each.
type Drafted = (Mark, [Vec<GridItem>; 4]);

/// The grid of all indicators; none where not one is judged.
pub(super) fn grid(card: &Scorecard<'_>) -> Option<Grid> {
    let mut rows = [
        (mark("concern", "Getting worse"), [const { Vec::new() }; 4]),
        (mark("common", "Usual ups and downs"), [const { Vec::new() }; 4]),
        (mark("improvement", "Getting better"), [const { Vec::new() }; 4]),
        (mark("neutral", "Higher or lower than usual"), [const { Vec::new() }; 4]),
    ];
    let columns = [Some(Assurance::Fail), Some(Assurance::Inconsistent), Some(Assurance::Pass), None];
    let mut rest = Vec::new();
    for line in card.lines() {
        let item = GridItem {
            reference: line.indicator.reference.to_string(),
            title: line.indicator.title.clone(),
            anchor: row_anchor(&line.indicator.reference),
        };
        match line.judgement.verdict {
            Verdict::Seen { variation, assurance, .. } => {
                let kind = variation_mark(variation).kind;
                let column = columns.iter().position(|column| *column == assurance).unwrap_or(3);
                if let Some((_, cells)) = rows.iter_mut().find(|(head, _)| head.kind == kind) {
                    cells[column].push(item);
                }
            }
            Verdict::Silent(Silence::Off) => {}
            Verdict::Silent(_) => rest.push(item),
        }
    }
    let first = first(&rows);
    let judged = |cells: &[Vec<GridItem>; 4]| cells.iter().any(|cell| !cell.is_empty());
    if !rows.iter().any(|(_, cells)| judged(cells)) {
        return None;
    }
    // A column that nothing is in takes room from those that are read.
    let used = [0, 1, 2, 3].map(|column: usize| rows.iter().any(|(_, cells)| !cells[column].is_empty()));
    let heads = columns.iter().zip(used).filter(|(_, used)| *used).map(|(column, _)| match column {
        Some(_) => assurance_mark(*column),
        None => mark("none", "No single target"),
    });
    Some(Grid {
        title: "Signal or noise".to_owned(),
        intro: "Every figure goes up and down by chance. This page tells what is changing by more than that, and whether each target will be met if nothing else changes.".to_owned(),
        corner: "Is it changing?".to_owned(),
        first,
        columns: heads.collect(),
        rows: rows
            .into_iter()
            // A row for context is there only where something is in it.
            .filter(|(head, cells)| head.kind != "neutral" || judged(cells))
            .map(|(head, cells)| {
                let cells = cells.into_iter().zip(used).filter(|(_, used)| *used).map(|(cell, _)| cell);
                GridRow { head, cells: cells.collect() }
            })
            .collect(),
        rest_title: if rest.is_empty() { String::new() } else { "Not judged: too few children, too few months, or months that overlap".to_owned() },
        rest,
    })
}

/// How many indicators a sentence may name.
const MOST: usize = 6;

/// What to look at first: what is getting worse and cannot be relied on, else
/// what misses its target and does not change.
fn first(rows: &[Drafted; 4]) -> String {
    let [(_, worse), (_, usual), ..] = rows;
    let named = |items: &[GridItem]| -> Vec<String> { items.iter().map(|item| item.reference.clone()).collect() };
    let some = |references: Vec<String>, says: &str| {
        let more = references.len().saturating_sub(MOST);
        let mut shown: Vec<String> = references.into_iter().take(MOST).collect();
        shown.extend((more > 0).then(|| words::count(more, "other", "others")));
        format!("Look first at {}: {says}.", words::list(&shown))
    };
    let (failing, unsure) = (named(&worse[0]), named(&worse[1]));
    match (failing.is_empty(), unsure.is_empty()) {
        (false, _) => {
            let all: Vec<String> = failing.into_iter().chain(unsure).collect();
            some(all, "getting worse, and not sure to meet the target")
        }
        (true, false) => some(unsure, "getting worse, and meeting the target only in some months"),
        (true, true) if !usual[0].is_empty() => {
            some(named(&usual[0]), "missing the target, and not changing by more than chance")
        }
        (true, true) => String::new(),
    }
}
