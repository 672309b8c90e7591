//! What goes wrong with the ledger.

use std::path::{Path, PathBuf};

use crate::publish::PublishError;

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
    pub(super) fn of(path: &Path, source: sqlx::Error) -> Self {
        let path = path.to_owned();
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
}
