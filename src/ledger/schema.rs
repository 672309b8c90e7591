//! The shapes that a ledger has had, and how one becomes the next.
//!
//! A migration is a numbered file that never changes once it is released. A ledger
//! holds which were applied, with their digests: another one of the same number is
//! another ledger, and a number beyond the last is a newer program's.

use std::path::Path;

use sqlx::{AnyConnection, Connection as _, Row as _};

use super::{LedgerError, WRITE};
use crate::digest::sha256;

/// Every migration, the first one first.
pub(super) const MIGRATIONS: &[&str] = &[include_str!("migrations/0001.sql"), include_str!("migrations/0002.sql")];

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

/// Brings a ledger to the shape that this program knows.
pub(super) async fn migrate(
    connection: &mut AnyConnection,
    path: &Path,
    migrations: &'static [&'static str],
) -> Result<(), LedgerError> {
    let asked = |error| LedgerError::of(path, error);
    sqlx::query(TABLE).execute(&mut *connection).await.map_err(asked)?;
    if applied(connection, path, migrations).await? == migrations.len() {
        return Ok(());
    }
    // Asked again where nobody else writes: two programs may come to a new ledger at once.
    let mut transaction = connection.begin_with(WRITE).await.map_err(asked)?;
    let done = applied(&mut transaction, path, migrations).await?;
    for (version, sql) in (1_i64..).zip(migrations).skip(done) {
        sqlx::raw_sql(*sql).execute(&mut *transaction).await.map_err(asked)?;
        sqlx::query("INSERT INTO schema_version (version, sha256, program) VALUES ($1, $2, $3)")
            .bind(version)
            .bind(sha256(sql.as_bytes()))
            .bind(PROGRAM)
            .execute(&mut *transaction)
            .await
            .map_err(asked)?;
    }
    transaction.commit().await.map_err(asked)
}

/// How many migrations were applied, each of which must be the one that is known.
async fn applied(connection: &mut AnyConnection, path: &Path, migrations: &[&str]) -> Result<usize, LedgerError> {
    let rows = sqlx::query("SELECT version, sha256, program FROM schema_version ORDER BY version")
        .fetch_all(&mut *connection)
        .await
        .map_err(|error| LedgerError::of(path, error))?;
    let read = |row: &sqlx::any::AnyRow| {
        Ok(AppliedMigration { version: row.try_get(0)?, sha256: row.try_get(1)?, program: row.try_get(2)? })
    };
    let found: Vec<AppliedMigration> =
        rows.iter().map(read).collect::<Result<_, _>>().map_err(|error| LedgerError::of(path, error))?;
    let known = i64::try_from(migrations.len()).unwrap_or(i64::MAX);
    if let Some(newest) = found.last().filter(|newest| newest.version > known) {
        let (path, program) = (path.to_owned(), newest.program.clone());
        return Err(LedgerError::Newer { path, found: newest.version, program, known, ours: PROGRAM });
    }
    for ((version, sql), found) in (1_i64..).zip(migrations).zip(&found) {
        if found.version != version || found.sha256 != sha256(sql.as_bytes()) {
            return Err(LedgerError::OtherSchema { path: path.to_owned(), version });
        }
    }
    Ok(found.len())
}
