//! What a revision says otherwise than one before it, so that a member who has
//! read that one need not read it all again.
//!
//! Worked from what both printed, never from what a workbook said then: the
//! list is about two documents.

use std::collections::{BTreeMap, BTreeSet};

use super::front::{block_anchor, detail_anchor, row_anchor};
use super::model::{Change, ChangeList};
use super::printed::Printed;
use crate::domain::mark::FigureMarks;
use crate::domain::{Comment, IndicatorRef, OfficerText};
use crate::scorecard::{Scorecard, Slot, restated};
use crate::words;

/// What one revision says, as far as a list of changes goes by it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RevisionContent {
    /// The revision's number.
    pub revision: u32,
    /// Whether it is a draft.
    pub is_draft: bool,
    /// Its figures.
    pub figures: Vec<Printed>,
    /// Digest of what each indicator means.
    pub definitions: BTreeMap<IndicatorRef, String>,
    /// Digest of each commentary that it prints.
    pub commentary: BTreeMap<IndicatorRef, String>,
    /// Digest of its templates.
    pub template_sha256: String,
    /// Digest of what it says.
    pub content_sha256: String,
    /// Digest of what each of its places says, by its anchor; empty where it kept none.
    pub places: BTreeMap<String, String>,
}

/// The list of changes from one revision to a later one, whose scorecard this is.
pub fn list(before: &RevisionContent, now: &RevisionContent, card: &Scorecard<'_>) -> ChangeList {
    let mut changes = of_figures(before, now, card);
    changes.extend(of_pack(before, now, changes.is_empty()));
    // A number that is passed over is explained.
    let skips = if before.revision + 1 < now.revision { ", the last final one" } else { "" };
    ChangeList { title: format!("Changes since revision {}{skips}", before.revision), changes }
}

/// How many figures of a revision have another value or colour than before, or are new.
pub fn figures_that_differ(before: &RevisionContent, now: &RevisionContent) -> usize {
    let printed = |content: &RevisionContent| -> BTreeMap<IndicatorRef, (String, String)> {
        let of = |row: &Printed| (row.reference.clone(), (row.value.clone(), row.rating.clone()));
        content.figures.iter().map(of).collect()
    };
    let before = printed(before);
    printed(now).into_iter().filter(|(reference, figure)| before.get(reference) != Some(figure)).count()
}

/// What changed about each indicator, in the order of the pack, then those that are gone.
fn of_figures(before: &RevisionContent, now: &RevisionContent, card: &Scorecard<'_>) -> Vec<Change> {
    let mut known = BTreeSet::new();
    let mut changes = Vec::new();
    for row in &now.figures {
        let reference = &row.reference;
        // An indicator may stand in two sections.
        if !known.insert(reference) {
            continue;
        }
        let mut sentences = match before.figures.iter().find(|other| other.reference == *reference) {
            None => vec!["Added to the pack.".to_owned()],
            Some(other) => of_row(other, row, is_redefined(before, row, card)),
        };
        sentences.extend(of_commentary(before.commentary.get(reference), now.commentary.get(reference)));
        if sentences.is_empty() && says_otherwise(before, now, reference) {
            sentences.push("Its words or its chart changed.".to_owned());
        }
        if !sentences.is_empty() {
            changes.push(Change {
                reference: whole(reference).to_owned(),
                sentence: of_part(row, &sentences.join(" ")),
                anchor: anchor(card, reference),
            });
        }
    }
    for row in before.figures.iter().filter(|row| !now.figures.iter().any(|other| other.reference == row.reference)) {
        if known.insert(&row.reference) {
            let sentence = of_part(row, &format!("{} is no longer in the pack.", row.indicator));
            changes.push(Change { reference: whole(&row.reference).to_owned(), sentence, anchor: String::new() });
        }
    }
    changes
}

/// Whether a place of an indicator says something else than before, as far as both
/// revisions know.
fn says_otherwise(before: &RevisionContent, now: &RevisionContent, reference: &IndicatorRef) -> bool {
    let is_otherwise = |anchor: String| {
        let places = before.places.get(&anchor).zip(now.places.get(&anchor));
        places.is_some_and(|(before, now)| before != now)
    };
    [row_anchor(reference), block_anchor(reference), super::meaning::entry_anchor(reference)]
        .into_iter()
        .any(is_otherwise)
}

/// Whether an indicator meant something else in the revision before.
fn is_redefined(before: &RevisionContent, row: &Printed, card: &Scorecard<'_>) -> bool {
    let published = before.definitions.get(&row.reference);
    let line = card.every_line().find(|line| line.indicator.reference == row.reference);
    published.zip(line).is_some_and(|(published, line)| restated::is_redefined(line.indicator, row.period, published))
}

/// The indicator whose part a reference may be: "CLA01" of "CLA01:age:0-4".
fn whole(reference: &IndicatorRef) -> &str {
    reference.as_str().split(':').next().unwrap_or_default()
}

/// A part's sentence names its category.
fn of_part(row: &Printed, sentence: &str) -> String {
    if row.segment.is_empty() { sentence.to_owned() } else { format!("{}: {sentence}", row.segment) }
}

/// Where the pack shows an indicator, or the whole of which it is a part.
fn anchor(card: &Scorecard<'_>, reference: &IndicatorRef) -> String {
    let shown = |line: &&crate::scorecard::Line<'_>| line.indicator.reference.as_str() == whole(reference);
    card.lines().find(shown).map(|line| detail_anchor(card, &line.indicator.reference)).unwrap_or_default()
}

/// What changed about the pack as a whole; never nothing where nothing else did.
fn of_pack(before: &RevisionContent, now: &RevisionContent, is_all: bool) -> Vec<Change> {
    let mut sentences = Vec::new();
    match (before.is_draft, now.is_draft) {
        (true, false) => sentences.push("Nothing is missing any more. The draft is now final."),
        (false, true) => sentences.push("Commentary or a sign-off is missing again, so the pack is a draft."),
        _ => {}
    }
    if before.template_sha256 != now.template_sha256 {
        sentences.push("The layout of the pack changed.");
    }
    if is_all && sentences.is_empty() {
        sentences.push(if before.content_sha256 == now.content_sha256 {
            "Nothing changed. A draft in between said something else, and that was taken back."
        } else {
            "Some words changed. No figure, rating, target or commentary did."
        });
    }
    let change =
        |sentence: &str| Change { reference: String::new(), sentence: sentence.to_owned(), anchor: String::new() };
    sentences.into_iter().map(change).collect()
}

/// What changed about a figure, its rating and its target.
fn of_row(before: &Printed, now: &Printed, is_redefined: bool) -> Vec<String> {
    let mut sentences = Vec::new();
    let is_same_parts = (&before.numerator, &before.denominator) == (&now.numerator, &now.denominator);
    let is_same_figure =
        is_same_parts && (before.period, &before.value, &before.status) == (now.period, &now.value, &now.status);
    if !is_same_figure || before.rating != now.rating {
        let why = if !is_same_figure {
            why_figure(before, now, is_redefined)
        } else if before.target != now.target {
            target_changed(before, now)
        } else if is_redefined {
            "the definition changed".to_owned()
        } else {
            "the way it is rated changed".to_owned()
        };
        let (was, is) = (judged(before, !is_same_parts), judged(now, !is_same_parts));
        sentences.push(format!("Was {was}; now {is}: {why}."));
    } else if before.target != now.target {
        sentences.push(format!("{}.", words::capital(&target_changed(before, now))));
    }
    // Of a figure of another month, what the one before was says nothing.
    if before.period == now.period && !before.value.is_empty() && !now.value.is_empty() {
        sentences.extend(marked(before, now));
    }
    let earlier = [
        (format!("The figure for {}", words::month(now.previous_period)), &before.previous_value, &now.previous_value),
        ("Last year\u{2019}s figure".to_owned(), &before.last_year, &now.last_year),
        ("The year to date".to_owned(), &before.year_to_date, &now.year_to_date),
    ];
    // Of month-end figures the latest is the year's: it has been said already.
    let is_the_figure = |row: &Printed| row.year_to_date == row.value;
    let earlier = if is_the_figure(before) && is_the_figure(now) { &earlier[..2] } else { &earlier[..] };
    for (what, was, is) in earlier.iter().filter(|(_, was, is)| before.period == now.period && was != is) {
        sentences.push(format!("{what} was {} and is now {}.", now.figure(was), now.figure(is)));
    }
    if before.indicator != now.indicator {
        sentences.push(format!("Its title was \u{201c}{}\u{201d}.", before.indicator));
    }
    sentences
}

/// "Now marked provisional.", "No longer marked provisional."
fn marked(before: &Printed, now: &Printed) -> impl Iterator<Item = String> {
    let (was, is) = (FigureMarks::of_words(&before.marks), FigureMarks::of_words(&now.marks));
    let those_of = |marks: FigureMarks, other: FigureMarks| {
        marks.iter().filter(|mark| !other.has(*mark)).map(|mark| mark.word().to_owned()).collect()
    };
    let said =
        |how: &str, marks: Vec<String>| (!marks.is_empty()).then(|| format!("{how} marked {}.", words::list(&marks)));
    [said("Now", those_of(is, was)), said("No longer", those_of(was, is))].into_iter().flatten()
}

fn why_figure(before: &Printed, now: &Printed, is_redefined: bool) -> String {
    match (before.value.is_empty(), now.value.is_empty()) {
        _ if before.period != now.period => "it is for another month",
        (true, false) => "the figure has come",
        (false, true) if now.status == "suppressed" => "it is hidden, so that nobody can be recognised",
        (false, true) => "the figure was withdrawn",
        _ if is_redefined => "the definition changed",
        _ => "the source was corrected",
    }
    .to_owned()
}

/// "its target changed from 85% to 84%".
fn target_changed(before: &Printed, now: &Printed) -> String {
    match (before.target.is_empty(), now.target.is_empty()) {
        (true, _) => format!("a target of {} was set", now.goal(&now.target)),
        (false, true) => "its target was withdrawn".to_owned(),
        (false, false) => {
            format!("its target changed from {} to {}", now.goal(&before.target), now.goal(&now.target))
        }
    }
}

/// "10.1%, amber", "not supplied", "84.2% (170 of 202), amber".
fn judged(row: &Printed, with_parts: bool) -> String {
    if row.value.is_empty() {
        // The words of a file, as a page says them.
        return match row.status.as_str() {
            "suppressed" => "hidden".to_owned(),
            "refused" => "not usable".to_owned(),
            status => status.to_owned(),
        };
    }
    let parts = format!("{} of {}", row.numerator, row.denominator);
    let has_parts = !row.numerator.is_empty() && !row.denominator.is_empty();
    let mut text = match row.status.as_str() {
        "too few" if has_parts => parts,
        _ if with_parts && has_parts => format!("{} ({parts})", row.figure(&row.value)),
        _ => row.figure(&row.value),
    };
    // Context never has a colour, and nobody misses it.
    if !row.reason.starts_with("context") {
        text.push_str(&format!(", {}", words::rating_named(&row.rating)));
    }
    text
}

fn of_commentary(before: Option<&String>, now: Option<&String>) -> Option<String> {
    let word = match (before, now) {
        (None, Some(_)) => "added",
        (Some(_), None) => "removed",
        (Some(before), Some(now)) if before != now => "changed",
        _ => return None,
    };
    Some(format!("Commentary {word}."))
}

/// Digest of each commentary that a scorecard prints.
pub fn commentary(card: &Scorecard<'_>) -> BTreeMap<IndicatorRef, String> {
    let printed = |slot: &Slot<'_>| Some((slot.indicator.reference.clone(), digest(slot.printable()?)));
    let written = card.slots.iter().filter_map(printed);
    written.collect()
}

fn digest(comment: &Comment) -> String {
    let due = comment.due.map(|due| due.to_string()).unwrap_or_default();
    let [text, action, owner, expect] =
        [&comment.text, &comment.action, &comment.owner, &comment.expect].map(OfficerText::screened);
    let parts = [&*text, &action, &owner, &due, &expect];
    crate::digest::sha256(parts.map(str::trim).join("\u{1f}").as_bytes())
}

#[cfg(test)]
mod tests;
