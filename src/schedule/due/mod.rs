//! What is due: boards × calendar × what stands × now, without clock or I/O.
//!
//! A pack for a period falls due once, in the month after the period, by
//! London civil time ([`falls_due`]). Nothing is remembered of rings: whether
//! a pack is [`due`] follows from what stands in the published folder, so a
//! date that was slept through is made up for, and a pack that stands final is
//! never made again. Only the time of the last attempt is kept in memory, so
//! that a held or draft pack is not tried at every ring.
//!
//! | file | story |
//! |---|---|
//! | `civil` | London civil time to instants, across both clock changes |
//! | [`fate`] | what became of the packs that fell due |
//! | [`late`] | commentary that falls due too late for its meeting |
//! | [`milestones`](mod@milestones) | what happens around a pack, and when |

mod civil;
pub mod fate;
pub mod late;
pub mod milestones;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use fate::PackFate;

use crate::clock::previous_period;
use crate::domain::board::{Meeting, Timing};
use crate::domain::{Board, Cadence, Calendar, CronPattern, PackKey, PackState, Period};

/// How long after its date a pack is no longer first but missed, and made late.
pub const MISSED_AFTER: TimeDelta = TimeDelta::days(1);

/// A pack that is to be made now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Which pack.
    pub key: PackKey,
    /// When it fell due.
    pub since: DateTime<Utc>,
    /// Why now.
    pub why: DueReason,
}

/// Why a pack is made now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueReason {
    /// Its date has come.
    First,
    /// Its date went by more than a day ago without a pack.
    Missed,
    /// It was held, failed or stands as a draft, and time enough has passed.
    Retry,
}

/// What is known of every pack at one ring.
#[derive(Debug, Clone, Default)]
pub struct PackStates {
    /// The state of each pack's latest revision in the published folder; a
    /// pack that is not in it was never published.
    pub published: BTreeMap<PackKey, PackState>,
    /// Packs that are held: the reason stands in the folder of held packs.
    pub held: BTreeSet<PackKey>,
    /// When this daemon last tried each pack.
    pub attempts: Attempts,
}

/// When each pack was last tried, since the daemon started.
#[derive(Debug, Clone, Default)]
pub struct Attempts(BTreeMap<PackKey, DateTime<Utc>>);

impl Attempts {
    /// Notes that a pack was tried.
    pub fn record(&mut self, key: PackKey, at: DateTime<Utc>) {
        self.0.insert(key, at);
    }

    /// When a pack was last tried, if it was.
    pub fn last(&self, key: &PackKey) -> Option<DateTime<Utc>> {
        self.0.get(key).copied()
    }
}

/// When the pack of the period in which a month is falls due.
///
/// A period is a month, or the months since the last one that ended a period of
/// the board's cadence. Its pack is due the first time in the month after it that the board's cron
/// pattern names, or the nth working day of that month. A pattern that names
/// no time in that month: its next time after it. A working day that the month
/// doesn't have: its last one. None only where no such time exists (a month
/// without working days, a pattern that never fires).
pub fn falls_due(board: &Board, calendar: &Calendar, period: Period) -> Option<DateTime<Utc>> {
    Timetable::of(board, calendar).falls_due(period)
}

/// When a period's own pack falls due; none where the period has none, because it
/// is in the pack of a later month.
pub fn own_due(board: &Board, calendar: &Calendar, period: Period) -> Option<DateTime<Utc>> {
    Timetable::of(board, calendar).own(period)
}

/// The months that a board's pack for a period is about, as the first of them:
/// those since its pack before. None where the period has no pack of its own,
/// because the board does not meet every month, or because its cron pattern does
/// not fire until a later month is over too.
pub fn first_month(board: &Board, calendar: &Calendar, period: Period) -> Option<Period> {
    let timetable = Timetable::of(board, calendar);
    timetable.own(period)?;
    let between = (1..=MONTHS_AT_MOST).map(|back| period.plus(-back));
    let first = between.take_while(|month| timetable.own(*month).is_none()).last();
    // Where there is no pack before it, nothing says since when it is.
    Some(first.filter(|first| period.since(*first) < MONTHS_AT_MOST).unwrap_or(period))
}

/// The next period from a month on that has a pack of its own.
pub fn next_period(board: &Board, calendar: &Calendar, from: Period) -> Option<Period> {
    let timetable = Timetable::of(board, calendar);
    (0..=MONTHS_AT_MOST).map(|later| from.plus(later)).find(|month| timetable.own(*month).is_some())
}

/// What is due at `now`, sorted by period and board: the oldest month first.
///
/// A pack is looked at once it fell due in the present London month or at most
/// `catch_up_months` months before it, for periods from its board's first one
/// on. It is due if it was never published, or stands as a draft, and its last
/// attempt, if there was one, is at least `retry` ago; and if it is not one that
/// was missed and that its board does not want late.
pub fn due(
    boards: &[Board],
    calendar: &Calendar,
    catch_up_months: u32,
    retry: TimeDelta,
    now: DateTime<Utc>,
    standing: &PackStates,
) -> Vec<Due> {
    let mut due: Vec<Due> = Vec::new();
    for board in boards {
        let in_reach = fate::in_reach(board, calendar, catch_up_months, now, standing);
        due.extend(in_reach.into_iter().filter(|fallen| fallen.fate != PackFate::Missed).filter_map(|fallen| {
            let why = why(standing, &fallen.key, fallen.since, now, retry)?;
            Some(Due { key: fallen.key, since: fallen.since, why })
        }));
    }
    due.sort_by(|a, b| a.key.cmp(&b.key));
    due
}

/// Every pack that falls due from `from` on and before `to`, in order of time.
pub fn upcoming(
    boards: &[Board],
    calendar: &Calendar,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Vec<(DateTime<Utc>, PackKey)> {
    let mut upcoming: Vec<_> = boards
        .iter()
        .flat_map(|board| {
            fallen_due(board, calendar, previous_period(to))
                .take_while(move |(_, at)| *at >= from)
                .filter(move |(_, at)| *at < to)
                .map(|(period, at)| (at, PackKey { period, board: board.id.clone() }))
        })
        .collect();
    upcoming.sort();
    upcoming
}

/// Months between two packs of a board, at most.
const MONTHS_AT_MOST: i32 = 24;

/// Whether and why a pack that fell due at `since` is to be made.
fn why(
    standing: &PackStates,
    key: &PackKey,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
    retry: TimeDelta,
) -> Option<DueReason> {
    let first = match standing.published.get(key) {
        Some(PackState::Final) => return None,
        Some(PackState::Draft) => DueReason::Retry,
        None if now.signed_duration_since(since) > MISSED_AFTER => DueReason::Missed,
        None => DueReason::First,
    };
    match standing.attempts.last(key) {
        None => Some(first),
        // An attempt in the future was made before the clock was set back:
        // waiting for it to pass might take for ever.
        Some(last) => (now < last || now.signed_duration_since(last) >= retry).then_some(DueReason::Retry),
    }
}

/// A board's periods with the time each falls due, from `latest` back to the
/// board's first. A later period never falls due before an earlier one, so the
/// times only go back too.
fn fallen_due<'a>(
    board: &'a Board,
    calendar: &'a Calendar,
    latest: Period,
) -> impl Iterator<Item = (Period, DateTime<Utc>)> + 'a {
    let timetable = Timetable::of(board, calendar);
    (0..=latest.since(board.first_period)).filter_map(move |back| {
        let period = latest.plus(-back);
        timetable.own(period).map(|at| (period, at))
    })
}

/// A board's timing and cadence with the calendar that it goes by.
struct Timetable<'a> {
    timing: BoardTiming<'a>,
    cadence: &'a Cadence,
}

enum BoardTiming<'a> {
    Cron(&'a CronPattern),
    WorkingDay { nth: u32, at: chrono::NaiveTime, calendar: &'a Calendar },
    BeforeMeeting { nth: u32, at: chrono::NaiveTime, meetings: &'a [Meeting], calendar: &'a Calendar },
}

impl<'a> Timetable<'a> {
    fn of(board: &'a Board, calendar: &'a Calendar) -> Self {
        let timing = match &board.timing {
            Timing::Cron(pattern) => BoardTiming::Cron(pattern),
            Timing::WorkingDay(nth, at) => BoardTiming::WorkingDay { nth: *nth, at: *at, calendar },
            Timing::BeforeMeeting(nth, at) => {
                BoardTiming::BeforeMeeting { nth: *nth, at: *at, meetings: &board.meetings, calendar }
            }
        };
        Self { timing, cadence: &board.cadence }
    }

    /// When the pack falls due in whose period a month is.
    fn falls_due(&self, month: Period) -> Option<DateTime<Utc>> {
        civil::instant(self.civil(self.cadence.end(month)?.plus(1))?)
    }

    /// When a month's own pack falls due; none where the pack of a later month
    /// falls due with it, and is for both.
    fn own(&self, month: Period) -> Option<DateTime<Utc>> {
        let at = self.falls_due(month)?;
        (self.falls_due(month.plus(1)) != Some(at)).then_some(at)
    }

    /// The civil time in a month, or after it where it has none.
    fn civil(&self, month: Period) -> Option<NaiveDateTime> {
        match &self.timing {
            BoardTiming::Cron(cron) => cron.next(month.first_day().into()),
            BoardTiming::WorkingDay { nth, at, calendar } => {
                calendar.working_day_or_last(month, *nth).map(|date| date.and_time(*at))
            }
            BoardTiming::BeforeMeeting { nth, at, meetings, calendar } => {
                let meeting = meetings.iter().find(|meeting| meeting.period.plus(1) == month)?;
                let before = calendar.working_day_before(meeting.date, *nth)?;
                // Not before the period is over, however early the board meets.
                Some(before.max(calendar.working_day(month, 1)?).and_time(*at))
            }
        }
    }
}

#[cfg(test)]
mod tests;
