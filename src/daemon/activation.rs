//! What the daemon asks of the walk.

use std::collections::BTreeMap;

use tokio::task::JoinError;

use crate::config::{Config, Loaded};
use crate::domain::{PackKey, PackState};
use crate::run::Outcome;

/// Makes packs and knows what stands: the walk, or a stand-in for it.
pub trait Activation: Send + Sync + 'static {
    /// The state of each pack's latest revision in the published folder.
    fn standing(
        &self,
        config: &Config,
    ) -> impl Future<Output = Result<BTreeMap<PackKey, PackState>, ActivationError>> + Send;

    /// Makes packs, oldest first as given. One pack's fault is its outcome; an
    /// error is what kept all of them from being made.
    fn activate(
        &self,
        loaded: &Loaded,
        keys: Vec<PackKey>,
    ) -> impl Future<Output = Result<Vec<Outcome>, ActivationError>> + Send;
}

/// Why no pack could be made.
#[derive(Debug, thiserror::Error)]
pub enum ActivationError {
    /// Another run holds the published folder: the error that says who. Nothing
    /// was tried, so the next ring may.
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
