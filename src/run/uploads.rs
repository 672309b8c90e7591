//! Puts what was issued into the storages where readers have it: each revision until it
//! stands there. What cannot be put there keeps no pack from being made.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::deliver::Tries;
use super::folders::{self, PublishedFolders};
use super::{RunError, chain};
use crate::config::{Config, UploadPlace};
use crate::domain::{Edition, PackKey};
use crate::ledger::{self, Ledger, PendingUpload, RevisionKey};
use crate::publish::{PublishError, UploadError, UploadFolder, upload_place};
use crate::storage::{self, FetchLimits, Storage, StorageError};

/// The largest file that is read back, in bytes: many times what agenda software takes.
const LIMITS: FetchLimits = FetchLimits { max_bytes: 1 << 28 };

/// How often a storage that fails is asked in one look.
const MOST_FAILURES: usize = 3;

/// What came of a round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UploadRound {
    /// Revisions that stand there now, each with the folder.
    pub uploaded: Vec<(RevisionKey, String)>,
    /// Revisions that do not, each with why.
    pub failed: Vec<(RevisionKey, String)>,
    /// How many do not stand there, those that were not tried included.
    pub waiting: usize,
}

/// Whether packs are put anywhere.
pub fn is_wanted(config: &Config) -> bool {
    config.service.uploads.all().next().is_some()
}

/// Puts into their storages what is not there. None where nothing is to be put anywhere,
/// nothing was published yet, or another program does it.
pub async fn upload(config: &Config, now: DateTime<Utc>, tries: Tries) -> Result<Option<UploadRound>, RunError> {
    if !is_wanted(config) {
        return Ok(None);
    }
    let Some(ledger) = folders::existing_ledger(config)? else { return Ok(None) };
    let Some(_turn) = ledger.take_uploads()? else { return Ok(None) };
    are_apart(config).map_err(RunError::Storage)?;
    let mut round = UploadRound::default();
    for (edition, place) in config.service.uploads.all() {
        let to = Destination { config, ledger: &ledger, edition, place, now };
        to.bring(tries, &mut round).await?;
    }
    Ok(Some(round))
}

/// Refuses places of which one lies in another, as far as their addresses say: what one holds
/// is not for whoever reads the other.
pub(super) fn are_apart(config: &Config) -> Result<(), StorageError> {
    let mut known: Vec<(&str, String)> = Vec::new();
    for (key, declared) in config.service.uploads.named() {
        let place = plain_place(&place_of(config, declared)?);
        let within = |inner: &str, outer: &str| inner.starts_with(outer);
        if let Some((other, _)) = known.iter().find(|(_, other)| within(&place, other) || within(other, &place)) {
            return Err(StorageError::Setting {
                place: storage::declared(config, &declared.storage)?.place(&config.dir),
                why: format!("`{key}` and `{other}` under [publish] lie in one another"),
                hint: "give each a folder of its own: what one holds is not for whoever reads the other",
            });
        }
        known.push((key, place));
    }
    Ok(())
}

/// A place as another spelling of it reads too: servers of files mostly take no notice of case.
fn plain_place(place: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(place).decode_utf8_lossy().to_lowercase();
    let loopback = decoded.replace("://localhost", "://127.0.0.1").replace("://[::1]", "://127.0.0.1");
    format!("{}/", loopback.trim_end_matches('/'))
}

/// The places of editions, as far as they can be said; without credentials.
pub(super) fn places(config: &Config) -> BTreeMap<Edition, String> {
    let of = |(edition, place): (Edition, &UploadPlace)| Some((edition, place_of(config, place).ok()?));
    config.service.uploads.all().filter_map(of).collect()
}

/// Revisions that do not stand where their readers have them.
pub fn pending(config: &Config) -> Result<Vec<PendingUpload>, RunError> {
    let Some(ledger) = folders::existing_ledger(config)? else { return Ok(Vec::new()) };
    pending_of(config, &ledger)
}

/// The same as a ledger has it.
pub(super) fn pending_of(config: &Config, ledger: &Ledger) -> Result<Vec<PendingUpload>, RunError> {
    let mut pending = Vec::new();
    for (edition, place) in places(config) {
        pending.extend(ledger.pending_uploads(&place, edition)?);
    }
    Ok(pending)
}

/// What a look at the storages found.
#[derive(Debug, Default)]
pub(super) struct UploadAudit {
    /// How many revisions were looked at.
    pub(super) revisions: usize,
    /// What is not as it was put there, each with its revision.
    pub(super) breaches: Vec<(RevisionKey, String)>,
    /// What could not be looked at, and why.
    pub(super) unread: Vec<String>,
}

/// Holds what stands in the storages against what was put there. A storage that fails keeps
/// nothing else from being looked at.
pub(super) async fn audit(config: &Config) -> Result<UploadAudit, RunError> {
    let mut audit = UploadAudit::default();
    if !is_wanted(config) {
        return Ok(audit);
    }
    let ledger = match folders::existing_ledger(config) {
        Ok(Some(ledger)) => ledger,
        Ok(None) => return Ok(audit),
        // The folder proves itself without it; what was put elsewhere does not.
        Err(error) => {
            audit.unread.push(chain(&error));
            return Ok(audit);
        }
    };
    for (edition, place) in config.service.uploads.all() {
        match open(config, &place.storage) {
            Ok(storage) => {
                let folder = UploadFolder { storage: &storage, folder: &place.folder };
                let at = place_of(config, place).map_err(RunError::Storage)?;
                audit.look_at((folder, &at), edition, &ledger).await?;
            }
            Err(error) => audit.unread.push(chain(&error)),
        }
    }
    Ok(audit)
}

impl UploadAudit {
    /// Looks at one place.
    async fn look_at(
        &mut self,
        (folder, place): (UploadFolder<'_>, &str),
        edition: Edition,
        ledger: &Ledger,
    ) -> Result<(), RunError> {
        let mut known: BTreeMap<PackKey, Vec<u32>> = BTreeMap::new();
        let mut failures = 0;
        for (of, files) in ledger.uploads(place)?.into_iter().filter(|(of, _)| of.edition == edition) {
            known.entry(of.key.clone()).or_default().push(of.revision);
            // A server that is away is asked no more than a few times.
            if failures == MOST_FAILURES {
                continue;
            }
            let below = format!("{}/{}/r{}", of.key.period, of.key.board, of.revision);
            match folder.breaches(&below, &files).await {
                Ok(found) => {
                    self.revisions += 1;
                    self.breaches.extend(found.into_iter().map(|breach| (of.clone(), breach)));
                }
                Err(error) => {
                    failures += 1;
                    self.unread.push(chain(&error));
                }
            }
        }
        for pending in ledger.pending_uploads(place, edition)? {
            known.entry(pending.of.key.clone()).or_default().push(pending.of.revision);
            let why = if pending.error.is_empty() { String::new() } else { format!(": {}", pending.error) };
            self.breaches.push((pending.of, format!("it does not stand yet where its readers have it{why}")));
        }
        for (key, revisions) in known.into_iter().filter(|_| failures < MOST_FAILURES) {
            match folder.strangers(&format!("{}/{}", key.period, key.board), &revisions).await {
                Ok(found) => {
                    let of = RevisionKey { key, edition, revision: 0 };
                    self.breaches.extend(found.into_iter().map(|breach| (of.clone(), breach)));
                }
                Err(error) => {
                    self.unread.push(chain(&error));
                    break;
                }
            }
        }
        Ok(())
    }
}

/// Where packs are put, for people and for the ledger; without credentials.
pub(super) fn place_of(config: &Config, place: &UploadPlace) -> Result<String, StorageError> {
    Ok(upload_place(&storage::declared(config, &place.storage)?.place(&config.dir), &place.folder))
}

/// The storage of that name.
pub(super) fn open(config: &Config, name: &str) -> Result<Storage, StorageError> {
    storage::declared(config, name)?.open(&config.dir, LIMITS)
}

/// Where an edition is put.
#[derive(Clone, Copy)]
struct Destination<'c> {
    config: &'c Config,
    ledger: &'c Ledger,
    edition: Edition,
    place: &'c UploadPlace,
    now: DateTime<Utc>,
}

impl Destination<'_> {
    /// Brings there what is due to be tried. Where two in a row find no storage, no other is
    /// tried in the same round: one may have failed for a reason of its own.
    async fn bring(self, tries: Tries, round: &mut UploadRound) -> Result<(), RunError> {
        let place = place_of(self.config, self.place).map_err(RunError::Storage)?;
        let at = ledger::text(self.now);
        let mut pending = self.ledger.pending_uploads(&place, self.edition)?;
        round.waiting += pending.len();
        pending.retain(|upload| tries == Tries::Now || upload.next_at <= at);
        // Most rings find nothing to put, and prepare nothing.
        if pending.is_empty() {
            return Ok(());
        }
        let storage = open(self.config, &self.place.storage).map_err(RunError::Storage)?;
        let to = UploadFolder { storage: &storage, folder: &self.place.folder };
        let folders = PublishedFolders::open(self.config)?;
        let Some(folder) = folders.of(self.edition) else { return Ok(()) };
        let mut in_a_row = 0;
        for upload in pending {
            if in_a_row == 2 {
                break;
            }
            let of = upload.of;
            let result = match folder.published(&of.key, of.revision) {
                Ok(Some(publication)) => to.upload(&publication).await,
                Ok(None) => Err(UploadError::Published(PublishError::NoRevision { path: folder.root().to_owned() })),
                Err(error) => Err(UploadError::Published(error)),
            };
            match result {
                Ok(files) => {
                    in_a_row = 0;
                    self.ledger.uploaded(&of, &place, files, &at)?;
                    round.waiting -= 1;
                    round.uploaded.push((of, place.clone()));
                }
                Err(error) => {
                    in_a_row = if error.is_of_storage() { in_a_row + 1 } else { 0 };
                    let words = chain(&error);
                    let next_at = ledger::text(self.now + wait(upload.tries, self.config));
                    self.ledger.not_uploaded(&of, &place, (&words, &next_at), &at)?;
                    round.failed.push((of, words));
                }
            }
        }
        if let Some(weakness) = storage.weakness() {
            tracing::warn!(place, weakness, "packs are put where this is so");
        }
        Ok(())
    }
}

/// How long what failed is left alone: a minute, two, four, and no longer than a held pack.
fn wait(tries: u32, config: &Config) -> TimeDelta {
    let minutes = 1_i64.checked_shl(tries.min(16)).unwrap_or(i64::MAX);
    TimeDelta::minutes(minutes.min(i64::from(config.service.schedule.retry_minutes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_in_several_spellings_is_one() {
        let plain = "https://cloud.example/kpi/scorecards/";
        for place in [
            "https://cloud.example/kpi/Scorecards",
            "https://cloud.example/kpi/Scorecards/",
            "https://CLOUD.example/kpi/%53corecards",
        ] {
            assert_eq!(plain_place(place), plain, "{place}");
        }
        assert_eq!(plain_place("http://localhost:81/a"), plain_place("http://127.0.0.1:81/a"));
        assert_ne!(plain_place("https://cloud.example/kpi/Scorecards2"), plain);
    }
}
