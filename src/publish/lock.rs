//! One run at a time.
//!
//! The lock is the operating system's, on a file in the published folder: it
//! ends with the process that holds it, however that ends.

use std::fs::{File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;
use std::sync::Arc;

use super::error::{PublishError, Within};

/// The lock's file in the published folder.
const FILE: &str = ".boardpack.lock";

/// How much of what a holder wrote of itself is read.
const WORDS: u64 = 80;

/// Proof that no other run uses the folder. Ends when it is dropped.
#[derive(Debug)]
#[must_use = "the lock ends when it is dropped"]
pub struct Lock {
    // Shared with the published folder, which holds it weakly to know its own lock.
    pub(super) file: Arc<File>,
}

impl Lock {
    /// Takes the lock of a published folder that exists, or says who has it.
    pub(super) fn take(folder: &Path) -> Result<Self, PublishError> {
        let path = folder.join(FILE);
        // Not truncated: what is in it may be another holder's.
        let mut file =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).writing(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(PublishError::InUse { holder: holder(&mut file), path }),
            Err(TryLockError::Error(source)) => return Err(PublishError::Lock { path, source }),
        }
        // For whoever is refused; that it cannot be written is no reason to stop.
        let words = format!("process {}\n", std::process::id());
        let written = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(words.as_bytes()));
        if let Err(error) = written {
            tracing::debug!(%error, "failed to write who holds the lock");
        }
        Ok(Self { file: Arc::new(file) })
    }
}

/// What the holder wrote of itself. Windows locks the bytes too, and has none.
fn holder(file: &mut File) -> Option<String> {
    let mut text = String::new();
    file.take(WORDS).read_to_string(&mut text).ok()?;
    let words = text.trim();
    (!words.is_empty() && !words.chars().any(char::is_control)).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holder_is_told_who_the_first_is() {
        let dir = tempfile::tempdir().unwrap();
        let lock = Lock::take(dir.path()).unwrap();
        let error = Lock::take(dir.path()).unwrap_err();
        assert!(matches!(error, PublishError::InUse { .. }), "{error:?}");
        #[cfg(unix)]
        assert!(error.to_string().contains(&format!("process {}", std::process::id())), "{error}");
        drop(lock);
        drop(Lock::take(dir.path()).unwrap());
    }
}
