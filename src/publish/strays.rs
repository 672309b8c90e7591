//! Files of a kind that is published, below a published folder, that no
//! manifest vouches for: somebody may take one for a part of a pack.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::PublishError;
use super::error::Within as _;
use super::folder::{ATTEMPT, PublishedFolder};
use super::staging::STAGING;
use super::{manifest, names};
use crate::domain::Period;
use crate::storage::write;

/// How deep a folder is looked into: month, board, revision, and two of anybody's own.
const DEEPEST: usize = 5;

impl PublishedFolder {
    /// Every file but those `vouched` for, by their own path or their folder's. A folder of an officer's own beside
    /// the months is passed over unless it holds a manifest, as a copied revision does.
    pub(super) fn strays(&self, vouched: &BTreeSet<PathBuf>) -> Result<Vec<PathBuf>, PublishError> {
        let mut strays = Vec::new();
        look(&self.root, Depth { folders: 0, is_ours: false }, vouched, &mut strays)?;
        strays.sort();
        Ok(strays)
    }
}

/// How far below the published folder, and whether inside a month.
#[derive(Clone, Copy)]
struct Depth {
    folders: usize,
    is_ours: bool,
}

#[expect(clippy::disallowed_methods, reason = "this room owns the published folder")]
fn look(
    folder: &Path,
    depth: Depth,
    vouched: &BTreeSet<PathBuf>,
    strays: &mut Vec<PathBuf>,
) -> Result<(), PublishError> {
    let entries = match std::fs::read_dir(folder) {
        // `verify --all` says elsewhere that nothing is there.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        other => other.reading(folder)?,
    };
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in entries {
        let entry = entry.reading(folder)?;
        let kind = entry.file_type().reading(&entry.path())?;
        if kind.is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
    }
    let is = |name: &str| files.iter().any(|path| path.ends_with(name));
    let is_ours = depth.is_ours || is(manifest::FILE);
    // An attempt that did not end is swept by the next run, and is the program's own.
    let is_attempt =
        is(ATTEMPT) && !is(manifest::FILE) && name_of(folder).is_some_and(|name| names::revision(name).is_some())
            || name_of(folder).is_some_and(|name| name.starts_with(STAGING));
    if is_ours && !is_attempt && !vouched.contains(folder) {
        strays.extend(files.into_iter().filter(|path| is_kind_of_ours(path) && !vouched.contains(path)));
    }
    for below in folders.into_iter().filter(|_| depth.folders < DEEPEST) {
        let is_month = depth.folders == 0 && name_of(&below).is_some_and(|name| name.parse::<Period>().is_ok());
        look(&below, Depth { folders: depth.folders + 1, is_ours: is_ours || is_month }, vouched, strays)?;
    }
    Ok(())
}

fn name_of(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

fn is_kind_of_ours(path: &Path) -> bool {
    let kinds = ["pdf", "html", "csv", "json"];
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.extension().is_some_and(|extension| kinds.iter().any(|kind| extension.eq_ignore_ascii_case(kind)))
        && !name.starts_with('.')
        && !write::is_beside(&name)
}
