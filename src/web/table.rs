//! A table of words in columns. On a phone each row becomes a card in which
//! every cell says what it is, so that nothing has to be scrolled sideways.

use maud::{Markup, html};

/// A head of a column.
pub(super) struct Head<'p> {
    pub(super) label: &'p str,
    /// The class of the style sheet for its width and alignment.
    pub(super) class: &'static str,
}

/// A cell: its content, and whether that is empty, so that a card leaves it out.
pub(super) struct TableCell {
    pub(super) body: Markup,
    pub(super) empty: bool,
}

impl TableCell {
    pub(super) fn new(body: Markup) -> Self {
        let empty = body.0.is_empty();
        Self { body, empty }
    }

    pub(super) fn text(text: &str) -> Self {
        Self::new(html! { (text) })
    }
}

/// A row: its class and anchor, where it has them, and its cells. The first
/// cell is the row's header.
pub(super) struct PageRow<'p> {
    pub(super) class: &'static str,
    pub(super) anchor: Option<&'p str>,
    pub(super) cells: Vec<TableCell>,
}

impl PageRow<'_> {
    pub(super) fn plain(cells: Vec<TableCell>) -> Self {
        Self { class: "", anchor: None, cells }
    }
}

/// The table. Where the style sheet lays it out as cards, some browsers no
/// longer treat it as a table: the roles say that it is one.
pub(super) fn table(caption: &str, class: &str, heads: &[Head<'_>], rows: &[PageRow<'_>]) -> Markup {
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

fn one(heads: &[Head<'_>], row: &PageRow<'_>) -> Markup {
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
