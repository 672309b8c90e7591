//! The ledger held against the published folders, copied, and made anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::folders::{PublishedFolders, existing_ledger, ledger_place};
use super::{RunError, share};
use crate::config::Config;
use crate::domain::{BoardId, Edition, PackKey};
use crate::ledger::{self, Ledger, LedgerAudit, LedgerError, LedgerFault, LedgerPlace, MissedPack};
use crate::schedule::due::fate::FallenDue;

/// Who asks for something to be noted, and when.
#[derive(Debug, Clone, Default)]
pub struct Asker {
    /// "daemon", or the name of the account.
    pub by: String,
    /// The instant.
    pub now: chrono::DateTime<chrono::Utc>,
}

/// Makes the ledger where packs stand and there is none, as after an upgrade: until then each
/// look would read every one of them.
pub fn prepare(config: &Config, asker: &Asker) -> Result<(), RunError> {
    let is_there = |path: &Path| path.try_exists().is_ok_and(|there| there);
    if !is_there(&config.path(&config.service.publish_path)) {
        return Ok(());
    }
    match ledger_place(config) {
        LedgerPlace::File(path) if is_there(&path) => Ok(()),
        LedgerPlace::File(_) | LedgerPlace::Memory => PublishedFolders::open_for_run(config, &asker.by).map(drop),
        place @ LedgerPlace::Server(_) => {
            let ledger = Ledger::open(place, &config.service.council.name)?;
            if !ledger.is_new()? {
                return Ok(());
            }
            // What others are making is theirs.
            PublishedFolders::open_under_locks(config, ledger, &asker.by, &|_| false).map(drop)
        }
    }
}

/// Notes packs that were missed, each once.
pub fn note_missed(config: &Config, missed: &[FallenDue], asker: &Asker) -> Result<(), RunError> {
    if missed.is_empty() {
        return Ok(());
    }
    let edition = |fallen: &FallenDue| config.board(&fallen.key.board)?.editions.first().copied();
    let of = |fallen: &FallenDue| {
        let edition = edition(fallen).unwrap_or(Edition::Public);
        MissedPack { key: fallen.key.clone(), edition, since: fallen.since }
    };
    let ledger = Ledger::open(ledger_place(config), &config.service.council.name)?;
    Ok(ledger.note_missed(missed.iter().map(of).collect(), &asker.by, &ledger::text(asker.now))?)
}

/// When the first revision of each pack was issued; of none where there is no ledger.
pub fn first_issued(config: &Config) -> Result<BTreeMap<PackKey, DateTime<Utc>>, RunError> {
    existing_ledger(config)?.map_or_else(|| Ok(BTreeMap::new()), |ledger| Ok(ledger.first_issued()?))
}

/// Holds the ledger and the folders against each other. A run meanwhile is no fault:
/// what differs is looked at twice.
pub fn check(config: &Config) -> Result<LedgerAudit, RunError> {
    let compared = || -> Result<LedgerAudit, RunError> {
        let ledger = of(config)?;
        Ok(ledger.compare(&PublishedFolders::unremembered(config)?.all())?)
    };
    let first = compared()?;
    if first.faults.is_empty() {
        return Ok(first);
    }
    let mut again = compared()?;
    let is_lasting = |fault: &LedgerFault| first.faults.contains(fault);
    again.faults.retain(is_lasting);
    Ok(again)
}

/// Writes a copy of the ledger.
pub fn backup(config: &Config, to: &Path) -> Result<(), RunError> {
    Ok(of(config)?.backup(to)?)
}

/// Makes the ledger anew from the folders, and gives the place of the one before; none
/// where it is mended in its place.
pub fn rebuild(config: &Config, asker: &Asker) -> Result<Option<PathBuf>, RunError> {
    let (place, council) = (ledger_place(config), config.service.council.name.as_str());
    let folders = PublishedFolders::unremembered(config)?;
    let at = ledger::text(asker.now);
    if place.is_shared() {
        let boards: Vec<BoardId> = config.boards.iter().map(|board| board.id.clone()).collect();
        let (ledger, _) = share::locked(config, &boards)?;
        return Ok(Ledger::rebuild(Some(ledger), (&place, council), &folders.all(), (&asker.by, &at))?);
    }
    is_there(&place)?;
    let _locks = folders.lock(config)?;
    let old = match Ledger::open(&place, council) {
        Ok(old) => Some(old),
        Err(error @ (LedgerError::Damaged { .. } | LedgerError::OtherSchema { .. })) => {
            tracing::warn!(error = super::chain(&error), "the ledger is made anew without what the one before knew");
            None
        }
        Err(error) => return Err(error.into()),
    };
    Ok(Ledger::rebuild(old, (&place, council), &folders.all(), (&asker.by, &at))?)
}

/// Notes why revisions of a pack are gone from the folder, and gives their numbers.
pub fn accept_loss(
    config: &Config,
    (key, edition): (&PackKey, Edition),
    because: &str,
    asker: &Asker,
) -> Result<Vec<u32>, RunError> {
    let (folders, _locks) = PublishedFolders::open_to_mend(config, &key.board, &asker.by)?;
    let Some(folder) = folders.of(edition) else { return Ok(Vec::new()) };
    let gone = folder.not_whole(key)?;
    if !gone.is_empty() {
        let at = ledger::text(asker.now);
        folders.ledger().accept_loss((key, edition), gone.clone(), because, (&asker.by, &at))?;
    }
    Ok(gone)
}

/// Where the ledger lies, as it may be shown.
pub fn place(config: &Config, shown: &dyn Fn(&Path) -> String) -> String {
    match ledger_place(config) {
        LedgerPlace::File(path) => shown(&path),
        place => format!("{place}, at a secret address"),
    }
}

/// The ledger that there is.
fn of(config: &Config) -> Result<Ledger, LedgerError> {
    existing_ledger(config)?.ok_or_else(|| none(&ledger_place(config)))
}

/// Refuses where there is no ledger.
fn is_there(place: &LedgerPlace) -> Result<(), LedgerError> {
    match place {
        LedgerPlace::File(path) => match path.try_exists() {
            Ok(true) => Ok(()),
            Ok(false) => Err(none(place)),
            Err(source) => Err(LedgerError::File { path: path.clone(), source }),
        },
        LedgerPlace::Memory | LedgerPlace::Server(_) => Ok(()),
    }
}

fn none(place: &LedgerPlace) -> LedgerError {
    LedgerError::None { path: PathBuf::from(place.to_string()) }
}
