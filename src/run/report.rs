//! How packs ended: one structured line for each, without any figure in it, and a note in
//! the ledger.

use std::collections::BTreeSet;
use std::time::Duration;

use super::execute::Press;
use super::{Outcome, PackResult, PutOffReason};
use crate::domain::{Code, Finding, PackState};
use crate::ledger::{PackEnd, PackNote};
use crate::publish::Publication;

/// Tells how a pack ended.
pub(super) fn ended(outcome: &Outcome, took: Duration) {
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let (board, period) = (outcome.key.board.as_str(), outcome.key.period.to_string());
    let edition = outcome.edition.word();
    match &outcome.result {
        PackResult::Published(draft) if draft.manifest.state == PackState::Draft => {
            stands(outcome, draft, ("published", "made as a draft"), duration_ms);
        }
        PackResult::Published(publication) => stands(outcome, publication, ("published", "published"), duration_ms),
        PackResult::Unchanged(publication) => stands(outcome, publication, ("unchanged", "unchanged"), duration_ms),
        PackResult::WouldPublish { revision, outstanding, .. } => tracing::info!(
            board.id = board,
            period,
            edition,
            outcome = "would-publish",
            revision,
            outstanding,
            duration_ms,
            "{board} for {period} would be published"
        ),
        PackResult::PutOff(why) => put_off(outcome, why, duration_ms),
        PackResult::Held { findings, .. } => {
            let codes: BTreeSet<&str> =
                findings.iter().filter(|finding| finding.is_blocking()).map(|finding| finding.code.as_str()).collect();
            let codes = codes.into_iter().collect::<Vec<_>>().join(",");
            tracing::warn!(
                board.id = board,
                period,
                edition,
                outcome = "held",
                findings = codes,
                duration_ms,
                "{board} for {period} is held"
            );
        }
        PackResult::Failed { error, storage } => tracing::error!(
            board.id = board,
            period,
            edition,
            outcome = "failed",
            storage,
            error,
            duration_ms,
            "{board} for {period} failed"
        ),
    }
}

/// Notes in the ledger how packs ended. That it could not be is told: what is published is
/// noted already.
pub(super) fn note(outcomes: &[Outcome], press: Press<'_>) {
    if let Err(error) = press.ledger.note(outcomes.iter().filter_map(note_of).collect(), press.by, press.at) {
        tracing::warn!(error = super::chain(&error), "how packs ended could not be noted in the ledger");
    }
}

fn note_of(outcome: &Outcome) -> Option<PackNote> {
    let (end, findings) = match &outcome.result {
        PackResult::Published(_) | PackResult::Unchanged(_) => (PackEnd::Stands, Some(outcome.cautions.as_slice())),
        PackResult::Held { findings, .. } => {
            let blocking = findings.iter().filter(|finding| finding.is_blocking());
            let codes = blocking.map(|finding| finding.code.as_str().to_owned()).collect();
            (PackEnd::Held(codes), Some(findings.as_slice()))
        }
        PackResult::Failed { error, storage } => {
            let held = storage.then(|| Code::StorageFailed.as_str().to_owned());
            (PackEnd::Failed { error: error.clone(), held }, None)
        }
        PackResult::WouldPublish { .. } | PackResult::PutOff(_) => return None,
    };
    let place = |finding: &Finding| (finding.code.as_str().to_owned(), finding.at.to_string());
    let findings = findings.map(|findings| findings.iter().map(place).collect());
    Some(PackNote { key: outcome.key.clone(), edition: outcome.edition, end, findings })
}

/// Tells of a pack that is put off. A line a pack and ring would say nothing that the service
/// does not which has it.
fn put_off(outcome: &Outcome, why: &PutOffReason, duration_ms: u64) {
    let (board, period, edition) = (outcome.key.board.as_str(), outcome.key.period.to_string(), outcome.edition.word());
    match why {
        PutOffReason::LedgerLost(error) => tracing::warn!(
            board.id = board,
            period,
            edition,
            outcome = "put-off",
            error,
            duration_ms,
            "{board} for {period} is put off"
        ),
        PutOffReason::InHand | PutOffReason::Ended => tracing::debug!(
            board.id = board,
            period,
            edition,
            outcome = "put-off",
            duration_ms,
            "{board} for {period} is another service's"
        ),
    }
}

/// Tells of a revision that stands: how it came to, and that in words. A draft
/// is published to nobody, whatever the outcome is called.
fn stands(outcome: &Outcome, publication: &Publication, (how, words): (&str, &str), duration_ms: u64) {
    let (board, period) = (outcome.key.board.as_str(), outcome.key.period.to_string());
    tracing::info!(
        board.id = board,
        period,
        edition = outcome.edition.word(),
        outcome = how,
        revision = publication.manifest.revision,
        state = publication.manifest.state.word(),
        outstanding = publication.manifest.outstanding,
        duration_ms,
        "{board} for {period} is {words}"
    );
}
