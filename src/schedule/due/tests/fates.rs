//! What became of the packs that fell due, and which are made late.

use super::*;
use crate::domain::board::MissedPolicy;

/// What became of a board's packs: "2026-10 awaited".
fn fates(board: &Board, catch_up: u32, now: &str, states: &PackStates) -> Vec<String> {
    let all = crate::schedule::due::fate::all(board, &calendar(), catch_up, at(now), states);
    all.iter().map(|fallen| format!("{} {}", fallen.key.period, fallen.fate.word())).collect()
}

#[test]
fn a_board_says_which_of_its_missed_packs_are_made_late() {
    let with = |missed| Board { missed, ..board("panel", cron("0 6 5 * *"), "2026-09") };
    let due = |missed, now: &str, states: &PackStates| -> Vec<String> {
        list(&[with(missed)], 12, now, states).iter().map(|due| due[..7].to_owned()).collect()
    };
    let (nothing, late) = (PackStates::default(), "2026-12-20T10:00:00Z");
    assert_eq!(due(MissedPolicy::All, late, &nothing), ["2026-09", "2026-10", "2026-11"]);
    assert_eq!(due(MissedPolicy::Latest, late, &nothing), ["2026-11"]);
    assert_eq!(due(MissedPolicy::None, late, &nothing), Vec::<String>::new());
    // Within a day of its time nothing is missed.
    for (now, expected) in [("2026-12-06T06:00:00Z", vec!["2026-11"]), ("2026-12-06T06:00:01Z", vec![])] {
        assert_eq!(due(MissedPolicy::None, now, &nothing), expected, "{now}");
    }
    // What was begun is finished: a draft, a held one, one that was tried.
    let key = |period: &str| PackKey { period: p(period), board: BoardId::parse("panel").unwrap() };
    let mut begun = PackStates::default();
    begun.published.insert(key("2026-09"), PackState::Draft);
    begun.held.insert(key("2026-10"));
    begun.attempts.record(key("2026-11"), at("2026-12-05T06:00:00Z"));
    assert_eq!(due(MissedPolicy::None, late, &begun), ["2026-09", "2026-10", "2026-11"]);
    assert_eq!(due(MissedPolicy::Latest, late, &begun), ["2026-09", "2026-10", "2026-11"]);
    assert_eq!(
        fates(&with(MissedPolicy::None), 12, late, &begun),
        ["2026-11 awaited", "2026-10 held", "2026-09 draft"]
    );
}

#[test]
fn what_lies_too_far_back_is_missed_and_not_forgotten() {
    let board = board("panel", cron("0 6 5 * *"), "2026-08");
    let mut states = PackStates::default();
    states.published.insert(PackKey { period: p("2026-08"), board: board.id.clone() }, PackState::Final);
    let now = "2026-12-20T10:00:00Z";
    let expected = ["2026-11 awaited", "2026-10 awaited", "2026-09 missed", "2026-08 final"];
    assert_eq!(fates(&board, 1, now, &states), expected);
    // Not before it falls due.
    assert_eq!(fates(&board, 12, "2026-10-05T04:59:59Z", &states), ["2026-08 final"]);
}
