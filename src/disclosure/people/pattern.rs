//! Patterns as they are compiled.

use regex::Regex;

/// Letters of Europe and Vietnam, figures: every letter of the world makes a pattern
/// many times as large, and no text of a council is the better read for it.
const WORD: &str = "[0-9A-Za-z_À-ɏḀ-ỿ]";

/// A pattern whose letters and figures are those of [`WORD`].
pub(super) fn compiled(pattern: &str) -> Option<Regex> {
    Regex::new(&pattern.replace(r"\d", "[0-9]").replace(r"\w", WORD)).ok()
}
