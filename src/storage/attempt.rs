//! One HTTP exchange, and what its outcome means: an answer, a fault that may
//! pass by itself, or one that will not.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{DATE, ETAG, HeaderMap, HeaderName, IF_NONE_MATCH, LAST_MODIFIED, RETRY_AFTER};
use reqwest::{RequestBuilder, Response, StatusCode};

use super::{Got, StorageError, StoredFile};

/// What is asked for.
pub(super) struct WantedFile<'a> {
    /// Name below the storage.
    pub(super) name: &'a str,
    /// Its address without credentials.
    pub(super) shown: String,
    /// Etag of the copy at hand.
    pub(super) known: Option<&'a str>,
    /// The largest answer, in bytes.
    pub(super) limit: u64,
}

/// An exchange that gave no answer.
#[derive(Debug)]
pub(super) struct AttemptFault {
    pub(super) error: StorageError,
    /// Whether it may pass by itself.
    pub(super) again: bool,
    /// When the server asks to be tried again.
    pub(super) after: Option<Duration>,
}

impl AttemptFault {
    fn last(error: StorageError) -> Self {
        Self { error, again: false, after: None }
    }

    fn passing(error: StorageError) -> Self {
        Self { error, again: true, after: None }
    }
}

/// Sends a request and reads its answer.
pub(super) async fn exchange(request: RequestBuilder, wanted: &WantedFile<'_>) -> Result<Got, AttemptFault> {
    let request = match wanted.known {
        Some(etag) => request.header(IF_NONE_MATCH, etag),
        None => request,
    };
    let response = request.send().await.map_err(|error| failed(wanted, error))?;
    match response.status() {
        StatusCode::OK => body(response, wanted).await,
        StatusCode::NOT_MODIFIED if wanted.known.is_some() => Ok(Got::Unchanged),
        StatusCode::NOT_FOUND | StatusCode::GONE => Ok(Got::Missing { near: Vec::new() }),
        status => Err(refused(wanted, status, response.headers())),
    }
}

async fn body(mut response: Response, wanted: &WantedFile<'_>) -> Result<Got, AttemptFault> {
    let too_large = |bytes| Got::TooLarge { name: wanted.name.to_owned(), bytes, limit: wanted.limit };
    let announced = response.content_length();
    if let Some(bytes) = announced.filter(|bytes| *bytes > wanted.limit) {
        return Ok(too_large(bytes));
    }
    let etag = strong_etag(response.headers());
    let modified = date(response.headers(), LAST_MODIFIED);
    let mut bytes = Vec::with_capacity(announced.and_then(|size| usize::try_from(size).ok()).unwrap_or(0));
    loop {
        let chunk = response.chunk().await;
        let got = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        match (chunk, announced) {
            (Ok(Some(chunk)), _) => {
                bytes.extend_from_slice(&chunk);
                // The server may announce nothing, or lie: what counts is what comes.
                let got = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                if got > wanted.limit {
                    return Ok(too_large(got));
                }
            }
            (Ok(None), Some(expected)) if got != expected => return Err(truncated(wanted, got, expected)),
            (Ok(None), _) => {
                return Ok(Got::Found(StoredFile {
                    bytes,
                    name: wanted.name.to_owned(),
                    etag,
                    modified,
                    is_open: false,
                }));
            }
            (Err(error), Some(expected)) if !error.is_timeout() => {
                // A reset and a closed connection both mean a file cut off.
                tracing::debug!(error = &error.without_url() as &dyn std::error::Error, "answer cut off");
                return Err(truncated(wanted, got, expected));
            }
            (Err(error), _) => return Err(failed(wanted, error)),
        }
    }
}

fn truncated(wanted: &WantedFile<'_>, got: u64, expected: u64) -> AttemptFault {
    AttemptFault::passing(StorageError::Truncated { url: wanted.shown.clone(), got, expected })
}

/// An exchange that broke.
fn failed(wanted: &WantedFile<'_>, error: reqwest::Error) -> AttemptFault {
    // The address in reqwest's own words may carry a query that is a secret.
    let error = error.without_url();
    let (again, hint) = if error.is_redirect() {
        (false, "the server sends elsewhere, perhaps to a sign-in page; set `url` to where the files really are")
    } else if is_certificate(&error) {
        (false, "this machine does not trust the server's certificate; name the council's own authority as `ca_file`")
    } else if error.is_timeout() {
        (true, "does the server answer, and is `timeout_seconds` long enough for the file?")
    } else if error.is_connect() {
        (true, "is the server up, and is its name in `url` right?")
    } else {
        (!error.is_builder(), "")
    };
    let error = StorageError::Exchange { url: wanted.shown.clone(), hint, source: Arc::new(error) };
    AttemptFault { error, again, after: None }
}

/// Whether the connection failed over a certificate, which trying again will
/// not mend. rustls' own type is out of reach behind reqwest; its words are not.
fn is_certificate(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.to_string().contains("certificate") {
            return true;
        }
        cause = inner.source();
    }
    false
}

/// A status that is no answer.
fn refused(wanted: &WantedFile<'_>, status: StatusCode, headers: &HeaderMap) -> AttemptFault {
    let url = wanted.shown.clone();
    let code = status.as_u16();
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
            AttemptFault::last(StorageError::Denied { url, status: code })
        }
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
            let error = StorageError::Status { url, status: code, hint: "the server is busy" };
            AttemptFault { error, again: true, after: retry_after(headers) }
        }
        StatusCode::REQUEST_TIMEOUT => AttemptFault::passing(StorageError::Status { url, status: code, hint: "" }),
        status if status.is_server_error() => {
            AttemptFault::passing(StorageError::Status { url, status: code, hint: "the fault is the server's own" })
        }
        _ => AttemptFault::last(StorageError::Status {
            url,
            status: code,
            hint: "is `url` the address of the files themselves?",
        }),
    }
}

/// A strong etag. A weak one promises the same meaning and not the same bytes.
fn strong_etag(headers: &HeaderMap) -> Option<String> {
    let etag = headers.get(ETAG)?.to_str().ok()?;
    (etag.starts_with('"') && etag.len() > 2).then(|| etag.to_owned())
}

fn date(headers: &HeaderMap, name: HeaderName) -> Option<DateTime<Utc>> {
    parse_date(headers.get(name)?.to_str().ok()?)
}

fn parse_date(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(text).ok().map(|date| date.to_utc())
}

/// How long the server asks to be left alone. A date is measured from the
/// server's own, so that no clock of ours is needed or trusted.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let wait = parse_date(text)? - date(headers, DATE)?;
    wait.to_std().ok()
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn headers(pairs: &[(HeaderName, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let at = (DATE, "Wed, 21 Oct 2026 07:28:00 GMT");
        for (pairs, seconds) in [
            (vec![(RETRY_AFTER, "7")], Some(7)),
            (vec![(RETRY_AFTER, "0")], Some(0)),
            (vec![at.clone(), (RETRY_AFTER, "Wed, 21 Oct 2026 07:28:30 GMT")], Some(30)),
            (vec![at, (RETRY_AFTER, "Wed, 21 Oct 2026 07:27:00 GMT")], None),
            (vec![(RETRY_AFTER, "Wed, 21 Oct 2026 07:28:30 GMT")], None),
            (vec![(RETRY_AFTER, "-1")], None),
            (vec![(RETRY_AFTER, "soon")], None),
            (vec![], None),
        ] {
            assert_eq!(retry_after(&headers(&pairs)), seconds.map(Duration::from_secs), "{pairs:?}");
        }
    }

    #[test]
    fn only_strong_etags_count() {
        for (etag, kept) in [("\"abc\"", true), ("W/\"abc\"", false), ("abc", false), ("\"\"", false)] {
            assert_eq!(strong_etag(&headers(&[(ETAG, etag)])).is_some(), kept, "{etag}");
        }
        assert_eq!(strong_etag(&HeaderMap::new()), None);
    }

    #[test]
    fn what_may_pass_is_tried_again_and_what_will_not_is_not() {
        let wanted = WantedFile { name: "a", shown: "https://a.example/a".into(), known: None, limit: 1 };
        for (status, again) in [
            (400, false),
            (401, false),
            (403, false),
            (407, false),
            (408, true),
            (410, false),
            (429, true),
            (500, true),
            (502, true),
            (503, true),
            (204, false),
            (304, false),
        ] {
            let fault = refused(&wanted, StatusCode::from_u16(status).unwrap(), &HeaderMap::new());
            assert_eq!(fault.again, again, "{status}");
            assert!(fault.error.to_string().contains("https://a.example/a"));
        }
    }
}
