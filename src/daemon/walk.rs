//! The walk as the daemon asks for it: with a cache that lasts from one activation to the
//! next.

use tokio::sync::Mutex;

use super::{Activation, ActivationError, report};
use crate::clock::{Clock as _, SystemClock};
use crate::config::{Config, Loaded};
use crate::domain::{PackKey, Period};
use crate::reader::WorkbookReader;
use crate::run::deliver::{self, Delivery, Tries};
use crate::run::held_copies::HeldCopies;
use crate::run::rehearsal::{RehearsalMemory, rehearse};
use crate::run::upkeep::{self, Asker};
use crate::run::uploads;
use crate::run::{
    ActivationRequest, Outcome, Resources, RunMode, Silent, StandingPacks, StopToken, activate, chain, standing_since,
};
use crate::schedule::due::fate::FallenDue;
use crate::typeset::Stationery;

/// What lasts from one activation to the next: little, for most of its time a daemon waits.
pub struct Walk {
    resources: Resources,
    rehearsal: Mutex<RehearsalMemory>,
    held_copies: Mutex<HeldCopies>,
}

impl Walk {
    /// A walk with an empty cache.
    pub fn new(reader: WorkbookReader) -> Self {
        Self { resources: Resources::unattended(reader), rehearsal: Mutex::default(), held_copies: Mutex::default() }
    }
}

impl Activation for Walk {
    async fn standing(&self, config: &Config, from: Period) -> Result<StandingPacks, ActivationError> {
        match upkeep::prepare(config, &asker()) {
            // Another run makes it.
            Ok(()) => {}
            Err(error) if error.is_in_use() => {}
            Err(error) => return Err(failed(&error)),
        }
        standing_since(config, from).map_err(|error| failed(&error))
    }

    async fn note_missed(&self, config: &Config, missed: &[FallenDue]) -> Result<(), ActivationError> {
        upkeep::note_missed(config, missed, &asker()).map_err(|error| failed(&error))
    }

    async fn activate(
        &self,
        loaded: &Loaded,
        keys: Vec<PackKey>,
        stop: StopToken,
    ) -> Result<Vec<Outcome>, ActivationError> {
        let Loaded { config, commentary, .. } = loaded;
        let request = ActivationRequest { keys, mode: RunMode::Publish, new_look: false, stop, asker: asker() };
        // Made for each activation: the look is the config's, and fonts take memory.
        let stationery = Stationery::themed(Stationery::built_in(), &config.theme).map_err(|error| failed(&error))?;
        match activate(config, commentary, &stationery, &self.resources, request, &Silent).await {
            Ok(outcomes) => Ok(outcomes),
            Err(error) if error.is_in_use() || error.is_passing() => Err(ActivationError::Locked(chain(&error))),
            Err(error) => Err(failed(&error)),
        }
    }

    async fn notify(&self, loaded: &Loaded) -> Result<Option<Delivery>, ActivationError> {
        let config = &loaded.config;
        let mut memory = self.rehearsal.lock().await;
        let rehearsed = rehearse(loaded, &self.resources, asker(), &mut memory).await;
        if let Err(error) = rehearsed {
            tracing::warn!(error = chain(&error), "packs could not be worked out ahead or again");
        }
        // First what is told of: nobody is sent to a pack that is not there.
        match uploads::upload(config, SystemClock.now(), Tries::InTurn).await {
            Ok(round) => round.iter().for_each(report::uploaded),
            Err(error) => tracing::warn!(error = chain(&error), "packs could not be put where their readers have them"),
        }
        if let Err(error) = self.held_copies.lock().await.bring(config, SystemClock.now()).await {
            tracing::warn!(
                error = chain(&error),
                "the reasons for held packs could not be put where officers have them"
            );
        }
        deliver::deliver(config, SystemClock.now(), Tries::InTurn).await.map_err(|error| failed(&error))
    }
}

/// The daemon, now.
fn asker() -> Asker {
    Asker { by: "daemon".to_owned(), now: SystemClock.now() }
}

fn failed(error: &dyn std::error::Error) -> ActivationError {
    ActivationError::Failed(chain(error))
}
