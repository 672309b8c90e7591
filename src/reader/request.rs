//! What the worker is asked: the limits first, so that they are in force
//! before anything of the file is looked at; then the file's name and size;
//! then its bytes.
//!
//! All of it goes through the pipe. Nothing is on the command line, which
//! every user of the machine can see, or in a temporary file.

use std::io::{Read, Write};

use serde::{Deserialize, Serialize};

use super::codec::{CodecError, FrameReader, FrameWriter, StreamMark};
use crate::domain::ReadingLimits;

const MARK: StreamMark = *b"bp-ask\x00\x02";

#[derive(Serialize, Deserialize)]
struct FileHeader {
    name: String,
    size: u64,
}

/// Asks for a workbook.
pub(super) fn send(to: impl Write, file: &str, bytes: &[u8], limits: &ReadingLimits) -> Result<(), CodecError> {
    let mut frames = FrameWriter::new(to, MARK, u64::MAX)?;
    frames.send(limits)?;
    frames.flush()?;
    frames.send(&FileHeader { name: file.to_owned(), size: bytes.len() as u64 })?;
    frames.bytes(bytes)
}

/// A request whose limits are known and whose file is still in the pipe.
pub(super) struct ReadRequest<R> {
    pub(super) limits: ReadingLimits,
    rest: FrameReader<R>,
}

/// The beginning of a request.
pub(super) fn receive<R: Read>(from: R) -> Result<ReadRequest<R>, CodecError> {
    let mut frames = FrameReader::new(from, MARK, u64::MAX)?;
    Ok(ReadRequest { limits: frames.receive()?, rest: frames })
}

impl<R: Read> ReadRequest<R> {
    /// The file's name and its bytes.
    pub(super) fn file(mut self) -> Result<(String, Vec<u8>), CodecError> {
        let FileHeader { name, size } = self.rest.receive()?;
        Ok((name, self.rest.bytes(size)?))
    }
}
