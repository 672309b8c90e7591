//! The reasons for held packs, kept in a storage as they are in the folder of held packs:
//! what is there and stands no more goes away.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::RunError;
use super::uploads::{are_apart, open};
use crate::config::Config;
use crate::digest::sha256;
use crate::domain::Edition;
use crate::publish::manifest::FINDINGS;
use crate::publish::{self, PublishedFolder};
use crate::storage::{Got, PutMode, Storage, StorageError, below};

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
        let opened = are_apart(config).and_then(|()| open(config, &place.storage));
        let brought = match opened {
            Ok(storage) => {
                let council = config.service.council.name.as_str();
                self.make_same(&storage, (&place.folder, council), &wanted).await
            }
            Err(error) => Err(error),
        };
        self.next_at = brought.is_err().then_some(now + AGAIN);
        brought.map_err(RunError::Storage)
    }

    async fn make_same(
        &mut self,
        storage: &Storage,
        (folder, council): (&str, &str),
        wanted: &BTreeMap<String, Vec<u8>>,
    ) -> Result<(), StorageError> {
        let index = below(folder, INDEX);
        let mut known = match self.known.take() {
            Some(known) => known,
            None => indexed(storage, &index, council).await?,
        };
        let digests = wanted.iter().map(|(name, bytes)| (name, sha256(bytes)));
        let news: Vec<(&String, String)> = digests.filter(|(name, digest)| known.get(*name) != Some(digest)).collect();
        let over: Vec<String> = known.keys().filter(|name| !wanted.contains_key(*name)).cloned().collect();
        if !news.is_empty() || !over.is_empty() {
            // First that they are ours: what is not in the list is never taken away.
            let of_news = news.iter().map(|(name, _)| ((*name).clone(), String::new()));
            let all = known.clone().into_iter().chain(of_news).collect();
            write_index(storage, &index, council, &all).await?;
            for (name, digest) in news {
                storage.put(name, wanted.get(name).map_or(&[], Vec::as_slice), PutMode::Replace).await?;
                known.insert(name.clone(), digest);
            }
            for name in over {
                storage.remove(&name).await?;
                known.remove(&name);
            }
            write_index(storage, &index, council, &known).await?;
        }
        // Where anything failed it is looked again what is there.
        self.known = Some(known);
        Ok(())
    }
}

/// The list of what was put there, in the folder itself: whatever else lies there is somebody
/// else's.
const INDEX: &str = ".boardpack-held.json";

/// What the list says.
#[derive(serde::Serialize, serde::Deserialize)]
struct HeldIndex {
    council: String,
    /// Digests of the files by name; none of one that was about to be put.
    files: BTreeMap<String, String>,
}

/// What the list has, where it is this council's.
async fn indexed(storage: &Storage, index: &str, council: &str) -> Result<BTreeMap<String, String>, StorageError> {
    let Got::Found(found) = storage.get(index, None).await? else { return Ok(BTreeMap::new()) };
    let read = found.bytes().ok().and_then(|bytes| serde_json::from_slice::<HeldIndex>(&bytes).ok());
    match read {
        Some(read) if read.council == council => Ok(read.files),
        // A list that cannot be read names nothing, and nothing is taken away.
        None => Ok(BTreeMap::new()),
        Some(read) => Err(StorageError::Setting {
            place: storage.place(),
            why: format!("`upload_held` is a folder where {} puts its own", read.council),
            hint: "give each council a folder of its own",
        }),
    }
}

async fn write_index(
    storage: &Storage,
    index: &str,
    council: &str,
    files: &BTreeMap<String, String>,
) -> Result<(), StorageError> {
    let list = HeldIndex { council: council.to_owned(), files: files.clone() };
    let text = serde_json::to_vec_pretty(&list).unwrap_or_default();
    storage.put(index, &text, PutMode::Replace).await.map(drop)
}

/// The notices that stand, file by file, by their names in the storage.
#[expect(clippy::disallowed_methods, reason = "what stands in the folder of held packs is put into a storage")]
fn notices(config: &Config, folder: &str) -> Result<BTreeMap<String, Vec<u8>>, RunError> {
    let mut files = BTreeMap::new();
    let service = &config.service;
    let (published, held) = (config.path(&service.publish_path), config.path(&service.held_path));
    // The folder alone: what was published, and is remembered, is of no account here.
    for (key, pdf) in PublishedFolder::open(published, held, Edition::Public)?.notices()? {
        let pack = publish::below(&key);
        let findings = pdf.with_file_name(FINDINGS);
        for path in [pdf, findings] {
            // One that goes away just now is gone at the next round.
            if let (Ok(bytes), Some(name)) = (std::fs::read(&path), path.file_name()) {
                let name = pack.join(name).to_string_lossy().replace('\\', "/");
                files.insert(below(folder, &name), bytes);
            }
        }
    }
    Ok(files)
}
