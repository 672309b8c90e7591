//! What is a ledger's in PostgreSQL alone: its locks, a connection that ends, what is said
//! of a server, and that nothing of its address is.

use std::path::Path;

use super::postgres_server::PostgresServer;
use super::*;
use crate::domain::secret::{Secret, SecretText};

/// The place of a database.
pub(super) fn at(address: &str) -> LedgerPlace {
    LedgerPlace::Server(Secret::Given(SecretText::new(address)))
}

fn names(names: &str) -> BTreeSet<String> {
    names.split(' ').map(str::to_owned).collect()
}

#[test]
fn what_one_session_has_locked_no_other_gets_and_it_ends_with_the_session() {
    let Some(server) = PostgresServer::start() else { return };
    let place = at(&server.database("ledger"));
    let open = |council| Ledger::open(&place, council).unwrap();
    let (first, second, elsewhere) = (open(COUNCIL), open(COUNCIL), open("Elsewhere"));
    assert!(first.try_lock(&names("a b")).unwrap() && first.try_lock(&names("b c")).unwrap());
    first.still_holds().unwrap();
    // All or none: what was free of them is free again.
    assert!(!second.try_lock(&names("c d")).unwrap() && !second.try_lock(&names("0 a")).unwrap());
    assert!(second.try_lock(&names("d 0")).unwrap() && !first.try_lock(&names("d")).unwrap());
    assert!(elsewhere.try_lock(&names("a b c d")).unwrap(), "another council's are others");
    drop(first);
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !second.try_lock(&names("a b c")).unwrap() {
        assert!(std::time::Instant::now() < until, "the locks outlive their session");
    }
    // What stands between may give it another session, or take its locks.
    run(&second, "SELECT pg_advisory_unlock_all()").unwrap();
    assert!(matches!(second.still_holds(), Err(LedgerError::LocksGone)));
}

#[test]
fn a_session_that_was_ended_notes_nothing_more_and_is_never_made_anew() {
    let Some(mut server) = PostgresServer::start() else { return };
    let place = at(&server.database("ledger"));
    let ledger = Ledger::open(&place, COUNCIL).unwrap();
    assert!(ledger.try_lock(&names("a")).unwrap());
    server.sql("ledger", "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'ledger'");
    for _ in 0..2 {
        assert!(matches!(ledger.still_holds(), Err(LedgerError::Lost { .. })));
        let told = ledger.record(vec![stored(10, Edition::Public, 1, "one")], "daemon").unwrap_err();
        assert!(matches!(told, LedgerError::Lost { .. }), "{told:?}");
        assert!(ledger.revisions().is_err());
    }
    drop(ledger);
    assert!(Ledger::open(&place, COUNCIL).unwrap().is_new().unwrap());
    server.stop();
    let told = Ledger::open(&place, COUNCIL).unwrap_err();
    assert!(matches!(told, LedgerError::Unreachable { .. }), "{told:?}");
    server.run();
    assert!(Ledger::open(&place, COUNCIL).unwrap().is_new().unwrap());
}

#[test]
fn who_is_not_let_in_or_may_not_write_is_told_so_and_nothing_of_the_address() {
    let Some(server) = PostgresServer::start() else { return };
    let address = server.database("ledger");
    drop(Ledger::open(at(&address), COUNCIL).unwrap());
    server.sql("ledger", "CREATE ROLE s3cretreader LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO s3cretreader");
    let reader = address.replace("postgres@", "s3cretreader:s3cret@");
    let ledger = Ledger::open(at(&reader), COUNCIL).unwrap();
    assert!(ledger.is_new().unwrap());
    let mut told = vec![ledger.record(vec![stored(10, Edition::Public, 1, "one")], "daemon").unwrap_err()];
    server.sql("postgres", "CREATE DATABASE empty");
    for (address, what) in [
        (reader.replace("/ledger?", "/empty?"), "its role may not"),
        (address.replace("postgres@", "s3cretnobody:s3cret@"), "refuses the role or its password"),
        (address.replace("/ledger?", "/s3cretdatabase?"), "no such database"),
        (address.replace("postgres://", "s3cret://"), "does not begin with"),
        (format!("{address}&passwrd=s3cret"), "a parameter that is not known"),
        ("postgres://me:s3cret@127.0.0.1:1/x".to_owned(), "failed to reach"),
        ("postgres://me:s3cret@127.0.0.1:s3cret/x".to_owned(), "cannot be read as one"),
        (format!("postgres://me:s3cret@127.0.0.1:{}/x?sslmode=require", server.port), "no encrypted connection"),
    ] {
        let error = Ledger::open(at(&address), COUNCIL).unwrap_err();
        assert!(error.to_string().contains(what), "{what}: {error}");
        told.push(error);
    }
    for error in told {
        let source = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        let shown = format!("{error} {source} {error:?}");
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the files of a test's own server")]
fn a_connection_is_encrypted_as_the_address_says_and_its_server_is_who_it_should_be() {
    let Some(mut server) = PostgresServer::start() else { return };
    let name = server.database("ledger").split_once('@').unwrap().1.split_once('?').unwrap().0.to_owned();
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let data = server.dir.path().join("data");
    let write = |name: &str, text: String| {
        let path = data.join(name);
        std::fs::write(&path, text).unwrap();
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
        let owner = std::fs::metadata(&data).unwrap();
        std::os::unix::fs::chown(&path, Some(owner.uid()), Some(owner.gid())).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        path
    };
    let certificate = write("server.crt", made.cert.pem());
    write("server.key", made.signing_key.serialize_pem());
    let settings = std::fs::read_to_string(data.join("postgresql.conf")).unwrap();
    write("postgresql.conf", settings + "\nssl = on\n");
    server.stop();
    server.run();
    let open = |parameters: &str| Ledger::open(at(&format!("postgres://postgres@{name}?{parameters}")), COUNCIL);
    let known = format!("sslmode=verify-full&sslrootcert={}", Path::new(&certificate).display());
    let is_encrypted = |ledger: &Ledger| -> bool {
        let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        ledger.ask(async move |connection| sqlx::query_scalar(sql).fetch_one(connection).await).unwrap()
    };
    assert!(is_encrypted(&open(&known).unwrap()) && is_encrypted(&open("sslmode=require").unwrap()));
    assert!(!is_encrypted(&open("sslmode=disable").unwrap()));
    let told = open("sslmode=verify-full").unwrap_err();
    assert!(matches!(told, LedgerError::SignIn { .. }), "{told:?}");
}
