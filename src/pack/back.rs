//! Back matter: glossary, key. Only what this pack needs.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Chip, GlossaryTerm, KeyEntry, Pack, ReadingCell};
use super::{front, signal};
use crate::domain::ActionPart;
use crate::domain::mark::FigureMark;
use crate::domain::rating::{Rating, Unrated};
use crate::words;

/// Terms of the glossary that stand in the pack as whole words.
pub(super) fn glossary(pack: &Pack, glossary: &BTreeMap<String, String>) -> Vec<GlossaryTerm> {
    if glossary.is_empty() {
        return Vec::new();
    }
    let known: BTreeSet<&str> = glossary.keys().map(String::as_str).collect();
    // The pack as one text: every string of it, whatever shape it is in.
    let text = serde_json::to_string(pack).unwrap_or_default();
    let mut used: BTreeSet<&str> = text.split("\\n").flat_map(|text| found(text, &known)).collect();
    // A meaning may itself use a term.
    loop {
        let more: Vec<&str> =
            used.iter().filter_map(|term| glossary.get(*term)).flat_map(|meaning| found(meaning, &known)).collect();
        let before = used.len();
        used.extend(more);
        if used.len() == before {
            break;
        }
    }
    used.into_iter()
        .filter_map(|term| Some(GlossaryTerm { term: term.to_owned(), meaning: glossary.get(term)?.clone() }))
        .collect()
}

/// Known terms among a text's words; a plural "s" is forgiven.
fn found<'k>(text: &str, known: &BTreeSet<&'k str>) -> Vec<&'k str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-')
        // A term has a capital or a digit; asking the set for every word is slow.
        .filter(|word| word.bytes().any(|byte| !byte.is_ascii_lowercase()))
        .filter_map(|word| known.get(word).or_else(|| known.get(word.strip_suffix('s')?)).copied())
        .collect()
}

/// The ratings and states that occur in the pack, with what they mean.
///
/// `red_needs` is what a red of this board must say of its action.
pub(super) fn key(pack: &Pack, red_needs: &[ActionPart]) -> Vec<KeyEntry> {
    let chips: BTreeSet<(&str, &str)> = pack
        .sections
        .iter()
        .flat_map(|section| &section.rows)
        .map(|row| (row.rating.kind.as_str(), row.rating.label.as_str()))
        .collect();
    let has = |kind: &str, label: &str| chips.contains(&(kind, label));
    let mut key = Vec::new();
    let mut chip = |rating: Rating, meaning: &str| {
        let Chip { kind, label, .. } = front::chip(rating);
        if has(&kind, &label) {
            let chip = Chip { kind, label, reason: String::new() };
            key.push(KeyEntry { chip: Some(chip), word: String::new(), meaning: meaning.to_owned() });
        }
    };
    chip(Rating::Red, "Misses its target by more than was agreed.");
    chip(Rating::Amber, "Misses its target, but within what was agreed.");
    chip(Rating::Green, "Meets its target, or comes as close as was agreed.");
    chip(Rating::Unrated(Unrated::NoTarget), "It has no colour. The reason is below the word.");
    chip(
        Rating::Unrated(Unrated::Context),
        "Shown to help you understand the rest. A high or a low number is neither good nor bad by itself.",
    );
    if has("red", words::rating(Rating::Red)) {
        key.extend(may_lack(red_needs));
    }
    words_used(pack, &mut key);
    figures_marked(pack, &mut key);
    signals_used(pack, &mut key);
    marks_used(pack, &mut key);
    key
}

/// What a red of this board may be printed without, where others may not.
fn may_lack(red_needs: &[ActionPart]) -> Option<KeyEntry> {
    let meaning = if red_needs.is_empty() {
        "On this board a red may be printed without an action.".to_owned()
    } else {
        let parts: Vec<ActionPart> = ActionPart::ALL.into_iter().filter(|part| !red_needs.contains(part)).collect();
        if parts.is_empty() {
            return None;
        }
        format!(
            "On this board the action on a red may be printed without {}.",
            words::action_parts(&parts).replace(" and ", " or ")
        )
    };
    Some(KeyEntry { chip: None, word: "Commentary".to_owned(), meaning })
}

fn word(key: &mut Vec<KeyEntry>, word: &str, meaning: &str) {
    key.push(KeyEntry { chip: None, word: word.to_owned(), meaning: meaning.to_owned() });
}

/// Words of the tables.
fn words_used(pack: &Pack, key: &mut Vec<KeyEntry>) {
    let mut word = |name: &str, meaning: &str| word(key, name, meaning);
    let rows = || pack.sections.iter().flat_map(|section| &section.rows);
    word(
        "Change",
        "The change since the figure before. The arrow shows whether the number went up or down. The word says whether that is better or worse.",
    );
    if pack.sections.iter().flat_map(|section| &section.blocks).any(|block| block.chart.is_some()) {
        word(
            "Charts",
            "The scale shows changes clearly, so it does not always start at zero. The figures behind each chart are on the web page and in figures.csv.",
        );
    }
    if rows().any(|row| row.movement.travel.starts_with("steady")) {
        word("Steady", "The change is too small to call better or worse.");
    }
    if rows().any(|row| !row.current.of.is_empty()) {
        word("170 of 202", "How many, out of how many: here 170 out of 202 children, which is 84.2%.");
    }
    if rows().any(|row| row.movement.display.contains("point")) {
        word("Points", "Percentage points: from 80% to 82% is up 2 points.");
    }
    for (name, meaning) in [
        ("Not supplied", "The figure was due and has not come."),
        ("Not usable", "A figure came, but it cannot be right. The notes on the data say why."),
        ("Not applicable", "There was nothing to count."),
        ("0 of 0", "There was nobody to count, so there is no percentage."),
        ("Not due", "The figure is not due yet."),
    ] {
        if rows().any(|row| row.current.display == name || row.previous.display == name) {
            word(name, meaning);
        }
    }
    if hides(pack) {
        word(
            super::themes::HIDDEN,
            "Hidden so that no child can be recognised. Either it counts few children, or a small number could be worked out from it. Figures that say nothing about a child, such as staff or late meetings, are shown even if small.",
        );
    }
    if rows().any(|row| row.rating.reason == "too few to rate") {
        word("Too few to rate", "So few were counted that one more or fewer would change the percentage a lot.");
    }
    if rows().any(|row| row.movement.display == "Not comparable") {
        word("Not comparable", "The way it is counted changed between the two figures.");
    }
}

/// What a row says of signal and noise.
fn signals_used(pack: &Pack, key: &mut Vec<KeyEntry>) {
    let signals = || pack.sections.iter().flat_map(|section| &section.rows).filter_map(|row| row.signal.as_ref());
    let changes = |kind: &str| signals().any(|signal| signal.variation.kind == kind);
    if changes("improvement") || changes("concern") || changes("neutral") {
        word(
            key,
            "Better than usual, worse than usual",
            "Held against a year or more of earlier figures, it has changed by more than chance explains. Where neither way is better, we say higher or lower than usual.",
        );
    }
    if changes("common") {
        word(
            key,
            "Usual ups and downs",
            "It goes up and down by no more than chance explains. One month up or down is no news.",
        );
    }
    let says = |label: &str| signals().any(|signal| signal.assurance.label.starts_with(label));
    if says(signal::EITHER_WAY) {
        let meaning = "Its usual ups and downs reach both sides of the target, so chance decides.";
        word(key, signal::EITHER_WAY, meaning);
    }
    if says("Likely to keep") || says("Usually") {
        word(
            key,
            "Likely to keep meeting or missing its target",
            "All its usual ups and downs are on one side of the target. That stays so unless something changes. Not this time: the latest figure is on the other side.",
        );
    }
    if says(signal::MISSING_NOW) || says(signal::MEETING_NOW) {
        word(
            key,
            "Missing its target, meeting its target",
            "This is how it stands now. We cannot say from the figures whether it will last.",
        );
    }
    if let Some(signal) = signals().find(|signal| !signal.caution.is_empty()) {
        word(key, "Runs of months", &signal.caution);
    }
}

/// The marks of months without a figure that the charts show.
fn gaps_shown(pack: &Pack) -> BTreeSet<&str> {
    let blocks = pack.sections.iter().flat_map(|section| &section.blocks);
    blocks
        .filter_map(|block| block.chart.as_ref())
        .flat_map(|chart| &chart.gaps)
        .map(|gap| gap.label.as_str())
        .collect()
}

/// Whether anything is hidden: in a table, a breakdown, a chart or the figures behind a small line.
fn hides(pack: &Pack) -> bool {
    let is_hidden =
        |reading: &super::model::ReadingCell| reading.state == "suppressed" && reading.display == super::themes::HIDDEN;
    let rows = pack.sections.iter().flat_map(|section| &section.rows);
    let parts = pack.sections.iter().flat_map(|section| &section.blocks).flat_map(|block| &block.breakdowns);
    let mut readings = rows
        .flat_map(|row| [&row.current, &row.previous])
        .chain(parts.flat_map(|table| &table.rows).map(|row| &row.current));
    let drawn = pack.sections.iter().flat_map(|section| &section.rows).filter_map(|row| row.trend.as_ref());
    let mut behind = drawn.filter_map(|trend| trend.values.as_ref()).flat_map(|table| &table.rows);
    readings.any(is_hidden)
        || behind.any(|row| is_hidden(&row.reading))
        || gaps_shown(pack).contains(super::themes::HIDDEN)
}

/// Every figure of a table.
fn readings(pack: &Pack) -> impl Iterator<Item = &ReadingCell> {
    let rows = || pack.sections.iter().flat_map(|section| &section.rows);
    let blocks = || pack.sections.iter().flat_map(|section| &section.blocks);
    let behind = blocks().filter_map(|block| block.chart.as_ref()?.values.as_ref());
    let behind = behind.chain(rows().filter_map(|row| row.trend.as_ref()?.values.as_ref()));
    let parts = blocks().flat_map(|block| &block.breakdowns).flat_map(|table| &table.rows);
    let crossed = blocks().flat_map(|block| &block.two_way).flat_map(|table| &table.rows);
    let related = blocks().filter_map(|block| block.related.as_ref()).flat_map(|table| &table.rows);
    rows()
        .flat_map(|row| [&row.current, &row.previous])
        .chain(blocks().map(|block| &block.current))
        .chain(behind.flat_map(|table| &table.rows).map(|row| &row.reading))
        .chain(parts.map(|row| &row.current))
        .chain(crossed.flat_map(|row| &row.cells))
        .chain(related.flat_map(|row| [&row.year_before, &row.current]))
}

/// The marks that stand beside figures.
fn figures_marked(pack: &Pack, key: &mut Vec<KeyEntry>) {
    let used: BTreeSet<&str> =
        readings(pack).flat_map(|reading| reading.marks.split([',', ' '])).filter(|mark| !mark.is_empty()).collect();
    for mark in FigureMark::ALL.into_iter().filter(|mark| used.contains(words::mark(*mark))) {
        word(key, words::mark(mark), words::mark_meaning(mark));
    }
}

/// Marks of the charts.
fn marks_used(pack: &Pack, key: &mut Vec<KeyEntry>) {
    let gaps = gaps_shown(pack);
    for (label, meaning) in [
        ("low", "In a chart: more than zero, but rounds to zero."),
        ("x", "In a chart: there is no figure."),
        ("z", "In a chart: there was nothing to count."),
        ("r", "In a chart: a figure came that could not be used."),
    ] {
        if gaps.contains(label) {
            word(key, label, meaning);
        }
    }
}
