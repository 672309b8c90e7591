//! What published packs were made of, kept so that they can be made again: files by their
//! digest, and for each activation which of them it was made of.
//!
//! ```text
//! files/<sha256>                   a workbook, a file of the config
//! made/<period>/<instant>-<…>.json what an activation read, and what it published
//! ```
//!
//! A file is written once and never changed; read back, it is held against its name. It
//! belongs where the restricted editions do: a workbook has the numbers that those have.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use chrono::{DateTime, Utc};

use super::error::{PublishError, Within};
use crate::digest::sha256;
use crate::domain::{BoardId, Edition, Input, PackKey, Period};
use crate::storage::write::{self, Access};

/// The shape of what is noted.
const SCHEMA: u32 = 1;

/// A revision that an activation published.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ArchivedRevision {
    /// The board.
    pub board: BoardId,
    /// Who may read it.
    pub edition: Edition,
    /// Its number.
    pub revision: u32,
    /// Digest of its manifest.
    pub manifest_sha256: String,
}

/// What an activation made packs of a period of.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ArchivedActivation {
    /// The shape of this record.
    pub schema: u32,
    /// When, as the ledger has it.
    pub at: DateTime<Utc>,
    /// The period.
    pub period: Period,
    /// The program that made them.
    pub program: String,
    /// Whether a change of look alone was reason enough.
    pub new_look: bool,
    /// The boards whose packs were asked for, in order.
    pub boards: Vec<BoardId>,
    /// Digest of the config as it stood.
    pub config_sha256: String,
    /// Its files by name, with their digests; of `boardpack.toml` what packs are made of.
    pub config: BTreeMap<String, String>,
    /// The workbook of each source, as far as one was read.
    pub inputs: BTreeMap<String, Input>,
    /// Sources whose workbooks are not kept: lists of people.
    pub people: BTreeSet<String>,
    /// What was published.
    pub made: Vec<ArchivedRevision>,
}

impl ArchivedActivation {
    /// The shape that this program writes, and its own name.
    pub fn stamp() -> (u32, String) {
        (SCHEMA, super::manifest::PROGRAM.to_owned())
    }

    fn has(&self, key: &PackKey, edition: Edition, revision: u32) -> bool {
        let is =
            |made: &ArchivedRevision| (&made.board, made.edition, made.revision) == (&key.board, edition, revision);
        self.period == key.period && self.made.iter().any(is)
    }

    /// Digests of all that it was made of.
    fn digests(&self) -> impl Iterator<Item = &str> {
        self.config.values().map(String::as_str).chain(self.inputs.values().map(|input| input.sha256.as_str()))
    }
}

/// The archive of one council.
#[derive(Debug, Clone)]
pub struct Archive {
    root: PathBuf,
}

impl Archive {
    /// The archive in a folder, which is made once something is kept.
    pub fn at(root: PathBuf) -> Self {
        Self { root }
    }

    /// Keeps a file of which the digest is known.
    pub fn keep(&self, sha256: &str, bytes: &[u8]) -> Result<(), PublishError> {
        let path = self.file(sha256);
        if path.try_exists().reading(&path)? {
            return Ok(());
        }
        self.create(Path::new("files"), &path, bytes)
    }

    /// A file, which is held against its digest.
    pub fn read(&self, digest: &str) -> Result<Vec<u8>, PublishError> {
        let path = self.file(digest);
        match fs_read(&path) {
            Ok(bytes) if sha256(&bytes) == digest => Ok(bytes),
            Ok(_) => Err(PublishError::Altered { path }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(PublishError::Gone { path }),
            Err(source) => Err(PublishError::Read { path, source }),
        }
    }

    /// Notes what an activation was made of.
    pub fn note(&self, activation: &ArchivedActivation) -> Result<(), PublishError> {
        let below = Path::new("made").join(activation.period.to_string());
        let mut text = serde_json::to_vec_pretty(activation).map_err(io::Error::other).writing(&self.root)?;
        text.push(b'\n');
        let digest = sha256(&text);
        let name = format!("{}-{}.json", activation.at.format("%Y%m%dT%H%M%SZ"), digest.get(..8).unwrap_or_default());
        self.create(&below, &self.root.join(&below).join(name), &text)
    }

    /// The activation that published a revision; none where it is not kept.
    pub fn activation(
        &self,
        key: &PackKey,
        edition: Edition,
        revision: u32,
    ) -> Result<Option<ArchivedActivation>, PublishError> {
        for path in listed(&self.root.join("made").join(key.period.to_string()))? {
            let found = activation_at(&path)?;
            if found.has(key, edition, revision) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Removes what was noted before an instant, and files older than it that nothing needs
    /// which is kept; gives how many files. Where a note cannot be read, nothing is removed.
    #[expect(clippy::disallowed_methods, reason = "this room owns the archive")]
    pub fn prune(&self, before: DateTime<Utc>) -> Result<usize, PublishError> {
        let (mut needed, mut old) = (BTreeSet::new(), Vec::new());
        for folder in listed(&self.root.join("made"))? {
            for path in listed(&folder)? {
                let noted = activation_at(&path)?;
                if noted.at < before {
                    old.push(path);
                } else {
                    needed.extend(noted.digests().map(str::to_owned));
                }
            }
        }
        for path in &old {
            fs::remove_file(path).writing(path)?;
        }
        let mut removed = 0;
        for path in listed(&self.root.join("files"))? {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let written: DateTime<Utc> = fs::metadata(&path).and_then(|file| file.modified()).reading(&path)?.into();
            if written < before && !needed.contains(name) {
                fs::remove_file(&path).writing(&path)?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    fn file(&self, sha256: &str) -> PathBuf {
        self.root.join("files").join(sha256)
    }

    fn create(&self, below: &Path, path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
        super::folder::make(&self.root, Access::OwnerAndGroup)?;
        write::folders(&self.root, below, Access::OwnerAndGroup).writing(path)?;
        match write::create(path, bytes, Access::OwnerAndGroup) {
            // Another run kept it just now.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            other => other.writing(path),
        }
    }
}

fn activation_at(path: &Path) -> Result<ArchivedActivation, PublishError> {
    let bytes = fs_read(path).reading(path)?;
    let damaged = |source| PublishError::Damaged { path: path.to_owned(), source };
    serde_json::from_slice(&bytes).map_err(damaged)
}

#[expect(clippy::disallowed_methods, reason = "this room owns the archive")]
fn fs_read(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

/// What lies in a folder, in order; none where it is missing, and no file that is being written.
#[expect(clippy::disallowed_methods, reason = "this room owns the archive")]
fn listed(folder: &Path) -> Result<Vec<PathBuf>, PublishError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.reading(folder)?,
    };
    let mut paths = Vec::new();
    for entry in entries {
        let entry = entry.reading(folder)?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn activation(at: &str, revision: u32, workbook: &[u8]) -> ArchivedActivation {
        let (schema, program) = ArchivedActivation::stamp();
        let input = Input { origin: "a.csv".into(), sha256: sha256(workbook), as_at: None };
        let board = BoardId::parse("panel").unwrap();
        let made =
            ArchivedRevision { board: board.clone(), edition: Edition::Public, revision, manifest_sha256: "0".into() };
        ArchivedActivation {
            schema,
            at: at.parse().unwrap(),
            period: "2026-10".parse().unwrap(),
            program,
            new_look: false,
            boards: vec![board],
            config_sha256: "1".into(),
            config: BTreeMap::new(),
            inputs: [("s".to_owned(), input)].into(),
            people: BTreeSet::new(),
            made: vec![made],
        }
    }

    fn key() -> PackKey {
        PackKey { period: "2026-10".parse().unwrap(), board: BoardId::parse("panel").unwrap() }
    }

    /// As if a file had been written then.
    fn written_at(archive: &Archive, bytes: &[u8], at: &str) {
        let file = fs::File::options().write(true).open(archive.file(&sha256(bytes))).unwrap();
        file.set_modified(at.parse::<DateTime<Utc>>().unwrap().into()).unwrap();
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "tests write files of their own")]
    fn a_file_is_written_once_and_read_back_by_its_digest() {
        let dir = tempfile::tempdir().unwrap();
        let archive = Archive::at(dir.path().join("archive"));
        assert!(matches!(archive.read(&sha256(b"one")), Err(PublishError::Gone { .. })));
        archive.keep(&sha256(b"one"), b"one").unwrap();
        archive.keep(&sha256(b"one"), b"another").unwrap();
        assert_eq!(archive.read(&sha256(b"one")).unwrap(), b"one");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(archive.file(&sha256(b"one"))).unwrap().permissions().mode();
            assert_eq!(mode & 0o7777, 0o640);
        }
        fs::write(archive.file(&sha256(b"one")), b"edited").unwrap();
        assert!(matches!(archive.read(&sha256(b"one")), Err(PublishError::Altered { .. })));
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "tests write files of their own")]
    fn what_is_kept_within_its_days_keeps_its_files_and_the_rest_goes() {
        let dir = tempfile::tempdir().unwrap();
        let archive = Archive::at(dir.path().join("archive"));
        for bytes in [b"old", b"two", b"new"] {
            archive.keep(&sha256(bytes), bytes).unwrap();
            written_at(&archive, bytes, "2026-01-01T00:00:00Z");
        }
        // The second is needed by both.
        archive.note(&activation("2026-01-01T00:00:00Z", 1, b"old")).unwrap();
        archive.note(&activation("2026-01-01T00:00:01Z", 2, b"two")).unwrap();
        archive.note(&activation("2026-06-01T00:00:00Z", 3, b"two")).unwrap();
        archive.note(&activation("2026-06-01T00:00:01Z", 4, b"new")).unwrap();
        archive.keep(&sha256(b"unneeded"), b"unneeded").unwrap();
        let known = |revision| archive.activation(&key(), Edition::Public, revision).unwrap().map(|found| found.at);
        assert_eq!(known(2), Some("2026-01-01T00:00:01Z".parse().unwrap()));
        assert_eq!(archive.activation(&key(), Edition::Restricted, 2).unwrap(), None);
        assert_eq!(archive.prune("2026-01-01T00:00:00Z".parse().unwrap()).unwrap(), 0);
        assert_eq!(archive.prune("2026-06-01T00:00:00Z".parse().unwrap()).unwrap(), 1, "the old one alone");
        assert_eq!([1, 2, 3, 4].map(|revision| known(revision).is_some()), [false, false, true, true]);
        assert!(archive.read(&sha256(b"two")).is_ok() && archive.read(&sha256(b"old")).is_err());
        assert!(archive.read(&sha256(b"unneeded")).is_ok(), "it was written a moment ago");
        // What cannot be read may need anything.
        fs::write(dir.path().join("archive/made/2026-10/x.json"), b"{").unwrap();
        assert!(archive.prune("2027-06-01T00:00:00Z".parse().unwrap()).is_err());
        assert!(archive.read(&sha256(b"two")).is_ok());
    }
}
