//! The few things of which a request and an answer are made: numbers, little
//! end first, and texts with their length in front.
//!
//! What is taken is never believed: every length is checked against what may
//! still come, and no memory is set aside on a length's word alone.

use std::io::{self, Read, Write};

/// Beside a kind: the thing's number follows.
pub(super) const AT: u8 = 0x80;
/// In place of a text's length: the length is longer than a byte, and follows.
const LONG: u8 = 0xFF;

/// Why bytes are not what they should be.
#[derive(Debug, thiserror::Error)]
pub(super) enum Garbled {
    /// They end in the middle.
    #[error("it breaks off")]
    BreaksOff,
    /// They cannot mean anything.
    #[error("it holds {0}")]
    Nonsense(&'static str),
    /// There are more of them than there may be.
    #[error("it is longer than it may be")]
    TooLong,
    /// They cannot be had.
    #[error(transparent)]
    Io(io::Error),
}

impl From<io::Error> for Garbled {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof { Self::BreaksOff } else { Self::Io(error) }
    }
}

/// Writes at most so many bytes.
pub(super) struct Put<W> {
    to: W,
    left: u64,
}

impl<W: Write> Put<W> {
    pub(super) fn new(to: W, at_most: u64) -> Self {
        Self { to, left: at_most }
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Result<(), Garbled> {
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(Garbled::TooLong)?;
        Ok(self.to.write_all(bytes)?)
    }

    pub(super) fn byte(&mut self, value: u8) -> Result<(), Garbled> {
        self.bytes(&[value])
    }

    pub(super) fn number(&mut self, value: u32) -> Result<(), Garbled> {
        self.bytes(&value.to_le_bytes())
    }

    pub(super) fn long(&mut self, value: u64) -> Result<(), Garbled> {
        self.bytes(&value.to_le_bytes())
    }

    /// How many things follow.
    pub(super) fn count(&mut self, count: usize) -> Result<(), Garbled> {
        self.number(u32::try_from(count).map_err(|_| Garbled::TooLong)?)
    }

    /// What kind of thing follows, and its number where it has one of its own.
    pub(super) fn head(&mut self, kind: u8, at: Option<u32>) -> Result<(), Garbled> {
        match at {
            None => self.byte(kind),
            Some(at) => self.byte(kind | AT).and_then(|()| self.number(at)),
        }
    }

    pub(super) fn text(&mut self, text: &str) -> Result<(), Garbled> {
        match u8::try_from(text.len()) {
            Ok(length) if length != LONG => self.byte(length)?,
            _ => self.byte(LONG).and_then(|()| self.count(text.len()))?,
        }
        self.bytes(text.as_bytes())
    }

    pub(super) fn flush(&mut self) -> Result<(), Garbled> {
        Ok(self.to.flush()?)
    }
}

/// Takes at most so many bytes.
pub(super) struct Take<R> {
    from: R,
    left: u64,
}

impl<R: Read> Take<R> {
    pub(super) fn new(from: R, at_most: u64) -> Self {
        Self { from, left: at_most }
    }

    fn exactly<const N: usize>(&mut self) -> Result<[u8; N], Garbled> {
        self.left = self.left.checked_sub(N as u64).ok_or(Garbled::TooLong)?;
        let mut bytes = [0; N];
        self.from.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    pub(super) fn byte(&mut self) -> Result<u8, Garbled> {
        self.exactly::<1>().map(|[byte]| byte)
    }

    pub(super) fn number(&mut self) -> Result<u32, Garbled> {
        self.exactly().map(u32::from_le_bytes)
    }

    pub(super) fn long(&mut self) -> Result<u64, Garbled> {
        self.exactly().map(u64::from_le_bytes)
    }

    /// So many bytes; `count` may be a lie.
    pub(super) fn bytes(&mut self, count: u64) -> Result<Vec<u8>, Garbled> {
        /// What is set aside before any of the bytes have come.
        const AT_ONCE: u64 = 1 << 16;
        self.left = self.left.checked_sub(count).ok_or(Garbled::TooLong)?;
        let mut bytes = vec![0; usize::try_from(count.min(AT_ONCE)).unwrap_or(0)];
        self.from.read_exact(&mut bytes)?;
        if count > AT_ONCE {
            (&mut self.from).take(count - AT_ONCE).read_to_end(&mut bytes)?;
        }
        if bytes.len() as u64 == count { Ok(bytes) } else { Err(Garbled::BreaksOff) }
    }

    pub(super) fn text(&mut self) -> Result<String, Garbled> {
        let length = match self.byte()? {
            LONG => self.number()?,
            length => length.into(),
        };
        String::from_utf8(self.bytes(length.into())?).map_err(|_| Garbled::Nonsense("a text that is no UTF-8"))
    }

    /// A mark that must stand here.
    pub(super) fn mark<const N: usize>(&mut self, expected: &[u8; N]) -> Result<(), Garbled> {
        if self.exactly::<N>()? == *expected { Ok(()) } else { Err(Garbled::Nonsense("no mark of its kind")) }
    }
}
