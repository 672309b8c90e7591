//! What any reader knows to add up: the parts of a breakdown, indicators that
//! are declared as the total of others, the months of a year to date.

use std::collections::{BTreeMap, BTreeSet};

use super::council::{Draft, label, rule_of};
use super::{Cell, CellId, Published};
use crate::dataset::Dataset;
use crate::domain::known_sum::{CountOf, KnownSum};
use crate::domain::segment::{Breakdown, PartsOf};
use crate::domain::{Basis, Checked, Frequency, Indicator, IndicatorRef, Period, SourceId, Unit};

/// Which count of a figure a sum is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The count itself, or the numerator.
    Count,
    /// The denominator.
    All,
    /// Those of the denominator who are not in the numerator.
    Rest,
}

impl Side {
    /// The key of such a count, as a figure's own counts have it.
    fn key(self, reference: &IndicatorRef, period: Period) -> String {
        match self {
            Self::Count => format!("{reference}/{period}"),
            Self::All | Self::Rest => format!("{reference}/{period}/all"),
        }
    }
}

/// Parts that make a whole in a month.
struct Sum<'s> {
    whole: &'s Indicator,
    side: Side,
    parts: &'s [IndicatorRef],
    parts_side: Side,
    period: Period,
}

impl Draft<'_> {
    /// Says what adds up. A sum that the source gets wrong is left out: no
    /// reader can use it either.
    pub(super) fn relate(&mut self, datasets: &BTreeMap<SourceId, Checked<Dataset>>, sums: &[KnownSum]) {
        let months: BTreeSet<Period> =
            datasets.values().flat_map(|dataset| dataset.value.observations()).map(|seen| seen.period).collect();
        let register = self.register;
        for indicator in register.values() {
            if !self.shown.contains_key(&indicator.reference) {
                continue;
            }
            for period in &months {
                // First those whose parts are all there: they give a whole away that is not.
                for only_whole in [true, false] {
                    for breakdown in indicator.breakdowns.iter().filter(|breakdown| breakdown.sums) {
                        self.breakdown(indicator, breakdown, *period, only_whole);
                    }
                }
                self.total_of(indicator, *period);
                self.year_to_date(indicator, *period);
            }
        }
        for sum in sums {
            months.iter().for_each(|period| self.known_sum(sum, *period));
        }
    }

    /// What is declared to add up. One count that is not there is what the others leave.
    fn known_sum(&mut self, sum: &KnownSum, period: Period) {
        let mut sides: [Vec<CellId>; 2] = [Vec::new(), Vec::new()];
        let mut missing = None;
        for (side, terms) in [&sum.these, &sum.are].into_iter().enumerate() {
            for term in terms {
                let Some(indicator) = self.register.get(&term.indicator) else { return };
                let (month, of) = match term.of {
                    CountOf::Counted => (period, Side::Count),
                    CountOf::All => (period, Side::All),
                    CountOf::Before => (indicator.frequency.previous(period), Side::Count),
                };
                match self.member(&term.indicator, month, of) {
                    Some(cell) => sides[side].push(cell),
                    None if missing.is_none() => missing = Some((side, indicator, month, of)),
                    None => return,
                }
            }
        }
        if let Some((side, indicator, month, of)) = missing {
            let sum = |cells: &[CellId]| cells.iter().map(|id| u64::from(self.release.get(*id).value)).sum::<u64>();
            let Some(value) = sum(&sides[1 - side]).checked_sub(sum(&sides[side])) else { return };
            let key = of.key(&indicator.reference, month);
            let Some(cell) = self.unprinted(indicator, month, key, value, Published::Nowhere) else { return };
            sides[side].push(cell);
        }
        let _ = self.release.balance(&sides[0], &sides[1]);
    }

    fn breakdown(&mut self, whole: &Indicator, breakdown: &Breakdown, period: Period, only_whole: bool) {
        let of = |side, parts_side| Sum { whole, side, parts: &breakdown.parts, parts_side, period };
        let sums = match breakdown.parts_of {
            // A rate's population is everybody's, whoever is counted.
            PartsOf::Figure if whole.measure.unit == Unit::Percent => {
                vec![of(Side::Count, Side::Count), of(Side::All, Side::All)]
            }
            PartsOf::Figure | PartsOf::Numerator => vec![of(Side::Count, Side::Count)],
            PartsOf::Denominator => vec![of(Side::All, Side::Count)],
            PartsOf::Rest => vec![of(Side::Rest, Side::Count)],
        };
        for sum in sums {
            self.add_up(&sum, only_whole);
        }
    }

    /// Says that parts make a whole. What of them the source does not give, a
    /// reader works out from the rest: a whole from its parts, what is left of
    /// it for those that are missing.
    fn add_up(&mut self, sum: &Sum<'_>, only_whole: bool) {
        let found: Vec<Option<CellId>> =
            sum.parts.iter().map(|part| self.member(part, sum.period, sum.parts_side)).collect();
        let mut parts: Vec<CellId> = found.iter().flatten().copied().collect();
        let is_whole = parts.len() == found.len();
        if is_whole != only_whole || parts.is_empty() {
            return;
        }
        let reference = &sum.whole.reference;
        let side = if sum.side == Side::Rest { Side::All } else { sum.side };
        if sum.side == Side::Rest {
            let Some(count) = self.member(reference, sum.period, Side::Count) else { return };
            parts.push(count);
        }
        let known: u64 = parts.iter().map(|part| u64::from(self.release.get(*part).value)).sum();
        let total = match self.member(reference, sum.period, side) {
            Some(total) => total,
            None if is_whole => match self.implied(sum.whole, sum.period, side, known) {
                Some(total) => total,
                None => return,
            },
            None => return,
        };
        if !is_whole {
            let missing: Vec<&IndicatorRef> =
                sum.parts.iter().zip(&found).filter(|(_, cell)| cell.is_none()).map(|(part, _)| part).collect();
            let Some(left) = u64::from(self.release.get(total).value).checked_sub(known) else { return };
            let Some(cell) = self.left_over(sum, &missing, left) else { return };
            parts.push(cell);
        }
        let _ = self.release.total(total, &parts);
    }

    /// A count of a sum: as it is given now, as it was worked out already, or
    /// as an earlier pack printed it.
    fn member(&mut self, reference: &IndicatorRef, period: Period, side: Side) -> Option<CellId> {
        let given = self.counts.get(&(reference.clone(), period)).copied().and_then(|counts| match side {
            Side::Count => counts.count,
            Side::All | Side::Rest => counts.all,
        });
        let key = side.key(reference, period);
        if let Some(cell) = given.or_else(|| self.release.find(&key)) {
            return Some(cell);
        }
        let indicator = self.register.get(reference)?;
        let told = match side {
            Side::Count => self.known.count(reference, period, indicator.measure.unit == Unit::Count),
            Side::All | Side::Rest => self.known.all(reference, period),
        };
        let value = u64::try_from(told.filter(|told| told.fract().is_zero())?).ok()?;
        self.unprinted(indicator, period, key, value, Published::Already)
    }

    /// A whole that the source does not give and its parts do.
    fn implied(&mut self, whole: &Indicator, period: Period, side: Side, value: u64) -> Option<CellId> {
        self.unprinted(whole, period, side.key(&whole.reference, period), value, Published::Nowhere)
    }

    /// What is left of a whole for the parts that the source does not give.
    fn left_over(&mut self, sum: &Sum<'_>, missing: &[&IndicatorRef], value: u64) -> Option<CellId> {
        if let [one] = missing {
            let indicator = self.register.get(*one)?;
            return self.unprinted(
                indicator,
                sum.period,
                sum.parts_side.key(one, sum.period),
                value,
                Published::Nowhere,
            );
        }
        // Together they are about children if one of them is.
        let personal = missing
            .iter()
            .filter_map(|part| self.register.get(*part))
            .find(|part| self.shown.get(&part.reference).is_some_and(|shown| rule_of(part, *shown).is_some()));
        let names: Vec<&str> = missing.iter().map(|part| part.as_str()).collect();
        let key = format!("{}/{}/without {}", sum.whole.reference, sum.period, names.join(" "));
        self.unprinted(personal.unwrap_or(sum.whole), sum.period, key, value, Published::Nowhere)
    }

    /// A count that no page prints now.
    fn unprinted(
        &mut self,
        indicator: &Indicator,
        period: Period,
        key: String,
        value: u64,
        published: Published,
    ) -> Option<CellId> {
        let rule = self.shown.get(&indicator.reference).and_then(|shown| rule_of(indicator, *shown));
        // The rest of a group is no matter of a denominator.
        let rule = rule.filter(|_| !key.ends_with("/all"));
        let cell =
            Cell::open(key, u32::try_from(value).ok()?).called(format!("{} (not printed)", label(indicator, period)));
        self.release.cell(Cell { rule, published, cost: 0, ..cell }).ok()
    }

    /// Indicators that are declared as the total of others.
    fn total_of(&mut self, indicator: &Indicator, period: Period) {
        if indicator.checks.total_of.is_empty() || indicator.measure.unit != Unit::Count {
            return;
        }
        let parts = &indicator.checks.total_of;
        let sum = Sum { whole: indicator, side: Side::Count, parts, parts_side: Side::Count, period };
        for only_whole in [true, false] {
            self.add_up(&sum, only_whole);
        }
    }

    /// This month's year to date less the one before is the count of the months
    /// between.
    fn year_to_date(&mut self, indicator: &Indicator, period: Period) {
        if indicator.basis != Basis::YearToDate || indicator.measure.unit != Unit::Count || period.month() == 4 {
            return;
        }
        if matches!(indicator.frequency, Frequency::Termly | Frequency::Annual(_)) {
            return;
        }
        let reference = &indicator.reference;
        let Some(now) = self.counts.get(&(reference.clone(), period)).and_then(|counts| counts.count) else { return };
        let year = period.financial_year_start();
        let mut before = indicator.frequency.previous(period);
        let then = loop {
            if before.financial_year_start() != year {
                return;
            }
            match self.member(reference, before, Side::Count) {
                Some(then) => break then,
                None => before = indicator.frequency.previous(before),
            }
        };
        let (earlier, later) = (self.release.get(then), self.release.get(now));
        // A year to date that shrinks was corrected, and says nothing of the month.
        let Some(value) = later.value.checked_sub(earlier.value) else { return };
        let between = Cell {
            key: format!("{reference}/{period}/since {before}"),
            label: format!("{} since {}", later.label, indicator.frequency.label(before)),
            value,
            rule: later.rule,
            published: Published::Nowhere,
            cost: 0,
        };
        if let Ok(between) = self.release.cell(between) {
            let _ = self.release.total(now, &[then, between]);
        }
    }
}
