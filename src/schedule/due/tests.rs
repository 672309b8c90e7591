//! When packs fall due, and that each is due exactly once.

use std::collections::BTreeSet;

use chrono::NaiveTime;
use proptest::prelude::*;

use super::*;
use crate::domain::BoardId;

mod fates;

const HOUR: TimeDelta = TimeDelta::hours(1);

pub(super) fn p(text: &str) -> Period {
    text.parse().unwrap()
}

pub(super) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(super) fn board(id: &str, timing: Timing, first_period: &str) -> Board {
    Board {
        editions: vec![crate::domain::Edition::Public],
        exempt: crate::domain::Exempt::default(),
        threshold: 5,
        id: BoardId::parse(id).unwrap(),
        title: String::new(),
        scorecard: String::new(),
        recommendation: Default::default(),
        owner: String::new(),
        contact: String::new(),
        sections: Vec::new(),
        headlines: Vec::new(),
        details: Vec::new(),
        timing,
        cadence: Default::default(),
        missed: Default::default(),
        first_period: p(first_period),
        meetings: Vec::new(),
        commentary_by: None,
        milestones: Default::default(),
        baseline: None,
        commentary: Default::default(),
        papers: Default::default(),
        agenda: Default::default(),
        words: Default::default(),
    }
}

pub(super) fn meeting(period: &str, date: &str) -> Meeting {
    Meeting {
        period: p(period),
        date: date.parse().unwrap(),
        item: String::new(),
        appendix: String::new(),
        supplement: false,
    }
}

pub(super) fn cron(pattern: &str) -> Timing {
    Timing::Cron(CronPattern::parse(pattern).unwrap())
}

pub(super) fn working_day(nth: u32, time: &str) -> Timing {
    Timing::WorkingDay(nth, NaiveTime::parse_from_str(time, "%H:%M").unwrap())
}

pub(super) fn calendar() -> Calendar {
    let days = ["2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03"];
    Calendar { bank_holidays: days.iter().map(|day| day.parse().unwrap()).collect() }
}

fn key(period: &str, board: &str) -> PackKey {
    PackKey { period: p(period), board: BoardId::parse(board).unwrap() }
}

#[test]
fn a_pack_falls_due_in_the_month_after_by_london_time() {
    for (timing, period, expected) in [
        // Winter and summer.
        (cron("0 6 5 * *"), "2026-10", "2026-11-05T06:00:00Z"),
        (cron("0 6 5 * *"), "2026-06", "2026-07-05T05:00:00Z"),
        // Just after midnight in summer is still the day before at UTC, and
        // the month before on the 1st.
        (cron("30 0 5 * *"), "2026-06", "2026-07-04T23:30:00Z"),
        (cron("0 0 1 * *"), "2026-06", "2026-06-30T23:00:00Z"),
        (cron("0 0 1 * *"), "2026-12", "2027-01-01T00:00:00Z"),
        // On the days of the clock changes, within and around the hour.
        (cron("59 0 29 * *"), "2026-02", "2026-03-29T00:59:00Z"),
        (cron("30 1 29 * *"), "2026-02", "2026-03-29T01:00:00Z"),
        (cron("0 2 29 * *"), "2026-02", "2026-03-29T01:00:00Z"),
        (cron("30 1 25 * *"), "2026-09", "2026-10-25T00:30:00Z"),
        (cron("0 2 25 * *"), "2026-09", "2026-10-25T02:00:00Z"),
        (cron("30 1 L 3 *"), "2024-02", "2024-03-31T01:00:00Z"),
        // Month ends.
        (cron("0 6 L * *"), "2027-12", "2028-01-31T06:00:00Z"),
        (cron("0 6 L * *"), "2028-01", "2028-02-29T06:00:00Z"),
        (cron("59 23 L * *"), "2026-11", "2026-12-31T23:59:00Z"),
        // A day that the month doesn't have: the pattern's next time.
        (cron("0 6 31 * *"), "2026-10", "2026-12-31T06:00:00Z"),
        (cron("0 6 5 4,7,10,1 *"), "2026-10", "2027-01-05T06:00:00Z"),
        // Working days pass over weekends and bank holidays.
        (working_day(1, "06:00"), "2026-10", "2026-11-02T06:00:00Z"),
        (working_day(4, "06:00"), "2026-10", "2026-11-05T06:00:00Z"),
        (working_day(1, "06:00"), "2026-12", "2027-01-04T06:00:00Z"),
        (working_day(1, "06:00"), "2027-04", "2027-05-04T05:00:00Z"),
        (working_day(18, "09:30"), "2026-11", "2026-12-24T09:30:00Z"),
        (working_day(19, "09:30"), "2026-11", "2026-12-29T09:30:00Z"),
        // A working day that the month doesn't have: its last.
        (working_day(21, "09:30"), "2026-11", "2026-12-31T09:30:00Z"),
        (working_day(22, "09:30"), "2026-11", "2026-12-31T09:30:00Z"),
        (working_day(31, "09:30"), "2027-01", "2027-02-26T09:30:00Z"),
    ] {
        let board = board("panel", timing, "2020-01");
        assert_eq!(falls_due(&board, &calendar(), p(period)), Some(at(expected)), "{:?} {period}", board.timing);
    }
}

#[test]
fn a_month_without_working_days_has_no_due_time() {
    let none = Calendar { bank_holidays: p("2026-11").first_day().iter_days().take(30).collect() };
    assert_eq!(falls_due(&board("panel", working_day(4, "06:00"), "2026-10"), &none, p("2026-10")), None);
}

/// What is due, as "2026-10/panel First".
fn list(boards: &[Board], catch_up: u32, now: &str, standing: &PackStates) -> Vec<String> {
    due(boards, &calendar(), catch_up, HOUR, at(now), standing)
        .into_iter()
        .map(|due| format!("{}/{} {:?}", due.key.period, due.key.board, due.why))
        .collect()
}

#[test]
fn a_pack_is_due_from_its_second_on_and_missed_after_a_day() {
    let boards = [board("panel", cron("0 6 5 * *"), "2026-10")];
    let nothing = PackStates::default();
    for (now, expected) in [
        ("2026-11-05T05:59:59Z", None),
        ("2026-11-05T06:00:00Z", Some("2026-10/panel First")),
        ("2026-11-06T06:00:00Z", Some("2026-10/panel First")),
        ("2026-11-06T06:00:01Z", Some("2026-10/panel Missed")),
    ] {
        assert_eq!(list(&boards, 12, now, &nothing), Vec::from_iter(expected), "{now}");
    }
}

#[test]
fn missed_months_come_oldest_first_and_boards_in_order() {
    let boards =
        [board("scrutiny", cron("0 6 5 * *"), "2026-10"), board("cabinet", working_day(3, "06:00"), "2026-11")];
    assert_eq!(
        list(&boards, 12, "2027-01-06T06:00:01Z", &PackStates::default()),
        [
            "2026-10/scrutiny Missed",
            "2026-11/cabinet Missed",
            "2026-11/scrutiny Missed",
            "2026-12/cabinet First",
            "2026-12/scrutiny Missed",
        ]
    );
}

#[test]
fn catching_up_reaches_so_many_months_behind_the_present_one() {
    let monthly = [board("panel", cron("0 6 5 * *"), "2026-01")];
    let quarterly = [board("panel", cron("0 6 5 1,4,7,10 *"), "2026-01")];
    let periods = |boards: &[Board], catch_up, now: &str| -> Vec<String> {
        list(boards, catch_up, now, &PackStates::default()).iter().map(|due| due[..7].to_owned()).collect()
    };
    // Nothing missed is made, but what falls due this month is.
    assert_eq!(periods(&monthly, 0, "2026-11-30T23:59:59Z"), ["2026-10"]);
    assert_eq!(periods(&monthly, 0, "2026-12-01T00:00:00Z"), [""; 0]);
    assert_eq!(periods(&monthly, 2, "2026-11-30T23:59:59Z"), ["2026-08", "2026-09", "2026-10"]);
    assert_eq!(periods(&monthly, u32::MAX, "2026-04-05T06:00:00Z"), ["2026-01", "2026-02", "2026-03"]);
    // Reach is counted from the month that a pack falls due in.
    assert_eq!(periods(&quarterly, 0, "2026-10-05T05:00:00Z"), ["2026-09"]);
    assert_eq!(periods(&quarterly, 0, "2026-10-05T04:59:59Z"), [""; 0]);
}

#[test]
fn a_final_pack_is_not_due_and_a_draft_or_failed_one_after_the_retry_time() {
    let boards = [board("panel", cron("0 6 5 * *"), "2026-10")];
    let october = key("2026-10", "panel");
    for (state, attempt, now, expected) in [
        (Some(PackState::Final), None, "2026-11-05T06:00:00Z", None),
        (Some(PackState::Final), Some("2026-11-05T06:00:00Z"), "2026-11-09T06:00:00Z", None),
        // A daemon that just started knows of no attempt.
        (Some(PackState::Draft), None, "2026-11-05T06:00:00Z", Some(DueReason::Retry)),
        (Some(PackState::Draft), Some("2026-11-05T06:00:30Z"), "2026-11-05T07:00:29Z", None),
        (Some(PackState::Draft), Some("2026-11-05T06:00:30Z"), "2026-11-05T07:00:30Z", Some(DueReason::Retry)),
        (None, Some("2026-11-05T06:00:30Z"), "2026-11-05T07:00:29Z", None),
        (None, Some("2026-11-05T06:00:30Z"), "2026-11-05T07:00:30Z", Some(DueReason::Retry)),
        // The clock was set back: no attempt lies in the future.
        (None, Some("2027-11-05T06:00:00Z"), "2026-11-05T06:00:00Z", Some(DueReason::Retry)),
    ] {
        let mut standing = PackStates::default();
        standing.published.extend(state.map(|state| (october.clone(), state)));
        if let Some(attempt) = attempt {
            standing.attempts.record(october.clone(), at(attempt));
        }
        let found = due(&boards, &calendar(), 12, HOUR, at(now), &standing);
        assert_eq!(found.first().map(|due| due.why), expected, "{state:?} {attempt:?} {now}");
    }
}

#[test]
fn upcoming_lists_what_falls_due_in_a_span_in_order_of_time() {
    let boards =
        [board("scrutiny", cron("0 6 5 * *"), "2026-10"), board("cabinet", working_day(3, "06:00"), "2026-11")];
    let span = |from, to| -> Vec<String> {
        upcoming(&boards, &calendar(), at(from), at(to))
            .into_iter()
            .map(|(at, key)| format!("{} {}/{}", at.format("%d %b %H:%M"), key.period, key.board))
            .collect()
    };
    assert_eq!(
        span("2026-01-01T00:00:00Z", "2027-02-01T00:00:00Z"),
        [
            "05 Nov 06:00 2026-10/scrutiny",
            "03 Dec 06:00 2026-11/cabinet",
            "05 Dec 06:00 2026-11/scrutiny",
            "05 Jan 06:00 2026-12/scrutiny",
            "06 Jan 06:00 2026-12/cabinet",
        ]
    );
    // From is within, to is not.
    assert_eq!(span("2026-11-05T06:00:00Z", "2026-12-03T06:00:00Z"), ["05 Nov 06:00 2026-10/scrutiny"]);
    assert_eq!(span("2026-11-05T06:00:01Z", "2026-12-03T06:00:00Z"), [""; 0]);
}

const PATTERNS: &[&str] = &[
    "0 6 5 * *",
    "30 1 25-31 * +SUN",
    "30 1 * * SUNL",
    "0 0 1 * *",
    "59 23 L * *",
    "0 6 31 * *",
    "30 7 LW 1,4,7,10 *",
    "* * * * *",
];

fn timings() -> impl Strategy<Value = Timing> {
    prop_oneof![
        proptest::sample::select(PATTERNS).prop_map(cron),
        (1_u32..=23, 0_u32..24, 0_u32..60)
            .prop_map(|(nth, hour, minute)| Timing::WorkingDay(nth, NaiveTime::from_hms_opt(hour, minute, 0).unwrap())),
    ]
}

/// Rings until `end`: mostly every few hours, with sleeps of up to 80 days.
fn rings() -> impl Strategy<Value = Vec<TimeDelta>> {
    let step = prop_oneof![
        12 => (30_i64..24 * 60).prop_map(TimeDelta::minutes),
        4 => (1_i64..120).prop_map(TimeDelta::seconds),
        1 => (1_i64..80).prop_map(TimeDelta::days),
    ];
    proptest::collection::vec(step, 300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    /// Over two years of rings, whatever was slept through, each pack is due
    /// exactly once, at the first ring at or after it fell due.
    #[test]
    fn every_pack_is_due_exactly_once(timings in proptest::collection::vec(timings(), 1..4), rings in rings()) {
        let boards: Vec<Board> = timings.into_iter().enumerate().map(|(i, timing)| board(&format!("b{i}"), timing, "2025-12")).collect();
        let (start, end) = (at("2026-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z"));
        let mut standing = PackStates::default();
        let mut made = BTreeSet::new();
        let (mut now, mut before) = (start, None);
        for step in rings.into_iter().cycle() {
            if now >= end {
                break;
            }
            for due in due(&boards, &calendar(), 12, HOUR, now, &standing) {
                prop_assert!(due.since <= now && before.is_none_or(|before| due.since > before), "{due:?} at {now}, after {before:?}");
                prop_assert!(made.insert(due.key.clone()), "twice: {:?}", due.key);
                standing.published.insert(due.key, PackState::Final);
            }
            (before, now) = (Some(now), now + step);
        }
        let last = before.unwrap();
        let expected: BTreeSet<PackKey> = upcoming(&boards, &calendar(), start, last + TimeDelta::nanoseconds(1)).into_iter().map(|(_, key)| key).collect();
        prop_assert_eq!(made, expected);
    }

    /// A later period never falls due before an earlier one: `fallen_due` leans on it.
    #[test]
    fn due_times_follow_their_periods(timing in timings()) {
        let board = board("panel", timing, "2024-01");
        let times: Vec<_> = (0..48).map(|month| falls_due(&board, &calendar(), p("2024-01").plus(month))).collect();
        prop_assert!(times.iter().all(Option::is_some));
        prop_assert!(times.is_sorted());
    }
}

#[test]
fn one_pack_is_for_all_months_since_the_last() {
    let calendar = Calendar::default();
    let quarterly =
        Board { cadence: Cadence::quarterly(), ..board("b", Timing::WorkingDay(4, NaiveTime::MIN), "2026-01") };
    let termly = Board { cadence: Cadence::termly(), ..quarterly.clone() };
    let own = Board { cadence: Cadence::Months(["2026-05", "2026-11"].map(p).into()), ..quarterly.clone() };
    let monthly = board("b", Timing::WorkingDay(4, NaiveTime::MIN), "2026-01");
    let january = board("b", cron("0 6 5 1,4,7,10 *"), "2026-01");
    for (board, month, first) in [
        (&quarterly, "2026-12", Some("2026-10")),
        (&quarterly, "2026-11", None),
        (&quarterly, "2027-01", None),
        (&quarterly, "2027-03", Some("2027-01")),
        (&termly, "2026-12", Some("2026-08")),
        (&termly, "2027-04", Some("2027-01")),
        (&own, "2026-11", Some("2026-06")),
        // Nothing says since when the first is.
        (&own, "2026-05", Some("2026-05")),
        (&own, "2026-12", None),
        (&monthly, "2026-10", Some("2026-10")),
        // A pattern that fires once a quarter says the same without a word.
        (&january, "2026-12", Some("2026-10")),
        (&january, "2026-10", None),
        (&january, "2026-11", None),
    ] {
        assert_eq!(first_month(board, &calendar, p(month)), first.map(p), "{:?} {month}", board.cadence);
    }
    assert_eq!(next_period(&january, &calendar, p("2026-10")), Some(p("2026-12")));
    assert_eq!(next_period(&own, &calendar, p("2026-12")), None);
    for board in [quarterly, january] {
        let upcoming = upcoming(&[board], &calendar, at("2026-04-02T00:00:00Z"), at("2027-04-30T00:00:00Z"));
        let months: Vec<Period> = upcoming.into_iter().map(|(_, key)| key.period).collect();
        assert_eq!(months, ["2026-03", "2026-06", "2026-09", "2026-12", "2027-03"].map(p));
    }
}

#[test]
fn a_quarters_pack_that_was_slept_through_is_made_once() {
    let calendar = Calendar::default();
    let boards =
        [Board { cadence: Cadence::quarterly(), ..board("b", Timing::WorkingDay(4, NaiveTime::MIN), "2026-04") }];
    let due_at = |now: &str| {
        let due = due(&boards, &calendar, 12, TimeDelta::hours(1), at(now), &PackStates::default());
        due.into_iter().map(|due| due.key.period.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(due_at("2026-07-01T12:00:00Z"), [""; 0]);
    assert_eq!(due_at("2026-08-20T12:00:00Z"), ["2026-06"]);
    assert_eq!(due_at("2027-01-20T12:00:00Z"), ["2026-06", "2026-09", "2026-12"]);
}

#[test]
fn a_pack_falls_due_so_many_working_days_before_its_meeting() {
    let meetings = vec![meeting("2026-11", "2027-01-06"), meeting("2027-02", "2027-03-02")];
    let cadence = Cadence::Months(meetings.iter().map(|meeting| meeting.period).collect());
    let timing = |nth| Timing::BeforeMeeting(nth, NaiveTime::from_hms_opt(10, 0, 0).unwrap());
    let with =
        |nth| Board { meetings: meetings.clone(), cadence: cadence.clone(), ..board("panel", timing(nth), "2026-09") };
    let falls = |nth, period: &str| falls_due(&with(nth), &calendar(), p(period)).map(|due| due.to_rfc3339());
    // Over Christmas, two bank holidays and new year.
    assert_eq!(falls(7, "2026-11").as_deref(), Some("2026-12-23T10:00:00+00:00"));
    assert_eq!(falls(1, "2026-11").as_deref(), Some("2027-01-05T10:00:00+00:00"));
    // September and October are in the pack of November; nothing is declared after February.
    assert_eq!(falls(7, "2026-09"), falls(7, "2026-11"));
    assert_eq!(falls(7, "2027-03"), None);
    // Never before the period is over.
    assert_eq!(falls(7, "2027-02").as_deref(), Some("2027-03-01T10:00:00+00:00"));
    assert_eq!(first_month(&with(7), &calendar(), p("2027-02")), Some(p("2026-12")));
}
