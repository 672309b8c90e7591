//! What was put into the storages where readers have it, and what is still to be put there.

use std::collections::BTreeMap;
use std::fmt;

use sqlx::Row as _;
use sqlx::any::{Any, AnyArguments, AnyRow};
use sqlx::query::Query;

use super::notes::{LedgerEvent, tell};
use super::rows::{number, pack};
use super::{Ledger, LedgerError};
use crate::domain::{Edition, PackKey};
use crate::publish::UploadedFile;
use crate::words;

/// A revision of an edition of a pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RevisionKey {
    /// The pack.
    pub key: PackKey,
    /// The edition of it.
    pub edition: Edition,
    /// Its number.
    pub revision: u32,
}

impl fmt::Display for RevisionKey {
    /// "panel (restricted) for October 2026 r1".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let edition = if self.edition == Edition::Restricted { " (restricted)" } else { "" };
        let PackKey { period, board } = &self.key;
        write!(f, "{board}{edition} for {} r{}", words::month(*period), self.revision)
    }
}

/// A revision that does not stand where its readers have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingUpload {
    /// Which.
    pub of: RevisionKey,
    /// How often it was tried.
    pub tries: u32,
    /// Not tried before, RFC 3339 in UTC; empty where it was not tried yet.
    pub next_at: String,
    /// Why the last try failed; empty where none did.
    pub error: String,
}

impl Ledger {
    /// Revisions of an edition that were issued, are not lost, and do not stand in a place:
    /// the latest period first, and of a pack the first revision first.
    pub fn pending_uploads(&self, place: &str, edition: Edition) -> Result<Vec<PendingUpload>, LedgerError> {
        let (council, place) = (self.council.clone(), place.to_owned());
        let rows = self.ask(async move |connection| {
            sqlx::query(
                "SELECT r.period, r.board, r.edition, r.revision, COALESCE(f.tries, 0), COALESCE(f.next_at, ''), \
                 COALESCE(f.error, '') FROM revision r \
                 LEFT JOIN upload_fault f ON f.council = r.council AND f.place = $2 AND f.period = r.period \
                 AND f.board = r.board AND f.edition = r.edition AND f.revision = r.revision \
                 WHERE r.council = $1 AND r.edition = $3 \
                 AND NOT EXISTS (SELECT 1 FROM loss l WHERE l.council = r.council AND l.period = r.period \
                 AND l.board = r.board AND l.edition = r.edition AND l.revision = r.revision) \
                 AND NOT EXISTS (SELECT 1 FROM upload u WHERE u.council = r.council AND u.place = $2 \
                 AND u.period = r.period AND u.board = r.board AND u.edition = r.edition \
                 AND u.revision = r.revision AND u.file = 'manifest.json') \
                 ORDER BY r.period DESC, r.board, r.revision",
            )
            .bind(council)
            .bind(place)
            .bind(edition.word())
            .fetch_all(connection)
            .await
        })?;
        self.each(&rows, |row| {
            Ok(PendingUpload {
                of: revision_of(row)?,
                tries: number(row, 4)?,
                next_at: row.try_get(5)?,
                error: row.try_get(6)?,
            })
        })
    }

    /// Notes that all of a revision stands in a place.
    pub fn uploaded(
        &self,
        of: &RevisionKey,
        place: &str,
        files: Vec<UploadedFile>,
        at: &str,
    ) -> Result<(), LedgerError> {
        let (council, of, place, at) = (self.council.clone(), of.clone(), place.to_owned(), at.to_owned());
        self.write(async move |connection| {
            for file in files {
                about(
                    "INSERT INTO upload (council, place, period, board, edition, revision, file, sha256, stored_sha256, \
                     etag, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
                     ON CONFLICT (council, place, period, board, edition, revision, file) DO NOTHING",
                    (&council, &place, &of),
                )
                .bind(file.name)
                .bind(file.sha256)
                .bind(file.stored_sha256)
                .bind(file.etag.unwrap_or_default())
                .bind(&at)
                .execute(&mut *connection)
                .await?;
            }
            about(
                "DELETE FROM upload_fault WHERE council = $1 AND place = $2 AND period = $3 AND board = $4 \
                 AND edition = $5 AND revision = $6",
                (&council, &place, &of),
            )
            .execute(&mut *connection)
            .await?;
            let told = serde_json::json!({ "place": place });
            let pack = Some((&of.key, of.edition));
            let event =
                LedgerEvent { at: &at, kind: "uploaded", council: &council, pack, revision: of.revision, told };
            tell(connection, event).await
        })
    }

    /// Notes that a revision could not be put into a place.
    pub fn not_uploaded(
        &self,
        of: &RevisionKey,
        place: &str,
        (error, next_at): (&str, &str),
        at: &str,
    ) -> Result<(), LedgerError> {
        let (council, of, place) = (self.council.clone(), of.clone(), place.to_owned());
        let (error, next_at, at) = (error.to_owned(), next_at.to_owned(), at.to_owned());
        self.write(async move |connection| {
            let sql = "INSERT INTO upload_fault (council, place, period, board, edition, revision, tries, next_at, error) \
                       VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8) \
                       ON CONFLICT (council, place, period, board, edition, revision) \
                       DO UPDATE SET tries = upload_fault.tries + 1, next_at = $7, error = $8 RETURNING tries";
            let asked = about(sql, (&council, &place, &of)).bind(next_at).bind(&error);
            let tries: i64 = asked.fetch_one(&mut *connection).await?.try_get(0)?;
            // Once: what goes on is in `status`.
            if tries > 1 {
                return Ok(());
            }
            let told = serde_json::json!({ "place": place, "error": error });
            let pack = Some((&of.key, of.edition));
            let event =
                LedgerEvent { at: &at, kind: "upload-failed", council: &council, pack, revision: of.revision, told };
            tell(connection, event).await
        })
    }

    /// Every file that was put into a place, by its revision.
    pub fn uploads(&self, place: &str) -> Result<BTreeMap<RevisionKey, Vec<UploadedFile>>, LedgerError> {
        let rows = self.uploads_where(
            "SELECT period, board, edition, revision, file, sha256, stored_sha256, etag FROM upload \
             WHERE council = $1 AND place = $2 ORDER BY period, board, edition, revision, file",
            place,
        )?;
        let mut uploads: BTreeMap<RevisionKey, Vec<UploadedFile>> = BTreeMap::new();
        for (of, file) in rows {
            uploads.entry(of).or_default().push(file);
        }
        Ok(uploads)
    }

    /// Files that a storage gives back with a digest, which is not that of what it was given.
    pub fn rewritten_as(&self, sha256: &str) -> Result<Vec<(RevisionKey, UploadedFile)>, LedgerError> {
        self.uploads_where(
            "SELECT period, board, edition, revision, file, sha256, stored_sha256, etag FROM upload \
             WHERE council = $1 AND stored_sha256 = $2 AND stored_sha256 <> sha256 \
             ORDER BY period, board, edition, revision",
            sha256,
        )
    }

    fn uploads_where(&self, sql: &'static str, what: &str) -> Result<Vec<(RevisionKey, UploadedFile)>, LedgerError> {
        let (council, what) = (self.council.clone(), what.to_owned());
        let rows =
            self.ask(async move |connection| sqlx::query(sql).bind(council).bind(what).fetch_all(connection).await)?;
        self.each(&rows, |row| {
            let etag: String = row.try_get(7)?;
            let file = UploadedFile {
                name: row.try_get(4)?,
                sha256: row.try_get(5)?,
                stored_sha256: row.try_get(6)?,
                etag: Some(etag).filter(|etag| !etag.is_empty()),
            };
            Ok((revision_of(row)?, file))
        })
    }
}

/// A question of which the first six places are a revision in a place.
fn about<'q>(
    sql: &'static str,
    (council, place, of): (&'q str, &'q str, &RevisionKey),
) -> Query<'q, Any, AnyArguments> {
    sqlx::query(sql)
        .bind(council)
        .bind(place)
        .bind(of.key.period.to_string())
        .bind(of.key.board.to_string())
        .bind(of.edition.word())
        .bind(i64::from(of.revision))
}

/// The revision of a row that begins with its pack.
fn revision_of(row: &AnyRow) -> Result<RevisionKey, sqlx::Error> {
    let (key, edition) = pack(row)?;
    Ok(RevisionKey { key, edition, revision: number(row, 3)? })
}
