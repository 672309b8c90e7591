//! Row and table, whichever of them was edited.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::commentary::book::tests::{back, row as blank_row};
use crate::commentary::file::tests::{line, theirs};

/// A board with the indicators A, B and C.
static BOARD: LazyLock<Board> =
    LazyLock::new(|| crate::scorecard::test_support::with_page_1("", "", |card| card.board.clone()));

fn typed(reference: &str, figure: &str, text: &str) -> WorkbookRow {
    let cells = ["b", reference, "", figure, "", "Red", "", "", "", "", text, "Hire two.", "Head", "1/12/2026", ""];
    blank_row(cells)
}

fn row(figure: &str, text: &str) -> Vec<WorkbookRow> {
    back(&[typed("A", figure, text)]).value
}

/// What the config reader would make of a file.
fn comments(text: &str) -> Comments {
    let document = Document::parse(text).unwrap();
    let tables = document.as_table().iter().filter(|(_, item)| item.is_table_like());
    let on = tables.map(|(name, item)| (IndicatorRef::parse(name).unwrap(), FileTable::read(Some(item)).comment));
    Comments { on: on.collect(), ..Comments::default() }
}

fn imported(text: Option<&str>, rows: &[WorkbookRow]) -> Imported {
    let due = "2026-11-11".parse().ok();
    import(text, comments(text.unwrap_or_default()), &BOARD, ("2026-10".parse().unwrap(), due), rows).unwrap()
}

/// The comment on A, and what the workbook says instead.
fn comment_on_a(imported: &Imported) -> (String, Option<String>) {
    let comment = &imported.comments.on[&IndicatorRef::parse("A").unwrap()];
    let other = comment.elsewhere.as_ref().map(|other| other.text.for_officers().to_owned());
    (plain(comment.text.for_officers()), other)
}

/// The file after a first import of "First." about 84.2%.
fn after_first() -> String {
    imported(None, &row("84.2%", "First.")).text.unwrap()
}

#[test]
fn a_row_becomes_a_table_and_once_more_changes_nothing() {
    let rows = row("84.2%", "First.\r\n\r\nThen \"more\".");
    let first = imported(None, &rows);
    let text = first.text.clone().unwrap();
    insta::assert_snapshot!(text, @r#"
    # Commentary on October 2026 for the B, due 11 November 2026.
    # Lines that begin with #: are written by `boardpack commentary`. All else is yours.
    # Say what happened, why, and what is being done. Never name or describe a child.
    # To choose what page 1 lists: a table [page_1] with needs_attention = ["…"] and improved = ["…"].

    [A]
    about = "84.2% red"
    text = """
    First.

    Then "more".
    """
    action = "Hire two."
    owner = "Head"
    due = "2026-12-01"
    expect = ""
    imported = "136ed6601706 84.2% red"
    "#);
    let again = imported(Some(&text), &rows);
    assert_eq!(again.text, None);
    assert_eq!(again.comments, first.comments, "a run that imports and one that reads make the same pack");
    let comment = &first.comments.on[&IndicatorRef::parse("A").unwrap()];
    assert_eq!(comment.due, "2026-12-01".parse().ok());
    assert_eq!(comment.at.as_ref().map(ToString::to_string).unwrap(), "c.xlsx › Commentary › K2");
    for nothing in [row("84.2%", " "), row("84.2%", "TBC"), back(&[typed("D", "1", "x")]).value] {
        assert_eq!(imported(None, &nothing), Imported { text: None, comments: Comments::default() });
    }
}

#[test]
fn what_was_edited_since_the_import_counts() {
    let first = after_first();
    let mine = first.replace("First.", "Mine.");
    let emptied = first.replace("\nFirst.\n", "\n");
    let never = "[A]\ntext = \"Mine.\"\n".to_owned();
    for (file, row, is_changed, expected) in [
        (&first, "First.", false, ("First.", None)),
        (&first, "Second.", true, ("Second.", None)),
        // What was taken out of the workbook alone stands in the file; "TBC" takes it back.
        (&first, "", false, ("First.", None)),
        (&first, "TBC", true, ("TBC", None)),
        (&mine, "First.", false, ("Mine.", None)),
        (&mine, "Second.", false, ("Mine.", Some("Second."))),
        (&mine, "Mine.", false, ("Mine.", None)),
        (&mine, "TBC", false, ("Mine.", None)),
        (&emptied, "First.", false, ("", None)),
        (&emptied, "Second.", true, ("Second.", None)),
        (&never, "First.", false, ("Mine.", Some("First."))),
    ] {
        let after = imported(Some(file), &self::row("84.2%", row));
        assert_eq!(after.text.is_some(), is_changed, "{row:?} after {file}");
        assert_eq!(
            comment_on_a(&after),
            (expected.0.to_owned(), expected.1.map(str::to_owned)),
            "{row:?} after {file}"
        );
    }
    let two = back(&[typed("A", "1", "One."), typed("A", "1", "Two.")]).value;
    let disputed = imported(None, &two);
    assert_eq!((disputed.text.clone(), comment_on_a(&disputed)), (None, ("One.".to_owned(), Some("Two.".to_owned()))));
    // Only what a reader sees is compared.
    assert_eq!(imported(Some(&first), &row("84.2%", " First. ")).text, None);
}

#[test]
fn an_emptied_figure_cell_confirms_the_words_and_one_that_is_filled_in_does_not() {
    let about = |text: &str| comments(text).on[&IndicatorRef::parse("A").unwrap()].about.clone();
    let confirmed = imported(Some(&after_first()), &row("", "First.")).text.unwrap();
    assert_eq!(about(&confirmed), "");
    // The next command binds the table to the figure of then, and the row to a later one.
    let bound = confirmed.replace("about = \"\"", "about = \"85.0% red\"");
    let filled_in = imported(Some(&bound), &row("86.0%", "First.")).text.unwrap();
    assert_eq!(about(&filled_in), "85.0% red");
    assert_eq!(imported(Some(&filled_in), &row("86.0%", "First.")).text, None);
    let again = imported(Some(&filled_in), &row("", "First.")).text.unwrap();
    assert_eq!(about(&again), "");
    // A table that was edited is confirmed where it was edited.
    assert_eq!(imported(Some(&bound.replace("First.", "Mine.")), &row("86.0%", "First.")).text, None);
}

#[test]
fn what_stands_around_the_words_stays_to_the_byte() {
    let file = "# mine\r\n[B] # odd\r\n  text='''\r\n[A]\r\n'''\r\n\r\n#: note\r\n[A] # here\r\nowner = \"x\" # who\r\ntext = ''\r\nextra = 1\r\n# end";
    let after = imported(Some(file), &row("1", "New.")).text.unwrap();
    let added =
        "about = \"1 red\"\r\naction = \"Hire two.\"\r\ndue = \"2026-12-01\"\r\nimported = \"22d061f5bf33 1 red\"\r\n";
    let expected = file
        .replace("[A] # here\r\n", &format!("[A] # here\r\n{added}"))
        .replace("owner = \"x\"", "owner = \"Head\"")
        .replace("text = ''\r\n", "text = \"\"\"\r\nNew.\r\n\"\"\"\r\n");
    assert_eq!(after, expected);
    for (file, begins) in
        [("A.text = ''\n", "A.about = \"1 red\"\nA.action = "), ("A = {}\n", "A = { about = \"1 red\", text = ")]
    {
        let after = imported(Some(file), &row("1", "New."));
        let text = after.text.clone().unwrap();
        assert!(text.starts_with(begins), "{text}");
        assert_eq!(comment_on_a(&after), ("New.".to_owned(), None));
        assert_eq!(imported(Some(&text), &row("1", "New.")).text, None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    /// Whatever an officer has typed, an import is done once, gives the words of
    /// the row or shows them beside the table's, and touches no other table.
    #[test]
    fn an_import_touches_its_table_alone(
        lines in prop::collection::vec(line(), 0..14),
        crlf: bool,
        text in "[a-zA-Z\"'#\\\\\\[\\] \n\u{e9}\u{7}]{0,30}",
    ) {
        let file = lines.join(if crlf { "\r\n" } else { "\n" });
        prop_assume!(Document::parse(file.as_str()).is_ok());
        let rows = [typed("A", "84.2%", &text)];
        let import = |text: &str| import(Some(text), Comments::default(), &BOARD, ("2026-10".parse().unwrap(), None), &rows);
        // A key that is no table, where a table should stand, is refused.
        let Ok(first) = import(&file) else { return Ok(()) };
        let new = first.text.clone().unwrap_or_else(|| file.clone());
        prop_assert_eq!(import(&new).unwrap().text, None, "{}\n---\n{}", file, new);
        let others = |text: &str| {
            let mut all = theirs(text);
            all.retain(|key, _| !key.starts_with("/A/"));
            all
        };
        prop_assert_eq!(others(&file), others(&new));
        let row = rows[0].comment();
        if row.is_written() {
            let ours = &first.comments.on[&IndicatorRef::parse("A").unwrap()];
            let shown = [Some(ours), ours.elsewhere.as_deref()];
            let is_shown = shown.into_iter().flatten().any(|comment| digest(comment) == digest(&row));
            let kept = theirs(&file).contains_key("/A/text");
            prop_assert!(is_shown || kept, "{}\n---\n{}", file, new);
        }
    }
}

#[test]
fn what_became_of_earlier_actions_is_imported_with_words_and_without() {
    let done = |text: &str| {
        let mut row = typed("A", "84.2%", text);
        if text.is_empty() {
            row.cells[11..14].iter_mut().for_each(String::clear);
        }
        "done".clone_into(&mut row.cells[16]);
        back(&[row]).value
    };
    let with_words = imported(None, &done("First.")).text.unwrap();
    assert!(with_words.contains("last_action_done = \"done\"\nimported = "), "{with_words}");
    assert_eq!(imported(Some(&with_words), &done("First.")).text, None);
    let alone = imported(None, &done(""));
    let on_a = &alone.comments.on[&IndicatorRef::parse("A").unwrap()];
    assert!(on_a.last_done == Some(DoneWhen::ByNow) && !on_a.is_written());
    let text = alone.text.unwrap();
    assert!(text.contains("last_action_done = \"done\"\n") && !text.contains("imported"), "{text}");
    // Words that come later go into the same table.
    let later = imported(Some(&text), &done("Then this.")).text.unwrap();
    assert!(later.contains("Then this.") && later.matches("[A]").count() == 1, "{later}");
    // A table that was there keeps what it says.
    let there = "[A]\ntext = \"Mine.\"\n";
    assert_eq!(imported(Some(there), &done("")).text.unwrap(), "[A]\nlast_action_done = \"done\"\ntext = \"Mine.\"\n");
}

#[test]
fn what_serves_no_commitment_of_the_board_is_not_imported() {
    let mut row = typed("A", "84.2%", "First.");
    "P9".clone_into(&mut row.cells[15]);
    let rows = back(&[row]).value;
    assert!(!imported(None, &rows).text.unwrap().contains("P9"));
    let told = crate::commentary::book::faults(&rows, std::slice::from_ref(&*BOARD));
    assert!(told.iter().any(|(_, finding)| finding.message.contains("For names none of the board's commitments")));
}
