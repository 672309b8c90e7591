//! `boardpack inspect` as its users run it.

#[path = "inspect/proposed.rs"]
mod proposed;
#[path = "inspect/workbooks.rs"]
mod workbooks;

use crate::support::{Council, root};

const WIDE: &str = "tests/data/archetypes/B_wide_two_row_header.xlsx";

#[test]
fn the_readme_shows_what_inspect_says() {
    let council = Council::empty();
    let file = root().join(WIDE);
    let output = council.boardpack(&["inspect", file.to_str().unwrap()]).success().get_output().clone();
    let said = String::from_utf8(output.stdout).unwrap();
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap().replace("\r\n", "\n");
    assert!(
        readme.contains(&format!("$ boardpack inspect {WIDE}\n{said}```")),
        "README.md is not what it says:\n{said}"
    );
}

#[test]
fn the_proposal_alone_can_be_redirected_into_the_config() {
    let council = Council::empty();
    let file = root().join(WIDE);
    let output = council.boardpack(&["inspect", "--proposal", file.to_str().unwrap()]).success().get_output().clone();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.starts_with("[sources.b-wide-two-row-header]\n"), "{said}");
}

#[test]
fn a_file_that_is_none_or_no_workbook_says_so() {
    let council = Council::empty();
    council.boardpack(&["inspect", "nowhere.xlsx"]).code(1);
    council.write("page.xls", "<html><body>Sign in</body></html>");
    let output = council.boardpack(&["inspect", "page.xls"]).code(3).get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("F105 blocking · page.xls: "));
}

#[test]
fn every_list_of_people_is_seen_and_none_of_its_values_shown() {
    let council = Council::empty();
    let file = root().join("tests/data/real/Annex_A.xlsx");
    let output = council.boardpack(&["inspect", file.to_str().unwrap()]).success().get_output().clone();
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(said.matches("a row for each person").count(), 11);
    assert!(said.contains("person_level = true"), "{said}");
    crate::person::assert_silent(&council, &output);
}
