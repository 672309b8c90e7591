//! What stops a storage from answering at all.
//!
//! One broken share fails several sources, so an error can be cloned. Its words
//! never carry credentials: addresses are shown without userinfo and query.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

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
    #[error("failed to fetch {url}{}", hinted(.hint))]
    Exchange {
        /// The file's address.
        url: String,
        /// What to do; may be empty.
        hint: &'static str,
        /// Why, in the words of whatever carries the exchange.
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
    /// The server refused this account.
    #[error(
        "failed to fetch {url}: the server answered {status} (hint: does the storage's `url` carry the right sign-in, and may that account read the file?)"
    )]
    Denied {
        /// The file's address.
        url: String,
        /// 401, 403 or 407.
        status: u16,
    },
    /// The server answered with a status that is no answer.
    #[error("failed to fetch {url}: the server answered {status}{}", hinted(.hint))]
    Status {
        /// The file's address.
        url: String,
        /// The status.
        status: u16,
        /// What to do; may be empty.
        hint: &'static str,
    },
    /// The answer ended early.
    #[error("failed to fetch {url}: {got} of {expected} bytes arrived")]
    Truncated {
        /// The file's address.
        url: String,
        /// Bytes that arrived.
        got: u64,
        /// Bytes that were announced.
        expected: u64,
    },
}

fn hinted(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" (hint: {text})") }
}
