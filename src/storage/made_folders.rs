//! Folders that were seen to be there, so that each is made once for as long as a storage is open.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::path;

/// Names of folders below a storage.
#[derive(Debug, Default)]
pub(super) struct MadeFolders(Mutex<BTreeSet<String>>);

impl MadeFolders {
    /// The folders above a name that were not seen yet, the outermost first.
    pub(super) fn missing<'n>(&self, name: &'n str) -> Vec<&'n str> {
        let seen = self.seen();
        path::folders(name).filter(|folder| !seen.contains(*folder)).collect()
    }

    /// A folder is there.
    pub(super) fn note(&self, folder: &str) {
        self.seen().insert(folder.to_owned());
    }

    fn seen(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
