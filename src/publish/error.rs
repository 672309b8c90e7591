//! What goes wrong in the published folder.

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::{Code, Finding, Place};

/// The published folder or the folder of held packs could not be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// The folders lie in each other.
    #[error("failed to use {} for held packs and {} for published ones: one lies inside the other (hint: mend `path` or `held` under [publish] in boardpack.toml)", .held.display(), .published.display())]
    Nested {
        /// The published folder.
        published: PathBuf,
        /// The folder of held packs.
        held: PathBuf,
    },
    /// A folder and the one around it are both not there.
    #[error("failed to make the folder {}: the folder around it is not there (hint: is the share mounted, and is the path under [publish] in boardpack.toml right?)", .path.display())]
    NoParent {
        /// The folder.
        path: PathBuf,
    },
    /// Something could not be read.
    #[error("failed to read {}", .path.display())]
    Read {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Something could not be written or removed.
    #[error("failed to write {} (hint: may this account write there, is there space, and has somebody the file open?)", .path.display())]
    Write {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A manifest is damaged. It is never passed over: the revision it stands
    /// for would be issued again with other figures.
    #[error("failed to read the manifest {} (hint: bring the file back from a backup; nothing of this pack is issued until then)", .path.display())]
    Damaged {
        /// The manifest.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// A manifest is not as it was written.
    #[error("failed to trust the manifest {}: it was changed after it was published (hint: bring the file back from a backup)", .path.display())]
    Edited {
        /// The manifest.
        path: PathBuf,
    },
    /// A published file is not as it was written.
    #[error("failed to trust {}: it was changed after it was published, so it says what readers were never told (hint: bring the file back from a backup)", .path.display())]
    Altered {
        /// The file.
        path: PathBuf,
    },
    /// A published file is not there.
    #[error("failed to find {}, which was published (hint: bring the file back from a backup)", .path.display())]
    Gone {
        /// The file.
        path: PathBuf,
    },
    /// Published files stand without the manifest that vouches for them.
    #[error("failed to find {}: the files beside it were published, and nothing vouches for them (hint: bring manifest.json back from a backup; where nobody was ever given these files, move their folder out of the published folder)", .path.display())]
    NoManifest {
        /// The manifest.
        path: PathBuf,
    },
    /// A revision that was published is not there.
    #[error("failed to find {}, a revision that was published (hint: bring the folder back from a backup; one that is gone for good: boardpack ledger accept-loss)", .path.display())]
    NoRevision {
        /// Its folder.
        path: PathBuf,
    },
    /// The published folder is empty, and was not.
    #[error("failed to find what was published in {}: {packs} stood there, and now none does (hint: is the share mounted, and is the path under [publish] in boardpack.toml right? A folder that is to start anew: remove {memory})", .path.display())]
    Emptied {
        /// The folder.
        path: PathBuf,
        /// "3 packs".
        packs: String,
        /// What remembers them.
        memory: String,
    },
    /// A revision stands that was not issued, as far as is remembered.
    #[error("failed to trust the manifest {}: the ledger does not know that this revision was issued (hint: move a copy out of the published folder; where it was issued, as after a restore of an older ledger: boardpack ledger rebuild)", .path.display())]
    Unrecorded {
        /// The manifest.
        path: PathBuf,
    },
    /// A manifest says something that its folder contradicts.
    #[error("failed to accept the manifest {}: {why} (hint: was the folder copied or renamed by hand? move it out of the published folder)", .path.display())]
    Contradiction {
        /// The manifest.
        path: PathBuf,
        /// What does not agree.
        why: String,
    },
    /// A manifest was written by a newer program.
    #[error("failed to read the manifest {}: its schema is {found}, this program knows {known} (hint: a newer boardpack has used this folder; use that one)", .path.display())]
    Newer {
        /// The manifest.
        path: PathBuf,
        /// Its schema.
        found: u64,
        /// The newest schema known.
        known: u32,
    },
    /// The revision stands already, and what stands is never touched.
    #[error(
        "failed to issue revision {revision} of {board} for {period}: it is issued already (hint: another run was faster; a correction is the next revision)"
    )]
    AlreadyIssued {
        /// The board.
        board: String,
        /// The period.
        period: String,
        /// The revision.
        revision: u32,
    },
    /// The revision does not follow on the latest one.
    #[error(
        "failed to issue revision {revision} of {board} for {period}: it does not follow on what stands there, {latest}"
    )]
    OutOfOrder {
        /// The board.
        board: String,
        /// The period.
        period: String,
        /// The revision.
        revision: u32,
        /// "nothing" or the latest revision.
        latest: String,
    },
    /// The pack may be another's by now, and what was made of it is thrown away.
    #[error("failed to issue {}: this service lost the locks under which it was made (hint: nothing was issued; whoever holds them now makes it, or the next run)", .path.display())]
    LockLost {
        /// The revision's folder.
        path: PathBuf,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A file name that some system would refuse.
    #[error("failed to use {name:?} as a file name: {why} (hint: mend the board's `title` or `scorecard`)")]
    Name {
        /// The name.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Another run holds the lock.
    #[error("failed to take {}: another boardpack run{} is using the folder (hint: wait until it ends, or stop it)", .path.display(), by(.holder.as_ref()))]
    InUse {
        /// The lock.
        path: PathBuf,
        /// What the holder wrote of itself.
        holder: Option<String>,
    },
    /// The lock could not be taken for another reason.
    #[error("failed to lock {} (hint: does the file system of the published folder know file locks?)", .path.display())]
    Lock {
        /// The lock.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl PublishError {
    /// The finding behind a fault of what was published, which an officer can
    /// mend; none where the world or the program is at fault.
    pub fn finding(&self) -> Option<Finding> {
        let (code, path) = self.breach()?;
        let at = Place { file: Some(path.display().to_string().into()), ..Place::default() };
        let text = self.to_string();
        let (message, hint) = text.rsplit_once(" (hint: ").unwrap_or((&text, ""));
        Some(Finding::new(code, at, message, hint.trim_end_matches(')')))
    }

    /// What of what was published is not as it was, and its code.
    pub(super) fn breach(&self) -> Option<(Code, &Path)> {
        match self {
            Self::Altered { path } => Some((Code::IssuedAltered, path)),
            Self::Gone { path } | Self::NoManifest { path } | Self::NoRevision { path } => {
                Some((Code::IssuedGone, path))
            }
            Self::Edited { path }
            | Self::Damaged { path, .. }
            | Self::Contradiction { path, .. }
            | Self::Unrecorded { path } => Some((Code::IssuedUntrusted, path)),
            _ => None,
        }
    }
}

fn by(holder: Option<&String>) -> String {
    holder.map(|holder| format!(", {holder},")).unwrap_or_default()
}

/// Gives an I/O error the path it is about.
pub(super) trait Within<T> {
    fn reading(self, path: &Path) -> Result<T, PublishError>;
    fn writing(self, path: &Path) -> Result<T, PublishError>;
}

impl<T> Within<T> for io::Result<T> {
    fn reading(self, path: &Path) -> Result<T, PublishError> {
        self.map_err(|source| PublishError::Read { path: path.to_owned(), source })
    }

    fn writing(self, path: &Path) -> Result<T, PublishError> {
        self.map_err(|source| PublishError::Write { path: path.to_owned(), source })
    }
}
