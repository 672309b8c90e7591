//! A file that is late, and a source that has opinions of its own.

use crate::support::Council;

const SOURCE: &str = "files = \"care_leavers.csv\"";

fn findings(council: &Council, board: &str) -> Vec<(String, String)> {
    let path = council
        .files("published")
        .into_iter()
        .rfind(|name| name.starts_with(&format!("2026-10/{board}/")) && name.ends_with("findings.json"))
        .unwrap();
    let findings: serde_json::Value = serde_json::from_str(&council.read(&format!("published/{path}"))).unwrap();
    let text = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap().to_owned();
    findings.as_array().unwrap().iter().map(|finding| (text(finding, "code"), text(finding, "message"))).collect()
}

/// September's file alone, and the months that it holds.
fn late() -> Council {
    let council = Council::sample();
    let csv = council.read("sample/share/care_leavers.csv");
    let kept: String = csv.lines().filter(|line| !line.contains("Oct-26")).map(|line| format!("{line}\n")).collect();
    assert!(kept.len() < csv.len());
    council.write("sample/share/care_leavers_2026-09.csv", kept);
    std::fs::remove_file(council.path("sample/share/care_leavers.csv")).unwrap();
    council
}

#[test]
fn a_late_file_is_carried_forward_and_never_passed_off_as_new() {
    let council = late();
    council.replace("config/sources.toml", SOURCE, "files = \"care_leavers_{period}.csv\"\ncarry_forward_months = 1");
    council.boardpack(&["run", "--board", "corporate-parenting"]);
    let found = findings(&council, "corporate-parenting");
    let carried: Vec<&String> = found.iter().filter(|(code, _)| code == "F120").map(|(_, message)| message).collect();
    assert_eq!(carried.len(), 1, "{found:?}");
    assert!(carried[0].contains("no file is named \"care_leavers_2026-10.csv\""), "{carried:?}");
    assert!(carried[0].contains("the file of September 2026 stands in"), "{carried:?}");
    assert!(!found.iter().any(|(code, _)| code == "F404"), "{found:?}");
    let figures = council.read("published/2026-10/corporate-parenting/r1/figures.csv");
    let of_source: Vec<&str> =
        figures.lines().filter(|line| line.contains("CL0") && line.contains(",figure,")).collect();
    assert!(!of_source.is_empty(), "{figures}");
    let latest = |line: &&&str| line.contains("2026-10") || line.contains("October 2026");
    for line in of_source.iter().filter(latest) {
        assert!(line.to_lowercase().contains("not supplied") || line.contains("not-supplied"), "{line}");
    }
    let manifest = council.manifest("2026-10", "corporate-parenting", 1).to_string();
    assert!(manifest.contains("care_leavers_2026-09.csv"), "{manifest}");
}

#[test]
fn a_workbook_that_somebody_has_open_is_said_to_officers_alone() {
    let council = Council::sample();
    let checked = || {
        let output = council.boardpack(&["check", "--source", "care-leavers"]).code(0).get_output().clone();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(!checked().contains("F121"), "{}", checked());
    council.write("sample/share/~$care_leavers.csv", "");
    let said = checked();
    assert!(
        said.contains("care_leavers.csv: somebody has it open; what is not saved yet is not in this pack. To mend:"),
        "{said}"
    );
    council.boardpack(&["run", "--board", "corporate-parenting"]);
    let found = findings(&council, "corporate-parenting");
    assert!(found.iter().any(|(code, _)| code == "F121"), "{found:?}");
    // Whoever reads the pack need not know, and to close the file makes no new revision.
    let page = council.files("published").into_iter().find(|name| name.ends_with(".html")).unwrap();
    assert!(!council.read(&format!("published/{page}")).contains("has it open"));
    std::fs::remove_file(council.path("sample/share/~$care_leavers.csv")).unwrap();
    let output = council.boardpack(&["run", "--board", "corporate-parenting"]).get_output().clone();
    assert!(String::from_utf8(output.stdout).unwrap().contains("unchanged"));
}

#[test]
fn without_leave_to_carry_a_late_file_holds_the_board() {
    let council = late();
    council.replace("config/sources.toml", SOURCE, "files = \"care_leavers_{period}.csv\"");
    let output = council.boardpack(&["run", "--board", "corporate-parenting"]).code(3).get_output().clone();
    assert!(String::from_utf8(output.stdout).unwrap().contains("F101"));
}

#[test]
fn a_source_that_rates_otherwise_is_noted_and_does_not_rate() {
    let council = Council::sample();
    let csv = council.read("sample/share/care_leavers.csv");
    let mut lines = csv.lines();
    let mut rated = format!("{},RAG\n", lines.next().unwrap());
    for line in lines {
        rated.push_str(&format!("{line},R\n"));
    }
    council.write("sample/share/care_leavers.csv", rated);
    council.replace(
        "config/sources.toml",
        "indicator = [\"Reference\"]",
        "indicator = [\"Reference\"]\nrag = { column = \"RAG\", map = { R = \"red\" } }",
    );
    council.boardpack(&["run", "--board", "corporate-parenting"]);
    let found = findings(&council, "corporate-parenting");
    let differ: Vec<&String> = found.iter().filter(|(code, _)| code == "F611").map(|(_, message)| message).collect();
    assert!(!differ.is_empty(), "{found:?}");
    for message in differ {
        let ours = message.strip_prefix("the source shows it red; against its target it is ").unwrap();
        assert!(["amber", "green"].contains(&ours), "{message}");
    }
}
