//! The cover block, and page 1 below it.

use maud::{Markup, html};

use super::{chips, data};
use crate::domain::theme::Theme;
use crate::pack::Pack;
use crate::pack::model::{Cover, Field, Glance, Outstanding, PointerList, RatingCount};

/// The banner that marks a draft, visible at every place of the page.
pub(super) fn status(pack: &Pack) -> Markup {
    html! {
        @if let Some(words) = &pack.document.banner {
            div.banner role="region" aria-label="Status" { p { (words) } }
        }
    }
}

/// The cover block.
pub(super) fn cover(c: &Cover, theme: &Theme) -> Markup {
    html! {
        header {
            (logo(theme))
            p.council { (c.council) }
            h1 { (c.title) }
            p.lead { (c.board) " · " (c.period) }
            @if !c.fields.is_empty() { (fields(&c.fields, "fields")) }
            @if !c.edition.reason.is_empty() { p.restricted { (c.edition.reason) } }
            @if let Some(words) = &c.recommendation { p { b { "Recommendation" } " " (words) } }
            @if !c.background.is_empty() { p.aside { b { "Background papers" } " " @for (nth, paper) in c.background.iter().enumerate() { @if nth > 0 { "; " } (paper) } } }
            @if let Some(contact) = &c.contact { p.aside { b { (contact.label) } " " (contact.value) } }
        }
    }
}

/// The name stands beside it in words: to a screen reader it is decoration.
fn logo(theme: &Theme) -> Markup {
    let logo = theme.logo.as_ref().and_then(|name| Some((data::picture(name)?, theme.files.get(name)?)));
    html! {
        @if let Some((mime, bytes)) = logo { img.logo src=(data::url(mime, bytes)) alt=""; }
    }
}

/// Labels and their values.
pub(super) fn fields(all: &[Field], class: &str) -> Markup {
    html! {
        dl .{ (class) } {
            @for f in all { div { dt { (f.label) } dd { (f.value) } } }
        }
    }
}

/// Everything on page 1 below the cover block.
pub(super) fn glance(g: &Glance) -> Markup {
    html! {
        h2 { "At a glance" }
        p.headline { (g.headline) }
        ul.counts { @for c in &g.counts { (count(c)) } }
        @for list in &g.lists { (pointers(list)) }
        @for note in &g.notes { p.aside { (note) } }
        (outstanding(&g.outstanding_title, &g.outstanding))
    }
}

fn count(c: &RatingCount) -> Markup {
    html! {
        li {
            p.number { (chips::chip(&c.rating)) " " b { (c.count) } }
            p.aside { (c.previous) }
            @if !c.rating.reason.is_empty() { p.aside { (c.rating.reason) } }
        }
    }
}

fn pointers(list: &PointerList) -> Markup {
    html! {
        h2.small { (list.title) }
        @if list.pointers.is_empty() {
            p { (list.none) }
        } @else {
            ul.pointers {
                @for p in &list.pointers {
                    li {
                        div { (chips::chip(&p.rating)) }
                        div {
                            p { a.strong href={ "#" (p.anchor) } { (p.title) } " " span.aside { (p.reference) } }
                            p { (p.sentence) }
                        }
                    }
                }
            }
        }
    }
}

fn outstanding(title: &str, all: &[Outstanding]) -> Markup {
    html! {
        @if !all.is_empty() {
            h2.small { (title) }
            ul.awaited {
                @for o in all {
                    li { a.strong href={ "#" (o.anchor) } { (o.reference) " " (o.title) } ": " (o.owner) @if !o.needs.is_empty() { ", " (o.needs) } }
                }
            }
        }
    }
}
