//! Files of this machine that are whole or not there, on every system.
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
pub fn is_beside(name: &str) -> bool {
    name.starts_with(BESIDE.0) && name.ends_with(BESIDE.1)
}

/// Who may read what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whom the service's umask lets.
    AsUsual,
    /// The service's account and its group alone, whatever the umask: small
    /// numbers of children are in it.
    OwnerAndGroup,
}

impl Access {
    /// Sets it of a file that was made just now. Windows goes by the rights of
    /// the folder, which the council sets.
    #[cfg(unix)]
    pub fn of_file(self, file: &fs::File) -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt as _;
        match self {
            Self::AsUsual => Ok(()),
            Self::OwnerAndGroup => file.set_permissions(fs::Permissions::from_mode(0o640)),
        }
    }

    #[cfg(not(unix))]
    pub fn of_file(self, _file: &fs::File) -> io::Result<()> {
        Ok(())
    }

    /// Sets it of a folder that was made just now.
    #[cfg(unix)]
    pub fn of_folder(self, path: &Path) -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt as _;
        match self {
            Self::AsUsual => Ok(()),
            Self::OwnerAndGroup => fs::set_permissions(path, fs::Permissions::from_mode(0o750)),
        }
    }

    /// Sets it of a folder that was made just now.
    #[cfg(not(unix))]
    pub fn of_folder(self, _path: &Path) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a file, over an older one.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_for(path, bytes, Access::AsUsual)
}

/// Writes a file for some readers, over an older one.
pub fn replace_for(path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    name(beside(path, bytes, access)?, |file| file.persist(path).map(drop))
}

/// Writes a file that must not be there yet. An error of the kind
/// `AlreadyExists` says that it was.
pub fn create(path: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    let created = name(beside(path, bytes, access)?, |file| file.persist_noclobber(path).map(drop));
    match created {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !path.try_exists()? => {
            // A file system with neither an exclusive rename nor hard links,
            // such as some network mounts. The lock has to do.
            replace_for(path, bytes, access)
        }
        other => other,
    }
}

/// Makes a folder whose parent may be missing too, and makes sure that the new
/// names outlive a crash. Another service may take an empty parent away meanwhile.
pub fn folders(root: &Path, below: &Path, access: Access) -> io::Result<()> {
    let mut attempt = 1;
    loop {
        match each_folder(root, below, access) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && attempt < ATTEMPTS && root.is_dir() => {
                attempt += 1
            }
            other => return other,
        }
    }
}

fn each_folder(root: &Path, below: &Path, access: Access) -> io::Result<()> {
    let mut at = root.to_owned();
    for part in below {
        let parent = at.clone();
        at.push(part);
        match fs::create_dir(&at) {
            Ok(()) => {
                access.of_folder(&at)?;
                sync(&parent)?;
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Makes sure that names in a folder outlive a crash. Windows keeps its own
/// journal of names and has no call for it.
#[cfg(unix)]
pub fn sync(folder: &Path) -> io::Result<()> {
    match fs::File::open(folder)?.sync_all() {
        // Some network file systems cannot flush a folder, and say so.
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        other => other,
    }
}

/// Makes sure that names in a folder outlive a crash: the system sees to it.
#[cfg(not(unix))]
pub fn sync(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn beside(path: &Path, bytes: &[u8], access: Access) -> io::Result<NamedTempFile> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(BESIDE.0).suffix(BESIDE.1);
    // A temporary file is its owner's alone; a published one is for readers, as
    // far as the service's umask lets them.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(match access {
        Access::AsUsual => 0o666,
        Access::OwnerAndGroup => 0o600,
    }));
    let mut file = builder.tempfile_in(folder)?;
    access.of_file(file.as_file())?;
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
        create(&path, b"one", Access::AsUsual).unwrap();
        assert_eq!(create(&path, b"two", Access::AsUsual).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
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

    #[cfg(unix)]
    #[test]
    fn a_restricted_file_is_for_its_owner_and_group_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let below = Path::new("2026-10").join("panel");
        folders(dir.path(), &below, Access::OwnerAndGroup).unwrap();
        let (one, two) = (dir.path().join(&below).join("a.csv"), dir.path().join(&below).join("b.json"));
        replace_for(&one, b"1", Access::OwnerAndGroup).unwrap();
        create(&two, b"2", Access::OwnerAndGroup).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        assert_eq!([&one, &two].map(|path| mode(path)), [0o640; 2]);
        assert_eq!([dir.path().join("2026-10"), dir.path().join(below)].map(|path| mode(&path)), [0o750; 2]);
    }

    #[test]
    fn folders_are_made_once_and_again() {
        let dir = tempfile::tempdir().unwrap();
        let below = Path::new("2026-10").join("panel").join("r1");
        for _ in 0..2 {
            folders(dir.path(), &below, Access::AsUsual).unwrap();
            assert!(dir.path().join(&below).is_dir());
        }
    }
}
