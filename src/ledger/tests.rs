//! That a ledger remembers, refuses what it must, and loses nothing on its way to a later
//! shape: in a file and in PostgreSQL alike.

mod files;
mod outbox;
#[cfg(target_os = "linux")]
#[path = "../../tests/suite/postgres_server.rs"]
mod postgres_server;
mod schemas;
#[cfg(target_os = "linux")]
mod server;
mod uploads;

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::*;
use crate::digest::sha256;
use crate::domain::{BoardId, Edition, PackKey, PackState, Period};
use crate::publish::{FileEntry, Issue, Manifest, RevisionRecord};

const COUNCIL: &str = "Smallshire";
const AT: &str = "2026-11-04T06:00:00Z";
const FIGURES: &str = "ref,value\nPLA01,84.0\n";

/// A place for a ledger, with what must outlive it.
struct Home {
    place: LedgerPlace,
    _dir: Option<tempfile::TempDir>,
    #[cfg(target_os = "linux")]
    _server: Option<postgres_server::PostgresServer>,
}

/// A place of each kind. PostgreSQL is left to `tests/run` where it is not there.
fn homes() -> Vec<Home> {
    let (dir, path) = place();
    let file = Home {
        place: LedgerPlace::File(path),
        _dir: Some(dir),
        #[cfg(target_os = "linux")]
        _server: None,
    };
    #[cfg(not(target_os = "linux"))]
    return vec![file];
    #[cfg(target_os = "linux")]
    std::iter::once(file)
        .chain(postgres_server::PostgresServer::start().map(|server| {
            let place = server::at(&server.database("ledger"));
            Home { place, _dir: None, _server: Some(server) }
        }))
        .collect()
}

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
        lacks: std::collections::BTreeMap::new(),
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
        lacks: std::collections::BTreeMap::new(),
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
    for home in homes() {
        let issued = [
            stored(10, Edition::Public, 1, "draft"),
            stored(10, Edition::Public, 2, "one"),
            stored(10, Edition::Restricted, 1, "draft"),
            stored(11, Edition::Public, 1, "one"),
        ];
        let ledger = Ledger::open(&home.place, COUNCIL).unwrap();
        assert!(ledger.is_new().unwrap());
        ledger.begin(&issue(11, 1, "one"), Edition::Public, AT).unwrap();
        ledger.record(issued.to_vec(), "clerk").unwrap();
        drop(ledger);
        let ledger = Ledger::open(&home.place, COUNCIL).unwrap();
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
        assert!(Ledger::open(&home.place, "Elsewhere").unwrap().is_new().unwrap());
    }
}

#[test]
fn a_revision_is_noted_once_and_another_of_its_number_never() {
    for home in homes() {
        let ledger = Ledger::open(&home.place, COUNCIL).unwrap();
        let first = stored(10, Edition::Public, 1, "one");
        ledger.record(vec![first.clone()], "clerk").unwrap();
        ledger.record(vec![first.clone()], "clerk").unwrap();
        assert_eq!(events(&ledger), ["published {\"by\":\"clerk\",\"state\":\"final\"}"]);
        let other =
            ledger.record(vec![stored(11, Edition::Public, 1, "one"), stored(10, Edition::Public, 1, "two")], "clerk");
        assert!(matches!(other, Err(LedgerError::Conflict { revision: 1, .. })), "{other:?}");
        assert_eq!(ledger.revisions().unwrap(), std::slice::from_ref(&first), "all of it or nothing");
        // A pack comes back to what it said before, after a correction; the same after the same is nothing new.
        ledger
            .record(vec![stored(10, Edition::Public, 2, "two"), stored(10, Edition::Public, 3, "one")], "clerk")
            .unwrap();
        let again = StoredRevision { revision: 4, ..stored(10, Edition::Public, 3, "one") };
        assert!(matches!(ledger.record(vec![again], "clerk"), Err(LedgerError::Query { .. })));
    }
}

#[test]
fn what_is_held_found_or_failed_is_noted_once_and_keeps_its_first_day() {
    for home in homes() {
        let ledger = Ledger::open(&home.place, COUNCIL).unwrap();
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
        let kinds: Vec<String> =
            events(&ledger).iter().map(|event| event.split(' ').next().unwrap().to_owned()).collect();
        assert_eq!(kinds, ["held", "held", "failed", "failed", "released"]);
    }
}

#[test]
fn whoever_asks_from_wherever_is_answered() {
    for home in homes() {
        let ledger = Ledger::open(&home.place, COUNCIL).unwrap();
        let ledger = &ledger;
        std::thread::scope(|scope| {
            for month in 1..=6 {
                scope.spawn(move || ledger.record(vec![stored(month, Edition::Public, 1, "one")], "clerk").unwrap());
            }
        });
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        assert_eq!(runtime.block_on(async { ledger.revisions().unwrap().len() }), 6);
    }
}

#[test]
fn programs_that_come_to_a_new_ledger_at_once_all_find_it_made() {
    for home in homes() {
        std::thread::scope(|scope| {
            for month in 1..=8 {
                let place = &home.place;
                scope.spawn(move || {
                    let ledger = Ledger::open(place, COUNCIL).unwrap();
                    ledger.record(vec![stored(month, Edition::Public, 1, "one")], "daemon").unwrap();
                });
            }
        });
        let ledger = Ledger::open(&home.place, COUNCIL).unwrap();
        assert_eq!((ledger.revisions().unwrap().len(), events(&ledger).len()), (8, 8));
    }
}

#[test]
fn of_writers_at_once_one_notes_a_revision_and_each_event_has_its_own_number() {
    for home in homes() {
        drop(Ledger::open(&home.place, COUNCIL).unwrap());
        let others: usize = std::thread::scope(|scope| {
            let writers = (0..6).map(|writer| {
                let place = &home.place;
                scope.spawn(move || {
                    let ledger = Ledger::open(place, COUNCIL).unwrap();
                    let content = if writer % 2 == 0 { "one" } else { "two" };
                    let end = PackEnd::Held(BTreeSet::from([writer.to_string()]));
                    let note = PackNote { key: key(writer + 1), edition: Edition::Public, end, findings: None };
                    ledger.note(vec![note], "daemon", AT).unwrap();
                    usize::from(ledger.record(vec![stored(10, Edition::Public, 1, content)], "daemon").is_err())
                })
            });
            writers.collect::<Vec<_>>().into_iter().map(|writer| writer.join().unwrap()).sum()
        });
        assert_eq!(others, 3, "those of the other content");
        let ledger = Ledger::open(&home.place, COUNCIL).unwrap();
        assert_eq!((ledger.revisions().unwrap().len(), events(&ledger).len()), (1, 7));
    }
}

#[test]
fn a_look_makes_no_ledger_and_finds_the_one_there_is() {
    for home in homes() {
        assert!(Ledger::look(&home.place, COUNCIL).unwrap().is_none());
        assert!(Ledger::look(&home.place, COUNCIL).unwrap().is_none());
        drop(Ledger::open(&home.place, COUNCIL).unwrap());
        assert!(Ledger::look(&home.place, COUNCIL).unwrap().unwrap().is_new().unwrap());
    }
}

#[test]
fn councils_in_one_ledger_know_nothing_of_each_other() {
    for home in homes() {
        let [ours, theirs] = [COUNCIL, "Elsewhere"].map(|council| Ledger::open(&home.place, council).unwrap());
        ours.record(vec![stored(10, Edition::Public, 1, "one")], "clerk").unwrap();
        theirs.record(vec![stored(10, Edition::Public, 1, "two")], "clerk").unwrap();
        theirs.begin(&issue(11, 1, "two"), Edition::Public, AT).unwrap();
        assert_eq!(ours.revisions().unwrap(), [stored(10, Edition::Public, 1, "one")]);
        assert_eq!((ours.begun().unwrap().len(), theirs.begun().unwrap().len()), (0, 1));
    }
}

#[test]
fn a_pack_that_was_missed_is_noted_once_however_often_it_is_said() {
    for home in homes() {
        let missed = |month: u32| MissedPack {
            key: key(month),
            edition: Edition::Public,
            since: "2026-11-05T06:00:00Z".parse().unwrap(),
        };
        let ledger = Ledger::open(&home.place, COUNCIL).unwrap();
        ledger.note_missed(vec![missed(10)], "daemon", AT).unwrap();
        ledger.note_missed(vec![missed(10), missed(11)], "daemon", AT).unwrap();
        drop(ledger);
        let ledger = Ledger::open(&home.place, COUNCIL).unwrap();
        ledger.note_missed(vec![missed(11)], "daemon", AT).unwrap();
        assert_eq!(events(&ledger), [r#"missed {"by":"daemon","due":"2026-11-05T06:00:00Z"}"#; 2]);
        assert_eq!(ledger.missed().unwrap(), [key(10), key(11)].into());
        // Another council's is another's.
        drop(ledger);
        assert!(Ledger::open(&home.place, "Elsewhere").unwrap().missed().unwrap().is_empty());
    }
}

#[test]
fn a_packs_first_revision_says_when_it_was_first_issued() {
    for home in homes() {
        let at =
            |revision: StoredRevision, issued_at: &str| StoredRevision { issued_at: issued_at.to_owned(), ..revision };
        let ledger = Ledger::open(&home.place, COUNCIL).unwrap();
        let issued = vec![
            at(stored(10, Edition::Public, 1, "draft"), "2026-11-05T06:00:01Z"),
            at(stored(10, Edition::Restricted, 1, "draft"), "2026-11-05T06:00:00Z"),
            at(stored(10, Edition::Public, 2, "one"), "2026-11-04T06:00:00Z"),
        ];
        ledger.record(issued, "daemon").unwrap();
        assert_eq!(ledger.first_issued().unwrap(), [(key(10), "2026-11-05T06:00:00Z".parse().unwrap())].into());
    }
}

#[test]
fn a_look_asks_for_no_more_than_the_packs_in_reach() {
    for home in homes() {
        let ledger = Ledger::open(&home.place, COUNCIL).unwrap();
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
}
