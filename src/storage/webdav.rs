//! WebDAV (RFC 4918): Apache's mod_dav, nginx, Nextcloud, and SharePoint Server's own.
//!
//! Files are written with `If-None-Match: *`, which not every server heeds (`create_only`).

mod propfind;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use reqwest::header::{CONTENT_TYPE, HeaderValue, IF_MATCH, IF_NONE_MATCH};
use reqwest::{RequestBuilder, StatusCode};

use super::contract::{Backend, CredentialEnd, Entry, StorageFault};
use super::create_only::{ConditionalWrites, CreateOnly};
use super::error::Operation;
use super::http::HttpSettings;
use super::http::ends::of_authority;
use super::http::exchange;
use super::http::settings::{http_keys, show};
use super::https::Https;
use super::made_folders::MadeFolders;
use super::{
    FetchLimits, Got, OpenStorage, PutAnswer, PutMode, Storage, StorageError, StorageSettings, StoredFile, path,
};
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
    docs: concat!(
        r#"**WebDAV**: Apache, Nextcloud and others. `files` of a source may hold `*` and `?`, and packs can be put there.

```toml
[storage.cloud]
kind = "webdav"
url = "https://cloud.example.org/remote.php/dav/files/scorecards/KPI/"   # the folder; http:// only on loopback
user = "scorecards"           # name and password (basic); or one of the two lines below
password = { file = "/run/credentials/boardpack/cloud" }
# token = { file = "/run/credentials/boardpack/token" }   # a bearer token
# header = { name = "X-Api-Key", value = { command = ["pass", "cloud"] } } # a header of the server's own
"#,
        http_keys!(),
        "```"
    ),
};

/// How a WebDAV folder is declared.
#[derive(Debug, Clone)]
pub struct WebDavSettings(pub HttpSettings);

#[async_trait]
impl OpenStorage for WebDavSettings {
    fn open(&self, dir: &Path, limits: FetchLimits) -> Result<Storage, StorageError> {
        let https = Https::new(KIND.name, &self.0, dir, limits)?;
        Ok(Storage::new(WebDav { https, create_only: CreateOnly::default(), made: MadeFolders::default() }))
    }

    fn place(&self, _dir: &Path) -> String {
        show(&self.0.url)
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
    made: MadeFolders,
}

impl WebDav {
    /// Asks for the properties of a name, and of what lies in it.
    async fn properties(&self, name: &str, depth: &'static str) -> Result<Option<Vec<Entry>>, StorageError> {
        let operation = if depth == "0" { Operation::Look } else { Operation::List };
        let (call, base) = (&self.https.call(operation, name), &self.https.address(""));
        let prepare = |request: RequestBuilder| {
            request.header("Depth", depth).header(CONTENT_TYPE, "application/xml").body(propfind::BODY)
        };
        self.https
            .ask(call, ("PROPFIND", name), prepare, |response| async move {
                match response.status() {
                    StatusCode::MULTI_STATUS => propfind::answer(response, call, base).await.map(Some),
                    StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
                    // Something on the way is a file.
                    StatusCode::CONFLICT | StatusCode::BAD_REQUEST if !name.is_empty() => Ok(None),
                    status => Err(exchange::refused(call, status, response.headers(), None)),
                }
            })
            .await
    }

    /// Makes one folder, which may be there.
    async fn make(&self, folder: &str) -> Result<(), StorageError> {
        let call = &self.https.call(Operation::Write, folder);
        // nginx takes a name without the slash for a file's.
        let address = format!("{folder}/");
        self.https
            .ask(call, ("MKCOL", &address), std::convert::identity, |response| async move {
                match response.status() {
                    StatusCode::METHOD_NOT_ALLOWED | StatusCode::MOVED_PERMANENTLY => Ok(()),
                    status if status.is_success() => Ok(()),
                    // Somebody else made it just now: what servers say of that differs.
                    status => match self.look(folder).await {
                        Ok(Some(entry)) if entry.is_folder => Ok(()),
                        _ => Err(exchange::refused(call, status, response.headers(), None)),
                    },
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
    /// Below folders that are made where they are missing: what a server says of a missing one
    /// is anything from 404 to 500.
    async fn ask_to_write(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, StorageError> {
        for folder in self.made.missing(name) {
            self.make(folder).await?;
            self.made.note(folder);
        }
        let call = &self.https.call(Operation::Write, name);
        let prepare = |request: RequestBuilder| {
            let request = request.header(CONTENT_TYPE, "application/octet-stream").body(bytes.to_owned());
            match mode {
                PutMode::Replace => request,
                PutMode::Create => request.header(IF_NONE_MATCH, "*"),
                PutMode::IfMatch(etag) => {
                    request.header(IF_MATCH, HeaderValue::from_str(etag).unwrap_or(HeaderValue::from_static("")))
                }
            }
        };
        self.https
            .ask(call, ("PUT", name), prepare, |response| async move {
                match (response.status(), mode) {
                    (status, _) if status.is_success() => Ok(PutAnswer::Stored { etag: None }),
                    // What stands is not what was meant.
                    (StatusCode::PRECONDITION_FAILED, PutMode::IfMatch(_)) => Ok(PutAnswer::Changed),
                    (StatusCode::PRECONDITION_FAILED, _) => Ok(PutAnswer::Exists),
                    (status, _) => Err(exchange::refused(call, status, response.headers(), None)),
                }
            })
            .await
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
        let is_inside = |entry: &Entry| entry.name != folder && path::split(&entry.name).0 == folder;
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
        let call = &self.https.call(Operation::Remove, name);
        self.https
            .ask(call, ("DELETE", name), std::convert::identity, |response| async move {
                match response.status() {
                    StatusCode::NOT_FOUND | StatusCode::GONE => Ok(()),
                    status if status.is_success() => Ok(()),
                    status => Err(exchange::refused(call, status, response.headers(), None)),
                }
            })
            .await
    }

    fn weakness(&self) -> Option<String> {
        self.create_only.weakness()
    }
}
