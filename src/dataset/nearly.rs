//! Headers that are meant as months and read as none.

use super::months::{self, Month, Months, plain};
use crate::domain::period::{MONTHS, Period};

/// Words that make a column beside a month another one's: its target, its
/// rating, what it is worked from.
const COMPANIONS: [&str; 64] = [
    "target",
    "targets",
    "rag",
    "rating",
    "rated",
    "status",
    "dot",
    "direction",
    "trend",
    "change",
    "variance",
    "var",
    "difference",
    "diff",
    "forecast",
    "predicted",
    "projected",
    "projection",
    "plan",
    "planned",
    "budget",
    "profile",
    "num",
    "numerator",
    "number",
    "den",
    "denom",
    "denominator",
    "out",
    "n",
    "d",
    "%",
    "percent",
    "percentage",
    "comment",
    "comments",
    "commentary",
    "note",
    "notes",
    "ytd",
    "cumulative",
    "cum",
    "average",
    "avg",
    "mean",
    "rolling",
    "baseline",
    "outturn",
    "national",
    "england",
    "region",
    "regional",
    "benchmark",
    "comparator",
    "sn",
    "last",
    "previous",
    "same",
    "vs",
    "versus",
    "total",
    "rank",
    "quartile",
    "owner",
];

/// Whether a text holds a word for what is no indicator's own figure: a target, a
/// rating, a total.
pub(super) fn is_companion(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '%').filter(|word| !word.is_empty());
    words.any(|word| {
        COMPANIONS.contains(&word)
            || matches!(
                word,
                "subtotal"
                    | "sum"
                    | "totals"
                    | "all"
                    | "overall"
                    | "neighbours"
                    | "neighbour"
                    | "statistical"
                    | "median"
                    | "quarter"
            )
    })
}

/// Whether a header that no declared format reads is a month all the same:
/// mistyped ("Jnu-25"), in a format that is not declared ("06/25"), or with
/// something round it ("Jun-25 draft"). `known` are the months that other
/// headers stand for: beside "Jun-25" a "Jun-25 draft" is another column.
/// `between` says that it stands between two of them.
pub(super) fn is_nearly(typed: &str, known: &[Period], between: bool, months: &mut Months<'_>) -> bool {
    let text = plain(typed);
    is_meant(&text)
        || (between && is_slip(&text))
        || part_of(&text, months).is_some_and(|month| !known.contains(&month))
}

/// One word that begins as a month's name, and a year. "Septembr 26" is meant;
/// "Mar RAG", "Marked 12" and "May target" are not.
fn is_meant(text: &str) -> bool {
    let Some((word, rest)) = word_and_rest(text) else { return false };
    is_year(&rest) && MONTHS.iter().any(|name| strsim::jaro_winkler(&word, &name.to_lowercase()) > 0.9)
}

/// A slip in a short name or in the year: "Jnu-25", "Jun-2O25", "Jun-225".
fn is_slip(text: &str) -> bool {
    let Some((word, rest)) = word_and_rest(text) else { return false };
    let names = || MONTHS.iter().map(|name| name.to_lowercase());
    let is_name = names().any(|name| name == word || name.get(..3) == Some(word.as_str()));
    if is_name {
        return (1..=5).contains(&rest.len()) && rest.bytes().any(|byte| byte.is_ascii_digit());
    }
    let is_near = |name: String| {
        let short = name.get(..3).unwrap_or_default();
        strsim::osa_distance(&word, short) == 1 || strsim::osa_distance(&word, &name) <= 2
    };
    is_year(&rest) && names().any(is_near)
}

/// The first word in small letters, and what is behind it.
fn word_and_rest(text: &str) -> Option<(String, String)> {
    let text = text.to_lowercase();
    let word: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    let rest = text.strip_prefix(&word)?.trim_start_matches([' ', '-', '/', '\'', '.']).to_owned();
    (word.chars().count() >= 3).then_some((word, rest))
}

fn is_year(rest: &str) -> bool {
    matches!(rest.len(), 2 | 4) && rest.bytes().all(|byte| byte.is_ascii_digit())
}

/// The month that a text is once words before or behind it are left out, by a
/// declared format or by any other; none where a word makes it something else.
fn part_of(text: &str, months: &mut Months<'_>) -> Option<Period> {
    let words: Vec<&str> =
        text.split([' ', '(', ')', '[', ']', '*', ':', ',']).filter(|word| !word.is_empty()).collect();
    if words.len() > 8 || words.iter().any(|word| COMPANIONS.contains(&word.to_lowercase().as_str())) {
        return None;
    }
    let mut read = |part: &[&str]| {
        let part = part.join(" ");
        match months.text(&part) {
            Ok(Month::At(month)) => Some(month),
            Ok(_) => None,
            Err(_) => months::month_by_any(&part, part.len() == text.len()),
        }
    };
    (1..=words.len()).rev().find_map(|size| {
        let (head, tail) = (words.get(..size)?, words.get(words.len() - size..)?);
        read(head).or_else(|| read(tail))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearly(typed: &str, between: bool) -> bool {
        let formats = ["%b-%y".to_owned()];
        let known = ["2025-05", "2025-07"].map(|month| month.parse().unwrap());
        is_nearly(typed, &known, between, &mut Months::new(&formats, &[], None, false))
    }

    #[test]
    fn a_mistyped_month_with_a_year_is_meant_as_one() {
        for meant in ["Septembr 26", "Octber-2026", "Novmber 26", "Januray 2026", "Febuary/26"] {
            assert!(nearly(meant, false), "{meant}");
        }
        for other in ["Mar RAG", "Marked 12", "May target", "Q1 26", "Target 2026", "Year 26", "", "2026", "Mayor 26 x"]
        {
            assert!(!nearly(other, true), "{other}");
        }
    }

    #[test]
    fn a_slip_between_months_is_meant_as_one() {
        for meant in ["Jnu-25", "Jum-25", "Jun-2O25", "Jun-225", "Jun25", "Juen 25", "45809"] {
            assert!(nearly(meant, true), "{meant}");
        }
        for other in ["Non 25", "Team 25", "Jun", "June", "Ward-25"] {
            assert!(!nearly(other, false), "{other}");
        }
    }

    #[test]
    fn words_round_a_month_do_not_hide_it_unless_they_say_what_it_is() {
        for meant in
            ["Jun-25 draft", "June 2025 final", "2025-06", "06/2025", "As at Jun-25", "Jun-25 (subject to audit)"]
        {
            assert!(nearly(meant, false), "{meant}");
        }
        // May and July have columns of their own.
        for other in
            ["May-25 draft", "Jul-25 (old)", "Jun-25 Target", "Jun-25 RAG", "Jun-25 (%)", "June 2025 numerator"]
        {
            assert!(!nearly(other, true), "{other}");
        }
    }
}
