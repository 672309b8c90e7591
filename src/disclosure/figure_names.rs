//! By what names officers call a figure: its title, in full or in short, its
//! category, its reference, its initials.

use std::collections::{BTreeMap, BTreeSet};

use super::numbers::{is_number_word, plain, words_of};
use crate::domain::Indicator;

/// Words that stand in many titles, and alone call no figure by its name; without
/// an "s" at their end.
const GENERIC: [&str; 33] = [
    "children",
    "child",
    "young",
    "people",
    "person",
    "number",
    "percentage",
    "percent",
    "rate",
    "count",
    "total",
    "average",
    "care",
    "case",
    "home",
    "month",
    "week",
    "day",
    "year",
    "time",
    "first",
    "last",
    "late",
    "live",
    "living",
    "held",
    "every",
    "each",
    "social",
    "plan",
    "being",
    "county",
    "council",
];

/// Words that say nothing of what a title is about.
const FILLERS: [&str; 18] = [
    "with", "from", "into", "that", "this", "were", "than", "more", "have", "their", "they", "those", "these", "what",
    "within", "without", "over", "under",
];

/// What may follow a common beginning of two forms of one word: "visit|s",
/// "adopt|ion", "assess|ed", "exclu|ded", "famil|ies".
const ENDINGS: [&str; 35] = [
    "", "s", "e", "es", "ed", "d", "er", "ers", "or", "ors", "ing", "ings", "ment", "ments", "ion", "ions", "al",
    "als", "ance", "ence", "t", "ts", "ce", "cy", "y", "ies", "ren", "ded", "sion", "sions", "ive", "ity", "ly",
    "able", "ation",
];

/// Words of no initials.
const SHORT: [&str; 14] = ["from", "by", "of", "or", "in", "the", "and", "a", "an", "to", "at", "for", "on", "with"];

/// A sentence as it is searched for names.
#[derive(Debug)]
pub(super) struct SentenceWords {
    /// All of it, in small letters.
    pub(super) text: String,
    pub(super) words: Vec<String>,
    /// Its words of three capitals or more, in small letters and in the singular.
    capitals: Vec<String>,
}

impl SentenceWords {
    pub(super) fn of(text: &str) -> Self {
        let is_capital = |word: &&str| word.len() > 2 && word.chars().all(|c| c.is_ascii_uppercase());
        let singular = |word| str::strip_suffix(word, 's').unwrap_or(word);
        let all = text.split(|c: char| !c.is_alphanumeric());
        let capitals = all.map(singular).filter(is_capital).map(str::to_lowercase).collect();
        Self { text: plain(text), words: words_of(text), capitals }
    }
}

/// By what officers call a figure.
#[derive(Debug, Clone, Default)]
pub(super) struct FigureNames {
    /// Its category or its title, in small letters.
    full: String,
    /// The same as words, where no sign of it is lost by that.
    full_words: Vec<String>,
    /// The reference of the indicator, in small letters, and its letters and numbers:
    /// "cla", "8".
    reference: String,
    reference_runs: Vec<String>,
    /// The words of its name that could call it.
    words: Vec<String>,
    /// Those that no other indicator's title has, nor another of its categories.
    own: Vec<String>,
    /// "CPP", of a title of three words or more, with its short words and without.
    initials: [String; 2],
}

/// How a sentence calls a figure.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Called<'n> {
    /// In full, by its reference or by its initials.
    InFull,
    /// By these words of its name, side by side.
    InShort(BTreeSet<&'n str>),
    /// By one word, which may be about anything.
    ByAWord(BTreeSet<&'n str>),
}

impl FigureNames {
    /// The names of an indicator or of a part of it, of which `titles` are the
    /// titles of all others and `siblings` the other categories of its breakdown.
    pub(super) fn of(indicator: &Indicator, titles: &BTreeMap<String, usize>, siblings: &[&str]) -> Self {
        let (name, reference) = match &indicator.segment {
            Some(segment) => (&segment.category, &segment.parent),
            None => (&indicator.title, &indicator.reference),
        };
        let in_titles = usize::from(indicator.segment.is_none());
        let siblings = words_of_titles(siblings.iter().copied());
        let is_own = |word: &str| {
            titles.get(stem(word)).copied().unwrap_or_default() <= in_titles && !siblings.contains_key(stem(word))
        };
        Self::named(name, &reference.to_string(), is_own)
    }

    fn named(name: &str, reference: &str, is_own: impl Fn(&str) -> bool) -> Self {
        let all = words_of(name);
        let words: Vec<String> = all.iter().filter(|word| is_telling(word)).cloned().collect();
        let may_be_own = |word: &&String| word.len() > 4 && !is_generic(word) && !is_number_word(word);
        let own = words.iter().filter(may_be_own).filter(|word| is_own(word)).cloned().collect();
        let initials = |words: &[&String]| -> String {
            if words.len() < 3 { String::new() } else { words.iter().filter_map(|word| word.chars().next()).collect() }
        };
        let long: Vec<&String> = all.iter().filter(|word| !SHORT.contains(&word.as_str())).collect();
        let initials = [initials(&all.iter().collect::<Vec<_>>()), initials(&long)];
        let full = name.trim().to_lowercase();
        let is_plain = full.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | ','));
        let full_words = if is_plain { all } else { Vec::new() };
        let reference = reference.to_lowercase();
        let reference_runs = runs(std::slice::from_ref(&reference));
        Self { full, full_words, reference, reference_runs, words, own, initials }
    }

    /// Whether a sentence has the reference, whatever stands in it ("CLA-08", "cla 8"),
    /// or the initials, in part where they are capitals ("CMH").
    fn is_said_by_letters(&self, said: &[String], capitals: &[String]) -> bool {
        let is_reference = match self.reference_runs.len() {
            0 | 1 => said.contains(&self.reference),
            many => runs(said).windows(many).any(|run| run == self.reference_runs),
        };
        let is_part = |capitals: &String| self.initials.iter().any(|all| all.contains(capitals.as_str()));
        let is_all =
            |word: &String| self.initials.iter().any(|all| !all.is_empty() && (all == word || all == stem(word)));
        is_reference || said.iter().any(is_all) || capitals.iter().any(is_part)
    }

    /// How a text, and the same as words, calls the figure, if it does. In a text
    /// about another one, the words of that one's title are its own.
    pub(super) fn called_in(&self, sentence: &SentenceWords, about: &[String]) -> Option<Called<'_>> {
        let SentenceWords { text, words: said, capitals } = sentence;
        let is_in_full = self.is_said_in_full(text, said);
        let is_a_word = self.words.len() < 2;
        if (is_in_full && !is_a_word) || self.is_said_by_letters(said, capitals) {
            return Some(Called::InFull);
        }
        let is_its_own = |word: &str| !about.iter().any(|other| is_form_of(other, word));
        // Two of its words side by side, or with one between them, are its title in
        // short, where little of it is missing. Short words between them do not part them.
        let all_are_generic = self.words.iter().all(|word| is_generic(word));
        let of_title = |said: &String| self.words.iter().find(|word| is_form_of(said, word) && is_its_own(word));
        let found: Vec<Option<&String>> = said.iter().filter(|said| is_telling(said)).map(of_title).collect();
        let are_two = |one: Option<&String>, other: Option<&String>| {
            one.zip(other)
                .is_some_and(|(one, other)| one != other && (all_are_generic || !is_generic(one) || !is_generic(other)))
        };
        let are_near =
            (1..=2).any(|by| found.iter().zip(found.iter().skip(by)).any(|(one, other)| are_two(*one, *other)));
        let shared: BTreeSet<&str> = found.into_iter().flatten().map(String::as_str).collect();
        let telling = |word: &&&str| !is_generic(word);
        let (all, all_telling) = (self.words.len(), self.words.iter().filter(|word| !is_generic(word)).count());
        let is_most = 2 * shared.len() >= all || 2 * shared.iter().filter(telling).count() > all_telling;
        let own = |word: &String| is_its_own(word) && said.iter().any(|said| is_form_of(said, word));
        match are_near && is_most {
            true => Some(Called::InShort(shared)),
            false => (is_in_full || self.own.iter().any(own)).then_some(Called::ByAWord(shared)),
        }
    }

    fn is_said_in_full(&self, text: &str, said: &[String]) -> bool {
        has_run(said, &self.full_words) || has_whole(text, &self.full)
    }
}

/// The letters and the numbers of words, each for itself, a number without noughts
/// before it.
fn runs(words: &[String]) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    for word in words {
        let mut before = None;
        for c in word.chars().filter(|c| c.is_alphanumeric()) {
            match runs.last_mut().filter(|_| before == Some(c.is_ascii_digit())) {
                Some(run) => run.push(c),
                None => runs.push(c.to_string()),
            }
            before = Some(c.is_ascii_digit());
        }
    }
    let without_noughts = |run: String| run.trim_start_matches('0').to_owned();
    runs.into_iter().map(without_noughts).filter(|run| !run.is_empty()).collect()
}

/// Whether some words stand side by side among others, in any form.
pub(super) fn has_run(said: &[String], words: &[String]) -> bool {
    let is_run = |run: &[String]| run.iter().zip(words).all(|(said, word)| is_form_of(said, word));
    !words.is_empty() && said.windows(words.len()).any(is_run)
}

/// Whether a text has another that no letter or digit goes on: "male" is not in
/// "female".
fn has_whole(text: &str, part: &str) -> bool {
    let is_end = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    let mut places = text.match_indices(part);
    !part.is_empty()
        && places
            .any(|(at, _)| is_end(text[..at].chars().next_back()) && is_end(text[at + part.len()..].chars().next()))
}

/// The words of an indicator's title.
pub(super) fn title_words(indicator: &Indicator) -> Vec<String> {
    words_of(&indicator.title).into_iter().filter(|word| is_telling(word)).collect()
}

/// Whether a word of a title says something of it.
fn is_telling(word: &str) -> bool {
    word.len() > 3 && word.chars().all(char::is_alphabetic) && !FILLERS.contains(&word)
}

/// How many titles have a word.
pub(super) fn words_of_titles<'t>(titles: impl Iterator<Item = &'t str>) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for title in titles {
        for word in words_of(title).iter().map(|word| stem(word)).collect::<BTreeSet<_>>() {
            *all.entry(word.to_owned()).or_default() += 1;
        }
    }
    all
}

fn is_generic(word: &str) -> bool {
    GENERIC.contains(&stem(word))
}

fn stem(word: &str) -> &str {
    word.trim_end_matches('s')
}

/// What is left of "moved", "moving" and "move", of "planned" and "plan".
fn root(word: &str) -> &str {
    let word = stem(word);
    let cut = ["ing", "ed", "e"].iter().find_map(|ending| word.strip_suffix(ending));
    let cut = cut.filter(|cut| cut.len() > 2).unwrap_or(word);
    let mut ends = cut.chars().rev();
    match (ends.next(), ends.next()) {
        (Some(last), Some(other)) if last == other && cut.len() > 3 => cut.strip_suffix(last).unwrap_or(cut),
        _ => cut,
    }
}

/// "referred" and "referrals", "child" and "children"; not "complete" and "complaint".
pub(super) fn is_form_of(one: &str, other: &str) -> bool {
    if stem(one) == stem(other) {
        return true;
    }
    let common: usize = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    match common {
        0..=2 => false,
        3..=4 => root(one) == root(other),
        5 => root(one) == root(other) || [one, other].iter().all(|word| ENDINGS.contains(&&word[common..])),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of a title among others, and whether a text calls it.
    fn calls(titles: &[&str], nth: usize, text: &str) -> Option<&'static str> {
        let counts = words_of_titles(titles.iter().copied());
        let names = FigureNames::named(titles[nth], &format!("K{}", nth + 1), |word| counts[stem(word)] == 1);
        match names.called_in(&SentenceWords::of(text), &[])? {
            Called::InFull => Some("in full"),
            Called::InShort(_) => Some("in short"),
            Called::ByAWord(_) => Some("by a word"),
        }
    }

    #[test]
    fn a_figure_is_called_by_more_than_its_whole_title() {
        let titles = [
            "Children missing from home or care",
            "Child protection plans",
            "Children in care",
            "Children in care with three or more homes in a year",
            "Care leavers in suitable accommodation",
            "Health checks on time",
        ];
        let (missing, plans, care, homes, leavers, checks) = (0, 1, 2, 3, 4, 5);
        let (full, short, word, none) = (Some("in full"), Some("in short"), Some("by a word"), None);
        for (figure, text, expected) in [
            (missing, "Missing children: 4", short),
            (missing, "missing: 4", word),
            (missing, "K-01: four", full),
            (missing, "k 1 is four", full),
            (missing, "CMFHOC, CMFH, MFH and CMHs: four", full),
            (missing, "A CMH is four", full),
            (missing, "cmh and CM: four", none),
            (missing, "K1 fell to four", full),
            (missing, "Four went missing from a home of ours for children", short),
            (missing, "K11 fell to four", none),
            (missing, "Four children in care wrote to us", none),
            (plans, "CPP: four", full),
            (plans, "cpps: four", full),
            (plans, "Four plans protect a child", short),
            (plans, "Four plans to protect children", short),
            (plans, "Four child protection plan", full),
            (plans, "Four children have a plan", none),
            (care, "Four children in care wrote", full),
            (care, "Four came into care", none),
            (homes, "three or more homes: 4", short),
            (homes, "Three workers joined", none),
            (leavers, "Accommodation of leavers: four", short),
            (leavers, "CLISA: four", full),
            (leavers, "The CLA team has four", none),
            (leavers, "Leaving care: four", none),
            (leavers, "Leavers in accommodation that is suitable: four", short),
            (checks, "Checks of health: four", short),
            (checks, "We check four times", short),
            (checks, "On time: four", none),
        ] {
            assert_eq!(calls(&titles, figure, text), expected, "{text}");
        }
    }

    #[test]
    fn a_category_is_called_where_nothing_goes_on() {
        for (category, text, expected) in [
            ("Male", "Four were female", None),
            ("Male", "Four were male.", Some("by a word")),
            ("Boys", "One boy", Some("by a word")),
            ("Other", "Another four", None),
            ("Other", "Four others", Some("by a word")),
            ("Custody", "Four of the child's own", None),
            ("16+", "Four are 16+", Some("by a word")),
            ("16+", "Four are 16", None),
            ("Under 5", "Four under 5s", Some("by a word")),
            ("Turned 18", "Who is about to turn 18", Some("by a word")),
            ("Secure home", "Four in secure homes", Some("in full")),
            ("Asian or Asian British", "Four Asian children", Some("by a word")),
        ] {
            assert_eq!(calls(&[category], 0, text), expected, "{category}: {text}");
        }
    }

    #[test]
    fn a_word_is_called_by_its_forms() {
        for (one, other, expected) in [
            ("referred", "referrals", true),
            ("child", "children", true),
            ("family", "families", true),
            ("planned", "plans", true),
            ("moving", "move", true),
            ("excluded", "exclusions", true),
            ("attended", "attendance", true),
            ("adoption", "adopted", true),
            ("completed", "complaints", false),
            ("special", "specific", false),
            ("care", "carer", false),
            ("male", "female", false),
            ("12", "120", false),
        ] {
            assert_eq!(is_form_of(one, other), expected, "{one}, {other}");
        }
    }
}
