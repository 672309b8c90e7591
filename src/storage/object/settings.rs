//! The keys that every storage of objects has.

use std::path::Path;

use reqwest::Url;

use super::wire::Wire;
use crate::config::TableReader;
use crate::storage::http::client::ClientNeeds;
use crate::storage::http::settings::{HttpSettings, proxy, retry, show};
use crate::storage::retry::RetryRules;
use crate::storage::{StorageError, path};
use crate::words;

/// What is declared of a storage besides where it is and who signs in.
#[derive(Debug, Clone, Default)]
pub struct ObjectSettings {
    /// The folder in it, without a slash at its ends; may be empty.
    pub folder: String,
    /// How often and how long a request is tried.
    pub retry: RetryRules,
    /// A certificate authority to trust beside the system's, as PEM.
    pub ca_file: Option<String>,
    /// The proxy that leads there; none for what the environment says.
    pub proxy: Option<String>,
}

impl ObjectSettings {
    pub(in crate::storage) fn read(table: &mut TableReader<'_>) -> Self {
        let folder: String = table.optional("folder").unwrap_or_default();
        let folder = folder.trim_matches('/').to_owned();
        if !folder.is_empty()
            && let Err(why) = path::parts(&folder)
        {
            table.fault("folder", why, "such as \"scorecards/kpi\"");
        }
        Self { folder, retry: retry(table), ca_file: table.optional("ca_file"), proxy: proxy(table) }
    }

    /// In a few words.
    pub(in crate::storage) fn shown(&self) -> String {
        let retries = words::count(self.retry.retries as usize, "retry", "retries");
        format!("{} s a try, {retries}", self.retry.timeout.as_secs())
    }

    /// The address of a name below the folder, for people; `url` is where the folder is.
    pub(in crate::storage) fn shown_at(&self, url: &Url, name: &str) -> String {
        let mut url = url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty();
            segments.extend(self.folder.split('/').chain(name.split('/')).filter(|part| !part.is_empty()));
            if name.is_empty() {
                segments.push("");
            }
        }
        show(&url)
    }

    /// The way to a server.
    pub(in crate::storage) fn wire(&self, url: &Url, dir: &Path) -> Result<Wire, StorageError> {
        let (ca_file, proxy) = (self.ca_file.as_deref(), self.proxy.as_deref());
        Wire::new(ClientNeeds { url, timeout: self.retry.timeout, ca_file, proxy, dir })
    }
}

/// A name of a server's own kind of place; else a fault.
pub(in crate::storage) fn name(
    table: &mut TableReader<'_>,
    key: &'static str,
    hint: &str,
    is_fit: fn(&str) -> bool,
) -> Option<String> {
    let name = table.text(key, hint);
    if !name.trim().is_empty() && !is_fit(&name) {
        table.fault(key, format!("found {name:?}, which is no name of one"), hint);
    }
    is_fit(&name).then_some(name)
}

/// `endpoint` or another address of a server, without a path's last slash, a sign-in or a query.
pub(in crate::storage) fn server(table: &mut TableReader<'_>, key: &'static str, hint: &str) -> Option<Url> {
    let text: String = table.optional(key)?;
    match HttpSettings::new(&text) {
        Ok(settings) => {
            let url = settings.url;
            let is_bare = url.username().is_empty() && url.password().is_none() && url.query().is_none();
            if !is_bare {
                table.fault(key, "carries a sign-in or a query", hint);
            }
            is_bare.then_some(url)
        }
        Err(why) => {
            table.fault(key, why, hint);
            None
        }
    }
}
