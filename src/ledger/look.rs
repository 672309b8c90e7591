//! What the daemon's look asks, at each ring: few rows, however long the ledger is.

use std::collections::{BTreeMap, BTreeSet};

use super::revisions::StandingRevision;
use super::rows::{number, pack, state};
use super::{Ledger, LedgerError};
use crate::domain::{Edition, PackKey, Period};

impl Ledger {
    /// The latest revision of every pack of a period and of later ones. One that was lost
    /// does not stand.
    pub fn standing_since(&self, from: Period) -> Result<Vec<StandingRevision>, LedgerError> {
        let (council, from) = (self.council.clone(), from.to_string());
        let rows = self.ask(async move |connection| {
            sqlx::query(
                "SELECT period, board, edition, revision, state FROM revision WHERE council = $1 AND period >= $2 \
                 AND NOT EXISTS (SELECT 1 FROM loss WHERE loss.council = revision.council \
                 AND loss.period = revision.period AND loss.board = revision.board \
                 AND loss.edition = revision.edition AND loss.revision = revision.revision) ORDER BY revision",
            )
            .bind(council)
            .bind(from)
            .fetch_all(connection)
            .await
        })?;
        let unread: BTreeSet<(PackKey, Edition)> =
            self.unread()?.into_iter().map(|pack| (pack.key, pack.edition)).collect();
        let mut latest = BTreeMap::new();
        for row in &rows {
            let (of, revision, state) = self.one(pack(row).and_then(|of| Ok((of, number(row, 3)?, state(row, 4)?))))?;
            latest.insert(of, (revision, state));
        }
        latest.retain(|of, _| !unread.contains(of));
        let standing = latest.into_iter();
        let standing =
            standing.map(|((key, edition), (revision, state))| StandingRevision { key, edition, revision, state });
        Ok(standing.collect())
    }

    /// Whether a revision of an edition must stand in its folder.
    pub fn has_issued(&self, edition: Edition) -> Result<bool, LedgerError> {
        let (council, edition) = (self.council.clone(), edition.word());
        let found: i64 = self.ask(async move |connection| {
            sqlx::query_scalar(
                "SELECT CASE WHEN EXISTS (SELECT 1 FROM revision WHERE council = $1 AND edition = $2 \
                 AND NOT EXISTS (SELECT 1 FROM loss WHERE loss.council = revision.council \
                 AND loss.period = revision.period AND loss.board = revision.board \
                 AND loss.edition = revision.edition AND loss.revision = revision.revision)) \
                 OR EXISTS (SELECT 1 FROM unread WHERE council = $1 AND edition = $2 AND revision > 0) \
                 THEN 1 ELSE 0 END",
            )
            .bind(council)
            .bind(edition)
            .fetch_one(connection)
            .await
        })?;
        Ok(found > 0)
    }
}
