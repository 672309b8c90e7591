//! Which file a name or a pattern means, on any storage that can be listed.
//!
//! The declared name is walked part by part, so that what is missing is named
//! at the level where it is missing: the month's folder, or the file in it.

use std::sync::Arc;

use super::contract::{Backend, Entry, StorageFault};
use super::path::{self, below, is_glob, is_lock_or_hidden, matcher};
use super::{Got, newest, suggest};
use crate::domain::layout::Newest;
use crate::domain::signs::{is_unfit_name, on_one_line};

/// What is in a folder, as [`Backend::list`] has it, perhaps remembered.
pub(super) trait Listings {
    /// What lies in a folder; nothing where it is missing.
    async fn of(&self, folder: &str) -> Result<Arc<[Entry]>, StorageFault>;
}

/// The one name that a pattern means; else why there is none.
pub(super) async fn find(
    storage: &dyn Backend,
    listings: &impl Listings,
    parts: &[&str],
    rule: Option<Newest>,
) -> Result<Entry, StorageFault> {
    let mut at = vec![folder(String::new())];
    for (index, part) in parts.iter().enumerate() {
        let want_folder = index + 1 < parts.len();
        let mut next = Vec::new();
        for folder in &at {
            next.extend(matches(storage, listings, folder, (part, want_folder)).await?);
        }
        if next.is_empty() {
            let near = near(listings, &at, (part, want_folder)).await?;
            return Err(StorageFault::Answer(Got::Missing { near }));
        }
        next.sort_by(|a, b| a.name.cmp(&b.name));
        at = next;
    }
    if let Some(rule) = rule.filter(|_| at.len() > 1) {
        at = newest(storage, at, rule).await?;
    }
    match at.pop() {
        Some(one) if at.is_empty() => Ok(one),
        last => {
            let names = at.into_iter().chain(last).map(|entry| entry.name).collect();
            Err(StorageFault::Answer(Got::Ambiguous { names }))
        }
    }
}

/// Names like the first part of a whole name that is missing.
pub(super) async fn near_missing(listings: &impl Listings, parts: &[&str]) -> Result<Vec<String>, StorageFault> {
    let mut at = folder(String::new());
    for (index, part) in parts.iter().enumerate() {
        let want_folder = index + 1 < parts.len();
        let name = below(&at.name, part);
        let is_there = |entry: &Entry| entry.name == name && entry.is_folder == want_folder;
        if !listings.of(&at.name).await?.iter().any(is_there) {
            return near(listings, &[at], (part, want_folder)).await;
        }
        at = folder(name);
    }
    Ok(Vec::new())
}

/// Whether Office or LibreOffice has left beside a file that somebody has it open.
pub(super) async fn is_open(listings: &impl Listings, name: &str) -> Result<bool, StorageFault> {
    let (folder, file) = path::split(name);
    let locks = path::locks(file).map(|lock| below(folder, &lock));
    Ok(listings.of(folder).await?.iter().any(|entry| locks.contains(&entry.name)))
}

fn folder(name: String) -> Entry {
    Entry { name, is_folder: true, size: None, etag: None, modified: None }
}

/// What a part means in a folder.
async fn matches(
    storage: &dyn Backend,
    listings: &impl Listings,
    folder: &Entry,
    (part, want_folder): (&str, bool),
) -> Result<Vec<Entry>, StorageFault> {
    let Some(pattern) = matcher(part).filter(|_| is_glob(part)) else {
        let found = storage.head(&below(&folder.name, part)).await?;
        return Ok(found.filter(|entry| entry.is_folder == want_folder).into_iter().collect());
    };
    let mut found = Vec::new();
    for entry in listings.of(&folder.name).await?.iter() {
        let name = entry.file_name();
        // A pattern is matched by one line.
        let is_match = !is_lock_or_hidden(name) && pattern.is_match(name.replace(char::is_control, " "));
        if is_match && entry.is_folder == want_folder {
            if is_unfit_name(name) {
                return Err(StorageFault::Answer(Got::Unfit { name: on_one_line(&entry.name) }));
            }
            found.push(entry.clone());
        }
    }
    Ok(found)
}

/// The newest of several; more than one where the rule makes no difference.
async fn newest(storage: &dyn Backend, mut entries: Vec<Entry>, rule: Newest) -> Result<Vec<Entry>, StorageFault> {
    match rule {
        Newest::Name => {
            entries.sort_by(|a, b| newest::by_name(&a.name, &b.name));
            let last = entries.last().map(|entry| entry.name.clone()).unwrap_or_default();
            entries.retain(|entry| newest::by_name(&entry.name, &last).is_eq());
        }
        Newest::Modified => {
            for entry in entries.iter_mut().filter(|entry| entry.modified.is_none()) {
                entry.modified = storage.head(&entry.name).await?.and_then(|found| found.modified);
            }
            // Of one whose time is not known nobody can say whether it is the newest.
            if entries.iter().all(|entry| entry.modified.is_some()) {
                let last = entries.iter().map(|entry| entry.modified).max();
                entries.retain(|entry| Some(entry.modified) == last);
            }
        }
    }
    Ok(entries)
}

/// Names like a part that was not found, in the folders where it was looked for.
async fn near(
    listings: &impl Listings,
    folders: &[Entry],
    (part, want_folder): (&str, bool),
) -> Result<Vec<String>, StorageFault> {
    let mut names = Vec::new();
    for folder in folders {
        let entries = listings.of(&folder.name).await?;
        let alike =
            entries.iter().filter(|entry| entry.is_folder == want_folder && !is_lock_or_hidden(entry.file_name()));
        names.extend(alike.map(|entry| on_one_line(entry.file_name())));
    }
    names.sort();
    names.dedup();
    Ok(suggest::nearest(part, names))
}
