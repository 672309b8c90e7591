//! The workbook, there and back.

use super::*;
use crate::commentary::{EntryState, xlsx};

/// A row that says nothing of what its action serves and of what went before.
pub(crate) fn row(cells: [&str; 15]) -> WorkbookRow {
    let mut cells = cells.iter();
    WorkbookRow::new(std::array::from_fn(|_| cells.next().copied().unwrap_or_default().to_owned()))
}

/// A row of panel/A with a figure, a rating, a text and the day of its action.
fn about(figure: &str, rating: &str, text: &str, due: &str) -> WorkbookRow {
    row(["panel", "A", "", figure, "", rating, "", "", "", "", text, "a", "r", due, "e"])
}

/// Rows as they are read back from a workbook.
pub(crate) fn back(rows: &[WorkbookRow]) -> Checked<Vec<WorkbookRow>> {
    let bytes = xlsx::workbook("2026-10".parse().unwrap(), rows).unwrap();
    let book = crate::workbook::read(&bytes, &Place::default()).value.unwrap();
    super::rows(&book, "c.xlsx")
}

#[test]
fn a_workbook_is_read_back_as_it_was_written() {
    let rows = [about("84.2%", "Red", "One.\n\nTwo =1+1.", "2026-12-01"), about("1,904", "Context", "x", "1/12/2026")];
    let read = back(&rows);
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    for (read, written) in read.value.iter().zip(&rows) {
        assert_eq!(read.cells, written.cells);
        assert_eq!(read.comment().due, Some("2026-12-01".parse().unwrap()));
    }
    assert_eq!(read.value[0].comment().about, "84.2% red");
    assert_eq!(read.value[1].comment().about, "1,904");
}

#[test]
fn a_date_that_is_none_and_a_sheet_that_is_no_list_are_told() {
    let read = back(&[about("1", "Red", "x", "end of  November")]);
    let told: Vec<String> = read.value[0].faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["F711 caution · c.xlsx › Commentary › N2: Action due is no date. To mend: type the day, such as 2026-11-30"]
    );
    let book = crate::workbook::read(b"a,b\n1,2\n", &Place::default()).value.unwrap();
    assert_eq!(super::rows(&book, "c.csv").findings[0].code, Code::CommentWorkbook);
}

#[test]
fn what_became_of_earlier_actions_and_what_one_serves_are_read_back() {
    let mut typed = about("1", "Red", "x", "");
    "P2".clone_into(&mut typed.cells[15]);
    "20 November 2026".clone_into(&mut typed.cells[16]);
    let read = back(&[typed.clone()]).value.remove(0);
    let done = Some(DoneWhen::On("2026-11-20".parse().unwrap()));
    assert_eq!((read.comment().serves.as_str(), read.comment().last_done), ("P2", done));
    "mostly".clone_into(&mut typed.cells[16]);
    let told: Vec<String> = back(&[typed]).value[0].faults.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "F711 caution · c.xlsx › Commentary › Q2: Last action done is no date. To mend: type the day on which it was done, such as 2026-11-20, or \"done\""
        ]
    );
}

#[test]
fn a_row_with_an_action_and_no_text_is_told() {
    for (text, cells, told) in [
        ("", ["Hire two.", "", "", ""], "the row has an action and no Text, so nothing of it is printed"),
        ("", ["", "Head of Service", "", ""], "the row has an action's owner and no Text, so nothing of it is printed"),
        ("", ["", "", "2026-12-01", ""], "the row has an action's day and no Text, so nothing of it is printed"),
        (" ", ["", "", "", "Fewer."], "the row has an expected effect and no Text, so nothing of it is printed"),
        ("", ["", "", "", ""], ""),
        ("x", ["Hire two.", "", "", ""], ""),
    ] {
        let [action, owner, due, expect] = cells;
        let read = back(&[row(["panel", "A", "", "1", "", "Red", "", "", "", "", text, action, owner, due, expect])]);
        let found: Vec<String> = read.value[0].faults.iter().map(|fault| fault.message.to_string()).collect();
        assert_eq!(found.join(";"), told, "{cells:?}");
        assert!(read.value[0].faults.iter().all(|fault| fault.at.to_string() == "c.xlsx › Commentary › K2"));
    }
}

#[test]
fn words_in_the_file_are_said_to_stand_there() {
    let comment = |at: Option<Place>| crate::domain::Comment { text: "x".into(), at, ..Default::default() };
    let state = |state: EntryState, at: Option<Place>, old: &[WorkbookRow]| {
        let entry = crate::commentary::file::tests::entry("A", "84.2% red", state);
        let entry = crate::commentary::CommentaryEntry { comment: Some(comment(at)), ..entry };
        xlsx::renewed(&[&entry], std::slice::from_ref(&entry.board), old)[0].cells[9].clone()
    };
    assert_eq!(state(EntryState::Written, None, &[]), "written, in the file");
    assert_eq!(state(EntryState::Written, Some(Place::default()), &[about("1", "Red", "x", "")]), "written");
    assert_eq!(state(EntryState::Written, None, &[about("1", "Red", "x", "")]), "written", "both say the same");
    assert_eq!(state(EntryState::Stale, None, &[about("1", "Red", "", "")]), "stale, in the file");
    assert_eq!(state(EntryState::NotNeeded, None, &[]), "not needed");
}

#[test]
fn the_next_workbook_keeps_what_officers_wrote_beside_its_figure() {
    let entry = crate::commentary::file::tests::entry("A", "80.0% amber", EntryState::Stale);
    let old = [
        about("84.2%", "Red", "x", "2026-12-01"),
        row(["panel", "B", "", "1", "", "Red", "", "", "", "written", "mine", "", "", "", ""]),
        row(["other", "C", "", "1", "", "Red", "", "", "", "written", "theirs", "", "", "", ""]),
    ];
    let rows = xlsx::renewed(&[&entry], std::slice::from_ref(&entry.board), &old);
    assert_eq!(rows[0].comment().about, "84.2% red", "bound to what it was written about");
    assert!(rows[0].cells[6].starts_with("The figure is now 80.0% amber."));
    assert_eq!(&rows[0].cells[10..], &old[0].cells[10..]);
    assert_eq!((rows[1].cells[9].as_str(), rows[1].cells[10].as_str()), ("not needed", "mine"));
    assert_eq!(rows[2], old[2], "nothing is known of a board that was not asked");
    // Where nothing is written yet, the figure is today's.
    let rows = xlsx::renewed(&[&entry], std::slice::from_ref(&entry.board), &[about("84.2%", "Red", "", "")]);
    assert_eq!(rows[0].cells[3], entry.figure);
}
