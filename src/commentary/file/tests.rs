//! The file, whatever an officer has done to it.

use proptest::prelude::*;

use super::*;
use crate::domain::agenda::ActionStatus;
use crate::domain::commentary::CarriedAction;
use crate::domain::{ActionPart, BoardId, IndicatorRef};

const BOARD: &str = "Corporate Parenting Panel";

pub(crate) fn entry(reference: &str, about: &str, state: EntryState) -> CommentaryEntry {
    CommentaryEntry {
        board: BoardId::parse("panel").unwrap(),
        period: "2026-10".parse().unwrap(),
        indicator: IndicatorRef::parse(reference).unwrap(),
        title: "Reviews on time".into(),
        figure: "84.2%".into(),
        movement: "Up 2.1 points on September 2026 (better)".into(),
        rating: "Red".into(),
        prompts: vec!["Why is this red?".into()],
        owner: "Head of Service".into(),
        due: Some("2026-11-11".parse().unwrap()),
        state,
        lacks: Vec::new(),
        about: about.into(),
        comment: None,
        last: None,
        carried: Vec::new(),
        commitments: Vec::new(),
    }
}

fn updated(text: Option<&str>, entries: &[CommentaryEntry]) -> Option<String> {
    update(text, BOARD, "2026-10".parse().unwrap(), entries).unwrap()
}

const NOTES: &str = "#: A Reviews on time\n#: 84.2%. Up 2.1 points on September 2026 (better). Red.\n#: Why is this red?\n\
    #: Asked of: Head of Service, due 11 November 2026.\n";

/// What September gave: to hire two by the end of October.
fn carried(status: ActionStatus) -> (CarriedAction, ActionStatus) {
    let action = CarriedAction {
        indicator: IndicatorRef::parse("A").unwrap(),
        given: "2026-09".parse().unwrap(),
        action: "Hire two.".into(),
        owner: "Head of Service".into(),
        due: Some("2026-10-30".parse().unwrap()),
        first_due: None,
        serves: String::new(),
        done: None,
        is_again: false,
    };
    (action, status)
}

#[test]
fn what_was_to_be_done_last_time_stands_above_the_table() {
    let mut entry = entry("A", "84.2% red", EntryState::Awaited);
    entry.carried = vec![carried(ActionStatus::Overdue)];
    entry.commitments = vec!["P1".into(), "P2".into()];
    let text = updated(None, &[entry]).unwrap();
    let (_, text) = text.split_once("due 11 November 2026.\n#: `for`").unwrap();
    insta::assert_snapshot!(format!("#: `for`{text}"), @r#"
    #: `for` may say what its action serves: P1 and P2.
    #: Action of September 2026: Hire two. Head of Service, by 30 October 2026: overdue.
    #: When it is done, say so or on which day in `last_action_done` (in the workbook: Last action
    #: done). What goes on, write as this month's action.
    [A]
    about = "84.2% red"
    text = """
    """
    action = ""
    owner = ""
    due = ""
    expect = ""
    for = ""
    last_action_done = ""
    "#);
}

#[test]
fn what_nobody_asks_about_has_a_place_where_the_day_of_its_action_has_come() {
    for (status, has_place) in [
        (ActionStatus::Overdue, true),
        (ActionStatus::DueByMeeting, true),
        (ActionStatus::Open, false),
        (ActionStatus::Done(None), false),
    ] {
        let mut entry = entry("A", "84.2%", EntryState::NotNeeded);
        entry.carried = vec![carried(status)];
        assert_eq!(updated(None, &[entry]).is_some(), has_place, "{status:?}");
    }
}

#[test]
fn a_red_without_its_action_is_told_above_its_table() {
    let mut entry = entry("A", "84.2% red", EntryState::Incomplete);
    entry.lacks = vec![ActionPart::Owner, ActionPart::Due];
    let text = updated(Some("[A]\ntext = 'x'\n"), &[entry]).unwrap();
    assert!(text.contains("#: INCOMPLETE: it is red, and an owner and a day must stand below too."), "{text}");
}

#[test]
fn a_new_file_says_what_is_asked_and_where_to_write() {
    let mut first = entry("A", "84.2% red", EntryState::Awaited);
    first.last = Some(("2026-09".parse().unwrap(), "Two left.\n\nThe  rest \u{7} stayed.".into()));
    insta::assert_snapshot!(updated(None, &[first]).unwrap(), @r#"
    # Commentary on October 2026 for the Corporate Parenting Panel, due 11 November 2026.
    # Lines that begin with #: are written by `boardpack commentary`. All else is yours.
    # Say what happened, why, and what is being done. Never name or describe a child.
    # To choose what page 1 lists: a table [page_1] with needs_attention = ["…"] and improved = ["…"].

    #: A Reviews on time
    #: 84.2%. Up 2.1 points on September 2026 (better). Red.
    #: Why is this red?
    #: Asked of: Head of Service, due 11 November 2026.
    #: Written for September 2026:
    #:   Two left.
    #:   The rest stayed.
    [A]
    about = "84.2% red"
    text = """
    """
    action = ""
    owner = ""
    due = ""
    expect = ""
    "#);
    assert_eq!(updated(None, &[entry("A", "", EntryState::NotNeeded)]), None);
    assert_eq!(updated(None, &[]), None);
}

#[test]
fn an_empty_slot_follows_the_figure_and_written_words_stay_bound() {
    for (table, state, expected) in [
        // Nobody has written: whoever writes sees today's figure.
        ("[A]\nabout = \"80.0% red\"\ntext = \"\"\n", EntryState::Awaited, "[A]\nabout = \"84.2% red\"\ntext = \"\"\n"),
        (
            "[A]\nabout = \"80.0% red\"\ntext = \"TBC\"\n",
            EntryState::Awaited,
            "[A]\nabout = \"84.2% red\"\ntext = \"TBC\"\n",
        ),
        // Somebody has: about that figure.
        ("[A]\nabout = \"80.0% red\"\ntext = \"x\"\n", EntryState::Stale, "[A]\nabout = \"80.0% red\"\ntext = \"x\"\n"),
        // By hand, or confirmed by taking the line away.
        ("[A]\ntext = \"x\"\n", EntryState::Written, "[A]\nabout = \"84.2% red\"\ntext = \"x\"\n"),
        ("[A]\nabout = ''\ntext = \"x\"\n", EntryState::Written, "[A]\nabout = \"84.2% red\"\ntext = \"x\"\n"),
        ("  [A] # mine\n  text = \"x\"", EntryState::Written, "  [A] # mine\nabout = \"84.2% red\"\n  text = \"x\""),
        ("[A]", EntryState::Awaited, "[A]\nabout = \"84.2% red\"\n"),
        // An empty table that nobody asks for is left alone.
        ("[A]\nabout = \"80.0% red\"\n", EntryState::NotNeeded, "[A]\nabout = \"80.0% red\"\n"),
    ] {
        let text = updated(Some(table), &[entry("A", "84.2% red", state)]).unwrap();
        let kept: String = text.split_inclusive('\n').filter(|line| !line.starts_with(MARK)).collect();
        assert_eq!(kept, expected);
    }
}

#[test]
fn tables_written_in_another_way_are_bound_where_they_can_be() {
    let written = |text: &str| updated(Some(text), &[entry("A", "1 red", EntryState::Written)]);
    assert_eq!(written("A = { text = 'x' }\n").unwrap(), "A = { about = \"1 red\", text = 'x' }\n");
    let dotted = written("# mine\n A.text = 'x'\nB = 1\n").unwrap();
    assert_eq!(dotted, "# mine\n A.about = \"1 red\"\n A.text = 'x'\nB = 1\n");
}

#[test]
fn what_an_officer_typed_stays_to_the_byte() {
    let file = "# mine\r\n\r\n[B] # odd\r\n  text='''\r\n#: not a note\r\n[A]\r\n'''\r\n\r\n# about A\r\n#: old\r\n[A]\r\nowner = \"x\"\r\n# end";
    let text = updated(Some(file), &[entry("A", "84.2% red", EntryState::Awaited)]).unwrap();
    let notes = NOTES.replace('\n', "\r\n");
    assert_eq!(text, file.replace("#: old\r\n[A]\r\n", &format!("{notes}[A]\r\nabout = \"84.2% red\"\r\n")));
    // Once more changes nothing.
    assert_eq!(updated(Some(&text), &[entry("A", "84.2% red", EntryState::Awaited)]), None);
}

#[test]
fn a_slot_that_is_stale_or_not_needed_is_marked() {
    let mut stale = entry("A", "84.2% red", EntryState::Stale);
    stale.comment = Some(Comment { about: "80.0% red".into(), ..Comment::default() });
    let text = updated(Some("[A]\ntext = 'x'\nabout = '80.0% red'\n"), &[stale]).unwrap();
    assert!(text.contains("#: STALE: this was written about 80.0% red. It is now 84.2% red."), "{text}");
    let text = updated(Some("[A]\ntext = ''\n"), &[entry("A", "", EntryState::NotNeeded)]).unwrap();
    assert!(text.contains("#: Nothing is asked here now."), "{text}");
}

#[test]
fn a_file_that_is_not_toml_is_an_error_and_not_written() {
    let broken = update(Some("[A\n"), BOARD, "2026-10".parse().unwrap(), &[entry("A", "", EntryState::Awaited)]);
    assert!(broken.is_err());
}

/// A line that an officer may write: comments, blanks, tables of known and of
/// other names, keys in any notation, texts that look like tables and notes.
pub(crate) fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "# [ a-z:\\[\\]=\"]{0,12}",
        "#: [a-z ]{0,12}",
        "[a-f]{1,2} = (\"[a-z ]{0,5}\"|'[a-z#\\[\\]]{0,5}'|\"\"\"\n[a-z#:\\[\\]\n ]{0,12}\"\"\"|'''[#: \n]{0,5}''')( # [a-z]{0,4})?",
        "[ \t]{0,2}\\[(A|B|C|\"A\"|D\\.x)\\][ \t]{0,2}(# [a-z]{0,3})?",
        "(text|about) = (\"[a-z]{0,3}\"|'[a-z]{0,3}')",
        Just("text = \"\"\"\n#: x\n[A]\n\"\"\"".to_owned()),
        "(A|B) = \\{( text = '[a-z]{0,2}' )?\\}",
        "(A|B)\\.(text|owner) = '[a-z]{0,2}'",
    ]
}

/// What an officer wrote: everything but notes and `about`.
pub(crate) fn theirs(text: &str) -> std::collections::BTreeMap<String, String> {
    let document = Document::parse(text).unwrap();
    let mut all = std::collections::BTreeMap::new();
    let mut open: Vec<(String, &dyn TableLike)> = vec![(String::new(), document.as_table())];
    while let Some((path, table)) = open.pop() {
        for (key, item) in table.iter() {
            let path = format!("{path}/{key}");
            match item.as_table_like() {
                Some(table) => open.push((path, table)),
                None if key == "about" => {}
                None => drop(all.insert(path, item.to_string())),
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn no_edit_of_an_officer_is_lost(lines in prop::collection::vec(line(), 0..14), crlf: bool, states in prop::array::uniform3(0_usize..4)) {
        let end = if crlf { "\r\n" } else { "\n" };
        let file = lines.join(end);
        prop_assume!(Document::parse(file.as_str()).is_ok());
        let states = states.map(|state| [EntryState::Awaited, EntryState::Stale, EntryState::Written, EntryState::NotNeeded][state]);
        let entries: Vec<CommentaryEntry> = ["A", "B", "C"].iter().zip(states).map(|(name, state)| entry(name, "84.2% red", state)).collect();
        let new = updated(Some(&file), &entries).unwrap_or_else(|| file.clone());
        // Every value is there as it was written, and nothing else but new slots.
        let (before, after) = (theirs(&file), theirs(&new));
        for (key, value) in &before {
            prop_assert_eq!(after.get(key), Some(value), "{}\n---\n{}", file, new);
        }
        // Every line that is not the program's is there, in its order.
        let of_officers = |text: &str| -> Vec<String> {
            text.lines().map(str::trim_end).filter(|line| !line.trim_start().starts_with(MARK) && !line.contains("about =")).map(str::to_owned).collect()
        };
        let kept = of_officers(&new);
        let mut rest = kept.iter();
        for line in of_officers(&file).iter().filter(|line| !line.contains('{')) {
            prop_assert!(rest.any(|other| other == line), "{:?} is lost or moved in\n{}\n---\n{}", line, file, new);
        }
        // Notes whose table was taken away may be tidied once; then nothing moves.
        let tidied = updated(Some(&new), &entries).unwrap_or_else(|| new.clone());
        prop_assert_eq!(updated(Some(&tidied), &entries), None, "{}\n---\n{}", file, tidied);
    }
}
