//! The reasons for held packs, kept in a storage as they are in the folder of held packs:
//! what is there and stands no more goes away.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::RunError;
use super::folders::PublishedFolders;
use super::uploads::open;
use crate::config::Config;
use crate::digest::sha256;
use crate::domain::{BoardId, Period};
use crate::publish::below;
use crate::publish::manifest::FINDINGS;
use crate::storage::{Got, PutMode, Storage, StorageError};

/// How long a storage that failed is left alone.
const AGAIN: TimeDelta = TimeDelta::minutes(10);

/// What is known of the storage from one round to the next.
#[derive(Debug, Default)]
pub struct HeldCopies {
    /// Digests of the files by name; none before the storage was looked at.
    known: Option<BTreeMap<String, String>>,
    /// Not before.
    next_at: Option<DateTime<Utc>>,
}

impl HeldCopies {
    /// Makes the storage hold what the folder of held packs does.
    pub async fn bring(&mut self, config: &Config, now: DateTime<Utc>) -> Result<(), RunError> {
        let Some(place) = &config.service.uploads.held else { return Ok(()) };
        if self.next_at.is_some_and(|next| now < next) {
            return Ok(());
        }
        let wanted = notices(config, &place.folder)?;
        let brought = match open(config, place) {
            Ok(storage) => self.make_same(&storage, &place.folder, &wanted).await,
            Err(error) => Err(error),
        };
        self.next_at = brought.is_err().then_some(now + AGAIN);
        brought.map_err(RunError::Storage)
    }

    async fn make_same(
        &mut self,
        storage: &Storage,
        folder: &str,
        wanted: &BTreeMap<String, Vec<u8>>,
    ) -> Result<(), StorageError> {
        let mut known = match self.known.take() {
            Some(known) => known,
            None => there(storage, folder).await?,
        };
        for (name, bytes) in wanted {
            let digest = sha256(bytes);
            if known.get(name) != Some(&digest) {
                storage.put(name, bytes, PutMode::Replace).await?;
                known.insert(name.clone(), digest);
            }
        }
        let over: Vec<String> = known.keys().filter(|name| !wanted.contains_key(*name)).cloned().collect();
        for name in over {
            storage.remove(&name).await?;
            known.remove(&name);
        }
        // Where anything failed it is looked again what is there.
        self.known = Some(known);
        Ok(())
    }
}

/// The notices that stand, file by file, by their names in the storage.
#[expect(clippy::disallowed_methods, reason = "what stands in the folder of held packs is put into a storage")]
fn notices(config: &Config, folder: &str) -> Result<BTreeMap<String, Vec<u8>>, RunError> {
    let mut files = BTreeMap::new();
    for (key, pdf) in PublishedFolders::open(config)?.public().notices()? {
        let below = below(&key);
        let findings = pdf.with_file_name(FINDINGS);
        for path in [pdf, findings] {
            // One that goes away just now is gone at the next round.
            if let (Ok(bytes), Some(name)) = (std::fs::read(&path), path.file_name()) {
                let name = below.join(name).to_string_lossy().replace('\\', "/");
                files.insert(if folder.is_empty() { name } else { format!("{folder}/{name}") }, bytes);
            }
        }
    }
    Ok(files)
}

/// What is in the storage of notices: files below a month and a board. Anything else there is
/// somebody's own.
async fn there(storage: &Storage, folder: &str) -> Result<BTreeMap<String, String>, StorageError> {
    let mut files = BTreeMap::new();
    for month in storage.list(folder).await?.unwrap_or_default() {
        if !month.is_folder || month.file_name().parse::<Period>().is_err() {
            continue;
        }
        for board in storage.list(&month.name).await?.unwrap_or_default() {
            if !board.is_folder || BoardId::parse(board.file_name()).is_err() {
                continue;
            }
            for file in storage.list(&board.name).await?.unwrap_or_default() {
                let is_ours = file.file_name() == FINDINGS || file.file_name().to_ascii_lowercase().ends_with(".pdf");
                if !file.is_folder && is_ours {
                    let digest = match storage.get(&file.name, None).await? {
                        Got::Found(found) => found.content.sha256().to_owned(),
                        _ => String::new(),
                    };
                    files.insert(file.name, digest);
                }
            }
        }
    }
    Ok(files)
}
