//! What the published folders and the ledger tell each other before a run.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, SecondsFormat, Utc};

use super::revisions::UnreadPack;
use super::{Ledger, LedgerError, PackEnd, PackNote, StoredRevision, legacy};
use crate::domain::{Edition, PackKey};
use crate::publish::{KnownRevisions, PublishError, PublishedFolder};

/// Later than every time that the ledger has.
pub const LATER: &str = "9999";

/// What the folders have, for a ledger that knows nothing of them.
#[derive(Debug, Default)]
struct FoundPacks {
    revisions: Vec<StoredRevision>,
    unread: Vec<UnreadPack>,
}

impl Ledger {
    /// What an edition's folder is held against: what the ledger knows; where it is new,
    /// what an earlier program remembered in a file.
    pub fn memory(&self, edition: Edition, remembered: &Path) -> Result<KnownRevisions, LedgerError> {
        if self.is_new()? { legacy::known(remembered, edition) } else { self.known(edition) }
    }

    /// Makes the ledger ready for a run that holds the locks of packs: one that is new is
    /// filled from what stands, what a crash left half done of these packs is ended, and those
    /// that could not be read are asked for again. `remembered` is an earlier program's file.
    pub fn settle(
        &self,
        folders: &[&PublishedFolder],
        remembered: &Path,
        by: &str,
        is_ours: &dyn Fn(&PackKey) -> bool,
    ) -> Result<(), LedgerError> {
        self.end_attempts(folders, by, is_ours)?;
        if self.is_new()? {
            // Asked again where nobody else fills it.
            return self.alone(|| if self.is_new()? { self.fill(folders, remembered, by) } else { Ok(()) });
        }
        for unread in self.unread()?.into_iter().filter(|unread| is_ours(&unread.key)) {
            let Some(folder) = folders.iter().find(|folder| folder.edition() == unread.edition) else { continue };
            let mut found = FoundPacks::default();
            look(folder, &unread.key, unread.latest.clone(), &mut found)?;
            if found.unread.is_empty() {
                self.record(found.revisions, by)?;
                self.is_read(unread)?;
            }
        }
        Ok(())
    }

    /// Fills a ledger that is new with all that stands. It says so, for it takes the
    /// folder at its word.
    pub fn fill(&self, folders: &[&PublishedFolder], remembered: &Path, by: &str) -> Result<(), LedgerError> {
        let found = found(folders, remembered)?;
        if found.revisions.is_empty() && found.unread.is_empty() {
            return Ok(());
        }
        if !self.is_in_memory() {
            tracing::info!(
                revisions = found.revisions.len(),
                unread = found.unread.len(),
                "the ledger is new: it is filled from what stands in the published folder"
            );
        }
        self.record_all(found.revisions, found.unread, by)?;
        self.fill_held(folders, by)?;
        // Nobody is told of what stood before.
        self.begin_outbox(LATER, "").map(drop)
    }

    /// Adds what stands and is not known, in place of rows that were changed after they were written.
    pub(super) fn mend(&self, folders: &[&PublishedFolder], by: &str) -> Result<(), LedgerError> {
        let mut changed = Vec::new();
        for stored in self.revisions_one_by_one()? {
            changed.extend(Some(stored?).filter(|stored| stored.read().is_none()));
        }
        self.strike(changed)?;
        let found = found(folders, Path::new(""))?;
        self.record_all(found.revisions, found.unread, by)
    }

    /// Notes every pack of which a reason stands why it is held. Which edition it is of, and
    /// for what, the next try says.
    fn fill_held(&self, folders: &[&PublishedFolder], by: &str) -> Result<(), LedgerError> {
        let Some(folder) = folders.first() else { return Ok(()) };
        for (key, since) in folder.notices_since()? {
            let end = PackEnd::Held(BTreeSet::new());
            let note = PackNote { key, edition: folder.edition(), end, findings: None };
            self.note(vec![note], by, &text(since))?;
        }
        Ok(())
    }

    /// Ends what a crash left between its first file and its row. A manifest that stands
    /// with the content that was begun is a revision; without one nothing was issued. Of
    /// packs that others may be making nothing is ended.
    pub(super) fn end_attempts(
        &self,
        folders: &[&PublishedFolder],
        by: &str,
        is_ours: &dyn Fn(&PackKey) -> bool,
    ) -> Result<(), LedgerError> {
        for begun in self.begun()?.into_iter().filter(|begun| is_ours(&begun.key)) {
            let Some(folder) = folders.iter().find(|folder| folder.edition() == begun.edition) else { continue };
            // Whoever began it and lost the locks finds nothing there to issue.
            match folder.sweep(&begun.key).and_then(|()| folder.published(&begun.key, begun.revision)) {
                Ok(Some(publication)) if publication.manifest.content_sha256 == begun.content_sha256 => {
                    let stored = StoredRevision::of(&publication, begun.begun_at.clone())?;
                    tracing::info!(
                        board.id = begun.key.board.as_str(),
                        period = %begun.key.period,
                        revision = begun.revision,
                        "the ledger takes over a revision that was issued and not noted"
                    );
                    self.record(vec![stored], by)?;
                }
                // Another's manifest, if there is one, is told as what the ledger does not know.
                Ok(_) => self.forget(begun)?,
                // It cannot be told yet what became of it.
                Err(error) => tracing::warn!(error = %error, "an attempt to publish cannot be looked into"),
            }
        }
        Ok(())
    }
}

/// An instant as the ledger has it.
pub fn text(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Every pack that stands, and what `remembered` knows besides.
fn found(folders: &[&PublishedFolder], remembered: &Path) -> Result<FoundPacks, LedgerError> {
    let mut found = FoundPacks::default();
    for folder in folders {
        let mut latest = legacy::read(remembered, folder.edition())?;
        for key in folder.packs_published()? {
            let known = latest.remove(&key);
            look(folder, &key, known, &mut found)?;
        }
        let gone =
            latest.into_iter().map(|(key, latest)| UnreadPack { key, edition: folder.edition(), latest: Some(latest) });
        found.unread.extend(gone);
    }
    Ok(found)
}

/// Looks at one pack: every revision that can be read, and whether that is all.
fn look(
    folder: &PublishedFolder,
    key: &PackKey,
    latest: Option<(u32, String)>,
    found: &mut FoundPacks,
) -> Result<(), PublishError> {
    let (mut last, mut is_whole) = (None, true);
    for revision in folder.all(key)? {
        let read = revision.and_then(|publication| {
            let issued_at = text(publication.written_at()?);
            StoredRevision::of(&publication, issued_at)
        });
        match read {
            Ok(stored) => {
                last = Some((stored.revision, stored.manifest_sha256.clone()));
                found.revisions.push(stored);
            }
            Err(error) => {
                tracing::warn!(board.id = key.board.as_str(), period = %key.period, "what was published cannot be read: {error}");
                is_whole = false;
            }
        }
    }
    let is_behind = |(revision, sha256): &(u32, String)| match &last {
        Some((last, of)) => revision > last || (revision == last && sha256 != of),
        None => true,
    };
    if !is_whole || latest.as_ref().is_some_and(is_behind) {
        found.unread.push(UnreadPack { key: key.clone(), edition: folder.edition(), latest });
    }
    Ok(())
}
