//! A revision of a folder that several machines publish to.
//!
//! Its files lie in a folder of their own beside, and come to stand with one rename: where a
//! revision of that number stands, or the folder beside is gone, it is refused. So a service
//! that stood still while another went on overwrites nothing; and whoever holds the pack's
//! locks after it sweeps its folder away, and with it the means to issue late.

use std::fs;
use std::io;
use std::path::Path;

use tempfile::TempDir;

use super::error::{PublishError, Within};
use super::folder::{ATTEMPT, PublishedFolder, below, folders};
use super::manifest;
use crate::digest::sha256;
use crate::domain::PackKey;
use crate::storage::write::Access;

/// How the names of such folders begin.
pub(super) const STAGING: &str = ".boardpack-attempt-";

/// A folder that is removed unless it is issued.
pub(super) struct StagedRevision(TempDir);

impl StagedRevision {
    /// An empty one beside a revision's folder.
    pub(super) fn beside(folder: &Path, access: Access) -> Result<Self, PublishError> {
        let pack = folder.parent().unwrap_or(folder);
        let mut builder = tempfile::Builder::new();
        builder.prefix(STAGING);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
        let staged = builder.tempdir_in(pack).writing(pack)?;
        access.of_folder(staged.path()).writing(staged.path())?;
        Ok(Self(staged))
    }

    /// Where its files are written.
    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Makes it the revision. An error of the kind `AlreadyExists` says that one stands.
    pub(super) fn issue(self, folder: &Path, manifest: &[u8]) -> io::Result<()> {
        #[expect(clippy::disallowed_methods, reason = "this room owns the published folder")]
        let renamed = fs::rename(self.path(), folder);
        match renamed {
            // The answer of a share may be lost, and the deed not.
            Err(_) if stands(folder, manifest) => {}
            Err(_) if stands_any(folder) => return Err(io::ErrorKind::AlreadyExists.into()),
            other => other?,
        }
        let _ = self.0.keep();
        Ok(())
    }
}

#[expect(clippy::disallowed_methods, reason = "this room owns the published folder")]
fn stands(folder: &Path, bytes: &[u8]) -> bool {
    fs::read(folder.join(manifest::FILE)).is_ok_and(|standing| sha256(&standing) == sha256(bytes))
}

fn stands_any(folder: &Path) -> bool {
    folder.join(manifest::FILE).exists()
}

impl PublishedFolder {
    /// Removes what attempts at a pack left beside its revisions. Whoever asks holds the pack's locks.
    #[expect(clippy::disallowed_methods, reason = "this room owns the published folder")]
    pub fn sweep(&self, key: &PackKey) -> Result<(), PublishError> {
        let pack = self.root.join(below(key));
        for name in folders(&pack)?.into_iter().filter(|name| name.starts_with(STAGING)) {
            let path = pack.join(name);
            match fs::remove_dir_all(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                other => other.writing(&path)?,
            }
        }
        Ok(())
    }
}

/// Moves an attempt of a single machine's out of the way, which lies where the revision is to stand.
#[expect(clippy::disallowed_methods, reason = "this room owns the published folder")]
pub(super) fn clear(folder: &Path) -> Result<(), PublishError> {
    if stands_any(folder) || !folder.join(ATTEMPT).exists() {
        return Ok(());
    }
    let Some((pack, name)) = folder.parent().zip(folder.file_name()) else { return Ok(()) };
    let aside = pack.join(format!("{STAGING}{}", name.to_string_lossy()));
    fs::rename(folder, &aside).writing(&aside)?;
    if stands_any(&aside) {
        // It was issued between the two looks.
        return fs::rename(&aside, folder).writing(folder);
    }
    fs::remove_dir_all(&aside).writing(&aside)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write files of their own")]
mod tests {
    use super::*;

    fn staged(folder: &Path, manifest: &str) -> StagedRevision {
        let staged = StagedRevision::beside(folder, Access::AsUsual).unwrap();
        fs::write(staged.path().join(manifest::FILE), manifest).unwrap();
        staged
    }

    #[test]
    fn a_revision_comes_to_stand_whole_and_once() {
        let pack = tempfile::tempdir().unwrap();
        let folder = pack.path().join("r1");
        let (first, second, swept) = (staged(&folder, "one"), staged(&folder, "two"), staged(&folder, "three"));
        first.issue(&folder, b"one").unwrap();
        assert_eq!(second.issue(&folder, b"two").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(folder.join(manifest::FILE)).unwrap(), "one");
        // The same again, as after an answer that was lost: it stands.
        staged(&folder, "one").issue(&folder, b"one").unwrap();
        fs::remove_dir_all(swept.path()).unwrap();
        assert!(swept.issue(&pack.path().join("r2"), b"three").is_err());
        assert!(!pack.path().join("r2").exists());
    }

    #[test]
    fn what_a_single_machine_left_half_done_makes_way_and_what_is_issued_does_not() {
        for (files, is_cleared) in
            [(&[ATTEMPT, "a.pdf"][..], true), (&[manifest::FILE, ATTEMPT], false), (&["a.pdf"], false)]
        {
            let pack = tempfile::tempdir().unwrap();
            let folder = pack.path().join("r1");
            fs::create_dir(&folder).unwrap();
            files.iter().for_each(|name| fs::write(folder.join(name), "").unwrap());
            clear(&folder).unwrap();
            assert_eq!(!folder.exists(), is_cleared, "{files:?}");
            assert_eq!(fs::read_dir(pack.path()).unwrap().count(), usize::from(!is_cleared));
        }
    }
}
