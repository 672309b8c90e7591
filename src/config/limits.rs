//! `[limits]` of `boardpack.toml`: what a workbook may cost.

use std::time::Duration;

use super::reader::TableReader;
use crate::domain::{BookLimits, ReadingLimits};

/// What a workbook may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct FileLimits {
    /// The largest file that is fetched, in bytes.
    pub(super) max_file_bytes: u64,
    /// How long it must have been left alone.
    pub(super) settle: Duration,
    /// What reading it may take.
    pub(super) reading: ReadingLimits,
}

/// The least address space that the program itself needs to start and read an
/// ordinary workbook.
const MEMORY_MB_AT_LEAST: u64 = 256;

const MB: u64 = 1 << 20;

/// The longest that a file may be asked to be left alone, in seconds.
const SETTLE_AT_MOST: u64 = 86_400;

/// Reads the section; every value has a default.
pub(super) fn read(limits: &mut TableReader<'_>) -> FileLimits {
    let default = ReadingLimits::default();
    let file_mb: u64 = limits.or("file_mb", 100);
    let unpacked_mb = at_least(limits, "unpacked_mb", default.workbook.unpacked_bytes / MB, 1);
    let ratio = at_least(limits, "ratio", default.workbook.ratio, 1);
    let cells = at_least(limits, "cells", default.workbook.cells as u64, 1);
    let memory_mb = at_least(limits, "memory_mb", default.memory_bytes / MB, MEMORY_MB_AT_LEAST);
    let cpu_seconds = at_least(limits, "cpu_seconds", default.cpu_seconds, 1);
    let wall_seconds = at_least(limits, "wall_seconds", default.wall_seconds, 1);
    let settle_seconds = limits.or("settle_seconds", 60);
    if settle_seconds > SETTLE_AT_MOST {
        let found = format!("found {settle_seconds}; expected at most {SETTLE_AT_MOST}, a day");
        limits.fault("settle_seconds", found, "a file that is saved more often than that would never be read");
    }
    FileLimits {
        max_file_bytes: file_mb.saturating_mul(1_000_000),
        settle: Duration::from_secs(settle_seconds.min(SETTLE_AT_MOST)),
        reading: ReadingLimits {
            workbook: BookLimits {
                unpacked_bytes: unpacked_mb.saturating_mul(MB),
                ratio,
                cells: usize::try_from(cells).unwrap_or(usize::MAX),
            },
            memory_bytes: memory_mb.saturating_mul(MB),
            cpu_seconds,
            wall_seconds,
        },
    }
}

fn at_least(limits: &mut TableReader<'_>, key: &'static str, default: u64, least: u64) -> u64 {
    let found = limits.or(key, default);
    if found < least {
        limits.fault(key, format!("found {found}; expected at least {least}"), "");
    }
    found
}
