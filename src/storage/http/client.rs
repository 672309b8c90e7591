//! The client: deadlines, certificates, proxies, where a redirect may lead.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Certificate, Client, ClientBuilder, Proxy, Url, redirect};

use super::private::is_loopback;
use super::settings::show;
use crate::storage::StorageError;

/// What a server is told that asks.
pub(in crate::storage) const USER_AGENT: &str = concat!("boardpack/", env!("CARGO_PKG_VERSION"));

/// The longest wait for a connection, within the attempt's deadline.
const CONNECT: Duration = Duration::from_secs(10);

/// The longest silence in the middle of an answer, within the attempt's deadline.
const SILENCE: Duration = Duration::from_secs(20);

/// How many redirects are followed.
const REDIRECTS: usize = 5;

/// What a client is made of.
#[derive(Debug, Clone, Copy)]
pub(in crate::storage) struct ClientNeeds<'a> {
    /// The server.
    pub(in crate::storage) url: &'a Url,
    /// Deadline of one attempt.
    pub(in crate::storage) timeout: Duration,
    /// A certificate authority beside the system's.
    pub(in crate::storage) ca_file: Option<&'a str>,
    /// The proxy that leads there.
    pub(in crate::storage) proxy: Option<&'a str>,
    /// The config directory.
    pub(in crate::storage) dir: &'a Path,
}

/// A client of one server, which follows redirects on that server alone.
pub(in crate::storage) fn client(needs: ClientNeeds<'_>) -> Result<Client, StorageError> {
    build(builder(needs)?.redirect(redirects()), needs.url)
}

/// A client that follows no redirect: whoever uses it does, or refuses.
pub(in crate::storage) fn client_without_redirects(needs: ClientNeeds<'_>) -> Result<Client, StorageError> {
    build(builder(needs)?.redirect(redirect::Policy::none()), needs.url)
}

fn builder(needs: ClientNeeds<'_>) -> Result<ClientBuilder, StorageError> {
    let ClientNeeds { url, timeout, ca_file, proxy, dir } = needs;
    // The first client names the provider for the whole process; naming it again is refused and changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = Client::builder()
        .user_agent(USER_AGENT)
        .timeout(timeout)
        .read_timeout(SILENCE.min(timeout))
        .connect_timeout(CONNECT.min(timeout));
    match proxy {
        Some(proxy) => {
            let proxy = Proxy::all(proxy).map_err(|source| unprepared(url, source))?;
            builder = builder.proxy(proxy);
        }
        None if is_loopback(url) => builder = builder.no_proxy(),
        None => {}
    }
    if let Some(file) = ca_file {
        builder = builder.tls_certs_merge(authorities(&dir.join(file))?);
    }
    Ok(builder)
}

fn build(builder: ClientBuilder, url: &Url) -> Result<Client, StorageError> {
    builder.build().map_err(|source| unprepared(url, source))
}

fn unprepared(url: &Url, source: reqwest::Error) -> StorageError {
    StorageError::Client { url: show(url), source: Arc::new(source.without_url()) }
}

fn redirects() -> redirect::Policy {
    redirect::Policy::custom(|attempt| {
        let refused = match attempt.previous().first() {
            _ if attempt.previous().len() > REDIRECTS => Some(format!("more than {REDIRECTS} redirects")),
            Some(from) if from.host_str() != attempt.url().host_str() => {
                Some(format!("refused to be sent to another host, {}", attempt.url().host_str().unwrap_or("?")))
            }
            Some(from) if from.scheme() == "https" && attempt.url().scheme() != "https" => {
                Some("refused to be sent from https to http".to_owned())
            }
            // A header that signs in would go along.
            Some(from) if from.port_or_known_default() != attempt.url().port_or_known_default() => {
                Some("refused to be sent to another port".to_owned())
            }
            _ => None,
        };
        match refused {
            Some(why) => attempt.error(why),
            None => attempt.follow(),
        }
    })
}

/// The certificates of a file, each as DER.
#[expect(clippy::disallowed_methods, reason = "the council's authority is a file of this room's config")]
fn authorities(file: &Path) -> Result<Vec<Certificate>, StorageError> {
    let fail = |why: String| StorageError::Authority { path: PathBuf::from(file), why };
    let pem = std::fs::read(file).map_err(|error| fail(error.to_string()))?;
    let certificates = Certificate::from_pem_bundle(&pem).map_err(|error| fail(error.to_string()))?;
    if certificates.is_empty() {
        return Err(fail("it holds no certificate".to_owned()));
    }
    Ok(certificates)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write files of their own")]
mod tests {
    use super::*;

    #[test]
    fn a_ca_file_must_hold_a_certificate() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("ca.pem");
        assert!(matches!(authorities(&file), Err(StorageError::Authority { .. })));
        std::fs::write(&file, "no certificate").unwrap();
        let error = authorities(&file).unwrap_err().to_string();
        assert!(error.contains("ca.pem") && error.contains("hint"), "{error}");
    }
}
