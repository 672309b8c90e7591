//! Files in memory, for tests.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{FetchLimits, Got, StorageError, StoredFile, path, suggest};
use crate::digest::sha256;

/// Files by their exact names. Etags are digests, as a good server's are.
#[derive(Debug)]
pub struct Memory {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
    limits: FetchLimits,
    asked: AtomicUsize,
}

impl Memory {
    /// A storage without files.
    pub fn new(limits: FetchLimits) -> Self {
        Self { files: Mutex::default(), limits, asked: AtomicUsize::new(0) }
    }

    /// Puts a file, over an older one.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        self.files().insert(name.to_owned(), bytes.to_owned());
    }

    /// How many times a file was asked for.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// The file of this name.
    pub fn get(&self, name: &str, known: Option<&str>) -> Result<Got, StorageError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if let Err(why) = path::unlisted(name) {
            return Err(StorageError::Path { name: name.to_owned(), place: "memory".to_owned(), why });
        }
        let files = self.files();
        let Some(bytes) = files.get(name) else {
            return Ok(Got::Missing { near: suggest::nearest(name, files.keys().cloned()) });
        };
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > self.limits.max_bytes {
            return Ok(Got::TooLarge { name: name.to_owned(), bytes: size, limit: self.limits.max_bytes });
        }
        let etag = sha256(bytes);
        if known == Some(etag.as_str()) {
            return Ok(Got::Unchanged);
        }
        Ok(Got::Found(StoredFile {
            bytes: bytes.clone(),
            name: name.to_owned(),
            etag: Some(etag),
            modified: None,
            is_open: false,
        }))
    }

    fn files(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
