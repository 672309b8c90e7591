//! Packs that were missed: told in the log, and noted in the ledger, once.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::report::AlreadyLogged;
use super::{Activation, Daemon, LoopMemory, report};
use crate::clock::previous_period;
use crate::config::Config;
use crate::domain::{PackKey, Period};
use crate::schedule::PackStates;
use crate::schedule::due::fate::{self, FallenDue, PackFate};

/// What is remembered of them from ring to ring.
#[derive(Debug, Default)]
pub(super) struct MissedMemory {
    /// Those of which the log has told.
    told: BTreeSet<PackKey>,
    /// Those that the ledger has.
    noted: BTreeSet<PackKey>,
    /// The month and the config for which all that lies too far back was looked through.
    looked_through: Option<(Period, String)>,
    trouble: AlreadyLogged,
}

impl<A: Activation> Daemon<A> {
    /// Tells of what was missed, and has the ledger note it. Where it cannot, the next look
    /// tries again.
    pub(super) async fn missed(
        &self,
        memory: &mut LoopMemory,
        config: &Config,
        now: DateTime<Utc>,
        fallen: &[FallenDue],
    ) {
        report::missed(&mut memory.missed.told, fallen);
        let news = memory.missed.news(config, now, &memory.standing, fallen);
        match self.activation.note_missed(config, &news).await {
            Ok(()) => {
                memory.missed.noted(config, now, news);
                report::over(&mut memory.missed.trouble, "the ledger notes again what was missed");
            }
            Err(error) => report::trouble(
                &mut memory.missed.trouble,
                "failed to note in the ledger what was missed",
                &error.to_string(),
            ),
        }
    }
}

impl MissedMemory {
    /// The first period of which it is asked what stands: the first in reach of any board, or
    /// all of them where all that lies further back is to be looked through.
    pub(super) fn look_from(&self, config: &Config, now: DateTime<Utc>) -> Period {
        if self.looked_through.as_ref() != Some(&looked_through(config, now)) {
            return Period::EARLIEST;
        }
        let catch_up = config.service.schedule.catch_up_months;
        let first =
            config.boards.iter().filter_map(|board| fate::first_in_reach(board, &config.calendar, catch_up, now));
        first.min().unwrap_or(Period::EARLIEST)
    }

    /// Missed packs that the ledger may not have yet. `fallen` are those in reach; what lies
    /// further back changes with the month and the config alone, and is looked for only then.
    fn news(&self, config: &Config, now: DateTime<Utc>, states: &PackStates, fallen: &[FallenDue]) -> Vec<FallenDue> {
        let catch_up = config.service.schedule.catch_up_months;
        let all: Vec<FallenDue> = match self.looked_through.as_ref() == Some(&looked_through(config, now)) {
            true => fallen.to_vec(),
            false => config
                .boards
                .iter()
                .flat_map(|board| fate::all(board, &config.calendar, catch_up, now, states))
                .collect(),
        };
        let is_news = |fallen: &FallenDue| fallen.fate == PackFate::Missed && !self.noted.contains(&fallen.key);
        all.into_iter().filter(is_news).collect()
    }

    /// Remembers that the ledger has these, and all that lies too far back.
    fn noted(&mut self, config: &Config, now: DateTime<Utc>, missed: Vec<FallenDue>) {
        self.noted.extend(missed.into_iter().map(|fallen| fallen.key));
        self.looked_through = Some(looked_through(config, now));
    }
}

fn looked_through(config: &Config, now: DateTime<Utc>) -> (Period, String) {
    (previous_period(now), config.sha256.clone())
}
