//! Every sentence that the program can make and a member reads, with an example of each:
//! `docs/sentences.md`.
//!
//! Two ways lead to it. Whole packs are made of many kinds of indicator, each with many
//! courses of figures, and every text of them is taken from its place. And the functions
//! that have a sentence for each case of an enum are driven over all of them: a new case
//! does not compile before it has an example ([`cases`]).
//!
//! A sentence is listed where it has a part that none before it has, its numbers, days and
//! names aside. To add one, add a kind or a course below, or a case.

mod cases;
mod courses;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::domain::period::MONTHS;
use crate::domain::{Calendar, Council, Edition};
use crate::pack::{Setting, Version, pack};
use crate::scorecard::Scorecard;

#[path = "../../../tests/suite/sentences/shape.rs"]
mod shape;

/// Where texts stand, by the beginning of their path in the pack, in the order of the list.
/// A place that is not here is listed under its path.
const PLACES: [(&str, &str); 40] = [
    ("glance.headline", "Page 1: the headline"),
    ("glance", "Page 1"),
    ("cover", "The cover"),
    ("document", "The cover"),
    ("grid", "Page 2: what is changing"),
    ("cases.grid", "Page 2: what is changing"),
    ("sections.summary", "A section: summary, forecasts, notes"),
    ("sections.forecasts", "A section: summary, forecasts, notes"),
    ("sections.columns", "A section's table: heads"),
    ("sections.rows.good", "A section's table: which way is good"),
    ("sections.rows.movement", "Change"),
    ("sections.blocks.movement", "Change"),
    ("cases.not_compared", "Change"),
    ("sections.rows.rating", "Rating"),
    ("sections.blocks.rating", "Rating"),
    ("cases.rating", "Rating"),
    ("cases.target", "Rating: the target and its rule"),
    ("cases.reason", "Rating: why a figure has its colour, and what would change it"),
    ("cases.signal", "Usual or not: is it changing, will it meet its target"),
    ("sections.rows.signal", "Usual or not: is it changing, will it meet its target"),
    ("sections.blocks.signal", "Usual or not: is it changing, will it meet its target"),
    ("sections.blocks.sentences", "A block: the figure, its change and what moved it"),
    ("cases.parts", "A block: the figure, its change and what moved it"),
    ("sections.blocks.facts", "A block: facts beside the chart"),
    ("cases.views", "A block: facts beside the chart"),
    ("sections.blocks.chart", "The chart: headline, captions, what a screen reader says"),
    ("sections.rows.trend", "The chart: headline, captions, what a screen reader says"),
    ("sections.blocks.commentary", "Commentary and its placeholders"),
    ("sections.blocks.notes", "Notes in a block"),
    ("cases.missing", "No figure, and marks beside a figure"),
    ("cases.marks", "No figure, and marks beside a figure"),
    ("sections", "Other words of a section"),
    ("restatements", "What is not as it was printed"),
    ("cases.restated", "What is not as it was printed"),
    ("changes", "Changes since an earlier revision"),
    ("cases.changes", "Changes since an earlier revision"),
    ("data_notes", "Notes on the data"),
    ("key", "How to read this pack: the key"),
    ("withheld", "What the public edition hides, in the restricted one"),
    ("measures", "What each measure means"),
];

/// Fields that hold no words: what the templates go by.
const NO_WORDS: [&str; 16] = [
    "anchor",
    "meaning_anchor",
    "kind",
    "state",
    "arrow",
    "reference",
    "term",
    "name",
    "mime",
    "look",
    "weight",
    "link",
    "schema",
    "keywords",
    "author",
    "beside_anchor",
];

/// A pack's texts, each with its path.
fn texts(value: &Value, path: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((path.to_owned(), text.clone())),
        Value::Array(all) => all.iter().for_each(|one| texts(one, path, found)),
        Value::Object(fields) => {
            for (name, one) in fields.iter().filter(|(name, _)| !NO_WORDS.contains(&name.as_str())) {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                texts(one, &path, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The texts of the pack of a scorecard.
fn of_pack(card: &Scorecard<'_>, found: &mut Vec<(String, String)>) {
    let council = Council { name: "Wrenshire".into(), contact: String::new() };
    let (glossary, sources) = (BTreeMap::new(), BTreeMap::new());
    let setting = Setting {
        council: &council,
        glossary: &glossary,
        sources: &sources,
        calendar: &Calendar { bank_holidays: Default::default() },
        approval: None,
        version: Version { revision: 1, supersedes: None, after_final: false },
        edition: Edition::Public,
        withheld: &[],
    };
    texts(&serde_json::to_value(pack(card, &setting)).unwrap(), "", found);
}

/// What a place is called in the list.
fn place(path: &str) -> String {
    let named = PLACES.iter().find(|(begins, _)| path.starts_with(begins));
    named.map_or_else(|| format!("Other words: `{path}`"), |(_, title)| (*title).to_owned())
}

/// The list: for each place the sentences that have a part of their own.
fn listed(found: Vec<(String, String)>) -> Vec<(String, Vec<String>)> {
    let mut known: BTreeSet<(String, Vec<String>)> = BTreeSet::new();
    let mut list: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in found {
        let place = place(&path);
        // Names of one letter, and marks, are no words.
        let parts = if text.len() < 3 { Vec::new() } else { shape::shapes(&text) };
        let mut is_new = false;
        for part in parts {
            is_new |= known.insert((place.clone(), part));
        }
        if is_new {
            list.entry(place).or_default().push(text);
        }
    }
    let mut order: Vec<String> = Vec::new();
    for (_, title) in PLACES {
        if !order.iter().any(|known| known == title) {
            order.push(title.to_owned());
        }
    }
    order.extend(list.keys().filter(|title| title.starts_with("Other words: ")).cloned());
    order.into_iter().filter_map(|title| Some((title.clone(), list.remove(&title)?))).collect()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests read and write files of their own")]
fn docs_list_every_sentence() {
    let mut found = cases::every();
    courses::packs(|card| of_pack(card, &mut found));
    let mut page = String::from(
        "# Every sentence of a pack\n\n\
         Each kind of sentence that the program makes and a member reads, in the PDF, on the web page, in\n\
         what a screen reader says and in the key, with an example. The figures are made up. Written by the\n\
         tests (`BOARDPACK_BLESS=1 cargo nextest run docs_list_every_sentence`), from the functions that\n\
         make them; a test holds every sentence of the sample's packs against this list, and another its\n\
         reading age.\n",
    );
    for (title, sentences) in listed(found) {
        page.push_str(&format!("\n## {title}\n\n"));
        sentences.iter().for_each(|text| page.push_str(&format!("- {text}\n")));
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/sentences.md");
    let stands = std::fs::read_to_string(path).unwrap_or_default();
    if stands != page && std::env::var_os("BOARDPACK_BLESS").is_some() {
        std::fs::write(path, &page).unwrap();
        return;
    }
    let differs = page.lines().zip(stands.lines()).find(|(now, stands)| now != stands);
    assert!(stands == page, "docs/sentences.md is stale, first in {differs:?}: run with BOARDPACK_BLESS=1");
}
