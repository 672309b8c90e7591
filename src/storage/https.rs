//! A web server: files below a base address.
//!
//! Every attempt has its deadline. What may pass by itself (no connection, a
//! timeout, a server's own fault, a cut-off answer) is tried again with growing
//! and jittered pauses, and `Retry-After` is honoured. Redirects stay on the
//! host and never leave TLS.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use reqwest::{Certificate, Client, Url, redirect};

use super::attempt::{self, WantedFile};
use super::{FetchLimits, Got, StorageError, StorageSettings, path};
use crate::config::{StorageKind, TableReader};
use crate::domain::address::without_secrets;
use crate::telemetry::metrics::metrics;
use crate::words;

/// What the config knows of this kind.
pub(super) const KIND: StorageKind = StorageKind {
    name: "https",
    no_patterns: Some("a web server cannot be searched"),
    read: |table| Some(Arc::new(StorageSettings::Https(HttpsSettings::read(table)?))),
    docs: r#"A **web server**. It has no list of its files: `files` of a source is a whole name.

```toml
[storage.web]
kind = "https"
url = "https://files.example.org/kpi/"   # base URL, files are appended; http:// only on loopback
timeout_seconds = 30          # deadline of one attempt
retries = 2                   # attempts after the first
ca_file = "authority.pem"     # optional: the council's own certificate authority
```"#,
};

const USER_AGENT: &str = concat!("boardpack/", env!("CARGO_PKG_VERSION"));

/// The longest wait for a connection, within the attempt's deadline.
const CONNECT: Duration = Duration::from_secs(10);

/// The first pause before trying again; each is twice the one before.
const PAUSE: Duration = Duration::from_millis(500);

/// The longest pause that is not the server's own wish.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// How many redirects are followed.
const REDIRECTS: usize = 5;

/// How a web server is declared.
#[derive(Clone)]
pub struct HttpsSettings {
    /// Base address; may carry userinfo and a query, which go with every
    /// request and are never shown.
    url: Url,
    /// Deadline of one attempt, at least a second.
    pub timeout: Duration,
    /// Attempts after the first.
    pub retries: u32,
    /// A certificate authority to trust beside the system's, as PEM; relative to
    /// the config directory.
    pub ca_file: Option<String>,
}

impl HttpsSettings {
    /// A server at this address, and for the rest the defaults; else why the
    /// address cannot be used.
    pub fn new(url: &str) -> Result<Self, String> {
        Ok(Self { url: base(url)?, timeout: Duration::from_secs(30), retries: 2, ca_file: None })
    }

    fn read(table: &mut TableReader<'_>) -> Option<Self> {
        let url = table.text("url", "the base address, such as https://files.example.org/kpi/");
        let timeout_seconds = table.optional("timeout_seconds");
        if timeout_seconds == Some(0) {
            table.fault("timeout_seconds", "found 0; expected at least 1", "");
        }
        let (retries, ca_file) = (table.optional("retries"), table.optional("ca_file"));
        let settings = Self::new(&url).map_err(|why| {
            if !url.is_empty() {
                table.fault("url", why, "");
            }
        });
        let usual = settings.ok()?;
        Some(Self {
            timeout: timeout_seconds.map_or(usual.timeout, Duration::from_secs),
            retries: retries.unwrap_or(usual.retries),
            ca_file,
            ..usual
        })
    }

    /// In a few words, without credentials.
    pub(super) fn shown(&self) -> String {
        let retries = words::count(self.retries as usize, "retry", "retries");
        format!("{}, {} s a try, {retries}", show(&self.url), self.timeout.as_secs())
    }
}

impl std::fmt::Debug for HttpsSettings {
    /// Without credentials.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpsSettings").field("url", &show(&self.url)).finish_non_exhaustive()
    }
}

/// A web server that holds workbooks.
pub struct Https {
    client: Client,
    base: Url,
    /// The base address without credentials.
    shown: String,
    timeout: Duration,
    retries: u32,
    limits: FetchLimits,
}

impl std::fmt::Debug for Https {
    /// Without credentials.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Https").field("url", &self.shown).finish_non_exhaustive()
    }
}

impl Https {
    /// Prepares a client; nothing is contacted yet. `dir` is the config directory.
    pub fn new(settings: &HttpsSettings, dir: &Path, limits: FetchLimits) -> Result<Self, StorageError> {
        let HttpsSettings { url, timeout, retries, ca_file } = settings.clone();
        let shown = show(&url);
        // The first client names the provider for the whole process; naming it again is refused and changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder()
            .user_agent(USER_AGENT)
            .timeout(timeout)
            .connect_timeout(CONNECT.min(timeout))
            .redirect(redirects());
        if is_loopback(&url) {
            builder = builder.no_proxy();
        }
        if let Some(file) = ca_file {
            builder = builder.tls_certs_merge(authorities(&dir.join(file))?);
        }
        let client = builder
            .build()
            .map_err(|source| StorageError::Client { url: shown.clone(), source: Arc::new(source.without_url()) })?;
        Ok(Self { client, base: url, shown, timeout, retries, limits })
    }

    /// The base address without credentials.
    pub fn place(&self) -> &str {
        &self.shown
    }

    /// The file under this name, which holds no globs: a web server has no list.
    pub async fn get(&self, name: &str, known: Option<&str>) -> Result<Got, StorageError> {
        let url = self.address(name)?;
        let wanted = WantedFile { name, shown: show(&url), known, limit: self.limits.max_bytes };
        let pauses = ExponentialBuilder::default()
            .with_min_delay(PAUSE)
            .with_max_delay(LONGEST_PAUSE)
            .with_max_times(usize::try_from(self.retries).unwrap_or(usize::MAX))
            .with_jitter();
        let one = || attempt::exchange(self.client.get(url.clone()), &wanted);
        one.retry(pauses)
            .when(|fault| fault.again)
            .adjust(|fault, pause| match (pause, fault.after) {
                // A server that asks for longer than an attempt may take is left
                // alone: the daemon comes back by itself.
                (Some(_), Some(asked)) => (asked <= self.timeout).then_some(asked),
                (pause, _) => pause,
            })
            .notify(|fault, pause| {
                metrics().retried("https");
                let delay_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
                tracing::info!(delay_ms, error = %fault.error, "trying again");
            })
            .await
            .map_err(|fault| fault.error)
    }

    fn address(&self, name: &str) -> Result<Url, StorageError> {
        let refuse =
            |why| StorageError::Path { name: without_secrets(name).into_owned(), place: self.shown.clone(), why };
        let parts = path::unlisted(name).map_err(refuse)?;
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(parts);
        }
        Ok(url)
    }
}

/// An address that files may be fetched from; else what is wrong with it.
fn base(text: &str) -> Result<Url, String> {
    let expected = |shown: &str| format!("found {shown:?}; expected an address that begins with https://");
    match Url::parse(text) {
        // Plain http would send figures about children over the network in clear.
        Ok(url) if url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url)) => Ok(url),
        Ok(url) if url.has_host() => Err(expected(&show(&url))),
        Err(why) if text.trim().to_ascii_lowercase().starts_with("https://") => {
            Err(format!("found \"https://…\": {why}"))
        }
        // Of what is no address, nobody can tell which part is a secret. A bare name
        // of a host and a path has none.
        _ if text.chars().all(|c| c.is_ascii_alphanumeric() || "./-_".contains(c)) => Err(expected(text)),
        _ => Err(expected("…")),
    }
}

/// An address without userinfo, query and fragment, each of which may be a secret.
fn show(url: &Url) -> String {
    let mut url = url.clone();
    // Both fail only on addresses without a host, which hold neither.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    url.into()
}

fn is_loopback(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    })
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
            _ => None,
        };
        match refused {
            Some(why) => attempt.error(why),
            None => attempt.follow(),
        }
    })
}

#[expect(clippy::disallowed_methods, reason = "the council's authority is a file of this room's config")]
fn authorities(file: &Path) -> Result<Vec<Certificate>, StorageError> {
    let fail = |why: String| StorageError::Authority { path: file.to_owned(), why };
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

    fn https(url: &str) -> Https {
        Https::new(&HttpsSettings::new(url).unwrap(), Path::new(""), FetchLimits { max_bytes: 1 }).unwrap()
    }

    #[test]
    fn a_name_is_encoded_and_appended_and_a_query_stays() {
        for (base, name, url) in [
            ("https://a.example/kpi/", "2026-10/a b.xlsx", "https://a.example/kpi/2026-10/a%20b.xlsx"),
            ("https://a.example/kpi", "a.xlsx", "https://a.example/kpi/a.xlsx"),
            ("https://a.example", "100% #1.xlsx", "https://a.example/100%25%20%231.xlsx"),
            ("https://a.example/c/?sig=s3cret", "a.xlsx", "https://a.example/c/a.xlsx?sig=s3cret"),
        ] {
            assert_eq!(https(base).address(name).unwrap().as_str(), url);
        }
    }

    #[test]
    fn credentials_are_never_shown() {
        let secret = "https://me:s3cret@a.example/kpi/?sig=s3cret#s3cret";
        let settings = HttpsSettings::new(secret).unwrap();
        assert_eq!(settings.shown(), "https://a.example/kpi/, 30 s a try, 2 retries");
        let https = https(secret);
        assert_eq!(https.place(), "https://a.example/kpi/");
        assert!(!format!("{settings:?} {https:?}").contains("s3cret"));
        for (bad, why) in [
            ("https://me:s3cret@/", "found \"https://…\": empty host"),
            ("me:s3cret@a.example/?s3cret", "found \"…\"; expected an address that begins with https://"),
            ("ftp://me:s3cret@a.example/", "found \"ftp://a.example/\"; expected an address that begins with https://"),
            ("HTTPS://me:s3cret", "found \"https://…\": invalid port number"),
            (" https://me:s3cret", "found \"https://…\": invalid port number"),
            ("HTTPS://a.example:s3cret", "found \"https://…\": invalid port number"),
            ("https;//me:s3cret", "found \"…\"; expected an address that begins with https://"),
            (
                "htps://me:s3cret@a.example/?s3cret",
                "found \"htps://a.example/\"; expected an address that begins with https://",
            ),
            ("a.example/kpi;s3cret", "found \"…\"; expected an address that begins with https://"),
            ("a.example/kpi", "found \"a.example/kpi\"; expected an address that begins with https://"),
        ] {
            assert_eq!(HttpsSettings::new(bad).unwrap_err(), why);
        }
    }

    #[test]
    fn the_docs_show_the_defaults() {
        let usual = HttpsSettings::new("https://a.example/").unwrap();
        for line in
            [format!("\ntimeout_seconds = {} ", usual.timeout.as_secs()), format!("\nretries = {} ", usual.retries)]
        {
            assert!(KIND.docs.contains(&line), "{line:?}");
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for (url, good) in [
            ("https://a.example/", true),
            ("http://127.0.0.1:8080/", true),
            ("http://localhost/", true),
            ("http://[::1]:1/", true),
            ("http://a.example/", false),
            ("http://localhost.a.example/", false),
            ("http://127.0.0.1.a.example/", false),
            ("ftp://127.0.0.1/", false),
            ("a.example", false),
        ] {
            assert_eq!(base(url).is_ok(), good, "{url}");
        }
    }

    #[test]
    fn a_pattern_and_a_way_out_are_refused() {
        let https = https("https://a.example/kpi/");
        for bad in ["a*.xlsx", "a?.xlsx", "../a.xlsx", "/a.xlsx"] {
            assert!(matches!(https.address(bad), Err(StorageError::Path { .. })), "{bad}");
        }
    }

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
