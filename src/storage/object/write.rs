//! Writing on a condition: that nothing stands under the name, or what is meant.
//!
//! A server that refuses says 412, or 409 where another write is under way: it is looked
//! whether something stands, and tried again where nothing does. Not every server of
//! others' making heeds a condition: the first write finds out, with a file of a few bytes
//! that is written twice. Where it is not heeded it is looked first and read back after,
//! and that is told.

use object_store::{ObjectStore as _, PutMode as ObjectPutMode, PutOptions, PutPayload, UpdateVersion};
use reqwest::StatusCode;

use super::{ObjectService, Objects, strong};
use crate::digest::sha256;
use crate::storage::error::Operation;
use crate::storage::retry::AttemptFault;
use crate::storage::walk::below;
use crate::storage::{Got, PutAnswer, PutMode, StorageError};

/// What is told of a server that knows no conditions.
pub(super) const WEAKNESS: &str = "the server writes over files that it is asked to keep (If-None-Match: *): each is \
                                   looked for first and read back after, which two writers at once can defeat";

/// The file by which it is found out whether a server keeps what stands.
const PROBE: &str = ".boardpack-create-only";

impl<S: ObjectService> Objects<S> {
    /// Writes a file on a condition.
    pub(super) async fn write(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, StorageError> {
        let (store, key, call) = (self.store().await?, self.key(name)?, self.call(Operation::Write, name));
        self.patiently(|| async {
            let mode_there = match mode {
                PutMode::Replace => ObjectPutMode::Overwrite,
                PutMode::Create => ObjectPutMode::Create,
                PutMode::IfMatch(etag) => {
                    ObjectPutMode::Update(UpdateVersion { e_tag: Some(etag.to_owned()), version: None })
                }
            };
            let payload = PutPayload::from(bytes.to_owned());
            match self.ask(&call, store.put_opts(&key, payload, PutOptions::from(mode_there))).await? {
                Ok(stored) => Ok(PutAnswer::Stored { etag: strong(stored.e_tag.as_deref()) }),
                Err(refusal) => match (mode, refusal.status) {
                    (PutMode::Create, StatusCode::PRECONDITION_FAILED | StatusCode::CONFLICT) => {
                        // The server's word for it that something stands is not enough.
                        match self.look(name, &call).await? {
                            Some(_) => Ok(PutAnswer::Exists),
                            None => Err(AttemptFault { again: true, ..self.refused(&call, &refusal) }),
                        }
                    }
                    (PutMode::IfMatch(_), StatusCode::PRECONDITION_FAILED | StatusCode::NOT_FOUND)
                        if !super::ABSENT.contains(&refusal.code.as_str()) =>
                    {
                        Ok(PutAnswer::Changed)
                    }
                    _ => Err(self.refused(&call, &refusal)),
                },
            }
        })
        .await
    }

    /// Whether the server keeps what stands, found out once.
    pub(super) async fn keeps(&self, name: &str) -> Result<bool, StorageError> {
        if !self.service.may_write_over() {
            return Ok(true);
        }
        let find = || async {
            let probe = below(name.rsplit_once('/').map_or("", |(folder, _)| folder), PROBE);
            let bytes = b"boardpack finds out whether this server keeps what stands\n";
            let mut keeps = false;
            // One that stands from before answers the question at once.
            for _ in 0..2 {
                match self.write(&probe, bytes, PutMode::Create).await {
                    Ok(answer) => keeps |= answer == PutAnswer::Exists,
                    // The condition is unknown there, and said to be.
                    Err(StorageError::Refused { said, .. }) if said.starts_with("501 ") => break,
                    Err(error) => return Err(error),
                }
            }
            // That it stays where this account may not remove anything does no harm.
            match super::Backend::remove(self, &probe).await {
                Ok(()) | Err(StorageError::Denied { .. }) => {}
                Err(error) => return Err(error),
            }
            if !keeps {
                let place = self.shown("");
                tracing::warn!(
                    place,
                    "this server writes over files that are to be kept: each is looked for first and read back"
                );
            }
            Ok(keeps)
        };
        self.keeps.get_or_try_init(find).await.copied()
    }

    /// Writes where the server writes over anything: looked first, read back after.
    pub(super) async fn write_with_care(
        &self,
        name: &str,
        bytes: &[u8],
        mode: PutMode<'_>,
    ) -> Result<PutAnswer, StorageError> {
        let call = self.call(Operation::Look, name);
        let standing = self.patiently(|| self.look(name, &call)).await?;
        match (mode, standing) {
            (PutMode::Create, Some(_)) => return Ok(PutAnswer::Exists),
            (PutMode::IfMatch(etag), standing)
                if standing.as_ref().and_then(|meta| strong(meta.e_tag.as_deref())).as_deref() != Some(etag) =>
            {
                return Ok(PutAnswer::Changed);
            }
            _ => {}
        }
        self.write(name, bytes, PutMode::Replace).await?;
        match self.fetch(name, None).await? {
            Got::Found(file) if file.content.sha256() == sha256(bytes) => Ok(PutAnswer::Stored { etag: file.etag }),
            // Larger than what may be read is still what was written, as far as anybody can say.
            Got::TooLarge { bytes: found, .. } if u64::try_from(bytes.len()) == Ok(found) => {
                Ok(PutAnswer::Stored { etag: None })
            }
            // Another writer came after: its file stands.
            _ => Ok(PutAnswer::Exists),
        }
    }
}
