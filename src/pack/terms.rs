//! A board's own words for things, in everything that is generated.
//!
//! What officers wrote stays as they wrote it, and names that other parts of
//! the pack point at stay as they are.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::domain::AttributedText;

/// A part of a pack that says something in this program's words.
pub(super) trait Generated {
    /// Says it in a board's words.
    fn apply_words(&mut self, words: &Words<'_>);
}

/// A board's words: what is said, and what the board says instead, the longest
/// first: "looked after children" before "children".
pub(super) struct Words<'w>(Vec<(&'w str, &'w str)>);

impl<'w> Words<'w> {
    fn of(words: &'w BTreeMap<String, String>) -> Self {
        let mut terms: Vec<_> = words.iter().map(|(term, ours)| (term.as_str(), ours.as_str())).collect();
        terms.sort_by_key(|(term, _)| std::cmp::Reverse(term.len()));
        Self(terms)
    }
}

/// Says a part of a pack, or all of it, in a board's words.
pub(super) fn apply(part: &mut impl Generated, words: &BTreeMap<String, String>) {
    if !words.is_empty() {
        part.apply_words(&Words::of(words));
    }
}

impl Generated for String {
    fn apply_words(&mut self, words: &Words<'_>) {
        *self = replaced(self, &words.0);
    }
}

impl Generated for Cow<'static, str> {
    fn apply_words(&mut self, words: &Words<'_>) {
        *self = replaced(self, &words.0).into();
    }
}

impl Generated for AttributedText {
    fn apply_words(&mut self, words: &Words<'_>) {
        self.reword(|said| replaced(said, &words.0));
    }
}

impl<T: Generated> Generated for Option<T> {
    fn apply_words(&mut self, words: &Words<'_>) {
        self.iter_mut().for_each(|part| part.apply_words(words));
    }
}

impl<T: Generated> Generated for Vec<T> {
    fn apply_words(&mut self, words: &Words<'_>) {
        self.iter_mut().for_each(|part| part.apply_words(words));
    }
}

/// What of each type is this program's words, and what is kept as it is: numbers,
/// names that the templates or other parts of the pack point at, and what a board
/// or its officers typed. Stands below each type of the model; every field is in one
/// list or the other, or it does not compile.
macro_rules! generated {
    ($($name:ident { $($said:ident),* } keeps { $($kept:ident),* })*) => {$(
        impl $crate::pack::terms::Generated for $name {
            fn apply_words(&mut self, words: &$crate::pack::terms::Words<'_>) {
                let Self { $($said,)* $($kept: _,)* } = self;
                $($crate::pack::terms::Generated::apply_words($said, words);)*
            }
        }
    )*};
}
pub(in crate::pack) use generated;

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
    use crate::pack::Pack;

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
    fn what_points_is_left_alone() {
        let terms = BTreeMap::from([("red".to_owned(), "crimson".to_owned()), ("foster".to_owned(), "kin".to_owned())]);
        let sample: Pack = serde_json::from_str(include_str!("../../templates/pack.json")).unwrap();
        let mut said = sample.clone();
        apply(&mut said, &terms);
        let anchors = |pack: &Pack| -> Vec<String> {
            pack.sections.iter().flat_map(|section| &section.rows).map(|row| row.anchor.clone()).collect()
        };
        assert_eq!(anchors(&said), anchors(&sample));
        assert_eq!(said.agenda, sample.agenda);
        assert_eq!(said.sections[0].rows[0].rating.kind, sample.sections[0].rows[0].rating.kind);
        let text = serde_json::to_string(&said.sections).unwrap();
        assert!(text.contains("kin families approved") || text.contains("Kin families approved"));
    }

    #[test]
    fn without_words_of_its_own_a_board_says_all_as_it_is() {
        let sample: Pack = serde_json::from_str(include_str!("../../templates/pack.json")).unwrap();
        let mut said = sample.clone();
        apply(&mut said, &BTreeMap::new());
        assert_eq!(said, sample);
    }
}
