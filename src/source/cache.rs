//! Files at hand, so that a daemon that comes back to a held pack every hour
//! does not download what has not changed.
//!
//! Only files with an etag are kept: without one nothing can be asked about.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Workbook;
use super::plan::FetchTask;

/// Files of the last activations. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Cache {
    entries: Arc<Mutex<BTreeMap<CacheKey, CachedWorkbook>>>,
    is_unattended: bool,
}

/// A file on a storage. The storage is known by its place and not only by its
/// name, so that a changed config never meets another server's files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CacheKey {
    place: String,
    storage: String,
    file: String,
}

#[derive(Debug)]
struct CachedWorkbook {
    workbook: Arc<Workbook>,
    /// Whether this activation has asked for it.
    used: bool,
}

impl CacheKey {
    pub(super) fn new(place: String, task: &FetchTask, file: &str) -> Self {
        Self { place, storage: task.storage.clone(), file: file.to_owned() }
    }
}

impl Cache {
    /// A cache without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// A cache of a service that nobody watches: a file that was changed a moment
    /// ago is left alone until it has settled, because it comes back by itself.
    /// Whoever runs a command has mostly just saved the file.
    pub fn unattended() -> Self {
        Self { is_unattended: true, ..Self::default() }
    }

    /// Whether nobody watches.
    pub(super) fn is_unattended(&self) -> bool {
        self.is_unattended
    }

    /// Ends an activation: files that it did not ask for are forgotten. An
    /// activation may fetch for several periods, so this is its caller's to say.
    pub fn sweep(&self) {
        self.entries().retain(|_, entry| std::mem::take(&mut entry.used));
    }

    /// How many files are at hand.
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }

    pub(super) fn get(&self, key: &CacheKey) -> Option<Arc<Workbook>> {
        self.entries().get_mut(key).map(|entry| {
            entry.used = true;
            Arc::clone(&entry.workbook)
        })
    }

    pub(super) fn put(&self, key: CacheKey, workbook: &Arc<Workbook>) {
        if workbook.etag().is_some() {
            self.entries().insert(key, CachedWorkbook { workbook: Arc::clone(workbook), used: true });
        } else {
            self.entries().remove(&key);
        }
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<CacheKey, CachedWorkbook>> {
        // Entries are whole at every moment, so a panic elsewhere spoils none.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
