//! Whether everything that was published still is as it was: every revision of
//! every pack, every file against its manifest's digest, and what nothing
//! vouches for.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use super::{PublishError, PublishedFolder, manifest};
use crate::domain::{BoardId, Edition, PackKey, Period};

/// What a look at everything found.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct FolderAudit {
    /// How many packs there are, an edition of one for one.
    pub packs: usize,
    /// How many revisions of them.
    pub revisions: usize,
    /// How many files were held against their digests.
    pub files: usize,
    /// How many revisions were held against what stands in the storages they were put to.
    #[serde(skip_serializing_if = "is_none")]
    pub uploaded: usize,
    /// What could not be looked at, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<String>,
    /// What is not as it was published.
    pub faults: Vec<FolderFault>,
}

/// Something that is not as it was published.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct FolderFault {
    /// The board; none where it is nobody's pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub board: Option<BoardId>,
    /// The period; none where it is nobody's pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The edition.
    pub edition: Edition,
    /// What is wrong, with the file's path and what to do.
    pub message: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

/// Looks at everything that stands in some published folders.
pub fn audit(folders: &[&PublishedFolder]) -> Result<FolderAudit, PublishError> {
    let mut audit = FolderAudit::default();
    for folder in folders {
        let edition = folder.edition();
        let mut vouched = BTreeSet::new();
        for (key, revisions) in folder.by_pack()? {
            let (board, period) = (Some(key.board), Some(key.period));
            audit.packs += usize::from(!revisions.is_empty());
            let mut faults = Vec::new();
            for revision in revisions {
                match revision {
                    Ok(publication) => {
                        audit.revisions += 1;
                        audit.files += publication.manifest.files.len();
                        faults.extend(publication.breaches());
                        let names = publication.manifest.files.iter().map(|file| file.name.as_str());
                        vouched.extend(names.chain([manifest::FILE]).map(|name| publication.folder().join(name)));
                    }
                    Err(error) => {
                        // Nothing in its folder is known to be a stray.
                        vouched.extend(error.breach().and_then(|(_, path)| path.parent()).map(Path::to_owned));
                        faults.push(error);
                    }
                }
            }
            audit.faults.extend(faults.iter().map(|error| FolderFault {
                board: board.clone(),
                period,
                edition,
                message: in_one_line(error),
            }));
        }
        for stray in folder.strays(&vouched)? {
            let pack = pack_of(folder.root(), &stray);
            audit.faults.push(FolderFault {
                board: pack.as_ref().map(|pack| pack.board.clone()),
                period: pack.map(|pack| pack.period),
                edition,
                message: format!(
                    "failed to find a manifest that names {}: it was put there by hand (hint: take it away)",
                    stray.display()
                ),
            });
        }
    }
    Ok(audit)
}

/// The pack in whose folder a file lies.
fn pack_of(root: &Path, file: &Path) -> Option<PackKey> {
    let mut folders = file.parent()?.strip_prefix(root).ok()?.iter().map(|name| name.to_str());
    let (period, board) = (folders.next()??.parse().ok()?, BoardId::parse(folders.next()??).ok()?);
    Some(PackKey { period, board })
}

/// An error with its causes in one line.
fn in_one_line(error: &PublishError) -> String {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
    format!("{error}{}", cause.unwrap_or_default())
}
