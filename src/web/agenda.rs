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
                    (rows(&t.title, &t.heads, &t.rows))
                }
            }
        }
    }
}

/// A table of words in columns.
pub(super) fn rows(caption: &str, heads: &[String], rows: &[Vec<AgendaCell>]) -> Markup {
    let row = |row: &Vec<AgendaCell>| PageRow::plain(row.iter().zip(heads).map(|(c, head)| cell(c, head)).collect());
    let rows: Vec<PageRow<'_>> = rows.iter().map(row).collect();
    let heads: Vec<Head<'_>> = heads.iter().map(|label| Head { label, class: "" }).collect();
    table::table(caption, "words", &heads, &rows)
}

fn cell(c: &AgendaCell, head: &str) -> TableCell {
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
            p { a href={ "#" (c.anchor) } { "Go to it" span.quiet { ": " (head) } } }
        }
    })
}
