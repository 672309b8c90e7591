//! The one-page reasons for officers, in a folder of their own:
//! `<held>/<period>/<board>/<name>.pdf` and `findings.json`.
//!
//! Unlike what is published a notice is replaced at every attempt, and goes away
//! once its pack is published.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::{PublishError, Within};
use super::folder::{below, keys};
use super::manifest::FINDINGS;
use crate::domain::{PackKey, file_name};
use crate::storage::write::{self, Access};

/// Writes or replaces a notice and gives its path.
#[expect(clippy::disallowed_methods, reason = "this room owns the folder of held packs")]
pub(super) fn hold(
    root: &Path,
    key: &PackKey,
    (pdf_name, pdf): (&str, &[u8]),
    findings_json: &[u8],
    access: Access,
) -> Result<PathBuf, PublishError> {
    file_name::check(pdf_name).map_err(|why| PublishError::Name { name: pdf_name.to_owned(), why })?;
    let folder = root.join(below(key));
    write::folders(root, &below(key), access).writing(&folder)?;
    // The findings first: whoever sees the new page finds its findings.
    for (name, bytes) in [(FINDINGS, findings_json), (pdf_name, pdf)] {
        let path = folder.join(name);
        // A retry every hour that finds the same leaves the file alone, so that
        // nobody's file synchronisation is woken for nothing.
        if matches!(fs::read(&path), Ok(standing) if standing == bytes) {
            fs::File::open(&path).and_then(|file| access.of_file(&file)).writing(&path)?;
        } else {
            write::replace_for(&path, bytes, access).writing(&path)?;
        }
    }
    clear(&folder, &[FINDINGS, pdf_name])?;
    write::sync(&folder).writing(&folder)?;
    Ok(folder.join(pdf_name))
}

/// Removes a notice, if there is one.
#[expect(clippy::disallowed_methods, reason = "this room owns the folder of held packs")]
pub(super) fn release(root: &Path, key: &PackKey) -> Result<(), PublishError> {
    let folder = root.join(below(key));
    match fs::remove_dir_all(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other.writing(&folder)?,
    }
    // The month's folder goes with its last notice. That it still holds another
    // board's is no fault, nor is any other reason worth failing for.
    if let Some(month) = folder.parent() {
        let _ = fs::remove_dir(month);
    }
    Ok(())
}

/// Every notice there is.
#[expect(clippy::disallowed_methods, reason = "this room owns the folder of held packs")]
pub(super) fn notices(root: &Path) -> Result<BTreeMap<PackKey, PathBuf>, PublishError> {
    let mut notices = BTreeMap::new();
    for key in keys(root)? {
        let folder = root.join(below(&key));
        let mut pdfs = Vec::new();
        for entry in fs::read_dir(&folder).reading(&folder)? {
            let path = entry.reading(&folder)?.path();
            if path.extension().is_some_and(|extension| extension == "pdf") {
                pdfs.push(path);
            }
        }
        if let Some(pdf) = pdfs.into_iter().min() {
            notices.insert(key, pdf);
        }
    }
    Ok(notices)
}

/// Removes what an earlier attempt may have left in a folder, but for what is
/// kept. Anything else there is somebody's, and stays.
#[expect(clippy::disallowed_methods, reason = "this room owns both folders")]
pub(super) fn clear(folder: &Path, keep: &[&str]) -> Result<(), PublishError> {
    for entry in fs::read_dir(folder).reading(folder)? {
        let entry = entry.reading(folder)?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let ours = Path::new(&name).extension().is_some_and(|extension| extension == "pdf" || extension == "html")
            || [super::manifest::FIGURES, FINDINGS, super::manifest::SUPPRESSION].contains(&name.as_str())
            || write::is_beside(&name);
        if ours && !keep.contains(&name.as_str()) {
            fs::remove_file(entry.path()).writing(&entry.path())?;
        }
    }
    Ok(())
}
