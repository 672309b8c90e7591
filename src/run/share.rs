//! Sharing the packs out among services that have one ledger in PostgreSQL.
//!
//! Boards that share a source are weighed together, and each goes by what the others have
//! told: two services that made them at once could tell apart what each alone hides. So
//! whoever makes a pack holds the locks of every source that its boards are tied to,
//! directly or by others, and of those boards themselves: all of them or none. What another
//! holds is put off to the next ring, what is free is made.
//!
//! A few packs are made at a time, each time in a session of its own: under its locks what
//! stands is read anew, what another made meanwhile is left, and the locks end with it. So
//! the services share the boards out among themselves, and one that lost its connection
//! goes on with a new one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use super::folders::{PublishedFolders, StandingPacks, ledger_place};
use super::job::ActivationJob;
use super::{Outcome, PackResult, RunError, by_period, chain, editions_of, report, sources_of};
use crate::config::Config;
use crate::domain::{BoardId, PackKey, Period};
use crate::ledger::{Ledger, LedgerError};

/// How many packs are made at least before the locks are given back, as far as there are any.
const AT_A_TIME: usize = 8;

/// Why a pack of a ledger that several services share is put off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PutOffReason {
    /// Another service makes packs of the same sources.
    InHand,
    /// Another service has just ended it.
    Ended,
    /// The ledger was lost from sight, and its locks with it: the error with its causes.
    LedgerLost(String),
}

/// Boards that are tied to one another by sources, and those of them that are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct TiedBoards {
    boards: Vec<BoardId>,
    /// What is locked for them.
    locks: BTreeSet<String>,
    /// Every board of them, asked for or not.
    all: BTreeSet<BoardId>,
}

/// Makes the packs that are asked for and that nobody else has in hand.
pub(super) async fn activate(job: &ActivationJob<'_>) -> Result<Vec<Outcome>, RunError> {
    let before = super::standing(job.config)?;
    let mut outcomes = Vec::new();
    for (period, boards) in by_period(&job.request.keys) {
        let mut waiting: VecDeque<TiedBoards> = tied(job.config, &boards).into();
        let all = waiting.len();
        while !waiting.is_empty() && !job.request.stop.is_asked() {
            let is_first = waiting.len() == all;
            match some(job, (period, is_first), &mut waiting, &before).await {
                Ok(made) => outcomes.extend(made),
                Err(error) => {
                    let why = PutOffReason::LedgerLost(chain(&error));
                    outcomes.extend(put_off(job, period, waiting.drain(..).flat_map(|tied| tied.boards), &why));
                }
            }
        }
    }
    Ok(outcomes)
}

/// Makes some of the packs of a month, and takes them from those that wait.
async fn some(
    job: &ActivationJob<'_>,
    (period, is_first): (Period, bool),
    waiting: &mut VecDeque<TiedBoards>,
    before: &StandingPacks,
) -> Result<Vec<Outcome>, RunError> {
    let ledger = Ledger::open(ledger_place(job.config), &job.config.service.council.name)?;
    let (mut taken, mut outcomes) = (Vec::new(), Vec::new());
    while taken.iter().map(|tied: &TiedBoards| tied.boards.len()).sum::<usize>() < AT_A_TIME
        && let Some(tied) = waiting.front()
    {
        let is_taken = ledger.try_lock(&tied.locks)?;
        let Some(tied) = waiting.pop_front() else { break };
        match is_taken {
            true => taken.push(tied),
            false => outcomes.extend(put_off(job, period, tied.boards, &PutOffReason::InHand)),
        }
    }
    if taken.is_empty() {
        return Ok(outcomes);
    }
    // Until they are made they wait: an error fails them too.
    taken.iter().rev().for_each(|tied| waiting.push_front(tied.clone()));
    let all: BTreeSet<&BoardId> = taken.iter().flat_map(|tied| &tied.all).collect();
    let is_ours = |key: &PackKey| all.contains(&key.board);
    let folders = PublishedFolders::open_under_locks(job.config, ledger, &job.request.asker.by, &is_ours)?;
    if is_first {
        job.tell_of_forgotten(&folders, period);
    }
    let now = folders.standing(job.config)?;
    let is_as_before = |board: &BoardId| {
        let key = PackKey { period, board: board.clone() };
        before.published.get(&key) == now.published.get(&key) && before.held.contains(&key) == now.held.contains(&key)
    };
    let boards = taken.iter().flat_map(|tied| tied.boards.iter().cloned());
    let (due, done): (Vec<BoardId>, Vec<BoardId>) = boards.partition(is_as_before);
    waiting.drain(..taken.len());
    outcomes.extend(put_off(job, period, done, &PutOffReason::Ended));
    if !due.is_empty() {
        outcomes.extend(job.make(&folders, period, due).await);
    }
    Ok(outcomes)
}

/// Each edition of boards that are put off.
fn put_off(
    job: &ActivationJob<'_>,
    period: Period,
    boards: impl IntoIterator<Item = BoardId>,
    why: &PutOffReason,
) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for board in boards {
        let key = PackKey { period, board };
        for edition in editions_of(job.config, &key) {
            let (key, result) = (key.clone(), PackResult::PutOff(why.clone()));
            let outcome = Outcome { key, edition, result, cautions: Vec::new(), to_follow: 0 };
            report::ended(&outcome, Duration::ZERO);
            job.progress.done(&outcome);
            outcomes.push(outcome);
        }
    }
    outcomes
}

/// A ledger that holds the locks of all that some boards are tied to, and those boards.
pub(super) fn locked(config: &Config, boards: &[BoardId]) -> Result<(Ledger, BTreeSet<BoardId>), RunError> {
    let ledger = Ledger::open(ledger_place(config), &config.service.council.name)?;
    let mut all = BTreeSet::new();
    for tied in tied(config, boards) {
        if !ledger.try_lock(&tied.locks)? {
            return Err(LedgerError::InUse.into());
        }
        all.extend(tied.all);
    }
    Ok((ledger, all))
}

/// Some boards, those together that are tied to one another, in their order. What ties two
/// is a source that both go by, or one of each of which a sum is declared.
fn tied(config: &Config, boards: &[BoardId]) -> Vec<TiedBoards> {
    let of_board = |board: &BoardId| {
        let sources =
            sources_of(config, std::slice::from_ref(board)).into_iter().map(|source| format!("source/{source}"));
        sources.chain([format!("board/{board}")]).collect()
    };
    let mut known: BTreeSet<&BoardId> = config.boards.iter().map(|board| &board.id).collect();
    known.extend(boards);
    let mut ties = Ties::default();
    for board in &known {
        ties.tie(of_board(board));
    }
    for sum in &config.sums {
        let terms = sum.these.iter().chain(&sum.are);
        let indicators = terms.filter_map(|term| config.register.get(&term.indicator));
        ties.tie(indicators.map(|indicator| format!("source/{}", indicator.source)).collect());
    }
    let mut groups: BTreeMap<usize, TiedBoards> = BTreeMap::new();
    for name in ties.numbers.keys() {
        groups.entry(ties.group(name)).or_default().locks.insert(name.clone());
    }
    for board in known {
        groups.entry(ties.group(&format!("board/{board}"))).or_default().all.insert(board.clone());
    }
    let mut asked: Vec<usize> = Vec::new();
    for board in boards {
        let group = ties.group(&format!("board/{board}"));
        if !asked.contains(&group) {
            asked.push(group);
        }
        groups.entry(group).or_default().boards.push(board.clone());
    }
    asked.into_iter().filter_map(|group| groups.remove(&group)).collect()
}

/// Names that are tied to one another, directly or by others.
#[derive(Default)]
struct Ties {
    numbers: BTreeMap<String, usize>,
    /// The number that a number is tied to; its own where it stands for its group.
    tied_to: Vec<usize>,
}

impl Ties {
    /// Ties names together.
    fn tie(&mut self, names: Vec<String>) {
        let mut first = None;
        for name in names {
            let next = self.tied_to.len();
            let number = *self.numbers.entry(name).or_insert(next);
            if number == next {
                self.tied_to.push(next);
            }
            let (group, first) = (self.end(number), self.end(*first.get_or_insert(number)));
            self.tied_to[group] = first;
        }
    }

    /// The number that stands for a name's group.
    fn group(&self, name: &str) -> usize {
        self.numbers.get(name).map_or(usize::MAX, |number| self.end(*number))
    }

    fn end(&self, mut number: usize) -> usize {
        while self.tied_to[number] != number {
            number = self.tied_to[number];
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_tied_directly_and_by_others() {
        let mut ties = Ties::default();
        let names = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        for set in ["a x", "b y", "c", "d z y", "e x w", "w v", "f v"] {
            ties.tie(names(set));
        }
        ties.tie(Vec::new());
        let groups: Vec<bool> = [("a", "e"), ("a", "f"), ("b", "d"), ("a", "b"), ("c", "a"), ("c", "d")]
            .map(|(one, other)| ties.group(one) == ties.group(other))
            .into();
        assert_eq!(groups, [true, true, true, false, false, false]);
    }
}
