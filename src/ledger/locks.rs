//! What a session holds of a ledger that several services share.
//!
//! The locks are PostgreSQL's session advisory locks: they end with the session, however
//! that ends, and the rows of what is made under them are committed in it. So a service
//! that lost its connection has lost its locks, and can commit nothing. No other means is
//! needed: no lease that runs out, no file locks, which shares do not keep.
//!
//! A ledger in a file has none of it: there the published folder's lock guards a run.

use std::collections::BTreeSet;
use std::sync::{MutexGuard, PoisonError};

use super::session::is_postgres;
use super::{Ledger, LedgerError};
use crate::digest::sha256;

/// The class of this program's own locks, "boar" in ASCII; the second number says which.
/// 1 is every writer's (`session::begin`).
const FILL: &str = "SELECT pg_advisory_lock(1651466610, 2)";

/// Lets go of it.
const FILLED: &str = "SELECT pg_advisory_unlock(1651466610, 2)";

/// Names that are locked, as numbers of which PostgreSQL's locks go by.
pub(super) type HeldLocks = BTreeSet<i64>;

impl Ledger {
    /// Takes the locks of names for this session, all or none, and waits for nobody. False
    /// where another session has one of them.
    pub fn try_lock(&self, names: &BTreeSet<String>) -> Result<bool, LedgerError> {
        if !self.place.is_shared() {
            return Ok(true);
        }
        // In order, so that of two who want the same the one that has the first has all.
        let wanted: BTreeSet<i64> = names.iter().map(|name| self.number(name)).collect();
        let new: Vec<i64> = wanted.difference(&self.held_locks()).copied().collect();
        let numbers = new.clone();
        let is_taken = self.ask(async move |connection| {
            for (count, number) in numbers.iter().enumerate() {
                let is_free: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
                    .bind(*number)
                    .fetch_one(&mut *connection)
                    .await?;
                if !is_free {
                    for number in &numbers[..count] {
                        sqlx::query("SELECT pg_advisory_unlock($1)").bind(*number).execute(&mut *connection).await?;
                    }
                    return Ok(false);
                }
            }
            Ok(true)
        })?;
        if is_taken {
            self.held_locks().extend(new);
        }
        Ok(is_taken)
    }

    /// Refuses where this session does not hold every lock any more that it took: because it
    /// ended, or because what stands between it and the server gave it another one.
    pub fn still_holds(&self) -> Result<(), LedgerError> {
        let taken = self.held_locks().len();
        if taken == 0 {
            return Ok(());
        }
        let held: i64 = self.ask(async |connection| {
            sqlx::query_scalar(
                "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted \
                 AND pid = pg_backend_pid() \
                 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            )
            .fetch_one(connection)
            .await
        })?;
        if usize::try_from(held).is_ok_and(|held| held >= taken) { Ok(()) } else { Err(LedgerError::LocksGone) }
    }

    /// Does something while no other session of any council's does.
    pub(super) fn alone<T>(&self, work: impl FnOnce() -> Result<T, LedgerError>) -> Result<T, LedgerError> {
        let run = |sql: &'static str| {
            self.ask(async move |connection| match is_postgres(connection) {
                false => Ok(()),
                true => sqlx::raw_sql(sql).execute(connection).await.map(drop),
            })
        };
        run(FILL)?;
        let done = work();
        let freed = run(FILLED);
        done.and_then(|done| freed.map(|()| done))
    }

    fn held_locks(&self) -> MutexGuard<'_, HeldLocks> {
        self.locks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number by which a name of this council is locked: the beginning of a digest.
    fn number(&self, name: &str) -> i64 {
        let digest = sha256(format!("{}\0{name}", self.council).as_bytes());
        let number = digest.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default();
        i64::from_be_bytes(number.to_be_bytes())
    }
}
