//! A release as a net: which sums and percentages each count is in, and what
//! a reader knows when some counts are hidden.

use std::collections::{BTreeMap, VecDeque};

use super::cell::Disclosed;
use super::release::{Balance, PrintedShare, Release};

/// Another world: by how much counts differ from the truth, those that do.
pub(super) type World = BTreeMap<usize, i64>;

/// A release, with the way from each count to its sums and percentages.
pub(super) struct Net<'a> {
    pub(super) release: &'a Release,
    balances: Vec<Vec<usize>>,
    shares: Vec<Vec<usize>>,
}

impl<'a> Net<'a> {
    pub(super) fn new(release: &'a Release) -> Self {
        let mut net = Self {
            release,
            balances: vec![Vec::new(); release.cells.len()],
            shares: vec![Vec::new(); release.cells.len()],
        };
        for (index, balance) in release.balances.iter().enumerate() {
            for cell in balance.left.iter().chain(&balance.right) {
                net.balances[*cell].push(index);
            }
        }
        for (index, share) in release.shares.iter().enumerate() {
            net.shares[share.part].push(index);
            net.shares[share.whole].push(index);
        }
        net
    }

    /// The counts that can be reached from these through sums and percentages
    /// by way of counts that may move, in order.
    pub(super) fn reached(&self, from: &[usize], may_move: impl Fn(usize) -> bool) -> Vec<usize> {
        self.nearest(from, may_move, usize::MAX)
    }

    /// The same, and no more than this many of them, the nearest.
    pub(super) fn nearest(&self, from: &[usize], may_move: impl Fn(usize) -> bool, most: usize) -> Vec<usize> {
        let mut seen = vec![false; self.release.cells.len()];
        let mut open: VecDeque<usize> = from.iter().copied().filter(|cell| may_move(*cell)).collect();
        for cell in &open {
            seen[*cell] = true;
        }
        let mut found = open.len();
        while let Some(cell) = open.pop_front() {
            let balances = self.balances[cell].iter().map(|index| &self.release.balances[*index]);
            let beside = balances.flat_map(|balance| balance.left.iter().chain(&balance.right).copied());
            let shares = self.shares[cell].iter().map(|index| self.release.shares[*index]);
            for next in beside.chain(shares.flat_map(|share| [share.part, share.whole])) {
                if found < most && !seen[next] && may_move(next) {
                    seen[next] = true;
                    open.push_back(next);
                    found += 1;
                }
            }
        }
        (0..seen.len()).filter(|cell| seen[*cell]).collect()
    }

    /// The sums that any of these counts is in, each once, in order.
    pub(super) fn balances_of(&self, cells: &[usize]) -> Vec<&'a Balance> {
        let mut indices: Vec<usize> = cells.iter().flat_map(|cell| self.balances[*cell].iter().copied()).collect();
        indices.sort_unstable();
        indices.dedup();
        indices.into_iter().map(|index| &self.release.balances[index]).collect()
    }

    /// The percentages that any of these counts is in, each once, in order.
    pub(super) fn shares_of(&self, cells: &[usize]) -> Vec<PrintedShare> {
        let mut indices: Vec<usize> = cells.iter().flat_map(|cell| self.shares[*cell].iter().copied()).collect();
        indices.sort_unstable();
        indices.dedup();
        indices.into_iter().map(|index| self.release.shares[index]).collect()
    }

    /// A count and those that it is a percentage of, or they of it: where
    /// none of them moves, showing it changes nothing.
    pub(super) fn with_its_shares(&self, cell: usize) -> Vec<usize> {
        let shares = self.shares[cell].iter().map(|index| self.release.shares[*index]);
        shares.flat_map(|share| [share.part, share.whole]).chain([cell]).collect()
    }

    /// Whether a reader can read this count.
    pub(super) fn is_known(&self, cell: usize, hidden: &[bool]) -> bool {
        match self.release.cells[cell].published {
            Disclosed::Already => true,
            Disclosed::Count => !hidden[cell],
            Disclosed::Percent | Disclosed::Nowhere => false,
        }
    }

    /// Whether a reader can read this count whatever is hidden.
    pub(super) fn is_fixed(&self, cell: usize) -> bool {
        let about = &self.release.cells[cell];
        match about.published {
            Disclosed::Already => true,
            Disclosed::Count => !about.can_be_hidden(),
            Disclosed::Percent | Disclosed::Nowhere => false,
        }
    }

    /// Whether a reader can read this percentage.
    pub(super) fn is_printed(share: PrintedShare, hidden: &[bool]) -> bool {
        share.already || !(hidden[share.part] || hidden[share.whole])
    }

    /// What hiding a count costs. Of two as dear the smaller goes, of two as
    /// large the first: the same one every time.
    #[expect(clippy::cast_precision_loss, reason = "an index of a release")]
    pub(super) fn price(&self, cell: usize) -> f64 {
        let about = &self.release.cells[cell];
        let size = f64::from(about.size);
        f64::from(about.cost.max(1)) + 0.01 * size / (size + 1_000.0) + 1e-6 * (cell as f64)
    }

    /// Whether a percentage says nothing while the counts it rests on are
    /// shown, and is gone as soon as one of them is hidden.
    pub(super) fn goes_with_its_counts(&self, share: PrintedShare) -> bool {
        let is_count = |cell: usize| self.release.cells[cell].published == Disclosed::Count;
        !share.already && is_count(share.part) && is_count(share.whole)
    }

    /// Whether a reader who sees everything but what is hidden can imagine
    /// this world: in whole numbers, without rounding.
    pub(super) fn allows(&self, world: &World, hidden: &[bool]) -> bool {
        let moved: Vec<usize> = world.iter().filter(|(_, by)| **by != 0).map(|(cell, _)| *cell).collect();
        let by = |cell: &usize| i128::from(world.get(cell).copied().unwrap_or(0));
        let value = |cell: usize| i128::from(self.release.cells[cell].value) + by(&cell);
        let sum = |side: &[usize]| side.iter().map(by).sum::<i128>();
        moved
            .iter()
            .all(|cell| !self.is_known(*cell, hidden) && value(*cell) >= i128::from(self.release.cells[*cell].least))
            && self.balances_of(&moved).iter().all(|balance| sum(&balance.left) == sum(&balance.right))
            && self.shares_of(&moved).into_iter().filter(|share| Self::is_printed(*share, hidden)).all(|share| {
                let (low, high) = share.between(&self.release.cells);
                let (part, whole) = (value(share.part), value(share.whole));
                whole > 0 && low[0] * part >= low[1] * whole && high[0] * part < high[1] * whole
            })
    }
}
