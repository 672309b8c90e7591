//! The folder of an edition: what it is called, who may use it, and what is held beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use chrono::{DateTime, Utc};

use super::error::{PublishError, Within};
use super::held;
use super::known::KnownRevisions;
use super::lock::Lock;
use crate::domain::{BoardId, Edition, PackKey, Period};
use crate::storage::write::Access;
use crate::typeset::Pdf;

/// The mark of an attempt that has not ended.
pub(super) const ATTEMPT: &str = ".boardpack-attempt";

/// The folder of one edition's packs, and the folder of held packs.
#[derive(Debug)]
pub struct PublishedFolder {
    pub(super) root: PathBuf,
    pub(super) held: PathBuf,
    pub(super) edition: Edition,
    /// What is remembered of it, with what was issued here since.
    known: Mutex<KnownRevisions>,
    /// Where that is remembered.
    memory: String,
    /// Whether several machines publish to it, and the ledger's locks guard it.
    pub(super) is_shared: bool,
    /// The lock that this value gave out, while it is held.
    pub(super) own: Mutex<Weak<File>>,
    /// One commit at a time within this process.
    pub(super) commit: Mutex<()>,
}

impl PublishedFolder {
    /// A published folder over two paths. Neither need exist yet and none is made: a
    /// look or a dry run leaves no trace.
    pub fn open(path: PathBuf, held: PathBuf, edition: Edition) -> Result<Self, PublishError> {
        let (inside, beside) = (resolved(&path)?, resolved(&held)?);
        if inside.starts_with(&beside) || beside.starts_with(&inside) {
            return Err(PublishError::Nested { published: path, held });
        }
        let (known, memory) = (Mutex::default(), String::new());
        let (own, commit) = (Mutex::default(), Mutex::default());
        Ok(Self { root: path, held, edition, known, memory, is_shared: false, own, commit })
    }

    /// The same with what files remember it.
    pub fn remembered_in(self, memory: String) -> Self {
        Self { memory, ..self }
    }

    /// The same where several machines publish to it: whoever does holds the pack's locks in
    /// the ledger, and a revision comes to stand with one rename.
    pub fn shared(self, is_shared: bool) -> Self {
        Self { is_shared, ..self }
    }

    /// Takes what is remembered by now: what stood there and is gone is missed from now on.
    pub fn now_knowing(&self, known: KnownRevisions) {
        *self.known() = known;
    }

    pub(super) fn known(&self) -> MutexGuard<'_, KnownRevisions> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Refuses a folder in which packs stood, and none does any more.
    pub fn is_whole(&self) -> Result<(), PublishError> {
        let known = self.known().keys().count();
        if known == 0 || has_packs(&self.root)? {
            return Ok(());
        }
        let packs = crate::words::count(known, "pack", "packs");
        Err(PublishError::Emptied { path: self.root.clone(), packs, memory: self.memory.clone() })
    }

    /// Whether any pack stands in it.
    pub fn has_packs(&self) -> Result<bool, PublishError> {
        has_packs(&self.root)
    }

    /// Refuses two published folders of which one lies in the other, or in its folder of
    /// held packs: what one edition hides would lie beside the other.
    pub fn is_apart_from(&self, other: &Self) -> Result<(), PublishError> {
        let (inside, beside) = (resolved(&self.root)?, resolved(&other.root)?);
        if inside.starts_with(&beside) || beside.starts_with(&inside) {
            return Err(PublishError::Nested { published: self.root.clone(), held: other.root.clone() });
        }
        Ok(())
    }

    /// The published folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The edition that it holds.
    pub fn edition(&self) -> Edition {
        self.edition
    }

    /// Takes the folder for one run, until the lock is dropped. Makes the folder
    /// where only it is missing.
    pub fn lock(&self) -> Result<Lock, PublishError> {
        self.ready()?;
        let lock = Lock::take(&self.root)?;
        *self.own.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(&lock.file);
        Ok(lock)
    }

    /// Makes the folder where only it is missing, and where nothing is missed.
    pub fn ready(&self) -> Result<(), PublishError> {
        self.is_whole()?;
        make(&self.root, self.access())
    }

    /// Who may read what is written here.
    pub(super) fn access(&self) -> Access {
        match self.edition {
            Edition::Public => Access::AsUsual,
            Edition::Restricted => Access::OwnerAndGroup,
        }
    }

    /// Every pack of a month that has a folder, published or held.
    pub fn packs_of(&self, period: Period) -> Result<BTreeSet<PackKey>, PublishError> {
        let month = period.to_string();
        Ok(of_month(&self.root, &month)?.into_iter().chain(of_month(&self.held, &month)?).collect())
    }

    /// Writes the one-page reason why a pack is held, over an older one, and
    /// gives its path.
    pub fn hold(
        &self,
        key: &PackKey,
        pdf_name: &str,
        pdf: &Pdf,
        findings_json: &[u8],
    ) -> Result<PathBuf, PublishError> {
        make(&self.held, Access::AsUsual)?;
        held::hold(&self.held, key, (pdf_name, pdf.bytes()), findings_json, self.access())
    }

    /// Removes the reason why a pack was held, if there is one.
    pub fn release(&self, key: &PackKey) -> Result<(), PublishError> {
        held::release(&self.held, key)
    }

    /// The reasons for every pack that is held.
    pub fn notices(&self) -> Result<BTreeMap<PackKey, PathBuf>, PublishError> {
        held::notices(&self.held)
    }

    /// Since when every pack is held, as far as the reason's file says.
    pub fn notices_since(&self) -> Result<BTreeMap<PackKey, DateTime<Utc>>, PublishError> {
        let since = |(key, path): (PackKey, PathBuf)| {
            let changed = fs::metadata(&path).and_then(|file| file.modified()).reading(&path)?;
            Ok((key, changed.into()))
        };
        self.notices()?.into_iter().map(since).collect()
    }
}

/// `<period>/<board>`, where a pack lies below the published folder and the held one.
pub fn below(key: &PackKey) -> PathBuf {
    Path::new(&key.period.to_string()).join(key.board.as_str())
}

/// `<period>/<board>/r<N>`.
pub fn revision_below(key: &PackKey, revision: u32) -> PathBuf {
    below(key).join(format!("r{revision}"))
}

/// Packs that have a folder below this one. Folders that are nobody's pack are
/// passed over: officers keep their own beside.
pub(super) fn keys(root: &Path) -> Result<Vec<PackKey>, PublishError> {
    let mut keys = Vec::new();
    for month in folders(root)? {
        keys.extend(of_month(root, &month)?);
    }
    Ok(keys)
}

/// Packs that have a folder in a month's folder.
fn of_month(root: &Path, month: &str) -> Result<Vec<PackKey>, PublishError> {
    let Ok(period) = month.parse() else { return Ok(Vec::new()) };
    let boards = folders(&root.join(month))?.into_iter().filter_map(|name| BoardId::parse(&name).ok());
    Ok(boards.map(|board| PackKey { period, board }).collect())
}

/// Whether any pack has a folder below this one. Looked for from the latest month on:
/// the answer costs the same however many there are.
fn has_packs(root: &Path) -> Result<bool, PublishError> {
    for month in folders(root)?.iter().rev() {
        if !of_month(root, month)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Names of the folders in a folder, in order; none where it is missing.
#[expect(clippy::disallowed_methods, reason = "this room owns both folders")]
pub(super) fn folders(path: &Path) -> Result<Vec<String>, PublishError> {
    let entries = match fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.reading(path)?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.reading(path)?;
        if entry.file_type().reading(path)?.is_dir() {
            names.extend(entry.file_name().into_string());
        }
    }
    names.sort();
    Ok(names)
}

/// Makes a folder in one that exists. A missing parent is a share that is not
/// mounted: packs must not go to the empty place under it, and history with them.
pub(super) fn make(path: &Path, access: Access) -> Result<(), PublishError> {
    match fs::create_dir(path) {
        Ok(()) => access.of_folder(path).writing(path),
        Err(_) if path.is_dir() => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(PublishError::NoParent { path: path.to_owned() }),
        Err(source) => Err(PublishError::Write { path: path.to_owned(), source }),
    }
}

/// A path as it can be compared: links and `..` followed as far as it exists.
/// What is used and shown stays as it was given.
fn resolved(path: &Path) -> Result<PathBuf, PublishError> {
    for known in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (fs::canonicalize(known), path.strip_prefix(known)) {
            return Ok(real.join(rest));
        }
    }
    std::path::absolute(path).reading(path)
}
