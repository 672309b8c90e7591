//! A table of words in columns. On a phone each row becomes a card in which
//! every cell says what it is, so that nothing has to be scrolled sideways.

use maud::{Markup, html};

/// A head of a column.
pub(super) struct Head<'p> {
    pub(super) label: &'p str,
    /// How wide it is and how it stands: a class of the style sheet.
    pub(super) class: &'static str,
}

/// A cell: what it holds, and whether that is nothing, so that a card leaves it out.
pub(super) struct Cell {
    pub(super) body: Markup,
    pub(super) empty: bool,
}

impl Cell {
    pub(super) fn of(body: Markup) -> Self {
        let empty = body.0.is_empty();
        Self { body, empty }
    }

    pub(super) fn text(text: &str) -> Self {
        Self::of(html! { (text) })
    }
}

/// A row: its own class and anchor, where it has them, and its cells. The
/// first one names it.
pub(super) struct Row<'p> {
    pub(super) class: &'static str,
    pub(super) anchor: Option<&'p str>,
    pub(super) cells: Vec<Cell>,
}

impl Row<'_> {
    pub(super) fn plain(cells: Vec<Cell>) -> Self {
        Self { class: "", anchor: None, cells }
    }
}

/// The table. Cards take its meaning from it in some browsers; the roles give
/// it back.
pub(super) fn table(caption: &str, class: &str, heads: &[Head<'_>], rows: &[Row<'_>]) -> Markup {
    html! {
        table.stack .{ (class) } role="table" {
            caption { span.quiet { (caption) } }
            thead role="rowgroup" {
                tr role="row" {
                    @for head in heads {
                        th .{ (head.class) } scope="col" role="columnheader" { (head.label) }
                    }
                }
            }
            tbody role="rowgroup" {
                @for row in rows { (one(heads, row)) }
            }
        }
    }
}

fn one(heads: &[Head<'_>], row: &Row<'_>) -> Markup {
    let mut cells = heads.iter().zip(&row.cells);
    html! {
        tr .{ (row.class) } id=[row.anchor] role="row" {
            @if let Some((head, cell)) = cells.next() {
                th .{ (head.class) } scope="row" role="rowheader" { (cell.body) }
            }
            @for (head, cell) in cells {
                td .{ (head.class) } .none[cell.empty] role="cell" data-head=(head.label) { div { (cell.body) } }
            }
        }
    }
}
