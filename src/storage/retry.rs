//! Trying again what may pass by itself, with growing and jittered pauses.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};

use super::StorageError;
use crate::telemetry::metrics::metrics;

/// The first pause before trying again; each is twice the one before.
const PAUSE: Duration = Duration::from_millis(500);

/// The longest pause that is not the server's own wish.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// How often and how long something is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryRules {
    /// Attempts after the first.
    pub retries: u32,
    /// Deadline of one attempt. A server that asks to be left alone for longer is: the
    /// daemon comes back by itself.
    pub timeout: Duration,
}

impl Default for RetryRules {
    fn default() -> Self {
        Self { retries: 2, timeout: Duration::from_secs(30) }
    }
}

/// An attempt that gave no answer.
#[derive(Debug)]
pub(super) struct AttemptFault {
    pub(super) error: StorageError,
    /// Whether it may pass by itself.
    pub(super) again: bool,
    /// When the server asks to be tried again.
    pub(super) after: Option<Duration>,
}

impl AttemptFault {
    /// One that trying again will not mend.
    pub(super) fn last(error: StorageError) -> Self {
        Self { error, again: false, after: None }
    }

    /// One that may pass.
    pub(super) fn passing(error: StorageError) -> Self {
        Self { error, again: true, after: None }
    }
}

/// Tries until there is an answer or no sense in trying. `kind` is the storage's, for who
/// counts.
pub(super) async fn patiently<T, F>(
    rules: RetryRules,
    kind: &'static str,
    attempt: impl FnMut() -> F,
) -> Result<T, StorageError>
where
    F: Future<Output = Result<T, AttemptFault>>,
{
    let pauses = ExponentialBuilder::default()
        .with_min_delay(PAUSE)
        .with_max_delay(LONGEST_PAUSE)
        .with_max_times(usize::try_from(rules.retries).unwrap_or(usize::MAX))
        .with_jitter();
    attempt
        .retry(pauses)
        .when(|fault| fault.again)
        .adjust(|fault, pause| match (pause, fault.after) {
            (Some(_), Some(asked)) => (asked <= rules.timeout).then_some(asked),
            (pause, _) => pause,
        })
        .notify(|fault, pause| {
            metrics().retried(kind);
            let delay_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
            tracing::info!(delay_ms, error = %fault.error, "trying again");
        })
        .await
        .map_err(|fault| fault.error)
}
