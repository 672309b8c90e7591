//! People are told beside the loop: a mail server that hangs delays no pack.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinHandle;
use tracing::Instrument as _;

use super::Activation;
use super::report::{self, AlreadyLogged};
use crate::config::Loaded;

/// How long a message in hand is waited for when the daemon stops. One that was cut off
/// is sent again after the next start, under the same Message-ID.
const LAST: Duration = Duration::from_secs(5);

/// One round of telling at a time.
#[derive(Default)]
pub(super) struct OutboxTask {
    task: Option<JoinHandle<()>>,
    trouble: Arc<Mutex<AlreadyLogged>>,
}

impl OutboxTask {
    /// Begins a round, unless one is under way.
    pub(super) fn turn<A: Activation>(&mut self, activation: &Arc<A>, loaded: &Arc<Loaded>) {
        if self.task.as_ref().is_some_and(|task| !task.is_finished()) {
            return;
        }
        let (activation, loaded, trouble) = (activation.clone(), loaded.clone(), self.trouble.clone());
        let round = async move {
            let delivered = activation.notify(&loaded).await;
            let mut trouble = trouble.lock().unwrap_or_else(PoisonError::into_inner);
            match delivered {
                Ok(delivery) => {
                    report::over(&mut trouble, "people are told again");
                    delivery.iter().for_each(report::delivered);
                }
                Err(error) => report::trouble(&mut trouble, "failed to tell people", &error.to_string()),
            }
        };
        self.task = Some(tokio::spawn(round.in_current_span()));
    }

    /// Waits for the round under way, and not for ever.
    pub(super) async fn stop(self) {
        if let Some(task) = self.task {
            let handle = task.abort_handle();
            if tokio::time::timeout(LAST, task).await.is_err() {
                handle.abort();
            }
        }
    }
}
