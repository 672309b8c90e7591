//! Notes that stand beside a month and are no part of it: "Jun-25 [p]",
//! "Jun-25*", "June 2025 (provisional)".

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::report::{ReadReport, RowColumn, listed};
use super::text;
use crate::domain::finding::Code;

/// The marks of official statistics and of footnotes, at the end of a text or
/// before it: short ones in brackets, words for a figure that may change, and
/// signs. A bare letter or word is none: "Jun-25 p" may be anything.
static MARKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    text::pattern(concat!(
        r"(?i)\s*(?:",
        r"\[(?:[a-z]|low|notes? ?[0-9a-z]{0,3}(?:(?:,| and|,? &) ?[0-9a-z]{1,3})*|[0-9]{1,2}|prov(?:isional)?|rev(?:ised)?|est(?:imated?)?|unaudited|draft|final|latest)\.?\]",
        r"|\((?:[bepr]|notes? ?[0-9a-z]{0,3}|prov(?:isional)?|rev(?:ised)?|est(?:imated?)?|unaudited|draft|final|latest)\.?\)",
        r"|[*†‡§#¹²³⁴⁵⁶⁷⁸⁹⁰]+",
        r")$",
    ))
});
static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| text::pattern(r"^[*†‡§#]+\s*"));

/// A text without what matches declared patterns; none where nothing does.
pub(super) fn without(text: &str, notes: &[Regex]) -> Option<String> {
    let bare =
        notes.iter().fold(Cow::Borrowed(text), |text, note| Cow::Owned(note.replace_all(&text, "").into_owned()));
    (*bare != *text).then(|| bare.into_owned())
}

/// A text without the marks that stand at either end; none where none does.
pub(super) fn without_marks(text: &str) -> Option<String> {
    let mut bare = BEFORE.as_ref()?.replace(text, "").into_owned();
    while let Some(found) = MARKS.as_ref()?.find(&bare) {
        bare.truncate(found.start());
    }
    (bare != text && !bare.is_empty()).then_some(bare)
}

/// F406: months that were read without the notes that stand with them.
pub(super) fn report(noted: &[String], spot: Option<RowColumn>, report: &mut ReadReport) {
    if noted.is_empty() {
        return;
    }
    let quoted: Vec<String> = noted.iter().map(|text| format!("\"{}\"", text::short(text))).collect();
    let message = format!("months carry notes, and were read without them: {}", listed(&quoted));
    let hint = "if a note matters, say so in the commentary; to have it passed over, declare it under `month.notes` in sources.toml";
    match spot {
        Some(spot) => report.at_cell(Code::MonthNoted, spot, message, hint),
        None => report.at_sheet(Code::MonthNoted, message, hint),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off_and_words_are_not() {
        for (text, bare) in [
            ("Jun-25 [p]", "Jun-25"),
            ("Jun-25[r]", "Jun-25"),
            ("Sep-25 [Note 3]", "Sep-25"),
            ("Sep-25 [note 3, 4]", "Sep-25"),
            ("Sep-25 [notes 3 and 4]", "Sep-25"),
            ("Jun-25*", "Jun-25"),
            ("Jun-25 **", "Jun-25"),
            ("*Jun-25", "Jun-25"),
            ("Jun-25 [p] [note 1]", "Jun-25"),
            ("June 2025 (provisional)", "June 2025"),
            ("June 2025 (P)", "June 2025"),
            ("Oct-26 (prov)", "Oct-26"),
            ("Oct-26 (prov.)", "Oct-26"),
            ("Oct-26 (rev)", "Oct-26"),
            ("Oct-26 (draft)", "Oct-26"),
            ("Oct-26 [est]", "Oct-26"),
            ("June 2025 [low]*", "June 2025"),
            ("June 2025¹", "June 2025"),
        ] {
            assert_eq!(without_marks(text).as_deref(), Some(bare), "{text}");
        }
        for text in
            ["Jun-25", "Jun-25 p", "Jun-25 Target", "June 2025 (target)", "Jun-25 [target]", "(25)", "[p]", "*", ""]
        {
            assert_eq!(without_marks(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_declared_is_taken_out_wherever_it_stands() {
        let notes = [Regex::new("^Position at ").unwrap(), Regex::new(r" \(draft\)$").unwrap()];
        assert_eq!(without("Position at June 2025 (draft)", &notes).as_deref(), Some("June 2025"));
        assert_eq!(without("June 2025", &notes), None);
    }
}
