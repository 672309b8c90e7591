//! The page beside each PDF: whole by itself, and open to every reader.

use std::path::PathBuf;
use std::process::Command;

use crate::support::{Council, browser, root};

fn pages(council: &Council, below: &str) -> Vec<PathBuf> {
    let pages = council.files(below).into_iter().filter(|name| name.ends_with(".html"));
    pages.map(|name| council.path(below).join(name)).collect()
}

#[test]
fn every_pack_lies_beside_its_page_under_the_same_name() {
    let council = Council::sample();
    council.boardpack(&["run"]).code(3);
    for folder in ["published", "restricted"] {
        for pdf in council.pdfs(folder) {
            let page = std::fs::read_to_string(pdf.with_extension("html")).unwrap();
            let manifest: serde_json::Value =
                serde_json::from_slice(&std::fs::read(pdf.with_file_name("manifest.json")).unwrap()).unwrap();
            let name = pdf.with_extension("html").file_name().unwrap().to_str().unwrap().to_owned();
            let listed = manifest["files"].as_array().unwrap().iter().find(|file| file["name"] == name.as_str());
            assert_eq!(listed.unwrap()["bytes"], page.len());
            assert_eq!(page.contains("class=\"restricted\""), folder == "restricted", "{name}");
            assert_eq!(page.contains("id=\"withheld\""), folder == "restricted", "{name}");
            // What it asks of anybody else: nothing.
            for word in ["<script", "<link", "<iframe", "@import", "url(", " src=\"http"] {
                assert!(!page.contains(word), "{name} says {word}");
            }
        }
    }
}

#[test]
fn every_page_passes_axe_and_reflows() {
    let Some(tools) = browser() else { return };
    let council = Council::sample();
    council.boardpack(&["run"]).code(3);
    council.boardpack(&["check", "--report", "report"]).code(3);
    let mut files = pages(&council, "published");
    files.extend(pages(&council, "restricted"));
    assert!(files.len() >= 5, "{files:?}");
    files.extend(pages(&council, "report"));
    let script = root().join("tests/axe/check.js");
    let output = Command::new("node").arg(script).args(&files).env("BOARDPACK_AXE", tools).output().unwrap();
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", said(&output.stdout), said(&output.stderr));
    let clean = said(&output.stdout).lines().filter(|line| line.starts_with("ok")).count();
    // Three widths, in light and in dark.
    assert_eq!(clean, 6 * files.len());
}
