//! What a look found of every pack in reach, for whoever watches the service.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::config::Config;
use crate::schedule::PackStates;
use crate::schedule::due::fate::{FallenDue, PackFate, in_reach};
use crate::telemetry::metrics::metrics;
use crate::words;

/// Every state that is told, in the order in which it is.
const FATES: [PackFate; 5] = [PackFate::Final, PackFate::Draft, PackFate::Held, PackFate::Awaited, PackFate::Missed];

/// The packs in reach of every board.
pub(super) struct Overview {
    pub(super) fallen: Vec<FallenDue>,
    now: DateTime<Utc>,
}

impl Overview {
    pub(super) fn of(config: &Config, now: DateTime<Utc>, states: &PackStates) -> Self {
        let catch_up = config.service.schedule.catch_up_months;
        let of_board = |board| in_reach(board, &config.calendar, catch_up, now, states);
        Self { fallen: config.boards.iter().flat_map(of_board).collect(), now }
    }

    /// Puts it where Prometheus reads it.
    pub(super) fn measure(&self) {
        for fate in FATES {
            metrics().packs(fate.word(), self.count(fate));
        }
        metrics().oldest_due(self.oldest_due());
    }

    /// "4 final, 1 held", for the service manager.
    pub(super) fn status(&self) -> String {
        let told = FATES.into_iter().map(|fate| (self.count(fate), fate.word())).filter(|(count, _)| *count > 0);
        let told: Vec<String> = told.map(|(count, word)| format!("{count} {word}")).collect();
        match told.as_slice() {
            [] => "no pack has fallen due yet".to_owned(),
            told => format!("packs: {}", words::list(told)),
        }
    }

    fn count(&self, fate: PackFate) -> usize {
        self.fallen.iter().filter(|fallen| fallen.fate == fate).count()
    }

    /// How long the pack that has waited longest has been due.
    fn oldest_due(&self) -> Duration {
        let awaited = self.fallen.iter().filter(|fallen| fallen.fate == PackFate::Awaited);
        let ages = awaited.map(|fallen| self.now.signed_duration_since(fallen.since).to_std().unwrap_or_default());
        ages.max().unwrap_or_default()
    }
}
