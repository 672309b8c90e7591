//! Charts: the series in the council's colour, everything else grey, the
//! target a labelled dashed line. Places come from the pack as 0 to 1 and
//! become percent; words keep their size however narrow the page is.

use maud::{Markup, html};

use super::spark::{across, dot, down, lines};
use super::values;
use crate::pack::model::{Chart, ChartMark, TargetStep};

/// How tall a plot is in `rem`, as the style sheet has it: only to keep two
/// labels at the right end apart.
const TALL: f64 = 11.0;

/// How far two labels stand apart, of the plot's height.
const APART: f64 = 1.2 / TALL;

/// The chart with its headline above and its small lines below. The words in
/// the drawing are for the eye: a screen reader gets the alternative text.
pub(super) fn chart(c: &Chart) -> Markup {
    let wide = |text: &str| f64::from(u16::try_from(text.chars().count()).unwrap_or(u16::MAX));
    let left = c.y_ticks.iter().map(|t| wide(&t.label)).fold(1.0, f64::max);
    let last = wide(&c.last_label) * 1.4;
    let right = c.target.iter().map(|t| wide(&t.label)).fold(last, f64::max).min(20.0);
    let head = match c.breaks.len() {
        0 => 0.6,
        1 => 1.6,
        _ => 2.8,
    } + lift(c)
        + told(c);
    let room = format!("--left:{left:.0};--right:{right:.1};--last:{last:.1};--head:{head:.1}rem");
    let drawing = html! {
        figure.chart style=(room) {
            p.chart-title { (c.headline) }
            svg role="img" aria-label=(c.alt) focusable="false" {
                (ground(c))
                (signs(c))
                (steps(c))
                (lines(&c.runs))
                @for s in c.runs.iter().flatten() { (dot(s, "point", "2.2")) }
                @for m in &c.marks { (special(m)) }
                (end(c))
                (names(c))
            }
            // Where the plot is too narrow for the labels over it.
            @let over = c.breaks.iter().map(|b| b.label.as_str()).chain(c.events.iter().map(|e| &*e.label)).collect::<Vec<_>>();
            @if !over.is_empty() { p.aside.narrow aria-hidden="true" { (over.join("; ")) } }
            figcaption { (c.caption) @for note in &c.notes { " " (note) } }
        }
    };
    html! {
        div.drawn {
            (drawing)
            @if let Some(values) = &c.values { (values::folded(values)) }
        }
    }
}

/// The usual ups and downs, grid lines, axis and its labels.
fn ground(c: &Chart) -> Markup {
    let percent = |share: f64| format!("{:.2}%", share * 100.0);
    let ticks = c.x_ticks.len();
    // Counted from the latest month: on a narrow page only some have room.
    let apart = if c.x_ticks.iter().any(|t| t.label.is_empty()) { 6 } else { 3 };
    let is_between = |i: usize| !(ticks - 1 - i).is_multiple_of(apart);
    // A year that the next one follows at once.
    let crowded = |i: usize| c.x_ticks.iter().skip(i + 1).take(5).any(|t| !t.year.is_empty());
    html! {
        @for b in &c.bands {
            rect.band x=(across(b.x0)) y=(down(b.high)) width=(percent((b.x1 - b.x0) * 0.97)) height=(percent(b.high - b.low)) {}
        }
        @for t in &c.y_ticks {
            line.rule x1="0%" x2="100%" y1=(down(t.y)) y2=(down(t.y)) {}
            text x="0%" y=(down(t.y)) dx="-6" dy=".32em" text-anchor="end" { (t.label) }
        }
        line.axis x1="0%" x2="100%" y1="100%" y2="100%" {}
        @for (i, t) in c.x_ticks.iter().enumerate() {
            svg x=(across(t.x)) y="100%" overflow="visible" {
                path.axis d="M0 0v4" {}
                @if !t.label.is_empty() { text .roomy[is_between(i)] y="1.5em" text-anchor="middle" { (t.label) } }
                @if !t.year.is_empty() { text.year .roomy[crowded(i)] y="2.7em" text-anchor=(if i + 2 < ticks { "middle" } else { "end" }) { (t.year) } }
            }
        }
        // Over the plot: on the axis they would look like figures of zero.
        @for g in &c.gaps { text.gap x=(across(g.x)) y="0%" dy="-.35em" text-anchor="middle" { (g.label) } }
    }
}

/// How high the lines of what happened are, in `rem`.
fn told(c: &Chart) -> f64 {
    let lines = c.events.iter().map(|e| e.line + 1).max().unwrap_or_default();
    1.1 * f64::from(u16::try_from(lines).unwrap_or(u16::MAX))
}

/// How much higher breaks and events stand where months without a figure are
/// marked under them, in `rem`.
fn lift(c: &Chart) -> f64 {
    if c.gaps.is_empty() { 0.0 } else { 1.1 }
}

/// Breaks and events, over the plot.
fn signs(c: &Chart) -> Markup {
    // The type of a chart is smaller than the page's.
    let above = |em: f64| format!("-{:.2}em", em + lift(c) / 0.8125);
    let over = |line: usize| 0.25 + 1.35 * f64::from(u16::try_from(line).unwrap_or(u16::MAX));
    let events = told(c) / 0.8125;
    html! {
        @for (i, b) in c.breaks.iter().enumerate() {
            line.break x1=(across(b.x)) x2=(across(b.x)) y1="0%" y2="100%" {}
            text.roomy x=(across(b.x)) y="0%" dy=(above(events + if i % 2 == 0 { 0.5 } else { 1.8 }))
                text-anchor=(if b.x > 0.6 { "end" } else { "start" }) { (b.label) }
        }
        @for e in &c.events {
            line.axis x1=(across(e.x)) x2=(across(e.x)) y1="0%" y2="4%" {}
            text.roomy x=(across(e.x)) y="0%" dy=(above(over(e.line)))
                text-anchor=(if e.x > 0.55 { "end" } else { "start" }) { (e.label) }
        }
    }
}

/// The target, a step for each that was in force.
fn steps(c: &Chart) -> Markup {
    html! {
        @for t in &c.target {
            line.target x1=(across(t.x0)) x2=(across(t.x1)) y1=(down(t.y)) y2=(down(t.y)) {}
        }
    }
}

/// The target's name at the end of its line, clear of the last label.
fn names(c: &Chart) -> Markup {
    html! {
        @for t in c.target.iter().filter(|t| !t.label.is_empty()) {
            @if t.x1 > 0.97 {
                text.wide x="100%" y=(down(beside(c, t))) dx="6" dy=".32em" { (t.label) }
                text.narrow x="100%" y=(down(t.y)) dy="-.5em" text-anchor="end" { (t.label) }
            } @else {
                text x=(across(t.x1)) y=(down(t.y)) dy="-.5em" text-anchor="end" { (t.label) }
            }
        }
    }
}

/// How high a target's name stands beside the plot: clear of the latest figure,
/// and of the other end of a range on the same side of it.
fn beside(c: &Chart, t: &TargetStep) -> f64 {
    let own = c.last.as_ref().filter(|last| last.x > 0.9).map(|last| last.y);
    let is_above = |y: f64| own.is_none_or(|own| y >= own);
    let mut names: Vec<f64> = c.target.iter().filter(|t| !t.label.is_empty()).map(|t| t.y).collect();
    names.retain(|y| is_above(*y) == is_above(t.y));
    // From the latest figure outwards, as far as to this one.
    names.sort_by(|a, b| if is_above(t.y) { a.total_cmp(b) } else { b.total_cmp(a) });
    let mut taken = own;
    for y in names {
        let free = match (taken, is_above(t.y)) {
            (None, _) => y,
            (Some(taken), true) => y.max(taken + APART),
            (Some(taken), false) => y.min(taken - APART),
        };
        if (y - t.y).abs() < 1e-9 {
            return free;
        }
        taken = Some(free);
    }
    t.y
}

/// A special cause: a shape on its point.
fn special(m: &ChartMark) -> Markup {
    let path = match m.kind.as_str() {
        "improvement" => "M0-6.5 6.5 0 0 6.5-6.5 0z",
        "concern" => "M0-6.5 6.2 5H-6.2z",
        _ => "M-4.5-4.5h9v9h-9z",
    };
    html! {
        svg x=(across(m.at.x)) y=(down(m.at.y)) overflow="visible" { path.special .{ (m.kind) } d=(path) {} }
    }
}

/// The latest figure.
fn end(c: &Chart) -> Markup {
    html! {
        @if let Some(last) = &c.last {
            @if !c.marks.iter().any(|m| m.at == *last) { (dot(last, "latest", "4.5")) }
            text.last x=(across(last.x)) y=(down(last.y)) dx="10" dy=".35em" { (c.last_label) }
        }
    }
}
