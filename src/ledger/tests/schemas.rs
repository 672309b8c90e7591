//! Ledgers of other programs: of an earlier one, which become the present shape, and of later ones, which are refused.

use super::super::schema::MIGRATIONS;
use super::*;

#[test]
fn a_ledger_of_a_newer_or_another_program_is_refused_by_name() {
    let newer = || MIGRATIONS.iter().copied().chain(["CREATE TABLE sign_off (board TEXT)"]).collect();
    for (home, other) in homes().into_iter().zip(homes()) {
        drop(made(&home.place, newer()));
        let told = Ledger::open(&home.place, COUNCIL).unwrap_err().to_string();
        let (found, known) = (MIGRATIONS.len() + 1, MIGRATIONS.len());
        let told_of = (format!("its schema is {found}, by boardpack 0."), format!("knows {known}"));
        assert!(told.contains(&told_of.0) && told.contains(&told_of.1), "{told}");
        drop(made(&home.place, newer()));
        drop(made(&other.place, vec!["CREATE TABLE other (board TEXT)"]));
        assert!(matches!(Ledger::open(&other.place, COUNCIL), Err(LedgerError::OtherSchema { version: 1, .. })));
    }
}

/// A ledger in the shape that some migrations give it.
fn made(place: &LedgerPlace, migrations: Vec<&'static str>) -> Ledger {
    if let LedgerPlace::File(path) = place {
        make(path).unwrap();
    }
    Ledger::made(place, COUNCIL, migrations.leak()).unwrap()
}

#[test]
fn a_ledger_of_each_earlier_schema_becomes_the_present_one_and_loses_no_row() {
    const FIXTURES: &[&str] = &[
        include_str!("../fixtures/schema-1.sql"),
        include_str!("../fixtures/schema-2.sql"),
        include_str!("../fixtures/schema-3.sql"),
    ];
    assert_eq!(FIXTURES.len(), MIGRATIONS.len(), "every schema that was released has a ledger here");
    for (fixture, home) in FIXTURES.iter().flat_map(|fixture| homes().into_iter().map(move |home| (fixture, home))) {
        let old = made(&home.place, Vec::new());
        run(&old, "DROP TABLE schema_version").unwrap();
        run(&old, fixture).unwrap();
        drop(old);
        let ledger = Ledger::open(&home.place, COUNCIL).unwrap();
        let dump = ledger.dump().unwrap();
        // What is not in the dump: which packs are unread, and how far the outbox was looked through.
        let not_dumped = ["unread", "outbox_position"].map(|name| format!("INTO {name} VALUES ('Smallshire'"));
        let rows = fixture.matches("VALUES ('Smallshire'").count();
        let not_dumped = not_dumped.iter().filter(|row| fixture.contains(row.as_str()));
        assert_eq!(dump.matches(COUNCIL).count(), rows - not_dumped.count(), "{dump}");
        let revisions = ledger.revisions().unwrap();
        assert_eq!((revisions.len(), events(&ledger).len(), ledger.unread().unwrap().len()), (3, 1, 1));
        assert!(revisions.iter().all(|stored| stored.read().is_some()));
    }
}
