//! Signal or noise: every indicator by whether it is changing and whether it
//! will meet its target.

use maud::{Markup, html};

use super::chips;
use super::table::{self, Head, PageRow, TableCell};
use crate::pack::model::{GridGroup, GridItem, GridRow, SignalGrid};

pub(super) const ANCHOR: &str = "grid";

pub(super) fn grid(g: &SignalGrid) -> Markup {
    let heads: Vec<Head<'_>> = g.heads.iter().map(|label| Head { label, class: "" }).collect();
    let rows: Vec<PageRow<'_>> = g.rows.iter().flat_map(rows).collect();
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

/// The rows of one kind of change: one for each thing to be expected of its indicators.
fn rows(row: &GridRow) -> Vec<PageRow<'_>> {
    let head = || TableCell::new(chips::mark(&row.head));
    if row.groups.is_empty() {
        return vec![PageRow::plain(vec![head(), TableCell::text(""), TableCell::text(&row.none)])];
    }
    let group = |group: &GridGroup| {
        let items = html! { ul { @for item in &group.items { li { (one(item)) } } } };
        PageRow::plain(vec![head(), TableCell::new(chips::mark(&group.head)), TableCell::new(items)])
    };
    row.groups.iter().map(group).collect()
}

fn one(item: &GridItem) -> Markup {
    html! { a.strong href={ "#" (item.anchor) } { (item.title) } " " span.aside { (item.reference) } }
}
