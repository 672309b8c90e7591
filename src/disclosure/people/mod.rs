//! What in an officer's words may say who somebody is.
//!
//! A pack is about counts. A name, a date of birth or a boy of one age from one
//! town is about a person, and no figure that is hidden makes up for it. These
//! rules look at each sentence for what reads like that. They cannot know: what
//! they find is to be looked at by an officer, who says that it is no person or
//! takes it out. So they are made to find too much rather than too little, and
//! what is found is never repeated.
//!
//! | file | story |
//! |---|---|
//! | `sentence` | a text's sentences and their words |
//! | `names` | runs of capitals that are a name |
//! | `child` | an age, a sex, a place, a condition: together they are one child |
//! | `traces` | dates of birth, numbers, addresses, telephones, mail |
//! | `ordinary`, `given_names`, `roles` | words that are no name, that are one, and that roles have |
//! | `word_list` | a list of words |

mod child;
mod given_names;
mod names;
mod ordinary;
mod roles;
mod sentence;
#[cfg(test)]
mod tests;
mod traces;
mod word_list;

use std::collections::BTreeSet;

pub use roles::is_of_a_role;
use sentence::Sentence;

/// What kind of thing may say who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonalDetail {
    /// "Jane Smith".
    Name,
    /// "J, 15".
    Initials,
    /// "a 15-year-old girl from Norwich".
    OneChild,
    /// "born on 3 May 2011".
    DateOfBirth,
    /// A UPN, an NHS number, a National Insurance number.
    Identifier,
    /// "case 123456".
    CaseNumber,
    /// "12 Station Road", a postcode.
    Address,
    /// A telephone number.
    Telephone,
    /// A person's mail address.
    Mail,
    /// "two children at St Mary's Primary".
    FewAtSchool,
}

impl PersonalDetail {
    /// What it looks like, in words that repeat nothing.
    pub fn words(self) -> &'static str {
        match self {
            Self::Name => "what looks like a person's name",
            Self::Initials => "what looks like a person's initials",
            Self::OneChild => "what may make one child recognisable (an age, sex, place, nationality or disability)",
            Self::DateOfBirth => "what looks like a date of birth",
            Self::Identifier => "what looks like a person's UPN, NHS or National Insurance number",
            Self::CaseNumber => "what looks like a case or reference number",
            Self::Address => "what looks like an address or a postcode",
            Self::Telephone => "what looks like a telephone number",
            Self::Mail => "what looks like a person's mail address",
            Self::FewAtSchool => "a small number of children beside the name of a school or home",
        }
    }
}

/// Something that may say who somebody is, and the sentence that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighting<'t> {
    /// What it looks like.
    pub kind: PersonalDetail,
    /// The sentence: never for a message.
    pub sentence: &'t str,
}

/// The words that a council has for things: what stands in them is no person.
#[derive(Debug, Clone, Default)]
pub struct OwnWords {
    words: BTreeSet<String>,
    texts: String,
    contacts: String,
}

impl OwnWords {
    /// Learns the words of a title, a term, a name of the council.
    pub fn learn(&mut self, text: &str) {
        self.words.extend(sentence::bare_words(text).map(|word| word.to_lowercase()));
        self.texts.push(' ');
        self.texts.extend(sentence::bare_words(text).flat_map(|word| [word, " "]));
    }

    /// Learns how the council itself is reached, which any text may repeat.
    pub fn contact(&mut self, contact: &str) {
        self.contacts.push_str(&squeezed(contact));
        self.contacts.push('\n');
    }

    fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether these words stand together in a text of the council's own.
    fn has_together(&self, words: &[&str]) -> bool {
        self.texts.contains(&format!(" {} ", words.join(" ")))
    }

    fn is_contact(&self, found: &str) -> bool {
        self.contacts.contains(&squeezed(found))
    }
}

/// Letters and figures alone, in small letters.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() || *c == '@').flat_map(char::to_lowercase).collect()
}

/// Whether a text has a sentence, however their lines are broken.
pub fn has_sentence(text: &str, sentence: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = plain(sentence);
    sentence::sentences(text).into_iter().any(|own| plain(own) == sentence)
}

/// Everything in a text that may say who somebody is: each kind once a sentence.
pub fn sightings<'t>(text: &'t str, own: &OwnWords) -> Vec<Sighting<'t>> {
    let mut found = Vec::new();
    for sentence in sentence::sentences(text) {
        let read = Sentence::read(sentence);
        let mut kinds = BTreeSet::new();
        kinds.extend(names::has_name(&read, own).then_some(PersonalDetail::Name));
        kinds.extend(child::found(&read, own));
        kinds.extend(traces::found(sentence, own));
        found.extend(kinds.into_iter().map(|kind| Sighting { kind, sentence }));
    }
    found
}
