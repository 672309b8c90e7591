//! Something that is found out once for everybody, however many ask at the same time.

use std::time::Instant;

use tokio::sync::Mutex;

use crate::storage::StorageError;

/// What was found out. Who waited while that failed is told the same, and does not wait as
/// long again: it may be that nothing answers.
#[derive(Debug, Default)]
pub(super) struct FoundOnce {
    held: Mutex<Option<Result<String, (StorageError, Instant)>>>,
}

impl FoundOnce {
    /// What was found out, or is now.
    pub(super) async fn get(
        &self,
        find: impl Future<Output = Result<String, StorageError>>,
    ) -> Result<String, StorageError> {
        let asked = Instant::now();
        let mut held = self.held.lock().await;
        match &*held {
            Some(Ok(found)) => return Ok(found.clone()),
            Some(Err((error, at))) if *at > asked => return Err(error.clone()),
            _ => {}
        }
        let found = find.await;
        *held = Some(found.clone().map_err(|error| (error, Instant::now())));
        found
    }
}
