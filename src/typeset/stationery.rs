//! The templates and fonts, parsed once and used for every document.
//!
//! The house's own set is compiled into the program. A council that wants
//! another look gives a folder of its own: whoever reads that folder passes
//! its files here as bytes, since this room opens none.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use include_dir::{Dir, File, include_dir};
use sha2::{Digest, Sha256};
use typst::foundations::Bytes;
use typst::syntax::Source;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt};

use super::look;
use super::world::{file_id, normal};
use super::{HELD, SCORECARD};
use crate::domain::signs::is_special;
use crate::domain::theme::Theme;

/// The look, as the templates read it.
const LOOK: &str = "theme.json";

/// The folder of templates, built into the program as it lies: a new template
/// needs no entry in a list.
static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Its files that count, by path.
pub(super) fn embedded_files() -> impl Iterator<Item = (String, &'static [u8])> {
    fn files(dir: &'static Dir<'static>) -> Vec<&'static File<'static>> {
        dir.files().chain(dir.dirs().flat_map(files)).collect()
    }
    let named = |file: &'static File<'static>| (file.path().to_string_lossy().into_owned(), file.contents());
    files(&EMBEDDED).into_iter().map(named).filter(|(path, _)| FileKind::of(path).is_some())
}

/// Why a set of templates cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum StationeryError {
    /// A path that leaves the folder, or is none.
    #[error("the template path {0:?} is not inside the templates' folder")]
    Path(String),
    /// A template that is not text.
    #[error("the template {0} is not UTF-8 text")]
    Encoding(String),
    /// A font that cannot be read.
    #[error("the font {0} cannot be read; hint: give TrueType or OpenType files, not web fonts")]
    Font(String),
    /// One of the main templates is not there.
    #[error("the templates lack {0}")]
    Missing(&'static str),
    /// No font at all: nothing could be printed.
    #[error("the templates have no font; hint: put the .ttf files into fonts/ beside them")]
    NoFont,
    /// The theme asks for a typeface that none of its fonts is.
    #[error(
        "theme.toml: font: no font in the folder theme is of the family {0:?}; hint: the family's name stands in the font file"
    )]
    Family(String),
}

/// Templates and fonts, ready for any number of documents at once.
pub struct Stationery {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: BTreeMap<String, Source>,
    pictures: BTreeMap<String, Bytes>,
    sha256: String,
}

impl Stationery {
    /// The set that is built into the program.
    pub fn embedded() -> Result<Self, StationeryError> {
        Self::build(embedded_files().map(|(path, bytes)| (path, Bytes::new(bytes))))
    }

    /// A council's own set: the files of its templates folder by their path
    /// in it. It takes the place of the built-in set as a whole.
    ///
    /// Templates (`.typ`), fonts (`.ttf`, `.otf`, `.ttc`) and pictures (`.svg`,
    /// `.png`, `.jpg`) count; sample data, licences and other files are passed
    /// over, so the folder may lie as it is.
    pub fn from_files(files: BTreeMap<String, Vec<u8>>) -> Result<Self, StationeryError> {
        Self::build(files.into_iter().map(|(path, bytes)| (path, Bytes::new(bytes))))
    }

    /// This set, in a council's own look.
    ///
    /// Its colours, typeface and logo stand in `theme.json`, which the
    /// templates read; its files stand below `theme/`.
    pub fn themed(files: BTreeMap<String, Vec<u8>>, theme: &Theme) -> Result<Self, StationeryError> {
        let of_theme = theme.files.iter().map(|(name, bytes)| (format!("theme/{name}"), bytes.clone()));
        let look = look::json(theme);
        let stationery =
            Self::from_files(files.into_iter().chain(of_theme).chain([(LOOK.to_owned(), look)]).collect())?;
        match &theme.font {
            Some(family) if !stationery.book.contains_family(&family.to_lowercase()) => {
                Err(StationeryError::Family(family.clone()))
            }
            _ => Ok(stationery),
        }
    }

    /// The built-in files, by path: what a look is put upon.
    pub fn built_in() -> BTreeMap<String, Vec<u8>> {
        embedded_files().map(|(path, bytes)| (path, bytes.to_vec())).collect()
    }

    fn build(files: impl Iterator<Item = (String, Bytes)>) -> Result<Self, StationeryError> {
        // By normalised path, so that neither the order of a folder's listing
        // nor its slashes reach the fingerprint or the choice of fonts.
        let mut sorted = BTreeMap::new();
        for (path, bytes) in files {
            let path = normal(&path).ok_or(StationeryError::Path(path))?;
            if FileKind::of(&path).is_some() {
                sorted.insert(path, bytes);
            }
        }
        // A folder without a look has the house's own.
        sorted.entry(LOOK.to_owned()).or_insert_with(|| Bytes::new(look::json(&Theme::default())));
        let sha256 = fingerprint(&sorted);
        let (mut sources, mut pictures, mut fonts) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        for (path, bytes) in sorted {
            match FileKind::of(&path) {
                Some(FileKind::Template) => {
                    let text = std::str::from_utf8(&bytes).map_err(|_| StationeryError::Encoding(path.clone()))?;
                    // Parsed here, once, and shared by every document.
                    sources.insert(path.clone(), Source::new(file_id(&path), text.to_owned()));
                }
                Some(FileKind::Font) => {
                    let before = fonts.len();
                    fonts.extend(Font::iter(bytes));
                    if fonts.len() == before {
                        return Err(StationeryError::Font(path));
                    }
                }
                Some(FileKind::Picture | FileKind::Look) => {
                    pictures.insert(path, bytes);
                }
                None => {}
            }
        }
        for main in [SCORECARD.0, HELD.0] {
            if !sources.contains_key(main) {
                return Err(StationeryError::Missing(main));
            }
        }
        if fonts.is_empty() {
            return Err(StationeryError::NoFont);
        }
        Ok(Self {
            // A row's own head, which plain typst cannot name yet.
            library: LazyHash::new(
                Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build(),
            ),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            sources,
            pictures,
            sha256,
        })
    }

    /// SHA-256 in hex over every template, font and picture with its path: the
    /// manifest says with it what a pack was printed on.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The characters of a text that no font here can print, in order.
    ///
    /// PDF/A refuses a document with such a character, so whoever takes text
    /// from officers asks first and says which cell or commentary it is in.
    pub fn unprintable(&self, text: &str) -> BTreeSet<char> {
        // Asking a font is slow beside a set, and a pack is mostly ASCII, which
        // every font here has.
        let asked: BTreeSet<char> = text.chars().filter(|c| is_special(*c)).collect();
        asked.into_iter().filter(|&c| !self.prints(c)).collect()
    }

    /// Whether some family has a character in each of its weights: the others
    /// stand in for a family that lacks it.
    fn prints(&self, c: char) -> bool {
        let covers = |font: &&Font| font.info().coverage.contains(u32::from(c));
        self.book.families().any(|(family, _)| {
            let mut weights = self.fonts.iter().filter(|font| font.info().family == family).peekable();
            weights.peek().is_some() && weights.all(|font| covers(&font))
        })
    }

    pub(super) fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    pub(super) fn source(&self, path: &str) -> Option<&Source> {
        self.sources.get(path)
    }

    pub(super) fn file(&self, path: &str) -> Option<Bytes> {
        let picture = self.pictures.get(path).cloned();
        picture.or_else(|| self.sources.get(path).map(|s| Bytes::from_string(s.clone())))
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.sources.contains_key(path) || self.pictures.contains_key(path)
    }
}

/// Says which set it is, and leaves out a megabyte of fonts.
impl std::fmt::Debug for Stationery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stationery")
            .field("templates", &self.sources.keys())
            .field("fonts", &self.fonts.len())
            .field("sha256", &self.sha256)
            .finish_non_exhaustive()
    }
}

/// What a file of the folder is for; none for samples, licences and the like.
enum FileKind {
    Template,
    Font,
    Picture,
    Look,
}

impl FileKind {
    fn of(path: &str) -> Option<Self> {
        if path == LOOK {
            return Some(Self::Look);
        }
        let (_, ending) = path.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "typ" => Some(Self::Template),
            "ttf" | "otf" | "ttc" => Some(Self::Font),
            "svg" | "png" | "jpg" | "jpeg" => Some(Self::Picture),
            _ => None,
        }
    }
}

/// Each path and each content with its length before it, so that no two sets
/// run together into the same bytes.
fn fingerprint(files: &BTreeMap<String, Bytes>) -> String {
    let mut hasher = Sha256::new();
    for (path, bytes) in files {
        for part in [path.as_bytes(), bytes.as_slice()] {
            hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
