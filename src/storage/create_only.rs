//! Writes that keep what stands, on servers of which not every one heeds such a wish.
//!
//! The first write to a storage finds out, with a file of a few bytes that is written
//! twice. Where the wish is not heeded each file is looked for first and read back after,
//! and that is told.

use async_trait::async_trait;
use tokio::sync::OnceCell;

use super::contract::{Backend, StorageFault};
use super::{Got, PutAnswer, PutMode, StorageError, path};
use crate::digest::sha256;

/// The file by which it is found out.
const PROBE: &str = ".boardpack-create-only";

/// What is told of a server that writes over everything.
const WEAKNESS: &str = "the server writes over files that it is asked to keep (If-None-Match: *): each is looked for \
                        first and read back after, which two writers at once can defeat";

/// A storage whose server is told the condition of a write, and may not heed it.
#[async_trait]
pub(super) trait ConditionalWrites: Backend {
    /// Asks the server to write; the answer is the server's.
    async fn ask_to_write(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, StorageError>;
}

/// Whether a storage's server keeps what stands, once that was found out.
#[derive(Debug, Default)]
pub(super) struct CreateOnly(OnceCell<bool>);

impl CreateOnly {
    /// Of a server that is known to heed conditions.
    pub(super) fn heeded() -> Self {
        Self(OnceCell::new_with(Some(true)))
    }

    /// What the server was found to lack.
    pub(super) fn weakness(&self) -> Option<String> {
        (self.0.get() == Some(&false)).then(|| WEAKNESS.to_owned())
    }

    /// Writes a file on a condition, which holds whatever the server makes of it.
    pub(super) async fn put(
        &self,
        storage: &impl ConditionalWrites,
        name: &str,
        bytes: &[u8],
        mode: PutMode<'_>,
    ) -> Result<PutAnswer, StorageError> {
        if mode == PutMode::Replace || self.keeps(storage, name).await? {
            return storage.ask_to_write(name, bytes, mode).await;
        }
        let standing = plain(storage.head(name).await)?.flatten();
        match (mode, standing) {
            (PutMode::Create, Some(_)) => return Ok(PutAnswer::Exists),
            (PutMode::IfMatch(etag), standing)
                if standing.as_ref().and_then(|entry| entry.etag.as_deref()) != Some(etag) =>
            {
                return Ok(PutAnswer::Changed);
            }
            _ => {}
        }
        storage.ask_to_write(name, bytes, PutMode::Replace).await?;
        match plain(storage.read(name, None).await)? {
            Some(Got::Found(file)) if file.content.sha256() == sha256(bytes) => {
                Ok(PutAnswer::Stored { etag: file.etag })
            }
            // Larger than what may be read is still what was written, as far as anybody can say.
            Some(Got::TooLarge { bytes: found, .. }) if u64::try_from(bytes.len()) == Ok(found) => {
                Ok(PutAnswer::Stored { etag: None })
            }
            // Another writer came after: its file stands.
            _ => Ok(PutAnswer::Exists),
        }
    }

    async fn keeps(&self, storage: &impl ConditionalWrites, name: &str) -> Result<bool, StorageError> {
        let find = || async {
            let probe = path::below(path::split(name).0, PROBE);
            let bytes = b"boardpack finds out whether this server keeps what stands\n";
            let mut keeps = false;
            // One that stands from before answers the question at once.
            for _ in 0..2 {
                match storage.ask_to_write(&probe, bytes, PutMode::Create).await {
                    Ok(answer) => keeps |= answer == PutAnswer::Exists,
                    // The condition is unknown there, and said to be.
                    Err(StorageError::Refused { said, .. }) if said.starts_with("501 ") => break,
                    Err(error) => return Err(error),
                }
            }
            // That it stays where this account may not remove anything does no harm.
            match storage.remove(&probe).await {
                Ok(()) | Err(StorageError::Denied { .. }) => {}
                Err(error) => return Err(error),
            }
            if !keeps {
                tracing::warn!(place = storage.place(), "{WEAKNESS}");
            }
            Ok(keeps)
        };
        self.0.get_or_try_init(find).await.copied()
    }
}

/// An answer; none of one that an officer would act on, which nobody waits for here.
fn plain<T>(answer: Result<T, StorageFault>) -> Result<Option<T>, StorageError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(StorageFault::Answer(_)) => Ok(None),
        Err(StorageFault::Broken(error)) => Err(error),
    }
}
