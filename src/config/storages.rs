//! `[storage.NAME]` of `boardpack.toml`: where workbooks are.
//!
//! A kind of storage reads its own settings, in the room `storage`, and nobody
//! else looks into them. Here is what the config needs of a kind.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::reader::TableReader;

/// The settings of one storage, of a type that only its room knows.
pub type StoredSettings = Arc<dyn Any + Send + Sync>;

/// A kind of storage, as far as the config knows it.
#[derive(Debug, Clone, Copy)]
pub struct StorageKind {
    /// Its name, which is the value of `kind`.
    pub name: &'static str,
    /// Why its files cannot be found by a pattern; none where they can.
    pub no_patterns: Option<&'static str>,
    /// Why packs cannot be put there; none where they can.
    pub no_writes: Option<&'static str>,
    /// Reads its settings from its table, which notes every fault; the folder is the
    /// config's. None where a fault leaves no settings.
    pub read: fn(&mut TableReader<'_>, &Path) -> Option<StoredSettings>,
    /// Its paragraph of `docs/config.md`.
    pub docs: &'static str,
}

/// A storage as it is declared.
#[derive(Clone)]
pub struct DeclaredStorage {
    /// Its kind.
    pub kind: StorageKind,
    settings: Option<StoredSettings>,
}

impl DeclaredStorage {
    /// Its settings, for the room that read them.
    pub fn settings<T: Any>(&self) -> Option<&T> {
        self.settings.as_ref()?.downcast_ref()
    }
}

impl fmt::Debug for DeclaredStorage {
    /// Without its settings, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeclaredStorage").field("kind", &self.kind.name).finish_non_exhaustive()
    }
}

/// Every storage by its name, read by its kind.
pub(super) fn read(root: &mut TableReader<'_>, dir: &Path, kinds: &[StorageKind]) -> BTreeMap<String, DeclaredStorage> {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.name).collect();
    let mut table = root.table("storage");
    let mut storages = BTreeMap::new();
    for (name, value) in table.entries() {
        let mut storage = table.entry(&name, value);
        let word = storage.word("kind", &names);
        // Its other keys can only be judged once its kind is known.
        let Some(kind) = kinds.iter().find(|kind| Some(kind.name) == word.as_deref()) else { continue };
        let settings = (kind.read)(&mut storage, dir);
        storage.finish();
        storages.insert(name, DeclaredStorage { kind: *kind, settings });
    }
    storages
}
