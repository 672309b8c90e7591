//! The figures of published revisions, each file parsed once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Publication, manifest};
use crate::pack::printed::{self, Printed};

/// Rows of `figures.csv` by the digest that their manifest vouches for: what is
/// issued is never touched again, so a file that was read once needs no second look.
#[derive(Debug, Default)]
pub struct FiguresCache(Mutex<BTreeMap<String, Arc<Vec<Printed>>>>);

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
    /// What a publication printed.
    pub fn of(&self, publication: &Publication) -> Result<Arc<Vec<Printed>>, FiguresError> {
        let file = publication.manifest.files.iter().find(|file| file.name == manifest::FIGURES);
        let sha256 = file.map(|file| file.sha256.clone());
        let known = |sha256: &String| self.0.lock().unwrap_or_else(PoisonError::into_inner).get(sha256).cloned();
        if let Some(rows) = sha256.as_ref().and_then(known) {
            return Ok(rows);
        }
        let rows = Arc::new(printed::read(&publication.figures_csv()?)?);
        if let Some(sha256) = sha256 {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(sha256, rows.clone());
        }
        Ok(rows)
    }
}
