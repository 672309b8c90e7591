//! Reads a file that somebody may be saving just now.
//!
//! Size and time are compared before and after. Programs save in place, or
//! beside and then rename; both show. A file that moves is read once more and
//! then given up: half a save is not a figure.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How long a save is given before the second attempt.
const PAUSE: Duration = Duration::from_millis(250);

/// What reading came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Snapshot {
    /// The whole file, as it stood at one moment.
    Whole {
        /// The bytes.
        bytes: Vec<u8>,
        /// When it was last changed.
        modified: Option<SystemTime>,
    },
    /// More bytes than the limit; so many were seen.
    TooLarge(u64),
    /// It was not the same before and after, twice.
    Changing,
}

/// What changes when a file is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Marks {
    size: u64,
    modified: Option<SystemTime>,
}

impl Marks {
    fn of(meta: &fs::Metadata) -> Self {
        Self { size: meta.len(), modified: meta.modified().ok() }
    }
}

/// One reading.
enum SnapshotRead {
    Bytes { before: Marks, bytes: Vec<u8>, after: Option<Marks> },
    TooLarge(u64),
}

/// Reads a file of at most `limit` bytes.
pub(super) fn read(path: &Path, limit: u64) -> io::Result<Snapshot> {
    steady(|| once(path, limit), || std::thread::sleep(PAUSE))
}

fn steady(mut attempt: impl FnMut() -> io::Result<SnapshotRead>, pause: impl Fn()) -> io::Result<Snapshot> {
    for last in [false, true] {
        match attempt()? {
            SnapshotRead::TooLarge(bytes) => return Ok(Snapshot::TooLarge(bytes)),
            SnapshotRead::Bytes { before, bytes, after } => {
                let whole = u64::try_from(bytes.len()).is_ok_and(|len| len == before.size);
                if whole && after == Some(before) {
                    return Ok(Snapshot::Whole { bytes, modified: before.modified });
                }
            }
        }
        if !last {
            pause();
        }
    }
    Ok(Snapshot::Changing)
}

fn once(path: &Path, limit: u64) -> io::Result<SnapshotRead> {
    let mut file = fs::File::open(path)?;
    let before = Marks::of(&file.metadata()?);
    if before.size > limit {
        return Ok(SnapshotRead::TooLarge(before.size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(before.size).unwrap_or(0));
    file.by_ref().take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    let seen = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if seen > limit {
        return Ok(SnapshotRead::TooLarge(seen));
    }
    // By name, not by handle: a save that renames leaves the handle untouched.
    let after = match fs::metadata(path) {
        Ok(meta) => Some(Marks::of(&meta)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    Ok(SnapshotRead::Bytes { before, bytes, after })
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write files of their own")]
mod tests {
    use std::cell::{Cell, RefCell};

    use super::*;

    fn marks(size: u64) -> Marks {
        Marks { size, modified: Some(SystemTime::UNIX_EPOCH) }
    }

    fn reading(before: u64, len: usize, after: Option<u64>) -> SnapshotRead {
        SnapshotRead::Bytes { before: marks(before), bytes: vec![7; len], after: after.map(marks) }
    }

    fn run(readings: Vec<SnapshotRead>) -> (Snapshot, usize, usize) {
        let readings = RefCell::new(readings);
        let (attempts, pauses) = (Cell::new(0), Cell::new(0));
        let snapshot = steady(
            || {
                attempts.set(attempts.get() + 1);
                Ok(readings.borrow_mut().remove(0))
            },
            || pauses.set(pauses.get() + 1),
        );
        (snapshot.unwrap(), attempts.get(), pauses.get())
    }

    #[test]
    fn a_file_that_moves_is_read_once_more() {
        let whole = |len| Snapshot::Whole { bytes: vec![7; len], modified: Some(SystemTime::UNIX_EPOCH) };
        for (readings, expected, attempts) in [
            (vec![reading(3, 3, Some(3))], whole(3), 1),
            (vec![reading(3, 3, Some(4)), reading(4, 4, Some(4))], whole(4), 2),
            (vec![reading(3, 2, Some(3)), reading(3, 3, Some(3))], whole(3), 2),
            (vec![reading(3, 3, None), reading(3, 3, Some(3))], whole(3), 2),
            (vec![reading(3, 3, Some(4)), reading(4, 4, Some(5))], Snapshot::Changing, 2),
            (vec![reading(3, 3, None), reading(3, 4, Some(4))], Snapshot::Changing, 2),
        ] {
            let (snapshot, made, pauses) = run(readings);
            assert_eq!((snapshot, made, pauses), (expected, attempts, attempts - 1));
        }
    }

    #[test]
    fn the_limit_is_the_largest_size_that_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.xlsx");
        fs::write(&path, [7; 10]).unwrap();
        assert!(matches!(read(&path, 10).unwrap(), Snapshot::Whole { bytes, modified: Some(_) } if bytes == [7; 10]));
        assert_eq!(read(&path, 9).unwrap(), Snapshot::TooLarge(10));
    }
}
