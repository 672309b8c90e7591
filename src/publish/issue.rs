//! Putting the next revision where it belongs.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::PoisonError;

use super::error::{PublishError, Within};
use super::folder::{ATTEMPT, PublishedFolder, revision_below};
use super::known::KnownRevision;
use super::lock::Lock;
use super::manifest::{
    self, FIGURES, FINDINGS, FileEntry, Manifest, ManifestFile, PROGRAM, SCHEMA, SUMMARY, SUPPRESSION,
};
use super::staging::{self, StagedRevision};
use super::{Documents, Issue, Publication, held, names};
use crate::domain::{Edition, PackKey, file_name};
use crate::storage::write;

/// Why a revision may not come to stand any more: another may have its pack by now.
pub type LostLock = Box<dyn std::error::Error + Send + Sync>;

/// Where the files of an attempt lie until it is issued.
enum AttemptFolder {
    /// Where the revision is to stand.
    InPlace,
    /// Beside.
    Staged(StagedRevision),
}

impl AttemptFolder {
    /// The folder, of a revision that is to stand in this one.
    fn path<'f>(&'f self, folder: &'f Path) -> &'f Path {
        match self {
            Self::InPlace => folder,
            Self::Staged(staged) => staged.path(),
        }
    }
}

impl PublishedFolder {
    /// Issues a revision: its files, then its manifest. Takes the lock for as
    /// long as it works, unless its own is held.
    pub fn publish(&self, issue: Issue, documents: Documents<'_>) -> Result<Publication, PublishError> {
        self.publish_while(issue, documents, &|| Ok(()))
    }

    /// The same as long as it may: asked last before the revision comes to stand.
    pub fn publish_while(
        &self,
        issue: Issue,
        documents: Documents<'_>,
        may: &dyn Fn() -> Result<(), LostLock>,
    ) -> Result<Publication, PublishError> {
        let pdf_name = format!("{}.pdf", issue.file_stem);
        let html_name = format!("{}.html", issue.file_stem);
        let supplement_name = names::supplement(&issue.file_stem);
        for name in [&pdf_name, &html_name, &supplement_name] {
            file_name::check(name).map_err(|why| PublishError::Name { name: name.clone(), why })?;
        }
        let _one = self.commit.lock().unwrap_or_else(PoisonError::into_inner);
        let _lock = self.own_lock()?;
        self.follows(&issue)?;
        let below = revision_below(&issue.key, issue.revision);
        let folder = self.root.join(&below);
        let at = self.begin(&issue.key, &below)?;
        let mut files = vec![
            (pdf_name.as_str(), documents.pdf.bytes()),
            (html_name.as_str(), documents.html),
            (SUMMARY, documents.summary),
            (FIGURES, issue.figures_csv.as_slice()),
            (FINDINGS, issue.findings_json.as_slice()),
        ];
        files.extend(documents.supplement.map(|pdf| (supplement_name.as_str(), pdf.bytes())));
        files.extend(issue.suppression_csv.as_ref().map(|log| (SUPPRESSION, log.as_slice())));
        self.write(at.path(&folder), &files)?;
        let entries = files.iter().map(|(name, bytes)| FileEntry::of(name, bytes)).collect();
        let (already, key) = (refusal(&issue), issue.key.clone());
        let path = folder.join(manifest::FILE);
        let manifest = manifest(issue, self.edition, entries).sealed().map_err(io::Error::other).writing(&path)?;
        let bytes = manifest.to_bytes().map_err(io::Error::other).writing(&path)?;
        match self.commit(at, (&folder, &bytes), may)? {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(already),
            other => other.writing(&path)?,
        }
        let sha256 = crate::digest::sha256(&bytes);
        self.known().note(key, manifest.revision, KnownRevision::Issued(sha256.clone()));
        Ok(Publication::new(ManifestFile { manifest, sha256 }, &folder))
    }

    /// The lock of a folder of a single machine's.
    fn own_lock(&self) -> Result<Option<Lock>, PublishError> {
        let own = self.own.lock().unwrap_or_else(PoisonError::into_inner).upgrade();
        match own {
            _ if self.is_shared => Ok(None),
            Some(file) => Ok(Some(Lock { file })),
            None => self.lock().map(Some),
        }
    }

    /// Makes the folder that a revision's files are written to.
    fn begin(&self, key: &PackKey, below: &Path) -> Result<AttemptFolder, PublishError> {
        let (folder, access) = (self.root.join(below), self.access());
        if self.is_shared {
            let pack = below.parent().unwrap_or(below);
            write::folders(&self.root, pack, access).writing(&folder)?;
            self.sweep(key)?;
            staging::clear(&folder)?;
            return StagedRevision::beside(&folder, access).map(AttemptFolder::Staged);
        }
        write::folders(&self.root, below, access).writing(&folder)?;
        // The mark of an attempt: files without it and without a manifest are no
        // attempt, but a revision that has lost its manifest.
        let attempt = folder.join(ATTEMPT);
        write::replace_for(&attempt, b"", access).writing(&attempt)?;
        write::sync(&folder).writing(&folder)?;
        Ok(AttemptFolder::InPlace)
    }

    fn write(&self, folder: &Path, files: &[(&str, &[u8])]) -> Result<(), PublishError> {
        held::clear(folder, &files.iter().map(|(name, _)| *name).collect::<Vec<_>>())?;
        for (name, bytes) in files {
            let path = folder.join(name);
            write::replace_for(&path, bytes, self.access()).writing(&path)?;
        }
        // The files' names must be on the disk before the mark that vouches for them.
        write::sync(folder).writing(folder)
    }

    /// Writes the manifest, which issues the revision: by its own name, or by the rename of
    /// the folder that it is in.
    #[expect(clippy::disallowed_methods, reason = "this room owns the published folder")]
    fn commit(
        &self,
        at: AttemptFolder,
        (folder, manifest): (&Path, &[u8]),
        may: &dyn Fn() -> Result<(), LostLock>,
    ) -> Result<io::Result<()>, PublishError> {
        let lost = |source| PublishError::LockLost { path: folder.to_owned(), source };
        let path = at.path(folder).join(manifest::FILE);
        match at {
            AttemptFolder::InPlace => {
                may().map_err(lost)?;
                if let Err(error) = write::create(&path, manifest, self.access()) {
                    return Ok(Err(error));
                }
                write::sync(folder).writing(folder)?;
                // Issued: the mark means nothing any more, whether or not it goes.
                let _ = fs::remove_file(folder.join(ATTEMPT));
            }
            AttemptFolder::Staged(staged) => {
                write::create(&path, manifest, self.access()).writing(&path)?;
                write::sync(staged.path()).writing(&path)?;
                may().map_err(lost)?;
                if let Err(error) = staged.issue(folder, manifest) {
                    return Ok(Err(error));
                }
                let pack = folder.parent().unwrap_or(folder);
                write::sync(pack).writing(pack)?;
            }
        }
        Ok(Ok(()))
    }

    /// Refuses a revision that does not follow on the latest one, as a run
    /// would make that looked before another run published.
    fn follows(&self, issue: &Issue) -> Result<(), PublishError> {
        let latest = self.last_number(&issue.key)?;
        if latest.is_some_and(|latest| issue.revision <= latest) {
            return Err(refusal(issue));
        }
        if issue.supersedes == latest && Some(issue.revision) == latest.unwrap_or(0).checked_add(1) {
            return Ok(());
        }
        Err(PublishError::OutOfOrder {
            board: issue.key.board.to_string(),
            period: issue.key.period.to_string(),
            revision: issue.revision,
            latest: latest.map_or_else(|| "nothing".to_owned(), |latest| format!("revision {latest}")),
        })
    }
}

fn refusal(issue: &Issue) -> PublishError {
    PublishError::AlreadyIssued {
        board: issue.key.board.to_string(),
        period: issue.key.period.to_string(),
        revision: issue.revision,
    }
}

fn manifest(issue: Issue, edition: Edition, files: Vec<FileEntry>) -> Manifest {
    Manifest {
        schema: SCHEMA,
        board: issue.key.board,
        period: issue.key.period,
        edition,
        revision: issue.revision,
        state: issue.state,
        supersedes: issue.supersedes,
        outstanding: issue.awaited.len(),
        awaited: issue.awaited,
        lacks: issue.lacks,
        inputs: issue.inputs,
        record: issue.record,
        config_sha256: issue.config_sha256,
        template_sha256: issue.template_sha256,
        content_sha256: issue.content_sha256,
        files,
        program: PROGRAM.to_owned(),
        seal: None,
    }
}
