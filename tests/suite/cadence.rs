//! A board that does not meet every month has one pack for the months since its last.

use crate::support::Council;

const BOARD: &str = "config/boards/improvement.toml";

fn quarterly() -> Council {
    let council = Council::sample();
    council.replace(BOARD, "owner = ", "cadence = \"quarterly\"\nowner = ");
    council
}

#[test]
fn a_month_without_a_pack_is_told_and_is_a_fault_where_it_was_asked_for_by_name() {
    let council = quarterly();
    let output = council.boardpack(&["run", "--period", "2026-10"]).code(3).get_output().clone();
    let told = String::from_utf8(output.stderr).unwrap();
    let expected =
        "improvement has no pack for October 2026: by its `cadence` and `schedule`, its next is for December 2026";
    assert!(told.lines().any(|line| line == expected), "{told}");
    assert!(council.files("published/2026-10/improvement").is_empty());
    assert!(!council.files("published/2026-10/improving-lives").is_empty(), "the others are made");
    let output =
        council.boardpack(&["run", "--period", "2026-10", "--board", "improvement"]).code(2).get_output().clone();
    assert!(String::from_utf8(output.stderr).unwrap().contains(expected));
}

#[test]
fn the_cover_names_every_month_of_the_quarter() {
    let council = quarterly();
    council.boardpack(&["run", "--period", "2026-09", "--board", "improvement"]);
    let page = council.files("published/2026-09/improvement").into_iter().find(|name| name.ends_with(".html")).unwrap();
    let page = council.read(&format!("published/2026-09/improvement/{page}"));
    assert!(page.contains("July to September 2026 (financial year 2026/27)"), "{page}");
}

#[test]
fn the_schedule_has_one_date_a_quarter() {
    let council = quarterly();
    let args = ["schedule", "--from", "2026-06-01", "--to", "2027-02-01"];
    let output = council.boardpack(&args).code(0).get_output().clone();
    let table = String::from_utf8(output.stdout).unwrap();
    let due = table.lines().filter_map(|line| line.strip_suffix("pack falls due"));
    let own: Vec<&str> = due.filter(|line| line.contains(" improvement ")).collect();
    let months: Vec<&str> = own.iter().map(|line| line.trim().rsplit("  ").next().unwrap().trim()).collect();
    let first = council.read(BOARD).contains("first_period");
    assert!(months.ends_with(&["December 2026"]) && (first || months.len() <= 3), "{table}");
}

#[test]
fn what_is_no_cadence_is_a_fault_that_says_what_is_one() {
    for (cadence, found) in
        [("\"weekly\"", "found weekly"), ("[\"March\", \"2026-07\"]", "found March, 2026-07"), ("[]", "names no month")]
    {
        let council = Council::sample();
        council.replace(BOARD, "owner = ", &format!("cadence = {cadence}\nowner = "));
        let output = council.boardpack(&["config"]).code(2).get_output().clone();
        let told = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(told.contains(found) && told.contains("\"quarterly\""), "{cadence}: {told}");
    }
    let council = Council::sample();
    council.replace(BOARD, "owner = ", "cadence = [\"march\", \"October\"]\nowner = ");
    council.boardpack(&["config"]).code(0);
}
