//! Files where officers and boards have them: fetched from there, and put there.
//!
//! A storage answers which bytes stand under a name, and keeps bytes under one.
//! [`contract`] says what every kind answers. A kind is a file, or a folder of them: its
//! settings and their defaults, how they are read and shown, its paragraph of
//! `docs/config.md`, and the exchange. It is named in [`KINDS`] and nowhere else.
//!
//! | file | story |
//! |---|---|
//! | [`contract`] | what every kind answers |
//! | `walk` | which file a name or a pattern means |
//! | `create_only` | writes that keep what stands, where not every server does |
//! | `made_folders` | folders that need not be made again |
//! | [`directory`] | a folder, local or mounted |
//! | `snapshot` | reading a file that somebody may be saving just now |
//! | [`write`](mod@write) | files that are whole or not there, on every system |
//! | [`https`] | a web server |
//! | [`webdav`] | a folder of a web server that takes files too |
//! | [`sharepoint`] | SharePoint and OneDrive, through Microsoft Graph |
//! | [`s3`] | a bucket: Amazon's, or one of whoever speaks S3 |
//! | [`azure`] | a container of Azure Blob Storage |
//! | [`sftp`] | a folder of an SSH server |
//! | [`object`] | what kinds that keep objects have in common |
//! | [`http`] | what kinds that speak HTTP have in common |
//! | [`memory`] | for tests |
//! | [`staged`] | bytes that were fetched, where they lie until they are read |
//! | [`retry`] | trying again what may pass by itself |
//! | `path` | names that may be looked for, and those that may not |
//! | `newest` | which of several files is the newest |
//! | `suggest` | "did you mean" for file names |
//! | [`error`] | what stops a storage from answering |

pub mod azure;
pub mod contract;
mod create_only;
pub mod directory;
pub mod error;
pub mod http;
pub mod https;
mod made_folders;
pub mod memory;
mod newest;
pub mod object;
mod path;
pub mod retry;
pub mod s3;
pub mod sftp;
pub mod sharepoint;
mod snapshot;
pub mod staged;
mod suggest;
mod walk;
pub mod webdav;
pub mod write;

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use tokio::sync::{OnceCell, Semaphore};

pub use azure::AzureSettings;
use contract::StorageFault;
pub use contract::{Backend, CredentialEnd, Entry, FetchLimits, Got, PutAnswer, PutMode, StoredFile};
pub use directory::{Directory, DirectorySettings};
pub use error::{Operation, StorageError};
pub use http::HttpSettings;
pub use https::{Https, HttpsSettings};
pub use memory::Memory;
pub use path::below;
pub use s3::S3Settings;
pub use sftp::SftpSettings;
pub use sharepoint::SharePointSettings;
use walk::Listings;
pub use webdav::WebDavSettings;

use crate::config::{Config, DeclaredStorage, StorageKind};
use crate::domain::address::without_secrets;
use crate::domain::layout::Newest;

/// Every kind that a council may declare.
pub const KINDS: &[StorageKind] =
    &[directory::KIND, https::KIND, webdav::KIND, sharepoint::KIND, s3::KIND, azure::KIND, sftp::KIND];

/// How many files are fetched from one storage at a time: enough for a slow share, and no
/// burden on a council's only file server.
const AT_A_TIME: usize = 8;

/// How long after a file changed while it was read it is read again.
const PAUSE: Duration = Duration::from_millis(300);

/// The settings of a storage, which its kind read and opens it by.
#[async_trait]
pub trait OpenStorage: fmt::Debug + Send + Sync {
    /// Opens the storage. `dir` is the config directory, which paths are
    /// relative to. Nothing is contacted yet.
    fn open(&self, dir: &Path, limits: FetchLimits) -> Result<Storage, StorageError>;

    /// Where the storage is, as [`Storage::place`] has it.
    fn place(&self, dir: &Path) -> String;

    /// The settings in a few words, without secrets. `path` says where a path of
    /// the config leads.
    fn shown(&self, path: &dyn Fn(&str) -> String) -> String;

    /// What signs in to it, or proves it, and ends at a known time. What cannot be read now
    /// is no answer: opening it says why.
    async fn ends(&self, _dir: &Path) -> Vec<CredentialEnd> {
        Vec::new()
    }

    /// The folder that it is, relative to the config directory; none where it is none.
    fn folder(&self) -> Option<&str> {
        None
    }
}

/// How a storage is declared: the settings of its kind.
#[derive(Debug)]
pub struct StorageSettings(Box<dyn OpenStorage>);

impl StorageSettings {
    /// The settings of one storage.
    pub fn new(settings: impl OpenStorage + 'static) -> Self {
        Self(Box::new(settings))
    }
}

impl std::ops::Deref for StorageSettings {
    type Target = dyn OpenStorage;

    fn deref(&self) -> &Self::Target {
        self.0.as_ref()
    }
}

/// The settings of the storage that goes by a name in the config.
pub fn declared<'c>(config: &'c Config, name: &str) -> Result<&'c StorageSettings, StorageError> {
    let settings = config.service.storages.get(name).and_then(DeclaredStorage::settings);
    settings.ok_or_else(|| StorageError::Undeclared { what: "storage", name: name.to_owned() })
}

/// Where files are.
pub struct Storage {
    backend: Box<dyn Backend>,
    listings: RememberedListings,
    turns: Semaphore,
}

impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.backend.fmt(f)
    }
}

/// What is in a folder, or why that cannot be said.
type Listing = Result<Arc<[Entry]>, StorageFault>;

/// What is in folders, each asked once for as long as the storage is open: where a server
/// hangs, all that wait for a list wait once.
#[derive(Default)]
struct RememberedListings(Mutex<BTreeMap<String, Arc<OnceCell<Listing>>>>);

/// Those of one storage.
struct ListingsOf<'s>(&'s Storage);

impl Listings for ListingsOf<'_> {
    async fn of(&self, folder: &str) -> Listing {
        let Storage { backend, listings, .. } = self.0;
        let cell = {
            let mut folders = listings.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(folders.entry(folder.to_owned()).or_default())
        };
        let list = || async {
            match backend.list(folder).await? {
                Some(entries) => Ok(entries.into()),
                // Not a missing file: whoever runs the share mends it.
                None if folder.is_empty() => Err(StorageError::Absent { place: backend.place() }.into()),
                None => Ok(Arc::default()),
            }
        };
        let listing = cell.get_or_init(list).await.clone();
        if listing.is_err() {
            // Whoever waited knows; whoever comes later asks anew.
            let mut folders = listings.0.lock().unwrap_or_else(PoisonError::into_inner);
            if folders.get(folder).is_some_and(|known| Arc::ptr_eq(known, &cell)) {
                folders.remove(folder);
            }
        }
        listing
    }
}

impl Storage {
    /// A storage of a kind.
    pub fn new(backend: impl Backend + 'static) -> Self {
        Self { backend: Box::new(backend), listings: RememberedListings::default(), turns: Semaphore::new(AT_A_TIME) }
    }

    /// The file under this name. `known` is the etag of the copy at hand: where
    /// it still holds, the answer is [`Got::Unchanged`].
    pub async fn get(&self, name: &str, known: Option<&str>) -> Result<Got, StorageError> {
        self.newest(name, known, None).await
    }

    /// Likewise, and of several files that match the newest by this rule.
    pub async fn newest(&self, name: &str, known: Option<&str>, rule: Option<Newest>) -> Result<Got, StorageError> {
        let parts = self.parts(name)?;
        if let Some(file) = parts.last().filter(|file| file.starts_with("~$")) {
            let reason = format!("{file:?} is the mark that Office leaves beside an open workbook, not the workbook");
            return Ok(Got::Locked { name: name.to_owned(), reason });
        }
        match self.meant(name, &parts, known, rule).await {
            Ok(got) | Err(StorageFault::Answer(got)) => Ok(got),
            Err(StorageFault::Broken(error)) => Err(error),
        }
    }

    /// The parts of a name that may be looked for.
    fn parts<'n>(&self, name: &'n str) -> Result<Vec<&'n str>, StorageError> {
        let parts = match self.backend.unlisted() {
            Some(_) => path::unlisted(name),
            None => path::parts(name),
        };
        let place = self.place();
        parts.map_err(|why| StorageError::Path { name: without_secrets(name).into_owned(), place, why })
    }

    async fn meant(
        &self,
        name: &str,
        parts: &[&str],
        known: Option<&str>,
        rule: Option<Newest>,
    ) -> Result<Got, StorageFault> {
        let (listings, is_pattern) = (ListingsOf(self), path::is_glob(name));
        let found = match is_pattern {
            true => walk::find(self.backend.as_ref(), &listings, parts, rule).await?.name,
            false => name.to_owned(),
        };
        let can_list = self.backend.unlisted().is_none();
        match self.read(&found, known).await? {
            Got::Missing { .. } if can_list && !is_pattern => match walk::near_missing(&listings, parts).await {
                // Who may look for a file and not list folders is told that it is not there.
                Err(StorageFault::Broken(error)) if error.is_denied() => Ok(Got::Missing { near: Vec::new() }),
                near => Ok(Got::Missing { near: near? }),
            },
            Got::Found(file) if can_list => {
                // Who may read a file and not list its folder has the file all the same.
                let is_open = walk::is_open(&listings, &found).await.unwrap_or(false);
                Ok(Got::Found(StoredFile { is_open, ..file }))
            }
            got => Ok(got),
        }
    }

    /// A file as it stood at one moment.
    async fn read(&self, name: &str, known: Option<&str>) -> Result<Got, StorageFault> {
        for is_last in [false, true] {
            let got = {
                // The semaphore is never closed; without a turn the file is still read.
                let _turn = self.turns.acquire().await.ok();
                self.backend.read(name, known).await?
            };
            match got {
                Got::Found(file) if !self.backend.is_still(&file).await? => {}
                got => return Ok(got),
            }
            if !is_last {
                tokio::time::sleep(PAUSE).await;
            }
        }
        Ok(Got::Changing { name: name.to_owned() })
    }

    /// What stands under a whole name; none where nothing does.
    pub async fn head(&self, name: &str) -> Result<Option<Entry>, StorageError> {
        self.parts(name)?;
        self.backend.head(name).await.map_err(|fault| self.broken(Operation::Look, name, fault))
    }

    /// What lies in a folder as it is now, the storage's own being ""; none where there is none.
    pub async fn list(&self, folder: &str) -> Result<Option<Vec<Entry>>, StorageError> {
        if !folder.is_empty() {
            self.parts(folder)?;
        }
        self.backend.list(folder).await.map_err(|fault| self.broken(Operation::List, folder, fault))
    }

    /// Keeps a file under a whole name.
    pub async fn put(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, StorageError> {
        self.parts(name)?;
        self.backend.put(name, bytes, mode).await
    }

    /// Removes a file; that there is none is no error.
    pub async fn remove(&self, name: &str) -> Result<(), StorageError> {
        self.parts(name)?;
        self.backend.remove(name).await
    }

    /// Where it is, for people; without credentials.
    pub fn place(&self) -> String {
        self.backend.place()
    }

    /// Whether what it gives back of such a file is not what was put there.
    pub fn rewrites(&self, name: &str) -> bool {
        self.backend.rewrites(name)
    }

    /// What it was found to lack, and how that is worked around.
    pub fn weakness(&self) -> Option<String> {
        self.backend.weakness()
    }

    /// An answer that an officer would act on, where nobody waits for one.
    fn broken(&self, operation: Operation, name: &str, fault: StorageFault) -> StorageError {
        match fault {
            StorageFault::Broken(error) => error,
            StorageFault::Answer(got) => StorageError::Refused {
                operation,
                url: format!("{name} on {}", self.place()),
                said: match got {
                    Got::Locked { reason, .. } => reason,
                    _ => "nothing of use".to_owned(),
                },
                hint: String::new(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use async_trait::async_trait;

    use super::*;

    /// A storage that fails to list, after a while.
    #[derive(Debug, Default)]
    struct Hanging(AtomicUsize);

    #[async_trait]
    impl Backend for Hanging {
        fn place(&self) -> String {
            "nowhere".to_owned()
        }

        async fn list(&self, _folder: &str) -> Result<Option<Vec<Entry>>, StorageFault> {
            self.0.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_secs(90)).await;
            Err(StorageError::Absent { place: self.place() }.into())
        }

        async fn head(&self, _name: &str) -> Result<Option<Entry>, StorageFault> {
            Ok(None)
        }

        async fn read(&self, _name: &str, _known: Option<&str>) -> Result<Got, StorageFault> {
            Ok(Got::Missing { near: Vec::new() })
        }

        async fn put(&self, _name: &str, _bytes: &[u8], _mode: PutMode<'_>) -> Result<PutAnswer, StorageError> {
            Ok(PutAnswer::Exists)
        }

        async fn remove(&self, _name: &str) -> Result<(), StorageError> {
            Ok(())
        }
    }

    #[tokio::test(start_paused = true)]
    async fn all_that_wait_for_a_list_that_hangs_wait_once() {
        let storage = Storage::new(Hanging::default());
        let started = tokio::time::Instant::now();
        let all = ["a*.xlsx", "b*.xlsx", "c.xlsx", "d.xlsx"].map(|name| storage.get(name, None));
        for got in futures_util::future::join_all(all).await {
            assert!(matches!(got, Err(StorageError::Absent { .. })), "{got:?}");
        }
        assert_eq!(started.elapsed(), Duration::from_secs(90));
    }
}
