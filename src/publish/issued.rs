//! What is remembered of the published folders outside of them: the latest
//! revision of every pack, and the digest of its manifest.
//!
//! The folder stays its own ledger. But a folder that lost what stood in it, as
//! one under a share that is not mounted, looks like one where nothing was ever
//! published: the next run would begin at revision 1 again, and two different
//! final first revisions would be about.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{PublishError, Within};
use super::{Publication, write};
use crate::domain::{Edition, PackKey};

/// The shape of the file.
const SHAPE: u32 = 1;

/// The latest revision of a pack, as it was issued.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct IssuedRevision {
    /// Its number.
    pub revision: u32,
    /// Digest of its manifest.
    pub manifest_sha256: String,
}

/// What is remembered of one folder.
pub(super) type KnownRevisions = BTreeMap<PackKey, IssuedRevision>;

/// What is remembered of every folder, and where.
#[derive(Debug)]
pub struct IssuedRevisions {
    path: PathBuf,
    stored: IssuedFile,
}

/// The file: edition, then "2026-10/panel".
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct IssuedFile {
    schema: u32,
    issued: BTreeMap<String, BTreeMap<String, IssuedRevision>>,
}

impl IssuedRevisions {
    /// Reads what is remembered; nothing where there is no file.
    #[expect(clippy::disallowed_methods, reason = "this room owns what is remembered of its folders")]
    pub fn read(path: PathBuf) -> Result<Self, PublishError> {
        let stored = match std::fs::read(&path) {
            Ok(bytes) => {
                serde_json::from_slice(&bytes).map_err(|source| PublishError::State { path: path.clone(), source })?
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                IssuedFile { schema: SHAPE, issued: BTreeMap::new() }
            }
            Err(error) => Err(error).reading(&path)?,
        };
        Ok(Self { path, stored })
    }

    /// Where it is remembered.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is remembered of an edition's folder.
    pub(super) fn of(&self, edition: Edition) -> KnownRevisions {
        let packs = self.stored.issued.get(edition.word()).into_iter().flatten();
        packs.filter_map(|(name, issued)| Some((key(name)?, issued.clone()))).collect()
    }

    /// Remembers revisions that stand, and writes that down where it is news.
    /// What is not among them stays remembered.
    pub fn note<'p>(&mut self, standing: impl IntoIterator<Item = &'p Publication>) -> Result<(), PublishError> {
        let before = self.stored.clone();
        for publication in standing {
            let (manifest, key) = (&publication.manifest, publication.key());
            let packs = self.stored.issued.entry(manifest.edition.word().to_owned()).or_default();
            let known = IssuedRevision { revision: manifest.revision, manifest_sha256: publication.sha256.clone() };
            let is_older = |stored: &IssuedRevision| stored.revision > known.revision;
            let name = format!("{}/{}", key.period, key.board);
            if !packs.get(&name).is_some_and(is_older) {
                packs.insert(name, known);
            }
        }
        if self.stored == before {
            return Ok(());
        }
        let mut bytes = serde_json::to_vec_pretty(&self.stored).map_err(io::Error::other).writing(&self.path)?;
        bytes.push(b'\n');
        write::replace(&self.path, &bytes).writing(&self.path)
    }
}

fn key(name: &str) -> Option<PackKey> {
    let (period, board) = name.split_once('/')?;
    Some(PackKey { period: period.parse().ok()?, board: crate::domain::BoardId::parse(board).ok()? })
}
