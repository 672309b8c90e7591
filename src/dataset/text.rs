//! Cells as words, and when two texts are the same name.

use std::borrow::Cow;

use regex::Regex;

use crate::workbook::Cell;

/// A cell's text; blanks at its ends, non-breaking ones too, are no part of it.
pub(crate) fn of(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) => Cow::Borrowed(trim(text)),
        Cell::Number { value, .. } => Cow::Owned(value.to_string()),
        Cell::Masked { shown, .. } => Cow::Borrowed(shown),
        Cell::Date(date) => Cow::Owned(date.date().to_string()),
        Cell::Bool(true) => Cow::Borrowed("TRUE"),
        Cell::Bool(false) => Cow::Borrowed("FALSE"),
        Cell::Error(error) => Cow::Borrowed(error),
        Cell::Uncalculated => Cow::Borrowed(""),
    }
}

/// Without outer blanks and invisible marks.
pub(super) fn trim(text: &str) -> &str {
    // Most texts have none, which one look at either end tells.
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    if is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last()) {
        return text;
    }
    text.trim_matches(is_blank)
}

fn is_blank(c: char) -> bool {
    // Marks of direction, joiners, a soft hyphen and an empty pattern of Braille.
    c.is_whitespace()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' | '\u{2800}' | '\u{3164}')
}

/// Inner blanks as one plain space each, outer ones gone.
pub(crate) fn collapsed(text: &str) -> String {
    // Most texts have nothing to collapse.
    if !text.is_empty()
        && text.split(' ').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic()))
    {
        return text.to_owned();
    }
    text.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The form in which names are compared: without case, blanks collapsed.
pub(super) fn key(text: &str) -> String {
    collapsed(text).to_lowercase()
}

/// A pattern of our own; none where it is none, which its tests would show.
pub(super) fn pattern(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

/// A cell as a finding quotes it: `text "n\a"`, `85%`, `the error #REF!`.
pub(super) fn found(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => format!("text \"{}\"", short(text)),
        Cell::Number { value, percent: true } => format!("{}%", (value * 1e6).round() / 1e4),
        Cell::Number { value, .. } if value.abs() >= 1e21 => format!("{value:e}"),
        Cell::Number { value, .. } => value.to_string(),
        Cell::Masked { shown, .. } if shown.is_empty() => "a number that is not shown".to_owned(),
        Cell::Masked { shown, .. } => format!("a number shown as \"{shown}\""),
        Cell::Date(date) => format!("the date {}", date.format("%-d %B %Y")),
        Cell::Bool(_) => of(cell).into_owned(),
        Cell::Error(error) => format!("the error {error}"),
        Cell::Uncalculated => "a formula whose value was never saved".to_owned(),
    }
}

/// At most forty letters of a text, on one line.
pub(super) fn short(text: &str) -> String {
    let text = collapsed(text);
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// The candidate most like `wanted`, where one is near enough to be meant.
pub(super) fn nearest<'a>(wanted: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = key(wanted);
    candidates
        .map(|candidate| (strsim::jaro_winkler(&wanted, &key(candidate)), candidate))
        .filter(|(alike, _)| *alike > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}
