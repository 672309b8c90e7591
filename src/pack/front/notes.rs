//! Sentences under the lists of page 1: what the lists had no room for, what is
//! not there, and what is older than the rest.

use super::super::model::PointerList;
use super::{lists, went};
use crate::domain::movement::Travel;
use crate::domain::rating::Rating;
use crate::domain::{Missing, Reading};
use crate::scorecard::{Line, Scorecard};
use crate::words;

/// How many indicators a note names in full; of more there is no room for titles.
const IN_FULL: usize = 3;

/// Sentences under the lists.
pub(super) fn notes(card: &Scorecard<'_>, lists: &[PointerList]) -> Vec<String> {
    let is_listed = |line: &Line<'_>| {
        let reference = line.indicator.reference.as_str();
        lists.iter().flat_map(|list| &list.pointers).any(|pointer| pointer.reference == reference)
    };
    let unlisted = || card.lines().filter(|line| !is_listed(line));
    let mut notes: Vec<String> = super::super::actions::on_page_1(card).into_iter().collect();
    let red: Vec<&Line<'_>> = unlisted().filter(|line| line.rating == Rating::Red).collect();
    if !red.is_empty() {
        notes.push(format!("Also red: {}.", named(&red)));
    }
    // By reference alone: they may be many, and need nothing of the reader.
    let better = unlisted().filter(|line| line.is_new && went(line, Travel::Improving));
    let better: Vec<String> = better.map(|line| line.indicator.reference.to_string()).collect();
    if !better.is_empty() {
        notes.push(format!("Also better: {}.", words::list(&better)));
    }
    notes.extend(lists::by_hand(card));
    notes.extend(held_back(card));
    notes.extend(older(card));
    notes
}

/// "Social work posts filled by agency staff (WF04)"; the references alone
/// where there are many.
fn named(lines: &[&Line<'_>]) -> String {
    let name = |line: &&Line<'_>| match lines.len() {
        ..=IN_FULL => format!("{} ({})", line.indicator.title, line.indicator.reference),
        _ => line.indicator.reference.to_string(),
    };
    words::list(&lines.iter().map(name).collect::<Vec<_>>())
}

/// Which figures are not there, and why: "Hidden so that nobody can be
/// recognised: Children living in unregistered homes (CLA11).".
fn held_back(card: &Scorecard<'_>) -> Vec<String> {
    let mut by_reason: Vec<(&str, Vec<&Line<'_>>)> = Vec::new();
    for line in card.lines() {
        let reason = match &line.current {
            Reading::Figure(_) => continue,
            Reading::Missing(Missing::Suppressed) => "Hidden so that nobody can be recognised",
            Reading::Missing(missing) => words::missing(*missing),
        };
        match by_reason.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, lines)) => lines.push(line),
            None => by_reason.push((reason, vec![line])),
        }
    }
    by_reason.into_iter().map(|(reason, lines)| format!("{reason}: {}.", named(&lines))).collect()
}

/// How many figures are not of the pack's own month.
fn older(card: &Scorecard<'_>) -> Option<String> {
    let older = card.lines().filter(|line| line.period != card.period).count();
    let who = match older {
        0 => return None,
        1 => "1 indicator is not monthly or comes later: it".to_owned(),
        n => format!("{n} indicators are not monthly or come later: each"),
    };
    Some(format!("{who} shows its latest figure, and counts as better or worse only in the month when that is new."))
}
