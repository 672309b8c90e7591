//! What any reader knows to add up: the parts of a breakdown, indicators that
//! are declared as the total of others, what is declared under `[[sums]]`,
//! counts that are always the same, the months of a year to date.
//!
//! What a source leaves out of such a sum, a reader works out from the rest, and
//! from that the next: so it is done here, before anything is chosen.

use std::collections::{BTreeMap, BTreeSet};

use super::council::{Counts, Draft};
use super::counts::{cost_of, label, other_half, rule_of};
use super::{CellId, CountCell, Disclosed, DisclosureRule};
use crate::dataset::Dataset;
use crate::domain::known_sum::{CountOf, KnownSum, SumTerm};
use crate::domain::segment::{Breakdown, PartsOf};
use crate::domain::{Basis, Checked, Frequency, Indicator, IndicatorRef, Period, SourceId, Unit};

/// Which count of a figure a sum is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// The count itself, or the numerator.
    Count,
    /// The denominator.
    All,
}

impl Side {
    /// The key of such a count, as a figure's own counts have it.
    pub(super) fn key(self, reference: &IndicatorRef, period: Period) -> String {
        match self {
            Self::Count => format!("{reference}/{period}"),
            Self::All => format!("{reference}/{period}/all"),
        }
    }
}

/// One count of a sum.
#[derive(Debug, Clone, Copy)]
pub(super) struct CountTerm<'a> {
    pub(super) indicator: &'a Indicator,
    pub(super) period: Period,
    pub(super) side: Side,
}

/// Two sums that any reader knows to be equal.
#[derive(Debug, Clone)]
pub(super) struct Equal<'a> {
    pub(super) left: Vec<CountTerm<'a>>,
    pub(super) right: Vec<CountTerm<'a>>,
}

impl<'a> Draft<'a> {
    /// Says what adds up. A sum that the source gets wrong is left out: no
    /// reader can use it either.
    pub(super) fn relate(&mut self, datasets: &BTreeMap<SourceId, Checked<Dataset>>, sums: &[KnownSum]) {
        let months: BTreeSet<Period> =
            datasets.values().flat_map(|dataset| dataset.value.observations()).map(|seen| seen.period).collect();
        let (mut all, mut declared): (Vec<Equal<'a>>, Vec<Equal<'a>>) = (Vec::new(), Vec::new());
        for period in &months {
            for indicator in self.register.values().filter(|one| self.shown.contains_key(&one.reference)) {
                all.extend(self.breakdowns(indicator, *period));
                all.extend(self.margins(indicator, *period));
                declared.extend(self.total_of(indicator, *period));
            }
            declared.extend(sums.iter().filter_map(|sum| self.known_sum(sum, *period)));
            declared.extend(sums.iter().filter_map(|sum| self.rolling_sum(sum, *period)));
        }
        for equal in declared {
            all.extend(self.by_category(&equal));
            all.push(equal);
        }
        all.extend(self.longer_sums());
        all.extend(self.twins());
        self.work_out(&all);
        while self.declared_halves() {
            self.work_out(&all);
        }
        self.unweighed.extend(self.alone.keys().map(|(reference, _)| reference.clone()));
        for equal in &all {
            self.state(equal);
        }
        for indicator in self.register.values() {
            for period in &months {
                self.year_to_date(indicator, *period);
                self.overlaps(indicator, *period);
            }
        }
    }

    /// The sums of an indicator's breakdowns.
    fn breakdowns(&self, whole: &'a Indicator, period: Period) -> Vec<Equal<'a>> {
        let own = |side| CountTerm { indicator: whole, period, side };
        let parts = |breakdown: &Breakdown, side| self.terms(&breakdown.parts, period, side);
        let mut all = Vec::new();
        for breakdown in whole.breakdowns.iter().filter(|breakdown| breakdown.sums) {
            // A mean's denominators are children; what they are multiplied with is not.
            if whole.measure.unit.is_money() || matches!(whole.measure.unit, Unit::Days | Unit::Mean | Unit::Score) {
                all.extend(parts(breakdown, Side::All).map(|right| Equal { left: vec![own(Side::All)], right }));
                continue;
            }
            let Some(counted) = parts(breakdown, Side::Count) else { continue };
            let (left, right) = match breakdown.parts_of {
                PartsOf::Figure | PartsOf::Numerator => (own(Side::Count), counted),
                PartsOf::Denominator => (own(Side::All), counted),
                PartsOf::Rest => (own(Side::All), counted.into_iter().chain([own(Side::Count)]).collect()),
            };
            all.push(Equal { left: vec![left], right });
            // A rate's population is everybody's, whoever is counted.
            if breakdown.parts_of == PartsOf::Figure && whole.measure.unit == Unit::Percent {
                all.extend(parts(breakdown, Side::All).map(|right| Equal { left: vec![own(Side::All)], right }));
            }
        }
        all
    }

    /// Indicators that are declared as the total of others.
    fn total_of(&self, whole: &'a Indicator, period: Period) -> Option<Equal<'a>> {
        if whole.checks.total_of.is_empty() || whole.measure.unit != Unit::Count {
            return None;
        }
        let right = self.terms(&whole.checks.total_of, period, Side::Count)?;
        Some(Equal { left: vec![CountTerm { indicator: whole, period, side: Side::Count }], right })
    }

    /// What is declared to add up.
    fn known_sum(&self, sum: &KnownSum, period: Period) -> Option<Equal<'a>> {
        let side = |terms: &[SumTerm]| -> Option<Vec<CountTerm<'a>>> {
            let mut all = Vec::with_capacity(terms.len());
            for term in terms {
                let indicator = self.register.get(&term.indicator)?;
                let (at, side) = match term.of {
                    CountOf::Counted => (period, Side::Count),
                    CountOf::All => (period, Side::All),
                    CountOf::Before(many) => {
                        let back = |month: Period, _| indicator.frequency.previous(month);
                        ((0..many).fold(period, back), Side::Count)
                    }
                };
                // A year to date begins at nothing in April.
                let is_of_last_year = at.financial_year_start() != period.financial_year_start();
                if !(indicator.basis == Basis::YearToDate && is_of_last_year) {
                    all.push(CountTerm { indicator, period: at, side });
                }
            }
            Some(all)
        };
        Some(Equal { left: side(&sum.these)?, right: side(&sum.are)? })
    }

    /// What is a rolling sum's months, where it is declared by how it moves: R and M 12
    /// before are R before and M.
    fn rolling_sum(&self, sum: &KnownSum, period: Period) -> Option<Equal<'a>> {
        let find = |terms: &[SumTerm], is: &dyn Fn(&SumTerm) -> bool| terms.iter().find(|term| is(term)).cloned();
        let of = |now: &[SumTerm], before: &[SumTerm]| {
            let rolling = find(before, &|term| term.of == CountOf::Before(1))?;
            let month = find(before, &|term| term.of == CountOf::Counted)?;
            let is_itself = find(now, &|term| term.of == CountOf::Counted && term.indicator == rolling.indicator);
            let lost = find(now, &|term| term.indicator == month.indicator && matches!(term.of, CountOf::Before(_)));
            let CountOf::Before(many) = lost.filter(|_| is_itself.is_some() && now.len() + before.len() == 4)?.of
            else {
                return None;
            };
            Some((rolling.indicator, month.indicator, many))
        };
        let (rolling, month, many) = of(&sum.these, &sum.are).or_else(|| of(&sum.are, &sum.these))?;
        let (rolling, month) = (self.register.get(&rolling)?, self.register.get(&month)?);
        let term = |indicator, period| CountTerm { indicator, period, side: Side::Count };
        let months = std::iter::successors(Some(period), |before| Some(month.frequency.previous(*before)));
        let right = months.take(many.into()).map(|period| term(month, period)).collect();
        Some(Equal { left: vec![term(rolling, period)], right })
    }

    fn terms(&self, references: &[IndicatorRef], period: Period, side: Side) -> Option<Vec<CountTerm<'a>>> {
        let term = |reference| Some(CountTerm { indicator: self.register.get(reference)?, period, side });
        references.iter().map(term).collect()
    }

    /// Works out every count that is the only one missing of a sum, and from it
    /// the next.
    fn work_out(&mut self, all: &[Equal<'a>]) {
        let mut open: Vec<&Equal<'a>> = all.iter().collect();
        loop {
            let before = open.len();
            open.retain(|equal| match self.missing(equal).as_slice() {
                [] => false,
                [one] => !self.follows(equal, *one),
                _ => true,
            });
            if open.len() == before {
                return;
            }
        }
    }

    /// Weighs the percentages and rates of which the source gives a value alone and
    /// a sum gives a half: from these two any reader has the other half. Says
    /// whether there was one.
    fn declared_halves(&mut self) -> bool {
        let mut found = false;
        for ((reference, period), value) in std::mem::take(&mut self.alone) {
            let Some(indicator) = self.register.get(&reference) else { continue };
            let term = |side| CountTerm { indicator, period, side };
            let half = |draft: &Self, cell: Option<CellId>, given| {
                let given_half = draft.release.get(cell?).value;
                other_half(indicator, value, given_half, given)
            };
            let (mut count, mut all) = (self.member(term(Side::Count)), self.member(term(Side::All)));
            if count.is_none() && all.is_none() {
                self.alone.insert((reference, period), value);
                continue;
            }
            if let (None, Some(counted)) = (count, half(self, all, Side::All)) {
                count = self.unprinted(
                    term(Side::Count),
                    Side::Count.key(&reference, period),
                    counted.into(),
                    Disclosed::Nowhere,
                );
            } else if let (None, Some(whole)) = (all, half(self, count, Side::Count)) {
                all = self.unprinted(
                    term(Side::All),
                    Side::All.key(&reference, period),
                    whole.into(),
                    Disclosed::Nowhere,
                );
            }
            if let (Unit::Percent, Some(count), Some(all)) = (indicator.measure.unit, count, all) {
                let digits = indicator.measure.precision.min(4);
                // A value that the declared half contradicts says nothing of it.
                let _ = if self.known.has_value(&reference, period, indicator.measure.round(value)) {
                    self.release.share_already(count, all, digits)
                } else {
                    self.release.share(count, all, digits)
                };
            }
            // Its value is as good as the count: hiding the count hides the value.
            if let (Some(cell), Some(shown)) = (count, self.shown.get(&reference)) {
                let counted = self.release.get(cell).clone();
                let cost = cost_of(indicator, *shown);
                let _ = self.release.cell(CountCell { published: Disclosed::Count, cost, ..counted });
            }
            self.counts.insert((reference, period), Counts { count, all });
            found = true;
        }
        found
    }

    /// The terms of a sum that nobody gives.
    fn missing(&mut self, equal: &Equal<'a>) -> Vec<CountTerm<'a>> {
        equal.left.iter().chain(&equal.right).filter(|term| self.member(**term).is_none()).copied().collect()
    }

    /// Adds the one count that is missing of a sum, as the others leave it.
    fn follows(&mut self, equal: &Equal<'a>, missing: CountTerm<'a>) -> bool {
        let is_it = |term: &CountTerm<'a>| {
            (&term.indicator.reference, term.period, term.side)
                == (&missing.indicator.reference, missing.period, missing.side)
        };
        let (own, other) =
            if equal.left.iter().any(is_it) { (&equal.left, &equal.right) } else { (&equal.right, &equal.left) };
        // A sum of one and nothing else says nothing.
        if own.len() + other.len() < 2 {
            return false;
        }
        let Some(value) = self.sum(other).checked_sub(self.sum(own)) else { return false };
        let key = missing.side.key(&missing.indicator.reference, missing.period);
        self.unprinted(missing, key, value, Disclosed::Nowhere).is_some()
    }

    /// The sum of those terms that are given.
    fn sum(&mut self, terms: &[CountTerm<'a>]) -> u64 {
        let cells: Vec<CellId> = terms.iter().filter_map(|term| self.member(*term)).collect();
        cells.iter().map(|cell| u64::from(self.release.get(*cell).value)).sum()
    }

    /// Tells the release of a sum. Where several parts of a whole are missing,
    /// what is left of it for all of them is a count of its own.
    fn state(&mut self, equal: &Equal<'a>) {
        let mut cells =
            |terms: &[CountTerm<'a>]| -> Vec<CellId> { terms.iter().filter_map(|term| self.member(*term)).collect() };
        let (left, mut right) = (cells(&equal.left), cells(&equal.right));
        if left.len() < equal.left.len() || right.is_empty() || left.is_empty() {
            return;
        }
        if right.len() < equal.right.len() {
            let Some(left_over) = self.left_over(equal) else { return };
            right.push(left_over);
        }
        let _ = self.release.balance(&left, &right);
    }

    /// What is left of a whole for the parts that nobody gives.
    fn left_over(&mut self, equal: &Equal<'a>) -> Option<CellId> {
        let missing: Vec<CountTerm<'a>> =
            equal.right.iter().filter(|term| self.member(**term).is_none()).copied().collect();
        let value = self.sum(&equal.left).checked_sub(self.sum(&equal.right))?;
        // Together they are about children if one of them is.
        let personal = missing.iter().find(|term| {
            self.shown.get(&term.indicator.reference).is_some_and(|shown| rule_of(term.indicator, *shown).is_some())
        });
        let term = personal.or(missing.first())?;
        let names: Vec<String> =
            missing.iter().map(|term| term.side.key(&term.indicator.reference, term.period)).collect();
        self.unprinted(*term, names.join(" and "), value, Disclosed::Nowhere)
    }

    /// A count of a sum: as it is given now, as it was worked out already, or
    /// as an earlier pack printed it.
    pub(super) fn member(&mut self, term: CountTerm<'a>) -> Option<CellId> {
        let CountTerm { indicator, period, side } = term;
        let reference = &indicator.reference;
        let given = self.counts.get(&(reference.clone(), period)).and_then(|counts| counts.of(side));
        let key = side.key(reference, period);
        if let Some(cell) = given.or_else(|| self.release.find(&key)) {
            return Some(cell);
        }
        let told = match side {
            Side::Count => self.known.count(reference, period, indicator.measure.unit == Unit::Count),
            Side::All => self.known.all(reference, period),
        };
        let value = u64::try_from(told.filter(|told| told.fract().is_zero())?).ok()?;
        self.unprinted(term, key, value, Disclosed::Already)
    }

    /// A count that no page prints now.
    fn unprinted(&mut self, term: CountTerm<'a>, key: String, value: u64, published: Disclosed) -> Option<CellId> {
        let CountTerm { indicator, period, side } = term;
        let rule = self.shown.get(&indicator.reference).and_then(|shown| rule_of(indicator, *shown));
        // A small denominator is no reason of its own: 9 of 9 is shown. A population is.
        let rule = rule.filter(|_| side == Side::Count || indicator.measure.unit == Unit::Rate);
        // Nobody is hidden among a whole population.
        let rule = if indicator.measure.unit == Unit::Rate { rule.map(DisclosureRule::alone) } else { rule };
        let cell = CountCell::open(key, u32::try_from(value).ok()?)
            .called(format!("{} (not printed)", label(indicator, period)));
        self.release.cell(CountCell { rule, published, cost: 0, ..cell }).ok()
    }

    /// This month's year to date less the one before is of the months between:
    /// the count, and what it is a part of.
    fn year_to_date(&mut self, indicator: &'a Indicator, period: Period) {
        if indicator.basis != Basis::YearToDate || period.month() == 4 {
            return;
        }
        if matches!(indicator.frequency, Frequency::Termly | Frequency::Annual(_)) {
            return;
        }
        let counted = self.since(indicator, period, Side::Count);
        // A rate's population is not one of the year so far.
        let all = (indicator.measure.unit != Unit::Rate).then(|| self.since(indicator, period, Side::All)).flatten();
        if let (Some(counted), Some(all)) = (counted, all) {
            // More of them than there were is a correction, and says nothing.
            let _ = self.release.rest(counted, all);
        }
    }

    /// A year to date's count, or denominator, of the months since the last one
    /// that a reader has.
    fn since(&mut self, indicator: &'a Indicator, period: Period, side: Side) -> Option<CellId> {
        let reference = &indicator.reference;
        let now = self.counts.get(&(reference.clone(), period))?.of(side)?;
        let year = period.financial_year_start();
        let mut before = indicator.frequency.previous(period);
        let then = loop {
            if before.financial_year_start() != year {
                return None;
            }
            match self.member(CountTerm { indicator, period: before, side }) {
                Some(then) => break then,
                None => before = indicator.frequency.previous(before),
            }
        };
        let (earlier, later) = (self.release.get(then), self.release.get(now));
        // A year to date that shrinks was corrected, and says nothing of the month.
        let value = later.value.checked_sub(earlier.value)?;
        let label = format!("{} since {}", later.label, indicator.frequency.label(before));
        let between = CountCell::open(format!("{}/since {before}", side.key(reference, period)), value).called(label);
        let between = CountCell { rule: later.rule, published: Disclosed::Nowhere, cost: 0, ..between };
        let between = self.release.cell(between).ok()?;
        self.release.total(now, &[then, between]).ok()?;
        Some(between)
    }
}
