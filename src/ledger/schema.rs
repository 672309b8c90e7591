//! The shapes that a ledger has had, and how one becomes the next.
//!
//! A migration is a numbered file that never changes once it is released. A ledger
//! holds which were applied, with their digests: another one of the same number is
//! another ledger, and a number beyond the last is a newer program's.

use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::session::{begin, is_postgres};
use super::{LedgerError, LedgerPlace};
use crate::digest::sha256;

/// Every migration, the first one first.
pub(super) const MIGRATIONS: &[&str] =
    &[include_str!("migrations/0001.sql"), include_str!("migrations/0002.sql"), include_str!("migrations/0003.sql")];

/// This program, as a ledger names it.
const PROGRAM: &str = concat!("boardpack ", env!("CARGO_PKG_VERSION"));

const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_version \
     (version BIGINT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL, program TEXT NOT NULL)";

/// A migration that was applied.
struct AppliedMigration {
    version: i64,
    sha256: String,
    program: String,
}

/// Whether there is a ledger at all, of whatever shape.
pub(super) async fn is_there(connection: &mut AnyConnection) -> Result<bool, sqlx::Error> {
    let sql = match is_postgres(connection) {
        false => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'",
        // As the session's path of schemas finds it.
        true => "SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('schema_version')",
    };
    let tables: i64 = sqlx::query_scalar(sql).fetch_one(connection).await?;
    Ok(tables > 0)
}

/// Brings a ledger to the shape that this program knows.
pub(super) async fn migrate(
    connection: &mut AnyConnection,
    place: &LedgerPlace,
    migrations: &'static [&'static str],
) -> Result<(), LedgerError> {
    let asked = |error| LedgerError::of(place, error);
    if is_there(connection).await.map_err(asked)? && applied(connection, place, migrations).await? == migrations.len() {
        return Ok(());
    }
    let migrated = match begin(connection).await.map_err(asked) {
        Ok(()) => step_by_step(connection, place, migrations).await,
        Err(error) => Err(error),
    };
    let end = if migrated.is_ok() { "COMMIT" } else { "ROLLBACK" };
    let ended = sqlx::raw_sql(end).execute(connection).await.map_err(asked);
    migrated.and_then(|()| ended.map(drop))
}

/// Applies what was not yet, which is asked again where nobody else writes: two programs may
/// come to a new ledger at once.
async fn step_by_step(
    connection: &mut AnyConnection,
    place: &LedgerPlace,
    migrations: &'static [&'static str],
) -> Result<(), LedgerError> {
    let asked = |error| LedgerError::of(place, error);
    sqlx::raw_sql(written_for(connection, TABLE)).execute(&mut *connection).await.map_err(asked)?;
    let done = applied(connection, place, migrations).await?;
    for (version, sql) in (1_i64..).zip(migrations).skip(done) {
        sqlx::raw_sql(written_for(connection, sql)).execute(&mut *connection).await.map_err(asked)?;
        sqlx::query("INSERT INTO schema_version (version, sha256, program) VALUES ($1, $2, $3)")
            .bind(version)
            .bind(sha256(sql.as_bytes()))
            .bind(PROGRAM)
            .execute(&mut *connection)
            .await
            .map_err(asked)?;
    }
    Ok(())
}

/// A migration as a database is given it. Texts are compared and sorted byte by byte, as
/// SQLite does: by no language, and by no rule that an upgrade of the server's system changes.
fn written_for(connection: &AnyConnection, sql: &'static str) -> AssertSqlSafe<String> {
    AssertSqlSafe(match is_postgres(connection) {
        false => sql.to_owned(),
        true => sql.replace(" TEXT", " TEXT COLLATE \"C\""),
    })
}

/// How many migrations were applied, each of which must be the one that is known.
async fn applied(
    connection: &mut AnyConnection,
    place: &LedgerPlace,
    migrations: &[&str],
) -> Result<usize, LedgerError> {
    let rows = sqlx::query("SELECT version, sha256, program FROM schema_version ORDER BY version")
        .fetch_all(&mut *connection)
        .await
        .map_err(|error| LedgerError::of(place, error))?;
    let read = |row: &sqlx::any::AnyRow| {
        Ok(AppliedMigration { version: row.try_get(0)?, sha256: row.try_get(1)?, program: row.try_get(2)? })
    };
    let found: Vec<AppliedMigration> =
        rows.iter().map(read).collect::<Result<_, _>>().map_err(|error| LedgerError::of(place, error))?;
    let known = i64::try_from(migrations.len()).unwrap_or(i64::MAX);
    if let Some(newest) = found.last().filter(|newest| newest.version > known) {
        let (path, program) = (place.path(), newest.program.clone());
        return Err(LedgerError::Newer { path, found: newest.version, program, known, ours: PROGRAM });
    }
    for ((version, sql), found) in (1_i64..).zip(migrations).zip(&found) {
        if found.version != version || found.sha256 != sha256(sql.as_bytes()) {
            return Err(LedgerError::OtherSchema { path: place.path(), version });
        }
    }
    Ok(found.len())
}
