//! What storages of objects have in common, on the crate `object_store`: names without
//! folders behind them, written on a condition that the server keeps.
//!
//! | file | story |
//! |---|---|
//! | `settings` | the keys that every such kind has |
//! | `wire` | how requests travel, and what a server says that is no success |
//! | `write` | writing on a condition |

pub mod settings;
pub(super) mod wire;
mod write;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::StreamExt as _;
use object_store::list::{PaginatedListOptions, PaginatedListStore};
use object_store::path::Path as ObjectPath;
use object_store::{GetOptions, GetResult, ObjectMeta, ObjectStore};
use reqwest::{StatusCode, Url};
use tokio::sync::OnceCell;

use super::contract::{Backend, Entry, StorageFault};
use super::create_only::CreateOnly;
use super::error::Operation;
use super::http::exchange::{self, Call, is_strong};
use super::path::below;
use super::retry::{AttemptFault, patiently};
use super::staged::Stager;
use super::{FetchLimits, Got, PutAnswer, PutMode, StorageError, StoredFile};
pub use settings::ObjectSettings;
use wire::{Refusal, Wire, WireFault};

/// How many pages of a list are asked for: of a server that gives the same page again there is
/// no end.
const PAGES: usize = 2_000;

/// Codes of a bucket or container that is not there, where a file that is missing is another answer.
const ABSENT: [&str; 3] = ["NoSuchBucket", "ContainerNotFound", "ResourceNotFound"];

/// One kind of service that keeps objects.
#[async_trait]
pub(super) trait ObjectService: fmt::Debug + Send + Sync + 'static {
    /// The crate's own client of it.
    type Store: ObjectStore + PaginatedListStore;

    /// The name of the kind.
    const KIND: &'static str;

    /// Where its files are, without their folder.
    fn address(&self) -> &Url;

    /// A client that signs in with the secrets as they are now.
    async fn store(&self, wire: &Wire) -> Result<Self::Store, StorageError>;

    /// Removes one object.
    async fn delete(&self, store: &Self::Store, wire: &Wire, at: &ObjectPath) -> object_store::Result<()>;

    /// What to do where the server grants no leave, by its code.
    fn denied(&self, operation: Operation, code: &str) -> &'static str;

    /// Whether a code means that leave is refused, whatever its status.
    fn is_denial(&self, code: &str) -> bool;

    /// Whether a server of this kind may write over a file that it is asked to keep.
    fn may_write_over(&self) -> bool;
}

/// A storage of objects.
pub(super) struct Objects<S: ObjectService> {
    service: S,
    settings: ObjectSettings,
    limits: FetchLimits,
    wire: Wire,
    store: OnceCell<S::Store>,
    create_only: CreateOnly,
}

impl<S: ObjectService> fmt::Debug for Objects<S> {
    /// Without credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Objects").field("kind", &S::KIND).field("url", &self.shown("")).finish_non_exhaustive()
    }
}

impl<S: ObjectService> Objects<S> {
    pub(super) fn new(service: S, settings: ObjectSettings, wire: Wire, limits: FetchLimits) -> Self {
        let create_only = if service.may_write_over() { CreateOnly::default() } else { CreateOnly::heeded() };
        Self { service, settings, limits, wire, store: OnceCell::new(), create_only }
    }

    /// The client; secrets are read once for as long as the storage is open.
    async fn store(&self) -> Result<&S::Store, StorageError> {
        self.store.get_or_try_init(|| self.service.store(&self.wire)).await
    }

    /// The address of a name, for people.
    fn shown(&self, name: &str) -> String {
        self.settings.shown_at(self.service.address(), name)
    }

    fn call<'n>(&self, operation: Operation, name: &'n str) -> Call<'n> {
        Call { operation, name, shown: self.shown(name), denied: "" }
    }

    /// The key of a name.
    fn key(&self, name: &str) -> Result<ObjectPath, StorageError> {
        ObjectPath::parse(below(&self.settings.folder, name)).map_err(|_| StorageError::Path {
            name: name.to_owned(),
            place: self.shown(""),
            why: "no object can have this name",
        })
    }

    async fn patiently<T, F: Future<Output = Result<T, AttemptFault>>>(
        &self,
        attempt: impl FnMut() -> F,
    ) -> Result<T, StorageError> {
        patiently(self.settings.retry, S::KIND, attempt).await
    }

    /// Asks once: an answer, what the server said that is none, or a fault of the exchange.
    async fn ask<T>(
        &self,
        call: &Call<'_>,
        ask: impl Future<Output = object_store::Result<T>>,
    ) -> Result<Result<T, Refusal>, AttemptFault> {
        match wire::heard(ask).await {
            (Ok(answer), _) => Ok(Ok(answer)),
            (Err(_), Some(refusal)) if !refusal.is_sign_in => Ok(Err(refusal)),
            (Err(_), Some(refusal)) => Err(self.refused(call, &refusal)),
            (Err(error), None) => Err(broken(call, &error)),
        }
    }

    /// A refusal that is no answer.
    fn refused(&self, call: &Call<'_>, refusal: &Refusal) -> AttemptFault {
        let Refusal { status, headers, code, message, .. } = refusal;
        if ABSENT.contains(&code.as_str()) {
            return AttemptFault::last(StorageError::Absent { place: self.shown("") });
        }
        let operation = if refusal.is_sign_in { Operation::SignIn } else { call.operation };
        let shown = if refusal.is_sign_in { refusal.address.clone() } else { call.shown.clone() };
        let denied = self.service.denied(operation, code);
        let more = [code.as_str(), message].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ");
        let is_sign_in_denied =
            refusal.is_sign_in && status.is_client_error() && *status != StatusCode::TOO_MANY_REQUESTS;
        if self.service.is_denial(code) || is_sign_in_denied {
            let said = exchange::said(*status, Some(&more));
            return AttemptFault::last(StorageError::Denied { operation, url: shown, said, hint: denied.to_owned() });
        }
        let call = Call { operation, name: call.name, shown, denied };
        let mut fault = exchange::refused(&call, *status, headers, Some(&more));
        if status.is_redirection()
            && let StorageError::Refused { hint, .. } = &mut fault.error
        {
            "the files are elsewhere: mend `region` or `endpoint`".clone_into(hint);
        }
        fault
    }

    /// What the server says of an object.
    async fn look(&self, name: &str, call: &Call<'_>) -> Result<Option<ObjectMeta>, AttemptFault> {
        let (store, key) =
            (self.store().await.map_err(AttemptFault::last)?, self.key(name).map_err(AttemptFault::last)?);
        let options = GetOptions { head: true, ..GetOptions::default() };
        match self.ask(call, store.get_opts(&key, options)).await? {
            Ok(found) => Ok(Some(found.meta)),
            Err(refusal) if is_missing(&refusal) => Ok(None),
            Err(refusal) => Err(self.refused(call, &refusal)),
        }
    }

    /// What lies in a folder, or the first of it; none where nothing does.
    async fn names(&self, folder: &str, is_first_enough: bool) -> Result<Option<Vec<Entry>>, StorageError> {
        let (store, call) = (self.store().await?, self.call(Operation::List, folder));
        let at = below(&self.settings.folder, folder);
        let prefix = if at.trim_matches('/').is_empty() { String::new() } else { format!("{}/", at.trim_matches('/')) };
        let (mut entries, mut is_there, mut page_token) = (Vec::new(), folder.is_empty(), None);
        for _ in 0..PAGES {
            let options = PaginatedListOptions {
                delimiter: Some("/".into()),
                max_keys: is_first_enough.then_some(1),
                page_token: page_token.clone(),
                ..PaginatedListOptions::default()
            };
            let ask = || async {
                let asked = store.list_paginated((!prefix.is_empty()).then_some(&prefix), options.clone());
                self.ask(&call, asked).await?.map_err(|refusal| self.refused(&call, &refusal))
            };
            let page = self.patiently(ask).await?;
            // An object of the folder's own name and a slash is how some programs make one.
            is_there |= !page.result.objects.is_empty() || !page.result.common_prefixes.is_empty();
            let folders = page.result.common_prefixes.iter().map(|path| (path, None));
            let files = page.result.objects.iter().map(|meta| (&meta.location, Some(meta)));
            entries.extend(folders.chain(files).filter_map(|(path, meta)| {
                let rest = path.as_ref().strip_prefix(&prefix).filter(|rest| !rest.is_empty())?;
                Some(entry(below(folder, rest), meta))
            }));
            match page.page_token {
                Some(token) if !is_first_enough && page_token.as_ref() != Some(&token) => page_token = Some(token),
                Some(_) if !is_first_enough => break,
                _ => return Ok(is_there.then_some(entries)),
            }
        }
        Err(StorageError::Refused {
            operation: Operation::List,
            url: call.shown,
            said: format!("with {} names and no end", entries.len()),
            hint: "name a smaller `folder`".to_owned(),
        })
    }

    /// The bytes of an object as they come: whole, or a fault; never much more than the limit.
    async fn body(&self, found: GetResult, call: &Call<'_>) -> Result<Got, AttemptFault> {
        let limit = self.limits.max_bytes;
        let too_large = |bytes| Got::TooLarge { name: call.name.to_owned(), bytes, limit };
        let unkept =
            |source| AttemptFault::last(StorageError::Staging { place: call.shown.clone(), source: Arc::new(source) });
        let (expected, etag, modified) =
            (found.meta.size, strong(found.meta.e_tag.as_deref()), found.meta.last_modified);
        if etag.is_none() {
            let (operation, url) = (call.operation, call.shown.clone());
            let said = "with bytes that have no etag, as no file here is without".to_owned();
            let hint = "does a proxy on the way want a sign-in, or is `endpoint` another server's?".to_owned();
            return Err(AttemptFault::last(StorageError::Refused { operation, url, said, hint }));
        }
        if expected > limit {
            return Ok(too_large(expected));
        }
        let (mut stager, mut chunks) = (Stager::new(), found.into_stream());
        while let Some(chunk) = chunks.next().await {
            match chunk {
                Ok(chunk) => stager.write(&chunk).map_err(unkept)?,
                Err(error) => match WireFault::of(&error).1 {
                    Some(cause) if cause.is_timeout() => return Err(broken(call, &error)),
                    // A reset and a closed connection both mean a file cut off.
                    _ => break,
                },
            }
            if stager.len() > limit {
                return Ok(too_large(stager.len()));
            }
        }
        if stager.len() != expected {
            let (url, got) = (call.shown.clone(), stager.len());
            return Err(AttemptFault::passing(StorageError::Truncated { url, got, expected }));
        }
        let (content, name) = (Arc::new(stager.finish().map_err(unkept)?), call.name.to_owned());
        Ok(Got::Found(StoredFile { content, name, etag, modified: Some(modified), is_open: false }))
    }

    /// The file under a name.
    async fn fetch(&self, name: &str, known: Option<&str>) -> Result<Got, StorageError> {
        let (store, key, call) = (self.store().await?, self.key(name)?, self.call(Operation::Fetch, name));
        self.patiently(|| async {
            let options = GetOptions::new().with_if_none_match(known);
            match self.ask(&call, store.get_opts(&key, options)).await? {
                Ok(found) => self.body(found, &call).await,
                Err(refusal) if refusal.status == StatusCode::NOT_MODIFIED && known.is_some() => Ok(Got::Unchanged),
                Err(refusal) if is_missing(&refusal) => Ok(Got::Missing { near: Vec::new() }),
                Err(refusal) => Err(self.refused(&call, &refusal)),
            }
        })
        .await
    }
}

/// An exchange that broke.
fn broken(call: &Call<'_>, error: &object_store::Error) -> AttemptFault {
    let (source, cause) = WireFault::of(error);
    let (again, hint) = cause.map_or((false, ""), exchange::outcome);
    let (operation, url) = (call.operation, call.shown.clone());
    let error = StorageError::Exchange { operation, url, hint, source: Arc::new(source) };
    AttemptFault { error, again, after: None }
}

/// Whether a refusal says that the object is not there, in a bucket that is.
fn is_missing(refusal: &Refusal) -> bool {
    let is_absent = ABSENT.contains(&refusal.code.as_str());
    matches!(refusal.status, StatusCode::NOT_FOUND | StatusCode::GONE) && !is_absent
}

/// An etag as HTTP writes it, where it promises the same bytes: lists leave its quotes out.
fn strong(etag: Option<&str>) -> Option<String> {
    let etag = etag?;
    let etag = if etag.starts_with("W/") || etag.starts_with('"') { etag.to_owned() } else { format!("\"{etag}\"") };
    is_strong(&etag).then_some(etag)
}

/// What stands under a name: an object, or what begins so.
fn entry(name: String, meta: Option<&ObjectMeta>) -> Entry {
    Entry {
        name,
        is_folder: meta.is_none(),
        size: meta.map(|meta| meta.size),
        etag: meta.and_then(|meta| strong(meta.e_tag.as_deref())),
        modified: meta.map(|meta| meta.last_modified),
    }
}

#[async_trait]
impl<S: ObjectService> Backend for Objects<S> {
    fn place(&self) -> String {
        self.shown("")
    }

    async fn list(&self, folder: &str) -> Result<Option<Vec<Entry>>, StorageFault> {
        Ok(self.names(folder, false).await?)
    }

    async fn head(&self, name: &str) -> Result<Option<Entry>, StorageFault> {
        let call = self.call(Operation::Look, name);
        match self.patiently(|| self.look(name, &call)).await? {
            Some(meta) => Ok(Some(entry(name.to_owned(), Some(&meta)))),
            None => Ok(self.names(name, true).await?.map(|_| entry(name.to_owned(), None))),
        }
    }

    async fn read(&self, name: &str, known: Option<&str>) -> Result<Got, StorageFault> {
        Ok(self.fetch(name, known).await?)
    }

    async fn put(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, StorageError> {
        self.create_only.put(self, name, bytes, mode).await
    }

    async fn remove(&self, name: &str) -> Result<(), StorageError> {
        let (store, key, call) = (self.store().await?, self.key(name)?, self.call(Operation::Remove, name));
        self.patiently(|| async {
            match self.ask(&call, self.service.delete(store, &self.wire, &key)).await? {
                Ok(()) => Ok(()),
                Err(refusal) if is_missing(&refusal) => Ok(()),
                Err(refusal) => Err(self.refused(&call, &refusal)),
            }
        })
        .await
    }

    fn weakness(&self) -> Option<String> {
        self.create_only.weakness()
    }
}
