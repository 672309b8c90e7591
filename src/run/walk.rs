//! The walk as the daemon asks for it: with a cache and stationery that last
//! from one activation to the next.

use std::collections::BTreeMap;

use super::{Outcome, PackKey, Request, RunError, Shelves, Silent, activate, chain};
use crate::config::Config;
use crate::daemon::{Activation, ActivationError};
use crate::publish::{PublishError, State};
use crate::reader::WorkbookReader;
use crate::source::Cache;
use crate::typeset::Stationery;

/// What lasts from one activation to the next.
pub struct Walk {
    stationery: Stationery,
    cache: Cache,
    reader: WorkbookReader,
}

impl Walk {
    /// A walk with an empty cache.
    pub fn new(stationery: Stationery, reader: WorkbookReader) -> Self {
        Self { stationery, cache: Cache::new(), reader }
    }
}

impl Activation for Walk {
    async fn standing(&self, config: &Config) -> Result<BTreeMap<PackKey, State>, ActivationError> {
        let shelves = Shelves::open(config).map_err(|error| failed(&error))?;
        shelves.standing(config).map_err(|error| failed(&error))
    }

    async fn activate(&self, config: &Config, keys: Vec<PackKey>) -> Result<Vec<Outcome>, ActivationError> {
        let request = Request { keys, dry_run: false };
        match activate(config, &self.stationery, &self.cache, &self.reader, request, &Silent).await {
            Ok(outcomes) => Ok(outcomes),
            Err(RunError::Publish(error @ PublishError::InUse { .. })) => Err(ActivationError::Locked(chain(&error))),
            Err(error) => Err(failed(&error)),
        }
    }
}

fn failed(error: &dyn std::error::Error) -> ActivationError {
    ActivationError::Failed(chain(error))
}
