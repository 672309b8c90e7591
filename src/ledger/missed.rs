//! Packs that nobody made in time and that are not made late, and when packs were first
//! issued.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sqlx::{AnyConnection, Row as _};

use super::notes::{LedgerEvent, tell};
use super::rows::pack;
use super::settle::text;
use super::{Ledger, LedgerError};
use crate::domain::{Edition, PackKey};

/// What happened to a pack that was missed.
const MISSED: &str = "missed";

/// A pack that was missed, the first of its editions for all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissedPack {
    /// Which pack.
    pub key: PackKey,
    /// The first of its editions.
    pub edition: Edition,
    /// When it fell due.
    pub since: DateTime<Utc>,
}

impl Ledger {
    /// Notes packs that were missed, each once however often it is said.
    pub fn note_missed(&self, missed: Vec<MissedPack>, by: &str, at: &str) -> Result<(), LedgerError> {
        if missed.is_empty() {
            return Ok(());
        }
        let (council, by, at) = (self.council.clone(), by.to_owned(), at.to_owned());
        self.write(async move |connection| {
            let noted = noted(connection, &council).await?;
            for MissedPack { key, edition, since } in missed.iter().filter(|missed| !noted.contains(&missed.key)) {
                let told = serde_json::json!({ "by": by, "due": text(*since) });
                let pack = Some((key, *edition));
                tell(connection, LedgerEvent { at: &at, kind: MISSED, council: &council, pack, revision: 0, told })
                    .await?;
            }
            Ok(())
        })
    }

    /// Packs that were noted as missed, whatever became of them since.
    pub fn missed(&self) -> Result<BTreeSet<PackKey>, LedgerError> {
        let council = self.council.clone();
        self.ask(async move |connection| noted(connection, &council).await)
    }

    /// When the first revision of each pack was issued.
    pub fn first_issued(&self) -> Result<BTreeMap<PackKey, DateTime<Utc>>, LedgerError> {
        let rows =
            self.rows("SELECT period, board, edition, issued_at FROM revision WHERE council = $1 AND supersedes = 0")?;
        let mut first = BTreeMap::new();
        for row in &rows {
            let (key, issued_at) = self.one(pack(row).and_then(|(key, _)| Ok((key, row.try_get::<String, _>(3)?))))?;
            // A time that is none is nobody's: how late a pack was is no reason to stop.
            let Ok(at) = issued_at.parse::<DateTime<Utc>>() else { continue };
            let earliest = first.entry(key).or_insert(at);
            *earliest = at.min(*earliest);
        }
        Ok(first)
    }
}

async fn noted(connection: &mut AnyConnection, council: &str) -> Result<BTreeSet<PackKey>, sqlx::Error> {
    let rows = sqlx::query("SELECT period, board, edition FROM event WHERE council = $1 AND kind = $2")
        .bind(council)
        .bind(MISSED)
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok(pack(row)?.0)).collect()
}
