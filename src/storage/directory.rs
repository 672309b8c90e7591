//! A folder, local or mounted.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::contract::{Backend, Entry, StorageFault};
use super::path::below;
use super::snapshot::{self, Snapshot};
use super::staged::StagedBytes;
use super::write::{self, Access};
use super::{FetchLimits, Got, OpenStorage, PutAnswer, PutMode, Storage, StorageError, StorageSettings, StoredFile};
use crate::config::{StorageKind, TableReader};
use crate::digest::sha256;
use crate::domain::address::is_address;

/// What the config knows of this kind.
pub(super) const KIND: StorageKind = StorageKind {
    name: "directory",
    no_patterns: None,
    no_writes: None,
    read: |table, _dir| Some(Arc::new(StorageSettings::new(DirectorySettings::read(table)))),
    docs: r#"A **directory**, local or mounted. `files` of a source may hold `*` and `?`.

```toml
[storage.share]
kind = "directory"
path = "../sample/share"      # relative to the config directory
follow_links = false          # whether links are followed that lead out of the folder (F124)
```"#,
};

/// How a folder is declared.
#[derive(Debug, Clone)]
pub struct DirectorySettings {
    /// The folder, relative to the config directory.
    pub path: String,
    /// Whether links are followed that lead out of it.
    pub follow_links: bool,
}

impl DirectorySettings {
    fn read(table: &mut TableReader<'_>) -> Self {
        let path = table.text("path", "the folder, relative to the config directory");
        if is_address(&path) {
            table.fault("path", "is an address; expected a folder", "a web server is kind = \"https\", with its `url`");
        }
        Self { path, follow_links: table.or("follow_links", false) }
    }
}

impl OpenStorage for DirectorySettings {
    fn open(&self, dir: &Path, limits: FetchLimits) -> Result<Storage, StorageError> {
        let directory = Directory::new(dir.join(&self.path), limits);
        Ok(Storage::new(directory.following_links(self.follow_links)))
    }

    fn place(&self, dir: &Path) -> String {
        dir.join(&self.path).display().to_string()
    }

    fn shown(&self, path: &dyn Fn(&str) -> String) -> String {
        let links = if self.follow_links { ", follows links out of it" } else { "" };
        format!("directory {}{links}", path(&self.path))
    }

    fn folder(&self) -> Option<&str> {
        Some(&self.path)
    }
}

/// How long a folder may take. A dead network mount blocks for ever otherwise.
const DEADLINE: Duration = Duration::from_secs(300);

/// A folder that holds workbooks.
#[derive(Debug, Clone)]
pub struct Directory {
    root: PathBuf,
    limits: FetchLimits,
    /// Whether links are followed that lead out of it.
    follow_links: bool,
}

impl Directory {
    /// A folder. It need not exist until something is read from it.
    pub fn new(root: PathBuf, limits: FetchLimits) -> Self {
        Self { root, limits, follow_links: false }
    }

    /// The same that follows links out of it, where they are meant.
    pub fn following_links(self, follow_links: bool) -> Self {
        Self { follow_links, ..self }
    }

    /// Does what may block for ever on a thread of its own, and waits for it no longer than that.
    async fn blocking<T: Send + 'static, E: From<StorageError> + Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        let this = self.clone();
        let path = || self.root.clone();
        match tokio::time::timeout(DEADLINE, tokio::task::spawn_blocking(move || work(&this))).await {
            Ok(Ok(done)) => done,
            Ok(Err(_stopped)) => Err(StorageError::Stopped { path: path() }.into()),
            Err(_elapsed) => Err(StorageError::Stalled { path: path(), seconds: DEADLINE.as_secs() }.into()),
        }
    }

    /// Refuses a share that is not mounted, which must not look like a missing file.
    #[expect(clippy::disallowed_methods, reason = "this room reads shares")]
    fn is_mounted(&self) -> Result<(), StorageError> {
        let unmounted = |source| StorageError::Folder { path: self.root.clone(), source: Arc::new(source) };
        fs::read_dir(&self.root).map(drop).map_err(unmounted)
    }

    /// Names in a folder, whatever they are.
    #[expect(clippy::disallowed_methods, reason = "this room reads shares")]
    fn entries(&self, folder: &str) -> Result<Option<Vec<Entry>>, StorageFault> {
        self.is_mounted()?;
        let path = self.root.join(folder);
        let failed = |error| self.fault(folder, error);
        let read = match fs::read_dir(&path) {
            Err(error) if is_not_there(&error) => return Ok(None),
            other => other.map_err(failed)?,
        };
        let mut entries = Vec::new();
        for entry in read {
            let entry = entry.map_err(failed)?;
            // A name that is no Unicode cannot be what a config file means.
            let Ok(name) = entry.file_name().into_string() else { continue };
            let kind = entry.file_type().map_err(failed)?;
            let is_folder = if kind.is_symlink() {
                // A link that leads nowhere is nothing.
                let Ok(meta) = fs::metadata(entry.path()) else { continue };
                meta.is_dir()
            } else {
                kind.is_dir()
            };
            let name = below(folder, &name);
            entries.push(Entry { name, is_folder, size: None, etag: None, modified: None });
        }
        Ok(Some(entries))
    }

    fn look(&self, name: &str) -> Result<Option<Entry>, StorageFault> {
        let found = match fs::metadata(self.root.join(name)) {
            Err(error) if is_not_there(&error) => {
                self.is_mounted()?;
                return Ok(None);
            }
            other => other.map_err(|error| self.fault(name, error))?,
        };
        Ok(Some(Entry {
            name: name.to_owned(),
            is_folder: found.is_dir(),
            size: Some(found.len()),
            etag: None,
            modified: found.modified().ok().map(Into::into),
        }))
    }

    fn file(&self, name: &str) -> Result<Got, StorageFault> {
        match self.look(name)? {
            Some(entry) if !entry.is_folder => {}
            _ => return Ok(Got::Missing { near: Vec::new() }),
        }
        let (path, limit) = (self.root.join(name), self.limits.max_bytes);
        if !self.holds(&path).map_err(|error| self.fault(name, error))? {
            return Ok(Got::Outside { name: name.to_owned() });
        }
        let snapshot = match snapshot::read(&path, limit) {
            // It was there a moment ago: somebody saves it by renaming.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Snapshot::Changing,
            other => other.map_err(|error| self.fault(name, error))?,
        };
        let name = name.to_owned();
        Ok(match snapshot {
            Snapshot::Whole { bytes, modified } => {
                let content = StagedBytes::of(&bytes).map_err(|source| StorageError::Staging {
                    place: self.root.display().to_string(),
                    source: Arc::new(source),
                })?;
                let modified = modified.map(Into::into);
                Got::Found(StoredFile { content: content.into(), name, etag: None, modified, is_open: false })
            }
            Snapshot::TooLarge(bytes) => Got::TooLarge { name, bytes, limit },
            Snapshot::Changing => Got::Changing { name },
        })
    }

    /// Whether a file lies below the folder, wherever links lead.
    fn holds(&self, path: &Path) -> io::Result<bool> {
        Ok(self.follow_links || fs::canonicalize(path)?.starts_with(fs::canonicalize(&self.root)?))
    }

    fn fault(&self, name: &str, error: io::Error) -> StorageFault {
        if is_locked(&error) {
            StorageFault::Answer(Got::Locked { name: name.to_owned(), reason: error.to_string() })
        } else {
            StorageError::Read { path: self.root.join(name), source: Arc::new(error) }.into()
        }
    }

    /// Writes a file beside and gives it its name in one step.
    #[expect(clippy::disallowed_methods, reason = "this room reads shares")]
    fn keep(&self, name: &str, bytes: &[u8], mode: OwnedPutMode) -> Result<PutAnswer, StorageError> {
        let path = self.root.join(name);
        let failed = |source| StorageError::Write { path: path.clone(), source: Arc::new(source) };
        self.is_mounted()?;
        let folder = Path::new(name).parent().unwrap_or(Path::new(""));
        write::folders(&self.root, folder, Access::AsUsual).map_err(failed)?;
        match mode {
            OwnedPutMode::Create => match write::create(&path, bytes, Access::AsUsual) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(PutAnswer::Exists),
                other => other.map_err(failed)?,
            },
            OwnedPutMode::IfMatch(etag) => match fs::read(&path) {
                Ok(standing) if sha256(&standing) == etag => write::replace(&path, bytes).map_err(failed)?,
                Ok(_) => return Ok(PutAnswer::Changed),
                Err(error) if is_not_there(&error) => return Ok(PutAnswer::Changed),
                Err(error) => return Err(failed(error)),
            },
            OwnedPutMode::Replace => write::replace(&path, bytes).map_err(failed)?,
        }
        // The name must outlive a crash before anything is built on it.
        write::sync(path.parent().unwrap_or(&self.root)).map_err(failed)?;
        Ok(PutAnswer::Stored { etag: Some(sha256(bytes)) })
    }
}

/// What a write may do, for another thread.
enum OwnedPutMode {
    Create,
    IfMatch(String),
    Replace,
}

#[async_trait]
impl Backend for Directory {
    fn place(&self) -> String {
        self.root.display().to_string()
    }

    async fn list(&self, folder: &str) -> Result<Option<Vec<Entry>>, StorageFault> {
        let folder = folder.to_owned();
        self.blocking(move |this| this.entries(&folder)).await
    }

    async fn head(&self, name: &str) -> Result<Option<Entry>, StorageFault> {
        let name = name.to_owned();
        self.blocking(move |this| this.look(&name)).await
    }

    async fn read(&self, name: &str, _known: Option<&str>) -> Result<Got, StorageFault> {
        let name = name.to_owned();
        self.blocking(move |this| {
            this.is_mounted()?;
            this.file(&name)
        })
        .await
    }

    async fn put(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, StorageError> {
        let (name, bytes) = (name.to_owned(), bytes.to_owned());
        let mode = match mode {
            PutMode::Create => OwnedPutMode::Create,
            PutMode::IfMatch(etag) => OwnedPutMode::IfMatch(etag.to_owned()),
            PutMode::Replace => OwnedPutMode::Replace,
        };
        self.blocking(move |this| this.keep(&name, &bytes, mode)).await
    }

    #[expect(clippy::disallowed_methods, reason = "this room keeps what is put on shares")]
    async fn remove(&self, name: &str) -> Result<(), StorageError> {
        let name = name.to_owned();
        self.blocking(move |this| {
            let path = this.root.join(&name);
            match fs::remove_file(&path) {
                Err(error) if is_not_there(&error) => Ok(()),
                other => other.map_err(|source| StorageError::Write { path, source: Arc::new(source) }),
            }
        })
        .await
    }
}

fn is_not_there(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Whether an error means that the file is in use or may not be opened, which
/// an officer can mend, rather than that the disk or network failed.
fn is_locked(error: &io::Error) -> bool {
    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION have no kind of their own.
    let windows_lock = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
    windows_lock
        || matches!(
            error.kind(),
            io::ErrorKind::PermissionDenied
                | io::ErrorKind::ResourceBusy
                | io::ErrorKind::ExecutableFileBusy
                | io::ErrorKind::WouldBlock
        )
}

#[cfg(test)]
mod tests;
