//! The cover block, and page 1 below it.

use maud::{Markup, html};

use super::{chips, data, spark};
use crate::domain::theme::Theme;
use crate::pack::Pack;
use crate::pack::model::{AlsoLine, Cover, Field, Glance, MeetingNews, Outstanding, Pointer, PointerList, RatingCount};

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
            @if let Some(asked) = &c.recommendation { p { b { (asked.label) } " " (asked.value) } }
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
        (shares(&g.counts))
        @if !g.not_rated.is_empty() { p.aside { (g.not_rated) } }
        @for list in &g.lists { (pointers(list)) }
        @if let Some(others) = &g.others { (also(others)) }
        (meeting(&g.meeting))
        h2.small { (g.trust.title) }
        p { (to(&g.trust.anchor, &g.trust.answer)) }
        (outstanding(&g.outstanding_title, &g.outstanding))
        @for note in &g.notes { p.aside { (note) } }
    }
}

/// A bar of shares, which is for the eye, and below it how many there are of each colour.
fn shares(counts: &[RatingCount]) -> Markup {
    let mut at = 0.0;
    let parts: Vec<(&str, f64, f64)> = counts
        .iter()
        .map(|c| {
            let from = at;
            at += c.share;
            (c.rating.kind.as_str(), from, c.share)
        })
        .collect();
    let percent = |share: f64| format!("{:.2}%", share * 100.0);
    html! {
        svg.shares width="100%" height="14" aria-hidden="true" focusable="false" {
            @for (kind, from, share) in parts.into_iter().filter(|(_, _, share)| *share > 0.0) {
                rect .{ "share-" (kind) } x=(percent(from)) y="1" width=(percent(share)) height="12" {}
            }
        }
        ul.counts {
            @for c in counts {
                li { (chips::icon(&c.rating.kind)) b { (c.count) " " (c.rating.label) } @if !c.previous.is_empty() { " (" (c.previous) ")" } }
            }
        }
    }
}

fn pointers(list: &PointerList) -> Markup {
    html! {
        h2.small { (list.title) }
        @if list.pointers.is_empty() {
            p { (list.none) }
        } @else {
            ul.pointers { @for p in &list.pointers { li { (pointer(p)) } } }
        }
        @for line in &list.also { (also(line)) }
    }
}

fn pointer(p: &Pointer) -> Markup {
    html! {
        div { (chips::chip(&p.rating)) }
        div {
            p { a.strong href={ "#" (p.anchor) } { (p.title) } @for badge in &p.badges { " " span.badge { (badge) } } " " span.aside { (p.reference) } }
            p { (p.sentence) }
            @if let Some(action) = &p.action {
                p.doing .{ (action.state) } {
                    @if !action.label.is_empty() { b { (action.label) } " " } (action.what)
                    @if !action.by_label.is_empty() { " " b { (action.by_label) } " " (action.by) }
                }
            }
        }
        @if let Some(trend) = &p.trend { div.trend { (spark::line(trend)) } }
    }
}

/// Indicators that are named in one line.
fn also(line: &AlsoLine) -> Markup {
    html! {
        p { (line.says) ": "
            @for (nth, item) in line.items.iter().enumerate() {
                @if nth > 0 { "; " } a href={ "#" (item.anchor) } { (item.title) } @if !item.detail.is_empty() { " (" (item.detail) ")" }
            }
        "." }
    }
}

fn meeting(news: &MeetingNews) -> Markup {
    html! {
        @if !news.lines.is_empty() {
            h2.small { (news.title) }
            ul { @for line in &news.lines { li { b { (to(&line.anchor, &line.label)) ":" } " " (line.text) } } }
        }
    }
}

/// Words that lead to a place, where there is one.
fn to(anchor: &str, words: &str) -> Markup {
    html! { @if anchor.is_empty() { (words) } @else { a href={ "#" (anchor) } { (words) } } }
}

fn outstanding(title: &str, all: &[Outstanding]) -> Markup {
    html! {
        @if !all.is_empty() {
            h2.small { (title) }
            ul.awaited {
                @for o in all {
                    li { @if o.anchor.is_empty() { strong { (o.title) } } @else { a.strong href={ "#" (o.anchor) } { (o.title) } " " span.aside { (o.reference) } } ": " (o.owner) @if !o.needs.is_empty() { ", " (o.needs) } }
                }
            }
        }
    }
}
