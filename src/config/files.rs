//! The files of a config directory, read once, with their digest.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::fault::Fault;

/// The file of the register.
pub(super) const INDICATORS: &str = "indicators.toml";

/// Every `.toml` file below a config directory, by its name with forward
/// slashes ("boards/improvement.toml"), and the fonts and pictures of its
/// folder `theme`.
#[derive(Debug, Clone, Default)]
pub struct Files {
    texts: BTreeMap<String, String>,
    assets: BTreeMap<String, Vec<u8>>,
}

impl Files {
    /// Reads a directory.
    pub fn read(dir: &Path) -> Result<Self, Fault> {
        let mut files = Self::default();
        if !dir.is_dir() {
            return Err(Fault {
                file: dir.display().to_string(),
                key: String::new(),
                message: "is not a directory".to_owned(),
                hint: "name the config directory with --config DIR; the default is config/".to_owned(),
            });
        }
        walk(dir, "", 0, &mut files).map_err(|(file, error)| Fault {
            file,
            key: String::new(),
            message: format!("could not be read: {error}"),
            hint: String::new(),
        })?;
        Ok(files)
    }

    /// Files given by name and text, for tests.
    pub fn from_texts(texts: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { texts: texts.into_iter().collect(), assets: BTreeMap::new() }
    }

    /// A file's text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }

    /// Fonts and pictures of the folder `theme`, by their path in it.
    pub fn assets(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.assets
    }

    /// Names below a folder, in order.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.texts.keys().map(String::as_str).filter(move |name| name.starts_with(folder))
    }

    /// SHA-256 over names and bytes.
    pub fn sha256(&self) -> String {
        let mut hasher = Sha256::new();
        let texts = self.texts.iter().map(|(name, text)| (name, text.as_bytes()));
        let assets = self.assets.iter().map(|(name, bytes)| (name, bytes.as_slice()));
        // Whom messages go to makes no pack another one.
        for (name, bytes) in texts.chain(assets).filter(|(name, _)| name.as_str() != CONTACTS) {
            // Lengths keep "ab" + "c" apart from "a" + "bc".
            hasher.update(format!("{}:{name}:{}:", name.len(), bytes.len()));
            hasher.update(bytes);
        }
        crate::digest::hex(&hasher.finalize())
    }
}

/// Who is told by mail: no part of what packs are made of.
pub const CONTACTS: &str = "contacts.toml";

/// Deepest folder that is looked into: commentary/<period>/<board>.toml is 2.
const DEEPEST: usize = 3;

/// What the folder `theme` holds beside licences and the like.
const ASSETS: &[&str] = &[".ttf", ".otf", ".svg", ".png"];

#[expect(clippy::disallowed_methods, reason = "the config directory is read here and nowhere else")]
fn walk(dir: &Path, prefix: &str, depth: usize, files: &mut Files) -> Result<(), (String, std::io::Error)> {
    let here = |error| (dir.display().to_string(), error);
    for entry in std::fs::read_dir(dir).map_err(here)? {
        let entry = entry.map_err(here)?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = entry.path();
        // Editors and file syncs leave hidden files and backups behind.
        if name.starts_with(['.', '~']) {
            continue;
        }
        let full = format!("{prefix}{name}");
        if path.is_dir() {
            if depth < DEEPEST {
                walk(&path, &format!("{full}/"), depth + 1, files)?;
            }
        } else if name.ends_with(".toml") {
            let bytes = std::fs::read(&path).map_err(|error| (full.clone(), error))?;
            let text = String::from_utf8(bytes).map_err(|_| {
                (
                    full.clone(),
                    std::io::Error::new(std::io::ErrorKind::InvalidData, "it is not UTF-8 text; save it as UTF-8"),
                )
            })?;
            // Windows editors write a byte-order mark, which TOML does not know.
            let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
            files.texts.insert(full, text);
        } else if let Some(name) = full.strip_prefix("theme/")
            && ASSETS.iter().any(|ending| name.to_ascii_lowercase().ends_with(ending))
        {
            let bytes = std::fs::read(&path).map_err(|error| (full.clone(), error))?;
            files.assets.insert(name.to_owned(), bytes);
        }
    }
    Ok(())
}
