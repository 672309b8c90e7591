//! What stops a storage from answering at all.
//!
//! One broken share fails several sources, so an error can be cloned. Its words
//! never carry credentials: addresses are shown without userinfo and query.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::secrets::SecretError;

/// What was asked of a storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// The bytes of a file.
    Fetch,
    /// Whether a file is there, and which.
    Look,
    /// The names in a folder.
    List,
    /// To keep a file.
    Write,
    /// To remove one.
    Remove,
    /// Leave to ask for anything.
    SignIn,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fetch => "fetch",
            Self::Look => "look for",
            Self::List => "list",
            Self::Write => "write",
            Self::Remove => "remove",
            Self::SignIn => "sign in to",
        })
    }
}

/// A storage could not answer.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum StorageError {
    /// A name that the config does not declare.
    #[error("failed to find a {what} named {name:?} in the config")]
    Undeclared {
        /// "storage" or "source".
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A path that leads out of its storage, or that not every system can hold.
    #[error("failed to look for {name:?} on {place}: {why} (hint: mend `files` in sources.toml)")]
    Path {
        /// The path as asked for.
        name: String,
        /// The storage.
        place: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The folder itself cannot be listed.
    #[error("failed to open the folder {} (hint: is the share mounted, and may this account read it?)", .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The operating system's words.
        source: Arc<io::Error>,
    },
    /// A file that is there could not be read.
    #[error("failed to read {}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The operating system's words.
        source: Arc<io::Error>,
    },
    /// A file could not be written or removed.
    #[error("failed to write {} (hint: may this account write there, and is there room?)", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The operating system's words.
        source: Arc<io::Error>,
    },
    /// There is nothing where the storage is said to be.
    #[error("failed to find {place} (hint: is its path or address right, and does this account see it?)")]
    Absent {
        /// The storage.
        place: String,
    },
    /// The folder's file system did not answer.
    #[error("failed to read from {} within {seconds} seconds (hint: does the share's server answer?)", .path.display())]
    Stalled {
        /// The folder.
        path: PathBuf,
        /// How long was waited.
        seconds: u64,
    },
    /// The reading thread was stopped before it had an answer.
    #[error("failed to finish reading from {}: the program is stopping", .path.display())]
    Stopped {
        /// The folder.
        path: PathBuf,
    },
    /// A storage answered "unchanged" and was given no etag.
    #[error("failed to read from {place}: it answered \"unchanged\" for a file that was never read")]
    Contradiction {
        /// The storage.
        place: String,
    },
    /// The certificate authority's file cannot be used.
    #[error("failed to read a certificate authority from {}: {why} (hint: `ca_file` takes certificates as PEM text)", .path.display())]
    Authority {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// No client could be made.
    #[error(
        "failed to prepare secure connections to {url} (hint: does this machine have a list of trusted authorities, such as the package ca-certificates?)"
    )]
    Client {
        /// The storage.
        url: String,
        /// Why.
        source: Arc<reqwest::Error>,
    },
    /// The exchange with the server failed.
    #[error("failed to {operation} {url}{}", hinted(.hint))]
    Exchange {
        /// What was asked.
        operation: Operation,
        /// The file's address.
        url: String,
        /// What to do; may be empty.
        hint: &'static str,
        /// Why, in the words of whatever carries the exchange.
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
    /// The server refused this account.
    #[error("failed to {operation} {url}: the server answered {said}{}", hinted(.hint))]
    Denied {
        /// What was asked.
        operation: Operation,
        /// The file's address.
        url: String,
        /// What the server said: "403 Forbidden, accessDenied".
        said: String,
        /// What to do, such as which permission is missing.
        hint: String,
    },
    /// The server gave an answer that is none.
    #[error("failed to {operation} {url}: the server answered {said}{}", hinted(.hint))]
    Refused {
        /// What was asked.
        operation: Operation,
        /// The file's address.
        url: String,
        /// What the server said: "507 Insufficient Storage".
        said: String,
        /// What to do; may be empty.
        hint: String,
    },
    /// The answer ended early, or went on.
    #[error("failed to fetch {url}: {got} of {expected} bytes arrived")]
    Truncated {
        /// The file's address.
        url: String,
        /// Bytes that arrived.
        got: u64,
        /// Bytes that were announced.
        expected: u64,
    },
    /// What was fetched could not be kept until it is read.
    #[error("failed to keep what was fetched from {place} (hint: is the disk full that temporary files go to?)")]
    Staging {
        /// The storage.
        place: String,
        /// The operating system's words.
        source: Arc<io::Error>,
    },
    /// What signs in to it cannot be had.
    #[error("failed to sign in to {place}")]
    Secret {
        /// The storage.
        place: String,
        /// Why.
        source: Arc<SecretError>,
    },
    /// A setting that is only known to be wrong once it is used.
    #[error("failed to prepare {place}: {why} (hint: {hint})")]
    Setting {
        /// The storage.
        place: String,
        /// What is wrong.
        why: String,
        /// What to do.
        hint: &'static str,
    },
    /// It takes no files.
    #[error("failed to write to {place}: {why}")]
    ReadOnly {
        /// The storage.
        place: String,
        /// Why.
        why: &'static str,
    },
}

impl StorageError {
    /// Whether the account lacks leave, rather than the server failing.
    pub fn is_denied(&self) -> bool {
        matches!(self, Self::Denied { .. } | Self::Secret { .. })
    }
}

fn hinted(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" (hint: {text})") }
}
