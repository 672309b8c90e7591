//! Files in memory, for tests.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::contract::{Backend, Entry, StorageFault};
use super::staged::StagedBytes;
use super::{FetchLimits, Got, PutAnswer, PutMode, StorageError, StoredFile};
use crate::digest::sha256;

/// Files by their exact names. Etags are digests, as a good server's are. Clones share them.
#[derive(Debug, Clone)]
pub struct Memory(Arc<SharedFiles>);

#[derive(Debug)]
struct SharedFiles {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
    limits: FetchLimits,
    asked: AtomicUsize,
}

impl Memory {
    /// A storage without files.
    pub fn new(limits: FetchLimits) -> Self {
        Self(Arc::new(SharedFiles { files: Mutex::default(), limits, asked: AtomicUsize::new(0) }))
    }

    /// Keeps a file, over an older one.
    pub fn keep(&self, name: &str, bytes: &[u8]) {
        self.files().insert(name.to_owned(), bytes.to_owned());
    }

    /// How many times a file was asked for.
    pub fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }

    fn files(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.0.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn entry(name: String, bytes: Option<&[u8]>) -> Entry {
    Entry {
        name,
        is_folder: bytes.is_none(),
        size: bytes.and_then(|bytes| u64::try_from(bytes.len()).ok()),
        etag: bytes.map(sha256),
        modified: None,
    }
}

#[async_trait]
impl Backend for Memory {
    fn place(&self) -> String {
        "memory".to_owned()
    }

    async fn list(&self, folder: &str) -> Result<Option<Vec<Entry>>, StorageFault> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut entries = BTreeMap::new();
        for (name, bytes) in self.files().iter() {
            let Some(rest) = name.strip_prefix(&prefix) else { continue };
            let below = match rest.split_once('/') {
                Some((part, _)) => entry(format!("{prefix}{part}"), None),
                None => entry(name.clone(), Some(bytes)),
            };
            entries.insert(below.name.clone(), below);
        }
        let is_there = folder.is_empty() || !entries.is_empty();
        Ok(is_there.then(|| entries.into_values().collect()))
    }

    async fn head(&self, name: &str) -> Result<Option<Entry>, StorageFault> {
        let found = self.files().get(name).map(|bytes| entry(name.to_owned(), Some(bytes)));
        match found {
            None => Ok(self.list(name).await?.map(|_| entry(name.to_owned(), None))),
            found => Ok(found),
        }
    }

    async fn read(&self, name: &str, known: Option<&str>) -> Result<Got, StorageFault> {
        self.0.asked.fetch_add(1, Ordering::SeqCst);
        let files = self.files();
        let Some(bytes) = files.get(name) else { return Ok(Got::Missing { near: Vec::new() }) };
        let (size, limit) = (u64::try_from(bytes.len()).unwrap_or(u64::MAX), self.0.limits.max_bytes);
        if size > limit {
            return Ok(Got::TooLarge { name: name.to_owned(), bytes: size, limit });
        }
        let etag = sha256(bytes);
        if known == Some(etag.as_str()) {
            return Ok(Got::Unchanged);
        }
        let content = StagedBytes::of(bytes);
        let content =
            content.map_err(|source| StorageError::Staging { place: self.place(), source: Arc::new(source) })?.into();
        Ok(Got::Found(StoredFile { content, name: name.to_owned(), etag: Some(etag), modified: None, is_open: false }))
    }

    async fn put(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, StorageError> {
        let mut files = self.files();
        match (mode, files.get(name)) {
            (PutMode::Create, Some(_)) => return Ok(PutAnswer::Exists),
            (PutMode::IfMatch(etag), standing) if standing.is_none_or(|bytes| sha256(bytes) != etag) => {
                return Ok(PutAnswer::Changed);
            }
            _ => {}
        }
        files.insert(name.to_owned(), bytes.to_owned());
        Ok(PutAnswer::Stored { etag: Some(sha256(bytes)) })
    }

    async fn remove(&self, name: &str) -> Result<(), StorageError> {
        self.files().remove(name);
        Ok(())
    }
}
