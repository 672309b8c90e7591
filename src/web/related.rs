//! An indicator and those that it is read with, side by side.

use maud::{Markup, html};

use super::table::{self, Head, PageRow, TableCell};
use super::{chips, spark};
use crate::pack::model::{RelatedRow, RelatedTable};

pub(super) fn related(t: &RelatedTable) -> Markup {
    let c = &t.columns;
    let heads = [
        Head { label: &t.title, class: "w-category" },
        Head { label: &c.year_before, class: "n" },
        Head { label: &c.current, class: "n now" },
        Head { label: &c.movement, class: "" },
        Head { label: &c.trend, class: "w-trend" },
    ];
    let rows: Vec<PageRow<'_>> = t.rows.iter().map(|r| PageRow::plain(cells(r))).collect();
    html! {
        div.breakdown {
            (table::table(&t.title, "parts", &heads, &rows))
        }
    }
}

fn cells(r: &RelatedRow) -> Vec<TableCell> {
    let name = html! {
        a href={ "#" (r.anchor) } { (r.title) } " " span.aside { (r.reference) }
        @if !r.because.is_empty() { p.aside { (r.because) } }
    };
    vec![
        TableCell::new(name),
        TableCell::new(chips::reading(&r.year_before)),
        TableCell::new(chips::reading(&r.current)),
        TableCell::new(chips::movement(&r.movement)),
        TableCell::new(html! { @if let Some(trend) = &r.trend { (spark::line(trend)) } }),
    ]
}
