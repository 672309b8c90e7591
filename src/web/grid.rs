//! Signal or noise: every indicator by whether it is changing and whether it
//! will meet its target.

use maud::{Markup, html};

use super::chips;
use super::table::{self, Head, PageRow, TableCell};
use crate::pack::model::{GridItem, SignalGrid};

pub(super) const ANCHOR: &str = "grid";

pub(super) fn grid(g: &SignalGrid) -> Markup {
    let mut heads = vec![Head { label: &g.corner, class: "w-head" }];
    heads.extend(g.columns.iter().map(|column| Head { label: &column.label, class: "" }));
    let rows: Vec<PageRow<'_>> = g
        .rows
        .iter()
        .map(|row| {
            let head = TableCell::new(chips::mark(&row.head));
            PageRow::plain([head].into_iter().chain(row.cells.iter().map(|items| cell(items))).collect())
        })
        .collect();
    html! {
        section aria-labelledby=(ANCHOR) {
            h2 #(ANCHOR) { (g.title) }
            p { (g.intro) }
            @if !g.first.is_empty() { p.strong { (g.first) } }
            (table::table(&g.title, "grid", &heads, &rows))
            @if !g.rest.is_empty() {
                p { b { (g.rest_title) } }
                ul.inline { @for item in &g.rest { li { (one(item)) } } }
            }
        }
    }
}

fn cell(items: &[GridItem]) -> TableCell {
    match items {
        [] => TableCell { body: html! { span.aside { "–" } }, empty: true },
        items => TableCell::new(html! { ul { @for item in items { li { (one(item)) } } } }),
    }
}

fn one(item: &GridItem) -> Markup {
    html! { a.strong href={ "#" (item.anchor) } { (item.reference) } " " (item.title) }
}
