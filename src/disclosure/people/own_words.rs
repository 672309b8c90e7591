//! The words that a council has for things: where they stand, nobody is named.
//!
//! A title is excused as it stands, and not each of its words wherever it stands:
//! a programme that is called after somebody excuses no child of that name. Only
//! what a title writes in small letters is an ordinary word everywhere.

use std::collections::{BTreeMap, BTreeSet};

use super::given_names::given;
use super::sentence::bare_words;

/// The council's own words.
#[derive(Debug, Clone, Default)]
pub struct OwnWords {
    /// Words that are excused wherever they stand.
    common: BTreeSet<String>,
    /// Words that are excused as they are spelt: "GRACE".
    terms: BTreeSet<String>,
    /// Neighbours in a title in which no given name is.
    pairs: BTreeSet<(String, String)>,
    /// Titles with a given name, by their first word.
    whole: BTreeMap<String, Vec<Vec<String>>>,
    /// The words of the council's name.
    council: BTreeSet<String>,
    contacts: String,
}

/// A word as it is compared.
fn plain(word: &str) -> String {
    let word = word.to_lowercase().replace('’', "'");
    if word.len() > 3 { word.strip_suffix('s').unwrap_or(&word).to_owned() } else { word }
}

impl OwnWords {
    /// Learns the name of the council, of which every word is a place or a body.
    pub fn council(&mut self, name: &str) {
        self.phrase(name);
        for word in bare_words(name).map(str::to_lowercase).filter(|word| given(word).is_none()) {
            self.council.insert(word.clone());
            self.common.insert(word);
        }
    }

    /// Learns a title, a term or its meaning.
    pub fn title(&mut self, title: &str) {
        self.phrase(title);
        let words: Vec<&str> = bare_words(title).collect();
        let is_small = |word: &&&str| word.chars().all(|c| !c.is_uppercase());
        self.common.extend(words.iter().filter(is_small).map(|word| word.to_lowercase()));
        if let [term] = words.as_slice() {
            match given(&term.to_lowercase()) {
                None => self.common.insert(term.to_lowercase()),
                Some(_) if term.chars().all(char::is_uppercase) => self.terms.insert((*term).to_owned()),
                Some(_) => false,
            };
        }
    }

    /// Learns words that stand together. One word alone is not learnt: it may be
    /// a name.
    pub fn phrase(&mut self, phrase: &str) {
        let words: Vec<String> = bare_words(phrase).map(plain).collect();
        let has_name = bare_words(phrase).any(|word| given(&word.to_lowercase()).is_some());
        if !has_name {
            self.pairs.extend(words.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())));
        } else if let [first, _, ..] = words.as_slice() {
            self.whole.entry(first.clone()).or_default().push(words);
        }
    }

    /// Learns how the council itself is reached, which any text may repeat.
    pub fn contact(&mut self, contact: &str) {
        self.contacts.push_str(&squeezed(contact));
        self.contacts.push('\n');
    }

    /// Whether a word, in small letters, is excused wherever it stands.
    pub(super) fn has(&self, word: &str) -> bool {
        self.common.contains(word)
    }

    /// Which of the words of a sentence stand in a title of the council's own.
    pub(super) fn marks(&self, words: &[&str]) -> Vec<bool> {
        let plain: Vec<String> = words.iter().map(|word| plain(word)).collect();
        let mut marks: Vec<bool> = words.iter().map(|word| self.terms.contains(*word)).collect();
        for at in 0..plain.len() {
            if let [one, next, ..] = &plain[at..]
                && self.pairs.contains(&(one.clone(), next.clone()))
            {
                marks[at..at + 2].fill(true);
            }
            for phrase in self.whole.get(&plain[at]).into_iter().flatten() {
                if plain[at..].starts_with(phrase) {
                    marks[at..at + phrase.len()].fill(true);
                }
            }
        }
        marks
    }

    /// Whether all of a text stands in a title of the council's own.
    pub(super) fn has_together(&self, text: &str) -> bool {
        let words: Vec<&str> = bare_words(text).collect();
        self.marks(&words).into_iter().all(|mark| mark)
    }

    /// Whether an account is called after the council.
    pub(super) fn is_of_the_council(&self, account: &str) -> bool {
        self.council.iter().any(|word| word.len() > 3 && account.starts_with(word.as_str()))
    }

    /// Whether a contact of the council has it.
    pub(super) fn is_contact(&self, found: &str) -> bool {
        self.contacts.contains(&squeezed(found))
    }
}

/// Letters and figures alone, in small letters.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || *c == '@').flat_map(char::to_lowercase).collect()
}
