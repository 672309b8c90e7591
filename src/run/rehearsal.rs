//! Packs that are worked out and not made: those that fall due soon, so that what would
//! hold them is known before the day, and those that are final, so that a source, a comment
//! or a setting that changed since is not silent. What comes of it is an event of the ledger.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::folders::{self, PublishedFolders};
use super::storages::{self, StorageTrial};
use super::upkeep::Asker;
use super::{
    ActivationRequest, Outcome, PackResult, Resources, RunError, RunMode, Silent, StopToken, activate, notices,
};
use crate::config::{Config, Loaded};
use crate::domain::{Code, Finding, PackKey, PackState};
use crate::ledger::{self, Ledger};
use crate::schedule::due::upcoming;
use crate::schedule::{MilestoneKind, upcoming_milestones};
use crate::typeset::Stationery;

/// A pack that falls due soon was worked out.
pub(super) const PREFLIGHT: &str = "preflight";
/// A final pack would be otherwise.
pub(super) const CHANGED: &str = "changed";

/// A storage that a pack needs needs a hand.
pub(super) const STORAGE: &str = "storage";

/// How far ahead the pack is looked for that needs a storage next.
const NEXT_WITHIN: TimeDelta = TimeDelta::days(100);

/// How often final packs are worked out again.
const EVERY: TimeDelta = TimeDelta::days(1);
/// How late a preflight is still one.
const LATE: TimeDelta = TimeDelta::days(1);

/// What is remembered from one rehearsal to the next.
#[derive(Debug, Clone, Default)]
pub struct RehearsalMemory {
    /// When final packs were worked out the last time.
    finals_at: Option<DateTime<Utc>>,
}

/// Works out what is to be worked out now, where somebody is to be told.
pub async fn rehearse(
    loaded: &Loaded,
    resources: &Resources,
    asker: Asker,
    memory: &mut RehearsalMemory,
) -> Result<(), RunError> {
    let (config, now) = (&loaded.config, asker.now);
    if !notices::is_wanted(config) {
        return Ok(());
    }
    let preflight = due_for_preflight(config, now)?;
    // A clock that was set back does not stop it for longer than that.
    let is_time = memory.finals_at.is_none_or(|last| now < last || now - last >= EVERY);
    let finals = if is_time { latest_finals(config)? } else { Vec::new() };
    let keys: Vec<PackKey> = preflight.iter().chain(&finals).cloned().collect();
    if !keys.is_empty() {
        let ledger = Ledger::open(folders::ledger_place(config), &config.service.council.name)?;
        // Made for each rehearsal: fonts take memory, and most rings have none.
        let stationery = Stationery::themed(Stationery::built_in(), &config.theme)?;
        let stop = StopToken::default();
        let request = ActivationRequest { keys, mode: RunMode::Rehearse, new_look: false, stop, asker };
        let outcomes = activate(config, &loaded.commentary, &stationery, resources, request, &Silent).await?;
        note(&ledger, &preflight, &outcomes, &ledger::text(now))?;
    }
    try_storages(config, &preflight, is_time, now).await?;
    if is_time {
        memory.finals_at = Some(now);
    }
    Ok(())
}

/// Tries every storage before a pack needs it, and looks each day for what signs in and ends.
async fn try_storages(
    config: &Config,
    preflight: &[PackKey],
    is_time: bool,
    now: DateTime<Utc>,
) -> Result<(), RunError> {
    let (of, troubles): (PackKey, Vec<String>) = match preflight.first() {
        Some(first) => {
            let trials = storages::try_all(config, first.period, now).await;
            (first.clone(), trials.iter().flat_map(StorageTrial::troubles).collect())
        }
        None if is_time => {
            let next = upcoming(&config.boards, &config.calendar, now, now + NEXT_WITHIN).into_iter().next();
            let Some((_, next)) = next else { return Ok(()) };
            let ends = storages::all_ending(config, now).await;
            (next, ends.iter().map(|(name, words)| storages::trouble(name, words)).collect())
        }
        None => return Ok(()),
    };
    if troubles.is_empty() {
        return Ok(());
    }
    let edition = config.board(&of.board).and_then(|board| board.editions.first().copied()).unwrap_or_default();
    let ledger = Ledger::open(folders::ledger_place(config), &config.service.council.name)?;
    Ok(ledger.note_event((&of, edition), STORAGE, serde_json::json!({ "troubles": troubles }), &ledger::text(now))?)
}

/// Packs whose preflight came a short while ago, was not yet made, and that are not there.
fn due_for_preflight(config: &Config, now: DateTime<Utc>) -> Result<Vec<PackKey>, RunError> {
    let within = upcoming_milestones(&config.boards, &config.calendar, now - LATE, now + TimeDelta::seconds(1));
    let mut keys: Vec<PackKey> = within
        .into_iter()
        .filter(|(milestone, _)| milestone.kind == MilestoneKind::Preflight)
        .map(|(_, key)| key)
        .collect();
    let Some(first) = keys.iter().map(|key| key.period).min() else { return Ok(keys) };
    // Before the first pack there is no ledger, and nothing was done.
    let Some(ledger) = folders::existing_ledger(config)? else { return Ok(keys) };
    let done = ledger.packs_with_event(PREFLIGHT)?;
    let standing = ledger.standing_since(first)?;
    keys.retain(|key| !done.contains(key) && !standing.iter().any(|pack| pack.key == *key));
    Ok(keys)
}

/// The latest pack of each board, where it is final.
fn latest_finals(config: &Config) -> Result<Vec<PackKey>, RunError> {
    let standing = PublishedFolders::open(config)?.standing(config)?;
    let mut latest: BTreeMap<_, (&PackKey, PackState)> = BTreeMap::new();
    for (key, state) in &standing.published {
        // In the order of periods: the last one stays.
        latest.insert(&key.board, (key, *state));
    }
    let is_known = |key: &PackKey| config.board(&key.board).is_some();
    let finals = latest.into_values().filter(|(key, state)| *state == PackState::Final && is_known(key));
    Ok(finals.map(|(key, _)| key.clone()).collect())
}

/// Notes what came of it: of the editions of a pack the one that differs most.
fn note(ledger: &Ledger, preflight: &[PackKey], outcomes: &[Outcome], at: &str) -> Result<(), RunError> {
    let mut changed: BTreeMap<&PackKey, (usize, &str, &Outcome)> = BTreeMap::new();
    for outcome in outcomes {
        let of = (&outcome.key, outcome.edition);
        match &outcome.result {
            result if preflight.contains(&outcome.key) => {
                let holding: Vec<(String, String)> = match result {
                    PackResult::Held { findings, .. } => {
                        let blocking = findings.iter().filter(|finding| finding.is_blocking());
                        blocking.map(|finding: &Finding| (finding.code.to_string(), finding.at.to_string())).collect()
                    }
                    _ => Vec::new(),
                };
                ledger.note_event(of, PREFLIGHT, serde_json::json!({ "findings": holding }), at)?;
            }
            PackResult::WouldPublish { differing, content_sha256, .. } => {
                let most = changed.entry(&outcome.key).or_insert((*differing, content_sha256, outcome));
                if *differing > most.0 {
                    *most = (*differing, content_sha256, outcome);
                }
            }
            PackResult::Held { findings, .. } => {
                // It stands and is final: what would hold it now is a difference too. A file that
                // is being written, or a share that is away, is none.
                let lasts = |code: Code| !matches!(code, Code::FileUnsettled | Code::StorageFailed | Code::FileLocked);
                let blocking = findings.iter().filter(|finding| finding.is_blocking() && lasts(finding.code));
                let codes: BTreeSet<&str> = blocking.map(|finding| finding.code.as_str()).collect();
                if codes.is_empty() {
                    continue;
                }
                ledger.note_event(of, CHANGED, serde_json::json!({ "held": codes }), at)?;
            }
            _ => {}
        }
    }
    for (key, (figures, content, outcome)) in changed {
        let told = serde_json::json!({ "figures": figures, "content_sha256": content });
        ledger.note_event((key, outcome.edition), CHANGED, told, at)?;
    }
    Ok(())
}
