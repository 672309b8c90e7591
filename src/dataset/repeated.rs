//! What is looked up once a row.
//!
//! A table repeats itself: the name that followed another mostly follows it
//! again, and a month stands in many rows. So what was found last, and what
//! was learnt after it, is tried before anything is searched for.

use std::borrow::Borrow;
use std::collections::BTreeMap;

/// Things by name, in the order in which they were learnt.
pub(super) struct Repeated<K, V> {
    learnt: Vec<(K, V)>,
    places: BTreeMap<K, usize>,
    last: usize,
    // How far on the next one was, the last time.
    step: usize,
}

impl<K, V> Default for Repeated<K, V> {
    fn default() -> Self {
        Self { learnt: Vec::new(), places: BTreeMap::new(), last: 0, step: 0 }
    }
}

impl<K: Ord + Clone, V> Repeated<K, V> {
    /// What is known by a name.
    pub(super) fn find<Q: Ord + ?Sized>(&mut self, name: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let is_at = |at: &usize| self.learnt.get(*at).is_some_and(|(known, _)| known.borrow() == name);
        // A month stands in many rows on end, or follows another as a name does.
        let guesses = [self.last + self.step, self.last + 1 - self.step, 0];
        let found = guesses.into_iter().find(is_at).or_else(|| self.places.get(name).copied())?;
        self.step = usize::from(found != self.last);
        self.last = found;
        self.learnt.get_mut(self.last).map(|(_, thing)| thing)
    }

    /// Learns what a name that is not known yet stands for.
    pub(super) fn learn(&mut self, name: K, thing: V) -> &mut V {
        self.last = self.learnt.len();
        self.places.insert(name.clone(), self.last);
        self.learnt.push((name, thing));
        &mut self.learnt[self.last].1
    }

    /// What is known by a name, learnt first where it is not.
    pub(super) fn find_or_learn(&mut self, name: K, thing: impl FnOnce(&K) -> V) -> &mut V {
        match self.find(&name) {
            Some(_) => &mut self.learnt[self.last].1,
            None => {
                let thing = thing(&name);
                self.learn(name, thing)
            }
        }
    }

    /// Names and things, in the order in which they were learnt.
    pub(super) fn into_learnt(self) -> Vec<(K, V)> {
        self.learnt
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_wherever_it_comes() {
        let mut names: Repeated<&str, usize> = Repeated::default();
        for (thing, name) in ["a", "b", "c"].into_iter().enumerate() {
            assert_eq!(names.find(name), None);
            names.learn(name, thing);
        }
        for (name, thing) in [("c", 2), ("c", 2), ("a", 0), ("b", 1), ("a", 0), ("c", 2), ("b", 1)] {
            assert_eq!(names.find(name), Some(&mut thing.clone()), "{name}");
        }
        assert_eq!(names.find("d"), None);
        assert_eq!(names.into_learnt(), [("a", 0), ("b", 1), ("c", 2)]);
    }
}
