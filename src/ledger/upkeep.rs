//! Copies of a ledger, and one made anew from the published folders.

use std::path::{Path, PathBuf};

use sqlx::AnyConnection;

use super::session::whole;
use super::{Ledger, LedgerError, LedgerPlace, make};
use crate::publish::PublishedFolder;

/// What a ledger that is made anew takes over from the one before: what no folder can
/// say. A revision that may be gone, or of which a file was altered, is only there; when
/// one was issued, the folder does not tell; and other councils' rows are none of its business.
const TAKE_OVER: &[&str] = &[
    "INSERT INTO loss SELECT * FROM old.loss",
    "INSERT INTO revision SELECT * FROM old.revision AS was WHERE NOT EXISTS (SELECT 1 FROM main.revision AS now \
     WHERE now.council = was.council AND now.period = was.period AND now.board = was.board \
     AND now.edition = was.edition AND now.revision = was.revision)",
    "UPDATE main.revision SET issued_at = (SELECT was.issued_at FROM old.revision AS was \
     WHERE was.council = main.revision.council AND was.period = main.revision.period \
     AND was.board = main.revision.board AND was.edition = main.revision.edition \
     AND was.revision = main.revision.revision) \
     WHERE EXISTS (SELECT 1 FROM old.revision AS was \
     WHERE was.council = main.revision.council AND was.period = main.revision.period \
     AND was.board = main.revision.board AND was.edition = main.revision.edition \
     AND was.revision = main.revision.revision AND was.manifest_sha256 = main.revision.manifest_sha256)",
    "DELETE FROM main.event",
    "INSERT INTO event SELECT * FROM old.event",
    "DELETE FROM main.held",
    "INSERT INTO held SELECT * FROM old.held",
    "INSERT INTO finding SELECT * FROM old.finding",
    "INSERT INTO unread SELECT * FROM old.unread WHERE council <> $1",
    "INSERT INTO told SELECT * FROM old.told",
    "INSERT INTO notification SELECT * FROM old.notification",
    "DELETE FROM main.outbox_position",
    "INSERT INTO outbox_position SELECT * FROM old.outbox_position",
    "INSERT INTO upload SELECT * FROM old.upload",
    "INSERT INTO upload_fault SELECT * FROM old.upload_fault",
];

/// Every row of a ledger as text, table by table, without when the revisions were read.
const TABLES: &[&str] = &[
    "SELECT council || '|' || period || '|' || board || '|' || edition || '|' || revision || '|' || state || '|' \
     || supersedes || '|' || content_sha256 || '|' || manifest_sha256 || '|' || manifest || figures_csv || issued_at \
     FROM revision ORDER BY 1",
    "SELECT council || '|' || period || '|' || board || '|' || edition || '|' || revision FROM attempt ORDER BY 1",
    "SELECT council || '|' || period || '|' || board || '|' || edition || '|' || revision || '|' || because || accepted_at \
     FROM loss ORDER BY 1",
    "SELECT council || '|' || period || '|' || board || '|' || edition || '|' || since || '|' || codes FROM held ORDER BY 1",
    "SELECT council || '|' || period || '|' || board || '|' || edition || '|' || code || '|' || place || '|' || first_seen \
     FROM finding ORDER BY 1",
    "SELECT council || '|' || channel || '|' || recipient || '|' || event || '|' || notification FROM told ORDER BY 1",
    "SELECT council || '|' || id || '|' || state || '|' || tries || '|' || notice FROM notification ORDER BY 1",
    "SELECT council || '|' || place || '|' || period || '|' || board || '|' || edition || '|' || revision || '|' || file \
     || '|' || sha256 || '|' || stored_sha256 || '|' || etag FROM upload ORDER BY 1",
    "SELECT council || '|' || place || '|' || period || '|' || board || '|' || edition || '|' || revision || '|' || tries \
     || '|' || error FROM upload_fault ORDER BY 1",
];

impl Ledger {
    /// Writes a copy of all that is committed to a file that is not there yet. Whoever writes
    /// to the ledger meanwhile is not kept waiting.
    pub fn backup(&self, to: &Path) -> Result<(), LedgerError> {
        if self.place().is_shared() {
            return Err(LedgerError::OfServer {
                what: "copy the ledger",
                instead: "pg_dump makes the copy, and pg_restore brings it back",
            });
        }
        match to.try_exists() {
            Ok(false) => {}
            Ok(true) => return Err(LedgerError::Exists { path: to.to_owned() }),
            Err(source) => return Err(LedgerError::File { path: to.to_owned(), source }),
        }
        // As private as the ledger itself, before anything is in it.
        make(to).map_err(|source| LedgerError::File { path: to.to_owned(), source })?;
        let file = to.to_str().unwrap_or_default().to_owned();
        self.ask(async move |connection| sqlx::query("VACUUM INTO $1").bind(file).execute(connection).await)?;
        Ok(())
    }

    /// Makes a ledger anew from what stands in folders that know nothing, with what only the
    /// one before can know, and gives the path at which that one is kept. It refuses where
    /// the one before knows more than the folders have. `old` is none where the one before
    /// cannot be read. One in a database of a server is mended in its place.
    pub fn rebuild(
        old: Option<Self>,
        (place, council): (&LedgerPlace, &str),
        folders: &[&PublishedFolder],
        (by, at): (&str, &str),
    ) -> Result<Option<PathBuf>, LedgerError> {
        if let Some(old) = &old {
            old.is_covered_by(folders, by)?;
        }
        let told = || serde_json::json!({ "by": by });
        let LedgerPlace::File(path) = place else {
            let ledger = old.map_or_else(|| Self::open(place, council), Ok)?;
            ledger.mend(folders, by)?;
            return ledger.tell_of_all("rebuilt", told(), at).map(|()| None);
        };
        let fresh = beside(path, "new");
        remove(&fresh)?;
        let ledger = Self::open(&fresh, council)?;
        ledger.fill(folders, Path::new(""), by)?;
        let is_read = old.is_some();
        // Closed, so that all of it is in its file.
        drop(old);
        if is_read {
            ledger.take_over(path)?;
        }
        ledger.tell_of_all("rebuilt", told(), at)?;
        drop(ledger);
        let kept = beside(path, &format!("before-{}", at.replace([':', '-'], "")));
        rename(path, &kept)?;
        rename(&fresh, path)?;
        Ok(Some(kept))
    }

    /// Refuses where it knows more than the folders have.
    fn is_covered_by(&self, folders: &[&PublishedFolder], by: &str) -> Result<(), LedgerError> {
        self.end_attempts(folders, by, &|_| true)?;
        let audit = self.compare(folders)?;
        let Some(missing) = audit.faults.iter().find(|fault| fault.is_of_folder) else { return Ok(()) };
        let missing = format!(
            "{} for {}, {} edition, revision {}",
            missing.board,
            crate::words::month(missing.period),
            missing.edition.word(),
            missing.revision
        );
        Err(LedgerError::FolderLacks { path: self.place().path(), missing })
    }

    fn take_over(&self, from: &Path) -> Result<(), LedgerError> {
        let (from, council) = (from.to_str().unwrap_or_default().to_owned(), self.council.clone());
        self.ask(async move |connection| {
            sqlx::query("ATTACH DATABASE $1 AS old").bind(from).execute(&mut *connection).await?;
            whole(connection, async |connection| {
                for sql in TAKE_OVER {
                    take(connection, sql, &council).await?;
                }
                Ok(())
            })
            .await?;
            sqlx::raw_sql("DETACH DATABASE old").execute(&mut *connection).await?;
            Ok(())
        })
    }

    /// All that it holds, but for what happened when.
    pub fn dump(&self) -> Result<String, LedgerError> {
        let lines: Vec<String> = self.ask(async move |connection| {
            let mut lines = Vec::new();
            for sql in TABLES {
                lines.extend(sqlx::query_scalar(*sql).fetch_all(&mut *connection).await?);
            }
            Ok(lines)
        })?;
        Ok(lines.join("\n"))
    }
}

async fn take(connection: &mut AnyConnection, sql: &'static str, council: &str) -> Result<(), sqlx::Error> {
    let query = sqlx::query(sql);
    let query = if sql.contains("$1") { query.bind(council) } else { query };
    query.execute(connection).await.map(drop)
}

/// `held-ledger.db` and "new" are `held-ledger.db.new`.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{end}"));
    path.with_file_name(name)
}

/// What SQLite keeps beside a file while it is open, or after a crash.
fn companions(path: &Path) -> impl Iterator<Item = (&'static str, PathBuf)> {
    ["-wal", "-shm"].into_iter().map(|end| {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(end);
        (end, path.with_file_name(name))
    })
}

#[expect(clippy::disallowed_methods, reason = "this room owns the ledger's files")]
fn remove(path: &Path) -> Result<(), LedgerError> {
    for file in companions(path).map(|(_, file)| file).chain([path.to_owned()]) {
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            other => other.map_err(|source| LedgerError::File { path: file, source })?,
        }
    }
    Ok(())
}

/// Moves a ledger that is closed, with what a crash left beside it.
#[expect(clippy::disallowed_methods, reason = "this room owns the ledger's files")]
fn rename(from: &Path, to: &Path) -> Result<(), LedgerError> {
    let mut moved: Vec<(PathBuf, PathBuf)> =
        companions(from).map(|(_, file)| file).zip(companions(to).map(|(_, file)| file)).collect();
    moved.push((from.to_owned(), to.to_owned()));
    for (from, to) in moved {
        match std::fs::rename(&from, &to) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            other => other.map_err(|source| LedgerError::File { path: from, source })?,
        }
    }
    Ok(())
}
