//! What reading one workbook may cost: the settings under `[limits]` in
//! `boardpack.toml`.

/// How much one workbook may unpack to and hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct BookLimits {
    /// Bytes that it may unpack to. The largest honest one of 4,123 measured
    /// unpacked to 114 MB.
    pub unpacked_bytes: u64,
    /// How many times its own size it may unpack to; the worst honest one did
    /// 100.
    pub ratio: u64,
    /// Cells that are not blank, over all its sheets; the largest honest one
    /// had a twelfth of the default.
    pub cells: usize,
}

impl Default for BookLimits {
    fn default() -> Self {
        Self { unpacked_bytes: 512 << 20, ratio: 200, cells: 5_000_000 }
    }
}

/// What reading one workbook may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReadingLimits {
    /// What it may unpack to and hold.
    pub workbook: BookLimits,
    /// Address space of the process that reads it, in bytes (Linux).
    pub memory_bytes: u64,
    /// Processor time of that process, in seconds (Linux).
    pub cpu_seconds: u64,
    /// Time on the clock, in seconds.
    pub wall_seconds: u64,
}

impl Default for ReadingLimits {
    /// Measured on 4,123 workbooks and 37 hostile ones: every honest one was
    /// read within a fraction of these, every hostile one was contained.
    fn default() -> Self {
        Self { workbook: BookLimits::default(), memory_bytes: 1 << 30, cpu_seconds: 20, wall_seconds: 30 }
    }
}
