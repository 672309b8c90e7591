//! The same choice month after month.
//!
//! What is hidden beside a small count is shown in a month that chooses another,
//! and who knows that it moves slowly carries its value over and has the small
//! one. So what decides between two counts that cost the same is what their series
//! come to and not the month's own values, and what the packs of the month before
//! hid costs a little less.

use std::collections::BTreeMap;

use super::CellId;
use super::council::Draft;
use super::sums::Side;
use crate::domain::IndicatorRef;

impl Draft<'_> {
    /// Prices every count by its series and by what was hidden last.
    pub(super) fn keep_choices(&mut self) {
        let mut series: BTreeMap<(&IndicatorRef, Side), Vec<CellId>> = BTreeMap::new();
        for ((reference, _), counts) in &self.counts {
            for side in [Side::Count, Side::All] {
                series.entry((reference, side)).or_default().extend(counts.of(side));
            }
        }
        for cells in series.into_values().filter(|cells| !cells.is_empty()) {
            let sum: u64 = cells.iter().map(|cell| u64::from(self.release.get(*cell).value)).sum();
            let mean = u64::try_from(cells.len()).ok().and_then(|many| u32::try_from(sum / many).ok());
            for cell in cells {
                self.release.cells[cell.0].size = mean.unwrap_or(u32::MAX);
            }
        }
        let told = self.known.months();
        let was_hidden = |reference: &IndicatorRef, period| {
            let before = self.register.get(reference).map(|known| known.frequency.previous(period));
            before.is_some_and(|before| {
                let key = (reference.clone(), before);
                told.contains(&before) && self.counts.contains_key(&key) && !self.known.has(reference, before)
            })
        };
        for ((reference, period), counts) in &self.counts {
            if was_hidden(reference, *period) {
                for cell in [counts.count, counts.all].into_iter().flatten() {
                    let cost = &mut self.release.cells[cell.0].cost;
                    *cost = cost.saturating_sub(1).max(1);
                }
            }
        }
    }
}
