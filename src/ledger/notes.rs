//! What is held and since when, what was found and since when, and who did what.

use std::collections::BTreeSet;

use sqlx::AnyConnection;

use super::rows::pack;
use super::{Ledger, LedgerError};
use crate::domain::{Edition, PackKey};

/// How a pack ended, as far as nothing of it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackEnd {
    /// It stands, new or as it was.
    Stands,
    /// It is held for findings of these codes.
    Held(BTreeSet<String>),
    /// The world or the program failed it, and a page of this code may say so.
    Failed {
        /// The error with its causes.
        error: String,
        /// The code of the reason that stands for officers.
        held: Option<String>,
    },
}

/// What became of an edition of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackNote {
    /// Which pack.
    pub key: PackKey,
    /// Which edition of it.
    pub edition: Edition,
    /// How it ended.
    pub end: PackEnd,
    /// The code and the place of each finding; none where it was not come so far as to find any.
    pub findings: Option<BTreeSet<(String, String)>>,
}

/// Something that happened.
pub(super) struct LedgerEvent<'e> {
    pub(super) at: &'e str,
    pub(super) kind: &'e str,
    pub(super) council: &'e str,
    /// None where it is of no pack.
    pub(super) pack: Option<(&'e PackKey, Edition)>,
    /// 0 where it is of no revision.
    pub(super) revision: u32,
    pub(super) told: serde_json::Value,
}

impl Ledger {
    /// Notes what became of packs. What is as it was is left as it is.
    pub fn note(&self, notes: Vec<PackNote>, by: &str, at: &str) -> Result<(), LedgerError> {
        let (council, by, at) = (self.council.clone(), by.to_owned(), at.to_owned());
        self.write(async move |connection| {
            for note in &notes {
                note_end(connection, &council, note, &by, &at).await?;
                if let Some(findings) = &note.findings {
                    note_findings(connection, &council, note, findings, &at).await?;
                }
            }
            Ok(())
        })
    }

    /// Packs of which an edition is held.
    pub fn held(&self) -> Result<BTreeSet<PackKey>, LedgerError> {
        let rows = self.rows("SELECT period, board, edition FROM held WHERE council = $1")?;
        Ok(self.each(&rows, |row| Ok(pack(row)?.0))?.into_iter().collect())
    }

    /// Notes something that happened to a pack and changed nothing of it, unless the last
    /// such event says the same.
    pub fn note_event(
        &self,
        (key, edition): (&PackKey, Edition),
        kind: &'static str,
        told: serde_json::Value,
        at: &str,
    ) -> Result<(), LedgerError> {
        let (council, key, at) = (self.council.clone(), key.clone(), at.to_owned());
        self.write(async move |connection| {
            let last: Option<String> = sqlx::query_scalar(
                "SELECT told FROM event WHERE id = (SELECT MAX(id) FROM event \
                 WHERE council = $1 AND period = $2 AND board = $3 AND edition = $4 AND kind = $5)",
            )
            .bind(&council)
            .bind(key.period.to_string())
            .bind(key.board.to_string())
            .bind(edition.word())
            .bind(kind)
            .fetch_optional(&mut *connection)
            .await?;
            if last.as_deref() == Some(told.to_string().as_str()) {
                return Ok(());
            }
            let pack = Some((&key, edition));
            tell(connection, LedgerEvent { at: &at, kind, council: &council, pack, revision: 0, told }).await
        })
    }

    /// What was found about a pack the last time that it was tried: codes and places.
    pub fn findings(&self, key: &PackKey, edition: Edition) -> Result<Vec<(String, String)>, LedgerError> {
        let (council, key) = (self.council.clone(), key.clone());
        self.ask(async move |connection| {
            sqlx::query_as(
                "SELECT code, place FROM finding WHERE council = $1 AND period = $2 AND board = $3 AND edition = $4 \
                 ORDER BY code, place",
            )
            .bind(council)
            .bind(key.period.to_string())
            .bind(key.board.to_string())
            .bind(edition.word())
            .fetch_all(connection)
            .await
        })
    }

    /// Notes something that is of no pack.
    pub(super) fn tell_of_all(&self, kind: &'static str, told: serde_json::Value, at: &str) -> Result<(), LedgerError> {
        let (council, at) = (self.council.clone(), at.to_owned());
        self.write(async move |connection| {
            let event = LedgerEvent { at: &at, kind, council: &council, pack: None, revision: 0, told };
            tell(connection, event).await
        })
    }
}

async fn note_end(
    connection: &mut AnyConnection,
    council: &str,
    note: &PackNote,
    by: &str,
    at: &str,
) -> Result<(), sqlx::Error> {
    let held: Option<String> = of_pack(
        connection,
        "SELECT codes FROM held WHERE council = $1 AND period = $2 AND board = $3 AND edition = $4",
        council,
        note,
    )
    .await?;
    let pack = Some((&note.key, note.edition));
    let event = |kind, told| LedgerEvent { at, kind, council, pack, revision: 0, told };
    match &note.end {
        PackEnd::Stands if held.is_some() => {
            sqlx::query("DELETE FROM held WHERE council = $1 AND period = $2 AND board = $3 AND edition = $4")
                .bind(council)
                .bind(note.key.period.to_string())
                .bind(note.key.board.to_string())
                .bind(note.edition.word())
                .execute(&mut *connection)
                .await?;
            tell(connection, event("released", serde_json::json!({ "by": by }))).await
        }
        PackEnd::Stands => Ok(()),
        PackEnd::Held(codes) => {
            let codes = serde_json::json!(codes);
            if held.as_deref() == Some(codes.to_string().as_str()) {
                return Ok(());
            }
            hold(connection, council, note, (&codes, at)).await?;
            tell(connection, event("held", serde_json::json!({ "by": by, "codes": codes }))).await
        }
        PackEnd::Failed { error, held: code } => {
            if let Some(code) = code {
                hold(connection, council, note, (&serde_json::json!([code]), at)).await?;
            }
            let told = serde_json::json!({ "by": by, "error": error });
            let last: Option<String> = of_pack(
                connection,
                "SELECT told FROM event WHERE id = (SELECT MAX(id) FROM event \
                 WHERE council = $1 AND period = $2 AND board = $3 AND edition = $4) AND kind = 'failed'",
                council,
                note,
            )
            .await?;
            // What fails every hour in the same way is told once.
            if last.as_deref() == Some(told.to_string().as_str()) {
                return Ok(());
            }
            tell(connection, event("failed", told)).await
        }
    }
}

/// Writes down for what a pack is held. One that is held keeps the time since when it is.
async fn hold(
    connection: &mut AnyConnection,
    council: &str,
    note: &PackNote,
    (codes, at): (&serde_json::Value, &str),
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO held (council, period, board, edition, since, codes) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (council, period, board, edition) DO UPDATE SET codes = $6",
    )
    .bind(council)
    .bind(note.key.period.to_string())
    .bind(note.key.board.to_string())
    .bind(note.edition.word())
    .bind(at)
    .bind(codes.to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// The one text that a question about a pack has for an answer.
async fn of_pack(
    connection: &mut AnyConnection,
    sql: &'static str,
    council: &str,
    note: &PackNote,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar(sql)
        .bind(council)
        .bind(note.key.period.to_string())
        .bind(note.key.board.to_string())
        .bind(note.edition.word())
        .fetch_optional(connection)
        .await
}

/// Puts a pack's findings in place of those of the last time; one that was there keeps
/// the time at which it was first seen.
async fn note_findings(
    connection: &mut AnyConnection,
    council: &str,
    note: &PackNote,
    findings: &BTreeSet<(String, String)>,
    at: &str,
) -> Result<(), sqlx::Error> {
    let (period, board, edition) = (note.key.period.to_string(), note.key.board.to_string(), note.edition.word());
    let before: Vec<(String, String)> = sqlx::query_as(
        "SELECT code, place FROM finding WHERE council = $1 AND period = $2 AND board = $3 AND edition = $4",
    )
    .bind(council)
    .bind(&period)
    .bind(&board)
    .bind(edition)
    .fetch_all(&mut *connection)
    .await?;
    let before: BTreeSet<(String, String)> = before.into_iter().collect();
    for (code, place) in before.difference(findings) {
        sqlx::query(
            "DELETE FROM finding WHERE council = $1 AND period = $2 AND board = $3 AND edition = $4 \
             AND code = $5 AND place = $6",
        )
        .bind(council)
        .bind(&period)
        .bind(&board)
        .bind(edition)
        .bind(code)
        .bind(place)
        .execute(&mut *connection)
        .await?;
    }
    for (code, place) in findings.difference(&before) {
        sqlx::query(
            "INSERT INTO finding (council, period, board, edition, code, place, first_seen) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(council)
        .bind(&period)
        .bind(&board)
        .bind(edition)
        .bind(code)
        .bind(place)
        .bind(at)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Writes an event down, within a transaction that writes: its number is one more than the last.
pub(super) async fn tell(connection: &mut AnyConnection, event: LedgerEvent<'_>) -> Result<(), sqlx::Error> {
    let (period, board, edition) = match event.pack {
        Some((key, edition)) => (key.period.to_string(), key.board.to_string(), edition.word()),
        None => (String::new(), String::new(), ""),
    };
    sqlx::query(
        "INSERT INTO event (id, at, kind, council, period, board, edition, revision, told) \
         SELECT COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8 FROM event",
    )
    .bind(event.at)
    .bind(event.kind)
    .bind(event.council)
    .bind(period)
    .bind(board)
    .bind(edition)
    .bind(i64::from(event.revision))
    .bind(event.told.to_string())
    .execute(connection)
    .await?;
    Ok(())
}
