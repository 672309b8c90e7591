//! The small line in a table row, and what it shares with the charts: lines
//! that stretch with the page while their strokes and dots keep their size.

use maud::{Markup, html};

use crate::pack::model::{ChartSpot, Trend};

/// How far the outermost points stand from the edges, of 1.
const INSET: f64 = 0.015;

/// A place from left to right, in percent.
pub(super) fn across(x: f64) -> String {
    format!("{:.2}%", (INSET + (1.0 - 2.0 * INSET) * x) * 100.0)
}

/// A place from the bottom upwards, in percent from the top.
pub(super) fn down(y: f64) -> String {
    format!("{:.2}%", (1.0 - y) * 100.0)
}

/// Runs of points as lines; a point alone has none.
pub(super) fn lines(runs: &[Vec<ChartSpot>]) -> Markup {
    let points = |run: &[ChartSpot]| {
        let at =
            |s: &ChartSpot| format!("{:.1},{:.1}", (INSET + (1.0 - 2.0 * INSET) * s.x) * 1000.0, (1.0 - s.y) * 1000.0);
        run.iter().map(at).collect::<Vec<_>>().join(" ")
    };
    html! {
        svg viewBox="0 0 1000 1000" preserveAspectRatio="none" width="100%" height="100%" overflow="visible" {
            @for run in runs.iter().filter(|run| run.len() > 1) { polyline.series points=(points(run)) {} }
        }
    }
}

/// A dot.
pub(super) fn dot(s: &ChartSpot, class: &str, radius: &str) -> Markup {
    html! { circle .{ (class) } cx=(across(s.x)) cy=(down(s.y)) r=(radius) {} }
}

/// The small line.
pub(super) fn line(t: &Trend) -> Markup {
    let lone = t.runs.iter().filter(|run| run.len() == 1).flatten();
    let end = t.runs.last().and_then(|run| run.last());
    html! {
        svg.spark role="img" aria-label=(t.alt) focusable="false" {
            @if let Some(y) = t.target { line.target x1="0%" x2="100%" y1=(down(y)) y2=(down(y)) {} }
            (lines(&t.runs))
            @for s in lone { (dot(s, "point", "1.6")) }
            @if let Some(s) = end { (dot(s, "point", "2.6")) }
        }
    }
}
