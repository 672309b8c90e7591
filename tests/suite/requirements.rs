//! What members ask is answered, each once, by what there is.

use std::collections::BTreeSet;

use boardpack::config::Loaded;

use crate::support::{Council, root};

fn rows() -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(root().join("docs/requirements.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| R"));
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The names of keys and tables in the reference of the config.
fn keys() -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join("docs/config.md")).unwrap();
    let mut keys = BTreeSet::new();
    let lines = text.split("```toml").skip(1).flat_map(|block| block.split("```").next().unwrap().lines());
    for line in lines {
        let line = line.split(" # ").next().unwrap();
        if line.trim_start().starts_with('[') {
            keys.extend(line.split(['[', ']', '.']).map(|part| part.trim().to_owned()));
        }
        // `a = …`, and those within { a = …, b = … }.
        let names = line.split('=').map(|part| part.rsplit([' ', '{', ',']).find(|word| !word.is_empty()));
        keys.extend(names.flatten().map(str::to_owned));
    }
    keys
}

#[test]
fn every_requirement_is_answered_once_and_in_order() {
    let numbers: Vec<String> = rows().into_iter().map(|row| row[0].clone()).collect();
    let expected: Vec<String> = (1..=60).map(|n| format!("R{n}")).collect();
    assert_eq!(numbers, expected);
    for row in rows() {
        assert!(row.len() == 4 && row.iter().all(|cell| !cell.is_empty()), "{row:?}");
    }
}

#[test]
fn what_an_answer_names_is_there() {
    let config = Loaded::load(&root().join("config"), &[], boardpack::storage::KINDS).unwrap().config;
    let (keys, findings) = (keys(), std::fs::read_to_string(root().join("docs/findings.md")).unwrap());
    let shows = |board: &str, reference: &str| {
        let whole = reference.split(':').next().unwrap();
        let board = config.boards.iter().find(|known| known.id.as_str() == board).unwrap();
        board.indicators().any(|shown| shown.as_str() == whole)
    };
    let is_breakdown = |name: &str| {
        let parted = |indicator: &boardpack::domain::Indicator| {
            indicator.breakdowns.iter().any(|breakdown| breakdown.name(&indicator.reference) == name)
        };
        config.register.values().any(parted)
    };
    for row in rows() {
        for place in row[3].split(';') {
            let names: Vec<&str> = quoted(place).collect();
            let board = names.iter().find(|name| config.boards.iter().any(|board| board.id.as_str() == **name));
            let mut last = None;
            for name in &names {
                let is_indicator = config.register.keys().any(|known| known.as_str() == *name) || is_breakdown(name);
                if is_indicator {
                    last = Some(*name);
                }
                // "`CL01` in `corporate-parenting`": the board shows it.
                if let (Some(reference), true) = (last, config.boards.iter().any(|board| board.id.as_str() == *name)) {
                    assert!(shows(name, reference), "{}: {name} does not show {reference}", row[0]);
                    last = None;
                }
                let is_known = is_indicator
                    || board.is_some_and(|_| config.boards.iter().any(|board| board.id.as_str() == *name))
                    || keys.contains(*name)
                    || *name == "manifest.json"
                    || name.starts_with("boardpack ");
                assert!(is_known, "{}: {name:?} is no key, board, indicator or command", row[0]);
            }
        }
        for code in row.iter().flat_map(|cell| cell.split(|c: char| !c.is_alphanumeric())) {
            let is_code = code.len() == 4 && code.starts_with('F') && code[1..].chars().all(|c| c.is_ascii_digit());
            assert!(!is_code || findings.contains(&format!("| {code} |")), "{}: {code}", row[0]);
        }
        for file in row.iter().flat_map(|cell| cell.split("](").skip(1)).map(|rest| rest.split(')').next().unwrap()) {
            assert!(root().join("docs").join(file).is_file(), "{}: {file}", row[0]);
        }
    }
}

#[test]
fn the_commands_that_answers_name_are_commands() {
    let council = Council::empty();
    let all: Vec<Vec<String>> = rows();
    let commands: BTreeSet<&str> =
        all.iter().flatten().flat_map(|cell| quoted(cell)).filter_map(|name| name.strip_prefix("boardpack ")).collect();
    assert!(commands.len() > 4);
    for command in commands {
        council.boardpack(&[command.split(' ').next().unwrap(), "--help"]).success();
    }
}
