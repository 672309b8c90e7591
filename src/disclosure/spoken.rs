//! What a text would say of hidden figures: by which names officers call an
//! indicator, and which numbers would tell what is hidden of it.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::CellId;
use super::council::Draft;
use super::figure_names::{FigureNames, title_words, words_of_titles};
use super::numbers::{SaidNumber, numbers_of, words_of};
use crate::domain::period::MONTHS;
use crate::domain::{Figure, Frequency, Indicator, IndicatorRef, Period, Unit};

/// A text as it is held against what is hidden.
pub(super) struct SpokenText {
    sentences: Vec<SpokenSentence>,
    /// The words of the title that it is about.
    about: Vec<String>,
}

struct SpokenSentence {
    text: String,
    words: Vec<String>,
    numbers: Vec<SaidNumber>,
    /// The months that it names, from 1 to 12.
    months: Vec<u32>,
    /// The years that it names.
    years: Vec<i32>,
    /// Whether it speaks of some other time without naming its month.
    is_of_the_past: bool,
}

/// Words by which a sentence speaks of another month than the pack's.
const PAST: [&str; 7] = ["ago", "earlier", "previously", "peak", "highest", "lowest", "record"];

/// What "last" makes a time of.
const TIMES: [&str; 8] = ["year", "quarter", "term", "spring", "summer", "autumn", "winter", "time"];

impl SpokenText {
    pub(super) fn of(text: &str, about: Option<&Indicator>) -> Self {
        let sentences = sentences(text).into_iter().map(SpokenSentence::of).collect();
        Self { sentences, about: about.map(title_words).unwrap_or_default() }
    }

    /// Whether a sentence says one of the numbers of hidden figures, of those in
    /// sight and of those of another month that it speaks of.
    fn names(&self, now: Period, hidden: &HiddenSeries, in_sight: &[Period], called: bool) -> bool {
        let mut before: Option<&SpokenSentence> = None;
        self.sentences.iter().any(|sentence| {
            let calls = |sentence| hidden.is_called(sentence, &self.about);
            let is_called = || calls(sentence) || before.is_some_and(calls);
            let says = !sentence.numbers.is_empty() && (!called || is_called()) && {
                let months: BTreeSet<Period> = hidden.months(now).collect();
                months.into_iter().any(|month| {
                    let is_spoken_of = sentence.speaks_of(month, now);
                    (is_spoken_of || in_sight.contains(&month))
                        && hidden.is_told(month, is_spoken_of.then_some(now), &sentence.numbers)
                })
            };
            before = Some(sentence);
            says
        })
    }
}

impl SpokenSentence {
    fn of(text: &str) -> Self {
        let words = words_of(text);
        // "July", "Jul", "Sept".
        let month = |word: &String| {
            let is_it = |month: &str| word.len() > 2 && month.to_lowercase().starts_with(word.as_str());
            MONTHS.iter().position(|month| is_it(month)).and_then(|nth| u32::try_from(nth + 1).ok())
        };
        let months = words.iter().filter_map(month).collect();
        let is_year = |word: &&String| word.len() == 4 && word.starts_with("20");
        let years: Vec<i32> = words.iter().filter(is_year).filter_map(|word| word.parse().ok()).collect();
        let last = words.windows(2).filter(|pair| matches!(pair[0].as_str(), "last" | "previous"));
        let is_of_last = last.map(|pair| pair[1].as_str()).any(|time| TIMES.contains(&time));
        let is_of_the_past = is_of_last || words.iter().any(|word| PAST.contains(&word.as_str()));
        Self { numbers: numbers_of(&words), months, years, is_of_the_past, text: text.to_lowercase(), words }
    }

    /// Whether it speaks of a month, as it is read in the month `now`: without a year
    /// the last of its name is meant.
    fn speaks_of(&self, month: Period, now: Period) -> bool {
        let is_named = self.months.contains(&month.month());
        let is_of_its_year = self.years.contains(&month.year());
        match (self.months.is_empty(), self.years.is_empty()) {
            (false, true) => (is_named && now.since(month) < 12) || self.is_of_the_past,
            (false, false) => (is_named && is_of_its_year) || self.is_of_the_past,
            (true, _) => is_of_its_year || self.is_of_the_past,
        }
    }
}

/// The sentences of a text: a point within a number ends none.
fn sentences(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let ends = c == '\n' || (matches!(c, '.' | '!' | '?') && next.is_none_or(char::is_whitespace));
        if ends {
            all.push(&text[from..at]);
            from = at + c.len_utf8();
        }
    }
    all.push(&text[from..]);
    all.retain(|sentence| !sentence.trim().is_empty());
    all
}

impl Draft<'_> {
    /// Every series of which something is hidden, by the indicator that it is of or
    /// is a part of.
    pub(super) fn hidden_series<'k>(
        &'k self,
        hidden: impl Iterator<Item = &'k (IndicatorRef, Period)>,
    ) -> BTreeMap<IndicatorRef, Vec<HiddenSeries>> {
        let wholes = self.shown.keys().filter_map(|name| self.register.get(name)).filter(|one| one.segment.is_none());
        let titles = words_of_titles(wholes.map(|one| one.title.as_str()));
        let mut months: BTreeMap<&IndicatorRef, BTreeMap<Period, BTreeSet<u32>>> = BTreeMap::new();
        for key in hidden {
            months.entry(&key.0).or_default().insert(key.1, self.counts_of(key));
        }
        let mut all: BTreeMap<IndicatorRef, Vec<HiddenSeries>> = BTreeMap::new();
        for (name, hidden) in months {
            let Some(indicator) = self.register.get(name) else { continue };
            all.entry(self.whole(name).clone()).or_default().push(HiddenSeries {
                names: FigureNames::of(indicator, &titles),
                unit: indicator.measure.unit,
                frequency: indicator.frequency,
                figures: self.given.get(name).cloned().unwrap_or_default(),
                hidden,
            });
        }
        all
    }

    /// The counts that a figure says: what it counts, of how many, and the rest.
    fn counts_of(&self, key: &(IndicatorRef, Period)) -> BTreeSet<u32> {
        let counts = self.counts.get(key).copied().unwrap_or_default();
        let value = |cell: Option<CellId>| cell.map(|cell| self.release.get(cell).value);
        let (count, all) = (value(counts.count), value(counts.all));
        let rest = all.zip(count).and_then(|(all, count)| all.checked_sub(count));
        [count, all, rest].into_iter().flatten().collect()
    }
}

/// The figures of an indicator, or of a part of one, of which some are hidden.
#[derive(Debug, Clone)]
pub(super) struct HiddenSeries {
    names: FigureNames,
    unit: Unit,
    frequency: Frequency,
    /// Every month's figure, hidden or not: hidden ones follow from movements.
    figures: BTreeMap<Period, Figure>,
    /// What is hidden, with the counts that any reader has of each.
    hidden: BTreeMap<Period, BTreeSet<u32>>,
}

impl HiddenSeries {
    /// Whether a text about its indicator tells what is hidden of it.
    pub(super) fn is_named(&self, now: Period, text: &SpokenText) -> bool {
        text.names(now, self, &[now, self.frequency.previous(now)], false)
    }

    /// Whether a text that calls it by its name does.
    pub(super) fn is_called_in(&self, pack: Period, text: &SpokenText) -> bool {
        let near: Vec<Period> = (0..=3).map(|back| pack.plus(-back)).collect();
        // The latest figure that is not after the pack is the one that it shows.
        let now = self.figures.keys().rfind(|month| **month <= pack).copied().unwrap_or(pack);
        text.names(now, self, &near, true)
    }

    /// Whether any of these months is hidden.
    pub(super) fn hides_any(&self, months: &[Period]) -> bool {
        months.iter().any(|month| self.hidden.contains_key(month))
    }

    fn is_called(&self, sentence: &SpokenSentence, about: &[String]) -> bool {
        self.names.are_in(&sentence.text, &sentence.words, about)
    }

    /// The months of which something may be hidden: its own, and those to which
    /// something hidden is compared.
    fn months(&self, now: Period) -> impl Iterator<Item = Period> {
        self.figures.keys().chain(self.hidden.keys()).copied().filter(move |month| *month <= now)
    }

    /// Whether a number says what a month's figure is, or how it compares with the
    /// one before, the year before or today's, where either is hidden.
    fn is_told(&self, month: Period, now: Option<Period>, said: &[SaidNumber]) -> bool {
        let own = self.hidden.get(&month).is_some_and(|counts| {
            let figure = self.figures.get(&month);
            said.iter().any(|said| is_count(said, counts) || figure.is_some_and(|figure| self.is_value(figure, said)))
        });
        let before = [self.frequency.previous(month), month.plus(-12)].into_iter().chain(now);
        own || before.into_iter().any(|other| self.is_change_told(month, other, said))
    }

    fn is_change_told(&self, month: Period, other: Period, said: &[SaidNumber]) -> bool {
        if month == other || ![month, other].iter().any(|month| self.hidden.contains_key(month)) {
            return false;
        }
        let (Some(one), Some(two)) = (self.figures.get(&month), self.figures.get(&other)) else { return false };
        let (earlier, later) = if month < other { (one, two) } else { (two, one) };
        let change = (later.value - earlier.value).abs();
        let percent = change.checked_mul(Decimal::ONE_HUNDRED).and_then(|of| of.checked_div(earlier.value.abs()));
        let counts = |figure: &Figure| [figure.numerator, figure.denominator];
        let pairs = counts(earlier).into_iter().zip(counts(later));
        let counted = pairs.filter_map(|(one, two)| Some((one? - two?).abs()));
        let changes: Vec<Decimal> = counted.chain([change]).filter(|change| !change.is_zero()).collect();
        said.iter().any(|said| {
            let is_by = |by: &Decimal| is_rounded(*by, said.value);
            let in_points = || said.is_percent && self.unit == Unit::Percent && is_by(&change);
            (said.is_percent && percent.as_ref().is_some_and(is_by))
                || in_points()
                || (!said.is_percent && changes.iter().any(is_by))
        })
    }

    /// Whether a number is the value of a figure, or what it leaves of a hundred.
    fn is_value(&self, figure: &Figure, said: &SaidNumber) -> bool {
        let own = is_rounded(figure.value, said.value);
        match self.unit {
            Unit::Percent => own || is_rounded(Decimal::ONE_HUNDRED - figure.value, said.value),
            _ => own && !said.is_percent,
        }
    }
}

fn is_count(said: &SaidNumber, counts: &BTreeSet<u32>) -> bool {
    !said.is_percent && said.value.fract().is_zero() && said.value.to_u32().is_some_and(|said| counts.contains(&said))
}

/// Whether a number is another, said with so many decimals.
fn is_rounded(value: Decimal, said: Decimal) -> bool {
    crate::domain::measure::round(value, said.scale()) == said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_within_a_number_ends_no_sentence() {
        for (text, expected) in [
            ("It is 25.0% now. Who? Nobody!", &["It is 25.0% now", " Who", " Nobody"][..]),
            ("Missing children\n4", &["Missing children", "4"]),
            ("", &[]),
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }

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
            assert_eq!(SpokenSentence::of(text).speaks_of(july, now), expected, "{text}");
        }
    }
}
