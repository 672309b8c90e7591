//! The contract: what every kind of storage answers, whatever it is made of.
//!
//! - A name is relative, with `/` between folders (`path`). One that leads out
//!   of the storage is a [`StorageError::Path`], and so is a pattern where files
//!   cannot be listed. Nothing is contacted for it.
//! - What an officer can mend is an answer ([`Got`]): a file that is missing,
//!   open elsewhere, still changing or too large. That the storage itself cannot be
//!   reached is a [`StorageError`], because the council's IT mends it. It names the
//!   place, the operation, what the server said and what to do.
//! - [`Got::Found`] is the whole file as it stood at one moment, and never part
//!   of one. Not much more than the limit is ever read.
//! - An etag is given only where the same etag means the same bytes, and
//!   [`Got::Unchanged`] is the answer only to an etag that still holds.
//! - A write is whole or not there. [`PutMode::Create`] never writes over a file; what
//!   a server cannot do of this is worked around and told ([`Backend::weakness`]).
//! - Every answer comes within a bounded time.
//! - `Debug`, the place and the errors of a storage hold no credentials.
//!
//! `contract` in `tests/suite/storage.rs` holds each kind to this.

use std::fmt::Debug;
use std::io;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::staged::StagedBytes;
use super::{StorageError, path};

/// A storage of one kind. Names that reach it are below it and hold no pattern.
#[async_trait]
pub trait Backend: Debug + Send + Sync {
    /// Where it is, for people; without credentials.
    fn place(&self) -> String;

    /// Why its files cannot be listed; none where they can.
    fn unlisted(&self) -> Option<&'static str> {
        None
    }

    /// What lies in a folder, of any kind and in any order; the storage's own is "". None
    /// where there is no such folder.
    async fn list(&self, folder: &str) -> Result<Option<Vec<Entry>>, StorageFault>;

    /// What stands under a name; none where nothing does.
    async fn head(&self, name: &str) -> Result<Option<Entry>, StorageFault>;

    /// The file under a name. `known` is the etag of the copy at hand. Near names of a
    /// missing file, and whether one is open, are found by the caller.
    async fn read(&self, name: &str, known: Option<&str>) -> Result<Got, StorageFault>;

    /// Whether a file that was read just now still is what stands under its name, where
    /// [`read`](Self::read) alone does not say.
    async fn is_still(&self, _file: &StoredFile) -> Result<bool, StorageError> {
        Ok(true)
    }

    /// Writes a file, and the folders that it needs.
    async fn put(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, StorageError>;

    /// Removes a file; that there is none is no error.
    async fn remove(&self, name: &str) -> Result<(), StorageError>;

    /// Whether it writes into files of such a name what they did not hold: what it gives back
    /// are other bytes, under the etag that the write was answered with.
    fn rewrites(&self, _name: &str) -> bool {
        false
    }

    /// What it was found to lack of the contract, and how that is worked around; none of
    /// a whole one, and before it was found.
    fn weakness(&self) -> Option<String> {
        None
    }
}

/// Why there is no plain answer: one that an officer can act on, or a storage that fails.
#[derive(Debug, Clone)]
pub enum StorageFault {
    /// An answer.
    Answer(Got),
    /// The storage failed.
    Broken(StorageError),
}

impl From<StorageError> for StorageFault {
    fn from(error: StorageError) -> Self {
        Self::Broken(error)
    }
}

/// A file or folder, as a list has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name below the storage, with `/` between folders.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Its size in bytes, where the list says.
    pub size: Option<u64>,
    /// Its etag, where the list says.
    pub etag: Option<String>,
    /// When it was last changed, where the list says.
    pub modified: Option<DateTime<Utc>>,
}

impl Entry {
    /// The last part of its name.
    pub fn file_name(&self) -> &str {
        path::split(&self.name).1
    }
}

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
        /// The operating system's or the server's words.
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
    /// The file, or a folder on the way to it, is a link that leads out of the storage.
    Outside {
        /// Its name below the storage.
        name: String,
    },
    /// The file's name holds a sign that no name should.
    Unfit {
        /// Its name below the storage, on one line.
        name: String,
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
    /// Its bytes.
    pub content: Arc<StagedBytes>,
    /// Its name below the storage, with `/` between folders.
    pub name: String,
    /// The server's strong etag; none where it has none.
    pub etag: Option<String>,
    /// When it was last changed, as far as the storage says.
    pub modified: Option<DateTime<Utc>>,
    /// Whether a program has left its mark beside it that somebody has it open.
    pub is_open: bool,
}

impl StoredFile {
    /// All of its bytes.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        self.content.read()
    }
}

/// What a write may do to a file that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutMode<'a> {
    /// Nothing: [`PutAnswer::Exists`].
    Create,
    /// Replace it where it has this etag; [`PutAnswer::Changed`] otherwise.
    IfMatch(&'a str),
    /// Replace it.
    Replace,
}

/// What became of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PutAnswer {
    /// The file stands.
    Stored {
        /// The etag that it has now, where the server says.
        etag: Option<String>,
    },
    /// A file stands there already.
    Exists,
    /// The file that stands there is not the one that was meant.
    Changed,
}

/// Something that signs in to a storage, or proves it, and ends at a time that is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CredentialEnd {
    /// When it ends.
    pub at: DateTime<Utc>,
    /// What it is, for people: "the client secret", "the certificate in authority.pem".
    pub what: String,
}

/// What a storage refuses to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FetchLimits {
    /// The largest file, in bytes.
    pub max_bytes: u64,
}
