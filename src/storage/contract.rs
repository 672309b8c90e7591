//! The contract: what every kind of storage answers, whatever it is made of.
//!
//! - A name is relative, with `/` between folders (`path`). One that leads out
//!   of the storage is a [`StorageError::Path`](super::StorageError::Path), and
//!   so is a pattern where files cannot be listed. Nothing is contacted for it.
//! - What an officer can mend is an answer ([`Got`]): a file that is missing,
//!   open elsewhere or too large. That the storage itself cannot be reached is
//!   a [`StorageError`](super::StorageError), because the council's IT mends it.
//! - [`Got::Found`] is the whole file as it stood at one moment, and never part
//!   of one. Not much more than the limit is ever read.
//! - An etag is given only where the same etag means the same bytes, and
//!   [`Got::Unchanged`] is the answer only to an etag that still holds.
//! - Every answer comes within a bounded time.
//! - `Debug`, the place and the errors of a storage hold no credentials.
//!
//! `contract` in `tests/suite/storage.rs` holds each kind to this.

use chrono::{DateTime, Utc};

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
