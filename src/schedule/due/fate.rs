//! What became of the packs that fell due: what stands, what is still to be made,
//! and what nobody made in time.

use chrono::{DateTime, Utc};

use super::{MISSED_AFTER, PackStates, fallen_due};
use crate::clock::previous_period;
use crate::domain::board::MissedPolicy;
use crate::domain::{Board, Calendar, PackKey, PackState, Period};

/// What became of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackFate {
    /// It stands and is final.
    Final,
    /// It stands as a draft.
    Draft,
    /// It is held, and the reason stands.
    Held,
    /// It is still to be made.
    Awaited,
    /// It was not made in time, and is not made late by itself: its board does not
    /// want it, or it lies further back than `catch_up_months`.
    Missed,
}

impl PackFate {
    /// The fate in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Final => "final",
            Self::Draft => "draft",
            Self::Held => "held",
            Self::Awaited => "awaited",
            Self::Missed => "missed",
        }
    }
}

/// A pack that fell due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FallenDue {
    /// Which pack.
    pub key: PackKey,
    /// When it fell due.
    pub since: DateTime<Utc>,
    /// What became of it.
    pub fate: PackFate,
}

/// A board's packs that fell due in the present London month or at most
/// `catch_up_months` months before it, the latest first.
pub fn in_reach(
    board: &Board,
    calendar: &Calendar,
    catch_up_months: u32,
    now: DateTime<Utc>,
    states: &PackStates,
) -> Vec<FallenDue> {
    let fallen = fallen_in_reach(board, calendar, catch_up_months, now);
    let of = |(nth, (period, since)): (usize, (_, DateTime<Utc>))| {
        let key = PackKey { period, board: board.id.clone() };
        let fate = states.fate(&key).unwrap_or_else(|| {
            let is_late = now.signed_duration_since(since) > MISSED_AFTER;
            let is_wanted = match board.missed {
                MissedPolicy::All => true,
                MissedPolicy::Latest => nth == 0,
                MissedPolicy::None => !is_late,
            };
            if is_wanted { PackFate::Awaited } else { PackFate::Missed }
        });
        FallenDue { key, since, fate }
    };
    fallen.enumerate().map(of).collect()
}

/// The first period of a board whose pack is in reach; none where none is.
pub fn first_in_reach(board: &Board, calendar: &Calendar, catch_up_months: u32, now: DateTime<Utc>) -> Option<Period> {
    fallen_in_reach(board, calendar, catch_up_months, now).last().map(|(period, _)| period)
}

fn fallen_in_reach<'a>(
    board: &'a Board,
    calendar: &'a Calendar,
    catch_up_months: u32,
    now: DateTime<Utc>,
) -> impl Iterator<Item = (Period, DateTime<Utc>)> + 'a {
    let latest = previous_period(now);
    let reach = i32::try_from(catch_up_months).unwrap_or(i32::MAX);
    fallen_due(board, calendar, latest)
        .take_while(move |(_, since)| latest.since(previous_period(*since)) <= reach)
        .filter(move |(_, since)| *since <= now)
}

/// Every pack of a board that fell due, the latest first: those further back than
/// `catch_up_months` too, which are missed where nothing stands.
pub fn all(
    board: &Board,
    calendar: &Calendar,
    catch_up_months: u32,
    now: DateTime<Utc>,
    states: &PackStates,
) -> Vec<FallenDue> {
    let mut all = in_reach(board, calendar, catch_up_months, now, states);
    let known = all.len();
    let fallen = fallen_due(board, calendar, previous_period(now)).filter(|(_, since)| *since <= now).skip(known);
    all.extend(fallen.map(|(period, since)| {
        let key = PackKey { period, board: board.id.clone() };
        let fate = states.fate(&key).unwrap_or(PackFate::Missed);
        FallenDue { key, since, fate }
    }));
    all
}

impl PackStates {
    /// What became of a pack that was begun; none of one that never was.
    fn fate(&self, key: &PackKey) -> Option<PackFate> {
        match self.published.get(key) {
            Some(PackState::Final) => Some(PackFate::Final),
            Some(PackState::Draft) => Some(PackFate::Draft),
            None if self.held.contains(key) => Some(PackFate::Held),
            // It was tried and failed: what is begun is finished.
            None => self.attempts.last(key).map(|_| PackFate::Awaited),
        }
    }
}
