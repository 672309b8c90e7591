//! Parts over several months: what a reader knows of their months by them.

use std::collections::{BTreeMap, BTreeSet};

use super::council::Draft;
use super::sums::{CountTerm, Equal, Side};
use crate::domain::Period;

impl<'a> Draft<'a> {
    /// Parts over several months as the sums of these: those that are printed now, and
    /// those that earlier packs printed, of which each differs from the next by a month that
    /// came and one that left.
    pub(super) fn longer_sums(&self) -> Vec<Equal<'a>> {
        let mut all = Vec::new();
        for longer in self.register.values().filter(|one| self.shown.contains_key(&one.reference)) {
            let Some(made_of) = longer.made_of() else { continue };
            let Some(part) = self.register.get(&made_of.part) else { continue };
            let given = self.given.get(&longer.reference).into_iter().flat_map(BTreeMap::keys).copied();
            let ends: BTreeSet<Period> = given.chain(self.known.months_of(&longer.reference)).collect();
            for last in ends {
                let term = |indicator, period| CountTerm { indicator, period, side: Side::Count };
                let months = made_of.span.months(last, longer.frequency);
                let right = months.into_iter().map(|month| term(part, month)).collect();
                all.push(Equal { left: vec![term(longer, last)], right });
            }
        }
        all
    }
}
