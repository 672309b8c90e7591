//! The keys that every kind has which speaks HTTP.

use std::path::Path;
use std::time::Duration;

use reqwest::Url;

use super::private::is_loopback;
use super::sign_in::SignIn;
use crate::config::TableReader;
use crate::storage::retry::RetryRules;
use crate::words;

/// What the example of every kind that speaks HTTP ends with, in `docs/config.md`.
macro_rules! http_keys {
    () => {
        r#"timeout_seconds = 30          # deadline of one attempt
retries = 2                   # attempts after the first
ca_file = "authority.pem"     # optional: the council's own certificate authority
proxy = "http://proxy.example:3128"      # optional: the way there; else HTTPS_PROXY and NO_PROXY hold
"#
    };
}
pub(in crate::storage) use http_keys;

/// How a server is declared.
#[derive(Clone)]
pub struct HttpSettings {
    /// Base address; may carry userinfo and a query, which go with every
    /// request and are never shown.
    pub(in crate::storage) url: Url,
    /// Who the service says that it is.
    pub sign_in: SignIn,
    /// How often and how long a request is tried.
    pub retry: RetryRules,
    /// A certificate authority to trust beside the system's, as PEM; relative to
    /// the config directory.
    pub ca_file: Option<String>,
    /// The proxy that leads there; none for what the environment says.
    pub proxy: Option<String>,
}

impl HttpSettings {
    /// A server at this address, and for the rest the defaults; else why the
    /// address cannot be used.
    pub fn new(url: &str) -> Result<Self, String> {
        let url = base(url)?;
        Ok(Self { url, sign_in: SignIn::None, retry: RetryRules::default(), ca_file: None, proxy: None })
    }

    /// Reads them all; `hint` says what an address looks like.
    pub(in crate::storage) fn read(table: &mut TableReader<'_>, dir: &Path, hint: &str) -> Option<Self> {
        let url = table.text("url", hint);
        let sign_in = SignIn::read(table, dir);
        let (retry, ca_file, proxy) = (retry(table), table.optional("ca_file"), proxy(table));
        let settings = Self::new(&url).map_err(|why| {
            if !url.is_empty() {
                table.fault("url", why, "");
            }
        });
        let usual = settings.ok()?;
        if sign_in != SignIn::None && (!usual.url.username().is_empty() || usual.url.password().is_some()) {
            table.fault("url", "carries a sign-in of its own", "leave one of the two");
        }
        Some(Self { sign_in, retry, ca_file, proxy, ..usual })
    }

    /// In a few words, without credentials.
    pub(in crate::storage) fn shown(&self) -> String {
        let retries = words::count(self.retry.retries as usize, "retry", "retries");
        let seconds = self.retry.timeout.as_secs();
        format!("{}, {seconds} s a try, {retries}{}", show(&self.url), self.sign_in.shown())
    }
}

impl std::fmt::Debug for HttpSettings {
    /// Without credentials.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpSettings").field("url", &show(&self.url)).finish_non_exhaustive()
    }
}

/// `timeout_seconds` and `retries`.
pub(in crate::storage) fn retry(table: &mut TableReader<'_>) -> RetryRules {
    let (usual, timeout_seconds) = (RetryRules::default(), table.optional("timeout_seconds"));
    if timeout_seconds == Some(0) {
        table.fault("timeout_seconds", "found 0; expected at least 1", "");
    }
    let retries: Option<u32> = table.optional("retries");
    RetryRules {
        retries: retries.unwrap_or(usual.retries),
        timeout: timeout_seconds.map_or(usual.timeout, Duration::from_secs),
    }
}

/// `proxy`: an address that may carry a sign-in.
pub(in crate::storage) fn proxy(table: &mut TableReader<'_>) -> Option<String> {
    let proxy: Option<String> = table.optional("proxy");
    let is_proxy = |text: &String| Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if proxy.as_ref().is_some_and(|text| !is_proxy(text)) {
        table.fault("proxy", "is no address of a proxy", "such as \"http://proxy.example:3128\"");
    }
    proxy.filter(is_proxy)
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
pub(in crate::storage) fn show(url: &Url) -> String {
    let mut url = url.clone();
    // Both fail only on addresses without a host, which hold neither.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_never_shown() {
        let settings = HttpSettings::new("https://me:s3cret@a.example/kpi/?sig=s3cret#s3cret").unwrap();
        assert_eq!(settings.shown(), "https://a.example/kpi/, 30 s a try, 2 retries");
        assert!(!format!("{settings:?}").contains("s3cret"));
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
            assert_eq!(HttpSettings::new(bad).unwrap_err(), why);
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
}
