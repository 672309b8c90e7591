//! A published pack made again from the archive, after all that it was made of has changed.

use crate::support::Council;

/// The sample with an archive.
fn council() -> Council {
    let council = Council::sample();
    council.replace(
        "config/boardpack.toml",
        "\n[limits]\n",
        "\n[archive]\npath = \"../archive\"\nkeep_days = 90\n\n[limits]\n",
    );
    council
}

/// What `rebuild` answers, with its exit code.
fn rebuilt(council: &Council, which: &[&str], code: i32) -> serde_json::Value {
    let mut args = vec!["rebuild"];
    args.extend(which);
    args.push("--json");
    let output = council.boardpack(&args).code(code).get_output().clone();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn is_same(answer: &serde_json::Value) -> bool {
    let files = answer["files"].as_array().unwrap();
    !files.is_empty() && files.iter().all(|file| file["same"] == true) && answer["differs"] == serde_json::json!([])
}

/// A draft, then the same pack with one more text, by another look of the workbooks.
fn twice() -> Council {
    let council = council();
    council
        .boardpack(&["run", "--period", "2026-10", "--board", "improving-lives", "--board", "corporate-parenting"])
        .code(3);
    council.write(
        "config/commentary/2026-10/improving-lives.toml",
        "[AS01]\ntext = \"Two posts are filled.\"\naction = \"A third is advertised.\"\nowner = \"Head of Service\"\ndue = \"2027-01-31\"\n",
    );
    council.boardpack(&["run", "--period", "2026-10", "--board", "improving-lives"]).code(3);
    assert!(council.path("published/2026-10/improving-lives/r2/manifest.json").is_file());
    council
}

#[test]
fn an_issued_pack_is_made_again_to_the_byte_when_all_it_was_made_of_has_changed() {
    let council = twice();
    // Nothing is as it was: no workbook, no board, other settings.
    std::fs::remove_dir_all(council.path("sample")).unwrap();
    std::fs::remove_dir_all(council.path("config/commentary")).unwrap();
    council.replace("config/boards/improving-lives.toml", "headlines = [\"AS01\"", "details = [\"AS01\"");
    council.replace("config/boardpack.toml", "name = \"Wrenshire", "name = \"Wrenshire ");
    council.boardpack(&["config"]).success();
    for (revision, to) in [("r1", "one"), ("r2", "two")] {
        let answer = rebuilt(&council, &["improving-lives", "2026-10", revision, "--to", to], 0);
        assert!(is_same(&answer), "{answer:#}");
    }
    let which = ["corporate-parenting", "2026-10", "r1", "--edition", "restricted", "--to", "three"];
    let answer = rebuilt(&council, &which, 0);
    assert!(is_same(&answer), "{answer:#}");
}

#[test]
fn what_differs_is_named_and_nothing_that_was_published_changes() {
    let council = council();
    council.boardpack(&["run", "--period", "2026-10", "--board", "improvement"]).code(0);
    let before = council.files("published");
    // As if another program had made it: a digest of the record alone says so.
    let made = council.files("archive/made/2026-10");
    let record = format!("archive/made/2026-10/{}", made[0]);
    let digest = serde_json::from_str::<serde_json::Value>(&council.read(&record)).unwrap()["config_sha256"].clone();
    council.replace(&record, digest.as_str().unwrap(), &"0".repeat(64));
    let text = council.boardpack(&["rebuild", "improvement", "2026-10", "r1", "--to", "first"]).code(3);
    let text = String::from_utf8(text.get_output().stdout.clone()).unwrap();
    assert!(text.starts_with("improvement for October 2026, revision 1: made again, it is not the same"), "{text}");
    assert!(text.contains("Other than then: config."), "{text}");
    let answer = rebuilt(&council, &["improvement", "2026-10", "r1", "--to", "again"], 3);
    assert_eq!(answer["differs"], serde_json::json!(["config"]));
    let another: Vec<&str> = answer["files"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|file| file["same"] == false)
        .map(|file| file["name"].as_str().unwrap())
        .collect();
    assert_eq!(another, ["manifest.json"], "the pack itself does not say of which config it is");
    assert_eq!(council.files("published"), before);
    assert!(council.path("again/published/2026-10/improvement/r1/manifest.json").is_file());
    // A folder that is there is not written into.
    council.boardpack(&["rebuild", "improvement", "2026-10", "r1", "--to", "again"]).code(2);
}

#[test]
fn what_cannot_be_made_again_is_refused_with_the_reason() {
    let council = Council::sample();
    council.boardpack(&["run", "--period", "2026-10", "--board", "improvement"]).code(0);
    let told = |council: &Council, revision: &str, code: i32| {
        let args = ["rebuild", "improvement", "2026-10", revision, "--to", "again"];
        let output = council.boardpack(&args).code(code).get_output().clone();
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(told(&council, "r1", 2).contains("failed to find an archive"));
    council.replace("config/boardpack.toml", "\n[limits]\n", "\n[archive]\npath = \"../archive\"\n\n[limits]\n");
    assert!(told(&council, "r1", 1).contains("failed to find in the archive what revision 1 was made of"));
    assert!(told(&council, "r2", 1).contains("it was not published"));
    assert!(!council.path("again").exists());

    let council = self::council();
    council.boardpack(&["run", "--period", "2026-10", "--board", "improvement"]).code(0);
    let workbooks = council.files("archive/files");
    assert!(!workbooks.is_empty());
    for name in &workbooks {
        council.write(&format!("archive/files/{name}"), "other bytes");
    }
    assert!(told(&council, "r1", 1).contains("it was changed after it was published"));
}

#[test]
fn no_secret_and_no_list_of_people_is_kept_and_a_dry_run_keeps_nothing() {
    let council = council();
    council.replace(
        "config/boardpack.toml",
        "\n[log]\n",
        "\n[heartbeat]\nurl = \"https://example.org/s3cret\"\n\n[log]\n",
    );
    council.boardpack(&["run", "--period", "2026-10", "--board", "improvement", "--dry-run"]).code(0);
    assert!(council.files("archive").is_empty());
    council.boardpack(&["run", "--period", "2026-10", "--board", "improvement"]).code(0);
    let kept = council.files("archive/files");
    assert!(!kept.is_empty());
    for name in &kept {
        let bytes = std::fs::read(council.path(&format!("archive/files/{name}"))).unwrap();
        assert!(!bytes.windows(6).any(|part| part == b"s3cret"), "{name}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = council.path(&format!("archive/files/{name}")).metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o7777, 0o640, "{name}");
        }
    }
    // Made again, nothing new is kept: the pack stands.
    council.boardpack(&["run", "--period", "2026-10", "--board", "improvement"]).code(0);
    assert_eq!(council.files("archive/files"), kept);
    assert_eq!(council.files("archive/made/2026-10").len(), 1);
}
