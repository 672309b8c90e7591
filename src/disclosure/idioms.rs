//! Words that are a number in some places only: "it happened twice" counts what
//! happened, "twice a week" and "a child who moves twice" count nothing that is
//! published.
//!
//! A place is named here only where no count can be meant; any other is in doubt,
//! and there the word is a number.

use super::numbers::is_month;

/// How often something is done as a rule.
const RATES: [&str; 9] = ["a", "an", "every", "each", "per", "daily", "weekly", "monthly", "yearly"];

/// Who does what comes after a "once" that is "as soon as".
const SUBJECTS: [&str; 13] =
    ["we", "they", "it", "he", "she", "you", "i", "the", "all", "our", "their", "your", "somebody"];

/// What a half is taken of where nobody is counted: "half-time", "half a year".
const TIMES: [&str; 10] = ["time", "term", "terms", "way", "past", "yearly", "year", "hour", "day", "month"];

/// Who makes a couple that is two grown-ups.
const COUPLES: [&str; 6] = ["foster", "fostering", "married", "adoptive", "adopting", "retired"];

/// Words of a sentence about this month and not about every month.
const PARTICULAR: [&str; 6] = ["this", "today", "now", "last", "yesterday", "ago"];

/// Words of what has happened, beside those on "ed".
const PAST: [&str; 26] = [
    "was", "were", "has", "have", "had", "did", "been", "went", "came", "left", "ran", "fell", "rose", "got", "took",
    "made", "saw", "met", "said", "told", "found", "lost", "held", "kept", "became", "began",
];

/// Whether a word that may be a number is none in its place among the words of a
/// sentence.
pub(super) fn is_no_number(words: &[String], at: usize) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| words.get(at)).map(String::as_str).unwrap_or_default();
    let (before, next, after) = (word(at.checked_sub(1)), word(Some(at + 1)), word(Some(at + 2)));
    match word(Some(at)) {
        "once" => before == "at" || RATES.contains(&next) || SUBJECTS.contains(&next) || is_of_everybody(words, at),
        "twice" | "thrice" => RATES.contains(&next) || is_of_everybody(words, at),
        "half" => {
            TIMES.contains(&next)
                || (matches!(next, "a" | "an") && TIMES.contains(&after))
                || matches!(before, "first" | "second" | "latter")
                || (before == "a" && word(at.checked_sub(2)) == "and" && !matches!(next, "of" | "were" | "are"))
        }
        "couple" => COUPLES.contains(&before),
        "pair" => next == "of" && matches!(after, "eyes" | "hands"),
        "single" => before == "every",
        _ => false,
    }
}

/// Whether a sentence says how it is with whoever does something so often: "a child
/// who moves twice has a meeting".
fn is_of_everybody(words: &[String], at: usize) -> bool {
    let (before, is) = (&words[..at], |word: &String, all: &[&str]| all.contains(&word.as_str()));
    let is_verb = |word: &String| word.ends_with('s') && !is(word, &["was", "has", "this", "as"]);
    let Some(anybody) = before.iter().position(|word| is(word, &["a", "an", "any", "each", "every"])) else {
        return false;
    };
    let does = |pair: &[String]| is(&pair[0], &["who", "that", "which"]) && is_verb(&pair[1]);
    before[anybody..].windows(2).any(does)
        && before.iter().rev().take(2).any(is_verb)
        && !before.iter().any(|word| word.ends_with("ed") || is(word, &PAST))
        && !words.iter().any(|word| is(word, &PARTICULAR) || is_month(word))
}

#[cfg(test)]
mod tests {
    use super::super::numbers::names_number;

    #[test]
    fn a_word_is_a_number_where_a_count_could_be_meant() {
        for (text, expected) in [
            ("It happened twice.", &[2][..]),
            ("It rose to twice.", &[2]),
            ("It is twice the number of May", &[2]),
            ("We see it twice a week.", &[]),
            ("A child who goes missing twice counts twice. It has no target.", &[]),
            ("Every child who moves twice has a meeting within a week", &[]),
            // Somebody did, or does so this month, or another sentence is of everybody.
            ("A child who went missing twice is safe.", &[2]),
            ("A boy who is in care was late for lessons twice.", &[2]),
            ("A child who goes missing twice in October", &[2]),
            ("A child who goes missing twice this month", &[2]),
            ("Every child who comes is safe. It happened twice.", &[2]),
            ("A child missing twice", &[2]),
            ("The boy who goes missing twice", &[2]),
            ("It happened once.", &[1]),
            ("It happened once this month", &[1]),
            ("Not more than once", &[1]),
            ("We ring once a week, and at once if need be", &[]),
            ("We make a plan once we know that a child is at risk", &[]),
            ("A couple came back", &[2]),
            ("A couple of them", &[2]),
            ("The couple are safe", &[2]),
            ("A married couple took him in", &[]),
            ("A pair came back", &[2]),
            ("A second pair of eyes", &[]),
            ("a single child", &[1]),
            ("every single child", &[]),
            ("two and a half years", &[]),
            ("two, and a half of the rest", &[2]),
        ] {
            assert_eq!(names_number(text, &[1, 2, 3]), expected, "{text}");
        }
    }
}
