//! Which column names what its rows are about, and which rows are no
//! indicator's.

use crate::domain::ids::IndicatorRef;
use regex::Regex;

/// How rows begin that stand below a table and belong to no indicator.
const DROPPED: [&str; 7] = ["Total", "Note", "Average", "Source", "Grand total", "Key", "Produced"];
/// Words in the heading of a column that names councils.
const COUNCIL: [&str; 7] = ["council", "authority", "la name", "localauthority", "borough", "district", "lad name"];
/// Last words of the heading of a column of numbers that count nothing.
const CODES: [&str; 4] = ["code", "codes", "id", "urn"];
/// Such headings in full.
const NUMBERING: [&str; 6] = ["no", "#", "row", "page", "order", "age"];

/// How likely a column holds the names of indicators; 0 for not at all.
pub(super) fn naming(header: &str, names: &[String]) -> usize {
    const WORDS: [&str; 12] = [
        "indicator",
        "kpi",
        "measure",
        "performance indicator",
        "pi",
        "ref",
        "reference",
        "indicator id",
        "description",
        "title",
        "metric",
        "name",
    ];
    if names.is_empty() {
        return 0;
    }
    let key: String = header.to_lowercase().replace(['_', '-'], " ");
    // References as the register has them are best, then words; the running
    // numbers "1", "2" of a list are no names.
    let references = names.iter().all(|name| is_reference(name));
    let words = names.iter().any(|name| name.chars().filter(|c| c.is_alphabetic()).count() > 1);
    let headed = WORDS.iter().any(|word| key == *word);
    match (references, words) {
        (true, _) => 8 + usize::from(headed),
        (_, true) => 2 + 4 * usize::from(headed),
        _ => 0,
    }
}

/// Whether a name could be a reference of the register as it is. One without a
/// digit could as well be a word in capitals.
pub(super) fn is_reference(name: &str) -> bool {
    IndicatorRef::parse(name).is_ok() && name.contains(|c: char| c.is_ascii_digit())
}

/// Whether a column's heading says that it names councils.
pub(super) fn is_council(heading: &str) -> bool {
    let key = heading.to_lowercase().replace('_', " ");
    key == "la" || (COUNCIL.iter().any(|word| key.contains(word)) && !is_code(heading))
}

/// Whether a column's heading says that its numbers count nothing.
pub(super) fn is_code(heading: &str) -> bool {
    let key = heading.to_lowercase();
    let last = key.rsplit(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    NUMBERING.contains(&key.trim_end_matches('.')) || last.is_some_and(|last| CODES.contains(&last))
}

/// Whether a column's heading says that it holds the codes of places, which
/// look like references and are none.
pub(super) fn is_place_code(heading: &str) -> bool {
    let key = heading.to_lowercase().replace('_', " ");
    is_code(heading) && ["country", "region", "la code", "ons", "authority"].iter().any(|word| key.contains(word))
}

/// Patterns of the rows that are dropped, by the first text of each: as short
/// as leaves every row that is kept.
pub(super) fn patterns_of(dropped: impl Iterator<Item = String>, kept: &[String]) -> Vec<Regex> {
    let mut patterns: Vec<String> = Vec::new();
    for first in dropped {
        let word = DROPPED
            .iter()
            .find(|word| first.starts_with(**word) && !kept.iter().any(|other| other.starts_with(**word)));
        let pattern = match word {
            Some(word) => format!("^{word}"),
            None => format!("^{}$", regex::escape(&first)),
        };
        if !patterns.contains(&pattern) && !kept.contains(&first) {
            patterns.push(pattern);
        }
    }
    patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
}
