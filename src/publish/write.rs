//! Files that are whole or not there, on every system.
//!
//! Bytes go to a file beside, are flushed to the disk, and get their name in one
//! step. A crash leaves the old file or the new one, and at worst a file beside.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Duration;

use tempfile::NamedTempFile;

/// Names of files beside begin and end with these.
const BESIDE: (&str, &str) = (".boardpack-", ".tmp");

/// How often a name is asked for. On Windows a virus scanner holds a new file
/// for a moment.
const ATTEMPTS: u32 = 5;

/// Whether a file is one that was written beside and left by a crash.
pub(super) fn is_beside(name: &str) -> bool {
    name.starts_with(BESIDE.0) && name.ends_with(BESIDE.1)
}

/// Writes a file, over an older one.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    name(beside(path, bytes)?, |file| file.persist(path).map(drop))
}

/// Writes a file that must not be there yet. An error of the kind
/// `AlreadyExists` says that it was.
pub(super) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let created = name(beside(path, bytes)?, |file| file.persist_noclobber(path).map(drop));
    match created {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !path.try_exists()? => {
            // A file system with neither an exclusive rename nor hard links,
            // such as some network mounts. The lock has to do.
            replace(path, bytes)
        }
        other => other,
    }
}

/// Makes a folder whose parent may be missing too, and makes sure that the new
/// names outlive a crash.
pub(super) fn folders(root: &Path, below: &Path) -> io::Result<()> {
    let mut at = root.to_owned();
    for part in below {
        let parent = at.clone();
        at.push(part);
        match fs::create_dir(&at) {
            Ok(()) => sync(&parent)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Makes sure that names in a folder outlive a crash. Windows keeps its own
/// journal of names and has no call for it.
#[cfg(unix)]
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    match fs::File::open(folder)?.sync_all() {
        // Some network file systems cannot flush a folder, and say so.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}

/// Makes sure that names in a folder outlive a crash: the system sees to it.
#[cfg(not(unix))]
pub(super) fn sync(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn beside(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(BESIDE.0).suffix(BESIDE.1);
    // A temporary file is its owner's alone; a published one is for readers, as
    // far as the service's umask lets them.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Gives a file its name, again where another program holds it for a moment.
fn name<T>(
    mut file: NamedTempFile,
    persist: impl Fn(NamedTempFile) -> Result<T, tempfile::PersistError>,
) -> io::Result<T> {
    let mut attempt = 1;
    loop {
        match persist(file) {
            Ok(done) => return Ok(done),
            Err(failed) => {
                let passing = cfg!(windows) && failed.error.kind() == io::ErrorKind::PermissionDenied;
                if !passing || attempt == ATTEMPTS {
                    return Err(failed.error);
                }
                std::thread::sleep(Duration::from_millis(50) * attempt);
                attempt += 1;
                file = failed.file;
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write files of their own")]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_or_created_and_nothing_is_left_beside() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.json");
        create(&path, b"one").unwrap();
        assert_eq!(create(&path, b"two").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        replace(&path, b"three").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_published_file_is_for_more_readers_than_its_owner() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let plain = dir.path().join("plain");
        fs::write(&plain, "").unwrap();
        let ours = dir.path().join("ours");
        replace(&ours, b"").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&ours), mode(&plain));
    }

    #[test]
    fn folders_are_made_once_and_again() {
        let dir = tempfile::tempdir().unwrap();
        let below = Path::new("2026-10").join("panel").join("r1");
        for _ in 0..2 {
            folders(dir.path(), &below).unwrap();
            assert!(dir.path().join(&below).is_dir());
        }
    }
}
