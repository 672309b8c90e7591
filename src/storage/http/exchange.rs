//! One HTTP request and what its outcome means: an answer, a fault that may
//! pass by itself, or one that will not.

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::{DATE, ETAG, HeaderMap, HeaderName, LAST_MODIFIED, RETRY_AFTER};
use reqwest::{RequestBuilder, Response, StatusCode};

use crate::storage::StorageError;
use crate::storage::error::Operation;
use crate::storage::retry::AttemptFault;

/// What is asked, as an error says it.
#[derive(Debug, Clone)]
pub(in crate::storage) struct Call<'a> {
    /// What is asked.
    pub(in crate::storage) operation: Operation,
    /// Name below the storage.
    pub(in crate::storage) name: &'a str,
    /// Its address without credentials.
    pub(in crate::storage) shown: String,
    /// What to do where the server grants no leave.
    pub(in crate::storage) denied: &'static str,
}

/// Sends a request; whatever the server answers is an answer.
pub(in crate::storage) async fn send(request: RequestBuilder, call: &Call<'_>) -> Result<Response, AttemptFault> {
    request.send().await.map_err(|error| failed(call, error))
}

/// An exchange that broke.
pub(in crate::storage) fn failed(call: &Call<'_>, error: reqwest::Error) -> AttemptFault {
    // The address in reqwest's own words may carry a query that is a secret.
    let error = error.without_url();
    let (again, hint) = outcome(&error);
    let error =
        StorageError::Exchange { operation: call.operation, url: call.shown.clone(), hint, source: Arc::new(error) };
    AttemptFault { error, again, after: None }
}

/// Whether an exchange that broke may pass by itself, and what to do.
pub(in crate::storage) fn outcome(error: &reqwest::Error) -> (bool, &'static str) {
    let causes = causes(error);
    let cause = |word: &str| causes.iter().any(|text| text.contains(word));
    if error.is_redirect() {
        (false, "the server sends elsewhere, perhaps to a sign-in page; set `url` to where the files really are")
    } else if cause("not valid for name") {
        (false, "the server's certificate is of another name; write the host in `url` as the certificate has it")
    } else if cause("certificate") {
        (false, "this machine does not trust the server's certificate; name the council's own authority as `ca_file`")
    } else if error.is_timeout() {
        (true, "does the server answer, and is `timeout_seconds` long enough for the file?")
    } else if cause("dns error") {
        (true, "no machine goes by the name of the host; is it right in `url`?")
    } else if error.is_connect() {
        (true, "is the server up, and is its name in `url` right?")
    } else {
        (!error.is_builder(), "")
    }
}

/// The words of every cause. rustls' own types are out of reach behind reqwest; its words are not.
fn causes(error: &reqwest::Error) -> Vec<String> {
    let (mut causes, mut cause) = (Vec::new(), error.source());
    while let Some(inner) = cause {
        causes.push(inner.to_string());
        cause = inner.source();
    }
    causes
}

/// A status that is no answer. `more` is what the server says besides.
pub(in crate::storage) fn refused(
    call: &Call<'_>,
    status: StatusCode,
    headers: &HeaderMap,
    more: Option<&str>,
) -> AttemptFault {
    let (operation, url) = (call.operation, call.shown.clone());
    let said = said(status, more);
    let (again, hint) = match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
            let hint = match status {
                StatusCode::PROXY_AUTHENTICATION_REQUIRED => "the proxy wants a sign-in: write it into `proxy`",
                _ => call.denied,
            };
            return AttemptFault::last(StorageError::Denied { operation, url, said, hint: hint.to_owned() });
        }
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => (true, "the server is busy"),
        StatusCode::REQUEST_TIMEOUT => (true, ""),
        StatusCode::LOCKED => (true, "somebody has the file open, or a lock was left; close it in every program"),
        StatusCode::INSUFFICIENT_STORAGE => (false, "the place is full: make room there, or have its quota raised"),
        StatusCode::PAYLOAD_TOO_LARGE => {
            (false, "the server takes no file of this size: have its limit raised for this account")
        }
        StatusCode::CONFLICT => (true, "something else stands on the way, such as a file where a folder should be"),
        status if status.is_server_error() => (true, "the fault is the server's own"),
        _ => (false, "is `url` the address of the files themselves?"),
    };
    let after = if again { retry_after(headers) } else { None };
    AttemptFault { error: StorageError::Refused { operation, url, said, hint: hint.to_owned() }, again, after }
}

/// A status in words, and what is said besides, on one line and not long.
pub(in crate::storage) fn said(status: StatusCode, more: Option<&str>) -> String {
    let reason = status.canonical_reason().unwrap_or("");
    let mut said = format!("{} {reason}", status.as_u16()).trim_end().to_owned();
    let more: String = more.unwrap_or("").chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect();
    if !more.trim().is_empty() {
        said = format!("{said}, {}", crate::domain::address::without_secrets(more.trim()));
    }
    said
}

/// A strong etag. A weak one promises the same meaning and not the same bytes.
pub(in crate::storage) fn strong_etag(headers: &HeaderMap) -> Option<String> {
    let etag = headers.get(ETAG)?.to_str().ok()?;
    is_strong(etag).then(|| etag.to_owned())
}

/// Whether an etag promises the same bytes.
pub(in crate::storage) fn is_strong(etag: &str) -> bool {
    etag.starts_with('"') && etag.len() > 2
}

/// When the file was last changed.
pub(in crate::storage) fn last_modified(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    date(headers, LAST_MODIFIED)
}

fn date(headers: &HeaderMap, name: HeaderName) -> Option<DateTime<Utc>> {
    parse_date(headers.get(name)?.to_str().ok()?)
}

/// A date as HTTP and WebDAV write it.
pub(in crate::storage) fn parse_date(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(text).ok().map(|date| date.to_utc())
}

/// How long the server asks to be left alone. A date is measured from the
/// server's own, so that no clock of ours is needed or trusted.
pub(in crate::storage) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
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
        let shown = "https://a.example/a".to_owned();
        let call = Call { operation: Operation::Fetch, name: "a", shown, denied: "ask for leave" };
        for (status, again) in [
            (400, false),
            (401, false),
            (403, false),
            (407, false),
            (408, true),
            (409, true),
            (410, false),
            (413, false),
            (423, true),
            (429, true),
            (500, true),
            (502, true),
            (503, true),
            (507, false),
            (204, false),
            (304, false),
        ] {
            let fault = refused(&call, StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), Some("why\nso"));
            assert_eq!(fault.again, again, "{status}");
            let text = fault.error.to_string();
            assert!(text.starts_with("failed to fetch https://a.example/a: the server answered "), "{text}");
            assert!(text.contains(&status.to_string()) && text.contains(", why so"), "{text}");
        }
    }
}
