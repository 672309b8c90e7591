//! That a ledger remembers, refuses what it must, and loses nothing on its way to a later shape.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::schema::MIGRATIONS;
use super::*;
use crate::digest::sha256;
use crate::domain::{BoardId, Edition, PackKey, PackState, Period};
use crate::publish::{FileEntry, Issue, Manifest, RevisionRecord};

const COUNCIL: &str = "Smallshire";
const AT: &str = "2026-11-04T06:00:00Z";
const FIGURES: &str = "ref,value\nPLA01,84.0\n";

/// A folder of a test's own, and a ledger in it.
fn place() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("Räte 100% #1?.db");
    (dir, path)
}

fn key(month: u32) -> PackKey {
    PackKey { period: Period::new(2026, month).unwrap(), board: BoardId::parse("panel").unwrap() }
}

fn stored(month: u32, edition: Edition, revision: u32, content: &str) -> StoredRevision {
    let manifest = Manifest {
        schema: 1,
        board: key(month).board,
        period: key(month).period,
        edition,
        revision,
        state: if content == "draft" { PackState::Draft } else { PackState::Final },
        supersedes: revision.checked_sub(1).filter(|before| *before > 0),
        outstanding: 0,
        awaited: Vec::new(),
        inputs: Vec::new(),
        record: RevisionRecord::default(),
        config_sha256: "01".into(),
        template_sha256: "02".into(),
        content_sha256: content.into(),
        files: vec![FileEntry { name: "figures.csv".into(), sha256: sha256(FIGURES.as_bytes()), bytes: 21 }],
        program: "boardpack".into(),
        seal: None,
    };
    let manifest = serde_json::to_string_pretty(&manifest).unwrap() + "\n";
    let manifest_sha256 = sha256(manifest.as_bytes());
    let (figures_csv, issued_at) = (FIGURES.to_owned(), AT.to_owned());
    StoredRevision { key: key(month), edition, revision, manifest_sha256, manifest, figures_csv, issued_at }
}

fn issue(month: u32, revision: u32, content: &str) -> Issue {
    Issue {
        key: key(month),
        revision,
        supersedes: None,
        state: PackState::Final,
        file_stem: String::new(),
        figures_csv: Vec::new(),
        findings_json: Vec::new(),
        suppression_csv: None,
        inputs: Vec::new(),
        record: RevisionRecord::default(),
        config_sha256: String::new(),
        template_sha256: String::new(),
        content_sha256: content.into(),
        awaited: Vec::new(),
    }
}

/// The kinds of all that happened, with what was told.
fn events(ledger: &Ledger) -> Vec<String> {
    let rows: Vec<(String, String)> = ledger
        .ask(async |connection| sqlx::query_as("SELECT kind, told FROM event ORDER BY id").fetch_all(connection).await)
        .unwrap();
    rows.into_iter().map(|(kind, told)| format!("{kind} {told}")).collect()
}

fn run(ledger: &Ledger, sql: &'static str) -> Result<(), LedgerError> {
    ledger.ask(async move |connection| sqlx::raw_sql(sql).execute(connection).await.map(drop))
}

#[test]
fn what_is_recorded_is_read_back_by_the_next_who_opens_it() {
    let (_dir, path) = place();
    let issued = [
        stored(10, Edition::Public, 1, "draft"),
        stored(10, Edition::Public, 2, "one"),
        stored(10, Edition::Restricted, 1, "draft"),
        stored(11, Edition::Public, 1, "one"),
    ];
    let ledger = Ledger::open(&path, COUNCIL).unwrap();
    assert!(ledger.is_new().unwrap());
    ledger.begin(&issue(11, 1, "one"), Edition::Public, AT).unwrap();
    ledger.record(issued.to_vec(), "clerk").unwrap();
    drop(ledger);
    let ledger = Ledger::open(&path, COUNCIL).unwrap();
    assert_eq!(ledger.revisions().unwrap(), issued);
    assert!(ledger.begun().unwrap().is_empty(), "the row took the attempt's place");
    let standing: Vec<(PackKey, Edition, PackState)> =
        ledger.standing().unwrap().into_iter().map(|latest| (latest.key, latest.edition, latest.state)).collect();
    assert_eq!(
        standing,
        [
            (key(10), Edition::Public, PackState::Final),
            (key(10), Edition::Restricted, PackState::Draft),
            (key(11), Edition::Public, PackState::Final),
        ]
    );
    // One that may be gone stands no more; another council's rows are not seen.
    ledger.accept_loss((&key(10), Edition::Public), vec![2], "destroyed", ("clerk", AT)).unwrap();
    assert_eq!(ledger.standing().unwrap()[0].state, PackState::Draft);
    assert!(Ledger::open(&path, "Elsewhere").unwrap().is_new().unwrap());
}

#[cfg(unix)]
#[test]
#[expect(clippy::disallowed_methods, reason = "a test's own folder")]
fn a_ledger_is_its_accounts_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let (dir, path) = place();
    let ledger = Ledger::open(&path, COUNCIL).unwrap();
    ledger.record(vec![stored(10, Edition::Restricted, 1, "one")], "clerk").unwrap();
    ledger.backup(&dir.path().join("copy.db")).unwrap();
    let mut modes: Vec<(String, u32)> = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.metadata().unwrap().permissions().mode() & 0o777))
        .collect();
    modes.sort();
    assert!(modes.len() == 4 && modes.iter().all(|(_, mode)| *mode == 0o600), "{modes:?}");
}

#[test]
fn a_revision_is_noted_once_and_another_of_its_number_never() {
    let ledger = Ledger::in_memory(COUNCIL).unwrap();
    let first = stored(10, Edition::Public, 1, "one");
    ledger.record(vec![first.clone()], "clerk").unwrap();
    ledger.record(vec![first.clone()], "clerk").unwrap();
    assert_eq!(events(&ledger), ["published {\"by\":\"clerk\",\"state\":\"final\"}"]);
    let other =
        ledger.record(vec![stored(11, Edition::Public, 1, "one"), stored(10, Edition::Public, 1, "two")], "clerk");
    assert!(matches!(other, Err(LedgerError::Conflict { revision: 1, .. })), "{other:?}");
    assert_eq!(ledger.revisions().unwrap(), std::slice::from_ref(&first), "all of it or nothing");
    // A pack comes back to what it said before, after a correction; the same after the same is nothing new.
    ledger.record(vec![stored(10, Edition::Public, 2, "two"), stored(10, Edition::Public, 3, "one")], "clerk").unwrap();
    let again = StoredRevision { revision: 4, ..stored(10, Edition::Public, 3, "one") };
    assert!(matches!(ledger.record(vec![again], "clerk"), Err(LedgerError::Query { .. })));
}

#[test]
fn what_is_held_found_or_failed_is_noted_once_and_keeps_its_first_day() {
    let ledger = Ledger::in_memory(COUNCIL).unwrap();
    let pairs = |codes: &[&str]| -> BTreeSet<(String, String)> {
        codes.iter().map(|code| ((*code).to_owned(), "plans.csv".to_owned())).collect()
    };
    let note = |end: PackEnd, codes: &[&str], at: &str| {
        let note = PackNote { key: key(10), edition: Edition::Public, end, findings: Some(pairs(codes)) };
        ledger.note(vec![note], "daemon", at).unwrap();
    };
    let held = |code: &str| PackEnd::Held(BTreeSet::from([code.to_owned()]));
    note(held("F101"), &["F101", "F120"], "1");
    note(held("F101"), &["F101"], "2");
    assert_eq!(ledger.held().unwrap(), BTreeSet::from([key(10)]));
    note(held("F104"), &["F101", "F104"], "3");
    note(PackEnd::Failed { error: "gone".into(), held: None }, &["F101"], "4");
    note(PackEnd::Failed { error: "gone".into(), held: None }, &["F101"], "5");
    let dump = ledger.dump().unwrap();
    assert!(
        dump.contains("|1|[\"F104\"]") && dump.contains("F101|plans.csv|1") && !dump.contains("F104|plans"),
        "{dump}"
    );
    note(PackEnd::Failed { error: "share".into(), held: Some("F126".into()) }, &["F101"], "6");
    assert!(ledger.dump().unwrap().contains("|1|[\"F126\"]"));
    note(PackEnd::Stands, &[], "6");
    note(PackEnd::Stands, &[], "7");
    assert!(ledger.held().unwrap().is_empty() && ledger.dump().unwrap().is_empty());
    let kinds: Vec<String> = events(&ledger).iter().map(|event| event.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(kinds, ["held", "held", "failed", "failed", "released"]);
}

#[test]
fn whoever_asks_from_wherever_is_answered() {
    let ledger = Ledger::in_memory(COUNCIL).unwrap();
    let ledger = &ledger;
    std::thread::scope(|scope| {
        for month in 1..=6 {
            scope.spawn(move || ledger.record(vec![stored(month, Edition::Public, 1, "one")], "clerk").unwrap());
        }
    });
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(runtime.block_on(async { ledger.revisions().unwrap().len() }), 6);
}

#[test]
fn a_ledger_of_a_newer_or_another_program_is_refused_by_name() {
    let (_dir, path) = place();
    const NEWER: &[&str] = &[MIGRATIONS[0], MIGRATIONS[1], "CREATE TABLE sign_off (board TEXT)"];
    make(&path).unwrap();
    drop(Ledger::connect(&path, COUNCIL, NEWER).unwrap());
    let told = Ledger::open(&path, COUNCIL).unwrap_err().to_string();
    assert!(told.contains("its schema is 3, by boardpack 0.") && told.contains("knows 2"), "{told}");
    drop(Ledger::connect(&path, COUNCIL, NEWER).unwrap());
    let (_dir, path) = place();
    make(&path).unwrap();
    drop(Ledger::connect(&path, COUNCIL, &["CREATE TABLE other (board TEXT)"]).unwrap());
    assert!(matches!(Ledger::open(&path, COUNCIL), Err(LedgerError::OtherSchema { version: 1, .. })));
}

#[test]
fn a_ledger_of_each_earlier_schema_becomes_the_present_one_and_loses_no_row() {
    const FIXTURES: &[&str] = &[include_str!("fixtures/schema-1.sql"), include_str!("fixtures/schema-2.sql")];
    assert_eq!(FIXTURES.len(), MIGRATIONS.len(), "every schema that was released has a ledger here");
    for fixture in FIXTURES {
        let (_dir, path) = place();
        make(&path).unwrap();
        let old = Ledger::connect(&path, COUNCIL, &[]).unwrap();
        run(&old, "DROP TABLE schema_version").unwrap();
        run(&old, fixture).unwrap();
        drop(old);
        let ledger = Ledger::open(&path, COUNCIL).unwrap();
        let dump = ledger.dump().unwrap();
        // What is not in the dump: which packs are unread, and how far the outbox was looked through.
        let not_dumped = ["unread", "outbox_position"].map(|name| format!("INTO {name} VALUES ('Smallshire'"));
        let rows = fixture.matches("VALUES ('Smallshire'").count();
        let not_dumped = not_dumped.iter().filter(|row| fixture.contains(row.as_str())).count();
        assert_eq!(dump.matches(COUNCIL).count(), rows - not_dumped, "{dump}");
        assert_eq!(ledger.unread().unwrap().len(), 1);
        assert_eq!((ledger.revisions().unwrap().len(), events(&ledger).len()), (3, 1));
        assert!(ledger.revisions().unwrap().iter().all(|stored| stored.read().is_some()));
    }
}

#[test]
fn a_ledger_that_another_program_writes_to_is_said_to_be() {
    let (_dir, path) = place();
    let (ours, theirs) = (Ledger::open(&path, COUNCIL).unwrap(), Ledger::open(&path, COUNCIL).unwrap());
    run(&theirs, "BEGIN IMMEDIATE").unwrap();
    let told = ours.record(vec![stored(10, Edition::Public, 1, "one")], "clerk").unwrap_err();
    assert!(matches!(told, LedgerError::Busy { .. }), "{told:?}");
    // Looking is not kept waiting; and what is given up is free again.
    assert!(ours.revisions().unwrap().is_empty());
    drop(theirs);
    ours.record(vec![stored(10, Edition::Public, 1, "one")], "clerk").unwrap();
}

#[test]
fn a_full_disk_is_said_to_be_and_nothing_is_half_noted() {
    let (_dir, path) = place();
    let ledger = Ledger::open(&path, COUNCIL).unwrap();
    ledger.record(vec![stored(10, Edition::Public, 1, "one")], "clerk").unwrap();
    // No page more than there are: what a full disk is to the database.
    run(&ledger, "PRAGMA max_page_count = 1").unwrap();
    let large = StoredRevision { figures_csv: FIGURES.repeat(10_000), ..stored(11, Edition::Public, 1, "one") };
    let told = ledger.record(vec![large.clone()], "clerk").unwrap_err();
    assert!(matches!(told, LedgerError::Full { .. }), "{told:?}");
    run(&ledger, "PRAGMA max_page_count = 1000000").unwrap();
    assert_eq!(ledger.revisions().unwrap().len(), 1);
    ledger.record(vec![large], "clerk").unwrap();
}

#[test]
fn a_file_that_is_no_ledger_and_a_row_that_was_changed_are_known() {
    let (dir, path) = place();
    #[expect(clippy::disallowed_methods, reason = "a test's own file")]
    std::fs::write(&path, "no database, and longer than what a database begins with".repeat(20)).unwrap();
    assert!(matches!(Ledger::open(&path, COUNCIL), Err(LedgerError::Damaged { .. })));
    assert!(matches!(Ledger::open(&dir.path().join("not/there.db"), COUNCIL), Err(LedgerError::File { .. })));
    let whole = stored(10, Edition::Public, 1, "one");
    assert!(whole.read().is_some());
    for changed in [
        StoredRevision { manifest: whole.manifest.replace("\"one\"", "\"two\""), ..whole.clone() },
        StoredRevision { figures_csv: FIGURES.replace("84.0", "48.0"), ..whole.clone() },
        StoredRevision { manifest_sha256: "00".into(), ..whole.clone() },
    ] {
        assert!(changed.read().is_none(), "{changed:?}");
    }
}

#[test]
fn a_backup_holds_what_was_committed_and_overwrites_nothing() {
    let (dir, path) = place();
    let (ledger, busy) = (Ledger::open(&path, COUNCIL).unwrap(), Ledger::open(&path, COUNCIL).unwrap());
    ledger.record(vec![stored(10, Edition::Public, 1, "one")], "clerk").unwrap();
    run(&busy, "BEGIN IMMEDIATE; DELETE FROM revision").unwrap();
    let copy = dir.path().join("it's a copy.db");
    ledger.backup(&copy).unwrap();
    assert_eq!(Ledger::open(&copy, COUNCIL).unwrap().dump().unwrap(), ledger.dump().unwrap());
    assert!(matches!(ledger.backup(&copy), Err(LedgerError::Exists { .. })));
}

#[test]
fn a_pack_that_was_missed_is_noted_once_however_often_it_is_said() {
    let (_dir, path) = place();
    let missed = |month: u32| MissedPack {
        key: key(month),
        edition: Edition::Public,
        since: "2026-11-05T06:00:00Z".parse().unwrap(),
    };
    let ledger = Ledger::open(&path, COUNCIL).unwrap();
    ledger.note_missed(vec![missed(10)], "daemon", AT).unwrap();
    ledger.note_missed(vec![missed(10), missed(11)], "daemon", AT).unwrap();
    drop(ledger);
    let ledger = Ledger::open(&path, COUNCIL).unwrap();
    ledger.note_missed(vec![missed(11)], "daemon", AT).unwrap();
    assert_eq!(events(&ledger), [r#"missed {"by":"daemon","due":"2026-11-05T06:00:00Z"}"#; 2]);
    assert_eq!(ledger.missed().unwrap(), [key(10), key(11)].into());
    // Another council's is another's.
    drop(ledger);
    assert!(Ledger::open(&path, "Elsewhere").unwrap().missed().unwrap().is_empty());
}

#[test]
fn a_packs_first_revision_says_when_it_was_first_issued() {
    let (_dir, path) = place();
    let at = |revision: StoredRevision, issued_at: &str| StoredRevision { issued_at: issued_at.to_owned(), ..revision };
    let ledger = Ledger::open(&path, COUNCIL).unwrap();
    let issued = vec![
        at(stored(10, Edition::Public, 1, "draft"), "2026-11-05T06:00:01Z"),
        at(stored(10, Edition::Restricted, 1, "draft"), "2026-11-05T06:00:00Z"),
        at(stored(10, Edition::Public, 2, "one"), "2026-11-04T06:00:00Z"),
    ];
    ledger.record(issued, "daemon").unwrap();
    assert_eq!(ledger.first_issued().unwrap(), [(key(10), "2026-11-05T06:00:00Z".parse().unwrap())].into());
}

#[test]
fn a_look_asks_for_no_more_than_the_packs_in_reach() {
    let (_dir, path) = place();
    let ledger = Ledger::open(&path, COUNCIL).unwrap();
    let issued = [
        stored(9, Edition::Public, 1, "one"),
        stored(10, Edition::Public, 1, "draft"),
        stored(10, Edition::Public, 2, "one"),
        stored(11, Edition::Public, 1, "draft"),
    ];
    assert!(!ledger.has_issued(Edition::Public).unwrap());
    ledger.record(issued.to_vec(), "daemon").unwrap();
    let since = |month| -> Vec<(u32, PackState)> {
        let standing = ledger.standing_since(key(month).period).unwrap();
        standing.into_iter().map(|latest| (latest.key.period.month(), latest.state)).collect()
    };
    assert_eq!(since(10), [(10, PackState::Final), (11, PackState::Draft)]);
    assert_eq!(since(12), []);
    assert_eq!(since(1).len(), 3);
    assert!(ledger.has_issued(Edition::Public).unwrap() && !ledger.has_issued(Edition::Restricted).unwrap());
    // What was lost does not stand; a pack that could not be read must.
    run(&ledger, "INSERT INTO loss SELECT council, period, board, edition, revision, '', '', '' FROM revision")
        .unwrap();
    assert_eq!(since(1), []);
    assert!(!ledger.has_issued(Edition::Public).unwrap());
    run(&ledger, "INSERT INTO unread VALUES ('Smallshire', '2026-10', 'panel', 'public', 0, '')").unwrap();
    assert!(!ledger.has_issued(Edition::Public).unwrap());
    run(&ledger, "UPDATE unread SET revision = 1").unwrap();
    assert!(ledger.has_issued(Edition::Public).unwrap());
}
