//! Files of an SSH server: what lies there, read whole or not at all.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use russh_sftp::client::error::Error as ProtocolError;
use russh_sftp::protocol::{FileAttributes, OpenFlags, StatusCode};
use tokio::sync::{Mutex as AsyncMutex, OnceCell};

use super::connection::SftpConnection;
use super::fault::{SLOW, SftpCall, SftpFault, is_failure, is_missing, status};
use super::{KIND, SftpSettings, put, transfer};
use crate::storage::contract::{Backend, Entry, StorageFault};
use crate::storage::error::Operation;
use crate::storage::made_folders::MadeFolders;
use crate::storage::path::below;
use crate::storage::retry::{AttemptFault, patiently};
use crate::storage::{FetchLimits, Got, PAUSE, PutAnswer, PutMode, StorageError, StoredFile};

/// How many requests for names are under way at a time.
const LISTS: usize = 4;

/// A folder of an SSH server.
#[derive(Debug)]
pub(super) struct Sftp {
    pub(super) settings: SftpSettings,
    limits: FetchLimits,
    connection: AsyncMutex<Option<Arc<SftpConnection>>>,
    pub(super) made: MadeFolders,
    /// Whether a rename keeps what stands, once that was found out.
    pub(super) keeps: OnceCell<bool>,
}

/// One attempt's connection, and what is asked on it.
pub(super) struct Asking<'a> {
    pub(super) on: Arc<SftpConnection>,
    pub(super) call: &'a SftpCall,
    pub(super) storage: &'a Sftp,
}

impl Sftp {
    pub(super) fn new(settings: SftpSettings, limits: FetchLimits) -> Self {
        Self {
            settings,
            limits,
            connection: AsyncMutex::default(),
            made: MadeFolders::default(),
            keeps: OnceCell::new(),
        }
    }

    fn call(&self, operation: Operation, name: &str) -> SftpCall {
        SftpCall { operation, shown: self.settings.shown_at(name) }
    }

    /// The connection of all, made where there is none.
    async fn connection(&self) -> Result<Arc<SftpConnection>, AttemptFault> {
        let mut held = self.connection.lock().await;
        if let Some(connection) = held.as_ref().filter(|connection| connection.is_alive()) {
            return Ok(Arc::clone(connection));
        }
        let connection = Arc::new(SftpConnection::open(&self.settings).await?);
        *held = Some(Arc::clone(&connection));
        Ok(connection)
    }

    /// Has the next that asks make a connection anew, where this one still is the one.
    async fn leave(&self, broken: &Arc<SftpConnection>) {
        let mut held = self.connection.lock().await;
        if held.as_ref().is_some_and(|held| Arc::ptr_eq(held, broken)) {
            *held = None;
        }
    }

    /// Asks until there is an answer or no sense in asking.
    async fn ask<'a, T, F: Future<Output = Result<T, SftpFault>>>(
        &'a self,
        call: &'a SftpCall,
        attempt: impl Fn(Asking<'a>) -> F,
    ) -> Result<T, StorageError> {
        patiently(self.settings.retry, KIND.name, || async {
            let used = Mutex::new(None);
            let asked = async {
                let connection = self.connection().await?;
                *used.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&connection));
                let answer = attempt(Asking { on: Arc::clone(&connection), call, storage: self }).await;
                if let Err(fault) = &answer
                    && fault.is_of_the_connection()
                {
                    self.leave(&connection).await;
                }
                answer.map_err(|fault| fault.attempt(call))
            };
            match tokio::time::timeout(self.settings.retry.timeout, asked).await {
                Ok(answer) => answer,
                Err(_) => {
                    let used = used.lock().unwrap_or_else(PoisonError::into_inner).take();
                    if let Some(connection) = used {
                        self.leave(&connection).await;
                    }
                    let (operation, url) = (call.operation, call.shown.clone());
                    let source = Arc::new(std::io::Error::from(std::io::ErrorKind::TimedOut));
                    Err(AttemptFault::passing(StorageError::Exchange { operation, url, hint: SLOW, source }))
                }
            }
        })
        .await
    }
}

/// When a file was last changed, as far as the server says.
fn modified(attributes: &FileAttributes) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(i64::from(attributes.mtime?), 0)
}

fn entry(name: String, attributes: &FileAttributes) -> Entry {
    Entry {
        name,
        is_folder: attributes.file_type().is_dir(),
        size: attributes.size,
        etag: None,
        modified: modified(attributes),
    }
}

/// An answer, or none where the server says that nothing is there.
pub(super) fn there<T>(answer: Result<T, ProtocolError>) -> Result<Option<T>, SftpFault> {
    match answer {
        Ok(found) => Ok(Some(found)),
        Err(error) if is_missing(&error) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

impl Asking<'_> {
    pub(super) fn path(&self, name: &str) -> String {
        self.storage.settings.path(name)
    }

    /// What stands under a path; a link stands for what it leads to.
    pub(super) async fn stat(&self, path: &str) -> Result<Option<FileAttributes>, SftpFault> {
        Ok(there(self.on.session.stat(path).await)?.map(|found| found.attrs))
    }

    async fn list(&self, folder: &str) -> Result<Option<Vec<Entry>>, SftpFault> {
        let (session, path) = (&self.on.session, self.path(folder));
        let handle = match session.opendir(&path).await {
            Ok(handle) => handle.handle,
            Err(error) if is_missing(&error) => return Ok(None),
            // Servers do not say that it is a file.
            Err(error) => match self.stat(&path).await? {
                Some(found) if !found.file_type().is_dir() => return Ok(None),
                _ => return Err(error.into()),
            },
        };
        let (mut entries, mut is_end) = (Vec::new(), false);
        while !is_end {
            let asked = (0..LISTS).map(|_| session.readdir(&handle));
            for answer in futures_util::future::join_all(asked).await {
                match answer {
                    Ok(names) => entries.extend(names.files),
                    Err(error) if status(&error) == Some(StatusCode::Eof) => is_end = true,
                    Err(error) => return Err(error.into()),
                }
            }
        }
        session.close(handle).await?;
        let mut found = Vec::new();
        for file in entries.into_iter().filter(|file| file.filename != "." && file.filename != "..") {
            let name = below(folder, &file.filename);
            if !file.attrs.file_type().is_symlink() {
                found.push(entry(name, &file.attrs));
            } else if let Some(target) = self.stat(&self.path(&name)).await? {
                found.push(entry(name, &target));
            }
        }
        Ok(Some(found))
    }

    /// Reads a file once; none where it changed meanwhile.
    async fn read(&self, name: &str) -> Result<Option<Got>, SftpFault> {
        let (session, path, missing) = (&self.on.session, self.path(name), Got::Missing { near: Vec::new() });
        let handle = match session.open(&path, OpenFlags::READ, FileAttributes::empty()).await {
            Ok(handle) => handle.handle,
            Err(error) if is_missing(&error) => return Ok(Some(missing)),
            // Of a folder, or of a name below a file, some servers only say that it failed.
            Err(error) if is_failure(&error) => match self.stat(&path).await? {
                Some(found) if !found.file_type().is_dir() => return Err(error.into()),
                _ => return Ok(Some(missing)),
            },
            Err(error) => return Err(error.into()),
        };
        let before = session.fstat(&handle).await?.attrs;
        let (size, limit) = (before.len(), self.storage.limits.max_bytes);
        if before.file_type().is_dir() || size > limit {
            session.close(handle).await?;
            let too_large = Got::TooLarge { name: name.to_owned(), bytes: size, limit };
            return Ok(Some(if before.file_type().is_dir() { missing } else { too_large }));
        }
        let came = transfer::read(session, &handle, size, self.call).await?;
        let after = session.fstat(&handle).await?.attrs;
        session.close(handle).await?;
        if came.len() != size || after.size != before.size || after.mtime != before.mtime {
            return Ok(None);
        }
        let unkept = |source| StorageError::Staging { place: self.call.shown.clone(), source: Arc::new(source) };
        let content = came.finish().map_err(|source| SftpFault::Known(AttemptFault::last(unkept(source))))?;
        let (content, name, modified) = (Arc::new(content), name.to_owned(), modified(&before));
        Ok(Some(Got::Found(StoredFile { content, name, etag: None, modified, is_open: false })))
    }
}

#[async_trait]
impl Backend for Sftp {
    fn place(&self) -> String {
        self.settings.shown_at("")
    }

    async fn list(&self, folder: &str) -> Result<Option<Vec<Entry>>, StorageFault> {
        let call = self.call(Operation::List, folder);
        Ok(self.ask(&call, |asking| async move { asking.list(folder).await }).await?)
    }

    async fn head(&self, name: &str) -> Result<Option<Entry>, StorageFault> {
        let call = self.call(Operation::Look, name);
        let found = self.ask(&call, |asking| async move { asking.stat(&asking.path(name)).await }).await?;
        Ok(found.map(|attributes| entry(name.to_owned(), &attributes)))
    }

    async fn read(&self, name: &str, _known: Option<&str>) -> Result<Got, StorageFault> {
        let call = self.call(Operation::Fetch, name);
        for is_last in [false, true] {
            if let Some(got) = self.ask(&call, |asking| async move { asking.read(name).await }).await? {
                return Ok(got);
            }
            if !is_last {
                tokio::time::sleep(PAUSE).await;
            }
        }
        Ok(Got::Changing { name: name.to_owned() })
    }

    async fn put(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, StorageError> {
        // Files here have no etag that one could be known by.
        if matches!(mode, PutMode::IfMatch(_)) {
            return Ok(PutAnswer::Changed);
        }
        let call = self.call(Operation::Write, name);
        self.ask(&call, |asking| async move { asking.put(name, bytes, mode).await }).await
    }

    async fn remove(&self, name: &str) -> Result<(), StorageError> {
        let call = self.call(Operation::Remove, name);
        self.ask(&call, |asking| async move { there(asking.on.session.remove(asking.path(name)).await) }).await?;
        Ok(())
    }

    fn weakness(&self) -> Option<String> {
        let keeps = *self.keeps.get()?;
        (!keeps).then(|| put::WEAKNESS.to_owned())
    }
}
