//! Numbers that a text says, in digits or in words: what a public edition
//! hides must not stand in the sentence beside it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::idioms::is_no_number;
use crate::domain::period::MONTHS;

const WORDS: [&str; 20] = [
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
];

const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Every word that is a number by its name.
pub(super) fn number_words() -> impl Iterator<Item = &'static str> {
    WORDS.iter().chain(&TENS).copied()
}

/// Words that are a number without being called one.
const OTHERS: [(&str, u32); 23] = [
    ("nought", 0),
    ("nil", 0),
    ("none", 0),
    ("nobody", 0),
    ("single", 1),
    ("sole", 1),
    ("once", 1),
    ("both", 2),
    ("pair", 2),
    ("couple", 2),
    ("twice", 2),
    ("twins", 2),
    ("duo", 2),
    ("trio", 3),
    ("thrice", 3),
    ("threesome", 3),
    ("triplets", 3),
    ("quartet", 4),
    ("foursome", 4),
    ("quadruplets", 4),
    ("quintet", 5),
    ("quintuplets", 5),
    ("dozen", 12),
];

/// Words that are a percentage: of a whole, or of what was before.
const CHANGES: [(&str, u32); 7] = [
    ("half", 50),
    ("halved", 50),
    ("doubled", 100),
    ("trebled", 200),
    ("tripled", 200),
    ("quadrupled", 300),
    ("unchanged", 0),
];

/// What a whole is parted in, by the word for one part.
const PARTS: [(&str, u32); 6] =
    [("third", 3), ("quarter", 4), ("fifth", 5), ("sixth", 6), ("eighth", 8), ("tenth", 10)];

/// A number of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SaidNumber {
    pub(super) value: Decimal,
    pub(super) is_percent: bool,
}

impl SaidNumber {
    fn plain(value: Decimal) -> Self {
        Self { value, is_percent: false }
    }

    /// What it counts, if it may count something.
    pub(super) fn count(&self) -> Option<u32> {
        self.value.to_u32().filter(|_| !self.is_percent && self.value.fract().is_zero())
    }

    fn percent(value: u32) -> Self {
        Self { value: value.into(), is_percent: true }
    }
}

/// A text in small letters with plain digits, without marks that nobody sees.
pub(super) fn plain(text: &str) -> String {
    let plain = |c: char| match c {
        '·' => '.',
        // Full-width digits and letters are plain ones.
        '\u{ff10}'..='\u{ff19}' | '\u{ff41}'..='\u{ff5a}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        // So are raised ones.
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_digit(u32::from(c) - 0x2070, 10).unwrap_or(c),
        _ => c,
    };
    unbroken(text).to_lowercase().chars().map(plain).collect()
}

/// The words of a text in small letters, each number and each "%" with what
/// belongs to it.
pub(super) fn words_of(text: &str) -> Vec<String> {
    plain(text)
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ',' | '%')))
        .map(|token| token.trim_matches(['.', ',']))
        .filter(|token| !token.is_empty())
        .flat_map(parted)
        .collect()
}

/// A text without what stands within a word and is not seen: marks of no width, and
/// the signs of an emphasis ("th**ree**").
fn unbroken(text: &str) -> String {
    let is_mark = |c: char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}');
    let seen: Vec<char> = text.chars().filter(|c| !is_mark(*c)).collect();
    let letter = |c: Option<&char>| c.is_some_and(|c| c.is_alphabetic());
    let stays = |at: &usize| {
        let next = seen[*at..].iter().find(|c| **c != '*');
        let before = seen[..*at].iter().rev().find(|c| **c != '*');
        seen[*at] != '*' || !(letter(next) && letter(before))
    };
    (0..seen.len()).filter(stays).map(|at| seen[at]).collect()
}

/// A number and what is written onto it: "90pc", "3x".
fn parted(token: &str) -> Vec<String> {
    let digits = token.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    match &token[digits.len()..] {
        unit @ ("pc" | "pp" | "x")
            if digits.bytes().any(|byte| byte.is_ascii_digit()) && !digits.contains(char::is_alphabetic) =>
        {
            vec![digits.to_owned(), unit.to_owned()]
        }
        _ => vec![token.to_owned()],
    }
}

/// The sentences of a text: a point within a number ends none.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let ends = c == '\n' || (matches!(c, '.' | '!' | '?') && next.is_none_or(char::is_whitespace));
        if ends {
            all.push(&text[from..at]);
            from = at + c.len_utf8();
        }
    }
    all.push(&text[from..]);
    all.retain(|sentence| !sentence.trim().is_empty());
    all
}

/// Every number among the words of a sentence, in their order. Numbers in references
/// ("CLA06", "P8"), days of the month ("3 December") and ordinals are none, nor are
/// words that are a number elsewhere ("twice a week").
pub(super) fn numbers_of(words: &[String]) -> Vec<SaidNumber> {
    (0..words.len()).flat_map(|at| said_at(words, at)).collect()
}

fn said_at(words: &[String], at: usize) -> Vec<SaidNumber> {
    let word = |by: usize| words.get(at + by).map(String::as_str).unwrap_or_default();
    if is_no_number(words, at) {
        return Vec::new();
    }
    if let Some((_, percent)) = CHANGES.iter().find(|(change, _)| *change == word(0)) {
        let half_a_dozen = word(0) == "half" && word(1) == "a" && word(2) == "dozen";
        let said = if half_a_dozen { SaidNumber::plain(6.into()) } else { SaidNumber::percent(*percent) };
        return vec![said];
    }
    let (number, is_marked) = match word(0).strip_suffix('%') {
        Some(digits) => (digits.replace(',', "").parse().ok(), true),
        None => (in_words(words, at).map(Decimal::from).or_else(|| in_digits(word(0), word(1))), false),
    };
    let many = number.or((word(0) == "a").then_some(Decimal::ONE));
    let mut said = Vec::new();
    if let Some(value) = number {
        let mut length = length_in_words(words, at);
        let is_half_more = [0, 1, 2].map(|by| word(length + by)) == ["and", "a", "half"];
        let is_half_more = is_half_more && !matches!(word(length + 3), "of" | "were" | "are");
        if is_half_more {
            length += 3;
        }
        let is_percent = is_marked
            || matches!(word(length), "%" | "percent" | "percentage" | "pc" | "pp")
            || (word(length) == "per" && word(length + 1) == "cent");
        let value = if is_half_more { value + Decimal::new(5, 1) } else { value };
        said.push(SaidNumber { value, is_percent });
        // What a longer number begins with is a number too: "twenty, five of them".
        let own = simple(word(0)).map(Decimal::from).filter(|own| *own != value && !is_half_more);
        said.extend(own.map(SaidNumber::plain));
        // "Twice as many" is double.
        let is_double = word(0) == "twice" && matches!(word(1), "as" | "the" | "that" | "what" | "its" | "their");
        said.extend(is_double.then(|| SaidNumber::percent(100)));
    }
    said.extend(many.and_then(|many| share(many, &[word(1), word(2), word(3)])));
    said
}

/// "three quarters", "a third", "one in four", "3 out of 12", in whole percent.
fn share(many: Decimal, after: &[&str; 3]) -> Option<SaidNumber> {
    let parts = |word: &str| PARTS.iter().find(|(part, _)| *part == word.trim_end_matches('s')).map(|(_, n)| *n);
    let number = |word: &str| simple(word).or_else(|| word.parse().ok());
    let of = match after {
        ["in", all, _] | ["out", "of", all] => number(all)?,
        [part, ..] => parts(part)?,
    };
    if of > 100 {
        return None;
    }
    let percent = Decimal::ONE_HUNDRED.checked_mul(many)?.checked_div(of.into())?;
    let percent = crate::domain::measure::round(percent, 0);
    (percent <= Decimal::ONE_HUNDRED).then_some(SaidNumber { value: percent, is_percent: true })
}

fn simple(word: &str) -> Option<u32> {
    let of = |words: &[&str]| words.iter().position(|known| *known == word).and_then(|n| u32::try_from(n).ok());
    let other = || OTHERS.iter().find(|(known, _)| *known == word).map(|(_, number)| *number);
    of(&WORDS).or_else(|| of(&TENS).map(|tens| 10 * tens + 20)).or_else(other)
}

/// "five", "twenty-five", "a hundred", "one hundred and five".
fn in_words(words: &[String], at: usize) -> Option<u32> {
    let word = |at: usize| words.get(at).map(String::as_str).unwrap_or_default();
    let below_hundred = |at: usize| {
        let one = simple(word(at))?;
        let unit = simple(word(at + 1)).filter(|unit| (1..10).contains(unit) && WORDS.contains(&word(at + 1)));
        let tens = TENS.contains(&word(at));
        Some(one + unit.filter(|_| tens).unwrap_or_default())
    };
    if word(at + 1) == "hundred" {
        let hundreds = if word(at) == "a" { Some(1) } else { simple(word(at)) }?;
        let rest = below_hundred(if word(at + 2) == "and" { at + 3 } else { at + 2 });
        return hundreds.checked_mul(100)?.checked_add(rest.unwrap_or_default());
    }
    below_hundred(at)
}

/// How many words the number takes that begins here.
fn length_in_words(words: &[String], at: usize) -> usize {
    let word = |at: usize| words.get(at).map(String::as_str).unwrap_or_default();
    let is_compound = TENS.contains(&word(at)) && WORDS[1..10].contains(&word(at + 1));
    if is_compound || word(at + 1) == "hundred" { 2 } else { 1 }
}

pub(super) fn in_digits(word: &str, next: &str) -> Option<Decimal> {
    word.replace(',', "").parse().ok().filter(|_| !is_month(next))
}

/// Whether a word is a number written out.
pub(super) fn is_number_word(word: &str) -> bool {
    simple(word).is_some()
}

pub(super) fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word))
}

/// Which of some whole numbers a text names, in the order of the text.
///
/// Percentages, decimals, numbers in references, days of the month and years
/// are no counts. "One" is always taken for one.
pub fn names_number(text: &str, numbers: &[u32]) -> Vec<u32> {
    let said = sentences(text).into_iter().flat_map(|sentence| numbers_of(&words_of(sentence)));
    let mut found = Vec::new();
    for number in said.filter_map(|said| said.count()) {
        if numbers.contains(&number) && !found.contains(&number) {
            found.push(number);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_within_a_number_ends_no_sentence() {
        for (text, expected) in [
            ("It is 25.0% now. Who? Nobody!", &["It is 25.0% now", " Who", " Nobody"][..]),
            ("Missing children\n4", &["Missing children", "4"]),
            ("", &[]),
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }

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
            ("a quartet, and ３ more", &[4, 3]),
        ] {
            assert_eq!(names_number(text, &[1, 2, 3, 4]), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_seen_or_written_onto_a_number_hides_none() {
        for text in [
            "th**ree** left",
            "thr\u{200B}ee left",
            "thr\u{AD}ee left",
            "3x as seen",
            "triplets",
            "three\u{b3} ³",
            "a threesome",
        ] {
            assert_eq!(names_number(text, &[3]), [3], "{text}");
        }
        for text in ["H3 and A3x", "**th** ree", "x3 pc", "Year³"] {
            assert_eq!(names_number(text, &[3]), Vec::<u32>::new(), "{text}");
        }
        let percent = numbers_of(&words_of("90pc of them"));
        assert_eq!(percent, [SaidNumber::percent(90)]);
    }

    #[test]
    fn a_number_is_said_as_a_count_as_a_percentage_and_as_a_share() {
        let said = |text: &str| {
            let numbers = numbers_of(&words_of(text));
            let text = |said: &SaidNumber| format!("{}{}", said.value, if said.is_percent { "%" } else { "" });
            numbers.iter().map(text).collect::<Vec<_>>().join(" ")
        };
        for (text, expected) in [
            ("25.0% this month", "25.0%"),
            ("25 per cent, 26 percent, 27 %", "25% 26% 27%"),
            ("down 5 percentage points", "5%"),
            ("seventy-five per cent", "75% 70 5%"),
            ("forty-two children", "42 40 2"),
            ("one hundred and five", "105 1 5"),
            ("a quarter; two thirds; three-quarters", "25% 2 67% 3 75%"),
            ("one in four, 3 out of 12", "1 25% 4 3 25% 12"),
            ("it has halved", "50%"),
            ("half a dozen", "6 12"),
            ("half of 12", "50% 12"),
            ("half-time posts, half a year, the first half", ""),
            ("two and a half years", "2.5"),
            ("two and a half per cent", "2.5%"),
            ("two and a half of the rest", "2 50%"),
            ("twice as many", "2 100%"),
            ("twice", "2"),
            ("the third week of a quarterly review", ""),
            ("14.5 days", "14.5"),
            ("1,204.5", "1204.5"),
            ("K1 and 3rd", ""),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
