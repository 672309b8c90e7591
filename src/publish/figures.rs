//! The figures of published revisions, each file parsed once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::Publication;
use crate::domain::{Code, Finding, Place};
use crate::pack::printed::{self, PrintedFigures};

/// How many files' rows are at hand: what a month's packs are compared with, and not all
/// that was ever published.
const MOST: usize = 256;

/// Rows of `figures.csv` by the file's digest.
#[derive(Debug, Default)]
pub struct FiguresCache(Mutex<BTreeMap<String, Arc<PrintedFigures>>>);

/// Why the figures of a revision cannot be read back.
#[derive(Debug, thiserror::Error)]
pub enum FiguresError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] super::PublishError),
    /// It is no table of figures.
    #[error(transparent)]
    Csv(#[from] csv::Error),
}

impl FiguresCache {
    /// What a publication printed. The file is looked at each time, because it
    /// may have been edited since, and parsed once.
    pub fn of(&self, publication: &Publication) -> Result<Arc<PrintedFigures>, FiguresError> {
        let (sha256, bytes) = publication.figures()?;
        Ok(self.parsed(sha256, &bytes)?)
    }

    /// What bytes of this digest say, which are parsed once.
    pub fn parsed(&self, sha256: &str, bytes: &[u8]) -> Result<Arc<PrintedFigures>, csv::Error> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(sha256).cloned();
        if let Some(rows) = known {
            return Ok(rows);
        }
        let rows = Arc::new(printed::read(bytes)?);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(sha256.to_owned(), rows.clone());
        Ok(rows)
    }

    /// Ends an activation: until the next one, nothing is at hand.
    pub fn sweep(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl FiguresError {
    /// The finding behind it.
    pub fn finding(&self, publication: &Publication) -> Option<Finding> {
        let path = publication.folder().join(super::manifest::FIGURES).display().to_string();
        let at = Place { file: Some(path.into()), ..Place::default() };
        match self {
            Self::File(error) => error.finding(),
            Self::Csv(error) => Some(Finding::new(
                Code::IssuedUntrusted,
                at,
                format!("the published figures cannot be read: {error}"),
                "a newer boardpack may have written them: use that one",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_at_hand_however_much_was_published() {
        let cache = FiguresCache::default();
        for nth in 0..3 * MOST {
            cache.parsed(&nth.to_string(), b"").unwrap();
            assert!(cache.0.lock().unwrap().len() <= MOST);
        }
        let first = cache.parsed("x", b"").unwrap();
        assert!(Arc::ptr_eq(&first, &cache.parsed("x", b"").unwrap()), "parsed once");
        cache.sweep();
        assert!(cache.0.lock().unwrap().is_empty());
    }
}
