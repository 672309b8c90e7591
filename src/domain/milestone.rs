//! What happens around a pack and when, as a board declares it.
//!
//! Days are counted in working days: weekends and bank holidays are none.

use chrono::{NaiveDate, NaiveTime};

use super::board::Board;
use super::calendar::Calendar;
use super::period::Period;

/// A day that a board counts in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// The nth working day of the month after the period (1 is the first); the
    /// month's last where it has fewer.
    WorkingDay(u32),
    /// So many working days before the meeting that looks at the period.
    BeforeMeeting(u32),
    /// The last day that leaves so many clear days before that meeting. Neither
    /// the day itself nor that of the meeting is one of them.
    ClearDaysBeforeMeeting(u32),
}

impl Deadline {
    /// Whether it needs a meeting to count from.
    pub fn needs_meeting(self) -> bool {
        !matches!(self, Self::WorkingDay(_))
    }

    /// The day for a board's period; none where it counts from a meeting that
    /// nobody has declared.
    pub fn day(self, board: &Board, calendar: &Calendar, period: Period) -> Option<NaiveDate> {
        let meeting = || board.meeting(period).map(|meeting| meeting.date);
        match self {
            Self::WorkingDay(nth) => calendar.working_day_or_last(period.plus(1), nth),
            Self::BeforeMeeting(nth) => calendar.working_day_before(meeting()?, nth),
            // So many whole working days lie between, so it is one more back.
            Self::ClearDaysBeforeMeeting(days) => calendar.working_day_before(meeting()?, days.checked_add(1)?),
        }
    }
}

/// So many working days before something, at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadTime {
    /// How many; 1 is the working day before.
    pub working_days: u32,
    /// The time of day, by London's clock.
    pub at: NaiveTime,
}

/// What happens around a board's packs; nothing unless it is declared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MilestoneRules {
    /// When sources are looked at before the pack falls due.
    pub preflight: Option<LeadTime>,
    /// When owners are asked again before commentary is due, and at what time on
    /// the working day after.
    pub chase: Option<LeadTime>,
    /// By when the pack should be final.
    pub final_by: Option<(Deadline, NaiveTime)>,
}
