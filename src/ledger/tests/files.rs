//! What is a ledger's in a file alone: who may read it, what is said of a disk, and copies.

use super::*;

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
