//! The supplement to a pack that takes another's place: its pages that changed.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Council, pdf_text, tools, validate};
use crate::trail::{run, share, small};

/// The supplements in a folder.
fn supplements(council: &Council, below: &str) -> Vec<PathBuf> {
    let names = council.files(below).into_iter().filter(|name| name.ends_with(" - supplement.pdf"));
    names.map(|name| council.path(below).join(name)).collect()
}

/// What stands behind each "Changed:", as a screen reader hears it.
fn marked(pdf: &Path) -> Vec<String> {
    let output = Command::new("pdfinfo").arg("-struct-text").arg(pdf).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let said: Vec<&str> = text.lines().map(str::trim).filter(|line| line.starts_with('"')).collect();
    let marks = said.windows(2).filter(|pair| pair[0] == "\"Changed:\"");
    marks.map(|pair| pair[1].trim_matches('"').trim().to_owned()).collect()
}

fn words(pdf: &Path) -> Option<Vec<String>> {
    let text = pdf_text(pdf)?;
    let page = |page: &str| page.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(text.trim_end_matches('\u{c}').split('\u{c}').map(page).collect())
}

#[test]
fn a_revision_has_its_changed_pages_beside_it_and_the_first_has_none() {
    let council = small();
    run(&council, "2026-09").success();
    assert_eq!(supplements(&council, "published"), Vec::<PathBuf>::new());
    share(&council, "83,100");
    run(&council, "2026-09").success();
    let found = supplements(&council, "published/2026-09/panel/r2");
    let name = "Panel - Plans Scorecard - September 2026 - r2 - supplement.pdf";
    assert_eq!(found, [council.path("published/2026-09/panel/r2").join(name)]);
    let manifest = council.manifest("2026-09", "panel", 2);
    assert_eq!(manifest["files"][0]["name"], "Panel - Plans Scorecard - September 2026 - r2.pdf");
    assert!(manifest["files"].as_array().unwrap().iter().any(|file| file["name"] == name), "{manifest}");
    assert!(manifest["places"]["row-pla01"].is_string(), "{manifest}");
    let said = council.boardpack(&["verify", found[0].to_str().unwrap()]).success().get_output().stdout.clone();
    let said = String::from_utf8(said).unwrap();
    assert!(said.contains("the supplement to the scorecard of the Panel for September 2026"), "{said}");
    validate(&found);
    let Some(pages) = words(&found[0]) else { return };
    let whole = words(&council.pdfs("published/2026-09/panel/r2")[0]).unwrap();
    assert!(pages[0].contains("Supplement: Plans Scorecard: September 2026"), "{}", pages[0]);
    assert!(pages[0].contains("Changes since revision 1"), "{}", pages[0]);
    assert!(pages[0].contains("now 83.0% (83 of 100)") && pages[0].ends_with("Scorecard page S1"), "{}", pages[0]);
    for page in &pages[1..] {
        // A page as it is in the whole, but for the word beside what changed.
        let plain = page.replace("Changed: ", "");
        assert!(whole.contains(&plain), "{plain}");
        assert!(page.contains(&format!(" of {}", whole.len())), "{page}");
    }
    // A row of which nothing changed has no mark.
    let marked = marked(&found[0]);
    assert_eq!(marked, ["Plans on time"]);
}

#[test]
fn a_page_keeps_the_number_that_it_has_in_the_whole() {
    if !tools() {
        return;
    }
    let council = small();
    run(&council, "2026-09").success();
    share(&council, "83,100");
    run(&council, "2026-09").success();
    let labels = |pdf: &Path| -> String {
        let args = ["--json", "--json-key=pagelabels"];
        let output = Command::new("qpdf").args(args).arg(pdf).output().unwrap();
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        json["pagelabels"].to_string()
    };
    let whole = labels(&council.pdfs("published/2026-09/panel/r2")[0]);
    assert!(whole.contains("\"/S\":\"/D\"") && whole.contains("\"index\":0"), "{whole}");
    let part = labels(&supplements(&council, "published/2026-09/panel/r2")[0]);
    assert!(part.contains("\"/P\":") && part.contains("S"), "{part}");
}

#[test]
fn a_restricted_edition_has_a_supplement_of_its_own() {
    let council = crate::trail::with_restricted();
    run(&council, "2026-09").success();
    share(&council, "83,100");
    run(&council, "2026-09").success();
    let found = supplements(&council, "restricted");
    assert_eq!(found.len(), 1);
    assert!(found[0].file_name().unwrap().to_str().unwrap().starts_with("RESTRICTED - "), "{found:?}");
    validate(&found);
}

#[test]
fn the_longest_board_of_the_sample_has_one_that_meets_the_standards() {
    let council = Council::sample();
    let board = ["run", "--board", "corporate-parenting"];
    council.boardpack(&board).code(3);
    // What a measure at the back means, and one beside its chart.
    for (from, to) in [
        ("The national threshold is 14 months.", "The national limit is 14 months."),
        (
            "How many children the council looks after on the last day",
            "How many children we look after on the last day",
        ),
    ] {
        council.replace("config/indicators.toml", from, to);
    }
    council.boardpack(&board).code(3);
    let found = [supplements(&council, "published"), supplements(&council, "restricted")].concat();
    assert_eq!(found.len(), 2, "{found:?}");
    validate(&found);
    let Some(pages) = words(&found[0]) else { return };
    let whole = words(&council.pdfs("published/2026-10/corporate-parenting/r2")[0]).unwrap();
    assert!(pages.len() < whole.len(), "{} of {}", pages.len(), whole.len());
    let marked = marked(&found[0]);
    for title in ["Days from coming into care", "Children in care"] {
        assert!(marked.iter().any(|words| words.starts_with(title)), "{title} in {marked:?}");
    }
    assert!(pages[0].contains("AD01 Its words or its chart changed."), "{}", pages[0]);
}
