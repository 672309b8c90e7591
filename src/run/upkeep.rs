//! The ledger held against the published folders, copied, and made anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::RunError;
use super::folders::{PublishedFolders, ledger_path};
use crate::config::Config;
use crate::domain::{Edition, PackKey};
use crate::ledger::{self, Ledger, LedgerAudit, LedgerError, LedgerFault, MissedPack};
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
    let folder = config.path(&config.service.publish_path);
    if is_there(&ledger_path(config)) || !is_there(&folder) {
        return Ok(());
    }
    PublishedFolders::open_for_run(config, &asker.by).map(drop)
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
    let ledger = Ledger::open(&ledger_path(config), &config.service.council.name)?;
    Ok(ledger.note_missed(missed.iter().map(of).collect(), &asker.by, &ledger::text(asker.now))?)
}

/// When the first revision of each pack was issued; of none where there is no ledger.
pub fn first_issued(config: &Config) -> Result<BTreeMap<PackKey, DateTime<Utc>>, RunError> {
    match path_of(config) {
        Ok(path) => Ok(Ledger::open(&path, &config.service.council.name)?.first_issued()?),
        Err(LedgerError::None { .. }) => Ok(BTreeMap::new()),
        Err(error) => Err(error.into()),
    }
}

/// Holds the ledger and the folders against each other. A run meanwhile is no fault:
/// what differs is looked at twice.
pub fn check(config: &Config) -> Result<LedgerAudit, RunError> {
    let compared = || -> Result<LedgerAudit, RunError> {
        let ledger = Ledger::open(&path_of(config)?, &config.service.council.name)?;
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
    let ledger = Ledger::open(&path_of(config)?, &config.service.council.name)?;
    Ok(ledger.backup(to)?)
}

/// Makes the ledger anew from the folders, and gives the place of the one before.
pub fn rebuild(config: &Config, asker: &Asker) -> Result<PathBuf, RunError> {
    let (path, council) = (path_of(config)?, config.service.council.name.as_str());
    let folders = PublishedFolders::unremembered(config)?;
    let _locks = folders.lock(config)?;
    let old = match Ledger::open(&path, council) {
        Ok(old) => Some(old),
        Err(error @ (LedgerError::Damaged { .. } | LedgerError::OtherSchema { .. })) => {
            tracing::warn!(error = super::chain(&error), "the ledger is made anew without what the one before knew");
            None
        }
        Err(error) => return Err(error.into()),
    };
    let at = ledger::text(asker.now);
    Ok(Ledger::rebuild(old, (&path, council), &folders.all(), (&asker.by, &at))?)
}

/// Notes why revisions of a pack are gone from the folder, and gives their numbers.
pub fn accept_loss(
    config: &Config,
    (key, edition): (&PackKey, Edition),
    because: &str,
    asker: &Asker,
) -> Result<Vec<u32>, RunError> {
    let (folders, _locks) = PublishedFolders::open_to_mend(config, &asker.by)?;
    let Some(folder) = folders.of(edition) else { return Ok(Vec::new()) };
    let gone = folder.not_whole(key)?;
    if !gone.is_empty() {
        let at = ledger::text(asker.now);
        folders.ledger().accept_loss((key, edition), gone.clone(), because, (&asker.by, &at))?;
    }
    Ok(gone)
}

/// The ledger's path, at which there is one.
fn path_of(config: &Config) -> Result<PathBuf, LedgerError> {
    let path = ledger_path(config);
    match path.try_exists() {
        Ok(true) => Ok(path),
        Ok(false) => Err(LedgerError::None { path }),
        Err(source) => Err(LedgerError::File { path, source }),
    }
}
