//! Writing on a condition: that nothing stands under the name, or what is meant.
//!
//! A server that refuses says 412, or 409 where another write is under way: it is looked
//! whether something stands, and tried again where nothing does.

use async_trait::async_trait;
use object_store::{ObjectStore as _, PutMode as ObjectPutMode, PutOptions, PutPayload, UpdateVersion};
use reqwest::StatusCode;

use super::{ObjectService, Objects, strong};
use crate::storage::create_only::ConditionalWrites;
use crate::storage::error::Operation;
use crate::storage::retry::AttemptFault;
use crate::storage::{PutAnswer, PutMode, StorageError};

#[async_trait]
impl<S: ObjectService> ConditionalWrites for Objects<S> {
    async fn ask_to_write(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, StorageError> {
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
}
