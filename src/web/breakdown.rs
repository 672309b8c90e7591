//! An indicator's parts: by age, by team. One table each, under its chart.

use maud::{Markup, html};

use super::chips;
use super::table::{self, Head, PageRow, TableCell};
use crate::domain::AttributedText;
use crate::pack::model::{BreakdownRow, BreakdownTable, TwoWayTable};

pub(super) fn breakdown(reference: &str, t: &BreakdownTable) -> Markup {
    let c = &t.columns;
    let all = [
        (&c.category, "w-category"),
        (&c.current, "n now"),
        (&c.movement, "w-move"),
        (&c.share, "w-share"),
        (&c.running, "n"),
        (&c.target, "w-goal"),
        (&c.rating, "w-rating"),
    ];
    // A column without a head is not there.
    let heads: Vec<Head<'_>> =
        all.iter().filter(|(label, _)| !label.is_empty()).map(|&(label, class)| Head { label, class }).collect();
    let rows: Vec<PageRow<'_>> = t
        .rows
        .iter()
        .map(|r| {
            let there = all.iter().zip(cells(r)).filter(|((label, _), _)| !label.is_empty());
            PageRow {
                class: if r.is_whole { "whole" } else { "" },
                anchor: None,
                cells: there.map(|(_, cell)| cell).collect(),
            }
        })
        .collect();
    titled((reference, &t.title, &t.unit), (&heads, &rows), &t.notes)
}

pub(super) fn two_way(reference: &str, t: &TwoWayTable) -> Markup {
    let names = std::iter::once(&t.corner).map(|label| Head { label, class: "w-category" });
    let heads: Vec<Head<'_>> = names.chain(t.columns.iter().map(|label| Head { label, class: "n" })).collect();
    let rows: Vec<PageRow<'_>> = t
        .rows
        .iter()
        .map(|r| PageRow {
            class: if r.is_whole { "whole" } else { "" },
            anchor: None,
            cells: std::iter::once(TableCell::text(&r.category))
                .chain(r.cells.iter().map(|cell| TableCell::new(chips::reading(cell))))
                .collect(),
        })
        .collect();
    titled((reference, &t.title, &t.unit), (&heads, &rows), &t.notes)
}

/// A table of parts under its title, with the reference of the whole, with its unit above and its notes below.
fn titled(
    (reference, title, unit): (&str, &str, &str),
    (heads, rows): (&[Head<'_>], &[PageRow<'_>]),
    notes: &[AttributedText],
) -> Markup {
    html! {
        div.breakdown {
            h4 { (title) " " span.aside { (reference) } }
            @if !unit.is_empty() { p.aside { (unit) } }
            @if !rows.is_empty() { (table::table(title, "parts", heads, rows)) }
            @for note in notes { p.aside { (note) } }
        }
    }
}

fn cells(r: &BreakdownRow) -> [TableCell; 7] {
    let rating = html! { @if let Some(rating) = &r.rating { (chips::rating(rating)) } };
    [
        TableCell::text(&r.category),
        TableCell::new(chips::reading(&r.current)),
        TableCell::new(html! { @if !r.movement.display.is_empty() { (chips::movement(&r.movement)) } }),
        TableCell::new(share(r)),
        TableCell::new(share_of(r, &r.running)),
        TableCell::text(&r.target),
        TableCell::new(rating),
    ]
}

/// A share in words, or the mark of one that is hidden and so has no bar.
fn share_of(r: &BreakdownRow, words: &str) -> Markup {
    let state = if r.bar.is_none() && !words.is_empty() { "suppressed" } else { "shown" };
    chips::marked(state, words)
}

/// The share as words over a bar. The bar is for the eye alone.
fn share(r: &BreakdownRow) -> Markup {
    html! {
        (share_of(r, &r.share))
        @if let Some(bar) = r.bar {
            svg.bar aria-hidden="true" focusable="false" { rect width={ (format!("{:.1}", bar * 100.0)) "%" } height="100%" {} }
        }
    }
}
