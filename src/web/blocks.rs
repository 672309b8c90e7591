//! An indicator in detail: chart, sentences, key facts, its parts, and what
//! the officer wrote, each at the same place in every block.

use maud::{Markup, html};

use super::{breakdown, chart, chips, cover, related};
use crate::pack::model::{Block, CommentaryBox, ProseBlock, Span};

pub(super) fn block(b: &Block) -> Markup {
    html! {
        article aria-labelledby=(b.anchor) {
            h3 #(b.anchor) { span.accent { (b.reference) } " " (b.title) }
            @if !b.plain.is_empty() { p { (b.plain) } }
            div.detail {
                // The figure is read after its chart and before the sentences, as
                // on a phone; on a wide page it stands beside both.
                @if let Some(c) = &b.chart { (chart::chart(c)) }
                div.facts-side {
                    (key_figure(b))
                    @if !b.facts.is_empty() { (cover::fields(&b.facts, "facts")) }
                }
                div.said {
                    @if let Some(s) = b.signal.as_ref().filter(|s| !s.reason.is_empty()) { p { (s.reason) } }
                    @for sentence in &b.sentences { p { (sentence) } }
                    @for note in &b.notes { p.aside { (note) } }
                }
            }
            @for table in &b.breakdowns { (breakdown::breakdown(&b.reference, table)) }
            @for table in &b.two_way { (breakdown::two_way(&b.reference, table)) }
            @if let Some(table) = &b.related { (related::related(table)) }
            @if let Some(c) = &b.commentary { (commentary(c, &b.reference)) }
            p { (super::here(&b.anchor, &b.reference)) }
        }
    }
}

/// The big figure with its rating and movement: read together.
fn key_figure(b: &Block) -> Markup {
    html! {
        div.key-figure {
            div { (chips::reading(&b.current)) }
            div { (chips::rating(&b.rating)) }
        }
        @if !b.movement.display.is_empty() { p { (chips::movement(&b.movement)) } }
        @for mark in b.signal.iter().flat_map(|s| [&s.variation, &s.assurance]).filter(|mark| !mark.label.is_empty()) {
            p.strong { (chips::mark(mark)) }
        }
    }
}

/// An officer's commentary, or its placeholder.
fn commentary(c: &CommentaryBox, reference: &str) -> Markup {
    html! {
        div.commentary .placeholder[c.state != "written"] {
            h4 { span.accent { (reference) } " " (c.heading) }
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
