//! What became of the packs that fell due, and the days that calendar.toml lacks.

use snapbox::str;

use crate::support::Council;

fn status(council: &Council, code: i32) -> serde_json::Value {
    let output = council.boardpack(&["status", "--json"]).code(code).get_output().clone();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The state of a board's pack of a month.
fn state<'s>(status: &'s serde_json::Value, board: &str, period: &str) -> Option<&'s str> {
    let board = status["boards"].as_array()?.iter().find(|one| one["board"] == board)?;
    board["packs"].as_array()?.iter().find(|pack| pack["period"] == period)?["state"].as_str()
}

#[test]
fn each_pack_that_fell_due_is_final_draft_held_awaited_or_missed() {
    let council = Council::sample();
    let before = status(&council, 3);
    assert_eq!(state(&before, "improvement", "2026-10"), Some("awaited"));
    assert!(council.files("published").is_empty(), "a look leaves no trace");

    council.boardpack(&["run", "--period", "2026-10"]).code(3);
    let after = status(&council, 3);
    for (board, expected) in [("improvement", "final"), ("corporate-parenting", "draft"), ("send-partnership", "held")]
    {
        // One that is final is told while it is the latest, and where all are asked for.
        let told = state(&after, board, "2026-10");
        assert!(told == Some(expected) || expected == "final" && told.is_none(), "{board}: {told:?}");
    }
    let text = council.boardpack(&["status", "--all"]).code(3).get_output().stdout.clone();
    let text = String::from_utf8(text).unwrap();
    assert!(text.starts_with("Board") && text.contains("final") && text.contains("held"), "{text}");

    // A board that wants nothing late misses what nobody begins.
    council.replace(
        "config/boards/improvement.toml",
        "owner = ",
        "missed = \"none\"\nfirst_period = \"2026-08\"\nowner = ",
    );
    assert_eq!(state(&status(&council, 3), "improvement", "2026-08"), Some("missed"));
}

#[test]
fn a_pack_before_each_meeting_needs_meetings_and_no_cadence() {
    let council = Council::sample();
    let board = "config/boards/improvement.toml";
    council.replace(board, "working_day = 3, at = \"07:30\"", "working_days_before_meeting = 7, at = \"10:00\"");
    let text = council.read(board);
    let without: String = text.split("[[meetings]]").next().unwrap().to_owned()
        + text.split_once("[[sections]]").map(|(_, rest)| format!("[[sections]]{rest}")).unwrap().as_str();
    council.write(board, without);
    council.replace(board, "owner = ", "cadence = \"quarterly\"\nowner = ");
    let output = council.boardpack(&["config"]).code(2).get_output().clone();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("boards/improvement.toml: meetings: is missing, and packs are made"), "{told}");
    assert!(told.contains("boards/improvement.toml: cadence: does not go with"), "{told}");
}

#[test]
fn the_bank_holidays_that_the_calendar_lacks_are_listed() {
    let council = Council::sample();
    council.boardpack(&["calendar", "--from", "2026", "--to", "2027"]).success().stdout_eq(str![[r#"
calendar.toml has every bank holiday from 2026 to 2027 that the rules give.

"#]]);
    council.replace("config/calendar.toml", "    \"2026-12-28\", # Boxing Day (substitute day)\n", "");
    council.boardpack(&["calendar", "--from", "2026", "--to", "2027"]).success().stdout_eq(str![[r#"
    # 2026
    "2026-12-28", # Boxing Day (substitute day)

"#]]);
    council.boardpack(&["calendar", "--from", "2030", "--to", "2029"]).code(2);
}
