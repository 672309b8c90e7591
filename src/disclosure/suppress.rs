//! Chooses what to hide: the small counts, and then as little as will do so
//! that they cannot be worked out from the rest.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::attacker::{further, satisfies, world};
use super::exact;
use super::net::{Net, World};
use super::protection::{Need, is_primary, needs};
use super::release::{CellId, Release};

/// Why a count is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It is small.
    Small,
    /// It is all of its group.
    WholeGroup,
    /// It would give these away, and perhaps others: no more than five are
    /// looked for, the nearest.
    Protects(Vec<CellId>),
}

/// How many counts a log names that another protects: enough to see why.
const NAMED: usize = 5;
/// Among how many counts around it they are looked for.
const AROUND: usize = 60;

/// What a release hides. Made by [`suppress`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    hidden: BTreeMap<CellId, Reason>,
}

impl Suppression {
    /// Why this count is hidden; none where it is shown.
    pub fn reason(&self, id: CellId) -> Option<&Reason> {
        self.hidden.get(&id)
    }

    /// Whether this count is hidden: then so is every figure, sentence and
    /// mark that was worked from it.
    pub fn is_hidden(&self, id: CellId) -> bool {
        self.hidden.contains_key(&id)
    }

    /// Whether the percentage of these two may be printed.
    pub fn shows_share(&self, part: CellId, whole: CellId) -> bool {
        !self.is_hidden(part) && !self.is_hidden(whole)
    }

    /// Every hidden count and why, in the order of the release.
    pub fn iter(&self) -> impl Iterator<Item = (CellId, &Reason)> {
        self.hidden.iter().map(|(id, reason)| (*id, reason))
    }

    /// The hidden counts alone.
    pub fn hidden(&self) -> BTreeSet<CellId> {
        self.hidden.keys().copied().collect()
    }
}

/// Hides every small count, and as few others as will do, cheapest first.
///
/// The same release is hidden in the same way every time. Whether it is enough
/// is for [`audit`](super::audit()) to say.
pub fn suppress(release: &Release) -> Suppression {
    suppress_more(release, Suppression { hidden: BTreeMap::new() })
}

/// The same where these are hidden in any case, each for its reason.
pub(super) fn suppress_more(release: &Release, already: Suppression) -> Suppression {
    let net = Net::new(release);
    let is_hidden = |cell: usize| is_primary(release, cell) || already.is_hidden(CellId(cell));
    let mut hidden: Vec<bool> = (0..release.cells.len()).map(is_hidden).collect();
    let primary = hidden.clone();
    let mut doubts = ProtectionIntervals::of(&net, needs(release), &hidden);
    while let Some(open) = doubts.first_open() {
        doubts.close(&net, &mut hidden, open);
    }
    let mut reasons = already.hidden;
    for cell in (0..hidden.len()).filter(|cell| primary[*cell]) {
        reasons.entry(CellId(cell)).or_insert_with(|| primary_reason(release, cell));
    }
    let secondary = doubts.show_again(&net, &mut hidden, &primary).into_par_iter();
    reasons.par_extend(secondary.map(|(cell, lost)| {
        let mut hidden = hidden.clone();
        hidden[cell] = false;
        (CellId(cell), Reason::Protects(doubts.protected_by(&net, &hidden, cell, lost)))
    }));
    Suppression { hidden: reasons }
}

fn primary_reason(release: &Release, cell: usize) -> Reason {
    if release.cells[cell].is_small() { Reason::Small } else { Reason::WholeGroup }
}

/// A doubt, and the world in which it is seen to be there.
struct ProtectionInterval {
    need: Need,
    state: IntervalState,
}

enum IntervalState {
    Open,
    Seen(World),
    /// What is public already settles it: nothing that is hidden now helps.
    Lost,
}

struct ProtectionIntervals(Vec<ProtectionInterval>);

impl ProtectionIntervals {
    fn of(net: &Net<'_>, needs: Vec<Need>, hidden: &[bool]) -> Self {
        let state = |need| world(net, hidden, need).map_or(IntervalState::Open, IntervalState::Seen);
        Self(needs.into_par_iter().map(|need| ProtectionInterval { need, state: state(need) }).collect())
    }

    fn first_open(&self) -> Option<usize> {
        self.0.iter().position(|doubt| matches!(doubt.state, IntervalState::Open))
    }

    /// Hides what it takes for this doubt; exactly, together with every open
    /// doubt that it may touch, where that is affordable.
    fn close(&mut self, net: &Net<'_>, hidden: &mut [bool], open: usize) {
        let need = self.0[open].need;
        let cells = net.reached(&[need.cell], |cell| !net.is_fixed(cell));
        // Doubts are weighed together only where that is affordable. Elsewhere each is
        // asked again in its turn, and not whenever something is hidden for another.
        let is_alone = cells.len() > exact::LARGEST;
        if is_alone && let Some(world) = world(net, hidden, need) {
            self.0[open].state = IntervalState::Seen(world);
            return;
        }
        let together: Vec<Need> = self
            .0
            .iter()
            .filter(|doubt| matches!(doubt.state, IntervalState::Open) && cells.binary_search(&doubt.need.cell).is_ok())
            .map(|doubt| doubt.need)
            .collect();
        let further = exact::further(net, hidden, &cells, &together).or_else(|| further(net, hidden, need));
        for cell in further.unwrap_or_default() {
            hidden[cell] = true;
        }
        self.0[open].state = world(net, hidden, need).map_or(IntervalState::Lost, IntervalState::Seen);
        if matches!(self.0[open].state, IntervalState::Lost) {
            self.0[open].state = one_by_one(net, hidden, need, &cells).map_or(IntervalState::Lost, IntervalState::Seen);
        }
        if is_alone {
            return;
        }
        for doubt in self.0.iter_mut().filter(|doubt| matches!(doubt.state, IntervalState::Open)) {
            if cells.binary_search(&doubt.need.cell).is_ok()
                && let Some(world) = world(net, hidden, doubt.need)
            {
                doubt.state = IntervalState::Seen(world);
            }
        }
    }

    /// Shows every count again that no doubt needs, dearest first; those that
    /// stay hidden, each with a count that it would give away.
    fn show_again(&mut self, net: &Net<'_>, hidden: &mut [bool], primary: &[bool]) -> Vec<(usize, usize)> {
        let mut secondary: Vec<usize> = (0..hidden.len()).filter(|cell| hidden[*cell] && !primary[*cell]).collect();
        secondary.sort_by_key(|cell| (std::cmp::Reverse(net.release.cells[*cell].cost), std::cmp::Reverse(*cell)));
        let mut stay: Vec<(usize, usize)> = Vec::new();
        for cell in secondary {
            hidden[cell] = false;
            if let Err(lost) = self.all_without(net, hidden, cell) {
                hidden[cell] = true;
                stay.push((cell, lost));
            }
        }
        stay.sort_unstable();
        stay
    }

    /// Whether every doubt that is seen is still there when this count is shown
    /// again; keeps the new worlds if so. An error is the count of one that is not.
    fn all_without(&mut self, net: &Net<'_>, hidden: &[bool], shown: usize) -> Result<(), usize> {
        let touched = net.with_its_shares(shown);
        let mut worlds = Vec::new();
        for (index, doubt) in self.0.iter().enumerate() {
            let IntervalState::Seen(seen) = &doubt.state else { continue };
            if !touched.iter().any(|cell| seen.contains_key(cell)) {
                continue;
            }
            if !satisfies(net, hidden, doubt.need, seen) {
                match world(net, hidden, doubt.need) {
                    Some(world) => worlds.push((index, world)),
                    None => return Err(doubt.need.cell),
                }
            }
        }
        for (index, world) in worlds {
            self.0[index].state = IntervalState::Seen(world);
        }
        Ok(())
    }

    /// Counts that are given away when no more than this is hidden: the one that is
    /// known to be, and the nearest others to the count that is shown.
    fn protected_by(&self, net: &Net<'_>, hidden: &[bool], shown: usize, lost: usize) -> Vec<CellId> {
        let near = net.nearest(&[shown], |cell| cell == shown || !net.is_known(cell, hidden), AROUND);
        let mut found = BTreeSet::from([CellId(lost)]);
        for doubt in self.0.iter().filter(|doubt| near.binary_search(&doubt.need.cell).is_ok()) {
            let IntervalState::Seen(seen) = &doubt.state else { continue };
            let is_named = found.len() == NAMED || found.contains(&CellId(doubt.need.cell));
            if !is_named && !satisfies(net, hidden, doubt.need, seen) && world(net, hidden, doubt.need).is_none() {
                found.insert(CellId(doubt.need.cell));
            }
        }
        found.into_iter().collect()
    }
}

/// Hides count after count, nearest first, until the need can be satisfied:
/// for where the solver's answer in real numbers is none in whole ones.
/// Leaves what was hidden as it was where nothing helps.
fn one_by_one(net: &Net<'_>, hidden: &mut [bool], need: Need, cells: &[usize]) -> Option<World> {
    let before = hidden.to_vec();
    let mut nearest: Vec<usize> =
        cells.iter().copied().filter(|cell| net.release.cells[*cell].can_be_hidden() && !hidden[*cell]).collect();
    nearest.sort_by_key(|cell| (cell.abs_diff(need.cell), *cell));
    // All at once first: where that does not help, nothing does.
    for cell in &nearest {
        hidden[*cell] = true;
    }
    if world(net, hidden, need).is_none() {
        hidden.copy_from_slice(&before);
        return None;
    }
    hidden.copy_from_slice(&before);
    nearest.into_iter().find_map(|cell| {
        hidden[cell] = true;
        world(net, hidden, need)
    })
}
