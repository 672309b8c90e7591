//! What falls due when, and who owes what by when.

use crate::support::{Council, root};

fn schedule(council: &Council, args: &[&str]) -> String {
    let mut all = vec!["schedule"];
    all.extend(args);
    let output = council.boardpack(&all).success().get_output().clone();
    // Whether a day is over depends on the day of the test.
    String::from_utf8(output.stdout).unwrap().replace(", overdue", "")
}

fn owed<'j>(json: &'j serde_json::Value, board: &str, period: &str) -> Option<&'j serde_json::Value> {
    json["owed"].as_array()?.iter().find(|pack| pack["board"] == board && pack["period"] == period)
}

/// Every indicator that somebody owes, by owner.
fn indicators(pack: &serde_json::Value) -> Vec<String> {
    let owners = pack["owners"].as_array().unwrap().iter();
    let names = owners.flat_map(|share| share["indicators"].as_array().unwrap());
    let mut names: Vec<String> = names.map(|name| name.as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

#[test]
fn the_readme_shows_what_it_prints() {
    let council = Council::sample();
    council.boardpack(&["run", "--period", "2026-10"]).code(3);
    let printed = schedule(&council, &["--from", "2026-11-10", "--to", "2026-11-12"]);
    let shown = format!("$ boardpack schedule --from 2026-11-10 --to 2026-11-12\n{printed}```\n");
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap().replace("\r\n", "\n");
    assert!(readme.contains(&shown), "README.md is not what it says:\n{shown}");
    let widest = printed.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(widest <= 100, "{widest}: {printed}");
}

#[test]
fn a_draft_is_owed_what_its_manifest_awaits_and_a_pack_to_come_what_may_be_asked() {
    let council = Council::sample();
    let json = |args: &[&str]| -> serde_json::Value { serde_json::from_str(&schedule(&council, args)).unwrap() };
    let span = ["--json", "--from", "2026-11-01", "--to", "2026-12-31"];
    let before = json(&span);
    let to_come = owed(&before, "corporate-parenting", "2026-10").unwrap();
    assert_eq!((to_come["state"].as_str(), &to_come["revision"]), (Some("to-come"), &serde_json::Value::Null));
    assert_eq!(to_come["commentary_due"], "2026-11-11");
    assert!(owed(&before, "corporate-parenting", "2026-11").is_none(), "the next one alone");
    assert!(council.files("published").is_empty(), "a look leaves no trace");

    council.boardpack(&["run", "--period", "2026-10"]).code(3);
    let after = json(&span);
    let draft = owed(&after, "corporate-parenting", "2026-10").unwrap();
    assert_eq!((draft["state"].as_str(), draft["revision"].as_u64()), (Some("draft"), Some(1)));
    let manifest = council.manifest("2026-10", "corporate-parenting", 1);
    let mut awaited: Vec<&str> =
        manifest["awaited"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    awaited.sort_unstable();
    assert!(!awaited.is_empty());
    assert_eq!(indicators(draft), awaited);
    assert!(indicators(to_come).len() > awaited.len());
    // One that is final owes nothing, and its board's next one is to come; one that is held says so.
    assert!(owed(&after, "improvement", "2026-10").is_none());
    assert!(owed(&after, "improvement", "2026-11").is_some());
    assert_eq!(owed(&after, "send-partnership", "2026-10").unwrap()["state"], "held");
    // A draft is told however far away its days are.
    let later = json(&["--json", "--from", "2027-06-01", "--to", "2027-06-02"]);
    assert_eq!(indicators(owed(&later, "corporate-parenting", "2026-10").unwrap()), awaited);
}

#[test]
fn milestones_are_listed_in_order_of_time_and_by_name() {
    let council = Council::sample();
    council.replace(
        "config/boards/improvement.toml",
        "owner = ",
        "chase = { working_days_before = 2, at = \"08:30\" }\nfinal = { working_days_before_meeting = 1, at = \"12:00\" }\nowner = ",
    );
    let printed: serde_json::Value =
        serde_json::from_str(&schedule(&council, &["--json", "--from", "2026-11-01", "--to", "2026-11-20"])).unwrap();
    let of_board: Vec<String> = printed["milestones"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["board"] == "improvement" && one["period"] == "2026-10")
        .map(|one| format!("{} {}", one["at"].as_str().unwrap(), one["what"].as_str().unwrap()))
        .collect();
    assert_eq!(
        of_board,
        [
            "2026-11-02T09:00:00Z preflight",
            "2026-11-04T07:30:00Z draft",
            "2026-11-04T08:30:00Z chase-before",
            "2026-11-06T00:00:00Z commentary-due",
            "2026-11-09T08:30:00Z chase-after",
            "2026-11-16T12:00:00Z final",
            "2026-11-17T00:00:00Z meeting",
        ]
    );
}

#[test]
fn a_board_that_counts_from_meetings_and_has_none_left_is_told() {
    let council = Council::sample();
    council.replace(
        "config/boards/improvement.toml",
        "owner = ",
        "final = { clear_days_before_meeting = 5 }\nowner = ",
    );
    let told = |from: &str, to: &str| schedule(&council, &["--from", from, "--to", to]);
    let doubt =
        "improvement has no meeting after 15 December 2026, and the day for a final pack counts from its meetings";
    assert!(!told("2026-12-15", "2026-12-16").contains(doubt));
    assert!(told("2026-12-16", "2026-12-17").contains(doubt), "{}", told("2026-12-16", "2026-12-17"));
}

#[test]
fn a_day_that_comes_before_its_pack_is_told() {
    let council = Council::sample();
    let told = |from: &str, to: &str| schedule(&council, &["--from", from, "--to", to]);
    let doubt = "improving-lives for November 2026 falls due on 14 December 2026, and its commentary is due on 9 December 2026, before that";
    assert!(told("2026-12-09", "2026-12-09").contains(doubt), "{}", told("2026-12-09", "2026-12-09"));
    assert!(!told("2026-12-10", "2026-12-20").contains(doubt));
    // On the day itself is in time.
    council.replace("config/boards/improving-lives.toml", "commentary_working_day = 7", "commentary_working_day = 10");
    assert!(!told("2026-12-01", "2026-12-20").contains("before that"));
    council.replace("config/boards/improving-lives.toml", "commentary_working_day = 10", "commentary_working_day = 9");
    assert!(told("2026-12-01", "2026-12-20").contains("its commentary is due on 11 December 2026, before that"));
}
