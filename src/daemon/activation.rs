//! What the daemon asks of the walk.

use tokio::task::JoinError;

use crate::config::{Config, Loaded};
use crate::domain::{PackKey, Period};
use crate::run::deliver::Delivery;
use crate::run::{Outcome, StandingPacks, StopToken};
use crate::schedule::due::fate::FallenDue;

/// Makes packs and knows what stands: the walk, or a stand-in for it.
pub trait Activation: Send + Sync + 'static {
    /// What stands of each pack of a period and of later ones.
    fn standing(
        &self,
        config: &Config,
        from: Period,
    ) -> impl Future<Output = Result<StandingPacks, ActivationError>> + Send;

    /// Notes packs that were missed, each once however often it is said; there may be none.
    fn note_missed(
        &self,
        config: &Config,
        missed: &[FallenDue],
    ) -> impl Future<Output = Result<(), ActivationError>> + Send;

    /// Makes packs, oldest first as given, until it is asked to stop. One pack's
    /// fault is its outcome; an error is what kept all of them from being made.
    fn activate(
        &self,
        loaded: &Loaded,
        keys: Vec<PackKey>,
        stop: StopToken,
    ) -> impl Future<Output = Result<Vec<Outcome>, ActivationError>> + Send;

    /// Tells people what happened. None where nobody is to be told.
    fn notify(&self, _loaded: &Loaded) -> impl Future<Output = Result<Option<Delivery>, ActivationError>> + Send {
        std::future::ready(Ok(None))
    }
}

/// Why no pack could be made.
#[derive(Debug, thiserror::Error)]
pub enum ActivationError {
    /// Another run holds the published folder, or the ledger's server is out of reach: the
    /// error that says so. Nothing was tried, so the next ring may.
    #[error("{0}")]
    Locked(String),
    /// The world or the program failed: the error with its causes.
    #[error("{0}")]
    Failed(String),
    /// A bug. Its message went to stderr as it happened and is not repeated,
    /// since it might quote a value.
    #[error("failed to finish: the program panicked (hint: this is a bug; the line before says where)")]
    Panicked,
}

/// An activation's own answer, or that it panicked.
pub(super) fn flatten(
    ended: Result<Result<Vec<Outcome>, ActivationError>, JoinError>,
) -> Result<Vec<Outcome>, ActivationError> {
    // Nobody cancels an activation whose end is waited for.
    ended.unwrap_or(Err(ActivationError::Panicked))
}
