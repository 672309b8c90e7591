//! By what names officers call a figure: its title, in full or in short, its
//! category, its reference, its initials.

use std::collections::{BTreeMap, BTreeSet};

use super::numbers::words_of;
use crate::domain::Indicator;

/// Words that stand in many titles, and alone call no figure by its name; without
/// an "s" at their end.
const GENERIC: [&str; 30] = [
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
];

/// Words that say nothing of what a title is about.
const FILLERS: [&str; 18] = [
    "with", "from", "into", "that", "this", "were", "than", "more", "have", "their", "they", "those", "these", "what",
    "within", "without", "over", "under",
];

/// By what officers call a figure.
#[derive(Debug, Clone, Default)]
pub(super) struct FigureNames {
    /// Its category or its title, in small letters.
    full: String,
    /// The reference of the indicator, in small letters.
    reference: String,
    /// The words of its name that could call it.
    words: Vec<String>,
    /// Those that no other indicator's title has.
    own: Vec<String>,
    /// "CPP", of a title of three words or more.
    initials: String,
}

impl FigureNames {
    /// The names of an indicator or of a part of it, of which `titles` are the
    /// titles of all others.
    pub(super) fn of(indicator: &Indicator, titles: &BTreeMap<String, usize>) -> Self {
        let (name, reference) = match &indicator.segment {
            Some(segment) => (&segment.category, &segment.parent),
            None => (&indicator.title, &indicator.reference),
        };
        let all = words_of(name);
        let words: Vec<String> = all.iter().filter(|word| is_telling(word)).cloned().collect();
        let is_own = |word: &&String| {
            indicator.segment.is_none() && word.len() > 4 && !is_generic(word) && titles.get(stem(word)) == Some(&1)
        };
        let own = words.iter().filter(is_own).cloned().collect();
        let initials =
            if all.len() < 3 { String::new() } else { all.iter().filter_map(|w| w.chars().next()).collect() };
        let full = name.trim().to_lowercase();
        Self { full, reference: reference.to_string().to_lowercase(), words, own, initials }
    }

    /// Whether a text, and the same as words, calls the figure. In a text about
    /// another one, the words of that one's title are its own.
    pub(super) fn are_in(&self, text: &str, said: &[String], about: &[String]) -> bool {
        let has = |word: &str| said.iter().any(|said| is_form_of(said, word));
        let is_word = |word: &str| said.iter().any(|said| said == word);
        if text.contains(&self.full) || is_word(&self.reference) || is_word(&self.initials) {
            return true;
        }
        let is_its_own = |word: &str| !about.iter().any(|other| is_form_of(other, word));
        // Two of its words side by side, or with one between them, are its title in
        // short, where little of it is missing.
        let all_are_generic = self.words.iter().all(|word| is_generic(word));
        let of_title = |said: &String| self.words.iter().find(|word| is_form_of(said, word) && is_its_own(word));
        let found: Vec<Option<&String>> = said.iter().map(of_title).collect();
        let are_two = |one: Option<&String>, other: Option<&String>| {
            one.zip(other)
                .is_some_and(|(one, other)| one != other && (all_are_generic || !is_generic(one) || !is_generic(other)))
        };
        let are_near =
            (1..=2).any(|by| found.iter().zip(found.iter().skip(by)).any(|(one, other)| are_two(*one, *other)));
        let shared: BTreeSet<&String> = found.into_iter().flatten().collect();
        let telling = |word: &&&String| !is_generic(word);
        let (all, all_telling) = (self.words.len(), self.words.iter().filter(|word| !is_generic(word)).count());
        let is_most = 2 * shared.len() >= all || 2 * shared.iter().filter(telling).count() > all_telling;
        let in_short = are_near && is_most;
        in_short || self.own.iter().any(|word| has(word) && is_its_own(word))
    }
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

/// "referred" and "referrals", "child" and "children".
fn is_form_of(one: &str, other: &str) -> bool {
    stem(one) == stem(other) || one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count() > 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_called_by_more_than_its_whole_title() {
        let titles = ["Children missing from home or care", "Child protection plans", "Children in care"];
        let counts = words_of_titles(titles.into_iter());
        let names = |title: &str, reference: &str| {
            let all = words_of(title);
            let words: Vec<String> = all.iter().filter(|word| is_telling(word)).cloned().collect();
            let own = words.iter().filter(|word| !is_generic(word) && counts[stem(word)] == 1);
            FigureNames {
                full: title.to_lowercase(),
                reference: reference.to_lowercase(),
                own: own.cloned().collect(),
                words,
                initials: all.iter().filter_map(|word| word.chars().next()).collect(),
            }
        };
        let (missing, plans, care) = (names(titles[0], "K1"), names(titles[1], "K2"), names(titles[2], "K3"));
        for (figure, text, expected) in [
            (&missing, "Missing children: 4", true),
            (&missing, "missing: 4", true),
            (&missing, "K1 fell to four", true),
            (&missing, "Four went missing from a home of ours for children", true),
            (&missing, "K11 fell to four", false),
            (&missing, "Four children in care wrote to us", false),
            (&plans, "CPP: four", true),
            (&plans, "Four plans protect a child", true),
            (&plans, "Four children have a plan", false),
            (&care, "Four children in care wrote", true),
            (&care, "Four came into care", false),
        ] {
            assert_eq!(figure.are_in(&text.to_lowercase(), &words_of(text), &[]), expected, "{text}");
        }
    }
}
