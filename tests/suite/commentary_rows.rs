//! The rows of the commentary workbook that cannot be printed as they stand.

use crate::support::Council;

#[test]
fn what_is_wrong_with_a_row_is_told_to_its_board_once() {
    let council = Council::sample();
    council.replace(
        "config/boardpack.toml",
        "\n[publish]",
        "\n[commentary]\nworkbook = \"../commentary {period}.xlsx\"\n[publish]",
    );
    council.boardpack(&["commentary", "--xlsx"]);
    let path = council.path("commentary 2026-10.xlsx");
    let book =
        boardpack::workbook::read(&std::fs::read(&path).unwrap(), &crate::hostile::named("c.xlsx")).value.unwrap();
    let mut rows = boardpack::commentary::book::rows(&book, "c.xlsx").value;
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
    std::fs::write(&path, boardpack::commentary::xlsx::workbook("2026-10".parse().unwrap(), &rows).unwrap()).unwrap();
    let output = council.boardpack(&["commentary"]).get_output().clone();
    let said = String::from_utf8(output.stdout).unwrap();
    for once in [
        "Action due: \"end of November\" is no date",
        "Action due: \"soon\" is no date",
        "a commentary stands beside Board \"nobody\"",
    ] {
        assert_eq!(said.matches(once).count(), 1, "{once}: {said}");
    }
    assert_eq!(said.matches("has an action and no Text, so nothing of it is printed").count(), 2, "{said}");
    let output = council.boardpack(&["commentary", "--board", mine]).get_output().clone();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("end of November") && said.contains("nobody") && !said.contains("soon"), "{said}");
}
