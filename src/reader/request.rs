//! What the child is asked: the limits first, so that they stand before
//! anything of the file is looked at; then the file's name; then its bytes.
//!
//! All of it goes through the pipe. Nothing is on the command line, which
//! every user of the machine can see, or in a temporary file.

use std::io::{Read, Write};

use super::wire::{Garbled, Put, Take};
use crate::domain::{BookLimits, ReadingLimits};

const MARK: &[u8; 8] = b"bp-ask\x00\x01";

/// Asks for a workbook.
pub(super) fn put(to: impl Write, file: &str, bytes: &[u8], limits: &ReadingLimits) -> Result<(), Garbled> {
    let ReadingLimits { workbook, memory_bytes, cpu_seconds, wall_seconds } = *limits;
    let BookLimits { unpacked_bytes, ratio, cells } = workbook;
    let mut put = Put::new(to, u64::MAX);
    put.bytes(MARK)?;
    for limit in [unpacked_bytes, ratio, cells as u64, memory_bytes, cpu_seconds, wall_seconds] {
        put.long(limit)?;
    }
    put.text(file)?;
    put.long(bytes.len() as u64)?;
    put.bytes(bytes)?;
    put.flush()
}

/// A request whose limits are known and whose file is still in the pipe.
pub(super) struct Asked<R> {
    pub(super) limits: ReadingLimits,
    rest: Take<R>,
}

/// The beginning of a request.
pub(super) fn take<R: Read>(from: R) -> Result<Asked<R>, Garbled> {
    let mut take = Take::new(from, u64::MAX);
    take.mark(MARK)?;
    let (unpacked_bytes, ratio, cells) = (take.long()?, take.long()?, take.long()?);
    let workbook = BookLimits { unpacked_bytes, ratio, cells: usize::try_from(cells).unwrap_or(usize::MAX) };
    let limits =
        ReadingLimits { workbook, memory_bytes: take.long()?, cpu_seconds: take.long()?, wall_seconds: take.long()? };
    Ok(Asked { limits, rest: take })
}

impl<R: Read> Asked<R> {
    /// The file's name and its bytes.
    pub(super) fn file(mut self) -> Result<(String, Vec<u8>), Garbled> {
        let name = self.rest.text()?;
        let count = self.rest.long()?;
        Ok((name, self.rest.bytes(count)?))
    }
}
