//! The client that other machines are told with.

use std::time::Duration;

use reqwest::{Client, redirect};

use crate::domain::address::SecretAddress;
use crate::domain::secret::Secret;
use crate::secrets;

/// Deadline of one try.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A client that follows no redirect: what it is told of where to go next may be anything.
pub(super) fn client() -> Result<Client, String> {
    // Named once for the whole process; naming it again is refused and changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().timeout(TIMEOUT).redirect(redirect::Policy::none()).build();
    client.map_err(|error| shown(&error))
}

/// An address that is a secret, from where it is kept. Why it cannot be had says nothing of it.
pub(super) async fn revealed(address: &Secret) -> Result<SecretAddress, String> {
    let address = secrets::reveal(address).await.map_err(|error| error.to_string())?;
    SecretAddress::parse(address.secret()).ok_or_else(|| "its address does not begin with https://".to_owned())
}

/// An error with its causes and without the address, which is a secret.
pub(super) fn shown(error: &reqwest::Error) -> String {
    let mut text = if error.is_timeout() {
        "no answer in time".to_owned()
    } else if error.is_connect() {
        "no connection".to_owned()
    } else {
        "no answer".to_owned()
    };
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    crate::domain::address::without_secrets(&text).into_owned()
}
