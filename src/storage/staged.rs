//! The bytes of a file that was fetched, where they lie until they are read.
//!
//! They are hashed as they come. A small file stays in memory; a large one goes to a
//! temporary file without a name, which only this process can open and which ends with it.

use std::fmt;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::sync::{Mutex, PoisonError};

use tempfile::SpooledTempFile;

use crate::digest::RunningDigest;

/// The largest file that stays in memory, in bytes.
const IN_MEMORY: usize = 1 << 18;

/// How many of the last bytes are remembered: enough for the end of a line in UTF-16.
const END: usize = 2;

/// The bytes of a file, with their digest.
pub struct StagedBytes {
    file: Mutex<SpooledTempFile>,
    len: u64,
    sha256: String,
    end: Vec<u8>,
}

impl StagedBytes {
    /// Bytes that are in memory anyhow.
    pub fn of(bytes: &[u8]) -> io::Result<Self> {
        let mut stager = Stager::new();
        stager.write(bytes)?;
        stager.finish()
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Their digest, 64 small hexadecimal digits.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The last two of them, or what there is.
    pub fn end(&self) -> &[u8] {
        &self.end
    }

    /// All of them.
    pub fn read(&self) -> io::Result<Vec<u8>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.rewind()?;
        let mut bytes = Vec::with_capacity(usize::try_from(self.len).unwrap_or(0));
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl PartialEq for StagedBytes {
    fn eq(&self, other: &Self) -> bool {
        self.sha256 == other.sha256
    }
}

impl Eq for StagedBytes {}

impl fmt::Debug for StagedBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StagedBytes").field("len", &self.len).field("sha256", &self.sha256).finish_non_exhaustive()
    }
}

/// Takes the bytes of a file as they come.
#[derive(Debug)]
pub(super) struct Stager {
    file: SpooledTempFile,
    digest: RunningDigest,
    len: u64,
    end: Vec<u8>,
}

impl Stager {
    pub(super) fn new() -> Self {
        Self {
            file: tempfile::spooled_tempfile(IN_MEMORY),
            digest: RunningDigest::default(),
            len: 0,
            end: Vec::with_capacity(END * 2),
        }
    }

    /// Takes the next bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.digest.update(bytes);
        self.len += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.end.extend_from_slice(&bytes[bytes.len().saturating_sub(END)..]);
        self.end.drain(..self.end.len().saturating_sub(END));
        Ok(())
    }

    /// How many came.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// The whole.
    pub(super) fn finish(self) -> io::Result<StagedBytes> {
        let Self { file, digest, len, end } = self;
        Ok(StagedBytes { file: Mutex::new(file), len, sha256: digest.finish(), end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::sha256;

    #[test]
    fn bytes_come_back_as_they_came_in_memory_and_beside_it() {
        for size in [0, 1, IN_MEMORY, IN_MEMORY + 1, IN_MEMORY * 3] {
            let bytes: Vec<u8> = (0..size).map(|at| u8::try_from(at % 251).unwrap()).collect();
            let mut stager = Stager::new();
            bytes.chunks(1000).for_each(|chunk| stager.write(chunk).unwrap());
            assert_eq!(stager.len(), size as u64);
            assert_eq!(stager.file.is_rolled(), size > IN_MEMORY);
            let staged = stager.finish().unwrap();
            for _ in 0..2 {
                assert_eq!(staged.read().unwrap(), bytes);
            }
            assert_eq!((staged.len(), staged.sha256()), (size as u64, sha256(&bytes).as_str()));
            assert_eq!(staged.end(), &bytes[size.saturating_sub(END)..]);
        }
    }
}
