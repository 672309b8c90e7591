//! Whether words say how many, in whatever dress: the signs of a quantity beside
//! the numbers that `numbers` reads.
//!
//! A sentence on a hidden figure is printed only where it says none, so that it is
//! left out says nothing of what is hidden. So this errs on the side of seeing one.

use std::sync::LazyLock;

use regex::Regex;

use super::numbers::{in_digits, is_month, number_words, numbers_of, words_of};

/// Words and turns that tell how many, what share, how many times, or that one number
/// is another.
static TURNS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let turns = [
        // Multiples and parts, also of what was.
        r"(?:two|three|four|five|six|seven|eight|nine|ten|hundred|many|several|multi)-?fold\b",
        r"(?:doubl|trebl|tripl|quadrupl|quintupl|halv)\w*|(?:half|quarter(?:ed|ing)|factor of|magnitude|ratio)\b",
        r"the second\b|second (?:child|boy|girl|young|sibling|one|case|episode|pupil|of|to|this|in)\b",
        r"(?:seconds|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|(?:twen|thir|for|fif|six|seven|eigh|nine)tieth|hundredth)s?\b",
        r"quarters?\b|hundreds?\b|thousands?\b|millions?\b|scores? of",
        r"(?:twos|threes|fours|fives|sixes|sevens|eights|nines|tens|elevens|twelves|dozens|pairs|couples)\b",
        r"(?:two|three|four|five|six|seven|eight|nine|ten)(?:some|ish|ers?)\b",
        // So many together.
        r"(?:brace|handful|quads?|trios?|duos?|twin\w*|triplet\w*|quartets?|quintets?|sextets?|septets?|octets?|dyads?|triads?|tetrads?|pentads?|hexads?)\b",
        r"(?:lone|solitary|sole|solely|singl\w+|neither|naught)\b|(?:the|an|our|one|that|this|his|her|its) only\b",
        // One is left, or there was another beside it.
        r"(?:last|final|remaining|other|another) (?:[a-z-]+ )?(?:child|boy|girl|sibling|baby|toddler|teenager|pupil|person|placement|case|one)\b",
        r"the (?:other|last) (?:has|is|was|moved|went|left|came)\b",
        // As many as something else.
        r"same (?:as|number|figure|level|total|count|rate|share|amount|again|in|on|for|since)\b|same\W*$",
        r"as (?:many|few|much|high|low|large|small|big|great|little)\b",
        r"equal\w*|identical\w*|unchanged|unaltered|constant\b|exact\w*|precise\w*|tall(?:y|ies|ied)\b",
        r"(?:level|par) with|no (?:change (?:on|from|since|in|to|this|at)|change\W*$|differen\w+)",
        r"not? (?:been )?(?:chang|mov)ed?\b|(?:match|mirror)(?:e[sd]|s|ing)? (?:the|that|those|what|its|our|last|[a-z]+\d)",
        // Roman numerals and strokes.
        r"(?:i{2,4}|i?[vx]|[vx]i{1,4}|xi?[vx]|xvi*)\b",
    ];
    let strokes = r"(?:[|•#+]\s*){2,}|/{3,}|[|]\s*\d";
    Regex::new(&format!(r"\b(?:{})|{strokes}", turns.join("|"))).ok()
});

/// Whether a text says any quantity.
pub(super) fn has_any(text: &str) -> bool {
    !numbers_of(&words_of(text)).is_empty() || has_sign(text)
}

/// Whether a text, in small letters, says a quantity in any other form than as a
/// number that can be read.
pub(super) fn has_sign(text: &str) -> bool {
    let words = words_of(text);
    TURNS.as_ref().is_none_or(|turns| turns.is_match(text))
        || text.chars().any(is_strange)
        || text.split_whitespace().any(|word| is_dressed(word.trim_matches(|c: char| !c.is_alphanumeric())))
        || (0..words.len()).any(|at| is_numeral(&words, at) || is_dressed(&words[at]) || is_apart(&words[at..]))
}

/// A letter of another alphabet, or a sign that is no punctuation: a reader may see
/// a number in it, or count them.
fn is_strange(c: char) -> bool {
    let is_latin = matches!(c, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}');
    let is_mark = matches!(c, '\u{2000}'..='\u{206F}' | '\u{20A0}'..='\u{20CF}' | '\u{2122}' | '\u{2190}'..='\u{2193}' | '\u{2713}');
    let is_part = matches!(c, '¼'..='¾');
    is_part || !(is_latin || is_mark || c.is_whitespace())
}

/// Digits that cannot be read: "3rd", "f0ur", "4 October children".
fn is_numeral(words: &[String], at: usize) -> bool {
    let next = words.get(at + 1).map(String::as_str).unwrap_or_default();
    let has_digit = words[at].chars().any(char::is_numeric);
    has_digit && (is_month(next) || in_digits(words[at].trim_end_matches('%'), "").is_none())
}

/// A number in words in which something stands for a letter, or that has a letter
/// too many: "f0ur", "fóur", "fourr", "f.o.u.r".
pub(super) fn is_dressed(word: &str) -> bool {
    let is_letter = |c: &char| c.is_ascii_lowercase();
    let said: Vec<char> = word.chars().collect();
    let once = |word: &str| {
        let mut letters: Vec<char> = word.chars().filter(is_letter).collect();
        letters.dedup();
        letters
    };
    let is_all_letters = said.iter().all(is_letter);
    let has_point = word.contains('.');
    let is_one = number_words().any(|number| number == word);
    !is_one
        && number_words().any(|number| {
            let stands_for = said.len() == number.len()
                && said.iter().zip(number.chars()).all(|(c, own)| *c == own || !is_letter(c));
            let is_most = said.iter().filter(|c| is_letter(c)).count() * 2 >= number.len();
            (stands_for && is_most) || ((is_all_letters || has_point) && word != "teen" && once(word) == once(number))
        })
}

/// A number in words with gaps: "f o u r", "fo ur".
fn is_apart(words: &[String]) -> bool {
    let is_number = |word: &str| number_words().any(|number| number == word);
    let letters: String = words.iter().take_while(|word| word.chars().count() == 1).map(String::as_str).collect();
    let two = words.first().zip(words.get(1)).map(|(one, other)| format!("{one}{other}"));
    two.is_some_and(|two| is_number(&two)) || (3..=letters.len()).any(|end| letters.get(..end).is_some_and(is_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_seen_in_whatever_dress_and_none_in_other_words() {
        for (text, expected) in [
            ("f0ur", true),
            ("f\u{f3}ur", true),
            ("f*ur", true),
            ("fourr", true),
            ("fur", false),
            ("for our", false),
            ("fo ur", true),
            ("f o u r", true),
            ("a b c", false),
            ("teen", false),
            ("to too off", false),
            ("vii", true),
            ("via civil ill", false),
            ("④", true),
            ("¾", true),
            ("😀", true),
            ("café – “it’s” €", false),
            ("3rd", true),
            ("a second number we may call", false),
            ("a second child", true),
            ("4 october children", true),
            ("a | b", false),
            ("||||", true),
            ("twofold", true),
            ("a thirtieth", true),
            ("a tetrad", true),
            ("the same as ours", true),
            ("the same children", false),
            ("it stayed the same.", true),
            ("as many as ours", true),
            ("as soon as we can", false),
            ("the only girl", true),
            ("move the last child out", true),
            ("the last year of a child", false),
            ("another young person came", true),
            ("another way to help", false),
            ("since the other has moved", true),
            ("the other way round", false),
            ("the others are relatives", false),
            ("we only ask", false),
            ("matches that", true),
            ("matched with carers", false),
        ] {
            assert_eq!(has_any(text), expected, "{text}");
        }
    }
}
