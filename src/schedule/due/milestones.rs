//! What happens around a pack, and when.
//!
//! Everything is counted from what the board has anyway: when the pack falls due,
//! the day by which commentary is due, and the meeting. What the board does not
//! declare has no milestone.
//!
//! Clear days are those of the Local Government Act 1972, section 100B, and of the
//! Local Authorities (Executive Arrangements) (Meetings and Access to Information)
//! (England) Regulations 2012: neither the day of publication nor that of the meeting
//! counts, and a day on which the council's offices are closed does not either.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Europe::London;

use super::{civil, own_due};
use crate::clock::previous_period;
use crate::domain::{Board, Calendar, LeadTime, PackKey, Period};

/// What happens around a pack, in the usual order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MilestoneKind {
    /// Its sources are looked at, and what would hold it is told.
    Preflight,
    /// It falls due: it is made, and mostly stands as a draft.
    Draft,
    /// Owners are asked for the commentary that is still to come.
    ChaseBefore,
    /// The day by which commentary is due.
    CommentaryDue,
    /// The working day after it: owners whose commentary has not come are asked again.
    ChaseAfter,
    /// It should be final.
    Final,
    /// The day of its meeting.
    Meeting,
}

impl MilestoneKind {
    /// Whether it is a day and has no time of its own.
    pub fn is_whole_day(self) -> bool {
        matches!(self, Self::CommentaryDue | Self::Meeting)
    }
}

/// One of them, at its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Milestone {
    /// When; of a whole day, its first instant in London.
    pub at: DateTime<Utc>,
    /// What happens.
    pub kind: MilestoneKind,
}

/// What happens around a board's pack for a period, in order of time. Empty for a
/// period that has no pack of its own.
pub fn milestones(board: &Board, calendar: &Calendar, period: Period) -> Vec<Milestone> {
    let Some(draft) = own_due(board, calendar, period) else { return Vec::new() };
    let rules = &board.milestones;
    let draft_day = draft.with_timezone(&London).date_naive();
    let commentary_due = board.commentary_due(period, calendar);
    let before = |day: Option<NaiveDate>, lead: Option<LeadTime>| {
        let lead = lead?;
        Some(calendar.working_day_before(day?, lead.working_days)?.and_time(lead.at))
    };
    let chase_after = || Some(calendar.working_day_after(commentary_due?)?.and_time(rules.chase?.at));
    let final_by = rules.final_by.and_then(|(deadline, at)| Some(deadline.day(board, calendar, period)?.and_time(at)));
    let whole = |day: NaiveDate| day.and_time(NaiveTime::MIN);
    let civil_times = [
        (MilestoneKind::Preflight, before(Some(draft_day), rules.preflight)),
        (MilestoneKind::ChaseBefore, before(commentary_due, rules.chase)),
        (MilestoneKind::CommentaryDue, commentary_due.map(whole)),
        (MilestoneKind::ChaseAfter, chase_after()),
        (MilestoneKind::Final, final_by),
        (MilestoneKind::Meeting, board.meeting(period).map(|meeting| whole(meeting.date))),
    ];
    let mut found = vec![Milestone { at: draft, kind: MilestoneKind::Draft }];
    found.extend(
        civil_times
            .into_iter()
            .filter_map(|(kind, civil_time)| Some(Milestone { at: civil::instant(civil_time?)?, kind })),
    );
    found.sort();
    found
}

/// Months for whose pack something may still happen: a board meets within a year of
/// the figures that it looks at.
const MONTHS_BACK: i32 = 12;

/// Months that are not over and for whose pack something may happen already.
const MONTHS_AHEAD: i32 = 2;

/// Everything that happens around packs from `from` on and before `to`, in order of
/// time, for periods from each board's first one on.
pub fn upcoming_milestones(
    boards: &[Board],
    calendar: &Calendar,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Vec<(Milestone, PackKey)> {
    let (first, last) = (previous_period(from).plus(-MONTHS_BACK), previous_period(to).plus(MONTHS_AHEAD));
    let mut found = Vec::new();
    for board in boards {
        let first = first.max(board.first_period);
        for period in (0..=last.since(first)).map(|later| first.plus(later)) {
            let all = milestones(board, calendar, period).into_iter();
            let within = all.filter(|milestone| (from..to).contains(&milestone.at));
            found.extend(within.map(|milestone| (milestone, PackKey { period, board: board.id.clone() })));
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, board, calendar, cron, meeting, p, working_day};
    use super::*;
    use crate::domain::{Cadence, Deadline, MilestoneRules};

    fn time(text: &str) -> NaiveTime {
        text.parse().unwrap()
    }

    fn lead(working_days: u32, at: &str) -> Option<LeadTime> {
        Some(LeadTime { working_days, at: time(at) })
    }

    /// What happens, as "Draft 2026-11-05T06:00".
    fn list(board: &Board, period: &str) -> Vec<String> {
        let all = milestones(board, &calendar(), p(period));
        all.iter().map(|one| format!("{:?} {}", one.kind, one.at.format("%Y-%m-%dT%H:%MZ"))).collect()
    }

    /// The time of one kind.
    fn of(kind: MilestoneKind, board: &Board, period: &str) -> Option<DateTime<Utc>> {
        milestones(board, &calendar(), p(period)).into_iter().find(|one| one.kind == kind).map(|one| one.at)
    }

    fn with(rules: MilestoneRules, meetings: &[(&str, &str)]) -> Board {
        let meetings = meetings.iter().map(|(period, date)| meeting(period, date)).collect();
        Board { milestones: rules, meetings, ..board("panel", working_day(5, "06:00"), "2026-01") }
    }

    #[test]
    fn a_pack_has_the_milestones_that_its_board_declares_in_order_of_time() {
        let plain = board("panel", working_day(5, "06:00"), "2026-01");
        assert_eq!(list(&plain, "2026-10"), ["Draft 2026-11-06T06:00Z"]);
        let rules = MilestoneRules {
            preflight: lead(2, "09:00"),
            chase: lead(1, "09:30"),
            final_by: Some((Deadline::ClearDaysBeforeMeeting(5), time("17:00"))),
        };
        let whole = Board { commentary_by: Some(Deadline::WorkingDay(8)), ..with(rules, &[("2026-10", "2026-12-02")]) };
        assert_eq!(
            list(&whole, "2026-10"),
            [
                "Preflight 2026-11-04T09:00Z",
                "Draft 2026-11-06T06:00Z",
                "ChaseBefore 2026-11-10T09:30Z",
                "CommentaryDue 2026-11-11T00:00Z",
                "ChaseAfter 2026-11-12T09:30Z",
                "Final 2026-11-24T17:00Z",
                "Meeting 2026-12-02T00:00Z",
            ]
        );
        // No meeting, so nothing that counts from one; in summer an hour earlier.
        assert_eq!(
            list(&whole, "2026-06"),
            [
                "Preflight 2026-07-03T08:00Z",
                "Draft 2026-07-07T05:00Z",
                "ChaseBefore 2026-07-09T08:30Z",
                "CommentaryDue 2026-07-09T23:00Z",
                "ChaseAfter 2026-07-13T08:30Z",
            ]
        );
        // No day for commentary, so nobody is asked again.
        let rules = MilestoneRules { chase: lead(1, "09:30"), ..MilestoneRules::default() };
        assert_eq!(list(&with(rules, &[]), "2026-10"), ["Draft 2026-11-06T06:00Z"]);
    }

    #[test]
    fn clear_days_count_neither_end_nor_days_on_which_nobody_works() {
        let day = |days, meets: &str| {
            let rules = MilestoneRules {
                final_by: Some((Deadline::ClearDaysBeforeMeeting(days), time("17:00"))),
                ..MilestoneRules::default()
            };
            let found = of(MilestoneKind::Final, &with(rules, &[("2026-10", meets)]), "2026-10").unwrap();
            found.format("%m-%d %H:%M").to_string()
        };
        for (days, meets, expected) in [
            // A Wednesday: Tuesday, Monday, Friday, Thursday and Wednesday are clear.
            (5, "2026-12-02", "11-24 17:00"),
            (3, "2026-12-02", "11-26 17:00"),
            (1, "2026-12-02", "11-30 17:00"),
            // A Monday, and the Sunday before it: the same days are clear.
            (5, "2026-11-30", "11-20 17:00"),
            (5, "2026-11-29", "11-20 17:00"),
            // Christmas Day, the substitute for Boxing Day and New Year's Day are not clear.
            (5, "2026-12-24", "12-16 17:00"),
            (5, "2026-12-29", "12-17 17:00"),
            (5, "2026-12-30", "12-18 17:00"),
            (5, "2027-01-04", "12-22 17:00"),
        ] {
            assert_eq!(day(days, meets), expected, "{days} clear days before {meets}");
        }
        // So many working days before the meeting is one day later than so many clear ones.
        let rules =
            MilestoneRules { final_by: Some((Deadline::BeforeMeeting(5), time("10:00"))), ..MilestoneRules::default() };
        let found = of(MilestoneKind::Final, &with(rules, &[("2026-10", "2026-12-02")]), "2026-10");
        assert_eq!(found, Some(at("2026-11-25T10:00:00Z")));
    }

    #[test]
    fn days_before_and_after_pass_over_bank_holidays() {
        let chased = |commentary_by| {
            let rules = MilestoneRules { chase: lead(1, "09:00"), ..MilestoneRules::default() };
            Board { commentary_by: Some(commentary_by), ..with(rules, &[("2026-11", "2027-01-05")]) }
        };
        let around = |board: &Board| {
            [MilestoneKind::ChaseBefore, MilestoneKind::CommentaryDue, MilestoneKind::ChaseAfter]
                .map(|kind| of(kind, board, "2026-11").unwrap().format("%m-%d").to_string())
        };
        assert_eq!(around(&chased(Deadline::WorkingDay(17))), ["12-22", "12-23", "12-24"]);
        assert_eq!(around(&chased(Deadline::WorkingDay(18))), ["12-23", "12-24", "12-29"]);
        assert_eq!(around(&chased(Deadline::WorkingDay(19))), ["12-24", "12-29", "12-30"]);
        // The month has 21 of them: its last.
        assert_eq!(around(&chased(Deadline::WorkingDay(21))), ["12-30", "12-31", "01-04"]);
        assert_eq!(around(&chased(Deadline::WorkingDay(22))), ["12-30", "12-31", "01-04"]);
        assert_eq!(around(&chased(Deadline::BeforeMeeting(2))), ["12-30", "12-31", "01-04"]);
        // A preflight of a pack that falls due on a day when nobody works is before it.
        let rules = MilestoneRules { preflight: lead(1, "09:00"), ..MilestoneRules::default() };
        let early = Board { timing: cron("0 6 28 * *"), ..with(rules, &[]) };
        assert_eq!(of(MilestoneKind::Preflight, &early, "2026-11"), Some(at("2026-12-24T09:00:00Z")));
    }

    #[test]
    fn days_are_counted_by_date_across_a_clock_change() {
        let rules = MilestoneRules { preflight: lead(2, "09:00"), ..MilestoneRules::default() };
        let over = |pattern, period| {
            of(MilestoneKind::Preflight, &Board { timing: cron(pattern), ..with(rules, &[]) }, period)
        };
        assert_eq!(over("0 9 27 10 *", "2026-09"), Some(at("2026-10-23T08:00:00Z")));
        assert_eq!(over("0 9 31 3 *", "2027-02"), Some(at("2027-03-25T09:00:00Z")));
        // A meeting is a day of London: in summer it begins before midnight at UTC.
        let board = with(MilestoneRules::default(), &[("2026-08", "2026-10-25"), ("2026-09", "2026-10-26")]);
        assert_eq!(of(MilestoneKind::Meeting, &board, "2026-08"), Some(at("2026-10-24T23:00:00Z")));
        assert_eq!(of(MilestoneKind::Meeting, &board, "2026-09"), Some(at("2026-10-26T00:00:00Z")));
    }

    #[test]
    fn a_period_without_a_pack_of_its_own_has_none() {
        let quarterly = Board { cadence: Cadence::quarterly(), ..with(MilestoneRules::default(), &[]) };
        assert_eq!(list(&quarterly, "2026-08"), [""; 0]);
        assert_eq!(list(&quarterly, "2026-09"), ["Draft 2026-10-07T05:00Z"]);
    }

    #[test]
    fn what_is_to_come_is_of_all_boards_in_order_of_time_and_each_instant_once() {
        let rules = MilestoneRules { preflight: lead(20, "09:00"), ..MilestoneRules::default() };
        let boards = [
            with(rules, &[("2026-10", "2027-10-01")]),
            Board { id: crate::domain::BoardId::parse("cabinet").unwrap(), ..board("b", cron("0 6 3 * *"), "2026-11") },
        ];
        let between = |from: &str, to: &str| -> Vec<String> {
            let all = upcoming_milestones(&boards, &calendar(), at(from), at(to));
            all.iter().map(|(one, key)| format!("{} {:?}", key.board, one.kind)).collect()
        };
        let month = ["cabinet Draft", "panel Draft", "panel Preflight"];
        assert_eq!(between("2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"), month);
        // The first instant counts, and the last does not.
        assert_eq!(between("2026-12-07T06:00:00Z", "2026-12-07T06:00:01Z"), ["panel Draft"]);
        assert_eq!(between("2026-12-07T05:00:00Z", "2026-12-07T06:00:00Z"), [""; 0]);
        // A meeting that looks at figures of a year ago.
        assert_eq!(between("2027-09-30T23:00:00Z", "2027-10-01T00:00:00Z"), ["panel Meeting"]);
        // A preflight before the month is over whose pack it is.
        assert_eq!(between("2026-12-01T00:00:00Z", "2026-12-31T00:00:00Z").len(), 3);
        // Nothing before the first period.
        assert_eq!(between("2024-01-01T00:00:00Z", "2025-12-01T00:00:00Z"), [""; 0]);
    }
}
