//! What was published and cannot be trusted, as far as a pack needs it.

use std::collections::BTreeSet;

use super::plan::Planner;
use super::published::Breach;
use crate::domain::{Finding, PackKey};
use crate::publish::{PublishError, PublishedFolder};

impl Planner<'_> {
    /// What was published and cannot be trusted, as far as this pack needs it:
    /// all of its own, and whatever showed figures of its sources.
    pub(super) fn breaches(&self, key: &PackKey, folder: &PublishedFolder) -> Result<Vec<Finding>, PublishError> {
        let mut found = Vec::new();
        for error in folder.breaches(key)? {
            match error.finding() {
                Some(finding) => found.push(finding),
                None => return Err(error),
            }
        }
        let own = super::sources_of(self.config, std::slice::from_ref(&key.board));
        let concerns = |breach: &&Breach| breach.concerns(self.config, &own);
        found.extend(self.status.breaches.iter().filter(concerns).map(|breach| breach.finding.clone()));
        let mut seen = BTreeSet::new();
        found.retain(|finding| seen.insert((finding.at.file.clone(), finding.code)));
        Ok(found)
    }
}
