//! A sentence as a page shows it: marks of emphasis and of links taken away, and
//! letters that look alike taken for one another. Who reads the page reads a name
//! through all of them.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Letters of other alphabets, and the Latin ones that they look like.
const FOREIGN: &str = "АВЕКМНОРСТУХІЈЅаеорсухіјѕԁӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχɑɡı";
const LATIN: &str = "ABEKMHOPCTYXIJSaeopcyxijsdlABEZHIKMNOPTYXaiknopuxagi";

/// "[the plan](https://…)".
static LINK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\[([^\]\n]*)\]\(\s*<?([^)\s>]*)[^)\n]*\)").ok());

/// `"R"`: one or two letters in quotation marks.
static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"["“'‘]([A-Z]{1,2})["”'’]"#).ok());

/// "K a y l e i g h", "K.a.y": letters, each by itself.
static SPACED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:^|[^\w.'’\-])([\w&&[^\d_]](?:[ .·\-][\w&&[^\d_]]){2,})(?:[^\w'’]|$)").ok());

/// A sentence without marks.
pub(super) fn as_printed(sentence: &str) -> String {
    let mut text = replaced(&LINK, &unmarked(sentence), |hit| format!("{} ({})", &hit[1], &hit[2]));
    text = replaced(&QUOTED, &text, |hit| hit[1].to_owned());
    replaced(&SPACED, &text, |hit| hit[0].replace(&hit[1], &joined(&hit[1])))
}

fn replaced(form: &Option<Regex>, text: &str, with: impl Fn(&Captures<'_>) -> String) -> String {
    form.as_ref().map_or_else(|| text.to_owned(), |form| form.replace_all(text, |hit: &Captures<'_>| with(hit)).into())
}

/// Without `*`, `` ` ``, `~`, and `_` at the edge of a word; a star between blanks is
/// a sign of arithmetic.
fn unmarked(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let is = |at: Option<usize>, of: fn(char) -> bool| at.and_then(|at| signs.get(at)).is_some_and(|c| of(*c));
    let is_mark = |at: usize, sign: char| match sign {
        '*' => !(is(at.checked_sub(1), char::is_whitespace) && is(Some(at + 1), char::is_whitespace)),
        '`' | '~' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => true,
        '\\' => is(Some(at + 1), |c| c.is_ascii_punctuation()),
        '_' => !(is(at.checked_sub(1), char::is_alphanumeric) && is(Some(at + 1), char::is_alphanumeric)),
        _ => false,
    };
    let kept = signs.iter().enumerate().filter(|(at, sign)| !is_mark(*at, **sign));
    kept.map(|(_, sign)| latin(*sign)).collect()
}

/// The Latin letter that another looks like.
fn latin(sign: char) -> char {
    let offset = |from: u32, to: char| char::from_u32(u32::from(sign) - from + u32::from(to)).unwrap_or(sign);
    match sign {
        'Ａ'..='Ｚ' => offset(0xff21, 'A'),
        'ａ'..='ｚ' => offset(0xff41, 'a'),
        'Ⓐ'..='Ⓩ' => offset(0x24b6, 'A'),
        'ⓐ'..='ⓩ' => offset(0x24d0, 'a'),
        // Bold, italic and script, 26 capitals and 26 small letters in turn.
        '\u{1d400}'..='\u{1d6a3}' => {
            let nth = (u32::from(sign) - 0x1d400) % 52;
            char::from_u32(if nth < 26 { 65 + nth } else { 71 + nth }).unwrap_or(sign)
        }
        _ if sign.is_ascii() => sign,
        _ => FOREIGN
            .chars()
            .zip(LATIN.chars())
            .find_map(|(foreign, latin)| (foreign == sign).then_some(latin))
            .unwrap_or(sign),
    }
}

/// Letters put together; "A B C" are letters.
fn joined(letters: &str) -> String {
    let plain: Vec<char> = letters.chars().filter(|c| c.is_alphabetic()).collect();
    let is_spelt = plain.iter().any(|c| c.is_lowercase()) || plain.len() > 4;
    let is_initials = letters.contains('.') && plain.len() < 4;
    if !is_spelt || is_initials {
        return letters.to_owned();
    }
    let mut word = String::new();
    for letter in plain {
        if letter.is_uppercase() && word.ends_with(char::is_lowercase) {
            word.push(' ');
        }
        word.push(letter);
    }
    word
}
