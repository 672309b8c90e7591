//! Whether each storage can be used: read from, and written to where packs go. Nothing that
//! is there is changed: a file of a few bytes is written and taken away again.

use chrono::{DateTime, TimeDelta, Utc};

use super::chain;
use super::uploads::{are_apart, open};
use crate::config::{Config, DeclaredStorage, UploadPlace};
use crate::domain::Period;
use crate::publish::UploadFolder;
use crate::source::expand;
use crate::storage::{CredentialEnd, Got, PutMode, Storage, StorageError, StorageSettings, StoredFile};
use crate::words;

/// How long before something that signs in ends its council is told.
pub const WARNED_BEFORE: TimeDelta = TimeDelta::days(30);

/// The file that is written and taken away again.
const TRIAL: &str = ".boardpack-check";

/// What was found of one storage.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct StorageTrial {
    /// Its name in the config.
    pub name: String,
    /// Its kind.
    pub kind: &'static str,
    /// Where it is, without credentials.
    pub place: String,
    /// What was tried, and what came of it.
    pub tries: Vec<StorageTry>,
    /// What it was found to lack, and how that is worked around.
    pub weakness: Option<String>,
    /// What signs in to it and ends soon, or has ended.
    pub ends: Vec<String>,
}

/// One thing that was tried.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct StorageTry {
    /// "lists", "reads", "writes".
    pub what: &'static str,
    /// Whether it can be done.
    pub is_well: bool,
    /// What was seen, or why not and what to do.
    pub words: String,
}

impl StorageTrial {
    /// Whether all that was tried can be done.
    pub fn is_well(&self) -> bool {
        self.tries.iter().all(|one| one.is_well)
    }

    /// What needs a hand, a sentence each.
    pub fn troubles(&self) -> Vec<String> {
        let failed = self.tries.iter().filter(|one| !one.is_well);
        let failed = failed.map(|one| format!("The storage \"{}\": {}", self.name, one.words));
        let ends = self.ends.iter().map(|ends| format!("The storage \"{}\": {ends}", self.name));
        failed.chain(ends).collect()
    }
}

/// Tries every storage that is declared, one after the other.
pub async fn try_all(config: &Config, period: Period, now: DateTime<Utc>) -> Vec<StorageTrial> {
    let mut trials = Vec::new();
    for (name, declared) in &config.service.storages {
        trials.push(try_one(config, (name, declared), period, now).await);
    }
    trials
}

async fn try_one(
    config: &Config,
    (name, declared): (&str, &DeclaredStorage),
    period: Period,
    now: DateTime<Utc>,
) -> StorageTrial {
    let place = UploadPlace { storage: name.to_owned(), folder: String::new() };
    let mut trial = StorageTrial {
        name: name.to_owned(),
        kind: declared.kind.name,
        place: String::new(),
        tries: Vec::new(),
        weakness: None,
        ends: ends_of(config, declared, now).await,
    };
    let storage = match open(config, &place) {
        Ok(storage) => storage,
        Err(error) => {
            trial.tries.push(StorageTry { what: "opens", is_well: false, words: chain(&error) });
            return trial;
        }
    };
    trial.place = storage.place();
    if declared.kind.no_patterns.is_none() {
        trial.tries.push(list(&storage).await);
    }
    let source = config.sources.values().find(|source| source.storage == name);
    if let Some(source) = source {
        trial.tries.push(read(&storage, &expand(&source.files, period), declared.kind.no_patterns.is_none()).await);
    }
    for (key, place) in config.service.uploads.named().filter(|(_, place)| place.storage == name) {
        trial.tries.push(write(config, &storage, (key, place)).await);
    }
    trial.weakness = storage.weakness();
    trial
}

async fn list(storage: &Storage) -> StorageTry {
    let (is_well, words) = match storage.list("").await {
        Ok(Some(entries)) => (true, words::count(entries.len(), "name is there", "names are there")),
        Ok(None) => (false, format!("failed to find {} (hint: is its path or address right?)", storage.place())),
        Err(error) => (false, chain(&error)),
    };
    StorageTry { what: "lists", is_well, words }
}

/// Reads the file of a source as it would be looked for; that it is not there yet is no fault.
async fn read(storage: &Storage, file: &str, can_list: bool) -> StorageTry {
    let (is_well, words) = match storage.get(file, None).await {
        Ok(Got::Found(found)) if is_page(&found) => (
            false,
            format!(
                "{} is a page of the web and no workbook (hint: a page to sign in? Is the address right?)",
                found.name
            ),
        ),
        Ok(Got::Found(found)) => (true, format!("{}, {} bytes", found.name, found.content.len())),
        Ok(Got::Missing { .. }) if !can_list => {
            (true, format!("{file} is not there yet; or `url` is wrong, which this server does not tell"))
        }
        Ok(Got::Missing { .. }) => (true, format!("{file} is not there yet")),
        Ok(Got::Ambiguous { .. }) => (true, format!("several files are {file}")),
        Ok(Got::TooLarge { name, .. }) => (true, format!("{name} is too large")),
        Ok(Got::Locked { name, reason }) => (false, format!("{name} cannot be opened: {reason}")),
        Ok(_) => (true, format!("{file} is there")),
        Err(error) => (false, chain(&error)),
    };
    StorageTry { what: "reads", is_well, words }
}

/// Whether a file is a page of the web, such as one that asks to sign in.
fn is_page(file: &StoredFile) -> bool {
    let bytes = file.bytes().unwrap_or_default();
    let begin = String::from_utf8_lossy(bytes.get(..200).unwrap_or(&bytes)).trim_start().to_ascii_lowercase();
    begin.starts_with("<!doctype html") || begin.starts_with("<html")
}

/// Writes a file where packs go, looks whether another of the places has it too, and takes it
/// away: two names may be one folder to the server.
async fn write(config: &Config, storage: &Storage, (key, place): (&str, &UploadPlace)) -> StorageTry {
    let below = |folder: &str| match folder {
        "" => format!("{TRIAL}-{key}"),
        folder => format!("{folder}/{TRIAL}-{key}"),
    };
    let name = below(&place.folder);
    let tried = async {
        are_apart(config)?;
        // As packs are: what stands is kept, and there may be one of an earlier try.
        storage.put(&name, b"boardpack tries whether it may write here\n", PutMode::Create).await?;
        let mut others = Vec::new();
        for (other_key, other) in config.service.uploads.named().filter(|(other, _)| *other != key) {
            let there = open(config, other)?;
            if there.head(&below(&other.folder)).await?.is_some() {
                others.push(other_key);
            }
        }
        storage.remove(&name).await?;
        Ok::<_, StorageError>(others)
    };
    let place = UploadFolder { storage, folder: &place.folder }.place();
    let (is_well, words) = match tried.await {
        Ok(others) if others.is_empty() => {
            (true, format!("a file was written to {place} and taken away again: `{key}` can go there"))
        }
        Ok(others) => (
            false,
            format!(
                "what is written to {place} for `{key}` is in the folder of `{}` too (hint: give each a folder of its own)",
                others.join("`, `")
            ),
        ),
        Err(error) => (false, format!("`{key}`: {}", chain(&error))),
    };
    StorageTry { what: "writes", is_well, words }
}

/// What signs in to a storage and ends soon, in words.
async fn ends_of(config: &Config, declared: &DeclaredStorage, now: DateTime<Utc>) -> Vec<String> {
    ending(config, declared, now).await.iter().map(|end| words_of(end, now)).collect()
}

/// What signs in to a storage and ends within thirty days, or has ended.
pub(super) async fn ending(config: &Config, declared: &DeclaredStorage, now: DateTime<Utc>) -> Vec<CredentialEnd> {
    let Some(settings) = declared.settings::<StorageSettings>() else { return Vec::new() };
    let mut ends = settings.ends(&config.dir).await;
    ends.retain(|end| end.at - now < WARNED_BEFORE);
    ends.sort();
    ends
}

/// "the client secret ends on 3 December 2026".
pub(super) fn words_of(end: &CredentialEnd, now: DateTime<Utc>) -> String {
    let day = words::date(crate::clock::london_today(end.at));
    match end.at <= now {
        true => format!("{} ended on {day}: put a new one in its place", end.what),
        false => format!("{} ends on {day}: put a new one in its place before", end.what),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_ended_is_told_otherwise_than_what_will() {
        let now: DateTime<Utc> = "2026-11-10T06:00:00Z".parse().unwrap();
        let end = |at: &str| CredentialEnd { at: at.parse().unwrap(), what: "the client secret".to_owned() };
        for (at, expected) in [
            ("2026-11-10T06:00:00Z", "the client secret ended on 10 November 2026: put a new one in its place"),
            ("2026-11-10T06:00:01Z", "the client secret ends on 10 November 2026: put a new one in its place before"),
            ("2026-12-01T00:00:00Z", "the client secret ends on 1 December 2026: put a new one in its place before"),
        ] {
            assert_eq!(words_of(&end(at), now), expected);
        }
    }
}
