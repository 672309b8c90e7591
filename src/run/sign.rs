//! `sign`: which published revisions wait for nothing but approval.

use super::RunError;
use super::folders::PublishedFolders;
use crate::config::Config;
use crate::domain::{Board, PackKey, PackState};
use crate::publish::Publication;
use crate::words;

/// Why there is nothing to approve.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The published folder cannot be used.
    #[error("failed to use the published folder")]
    Published(#[from] RunError),
    /// No revision stands.
    #[error("{0} is not published, so there is nothing to approve: boardpack run")]
    Unpublished(String),
    /// What would be read is not what was made.
    #[error("{0} is not as it was made, so there is nothing to approve: {1}")]
    Untrusted(String, String),
    /// Commentary comes before approval.
    #[error("{0} still waits for {1}")]
    Outstanding(String, String),
    /// It waits for nothing.
    #[error(
        "{pack}, is final already (hint: if what it says has changed since, make the draft of that first: boardpack run --board {} --period {})",
        key.board, key.period
    )]
    Final {
        /// The pack and its revision.
        pack: String,
        /// What to run for a new one.
        key: PackKey,
    },
}

/// The latest revision of each of a board's editions.
pub fn awaiting(config: &Config, board: &Board, key: &PackKey) -> Result<Vec<Publication>, SignError> {
    let folders = PublishedFolders::open(config)?;
    let pack = format!("{} for {}", key.board, words::month(key.period));
    let mut awaiting = Vec::new();
    let mut is_final = true;
    for edition in &board.editions {
        let latest =
            folders.of(*edition).map(|folder| folder.latest(key)).transpose().map_err(RunError::from)?.flatten();
        let Some(latest) = latest else { return Err(SignError::Unpublished(pack)) };
        // Whoever approves has read the file that stands there.
        if let Some(error) = latest.breaches().next() {
            return Err(SignError::Untrusted(pack, error.to_string()));
        }
        let manifest = &latest.manifest;
        if manifest.outstanding > 0 {
            let owed = words::count(manifest.outstanding, "commentary", "commentaries");
            return Err(SignError::Outstanding(format!("{pack}, revision {},", manifest.revision), owed));
        }
        is_final &= manifest.state == PackState::Final;
        awaiting.push(latest);
    }
    match awaiting.first() {
        Some(latest) if is_final => {
            Err(SignError::Final { pack: format!("{pack}, revision {}", latest.manifest.revision), key: key.clone() })
        }
        _ => Ok(awaiting),
    }
}
