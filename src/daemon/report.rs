//! What the daemon tells: each failure once, where it is handled. What becomes
//! of a pack is told by the walk, and not repeated here.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::ActivationError;
use crate::config::ConfigError;
use crate::domain::notice::Recipient;
use crate::domain::{Code, PackKey};
use crate::run::deliver::Delivery;
use crate::run::uploads::UploadRound;
use crate::run::{Outcome, PackResult, PutOffReason};
use crate::schedule::due::fate::{FallenDue, PackFate};
use crate::schedule::{Due, DueReason};
use crate::telemetry::metrics::metrics;

/// A trouble that lasts from ring to ring, and was told already.
#[derive(Debug, Default)]
pub(super) struct AlreadyLogged(Option<String>);

impl AlreadyLogged {
    /// Whether this trouble is another than the one told last.
    fn is_news(&mut self, trouble: String) -> bool {
        let news = self.0.as_ref() != Some(&trouble);
        self.0 = Some(trouble);
        news
    }
}

/// Tells every fault of a config, unless the same ones were told before.
pub(super) fn config_faults(told: &mut AlreadyLogged, error: &ConfigError) {
    if !told.is_news(error.to_string()) {
        return;
    }
    for fault in &error.0 {
        tracing::error!(
            config.file = fault.file,
            config.key = fault.key,
            hint = fault.hint,
            "the config has a fault: {}",
            fault.message
        );
    }
    tracing::error!(faults = error.0.len(), "nothing is made until the config is mended");
}

/// Tells a trouble, unless it was told before.
pub(super) fn trouble(told: &mut AlreadyLogged, what: &str, error: &str) {
    if told.is_news(error.to_owned()) {
        tracing::error!(error, "{what}");
    }
}

/// Tells that a trouble is over, if there was one.
pub(super) fn over(told: &mut AlreadyLogged, what: &str) {
    if told.0.take().is_some() {
        tracing::info!("{what}");
    }
}

/// Tells once of each pack that was not made in time and is not made late.
pub(super) fn missed(told: &mut BTreeSet<PackKey>, fallen: &[FallenDue]) {
    for FallenDue { key, since, .. } in fallen.iter().filter(|fallen| fallen.fate == PackFate::Missed) {
        if told.insert(key.clone()) {
            tracing::warn!(
                board.id = key.board.as_str(),
                period = %key.period,
                since = %since,
                "{} for {} was missed and is not made late (hint: `missed` of the board says so; `boardpack run --board {} --period {}` makes it)",
                key.board,
                key.period,
                key.board,
                key.period
            );
        }
    }
}

/// Tells what came of telling people. Addresses are nobody's business here.
pub(super) fn delivered(delivery: &Delivery) {
    for state in ["waiting", "sent", "failed"] {
        metrics().notifications(state, delivery.states.get(state).copied().unwrap_or(0));
    }
    if delivery.written > 0 || delivery.sent > 0 {
        tracing::info!(written = delivery.written, sent = delivery.sent, "people were told");
    }
    // The same cause for many is one line.
    let by_cause = |failed: &[(Recipient, String)]| -> BTreeMap<String, usize> {
        let mut causes = BTreeMap::new();
        for (recipient, why) in failed {
            *causes.entry(format!("{}: {why}", recipient.channel())).or_default() += 1;
        }
        causes
    };
    for (why, messages) in by_cause(&delivery.put_off) {
        tracing::warn!(messages, why, "messages could not be sent, and are tried again");
    }
    for (why, messages) in by_cause(&delivery.given_up) {
        tracing::error!(
            messages,
            why,
            "messages could not be sent, and are tried no more (hint: `boardpack notify --dry-run` lists them)"
        );
    }
}

/// Tells what came of putting packs where their readers have them.
pub(super) fn uploaded(round: &UploadRound) {
    metrics().uploads_waiting(round.waiting);
    for (of, place) in &round.uploaded {
        let (board, revision) = (of.key.board.as_str(), of.revision);
        tracing::info!(board.id = board, period = %of.key.period, revision, place, "a pack was put where its readers have it");
    }
    for (of, error) in &round.failed {
        let (board, revision) = (of.key.board.as_str(), of.revision);
        tracing::warn!(board.id = board, period = %of.key.period, revision, error, "a pack is made and not put where its readers have it");
    }
}

/// Tells what an activation is about to make.
pub(super) fn begins(due: &[Due]) {
    let count = |why| due.iter().filter(|due| due.why == why).count();
    tracing::info!(
        packs = due.len(),
        first = count(DueReason::First),
        missed = count(DueReason::Missed),
        retry = count(DueReason::Retry),
        "packs are due"
    );
    for Due { key, since, .. } in due.iter().filter(|due| due.why == DueReason::Missed) {
        tracing::info!(
            board.id = key.board.as_str(),
            period = %key.period,
            since = %since,
            "{} for {} is late: it fell due while nobody made it, and is made now",
            key.board,
            key.period
        );
    }
}

/// Tells how an activation ended. What became of each pack was told as it
/// happened, by the walk.
pub(super) fn ended(ended: &Result<Vec<Outcome>, ActivationError>, took: Duration) {
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    match ended {
        Ok(outcomes) => {
            let count = |is: fn(&PackResult) -> bool| outcomes.iter().filter(|outcome| is(&outcome.result)).count();
            tracing::info!(
                packs = outcomes.len(),
                published = count(|result| matches!(result, PackResult::Published(_))),
                unchanged = count(|result| matches!(result, PackResult::Unchanged(_))),
                held = count(|result| matches!(result, PackResult::Held { .. })),
                failed = count(|result| matches!(result, PackResult::Failed { .. })),
                put_off = count(|result| matches!(result, PackResult::PutOff(_))),
                duration_ms,
                "the activation is finished"
            );
        }
        Err(error @ ActivationError::Locked(_)) => {
            tracing::warn!(%error, duration_ms, "the activation is put off until the next ring")
        }
        Err(error) => tracing::error!(%error, duration_ms, "the activation failed"),
    }
}

/// Whether a pack failed, or the ledger was lost from sight.
pub(super) fn has_failed(outcomes: &[Outcome]) -> bool {
    let is_failure = |outcome: &Outcome| {
        matches!(outcome.result, PackResult::Failed { .. } | PackResult::PutOff(PutOffReason::LedgerLost(_)))
    };
    outcomes.iter().any(is_failure)
}

/// Whether a pack is held by nothing but files that may still be written, or is put off.
pub(super) fn only_waits(outcomes: &[Outcome], key: &PackKey) -> bool {
    let mut own = outcomes.iter().filter(|outcome| outcome.key == *key);
    let waits = |outcome: &Outcome| match &outcome.result {
        PackResult::Held { findings, .. } => {
            let blocking: Vec<_> = findings.iter().filter(|finding| finding.is_blocking()).collect();
            !blocking.is_empty() && blocking.iter().all(|finding| finding.code == Code::FileUnsettled)
        }
        // Another service has it in hand, and may not end it; or the ledger may be back by then.
        PackResult::PutOff(why) => *why != PutOffReason::Ended,
        _ => false,
    };
    own.any(waits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Fault;
    use crate::domain::{BoardId, Edition, Finding, Period, Place};
    use crate::telemetry::Lines;

    #[test]
    fn every_fault_of_a_config_is_told_and_only_once() {
        let fault = |key: &str| Fault {
            file: "sources.toml".into(),
            key: key.into(),
            message: "is missing".into(),
            hint: String::new(),
        };
        let error = |keys: &[&str]| ConfigError(keys.iter().map(|key| fault(key)).collect());
        let lines = Lines::default();
        let writer = lines.clone();
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
        let mut told = AlreadyLogged::default();
        tracing::subscriber::with_default(log, || {
            config_faults(&mut told, &error(&["files", "layout"]));
            config_faults(&mut told, &error(&["files", "layout"]));
            config_faults(&mut told, &error(&["layout"]));
            over(&mut told, "in order again");
            over(&mut told, "in order again");
        });
        let text = lines.text();
        let count = |what: &str| text.matches(what).count();
        assert_eq!(
            (count("config.key=\"files\""), count("config.key=\"layout\""), count("in order again")),
            (1, 2, 1),
            "{text}"
        );
    }

    #[test]
    fn a_pack_that_is_made_late_is_told_by_name_and_others_are_not() {
        let due = |board: &str, why| Due {
            key: PackKey { period: Period::EARLIEST, board: BoardId::parse(board).unwrap() },
            since: "2026-11-05T06:00:00Z".parse().unwrap(),
            why,
        };
        let lines = Lines::default();
        let writer = lines.clone();
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
        tracing::subscriber::with_default(log, || {
            let all = [DueReason::First, DueReason::Missed, DueReason::Retry];
            begins(&[due("panel", all[0]), due("cabinet", all[1]), due("scrutiny", all[2])]);
        });
        let text = lines.text();
        assert_eq!(text.matches("is late").count(), 1, "{text}");
        assert!(text.contains("cabinet for") && text.contains("since=2026-11-05 06:00:00 UTC"), "{text}");
    }

    #[test]
    fn a_pack_waits_only_where_nothing_else_holds_it() {
        let key = PackKey { period: Period::EARLIEST, board: BoardId::parse("panel").unwrap() };
        for (codes, waits) in [
            (&[Code::FileUnsettled][..], true),
            (&[Code::FileUnsettled, Code::FileOpen], true),
            (&[Code::FileUnsettled, Code::FileMissing], false),
            (&[Code::FileMissing], false),
            (&[], false),
        ] {
            let finding = |code: &Code| Finding::new(*code, Place::default(), "found", "");
            let result = PackResult::Held { findings: codes.iter().map(finding).collect(), notice: None };
            let (edition, cautions) = (Edition::Public, Vec::new());
            let outcome = Outcome { key: key.clone(), edition, result, cautions, to_follow: 0 };
            assert_eq!(only_waits(&[outcome], &key), waits, "{codes:?}");
        }
        assert!(!only_waits(&[], &key));
        for (why, waits) in [
            (PutOffReason::InHand, true),
            (PutOffReason::LedgerLost("gone".into()), true),
            (PutOffReason::Ended, false),
        ] {
            let result = PackResult::PutOff(why);
            let (edition, cautions) = (Edition::Public, Vec::new());
            let outcome = Outcome { key: key.clone(), edition, result, cautions, to_follow: 0 };
            assert_eq!(only_waits(&[outcome], &key), waits);
        }
    }

    #[test]
    fn a_trouble_is_news_once_and_again_after_it_was_over() {
        let mut told = AlreadyLogged::default();
        assert!(told.is_news("a".into()));
        assert!(!told.is_news("a".into()));
        assert!(told.is_news("b".into()));
        over(&mut told, "over");
        assert!(told.is_news("b".into()));
    }
}
