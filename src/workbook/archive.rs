//! The directory of a zip: names and sizes, before anything is unpacked.
//!
//! A workbook is a zip, and so are many files that are no workbook. The size
//! that it would unpack to is checked here, so that a small file cannot fill
//! the memory.

use super::fault::FileFault;
use crate::domain::BookLimits;

/// Below this size the ratio is not checked: small files compress well.
const RATIO_COUNTS_FROM: u64 = 16 << 20;

const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
const ENTRY: &[u8] = b"PK\x01\x02";

/// One file in the archive.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ZipEntry {
    /// Its name, in lower case with forward slashes.
    pub(super) name: String,
    /// Its size once unpacked, as the directory claims.
    pub(super) size: u64,
    /// Whether the zip itself encrypts it.
    pub(super) encrypted: bool,
}

/// The entries of a zip, or why it cannot be used.
pub(super) fn entries(bytes: &[u8], limits: &BookLimits) -> Result<Vec<ZipEntry>, FileFault> {
    let entries = directory(bytes).ok_or_else(|| FileFault::damaged(&"its list of contents is missing"))?;
    let unpacked = entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.size));
    let ratio = unpacked / (bytes.len() as u64).max(1);
    if unpacked > limits.unpacked_bytes {
        return Err(FileFault::too_large(
            // Rounded up, so that what is over the limit never reads as at it.
            &format!("a workbook that unpacks to {} MB", unpacked.div_ceil(1 << 20)),
            &format!("{} MB", limits.unpacked_bytes >> 20),
            Some("unpacked_mb"),
        ));
    }
    if unpacked > RATIO_COUNTS_FROM && ratio > limits.ratio {
        return Err(FileFault::too_large(
            &format!("a workbook that unpacks to {ratio} times its size"),
            &format!("{} times", limits.ratio),
            Some("ratio"),
        ));
    }
    Ok(entries)
}

fn directory(bytes: &[u8]) -> Option<Vec<ZipEntry>> {
    // The end record is followed by a comment of at most 65,535 bytes.
    let from = bytes.len().saturating_sub(22 + 65_535);
    let end = from + bytes.get(from..)?.windows(END.len()).rposition(|window| window == END)?;
    let (mut at, mut size) = (end, u64::from(u32_at(bytes, end + 12)?));
    if size == u64::from(u32::MAX) || u16_at(bytes, end + 10)? == u16::MAX {
        let locator = end.checked_sub(20)?;
        if !bytes.get(locator..)?.starts_with(LOCATOR_64) {
            return None;
        }
        at = usize::try_from(u64_at(bytes, locator + 8)?).ok()?;
        if !bytes.get(at..)?.starts_with(END_64) {
            return None;
        }
        size = u64_at(bytes, at.checked_add(40)?)?;
    }
    // Counted back from the end record, so that a stub before the zip does no harm.
    let mut here = at.checked_sub(usize::try_from(size).ok()?)?;
    let mut entries = Vec::new();
    while here < at {
        let header = bytes.get(here..at)?;
        if !header.starts_with(ENTRY) {
            return None;
        }
        let name_length = usize::from(u16_at(header, 28)?);
        let name = String::from_utf8_lossy(header.get(46..46 + name_length)?).to_lowercase().replace('\\', "/");
        entries.push(ZipEntry { name, size: u64::from(u32_at(header, 24)?), encrypted: u16_at(header, 8)? & 1 == 1 });
        here += 46 + name_length + usize::from(u16_at(header, 30)?) + usize::from(u16_at(header, 32)?);
    }
    Some(entries)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..at.checked_add(8)?)?.try_into().ok().map(u64::from_le_bytes)
}
