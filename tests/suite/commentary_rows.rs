//! The commentary workbook: imported into the TOML files, whichever of the two
//! is edited later, and its rows that cannot be printed as they stand.

use boardpack::commentary::book::WorkbookRow;

use crate::support::{Council, pdf_text};

const FILE: &str = "config/commentary/2026-10/corporate-parenting.toml";
const BOARD: [&str; 2] = ["--board", "corporate-parenting"];
const WORKBOOK: &str = "commentary 2026-10.xlsx";

/// The sample with a commentary workbook for each month, and that of October
/// written.
fn with_workbook() -> Council {
    let council = Council::sample();
    council.replace(
        "config/boardpack.toml",
        "\n[publish]",
        "\n[commentary]\nworkbook = \"../commentary {period}.xlsx\"\n[publish]",
    );
    council.boardpack(&["commentary", "--xlsx", BOARD[0], BOARD[1]]).code(3);
    council
}

fn rows(council: &Council) -> Vec<WorkbookRow> {
    let bytes = std::fs::read(council.path(WORKBOOK)).unwrap();
    let book = boardpack::workbook::read(&bytes, &crate::hostile::named("c.xlsx")).value.unwrap();
    boardpack::commentary::book::rows(&book, "c.xlsx").value
}

/// Writes a text into those rows that are asked for.
fn fill(council: &Council, text: &str, asked: impl Fn(&WorkbookRow) -> bool) {
    let mut rows = rows(council);
    for row in rows.iter_mut().filter(|row| asked(row)) {
        row.cells[10] = text.to_owned();
        for (cell, said) in row.cells[11..14].iter_mut().zip(["Two are hired.", "Head of Service", "2026-12-18"]) {
            said.clone_into(cell);
        }
    }
    let bytes = boardpack::commentary::xlsx::workbook("2026-10".parse().unwrap(), &rows).unwrap();
    std::fs::write(council.path(WORKBOOK), bytes).unwrap();
}

fn run(council: &Council) -> snapbox::cmd::OutputAssert {
    council.boardpack(&["run", BOARD[0], BOARD[1]])
}

/// Whether words are asked for and not there.
fn is_owed(row: &WorkbookRow) -> bool {
    !row.cells[9].starts_with("written") && !row.cells[9].starts_with("not needed")
}

#[test]
fn words_in_the_workbook_are_imported_and_a_dispute_is_settled_by_nobody_but_officers() {
    let council = with_workbook();
    assert_eq!(rows(&council).len(), 11);
    fill(&council, "Written in a spreadsheet.", is_owed);
    let before = council.read(FILE);
    council.boardpack(&["run", "--dry-run", BOARD[0], BOARD[1]]).code(0);
    assert_eq!(council.read(FILE), before, "a dry run writes nothing");
    run(&council).code(0);
    if let Some(text) = pdf_text(&council.pdfs("published")[0]) {
        assert_eq!(text.matches("Written in a spreadsheet.").count(), 3);
    }
    let file = council.read(FILE);
    assert_eq!(file.matches("text = \"\"\"\nWritten in a spreadsheet.\n\"\"\"\n").count(), 3, "{file}");
    // What the pack was made of is what the files say now, and they make it again.
    let loaded = boardpack::config::Loaded::load(&council.path("config"), &[], boardpack::storage::KINDS).unwrap();
    assert_eq!(council.manifest("2026-10", BOARD[1], 1)["config_sha256"], loaded.config.sha256);
    run(&council).code(0);
    let workbook = std::fs::read(council.path(WORKBOOK)).unwrap();
    std::fs::remove_file(council.path(WORKBOOK)).unwrap();
    run(&council).code(0);
    assert_eq!((council.pdfs("published").len(), council.read(FILE)), (1, file.clone()));
    std::fs::write(council.path(WORKBOOK), workbook).unwrap();
    // Asking again keeps it, and says that it is written.
    council.boardpack(&["commentary", "--xlsx", BOARD[0], BOARD[1]]).code(0);
    let kept = rows(&council);
    assert!(!kept.iter().any(is_owed), "{kept:?}");
    // A row that is edited updates its table; an edited table stands; both are a dispute.
    let wf04 = |row: &WorkbookRow| row.cells[1] == "WF04";
    fill(&council, "Written twice.", wf04);
    run(&council).code(0);
    assert!(council.read(FILE).contains("Written twice."));
    council.replace(FILE, "Written twice.", "Written in the file.");
    run(&council).code(0);
    assert_eq!(council.read(FILE).matches("Written in the file.").count(), 1);
    fill(&council, "Written thrice.", wf04);
    run(&council).code(3);
    let findings = council.read("published/2026-10/corporate-parenting/r4/findings.json");
    assert!(
        findings
            .contains("WF04: the file says \\\"Written in the file.\\\", the workbook says \\\"Written thrice.\\\""),
        "{findings}"
    );
    if let Some(text) = pdf_text(&council.pdfs("published")[3]) {
        assert!(text.contains("Commentary to be agreed") && !text.contains("Written in the file."));
    }
    // A workbook that cannot be read is no reason to lose what was written.
    std::fs::write(council.path(WORKBOOK), b"PK\x03\x04 half").unwrap();
    run(&council).code(0);
    let told = council.read("published/2026-10/corporate-parenting/r5/findings.json");
    assert!(told.contains("F711"), "{told}");
    council.boardpack(&["commentary", "--xlsx", BOARD[0], BOARD[1]]).code(1);
    assert_eq!(std::fs::read(council.path(WORKBOOK)).unwrap(), b"PK\x03\x04 half");
}

#[test]
fn a_check_looks_at_the_workbook_as_a_dry_run_does() {
    let council = with_workbook();
    let before = council.read(FILE);
    fill(&council, "Zuzanna Kowal was late.", is_owed);
    for command in [&["run", "--dry-run"][..], &["check"]] {
        let output = council.boardpack(&[command, &BOARD].concat()).code(3).get_output().clone();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains("F720") && !said.contains("Kowal"), "{said}");
    }
    assert_eq!(council.read(FILE), before, "neither writes");
}

#[test]
fn what_was_imported_is_remembered_without_its_workbook() {
    let council = with_workbook();
    fill(&council, "Written in a spreadsheet.", is_owed);
    std::fs::copy(council.path(WORKBOOK), council.path("commentary 2026-09.xlsx")).unwrap();
    council.boardpack(&["commentary", "--period", "2026-09", BOARD[0], BOARD[1]]);
    std::fs::remove_file(council.path("commentary 2026-09.xlsx")).unwrap();
    let asked = council.boardpack(&["commentary", BOARD[0], BOARD[1]]).get_output().clone();
    let said = String::from_utf8_lossy(&asked.stdout).into_owned();
    assert!(said.contains("is that of September 2026 again, unchanged"), "{said}");
    // A remark names the cell that is at fault.
    assert!(said.contains("commentary 2026-10.xlsx › Commentary › K"), "{said}");
    assert_eq!(said.matches("  config/commentary/2026-10/corporate-parenting.toml\n").count(), 1, "{said}");
}

#[cfg(unix)]
#[test]
fn words_that_cannot_be_written_into_the_file_count_all_the_same() {
    let council = with_workbook();
    fill(&council, "Written in a spreadsheet.", |_| true);
    // A folder in which nobody can write, whoever runs the test.
    let folder = council.path("config/commentary/2026-10");
    std::fs::remove_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink(council.path("nowhere/at/all"), &folder).unwrap();
    for _ in 0..2 {
        run(&council).code(0);
    }
    assert_eq!(council.pdfs("published").len(), 1);
    let findings = council.read("published/2026-10/corporate-parenting/r1/findings.json");
    assert!(
        findings.contains("F711")
            && findings.contains("what stands in the commentary workbook could not be written into this file: "),
        "{findings}"
    );
    if let Some(text) = pdf_text(&council.pdfs("published")[0]) {
        assert!(text.contains("Written in a spreadsheet."));
    }
}

#[test]
fn what_is_wrong_with_a_row_is_told_to_its_board_once() {
    let council = with_workbook();
    council.boardpack(&["commentary", "--xlsx"]);
    let mut rows = rows(&council);
    assert!(rows.iter().any(|row| row.cells[9] == "written, in the file"), "{rows:?}");
    let (mine, other) = ("corporate-parenting", "improvement");
    for (board, due) in [(mine, "end of November"), (other, "soon")] {
        let row = rows.iter_mut().find(|row| row.cells[0] == board).unwrap();
        row.cells[13] = due.to_owned();
        row.cells[11] = "Hire two.".to_owned();
        row.cells[10].clear();
    }
    let mut stray = rows[0].clone();
    (stray.cells[0], stray.cells[10]) = ("nobody".to_owned(), "Lost words.".to_owned());
    stray.cells[13].clear();
    rows.push(stray);
    std::fs::write(
        council.path(WORKBOOK),
        boardpack::commentary::xlsx::workbook("2026-10".parse().unwrap(), &rows).unwrap(),
    )
    .unwrap();
    let output = council.boardpack(&["commentary"]).get_output().clone();
    let said = String::from_utf8(output.stdout).unwrap();
    for (text, times) in [("Action due is no date", 2), ("a commentary stands beside a Board and a Ref", 1)] {
        assert_eq!(said.matches(text).count(), times, "{text}: {said}");
    }
    assert!(!said.contains("end of November") && !said.contains("nobody"), "what was typed is not quoted: {said}");
    assert_eq!(said.matches("has an action and no Text, so nothing of it is printed").count(), 2, "{said}");
    let output = council.boardpack(&["commentary", "--board", mine]).get_output().clone();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said.matches("Action due is no date").count(), 1, "{said}");
    assert!(!council.path("config/commentary/2026-10/nobody.toml").exists());
}
