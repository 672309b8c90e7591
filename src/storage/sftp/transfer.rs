//! Bytes of a file over SFTP: many requests at a time, because a server that is far away
//! would otherwise be waited for at each.

use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::stream;
use russh_sftp::client::RawSftpSession;
use russh_sftp::client::error::Error as ProtocolError;
use russh_sftp::protocol::StatusCode;

use super::fault::{SftpCall, SftpFault, status};
use crate::storage::StorageError;
use crate::storage::retry::AttemptFault;
use crate::storage::staged::Stager;

/// What one request asks for or brings: every server knows this much.
const CHUNK: u32 = 1 << 15;

/// Requests under way at a time: a megabyte, which is what a fast line holds in 50 ms.
const UNDER_WAY: usize = 32;

/// Where the chunks of so many bytes begin, and how long they are.
fn chunks(size: u64) -> impl Iterator<Item = (u64, u32)> {
    (0..size.div_ceil(u64::from(CHUNK))).map(move |index| {
        let at = index * u64::from(CHUNK);
        (at, u32::try_from(size - at).unwrap_or(CHUNK).min(CHUNK))
    })
}

/// Reads so many bytes of an open file; fewer come where it has become shorter.
pub(super) async fn read(
    session: &RawSftpSession,
    handle: &str,
    size: u64,
    call: &SftpCall,
) -> Result<Stager, SftpFault> {
    let mut stager = Stager::new();
    let asked = stream::iter(chunks(size).map(|(at, length)| chunk(session, handle, at, length)));
    let mut coming = asked.buffered(UNDER_WAY);
    while let Some(bytes) = coming.next().await {
        let bytes = bytes?;
        let unkept = |source| StorageError::Staging { place: call.shown.clone(), source: Arc::new(source) };
        stager.write(&bytes).map_err(|source| SftpFault::Known(AttemptFault::last(unkept(source))))?;
    }
    Ok(stager)
}

/// One chunk: a server may bring less than was asked for, and the rest is asked for again.
async fn chunk(session: &RawSftpSession, handle: &str, at: u64, length: u32) -> Result<Vec<u8>, ProtocolError> {
    let mut bytes: Vec<u8> = Vec::new();
    while let Some(left) =
        u32::try_from(bytes.len()).ok().and_then(|got| length.checked_sub(got)).filter(|left| *left > 0)
    {
        let from = at.saturating_add(u64::from(length - left));
        match session.read(handle, from, left).await {
            Ok(data) if data.data.is_empty() => break,
            Ok(data) => bytes.extend_from_slice(&data.data),
            Err(error) if status(&error) == Some(StatusCode::Eof) => break,
            Err(error) => return Err(error),
        }
    }
    Ok(bytes)
}

/// Writes all bytes of a file that was opened empty.
pub(super) async fn write(session: &RawSftpSession, handle: &str, bytes: &[u8]) -> Result<(), ProtocolError> {
    let part = |at: u64, length: u32| {
        let (at, length) = (usize::try_from(at).unwrap_or(usize::MAX), usize::try_from(length).unwrap_or(0));
        bytes.get(at..at.saturating_add(length)).unwrap_or_default().to_owned()
    };
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let sent = stream::iter(chunks(size).map(|(at, length)| session.write(handle, at, part(at, length))));
    let mut coming = sent.buffered(UNDER_WAY);
    while let Some(answer) = coming.next().await {
        answer?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_cover_a_file_and_no_more() {
        let chunk = u64::from(CHUNK);
        for (size, count, last) in
            [(0, 0, 0), (1, 1, 1), (chunk, 1, CHUNK), (chunk + 1, 2, 1), (chunk * 3 - 1, 3, CHUNK - 1)]
        {
            let found: Vec<_> = chunks(size).collect();
            assert_eq!((found.len(), found.last().map_or(0, |chunk| chunk.1)), (count, last), "{size}");
            assert_eq!(found.iter().map(|chunk| u64::from(chunk.1)).sum::<u64>(), size);
        }
    }
}
