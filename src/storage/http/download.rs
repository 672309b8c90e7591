//! An answer's body, hashed as it comes: whole, or a fault; never much more than the limit.

use std::sync::Arc;

use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap};

use super::exchange::{Call, failed, last_modified, strong_etag};
use crate::storage::retry::AttemptFault;
use crate::storage::staged::Stager;
use crate::storage::{Got, StorageError, StoredFile};

/// Reads a body of at most `limit` bytes.
pub(in crate::storage) async fn body(mut response: Response, call: &Call<'_>, limit: u64) -> Result<Got, AttemptFault> {
    let too_large = |bytes| Got::TooLarge { name: call.name.to_owned(), bytes, limit };
    packed(&response, call)?;
    let announced = announced(response.headers());
    if let Some(bytes) = announced.filter(|bytes| *bytes > limit) {
        return Ok(too_large(bytes));
    }
    let etag = strong_etag(response.headers());
    let modified = last_modified(response.headers());
    let mut stager = Stager::new();
    let unkept =
        |source| AttemptFault::last(StorageError::Staging { place: call.shown.clone(), source: Arc::new(source) });
    loop {
        let chunk = response.chunk().await;
        match (chunk, announced) {
            (Ok(Some(chunk)), _) => {
                stager.write(&chunk).map_err(unkept)?;
                // The server may announce nothing, or lie: what counts is what comes.
                if stager.len() > limit {
                    return Ok(too_large(stager.len()));
                }
            }
            (Ok(None), Some(expected)) if stager.len() != expected => {
                return Err(truncated(call, stager.len(), expected));
            }
            (Ok(None), _) => {
                let content = Arc::new(stager.finish().map_err(unkept)?);
                let name = call.name.to_owned();
                return Ok(Got::Found(StoredFile { content, name, etag, modified, is_open: false }));
            }
            (Err(error), Some(expected)) if !error.is_timeout() => {
                // A reset and a closed connection both mean a file cut off.
                tracing::debug!(error = &error.without_url() as &dyn std::error::Error, "answer cut off");
                return Err(truncated(call, stager.len(), expected));
            }
            (Err(error), _) => return Err(failed(call, error)),
        }
    }
}

/// How many bytes are announced.
fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Refuses a body that is packed although nothing asked for that: unpacked it would be
/// other bytes than those that the etag and the length are of.
fn packed(response: &Response, call: &Call<'_>) -> Result<(), AttemptFault> {
    let encoding = response.headers().get(CONTENT_ENCODING).and_then(|value| value.to_str().ok());
    match encoding.filter(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
        None => Ok(()),
        Some(encoding) => Err(AttemptFault::last(StorageError::Refused {
            operation: call.operation,
            url: call.shown.clone(),
            said: format!("with a body packed as {encoding}, which was not asked for"),
            hint: "have the server send these files as they are: for Apache `SetEnv no-gzip 1`, for nginx `gzip off`"
                .to_owned(),
        })),
    }
}

fn truncated(call: &Call<'_>, got: u64, expected: u64) -> AttemptFault {
    AttemptFault::passing(StorageError::Truncated { url: call.shown.clone(), got, expected })
}
