//! `[publish]`: where packs go, where the reasons for held ones, what they are called, and
//! where the ledger is.

use std::path::Path;

use super::reader::TableReader;
use super::secret;
use super::uploads::Uploads;
use crate::domain::Edition;
use crate::domain::address::is_address;
use crate::domain::postgres;
use crate::domain::secret::Secret;

/// `[publish]`.
pub(super) struct PublishPaths {
    pub(super) publish_path: String,
    pub(super) held_path: String,
    pub(super) restricted_path: Option<String>,
    pub(super) state_path: Option<String>,
    pub(super) publish_url: Option<String>,
    pub(super) uploads: Uploads,
    pub(super) ledger: Option<Secret>,
    pub(super) file_name: String,
}

/// Where packs go, where the reasons for held ones, where restricted ones; and
/// what they are called.
pub(super) fn read(root: &mut TableReader<'_>, dir: &Path) -> PublishPaths {
    let mut publish = root.table("publish");
    let publish_path = publish.text("path", "where packs go");
    let held_path = publish.text("held", "where the reasons for held packs go");
    folder(&publish, "path", &publish_path);
    folder(&publish, "held", &held_path);
    if publish_path == held_path {
        publish.fault("held", "is the same folder as `path`", "held packs must not lie beside published ones");
    }
    let restricted_path: Option<String> = publish.optional("restricted");
    folder(&publish, "restricted", restricted_path.as_deref().unwrap_or_default());
    if restricted_path.as_ref().is_some_and(|path| *path == publish_path || *path == held_path) {
        publish.fault(
            "restricted",
            "is the same folder as `path` or `held`",
            "restricted editions must not lie beside what others may read",
        );
    }
    let state_path: Option<String> = publish.optional("state");
    folder(&publish, "state", state_path.as_deref().unwrap_or_default());
    let publish_url: Option<String> = publish.optional("url");
    if publish_url.as_ref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
        publish.fault(
            "url",
            "is no address",
            "such as \"https://intranet.example.org/scorecards/\"; leave it out otherwise",
        );
    }
    let uploads = Uploads::read(&mut publish);
    if uploads.of(Edition::Restricted).is_some() && restricted_path.is_none() {
        publish.fault(
            "upload_restricted",
            "is given, and `restricted` is not",
            "say where restricted editions go first",
        );
    }
    let ledger = ledger(&mut publish, dir);
    if ledger.is_some() && state_path.is_some() {
        publish.fault(
            "ledger",
            "and `state` both say where the ledger is",
            "`ledger` is a database of PostgreSQL, `state` a file: take one away",
        );
    }
    let file_name = publish.text("file_name", "a pattern such as \"{board} - {month} - r{revision}\"");
    publish.file_name(&file_name);
    publish.finish();
    PublishPaths { publish_path, held_path, restricted_path, state_path, ledger, publish_url, uploads, file_name }
}

/// The address of the database that has the ledger. A fault of it says nothing of it.
fn ledger(publish: &mut TableReader<'_>, dir: &Path) -> Option<Secret> {
    let ledger = secret::read(publish, "ledger", dir);
    if let Some(Secret::Given(text)) = &ledger
        && let Some(why) = postgres::fault(text.secret())
    {
        let hint = "write postgres://boardpack@db.example/boardpack?sslmode=verify-full; a file is named by `state`";
        publish.fault("ledger", format!("is no address of a PostgreSQL database: {why}"), hint);
    }
    ledger
}

/// Notes a fault where an address stands for a path: what signs in with it would
/// be shown wherever the path is.
pub(super) fn folder(table: &TableReader<'_>, key: &str, path: &str) {
    if is_address(path) {
        table.fault(key, "is an address; expected a path of this machine", "mount the share, and name it by its path");
    }
}
