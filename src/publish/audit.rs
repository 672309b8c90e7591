//! Whether everything that was published still is as it was: every revision of
//! every pack, every file against its manifest's digest, and what nothing
//! vouches for.

use std::path::Path;

use serde::Serialize;

use super::error::Within as _;
use super::{Publication, PublishError, PublishedFolder, write};
use crate::domain::{BoardId, Edition, Period};

/// What a look at everything found.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct FolderAudit {
    /// How many packs there are, an edition of one for one.
    pub packs: usize,
    /// How many revisions of them.
    pub revisions: usize,
    /// How many files were held against their digests.
    pub files: usize,
    /// What is not as it was published.
    pub faults: Vec<FolderFault>,
}

/// Something that is not as it was published.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct FolderFault {
    /// The board.
    pub board: BoardId,
    /// The period.
    pub period: Period,
    /// The edition.
    pub edition: Edition,
    /// What is wrong, with the file's path and what to do.
    pub message: String,
}

/// Looks at everything that stands in some published folders.
pub fn audit(folders: &[&PublishedFolder]) -> Result<FolderAudit, PublishError> {
    let mut audit = FolderAudit::default();
    for folder in folders {
        for (key, revisions) in folder.by_pack()? {
            let mut faults = Vec::new();
            audit.packs += usize::from(!revisions.is_empty());
            for revision in revisions {
                match revision {
                    Ok(publication) => {
                        audit.revisions += 1;
                        audit.files += publication.manifest.files.len();
                        faults.extend(publication.breaches().map(|error| told(&error)));
                        faults.extend(strays(&publication)?);
                    }
                    Err(error) => faults.push(told(&error)),
                }
            }
            let (board, period, edition) = (key.board, key.period, folder.edition());
            audit.faults.extend(faults.into_iter().map(|message| FolderFault {
                board: board.clone(),
                period,
                edition,
                message,
            }));
        }
    }
    Ok(audit)
}

/// An error with its causes in one line.
fn told(error: &PublishError) -> String {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
    format!("{error}{}", cause.unwrap_or_default())
}

/// Files of a kind that is published, in a revision's folder, that its manifest
/// does not name: somebody may take one for a part of the pack.
#[expect(clippy::disallowed_methods, reason = "this room owns the published folder")]
fn strays(publication: &Publication) -> Result<Vec<String>, PublishError> {
    let folder = publication.folder();
    let mut strays = Vec::new();
    for entry in std::fs::read_dir(folder).reading(folder)? {
        let path = entry.reading(folder)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_named = publication.manifest.files.iter().any(|file| file.name == name) || name == super::manifest::FILE;
        if is_kind_of_ours(&path) && !is_named && !name.starts_with('.') && !write::is_beside(&name) {
            strays.push(format!(
                "failed to find {} in the manifest beside it: it was put there by hand (hint: take it away)",
                path.display()
            ));
        }
    }
    strays.sort();
    Ok(strays)
}

fn is_kind_of_ours(path: &Path) -> bool {
    let kinds = ["pdf", "html", "csv", "json"];
    path.extension().is_some_and(|extension| kinds.iter().any(|kind| extension.eq_ignore_ascii_case(kind)))
}
