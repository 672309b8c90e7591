//! One exchange with Graph: signed in, within what the tenant allows, and what its outcome means.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, USER_AGENT};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, Url};
use serde::de::DeserializeOwned;

use super::item::GraphError;
use super::limiter::TenantLimiter;
use super::settings::{KIND, SharePointSettings};
use crate::oauth::{TokenError, Tokens};
use crate::storage::StorageError;
use crate::storage::error::Operation;
use crate::storage::http::client::{ClientNeeds, client_without_redirects};
use crate::storage::http::exchange::{self, Call};
use crate::storage::http::private::{is_loopback, leads_inside};
use crate::storage::retry::{AttemptFault, RetryRules, patiently};

/// The largest answer that is read, in bytes; a page of a list has about a thousand names.
const LARGEST: usize = 16 << 20;

/// The largest refusal that is read.
const LARGEST_REFUSAL: usize = 1 << 16;

/// What to do where Microsoft's servers cannot be reached.
const REACH: &str = "may this machine reach Microsoft's servers (graph.microsoft.com, login.microsoftonline.com and \
                     your tenant's sharepoint.com) on port 443, or does it need a `proxy`?";

/// What SharePoint is told who asks, in its own form: traffic that says so is limited last.
const TRAFFIC: &str = concat!("NONISV|boardpack|boardpack/", env!("CARGO_PKG_VERSION"));

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SignedAs {
    /// The application, with its token.
    App,
    /// Nobody: the address itself is the leave.
    Nobody,
}

/// Graph, as one application of one tenant.
#[derive(Debug)]
pub(super) struct Graph {
    client: Client,
    tokens: Tokens,
    limiter: Arc<TenantLimiter>,
    base: Url,
    login: String,
    /// What to do where nothing better is known of a sign-in that fails.
    unproved: &'static str,
    place: String,
    retry: RetryRules,
}

/// What a server said that did not do what it was asked.
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    headers: HeaderMap,
    /// Graph's word: "nameAlreadyExists".
    pub(super) code: String,
    /// All of it: "409 Conflict, nameAlreadyExists: …".
    pub(super) said: String,
    words: String,
}

impl Graph {
    /// Prepares a client; nothing is contacted yet.
    pub(super) fn new(settings: &SharePointSettings, dir: &Path) -> Result<Self, StorageError> {
        let SharePointSettings { retry, ca_file, proxy, library, .. } = settings;
        let (Some(base), Some(grant)) = (settings.graph(), settings.grant()) else {
            let why = "its servers have no address".to_owned();
            return Err(StorageError::Setting { place: library.place_of(""), why, hint: "is `tenant` right?" });
        };
        let needs = ClientNeeds {
            url: &base,
            timeout: retry.timeout,
            ca_file: ca_file.as_deref(),
            proxy: proxy.as_deref(),
            dir,
        };
        let client = client_without_redirects(needs)?;
        Ok(Self {
            tokens: Tokens::new(client.clone(), grant),
            client,
            limiter: TenantLimiter::of(&format!("{} {}", base.authority(), settings.tenant_key())),
            login: settings.login_shown(),
            unproved: settings.unproved(),
            place: library.place_of(""),
            retry: *retry,
            base,
        })
    }

    /// Asks until there is an answer or no sense in asking.
    pub(super) async fn patiently<T, F: Future<Output = Result<T, AttemptFault>>>(
        &self,
        attempt: impl FnMut() -> F,
    ) -> Result<T, StorageError> {
        patiently(self.retry, KIND.name, attempt).await
    }

    /// The address of a path of Graph, whose parts are encoded.
    pub(super) fn address(&self, path: &str) -> Url {
        // What is joined is encoded: it cannot fail, nor lead elsewhere.
        Url::parse(&format!("{}/{path}", self.base.as_str().trim_end_matches('/'))).unwrap_or(self.base.clone())
    }

    /// A request to a path of Graph.
    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.address(path))
    }

    /// A request to a whole address.
    pub(super) fn get(&self, url: &Url) -> RequestBuilder {
        self.client.get(url.clone())
    }

    /// Another request to a whole address.
    pub(super) fn to(&self, method: Method, url: &Url) -> RequestBuilder {
        self.client.request(method, url.clone())
    }

    /// Whether an address is Graph's own, and not one that it sends to.
    pub(super) fn is_own(&self, url: &Url) -> bool {
        url.origin() == self.base.origin()
    }

    /// Sends a request. A token that is refused before its end is got anew, once.
    pub(super) async fn send(
        &self,
        call: &Call<'_>,
        request: RequestBuilder,
        signed: SignedAs,
    ) -> Result<Response, AttemptFault> {
        self.limiter.pass(self.retry.timeout).await.map_err(|left| self.throttled(call, left))?;
        let request = request.header(USER_AGENT, TRAFFIC);
        let response = match signed {
            SignedAs::Nobody => exchange::send(request, call).await.map_err(hinted)?,
            SignedAs::App => {
                let again = request.try_clone();
                let token = self.tokens.token().await.map_err(|error| self.unsigned(error))?;
                let response = exchange::send(request.bearer_auth(token.secret()), call).await.map_err(hinted)?;
                match again.filter(|_| response.status() == StatusCode::UNAUTHORIZED) {
                    None => response,
                    Some(again) => {
                        let token = self.tokens.in_place_of(&token).await.map_err(|error| self.unsigned(error))?;
                        exchange::send(again.bearer_auth(token.secret()), call).await.map_err(hinted)?
                    }
                }
            }
        };
        if matches!(response.status(), StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)
            && let Some(pause) = exchange::retry_after(response.headers())
        {
            tracing::warn!(seconds = pause.as_secs(), place = self.place, "the tenant asks to be left alone");
            self.limiter.hold(pause);
        }
        Ok(response)
    }

    /// A tenant that asked for more patience than there is.
    fn throttled(&self, call: &Call<'_>, left: Duration) -> AttemptFault {
        AttemptFault::last(StorageError::Refused {
            operation: call.operation,
            url: call.shown.clone(),
            said: format!("before that this tenant is to be left alone for {} more seconds", left.as_secs() + 1),
            hint: "Microsoft limits how much an application may ask; it is tried again by itself".to_owned(),
        })
    }

    /// No token.
    fn unsigned(&self, error: TokenError) -> AttemptFault {
        let (operation, url, place) = (Operation::SignIn, self.login.clone(), self.place.clone());
        match error {
            TokenError::Secret(source) => AttemptFault::last(StorageError::Secret { place, source }),
            TokenError::Unfit { .. } => AttemptFault::last(StorageError::Setting {
                place,
                why: error.to_string(),
                hint: "`certificate` takes PEM: the certificate, and its RSA key without a passphrase; \
                       `identity_endpoint` what App Service says",
            }),
            TokenError::Unreachable(source) => {
                AttemptFault::passing(StorageError::Exchange { operation, url, hint: REACH, source })
            }
            TokenError::Refused { status, ref headers, ref said } => {
                let hint = error.hint();
                let may_pass =
                    status.is_server_error() || matches!(status.as_u16(), 404 | 408 | 410 | 429) || status.is_success();
                let words = exchange::said(status, Some(said));
                if may_pass {
                    let error = StorageError::Refused { operation, url, said: words, hint: hint.to_owned() };
                    return AttemptFault { error, again: true, after: exchange::retry_after(headers) };
                }
                let hint = if hint.is_empty() { self.unproved } else { hint }.to_owned();
                AttemptFault::last(StorageError::Denied { operation, url, said: words, hint })
            }
        }
    }

    /// An answer as JSON.
    pub(super) async fn json<T: DeserializeOwned>(
        &self,
        call: &Call<'_>,
        response: Response,
    ) -> Result<T, AttemptFault> {
        let text = body(response, LARGEST).await.map_err(|error| hinted(exchange::failed(call, error)))?;
        let odd = |_| AttemptFault::passing(self.odd(call, "with something else than Graph's JSON".to_owned()));
        serde_json::from_slice(&text).map_err(odd)
    }

    /// What a server says that does not do what it is asked.
    pub(super) async fn words(&self, response: Response) -> Refusal {
        let (status, headers) = (response.status(), response.headers().clone());
        let text = body(response, LARGEST_REFUSAL).await.unwrap_or_default();
        let GraphError { error } = serde_json::from_slice(&text).unwrap_or_default();
        let words = error.said();
        Refusal { status, headers, code: error.code, said: exchange::said(status, Some(&words)), words }
    }

    /// A status that is no answer.
    pub(super) async fn refused(&self, call: &Call<'_>, response: Response) -> AttemptFault {
        self.words(response).await.fault(call)
    }

    /// An answer that is none.
    pub(super) fn odd(&self, call: &Call<'_>, said: String) -> StorageError {
        StorageError::Refused {
            operation: call.operation,
            url: call.shown.clone(),
            said,
            hint: "does something between here and Microsoft answer in its place?".to_owned(),
        }
    }

    /// The next page of a list, which only Graph itself has.
    pub(super) fn next_page(&self, call: &Call<'_>, next: &str) -> Result<Url, StorageError> {
        let url = Url::parse(next).ok().filter(|url| self.is_own(url));
        url.ok_or_else(|| self.odd(call, "with a next page that is on another host".to_owned()))
    }

    /// An address that Graph sends to, where it may be asked: encrypted, and never one behind
    /// the council's own walls. On the loopback, where tests are, both may be as they are.
    pub(super) async fn elsewhere(&self, call: &Call<'_>, url: Option<Url>) -> Result<Url, AttemptFault> {
        let refused = |why: &str| AttemptFault::last(self.odd(call, format!("by sending {why}")));
        let Some(url) = url else { return Err(refused("to no address")) };
        let is_at_home = is_loopback(&self.base) && is_loopback(&url);
        if url.scheme() != "https" && !is_at_home {
            return Err(refused("from https to http"));
        }
        if !is_at_home && leads_inside(&url).await {
            let host = url.host_str().unwrap_or_default();
            return Err(refused(&format!("to a private address, {host}")));
        }
        Ok(url)
    }
}

impl Refusal {
    /// As a fault.
    pub(super) fn fault(&self, call: &Call<'_>) -> AttemptFault {
        let mut fault = exchange::refused(call, self.status, &self.headers, Some(&self.words));
        // There is no address among these settings.
        if let StorageError::Refused { hint, .. } = &mut fault.error
            && hint.contains("`url`")
        {
            hint.clear();
        }
        fault
    }
}

/// What to do about an exchange that broke: there is no address among these settings.
fn hinted(mut fault: AttemptFault) -> AttemptFault {
    if let StorageError::Exchange { hint, .. } = &mut fault.error
        && hint.contains("`url`")
    {
        *hint = REACH;
    }
    fault
}

/// A body, as far as it is wanted.
async fn body(mut response: Response, limit: usize) -> Result<Vec<u8>, reqwest::Error> {
    let mut text = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        text.extend_from_slice(&chunk);
        if text.len() > limit {
            break;
        }
    }
    Ok(text)
}
