//! A web server: files below a base address, which are fetched and never written.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use reqwest::header::{CONTENT_LENGTH, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, Url};

use super::contract::{Backend, CredentialEnd, Entry, StorageFault};
use super::error::Operation;
use super::http::client::{ClientNeeds, client, client_without_redirects};
use super::http::ends::of_authority;
use super::http::exchange::{self, Call};
use super::http::settings::{http_keys, show};
use super::http::{HttpSettings, download};
use super::retry::{AttemptFault, patiently};
use super::{FetchLimits, Got, OpenStorage, PutAnswer, PutMode, Storage, StorageError, StorageSettings, StoredFile};
use crate::config::StorageKind;

/// What the config knows of this kind.
pub(super) const KIND: StorageKind = StorageKind {
    name: "https",
    no_patterns: Some("a web server cannot be searched"),
    no_writes: Some("a web server takes no files; `webdav` is the kind that does"),
    read: |table, dir| {
        let settings = HttpSettings::read(table, dir, "the base address, such as https://files.example.org/kpi/")?;
        Some(Arc::new(StorageSettings::new(HttpsSettings(settings))))
    },
    docs: concat!(
        r#"A **web server**. It has no list of its files: `files` of a source is a whole name.

```toml
[storage.web]
kind = "https"
url = "https://files.example.org/kpi/"   # base URL, files are appended; http:// only on loopback
user = "scorecards"           # optional: name and password (basic); or one of the two lines below
password = { file = "/run/credentials/boardpack/web" }
# token = { file = "/run/credentials/boardpack/token" }   # a bearer token
# header = { name = "X-Api-Key", value = { command = ["pass", "web"] } } # a header of the server's own
"#,
        http_keys!(),
        "```"
    ),
};

/// How a web server is declared.
#[derive(Debug, Clone)]
pub struct HttpsSettings(pub HttpSettings);

#[async_trait]
impl OpenStorage for HttpsSettings {
    fn open(&self, dir: &Path, limits: FetchLimits) -> Result<Storage, StorageError> {
        Ok(Storage::new(Https::new(KIND.name, &self.0, dir, limits)?))
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

/// A web server that holds workbooks.
pub struct Https {
    /// The kind that speaks to it, for who counts.
    kind: &'static str,
    client: Client,
    /// For what writes: where a redirect leads nobody has said that files may go.
    unled: Client,
    settings: HttpSettings,
    limits: FetchLimits,
}

impl std::fmt::Debug for Https {
    /// Without credentials.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Https").field("url", &show(&self.settings.url)).finish_non_exhaustive()
    }
}

impl Https {
    /// Prepares a client; nothing is contacted yet. `dir` is the config directory.
    pub(super) fn new(
        kind: &'static str,
        settings: &HttpSettings,
        dir: &Path,
        limits: FetchLimits,
    ) -> Result<Self, StorageError> {
        let HttpSettings { url, retry, ca_file, proxy, .. } = settings;
        let needs =
            ClientNeeds { url, timeout: retry.timeout, ca_file: ca_file.as_deref(), proxy: proxy.as_deref(), dir };
        let (client, unled) = (client(needs)?, client_without_redirects(needs)?);
        Ok(Self { kind, client, unled, settings: settings.clone(), limits })
    }

    /// Asks until there is an answer or no sense in asking. `prepare` adds to the request what
    /// its method takes, and `answer` says what comes of a response.
    pub(super) async fn ask<T, F: Future<Output = Result<T, AttemptFault>>>(
        &self,
        call: &Call<'_>,
        (method, name): (&str, &str),
        prepare: impl Fn(RequestBuilder) -> RequestBuilder,
        answer: impl Fn(Response) -> F,
    ) -> Result<T, StorageError> {
        let method = Method::from_bytes(method.as_bytes()).unwrap_or_default();
        let is_look = matches!(method.as_str(), "GET" | "HEAD" | "PROPFIND");
        let client = if is_look { &self.client } else { &self.unled };
        let (url, headers) = (self.address(name), self.signed().await?);
        patiently(self.settings.retry, self.kind, || async {
            let request = client.request(method.clone(), url.clone()).headers(headers.clone());
            answer(exchange::send(prepare(request), call).await?).await
        })
        .await
    }

    /// The address of a name; one that ends with a slash is of a folder.
    pub(super) fn address(&self, name: &str) -> Url {
        let mut url = self.settings.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(name.split('/').filter(|part| !part.is_empty()));
            if name.ends_with('/') {
                segments.push("");
            }
        }
        url
    }

    /// What is asked of a name.
    pub(super) fn call<'n>(&self, operation: Operation, name: &'n str) -> Call<'n> {
        let denied = match operation {
            Operation::Write | Operation::Remove => "may this account write there?",
            _ => "does the storage carry the right sign-in, and may that account read the file?",
        };
        Call { operation, name, shown: show(&self.address(name)), denied }
    }

    /// What signs in, as it is now.
    async fn signed(&self) -> Result<HeaderMap, StorageError> {
        let headers = self.settings.sign_in.headers().await;
        headers.map_err(|source| StorageError::Secret { place: self.place(), source: Arc::new(source) })
    }

    /// Fetches a file, as any server of files answers.
    pub(super) async fn fetch(&self, name: &str, known: Option<&str>) -> Result<Got, StorageError> {
        let call = &self.call(Operation::Fetch, name);
        let known = known.and_then(|etag| HeaderValue::from_str(etag).ok());
        let prepare = |request: RequestBuilder| match &known {
            Some(etag) => request.header(IF_NONE_MATCH, etag),
            None => request,
        };
        let (is_known, limit) = (known.is_some(), self.limits.max_bytes);
        self.ask(call, ("GET", name), prepare, |response| async move {
            match response.status() {
                // A folder has a page of its own, and is no file.
                _ if response.url().path().ends_with('/') => Ok(Got::Missing { near: Vec::new() }),
                StatusCode::OK => download::body(response, call, limit).await,
                StatusCode::NOT_MODIFIED if is_known => Ok(Got::Unchanged),
                StatusCode::NOT_FOUND | StatusCode::GONE => Ok(Got::Missing { near: Vec::new() }),
                status => Err(exchange::refused(call, status, response.headers(), None)),
            }
        })
        .await
    }

    /// Asks for the head of a file.
    async fn look(&self, name: &str) -> Result<Option<Response>, StorageError> {
        let call = &self.call(Operation::Look, name);
        self.ask(call, ("HEAD", name), std::convert::identity, |response| async move {
            match response.status() {
                StatusCode::NOT_FOUND | StatusCode::GONE => Ok(None),
                status if status.is_success() => Ok(Some(response)),
                status => Err(exchange::refused(call, status, response.headers(), None)),
            }
        })
        .await
    }

    /// Whether the server says the same of a file as when it was read. One that says
    /// nothing that could change is believed.
    pub(super) async fn says_the_same(&self, file: &StoredFile) -> Result<bool, StorageError> {
        if file.etag.is_none() && file.modified.is_none() {
            return Ok(true);
        }
        let response = match self.look(&file.name).await {
            Ok(Some(response)) => response,
            // It is gone, and what was read is what stood; or the server answers no such question.
            Ok(None) | Err(StorageError::Refused { .. } | StorageError::Denied { .. }) => return Ok(true),
            Err(error) => return Err(error),
        };
        let headers = response.headers();
        let is_weak = headers.get(ETAG).is_some_and(|etag| etag.as_bytes().starts_with(b"W/"));
        let etag = exchange::strong_etag(headers);
        let same_etag = is_weak || file.etag.is_none() || etag.is_none() || etag == file.etag;
        let modified = exchange::last_modified(headers);
        // A body that ended early looks whole where its own length was wrong, or none was told.
        let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        let same_length = length.is_none_or(|length| length == 0 || length == file.content.len());
        Ok(same_length && same_etag && (modified.is_none() || file.modified.is_none() || modified == file.modified))
    }
}

#[async_trait]
impl Backend for Https {
    fn place(&self) -> String {
        show(&self.settings.url)
    }

    fn unlisted(&self) -> Option<&'static str> {
        KIND.no_patterns
    }

    async fn list(&self, _folder: &str) -> Result<Option<Vec<Entry>>, StorageFault> {
        Ok(None)
    }

    async fn head(&self, name: &str) -> Result<Option<Entry>, StorageFault> {
        let found = self.look(name).await?;
        Ok(found.map(|response| Entry {
            name: name.to_owned(),
            is_folder: false,
            size: None,
            etag: exchange::strong_etag(response.headers()),
            modified: exchange::last_modified(response.headers()),
        }))
    }

    async fn read(&self, name: &str, known: Option<&str>) -> Result<Got, StorageFault> {
        Ok(self.fetch(name, known).await?)
    }

    async fn is_still(&self, file: &StoredFile) -> Result<bool, StorageError> {
        self.says_the_same(file).await
    }

    async fn put(&self, _name: &str, _bytes: &[u8], _mode: PutMode<'_>) -> Result<PutAnswer, StorageError> {
        Err(self.read_only())
    }

    async fn remove(&self, _name: &str) -> Result<(), StorageError> {
        Err(self.read_only())
    }
}

impl Https {
    fn read_only(&self) -> StorageError {
        StorageError::ReadOnly { place: self.place(), why: KIND.no_writes.unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::retry::RetryRules;
    use super::*;

    fn https(url: &str) -> Https {
        Https::new(KIND.name, &HttpSettings::new(url).unwrap(), Path::new(""), FetchLimits { max_bytes: 1 }).unwrap()
    }

    #[test]
    fn a_name_is_encoded_and_appended_and_a_query_stays() {
        for (base, name, url) in [
            ("https://a.example/kpi/", "2026-10/a b.xlsx", "https://a.example/kpi/2026-10/a%20b.xlsx"),
            ("https://a.example/kpi", "a.xlsx", "https://a.example/kpi/a.xlsx"),
            ("https://a.example", "100% #1.xlsx", "https://a.example/100%25%20%231.xlsx"),
            ("https://a.example/c/?sig=s3cret", "a.xlsx", "https://a.example/c/a.xlsx?sig=s3cret"),
        ] {
            assert_eq!(https(base).address(name).as_str(), url);
        }
    }

    #[test]
    fn the_docs_show_the_defaults() {
        let usual = RetryRules::default();
        for line in
            [format!("\ntimeout_seconds = {} ", usual.timeout.as_secs()), format!("\nretries = {} ", usual.retries)]
        {
            assert!(KIND.docs.contains(&line), "{line:?}");
        }
    }
}
