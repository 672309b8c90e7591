//! Cells of a CSV file that a spreadsheet opens: what is text stays text.
//!
//! A spreadsheet takes a cell that begins with one of `= + - @`, a tab or a line
//! end for a formula, and runs it. Such a text has an apostrophe in front, as
//! people who type it would give it; numbers stay numbers. A text that has
//! apostrophes before such a sign has one more, so that each is read back as it was.

use std::borrow::Cow;

/// A cell as it is written.
pub(super) fn written(text: &str) -> Cow<'_, str> {
    if begins_a_formula(text) && !is_number(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// A cell that was written so, as it was.
pub(super) fn read(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| begins_a_formula(text)).unwrap_or(cell)
}

/// Whether a text begins with a sign that a spreadsheet acts on, whatever
/// apostrophes stand before it.
fn begins_a_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

/// "-3.5", "+2", "-1200": a number that a spreadsheet reads as one.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(part)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_has_an_apostrophe_in_front() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+44 20 7946 0000", "'+44 20 7946 0000"),
            ("-", "'-"),
            ("- not known", "'- not known"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("'=1", "''=1"),
            ("-3.5.1", "'-3.5.1"),
            ("-1e5", "'-1e5"),
            ("-3.5", "-3.5"),
            ("+2", "+2"),
            ("14-18", "14-18"),
            ("'quoted'", "'quoted'"),
            ("–", "–"),
            ("", ""),
        ] {
            assert_eq!(written(text), cell, "{text:?}");
            assert_eq!(read(cell), text, "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn every_text_is_read_back_as_it_was(text in "[-=+@\t\r\n'0-9a.]{0,6}|.*") {
            let cell = written(&text);
            prop_assert_eq!(read(&cell), text.as_str());
            prop_assert!(is_number(&cell) || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
        }
    }
}
