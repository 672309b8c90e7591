//! Whether each storage can be used: read from, and written to where packs go. Nothing that
//! is there is changed: a file of a few bytes is written and taken away again.

use chrono::{DateTime, TimeDelta, Utc};

use super::chain;
use super::uploads::{are_apart, open, place_of};
use crate::config::{Config, DeclaredStorage, UploadPlace};
use crate::domain::Period;
use crate::source::expand;
use crate::storage::{CredentialEnd, Got, PutMode, Storage, StorageError, StorageSettings, below};
use crate::words;
use crate::workbook::is_web_page;

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
        failed.map(|one| &one.words).chain(&self.ends).map(|words| trouble(&self.name, words)).collect()
    }
}

/// What needs a hand of a storage, in a sentence.
pub(super) fn trouble(name: &str, words: &str) -> String {
    format!("The storage \"{name}\": {words}")
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
    let mut trial = StorageTrial {
        name: name.to_owned(),
        kind: declared.kind.name,
        place: String::new(),
        tries: Vec::new(),
        weakness: None,
        ends: ending(config, declared, now).await,
    };
    let storage = match open(config, name) {
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
        Ok(None) => (false, StorageError::Absent { place: storage.place() }.to_string()),
        Err(error) => (false, chain(&error)),
    };
    StorageTry { what: "lists", is_well, words }
}

/// Reads the file of a source as it would be looked for; that it is not there yet is no fault.
async fn read(storage: &Storage, file: &str, can_list: bool) -> StorageTry {
    let (is_well, words) = match storage.get(file, None).await {
        Ok(Got::Found(found)) if found.bytes().is_ok_and(|bytes| is_web_page(&bytes)) => (
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

/// Writes a file where packs go, looks whether another of the places has it too, and takes it
/// away: two names may be one folder to the server.
async fn write(config: &Config, storage: &Storage, (key, place): (&str, &UploadPlace)) -> StorageTry {
    let file = format!("{TRIAL}-{key}");
    let name = below(&place.folder, &file);
    let tried = async {
        are_apart(config)?;
        let at = place_of(config, place)?;
        // As packs are: what stands is kept, and there may be one of an earlier try.
        storage.put(&name, b"boardpack tries whether it may write here\n", PutMode::Create).await?;
        let mut others = Vec::new();
        for (other_key, other) in config.service.uploads.named().filter(|(other, _)| *other != key) {
            let there = open(config, &other.storage)?;
            if there.head(&below(&other.folder, &file)).await?.is_some() {
                others.push(other_key);
            }
        }
        storage.remove(&name).await?;
        Ok::<_, StorageError>((at, others))
    };
    let (is_well, words) = match tried.await {
        Ok((at, others)) if others.is_empty() => {
            (true, format!("a file was written to {at} and taken away again: `{key}` can go there"))
        }
        Ok((at, others)) => (
            false,
            format!(
                "what is written to {at} for `{key}` is in the folder of `{}` too (hint: give each a folder of its own)",
                others.join("`, `")
            ),
        ),
        Err(error) => (false, format!("`{key}`: {}", chain(&error))),
    };
    StorageTry { what: "writes", is_well, words }
}

/// What signs in to storages and ends within thirty days, or has ended, in words: each with
/// the name of its storage.
pub(super) async fn all_ending(config: &Config, now: DateTime<Utc>) -> Vec<(&str, String)> {
    let mut all = Vec::new();
    for (name, declared) in &config.service.storages {
        all.extend(ending(config, declared, now).await.into_iter().map(|words| (name.as_str(), words)));
    }
    all
}

/// The same of one storage.
async fn ending(config: &Config, declared: &DeclaredStorage, now: DateTime<Utc>) -> Vec<String> {
    let Some(settings) = declared.settings::<StorageSettings>() else { return Vec::new() };
    let mut ends = settings.ends(&config.dir).await;
    ends.retain(|end| end.at - now < WARNED_BEFORE);
    ends.sort();
    ends.iter().map(|end| words_of(end, now)).collect()
}

/// "the client secret ends on 3 December 2026".
fn words_of(end: &CredentialEnd, now: DateTime<Utc>) -> String {
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
