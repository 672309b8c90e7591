//! What any reader knows to add up: the parts of a breakdown, indicators that
//! are declared as the total of others, the months of a year to date.

use std::collections::{BTreeMap, BTreeSet};

use super::council::{Counts, Draft};
use super::{Cell, CellId, Published};
use crate::dataset::Dataset;
use crate::domain::segment::{Breakdown, PartsOf};
use crate::domain::{Basis, Checked, Frequency, Indicator, IndicatorRef, Period, SourceId, Unit};

impl Draft<'_> {
    /// Says what adds up. A sum that the source gets wrong is left out: no
    /// reader can use it either.
    pub(super) fn relate(&mut self, datasets: &BTreeMap<SourceId, Checked<Dataset>>) {
        let months: BTreeSet<Period> =
            datasets.values().flat_map(|dataset| dataset.value.observations()).map(|seen| seen.period).collect();
        for indicator in self.register.values() {
            if !self.shown.contains_key(&indicator.reference) {
                continue;
            }
            for period in &months {
                for breakdown in indicator.breakdowns.iter().filter(|breakdown| breakdown.sums) {
                    self.breakdown(indicator, breakdown, *period);
                }
                self.total_of(indicator, *period);
                self.year_to_date(indicator, *period);
            }
        }
    }

    fn counts(&self, indicator: &IndicatorRef, period: Period) -> Option<Counts> {
        self.counts.get(&(indicator.clone(), period)).copied()
    }

    /// The counts of every one of them; none where any has none.
    fn each(&self, parts: &[IndicatorRef], period: Period, pick: fn(Counts) -> Option<CellId>) -> Option<Vec<CellId>> {
        parts.iter().map(|part| self.counts(part, period).and_then(pick)).collect()
    }

    fn breakdown(&mut self, whole: &Indicator, breakdown: &Breakdown, period: Period) {
        let Some(of) = self.counts(&whole.reference, period) else { return };
        let count = |counts: Counts| counts.count;
        let parts = |draft: &Self| draft.each(&breakdown.parts, period, count);
        match breakdown.parts_of {
            PartsOf::Figure => {
                self.sum(of.count, parts(self));
                let alls = self.each(&breakdown.parts, period, |counts| counts.all);
                // A rate's population is everybody's, whoever is counted.
                if whole.measure.unit == Unit::Percent {
                    self.sum(of.all, alls);
                }
            }
            PartsOf::Numerator => {
                let parts = parts(self);
                self.sum(of.count, parts);
            }
            PartsOf::Denominator => {
                let parts = parts(self);
                self.sum(of.all, parts);
            }
            PartsOf::Rest => {
                if let (Some(all), Some(count), Some(mut right)) = (of.all, of.count, parts(self)) {
                    right.push(count);
                    let _ = self.release.balance(&[all], &right);
                }
            }
        }
    }

    fn sum(&mut self, total: Option<CellId>, parts: Option<Vec<CellId>>) {
        if let (Some(total), Some(parts)) = (total, parts) {
            let _ = self.release.total(total, &parts);
        }
    }

    /// Indicators that are declared as the total of others.
    fn total_of(&mut self, indicator: &Indicator, period: Period) {
        if indicator.checks.total_of.is_empty() || indicator.measure.unit != Unit::Count {
            return;
        }
        let total = self.counts(&indicator.reference, period).and_then(|counts| counts.count);
        let parts = self.each(&indicator.checks.total_of, period, |counts| counts.count);
        self.sum(total, parts);
    }

    /// This month's year to date less last month's is this month's count.
    fn year_to_date(&mut self, indicator: &Indicator, period: Period) {
        if indicator.basis != Basis::YearToDate || indicator.measure.unit != Unit::Count || period.month() == 4 {
            return;
        }
        let before = match indicator.frequency {
            Frequency::Monthly | Frequency::Quarterly => indicator.frequency.previous(period),
            Frequency::Termly | Frequency::Annual(_) => return,
        };
        if before.financial_year_start() != period.financial_year_start() {
            return;
        }
        let of = |month| self.counts(&indicator.reference, month).and_then(|counts| counts.count);
        let (Some(then), Some(now)) = (of(before), of(period)) else { return };
        let (earlier, later) = (self.release.get(then), self.release.get(now));
        // A year to date that shrinks was corrected, and says nothing of the month.
        let Some(value) = later.value.checked_sub(earlier.value) else { return };
        let month = Cell {
            key: format!("{}/{period}/month", indicator.reference),
            label: format!("{} alone", later.label),
            value,
            rule: later.rule,
            published: Published::Nowhere,
            cost: 0,
        };
        if let Ok(month) = self.release.cell(month) {
            let _ = self.release.total(now, &[then, month]);
        }
    }
}
