//! What the published folder lost, and why it may go on without.

use super::notes::{LedgerEvent, tell};
use super::revisions::UnreadPack;
use super::rows::{number, pack};
use super::{Ledger, LedgerError};
use crate::domain::{Edition, PackKey};

/// An edition of a pack.
pub(super) type PackEdition = (PackKey, Edition);

impl Ledger {
    /// Notes why revisions of a pack are gone: they are missed no more, and their numbers
    /// are never given to others. A pack that could not be read is asked for no more.
    pub fn accept_loss(
        &self,
        pack: (&PackKey, Edition),
        revisions: Vec<u32>,
        because: &str,
        (by, at): (&str, &str),
    ) -> Result<(), LedgerError> {
        let (council, key, edition) = (self.council.clone(), pack.0.clone(), pack.1);
        let (because, by, at) = (because.to_owned(), by.to_owned(), at.to_owned());
        self.write(async move |connection| {
            let (period, board) = (key.period.to_string(), key.board.to_string());
            for revision in revisions {
                sqlx::query(
                    "INSERT INTO loss (council, period, board, edition, revision, because, accepted_by, accepted_at) \
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
                     ON CONFLICT (council, period, board, edition, revision) \
                     DO UPDATE SET because = $6, accepted_by = $7, accepted_at = $8",
                )
                .bind(&council)
                .bind(&period)
                .bind(&board)
                .bind(edition.word())
                .bind(i64::from(revision))
                .bind(&because)
                .bind(&by)
                .bind(&at)
                .execute(&mut *connection)
                .await?;
                let told = serde_json::json!({ "by": by, "because": because });
                let pack = Some((&key, edition));
                let event = LedgerEvent { at: &at, kind: "loss-accepted", council: &council, pack, revision, told };
                tell(connection, event).await?;
            }
            sqlx::query("DELETE FROM unread WHERE council = $1 AND period = $2 AND board = $3 AND edition = $4")
                .bind(&council)
                .bind(&period)
                .bind(&board)
                .bind(edition.word())
                .execute(&mut *connection)
                .await?;
            Ok(())
        })
    }

    /// Every revision that may be gone.
    pub(super) fn losses(&self) -> Result<Vec<(PackEdition, u32)>, LedgerError> {
        let rows = self.rows("SELECT period, board, edition, revision FROM loss WHERE council = $1")?;
        self.each(&rows, |row| Ok((pack(row)?, number(row, 3)?)))
    }

    /// Notes that a pack could be read after all.
    pub(super) fn is_read(&self, unread: UnreadPack) -> Result<(), LedgerError> {
        let council = self.council.clone();
        self.ask(async move |connection| {
            sqlx::query("DELETE FROM unread WHERE council = $1 AND period = $2 AND board = $3 AND edition = $4")
                .bind(council)
                .bind(unread.key.period.to_string())
                .bind(unread.key.board.to_string())
                .bind(unread.edition.word())
                .execute(connection)
                .await
        })?;
        Ok(())
    }
}
