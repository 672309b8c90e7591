//! What was issued, and what is being issued.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::notes::{LedgerEvent, tell};
use super::rows::{number, numbered, pack};
use super::{Ledger, LedgerError};
use crate::digest::sha256;
use crate::domain::{Edition, PackKey, PackState, Period};
use crate::publish::{Issue, KnownRevision, KnownRevisions, Manifest, Publication, PublishError};

/// A revision as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRevision {
    /// Which pack.
    pub key: PackKey,
    /// Which edition of it.
    pub edition: Edition,
    /// Its number.
    pub revision: u32,
    /// Digest of its manifest.
    pub manifest_sha256: String,
    /// Its manifest, to the byte.
    pub manifest: String,
    /// Its `figures.csv`, to the byte.
    pub figures_csv: String,
    /// When it was issued, RFC 3339 in UTC.
    pub issued_at: String,
}

/// The latest revision of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingRevision {
    /// Which pack.
    pub key: PackKey,
    /// Which edition of it.
    pub edition: Edition,
    /// Its number.
    pub revision: u32,
    /// Draft or final.
    pub state: PackState,
}

/// A pack of which not every revision could be read when the ledger was filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadPack {
    /// Which pack.
    pub key: PackKey,
    /// Which edition of it.
    pub edition: Edition,
    /// The latest revision that is known to have stood, with its manifest's digest.
    pub latest: Option<(u32, String)>,
}

/// A revision that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BegunRevision {
    pub(super) key: PackKey,
    pub(super) edition: Edition,
    pub(super) revision: u32,
    pub(super) content_sha256: String,
    pub(super) begun_at: String,
}

impl StoredRevision {
    /// A revision that stands, read back.
    pub fn of(publication: &Publication, issued_at: String) -> Result<Self, PublishError> {
        Ok(Self {
            key: publication.key(),
            edition: publication.manifest.edition,
            revision: publication.manifest.revision,
            manifest_sha256: publication.sha256().to_owned(),
            manifest: publication.manifest_text()?,
            figures_csv: publication.figures_text()?,
            issued_at,
        })
    }

    /// Its manifest. None where its text is not what the digest was taken of.
    pub fn read(&self) -> Option<Manifest> {
        let manifest: Manifest = serde_json::from_str(&self.manifest).ok()?;
        let figures = manifest.files.iter().find(|file| file.name == crate::publish::manifest::FIGURES)?;
        let is_whole = sha256(self.manifest.as_bytes()) == self.manifest_sha256
            && sha256(self.figures_csv.as_bytes()) == figures.sha256;
        is_whole.then_some(manifest)
    }
}

impl Ledger {
    /// Whether it knows nothing of this council yet.
    pub fn is_new(&self) -> Result<bool, LedgerError> {
        let council = self.council.clone();
        let known: i64 = self.ask(async move |connection| {
            sqlx::query_scalar(
                "SELECT CASE WHEN EXISTS (SELECT 1 FROM revision WHERE council = $1) \
                 OR EXISTS (SELECT 1 FROM unread WHERE council = $1) \
                 OR EXISTS (SELECT 1 FROM loss WHERE council = $1) THEN 1 ELSE 0 END",
            )
            .bind(council)
            .fetch_one(connection)
            .await
        })?;
        Ok(known == 0)
    }

    /// Notes that a revision is about to be issued, before its first file is written.
    pub fn begin(&self, issue: &Issue, edition: Edition, at: &str) -> Result<(), LedgerError> {
        let (council, key, edition) = (self.council.clone(), issue.key.clone(), edition.word());
        let (revision, content, at) = (issue.revision, issue.content_sha256.clone(), at.to_owned());
        self.ask(async move |connection| {
            sqlx::query(
                "INSERT INTO attempt (council, period, board, edition, revision, content_sha256, begun_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (council, period, board, edition, revision) \
                 DO UPDATE SET content_sha256 = $6, begun_at = $7",
            )
            .bind(council)
            .bind(key.period.to_string())
            .bind(key.board.to_string())
            .bind(edition)
            .bind(i64::from(revision))
            .bind(content)
            .bind(at)
            .execute(connection)
            .await
        })?;
        Ok(())
    }

    /// Notes revisions that stand, each in place of its attempt, and who issued them. One
    /// that it knows already is left as it is.
    pub fn record(&self, revisions: Vec<StoredRevision>, by: &str) -> Result<(), LedgerError> {
        self.record_all(revisions, Vec::new(), by)
    }

    /// The same, with packs of which not every revision could be read: all of it or nothing.
    pub(super) fn record_all(
        &self,
        revisions: Vec<StoredRevision>,
        unread: Vec<UnreadPack>,
        by: &str,
    ) -> Result<(), LedgerError> {
        let (council, by) = (self.council.clone(), by.to_owned());
        let other = self.write(async move |connection| {
            let mut news = Vec::new();
            for stored in revisions {
                match noted(connection, &council, &stored).await? {
                    Some(sha256) if sha256 != stored.manifest_sha256 => return Ok(Some(stored)),
                    known => news.push((stored, known.is_none())),
                }
            }
            for (stored, is_news) in news {
                if is_news {
                    insert(connection, &council, &stored, &by).await?;
                }
                end(connection, &council, &stored.key, stored.edition, stored.revision).await?;
            }
            for pack in unread {
                is_unread(connection, &council, pack).await?;
            }
            Ok(None)
        })?;
        match other {
            None => Ok(()),
            Some(stored) => {
                let pack = format!("{} for {}", stored.key.board, stored.key.period);
                Err(LedgerError::Conflict { pack, revision: stored.revision })
            }
        }
    }

    /// Takes out rows that are not as they were written.
    pub(super) fn strike(&self, changed: Vec<StoredRevision>) -> Result<(), LedgerError> {
        let council = self.council.clone();
        self.write(async move |connection| {
            for stored in changed {
                sqlx::query(
                    "DELETE FROM revision \
                     WHERE council = $1 AND period = $2 AND board = $3 AND edition = $4 AND revision = $5",
                )
                .bind(&council)
                .bind(stored.key.period.to_string())
                .bind(stored.key.board.to_string())
                .bind(stored.edition.word())
                .bind(i64::from(stored.revision))
                .execute(&mut *connection)
                .await?;
            }
            Ok(())
        })
    }

    /// Forgets an attempt that came to nothing.
    pub(super) fn forget(&self, begun: BegunRevision) -> Result<(), LedgerError> {
        let council = self.council.clone();
        self.ask(async move |connection| end(connection, &council, &begun.key, begun.edition, begun.revision).await)
    }

    /// What was begun and has not ended.
    pub(super) fn begun(&self) -> Result<Vec<BegunRevision>, LedgerError> {
        let rows = self.rows(
            "SELECT period, board, edition, revision, content_sha256, begun_at FROM attempt WHERE council = $1 \
             ORDER BY period, board, edition, revision",
        )?;
        self.each(&rows, |row| {
            let (key, edition) = pack(row)?;
            let (content_sha256, begun_at) = (row.try_get(4)?, row.try_get(5)?);
            Ok(BegunRevision { key, edition, revision: number(row, 3)?, content_sha256, begun_at })
        })
    }

    /// Every revision, by pack and edition, the first one first.
    pub fn revisions(&self) -> Result<Vec<StoredRevision>, LedgerError> {
        self.revisions_one_by_one()?.collect()
    }

    /// The same one after the other: a few are in memory at a time, however many there are.
    /// Until the last one is taken the ledger answers no other question.
    pub fn revisions_one_by_one(
        &self,
    ) -> Result<impl Iterator<Item = Result<StoredRevision, LedgerError>>, LedgerError> {
        let rows = self.rows_one_by_one(
            "SELECT period, board, edition, revision, manifest_sha256, manifest, figures_csv, issued_at \
             FROM revision WHERE council = $1 ORDER BY period, board, edition, revision",
        )?;
        let read = |row: &AnyRow| {
            let (key, edition) = pack(row)?;
            Ok(StoredRevision {
                key,
                edition,
                revision: number(row, 3)?,
                manifest_sha256: row.try_get(4)?,
                manifest: row.try_get(5)?,
                figures_csv: row.try_get(6)?,
                issued_at: row.try_get(7)?,
            })
        };
        Ok(rows.map(move |row| self.one(row.and_then(|row| read(&row)))))
    }

    /// The latest revision of every pack. One that was lost does not stand.
    pub fn standing(&self) -> Result<Vec<StandingRevision>, LedgerError> {
        self.standing_since(Period::EARLIEST)
    }

    /// The manifest of a revision; none where it is not known, or its row was changed.
    pub fn manifest(&self, key: &PackKey, edition: Edition, revision: u32) -> Result<Option<Manifest>, LedgerError> {
        let (council, key) = (self.council.clone(), key.clone());
        let found: Option<(String, String)> = self.ask(async move |connection| {
            sqlx::query_as(
                "SELECT manifest, manifest_sha256 FROM revision \
                 WHERE council = $1 AND period = $2 AND board = $3 AND edition = $4 AND revision = $5",
            )
            .bind(council)
            .bind(key.period.to_string())
            .bind(key.board.to_string())
            .bind(edition.word())
            .bind(i64::from(revision))
            .fetch_optional(connection)
            .await
        })?;
        let whole = found.filter(|(text, digest)| sha256(text.as_bytes()) == *digest);
        Ok(whole.and_then(|(text, _)| serde_json::from_str(&text).ok()))
    }

    /// Packs of which not every revision could be read.
    pub fn unread(&self) -> Result<Vec<UnreadPack>, LedgerError> {
        let rows = self.rows(
            "SELECT period, board, edition, revision, manifest_sha256 FROM unread WHERE council = $1 \
             ORDER BY period, board, edition",
        )?;
        self.each(&rows, |row| {
            let (key, edition) = pack(row)?;
            let latest = Some((number(row, 3)?, row.try_get(4)?)).filter(|(revision, _)| *revision > 0);
            Ok(UnreadPack { key, edition, latest })
        })
    }

    /// What an edition's folder is held against.
    pub fn known(&self, edition: Edition) -> Result<KnownRevisions, LedgerError> {
        let mut known = KnownRevisions::all();
        let issued =
            self.rows("SELECT period, board, edition, revision, manifest_sha256 FROM revision WHERE council = $1")?;
        for row in &issued {
            let ((key, of), revision, sha256) = self.one(numbered(row))?;
            if of == edition {
                known.note(key, revision, KnownRevision::Issued(sha256));
            }
        }
        for begun in self.begun()?.into_iter().filter(|begun| begun.edition == edition) {
            known.note(begun.key, begun.revision, KnownRevision::Begun);
        }
        for unread in self.unread()?.into_iter().filter(|unread| unread.edition == edition) {
            known.open(unread.key.clone());
            if let Some((revision, sha256)) = unread.latest {
                known.note(unread.key, revision, KnownRevision::Issued(sha256));
            }
        }
        for ((key, of), revision) in self.losses()? {
            if of == edition {
                known.lose(key, revision);
            }
        }
        Ok(known)
    }
}

/// The digest of a revision's manifest, where it was noted.
async fn noted(
    connection: &mut AnyConnection,
    council: &str,
    stored: &StoredRevision,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT manifest_sha256 FROM revision \
         WHERE council = $1 AND period = $2 AND board = $3 AND edition = $4 AND revision = $5",
    )
    .bind(council)
    .bind(stored.key.period.to_string())
    .bind(stored.key.board.to_string())
    .bind(stored.edition.word())
    .bind(i64::from(stored.revision))
    .fetch_optional(connection)
    .await
}

async fn insert(
    connection: &mut AnyConnection,
    council: &str,
    stored: &StoredRevision,
    by: &str,
) -> Result<(), sqlx::Error> {
    let manifest: Manifest =
        serde_json::from_str(&stored.manifest).map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
    sqlx::query(
        "INSERT INTO revision (council, period, board, edition, revision, state, supersedes, content_sha256, \
         template_sha256, config_sha256, manifest_sha256, manifest, figures_csv, issued_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(council)
    .bind(stored.key.period.to_string())
    .bind(stored.key.board.to_string())
    .bind(stored.edition.word())
    .bind(i64::from(stored.revision))
    .bind(manifest.state.word())
    .bind(i64::from(manifest.supersedes.unwrap_or(0)))
    .bind(manifest.content_sha256)
    .bind(manifest.template_sha256)
    .bind(manifest.config_sha256)
    .bind(&stored.manifest_sha256)
    .bind(&stored.manifest)
    .bind(&stored.figures_csv)
    .bind(&stored.issued_at)
    .execute(&mut *connection)
    .await?;
    let (pack, told) = (Some((&stored.key, stored.edition)), serde_json::json!({ "by": by, "state": manifest.state }));
    let event =
        LedgerEvent { at: &stored.issued_at, kind: "published", council, pack, revision: stored.revision, told };
    tell(connection, event).await
}

async fn is_unread(connection: &mut AnyConnection, council: &str, unread: UnreadPack) -> Result<(), sqlx::Error> {
    let (revision, sha256) = unread.latest.unwrap_or_default();
    sqlx::query(
        "INSERT INTO unread (council, period, board, edition, revision, manifest_sha256) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (council, period, board, edition) \
         DO UPDATE SET revision = $5, manifest_sha256 = $6",
    )
    .bind(council)
    .bind(unread.key.period.to_string())
    .bind(unread.key.board.to_string())
    .bind(unread.edition.word())
    .bind(i64::from(revision))
    .bind(sha256)
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends an attempt.
async fn end(
    connection: &mut AnyConnection,
    council: &str,
    key: &PackKey,
    edition: Edition,
    revision: u32,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "DELETE FROM attempt \
         WHERE council = $1 AND period = $2 AND board = $3 AND edition = $4 AND revision = $5",
    )
    .bind(council)
    .bind(key.period.to_string())
    .bind(key.board.to_string())
    .bind(edition.word())
    .bind(i64::from(revision))
    .execute(connection)
    .await?;
    Ok(())
}
