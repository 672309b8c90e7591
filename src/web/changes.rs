//! The change list of a revision, and figures restated since they were published.

use maud::{Markup, html};

use super::chips;
use super::table::{self, Head, PageRow, TableCell};
use crate::pack::model::{ChangeList, Chip, Restatement, RestatementGroup};

pub(super) const CHANGES: &str = "changes";
pub(super) const RESTATEMENTS: &str = "restatements";
pub(super) const RESTATEMENTS_TITLE: &str = "Figures that changed since they were published";

/// The changes of this revision against the one before it.
pub(super) fn changes(list: &ChangeList) -> Markup {
    html! {
        section aria-labelledby=(CHANGES) {
            h2 #(CHANGES) { (list.title) }
            ul.plain {
                @for c in &list.changes {
                    li {
                        @if !c.reference.is_empty() { (place(&c.anchor, &c.reference)) " " }
                        (c.sentence)
                        @if c.reference.is_empty() && !c.anchor.is_empty() { " " a href={ "#" (c.anchor) } { "See what changed" } }
                    }
                }
            }
        }
    }
}

/// A name, as a link to its place in the page.
fn place(anchor: &str, words: &str) -> Markup {
    html! {
        @if anchor.is_empty() { b { (words) } } @else { a.strong href={ "#" (anchor) } { (words) } }
    }
}

pub(super) fn restatements(groups: &[RestatementGroup]) -> Markup {
    let heads = [("Indicator", "w-name"), ("Period", ""), ("Was", ""), ("Now", ""), ("Why", "w-why")]
        .map(|(label, class)| Head { label, class });
    html! {
        @if !groups.is_empty() {
            section aria-labelledby=(RESTATEMENTS) {
                h2 #(RESTATEMENTS) { (RESTATEMENTS_TITLE) }
                @for g in groups {
                    h3 { (g.source) }
                    (table::table(&g.source, "words", &heads, &g.rows.iter().map(row).collect::<Vec<_>>()))
                }
            }
        }
    }
}

fn row(r: &Restatement) -> PageRow<'_> {
    PageRow::plain(vec![
        TableCell::new(html! { (place(&r.anchor, &r.reference)) " " b { (r.title) } }),
        TableCell::text(&r.period),
        TableCell::new(judged(&r.was, r.was_rating.as_ref())),
        TableCell::new(judged(&r.now, r.now_rating.as_ref())),
        TableCell::new(html! { p { (r.why) } p.aside { (r.printed_in) } }),
    ])
}

/// A figure with the rating that it had, where that is another.
fn judged(figure: &str, rating: Option<&Chip>) -> Markup {
    html! {
        p { (figure) }
        @if let Some(rating) = rating { (chips::rating(rating)) }
    }
}
