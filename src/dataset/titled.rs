//! A month in a title that is not the one which the sheet's figures are read as:
//! a tab that was copied from the month before keeps the title of that one, and
//! sometimes its figures.

use std::sync::LazyLock;

use regex::Regex;

use super::months;
use super::text;
use crate::domain::period::Period;

/// A month's name and a year, wherever they stand in a text.
static MONTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    text::pattern(
        r"(?i)\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)[ \-/'.]{0,2}(?:20)?[0-9]{2}\b",
    )
});
/// Words that make a month another one than that of the figures.
static OTHER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    text::pattern(
        r"(?i)\b(?:since|from|previous(?:ly)?|last|prior|compar\w*|versus|vs|against|baseline|targets?|agreed|approved|reviewed|version|revised|updated|template|published|printed|created|extracted|report(?:ed)? (?:run|to)|return to|board of|meeting|committee|panel of|inspection|ofsted|census|population|cohort|plan|adopted|source|mid-year|visit|judge\w*)\b",
    )
});

/// The one month that a text says; none where it says several, or of what.
pub(super) fn month_in(typed: &str) -> Option<Period> {
    let typed = text::collapsed(typed);
    if OTHER.as_ref()?.is_match(&typed) {
        return None;
    }
    let mut said: Option<Period> = None;
    for found in MONTH.as_ref()?.find_iter(&typed) {
        let plain = found.as_str().replace(['/', '\'', '.', '-'], " ").replacen("Sept ", "Sep ", 1);
        let month = months::month_by_any(&text::collapsed(&plain), false)?;
        if said.is_some_and(|known| known != month) {
            return None;
        }
        said = Some(month);
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_says_a_month_where_it_says_one_and_of_the_figures() {
        for (title, month) in [
            ("Children's services scorecard – September 2026", Some("2026-09")),
            ("Position at 30 September 2026", Some("2026-09")),
            ("KPIs Sep-26", Some("2026-09")),
            ("Sept 2026 return", Some("2026-09")),
            ("Month: SEP 26", Some("2026-09")),
            ("Oct 2026 (October 2026)", Some("2026-10")),
            ("April 2025 to March 2026", None),
            ("Compared with September 2026", None),
            ("Targets agreed in March 2026", None),
            ("Version 2, May 2024", None),
            ("Scorecard 2026/27", None),
            ("May we help? 26 ideas", None),
            ("", None),
        ] {
            assert_eq!(month_in(title).map(|month| month.to_string()).as_deref(), month, "{title}");
        }
    }
}
