//! Getting bytes from where officers save their workbooks.
//!
//! A storage answers one question: which bytes stand under this name?
//! [`contract`] says what every kind answers. A kind is one file: its settings
//! and their defaults, how they are read and shown, its paragraph of
//! `docs/config.md`, and the fetching. It is named in this file and in no other.
//!
//! | file | story |
//! |---|---|
//! | [`contract`] | what every kind answers |
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
pub mod contract;
pub mod directory;
pub mod error;
pub mod https;
pub mod memory;
mod newest;
mod path;
mod snapshot;
mod suggest;

use std::path::Path;

pub use contract::{FetchLimits, Got, StoredFile};
pub use directory::{Directory, DirectorySettings};
pub use error::StorageError;
pub use https::{Https, HttpsSettings};
pub use memory::Memory;

use crate::config::StorageKind;
use crate::domain::layout::Newest;

/// Every kind that a council may declare.
pub const KINDS: &[StorageKind] = &[directory::KIND, https::KIND];

/// How a storage is declared: the settings of its kind.
#[derive(Debug)]
pub enum StorageSettings {
    /// A folder.
    Directory(DirectorySettings),
    /// A web server.
    Https(HttpsSettings),
}

impl StorageSettings {
    /// Opens the storage. `dir` is the config directory, which paths are
    /// relative to. Nothing is contacted yet.
    pub fn open(&self, dir: &Path, limits: FetchLimits) -> Result<Storage, StorageError> {
        match self {
            Self::Directory(settings) => {
                let directory = Directory::new(dir.join(&settings.path), limits);
                Ok(Storage::Directory(directory.following_links(settings.follow_links)))
            }
            Self::Https(settings) => Https::new(settings, dir, limits).map(Storage::Https),
        }
    }

    /// The settings in a few words, without secrets. `path` says where a path of
    /// the config leads.
    pub fn shown(&self, path: &dyn Fn(&str) -> String) -> String {
        match self {
            Self::Directory(settings) => settings.shown(path),
            Self::Https(settings) => settings.shown(),
        }
    }
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
