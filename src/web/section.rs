//! A theme: its table, what it lacks, what members may ask, then its blocks.

use maud::{Markup, html};

use super::table::{self, Head, TableCell};
use super::{agenda, blocks, chips, spark, values};
use crate::domain::AttributedText;
use crate::pack::model::{Columns, NotCollectedRow, PackSection, PassageBox, Row, ValuesTable};

pub(super) fn section(s: &PackSection) -> Markup {
    html! {
        section aria-labelledby=(s.anchor) {
            h2 #(s.anchor) { span.accent { (s.number) } " " (s.title) }
            @if !s.intro.is_empty() { p { (s.intro) } }
            @if !s.summary.is_empty() { p.strong { (s.summary) } }
            @if !s.owners.is_empty() { p.aside { b { "Who answers for these" } " " (s.owners.join("; ")) } }
            @for p in &s.passages { (passage(p, &s.title)) }
            @if !s.meaning_anchor.is_empty() {
                p.aside { a href={ "#" (s.meaning_anchor) } { "What each measure means" } }
            }
            @if !s.rows.is_empty() { (table(s)) }
            (behind_lines(&s.rows))
            @if !s.forecasts.is_empty() { p.aside { b { "What is promised" } " " (s.forecasts) } }
            (absent(&s.not_collected))
            (asking(&s.assurance, &s.questions))
            @for block in &s.blocks { (blocks::block(block)) }
        }
    }
}

/// What the section says in words.
fn passage(p: &PassageBox, section: &str) -> Markup {
    let caption = if p.title.is_empty() { section } else { &p.title };
    html! {
        @if !p.title.is_empty() { h3 { (p.title) } }
        (blocks::prose(&p.prose))
        @if !p.rows.is_empty() { (agenda::rows(caption, &p.heads, &p.rows)) }
        @if !p.aside.is_empty() { p.aside { (p.aside) } }
    }
}

fn table(s: &PackSection) -> Markup {
    let rows: Vec<table::PageRow<'_>> = s.rows.iter().map(row).collect();
    table::table(&s.title, "indicators", &heads(&s.columns), &rows)
}

/// What the small lines are drawn from, of the rows that have no chart.
fn behind_lines(rows: &[Row]) -> Markup {
    let drawn: Vec<(&Row, &ValuesTable)> =
        rows.iter().filter_map(|r| Some((r, r.trend.as_ref()?.values.as_ref()?))).collect();
    html! {
        @if !drawn.is_empty() {
            details.values {
                summary { "The figures behind the small lines" }
                @for (r, t) in drawn { p.strong { (r.title) " (" (r.reference) ")" } (values::table(t)) }
            }
        }
    }
}

fn heads(c: &Columns) -> [Head<'_>; 7] {
    [
        Head { label: &c.indicator, class: "w-name" },
        Head { label: &c.previous, class: "n" },
        Head { label: &c.current, class: "n now" },
        Head { label: &c.movement, class: "w-move" },
        Head { label: &c.trend, class: "w-trend" },
        Head { label: &c.target, class: "w-target" },
        Head { label: &c.rating, class: "w-rating" },
    ]
}

fn row(r: &Row) -> table::PageRow<'_> {
    let name = html! {
        // The name leads to the indicator's own chart and commentary, if it has
        // them, else to what it means.
        a.strong href={ "#" (r.meaning_anchor) } { (r.title) } " " span.aside { (r.reference) }
        p { (super::here(&r.anchor, &r.reference)) }
    };
    let target = html! {
        (r.target)
        @if !r.target_note.is_empty() { " " span.aside { (r.target_note) } }
    };
    let trend = html! {
        @if let Some(trend) = &r.trend { (spark::line(trend)) }
        // What is not changing is shown under signal or noise only.
        @if let Some(signal) = r.signal.as_ref().filter(|s| is_news(&s.variation.kind)) { p { (chips::mark(&signal.variation)) } }
    };
    let cells = [
        name,
        chips::reading(&r.previous),
        chips::reading(&r.current),
        chips::movement(&r.movement),
        trend,
        target,
        chips::rating(&r.rating),
    ];
    table::PageRow { class: "", anchor: Some(&r.anchor), cells: cells.into_iter().map(TableCell::new).collect() }
}

/// Whether a variation is more than chance.
fn is_news(kind: &str) -> bool {
    ["improvement", "concern", "neutral"].contains(&kind)
}

/// What members would like to see and nobody collects yet.
fn absent(rows: &[NotCollectedRow]) -> Markup {
    html! {
        @if !rows.is_empty() {
            div.absent {
                p.strong { "Not collected yet" }
                @for r in rows {
                    p {
                        b { (r.title) } ": " (r.why)
                        @if !r.expected.is_empty() { " " (r.expected) "." }
                    }
                }
            }
        }
    }
}

/// What gives assurance, and questions for whoever presents the pack.
fn asking(assurance: &str, questions: &[AttributedText]) -> Markup {
    html! {
        @if !(assurance.is_empty() && questions.is_empty()) {
            div.asking {
                @if !assurance.is_empty() { p { b { "How we know" } " " (assurance) } }
                @if !questions.is_empty() {
                    p.strong { "Questions members may ask" }
                    ul { @for question in questions { li { (question) } } }
                }
            }
        }
    }
}
