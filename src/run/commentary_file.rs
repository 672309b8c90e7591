//! A board's commentary file: read, changed and written whole.

use std::io;
use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::domain::PackKey;
use crate::storage::write;

/// Windows editors write a byte-order mark, which is kept.
const MARK: &str = "\u{feff}";

/// A commentary file as it stands on the disk now; somebody may have saved it
/// since the config was read.
#[derive(Debug)]
pub struct CommentaryFile {
    path: PathBuf,
    whole: Option<String>,
}

impl CommentaryFile {
    /// Where the file of a pack lies.
    pub fn path(config: &Config, key: &PackKey) -> PathBuf {
        config.dir.join("commentary").join(key.period.to_string()).join(format!("{}.toml", key.board))
    }

    /// Reads it.
    #[expect(
        clippy::disallowed_methods,
        reason = "the file is read again, because somebody may have saved it meanwhile"
    )]
    pub fn read(path: PathBuf) -> io::Result<Self> {
        let whole = match std::fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        Ok(Self { path, whole })
    }

    /// Its text without a byte-order mark; none where there is no file.
    pub fn text(&self) -> Option<&str> {
        self.whole.as_deref().map(|text| text.strip_prefix(MARK).unwrap_or(text))
    }

    /// Writes another text in its place, with the byte-order mark that it had.
    pub fn replace(&self, text: &str) -> io::Result<()> {
        let mark = self.whole.as_deref().filter(|text| text.starts_with(MARK)).map_or("", |_| MARK);
        std::fs::create_dir_all(self.path.parent().unwrap_or(Path::new(".")))?;
        write::replace(&self.path, format!("{mark}{text}").as_bytes())
    }
}
