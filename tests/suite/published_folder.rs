//! The published folder as a whole: one that is empty or gone is no new one, what
//! stood in it is remembered, and what nothing vouches for is named.

use std::fs;

use crate::issued::{output_of, published};
use crate::trail::{run, small};

#[test]
fn a_published_folder_that_was_known_and_is_empty_or_gone_is_refused() {
    for is_gone in [true, false] {
        let council = published(1);
        fs::rename(council.path("published"), council.path("elsewhere")).unwrap();
        if !is_gone {
            fs::create_dir(council.path("published")).unwrap();
        }
        for args in
            [&["run", "--period", "2026-09"][..], &["run", "--period", "2026-09", "--dry-run"], &["verify", "--all"]]
        {
            let said = output_of(&council, args, 4);
            assert!(said.contains("is the share mounted") && said.contains("held-ledger.db"), "{args:?}: {said}");
        }
        assert_eq!(council.path("published").exists(), !is_gone, "nothing is made in its place");
        assert!(council.files("published").is_empty());
        // It comes back, or moves with all that is in it.
        council.replace("config/boardpack.toml", "path = \"../published\"", "path = \"../elsewhere\"");
        assert!(output_of(&council, &["run", "--period", "2026-09"], 0).contains("final, unchanged"));
        // A folder that is to start anew: what is remembered is removed on purpose.
        council.replace("config/boardpack.toml", "path = \"../elsewhere\"", "path = \"../anew\"");
        run(&council, "2026-09").code(4);
        fs::remove_file(council.path("held-ledger.db")).unwrap();
        assert!(output_of(&council, &["run", "--period", "2026-09"], 0).contains("r1"));
    }
}

#[test]
fn what_is_remembered_lies_where_the_config_says_and_must_be_whole() {
    // A place that was named for an earlier program's file has the ledger beside it.
    for (state, ledger) in [("issued.json", "issued.db"), ("boardpack.db", "boardpack.db"), ("ledger", "ledger")] {
        let council = small();
        council.replace("config/boardpack.toml", "held = ", &format!("state = \"../local/{state}\"\nheld = "));
        council.write("local/note.txt", "this machine's own disk");
        run(&council, "2026-09").success();
        assert_eq!(council.files("local"), [ledger, "note.txt"], "{state}");
        assert!(!council.path("held-ledger.db").exists());
        council.write(&format!("local/{ledger}"), "{\"schema\": 1}, which is no ledger but long enough to be asked");
        let told = output_of(&council, &["run", "--period", "2026-09"], 4);
        assert!(told.contains("damaged, or is another file") && told.contains(ledger), "{told}");
    }
}

#[test]
fn a_dry_run_remembers_nothing() {
    let council = small();
    council.boardpack(&["run", "--period", "2026-09", "--dry-run"]).success();
    assert!(!council.path("held-ledger.db").exists());
}

#[test]
fn what_nothing_vouches_for_is_named_and_an_officers_own_files_are_not() {
    let council = published(1);
    council.write("published/2026-09/panel/r1/notes.txt", "an officer's");
    output_of(&council, &["verify", "--all"], 0);
    council.write("published/2026-09/panel/r1/Panel - corrected.PDF", "%PDF");
    let said = output_of(&council, &["verify", "--all", "--json"], 3);
    let audit: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&audit["packs"], &audit["revisions"], &audit["files"]), (&1.into(), &1.into(), &5.into()));
    assert!(audit["faults"][0]["message"].as_str().unwrap().contains("Panel - corrected.PDF"), "{audit}");
    assert_eq!(audit["faults"].as_array().unwrap().len(), 1);
}

#[test]
fn a_stray_is_named_wherever_below_a_month_it_lies() {
    for (stray, of) in [
        ("2026-09/panel/Panel.pdf", "panel for September 2026"),
        ("2026-09/panel/r1/old/figures.csv", "panel for September 2026"),
        ("2026-09/panel/r1 - Copy/Panel.pdf", "panel for September 2026"),
        ("2026-09/panel/r01/manifest.json", "panel for September 2026"),
        ("2026-09/Panel.html", "No pack"),
        ("2026-11/choir/Panel.pdf", "choir for November 2026"),
        ("Sent to the clerk/manifest.json", "No pack"),
    ] {
        let council = published(1);
        council.write(&format!("published/{stray}"), "%PDF");
        let audit = output_of(&council, &["verify", "--all"], 3);
        assert!(
            audit.contains(stray) && audit.starts_with(of) && audit.contains("\n1 fault in 1 pack"),
            "{stray}: {audit}"
        );
    }
    // An officer's own folder beside the months, an attempt that did not end, and what no pack consists of.
    for other in ["Agendas/Panel.pdf", "Panel.pdf", "2026-09/panel/.sync.json", "2026-09/panel/notes.txt"] {
        let council = published(1);
        council.write(&format!("published/{other}"), "%PDF");
        output_of(&council, &["verify", "--all"], 0);
    }
    let council = published(1);
    council.write("published/2026-09/panel/r2/.boardpack-attempt", "");
    council.write("published/2026-09/panel/r2/Panel.pdf", "%PDF");
    output_of(&council, &["verify", "--all"], 0);
}
