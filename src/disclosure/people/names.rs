//! Runs of capitals that are a name: "Jane Smith", "Mrs Patel", "Oluwaseun's
//! social worker".
//!
//! A capital alone says little: months, towns, boards and systems have one too.
//! A run is a name for a title before it, a given name in it, two words together
//! that are neither ordinary nor the council's own, or, of a single such word,
//! for what stands beside it.

use super::OwnWords;
use super::given_names::{Given, given};
use super::ordinary::{is_institution, is_ordinary, is_public_title};
use super::roles::is_of_a_role;
use super::sentence::{Sentence, SentenceWord};
use super::word_list::WordList;

/// What stands before a person's name.
static TITLES: WordList = WordList::new(" mr mrs ms miss mx dr rev sir dame madam pc wpc sgt ");

/// What joins the parts of a name.
static PARTICLES: WordList = WordList::new(" de da dos van von der den bin bint ibn al el le la ul ");

/// Whom a name that follows directly belongs to.
static BEFORE: WordList = WordList::new(
    " child boy girl baby mother mum father dad carer worker sister brother son daughter person pupil \
    student teacher nurse adviser sibling twin grandmother grandfather aunt uncle cousin stepfather stepmother \
    guardian psychologist therapist eldest youngest ",
);

/// What a person has, and no body.
static OWNED: WordList = WordList::new(
    " mother mum father dad parents carer carers sister brother siblings sibling family social worker \
    adviser placement foster grandmother grandfather aunt uncle school teacher pathway birthday home bedroom \
    behaviour disability diagnosis ",
);

/// What a person does, and no body.
static DOES: WordList = WordList::new(" lives lived disclosed absconded ran went self-harmed alleged ");

/// What stands behind the name of a family.
static KIN: WordList = WordList::new(" family siblings brothers sisters twins household ");

/// Before a place that is called as somebody is.
static PLACE_BEFORE: WordList = WordList::new(" in from at to near around across outside ");

/// Whether a word is no name of anybody, as far as is known.
pub(super) fn is_known(word: &str, own: &OwnWords) -> bool {
    let is = |word: &str| is_ordinary(word) || is_of_a_role(word) || is_institution(word) || own.has(word);
    let part = |word: &str| is(word) || word.len() > 3 && word.strip_suffix('s').is_some_and(is);
    part(word) || word.split('-').any(|one| one.len() > 2 && part(one))
}

/// Whether a sentence names somebody.
pub(super) fn has_name(sentence: &Sentence<'_>, own: &OwnWords) -> bool {
    let words = &sentence.words;
    let mut at = 0;
    while at < words.len() {
        let end = run_end(words, at);
        if end == at {
            at += 1;
            continue;
        }
        // A public office is held in public: "Cllr Smith" may be named.
        let public = (at..end).find(|i| is_public_title(&words[*i].lower()));
        let run = Run { words, at, end: public.unwrap_or(end), own };
        if run.is_name() {
            return true;
        }
        at = end;
    }
    false
}

/// "PC" is too short to be told from "HR", and stands before a name all the same.
fn is_pc(word: &SentenceWord<'_>) -> bool {
    matches!(word.text, "PC" | "WPC")
}

/// Where the run of capitals ends that begins at a word.
fn run_end(words: &[SentenceWord<'_>], at: usize) -> usize {
    let is_part =
        |word: &SentenceWord<'_>| word.is_capital() || word.is_initial() || word.is_all_capitals() || is_pc(word);
    let mut end = at;
    while let Some(word) = words.get(end) {
        let joins = end == at || word.follows && !words[end - 1].is_genitive;
        let next = |word: &SentenceWord<'_>| word.follows && word.is_capital();
        let particle = end > at && PARTICLES.has(&word.lower()) && words.get(end + 1).is_some_and(next);
        if !joins || !(is_part(word) || particle) {
            break;
        }
        end += 1;
    }
    end
}

/// Capitals that stand together.
struct Run<'a> {
    words: &'a [SentenceWord<'a>],
    at: usize,
    end: usize,
    own: &'a OwnWords,
}

impl Run<'_> {
    fn is_name(&self) -> bool {
        let texts: Vec<&str> = self.words[self.at..self.end].iter().map(|word| word.text).collect();
        if texts.is_empty() || texts.len() > 1 && self.own.has_together(&texts) {
            return false;
        }
        if self.is_titled() {
            return true;
        }
        // "Mary Seacole House" is a place.
        if texts.len() > 1 && is_institution(&self.words[self.end - 1].lower()) && !self.has_genitive() {
            return false;
        }
        (self.at..self.end).any(|i| self.is_given(i)) || self.are_unknown() || self.is_one_beside()
    }

    fn has_genitive(&self) -> bool {
        self.words[self.end - 1].is_genitive
    }

    fn word(&self, i: usize) -> Option<&SentenceWord<'_>> {
        self.words.get(i).filter(|_| (self.at..self.end).contains(&i))
    }

    fn is_titled(&self) -> bool {
        let is_part = |word: &SentenceWord<'_>| word.is_initial() || word.is_capital() && !self.knows(word);
        (self.at..self.end).any(|i| {
            TITLES.has(&self.words[i].lower())
                && self.word(i + 1).is_some_and(|word| is_part(word) || given(&word.lower()).is_some())
        })
    }

    fn knows(&self, word: &SentenceWord<'_>) -> bool {
        is_known(&word.lower(), self.own)
    }

    /// A given name, with a surname or for itself.
    fn is_given(&self, i: usize) -> bool {
        let word = &self.words[i];
        let Some(kind) = given(&word.lower()) else { return false };
        let before = i.checked_sub(1).and_then(|i| self.words.get(i));
        let is_saint = before.is_some_and(|word| matches!(word.lower().as_str(), "st" | "saint")) && word.follows;
        if is_saint || self.own.has_together(&[word.text]) {
            return false;
        }
        let surname = |next: &SentenceWord<'_>| next.is_initial() || !self.knows(next) || PARTICLES.has(&next.lower());
        if self.word(i + 1).is_some_and(surname) {
            return true;
        }
        match kind {
            Given::Name => !word.is_all_capitals() || self.word(i + 1).is_some(),
            Given::WordToo => {
                let place = before.is_some_and(|word| PLACE_BEFORE.has(&word.lower()));
                !word.starts && !place && !word.is_all_capitals() && self.end - self.at == 1
            }
            Given::MonthToo => false,
        }
    }

    /// Two or three together that nobody knows.
    fn are_unknown(&self) -> bool {
        let is_unknown = |i: usize| {
            let word = &self.words[i];
            word.is_capital() && !self.knows(word) && !TITLES.has(&word.lower())
        };
        let mut together = 0;
        for i in self.at..self.end {
            together = match is_unknown(i) {
                true => together + 1,
                false if self.words[i].is_initial() && together > 0 => together,
                false => 0,
            };
            if together == 2 {
                return true;
            }
        }
        // "J. Okafor"
        (self.at..self.end).any(|i| {
            self.words[i].is_initial()
                && self.words[i].lower() != "i"
                && self.word(i + 1).is_some()
                && is_unknown(i + 1)
        })
    }

    /// One word that nobody knows, beside what only a person has or does.
    fn is_one_beside(&self) -> bool {
        let first = (self.at..self.end).find(|i| !self.knows(&self.words[*i]));
        let Some(i) = first.filter(|i| self.words[*i].is_capital() && *i + 1 == self.end) else { return false };
        let at = |i: usize| self.words.get(i).map(SentenceWord::lower).unwrap_or_default();
        let before = |back: usize| i.checked_sub(back).map(at).unwrap_or_default();
        let follows = self.words[i].follows;
        let called = matches!(before(1).as_str(), "called" | "named") && BEFORE.has(&before(2));
        let owns = self.words[i].is_genitive && OWNED.has(&at(i + 1));
        (follows || self.words[i].after_comma) && (BEFORE.has(&before(1)) || called)
            || owns
            || DOES.has(&at(i + 1))
            || KIN.has(&at(i + 1))
    }
}
