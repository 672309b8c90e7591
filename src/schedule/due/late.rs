//! Commentary that falls due too late for the meeting it is for.
//!
//! Each date is right by itself: that one comes after the other makes every pack late,
//! and nobody would see it before the first meeting.

use crate::domain::{Board, Calendar, Code, Finding, Period, Place};
use crate::words;

/// F723: that commentary on a period is due on the day of its meeting or later, or after
/// the day by which its pack should be final. Words that may follow may come after that.
pub fn late_commentary(board: &Board, calendar: &Calendar, period: Period) -> Option<Finding> {
    let due = board.commentary_due(period, calendar)?;
    let meeting = board.meeting(period)?;
    let day = words::date;
    let before = if due >= meeting.date {
        format!("its meeting is on {}", day(meeting.date))
    } else {
        let (deadline, _) = board.milestones.final_by.filter(|_| !board.commentary.to_follow)?;
        let published = deadline.day(board, calendar, period).filter(|published| due > *published)?;
        format!("the pack should be final by {}", day(published))
    };
    let at = Place { file: Some(format!("boards/{}.toml", board.id).into()), ..Place::default() };
    let message = format!("commentary on {} is due on {}, and {before}", words::month(period), day(due));
    let hint = "let it be due earlier: `commentary_working_day`, or `commentary_working_days_before_meeting`; or correct the date of the meeting";
    Some(Finding::new(Code::CommentaryLate, at, message, hint))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::super::tests::{board, calendar, meeting, p, working_day};
    use super::*;
    use crate::domain::{Deadline, MilestoneRules};

    #[test]
    fn commentary_is_due_before_the_meeting_and_before_the_pack_should_be_final() {
        let told = |nth: u32, final_by: Option<Deadline>, to_follow: bool| {
            let mut board = board("b", working_day(1, "06:00"), "2026-10");
            board.meetings = vec![meeting("2026-10", "2026-11-18")];
            board.commentary_by = Some(Deadline::WorkingDay(nth));
            board.commentary.to_follow = to_follow;
            let final_by = final_by.map(|deadline| (deadline, NaiveTime::MIN));
            board.milestones = MilestoneRules { final_by, ..MilestoneRules::default() };
            let found = late_commentary(&board, &calendar(), p("2026-10"));
            found.inspect(|one| assert_eq!(one.code, Code::CommentaryLate)).map(|one| one.message.to_string())
        };
        // The 12th working day of November 2026 is the 17th; five clear days before the
        // 18th are there after the 10th, the 7th working day.
        let papers = Some(Deadline::ClearDaysBeforeMeeting(5));
        let meeting = "commentary on October 2026 is due on 18 November 2026, and its meeting is on 18 November 2026";
        let late =
            "commentary on October 2026 is due on 11 November 2026, and the pack should be final by 10 November 2026";
        for (nth, final_by, to_follow, expected) in [
            (7, papers, false, None),
            (8, papers, false, Some(late)),
            (8, papers, true, None),
            (12, papers, true, None),
            (13, papers, true, Some(meeting)),
            (12, None, false, None),
            (13, None, false, Some(meeting)),
        ] {
            assert_eq!(told(nth, final_by, to_follow).as_deref(), expected, "{nth} {final_by:?} {to_follow}");
        }
    }
}
