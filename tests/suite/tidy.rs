//! The house keeps its own rules: heavy crates in one room, pure rooms pure,
//! every file with a story and none with too many.

use std::path::{Path, PathBuf};

use crate::support::root;

/// Every source file of the program, by its path below `src`.
pub(crate) fn sources() -> Vec<(String, String)> {
    rust_files(Path::new("src"))
}

/// Every Rust file of a folder of the project, by its path below that folder.
pub(crate) fn rust_files(folder: &Path) -> Vec<(String, String)> {
    fn walk(dir: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    let folder = root().join(folder);
    let mut files = Vec::new();
    walk(&folder, &mut files);
    files.sort();
    let name = |path: &Path| path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
    files.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

/// The code of a file: without its comments.
pub(crate) fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_heavy_crate_is_named_in_one_room() {
    for (crate_name, rooms) in [
        ("calamine::", &["workbook/"][..]),
        ("typst::", &["typeset/"]),
        ("typst_pdf::", &["typeset/"]),
        ("reqwest::", &["storage/", "notify/", "oauth/"]),
        // telemetry quietens it by name.
        ("tokio_cron_scheduler::", &["schedule/bell", "telemetry/mod.rs"]),
        ("axum::", &["daemon/server"]),
        ("prometheus_client::", &["telemetry/metrics"]),
        ("sd_notify::", &["daemon/service_manager"]),
        ("rustix::", &["reader/"]),
        // A daemon's test sends itself a signal.
        // What a council supplies is opened in the sandbox, never outside it.
        (
            "workbook::read",
            &[
                "reader/",
                "dataset/tests/",
                "dataset/person/tests",
                "edition/tests",
                "disclosure/tests/",
                "inspect/tests",
                "scorecard/breakdown/tests",
                "commentary/book/tests",
                "scorecard/test_support",
                "validation/tests",
            ],
        ),
        ("process::Command", &["reader/", "daemon/signals.rs", "secrets.rs"]),
        ("croner::", &["domain/cron"]),
        ("toml_edit::", &["commentary/"]),
        ("pulldown_cmark::", &["pack/prose"]),
        // Tests write the workbooks that they read.
        ("rust_xlsxwriter::", &["commentary/", "validation/", "dataset/tests", "inspect/tests", "workbook/tests"]),
        ("maud::", &["web/", "validation/html", "message/html"]),
        ("lettre::", &["notify/mail"]),
        ("microlp::", &["disclosure/linear"]),
        ("sqlx::", &["ledger/"]),
        ("clap::", &["cli/"]),
        ("indicatif::", &["cli/"]),
        ("anyhow::", &["cli/"]),
    ] {
        for (name, text) in sources() {
            let allowed = rooms.iter().any(|room| name.starts_with(room));
            let bare = format!("use {};", crate_name.trim_end_matches("::"));
            assert!(
                allowed || !(code(&text).contains(crate_name) || text.contains(&bare)),
                "{name} names {crate_name}"
            );
        }
    }
}

#[test]
fn officers_words_reach_a_page_through_the_screen_alone() {
    // What reads them as they were written makes no page: the config, the check of
    // commentary, the look for people, the screen itself, the digest of what an indicator
    // means. Only an edition lets them through.
    for (word, rooms) in [
        (
            ".for_officers()",
            &[
                "config/",
                "domain/",
                "edition/texts",
                "edition/people",
                "edition/redaction",
                "commentary/",
                "scorecard/restated",
            ][..],
        ),
        ("OfficerText::for_officers", &["domain/"]),
        ("words_for_officers", &["cli/verify", "domain/", "edition/mod"]),
        (".screen(", &["domain/officer_text", "edition/redaction"]),
    ] {
        for (name, text) in sources() {
            let code = code(&text);
            let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap();
            let allowed = name.contains("/tests") || rooms.iter().any(|room| name.starts_with(room));
            assert!(allowed || !code.contains(word), "{name} says {word}");
        }
    }
}

#[test]
fn pure_rooms_are_pure() {
    // A room's own tests may read their data.
    for (name, text) in sources().into_iter().filter(|(name, _)| !name.contains("/tests")) {
        if [
            "domain/",
            "dataset/",
            "inspect/",
            "scorecard/",
            "disclosure/",
            "commentary/",
            "pack/",
            "web/",
            "validation/",
            "schedule/due",
        ]
        .iter()
        .any(|room| name.starts_with(room))
        {
            for word in [
                "async ",
                "tokio",
                "std::fs",
                "std::env",
                "std::net",
                "SystemTime",
                "Instant",
                "::now()",
                "HashMap",
                "HashSet",
            ] {
                assert!(!code(&text).contains(word), "{name} is in a pure room and says {word:?}");
            }
        }
    }
}

#[test]
fn answers_go_by_the_one_way_that_minds_a_closed_pipe() {
    for (name, text) in sources().into_iter().filter(|(name, _)| name.starts_with("cli/")) {
        for word in ["println!(", "print!(", "io::stdout", "eprintln!("] {
            assert!(name == "cli/out.rs" || !code(&text).contains(word), "{name} says {word:?}: see cli/out.rs");
        }
    }
}

#[test]
fn every_file_opens_with_its_story_and_holds_one() {
    for (name, text) in sources() {
        assert!(text.starts_with("//! "), "{name} does not say what it is for");
        // The table of codes is one story, however many codes there are.
        if name == "domain/finding/codes.rs" {
            continue;
        }
        let lines = text.lines().count();
        assert!(lines <= 400, "{name} has {lines} lines: more than one story?");
    }
}

#[test]
fn templates_compute_nothing_from_figures() {
    let templates = root().join("templates");
    let mut files = vec![templates.join("scorecard.typ"), templates.join("held.typ")];
    files.extend(std::fs::read_dir(templates.join("lib")).unwrap().map(|entry| entry.unwrap().path()));
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        for word in ["eval(", "datetime.today", "float(", "int(", "decimal(", "calc.round"] {
            assert!(!text.contains(word), "{} says {word}", path.display());
        }
    }
}

#[test]
fn the_project_stands_alone() {
    for folder in ["src", "templates", "config", "docs", "benches", "examples", "sample"] {
        let Ok(entries) = std::fs::read_dir(root().join(folder)) else { continue };
        let mut open: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                for word in ["../shared", "/work/"] {
                    assert!(!text.contains(word), "{} names {word}", path.display());
                }
            }
        }
    }
}
