//! An indicator in detail: figure, chart, rows, sentences, what the officer wrote and its
//! parts, each at the same place in every block.

use maud::{Markup, html};

use super::{breakdown, chart, chips, cover, related};
use crate::pack::model::{Block, CommentaryBox, ProseBlock, Span};

pub(super) fn block(b: &Block) -> Markup {
    html! {
        article aria-labelledby=(b.anchor) {
            h3 #(b.anchor) { (b.title) " " span.aside { (b.reference) } }
            @if !b.plain.is_empty() { p { (b.plain) } }
            (key_figure(b))
            // The same order as on paper: figure, rating, change, chart, rows, what is
            // said, and what the officer says; on a wide page in two columns.
            div.detail {
                div.shown {
                    @if let Some(c) = &b.chart { (chart::chart(c)) }
                    div.said {
                        @for sentence in &b.sentences { p { (sentence) } }
                        @if let Some(s) = b.signal.as_ref().filter(|s| !s.reason.is_empty()) { p { (s.reason) } }
                        @for f in &b.more { p.aside { b { (f.label) } ": " (f.value) } }
                        @for note in &b.notes { p.aside { (note) } }
                    }
                }
                div.facts-side {
                    @if !b.facts.is_empty() { (cover::fields(&b.facts, "facts")) }
                    @if let Some(c) = &b.commentary { (commentary(c, &b.reference)) }
                }
            }
            @for table in &b.breakdowns { (breakdown::breakdown(&b.reference, table)) }
            @for table in &b.two_way { (breakdown::two_way(&b.reference, table)) }
            @if let Some(table) = &b.related { (related::related(table)) }
            p { (super::here(&b.anchor, &b.reference)) }
        }
    }
}

/// The big figure with its rating and movement: read together, before the chart.
fn key_figure(b: &Block) -> Markup {
    html! {
        div.key-figure {
            div { (chips::reading(&b.current)) }
            div { (chips::rating(&b.rating)) }
        }
        @if !b.movement.display.is_empty() { p.went { (chips::movement(&b.movement)) } }
        @for mark in b.signal.iter().flat_map(|s| [&s.variation, &s.assurance]).filter(|mark| !mark.label.is_empty()) {
            p.went.strong { (chips::mark(mark)) }
        }
    }
}

/// An officer's commentary, or its placeholder.
fn commentary(c: &CommentaryBox, reference: &str) -> Markup {
    html! {
        div.commentary .placeholder[c.state != "written"] {
            h4 { (c.heading) " " span.aside { (reference) } }
            (prose(&c.prose))
            @if !c.fields.is_empty() { (cover::fields(&c.fields, "told")) }
        }
    }
}

pub(super) fn prose(blocks: &[ProseBlock]) -> Markup {
    html! {
        @for block in blocks {
            @match block {
                ProseBlock::Paragraph { spans } => p { @for s in spans { (span(s)) } },
                ProseBlock::List { ordered: true, start, items } => ol start=(start) {
                    @for item in items { li { (prose(item)) } }
                },
                ProseBlock::List { items, .. } => ul { @for item in items { li { (prose(item)) } } },
            }
        }
    }
}

/// Text of one weight with at most one link; nothing of it is ever markup.
fn span(s: &Span) -> Markup {
    let body = html! {
        @match s.weight.as_str() {
            "bold" => strong { (s.text) },
            "semibold" => em { (s.text) },
            _ => (s.text),
        }
    };
    html! {
        @if s.link.is_empty() { (body) } @else { a href=(s.link) rel="noreferrer" { (body) } }
    }
}
