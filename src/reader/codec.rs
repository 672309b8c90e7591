//! Frames of messages: how a request and an answer go through a pipe.
//!
//! ```text
//! mark · (frame | bytes)*          frame = length (u32, little-endian) · message+
//! ```
//!
//! A message is a serde type in postcard's format. Messages are collected into
//! frames of some 64 KiB, so that a long answer is sent while it is made and
//! many small messages cost one write. What may be longer than a frame is
//! announced by a message and follows as bare bytes.
//!
//! Nothing that is received is trusted: the length of a frame is checked
//! before memory is set aside for it, all of a stream has a limit, for bare
//! bytes memory is set aside only as they arrive, and no length inside a frame
//! reaches beyond the frame.

use std::io::{self, Read, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// What the first bytes of a stream say it is.
pub(super) type StreamMark = [u8; 8];

/// A frame of this size is sent.
const FRAME_BYTES: usize = 1 << 16;
/// With its last message it may be as large as this.
const FRAME_AT_MOST: u32 = 1 << 20;

/// Why bytes are no stream of messages.
#[derive(Debug, thiserror::Error)]
pub(super) enum CodecError {
    /// They end in the middle.
    #[error("it breaks off")]
    Truncated,
    /// They cannot mean anything.
    #[error("it holds {0}")]
    Malformed(&'static str),
    /// There are more of them than there may be.
    #[error("it is longer than it may be")]
    TooLong,
    /// They cannot be read or written.
    #[error(transparent)]
    Io(io::Error),
}

impl From<io::Error> for CodecError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof { Self::Truncated } else { Self::Io(error) }
    }
}

impl From<postcard::Error> for CodecError {
    fn from(_: postcard::Error) -> Self {
        Self::Malformed("something that is no message")
    }
}

/// Sends messages and bytes, of at most so many bytes in all.
pub(super) struct FrameWriter<W> {
    to: W,
    left: u64,
    frame: Vec<u8>,
}

impl<W: Write> FrameWriter<W> {
    /// Begins a stream.
    pub(super) fn new(to: W, mark: StreamMark, limit: u64) -> Result<Self, CodecError> {
        let mut stream = Self { to, left: limit, frame: Vec::new() };
        stream.write(&mark)?;
        Ok(stream)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), CodecError> {
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(CodecError::TooLong)?;
        Ok(self.to.write_all(bytes)?)
    }

    /// Adds a message, and sends the frame once it is full.
    pub(super) fn send(&mut self, message: &impl Serialize) -> Result<(), CodecError> {
        self.frame = postcard::to_extend(message, std::mem::take(&mut self.frame))?;
        if self.frame.len() < FRAME_BYTES { Ok(()) } else { self.flush() }
    }

    /// Sends what has not been sent yet.
    pub(super) fn flush(&mut self) -> Result<(), CodecError> {
        if self.frame.is_empty() {
            return Ok(());
        }
        let mut frame = std::mem::take(&mut self.frame);
        let length = u32::try_from(frame.len()).ok().filter(|length| *length <= FRAME_AT_MOST);
        self.write(&length.ok_or(CodecError::TooLong)?.to_le_bytes())?;
        self.write(&frame)?;
        frame.clear();
        self.frame = frame;
        Ok(())
    }

    /// Sends bare bytes, which the message before them has announced.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Result<(), CodecError> {
        self.flush()?;
        self.write(bytes)
    }
}

/// Receives messages and bytes, of at most so many bytes in all.
pub(super) struct FrameReader<R> {
    from: R,
    left: u64,
    frame: Vec<u8>,
    /// How much of the frame is decoded.
    at: usize,
}

impl<R: Read> FrameReader<R> {
    /// Begins a stream, which must open with its mark.
    pub(super) fn new(from: R, mark: StreamMark, limit: u64) -> Result<Self, CodecError> {
        let mut stream = Self { from, left: limit, frame: Vec::new(), at: 0 };
        if stream.array()? == mark { Ok(stream) } else { Err(CodecError::Malformed("no mark of its kind")) }
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], CodecError> {
        self.left = self.left.checked_sub(N as u64).ok_or(CodecError::TooLong)?;
        let mut bytes = [0; N];
        self.from.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// The next message.
    pub(super) fn receive<T: DeserializeOwned>(&mut self) -> Result<T, CodecError> {
        if self.at == self.frame.len() {
            let length = u32::from_le_bytes(self.array()?);
            if length > FRAME_AT_MOST {
                return Err(CodecError::TooLong);
            }
            self.frame = self.bytes(length.into())?;
            self.at = 0;
        }
        let (message, rest) = postcard::take_from_bytes(self.frame.get(self.at..).unwrap_or_default())?;
        self.at = self.frame.len() - rest.len();
        Ok(message)
    }

    /// So many bare bytes. `count` may be a lie: beyond a frame's size, what is
    /// set aside grows with what arrives.
    pub(super) fn bytes(&mut self, count: u64) -> Result<Vec<u8>, CodecError> {
        self.left = self.left.checked_sub(count).ok_or(CodecError::TooLong)?;
        let mut bytes = Vec::with_capacity(usize::try_from(count.min(FRAME_AT_MOST.into())).unwrap_or(0));
        let read = (&mut self.from).take(count).read_to_end(&mut bytes)?;
        if read as u64 == count { Ok(bytes) } else { Err(CodecError::Truncated) }
    }
}
