//! Counts of different indicators that are the same in every month: nobody
//! declares them, and any reader sees them.

use std::collections::{BTreeMap, BTreeSet};

use super::council::Draft;
use super::sums::{CountTerm, Equal, Side};
use crate::domain::{Indicator, IndicatorRef, Period};

/// Fewest months in which two counts must be the same.
const MONTHS: usize = 8;

/// Fewest different numbers among them: two that are always 0 are no twins.
const NUMBERS: usize = 3;

/// A count over the months that give it.
type Series = BTreeMap<Period, u32>;

impl<'a> Draft<'a> {
    /// Every count that was always another one's, month by month.
    pub(super) fn twins(&self) -> Vec<Equal<'a>> {
        let all = self.series();
        let mut twins = Vec::new();
        for (i, (one, series)) in all.iter().enumerate() {
            // The first that it equals stands for all others.
            let first = all[..i]
                .iter()
                .find(|((other, _), known)| other.reference != one.0.reference && are_same(known, series));
            let Some((other, known)) = first else { continue };
            for period in known.keys().chain(series.keys()).collect::<BTreeSet<_>>() {
                let term = |(indicator, side): (&'a Indicator, Side)| CountTerm { indicator, period: *period, side };
                twins.push(Equal { left: vec![term(*other)], right: vec![term(*one)] });
            }
        }
        twins
    }

    fn series(&self) -> Vec<((&'a Indicator, Side), Series)> {
        let mut all: BTreeMap<(&IndicatorRef, Side), Series> = BTreeMap::new();
        for ((reference, period), counts) in &self.counts {
            for (side, cell) in [(Side::Count, counts.count), (Side::All, counts.all)] {
                if let Some(cell) = cell {
                    all.entry((reference, side)).or_default().insert(*period, self.release.get(cell).value);
                }
            }
        }
        all.into_iter().filter_map(|((name, side), series)| Some(((self.register.get(name)?, side), series))).collect()
    }
}

/// Whether two counts are the same wherever both are given, and that is no chance.
fn are_same(one: &Series, other: &Series) -> bool {
    let mut months = 0;
    let mut numbers = BTreeSet::new();
    for (period, value) in one {
        match other.get(period) {
            Some(same) if same == value => {
                months += 1;
                numbers.insert(value);
            }
            Some(_) => return false,
            None => {}
        }
    }
    months >= MONTHS && numbers.len() >= NUMBERS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[u32]) -> Series {
        let last: Period = "2026-10".parse().unwrap();
        (0..).map(|back| last.plus(-back)).zip(values.iter().copied()).collect()
    }

    #[test]
    fn twins_are_the_same_often_enough_and_not_for_want_of_change() {
        for (one, other, expected) in [
            (&[7, 8, 9, 7, 8, 9, 7, 8][..], &[7, 8, 9, 7, 8, 9, 7, 8][..], true),
            (&[7, 8, 9, 7, 8, 9, 7, 8], &[7, 8, 9, 7, 8, 9, 7, 9], false),
            (&[7, 8, 9, 7, 8, 9, 7], &[7, 8, 9, 7, 8, 9, 7], false),
            (&[7, 8, 7, 7, 8, 8, 7, 8], &[7, 8, 7, 7, 8, 8, 7, 8], false),
            // A month more of one is no difference.
            (&[7, 8, 9, 7, 8, 9, 7, 8], &[7, 8, 9, 7, 8, 9, 7, 8, 3], true),
        ] {
            assert_eq!(are_same(&series(one), &series(other)), expected, "{one:?} {other:?}");
        }
    }
}
