//! Every text that a council writes, looked through for people.

use std::path::Path;

use super::{BOARD, COMMENT, REGISTER, SERVICE, SOURCES, every, period};
use crate::config::{Files, Loaded};
use crate::domain::Finding;
use crate::edition::{EditionView, Material};

/// What is said of a board's texts in a restricted edition, given its files.
fn said_of(register: &str, board: &str, comment: &str) -> Vec<Finding> {
    said_of_files(register, board, comment, SOURCES)
}

fn said_of_files(register: &str, board: &str, comment: &str, sources: &str) -> Vec<Finding> {
    let files = [
        ("boardpack.toml", SERVICE),
        ("indicators.toml", register),
        ("sources.toml", sources),
        ("boards/b.toml", board),
        ("commentary/2026-10/b.toml", comment),
    ];
    let files = Files::from_texts(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
    let Loaded { config, commentary, .. } =
        Loaded::resolve(Path::new("."), &files, &[], crate::storage::KINDS).unwrap();
    let (material, board) = (Material::default(), &config.boards[0]);
    let declared = crate::run::declared(&config, &commentary);
    EditionView::whole(declared, &material, board, period()).findings().to_vec()
}

fn codes_and_hints(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {} {}", finding.code, finding.at, finding.message)).collect()
}

#[test]
fn every_text_is_looked_through_for_people_and_none_is_repeated() {
    let none = said_of(REGISTER, BOARD, COMMENT);
    assert!(none.is_empty(), "{none:?}");
    let person = |text: &str| text.replace("the zebra of", "Zuzanna Kowal and");
    let found = said_of(&person(REGISTER), &person(BOARD), &person(COMMENT));
    let keys = every().map(|(_, key, _)| key.replace(['[', ']', '`', ','], ""));
    let of_comment = ["A.text", "A.action", "A.owner", "A.expect", "exempt because"].map(str::to_owned);
    let mut expected: Vec<String> = keys
        .chain(of_comment)
        .map(|key| format!("{key} holds what looks like a person's name, and no officer has said that it may stand"))
        .collect();
    let mut told: Vec<String> = found.iter().map(|finding| finding.message.to_string()).collect();
    expected.sort();
    told.sort();
    assert_eq!(told, expected);
    let json = serde_json::to_string(&found).unwrap();
    assert!(found.iter().all(|finding| finding.code.as_str() == "F720" && finding.is_blocking()), "{found:?}");
    assert!(!json.contains("Zuzanna") && !json.contains("Kowal"), "{json}");
}

/// The board with every label that it may have.
fn labelled_board() -> String {
    BOARD
        .replace(
            "title = \"B\"\nscorecard = \"S\"\nowner = \"O\"\n",
            "title = \"yak\"\nscorecard = \"yak\"\nowner = \"yak\"\nauthor = \"yak\"\nappendix = \"yak\"\nwards = \"yak\"\n\
             file_name = \"{board} {month} {revision} yak\"\nsign_off = true\nsign_off_by = [\"yak\"]\n",
        )
        .replace("horse", "yak")
        .replace("id = \"A1\"", "id = \"yak\"")
        .replace("title = \"T\"", "title = \"yak\"")
        .replace(
            "[[sections]]",
            "[[meetings]]\nperiod = \"2026-10\"\ndate = \"2026-12-02\"\nitem = \"yak\"\nappendix = \"yak\"\n[[sections]]",
        )
        .replace("owner = \"O\"", "owner = \"yak\"")
        .replace("asked_by = \"O\"", "asked_by = \"yak\"")
        .replace("who = \"W\"", "who = \"yak\"")
        .replace("place = \"9\"", "place = \"yak\"")
        .replace("place = \"12\"", "place = \"yak\"")
        .replace("from = \"F\"", "from = \"yak\"")
        .replace("\nby = \"O\"", "\nby = \"yak\"")
        + "[[reports]]\ntitle = \"yak\"\nowner = \"yak\"\nplace = \"yak\"\nfirst = \"2026-10\"\nevery_months = 3\n"
}

/// The register with every label that it may have.
fn labelled_register() -> String {
    let of_b = "partner = \"yak\"\ntags = [\"yak\"]\n\
        benchmarks = [{ of = \"england\", value = 5, period = \"yak\", source = \"yak\" }]\n\
        breakdowns.age = { title = \"yak\", categories = [{ id = \"u\", title = \"yak\" }, { id = \"o\", title = \"Over 5\" }] }\n\
        [glossary]\nYAK = \"yak\"\n";
    REGISTER
        .replace("title = \"Zebra count\"", "title = \"yak\"")
        .replace("noun = \"children\"\nowner = \"O\"", "noun = \"yak\"\nowner = \"yak\"")
        + of_b
}

/// A key as docs/disclosure.md has it: without numbers and names of entries.
fn as_in_the_table(key: &str) -> String {
    let part = |part: &str| match part.split_once('.') {
        Some((table @ ("indicators" | "sources"), _)) => Some(table.to_owned()),
        Some(("A", key)) => Some(format!("commentary {key}")),
        _ if ["A1", "B", "age"].contains(&part) || part.starts_with(|c: char| c.is_ascii_digit()) => None,
        _ => Some(part.to_owned()),
    };
    key.split_whitespace().filter_map(part).collect::<Vec<_>>().join(" ")
}

#[test]
fn everything_in_the_table_of_texts_is_looked_through_and_nothing_else_is_in_it() {
    let docs = include_str!("../../../docs/disclosure.md");
    let table = docs.split("| text | what it is |").nth(1).unwrap().split("\n\n").next().unwrap();
    let cells = table.lines().skip(2).filter_map(|row| row.split('|').nth(1));
    let mut expected: Vec<&str> = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    let person = |text: &str| text.replace("the zebra of", "Zuzanna Kowal and").replace("yak", "Marek Wolski");
    let sources = SOURCES.replace("title = \"S\"", "title = \"Marek Wolski\"");
    let comment = format!("{COMMENT}about = \"the zebra of about\"\n");
    let found = said_of_files(&person(&labelled_register()), &person(&labelled_board()), &person(&comment), &sources);
    let messages =
        found.iter().filter_map(|finding| finding.message.split_once(" holds what looks like a person's name"));
    let mut told: Vec<String> = messages.map(|(key, _)| as_in_the_table(key)).collect();
    expected.sort_unstable();
    told.sort();
    told.dedup();
    assert_eq!(told, expected);
    assert!(!format!("{found:?}").contains("Zuzanna") && !format!("{found:?}").contains("Wolski"));
}

#[test]
fn an_action_of_an_earlier_month_is_looked_through_in_its_own_file() {
    let told = |last: &str| {
        let files = [
            ("boardpack.toml", SERVICE),
            ("indicators.toml", REGISTER),
            ("sources.toml", SOURCES),
            ("boards/b.toml", BOARD),
            ("commentary/2026-09/b.toml", last),
        ];
        let files = Files::from_texts(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
        let loaded = Loaded::resolve(Path::new("."), &files, &[], crate::storage::KINDS).unwrap();
        let declared = crate::run::declared(&loaded.config, &loaded.commentary);
        let material = Material::default();
        let view = EditionView::whole(declared, &material, &loaded.config.boards[0], period());
        view.findings().iter().map(|finding| format!("{} {}", finding.code, finding.hint)).collect::<Vec<_>>()
    };
    let last = "[A]\ntext = \"x\"\naction = \"Zuzanna Kowal hires two.\"\n";
    let found = told(last);
    assert!(found.len() == 1 && found[0].starts_with("F720"), "{found:?}");
    assert!(
        found[0].contains("write a [[looked_at]] in commentary/2026-09/b.toml with of = \"A.action\""),
        "{found:?}"
    );
    let looked = "[[looked_at]]\nof = \"A.action\"\ntext = \"Zuzanna Kowal hires two.\"\nbecause = \"b\"\n";
    assert_eq!(told(&format!("{looked}{last}")), [""; 0]);
    // What that month's own pack needed is not told here as needless.
    assert_eq!(told(&format!("{}{last}", looked.replace("Zuzanna", "Anna")).replace("Zuzanna", "We and")), [""; 0]);
}

#[test]
fn an_own_word_excuses_itself_and_nobody_who_is_called_so() {
    let board = |words: &str| BOARD.replace("words = { zebra = \"horse\" }", words);
    let comment = |text: &str| format!("[A]\ntext = \"{text}\"\n");
    let told = |words: &str, text: &str| {
        let found = said_of(REGISTER, &board(words), &comment(text));
        found.iter().map(|finding| finding.message.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let plain = "words = { zebra = \"horse\" }";
    assert_eq!(told(plain, "Zuzanna was late."), ["A.text"]);
    // A name as a board's own word is found there, and excuses nobody elsewhere.
    let name = "words = { child = \"Zuzanna\" }";
    assert_eq!(told(name, "Zuzanna was late."), ["words", "A.text"]);
    let programme = "words = { programme = \"Zuzanna Helps\" }";
    assert_eq!(told(programme, "Zuzanna Helps began."), ["words"]);
    assert_eq!(told(programme, "Zuzanna was late."), ["words", "A.text"]);
}

#[test]
fn a_sentence_stands_once_an_officer_has_looked_at_it_and_no_other() {
    let comment = "[A]\ntext = \"It rose. Zuzanna Kowal\\nopened.\"\nexpect = \"Less.\"\n".to_owned();
    let looked = |of: &str, text: &str| {
        format!("[[looked_at]]\nof = \"{of}\"\ntext = \"{text}\"\nbecause = \"It is a building.\"\n")
    };
    let (right, sentence) = ("A.text", "Zuzanna Kowal opened.");
    for (comment, board, codes) in [
        (comment.clone(), String::new(), &["F720"][..]),
        (comment.clone() + &looked(right, sentence), String::new(), &[]),
        // The whole text says its sentences too.
        (comment.clone() + &looked(right, "It rose. Zuzanna Kowal opened."), String::new(), &[]),
        // So does a list of sentences.
        (comment.clone() + &looked(right, "XX").replace("\"XX\"", "[\"It rose.\", \"Zuzanna Kowal opened.\"]"), String::new(), &[]),
        // Another text, another sentence, and a text that has changed since.
        (comment.clone() + &looked("A.expect", sentence), String::new(), &["F720", "F721"]),
        (comment.clone() + &looked(right, "Zuzanna Kowal"), String::new(), &["F720", "F721"]),
        (comment.replace("opened", "closed") + &looked(right, sentence), String::new(), &["F720", "F721"]),
        // Nothing is found there any more.
        (looked(right, sentence) + "[A]\ntext = \"It rose.\"\n", String::new(), &["F721"]),
        // Each says it of its own texts, and of no other file's.
        (comment.clone(), format!("the zebra of why\"\n{}", looked(right, sentence).trim_end_matches("\"\n")), &["F720", "F721"]),
        (COMMENT.to_owned() + &looked("[[not_collected]] 1, `why`", sentence), "Zuzanna Kowal opened.".to_owned(), &["F720", "F721"]),
        // The board's own file says it of the board's texts.
        (COMMENT.to_owned(), "Zuzanna Kowal opened.".to_owned(), &["F720"]),
        (COMMENT.to_owned(), "Zuzanna Kowal opened.\"\n[[looked_at]]\nof = \"[[not_collected]] 1, `why`\"\ntext = \"Zuzanna Kowal opened.\"\nbecause = \"A building.".to_owned(), &[]),
    ] {
        let text = if board.is_empty() { "the zebra of why" } else { board.as_str() };
        let found = said_of(REGISTER, &BOARD.replace("the zebra of why", text), &comment);
        let told: Vec<&str> = found.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(told, codes, "{comment} {board}: {:?}", codes_and_hints(&found));
    }
}
