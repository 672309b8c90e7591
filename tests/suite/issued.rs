//! What was published is held against what stands: whoever edits, moves or
//! loses a published file is told so, and nothing is said on the strength of it.

use std::fs;
use std::path::Path;

use crate::support::Council;
use crate::trail::{run, share, small, with_restricted};

/// A published September and, after a correction, its second and third revision.
pub(crate) fn published(revisions: u32) -> Council {
    published_of(small(), revisions)
}

/// The same of a council of which nothing stands yet.
pub(crate) fn published_of(council: Council, revisions: u32) -> Council {
    council.replace("config/boards/panel.toml", "title = ", "commentary_to_follow = true\ntitle = ");
    for september in ["84,100", "79,100", "83,100"].iter().take(revisions as usize) {
        share(&council, september);
        run(&council, "2026-09").success();
    }
    council
}

pub(crate) fn output_of(council: &Council, args: &[&str], code: i32) -> String {
    let output = council.boardpack(args).code(code).get_output().clone();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

fn change(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from} is not in {text}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// Something that happens to published files, below `published/2026-09/panel`.
struct Mishap {
    name: &'static str,
    revisions: u32,
    happens: fn(&Path),
    /// The code, and the file that is named.
    code: &'static str,
    file: &'static str,
}

const MISHAPS: &[Mishap] = &[
    Mishap {
        name: "figures.csv is edited in a spreadsheet",
        revisions: 1,
        happens: |pack| change(&pack.join("r1/figures.csv"), "84.0", "55.5"),
        code: "F716",
        file: "r1/figures.csv",
    },
    Mishap {
        name: "figures.csv is saved with other line ends",
        revisions: 1,
        happens: |pack| change(&pack.join("r1/figures.csv"), "\r\n", "\n"),
        code: "F716",
        file: "r1/figures.csv",
    },
    Mishap {
        name: "figures.csv of an older revision is edited",
        revisions: 2,
        happens: |pack| change(&pack.join("r1/figures.csv"), "84.0", "55.5"),
        code: "F716",
        file: "r1/figures.csv",
    },
    Mishap {
        name: "figures.csv is gone",
        revisions: 1,
        happens: |pack| fs::remove_file(pack.join("r1/figures.csv")).unwrap(),
        code: "F717",
        file: "r1/figures.csv",
    },
    Mishap {
        name: "the manifest is edited",
        revisions: 1,
        happens: |pack| change(&pack.join("r1/manifest.json"), "\"outstanding\": 0", "\"outstanding\": 1"),
        code: "F718",
        file: "r1/manifest.json",
    },
    Mishap {
        name: "the manifest is edited with its seal taken out",
        revisions: 1,
        happens: |pack| {
            let path = pack.join("r1/manifest.json");
            let text = fs::read_to_string(&path).unwrap();
            let mut manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
            manifest.as_object_mut().unwrap().remove("seal");
            manifest["content_sha256"] = "00".into();
            fs::write(path, serde_json::to_vec_pretty(&manifest).unwrap()).unwrap();
        },
        code: "F718",
        file: "r1/manifest.json",
    },
    Mishap {
        name: "the manifest is cut off",
        revisions: 1,
        happens: |pack| {
            let path = pack.join("r1/manifest.json");
            let text = fs::read_to_string(&path).unwrap();
            fs::write(path, &text[..text.len() / 2]).unwrap();
        },
        code: "F718",
        file: "r1/manifest.json",
    },
    Mishap {
        name: "the manifest is gone and its files stand",
        revisions: 1,
        happens: |pack| fs::remove_file(pack.join("r1/manifest.json")).unwrap(),
        code: "F717",
        file: "r1/manifest.json",
    },
    Mishap {
        name: "a revision of the middle is gone",
        revisions: 3,
        happens: |pack| fs::remove_dir_all(pack.join("r2")).unwrap(),
        code: "F717",
        file: "panel/r2",
    },
    Mishap {
        name: "the latest revision is gone",
        revisions: 2,
        happens: |pack| fs::remove_dir_all(pack.join("r2")).unwrap(),
        code: "F717",
        file: "panel/r2",
    },
    Mishap {
        name: "the PDF is replaced",
        revisions: 1,
        happens: |pack| fs::write(pack.join("r1/Panel - Plans Scorecard - September 2026 - r1.pdf"), "%PDF").unwrap(),
        code: "F716",
        file: "r1.pdf",
    },
    Mishap {
        name: "the page is gone",
        revisions: 1,
        happens: |pack| fs::remove_file(pack.join("r1/Panel - Plans Scorecard - September 2026 - r1.html")).unwrap(),
        code: "F717",
        file: "r1.html",
    },
    Mishap {
        name: "the findings are edited",
        revisions: 1,
        happens: |pack| fs::write(pack.join("r1/findings.json"), "[ ]\n").unwrap(),
        code: "F716",
        file: "r1/findings.json",
    },
];

#[test]
fn what_was_published_and_is_otherwise_now_is_told_and_holds_what_needs_it() {
    for mishap in MISHAPS {
        let council = published(mishap.revisions);
        assert!(output_of(&council, &["verify", "--all"], 0).starts_with("Everything is as it was published"));
        let pack = council.path("published/2026-09/panel");
        (mishap.happens)(&pack);

        let audit = output_of(&council, &["verify", "--all"], 3);
        assert!(audit.contains(mishap.file) && audit.contains("\n1 fault in "), "{}: {audit}", mishap.name);

        // Its own pack is neither unchanged nor made anew.
        let own = output_of(&council, &["run", "--period", "2026-09"], 3);
        assert!(own.contains(mishap.code) && own.contains(mishap.file), "{}: {own}", mishap.name);
        assert!(own.contains("held") && !own.contains("unchanged"), "{}: {own}", mishap.name);
        assert!(!pack.join(format!("r{}", mishap.revisions + 1)).exists(), "{}", mishap.name);

        // A later pack goes by what was told, which the ledger knows whatever became of the file.
        let later = output_of(&council, &["run", "--period", "2026-10"], 0);
        assert!(!later.contains(mishap.code) && !later.contains("55.5"), "{}: {later}", mishap.name);
        let manifest = council.manifest("2026-10", "panel", 1);
        assert_eq!(manifest["restated"], serde_json::json!([]), "{}", mishap.name);
    }
}

#[test]
fn a_file_that_is_brought_back_is_trusted_again() {
    let council = published(1);
    let figures = council.path("published/2026-09/panel/r1/figures.csv");
    let before = fs::read(&figures).unwrap();
    change(&figures, "84.0", "55.5");
    run(&council, "2026-09").code(3);
    fs::write(&figures, before).unwrap();
    assert!(output_of(&council, &["run", "--period", "2026-09"], 0).contains("unchanged"));
    assert!(council.files("held").is_empty());
}

#[test]
fn what_one_board_published_holds_the_boards_that_share_its_sources_and_no_other() {
    let council = published(1);
    council
        .write("share/other.csv", "i,m,v,n,d\nOTH01,2026-08,5,,\nOTH01,2026-09,6,,\nOTH01,2026-10,7,,\n")
        .write(
            "config/sources.toml",
            council.read("config/sources.toml")
                + &council
                    .read("config/sources.toml")
                    .replace("plans.csv", "other.csv")
                    .replace("[sources.plans]", "[sources.other]"),
        )
        .write(
            "config/indicators.toml",
            council.read("config/indicators.toml")
                + "\n[indicators.OTH01]\ntitle = \"Other\"\nplain = \"Other things.\"\nnoun = \"things\"\n\
                   owner = \"Head of Service\"\nsource = \"other\"\nbasis = \"snapshot\"\nunit = \"count\"\n\
                   better = \"none\"\nfrequency = \"monthly\"\n[indicators.OTH01.disclosure]\nsensitive = false\n",
        );
    let panel = council.read("config/boards/panel.toml");
    council
        .write("config/boards/sister.toml", panel.replace("\"Panel\"", "\"Sister\"").replace("\"PLA01\", ", ""))
        .write(
            "config/boards/stranger.toml",
            panel.replace("\"Panel\"", "\"Stranger\"").replace("\"PLA01\", \"PLA02\"", "\"OTH01\""),
        );
    change(&council.path("published/2026-09/panel/r1/figures.csv"), "84.0", "55.5");
    // Without a ledger nobody knows what the file said.
    fs::remove_file(council.path("held-ledger.db")).unwrap();
    let said = output_of(&council, &["run", "--period", "2026-10"], 3);
    assert!(said.contains("panel is held:") && said.contains("sister is held:"), "{said}");
    assert!(council.path("published/2026-10/stranger/r1/manifest.json").exists(), "{said}");
    // What showed figures of the stranger's source and is gone from the config is nobody's to judge.
    fs::remove_file(council.path("config/boards/panel.toml")).unwrap();
    fs::write(council.path("published/2026-09/panel/r1/manifest.json"), "{").unwrap();
    fs::remove_dir_all(council.path("published/2026-10")).unwrap();
    fs::remove_file(council.path("held-ledger.db")).unwrap();
    run(&council, "2026-10").code(3);
    assert!(!council.path("published/2026-10/stranger/r1/manifest.json").exists());
}

#[test]
fn a_restricted_editions_files_are_held_against_their_manifest_too() {
    for (file, code) in [("suppression.csv", "F716"), ("figures.csv", "F716")] {
        let council = with_restricted();
        run(&council, "2026-09").success();
        council.write(&format!("restricted/2026-09/panel/r1/{file}"), "edited");
        let audit = output_of(&council, &["verify", "--all"], 3);
        assert!(audit.contains("panel for September 2026, restricted edition:") && audit.contains(file), "{audit}");
        let own = output_of(&council, &["run", "--period", "2026-09"], 3);
        assert!(own.contains("panel (restricted) is held:") && own.contains(code), "{own}");
    }
}

#[cfg(unix)]
#[test]
fn a_restricted_edition_is_readable_by_its_owner_and_group_alone_whatever_the_umask() {
    use std::os::unix::fs::PermissionsExt as _;
    let council = with_restricted();
    let program = snapbox::cmd::cargo_bin!("boardpack").display().to_string();
    let script = format!("umask 000; exec '{program}' run --period 2026-09");
    let status =
        std::process::Command::new("sh").args(["-c", &script]).current_dir(council.path("")).output().unwrap().status;
    assert!(status.success());
    let mode = |path: &str| fs::metadata(council.path(path)).unwrap().permissions().mode() & 0o777;
    let files = council.files("restricted");
    assert!(files.iter().any(|name| name.ends_with("suppression.csv")), "{files:?}");
    for file in files {
        assert_eq!(mode(&format!("restricted/{file}")), 0o640, "{file}");
    }
    for folder in ["restricted", "restricted/2026-09", "restricted/2026-09/panel", "restricted/2026-09/panel/r1"] {
        assert_eq!(mode(folder), 0o750, "{folder}");
    }
    assert_eq!(mode("published/2026-09/panel/r1/figures.csv"), 0o666, "the public one is for all");
}

#[test]
fn nobody_is_sent_from_a_final_pack_to_a_draft() {
    let council = small();
    run(&council, "2026-09").success();
    let first = "published/2026-09/panel/r1/Panel - Plans Scorecard - September 2026 - r1.pdf";
    share(&council, "79,100");
    run(&council, "2026-09").code(3);
    let told = output_of(&council, &["verify", first], 0);
    assert!(told.starts_with("Genuine. ") && told.contains("Revision 2 is being prepared and still a draft"), "{told}");
    assert!(!told.contains("r2.pdf") && !told.contains("Use instead"), "{told}");
    // Once it is final it takes the first one's place.
    council.replace("config/boards/panel.toml", "title = ", "commentary_to_follow = true\ntitle = ");
    run(&council, "2026-09").success();
    let told = output_of(&council, &["verify", first], 3);
    assert!(told.starts_with("Superseded by revision 3.") && told.contains("r3.pdf"), "{told}");
    let draft = "published/2026-09/panel/r2/DRAFT - Panel - Plans Scorecard - September 2026 - r2.pdf";
    assert!(output_of(&council, &["verify", draft], 3).starts_with("Superseded by revision 3."));
}

#[test]
fn a_file_that_is_altered_where_it_stands_is_not_recommended() {
    let council = small();
    run(&council, "2026-09").success();
    let first = "published/2026-09/panel/r1/Panel - Plans Scorecard - September 2026 - r1.pdf";
    council.write(first, "%PDF-1.7 edited");
    let told = output_of(&council, &["verify", first], 3);
    assert!(told.starts_with("Altered.") && told.contains("This may not be the last word: failed to trust"), "{told}");
}

#[test]
fn a_change_of_look_alone_makes_no_revision_of_what_is_final() {
    let council = small();
    run(&council, "2026-09").success();
    council.write("config/theme.toml", "[colours]\naccent = \"#003366\"\n");
    assert!(output_of(&council, &["run", "--period", "2026-09"], 0).contains("final, unchanged"));
    assert!(!council.path("published/2026-09/panel/r2").exists());
    output_of(&council, &["run", "--period", "2026-09", "--new-look"], 0);
    let page = "published/2026-09/panel/r2/Panel - Plans Scorecard - September 2026 - r2.html";
    assert!(council.read(page).contains("The layout of the pack changed."));
    assert!(output_of(&council, &["run", "--period", "2026-09", "--new-look"], 0).contains("final, unchanged"));
    // What it says is another matter.
    council.replace("config/boards/panel.toml", "Plans Scorecard", "Scorecard of Plans");
    run(&council, "2026-09").success();
    assert!(council.path("published/2026-09/panel/r3").exists());
}

#[test]
fn a_storage_that_fails_has_a_page_that_says_so() {
    let council = small();
    share(&council, "broken,100");
    run(&council, "2026-09").code(3);
    assert!(council.read("held/2026-09/panel/findings.json").contains("broken"));
    fs::rename(council.path("share"), council.path("unmounted")).unwrap();
    run(&council, "2026-09").code(4);
    let findings = council.read("held/2026-09/panel/findings.json");
    assert!(findings.contains("F126") && !findings.contains("broken"), "{findings}");
    assert_eq!(council.pdfs("held").len(), 1);
    // It goes once it is no longer true.
    fs::rename(council.path("unmounted"), council.path("share")).unwrap();
    share(&council, "84,100");
    run(&council, "2026-09").success();
    assert!(council.files("held").is_empty());
}
