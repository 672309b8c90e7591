//! The figures of an indicator of which some are hidden, and which quantities of a
//! sentence would tell them.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::CellId;
use super::council::Draft;
use super::figure_names::{FigureNames, title_words, words_of_titles};
use super::numbers::{SaidNumber, numbers_of, words_of};
use super::other_kinds::OwnKinds;
use super::quantities::has_sign;
use super::spoken::{ShownTitle, SpokenSentence, SpokenText, Telling, is_of, is_rounded};
use crate::domain::target::Goal;
use crate::domain::{Figure, Frequency, Indicator, IndicatorRef, Period, Unit};

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
        let of_month = part.made_of().map_or(&part.reference, |made_of| &made_of.part);
        let own = breakdowns.filter(|breakdown| breakdown.parts.contains(of_month));
        let parts = own.flat_map(|breakdown| &breakdown.parts).filter(|other| *other != of_month);
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
    pub(super) names: FigureNames,
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
    pub(super) fn is_called_in(
        &self,
        pack: Period,
        text: &SpokenText,
        others: &[ShownTitle],
        is_of_many: bool,
    ) -> bool {
        let near: Vec<Period> = (0..=3).map(|back| pack.plus(-back)).collect();
        // The latest figure that is not after the pack is the one that it shows.
        let now = self.figures.keys().rfind(|month| **month <= pack).copied().unwrap_or(pack);
        text.tells_called(Telling { now, in_sight: &near, is_of_many }, self, others)
    }

    /// The numbers of a sentence that are of no other kind.
    fn numbers(&self, sentence: &SpokenSentence) -> Vec<SaidNumber> {
        numbers_of(&words_of(&sentence.without(&self.kinds)))
    }

    /// Whether a figure is hidden that is in sight or of which a sentence speaks.
    fn is_concerned(&self, telling: Telling<'_>, sentence: &SpokenSentence) -> bool {
        let Telling { now, in_sight, .. } = telling;
        let is_concerned = |month: &Period| in_sight.contains(month) || sentence.speaks_of(*month, now);
        self.hidden.keys().filter(|month| **month <= now).any(is_concerned)
    }

    /// Whether a sentence on it says any quantity while such a figure is hidden; one
    /// that it has from elsewhere, or that is shown of this figure, may stand alone.
    pub(super) fn tells(
        &self,
        telling: Telling<'_>,
        sentence: &SpokenSentence,
        is_of_another: &dyn Fn(&SaidNumber) -> bool,
    ) -> bool {
        let left = sentence.without(&self.kinds);
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
    pub(super) fn may_tell(
        &self,
        telling: Telling<'_>,
        sentence: &SpokenSentence,
        is_of_another: &dyn Fn(&SaidNumber) -> bool,
    ) -> bool {
        let left = sentence.without(&self.kinds);
        let mut numbers = numbers_of(&words_of(&left));
        numbers.retain(|said| !is_of_another(said));
        // Beside a hidden category any number may be its share, its ratio to another or its
        // move; beside anything hidden one that is no whole number may.
        let is_share = |said: &SaidNumber| !said.value.fract().is_zero();
        let is_any =
            has_sign(&left) || numbers.iter().any(|said| (self.is_part && said.count() != Some(0)) || is_share(said));
        (self.is_concerned(telling, sentence) && is_any) || self.may_say(telling, sentence, &numbers)
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
