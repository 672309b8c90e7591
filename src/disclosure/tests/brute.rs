//! An attacker without a solver: writes down every whole-number table that
//! fits what is published, and looks. The auditor must agree.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::*;
use crate::disclosure::release::PrintedShare;

/// How far from the truth the attacker looks. The need is at most 3 children,
/// so a table that shows it is near.
const FAR: u32 = 6;

struct Attacker<'a> {
    release: &'a Release,
    hidden: &'a BTreeSet<CellId>,
    /// Of every count, each value that some table has.
    seen: Vec<BTreeSet<u32>>,
}

impl Attacker<'_> {
    fn is_read(&self, cell: usize) -> bool {
        match self.release.cells[cell].published {
            Disclosed::Already => true,
            Disclosed::Count => !self.hidden.contains(&CellId(cell)),
            Disclosed::Percent | Disclosed::Nowhere => false,
        }
    }

    fn least(&self, cell: usize) -> u32 {
        self.release.cells[cell].least
    }

    /// Every table that begins in this way.
    fn tables(&mut self, table: &mut Vec<u32>) {
        let cell = table.len();
        if !self.fits(table) {
            return;
        }
        if cell == self.release.cells.len() {
            for (cell, value) in table.iter().enumerate() {
                self.seen[cell].insert(*value);
            }
            return;
        }
        let value = self.release.cells[cell].value;
        let range = if self.is_read(cell) {
            value..=value
        } else {
            value.saturating_sub(FAR).max(self.least(cell))..=value + FAR
        };
        for value in range {
            table.push(value);
            self.tables(table);
            table.pop();
        }
    }

    /// Whether the sums and percentages that end with the last count are right.
    fn fits(&self, table: &[u32]) -> bool {
        let Some(last) = table.len().checked_sub(1) else { return true };
        let sum = |side: &[usize]| side.iter().map(|cell| table[*cell]).sum::<u32>();
        let mut balances = self
            .release
            .balances
            .iter()
            .filter(|balance| balance.left.iter().chain(&balance.right).max() == Some(&last));
        let printed = |share: &&PrintedShare| {
            let gone = |cell: usize| self.hidden.contains(&CellId(cell));
            share.part.max(share.whole) == last && !gone(share.part) && !gone(share.whole)
        };
        balances.all(|balance| sum(&balance.left) == sum(&balance.right))
            && self.release.shares.iter().filter(printed).all(|share| {
                let truth = |cell: usize| self.release.cells[cell].value;
                table[share.whole] > 0
                    && rounded(table[share.part], table[share.whole], share.digits)
                        == rounded(truth(share.part), truth(share.whole), share.digits)
            })
    }

    fn leak(&self, cell: usize) -> Option<Leak> {
        let about = &self.release.cells[cell];
        let small = about.rule.map_or(0, |rule| rule.small);
        if !about.is_small() || about.published == Disclosed::Already {
            None
        } else if self.is_read(cell) {
            Some(Leak::Printed)
        } else if self.seen[cell].iter().all(|value| *value <= small) {
            Some(Leak::Few)
        } else {
            let few = self.seen[cell].iter().filter(|value| (1..=small).contains(*value)).count();
            (small > 1 && few < 2).then_some(Leak::Exact)
        }
    }
}

/// A percentage as it is printed: the way the packs round, not the room's.
fn rounded(part: u32, whole: u32, digits: u32) -> rust_decimal::Decimal {
    let percent = rust_decimal::Decimal::from(part) * rust_decimal::Decimal::ONE_HUNDRED;
    crate::domain::measure::round(percent / rust_decimal::Decimal::from(whole), digits)
}

/// Two by two with its margins, or a line, with or without percentages.
fn tiny() -> impl Strategy<Value = Release> {
    let parts = prop::collection::vec((0_u32..=6, 0_u8..=3, 0_u32..=1), 2..=4);
    (parts, any::<bool>(), 2_u32..=3, any::<bool>()).prop_map(|(parts, square, small, zero_shown)| {
        let rule = DisclosureRule::up_to(small);
        let mut release = Release::new();
        let square = square && parts.len() == 4;
        // A share of nobody is not always shown.
        let zero_shown = zero_shown && (square || parts.iter().all(|(_, how, _)| *how > 1));
        let ids: Vec<CellId> = parts
            .iter()
            .enumerate()
            .map(|(at, (value, how, _))| {
                let published = if *how == 1 && !square { Disclosed::Percent } else { Disclosed::Count };
                let cell = CountCell::personal(format!("{at}"), *value, rule).published(published);
                release.cell(if zero_shown { cell.zero_shown() } else { cell }).unwrap()
            })
            .collect();
        let mut sum = |name: &str, of: &[usize]| {
            let ids: Vec<CellId> = of.iter().map(|at| ids[*at]).collect();
            let value = of.iter().map(|at| parts[*at].0).sum();
            let total = release.cell(CountCell::open(name, value)).unwrap();
            release.total(total, &ids).unwrap();
            total
        };
        if square {
            for (name, of) in [("top", [0, 1]), ("bottom", [2, 3]), ("left", [0, 2]), ("right", [1, 3])] {
                sum(name, &of);
            }
        } else {
            let all: Vec<usize> = (0..parts.len()).collect();
            let all = sum("all", &all);
            for (id, (_, how, digits)) in ids.iter().zip(&parts) {
                if *how <= 1 {
                    release.share(*id, all, *digits).unwrap();
                }
            }
        }
        release
    })
}

fn check(release: &Release, hidden: &BTreeSet<CellId>) -> Result<(), TestCaseError> {
    let mut attacker = Attacker { release, hidden, seen: vec![BTreeSet::new(); release.cells.len()] };
    attacker.tables(&mut Vec::new());
    let found: Vec<(CellId, Leak)> =
        (0..release.cells.len()).filter_map(|cell| Some((CellId(cell), attacker.leak(cell)?))).collect();
    let audited: Vec<(CellId, Leak)> =
        audit(release, hidden).into_iter().map(|violation| (violation.cell, violation.leak)).collect();
    prop_assert_eq!(audited, found);
    for (id, _) in release.cells() {
        let bounds = bounds(release, hidden, id);
        let seen = &attacker.seen[id.0];
        prop_assert!(seen.iter().all(|value| bounds.from <= *value && bounds.to.is_none_or(|to| *value <= to)));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_auditor_finds_what_an_attacker_finds(release in tiny(), which in prop::collection::vec(any::<bool>(), 12)) {
        let hidden = release
            .cells()
            .filter(|(id, cell)| which[id.0] && cell.can_be_hidden())
            .map(|(id, _)| id)
            .collect();
        check(&release, &hidden)?;
    }

    #[test]
    fn an_attacker_finds_nothing_in_what_is_cleared(release in tiny()) {
        let hidden = suppress(&release).hidden();
        check(&release, &hidden)?;
        prop_assert_eq!(audit(&release, &hidden), vec![]);
    }
}
