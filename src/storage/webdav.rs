//! WebDAV (RFC 4918): Apache's mod_dav, nginx, Nextcloud, and SharePoint Server's own.
//!
//! Files are written with `If-None-Match: *`, which not every server heeds (`create_only`).

mod propfind;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use reqwest::header::{CONTENT_TYPE, HeaderValue, IF_MATCH, IF_NONE_MATCH};
use reqwest::{Method, StatusCode};

use super::contract::{Backend, CredentialEnd, Entry, StorageFault};
use super::create_only::{ConditionalWrites, CreateOnly};
use super::error::Operation;
use super::http::HttpSettings;
use super::http::ends::of_authority;
use super::http::exchange;
use super::https::Https;
use super::walk::below;
use super::{FetchLimits, Got, OpenStorage, PutAnswer, PutMode, Storage, StorageError, StorageSettings, StoredFile};
use crate::config::StorageKind;

/// What the config knows of this kind.
pub(super) const KIND: StorageKind = StorageKind {
    name: "webdav",
    no_patterns: None,
    no_writes: None,
    read: |table, dir| {
        let hint = "the folder's address, such as https://cloud.example.org/remote.php/dav/files/scorecards/KPI/";
        Some(Arc::new(StorageSettings::new(WebDavSettings(HttpSettings::read(table, dir, hint)?))))
    },
    docs: r#"**WebDAV**: Apache, Nextcloud and others. `files` of a source may hold `*` and `?`, and packs can be put there.

```toml
[storage.cloud]
kind = "webdav"
url = "https://cloud.example.org/remote.php/dav/files/scorecards/KPI/"   # the folder; http:// only on loopback
user = "scorecards"           # name and password (basic); or one of the two lines below
password = { file = "/run/credentials/boardpack/cloud" }
# token = { file = "/run/credentials/boardpack/token" }   # a bearer token
# header = { name = "X-Api-Key", value = { command = ["pass", "cloud"] } } # a header of the server's own
timeout_seconds = 30          # deadline of one attempt
retries = 2                   # attempts after the first
ca_file = "authority.pem"     # optional: the council's own certificate authority
proxy = "http://proxy.example:3128"      # optional: the way there; else HTTPS_PROXY and NO_PROXY hold
```"#,
};

/// How a WebDAV folder is declared.
#[derive(Debug, Clone)]
pub struct WebDavSettings(pub HttpSettings);

#[async_trait]
impl OpenStorage for WebDavSettings {
    fn open(&self, dir: &Path, limits: FetchLimits) -> Result<Storage, StorageError> {
        let https = Https::new(KIND.name, &self.0, dir, limits)?;
        Ok(Storage::new(WebDav { https, create_only: CreateOnly::default(), made: Mutex::default() }))
    }

    fn shown(&self, _path: &dyn Fn(&str) -> String) -> String {
        self.0.shown()
    }

    async fn ends(&self, dir: &Path) -> Vec<CredentialEnd> {
        of_authority(dir, self.0.ca_file.as_deref()).await.into_iter().collect()
    }
}

/// A WebDAV folder.
#[derive(Debug)]
struct WebDav {
    https: Https,
    create_only: CreateOnly,
    /// Folders that were seen to be there.
    made: Mutex<BTreeSet<String>>,
}

/// The folder of a name.
fn folder_of(name: &str) -> &str {
    name.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// What a write asks the server to look at first.
#[derive(Clone, Copy)]
enum WriteCondition<'a> {
    Always,
    Absent,
    Etag(&'a str),
}

impl WebDav {
    /// Asks for the properties of a name, and of what lies in it.
    async fn properties(&self, name: &str, depth: &'static str) -> Result<Option<Vec<Entry>>, StorageError> {
        let operation = if depth == "0" { Operation::Look } else { Operation::List };
        let call = self.https.call(operation, name);
        let method = Method::from_bytes(b"PROPFIND").unwrap_or_default();
        let request = self.https.request(method, name).await?;
        self.https
            .patiently(|| async {
                let Some(request) = request.try_clone() else { return Ok(None) };
                let request = request.header("Depth", depth).header(CONTENT_TYPE, "application/xml");
                let response = exchange::send(request.body(propfind::BODY), &call).await?;
                match response.status() {
                    StatusCode::MULTI_STATUS => {
                        let base = self.https.address("");
                        propfind::answer(response, &call, &base).await.map(Some)
                    }
                    StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
                    // Something on the way is a file.
                    StatusCode::CONFLICT | StatusCode::BAD_REQUEST if !name.is_empty() => Ok(None),
                    status => Err(exchange::refused(&call, status, response.headers(), None)),
                }
            })
            .await
    }

    /// Writes a file on a condition, once.
    async fn write(&self, name: &str, bytes: &[u8], on: WriteCondition<'_>) -> Result<StatusCode, StorageError> {
        let call = self.https.call(Operation::Write, name);
        let mut request = self.https.request(Method::PUT, name).await?.header(CONTENT_TYPE, "application/octet-stream");
        match on {
            WriteCondition::Always => {}
            WriteCondition::Absent => request = request.header(IF_NONE_MATCH, "*"),
            WriteCondition::Etag(etag) => {
                request = request.header(IF_MATCH, HeaderValue::from_str(etag).unwrap_or(HeaderValue::from_static("")));
            }
        }
        self.https
            .patiently(|| async {
                let Some(request) = request.try_clone() else { return Ok(StatusCode::CONFLICT) };
                let response = exchange::send(request.body(bytes.to_owned()), &call).await?;
                match response.status() {
                    status if status.is_success() => Ok(status),
                    // What stands is not what was meant.
                    status @ StatusCode::PRECONDITION_FAILED => Ok(status),
                    status => Err(exchange::refused(&call, status, response.headers(), None)),
                }
            })
            .await
    }

    /// The same, below folders that are made where they are missing: what a server says of a
    /// missing one is anything from 404 to 500.
    async fn write_below(&self, name: &str, bytes: &[u8], on: WriteCondition<'_>) -> Result<StatusCode, StorageError> {
        let mut folder = String::new();
        for part in folder_of(name).split('/').filter(|part| !part.is_empty()) {
            folder = below(&folder, part);
            let is_made = |made: &BTreeSet<String>| made.contains(&folder);
            if !is_made(&self.made.lock().unwrap_or_else(PoisonError::into_inner)) {
                self.make(&folder).await?;
                self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.clone());
            }
        }
        self.write(name, bytes, on).await
    }

    /// Makes one folder, which may be there.
    async fn make(&self, folder: &str) -> Result<(), StorageError> {
        let call = self.https.call(Operation::Write, folder);
        let method = Method::from_bytes(b"MKCOL").unwrap_or_default();
        // nginx takes a name without the slash for a file's.
        let request = self.https.request(method, &format!("{folder}/")).await?;
        self.https
            .patiently(|| async {
                let Some(request) = request.try_clone() else { return Ok(()) };
                let response = exchange::send(request, &call).await?;
                match response.status() {
                    StatusCode::METHOD_NOT_ALLOWED | StatusCode::MOVED_PERMANENTLY => Ok(()),
                    status if status.is_success() => Ok(()),
                    // Somebody else made it just now: what servers say of that differs.
                    status => match self.look(folder).await {
                        Ok(Some(entry)) if entry.is_folder => Ok(()),
                        _ => Err(exchange::refused(&call, status, response.headers(), None)),
                    },
                }
            })
            .await
    }

    async fn delete(&self, name: &str) -> Result<(), StorageError> {
        let call = self.https.call(Operation::Remove, name);
        let request = self.https.request(Method::DELETE, name).await?;
        self.https
            .patiently(|| async {
                let Some(request) = request.try_clone() else { return Ok(()) };
                let response = exchange::send(request, &call).await?;
                match response.status() {
                    StatusCode::NOT_FOUND | StatusCode::GONE => Ok(()),
                    status if status.is_success() => Ok(()),
                    status => Err(exchange::refused(&call, status, response.headers(), None)),
                }
            })
            .await
    }

    /// What stands under a name.
    async fn look(&self, name: &str) -> Result<Option<Entry>, StorageError> {
        Ok(self.properties(name, "0").await?.and_then(|entries| entries.into_iter().next()))
    }
}

#[async_trait]
impl ConditionalWrites for WebDav {
    async fn ask_to_write(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, StorageError> {
        let on = match mode {
            PutMode::Replace => WriteCondition::Always,
            PutMode::Create => WriteCondition::Absent,
            PutMode::IfMatch(etag) => WriteCondition::Etag(etag),
        };
        let status = self.write_below(name, bytes, on).await?;
        Ok(match (status, on) {
            (StatusCode::PRECONDITION_FAILED, WriteCondition::Etag(_)) => PutAnswer::Changed,
            (StatusCode::PRECONDITION_FAILED, _) => PutAnswer::Exists,
            _ => PutAnswer::Stored { etag: None },
        })
    }
}

#[async_trait]
impl Backend for WebDav {
    fn place(&self) -> String {
        self.https.place()
    }

    async fn list(&self, folder: &str) -> Result<Option<Vec<Entry>>, StorageFault> {
        let Some(found) = self.properties(folder, "1").await? else { return Ok(None) };
        // The folder itself is the first of them. Of a file there is no more than that.
        let is_folder = found.iter().any(|entry| entry.name == folder && entry.is_folder);
        let is_inside = |entry: &Entry| {
            let parent = entry.name.rsplit_once('/').map_or("", |(parent, _)| parent);
            entry.name != folder && parent == folder
        };
        let inside = found.into_iter().filter(is_inside).collect();
        Ok(is_folder.then_some(inside))
    }

    async fn head(&self, name: &str) -> Result<Option<Entry>, StorageFault> {
        Ok(self.look(name).await?)
    }

    async fn read(&self, name: &str, known: Option<&str>) -> Result<Got, StorageFault> {
        match self.https.fetch(name, known).await {
            // Some servers refuse to send a folder, which is no file.
            Err(error @ StorageError::Refused { .. }) => match self.look(name).await? {
                Some(entry) if entry.is_folder => Ok(Got::Missing { near: Vec::new() }),
                _ => Err(error.into()),
            },
            answer => Ok(answer?),
        }
    }

    async fn is_still(&self, file: &StoredFile) -> Result<bool, StorageError> {
        self.https.says_the_same(file).await
    }

    async fn put(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, StorageError> {
        self.create_only.put(self, name, bytes, mode).await
    }

    async fn remove(&self, name: &str) -> Result<(), StorageError> {
        self.delete(name).await
    }

    fn weakness(&self) -> Option<String> {
        self.create_only.weakness()
    }
}
