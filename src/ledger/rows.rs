//! Rows of the ledger, as values of the program.

use std::sync::mpsc;

use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::{Ledger, LedgerError};
use crate::domain::{BoardId, Edition, PackKey, PackState};

/// How many rows are read ahead.
const AHEAD: usize = 16;

impl Ledger {
    /// The rows of a question about the council.
    pub(super) fn rows(&self, sql: &'static str) -> Result<Vec<AnyRow>, LedgerError> {
        let council = self.council.clone();
        self.ask(async move |connection| sqlx::query(sql).bind(council).fetch_all(connection).await)
    }

    /// The same one after the other, a few ahead of whoever takes them.
    pub(super) fn rows_one_by_one(
        &self,
        sql: &'static str,
    ) -> Result<impl Iterator<Item = Result<AnyRow, sqlx::Error>> + use<>, LedgerError> {
        let (found, taken) = mpsc::sync_channel(AHEAD);
        let council = self.council.clone();
        self.send(Box::new(move |runtime, session| {
            // Whoever takes no more has gone.
            runtime.block_on(
                session
                    .rows(|connection| sqlx::query(sql).bind(council).fetch(connection), |row| found.send(row).is_ok()),
            );
        }))?;
        Ok(taken.into_iter())
    }

    /// Each row as a value.
    pub(super) fn each<T>(
        &self,
        rows: &[AnyRow],
        read: impl Fn(&AnyRow) -> Result<T, sqlx::Error>,
    ) -> Result<Vec<T>, LedgerError> {
        self.one(rows.iter().map(read).collect())
    }

    /// What was read of rows, or why it is no such value.
    pub(super) fn one<T>(&self, read: Result<T, sqlx::Error>) -> Result<T, LedgerError> {
        read.map_err(|error| LedgerError::of(&self.place, error))
    }
}

/// The pack of a row that begins with period, board and edition.
pub(super) fn pack(row: &AnyRow) -> Result<(PackKey, Edition), sqlx::Error> {
    let (period, board, edition): (String, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
    let period = period.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
    let board = BoardId::parse(&board).map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
    let edition = [Edition::Public, Edition::Restricted].into_iter().find(|one| one.word() == edition);
    Ok((PackKey { period, board }, edition.ok_or_else(|| sqlx::Error::Decode("an edition is unknown".into()))?))
}

/// A row of a pack, a revision and a text.
pub(super) fn numbered(row: &AnyRow) -> Result<((PackKey, Edition), u32, String), sqlx::Error> {
    Ok((pack(row)?, number(row, 3)?, row.try_get(4)?))
}

/// A number of a row.
pub(super) fn number(row: &AnyRow, column: usize) -> Result<u32, sqlx::Error> {
    u32::try_from(row.try_get::<i64, _>(column)?).map_err(|error| sqlx::Error::Decode(Box::new(error)))
}

/// A state of a row.
pub(super) fn state(row: &AnyRow, column: usize) -> Result<PackState, sqlx::Error> {
    let word: String = row.try_get(column)?;
    let state = [PackState::Draft, PackState::Final].into_iter().find(|state| state.word() == word);
    state.ok_or_else(|| sqlx::Error::Decode("a state is unknown".into()))
}
