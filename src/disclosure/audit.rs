//! The auditor: tries to recover what is hidden from everything that is shown.
//!
//! It shares nothing with the room's other files but the release and the
//! solver. It writes down what a reader knows (counts that are shown, sums,
//! percentages between the two values that round to them, no count below
//! nothing) and asks for every sensitive count what it could still be. A count
//! is safe only if other whole-number tables that fit all of it are found and
//! checked; where the solver is at a loss, the count is taken as given away.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::cell::Disclosed;
use super::linear::{Program, nearest};
use super::release::{Balance, CellId, PrintedShare, Release};

/// Further above the truth than any reader would think of.
const FAR: i64 = 1_000_000;
/// What a solver's answer may be off a whole number by.
const OFF: f64 = 1e-6;
/// Among how many counts another table is looked for first: the nearest.
const NEAR: usize = 60;

/// What a reader can work out about a hidden count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// It is this or more.
    pub from: u32,
    /// It is this or less; none where it could be anything.
    pub to: Option<u32>,
}

/// How a hidden count is given away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leak {
    /// It is small, and is printed.
    Printed,
    /// It is certain to be no more than a few.
    Few,
    /// To one who knows that it is a few, it is certain how many.
    Exact,
    /// It is certain that nobody is left over: it is all of them.
    All,
}

/// A count that is given away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which.
    pub cell: CellId,
    /// How.
    pub leak: Leak,
    /// What a reader can work out.
    pub bounds: Bounds,
    /// Whether what was public already gives it away, whatever this release
    /// hides.
    pub before: bool,
}

/// Every sensitive count of a release that can be recovered when these counts
/// are hidden.
pub fn audit(release: &Release, hidden: &BTreeSet<CellId>) -> Vec<Violation> {
    let reader = AttackerSystem::of(release, hidden);
    let everything = release.cells().filter(|(_, cell)| cell.can_be_hidden()).map(|(id, _)| id).collect();
    let earlier = AttackerSystem::of(release, &everything);
    let mut violations: Vec<Violation> = Vec::new();
    for (id, leak) in reader.leaks() {
        let before = earlier.leaks_of(id.0).contains(&leak);
        violations.push(Violation { cell: id, leak, bounds: reader.bounds(id.0), before });
    }
    violations
}

/// What a reader can work out about a count when these are hidden.
pub fn bounds(release: &Release, hidden: &BTreeSet<CellId>, cell: CellId) -> Bounds {
    AttackerSystem::of(release, hidden).bounds(cell.0)
}

/// Someone with every page of the release, and a solver.
struct AttackerSystem<'a> {
    release: &'a Release,
    /// Whether each count can be read.
    read: Vec<bool>,
    /// Which unknown counts hang together: the smallest of them, for each.
    group: Vec<usize>,
    /// What hangs together, and what is read about it, under its smallest.
    about: BTreeMap<usize, About<'a>>,
}

/// Unknown counts that hang together, in order, and what is read about them.
#[derive(Default)]
struct About<'a> {
    cells: Vec<usize>,
    balances: Vec<&'a Balance>,
    shares: Vec<PrintedShare>,
}

impl About<'_> {
    /// The nearest to a count of those that hang together with it, and what is
    /// read about them.
    fn near(&self, cell: usize) -> Self {
        let mut cells = BTreeSet::from([cell]);
        loop {
            let known = cells.clone();
            let around = self.rows().filter(|row| row.clone().any(|one| known.contains(&one)));
            let unknown = around.flatten().filter(|one| self.cells.binary_search(one).is_ok());
            for one in unknown {
                if cells.len() < NEAR {
                    cells.insert(one);
                }
            }
            if cells.len() == known.len() || cells.len() >= NEAR {
                break;
            }
        }
        let is_read = |of: &[usize]| of.iter().any(|one| cells.contains(one));
        Self {
            balances: self.balances.iter().filter(|row| is_read(&row.left) || is_read(&row.right)).copied().collect(),
            shares: self.shares.iter().filter(|share| is_read(&[share.part, share.whole])).copied().collect(),
            cells: cells.into_iter().collect(),
        }
    }

    /// The counts of each sum and of each percentage.
    fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = usize> + Clone> {
        let sums = self.balances.iter().map(|row| (row.left.as_slice(), row.right.as_slice(), None));
        let shares = self.shares.iter().map(|share| (&[][..], &[][..], Some([share.part, share.whole])));
        sums.chain(shares)
            .map(|(left, right, share)| left.iter().chain(right).copied().chain(share.into_iter().flatten()))
    }
}

impl<'a> AttackerSystem<'a> {
    fn of(release: &'a Release, hidden: &BTreeSet<CellId>) -> Self {
        let is_hidden = |cell: usize| hidden.contains(&CellId(cell));
        let read: Vec<bool> = (0..release.cells.len())
            .map(|cell| match release.cells[cell].published {
                Disclosed::Already => true,
                Disclosed::Count => !is_hidden(cell),
                Disclosed::Percent | Disclosed::Nowhere => false,
            })
            .collect();
        let mut reader = Self { release, group: (0..read.len()).collect(), read, about: BTreeMap::new() };
        let legible = |share: &&PrintedShare| share.already || !is_hidden(share.part) && !is_hidden(share.whole);
        let shares: Vec<PrintedShare> = release.shares.iter().filter(legible).copied().collect();
        for balance in &release.balances {
            reader.join(balance.left.iter().chain(&balance.right).copied());
        }
        for share in &shares {
            reader.join([share.part, share.whole].into_iter());
        }
        for cell in 0..reader.group.len() {
            reader.group[cell] = reader.root(cell);
        }
        for cell in (0..reader.read.len()).filter(|cell| !reader.read[*cell]) {
            reader.about.entry(reader.group[cell]).or_default().cells.push(cell);
        }
        // All the unknown counts of a row hang together: any of them will do.
        for balance in &release.balances {
            let mut cells = balance.left.iter().chain(&balance.right);
            if let Some(cell) = cells.find(|cell| !reader.read[**cell]) {
                reader.about.entry(reader.group[*cell]).or_default().balances.push(balance);
            }
        }
        for share in shares {
            if let Some(cell) = [share.part, share.whole].into_iter().find(|cell| !reader.read[*cell]) {
                reader.about.entry(reader.group[cell]).or_default().shares.push(share);
            }
        }
        reader
    }

    fn root(&self, mut cell: usize) -> usize {
        while self.group[cell] != cell {
            cell = self.group[cell];
        }
        cell
    }

    fn join(&mut self, cells: impl Iterator<Item = usize>) {
        let roots: Vec<usize> = cells.filter(|cell| !self.read[*cell]).map(|cell| self.root(cell)).collect();
        let Some(least) = roots.iter().min().copied() else { return };
        for root in roots {
            self.group[root] = least;
        }
    }

    /// Every count that is given away, and how; the gravest only.
    fn leaks(&self) -> Vec<(CellId, Leak)> {
        // Each by itself, and in their order.
        let cells = (0..self.release.cells.len()).into_par_iter();
        cells.filter_map(|cell| Some((CellId(cell), self.leaks_of(cell).into_iter().min()?))).collect()
    }

    fn leaks_of(&self, cell: usize) -> Vec<Leak> {
        let about = &self.release.cells[cell];
        let mut leaks = Vec::new();
        if about.published == Disclosed::Already {
            return leaks;
        }
        let (value, small) = (i64::from(about.value), about.rule.map_or(0, |rule| i64::from(rule.small)));
        if 1 <= value && value <= small {
            if self.read[cell] {
                leaks.push(Leak::Printed);
            } else {
                if !self.can_be(cell, small + 1, value + FAR) {
                    leaks.push(Leak::Few);
                }
                if small > 1 && !self.can_be(cell, value + 1, small) && !self.can_be(cell, 1, value - 1) {
                    leaks.push(Leak::Exact);
                }
            }
        }
        let says_all = |share: &&PrintedShare| {
            let part = &self.release.cells[share.part];
            share.rest == cell && part.value > 0 && part.rule.is_some_and(|rule| rule.whole_groups)
        };
        if value == 0 && self.release.shares.iter().find(says_all).is_some() && !self.can_be(cell, 1, FAR) {
            leaks.push(Leak::All);
        }
        leaks
    }

    /// Whether some whole-number table that fits all that is read has this
    /// count between these two.
    fn can_be(&self, cell: usize, from: i64, to: i64) -> bool {
        let Some(about) = self.about.get(&self.group[cell]) else { return false };
        // Most often the counts around it can make up for it, and the rest is as it is.
        let near = (about.cells.len() > NEAR).then(|| about.near(cell));
        let tried = near.iter().chain([about]).flat_map(|about| [(about, false), (about, true)]);
        from <= to && tried.into_iter().any(|(about, whole)| self.can_be_among(about, cell, (from, to), whole))
    }

    fn can_be_among(&self, about: &About<'_>, cell: usize, (from, to): (i64, i64), whole: bool) -> bool {
        let (program, cells) = (self.program(about, cell, (from, to), 1.0, whole), &about.cells);
        program.solve().point().is_some_and(|point| {
            let value = |one: usize| match cells.binary_search(&one) {
                Ok(index) => i128::from(nearest(point[index])),
                Err(_) => i128::from(self.release.cells[one].value),
            };
            (i128::from(from)..=i128::from(to)).contains(&value(cell)) && Self::fits(self.release, about, &value)
        })
    }

    /// The least and the most that a count can be, in real numbers, and then
    /// the whole numbers inside.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts are far below 2^52")]
    fn bounds(&self, cell: usize) -> Bounds {
        let value = self.release.cells[cell].value;
        if self.read[cell] {
            return Bounds { from: value, to: Some(value) };
        }
        let most = i64::from(value) + FAR;
        let end = |direction: f64| {
            let about = self.about.get(&self.group[cell])?;
            let index = about.cells.binary_search(&cell).ok()?;
            self.program(about, cell, (self.least(cell), most), direction, false)
                .solve()
                .point()
                .map(|point| point[index])
        };
        Bounds {
            from: end(1.0).map_or(0, |least| (least - OFF).ceil().max(0.0) as u32),
            to: end(-1.0).map(|most| (most + OFF).floor() as u32).filter(|to| i64::from(*to) < most),
        }
    }

    /// The least that a reader takes a hidden count for.
    fn least(&self, cell: usize) -> i64 {
        i64::from(self.release.cells[cell].least)
    }

    /// All that is read about counts that hang together; looks for the least
    /// or the most of one of them.
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    fn program(&self, about: &About<'_>, cell: usize, range: (i64, i64), direction: f64, whole: bool) -> Program {
        let mut program = Program::new();
        let cells = &about.cells;
        for one in cells {
            let far = i64::from(self.release.cells[*one].value) + FAR;
            let (cost, (from, to)) = if *one == cell { (direction, range) } else { (0.0, (self.least(*one), far)) };
            if whole {
                program.whole(cost, from, to)
            } else {
                program.real(cost, from, to)
            };
        }
        // What is read goes to the right of a row, what is not stays on the left.
        let mut row = |parts: &[(usize, i128)], scale: i128, least: Option<i128>| {
            let (mut terms, mut right) = (Vec::new(), 0);
            for (one, factor) in parts {
                match cells.binary_search(one) {
                    Ok(index) => terms.push((index, *factor as f64 / scale as f64)),
                    Err(_) => right -= factor * i128::from(self.release.cells[*one].value),
                }
            }
            match least {
                None => program.equal(&terms, right as f64),
                Some(least) => program.at_least(&terms, (right + least) as f64 / scale as f64),
            }
        };
        for balance in &about.balances {
            let left = balance.left.iter().map(|one| (*one, 1));
            let parts: Vec<_> = left.chain(balance.right.iter().map(|one| (*one, -1))).collect();
            row(&parts, 1, None);
        }
        for share in &about.shares {
            let (low, high) = share.between(&self.release.cells);
            row(&[(share.part, low[0]), (share.whole, -low[1])], low[0], Some(0));
            row(&[(share.part, -high[0]), (share.whole, high[1])], high[0], Some(1));
        }
        program
    }

    /// Whether a table fits all that is read about it, without rounding.
    fn fits(release: &Release, about: &About<'_>, value: &impl Fn(usize) -> i128) -> bool {
        let sum = |side: &[usize]| side.iter().map(|one| value(*one)).sum::<i128>();
        about.cells.iter().all(|one| value(*one) >= i128::from(release.cells[*one].least))
            && about.balances.iter().all(|balance| sum(&balance.left) == sum(&balance.right))
            && about.shares.iter().all(|share| {
                let (low, high) = share.between(&release.cells);
                let (part, whole) = (value(share.part), value(share.whole));
                whole > 0 && low[0] * part >= low[1] * whole && high[0] * part < high[1] * whole
            })
    }
}
