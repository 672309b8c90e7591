//! Numbers that a text names, in digits or in words: what a public edition
//! hides must not stand in the sentence beside it.

use crate::domain::period::MONTHS;

const WORDS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// Words that are a number without being called one.
const OTHERS: [(&str, u32); 9] = [
    ("single", 1),
    ("sole", 1),
    ("once", 1),
    ("both", 2),
    ("pair", 2),
    ("couple", 2),
    ("twice", 2),
    ("trio", 3),
    ("dozen", 12),
];

/// Which of some whole numbers a text names, in the order of the text.
///
/// Percentages, decimals, numbers in references ("CLA06", "P8"), days of the
/// month ("3 December") and years are no counts. "One" is always taken for one.
pub fn names_number(text: &str, numbers: &[u32]) -> Vec<u32> {
    let tokens: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ',' | '%')))
        .map(|token| token.trim_end_matches(['.', ',']).to_owned())
        .filter(|token| !token.is_empty())
        .collect();
    let mut found = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let next = tokens.get(i + 1).map(String::as_str).unwrap_or_default();
        if let Some(number) = number(token, next)
            && numbers.contains(&number)
            && !found.contains(&number)
        {
            found.push(number);
        }
    }
    found
}

fn number(token: &str, next: &str) -> Option<u32> {
    let word = WORDS.iter().position(|word| *word == token).and_then(|n| u32::try_from(n).ok());
    let other = || OTHERS.iter().find(|(word, _)| *word == token).map(|(_, number)| *number);
    let digits = || token.replace(',', "").parse().ok().filter(|_| !is_month(next) && next != "%");
    word.or_else(other).or_else(digits)
}

fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_found_in_digits_and_in_words() {
        for (text, expected) in [
            ("Three children moved.", &[3][..]),
            ("3 of 87 were late.", &[3]),
            ("The last (three) were seen; 4 were not.", &[3, 4]),
            ("three-year-olds", &[3]),
            ("Both came back.", &[2]),
            ("One child and a single parent", &[1]),
            ("3% and 3.4 days", &[]),
            ("CLA03 on 3 December 2026", &[]),
            ("13 and 30 and 1,003", &[]),
            ("Nobody", &[]),
        ] {
            assert_eq!(names_number(text, &[1, 2, 3, 4]), expected, "{text}");
        }
    }
}
