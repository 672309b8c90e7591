//! All that a template can see: its own folder, the fonts in it, and the few
//! files that are laid on the desk for this one document.
//!
//! There is no disk behind it, no package, no clock. A template that asks for
//! anything else is told that it does not exist.

use std::path::PathBuf;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::SUPPLEMENT;
use super::stationery::Stationery;

/// What the templates read of a supplement where the document is a whole one.
const WHOLE: &[u8] = include_bytes!("../../templates/supplement.json");

/// One document's world: the shared stationery and this document's own files.
pub(super) struct Desk<'a> {
    stationery: &'a Stationery,
    main: FileId,
    // Two or three files: a list is the shortest search.
    served: Vec<(String, Bytes)>,
}

impl<'a> Desk<'a> {
    /// A desk with nothing on it but the stationery; `main` is the template.
    pub(super) fn new(stationery: &'a Stationery, main: &'static str) -> Self {
        Self { stationery, main: file_id(main), served: vec![(SUPPLEMENT.1.to_owned(), Bytes::new(WHOLE))] }
    }

    /// The same files under another template.
    pub(super) fn turned_to(&self, main: &'static str) -> Self {
        Self { stationery: self.stationery, main: file_id(main), served: self.served.clone() }
    }

    /// Lays a file on the desk, in front of a sample of the same name.
    pub(super) fn serve(mut self, name: &str, bytes: Vec<u8>) -> Self {
        self.served.retain(|(served, _)| served != name);
        self.served.push((name.to_owned(), Bytes::new(bytes)));
        self
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.stationery.library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.stationery.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = local(id)?;
        self.stationery.source(path).cloned().ok_or_else(|| missing(path))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = local(id)?;
        if let Some((_, bytes)) = self.served.iter().find(|(name, _)| name == path) {
            return Ok(bytes.clone());
        }
        self.stationery.file(path).ok_or_else(|| missing(path))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.stationery.font(index)
    }

    /// There is no today: a document's date is its pack's.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The id of a file in the templates' folder.
///
/// The names come from this program or were normalised by [`normal`], so an
/// escape is not possible; should one come, it becomes a file that is missing.
pub(super) fn file_id(path: &str) -> FileId {
    let vpath = VirtualPath::new(path).or_else(|_| VirtualPath::new("missing"));
    let vpath = vpath.unwrap_or_else(|_| unreachable!("a plain word is a path"));
    RootedPath::new(VirtualRoot::Project, vpath).intern()
}

/// A path as the world knows it: forward slashes, no leading one.
pub(super) fn normal(path: &str) -> Option<String> {
    let vpath = VirtualPath::new(path.replace('\\', "/")).ok()?;
    (!vpath.is_root()).then(|| vpath.get_without_slash().to_owned())
}

/// The path inside the folder; a package's file is nowhere.
pub(super) fn local(id: FileId) -> FileResult<&'static str> {
    let path = id.get();
    match path.root() {
        VirtualRoot::Project => Ok(path.vpath().get_without_slash()),
        VirtualRoot::Package(_) => Err(FileError::NotFound(PathBuf::from(path.vpath().get_with_slash()))),
    }
}

fn missing(path: &str) -> FileError {
    FileError::NotFound(PathBuf::from(path))
}
