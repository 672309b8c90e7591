//! A storage as a council declares it, and what is told of one that fails.

use std::path::Path;

use boardpack::config::{Config, Loaded};
use boardpack::storage::{FetchLimits, Storage, StorageError, StorageSettings};

use crate::storage::config;

/// A config with one storage, `store`, of these lines.
pub(crate) fn declared(dir: &Path, lines: &str) -> Config {
    config(dir, &format!("[storage.store]\n{lines}\n"), &[("one", "store", "a.xlsx")])
}

/// That storage, opened.
pub(crate) fn opened(lines: &str, limits: FetchLimits) -> Storage {
    let dir = tempfile::tempdir().unwrap();
    let config = declared(dir.path(), lines);
    let settings = config.service.storages["store"].settings::<StorageSettings>().unwrap();
    let shown = settings.shown(&|path| path.to_owned());
    assert!(!shown.contains("s3cret") && !format!("{settings:?}").contains("s3cret"), "{shown} {settings:?}");
    let storage = settings.open(dir.path(), limits).unwrap();
    assert_eq!(settings.place(dir.path()), storage.place());
    assert!(!format!("{storage:?} {}", storage.place()).contains("s3cret"), "{storage:?}");
    storage
}

/// The faults of a storage of these lines.
pub(crate) fn faults(lines: &str) -> String {
    let files = [("boardpack.toml".to_owned(), format!("[storage.store]\n{lines}\n"))];
    let files = boardpack::config::Files::from_texts(files);
    let faults = Loaded::resolve(Path::new("."), &files, &[], boardpack::storage::KINDS).unwrap_err().0;
    let own = faults.iter().filter(|fault| fault.key.starts_with("storage."));
    own.map(|fault| format!("{}: {} ({})\n", fault.key, fault.message, fault.hint)).collect()
}

/// An error with its causes, as a person would see it; it holds no secret, and neither do
/// its insides.
pub(crate) fn words(error: &StorageError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    assert!(!text.contains("s3cret") && !format!("{error:?}").contains("s3cret"), "{text} {error:?}");
    text
}
