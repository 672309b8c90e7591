//! What stands, and what commentary the drafts among it still wait for.

use std::collections::{BTreeMap, BTreeSet};

use super::folders::PublishedFolders;
use super::{RunError, StandingPacks};
use crate::config::Config;
use crate::domain::{ActionPart, IndicatorRef, PackKey, PackState};

/// A pack that stands as a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftPack {
    /// Its latest revision; of two editions, the later.
    pub revision: u32,
    /// Indicators whose commentary it waits for, in one of its editions or in both.
    pub awaited: BTreeSet<IndicatorRef>,
    /// Of those that are written but for their action, what is still to be said of it.
    pub lacks: BTreeMap<IndicatorRef, Vec<ActionPart>>,
}

/// What stands of every pack, and what the drafts wait for by their own manifests. One
/// whose manifest cannot be read is passed over: a run names it and holds it.
pub fn drafts(config: &Config) -> Result<(StandingPacks, BTreeMap<PackKey, DraftPack>), RunError> {
    let folders = PublishedFolders::open(config)?;
    let standing = folders.standing(config)?;
    let mut drafts = BTreeMap::new();
    let is_draft = |(_, state): &(&PackKey, &PackState)| **state == PackState::Draft;
    for (key, _) in standing.published.iter().filter(is_draft) {
        let mut draft = DraftPack::default();
        for folder in folders.all() {
            let Ok(Some(latest)) = folder.latest(key) else { continue };
            draft.revision = draft.revision.max(latest.manifest.revision);
            draft.awaited.extend(latest.manifest.awaited.iter().cloned());
            draft.lacks.extend(latest.manifest.lacks);
        }
        drafts.insert(key.clone(), draft);
    }
    Ok((standing, drafts))
}
