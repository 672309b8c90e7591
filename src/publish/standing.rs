//! What stands in a published folder, and what stood there and does not any more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::error::PublishError;
use super::folder::{ATTEMPT, PublishedFolder, below, folders, keys, revision_below};
use super::manifest::{self, FIGURES, FINDINGS, Manifest};
use super::{Publication, names};
use crate::domain::PackKey;

/// Every revision of every pack, the first one first, or why it cannot be read.
pub type RevisionsByPack = BTreeMap<PackKey, Vec<Result<Publication, PublishError>>>;

/// Revisions of a pack with their numbers, or why one cannot be read.
pub type NumberedRevisions = Vec<(u32, Result<Publication, PublishError>)>;

/// The latest revision of every pack.
pub type LatestRevisions = BTreeMap<PackKey, Result<Publication, PublishError>>;

impl PublishedFolder {
    /// The latest revision of every pack, or why it cannot be read: one pack's
    /// damaged manifest says nothing about another pack.
    pub fn standing(&self) -> Result<LatestRevisions, PublishError> {
        self.is_whole()?;
        let mut standing = LatestRevisions::new();
        for key in self.packs_published()? {
            if let Some(latest) = self.latest(&key).transpose() {
                standing.insert(key, latest);
            }
        }
        Ok(standing)
    }

    /// The latest revision of one pack. Attempts that did not end do not count.
    pub fn latest(&self, key: &PackKey) -> Result<Option<Publication>, PublishError> {
        let found = self
            .numbers(key)?
            .into_iter()
            .rev()
            .find_map(|revision| self.published(key, revision).transpose().map(|found| (revision, found)));
        let last = found.as_ref().map_or(0, |(revision, _)| *revision);
        match self.known().issued(key, last).last() {
            Some(gone) => Err(self.gone(key, gone)),
            None => found.map(|(_, found)| found).transpose(),
        }
    }

    /// The number of the last revision that readers were given, whether or not it still
    /// stands: the next one follows on it.
    pub fn last_number(&self, key: &PackKey) -> Result<Option<u32>, PublishError> {
        let standing = self.latest(key)?.map(|latest| latest.manifest.revision);
        Ok(standing.max(self.known().last_lost(key)))
    }

    /// Every revision of one pack, the first one first.
    pub fn revisions(&self, key: &PackKey) -> Result<Vec<Publication>, PublishError> {
        self.all(key)?.into_iter().collect()
    }

    /// Every revision of one pack, the first one first, or why it cannot be
    /// read; one that is gone is an error where it stood.
    pub fn all(&self, key: &PackKey) -> Result<Vec<Result<Publication, PublishError>>, PublishError> {
        let (mut all, mut last) = (Vec::new(), 0_u32);
        for revision in self.numbers(key)? {
            let Some(found) = self.published(key, revision).transpose() else { continue };
            all.extend(self.missing(key, last, revision).into_iter().map(|gone| Err(self.gone(key, gone))));
            last = revision;
            all.push(found);
        }
        let known = self.known();
        all.extend(known.issued(key, last).map(|gone| Err(self.gone(key, gone))));
        Ok(all)
    }

    /// Every revision of one pack that is there, by its number.
    pub fn numbered(&self, key: &PackKey) -> Result<NumberedRevisions, PublishError> {
        let found = |revision| Some((revision, self.published(key, revision).transpose()?));
        Ok(self.numbers(key)?.into_iter().filter_map(found).collect())
    }

    /// Revisions of one pack that were issued and are not there as they were.
    pub fn not_whole(&self, key: &PackKey) -> Result<Vec<u32>, PublishError> {
        let mut found: BTreeMap<u32, Result<Publication, PublishError>> = self.numbered(key)?.into_iter().collect();
        let issued: BTreeSet<u32> = self.known().issued(key, 0).collect();
        let last = found.keys().chain(&issued).max().copied().unwrap_or(0);
        let mut gone = Vec::new();
        // Nobody corrects a pack that often: a folder of such a number is somebody's slip.
        for revision in (1..=last.min(10_000)).filter(|revision| !self.known().is_lost(key, *revision)) {
            match found.remove(&revision) {
                Some(Ok(publication)) if publication.breaches().next().is_none() => {}
                Some(Err(PublishError::Unrecorded { .. })) => {}
                Some(Err(error @ (PublishError::Read { .. } | PublishError::Newer { .. }))) => return Err(error),
                _ => gone.push(revision),
            }
        }
        Ok(gone)
    }

    /// Revisions that are gone between one that stands and the next: those that are
    /// known, else the first number that is not there.
    fn missing(&self, key: &PackKey, last: u32, next: u32) -> Vec<u32> {
        let known = self.known();
        let issued: Vec<u32> = known.issued(key, last).take_while(|revision| *revision < next).collect();
        let unknown = (last.saturating_add(1)..next).find(|revision| !known.is_lost(key, *revision));
        if issued.is_empty() { unknown.into_iter().collect() } else { issued }
    }

    /// That a revision is not there, and was.
    fn gone(&self, key: &PackKey, revision: u32) -> PublishError {
        PublishError::NoRevision { path: self.folder_of(key, revision) }
    }

    fn folder_of(&self, key: &PackKey, revision: u32) -> PathBuf {
        self.root.join(revision_below(key, revision))
    }

    /// Every revision of every pack, the first one first, or why it cannot be read.
    pub fn everything(&self) -> Result<Vec<Vec<Result<Publication, PublishError>>>, PublishError> {
        Ok(self.by_pack()?.into_values().collect())
    }

    /// The same by pack.
    pub fn by_pack(&self) -> Result<RevisionsByPack, PublishError> {
        self.is_whole()?;
        self.packs_published()?.into_iter().map(|key| Ok((key.clone(), self.all(&key)?))).collect()
    }

    /// What of one pack is not as it was published.
    pub fn breaches(&self, key: &PackKey) -> Result<Vec<PublishError>, PublishError> {
        let mut breaches = Vec::new();
        for found in self.all(key)? {
            match found {
                Ok(publication) => breaches.extend(publication.breaches()),
                Err(error) => breaches.push(error),
            }
        }
        Ok(breaches)
    }

    /// Packs that have a folder, and those that had one.
    pub fn packs_published(&self) -> Result<BTreeSet<PackKey>, PublishError> {
        Ok(keys(&self.root)?.into_iter().chain(self.known().keys().cloned()).collect())
    }

    /// A revision; none of an attempt that did not end. One that may be gone counts only
    /// where it stands as it was issued.
    pub fn published(&self, key: &PackKey, revision: u32) -> Result<Option<Publication>, PublishError> {
        let found = self.read(key, revision);
        if !self.known().is_lost(key, revision) {
            return found;
        }
        Ok(found.ok().flatten().filter(|publication| publication.breaches().next().is_none()))
    }

    fn read(&self, key: &PackKey, revision: u32) -> Result<Option<Publication>, PublishError> {
        let folder = self.folder_of(key, revision);
        let path = folder.join(manifest::FILE);
        let found = Manifest::read(&folder, key, self.edition, revision)?;
        let known = self.known();
        match found {
            // A seal can be made anew by whoever can work one out; what is remembered cannot.
            Some(found) if known.sha256(key, revision).is_some_and(|known| known != found.sha256) => {
                Err(PublishError::Edited { path })
            }
            Some(_) if known.is_foreign(key, revision) => Err(PublishError::Unrecorded { path }),
            Some(found) => Ok(Some(Publication::new(found, &folder))),
            None if has_lost_its_manifest(&folder) => Err(PublishError::NoManifest { path }),
            None => Ok(None),
        }
    }

    /// Numbers of the folders of revisions, ended or not.
    fn numbers(&self, key: &PackKey) -> Result<BTreeSet<u32>, PublishError> {
        let names = folders(&self.root.join(below(key)))?;
        Ok(names.iter().filter_map(|name| names::revision(name)).collect())
    }
}

/// Whether published files stand in a folder without the manifest that vouches
/// for them. An attempt that did not end has its mark.
fn has_lost_its_manifest(folder: &Path) -> bool {
    let has = |name: &str| folder.join(name).exists();
    (has(FIGURES) || has(FINDINGS)) && !has(ATTEMPT)
}
