//! The ledger and the published folder, each held against the other, whatever happened to
//! either: lost files, restored ones, a crash between the two.

use std::fs;
use std::process::Command;

use sqlx::{Connection as _, Row as _};

use crate::issued::{output_of, published, published_of};
use crate::support::Council;
#[cfg(target_os = "linux")]
use crate::support::can_trace;
use crate::trail::{run, share, small, with_restricted};

/// A council for each kind of ledger. The one in PostgreSQL is left to `tests/run` where that is not there.
pub(crate) fn councils() -> Vec<Council> {
    #[cfg(target_os = "linux")]
    let on_server = crate::postgres_server::PostgresServer::start().map(|server| small().on(server));
    #[cfg(not(target_os = "linux"))]
    let on_server = None;
    std::iter::once(small()).chain(on_server).collect()
}

/// The same with revisions of September.
pub(crate) fn all_published(revisions: u32) -> impl Iterator<Item = Council> {
    councils().into_iter().map(move |council| published_of(council, revisions))
}

pub(crate) fn is_file(council: &Council) -> bool {
    council.environment().is_empty()
}

/// Asks a ledger, or changes it behind the program's back: the first column of the last answer's rows.
pub(crate) fn sql(council: &Council, statement: &str) -> Vec<String> {
    #[cfg(target_os = "linux")]
    if let Some(server) = &council.server {
        return server.sql("ledger", statement);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(council.path("held-ledger.db"));
        let mut connection = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
        let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).fetch_all(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        rows.iter().map(|row| row.get::<String, _>(0)).collect()
    })
}

/// Each revision of the ledger, "2026-09 r1".
pub(crate) fn revisions(council: &Council) -> Vec<String> {
    sql(council, "SELECT period || ' r' || revision FROM revision ORDER BY 1")
}

/// Each revision of the folder.
pub(crate) fn manifests(council: &Council) -> Vec<String> {
    let files = council.files("published");
    let of = |file: &String| {
        let mut parts = file.strip_suffix("/manifest.json")?.split('/');
        Some(format!("{} {}", parts.next()?, parts.nth(1)?))
    };
    files.iter().filter_map(of).collect()
}

/// That both have the same, once, and that neither has a trace of what did not end.
#[track_caller]
pub(crate) fn are_one(council: &Council, told: &str) {
    assert_eq!(revisions(council), manifests(council), "{told}");
    assert_eq!(sql(council, "SELECT period FROM attempt"), [""; 0], "{told}");
    let check = output_of(council, &["ledger", "check"], 0);
    assert!(check.starts_with("The ledger and the published folder say the same"), "{told}: {check}");
    output_of(council, &["verify", "--all"], 0);
}

#[test]
fn what_the_folder_lacks_is_not_issued_again_until_somebody_says_why() {
    for (is_edited, council) in
        [false, true].into_iter().flat_map(|is_edited| all_published(2).map(move |council| (is_edited, council)))
    {
        let second = council.path("published/2026-09/panel/r2");
        if is_edited {
            // With a seal of its own: whoever can write there can make one.
            let text = fs::read_to_string(second.join("manifest.json")).unwrap();
            let mut manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
            manifest.as_object_mut().unwrap().remove("seal");
            manifest["content_sha256"] = "00".into();
            fs::write(second.join("manifest.json"), serde_json::to_vec_pretty(&manifest).unwrap()).unwrap();
        } else {
            fs::remove_dir_all(&second).unwrap();
        }
        let code = if is_edited { "F718" } else { "F717" };
        assert!(output_of(&council, &["run", "--period", "2026-09"], 3).contains(code));
        let check = output_of(&council, &["ledger", "check"], 3);
        assert!(check.contains("panel for September 2026, revision 2") && check.contains("1 difference in"), "{check}");
        let refused = output_of(&council, &["ledger", "rebuild"], 4);
        assert!(refused.contains("panel for September 2026, public edition, revision 2"), "{refused}");

        let accept = ["ledger", "accept-loss", "panel", "2026-09", "--because", "destroyed, no backup"];
        assert!(
            output_of(&council, &["ledger", "accept-loss", "panel", "2026-09", "--because", " "], 2)
                .contains("--because")
        );
        let told = output_of(&council, &accept, 0);
        assert!(told.contains("r2 may be gone") && told.contains("the next one is r3"), "{told}");
        output_of(&council, &accept, 2);
        let because = sql(&council, "SELECT told FROM event WHERE kind = 'loss-accepted'");
        assert!(because.len() == 1 && because[0].contains("destroyed, no backup"), "{because:?}");

        // Its number is never given to another, whatever the next one says.
        assert!(output_of(&council, &["run", "--period", "2026-09"], 0).contains("r3"));
        assert_eq!(council.manifest("2026-09", "panel", 3)["supersedes"], 2);
        assert!(output_of(&council, &["run", "--period", "2026-09"], 0).contains("unchanged"));
        assert_eq!(revisions(&council), ["2026-09 r1", "2026-09 r2", "2026-09 r3"]);
        output_of(&council, &["ledger", "check"], 0);
    }
}

#[test]
fn what_the_ledger_does_not_know_is_not_followed_until_it_is_rebuilt() {
    for council in all_published(2) {
        let backup = output_of(&council, &["ledger", "backup", "old.db"], if is_file(&council) { 0 } else { 4 });
        assert!(is_file(&council) || backup.contains("pg_dump"), "{backup}");
        share(&council, "80,100");
        run(&council, "2026-09").success();
        // An older ledger is brought back.
        match is_file(&council) {
            true => drop(fs::copy(council.path("old.db"), council.path("held-ledger.db")).unwrap()),
            false => drop(sql(&council, "DELETE FROM revision WHERE revision = 3")),
        }
        let own = output_of(&council, &["run", "--period", "2026-09"], 3);
        assert!(own.contains("F718") && own.contains("boardpack ledger rebuild"), "{own}");
        assert!(output_of(&council, &["ledger", "check"], 3).contains("the ledger does not know"));
        assert!(!council.path("published/2026-09/panel/r4").exists());
        let told = output_of(&council, &["ledger", "rebuild"], 0);
        assert!(
            told.contains(if is_file(&council) { "held-ledger.db.before-" } else { "has all that stands" }),
            "{told}"
        );
        assert!(output_of(&council, &["run", "--period", "2026-09"], 0).contains("final, unchanged"));
        are_one(&council, "rebuilt");
    }
}

#[test]
fn a_ledger_that_is_made_anew_is_the_one_before() {
    let council = with_restricted();
    council.replace("config/boards/panel.toml", "title = ", "commentary_to_follow = true\ntitle = ");
    for september in ["84,100", "79,100", "83,100"] {
        share(&council, september);
        run(&council, "2026-09").success();
    }
    fs::remove_dir_all(council.path("published/2026-09/panel/r2")).unwrap();
    output_of(&council, &["ledger", "accept-loss", "panel", "2026-09", "--because", "fire"], 0);
    share(&council, "broken,100");
    run(&council, "2026-10").code(3);
    let dump = |council: &Council| {
        let ledger = boardpack::ledger::Ledger::open(&council.path("held-ledger.db"), "Smallshire").unwrap();
        ledger.dump().unwrap()
    };
    let before = dump(&council);
    assert!(before.contains("fire") && before.contains("restricted") && before.contains("2026-10"), "{before}");
    output_of(&council, &["ledger", "rebuild"], 0);
    assert_eq!(dump(&council), before);
    assert_eq!(sql(&council, "SELECT kind FROM event ORDER BY id DESC LIMIT 1"), ["rebuilt"]);

    // What a file said that was altered since is not forgotten.
    let figures = council.path("published/2026-09/panel/r1/figures.csv");
    let as_published = fs::read(&figures).unwrap();
    fs::write(&figures, "edited").unwrap();
    output_of(&council, &["ledger", "rebuild"], 0);
    assert_eq!(dump(&council), before);
    fs::write(&figures, as_published).unwrap();

    // From nothing but the folder: what only the ledger knew is gone, and the gap is told.
    fs::remove_file(council.path("held-ledger.db")).unwrap();
    assert!(output_of(&council, &["run", "--period", "2026-09"], 3).contains("F717"));
    // A damaged one is no hindrance to a new one.
    output_of(&council, &["ledger", "accept-loss", "panel", "2026-09", "--because", "fire"], 0);
    fs::write(council.path("held-ledger.db"), "not a ledger at all, though it lies where one should".repeat(9))
        .unwrap();
    output_of(&council, &["run", "--period", "2026-09"], 4);
    output_of(&council, &["verify", "--all"], 3);
    output_of(&council, &["ledger", "rebuild"], 0);
    assert_eq!(sql(&council, "SELECT DISTINCT board FROM revision"), ["panel"]);
}

#[test]
fn what_an_earlier_program_remembered_is_taken_over_once_and_kept() {
    let council = published(2);
    let issued = |revision: u32| {
        let manifest = council.read(&format!("published/2026-09/panel/r{revision}/manifest.json"));
        boardpack::digest::sha256(manifest.as_bytes())
    };
    let remembered = format!(
        "{{\"schema\": 1, \"issued\": {{\"public\": {{\"2026-09/panel\": {{\"revision\": 2, \"manifest_sha256\": \"{}\"}}}}}}}}",
        issued(2)
    );
    fs::remove_file(council.path("held-ledger.db")).unwrap();
    council.write("held-issued.json", &remembered);
    assert!(output_of(&council, &["run", "--period", "2026-09"], 0).contains("unchanged"));
    are_one(&council, "taken over");
    assert_eq!(council.read("held-issued.json"), remembered);

    // What it knew and is gone is missed: at the first look and from then on, and holds
    // whatever shares a source, for nobody knows what it told.
    fs::remove_file(council.path("held-ledger.db")).unwrap();
    fs::rename(council.path("published/2026-09/panel/r2"), council.path("elsewhere")).unwrap();
    for _ in 0..2 {
        for args in
            [&["run", "--period", "2026-09"][..], &["run", "--period", "2026-10"], &["check", "--period", "2026-10"]]
        {
            assert!(output_of(&council, args, 3).contains("F717"), "{args:?}");
        }
    }
    fs::rename(council.path("elsewhere"), council.path("published/2026-09/panel/r2")).unwrap();
    run(&council, "2026-10").success();
    are_one(&council, "brought back");

    council.write("held-issued.json", "{");
    run(&council, "2026-10").success();
    fs::remove_file(council.path("held-ledger.db")).unwrap();
    assert!(output_of(&council, &["run", "--period", "2026-10"], 4).contains("held-issued.json, which remembers"));
}

/// Takes the whole ledger away.
fn lose(council: &Council) {
    match is_file(council) {
        true => fs::remove_file(council.path("held-ledger.db")).unwrap(),
        false => drop(sql(council, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")),
    }
}

fn is_there(council: &Council) -> bool {
    match is_file(council) {
        true => council.path("held-ledger.db").exists(),
        false => sql(council, "SELECT COALESCE(to_regclass('revision')::text, '')") != [""],
    }
}

#[test]
fn a_ledger_that_is_gone_is_filled_from_the_folder_and_a_look_makes_none() {
    for council in all_published(3) {
        let before = revisions(&council);
        lose(&council);
        for args in [
            &["status", "--json"][..],
            &["check", "--period", "2026-10"],
            &["run", "--period", "2026-10", "--dry-run"],
            &["verify", "--all"],
        ] {
            council.boardpack(args);
            assert!(!is_there(&council), "{args:?}");
        }
        assert!(output_of(&council, &["ledger", "check"], 4).contains("the first run makes it"));
        run(&council, "2026-10").success();
        assert_eq!(revisions(&council)[..3], before);
        are_one(&council, "filled");
    }
}

#[test]
fn a_crash_between_the_manifest_and_the_row_is_ended_by_the_next_run() {
    for council in all_published(2) {
        let undone = "INSERT INTO attempt SELECT council, period, board, edition, revision, content_sha256, issued_at \
                      FROM revision WHERE revision = 2; DELETE FROM revision WHERE revision = 2; SELECT board FROM attempt";
        assert_eq!(sql(&council, undone), ["panel"]);
        // A look is not led astray by it.
        output_of(&council, &["check", "--period", "2026-10"], 0);
        output_of(&council, &["ledger", "check"], 0);
        assert!(output_of(&council, &["run", "--period", "2026-09"], 0).contains("final, unchanged"));
        are_one(&council, "taken over");

        // What stands in its place with another content is nobody's.
        sql(&council, &undone.replace("content_sha256, issued_at", "'another', issued_at"));
        assert!(output_of(&council, &["run", "--period", "2026-09"], 3).contains("boardpack ledger rebuild"));
        // An attempt of which nothing came is forgotten.
        output_of(&council, &["ledger", "rebuild"], 0);
        sql(
            &council,
            "INSERT INTO attempt VALUES ('Smallshire', '2026-09', 'panel', 'public', 3, 'x', 'y'); SELECT board FROM attempt",
        );
        run(&council, "2026-09").success();
        are_one(&council, "forgotten");
    }
}

#[test]
fn who_did_what_and_what_is_held_is_noted() {
    for council in all_published(1) {
        let by = |period: &str, code: i32| {
            council.command().env("USER", "clerk").args(["run", "--period", period]).assert().code(code);
        };
        let held = || sql(&council, "SELECT period || ' ' || codes FROM held");
        let kinds =
            || sql(&council, "SELECT kind || ' ' || period FROM event WHERE told LIKE '%\"clerk\"%' ORDER BY id");
        share(&council, "broken,100");
        by("2026-09", 3);
        assert!(held()[0].starts_with("2026-09 [\"F3"), "{:?}", held());
        // A storage that fails has a page that says so, and stands as held.
        fs::rename(council.path("share"), council.path("unmounted")).unwrap();
        by("2026-09", 4);
        by("2026-09", 4);
        assert_eq!(held(), ["2026-09 [\"F126\"]"]);
        fs::rename(council.path("unmounted"), council.path("share")).unwrap();
        share(&council, "79,100");
        by("2026-09", 0);
        assert_eq!(held(), [""; 0]);
        assert_eq!(kinds(), ["held 2026-09", "failed 2026-09", "published 2026-09", "released 2026-09"]);
        // Nothing happened: nothing is noted.
        by("2026-09", 0);
        assert_eq!(kinds().len(), 4);
        let findings = sql(&council, "SELECT DISTINCT code FROM finding");
        assert!(findings.contains(&"F402".to_owned()), "{findings:?}");
    }
}

#[test]
fn two_runs_at_once_publish_once() {
    for council in all_published(1) {
        share(&council, "79,100");
        let runs: Vec<_> =
            (0..2).map(|_| council.program().args(["run", "--period", "2026-09"]).spawn().unwrap()).collect();
        let codes: Vec<Option<i32>> = runs.into_iter().map(|mut run| run.wait().unwrap().code()).collect();
        assert!(codes.contains(&Some(0)) && codes.iter().all(|code| matches!(code, Some(0 | 1))), "{codes:?}");
        assert_eq!(revisions(&council), ["2026-09 r1", "2026-09 r2"]);
        are_one(&council, "two at once");
    }
}

#[test]
fn a_ledger_that_others_write_to_fails_the_pack_and_issues_nothing() {
    let council = published(1);
    share(&council, "79,100");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(council.path("held-ledger.db"));
    let mut other = runtime.block_on(sqlx::SqliteConnection::connect_with(&options)).unwrap();
    runtime.block_on(sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other)).unwrap();
    let told = output_of(&council, &["run", "--period", "2026-09"], 4);
    assert!(told.contains("another program is writing to it"), "{told}");
    assert!(!council.path("published/2026-09/panel/r2").exists());
    // Looking and copying go on.
    output_of(&council, &["check", "--period", "2026-09"], 0);
    output_of(&council, &["ledger", "backup", "copy.db"], 0);
    runtime.block_on(other.close()).unwrap();
    run(&council, "2026-09").success();
    are_one(&council, "free again");
}

#[cfg(target_os = "linux")]
#[test]
fn a_ledger_that_may_only_be_read_fails_the_pack_and_issues_nothing() {
    let council = published(1);
    share(&council, "79,100");
    if !can_trace() {
        return;
    }
    // The superuser may write to anything: the kernel's answer to whoever may not is given for it.
    let output = Command::new("strace")
        .args(["-f", "-o", "/dev/null", "-e", "trace=openat", "-e", "inject=openat:error=EACCES:when=1", "-P"])
        .arg(council.path("held-ledger.db"))
        .arg(snapbox::cmd::cargo_bin!("boardpack"))
        .args(["run", "--period", "2026-09"])
        .current_dir(council.path(""))
        .output()
        .unwrap();
    let output = (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned());
    assert!(output.0 == Some(4) && output.1.contains("may only be read"), "{output:?}");
    assert!(!council.path("published/2026-09/panel/r2").exists());
    run(&council, "2026-09").success();
    are_one(&council, "may be written again");
}

/// How many files below the published folder and the held one a command opens.
#[cfg(target_os = "linux")]
fn opened(council: &Council, args: &[&str]) -> usize {
    let trace = council.path("trace");
    let program = snapbox::cmd::cargo_bin!("boardpack").display().to_string();
    let ended = Command::new("strace")
        .args(["-f", "-e", "trace=openat,open", "-o"])
        .arg(&trace)
        .arg(&program)
        .args(args)
        .current_dir(council.path(""))
        .output();
    ended.unwrap();
    let lines = fs::read_to_string(&trace).unwrap();
    let is_ours = |line: &&str| line.contains("/published") || line.contains("/held/") || line.contains("/held\"");
    lines.lines().filter(is_ours).count()
}

#[cfg(target_os = "linux")]
#[test]
fn what_stands_is_known_without_opening_a_file_of_any_pack() {
    if !can_trace() {
        return;
    }
    let council = published(1);
    let one = opened(&council, &["status"]);
    for (september, period) in
        [("79,100", "2026-09"), ("83,100", "2026-09"), ("83,100", "2026-10"), ("83,100", "2026-11")]
    {
        share(&council, september);
        run(&council, period).success();
    }
    let many = opened(&council, &["status"]);
    assert_eq!((one, many), (2, 2), "the folder and its latest month");
    // A run reads what was told from the ledger, and holds its own pack alone against it.
    let own = opened(&council, &["run", "--period", "2026-11", "--dry-run"]);
    assert!(own < 30, "{own}");
}
