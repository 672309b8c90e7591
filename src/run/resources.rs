//! What lasts from one activation to the next.

use crate::publish::FiguresCache;
use crate::reader::WorkbookReader;
use crate::source::Cache;

/// The reader of workbooks, and what was read already.
#[derive(Debug)]
pub struct Resources {
    /// Opens workbooks in a process of their own.
    pub reader: WorkbookReader,
    /// Workbooks that were fetched.
    pub workbooks: Cache,
    /// Figures of published revisions.
    pub figures: FiguresCache,
}

impl Resources {
    /// Of a service that nobody watches, with nothing read yet.
    pub fn unattended(reader: WorkbookReader) -> Self {
        Self { workbooks: Cache::unattended(), ..Self::new(reader) }
    }

    /// With nothing read yet.
    pub fn new(reader: WorkbookReader) -> Self {
        Self { reader, workbooks: Cache::default(), figures: FiguresCache::default() }
    }
}
