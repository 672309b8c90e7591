//! Whether the ledger and the published folders say the same: each revision of the one is
//! looked for in the other.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Ledger, LedgerError};
use crate::domain::{BoardId, Edition, PackKey, Period};
use crate::publish::{Publication, PublishError, PublishedFolder};

/// What a comparison found.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct LedgerAudit {
    /// How many packs either of them has, an edition of one for one.
    pub packs: usize,
    /// How many revisions.
    pub revisions: usize,
    /// What the one has otherwise than the other.
    pub faults: Vec<LedgerFault>,
}

/// Something that the one has otherwise than the other.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct LedgerFault {
    /// The board.
    pub board: BoardId,
    /// The period.
    pub period: Period,
    /// The edition.
    pub edition: Edition,
    /// The revision.
    pub revision: u32,
    /// Whether it is the folder that lacks it, or has it otherwise than it was issued.
    pub is_of_folder: bool,
    /// What is wrong, and what to do.
    pub message: String,
}

/// A revision as far as it is compared.
struct ComparedRevision {
    manifest_sha256: String,
    /// Whether its row is as it was written.
    is_whole: bool,
}

/// The revisions of each pack that the ledger has.
type ComparedPacks = BTreeMap<(PackKey, Edition), BTreeMap<u32, ComparedRevision>>;

impl Ledger {
    /// Holds folders that know nothing against the ledger, both ways.
    pub fn compare(&self, folders: &[&PublishedFolder]) -> Result<LedgerAudit, LedgerError> {
        let mut audit = LedgerAudit::default();
        let noted = self.compared()?;
        let lost: BTreeSet<((PackKey, Edition), u32)> = self.losses()?.into_iter().collect();
        let begun: BTreeSet<((PackKey, Edition), u32)> =
            self.begun()?.into_iter().map(|begun| ((begun.key, begun.edition), begun.revision)).collect();
        for folder in folders {
            let edition = folder.edition();
            let of_edition = noted.keys().filter(|(_, of)| *of == edition).map(|(key, _)| key.clone());
            for key in folder.packs_published()?.into_iter().chain(of_edition).collect::<BTreeSet<_>>() {
                let found: BTreeMap<u32, _> = folder.numbered(&key)?.into_iter().collect();
                let pack = (key, edition);
                let known = noted.get(&pack);
                let numbers: BTreeSet<u32> =
                    found.keys().chain(known.into_iter().flat_map(BTreeMap::keys)).copied().collect();
                audit.packs += usize::from(!numbers.is_empty());
                audit.revisions += numbers.len();
                for revision in numbers {
                    let of = (pack.clone(), revision);
                    let fault = match fault(found.get(&revision), known.and_then(|known| known.get(&revision))) {
                        Some((true, _)) if lost.contains(&of) => None,
                        Some((false, _)) if begun.contains(&of) => None,
                        fault => fault,
                    };
                    audit.faults.extend(fault.map(|(is_of_folder, message)| LedgerFault {
                        board: pack.0.board.clone(),
                        period: pack.0.period,
                        edition,
                        revision,
                        is_of_folder,
                        message,
                    }));
                }
            }
        }
        Ok(audit)
    }

    fn compared(&self) -> Result<ComparedPacks, LedgerError> {
        let mut packs = ComparedPacks::new();
        for stored in self.revisions_one_by_one()? {
            let stored = stored?;
            let is_whole = stored.read().is_some();
            let compared = ComparedRevision { manifest_sha256: stored.manifest_sha256, is_whole };
            packs.entry((stored.key, stored.edition)).or_default().insert(stored.revision, compared);
        }
        Ok(packs)
    }
}

/// What is wrong with a revision, and whether it is so in the folder.
fn fault(
    found: Option<&Result<Publication, PublishError>>,
    known: Option<&ComparedRevision>,
) -> Option<(bool, String)> {
    if known.is_some_and(|known| !known.is_whole) {
        let why = "the ledger's row was changed after it was written (hint: boardpack ledger rebuild)";
        return Some((false, why.to_owned()));
    }
    match (found, known) {
        (Some(Err(error)), _) => Some((true, error.to_string())),
        (Some(Ok(publication)), Some(known)) if publication.sha256() != known.manifest_sha256 => {
            let path = publication.folder().display();
            Some((true, format!("{path} has another manifest than the one that was issued (hint: bring the folder back from a backup; where it is gone for good: boardpack ledger accept-loss)")))
        }
        (Some(Ok(_)), Some(_)) => None,
        (Some(Ok(publication)), None) => {
            let path = publication.folder().display();
            Some((false, format!("the ledger does not know {path} (hint: move a copy out of the published folder; where it was issued: boardpack ledger rebuild)")))
        }
        (None, Some(_)) => Some((
            true,
            "the published folder lacks it (hint: bring it back from a backup; where it is gone for good: boardpack ledger accept-loss)".to_owned(),
        )),
        (None, None) => None,
    }
}
