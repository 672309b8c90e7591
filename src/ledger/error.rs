//! What goes wrong with the ledger.

use std::path::PathBuf;

use super::LedgerPlace;
use super::session::{is_end, is_end_code};
use crate::publish::PublishError;
use crate::secrets::SecretError;

/// The ledger could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// It cannot be opened or made.
    #[error("failed to open the ledger {} (hint: is its folder there, may this account write in it, and is it on a disk of this machine?)", .path.display())]
    Open {
        /// The ledger.
        path: PathBuf,
        /// Why.
        source: sqlx::Error,
    },
    /// There is none.
    #[error("failed to find the ledger {} (hint: the first run makes it, from what stands in the published folder)", .path.display())]
    None {
        /// Where it would lie.
        path: PathBuf,
    },
    /// The file could not be made, moved or read.
    #[error("failed to use {} (hint: is its folder there, and may this account write in it?)", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Another program writes to it, and went on for longer than is waited.
    #[error("failed to use the ledger {}: another program is writing to it (hint: wait until that ends, or stop it; nothing was lost)", .path.display())]
    Busy {
        /// The ledger.
        path: PathBuf,
    },
    /// It may be read and not written.
    #[error("failed to write the ledger {}: it may only be read (hint: let this account write the file and its folder)", .path.display())]
    ReadOnly {
        /// The ledger.
        path: PathBuf,
    },
    /// The disk is full.
    #[error("failed to write the ledger {}: the disk is full (hint: make room; the next run goes on)", .path.display())]
    Full {
        /// The ledger.
        path: PathBuf,
    },
    /// It is no ledger, or is damaged.
    #[error("failed to read the ledger {}: it is damaged, or is another file (hint: bring it back from a backup; where the published folder is whole, `boardpack ledger rebuild` makes it anew)", .path.display())]
    Damaged {
        /// The ledger.
        path: PathBuf,
        /// Why.
        source: sqlx::Error,
    },
    /// A newer program has used it.
    #[error("failed to use the ledger {}: its schema is {found}, by {program}, and this program, {ours}, knows {known} (hint: use the newer one)", .path.display())]
    Newer {
        /// The ledger.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The program that made it so.
        program: String,
        /// The newest schema known.
        known: i64,
        /// This program.
        ours: &'static str,
    },
    /// A migration was applied that this program has otherwise.
    #[error("failed to use the ledger {}: its schema {version} is not the one that this program knows (hint: another build of boardpack made it; use that one)", .path.display())]
    OtherSchema {
        /// The ledger.
        path: PathBuf,
        /// The migration.
        version: i64,
    },
    /// A question to it failed.
    #[error("failed to ask the ledger {}", .path.display())]
    Query {
        /// The ledger.
        path: PathBuf,
        /// Why.
        source: sqlx::Error,
    },
    /// The address of a PostgreSQL database is none.
    #[error(
        "failed to read the address of the ledger's database: {why} (hint: `ledger` under [publish] in boardpack.toml is such as postgres://boardpack@db.example/boardpack?sslmode=verify-full)"
    )]
    Address {
        /// What is wrong with it. Nothing of it is in this.
        why: &'static str,
    },
    /// Where that address is kept does not give it.
    #[error("failed to learn the address of the ledger's database")]
    Secret(#[from] SecretError),
    /// The server cannot be reached.
    #[error(
        "failed to reach the ledger's PostgreSQL server (hint: does it run, and are host and port of `ledger` under [publish] right? it is tried again by itself)"
    )]
    Unreachable {
        /// Why.
        source: sqlx::Error,
    },
    /// The server lets nobody in.
    #[error(
        "failed to sign in to the ledger's PostgreSQL server: {why} (hint: see role, password, database and sslmode of `ledger` under [publish], and the server's own log)"
    )]
    SignIn {
        /// Why. No name and no address is in this.
        why: &'static str,
    },
    /// The connection ended.
    #[error(
        "failed to ask the ledger: the connection to its PostgreSQL server ended (hint: nothing was lost; the next run connects anew, and makes what was not made)"
    )]
    Lost {
        /// Why.
        source: sqlx::Error,
    },
    /// Another session has something locked, and went on for longer than is waited; or the server is too slow.
    #[error(
        "failed to use the ledger in PostgreSQL: it took too long (hint: does another program hold a lock on its tables, and is the server overloaded? it is tried again by itself)"
    )]
    TooSlow {
        /// Why.
        source: sqlx::Error,
    },
    /// The role may not.
    #[error(
        "failed to use the ledger in PostgreSQL: its role may not (hint: docs/ledger.md has the rights that it needs)"
    )]
    Rights {
        /// Why.
        source: sqlx::Error,
    },
    /// What was locked is not locked any more.
    #[error(
        "failed to go on: the locks under which the pack is made are gone (hint: the address must lead to PostgreSQL itself, or to a pooler that keeps sessions; one that pools transactions loses locks)"
    )]
    LocksGone,
    /// Another service makes packs of the same sources.
    #[error(
        "failed to take what this needs: another boardpack is making packs of the same sources (hint: wait until it ends)"
    )]
    InUse,
    /// Something is done with the means of PostgreSQL.
    #[error("failed to {what}: it is in PostgreSQL (hint: {instead})")]
    OfServer {
        /// "copy the ledger".
        what: &'static str,
        /// What does it.
        instead: &'static str,
    },
    /// What an earlier program remembered cannot be read.
    #[error("failed to read {}, which remembers what was published (hint: bring the file back from a backup; or, if the published folders are known to be whole, remove it)", .path.display())]
    Legacy {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// Another revision of this number is in it.
    #[error("failed to note revision {revision} of {pack} in the ledger: it knows another one of that number")]
    Conflict {
        /// The pack.
        pack: String,
        /// The revision.
        revision: u32,
    },
    /// A ledger that knows more than the folder is not made anew from the folder.
    #[error("failed to rebuild the ledger {}: it knows what the published folder lacks: {missing} (hint: bring that back from a backup, or say for each pack why it is gone: boardpack ledger accept-loss)", .path.display())]
    FolderLacks {
        /// The ledger.
        path: PathBuf,
        /// "panel for October 2026, revision 2".
        missing: String,
    },
    /// A backup must not overwrite anything.
    #[error("failed to write {}: it is there already (hint: name a file that is not)", .path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The thread that asks the database is gone.
    #[error("failed to ask the ledger: its thread ended (hint: this is a bug)")]
    Ended,
    /// The published folder could not be used.
    #[error(transparent)]
    Publish(#[from] PublishError),
}

impl LedgerError {
    /// The error behind what the database said.
    pub(super) fn of(place: &LedgerPlace, source: sqlx::Error) -> Self {
        let path = place.path();
        if place.is_shared() {
            return Self::of_server(path, source);
        }
        let code = source.as_database_error().and_then(|error| error.code()).unwrap_or_default();
        // SQLite's extended codes have the plain one in their lowest byte.
        match code.parse::<u32>().map(|code| code & 0xff) {
            Ok(5 | 6) => Self::Busy { path },
            Ok(8) => Self::ReadOnly { path },
            Ok(13) => Self::Full { path },
            Ok(11 | 26) => Self::Damaged { path, source },
            Ok(14) => Self::Open { path, source },
            _ => Self::Query { path, source },
        }
    }

    fn of_server(path: PathBuf, source: sqlx::Error) -> Self {
        let code = source.as_database_error().and_then(|error| error.code()).unwrap_or_default().into_owned();
        match code.as_str() {
            _ if is_end(&source) => Self::Lost { source },
            "55P03" | "57014" => Self::TooSlow { source },
            "25006" => Self::ReadOnly { path },
            "53100" => Self::Full { path },
            "42501" => Self::Rights { source },
            _ => Self::Query { path, source },
        }
    }

    /// The error behind a server that lets nobody in. What it says of whom is not repeated.
    pub(super) fn of_connecting(place: &LedgerPlace, source: sqlx::Error) -> Self {
        let code = source.as_database_error().and_then(|error| error.code()).unwrap_or_default().into_owned();
        match (&source, code.as_str()) {
            (sqlx::Error::Tls(_), _) => Self::SignIn { why: "no encrypted connection came about" },
            // What is wrong with a certificate names the host.
            (sqlx::Error::Io(error), _) if error.kind() == std::io::ErrorKind::InvalidData => {
                Self::SignIn { why: "its certificate is not accepted" }
            }
            (sqlx::Error::Configuration(_), _) => Self::Address { why: "the driver does not take it" },
            (_, "28P01" | "28000") => Self::SignIn { why: "it refuses the role or its password" },
            (_, "3D000") => Self::SignIn { why: "it has no such database" },
            (_, "42501") => Self::SignIn { why: "the role may not use the database" },
            (_, "53300") => Self::SignIn { why: "it has too many connections" },
            (sqlx::Error::Io(_), _) => Self::Unreachable { source },
            (_, code) if is_end_code(code) => Self::Unreachable { source },
            _ => Self::of(place, source),
        }
    }

    /// Whether it is the server's or the connection's passing trouble: nothing is lost, and the next
    /// ring may go on.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. } | Self::Lost { .. } | Self::TooSlow { .. } | Self::LocksGone | Self::InUse
        )
    }

    /// Whether another run or service is at it, and waiting is all that helps.
    pub fn is_in_use(&self) -> bool {
        matches!(self, Self::InUse | Self::Publish(PublishError::InUse { .. }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::secret::{Secret, SecretText};

    #[test]
    fn a_connection_that_ended_is_told_from_an_answer() {
        let place = LedgerPlace::Server(Secret::Given(SecretText::new("")));
        let io = || sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into());
        assert!(matches!(LedgerError::of(&place, io()), LedgerError::Lost { .. }));
        assert!(matches!(LedgerError::of_connecting(&place, io()), LedgerError::Unreachable { .. }));
        assert!(matches!(LedgerError::of(&place, sqlx::Error::RowNotFound), LedgerError::Query { .. }));
        let refused = LedgerError::of_connecting(&place, sqlx::Error::Configuration("s3cret".into()));
        assert!(!format!("{refused} {refused:?}").contains("s3cret"));
    }
}
