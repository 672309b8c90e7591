//! What a text would say of hidden figures: by which names officers call an
//! indicator, and which quantities would tell what is hidden of it.
//!
//! A sentence that calls a hidden figure, or stands on its indicator, may say no
//! quantity but of another kind, whatever that is: so that it is left out says nothing
//! of the number. In a text on an indicator of which only a part is hidden, the numbers
//! of that part are looked for.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::CellId;
use super::council::Draft;
use super::figure_names::{Called, FigureNames, SentenceWords, has_run, is_form_of, title_words, words_of_titles};
use super::numbers::{SaidNumber, numbers_of, sentences, words_of};
use super::other_kinds::{OwnKinds, without};
use super::quantities::{has_any, has_sign};
use crate::domain::period::MONTHS;
use crate::domain::target::Goal;
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
    said: SentenceWords,
    starts_a_line: bool,
    /// The months that it names, from 1 to 12.
    months: Vec<u32>,
    /// The years that it names.
    years: Vec<i32>,
    /// Whether it speaks of some other time without naming its month.
    is_of_the_past: bool,
    /// Whether it reckons with what it says.
    is_reckoning: bool,
}

/// Words by which a sentence speaks of another month than the pack's, or of several.
const PAST: [&str; 16] = [
    "ago", "earlier", "previously", "peak", "highest", "lowest", "record", "quarter", "months", "average", "since",
    "overall", "spring", "summer", "autumn", "winter",
];

/// What "last", and "this", make a time of.
const TIMES: [&str; 8] = ["year", "quarter", "term", "spring", "summer", "autumn", "winter", "time"];

/// Words beside which a number that is shown may give another away.
const RECKONING: [&str; 33] = [
    "more", "fewer", "less", "by", "than", "times", "plus", "minus", "another", "extra", "further", "add", "adds",
    "added", "sum", "total", "together", "altogether", "higher", "lower", "greater", "least", "most", "nearly",
    "almost", "about", "under", "over", "below", "above", "between", "short", "as",
];

impl SpokenText {
    /// Reads a text, on an indicator or on none.
    pub fn of(text: &str, about: Option<&Indicator>) -> Self {
        let of_line = |line| sentences(line).into_iter().enumerate().map(|(nth, text)| SpokenSentence::of(text, nth == 0));
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
    fn tells_called(&self, telling: Telling<'_>, hidden: &HiddenSeries, others: &[ShownTitle]) -> bool {
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
struct Telling<'a> {
    /// The month whose figure is today's.
    now: Period,
    in_sight: &'a [Period],
    /// Whether many packs print it, so that readers know it from others.
    is_of_many: bool,
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
        in_sight.iter().filter_map(|month| self.figures.get(month)).any(|figure| is_of(figure, said))
            && words.iter().all(|word| self.words.iter().any(|own| is_form_of(own, word)))
            && has_run(&sentence.said.words, &self.words)
    }
}

/// Whether a number is one of a figure's.
fn is_of(figure: &Figure, said: &SaidNumber) -> bool {
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
        Self { months, years, is_of_the_past, is_reckoning: is_one_of(&RECKONING), starts_a_line, said }
    }

    /// Whether it names a month, as it is read in the month `now`: without a year the
    /// last of its name is meant.
    fn names(&self, month: Period, now: Period) -> bool {
        let is_of_its_year = self.years.contains(&month.year());
        match (self.months.is_empty(), self.years.is_empty()) {
            (false, true) => self.months.contains(&month.month()) && now.since(month) < 12,
            (false, false) => self.months.contains(&month.month()) && is_of_its_year,
            (true, _) => is_of_its_year,
        }
    }

    /// Whether it speaks of a month, by its name or not.
    fn speaks_of(&self, month: Period, now: Period) -> bool {
        self.is_of_the_past || self.names(month, now)
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
            let names = FigureNames::of(indicator, &titles, &siblings);
            all.entry(self.whole(name).clone()).or_default().push(HiddenSeries {
                names,
                kinds: own_kinds(indicator),
                threshold: self.shown.get(name).map_or(0, |showing| showing.threshold),
                is_part: indicator.segment.is_some(),
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

/// What of an indicator makes a quantity its own that is of another kind elsewhere.
fn own_kinds(indicator: &Indicator) -> OwnKinds {
    let goals = indicator.targets.iter().flat_map(|target| match target.goal {
        Goal::Value(value) => vec![value],
        Goal::Range(from, to) => vec![from, to],
    });
    let mut words = title_words(indicator);
    words.extend(words_of(&indicator.measure.noun));
    OwnKinds { is_time: indicator.measure.unit == Unit::Days, words, targets: goals.collect() }
}

/// The figures of an indicator, or of a part of one, of which some are hidden.
#[derive(Debug, Clone)]
pub(super) struct HiddenSeries {
    names: FigureNames,
    kinds: OwnKinds,
    /// Whether it is a category of an indicator.
    is_part: bool,
    /// The largest count that is hidden for itself.
    threshold: u32,
    unit: Unit,
    frequency: Frequency,
    /// Every month's figure, hidden or not: hidden ones follow from movements.
    figures: BTreeMap<Period, Figure>,
    /// What is hidden, with the counts that any reader has of each.
    hidden: BTreeMap<Period, BTreeSet<u32>>,
}

impl HiddenSeries {
    /// Whether a text about its indicator tells what is hidden of it.
    pub(super) fn is_named(&self, now: Period, text: &SpokenText, is_of_many: bool) -> bool {
        let in_sight = [now, self.frequency.previous(now)];
        let telling = Telling { now, in_sight: &in_sight, is_of_many };
        text.sentences.iter().any(|sentence| match self.is_part {
            true => self.may_say(telling, sentence, &self.numbers(sentence)),
            false => self.tells(telling, sentence, &|_| false),
        })
    }

    /// Whether a text that calls it by its name does.
    pub(super) fn is_called_in(&self, pack: Period, text: &SpokenText, others: &[ShownTitle], is_of_many: bool) -> bool {
        let near: Vec<Period> = (0..=3).map(|back| pack.plus(-back)).collect();
        // The latest figure that is not after the pack is the one that it shows.
        let now = self.figures.keys().rfind(|month| **month <= pack).copied().unwrap_or(pack);
        text.tells_called(Telling { now, in_sight: &near, is_of_many }, self, others)
    }

    /// The numbers of a sentence that are of no other kind.
    fn numbers(&self, sentence: &SpokenSentence) -> Vec<SaidNumber> {
        numbers_of(&words_of(&without(&sentence.said.text, &self.kinds)))
    }

    /// Whether a figure is hidden that is in sight or of which a sentence speaks.
    fn is_concerned(&self, telling: Telling<'_>, sentence: &SpokenSentence) -> bool {
        let Telling { now, in_sight, .. } = telling;
        let is_concerned = |month: &Period| in_sight.contains(month) || sentence.speaks_of(*month, now);
        self.hidden.keys().filter(|month| **month <= now).any(is_concerned)
    }

    /// Whether a sentence on it says any quantity while such a figure is hidden; one
    /// that it has from elsewhere, or that is shown of this figure, may stand alone.
    fn tells(
        &self,
        telling: Telling<'_>,
        sentence: &SpokenSentence,
        is_of_another: &dyn Fn(&SaidNumber) -> bool,
    ) -> bool {
        let left = without(&sentence.said.text, &self.kinds);
        let numbers = numbers_of(&words_of(&left));
        if !self.is_concerned(telling, sentence) {
            return self.is_said(telling, sentence, &numbers);
        }
        // Nothing hidden is a count of none.
        let is_none = |said: &SaidNumber| said.count() == Some(0) && !self.is_said(telling, sentence, &[*said]);
        let may_stand = |said: &SaidNumber| {
            is_none(said)
                || (!sentence.is_reckoning && (is_of_another(said) || self.is_shown(telling.now, sentence, said)))
        };
        has_sign(&left) || !numbers.iter().all(may_stand)
    }

    /// Whether a sentence that may be on it says its numbers, or any quantity but a
    /// number.
    fn may_tell(
        &self,
        telling: Telling<'_>,
        sentence: &SpokenSentence,
        is_of_another: &dyn Fn(&SaidNumber) -> bool,
    ) -> bool {
        let left = without(&sentence.said.text, &self.kinds);
        let mut numbers = numbers_of(&words_of(&left));
        numbers.retain(|said| !is_of_another(said));
        (self.is_concerned(telling, sentence) && has_sign(&left)) || self.may_say(telling, sentence, &numbers)
    }

    /// Whether numbers are those of a figure that is hidden; in a text of many packs
    /// any is that is no larger than what may be hidden, whichever that is, so that
    /// what is left out by this says nothing of which number is hidden.
    fn may_say(&self, telling: Telling<'_>, sentence: &SpokenSentence, numbers: &[SaidNumber]) -> bool {
        let is_small = |said: &SaidNumber| said.count().is_some_and(|count| (1..=self.threshold).contains(&count));
        let is_any = telling.is_of_many
            && telling.in_sight.iter().any(|month| self.hidden.contains_key(month))
            && numbers.iter().any(is_small);
        is_any || self.is_said(telling, sentence, numbers)
    }

    /// Whether a number is that of a month which a sentence names, none of them hidden,
    /// or of the month that a pack shows.
    fn is_shown(&self, now: Period, sentence: &SpokenSentence, said: &SaidNumber) -> bool {
        let mut named: Vec<Period> = self.months(now).filter(|month| sentence.names(*month, now)).collect();
        if named.iter().any(|month| self.hidden.contains_key(month)) {
            return false;
        }
        named.extend((!self.hidden.contains_key(&now)).then_some(now));
        named.iter().filter_map(|month| self.figures.get(month)).any(|figure| is_of(figure, said))
    }

    /// Whether numbers of a sentence are those of a hidden figure in sight, or of one
    /// that it speaks of.
    fn is_said(&self, telling: Telling<'_>, sentence: &SpokenSentence, numbers: &[SaidNumber]) -> bool {
        let Telling { now, in_sight, .. } = telling;
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
            assert_eq!(SpokenSentence::of(text, true).speaks_of(july, now), expected, "{text}");
        }
    }
}
