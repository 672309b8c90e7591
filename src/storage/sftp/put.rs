//! Files that are put on an SSH server: whole, or not there.
//!
//! A file is written beside its place under a name that hides it, and then linked into place,
//! which fails where something stands (`hardlink@openssh.com`). Where a server has no such
//! link it is looked first and renamed then; most servers refuse to rename over a file, and
//! of one that does not it is told. Some servers say that they have linked or renamed and have
//! not: what they say is made sure of.

use russh_sftp::client::error::Error as ProtocolError;
use russh_sftp::extensions::{FSYNC, HARDLINK, HardlinkExtension, STATVFS};
use russh_sftp::protocol::{FileAttributes, OpenFlags, Packet, StatusCode};

use super::fault::{SftpFault, full, is_failure, status};
use super::files::{Asking, there};
use super::transfer;
use crate::storage::path::{below, split};
use crate::storage::retry::AttemptFault;
use crate::storage::{PutAnswer, PutMode, StorageError};

/// A rename that writes over what stands, as POSIX has it.
const POSIX_RENAME: &str = "posix-rename@openssh.com";

/// What is told of a server whose rename writes over files.
pub(super) const WEAKNESS: &str = "the server has no links and renames over files that stand: each is looked for first, which \
                        two writers at once can defeat";

impl Asking<'_> {
    /// Makes the folders of a name that are not there, below the storage's own.
    async fn make_folders(&self, name: &str) -> Result<(), SftpFault> {
        for folder in self.storage.made.missing(name) {
            let path = self.path(folder);
            if let Err(error) = self.on.session.mkdir(&path, FileAttributes::empty()).await {
                // It may be there, which servers only say is a failure.
                match self.stat(&path).await? {
                    Some(found) if found.file_type().is_dir() => {}
                    _ => return Err(error.into()),
                }
            }
            self.storage.made.note(folder);
        }
        Ok(())
    }

    /// Writes a new file under a name of its own.
    async fn write_beside(&self, path: &str, bytes: &[u8]) -> Result<(), SftpFault> {
        let session = &self.on.session;
        let flags = OpenFlags::WRITE | OpenFlags::CREATE | OpenFlags::EXCLUDE;
        let handle = session.open(path, flags, FileAttributes::empty()).await?.handle;
        let mut written = transfer::write(session, &handle, bytes).await;
        if written.is_ok() && self.on.can(FSYNC) {
            written = session.fsync(&handle).await.map(|_| ());
        }
        let closed = session.close(handle).await.map(|_| ());
        match written.and(closed) {
            Err(error) if is_failure(&error) && self.is_full(path, bytes.len()).await => Err(full(self.call)),
            answer => Ok(answer?),
        }
    }

    /// Whether there is no room for so many bytes, where the server says.
    async fn is_full(&self, path: &str, bytes: usize) -> bool {
        let found = if self.on.can(STATVFS) { self.on.session.statvfs(path).await.ok() } else { None };
        let room = found.map(|found| found.blocks_avail.saturating_mul(found.fragment_size));
        room.is_some_and(|room| room < u64::try_from(bytes).unwrap_or(u64::MAX))
    }

    /// Whether a rename keeps what stands under the new name, found out with two small files.
    async fn rename_keeps(&self, beside: &str) -> Result<bool, SftpFault> {
        let find = || async {
            let (one, two) = (format!("{beside}-1"), format!("{beside}-2"));
            self.write_beside(&one, b"1").await?;
            self.write_beside(&two, b"2").await?;
            let renamed = self.on.session.rename(&one, &two).await;
            let _ = self.on.session.remove(&one).await;
            self.on.session.remove(&two).await?;
            match renamed {
                Ok(_) => {
                    let place = self.storage.settings.shown_at("");
                    tracing::warn!(
                        place,
                        "this server renames over files that are to be kept: each is looked for first"
                    );
                    Ok::<_, SftpFault>(false)
                }
                Err(error) if status(&error).is_some() => Ok(true),
                Err(error) => Err(error.into()),
            }
        };
        self.storage.keeps.get_or_try_init(find).await.copied()
    }

    /// Gives a file that was written beside its name, if nothing has it.
    async fn place_new(&self, beside: &str, path: &str) -> Result<PutAnswer, SftpFault> {
        let session = &self.on.session;
        if self.on.can(HARDLINK) {
            match session.hardlink(beside, path).await {
                // There are servers that say so and link nothing.
                Ok(_) if self.stat(path).await?.is_some() => {
                    session.remove(beside).await?;
                    return Ok(PutAnswer::Stored { etag: None });
                }
                Ok(_) => {}
                Err(error) if status(&error).is_none() => return Err(error.into()),
                Err(_) if self.stat(path).await?.is_some() => return Ok(PutAnswer::Exists),
                // Not every file system has links.
                Err(_) => {}
            }
        }
        self.rename_keeps(beside).await?;
        if self.stat(path).await?.is_some() {
            return Ok(PutAnswer::Exists);
        }
        match session.rename(beside, path).await {
            Ok(_) => Ok(PutAnswer::Stored { etag: None }),
            Err(error) if status(&error).is_some() && self.stat(path).await?.is_some() => Ok(PutAnswer::Exists),
            Err(error) => Err(error.into()),
        }
    }

    /// Gives a file that was written beside its name, whatever has it.
    async fn place_over(&self, beside: &str, path: &str) -> Result<PutAnswer, SftpFault> {
        let session = &self.on.session;
        if self.on.can(POSIX_RENAME) {
            let names = HardlinkExtension { oldpath: beside.to_owned(), newpath: path.to_owned() };
            let names: Vec<u8> = names.try_into().map_err(ProtocolError::from)?;
            match session.extended(POSIX_RENAME, names).await? {
                // There are servers that say so and rename nothing.
                Packet::Status(status) if status.status_code == StatusCode::Ok => {
                    if self.stat(beside).await?.is_none() {
                        return Ok(PutAnswer::Stored { etag: None });
                    }
                }
                Packet::Status(status) => return Err(ProtocolError::from(status).into()),
                _ => return Err(ProtocolError::UnexpectedPacket.into()),
            }
        }
        match session.rename(beside, path).await {
            Err(error) if is_failure(&error) => {
                // For a moment nothing stands there, on a server that renames over nothing.
                there(session.remove(path).await)?;
                session.rename(beside, path).await?;
            }
            renamed => {
                renamed?;
            }
        }
        Ok(PutAnswer::Stored { etag: None })
    }

    /// Makes sure that what a server said it has done is done.
    async fn make_sure(&self, path: &str, size: usize) -> Result<(), SftpFault> {
        let found = self.stat(path).await?.map(|found| found.len());
        if found == u64::try_from(size).ok() {
            return Ok(());
        }
        let (operation, url) = (self.call.operation, self.call.shown.clone());
        let found =
            found.map_or_else(|| "nothing stands there".to_owned(), |found| format!("{found} bytes stand there"));
        let said = format!("that {size} bytes are written, and {found}");
        let hint = "another writer came in between, or the server does not do what it says".to_owned();
        Err(SftpFault::Known(AttemptFault::last(StorageError::Refused { operation, url, said, hint })))
    }

    pub(super) async fn put(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, SftpFault> {
        let path = self.path(name);
        if mode == PutMode::Create && self.stat(&path).await?.is_some() {
            return Ok(PutAnswer::Exists);
        }
        self.make_folders(name).await?;
        let (folder, file) = split(&path);
        let hidden = format!(".{file}.{}.part", unique());
        let beside =
            if path.starts_with('/') && folder.is_empty() { format!("/{hidden}") } else { below(folder, &hidden) };
        let answer = match self.write_beside(&beside, bytes).await {
            Ok(()) if mode == PutMode::Replace => self.place_over(&beside, &path).await,
            Ok(()) => self.place_new(&beside, &path).await,
            Err(fault) => Err(fault),
        };
        if matches!(answer, Ok(PutAnswer::Stored { .. })) {
            self.make_sure(&path, bytes.len()).await?;
        } else {
            // As far as that is possible: what is left hides itself.
            let _ = self.on.session.remove(&beside).await;
        }
        answer
    }
}

/// A word that no other writer uses.
fn unique() -> String {
    use std::hash::{BuildHasher as _, RandomState};
    format!("{:016x}", RandomState::new().hash_one(0))
}
