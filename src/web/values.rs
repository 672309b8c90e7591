//! The figures behind a chart or a small line, folded away until somebody asks.

use maud::{Markup, html};

use super::chips;
use crate::pack::model::{ValuesRow, ValuesTable};

/// The table under its title.
pub(super) fn folded(t: &ValuesTable) -> Markup {
    html! {
        details.values {
            summary { (t.title) }
            (table(t))
        }
    }
}

/// A plain table of short cells: a phone has room for all its columns.
pub(super) fn table(t: &ValuesTable) -> Markup {
    let c = &t.columns;
    let heads = [&c.period, &c.figure, &c.of, &c.target, &c.rating, &c.note];
    html! {
        table {
            caption { span.quiet { (t.title) } }
            thead { tr { @for head in heads.into_iter().filter(|head| !head.is_empty()) { th scope="col" { (head) } } } }
            tbody {
                @for row in &t.rows {
                    tr {
                        th scope="row" { (row.period) }
                        @for (_, cell) in heads[1..].iter().zip(cells(row)).filter(|(head, _)| !head.is_empty()) { td { (cell) } }
                    }
                }
            }
        }
    }
}

fn cells(row: &ValuesRow) -> [Markup; 5] {
    let reading = &row.reading;
    let figure = html! {
        (chips::marked(&reading.state, &reading.display)) (chips::beside(reading))
        @if !reading.was.is_empty() { " (" (reading.was) ")" }
    };
    let rating = html! {
        @if let Some(chip) = &row.rating {
            (chip.label)
            @if !chip.reason.is_empty() { ": " (chip.reason) }
        }
    };
    [figure, html! { (reading.of) }, html! { (row.target) }, rating, html! { (row.note) }]
}
