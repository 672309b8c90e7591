//! A board's own words for things, in everything that is generated.
//!
//! What officers wrote stays as they wrote it, and names that other parts of
//! the pack point at stay as they are.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::model::{ChangeList, Pack};

/// Parts of a pack that are not this program's words: names and states for
/// the templates, and what officers typed.
const LEFT_ALONE: &[&str] = &[
    "agenda",
    "anchor",
    "arrow",
    "attachment",
    "background",
    "commentary",
    "contact",
    "kind",
    "questions",
    "recommendation",
    "reference",
    "state",
];

/// The pack with each term said the board's way.
pub(super) fn said(pack: Pack, words: &BTreeMap<String, String>) -> Pack {
    apply(pack, words)
}

/// A list of changes in the board's words.
pub(super) fn of_changes(changes: ChangeList, words: &BTreeMap<String, String>) -> ChangeList {
    apply(changes, words)
}

/// The front of a pack, made anew, in the board's words.
pub(super) fn of_front(pack: &mut Pack, words: &BTreeMap<String, String>) {
    pack.document = apply(pack.document.clone(), words);
    pack.cover = apply(pack.cover.clone(), words);
}

fn apply<T: Serialize + DeserializeOwned>(part: T, words: &BTreeMap<String, String>) -> T {
    if words.is_empty() {
        return part;
    }
    // The longest first: "looked after children" before "children".
    let mut terms: Vec<(&str, &str)> = words.iter().map(|(term, ours)| (term.as_str(), ours.as_str())).collect();
    terms.sort_by_key(|(term, _)| std::cmp::Reverse(term.len()));
    let Ok(mut value) = serde_json::to_value(&part) else { return part };
    walk(&mut value, &terms);
    // A part that comes back from its own shape cannot fail to.
    serde_json::from_value(value).unwrap_or(part)
}

fn walk(value: &mut Value, terms: &[(&str, &str)]) {
    match value {
        Value::String(text) => *text = replaced(text, terms),
        Value::Array(values) => values.iter_mut().for_each(|value| walk(value, terms)),
        Value::Object(entries) => {
            let ours = entries.iter_mut().filter(|(key, _)| !LEFT_ALONE.contains(&key.as_str()));
            ours.for_each(|(_, value)| walk(value, terms));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whole words only; a capital at the start stays one.
fn replaced(text: &str, terms: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut inside_word = false;
    while let Some(first) = rest.chars().next() {
        let found = (!inside_word).then(|| terms.iter().find(|(term, _)| starts(rest, term))).flatten();
        if let Some((term, ours)) = found {
            out.push_str(&if first.is_uppercase() { crate::words::capital(ours) } else { (*ours).to_owned() });
            rest = &rest[term.len()..];
            inside_word = true;
        } else {
            out.push(first);
            inside_word = first.is_alphanumeric();
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

/// Whether a text begins with a term as whole words.
fn starts(text: &str, term: &str) -> bool {
    let Some((head, tail)) = text.split_at_checked(term.len()) else { return false };
    head.eq_ignore_ascii_case(term) && !tail.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_replaced_and_capitals_kept() {
        let terms =
            [("looked after children", "children in care"), ("LAC", "children in care"), ("child", "young person")];
        for (text, expected) in [
            ("Looked after children in homes", "Children in care in homes"),
            ("% of looked after children.", "% of children in care."),
            ("black lace, LAC01", "black lace, LAC01"),
            ("LAC reviews; a lac", "Children in care reviews; a children in care"),
            ("children, child", "children, young person"),
            ("Ŵyn’s child – é", "Ŵyn’s young person – é"),
            ("", ""),
        ] {
            assert_eq!(replaced(text, &terms), expected);
        }
    }

    #[test]
    fn what_points_and_what_officers_wrote_is_left_alone() {
        let terms = BTreeMap::from([("red".to_owned(), "crimson".to_owned()), ("foster".to_owned(), "kin".to_owned())]);
        let sample: Pack = serde_json::from_str(include_str!("../../templates/pack.json")).unwrap();
        let said = said(sample.clone(), &terms);
        let anchors = |pack: &Pack| -> Vec<String> {
            pack.sections.iter().flat_map(|section| &section.rows).map(|row| row.anchor.clone()).collect()
        };
        assert_eq!(anchors(&said), anchors(&sample));
        assert_eq!(said.agenda, sample.agenda);
        assert_eq!(said.sections[0].rows[0].rating.kind, sample.sections[0].rows[0].rating.kind);
        let text = serde_json::to_string(&said.sections).unwrap();
        assert!(text.contains("kin families approved") || text.contains("Kin families approved"));
    }
}
