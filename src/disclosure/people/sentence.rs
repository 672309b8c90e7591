//! A text's sentences and their words.

use std::sync::LazyLock;

use regex::Regex;

use super::word_list::WordList;
use super::{OwnWords, bodies};

/// What a full stop behind does not end a sentence.
static ABBREVIATIONS: WordList = WordList::new(
    " mr mrs ms mx dr rev st cllr no nos approx e.g i.e eg ie vs etc tel mob ref fl apt reg ext d.o d.o.b dob ",
);

/// Letters, figures, and what holds a word together.
static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\w&&[^_]](?:[\w&&[^_]]|['’\-])*").ok());

/// The sentences of a text, as they stand in it. A line's end alone ends none:
/// long lines are broken anywhere.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let (mut found, mut start) = (Vec::new(), 0);
    for (at, sign) in text.char_indices() {
        let after = text.get(at + sign.len_utf8()..).unwrap_or_default();
        let ends = match sign {
            '\n' => after.trim_start_matches([' ', '\t', '\r']).starts_with(['\n', '-', '*', '•', '#']),
            '.' => is_followed_by_blank(after) && !is_abbreviation(text.get(start..at).unwrap_or_default()),
            '!' | '?' => is_followed_by_blank(after),
            _ => false,
        };
        if ends {
            let end = at + sign.len_utf8();
            found.push(text.get(start..end).unwrap_or_default());
            start = end;
        }
    }
    found.push(text.get(start..).unwrap_or_default());
    found.into_iter().map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
}

fn is_followed_by_blank(after: &str) -> bool {
    let after = after.trim_start_matches(['"', '”', '’', '\'', ')', '*', '_']);
    after.is_empty() || after.starts_with(char::is_whitespace)
}

fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    initial || ABBREVIATIONS.has(&word.to_lowercase())
}

/// A text with the signs of a typewriter in place of a printer's.
pub(super) fn with_plain_signs(text: &str) -> String {
    let plain = |c: char| match c {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        '–' | '—' | '‑' | '‐' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    text.chars().filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}')).map(plain).collect()
}

/// The words of a text without what makes them a genitive.
pub(super) fn bare_words(text: &str) -> impl Iterator<Item = &str> {
    WORD.iter().flat_map(move |word| word.find_iter(text)).map(|found| bare(found.as_str()).0)
}

/// A word without "'s", and whether it had it.
fn bare(word: &str) -> (&str, bool) {
    let word = word.trim_end_matches('-');
    let stem = ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end));
    (stem.unwrap_or(word).trim_end_matches(['\'', '’', '-']), stem.is_some())
}

/// A word of a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct SentenceWord<'t> {
    /// Without "'s".
    pub(super) text: &'t str,
    /// Whether it had it.
    pub(super) is_genitive: bool,
    /// Whether a sentence, a quotation or a list begins with it.
    pub(super) starts: bool,
    /// Whether nothing but blanks stands between it and the word before.
    pub(super) follows: bool,
    /// Whether nothing but a comma does.
    pub(super) after_comma: bool,
    /// Whether it stands in a title of the council's own, or in the name of a body
    /// that is called after somebody.
    pub(super) is_own: bool,
    /// Whether it stands in an address of mail or of the web.
    pub(super) is_in_address: bool,
    /// Whether it stands alone in brackets.
    pub(super) is_bracketed: bool,
}

impl SentenceWord<'_> {
    /// "Smith", "O'Brien", "McDonald"; no abbreviation, nor several ("PEPs").
    pub(super) fn is_capital(&self) -> bool {
        let is_several =
            self.text.strip_suffix('s').is_some_and(|one| one.len() > 1 && one.chars().all(char::is_uppercase));
        !is_several
            && self.text.chars().next().is_some_and(char::is_uppercase)
            && self.text.chars().any(char::is_lowercase)
    }

    /// "J".
    pub(super) fn is_initial(&self) -> bool {
        self.text.chars().count() == 1 && self.text.chars().all(char::is_uppercase)
    }

    /// "SMITH".
    pub(super) fn is_all_capitals(&self) -> bool {
        self.text.chars().count() > 2 && self.text.chars().all(|c| c.is_uppercase() || matches!(c, '\'' | '’' | '-'))
    }

    /// In small letters.
    pub(super) fn lower(&self) -> String {
        self.text.to_lowercase().replace('’', "'")
    }
}

/// What stands between the blanks around a place in a text.
fn token_at(text: &str, at: usize) -> &str {
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    let start = before.char_indices().rfind(|(_, c)| c.is_whitespace()).map_or(0, |(blank, c)| blank + c.len_utf8());
    let end = after.find(char::is_whitespace).map_or(text.len(), |blank| at + blank);
    text.get(start..end).unwrap_or_default()
}

/// Whether what has no blank in it is an address: a scheme, or a stop between letters.
fn is_address(token: &str) -> bool {
    let is_inner = |(at, _): (usize, &str)| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
        token.get(..at).unwrap_or_default().ends_with(is_part)
            && token.get(at + 1..).unwrap_or_default().starts_with(is_part)
    };
    token.contains("://") || token.contains('@') || token.match_indices('.').any(is_inner)
}

/// The words of a sentence.
#[derive(Debug)]
pub(super) struct Sentence<'t> {
    /// Its words in order.
    pub(super) words: Vec<SentenceWord<'t>>,
}

impl<'t> Sentence<'t> {
    /// Takes a sentence apart.
    pub(super) fn read(text: &'t str, own: &OwnWords) -> Self {
        let (mut words, mut end) = (Vec::<SentenceWord<'t>>::new(), 0);
        for found in WORD.iter().flat_map(|word| word.find_iter(text)) {
            let gap = text.get(end..found.start()).unwrap_or_default();
            let is_short = |word: &SentenceWord<'_>| is_abbreviation(word.text);
            let may_have_stop = words.last().is_some_and(is_short);
            let is_blank = |c: char| c.is_whitespace() || matches!(c, '*' | '_') || c == '.' && may_have_stop;
            let (word, is_genitive) = bare(found.as_str());
            // "Jack & Jill", but not "A&E".
            let is_and = gap.trim() == "&" && gap.len() > 1;
            let after = text.get(found.end()..).unwrap_or_default();
            let is_joined = |signs: &[char]| after.starts_with(signs) && !is_followed_by_blank(&after[1..]);
            // "Kayleigh/Jayden" is two words, "example.org/page" an address.
            let is_path = || is_address(token_at(text, found.start()));
            words.push(SentenceWord {
                text: word,
                is_genitive,
                starts: words.is_empty() || gap.contains([':', '"', '“', '‘', '•', ';']),
                after_comma: gap.trim() == ",",
                follows: !words.is_empty() && (is_and || gap.chars().all(is_blank)),
                is_own: false,
                is_in_address: is_joined(&['@', '.', '_'])
                    || gap.ends_with(['@', '_'])
                    || gap == "."
                    || (is_joined(&['/']) || gap.ends_with('/')) && is_path(),
                is_bracketed: gap.ends_with('(') && after.starts_with(')'),
            });
            end = found.end();
        }
        let texts: Vec<&str> = words.iter().map(|word| word.text).collect();
        for (word, is_own) in words.iter_mut().zip(own.marks(&texts).into_iter().zip(bodies::marks(&texts))) {
            word.is_own = is_own.0 || is_own.1;
        }
        Self { words }
    }
}
