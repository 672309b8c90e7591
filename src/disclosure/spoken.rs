//! A text as it is held against hidden figures: its sentences, which of them call a
//! figure, and of which months they speak.
//!
//! A sentence that calls a hidden figure, or stands on its indicator, may say no
//! quantity but of another kind, whatever that is: so that it is left out says nothing
//! of the number. In a text on an indicator of which only a part is hidden, the numbers
//! of that part are looked for.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::figure_names::{Called, SentenceWords, has_run, is_form_of, title_words};
use super::hidden_series::HiddenSeries;
use super::numbers::{SaidNumber, sentences};
use super::other_kinds::{OwnKinds, without, without_common};
use super::quantities::has_any;
use crate::domain::period::MONTHS;
use crate::domain::{Figure, Indicator, Period};

/// A text as it is held against what is hidden.
#[derive(Debug)]
pub struct SpokenText {
    pub(super) sentences: Vec<SpokenSentence>,
    /// The words of the title that it is about.
    about: Vec<String>,
}

#[derive(Debug)]
pub(super) struct SpokenSentence {
    pub(super) said: SentenceWords,
    /// It without quantities of no figure, once somebody asks: many figures do.
    common: OnceCell<String>,
    starts_a_line: bool,
    /// The months that it names, from 1 to 12.
    months: Vec<u32>,
    /// The years that it names.
    years: Vec<i32>,
    /// Whether it speaks of some other time without naming its month.
    is_of_the_past: bool,
    /// Whether it reckons with what it says.
    pub(super) is_reckoning: bool,
}

/// Words by which a sentence speaks of another month than the pack's, or of several.
const PAST: [&str; 16] = [
    "ago",
    "earlier",
    "previously",
    "peak",
    "highest",
    "lowest",
    "record",
    "quarter",
    "months",
    "average",
    "since",
    "overall",
    "spring",
    "summer",
    "autumn",
    "winter",
];

/// What "last", and "this", make a time of.
const TIMES: [&str; 8] = ["year", "quarter", "term", "spring", "summer", "autumn", "winter", "time"];

/// Words beside which a number that is shown may give another away.
const RECKONING: [&str; 33] = [
    "more",
    "fewer",
    "less",
    "by",
    "than",
    "times",
    "plus",
    "minus",
    "another",
    "extra",
    "further",
    "add",
    "adds",
    "added",
    "sum",
    "total",
    "together",
    "altogether",
    "higher",
    "lower",
    "greater",
    "least",
    "most",
    "nearly",
    "almost",
    "about",
    "under",
    "over",
    "below",
    "above",
    "between",
    "short",
    "as",
];

impl SpokenText {
    /// Reads a text, on an indicator or on none.
    pub fn of(text: &str, about: Option<&Indicator>) -> Self {
        let of_line =
            |line| sentences(line).into_iter().enumerate().map(|(nth, text)| SpokenSentence::of(text, nth == 0));
        let sentences = text.lines().flat_map(of_line).collect();
        Self { sentences, about: about.map(title_words).unwrap_or_default() }
    }

    /// Whether it says no quantity at all.
    pub fn says_nothing(&self) -> bool {
        !self.sentences.iter().any(|sentence| has_any(&sentence.said.text))
    }

    /// Whether a sentence that calls a figure, or that stands beside one that does,
    /// tells something of it. By one word alone a sentence may call anything: such a
    /// one, and the next, is held against the numbers.
    pub(super) fn tells_called(&self, telling: Telling<'_>, hidden: &HiddenSeries, others: &[ShownTitle]) -> bool {
        let called = |at: usize| hidden.names.called_in(&self.sentences.get(at)?.said, &self.about);
        let is_plain = |at: usize| called(at).is_some_and(|called| !matches!(called, Called::ByAWord(_)));
        (0..self.sentences.len()).any(|at| {
            let (sentence, own) = (&self.sentences[at], called(at));
            let before = at.checked_sub(1);
            let is_before = self.sentences.get(at + 1).is_some_and(|next| !next.starts_a_line) && is_plain(at + 1);
            let is_beside = before.is_some_and(is_plain) || is_before;
            // Quantities of another figure, which the sentence calls in full, are its own.
            let explained = |words: &BTreeSet<&str>, said: &SaidNumber| {
                others.iter().any(|other| other.explains(sentence, words, said, telling.in_sight))
            };
            match own {
                Some(Called::InFull) => hidden.tells(telling, sentence, &|_| false),
                _ if is_beside => hidden.tells(telling, sentence, &|_| false),
                Some(Called::InShort(words)) => hidden.tells(telling, sentence, &|said| explained(&words, said)),
                Some(Called::ByAWord(words)) => hidden.may_tell(telling, sentence, &|said| explained(&words, said)),
                None => before.and_then(called).is_some() && hidden.may_tell(telling, sentence, &|_| false),
            }
        })
    }
}

/// When and by whom a text is read.
#[derive(Clone, Copy)]
pub(super) struct Telling<'a> {
    /// The month whose figure is today's.
    pub(super) now: Period,
    pub(super) in_sight: &'a [Period],
    /// Whether many packs print it, so that readers know it from others.
    pub(super) is_of_many: bool,
}

/// An indicator of which the public may see figures, by its title.
#[derive(Debug, Clone)]
pub(super) struct ShownTitle {
    pub(super) words: Vec<String>,
    pub(super) figures: BTreeMap<Period, Figure>,
}

impl ShownTitle {
    /// Whether a sentence calls it in full, with all the words by which it may call
    /// another, and a number is that of its figure in sight.
    fn explains(
        &self,
        sentence: &SpokenSentence,
        words: &BTreeSet<&str>,
        said: &SaidNumber,
        in_sight: &[Period],
    ) -> bool {
        in_sight.iter().filter_map(|month| self.figures.get(month)).any(|figure| is_of(figure, said))
            && words.iter().all(|word| self.words.iter().any(|own| is_form_of(own, word)))
            && has_run(&sentence.said.words, &self.words)
    }
}

/// Whether a number is one of a figure's.
pub(super) fn is_of(figure: &Figure, said: &SaidNumber) -> bool {
    let counts = [figure.numerator, figure.denominator].into_iter().flatten();
    counts.chain([figure.value]).any(|own| is_rounded(own, said.value))
}

impl SpokenSentence {
    fn of(text: &str, starts_a_line: bool) -> Self {
        let said = SentenceWords::of(text);
        let words = &said.words;
        // "July", "Jul", "Sept".
        let month = |word: &String| {
            let is_it = |month: &str| word.len() > 2 && month.to_lowercase().starts_with(word.as_str());
            MONTHS.iter().position(|month| is_it(month)).and_then(|nth| u32::try_from(nth + 1).ok())
        };
        let months = words.iter().filter_map(month).collect();
        let is_year = |word: &&String| word.len() == 4 && word.starts_with("20");
        let years: Vec<i32> = words.iter().filter(is_year).filter_map(|word| word.parse().ok()).collect();
        let is_time = |pair: &[String]| match pair[0].as_str() {
            "last" | "previous" => TIMES.contains(&pair[1].as_str()),
            "this" | "the" | "whole" | "past" => pair[1] == "year",
            _ => false,
        };
        let is_one_of = |all: &[&str]| words.iter().any(|word| all.contains(&word.as_str()));
        let is_of_the_past = words.windows(2).any(is_time) || is_one_of(&PAST);
        let is_reckoning = is_one_of(&RECKONING);
        Self { months, years, is_of_the_past, is_reckoning, starts_a_line, common: OnceCell::new(), said }
    }

    /// It without the quantities that are of another kind than a figure's own.
    pub(super) fn without(&self, own: &OwnKinds) -> String {
        let text = &self.said.text;
        without(text, self.common.get_or_init(|| without_common(text)), own)
    }

    /// Whether it names a month, as it is read in the month `now`: without a year the
    /// last of its name is meant.
    pub(super) fn names(&self, month: Period, now: Period) -> bool {
        let is_of_its_year = self.years.contains(&month.year());
        match (self.months.is_empty(), self.years.is_empty()) {
            (false, true) => self.months.contains(&month.month()) && now.since(month) < 12,
            (false, false) => self.months.contains(&month.month()) && is_of_its_year,
            (true, _) => is_of_its_year,
        }
    }

    /// Whether it speaks of a month, by its name or not.
    pub(super) fn speaks_of(&self, month: Period, now: Period) -> bool {
        self.is_of_the_past || self.names(month, now)
    }
}

/// Whether a number is another, said with so many decimals.
pub(super) fn is_rounded(value: Decimal, said: Decimal) -> bool {
    crate::domain::measure::round(value, said.scale()) == said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_speaks_of_the_months_that_it_names_or_of_any_that_is_past() {
        let (july, now): (Period, Period) = ("2026-07".parse().unwrap(), "2026-10".parse().unwrap());
        for (text, expected) in [
            ("In July there were 3", true),
            ("3 in Jul", true),
            ("3 in August", false),
            ("a year ago there were 3", true),
            ("3 in July and 4 in Sept", true),
            ("3 in July 2026", true),
            ("3 in July 2025", false),
            ("In 2026 there were 3", true),
            ("more than last year", true),
            ("three homes in a year", false),
            ("4 in Sept", false),
            ("There were 3", false),
        ] {
            assert_eq!(SpokenSentence::of(text, true).speaks_of(july, now), expected, "{text}");
        }
    }
}
