//! The order of rooms is the order of imports: each room may use only the
//! rooms before it. Read from the `crate::` and `super::` paths of every file
//! that is not a test.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::root;
use crate::tidy::{code, sources};

/// Every room, from the floor to the roof. `src/lib.rs` prints it.
const ORDER: &[&str] = &[
    "domain",
    "words",
    "message",
    "history",
    "clock",
    "digest",
    "config",
    "telemetry",
    "secrets",
    "oauth",
    "schedule",
    "storage",
    "notify",
    "source",
    "workbook",
    "reader",
    "dataset",
    "inspect",
    "disclosure",
    "scorecard",
    "edition",
    "commentary",
    "pack",
    "typeset",
    "web",
    "validation",
    "publish",
    "ledger",
    "run",
    "daemon",
    "exit",
    "cli",
];

/// Rooms that take values and give values, and know of no setting.
const PURE: &[&str] = &[
    "domain",
    "words",
    "message",
    "history",
    "dataset",
    "inspect",
    "disclosure",
    "scorecard",
    "edition",
    "commentary",
    "pack",
    "web",
    "validation",
];

/// A path from one file into another room.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Import {
    /// The file, below `src`.
    file: String,
    /// The room that it stands in.
    from: String,
    /// The room that it names.
    to: String,
    /// What it names there, as far as the text says.
    name: String,
}

/// What is wrong with an import, if anything.
fn fault(import: &Import) -> Option<String> {
    let Import { file, from, to, name } = import;
    let rank = |room: &str| ORDER.iter().position(|other| *other == room);
    let order = ORDER.join(" · ");
    match (rank(from), rank(to)) {
        (None, _) => Some(format!("{file}: the room {from} is not in the order: {order}")),
        (_, None) => Some(format!("{file}: {name} is of a room that is not in the order: {order}")),
        (Some(own), Some(other)) if other > own => {
            Some(format!("{file}: {from} names {name}, and {to} stands above it: {order}"))
        }
        _ if PURE.contains(&from.as_str()) && to == "config" => {
            Some(format!("{file}: {from} is pure and names {name}; give it values of the domain"))
        }
        _ if from == "config" && !["domain", "digest"].contains(&to.as_str()) => {
            Some(format!("{file}: config names {name}, and needs domain and digest only"))
        }
        _ => None,
    }
}

/// The room that a file stands in.
fn room(file: &str) -> &str {
    file.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

/// How deep a file's module stands below the crate: 1 for a room itself.
fn depth(file: &str) -> usize {
    let path = file.trim_end_matches(".rs");
    path.trim_end_matches("/mod").split('/').count()
}

/// The code before its own tests, and without comments.
fn without_tests(text: &str) -> String {
    let text = code(text);
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned()
}

/// Files that only tests use, whatever they are called: those declared under `cfg(test)`.
fn of_tests(all: &[(String, String)]) -> Vec<String> {
    let mut found = Vec::new();
    for (file, text) in all {
        let folder = match file.rsplit_once('/') {
            Some((folder, "mod.rs")) => folder.to_owned(),
            _ => file.trim_end_matches(".rs").to_owned(),
        };
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for pair in lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]") {
            let declared = pair[1].trim_start_matches("pub(crate) ").strip_prefix("mod ");
            if let Some(name) = declared.and_then(|rest| rest.strip_suffix(';')) {
                found.push(format!("{folder}/{name}"));
            }
        }
    }
    found
}

/// What a path goes on with: its first names, a name for each member of a group.
fn heads(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else {
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
        return vec![name.trim_end_matches(':').to_owned()];
    };
    let (mut depth, mut members) = (0, vec![String::new()]);
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => members.push(String::new()),
            _ => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                members.last_mut().unwrap().push(c);
            }
        }
    }
    members.iter().map(|member| member.trim().to_owned()).filter(|member| !member.is_empty()).collect()
}

/// Every path of a file that leads into another room.
fn imports(file: &str, text: &str) -> Vec<Import> {
    let text = without_tests(text);
    let up = "super::".repeat(depth(file));
    let mut found = Vec::new();
    for start in ["crate::", &up] {
        for (at, _) in text.match_indices(start) {
            let before = text[..at].chars().next_back().unwrap_or(' ');
            if before.is_alphanumeric() || matches!(before, '_' | ':' | '$') {
                continue;
            }
            for name in heads(&text[at + start.len()..]) {
                let to = name.split([':', ' ']).next().unwrap_or_default().to_owned();
                if to != room(file) && to != "self" {
                    found.push(Import { file: file.to_owned(), from: room(file).to_owned(), to, name });
                }
            }
        }
    }
    found
}

#[test]
fn every_room_uses_only_those_before_it() {
    let all = sources();
    let tests = of_tests(&all);
    let is_test = |file: &str| {
        tests.iter().any(|test| file.starts_with(&format!("{test}.rs")) || file.starts_with(&format!("{test}/")))
    };
    let code = all.iter().filter(|(file, _)| !["lib.rs", "main.rs"].contains(&file.as_str()) && !is_test(file));
    let imports: Vec<Import> = code.flat_map(|(file, text)| imports(file, text)).collect();
    let faults: Vec<String> = imports.iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    // The test looks at something: rooms are tied to one another in many places.
    let ties: BTreeMap<(&str, &str), usize> = imports.iter().fold(BTreeMap::new(), |mut ties, import| {
        *ties.entry((import.from.as_str(), import.to.as_str())).or_default() += 1;
        ties
    });
    assert!(ties.len() > 80 && ties.contains_key(&("run", "edition")), "{ties:?}");
}

#[test]
fn the_map_prints_the_order_and_every_room() {
    let map = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let words = map.lines().map(|line| line.trim_start_matches("//!").trim()).collect::<Vec<_>>().join(" ");
    assert!(words.contains(&ORDER.join(" · ")), "src/lib.rs does not print the order: {}", ORDER.join(" · "));
    for room in ORDER {
        assert!(map.contains(&format!("\npub mod {room};")), "src/lib.rs has no room {room}");
    }
    assert_eq!(map.matches("\npub mod ").count(), ORDER.len(), "a room of src/lib.rs is not in the order");
}

#[test]
fn a_path_that_runs_up_is_found_however_it_is_written() {
    let faults = |file: &str, text: &str| imports(file, text).iter().filter_map(fault).count();
    for (file, text, expected) in [
        ("words.rs", "use crate::domain::Period;", 0),
        ("words.rs", "use crate::pack::Pack;", 1),
        ("words/digits.rs", "let a = crate::pack::prose::parse(text);", 1),
        ("words/digits.rs", "use super::super::pack;", 1),
        ("words/digits.rs", "use super::number;", 0),
        ("pack/mod.rs", "use crate::{domain::{Board, Period}, run::Outcome};", 1),
        ("pack/mod.rs", "use super::run;", 1),
        ("pack/chart.rs", "// crate::run is above\nuse crate::words;", 0),
        ("pack/chart.rs", "#[cfg(test)]\nmod tests {\n    use crate::run::activate;\n}", 0),
        ("scorecard/mod.rs", "use crate::config::Config;", 1),
        ("config/mod.rs", "use crate::words;", 1),
        ("config/mod.rs", "use crate::digest::sha256;", 0),
        ("attic.rs", "use crate::domain::Period;", 1),
        ("run.rs", "use crate::attic::Chest;", 1),
    ] {
        assert_eq!(faults(file, text), expected, "{file}: {text}");
    }
}

/// The file that a path of modules leads to, as deep as its names are files.
fn file_of(files: &BTreeSet<&str>, path: &[String]) -> Option<String> {
    let mut at = String::new();
    for name in path {
        let deeper = if at.is_empty() { name.clone() } else { format!("{at}/{name}") };
        if files.contains(format!("{deeper}.rs").as_str()) {
            return Some(format!("{deeper}.rs"));
        }
        if !files.contains(format!("{deeper}/mod.rs").as_str()) {
            break;
        }
        at = deeper;
    }
    Some(format!("{at}/mod.rs")).filter(|_| !at.is_empty())
}

/// The files that a file names by `crate::`, `super::` and `mod`, but for itself.
fn named(file: &str, text: &str, files: &BTreeSet<&str>) -> BTreeSet<String> {
    let text = without_tests(text);
    let own: Vec<String> =
        file.trim_end_matches(".rs").trim_end_matches("/mod").split('/').map(str::to_owned).collect();
    let mut paths: Vec<Vec<String>> = Vec::new();
    for (start, base) in [("crate::", &own[..0]), ("super::", &own[..own.len() - 1])] {
        for (at, _) in text.match_indices(start) {
            if text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '$')) {
                continue;
            }
            for name in heads(&text[at + start.len()..]) {
                let mut path = base.to_vec();
                for part in name.split("::").take_while(|part| !part.starts_with(['{', '*'])) {
                    if part == "super" { drop(path.pop()) } else { path.push(part.to_owned()) }
                }
                paths.push(path);
            }
        }
    }
    for line in text.lines().filter_map(|line| line.strip_suffix(';')) {
        if let Some((_, name)) = line.split_once("mod ").filter(|(before, _)| matches!(*before, "" | "pub ")) {
            paths.push(own.iter().cloned().chain([name.to_owned()]).collect());
        }
    }
    paths.iter().filter_map(|path| file_of(files, path)).filter(|named| named != file).collect()
}

/// Files that name one another in a circle; none where there is no circle.
fn circle(all: &[(&str, &str)]) -> Vec<String> {
    let files: BTreeSet<&str> = all.iter().map(|(file, _)| *file).collect();
    let mut open: BTreeMap<String, BTreeSet<String>> =
        all.iter().map(|(file, text)| ((*file).to_owned(), named(file, text, &files))).collect();
    // A file that names none that is left is in no circle.
    while let Some(done) = open.iter().find(|(_, named)| named.is_empty()).map(|(file, _)| file.clone()) {
        open.remove(&done);
        open.values_mut().for_each(|named| named.retain(|file| *file != done));
    }
    let mut walk: Vec<String> = open.keys().next().cloned().into_iter().collect();
    while let Some(next) = walk.last().and_then(|file| open[file].first()) {
        if let Some(start) = walk.iter().position(|file| file == next) {
            walk.drain(..start);
            break;
        }
        walk.push(next.clone());
    }
    walk
}

#[test]
fn the_files_of_config_name_one_another_in_one_direction() {
    let all = sources();
    let tests = of_tests(&all);
    let of_config = |file: &str| room(file) == "config" && !tests.iter().any(|test| file.starts_with(test.as_str()));
    let config: Vec<(&str, &str)> =
        all.iter().filter(|(file, _)| of_config(file)).map(|(file, text)| (file.as_str(), text.as_str())).collect();
    assert_eq!(circle(&config), [""; 0]);
    // The test looks at something.
    let files = config.iter().map(|(file, _)| *file).collect();
    let reader = config.iter().find(|(file, _)| *file == "config/reader.rs").unwrap();
    let expected = ["choice", "fault", "files", "suggest", "value"].map(|file| format!("config/{file}.rs"));
    assert_eq!(named(reader.0, reader.1, &files), expected.into());
}

#[test]
fn a_circle_of_files_is_found_however_it_is_written() {
    let root = ("a/mod.rs", "mod b;\npub mod c;\nmod d;\npub struct Top;");
    for (b, c, d, expected) in [
        ("use super::c::C;", "use super::d::D;", "", &[][..]),
        ("use super::c::C;", "", "#[cfg(test)]\nmod tests {\n    use crate::a::Top;\n}", &[]),
        ("use super::c::C;", "use super::b;", "", &["a/b.rs", "a/c.rs"]),
        ("use super::{c, d::D};", "", "fn f() { crate::a::b::f() }", &["a/b.rs", "a/d/mod.rs"]),
        ("", "use super::Top;", "", &["a/c.rs", "a/mod.rs"]),
        ("", "use super::*;", "", &["a/c.rs", "a/mod.rs"]),
        ("use super::d;", "", "mod e;", &["a/b.rs", "a/d/mod.rs", "a/d/e.rs"]),
    ] {
        let found =
            circle(&[root, ("a/b.rs", b), ("a/c.rs", c), ("a/d/mod.rs", d), ("a/d/e.rs", "use super::super::b;")]);
        assert_eq!(found, expected, "{b} · {c} · {d}");
    }
}

/// Types that a file declares, whoever may use them.
fn types(text: &str) -> Vec<String> {
    let declared = |line: &str| {
        // Associated types stand deeper than any declaration does.
        let line = line.strip_prefix("    ").unwrap_or(line);
        let line = match line.strip_prefix("pub") {
            Some(rest) => rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest),
            None => line,
        };
        let name =
            ["struct ", "enum ", "trait ", "type "].iter().find_map(|word| line.trim_start().strip_prefix(word))?;
        let name: String = name.chars().take_while(|c| c.is_alphanumeric()).collect();
        (!line.contains(" = ") || !line.trim_start().starts_with("type ") || !line.contains("Self")).then_some(name)
    };
    without_tests(text).lines().filter_map(declared).collect()
}

#[test]
fn no_type_name_stands_in_two_rooms() {
    // What every implementation of a trait of another crate must call so.
    const FOREIGN: &[&str] = &["Error", "Value", "Item", "Err", "Output", "Target"];
    let all = sources();
    let tests = of_tests(&all);
    let is_test = |file: &str| file.contains("/tests") || tests.iter().any(|test| file.starts_with(test.as_str()));
    let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in all.iter().filter(|(file, _)| !is_test(file)) {
        for name in types(text).into_iter().filter(|name| !FOREIGN.contains(&name.as_str())) {
            rooms.entry(name).or_default().insert(room(file).to_owned());
        }
    }
    let twice: Vec<String> =
        rooms.iter().filter(|(_, rooms)| rooms.len() > 1).map(|(name, rooms)| format!("{name}: {rooms:?}")).collect();
    assert!(twice.is_empty(), "a name should say in which room it is at home:\n{}", twice.join("\n"));
    assert!(rooms.len() > 300, "the test reads types: {}", rooms.len());
}
