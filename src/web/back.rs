//! Back matter: only as long as it has something to say.

use maud::{Markup, html};

use super::chips;
use crate::pack::model::{DataNote, KeyEntry, Term};

pub(super) const NOTES: &str = "about";
pub(super) const NOTES_TITLE: &str = "About these figures";
pub(super) const KEY: &str = "key";
pub(super) const KEY_TITLE: &str = "How to read this pack";
pub(super) const GLOSSARY: &str = "abbreviations";
pub(super) const GLOSSARY_TITLE: &str = "Abbreviations";

/// Words and what they mean under a heading; nothing where there are none.
fn list(anchor: &str, title: &str, rows: Vec<(Markup, &str)>) -> Markup {
    html! {
        @if !rows.is_empty() {
            section aria-labelledby=(anchor) {
                h2 #(anchor) { (title) }
                dl.terms { @for (word, meaning) in rows { div { dt { (word) } dd { (meaning) } } } }
            }
        }
    }
}

pub(super) fn data_notes(notes: &[DataNote]) -> Markup {
    list(NOTES, NOTES_TITLE, notes.iter().map(|n| (html! { (n.about) }, n.text.as_str())).collect())
}

pub(super) fn key(entries: &[KeyEntry]) -> Markup {
    let word = |e: &KeyEntry| match &e.chip {
        Some(chip) => chips::chip(chip),
        None => html! { (e.word) },
    };
    list(KEY, KEY_TITLE, entries.iter().map(|e| (word(e), e.meaning.as_str())).collect())
}

pub(super) fn glossary(terms: &[Term]) -> Markup {
    list(GLOSSARY, GLOSSARY_TITLE, terms.iter().map(|t| (html! { (t.term) }, t.meaning.as_str())).collect())
}
