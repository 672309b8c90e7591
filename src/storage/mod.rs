//! Getting bytes from where officers save their workbooks.
//!
//! A storage answers one question: which bytes stand under this name? That a
//! file is missing, open elsewhere or too large is an answer ([`Got`]), because
//! an officer mends it; that the storage itself cannot be reached is a
//! [`StorageError`], because the council's IT does.
//!
//! | file | story |
//! |---|---|
//! | [`directory`] | a folder, local or mounted: names with globs, files in use |
//! | `snapshot` | reading a file that somebody may be saving just now |
//! | [`https`] | a web server: deadlines, retries, etags, redirects |
//! | `attempt` | one HTTP exchange and what its outcome means |
//! | [`memory`] | for tests |
//! | `path` | names that may be looked for, and those that may not |
//! | `newest` | which of several files is the newest |
//! | `suggest` | "did you mean" for file names |
//! | [`error`] | what stops a storage from answering |

mod attempt;
pub mod directory;
pub mod error;
pub mod https;
pub mod memory;
mod newest;
mod path;
mod snapshot;
mod suggest;

use std::path::Path;

use chrono::{DateTime, Utc};

pub use directory::Directory;
pub use error::StorageError;
pub use https::{Https, redacted};
pub use memory::Memory;

use crate::config::StorageConfig;
use crate::domain::layout::Newest;

/// What a storage says of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Got {
    /// Exactly one file, whole.
    Found(StoredFile),
    /// The file is still the one whose etag was named.
    Unchanged,
    /// No such file.
    Missing {
        /// Names on the storage that look like it, nearest first, three at most.
        near: Vec<String>,
    },
    /// Several files match.
    Ambiguous {
        /// Their names below the storage, in order.
        names: Vec<String>,
    },
    /// The file is there and cannot be opened: another program holds it, or
    /// this account may not read it.
    Locked {
        /// Its name below the storage.
        name: String,
        /// The operating system's words.
        reason: String,
    },
    /// The file is larger than the limit.
    TooLarge {
        /// Its name below the storage.
        name: String,
        /// Its size in bytes, or as much of it as was seen.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// The file was being written while it was read, twice.
    Changing {
        /// Its name below the storage.
        name: String,
    },
}

/// A file and its provenance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Its name below the storage, with `/` between folders.
    pub name: String,
    /// The server's strong etag; none for a directory.
    pub etag: Option<String>,
    /// When it was last changed, as far as the storage says.
    pub modified: Option<DateTime<Utc>>,
    /// Whether a program has left its mark beside it that somebody has it open.
    pub is_open: bool,
}

/// What a storage refuses to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FetchLimits {
    /// The largest file, in bytes.
    pub max_bytes: u64,
}

/// Where workbooks are.
#[derive(Debug)]
pub enum Storage {
    /// A folder.
    Directory(Directory),
    /// A web server.
    Https(Https),
    /// For tests.
    Memory(Memory),
}

/// Opens a storage as it is declared. `dir` is the config directory, which
/// paths are relative to. Nothing is contacted yet.
pub fn open(config: &StorageConfig, dir: &Path, limits: FetchLimits) -> Result<Storage, StorageError> {
    match config {
        StorageConfig::Directory { path } => Ok(Storage::Directory(Directory::new(dir.join(path), limits))),
        StorageConfig::Https { url, timeout_seconds, retries, ca_file } => {
            let settings = https::Settings {
                url: url.clone(),
                timeout: std::time::Duration::from_secs(*timeout_seconds),
                retries: *retries,
                ca_file: ca_file.as_ref().map(|file| dir.join(file)),
            };
            Ok(Storage::Https(Https::new(settings, limits)?))
        }
    }
}

impl Storage {
    /// The file under this name. `known` is the etag of the copy at hand: where
    /// it still holds, the answer is [`Got::Unchanged`].
    pub async fn get(&self, name: &str, known: Option<&str>) -> Result<Got, StorageError> {
        self.newest(name, known, None).await
    }

    /// Likewise, and of several files that match the newest by this rule.
    pub async fn newest(&self, name: &str, known: Option<&str>, rule: Option<Newest>) -> Result<Got, StorageError> {
        match self {
            Self::Directory(directory) => directory.newest(name, rule).await,
            Self::Https(https) => https.get(name, known).await,
            Self::Memory(memory) => memory.get(name, known),
        }
    }

    /// Where it is, for people; without credentials.
    pub fn place(&self) -> String {
        match self {
            Self::Directory(directory) => directory.root().display().to_string(),
            Self::Https(https) => https.place().to_owned(),
            Self::Memory(_) => "memory".to_owned(),
        }
    }
}
