//! What people are to be told: what happened since it was last looked, as the ledger has
//! it, becomes messages in the outbox. Nothing is sent here.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::RunError;
use super::folders;
use super::notice_facts::{FactMaker, HoldingFindings};
use super::rehearsal::{CHANGED, PREFLIGHT, STORAGE};
use crate::clock::london_today;
use crate::config::Config;
use crate::domain::notice::{NoticeFact, PackMessage, Recipient};
use crate::domain::{Edition, PackKey, PackState, Period};
use crate::ledger::{self, Ledger, LedgerError, Notification, OutboxPosition, PackEvent};
use crate::message;
use crate::schedule::{MilestoneKind, upcoming_milestones};

/// What happened longer ago is nobody's news when it is looked for the first time.
const NEWS: TimeDelta = TimeDelta::days(1);

/// How long what was given up can still be sent.
pub(super) const GIVEN_UP_FOR: TimeDelta = TimeDelta::days(31);

/// What the calendar asked longer ago, while nobody looked, is asked no more.
const STALE: TimeDelta = TimeDelta::days(3);

/// What would be told, and what was not told yet.
#[derive(Debug, Default)]
pub struct PendingNotices {
    /// What would be put into the outbox.
    pub next: Vec<(Recipient, PackMessage)>,
    /// What waits there to be sent.
    pub waiting: Vec<Notification>,
    /// What was given up in the last month.
    pub given_up: Vec<Notification>,
}

/// Whether there is anybody to be told.
pub fn is_wanted(config: &Config) -> bool {
    let by_mail = config.service.mail.is_some() && !config.contacts.is_empty();
    by_mail || !config.service.webhooks.is_empty()
}

/// Puts what happened since the last time into the outbox, and says how many messages.
pub(super) fn enqueue(config: &Config, ledger: &Ledger, now: DateTime<Utc>) -> Result<usize, RunError> {
    let at = ledger::text(now);
    let position = match ledger.outbox_position()? {
        Some(position) => position,
        None => ledger.begin_outbox(&ledger::text(now - NEWS), &at)?,
    };
    let (facts, next) = facts(config, ledger, &position, now)?;
    // Nothing that is written, where nothing is new.
    if facts.is_empty() && next.event == position.event {
        return Ok(0);
    }
    Ok(ledger.enqueue(message::by_recipient(facts), &next, &at)?)
}

/// What would be told now, with nothing written; and what waits.
pub fn pending(config: &Config, now: DateTime<Utc>) -> Result<PendingNotices, RunError> {
    let Some(ledger) = folders::existing_ledger(config)? else { return Ok(PendingNotices::default()) };
    let ledger = &ledger;
    let at = ledger::text(now);
    let month_ago = ledger::text(now - GIVEN_UP_FOR);
    let position = match ledger.outbox_position()? {
        Some(position) => position,
        None => ledger.news_since(&ledger::text(now - NEWS), &at)?,
    };
    let (facts, _) = facts(config, ledger, &position, now)?;
    Ok(PendingNotices {
        next: ledger.would_enqueue(message::by_recipient(facts))?,
        waiting: ledger.waiting(ledger::LATER)?,
        given_up: ledger.given_up(&month_ago)?,
    })
}

/// What is to be told of all that happened since a position, and the next position.
fn facts(
    config: &Config,
    ledger: &Ledger,
    position: &OutboxPosition,
    now: DateTime<Utc>,
) -> Result<(Vec<NoticeFact>, OutboxPosition), LedgerError> {
    let events = ledger.events_after(position.event)?;
    let last = events.last().map_or(position.event, |event| event.id);
    let maker = FactMaker::new(config, london_today(now));
    let mut facts = Vec::new();
    for event in latest(&events) {
        facts.extend(match event.kind.as_str() {
            "published" => match ledger.manifest(&event.key, event.edition, event.revision)? {
                Some(manifest) => maker.published(event, &manifest),
                None => Vec::new(),
            },
            "held" => {
                let codes: BTreeSet<&str> = codes(event).collect();
                let mut findings = ledger.findings(&event.key, event.edition)?;
                findings.retain(|(code, _)| codes.contains(code.as_str()));
                maker.held(event, &findings)
            }
            PREFLIGHT => maker.held(event, &found(event)),
            "failed" => maker.failed(event),
            STORAGE => maker.storage(event),
            "upload-failed" => maker.not_uploaded(event),
            "missed" => maker.missed(event),
            CHANGED => maker.changed(event),
            _ => Vec::new(),
        });
    }
    facts.extend(on_time(config, ledger, &maker, &position.looked_at, now)?);
    Ok((facts, OutboxPosition { event: last, looked_at: ledger::text(now) }))
}

/// The events that say how each pack ended: of several of an edition the last one, for
/// what was so for a while is so no more. And the last of each other kind.
fn latest(events: &[PackEvent]) -> impl Iterator<Item = &PackEvent> {
    let mut last: BTreeMap<(&PackKey, Edition, &str), &PackEvent> = BTreeMap::new();
    for event in events {
        let kind = match event.kind.as_str() {
            "published" | "held" | "released" | "failed" => "ended",
            other => other,
        };
        last.insert((&event.key, event.edition, kind), event);
    }
    let mut events: Vec<&PackEvent> = last.into_values().collect();
    events.sort_by_key(|event| event.id);
    events.into_iter()
}

/// What follows from the calendar alone: commentary that is asked for again, and packs
/// that were to be final.
fn on_time(
    config: &Config,
    ledger: &Ledger,
    maker: &FactMaker<'_>,
    since: &str,
    now: DateTime<Utc>,
) -> Result<Vec<NoticeFact>, LedgerError> {
    let since = since.parse::<DateTime<Utc>>().unwrap_or(now).max(now - STALE);
    let mut last = BTreeMap::new();
    for (milestone, key) in upcoming_milestones(&config.boards, &config.calendar, since, now) {
        // After an outage of days the last asking is enough.
        match milestone.kind {
            MilestoneKind::ChaseBefore | MilestoneKind::ChaseAfter => drop(last.insert((key, true), milestone.kind)),
            MilestoneKind::Final => drop(last.insert((key, false), milestone.kind)),
            _ => {}
        }
    }
    if last.is_empty() {
        return Ok(Vec::new());
    }
    let first = last.keys().map(|(key, _)| key.period).min().unwrap_or(Period::EARLIEST);
    let (standing, held) = (ledger.standing_since(first)?, ledger.held()?);
    let mut facts = Vec::new();
    for ((key, _), kind) in last {
        let Some(board) = config.board(&key.board) else { continue };
        let mut drafts = Vec::new();
        for pack in standing.iter().filter(|pack| pack.key == key && pack.state == PackState::Draft) {
            drafts.extend(ledger.manifest(&key, pack.edition, pack.revision)?);
        }
        let is_there = standing.iter().any(|pack| pack.key == key);
        match kind {
            MilestoneKind::ChaseBefore | MilestoneKind::ChaseAfter => {
                let when = if kind == MilestoneKind::ChaseBefore { "before" } else { "after" };
                facts.extend(drafts.iter().flat_map(|draft| maker.asked(board, &key, draft, when)));
            }
            _ => {
                let state = match drafts.first() {
                    Some(draft) => Some(maker.waits_for(board, &key, draft)),
                    None if held.contains(&key) => Some("It is held.".to_owned()),
                    None if is_there => None,
                    None => Some("It was not made yet.".to_owned()),
                };
                facts.extend(state.into_iter().flat_map(|state| maker.late(board, &key, state)));
            }
        }
    }
    Ok(facts)
}

/// What a rehearsal found.
fn found(event: &PackEvent) -> HoldingFindings {
    event.told.get("findings").and_then(|found| serde_json::from_value(found.clone()).ok()).unwrap_or_default()
}

/// The codes of an event.
fn codes(event: &PackEvent) -> impl Iterator<Item = &str> {
    event.told.get("codes").and_then(|codes| codes.as_array()).into_iter().flatten().filter_map(|code| code.as_str())
}
