//! What a text would say of hidden figures: by which names officers call an
//! indicator, and which numbers would tell what is hidden of it.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::CellId;
use super::council::Draft;
use super::figure_names::{Called, FigureNames, has_run, is_form_of, title_words, words_of_titles};
use super::numbers::{SaidNumber, numbers_of, sentences, words_of};
use crate::domain::period::MONTHS;
use crate::domain::{Figure, Frequency, Indicator, IndicatorRef, Period, Unit};

/// A text as it is held against what is hidden.
#[derive(Debug)]
pub struct SpokenText {
    sentences: Vec<SpokenSentence>,
    /// The words of the title that it is about.
    about: Vec<String>,
}

#[derive(Debug)]
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
    /// Reads a text, on an indicator or on none.
    pub fn of(text: &str, about: Option<&Indicator>) -> Self {
        let sentences = sentences(text).into_iter().map(SpokenSentence::of).collect();
        Self { sentences, about: about.map(title_words).unwrap_or_default() }
    }

    /// Whether it says no number at all.
    pub fn says_nothing(&self) -> bool {
        self.sentences.iter().all(|sentence| sentence.numbers.is_empty())
    }

    /// Whether it names a count from 1 to `most`.
    pub(super) fn names_up_to(&self, most: u32) -> bool {
        let numbers = self.sentences.iter().flat_map(|sentence| &sentence.numbers);
        numbers.filter_map(SaidNumber::count).any(|count| (1..=most).contains(&count))
    }

    /// Whether a sentence says one of the numbers of hidden figures, of those in
    /// sight and of those of another month that it speaks of.
    fn names(&self, now: Period, hidden: &HiddenSeries, in_sight: &[Period]) -> bool {
        self.sentences.iter().any(|sentence| hidden.is_said(now, sentence, &sentence.numbers, in_sight))
    }

    /// Whether a sentence does that calls them, or that follows one that does.
    fn names_called(&self, now: Period, hidden: &HiddenSeries, in_sight: &[Period], others: &[ShownTitle]) -> bool {
        let says = |sentence: &SpokenSentence, numbers: &[SaidNumber]| hidden.is_said(now, sentence, numbers, in_sight);
        self.says_called(hidden, in_sight, others, &says)
    }

    /// Whether a sentence that calls them, or that follows one that does, says
    /// something by its numbers.
    fn says_called(
        &self,
        hidden: &HiddenSeries,
        in_sight: &[Period],
        others: &[ShownTitle],
        says: &dyn Fn(&SpokenSentence, &[SaidNumber]) -> bool,
    ) -> bool {
        let mut before: Option<&SpokenSentence> = None;
        self.sentences.iter().any(|sentence| {
            let calls = |sentence: &SpokenSentence| hidden.called_in(sentence, &self.about).is_some();
            let is_called = || match hidden.called_in(sentence, &self.about) {
                None => false,
                Some(Called::InFull) => true,
                // Numbers of another figure, which the sentence calls in full, are its own.
                Some(Called::InShort(words)) => {
                    let of_another = |said: &&SaidNumber| {
                        others.iter().any(|other| other.explains(sentence, &words, said, in_sight))
                    };
                    let rest: Vec<SaidNumber> =
                        sentence.numbers.iter().filter(|said| !of_another(said)).copied().collect();
                    says(sentence, &rest)
                }
            };
            let names = says(sentence, &sentence.numbers) && (before.is_some_and(calls) || is_called());
            before = Some(sentence);
            names
        })
    }
}

/// An indicator of which the public may see figures, by its title.
#[derive(Debug, Clone)]
pub(super) struct ShownTitle {
    words: Vec<String>,
    figures: BTreeMap<Period, Figure>,
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
        let is_it = |figure: &Figure| {
            let counts = [figure.numerator, figure.denominator].into_iter().flatten();
            counts.chain([figure.value]).any(|own| is_rounded(own, said.value))
        };
        in_sight.iter().filter_map(|month| self.figures.get(month)).any(is_it)
            && words.iter().all(|word| self.words.iter().any(|own| is_form_of(own, word)))
            && has_run(&sentence.words, &self.words)
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
            let siblings = self.siblings(indicator);
            all.entry(self.whole(name).clone()).or_default().push(HiddenSeries {
                names: FigureNames::of(indicator, &titles, &siblings),
                unit: indicator.measure.unit,
                frequency: indicator.frequency,
                figures: self.given.get(name).cloned().unwrap_or_default(),
                hidden,
            });
        }
        all
    }

    /// The other categories of the breakdown that a part is of.
    fn siblings(&self, part: &Indicator) -> Vec<&str> {
        let whole = self.register.get(self.whole(&part.reference));
        let breakdowns = whole.into_iter().flat_map(|whole| &whole.breakdowns);
        let own = breakdowns.filter(|breakdown| breakdown.parts.contains(&part.reference));
        let parts = own.flat_map(|breakdown| &breakdown.parts).filter(|other| **other != part.reference);
        let segments = parts.filter_map(|other| self.register.get(other)?.segment.as_ref());
        segments.map(|segment| segment.category.as_str()).collect()
    }

    /// The titles of what some public page shows, with those figures that it may.
    pub(super) fn shown_titles(&self, hides: impl Fn(&IndicatorRef, Period) -> bool) -> Vec<ShownTitle> {
        let shown = self.shown.keys().filter_map(|name| self.register.get(name));
        let title = |one: &Indicator| {
            let given = self.given.get(&one.reference)?;
            let figures = given.iter().filter(|(month, _)| !hides(&one.reference, **month));
            let figures = figures.map(|(month, figure)| (*month, *figure)).collect();
            Some(ShownTitle { words: words_of(&one.title), figures })
        };
        shown.filter(|one| one.segment.is_none()).filter_map(title).collect()
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
        text.names(now, self, &[now, self.frequency.previous(now)])
    }

    /// Whether a text that calls it by its name does.
    pub(super) fn is_called_in(&self, pack: Period, text: &SpokenText, others: &[ShownTitle]) -> bool {
        let near: Vec<Period> = (0..=3).map(|back| pack.plus(-back)).collect();
        // The latest figure that is not after the pack is the one that it shows.
        let now = self.figures.keys().rfind(|month| **month <= pack).copied().unwrap_or(pack);
        text.names_called(now, self, &near, others)
    }

    /// Whether a text that calls it by its name names any number up to `most` while
    /// one in sight is hidden.
    pub(super) fn may_be_called_in(&self, pack: Period, text: &SpokenText, others: &[ShownTitle], most: u32) -> bool {
        let near: Vec<Period> = (0..=3).map(|back| pack.plus(-back)).collect();
        let is_small = |said: &SaidNumber| said.count().is_some_and(|count| (1..=most).contains(&count));
        let says = |_: &SpokenSentence, numbers: &[SaidNumber]| numbers.iter().any(is_small);
        self.hides_any(&near) && text.says_called(self, &near, others, &says)
    }

    /// Whether any of these months is hidden.
    pub(super) fn hides_any(&self, months: &[Period]) -> bool {
        months.iter().any(|month| self.hidden.contains_key(month))
    }

    fn called_in(&self, sentence: &SpokenSentence, about: &[String]) -> Option<Called<'_>> {
        self.names.called_in(&sentence.text, &sentence.words, about)
    }

    /// Whether numbers of a sentence are those of a hidden figure in sight, or of one
    /// that it speaks of.
    fn is_said(&self, now: Period, sentence: &SpokenSentence, numbers: &[SaidNumber], in_sight: &[Period]) -> bool {
        let months = || self.months(now).collect::<BTreeSet<Period>>().into_iter();
        !numbers.is_empty()
            && months().any(|month| {
                let is_spoken_of = sentence.speaks_of(month, now);
                (is_spoken_of || in_sight.contains(&month)) && self.is_told(month, is_spoken_of.then_some(now), numbers)
            })
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
            let is_count = |said: &SaidNumber| said.count().is_some_and(|count| counts.contains(&count));
            said.iter().any(|said| is_count(said) || figure.is_some_and(|figure| self.is_value(figure, said)))
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

/// Whether a number is another, said with so many decimals.
fn is_rounded(value: Decimal, said: Decimal) -> bool {
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
            assert_eq!(SpokenSentence::of(text).speaks_of(july, now), expected, "{text}");
        }
    }
}
