//! What stands in a published folder, and what stood there and does not any more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::error::PublishError;
use super::folder::{ATTEMPT, PublishedFolder, below, folders, keys};
use super::manifest::{self, FIGURES, FINDINGS, Manifest};
use super::{Publication, names};
use crate::domain::PackKey;

/// Every revision of every pack, the first one first, or why it cannot be read.
pub type RevisionsByPack = BTreeMap<PackKey, Vec<Result<Publication, PublishError>>>;

/// The latest revision of every pack.
pub type LatestRevisions = BTreeMap<PackKey, Result<Publication, PublishError>>;

impl PublishedFolder {
    /// The latest revision of every pack, or why it cannot be read: one pack's
    /// damaged manifest says nothing about another pack.
    pub fn standing(&self) -> Result<LatestRevisions, PublishError> {
        self.is_whole()?;
        let mut standing = LatestRevisions::new();
        for key in self.keys()? {
            if let Some(latest) = self.latest(&key).transpose() {
                standing.insert(key, latest);
            }
        }
        Ok(standing)
    }

    /// The latest revision of one pack. Attempts that did not end do not count.
    pub fn latest(&self, key: &PackKey) -> Result<Option<Publication>, PublishError> {
        // Every ring of the daemon asks for that of every pack: no other is read.
        let found = self
            .numbers(key)?
            .into_iter()
            .rev()
            .find_map(|revision| self.revision(key, revision).transpose().map(|found| (revision, found)));
        let last = found.as_ref().map_or(0, |(revision, _)| *revision);
        match self.known.get(key).filter(|known| known.revision > last) {
            Some(known) => Err(self.gone(key, known.revision)),
            None => found.map(|(_, found)| found).transpose(),
        }
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
            let Some(found) = self.revision(key, revision).transpose() else { continue };
            if revision > last.saturating_add(1) {
                all.push(Err(self.gone(key, last.saturating_add(1))));
            }
            last = revision;
            all.push(found);
        }
        let known = self.known.get(key).filter(|known| known.revision > last);
        all.extend(known.map(|known| Err(self.gone(key, known.revision))));
        Ok(all)
    }

    /// That a revision is not there, and was.
    fn gone(&self, key: &PackKey, revision: u32) -> PublishError {
        PublishError::NoRevision { path: self.folder_of(key, revision) }
    }

    fn folder_of(&self, key: &PackKey, revision: u32) -> PathBuf {
        self.root.join(below(key)).join(format!("r{revision}"))
    }

    /// Every revision of every pack, the first one first, or why it cannot be read.
    pub fn everything(&self) -> Result<Vec<Vec<Result<Publication, PublishError>>>, PublishError> {
        Ok(self.by_pack()?.into_values().collect())
    }

    /// The same by pack.
    pub fn by_pack(&self) -> Result<RevisionsByPack, PublishError> {
        self.is_whole()?;
        self.keys()?.into_iter().map(|key| Ok((key.clone(), self.all(&key)?))).collect()
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
    fn keys(&self) -> Result<BTreeSet<PackKey>, PublishError> {
        Ok(keys(&self.root)?.into_iter().chain(self.known.keys().cloned()).collect())
    }

    /// A revision; none of an attempt that did not end.
    fn revision(&self, key: &PackKey, revision: u32) -> Result<Option<Publication>, PublishError> {
        let folder = self.folder_of(key, revision);
        let known = self.known.get(key).filter(|known| known.revision == revision);
        match Manifest::read(&folder, key, self.edition, revision)? {
            // A seal can be made anew by whoever can work one out; what is remembered cannot.
            Some(found) if known.is_some_and(|known| known.manifest_sha256 != found.sha256) => {
                Err(PublishError::Edited { path: folder.join(manifest::FILE) })
            }
            Some(found) => Ok(Some(Publication::new(found, &folder))),
            None if has_lost_its_manifest(&folder) => {
                Err(PublishError::NoManifest { path: folder.join(manifest::FILE) })
            }
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
