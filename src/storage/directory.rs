//! A folder, local or mounted.
//!
//! The declared name is walked part by part, so that what is missing is named
//! at the level where it is missing: the month's folder, or the file in it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::path::{self, is_glob, is_lock_or_hidden, matcher, parts};
use super::snapshot::{self, Snapshot};
use super::{FetchLimits, Got, StorageError, StorageSettings, StoredFile, newest, suggest};
use crate::config::{StorageKind, TableReader};
use crate::domain::address::{is_address, without_secrets};
use crate::domain::layout::Newest;
use crate::domain::signs::{is_unfit_name, on_one_line};

/// What the config knows of this kind.
pub(super) const KIND: StorageKind = StorageKind {
    name: "directory",
    no_patterns: None,
    read: |table| Some(Arc::new(StorageSettings::Directory(DirectorySettings::read(table)))),
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

    /// In a few words. `path` says where a path of the config leads.
    pub(super) fn shown(&self, path: &dyn Fn(&str) -> String) -> String {
        let links = if self.follow_links { ", follows links out of it" } else { "" };
        format!("directory {}{links}", path(&self.path))
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

/// A file or folder on the way to what is looked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct PathStep {
    /// Below the storage, with `/`.
    name: String,
    path: PathBuf,
}

/// Why a walk ended before it found anything.
enum Stop {
    /// Something is there and may not be opened.
    Locked {
        name: String,
        error: io::Error,
    },
    /// It has a name that nothing should have.
    Unfit(String),
    Broken(StorageError),
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

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The one file that a name or pattern means, or the newest by a rule.
    pub async fn newest(&self, name: &str, rule: Option<Newest>) -> Result<Got, StorageError> {
        let (this, name) = (self.clone(), name.to_owned());
        let reading = tokio::task::spawn_blocking(move || this.look(&name, rule));
        match tokio::time::timeout(DEADLINE, reading).await {
            Ok(Ok(got)) => got,
            Ok(Err(_stopped)) => Err(StorageError::Stopped { path: self.root.clone() }),
            Err(_elapsed) => Err(StorageError::Stalled { path: self.root.clone(), seconds: DEADLINE.as_secs() }),
        }
    }

    #[expect(clippy::disallowed_methods, reason = "this room reads shares")]
    fn look(&self, name: &str, rule: Option<Newest>) -> Result<Got, StorageError> {
        let parts = parts(name).map_err(|why| StorageError::Path {
            name: without_secrets(name).into_owned(),
            place: self.root.display().to_string(),
            why,
        })?;
        // A share that is not mounted must not look like a missing file.
        fs::read_dir(&self.root)
            .map_err(|source| StorageError::Folder { path: self.root.clone(), source: Arc::new(source) })?;
        if let Some(file) = parts.last().filter(|file| file.starts_with("~$")) {
            let reason = format!("{file:?} is the mark that Office leaves beside an open workbook, not the workbook");
            return Ok(Got::Locked { name: name.to_owned(), reason });
        }
        match self.walk(&parts, rule) {
            Ok(got) => Ok(got),
            Err(Stop::Locked { name, error }) => Ok(Got::Locked { name, reason: error.to_string() }),
            Err(Stop::Unfit(name)) => Ok(Got::Unfit { name: on_one_line(&name) }),
            Err(Stop::Broken(error)) => Err(error),
        }
    }

    /// Whether a file lies below the folder, wherever links lead.
    fn holds(&self, step: &PathStep) -> Result<bool, Stop> {
        let real = |path: &Path| fs::canonicalize(path).map_err(|error| step.stop(error));
        Ok(self.follow_links || real(&step.path)?.starts_with(real(&self.root)?))
    }

    fn walk(&self, parts: &[&str], rule: Option<Newest>) -> Result<Got, Stop> {
        let mut at = vec![PathStep { name: String::new(), path: self.root.clone() }];
        for (index, part) in parts.iter().enumerate() {
            let want_file = index + 1 == parts.len();
            let mut next = Vec::new();
            for folder in &at {
                next.extend(matches(folder, part, want_file)?);
            }
            if next.is_empty() {
                return Ok(Got::Missing { near: near_names(&at, part, want_file)? });
            }
            next.sort();
            at = next;
        }
        let at = match rule {
            Some(rule) if at.len() > 1 => newest(at, rule)?,
            _ => at,
        };
        match at.as_slice() {
            [one] => self.read(one),
            several => Ok(Got::Ambiguous { names: several.iter().map(|step| step.name.clone()).collect() }),
        }
    }

    fn read(&self, step: &PathStep) -> Result<Got, Stop> {
        let name = step.name.clone();
        if !self.holds(step)? {
            return Ok(Got::Outside { name });
        }
        let limit = self.limits.max_bytes;
        let snapshot = match snapshot::read(&step.path, limit) {
            // It was there a moment ago: somebody saves it by renaming.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Snapshot::Changing,
            other => other.map_err(|error| step.stop(error))?,
        };
        Ok(match snapshot {
            Snapshot::Whole { bytes, modified } => Got::Found(StoredFile {
                bytes,
                name,
                etag: None,
                modified: modified.map(Into::into),
                is_open: step.is_open(),
            }),
            Snapshot::TooLarge(bytes) => Got::TooLarge { name, bytes, limit },
            Snapshot::Changing => Got::Changing { name },
        })
    }
}

impl PathStep {
    fn join(&self, part: &str) -> Self {
        let name = if self.name.is_empty() { part.to_owned() } else { format!("{}/{part}", self.name) };
        Self { name, path: self.path.join(part) }
    }

    fn stop(&self, error: io::Error) -> Stop {
        if is_locked(&error) {
            Stop::Locked { name: self.name.clone(), error }
        } else {
            Stop::Broken(StorageError::Read { path: self.path.clone(), source: Arc::new(error) })
        }
    }

    /// Whether it is there and of the right kind, following links.
    fn exists(&self, want_file: bool) -> Result<bool, Stop> {
        match fs::metadata(&self.path) {
            Ok(meta) => Ok(if want_file { meta.is_file() } else { meta.is_dir() }),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
            Err(error) => Err(self.stop(error)),
        }
    }

    /// Whether Office or LibreOffice has left beside it that somebody has it open.
    fn is_open(&self) -> bool {
        let Some(name) = self.path.file_name().map(|name| name.to_string_lossy()) else { return false };
        path::locks(&name).iter().any(|lock| fs::metadata(self.path.with_file_name(lock)).is_ok())
    }

    /// Names in this folder, whatever they are.
    #[expect(clippy::disallowed_methods, reason = "this room reads shares")]
    fn list(&self) -> Result<Vec<fs::DirEntry>, Stop> {
        fs::read_dir(&self.path).and_then(Iterator::collect).map_err(|error| self.stop(error))
    }
}

fn matches(folder: &PathStep, part: &str, want_file: bool) -> Result<Vec<PathStep>, Stop> {
    let mut found = Vec::new();
    if let Some(pattern) = matcher(part).filter(|_| is_glob(part)) {
        for entry in folder.list()? {
            // A name that is no Unicode cannot be what a config file means.
            let Ok(name) = entry.file_name().into_string() else { continue };
            // A pattern is matched by one line.
            if !is_lock_or_hidden(&name) && pattern.is_match(name.replace(char::is_control, " ")) {
                if is_unfit_name(&name) {
                    return Err(Stop::Unfit(folder.join(&name).name));
                }
                found.push(folder.join(&name));
            }
        }
    } else {
        found.push(folder.join(part));
    }
    let mut kept = Vec::new();
    for step in found {
        if step.exists(want_file)? {
            kept.push(step);
        }
    }
    Ok(kept)
}

/// The newest of several; more than one where the rule makes no difference.
fn newest(mut steps: Vec<PathStep>, rule: Newest) -> Result<Vec<PathStep>, Stop> {
    match rule {
        Newest::Name => {
            steps.sort_by(|a, b| newest::by_name(&a.name, &b.name));
            let last = steps.last().map(|step| step.name.clone()).unwrap_or_default();
            steps.retain(|step| newest::by_name(&step.name, &last).is_eq());
        }
        Newest::Modified => {
            let mut timed = Vec::with_capacity(steps.len());
            for step in steps {
                let modified = fs::metadata(&step.path).and_then(|meta| meta.modified());
                timed.push((modified.map_err(|error| step.stop(error))?, step));
            }
            let last = timed.iter().map(|(modified, _)| *modified).max();
            steps = timed.into_iter().filter(|(modified, _)| Some(*modified) == last).map(|(_, step)| step).collect();
        }
    }
    Ok(steps)
}

/// Names like a part that was not found, in the folders where it was looked for.
fn near_names(folders: &[PathStep], part: &str, want_file: bool) -> Result<Vec<String>, Stop> {
    let mut names = Vec::new();
    for folder in folders {
        for entry in folder.list()? {
            let (Ok(name), Ok(kind)) = (entry.file_name().into_string(), entry.file_type()) else { continue };
            if !is_lock_or_hidden(&name) && (kind.is_symlink() || kind.is_file() == want_file) {
                names.push(on_one_line(&name));
            }
        }
    }
    names.sort();
    names.dedup();
    Ok(suggest::nearest(part, names))
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
