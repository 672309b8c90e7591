//! Putting a revision into the storage where its readers have it.
//!
//! ```text
//! <folder>/<period>/<board>/r<N>/…          the same as in the published folder
//! <folder>/<period>/<board>/r<N>/manifest.json   last: what has one is whole
//! ```
//!
//! Before the first file a mark is put there that says whose upload it is: a file that is
//! there already is the same, or of an earlier attempt under that mark, or it is somebody
//! else's and is left alone. Nothing that has a manifest is ever written to. Each file
//! is read back: what counts is what the storage gives to its readers. Some rewrite what
//! they are given (SharePoint writes a library's columns into PDFs); then both digests are
//! kept, and a copy that a reader has is known by either.

use std::time::Duration;

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};

use super::error::PublishError;
use super::{Publication, manifest};
use crate::digest::sha256;
use crate::domain::address::is_address;
use crate::storage::{Got, PutAnswer, PutMode, Storage, StorageError, StoredFile, below};

/// The mark of an upload that has not ended, which says whose it is.
const CLAIM: &str = ".boardpack-upload";

/// What a file may be written over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    /// Nothing: what stands is somebody else's.
    Nothing,
    /// What an earlier attempt of ours left.
    Attempt,
    /// What the storage rewrites, of a revision of ours that stands.
    Rewritten,
}

/// How many files of a revision are written at a time.
const AT_A_TIME: usize = 4;

/// How long a storage that rewrites what it is given is left to it between two looks.
const REWRITING: Duration = Duration::from_millis(500);

/// How often it is looked again.
const REWRITTEN_WITHIN: usize = 6;

/// A file that stands in a storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadedFile {
    /// Its name in the folder of its revision.
    pub name: String,
    /// Digest of what was published.
    pub sha256: String,
    /// Digest of what the storage gives back.
    pub stored_sha256: String,
    /// The storage's etag, where it has one.
    pub etag: Option<String>,
}

/// Why a revision does not stand in a storage.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// The storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// What is to be put there is not what was published.
    #[error("failed to take it from the published folder")]
    Published(#[from] PublishError),
    /// Something else stands there.
    #[error(
        "failed to write {name} on {place}: another file stands there, which is none of this upload's (hint: does another boardpack put packs into the same folder? Give each its own `folder`; else look whose file it is and move it away)"
    )]
    Other {
        /// The file's name below the storage.
        name: String,
        /// The storage.
        place: String,
    },
    /// What was written is not what stands there.
    #[error("failed to write {name} on {place}: what stands there is not what was written, {what}")]
    NotWhole {
        /// The file's name below the storage.
        name: String,
        /// The storage.
        place: String,
        /// What stands there.
        what: String,
    },
}

impl UploadError {
    /// Whether the storage failed, and not this one file.
    pub fn is_of_storage(&self) -> bool {
        matches!(self, Self::Storage(_))
    }
}

/// A folder of a storage that is at `place`, for people and for the ledger; without credentials.
pub fn upload_place(place: &str, folder: &str) -> String {
    // A folder of this machine goes by one name, wherever the program was started.
    let place = match std::path::absolute(place) {
        Ok(path) if !is_address(place) => path.to_string_lossy().into_owned(),
        _ => place.to_owned(),
    };
    if folder.is_empty() { place } else { format!("{}/{folder}", place.trim_end_matches('/')) }
}

/// A folder of a storage.
#[derive(Debug, Clone, Copy)]
pub struct UploadFolder<'s> {
    /// The storage.
    pub storage: &'s Storage,
    /// The folder below it; empty for the storage itself.
    pub folder: &'s str,
}

impl UploadFolder<'_> {
    /// A folder of a revision or a pack, by its name below the published folder.
    fn inside(&self, name: &str) -> String {
        below(self.folder, name)
    }

    /// The folder of a revision, as its names begin.
    pub fn below(&self, publication: &Publication) -> String {
        let manifest = &publication.manifest;
        self.inside(&format!("{}/{}/r{}", manifest.period, manifest.board, manifest.revision))
    }

    /// Puts all of a revision there.
    pub async fn upload(&self, publication: &Publication) -> Result<Vec<UploadedFile>, UploadError> {
        let below = self.below(publication);
        let manifest_text = publication.manifest_text()?;
        let (manifest_name, claim_name) = (format!("{below}/{}", manifest::FILE), format!("{below}/{CLAIM}"));
        let claim = format!("boardpack {}\n", publication.sha256());
        let standing = self.read(&manifest_name).await?;
        let over = match &standing {
            Some(standing) if standing.content.sha256() == publication.sha256() => Over::Rewritten,
            // Ours alone can be under way here: a manifest that is not whole is none.
            Some(_) if !self.is_claimed(&claim_name, &claim).await? => return Err(self.other(&manifest_name)),
            _ => self.claim(&claim_name, &claim).await?,
        };
        let one = |file: &super::FileEntry| {
            let (name, bytes) = (file.name.clone(), publication.bytes_of(file));
            let below = &below;
            async move { self.file(below, &name, &bytes?, over).await }
        };
        let each = stream::iter(publication.manifest.files.iter().map(one)).buffered(AT_A_TIME);
        let mut files: Vec<UploadedFile> = each.try_collect().await?;
        // From here on it is issued to whoever reads there.
        files.push(self.file(&below, manifest::FILE, manifest_text.as_bytes(), over).await?);
        self.is_as_put(publication, &below, &mut files).await?;
        // That it stays where this account may not remove anything does no harm.
        match self.storage.remove(&claim_name).await {
            Err(error) if !error.is_denied() => Err(error.into()),
            _ => Ok(files),
        }
    }

    /// Takes a revision's folder for this council's revision, before any file is there: of two
    /// that put packs into one folder one has it, and the other is told.
    async fn claim(&self, name: &str, claim: &str) -> Result<Over, UploadError> {
        let answer = self.storage.put(name, claim.as_bytes(), PutMode::Create).await?;
        match self.is_claimed(name, claim).await? {
            true if matches!(answer, PutAnswer::Stored { .. }) => Ok(Over::Nothing),
            // Of an earlier attempt, whose files these are.
            true => Ok(Over::Attempt),
            false => Err(self.other(name)),
        }
    }

    async fn is_claimed(&self, name: &str, claim: &str) -> Result<bool, UploadError> {
        Ok(self.read(name).await?.is_some_and(|standing| standing.content.sha256() == sha256(claim.as_bytes())))
    }

    /// Looks once more at each file, now that the manifest stands: what another wrote over it
    /// meanwhile, on a server that lets it, is put right.
    async fn is_as_put(
        &self,
        publication: &Publication,
        below: &str,
        files: &mut [UploadedFile],
    ) -> Result<(), UploadError> {
        for file in files {
            let name = format!("{below}/{}", file.name);
            let is_same = match self.storage.get(&name, file.etag.as_deref()).await? {
                Got::Unchanged => true,
                Got::Found(found) => found.content.sha256() == file.stored_sha256,
                _ => false,
            };
            if is_same {
                continue;
            }
            let entry = publication.manifest.files.iter().find(|entry| entry.name == file.name);
            let Some(entry) = entry else { return Err(self.other(&name)) };
            // The manifest that stands is ours, and so is what it names.
            *file = self.file(below, &entry.name, &publication.bytes_of(entry)?, Over::Attempt).await?;
        }
        Ok(())
    }

    /// Puts one file there, and over what stands there as far as that is ours.
    async fn file(&self, below: &str, file: &str, bytes: &[u8], over: Over) -> Result<UploadedFile, UploadError> {
        let (name, digest) = (format!("{below}/{file}"), sha256(bytes));
        let uploaded = |stored: &StoredFile| UploadedFile {
            name: file.to_owned(),
            sha256: digest.clone(),
            stored_sha256: stored.content.sha256().to_owned(),
            etag: stored.etag.clone(),
        };
        let mut answer = self.storage.put(&name, bytes, PutMode::Create).await?;
        if answer == PutAnswer::Exists {
            let standing = self.read(&name).await?.ok_or_else(|| self.not_whole(&name, "nothing"))?;
            if standing.content.sha256() == digest {
                return Ok(uploaded(&standing));
            }
            // Of a file that a storage rewrites nobody can tell any more whether it is ours.
            if over == Over::Nothing || (over == Over::Rewritten && !self.storage.rewrites(&name)) {
                return Err(self.other(&name));
            }
            let mode = standing.etag.as_deref().map_or(PutMode::Replace, PutMode::IfMatch);
            answer = self.storage.put(&name, bytes, mode).await?;
        }
        if !matches!(answer, PutAnswer::Stored { .. }) {
            return Err(self.other(&name));
        }
        let standing = self.settled(&name, &digest).await?;
        if standing.content.sha256() == digest || self.is_rewritten(&standing, (&name, bytes)) {
            return Ok(uploaded(&standing));
        }
        let size = format!("{} bytes of {}", standing.content.len(), bytes.len());
        Err(self.not_whole(&name, &size))
    }

    /// What stands once a storage that rewrites it has done so: twice the same.
    async fn settled(&self, name: &str, digest: &str) -> Result<StoredFile, UploadError> {
        let nothing = || self.not_whole(name, "nothing");
        let mut standing = self.read(name).await?.ok_or_else(nothing)?;
        for _ in 0..REWRITTEN_WITHIN {
            if standing.content.sha256() == digest || !self.storage.rewrites(name) {
                return Ok(standing);
            }
            tokio::time::sleep(REWRITING).await;
            let again = self.read(name).await?.ok_or_else(nothing)?;
            if again.content.sha256() == standing.content.sha256() {
                return Ok(again);
            }
            standing = again;
        }
        Err(self.not_whole(name, "a file that changes again and again"))
    }

    /// Whether what stands is what was written, as the storage rewrote it: it still is a file
    /// of that kind, and not a part of one.
    fn is_rewritten(&self, standing: &StoredFile, (name, bytes): (&str, &[u8])) -> bool {
        let begins = standing.content.read().is_ok_and(|found| found.get(..4) == bytes.get(..4));
        let is_part = usize::try_from(standing.content.len()).is_ok_and(|len| len < bytes.len() / 2);
        self.storage.rewrites(name) && begins && !is_part
    }

    /// The file under a name; none where there is none.
    async fn read(&self, name: &str) -> Result<Option<StoredFile>, UploadError> {
        match self.storage.get(name, None).await? {
            Got::Found(file) => Ok(Some(file)),
            Got::Missing { .. } => Ok(None),
            Got::Locked { reason, .. } => Err(self.not_whole(name, &reason)),
            Got::Changing { .. } => Err(self.not_whole(name, "a file that somebody writes to")),
            Got::TooLarge { bytes, .. } => Err(self.not_whole(name, &format!("{bytes} bytes or more"))),
            Got::Unchanged | Got::Ambiguous { .. } | Got::Outside { .. } | Got::Unfit { .. } => {
                Err(self.not_whole(name, "no file of its own"))
            }
        }
    }

    /// What of a revision does not stand there as it was put there, each in a sentence; and
    /// what stands beside it that nobody put there.
    pub async fn breaches(&self, below: &str, files: &[UploadedFile]) -> Result<Vec<String>, StorageError> {
        let folder = self.inside(below);
        let place = self.storage.place();
        let mut breaches = Vec::new();
        for file in files {
            let name = format!("{folder}/{}", file.name);
            let said = match self.storage.get(&name, file.etag.as_deref()).await? {
                Got::Unchanged => continue,
                Got::Found(found) if found.content.sha256() == file.stored_sha256 => continue,
                Got::Found(_) if self.storage.rewrites(&name) => {
                    "was written into since it was put there, by somebody or by the storage itself".to_owned()
                }
                Got::Found(_) => "is not what was put there".to_owned(),
                Got::Missing { .. } => "is gone".to_owned(),
                Got::Locked { reason, .. } => format!("cannot be read: {reason}"),
                _ => "cannot be read".to_owned(),
            };
            let hint = format!("copy it there again from {below} of the published folder");
            breaches.push(format!("{name} on {place} {said} (hint: {hint})"));
        }
        for entry in self.storage.list(&folder).await?.unwrap_or_default() {
            let name = entry.file_name();
            if !name.starts_with('.') && !files.iter().any(|file| file.name == name) {
                breaches.push(format!("{} on {place} was put there by somebody else (hint: take it away)", entry.name));
            }
        }
        Ok(breaches)
    }

    /// Revisions of a pack that stand there and are none of those that were put there.
    pub async fn strangers(&self, pack: &str, known: &[u32]) -> Result<Vec<String>, StorageError> {
        let folder = self.inside(pack);
        let place = self.storage.place();
        let entries = self.storage.list(&folder).await?.unwrap_or_default();
        let is_stranger = |entry: &&crate::storage::Entry| {
            let revision = super::names::revision(entry.file_name());
            entry.is_folder && revision.is_some_and(|revision| !known.contains(&revision))
        };
        let said = |entry: &crate::storage::Entry| {
            format!(
                "{} on {place} looks like a revision, and none of that number was put there (hint: take it away)",
                entry.name
            )
        };
        Ok(entries.iter().filter(is_stranger).map(said).collect())
    }

    fn other(&self, name: &str) -> UploadError {
        UploadError::Other { name: name.to_owned(), place: self.storage.place() }
    }

    fn not_whole(&self, name: &str, what: &str) -> UploadError {
        UploadError::NotWhole { name: name.to_owned(), place: self.storage.place(), what: what.to_owned() }
    }
}
