//! Pages of the documentation that are written from the program's own tables,
//! and rules that are somewhere in the program and in its tests.
//!
//! `BOARDPACK_BLESS=1 cargo nextest run --locked -E 'test(/docs::/)'` writes a page anew.

use std::path::Path;

use boardpack::domain::{Code, Severity};

use crate::support::root;
use crate::tidy::{rust_files, sources};

/// The table of `docs/findings.md`, a row a code.
fn table_of_findings() -> String {
    let severity = |code: Code| match code.policy().severity {
        Severity::Note => "note",
        Severity::Caution => "caution",
        Severity::Blocking => "blocking",
    };
    let row = |code: &Code| format!("| {code} | {} | {} | {} |\n", severity(*code), code.meaning(), code.remedy());
    let rows: String = Code::ALL.iter().map(row).collect();
    format!("| code | severity | what it means | what to do |\n|---|---|---|---|\n{rows}")
}

#[test]
fn the_page_of_findings_is_written_from_the_table_of_codes() {
    let path = root().join("docs/findings.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, _) = page.split_once("| code |").unwrap();
    let expected = format!("{before}{}", table_of_findings());
    if std::env::var_os("BOARDPACK_BLESS").is_some() {
        std::fs::write(&path, expected).unwrap();
        return;
    }
    let differs = page.lines().zip(expected.lines()).find(|(is, should)| is != should);
    assert!(
        page == expected,
        "docs/findings.md is not as the table has it, first in {differs:?}: run with BOARDPACK_BLESS=1"
    );
}

#[test]
fn every_code_says_in_words_what_it_means_and_what_to_do() {
    for code in Code::ALL {
        let (rule, meaning, remedy) = (code.sentence(), code.meaning(), code.remedy());
        for text in [rule, meaning, remedy] {
            assert!(text.ends_with('.') && !text.contains('|') && !text.contains(" To mend: "), "{code}: {text:?}");
        }
    }
}

/// Everything of a file that only tests use.
fn of_tests(name: &str, text: &str) -> String {
    let inside = text.split_once("#[cfg(test)]\nmod tests {").map_or("", |(_, tests)| tests);
    if name.contains("/tests") { text.to_owned() } else { inside.to_owned() }
}

/// Whether a text holds a name as a whole word.
fn names(text: &str, name: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
}

#[test]
fn every_code_is_found_by_a_rule_and_named_by_a_test() {
    let code_of = |text: &str| text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
    let is_table = |name: &str| name.starts_with("domain/finding");
    let sources: Vec<(String, String)> = sources().into_iter().filter(|(name, _)| !is_table(name)).collect();
    let rules: String =
        sources.iter().filter(|(name, _)| !name.contains("/tests")).map(|(_, text)| code_of(text)).collect();
    let mut tests: String = sources.iter().map(|(name, text)| of_tests(name, text)).collect();
    tests.extend(rust_files(Path::new("tests")).into_iter().map(|(_, text)| text));
    for code in Code::ALL {
        let found = format!("Code::{}", code.name());
        let is_found = rules.split(&found).skip(1).any(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
        assert!(is_found, "no rule finds {code} ({})", code.name());
        assert!(names(&tests, code.name()) || names(&tests, code.as_str()), "no test names {code} ({})", code.name());
    }
}
