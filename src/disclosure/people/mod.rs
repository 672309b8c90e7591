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
//! | `sentence`, `as_printed` | a text's sentences and their words, as a page shows them |
//! | `own_words` | the council's own titles and contacts, which are nobody's |
//! | `names`, `small_names` | runs of capitals that are a name; names in small letters and in links |
//! | `bodies` | bodies and programmes that are called after somebody |
//! | `initials` | letters that stand for somebody |
//! | `child` | an age, a sex, a place, a condition: together they are one child |
//! | `few` | a few children beside the name of their school or home |
//! | `traces` | what leads to one person without a name: the four below |
//! | `births`, `identifiers`, `addresses`, `reach` | dates of birth; numbers; where somebody lives; telephones, mail, accounts |
//! | `ordinary`, `given_names`, `person_words`, `roles` | words that are no name, that are one, that stand beside one, and that roles have |
//! | `pattern`, `word_list` | patterns as they are compiled, a list of words |

mod addresses;
mod as_printed;
mod births;
mod bodies;
mod child;
mod few;
mod given_names;
mod identifiers;
mod initials;
mod names;
mod ordinary;
mod own_words;
mod pattern;
mod person_words;
mod reach;
mod roles;
mod sentence;
mod small_names;
#[cfg(test)]
mod tests;
mod traces;
mod word_list;

use std::collections::BTreeSet;

pub use own_words::OwnWords;
pub use roles::is_of_a_role;
use sentence::Sentence;

/// What kind of thing may say who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonalDetail {
    /// "Jane Smith".
    Name,
    /// "J, 15", "Boy A", "KM's social worker".
    Initials,
    /// "a 15-year-old girl from Norwich".
    OneChild,
    /// "born on 3 May 2011".
    DateOfBirth,
    /// A UPN, an NHS number, a National Insurance number, a passport, a car.
    Identifier,
    /// "case 123456".
    CaseNumber,
    /// "12 Station Road", a postcode.
    Address,
    /// A telephone number.
    Telephone,
    /// A person's mail address.
    Mail,
    /// "@somebody", "on Snapchat as some_body".
    Account,
    /// "two children at St Mary's Primary".
    FewAtSchool,
}

impl PersonalDetail {
    /// What it looks like, in words that repeat nothing.
    pub fn words(self) -> &'static str {
        match self {
            Self::Name => "what looks like a person's name",
            Self::Initials => "what looks like a person's initials or a letter for a person",
            Self::OneChild => "what may make one child recognisable (an age, sex, place, nationality or disability)",
            Self::DateOfBirth => "what looks like a date of birth",
            Self::Identifier => {
                "what looks like a number that one person has (UPN, NHS, National Insurance, passport, car)"
            }
            Self::CaseNumber => "what looks like a case or reference number",
            Self::Address => "what looks like an address or a postcode",
            Self::Telephone => "what looks like a telephone number",
            Self::Mail => "what looks like a person's mail address",
            Self::Account => "what looks like a person's account in social media",
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
        let printed = as_printed::as_printed(sentence);
        let read = Sentence::read(&printed, own);
        let mut kinds = BTreeSet::new();
        // Patterns are quick where a text is plain.
        let plain = sentence::with_plain_signs(&printed);
        let is_name =
            names::has_name(&read, own) || child::has_aged_name(&plain, own) || small_names::is_linked(&plain, own);
        kinds.extend(is_name.then_some(PersonalDetail::Name));
        kinds.extend(initials::found(&plain).then_some(PersonalDetail::Initials));
        kinds.extend(child::is_of_one(&plain).then_some(PersonalDetail::OneChild));
        kinds.extend(few::found(&plain, own).then_some(PersonalDetail::FewAtSchool));
        kinds.extend(traces::found(&plain, own));
        found.extend(kinds.into_iter().map(|kind| Sighting { kind, sentence }));
    }
    found
}
