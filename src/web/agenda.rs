//! What the board carries from meeting to meeting: actions, answers, requests.

use maud::{Markup, html};

use super::table::{self, Head, PageRow, TableCell};
use crate::pack::model::{AgendaCell, AgendaTable};

pub(super) const ANCHOR: &str = "agenda";
pub(super) const TITLE: &str = "Actions, questions and reports";

/// Every list under one heading; nothing where there are none.
pub(super) fn agenda(tables: &[AgendaTable]) -> Markup {
    html! {
        @if !tables.is_empty() {
            section aria-labelledby=(ANCHOR) {
                h2 #(ANCHOR) { (TITLE) }
                @for t in tables {
                    h3 #(t.anchor) { (t.title) }
                    @if !t.intro.is_empty() { p { (t.intro) } }
                    (table(t))
                }
            }
        }
    }
}

fn table(t: &AgendaTable) -> Markup {
    let heads: Vec<Head<'_>> = t.heads.iter().map(|label| Head { label, class: "" }).collect();
    let rows: Vec<PageRow<'_>> = t
        .rows
        .iter()
        .map(|row| PageRow::plain(row.iter().enumerate().map(|(i, c)| cell(c, t.heads.get(i))).collect()))
        .collect();
    table::table(&t.title, "words", &heads, &rows)
}

fn cell(c: &AgendaCell, head: Option<&String>) -> TableCell {
    let alone = c.strong.is_empty() && c.text.is_empty();
    TableCell::new(html! {
        @if !c.mark.is_empty() { p { span.state .{ (c.look) } { (c.mark) } } }
        @if !alone {
            p {
                @if c.anchor.is_empty() {
                    @if !c.strong.is_empty() { b { (c.strong) } " " }
                    (c.text)
                } @else {
                    a href={ "#" (c.anchor) } {
                        @if !c.strong.is_empty() { b { (c.strong) } " " }
                        (c.text)
                    }
                }
            }
        }
        @if !c.aside.is_empty() { p.aside { (c.aside) } }
        @if alone && !c.anchor.is_empty() {
            p { a href={ "#" (c.anchor) } { "Go to it" span.quiet { ": " (head.map_or("", String::as_str)) } } }
        }
    })
}
