//! The published folder: names, revisions, manifests and the order of writes.
//!
//! ```text
//! <period>/<board>/r<N>/<agenda file name>.pdf
//! <period>/<board>/r<N>/<agenda file name>.html
//! <period>/<board>/r<N>/<agenda file name> - supplement.pdf   the pages that changed, of a later revision
//! <period>/<board>/r<N>/summary.html           the pack in brief, for a covering report
//! <period>/<board>/r<N>/figures.csv
//! <period>/<board>/r<N>/findings.json
//! <period>/<board>/r<N>/suppression.csv   of a restricted edition only
//! <period>/<board>/r<N>/manifest.json     last to be written: the commit mark
//! ```
//!
//! A revision is issued from the moment its manifest stands, and from then on
//! nothing in its folder is touched again. A revision's folder without one is an
//! attempt that did not end; the next one finishes it. A reader needs no more
//! than this: what has a manifest is whole and is for good.
//!
//! | file | story |
//! |---|---|
//! | [`folder`] | the folder of an edition, and who may use it |
//! | `issue` | putting the next revision where it belongs |
//! | `standing` | what stands, and what stood there and does not any more |
//! | [`manifest`] | what a revision says of itself |
//! | [`record`] | what a revision leaves for the packs after it |
//! | [`figures`] | the figures of what stands, each file parsed once |
//! | [`verify`] | whether a file is one that was published |
//! | [`audit`], `strays` | whether everything that was published still is as it was, and what nothing vouches for |
//! | [`known`] | what is remembered outside of the folders, so that an empty one is no new one |
//! | `held` | the one-page reasons for officers, in a folder of their own |
//! | [`lock`] | one run at a time |
//! | [`upload`] | putting a revision into the storage where its readers have it |
//! | `staging` | the same where several machines publish: whole, with one rename |
//! | `names` | the names of a revision's folder |
//! | [`error`] | what goes wrong |

pub mod archive;
pub mod audit;
pub mod error;
pub mod figures;
pub mod folder;
mod held;
mod issue;
pub mod known;
pub mod lock;
pub mod manifest;
mod names;
pub mod record;
mod staging;
mod standing;
mod strays;
pub mod upload;
pub mod verify;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use error::Within as _;

pub use error::PublishError;
pub use figures::FiguresCache;
pub use folder::{PublishedFolder, below, revision_below};
pub use issue::LostLock;
pub use known::{KnownRevision, KnownRevisions};
pub use lock::Lock;
pub use manifest::{FileEntry, Manifest};
pub use record::{RestatedFigure, RevisionRecord, draw, drawn};
pub use standing::{LatestRevisions, NumberedRevisions, RevisionsByPack};
pub use upload::{UploadError, UploadFolder, UploadedFile, upload_place};

use crate::domain::{ActionPart, IndicatorRef, Input, PackKey, PackState};
use crate::typeset::Pdf;

/// A revision to be issued.
#[derive(Debug, Clone)]
pub struct Issue {
    /// Which pack.
    pub key: PackKey,
    /// Its number: one more than the latest one's.
    pub revision: u32,
    /// The latest revision, as the caller knows it; none for the first.
    pub supersedes: Option<u32>,
    /// Draft or final.
    pub state: PackState,
    /// The PDF's name without `.pdf`, and the page's without `.html`.
    pub file_stem: String,
    /// Every figure printed.
    pub figures_csv: Vec<u8>,
    /// Every finding.
    pub findings_json: Vec<u8>,
    /// What the public edition hides; of a restricted one only.
    pub suppression_csv: Option<Vec<u8>>,
    /// The workbooks it was made from.
    pub inputs: Vec<Input>,
    /// What it leaves for the packs after it.
    pub record: RevisionRecord,
    /// Digest of the config.
    pub config_sha256: String,
    /// Digest of the templates.
    pub template_sha256: String,
    /// Digest of what the pack says; the same where there is nothing new to say.
    pub content_sha256: String,
    /// Indicators whose commentary is still awaited.
    pub awaited: Vec<IndicatorRef>,
    /// Of those that are written but for their action, what is still to be said of it.
    pub lacks: BTreeMap<IndicatorRef, Vec<ActionPart>>,
}

/// The documents of a revision, of which a [`Pdf`] is proof that it meets the standards.
#[derive(Debug, Clone, Copy)]
pub struct Documents<'d> {
    /// The pack.
    pub pdf: &'d Pdf,
    /// The pack as a page of the web.
    pub html: &'d [u8],
    /// Its pages that are not as they were in the revision before.
    pub supplement: Option<&'d Pdf>,
    /// The pack in brief, for a covering report.
    pub summary: &'d [u8],
}

/// An issued revision. Only this room makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// What it says of itself.
    pub manifest: Manifest,
    // Private, so that no other room can write one.
    folder: PathBuf,
    /// Digest of its `manifest.json`.
    sha256: String,
}

impl Publication {
    fn new(manifest::ManifestFile { manifest, sha256 }: manifest::ManifestFile, folder: &Path) -> Self {
        Self { manifest, folder: folder.to_owned(), sha256 }
    }

    /// One that nothing stands behind, for other rooms' tests.
    #[cfg(test)]
    pub(crate) fn for_tests(manifest: Manifest, folder: impl AsRef<Path>) -> Self {
        Self::new(manifest::ManifestFile { manifest, sha256: String::new() }, folder.as_ref())
    }

    /// The same without what its manifest leaves for later packs, for whoever keeps many and
    /// only says what became of each. What stands is as it was.
    pub fn without_record(self) -> Self {
        Self { manifest: Manifest { record: RevisionRecord::default(), ..self.manifest }, ..self }
    }

    /// Digest of its manifest.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Its manifest as it stands, to the byte.
    #[expect(clippy::disallowed_methods, reason = "this room owns the published folder")]
    pub fn manifest_text(&self) -> Result<String, PublishError> {
        let path = self.folder.join(manifest::FILE);
        let bytes = std::fs::read(&path).reading(&path)?;
        match String::from_utf8(bytes) {
            Ok(text) if crate::digest::sha256(text.as_bytes()) == self.sha256 => Ok(text),
            _ => Err(PublishError::Edited { path }),
        }
    }

    /// Its `figures.csv` as text.
    pub fn figures_text(&self) -> Result<String, PublishError> {
        let path = self.folder.join(manifest::FIGURES);
        String::from_utf8(self.figures_csv()?).map_err(|_| PublishError::Altered { path })
    }

    /// When its manifest was written, as far as its file says: no clock is in it.
    pub fn written_at(&self) -> Result<DateTime<Utc>, PublishError> {
        let path = self.folder.join(manifest::FILE);
        Ok(std::fs::metadata(&path).and_then(|file| file.modified()).reading(&path)?.into())
    }

    /// The folder that it lies in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where its PDF lies.
    pub fn pdf_path(&self) -> PathBuf {
        self.folder.join(self.manifest.pdf_name())
    }

    /// Its `figures.csv`.
    pub fn figures_csv(&self) -> Result<Vec<u8>, PublishError> {
        self.figures().map(|(_, bytes)| bytes)
    }

    /// The same with its digest, which its manifest has and the bytes are held against.
    fn figures(&self) -> Result<(&str, Vec<u8>), PublishError> {
        let unnamed = || PublishError::Gone { path: self.folder.join(manifest::FIGURES) };
        let file = self.manifest.files.iter().find(|file| file.name == manifest::FIGURES).ok_or_else(unnamed)?;
        Ok((&file.sha256, self.file(file)?))
    }

    /// The bytes of one of its files, as its manifest vouches for them.
    pub fn bytes_of(&self, file: &FileEntry) -> Result<Vec<u8>, PublishError> {
        self.file(file)
    }

    /// One of its files, which is as its manifest vouches for it: what was
    /// edited since is no published file, whatever it is called.
    #[expect(clippy::disallowed_methods, reason = "this room owns the published folder")]
    fn file(&self, file: &FileEntry) -> Result<Vec<u8>, PublishError> {
        let path = self.folder.join(&file.name);
        match std::fs::read(&path) {
            Ok(bytes) if crate::digest::sha256(&bytes) == file.sha256 => Ok(bytes),
            Ok(_) => Err(PublishError::Altered { path }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(PublishError::Gone { path }),
            Err(source) => Err(PublishError::Read { path, source }),
        }
    }

    /// What of its files is not as it was published.
    pub fn breaches(&self) -> impl Iterator<Item = PublishError> {
        self.manifest.files.iter().filter_map(|file| self.file(file).err())
    }

    /// Which pack it is a revision of.
    pub fn key(&self) -> PackKey {
        PackKey { period: self.manifest.period, board: self.manifest.board.clone() }
    }
}
