//! A folder, local or mounted.
//!
//! The declared name is walked part by part, so that what is missing is named
//! at the level where it is missing: the month's folder, or the file in it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::path::{self, is_debris, is_glob, matcher, parts};
use super::snapshot::{self, Snapshot};
use super::{FetchLimits, Got, StorageError, StoredFile, newest, suggest};
use crate::domain::layout::Newest;

/// How long a folder may take. A dead network mount blocks for ever otherwise.
const DEADLINE: Duration = Duration::from_secs(300);

/// A folder that holds workbooks.
#[derive(Debug, Clone)]
pub struct Directory {
    root: PathBuf,
    limits: FetchLimits,
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
    Broken(StorageError),
}

impl Directory {
    /// A folder. It need not exist until something is read from it.
    pub fn new(root: PathBuf, limits: FetchLimits) -> Self {
        Self { root, limits }
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
            name: name.to_owned(),
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
            Err(Stop::Broken(error)) => Err(error),
        }
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
            if !is_debris(&name) && pattern.is_match(&name) {
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

/// The newest of several; more than one where they cannot be told apart.
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

/// What stands, at the level where the walk found nothing, in its place.
fn near_names(folders: &[PathStep], part: &str, want_file: bool) -> Result<Vec<String>, Stop> {
    let mut names = Vec::new();
    for folder in folders {
        for entry in folder.list()? {
            let (Ok(name), Ok(kind)) = (entry.file_name().into_string(), entry.file_type()) else { continue };
            if !is_debris(&name) && (kind.is_symlink() || kind.is_file() == want_file) {
                names.push(name);
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
#[expect(clippy::disallowed_methods, reason = "tests write files of their own")]
mod tests {
    use super::*;

    fn share(files: &[&str]) -> (tempfile::TempDir, Directory) {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file.as_bytes()).unwrap();
        }
        let directory = Directory::new(dir.path().to_owned(), FetchLimits { max_bytes: 40 });
        (dir, directory)
    }

    fn name(got: Got) -> String {
        match got {
            Got::Found(file) => {
                assert_eq!(file.bytes, file.name.as_bytes());
                assert!(file.modified.is_some() && file.etag.is_none());
                file.name
            }
            Got::Missing { near } => format!("missing, near {near:?}"),
            Got::Ambiguous { names } => format!("ambiguous {names:?}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn exactly_one_file_is_meant() {
        let (_dir, share) = share(&[
            "adults.xlsx",
            "~$adults.xlsx",
            "~$closed.xlsx",
            ".~lock.adults.xlsx#",
            "2026-10/KPI v1.xlsx",
            "2026-10/KPI v2.xlsx",
            "2026-09/KPI.xlsx",
            "2026-09/[final].xlsx",
            "2026-09/deep/a.xlsx",
        ]);
        for (wanted, expected) in [
            ("adults.xlsx", "adults.xlsx"),
            ("adult*.xlsx", "adults.xlsx"),
            ("ADULTS*", "adults.xlsx"),
            ("*/KPI.xlsx", "2026-09/KPI.xlsx"),
            ("2026-09/[final].xlsx", "2026-09/[final].xlsx"),
            ("2026-10/KPI*.xlsx", "ambiguous [\"2026-10/KPI v1.xlsx\", \"2026-10/KPI v2.xlsx\"]"),
            ("*-09/deep/?.xlsx", "2026-09/deep/a.xlsx"),
            ("closed.xlsx", "missing, near []"),
            ("*closed.xlsx", "missing, near []"),
            ("Adultz.xlsx", "missing, near [\"adults.xlsx\"]"),
            ("2026-9/KPI.xlsx", "missing, near [\"2026-09\", \"2026-10\"]"),
            ("2026-09", "missing, near []"),
            ("adults.xlsx/a.xlsx", "missing, near []"),
            ("*.csv", "missing, near []"),
        ] {
            assert_eq!(name(share.look(wanted, None).unwrap()), expected, "{wanted}");
        }
    }

    #[test]
    fn a_workbook_beside_its_lock_file_is_open() {
        let (_dir, share) =
            share(&["a.xlsx", "~$a.xlsx", "b.ods", ".~lock.b.ods#", "c.xlsx", "~$c.xls", "deep/a.xlsx"]);
        for (wanted, open) in
            [("a.xlsx", true), ("A*.xlsx", true), ("b.ods", true), ("c.xlsx", false), ("deep/a.xlsx", false)]
        {
            let Got::Found(file) = share.look(wanted, None).unwrap() else { panic!("{wanted}") };
            assert_eq!(file.is_open, open, "{wanted}");
        }
    }

    #[test]
    fn the_newest_by_a_declared_rule_is_meant() {
        let (dir, share) = share(&["KPI 9.xlsx", "KPI 10.xlsx", "~$KPI 11.xlsx"]);
        assert_eq!(name(share.look("KPI *.xlsx", Some(Newest::Name)).unwrap()), "KPI 10.xlsx");
        let at = |seconds| std::time::UNIX_EPOCH + Duration::from_secs(seconds);
        let touch = |file: &str, seconds| {
            fs::File::options().write(true).open(dir.path().join(file)).unwrap().set_modified(at(seconds)).unwrap();
        };
        touch("KPI 9.xlsx", 2_000);
        touch("KPI 10.xlsx", 1_000);
        assert_eq!(name(share.look("KPI *.xlsx", Some(Newest::Modified)).unwrap()), "KPI 9.xlsx");
        // Changed at the same moment: which is meant is not ours to say.
        touch("KPI 10.xlsx", 2_000);
        assert!(matches!(share.look("KPI *.xlsx", Some(Newest::Modified)).unwrap(), Got::Ambiguous { .. }));
        assert_eq!(name(share.look("KPI 9.xlsx", Some(Newest::Modified)).unwrap()), "KPI 9.xlsx");
    }

    #[test]
    fn a_share_that_is_not_mounted_is_an_error_and_not_a_missing_file() {
        let (dir, _) = share(&[]);
        let gone = Directory::new(dir.path().join("gone"), FetchLimits { max_bytes: 1 });
        let error = gone.look("a.xlsx", None).unwrap_err();
        assert!(matches!(error, StorageError::Folder { .. }));
        assert!(error.to_string().contains("hint: is the share mounted"), "{error}");
    }

    #[test]
    fn a_path_out_of_the_share_is_an_error() {
        let (dir, _) = share(&["a.xlsx", "in/b.xlsx"]);
        let inner = Directory::new(dir.path().join("in"), FetchLimits { max_bytes: 99 });
        for bad in ["../a.xlsx", "/etc/hostname", "C:\\a.xlsx", "b.xlsx/"] {
            assert!(matches!(inner.look(bad, None), Err(StorageError::Path { .. })), "{bad}");
        }
    }

    #[test]
    fn size_is_capped_and_office_marks_are_no_workbooks() {
        let (dir, share) = share(&["~$a.xlsx"]);
        fs::write(dir.path().join("big.xlsx"), [0; 41]).unwrap();
        let got = share.look("big.xlsx", None).unwrap();
        assert_eq!(got, Got::TooLarge { name: "big.xlsx".into(), bytes: 41, limit: 40 });
        assert!(matches!(share.look("~$a.xlsx", None).unwrap(), Got::Locked { .. }));
    }

    #[test]
    fn in_use_is_told_from_broken() {
        for (error, locked) in [
            (io::Error::from(io::ErrorKind::PermissionDenied), true),
            (io::Error::from(io::ErrorKind::ResourceBusy), true),
            (io::Error::from(io::ErrorKind::NotConnected), false),
            (io::Error::from(io::ErrorKind::TimedOut), false),
            (io::Error::from_raw_os_error(32), cfg!(windows)),
        ] {
            assert_eq!(is_locked(&error), locked, "{error}");
        }
    }
}
