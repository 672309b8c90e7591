//! Runs of capitals that are a name: "Jane Smith", "Mrs Patel", "Oluwaseun's
//! social worker".
//!
//! A capital alone says little: months, towns, boards and systems have one too.
//! A run is a name for a title before it, a given name in it, two words together
//! that are neither ordinary nor the council's own, or, of a single such word,
//! for what stands beside it.

use super::OwnWords;
use super::bodies::{makes_a_body, makes_a_body_of_its_own, makes_a_building, makes_a_paper, makes_a_paper_or_a_place};
use super::given_names::{Given, given, is_a_thing, is_surname};
use super::initials::is_abbreviation;
use super::ordinary::{is_institution, is_ordinary, is_public_title};
use super::person_words::{
    ASKED, BEFORE, DOES, FAMILIES, IS_DONE_TO, IS_SHORT, KIN, NAMED_AFTER_ROLE, OWNED, SPOKEN_TO, STARTS_WITH_A_NAME,
};
use super::roles::is_of_a_role;
use super::sentence::{Sentence, SentenceWord};
use super::small_names::is_small;
use super::word_list::WordList;

/// What stands before a person's name.
static TITLES: WordList = WordList::new(" mr mrs ms miss mx dr rev sir dame madam pc wpc sgt prof professor judge ");

/// Titles that need a word that nobody knows behind them: "MS Teams", "PC use".
static SHORT_TITLES: WordList = WordList::new(" rev sir madam pc wpc sgt judge ");

/// What joins the parts of a name.
static PARTICLES: WordList = WordList::new(" de da dos van von der den bin bint ibn al el le la ul ");

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
            if is_small(words, at, own) {
                return true;
            }
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
    matches!(word.text, "PC" | "WPC" | "MR" | "DR")
}

/// "LH".
fn is_pair(word: &SentenceWord<'_>) -> bool {
    word.text.len() == 2 && word.text.chars().all(|c| c.is_ascii_uppercase())
}

/// Where the run of capitals ends that begins at a word.
fn run_end(words: &[SentenceWord<'_>], at: usize) -> usize {
    let is_part = |word: &SentenceWord<'_>| {
        word.is_capital() || word.is_initial() || word.is_all_capitals() || is_pc(word) || is_pair(word)
    };
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
        if self.at == self.end || self.all().all(|word| word.is_own) {
            return false;
        }
        if self.is_author() {
            return false;
        }
        if self.is_titled() || self.is_two_letters() {
            return true;
        }
        if self.is_a_body() {
            return false;
        }
        (self.at..self.end).any(|i| self.is_given(i) || self.has_shape(i)) || self.are_unknown() || self.is_one_beside()
    }

    /// "Sir Alan Wood's review", "the review by Dame Clare": whoever is known to the
    /// public by a title, and by what was written.
    fn is_author(&self) -> bool {
        static HONOURS: WordList = WordList::new(" sir dame prof professor judge justice ");
        let before = |back: usize| self.at.checked_sub(back).map(|i| self.words[i].lower()).unwrap_or_default();
        let wrote = before(1) == "by" && (makes_a_paper(&before(2)) || makes_a_paper(&before(3)));
        HONOURS.has(&self.words[self.at].lower()) && (makes_a_paper(&self.behind()) || wrote)
    }

    /// "LH because of court", "passport for ZK": two letters that are no abbreviation,
    /// where a person stands.
    fn is_two_letters(&self) -> bool {
        static BEFORE: WordList = WordList::new(
            " for with about of by re from because that when as while since and told saw met visited to on if but where ",
        );
        static THINGS: WordList = WordList::new(
            " team teams hub plan plans form forms tool service services system model programme project meeting meetings \
            area cohort status number numbers rate rates data code codes level levels group panel board check checks order \
            orders visit visits review reviews report reports list funding grant worker workers court process figures ",
        );
        let word = &self.words[self.at];
        let before = self.at.checked_sub(1).map(|i| self.words[i].lower()).unwrap_or_default();
        let is_at_place = BEFORE.has(&before) && word.follows || word.starts && !self.behind().is_empty();
        is_pair(word)
            && self.end - self.at == 1
            && is_at_place
            && !word.is_own
            && !word.is_in_address
            && !is_abbreviation(word.text)
            && !self.own.has(&word.lower())
            && !THINGS.has(&self.behind())
    }

    fn all(&self) -> impl Iterator<Item = &SentenceWord<'_>> {
        self.words[self.at..self.end].iter()
    }

    fn last(&self) -> &SentenceWord<'_> {
        &self.words[self.end - 1]
    }

    /// The word behind the run, where nothing but a blank stands between.
    fn behind(&self) -> String {
        self.words.get(self.end).filter(|word| word.follows).map(SentenceWord::lower).unwrap_or_default()
    }

    /// "Mary Seacole House", "the Rose review", "Jack and Jill nursery".
    fn is_a_body(&self) -> bool {
        let behind = self.behind();
        if self.last().is_genitive {
            return makes_a_body_of_its_own(&behind);
        }
        let many = self.end - self.at > 1;
        let is_name = |word: &SentenceWord<'_>| given(&word.lower()) == Some(Given::Name);
        let is_and = behind == "and" && self.words.get(self.end + 1).is_some_and(|word| word.follows);
        let other = Run { at: self.end + 1, end: run_end(self.words, self.end + 1), ..*self };
        many && is_institution(&self.last().lower())
            || makes_a_body(&behind)
            || many && makes_a_building(&behind)
            || makes_a_paper_or_a_place(&behind) && !self.all().any(is_name)
            || is_and && other.at < other.end && other.is_a_body()
    }

    fn word(&self, i: usize) -> Option<&SentenceWord<'_>> {
        self.words.get(i).filter(|_| (self.at..self.end).contains(&i))
    }

    fn is_titled(&self) -> bool {
        let is_upper = |word: &SentenceWord<'_>| word.is_capital() || word.is_all_capitals();
        (self.at..self.end).any(|i| {
            let title = &self.words[i];
            let is_short = SHORT_TITLES.has(&title.lower()) || title.text == "MS";
            let is_part = |word: &SentenceWord<'_>| {
                word.is_initial()
                    || PARTICLES.has(&word.lower())
                    || is_upper(word) && (!is_short || !self.knows(word) || given(&word.lower()).is_some())
            };
            TITLES.has(&title.lower()) && self.word(i + 1).is_some_and(is_part)
        })
    }

    fn knows(&self, word: &SentenceWord<'_>) -> bool {
        // Of "Mbeki-Hall" both must be known, of "Co-produced" one will do.
        let is_double =
            word.text.split('-').count() > 1 && word.text.split('-').all(|part| part.starts_with(char::is_uppercase));
        let known = |word: &str| is_known(word, self.own);
        let lower = word.lower();
        word.is_own || if is_double { known(&lower) && lower.split('-').all(known) } else { known(&lower) }
    }

    /// A given name, with a surname or for itself.
    fn is_given(&self, i: usize) -> bool {
        let word = &self.words[i];
        let Some(kind) = given(&word.lower()).filter(|_| !word.is_own && !word.is_in_address) else { return false };
        let before = i.checked_sub(1).and_then(|i| self.words.get(i));
        let is_saint = before.is_some_and(|word| matches!(word.lower().as_str(), "st" | "saint")) && word.follows;
        if is_saint {
            return false;
        }
        let surname = |next: &SentenceWord<'_>| next.is_initial() || !self.knows(next) || PARTICLES.has(&next.lower());
        if self.word(i + 1).is_some_and(surname) {
            return true;
        }
        let is_loud = word.is_all_capitals();
        match kind {
            Given::Name => !is_loud || word.text.len() > 3 || self.word(i + 1).is_some(),
            Given::WordToo if word.starts => {
                self.end - self.at == 1 && !is_a_thing(&word.lower()) && STARTS_WITH_A_NAME.has(&self.behind())
            }
            Given::WordToo => {
                let place = before.is_some_and(|word| PLACE_BEFORE.has(&word.lower()));
                // "Hope for Tomorrow"
                let joins = matches!(self.behind().as_str(), "for" | "of" | "in" | "the");
                let more = self.words.get(self.end + 1).is_some_and(SentenceWord::is_capital);
                let of_body = joins && more && is_a_thing(&word.lower());
                !(place || of_body || is_loud) && self.end - self.at == 1
            }
            Given::MonthToo => false,
        }
    }

    /// "O'Brien", "MacDonald", "Kowalczyk": a surname by its shape.
    fn has_shape(&self, i: usize) -> bool {
        const STARTS: [&str; 7] = ["O'", "O’", "D'", "D’", "Mc", "Mac", "Fitz"];
        const ENDS: [&str; 9] = ["czyk", "wicz", "wski", "wska", "enko", "poulos", "oglu", "escu", "chukwu"];
        static BODIES: WordList = WordList::new(" mcdonald mcdonald's mckinsey mcafee macbook macos ");
        let word = &self.words[i];
        let is_capital = |rest: &str| rest.starts_with(char::is_uppercase);
        let begins = STARTS.iter().any(|start| word.text.strip_prefix(start).is_some_and(is_capital));
        let ends = word.is_capital() && ENDS.iter().any(|end| word.text.ends_with(end));
        let is_place = i.checked_sub(1).is_some_and(|before| PLACE_BEFORE.has(&self.words[before].lower()));
        (begins || ends || word.is_capital() && is_surname(&word.lower()))
            && !word.is_own
            && !is_place
            && !BODIES.has(&word.lower())
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
        let is_unknown = |word: &SentenceWord<'_>| !self.knows(word) || !word.is_own && is_rating(word);
        let first = (self.at..self.end).find(|i| is_unknown(&self.words[*i]));
        let is_long = |word: &SentenceWord<'_>| word.is_capital() || word.is_all_capitals() && word.text.len() > 3;
        let Some(i) = first.filter(|i| is_long(&self.words[*i]) && *i + 1 == self.end) else { return false };
        let word = &self.words[i];
        let at = |i: usize| self.words.get(i).map(SentenceWord::lower).unwrap_or_default();
        let before = |back: usize| i.checked_sub(back).map(at).unwrap_or_default();
        let called = matches!(before(1).as_str(), "called" | "named") && BEFORE.has(&before(2));
        let behind = self.words.get(i + 1).is_some_and(|next| next.follows);
        let and_hers = at(i + 1) == "and" && matches!(at(i + 2).as_str(), "her" | "his");
        let spoke = matches!(before(1).as_str(), "to" | "with") && SPOKEN_TO.has(&before(2)) || ASKED.has(&before(1));
        let children = before(1) == "the" && at(i + 1) == "children" && !self.words[i + 1].is_genitive;
        let family =
            before(1) == "the" && is_a_household(&word.lower()) && !word.starts && !behind_capital(self.words, i)
                || before(1) == "the" && FAMILIES.has(&before(2)) && word.text.ends_with('s');
        let is_role_before = BEFORE.has(&before(1)) || NAMED_AFTER_ROLE.has(&before(1));
        word.is_bracketed && is_role_before
            || word.follows && before(1) == "the" && behind && self.is_a_case(i)
            || (word.follows || word.after_comma) && (BEFORE.has(&before(1)) || called)
            || word.follows && NAMED_AFTER_ROLE.has(&before(1)) && !word.starts
            || word.is_genitive && OWNED.has(&at(i + 1))
            || behind && (DOES.has(&at(i + 1)) || KIN.has(&at(i + 1)) || self.is_done_to(i))
            || behind && (and_hers || children)
            || word.follows && (spoke || family)
            || word.is_genitive && IS_SHORT.has(&at(i + 1))
    }

    /// "The Harrington case", but not "the Eclipse case system".
    fn is_a_case(&self, i: usize) -> bool {
        static CASES: WordList = WordList::new(" case hearing trial appeal proceedings inquest disclosure placement ");
        static OTHERS: WordList = WordList::new(
            " management system file files record records recording note notes load study studies work worker workers \
            review reviews audit audits law progression order costs panel team officer ",
        );
        let at = |i: usize| self.words.get(i).map(SentenceWord::lower).unwrap_or_default();
        CASES.has(&at(i + 1)) && !OTHERS.has(&at(i + 2))
    }

    /// "was remanded", "has been seen on Tuesday".
    fn is_done_to(&self, i: usize) -> bool {
        static DAILY: WordList = WordList::new(" on by at within every weekly monthly alone yesterday last ");
        let at = |i: usize| self.words.get(i).map(SentenceWord::lower).unwrap_or_default();
        let done = match (at(i + 1).as_str(), at(i + 2).as_str()) {
            ("has" | "had", "been") => i + 3,
            ("was" | "is", _) => i + 2,
            _ => return false,
        };
        IS_DONE_TO.has(&at(done)) || at(done) == "seen" && DAILY.has(&at(done + 1))
    }
}

/// "The Osgoods", but not "the Samaritans".
fn is_a_household(word: &str) -> bool {
    const OTHERS: [&str; 9] = ["ss", "ans", "ists", "ers", "ors", "ics", "ies", "ings", "us"];
    word.len() > 4 && word.ends_with('s') && !OTHERS.iter().any(|end| word.ends_with(end))
}

/// Whether another capital stands directly behind a word.
fn behind_capital(words: &[SentenceWord<'_>], i: usize) -> bool {
    words.get(i + 1).is_some_and(|next| next.follows && next.is_capital())
}

/// "Amber" and "Dawn": ratings and times of day that some are called.
fn is_rating(word: &SentenceWord<'_>) -> bool {
    matches!(word.lower().as_str(), "amber" | "dawn" | "paris" | "prince" | "princess")
}
