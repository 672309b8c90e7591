//! What is remembered of a published folder outside of it: which revisions were issued.
//!
//! A folder proves by itself what is in it, and not that all is in it: what stood there
//! and is gone is missed by whoever remembers it.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::PackKey;

/// What is remembered of a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownRevision {
    /// It was issued, and its manifest has this digest.
    Issued(String),
    /// It was begun, and may stand or not.
    Begun,
}

/// What is remembered of one edition's folder.
#[derive(Debug, Clone, Default)]
pub struct KnownRevisions {
    packs: BTreeMap<PackKey, BTreeMap<u32, KnownRevision>>,
    /// Revisions that may be gone: somebody said why. Their numbers stay taken.
    lost: BTreeMap<PackKey, BTreeSet<u32>>,
    /// Packs of which more may stand than is remembered.
    open: BTreeSet<PackKey>,
    /// Whether all that was issued is remembered.
    is_all: bool,
}

impl KnownRevisions {
    /// Memory of all that was issued: what it does not know was put there by others.
    pub fn all() -> Self {
        Self { is_all: true, ..Self::default() }
    }

    /// Memory of some of what was issued.
    pub fn some() -> Self {
        Self::default()
    }

    /// The same for whoever only looks: a revision that another run issues meanwhile is no fault.
    pub fn to_look(self) -> Self {
        Self { is_all: false, ..self }
    }

    /// Remembers a revision. What is known for certain stays so.
    pub fn note(&mut self, key: PackKey, revision: u32, known: KnownRevision) {
        let of_pack = self.packs.entry(key).or_default();
        if known != KnownRevision::Begun || !of_pack.contains_key(&revision) {
            of_pack.insert(revision, known);
        }
    }

    /// Remembers that a revision may be gone.
    pub fn lose(&mut self, key: PackKey, revision: u32) {
        self.lost.entry(key).or_default().insert(revision);
    }

    /// Remembers that more may stand of a pack.
    pub fn open(&mut self, key: PackKey) {
        self.open.insert(key);
    }

    /// Packs of which a revision must stand.
    pub(super) fn keys(&self) -> impl Iterator<Item = &PackKey> {
        self.packs.keys().filter(|key| self.issued(key, 0).next().is_some())
    }

    /// Revisions of a pack after one that must stand, the first one first.
    pub(super) fn issued(&self, key: &PackKey, after: u32) -> impl Iterator<Item = u32> {
        let of_pack = self.packs.get(key).into_iter().flatten();
        let must_stand = |(revision, known): (&u32, &KnownRevision)| {
            let is_issued = matches!(known, KnownRevision::Issued(_)) && !self.is_lost(key, *revision);
            (*revision > after && is_issued).then_some(*revision)
        };
        of_pack.filter_map(must_stand).collect::<Vec<_>>().into_iter()
    }

    /// The digest that a revision's manifest must have, where it is known.
    pub(super) fn sha256(&self, key: &PackKey, revision: u32) -> Option<&str> {
        match self.packs.get(key)?.get(&revision)? {
            KnownRevision::Issued(sha256) => Some(sha256),
            KnownRevision::Begun => None,
        }
    }

    /// Whether a revision that stands was put there by others.
    pub(super) fn is_foreign(&self, key: &PackKey, revision: u32) -> bool {
        let is_known = self.packs.get(key).is_some_and(|of_pack| of_pack.contains_key(&revision));
        self.is_all && !is_known && !self.open.contains(key) && !self.is_lost(key, revision)
    }

    /// Whether a revision may be gone.
    pub(super) fn is_lost(&self, key: &PackKey, revision: u32) -> bool {
        self.lost.get(key).is_some_and(|lost| lost.contains(&revision))
    }

    /// The last revision of a pack that may be gone.
    pub(super) fn last_lost(&self, key: &PackKey) -> Option<u32> {
        self.lost.get(key)?.last().copied()
    }
}
