//! SharePoint and OneDrive through Microsoft Graph, as an application and not as a person.
//!
//! Everything goes by path. What Graph sends elsewhere for, downloads and pieces of uploads,
//! carries its own leave in its address: the token never goes along, and the address is never
//! shown. An etag here is Graph's `eTag`, of the file and all that is known about it: `cTag`
//! stays where a column of the library changes, and SharePoint writes columns into workbooks.
//!
//! | file | story |
//! |---|---|
//! | `settings` | how it is declared, and what of it ends |
//! | `graph` | one exchange: signed in, and what its outcome means |
//! | `limiter` | a tenant that asks to be left alone is, by everybody |
//! | `found` | what is found out once, for whoever asks |
//! | `item` | files and folders as Graph tells of them |
//! | `upload` | a file in pieces, whole or not there |

mod found;
mod graph;
mod item;
mod limiter;
mod settings;
mod upload;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use reqwest::header::{HeaderValue, IF_NONE_MATCH, LOCATION};
use reqwest::{Method, RequestBuilder, Response, StatusCode, Url};

use super::contract::{Backend, Entry, StorageFault};
use super::error::Operation;
use super::http::download;
use super::http::exchange::Call;
use super::path::below;
use super::retry::AttemptFault;
use super::{CredentialEnd, FetchLimits, Got, OpenStorage, PutAnswer, PutMode, Storage, StorageError, StoredFile};
use crate::domain::address::encoded;
use found::FoundOnce;
use graph::{Graph, SignedAs};
use item::{DriveItem, Identified, ItemPage};
pub(super) use settings::KIND;
pub use settings::{GraphCloud, Library, SharePointProof, SharePointSettings};

/// What is asked of an item.
const SELECT: &str = "$select=name,size,eTag,lastModifiedDateTime,file";

/// How many names a page of a list holds, as far as Graph heeds it.
const PAGE: usize = 999;

/// How many pages are asked for.
const PAGES: usize = 1_000;

/// How many redirects of a download are followed.
const REDIRECTS: usize = 5;

#[async_trait]
impl OpenStorage for SharePointSettings {
    fn open(&self, dir: &Path, limits: FetchLimits) -> Result<Storage, StorageError> {
        let graph = Graph::new(self, dir)?;
        let library = self.library.clone();
        let ignores = AtomicBool::new(false);
        Ok(Storage::new(SharePoint { graph, library, drive: FoundOnce::default(), limits, ignores }))
    }

    fn place(&self, _dir: &Path) -> String {
        self.library.place_of("")
    }

    fn shown(&self, _path: &dyn Fn(&str) -> String) -> String {
        self.in_words()
    }

    async fn ends(&self, dir: &Path) -> Vec<CredentialEnd> {
        self.known_ends(dir).await
    }
}

/// A library of a site, or a person's OneDrive.
#[derive(Debug)]
struct SharePoint {
    graph: Graph,
    library: Library,
    /// Its id, once that was found out.
    drive: FoundOnce,
    limits: FetchLimits,
    /// Whether the server was seen to refuse an etag that holds.
    ignores: AtomicBool,
}

/// What stands under a name.
enum LookedUp {
    Missing,
    Unchanged,
    Item(DriveItem),
}

impl SharePoint {
    /// What is asked of a name.
    fn call<'n>(&self, operation: Operation, name: &'n str) -> Call<'n> {
        Call { operation, name, shown: self.library.place_of(name), denied: self.library.permission(operation) }
    }

    /// The library's id.
    async fn drive(&self) -> Result<String, StorageError> {
        let find = async {
            let by = |path: String| async move { self.identified(&path).await };
            match &self.library {
                Library { drive: Some(drive), .. } if drive.starts_with("b!") => Ok(drive.clone()),
                Library { user: Some(user), .. } => {
                    Ok(by(format!("users/{}/drive?$select=id", encoded(user))).await?.id)
                }
                Library { drive, site, .. } => {
                    let site = match site.as_ref().filter(|site| site.contains(',')) {
                        Some(id) => id.clone(),
                        None => by(format!("{}?$select=id", self.library.site_path())).await?.id,
                    };
                    let site = format!("sites/{}", encoded(&site));
                    match drive {
                        None => Ok(by(format!("{site}/drive?$select=id")).await?.id),
                        Some(name) => self.library_named(&site, name).await,
                    }
                }
            }
        };
        self.drive.get(find).await
    }

    /// What Graph calls a site or a drive.
    async fn identified(&self, path: &str) -> Result<Identified, StorageError> {
        let call = self.call(Operation::Look, "");
        self.graph
            .patiently(|| async {
                let response = self.graph.send(&call, self.graph.request(Method::GET, path), SignedAs::App).await?;
                match response.status() {
                    StatusCode::OK => self.graph.json(&call, response).await,
                    StatusCode::NOT_FOUND => Err(AttemptFault::last(self.absent())),
                    _ => Err(self.graph.refused(&call, response).await),
                }
            })
            .await
    }

    /// A library of a site by the name that people know, in whatever case.
    async fn library_named(&self, site: &str, name: &str) -> Result<String, StorageError> {
        let call = self.call(Operation::Look, "");
        let pages = self.pages(&call, &format!("{site}/drives?$select=id,name")).await?;
        let found = pages.into_iter().flatten().find(|drive| drive.name.to_lowercase() == name.to_lowercase());
        found.and_then(|drive| drive.id).ok_or_else(|| self.absent())
    }

    fn absent(&self) -> StorageError {
        StorageError::Absent { place: self.place() }
    }

    /// The path of an item in Graph; `tail` is what is asked of it.
    async fn path(&self, name: &str, tail: &str) -> Result<String, StorageError> {
        let drive = encoded(&self.drive().await?);
        let parts: Vec<String> =
            below(&self.library.folder, name).split('/').filter(|part| !part.is_empty()).map(encoded).collect();
        Ok(match (parts.is_empty(), tail.is_empty()) {
            (true, true) => format!("drives/{drive}/root"),
            (true, false) => format!("drives/{drive}/root/{tail}"),
            (false, true) => format!("drives/{drive}/root:/{}", parts.join("/")),
            (false, false) => format!("drives/{drive}/root:/{}:/{tail}", parts.join("/")),
        })
    }

    /// Every page of a list; none where there is no such folder.
    async fn pages(&self, call: &Call<'_>, first: &str) -> Result<Option<Vec<DriveItem>>, StorageError> {
        let (mut url, mut items) = (self.graph.address(first), Vec::new());
        for _ in 0..PAGES {
            let page: Option<ItemPage> = self
                .graph
                .patiently(|| async {
                    let response = self.graph.send(call, self.graph.get(&url), SignedAs::App).await?;
                    match response.status() {
                        StatusCode::OK => self.graph.json(call, response).await.map(Some),
                        StatusCode::NOT_FOUND if items.is_empty() => Ok(None),
                        _ => Err(self.graph.refused(call, response).await),
                    }
                })
                .await?;
            let Some(page) = page else { return Ok(None) };
            items.extend(page.value);
            match page.next {
                None => return Ok(Some(items)),
                Some(next) => url = self.graph.next_page(call, &next)?,
            }
        }
        Err(self.graph.odd(call, format!("with a list of more than {PAGES} pages")))
    }

    /// Looks for a name. `known` is the etag of the copy at hand.
    async fn look(&self, operation: Operation, name: &str, known: Option<&str>) -> Result<LookedUp, StorageError> {
        let call = self.call(operation, name);
        let path = format!("{}?{SELECT}", self.path(name, "").await?);
        let known_header = known.and_then(|etag| HeaderValue::from_str(etag).ok());
        self.graph
            .patiently(|| async {
                let mut request = self.graph.request(Method::GET, &path);
                if let Some(etag) = &known_header {
                    request = request.header(IF_NONE_MATCH, etag);
                }
                let response = self.graph.send(&call, request, SignedAs::App).await?;
                match response.status() {
                    StatusCode::OK => {
                        let item: DriveItem = self.graph.json(&call, response).await?;
                        let is_known = known.is_some() && item.etag.as_deref() == known;
                        Ok(if is_known { LookedUp::Unchanged } else { LookedUp::Item(item) })
                    }
                    StatusCode::NOT_MODIFIED if known.is_some() => Ok(LookedUp::Unchanged),
                    StatusCode::NOT_FOUND => Ok(LookedUp::Missing),
                    _ => Err(self.graph.refused(&call, response).await),
                }
            })
            .await
    }

    /// The bytes of a file. Graph answers with an address that holds for minutes.
    async fn download(&self, call: &Call<'_>, path: &str) -> Result<Got, AttemptFault> {
        let mut response = self.graph.send(call, self.graph.request(Method::GET, path), SignedAs::App).await?;
        for _ in 0..REDIRECTS {
            if !response.status().is_redirection() {
                return self.downloaded(call, response).await;
            }
            let to = self.graph.elsewhere(call, location(&response)).await?;
            response = self.graph.send(call, self.graph.get(&to), SignedAs::Nobody).await?;
        }
        Err(AttemptFault::last(self.graph.odd(call, format!("with more than {REDIRECTS} redirects"))))
    }

    async fn downloaded(&self, call: &Call<'_>, response: Response) -> Result<Got, AttemptFault> {
        let is_elsewhere = !self.graph.is_own(response.url());
        match response.status() {
            StatusCode::OK => download::body(response, call, self.limits.max_bytes).await,
            // The address did not hold for long enough: another one is asked for.
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::GONE
                if is_elsewhere =>
            {
                let said = self.graph.words(response).await.said;
                Err(AttemptFault::passing(self.graph.odd(call, format!("{said} to its own download address"))))
            }
            StatusCode::NOT_FOUND => Ok(Got::Missing { near: Vec::new() }),
            StatusCode::LOCKED => {
                let reason = self.graph.words(response).await.said;
                Ok(Got::Locked { name: call.name.to_owned(), reason })
            }
            _ => Err(self.graph.refused(call, response).await),
        }
    }
}

/// Where an answer sends to.
fn location(response: &Response) -> Option<Url> {
    let to = response.headers().get(LOCATION)?.to_str().ok()?;
    response.url().join(to).ok()
}

/// A request that hands over JSON.
fn with_json(request: RequestBuilder, body: &serde_json::Value) -> RequestBuilder {
    request.header(reqwest::header::CONTENT_TYPE, "application/json").body(body.to_string())
}

#[async_trait]
impl Backend for SharePoint {
    fn place(&self) -> String {
        self.library.place_of("")
    }

    async fn list(&self, folder: &str) -> Result<Option<Vec<Entry>>, StorageFault> {
        let call = self.call(Operation::List, folder);
        let path = format!("{}?{SELECT}&$top={PAGE}", self.path(folder, "children").await?);
        let items = self.pages(&call, &path).await?;
        Ok(items.map(|items| items.into_iter().map(|item| item.in_folder(folder)).collect()))
    }

    async fn head(&self, name: &str) -> Result<Option<Entry>, StorageFault> {
        match self.look(Operation::Look, name, None).await? {
            LookedUp::Item(item) => Ok(Some(item.named(name))),
            LookedUp::Missing | LookedUp::Unchanged => Ok(None),
        }
    }

    async fn read(&self, name: &str, known: Option<&str>) -> Result<Got, StorageFault> {
        let item = match self.look(Operation::Fetch, name, known).await? {
            LookedUp::Unchanged => return Ok(Got::Unchanged),
            LookedUp::Item(item) if item.is_file() => item,
            LookedUp::Item(_) | LookedUp::Missing => return Ok(Got::Missing { near: Vec::new() }),
        };
        let (call, path) = (self.call(Operation::Fetch, name), self.path(name, "content").await?);
        match self.graph.patiently(|| self.download(&call, &path)).await? {
            // The server of downloads has etags of its own.
            Got::Found(file) => {
                Ok(Got::Found(StoredFile { etag: item.etag, modified: item.last_modified_date_time, ..file }))
            }
            got => Ok(got),
        }
    }

    async fn is_still(&self, file: &StoredFile) -> Result<bool, StorageError> {
        Ok(match self.look(Operation::Fetch, &file.name, file.etag.as_deref()).await? {
            // It is gone, and what was read is what stood.
            LookedUp::Unchanged | LookedUp::Missing => true,
            LookedUp::Item(item) => file.etag.is_none() || item.etag == file.etag,
        })
    }

    async fn put(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, StorageError> {
        let answer = self.upload(name, bytes, mode).await?;
        let (PutMode::IfMatch(etag), PutAnswer::Changed) = (mode, &answer) else { return Ok(answer) };
        // Libraries are known that refuse an etag which they give themselves.
        match self.look(Operation::Write, name, Some(etag)).await? {
            LookedUp::Unchanged => {
                self.ignores.store(true, Ordering::Relaxed);
                tracing::warn!(
                    place = self.place(),
                    "this library refuses an etag that holds: looked first, then replaced"
                );
                self.upload(name, bytes, PutMode::Replace).await
            }
            LookedUp::Missing | LookedUp::Item(_) => Ok(answer),
        }
    }

    async fn remove(&self, name: &str) -> Result<(), StorageError> {
        let (call, path) = (self.call(Operation::Remove, name), self.path(name, "").await?);
        self.graph
            .patiently(|| async {
                let request = self.graph.request(Method::DELETE, &path);
                let response = self.graph.send(&call, request, SignedAs::App).await?;
                match response.status() {
                    StatusCode::NOT_FOUND | StatusCode::GONE => Ok(()),
                    status if status.is_success() => Ok(()),
                    _ => Err(self.graph.refused(&call, response).await),
                }
            })
            .await
    }

    fn rewrites(&self, name: &str) -> bool {
        // It writes a library's columns into what it knows as documents.
        let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        matches!(ending.as_str(), "pdf" | "docx" | "docm" | "xlsx" | "xlsm" | "pptx" | "pptm" | "html" | "htm")
    }

    fn weakness(&self) -> Option<String> {
        let words = "the library refuses an etag that holds (If-Match): a file that is to be replaced is looked at \
                     first, which two writers at once can defeat";
        self.ignores.load(Ordering::Relaxed).then(|| words.to_owned())
    }
}
