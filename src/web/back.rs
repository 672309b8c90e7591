//! Back matter: notes on the data, the key, the glossary, what is withheld. A
//! part without entries is left out.

use maud::{Markup, html};

use super::chips;
use super::table::{self, Head, PageRow, TableCell};
use crate::pack::model::{DataNote, GlossaryTerm, KeyEntry, MeaningList, WithheldList, WithheldRow};

pub(super) const NOTES: &str = "data-notes";
pub(super) const NOTES_TITLE: &str = "About these figures";
pub(super) const KEY: &str = "key";
pub(super) const KEY_TITLE: &str = "How to read this pack";
pub(super) const GLOSSARY: &str = "abbreviations";
pub(super) const GLOSSARY_TITLE: &str = "Abbreviations";
pub(super) const WITHHELD: &str = "withheld";

/// Terms and their meanings under a heading; nothing where there are none.
fn meanings(anchor: &str, title: &str, rows: Vec<(Markup, &str)>) -> Markup {
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
    meanings(NOTES, NOTES_TITLE, notes.iter().map(|n| (html! { (n.about) }, &*n.text)).collect())
}

/// What each measure means that has no chart of its own, and where the others are explained.
pub(super) fn measures(list: &MeaningList) -> Markup {
    html! {
        section aria-labelledby=(list.anchor) {
            h2 #(list.anchor) { (list.title) }
            dl.terms {
                @for m in &list.rows {
                    div #(m.anchor) {
                        dt { (m.title) " " span.aside { (m.reference) } p.aside { (m.good) } }
                        dd {
                            p { (m.plain) @if !m.definition.is_empty() { " " (m.definition) } }
                            @if !m.target.is_empty() { p.aside { (m.target) } }
                            @if !m.compared.is_empty() { p.aside { (m.compared) } }
                        }
                    }
                }
            }
            @if !list.places.is_empty() {
                p {
                    b { (list.beside) } " "
                    @for (i, p) in list.places.iter().enumerate() {
                        @if i > 0 { ", " }
                        a href={ "#" (p.anchor) } { (p.reference) }
                    }
                }
            }
        }
    }
}

pub(super) fn key(entries: &[KeyEntry]) -> Markup {
    let word = |e: &KeyEntry| match &e.chip {
        Some(chip) => chips::chip(chip),
        None => html! { (e.word) },
    };
    meanings(KEY, KEY_TITLE, entries.iter().map(|e| (word(e), e.meaning.as_str())).collect())
}

/// What the public edition hides: only a restricted one has any.
pub(super) fn withheld(log: &WithheldList) -> Markup {
    let heads: Vec<Head<'_>> = log.heads.iter().map(|label| Head { label, class: "" }).collect();
    let cells =
        |row: &WithheldRow| [&row.figure, &row.value, &row.why, &row.protects].map(|text| TableCell::text(text));
    let rows: Vec<PageRow<'_>> = log.rows.iter().map(|row| PageRow::plain(cells(row).into())).collect();
    html! {
        section aria-labelledby=(WITHHELD) {
            h2 #(WITHHELD) { (log.title) }
            p { (log.intro) }
            @if !rows.is_empty() { (table::table(&log.title, "words", &heads, &rows)) }
        }
    }
}

pub(super) fn glossary(terms: &[GlossaryTerm]) -> Markup {
    meanings(GLOSSARY, GLOSSARY_TITLE, terms.iter().map(|t| (html! { (t.term) }, t.meaning.as_str())).collect())
}
