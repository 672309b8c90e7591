//! The list of every sentence, `docs/sentences.md`, held against what the sample's packs
//! say, and how old a reader of it must be. The list itself is written by
//! `src/pack/tests/said.rs`.

#[path = "sentences/reading_age.rs"]
mod reading_age;
#[path = "sentences/shape.rs"]
mod shape;

use std::collections::{BTreeMap, BTreeSet};

use boardpack::domain::period::MONTHS;
use serde_json::Value;

use crate::support::{Council, root};

/// The list: the sentences of each place.
fn list() -> BTreeMap<String, Vec<String>> {
    let page = std::fs::read_to_string(root().join("docs/sentences.md")).unwrap();
    let mut list: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut place = String::new();
    for line in page.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            place = title.to_owned();
        } else if let Some(text) = line.strip_prefix("- ") {
            list.entry(place.clone()).or_default().push(text.to_owned());
        }
    }
    list
}

/// Places of a pack that officers write, or that are names: nothing there is the program's.
/// Of what is both, the words that frame it are held where they stand alone.
const NOT_GENERATED: [&str; 56] = [
    "document",
    "cover",
    "agenda",
    "glossary",
    "measures",
    "data_notes",
    "withheld",
    "glance.outstanding",
    "sections.title",
    "sections.number",
    "sections.intro",
    "sections.owners",
    "sections.not_collected",
    "sections.assurance",
    "sections.questions",
    "sections.passages",
    "sections.forecasts",
    "sections.rows.title",
    "sections.rows.elsewhere_note",
    "sections.rows.trend.values",
    "sections.rows.target_note",
    "sections.blocks.title",
    "sections.blocks.plain",
    "sections.blocks.facts",
    "sections.blocks.commentary",
    "sections.blocks.notes",
    "sections.blocks.related",
    "sections.blocks.breakdowns",
    "sections.blocks.two_way",
    "sections.blocks.chart.values",
    "sections.blocks.chart.caption",
    "sections.blocks.chart.notes",
    "sections.blocks.chart.breaks",
    "sections.blocks.chart.events",
    "grid.rest",
    "sections.blocks.chart.alt",
    "restatements",
    "changes",
    // Names, and what officers wrote.
    "glance.lists.pointers.title",
    "glance.lists.pointers.action",
    "glance.lists.also.items",
    "glance.others.items",
    "glance.meeting",
    "glance.notes",
    "grid.rows.groups.items",
    "grid.first",
    "sections.blocks.more",
    // Counts in any combination, and nouns of the register: tables of tests hold these.
    "glance.headline",
    "glance.not_rated",
    "glance.trust.answer",
    "glance.lists.also.says",
    "glance.others.says",
    "glance.lists.none",
    "glance.lists.pointers.sentence",
    "sections.summary",
    "sections.blocks.chart.headline",
];

/// What officers of the sample wrote within a sentence of the program's; and a sentence that
/// the list has with a unit.
const OF_OFFICERS: [&str; 3] =
    ["more plans on time than in #", "# above what was promised", "rose in # of the last # months"];

/// Fields that hold no words.
const NO_WORDS: [&str; 9] =
    ["anchor", "meaning_anchor", "kind", "state", "arrow", "reference", "look", "weight", "schema"];

fn texts(value: &Value, path: &str, found: &mut BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            if text.len() > 2 && !NOT_GENERATED.iter().any(|begins| path.starts_with(begins)) {
                found.insert(text.clone(), path.to_owned());
            }
        }
        Value::Array(all) => all.iter().for_each(|one| texts(one, path, found)),
        Value::Object(fields) => {
            for (name, one) in fields.iter().filter(|(name, _)| !NO_WORDS.contains(&name.as_str())) {
                texts(one, &if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The names of the made-up indicators of the list; of the sample's they may be any words.
fn is_name(word: &str) -> bool {
    ["children", "a", "s", "o", "b", "c", "t"].contains(&word)
}

/// Whether a part of a printed text is one of the list's, whose names may be any words.
fn is_like(known: &[String], printed: &[String], is_name: &dyn Fn(&str) -> bool) -> bool {
    match (known, printed) {
        ([], []) => true,
        ([], _) => false,
        ([first, rest @ ..], printed) if is_name(first) => {
            // A name is one to a dozen words.
            (1..=printed.len().min(12)).any(|words| is_like(rest, &printed[words..], is_name))
        }
        (_, []) => false,
        ([first, rest @ ..], [one, others @ ..]) => first == one && is_like(rest, others, is_name),
    }
}

#[test]
fn every_sentence_of_the_sample_is_in_the_list() {
    let mut known: BTreeSet<Vec<String>> = list().values().flatten().flat_map(|text| shape::shapes(text)).collect();
    // What is a name alone would be like anything.
    known.retain(|part| part.iter().any(|word| !is_name(word)));
    let council = Council::sample();
    crate::support::copy(&root().join("templates"), &council.path("templates"));
    let mut missing: BTreeMap<String, String> = BTreeMap::new();
    for board in ["corporate-parenting", "improvement", "improving-lives", "overview-and-scrutiny"] {
        council.boardpack(&["preview", "--board", board, "--ppi", "20", "--data", board]).success();
        let pack: Value = serde_json::from_str(&council.read(&format!("{board}/pack.json"))).unwrap();
        let mut found = BTreeMap::new();
        texts(&pack, "", &mut found);
        for (text, path) in found {
            for part in shape::shapes(&text) {
                let is_known = known.contains(&part)
                    || part.iter().all(|word| is_name(word))
                    || OF_OFFICERS.contains(&part.join(" ").as_str())
                    || known.iter().any(|known| is_like(known, &part, &is_name));
                if !is_known {
                    missing.insert(part.join(" "), format!("{path}: {text}"));
                }
            }
        }
    }
    let told: Vec<String> = missing.iter().map(|(part, at)| format!("{part}\n    {at}")).collect();
    assert!(
        missing.is_empty(),
        "{} parts of sentences are not in docs/sentences.md; add a kind, a course or a case below src/pack/tests/said, or, where officers write it, its place to NOT_GENERATED:\n{}",
        missing.len(),
        told.join("\n")
    );
}

/// Sentences that are read later than the others, and why they may be.
const READ_LATER: [(&str, &str); 5] = [
    (", not compared", "the figure, why it is not compared, and its target are one line"),
    (" in the year to ", "it names its year twice"),
    (" in quarter ", "it names its quarter twice"),
    (" indicator is not monthly or comes later", "two reasons and what follows"),
    (" indicators are not monthly or come later", "two reasons and what follows"),
];

/// A text that says something: labels of a word or three have no age.
fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '?']) && text.split_whitespace().count() > 4
}

#[test]
fn members_of_eleven_can_read_it() {
    let mut told = Vec::new();
    for (place, texts) in list() {
        let sentences: Vec<&str> = texts.iter().map(String::as_str).filter(|text| is_sentence(text)).collect();
        if sentences.is_empty() {
            continue;
        }
        let age = reading_age::age(&sentences.join(" "));
        if age > 11.0 {
            told.push(format!("{place}: read at {age:.1}"));
        }
        for sentence in
            sentences.iter().flat_map(|text| text.split_inclusive(". ")).filter(|one| one.split(' ').count() > 6)
        {
            let age = reading_age::age(sentence);
            if age > 13.0 && !READ_LATER.iter().any(|(part, _)| sentence.contains(part)) {
                told.push(format!("read at {age:.1}: {sentence}"));
            }
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}
