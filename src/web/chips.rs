//! Ratings, arrows and missing figures: always a word, always a shape of its
//! own, never a colour alone. The shapes are for the eye; a screen reader gets
//! the word.

use maud::{Markup, html};

use crate::pack::model::{Chip, Mark, MovementCell, ReadingCell};

/// A small drawing in a line of text that says nothing aloud.
pub(super) fn icon(kind: &str) -> Markup {
    let path = match kind {
        "red" => "M0 0h10v10H0z",
        "amber" | "concern" | "up" => "M5 .5 10 9.5H0z",
        "green" => "M5 0a5 5 0 1 0 0 10A5 5 0 1 0 5 0z",
        "improvement" => "M5 0l5 5-5 5-5-5z",
        "neutral" => "M1 1h8v8H1z",
        "down" => "M0 .5h10L5 9.5z",
        "unrated" | "level" => "M0 3.6h10v2.8H0z",
        "common" => "M5 0a5 5 0 1 0 0 10A5 5 0 1 0 5 0zm0 1.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 1 1 0-6.8z",
        // An empty dashed box: it should be here and is not.
        "not-supplied" => {
            "M0 0h3v1.4H0zM7 0h3v1.4H7zM0 8.6h3V10H0zM7 8.6h3V10H7zM0 0h1.4v3H0zM8.6 0H10v3H8.6zM0 7h1.4v3H0zM8.6 7H10v3H8.6z"
        }
        // An empty box, struck through: it came and was not taken.
        "refused" => "M0 0h10v10H0zM1.4 2.4v6.2h6.2zM2.4 1.4h6.2v6.2z",
        // A filled bar, as in a redacted line: it exists and is hidden.
        "suppressed" => "M0 2h10v6H0z",
        // Two dots: a handful.
        "too-few" => "M2 3.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 1 0 0-3.6zM8 3.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 1 0 0-3.6z",
        // A clock face: later.
        "not-due" => {
            "M5 0a5 5 0 1 0 0 10A5 5 0 1 0 5 0zm0 1.4a3.6 3.6 0 1 1 0 7.2 3.6 3.6 0 1 1 0-7.2zM4.4 2.2h1.2v2.6h2V6H4.4z"
        }
        // An equals sign struck through.
        "not-comparable" => "M0 2.8h10v1.3H0zM0 6h10v1.3H0zM7.2 0h1.5L2.8 10H1.3z",
        // A dash: the question does not arise.
        "not-applicable" => "M0 4.2h10v1.6H0z",
        _ => return html! {},
    };
    html! { svg.icon .{ "i-" (kind) } viewBox="0 0 10 10" aria-hidden="true" focusable="false" { path d=(path) {} } }
}

/// The rating as a chip.
pub(super) fn chip(c: &Chip) -> Markup {
    html! { span.chip .{ (c.kind) } { (icon(&c.kind)) (c.label) } }
}

/// The rating, and under it why there is none.
pub(super) fn rating(c: &Chip) -> Markup {
    html! {
        p { (chip(c)) }
        @if !c.reason.is_empty() { p.aside { (c.reason) } }
    }
}

/// What changed, in words: "Up 2.1 points (better)".
pub(super) fn movement(m: &MovementCell) -> Markup {
    html! {
        (icon(&m.arrow)) (marked(&m.arrow, &m.display))
        @if !m.travel.is_empty() { " (" (m.travel) ")" }
    }
}

/// A text; the mark of what is hidden is a letter to see and a word to hear.
pub(super) fn marked(state: &str, display: &str) -> Markup {
    html! {
        @if state == "suppressed" {
            span aria-hidden="true" { (display) } span.quiet { "hidden" }
        } @else { (display) }
    }
}

/// A figure, or the reason why there is none, with the lines under it.
pub(super) fn reading(r: &ReadingCell) -> Markup {
    html! {
        p.figure .shown[r.state == "shown"] {
            @if r.state != "shown" { (icon(&r.state)) }
            (marked(&r.state, &r.display)) (beside(r))
        }
        @for note in [&r.of, &r.period, &r.was] {
            @if !note.is_empty() { p.aside { (note) } }
        }
    }
}

/// What is to be known of a figure, as its marks.
pub(super) fn beside(r: &ReadingCell) -> Markup {
    html! { @if !r.marks.is_empty() { " " span.aside { (r.marks) } } }
}

/// A word of signal or noise with its shape.
pub(super) fn mark(m: &Mark) -> Markup {
    html! { (icon(&m.kind)) (m.label) }
}
