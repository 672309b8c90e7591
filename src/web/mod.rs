//! The pack as one page of the web: the same words in the same order as the
//! PDF, for a phone, a screen reader or a large magnification.
//!
//! Pure: a [`Pack`] and a [`Theme`] in, a string out, the same bytes each time.
//! The page is whole by itself, in the dark too where a reader asks for that. It runs no script, asks no server for anything
//! and carries its figures with it; its content security policy forbids all else. Like
//! the templates it computes nothing: every word and number comes from the pack.

mod agenda;
mod back;
mod blocks;
mod breakdown;
mod changes;
mod chart;
mod chips;
mod cover;
mod data;
mod grid;
mod related;
mod section;
mod spark;
mod style;
mod summary;
mod table;
#[cfg(test)]
mod tests;
mod values;

pub use summary::summary;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::domain::theme::Theme;
use crate::pack::Pack;

/// The content security policy: nothing is fetched, run or sent.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// The page of a pack, in a council's look, with its table of figures inside.
pub fn page(pack: &Pack, theme: &Theme, figures_csv: &[u8]) -> String {
    let document = &pack.document;
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (document.title) }
                meta name="author" content=(document.author);
                meta name="description" content=(document.description);
                meta name="keywords" content=(document.keywords.join(", "));
                style { (PreEscaped(style::sheet(theme))) }
            }
            body {
                a.skip href="#main" { "Skip to the main content" }
                (cover::status(pack))
                (cover::cover(&pack.cover, theme))
                div.columns {
                    (contents(pack))
                    main #main tabindex="-1" { (body(pack)) }
                }
                (footer(pack, figures_csv))
            }
        }
    };
    page.into_string()
}

/// Everything below the cover, in the order of the PDF.
fn body(pack: &Pack) -> Markup {
    html! {
        (cover::glance(&pack.glance))
        @if let Some(grid) = &pack.grid { (grid::grid(grid)) }
        @for section in &pack.sections { (section::section(section)) }
        (agenda::agenda(&pack.agenda))
        @if let Some(list) = &pack.changes { (changes::changes(list)) }
        (changes::restatements(&pack.restatements))
        (back::data_notes(&pack.data_notes))
        @if let Some(list) = &pack.measures { (back::measures(list)) }
        (back::key(&pack.key))
        (back::glossary(&pack.glossary))
        @if let Some(log) = &pack.withheld { (back::withheld(log)) }
    }
}

/// A link to a place of this page, to be copied or sent: the page runs no script that
/// could copy it.
fn here(anchor: &str, reference: &str) -> Markup {
    html! { a.here href={ "#" (anchor) } aria-label={ "Link to this figure, " (reference) } { "Link to this figure" } }
}

/// The table of contents.
fn contents(pack: &Pack) -> Markup {
    let here = |is_there: bool, anchor: &'static str, title: &'static str| is_there.then_some((anchor, title));
    let rest = [
        here(!pack.agenda.is_empty(), agenda::ANCHOR, agenda::TITLE),
        pack.changes.as_ref().map(|list| (changes::CHANGES, list.title.as_str())),
        here(!pack.restatements.is_empty(), changes::RESTATEMENTS, changes::RESTATEMENTS_TITLE),
        here(!pack.data_notes.is_empty(), back::NOTES, back::NOTES_TITLE),
        pack.measures.as_ref().map(|list| (list.anchor.as_str(), list.title.as_str())),
        here(!pack.key.is_empty(), back::KEY, back::KEY_TITLE),
        here(!pack.glossary.is_empty(), back::GLOSSARY, back::GLOSSARY_TITLE),
        pack.withheld.as_ref().map(|log| (back::WITHHELD, log.title.as_str())),
    ];
    html! {
        nav aria-label="Contents" {
            details {
                summary { "Contents" }
                ul {
                    li { a href="#main" { "At a glance" } }
                    @if let Some(grid) = &pack.grid { li { a href={ "#" (grid::ANCHOR) } { (grid.title) } } }
                    @for s in &pack.sections {
                        li { a href={ "#" (s.anchor) } { (s.number) " " (s.title) } }
                    }
                    @for (anchor, title) in rest.into_iter().flatten() { li { a href={ "#" (anchor) } { (title) } } }
                }
            }
        }
    }
}

/// The footer, with the figures as a download.
fn footer(pack: &Pack, figures_csv: &[u8]) -> Markup {
    let attachment = &pack.document.attachment;
    html! {
        footer {
            p { (pack.document.footer) }
            p {
                a download=(attachment.name) href=(data::text_url(&attachment.mime, figures_csv)) { "Download " (attachment.name) }
                ": " (attachment.description) "."
            }
        }
    }
}
