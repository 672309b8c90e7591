//! `boardpack check`: what is wrong with the workbooks, without a pack.

use snapbox::str;

use crate::support::Council;

fn stdout(council: &Council, args: &[&str], code: i32) -> String {
    let output = council.boardpack(args).code(code).get_output().clone();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_sample_is_checked_and_no_pack_is_made() {
    let council = Council::sample();
    // snapbox turns every backslash, that of "n\a" too.
    council.boardpack(&["check"]).code(3).stdout_eq(str![[r#"
Checked for October 2026

Source             Verdict          Blocking  Cautions  Notes  File
-----------------  ---------------  --------  --------  -----  --------------------------------------------
annual-outcomes    clean            0         0         0      annual_outcomes.csv
care-leavers       clean            0         0         0      care_leavers.csv
children-in-care   notes            0         0         1      children_in_care.xlsx
education          clean            0         0         0      education_return.csv
front-door         notes            0         0         5      Front door and child protection 2026-27.xlsx
school-and-health  notes            0         0         1      virtual_school_and_health.ods
send-partnership   holds its packs  5         0         0      SEND partnership return.xlsx
workforce          clean            0         0         0      workforce.xlsx

children-in-care · Children in care monthly return
  children_in_care.xlsx, last saved by Performance team (sha256 2778b99a27b4…)
  Read 1375 rows of Data. Passed over: sheet Read me (not declared).
  F405 note × 1: A gap inside the series.
    children_in_care.xlsx › Data: CLA14 has no figure for August 2025. To mend: supply the figures, or markers that say why there are none. First seen this month.

front-door · Front door and child protection dashboard
  Front door and child protection 2026-27.xlsx, last saved by Performance team (sha256 52b44bfb7dde…)
  Read 54 rows of Dashboard. Passed over: sheet Guidance (not declared), 8 rows (match `drop_rows`).
  F601 note × 5: The series breaks: earlier months cannot be compared.
    Front door and child protection 2026-27.xlsx › Dashboard › AA8: figures before October 2026 cannot be compared with later ones. So the change and last year's figure are left out and usual ups and downs are counted from then on. First month on the new case system. Some dates are still being moved across. First seen this month.
    Front door and child protection 2026-27.xlsx › Dashboard › AA11: figures before October 2026 cannot be compared with later ones. So the change and last year's figure are left out and usual ups and downs are counted from then on. First month on the new case system. First seen this month.
    Front door and child protection 2026-27.xlsx › Dashboard › AA14: figures before October 2026 cannot be compared with later ones. So the change and last year's figure are left out and usual ups and downs are counted from then on. First month on the new case system. First seen this month.
    Front door and child protection 2026-27.xlsx › Dashboard › AA33: figures before June 2026 cannot be compared with later ones. So last year's figure is left out and usual ups and downs are counted from then on. Moved to the new case system. About 200 plans that had been left open were closed. First seen this month.
    Front door and child protection 2026-27.xlsx › Dashboard › AA36: figures before June 2026 cannot be compared with later ones. So last year's figure is left out and usual ups and downs are counted from then on. Moved to the new case system. Visits are now counted from the day they are due. First seen this month.

school-and-health · Virtual school and health return
  virtual_school_and_health.ods (sha256 5e23413460a1…)
  Read 228 rows of Return.
  F601 note × 1: The series breaks: earlier months cannot be compared.
    virtual_school_and_health.ods › Return › F201: figures before May 2026 cannot be compared with later ones. So the change and last year's figure are left out and usual ups and downs are counted from then on. From the summer term 2026 absence is counted over every school a child went to. Before, it was the last school only. First seen this month.

send-partnership · SEND partnership return
  SEND partnership return.xlsx, last saved by Performance team (sha256 10481ef7be14…)
  Read 115 rows of Return.
  F301 blocking × 1: A cell that is neither a number nor a declared marker.
    SEND partnership return.xlsx › Return › F93: found text "n/a"; expected a number or n/a. To mend: type the number alone, or, if there is none, n/a; or declare this text as a marker in `missing` in sources.toml. First seen this month.
  F302 blocking × 2: A cell that holds an error such as #REF!.
    SEND partnership return.xlsx › Return › F44: found the error #REF!; expected a number. To mend: mend the formula, or type the figure. First seen this month.
    SEND partnership return.xlsx › Return › F70: found the error #REF!; expected a number. To mend: mend the formula, or type the figure. First seen this month.
  F404 blocking × 1: No figure for the pack's own month, from a whole source: it is stale.
    SEND partnership return.xlsx › Return: the newest month here is September 2026; October 2026 was expected. To mend: supply this month's file, or check `files` in sources.toml. First seen this month.
  F501 blocking × 1: The numerator is greater than the denominator.
    SEND partnership return.xlsx › Return › F115: the numerator 48 is greater than the denominator 45; expected at most 45. To mend: correct the numerator or the denominator. First seen this month.

"#]]);
    assert!(council.files("published").is_empty() && council.files("held").is_empty());
}

#[test]
fn a_clean_source_is_code_0_and_a_wrong_name_code_2() {
    let council = Council::sample();
    council.boardpack(&["check", "--source", "annual-outcomes"]).code(0);
    council.boardpack(&["check", "--board", "improvement"]).code(0);
    council.boardpack(&["check", "--source", "annual"]).code(2).stderr_eq(str![[r#"
error: there is no source "annual"; the sources are annual-outcomes, care-leavers, [..]

"#]]);
    council.boardpack(&["check", "--board", "nobody"]).code(2);
}

#[test]
fn a_storage_that_cannot_be_reached_is_code_4() {
    let council = Council::sample();
    council.replace("config/boardpack.toml", "path = \"../sample/share\"", "path = \"../elsewhere\"");
    let text = stdout(&council, &["check", "--source", "education"], 4);
    assert!(text.contains("not reached"), "{text}");
}

#[test]
fn the_report_is_written_in_three_shapes_and_they_agree() {
    let council = Council::sample();
    let printed = stdout(&council, &["check", "--json", "--report", "out/october"], 3);
    assert_eq!(council.files("out/october"), ["report.html", "report.json", "work-list.xlsx"]);
    let report: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(council.read("out/october/report.json"), printed);
    let source =
        report["sources"].as_array().unwrap().iter().find(|source| source["id"] == "send-partnership").unwrap();
    assert_eq!((&source["verdict"], &source["blocking"]), (&"blocking".into(), &5.into()));
    assert_eq!(source["file"]["sha256"].as_str().unwrap().len(), 64);
    assert!(source["file"]["modified"].is_string());
    assert_eq!(source["boards"], serde_json::json!(["send-partnership"]));
    let cell = source["cells"].as_array().unwrap().iter().find(|cell| cell["code"] == "F301").unwrap();
    for (key, expected) in [
        ("file", "SEND partnership return.xlsx"),
        ("sheet", "Return"),
        ("cell", "F93"),
        ("found", "text \"n\\a\""),
        ("expected", "a number or n/a"),
        (
            "mend",
            "type the number alone, or, if there is none, n/a; or declare this text as a marker in `missing` in sources.toml",
        ),
        ("first_seen", "2026-10"),
    ] {
        assert_eq!(cell[key], expected, "{key}");
    }
    let page = council.read("out/october/report.html");
    assert!(page.contains(">SEND partnership return.xlsx › Return › F93</th>"));
    let bytes = std::fs::read(council.path("out/october/work-list.xlsx")).unwrap();
    let book = boardpack::workbook::read(&bytes, &boardpack::domain::Place::default()).value.unwrap();
    let rows = book.sheets[0].cells.iter().map(|cell| cell.0).max().unwrap();
    let cells: usize = report["sources"].as_array().unwrap().iter().map(|s| s["cells"].as_array().unwrap().len()).sum();
    assert_eq!(rows as usize, cells);
}

#[test]
fn what_last_months_check_found_was_seen_before() {
    let council = Council::sample();
    let args = |period| ["check", "--source", "send-partnership", "--period", period];
    // The same month again is still the first.
    for _ in 0..2 {
        let text = stdout(&council, &args("2026-10"), 3);
        assert!(text.contains("Return › F115") && !text.contains("Seen before"), "{text}");
    }
    let text = stdout(&council, &args("2026-11"), 3);
    let line = text.lines().find(|line| line.contains("Return › F115")).unwrap();
    assert!(line.ends_with("Seen before, first for October 2026."), "{line}");
    assert!(!council.read("held-seen.json").contains("Return"), "the state names no place and holds no cell");
    council.write("held-seen.json", "{");
    council.boardpack(&args("2026-11")).code(3).stderr_eq(str![[r#"
warning: [..]held-seen.json: failed to read the list of findings seen before (hint: delete it; every finding then counts as new): [..]

"#]]);
}

#[test]
fn a_corrected_month_is_restated_in_check_and_pack_alike() {
    let council = Council::sample();
    council.boardpack(&["run", "--board", "improving-lives", "--period", "2026-09"]);
    // The same file in October: true, and a note.
    let text = stdout(&council, &["check", "--source", "care-leavers"], 0);
    assert!(text.contains("F421 note × 1") && text.contains("since the packs of September 2026"), "{text}");

    // One young person fewer, and the result that comes of it.
    council.replace("sample/share/care_leavers.csv", "Sep-26,142,157,90.4%", "Sep-26,141,157,89.8%");
    let text = stdout(&council, &["check", "--source", "care-leavers"], 0);
    let expected = "a figure is not as published: September 2026 (90.4%, now 89.8%)";
    assert!(text.contains("F425 caution × 1") && text.contains(expected), "{text}");
    assert!(!text.contains("F421"), "the file has changed: {text}");

    council.boardpack(&["run", "--board", "improving-lives"]).code(3);
    let findings = council.read("published/2026-10/improving-lives/r1/findings.json");
    assert!(findings.contains(expected), "{findings}");
}

#[test]
fn severities_and_parameters_are_the_councils() {
    let council = Council::sample();
    let checks = "[sources.education.checks]\nrows = { min = 999 }\nseverity = { F231 = \"note\" }\n";
    council.write("config/sources.toml", council.read("config/sources.toml") + checks);
    let text = stdout(&council, &["check", "--source", "education"], 0);
    assert!(text.contains("F231 note × 1") && text.contains("found 317 rows; expected at least 999"), "{text}");
    council.replace("config/sources.toml", "F231 = \"note\"", "F231 = \"blocking\"");
    council.boardpack(&["check", "--source", "education"]).code(3);
    council.boardpack(&["run", "--board", "improving-lives", "--dry-run"]).code(3);
    council.replace("config/sources.toml", "F231 = \"blocking\"", "F231 = \"off\"");
    assert!(!stdout(&council, &["check", "--source", "education"], 0).contains("F231"));
}

#[test]
fn an_indicator_turns_off_what_only_its_board_notes() {
    let council = Council::sample();
    let before = stdout(&council, &["check", "--source", "front-door"], 0);
    assert!(before.contains("F601 note × 5"), "{before}");
    let indicators = council.read("config/indicators.toml");
    council.write("config/indicators.toml", indicators + "[indicators.EH01.checks]\nseverity = { F601 = \"off\" }\n");
    let after = stdout(&council, &["check", "--source", "front-door"], 0);
    assert!(after.contains("F601 note × 4"), "{after}");
}

#[test]
fn a_list_of_people_holds_its_packs() {
    let council = Council::sample();
    council.replace("sample/share/care_leavers.csv", "Indicator", "Surname");
    let text = stdout(&council, &["check", "--source", "care-leavers"], 3);
    assert!(text.contains("F206 blocking × 1") && !text.contains("accommodation"), "{text}");
    assert!(stdout(&council, &["run", "--board", "improving-lives"], 3).contains("improving-lives is held:"));
}

#[test]
fn every_fault_in_the_checks_is_told() {
    let council = Council::sample();
    let checks = r#"
[sources.education.checks]
rows = { min = 9, max = 8 }
fresh = { from = 21 }
severity = { F101 = "note", F999 = "note", F405 = "loud" }
[[sources.education.checks.columns]]
column = "Team"
[[sources.education.checks.columns]]
column = "Team"
pattern = "("
mostly = 2
"#;
    council.write("config/sources.toml", council.read("config/sources.toml") + checks);
    let indicators = council.read("config/indicators.toml");
    let more = "[indicators.QA01.checks]\nrange = [9, 8]\njump = -1\ntotal_of = [\"QA01\", \"QA99\"]\n";
    council.write("config/indicators.toml", indicators + more);
    let output = council.boardpack(&["check"]).code(2).get_output().clone();
    let faults = String::from_utf8(output.stderr).unwrap();
    for key in [
        "sources.education.checks.rows.min",
        "sources.education.checks.fresh.from",
        "sources.education.checks.severity.F101",
        "sources.education.checks.severity.F999",
        "sources.education.checks.severity.F405",
        "sources.education.checks.columns[0]",
        "sources.education.checks.columns[1].pattern",
        "sources.education.checks.columns[1].mostly",
        "indicators.QA01.checks.range",
        "indicators.QA01.checks.jump",
        "indicators.QA01.checks.total_of",
    ] {
        assert!(faults.contains(key), "{key} is not in {faults}");
    }
}

#[test]
fn the_checks_in_the_documents_can_be_copied() {
    let page = std::fs::read_to_string(crate::support::root().join("docs/config.md")).unwrap();
    let example = page.split("## Checks").nth(1).unwrap().split("```toml").nth(1).unwrap().split("```").next().unwrap();
    let (sources, indicators) = example.split_at(example.find("[indicators.").unwrap());
    let council = Council::sample();
    for (path, more) in [("config/sources.toml", sources), ("config/indicators.toml", indicators)] {
        council.write(path, council.read(path) + more);
    }
    council.boardpack(&["config"]).success();
}

#[test]
fn rows_that_a_source_lost_since_the_last_packs_are_told() {
    let council = Council::sample();
    council.boardpack(&["run", "--board", "improving-lives", "--period", "2026-09"]);
    let rows = |lines: usize| {
        let text = council.read("sample/share/care_leavers.csv");
        text.lines().take(lines).map(|line| format!("{line}\n")).collect::<String>()
    };
    let all = council.read("sample/share/care_leavers.csv").lines().count();
    let kept = council.manifest("2026-09", "improving-lives", 1)["rows"]["care-leavers"].clone();
    assert_eq!(kept, (all - 1) / 10 * 10, "the rows below the header, in tens");
    // The first half alone, as of a copy that was cut off.
    let half = rows(all / 2);
    council.write("sample/share/care_leavers.csv", half);
    let text = stdout(&council, &["check", "--source", "care-leavers"], 3);
    let expected = format!("the packs of September 2026 were made from {kept} or more");
    assert!(text.contains("F433 caution × 1") && text.contains(&expected), "{text}");
}
