//! One thing for each of some months.

use super::period::Period;

/// Things by month, oldest first. Most series have no gaps and are asked for
/// their last months, so that one look at the end finds almost everything.
#[derive(Debug, Clone, PartialEq)]
pub struct ByMonth<T>(Vec<(Period, T)>);

impl<T> Default for ByMonth<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByMonth<T> {
    /// Where a month is, or where it would be.
    fn find(&self, month: Period) -> Result<usize, usize> {
        let Some((last, _)) = self.0.last() else { return Err(0) };
        let Ok(back) = usize::try_from(last.since(month)) else { return Err(self.0.len()) };
        match (self.0.len() - 1).checked_sub(back) {
            Some(guess) if self.0[guess].0 == month => Ok(guess),
            _ => self.0.binary_search_by_key(&month, |(month, _)| *month),
        }
    }

    /// What there is of a month.
    pub fn get(&self, month: Period) -> Option<&T> {
        self.find(month).ok().map(|at| &self.0[at].1)
    }

    /// The same, to change it.
    pub fn get_mut(&mut self, month: Period) -> Option<&mut T> {
        self.find(month).ok().map(|at| &mut self.0[at].1)
    }

    /// Makes room for so many more months.
    pub fn reserve(&mut self, more: usize) {
        self.0.reserve(more);
    }

    /// Puts something in a month, in the place of what was there.
    pub fn insert(&mut self, month: Period, thing: T) {
        match self.find(month) {
            Ok(at) => self.0[at].1 = thing,
            Err(at) if at == self.0.len() => self.0.push((month, thing)),
            Err(at) => self.0.insert(at, (month, thing)),
        }
    }

    /// Months and things, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Period, &T)> {
        self.0.iter().map(|(month, thing)| (*month, thing))
    }

    /// Things, oldest first.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.0.iter().map(|(_, thing)| thing)
    }

    /// The same, to change them.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> {
        self.0.iter_mut().map(|(_, thing)| thing)
    }

    /// Each thing as another, in its month.
    pub fn map<U>(self, becomes: impl Fn(Period, T) -> U) -> ByMonth<U> {
        ByMonth(self.0.into_iter().map(|(month, thing)| (month, becomes(month, thing))).collect())
    }

    /// Whether there is nothing of any month.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_holds_what_a_map_would(inserted in prop::collection::vec((0..40_i32, 0..9_u8), 0..40)) {
            let month = |n: i32| Period::EARLIEST.plus(n);
            let (mut ours, mut map) = (ByMonth::default(), BTreeMap::new());
            for (at, thing) in inserted {
                ours.insert(month(at), thing);
                map.insert(month(at), thing);
            }
            prop_assert!(ours.iter().eq(map.iter().map(|(month, thing)| (*month, thing))));
            for at in -2..42 {
                prop_assert_eq!(ours.get(month(at)), map.get(&month(at)));
            }
        }
    }
}
