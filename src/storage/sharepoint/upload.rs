//! A file in pieces: it stands once the last one came, and not before.
//!
//! Every file that is not empty goes up so, small ones too. The address of an upload is a
//! receipt: where an answer is lost, whoever has it can ask whether the file stands, which a
//! plain PUT leaves open. Nor does a plain PUT promise to heed an etag.

use std::sync::atomic::{AtomicBool, Ordering};

use reqwest::header::{CONTENT_RANGE, CONTENT_TYPE, HeaderValue, IF_MATCH};
use reqwest::{Method, Response, StatusCode, Url};
use serde_json::json;

use super::graph::SignedAs;
use super::item::{DriveItem, UploadSession};
use super::{LookedUp, SharePoint, with_json};
use crate::storage::error::Operation;
use crate::storage::http::exchange::Call;
use crate::storage::path::{folders, split};
use crate::storage::retry::AttemptFault;
use crate::storage::{PutAnswer, PutMode, StorageError};

/// One piece: a multiple of 320 KiB, as Graph wants it, and little enough for a slow line.
const PIECE: usize = 16 * 320 * 1024;

/// What became of the beginning of an upload.
enum Begun {
    /// The pieces go there.
    At(Url),
    Stored(Option<String>),
    /// Something has this name.
    Conflict,
    Changed,
    NoFolder,
}

/// What became of a piece.
enum PieceOutcome {
    /// The next byte that is wanted.
    Next(usize),
    /// The file stands.
    Stored(Option<String>),
    Conflict,
    Changed,
    /// Nothing is known of the upload any more. `unsure`: an answer was lost before.
    Lost {
        unsure: bool,
    },
}

impl SharePoint {
    /// Writes a file, and the folders that it needs.
    pub(super) async fn upload(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, StorageError> {
        self.graph.patiently(|| self.upload_once(name, bytes, mode)).await
    }

    async fn upload_once(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, AttemptFault> {
        let call = self.call(Operation::Write, name);
        let mut begun = self.begin(&call, bytes, mode).await.map_err(AttemptFault::last)?;
        if matches!(begun, Begun::NoFolder) {
            self.make_folders(name).await.map_err(AttemptFault::last)?;
            begun = self.begin(&call, bytes, mode).await.map_err(AttemptFault::last)?;
        }
        match begun {
            Begun::At(url) => self.send_pieces(&call, bytes, mode, &url).await,
            Begun::Stored(etag) => Ok(PutAnswer::Stored { etag }),
            Begun::Changed => Ok(PutAnswer::Changed),
            Begun::Conflict => self.conflict(&call, mode).await,
            Begun::NoFolder if matches!(mode, PutMode::IfMatch(_)) => Ok(PutAnswer::Changed),
            Begun::NoFolder => Err(AttemptFault::last(StorageError::Absent { place: call.shown })),
        }
    }

    /// Begins an upload; an empty file stands at once, for there are no pieces of it.
    async fn begin(&self, call: &Call<'_>, bytes: &[u8], mode: PutMode<'_>) -> Result<Begun, StorageError> {
        let behaviour = if mode == PutMode::Create { "fail" } else { "replace" };
        let condition = match mode {
            PutMode::IfMatch(etag) => HeaderValue::from_str(etag).ok(),
            _ => None,
        };
        let (method, path) = if bytes.is_empty() {
            let path = self.path(call.name, "content").await?;
            (Method::PUT, format!("{path}?@microsoft.graph.conflictBehavior={behaviour}"))
        } else {
            (Method::POST, self.path(call.name, "createUploadSession").await?)
        };
        let body = json!({ "item": { "@microsoft.graph.conflictBehavior": behaviour } });
        self.graph
            .patiently(|| async {
                let request = self.graph.request(method.clone(), &path);
                let mut request = match bytes.is_empty() {
                    true => request.header(CONTENT_TYPE, "application/octet-stream").body(Vec::new()),
                    false => with_json(request, &body),
                };
                if let Some(etag) = &condition {
                    request = request.header(IF_MATCH, etag);
                }
                let response = self.graph.send(call, request, SignedAs::App).await?;
                match response.status() {
                    status if status.is_success() && bytes.is_empty() => {
                        let item: DriveItem = self.graph.json(call, response).await?;
                        Ok(Begun::Stored(item.etag))
                    }
                    status if status.is_success() => {
                        let session: UploadSession = self.graph.json(call, response).await?;
                        self.graph.elsewhere(call, Url::parse(&session.upload_url).ok()).await.map(Begun::At)
                    }
                    StatusCode::NOT_FOUND => Ok(Begun::NoFolder),
                    StatusCode::PRECONDITION_FAILED => Ok(Begun::Changed),
                    StatusCode::CONFLICT => {
                        let changed = self.changed(call, response, mode).await?;
                        Ok(if changed { Begun::Changed } else { Begun::Conflict })
                    }
                    _ => Err(self.graph.refused(call, response).await),
                }
            })
            .await
    }

    /// Makes the folders of a name below the storage, each of which may be there.
    async fn make_folders(&self, name: &str) -> Result<(), StorageError> {
        for folder in folders(name) {
            let (parent, part) = split(folder);
            let (call, path) = (self.call(Operation::Write, name), self.path(parent, "children").await?);
            let body = json!({ "name": part, "folder": {}, "@microsoft.graph.conflictBehavior": "fail" });
            self.graph
                .patiently(|| async {
                    let request = with_json(self.graph.request(Method::POST, &path), &body);
                    let response = self.graph.send(&call, request, SignedAs::App).await?;
                    match response.status() {
                        StatusCode::CONFLICT => Ok(()),
                        StatusCode::NOT_FOUND => Err(AttemptFault::last(self.absent())),
                        status if status.is_success() => Ok(()),
                        _ => Err(self.graph.refused(&call, response).await),
                    }
                })
                .await?;
        }
        Ok(())
    }

    /// Sends every piece. What does not end well is given up, so that the name is free again.
    async fn send_pieces(
        &self,
        call: &Call<'_>,
        bytes: &[u8],
        mode: PutMode<'_>,
        url: &Url,
    ) -> Result<PutAnswer, AttemptFault> {
        let ended = self.pieces(call, bytes, mode, url).await;
        if !matches!(ended, Ok(PieceOutcome::Stored(_))) {
            let request = self.graph.to(Method::DELETE, url);
            if let Err(fault) = self.graph.send(call, request, SignedAs::Nobody).await {
                tracing::debug!(error = %fault.error, "an upload was not given up; it ends by itself");
            }
        }
        match ended.map_err(AttemptFault::last)? {
            PieceOutcome::Stored(etag) => Ok(PutAnswer::Stored { etag }),
            PieceOutcome::Changed => Ok(PutAnswer::Changed),
            PieceOutcome::Conflict => self.conflict(call, mode).await,
            PieceOutcome::Next(_) => {
                let said = "that it wants pieces which it was sent".to_owned();
                Err(AttemptFault::passing(self.graph.odd(call, said)))
            }
            PieceOutcome::Lost { unsure } => {
                // An upload is forgotten once its file stands.
                if unsure
                    && let LookedUp::Item(item) =
                        self.look(Operation::Write, call.name, None).await.map_err(AttemptFault::last)?
                {
                    return Ok(PutAnswer::Stored { etag: item.etag });
                }
                let said = "that it knows nothing of an upload which it began".to_owned();
                Err(AttemptFault::passing(self.graph.odd(call, said)))
            }
        }
    }

    /// Sends pieces until the file stands or there is no going on.
    async fn pieces(
        &self,
        call: &Call<'_>,
        bytes: &[u8],
        mode: PutMode<'_>,
        url: &Url,
    ) -> Result<PieceOutcome, StorageError> {
        let mut at = 0;
        // Twice as often as there are pieces, for those that the server lost.
        for _ in 0..2 * bytes.len().div_ceil(PIECE) {
            let unsure = AtomicBool::new(false);
            match self.graph.patiently(|| self.piece(call, (bytes, at), mode, url, &unsure)).await? {
                PieceOutcome::Next(next) if next < bytes.len() => at = next,
                ended => return Ok(ended),
            }
        }
        Ok(PieceOutcome::Next(at))
    }

    /// Sends the piece that begins `at` this byte. Where an answer was lost, the server says
    /// how far it came.
    async fn piece(
        &self,
        call: &Call<'_>,
        (bytes, mut at): (&[u8], usize),
        mode: PutMode<'_>,
        url: &Url,
        unsure: &AtomicBool,
    ) -> Result<PieceOutcome, AttemptFault> {
        if unsure.load(Ordering::Relaxed) {
            let response = self.graph.send(call, self.graph.get(url), SignedAs::Nobody).await?;
            match response.status() {
                StatusCode::OK => {
                    let session: UploadSession = self.graph.json(call, response).await?;
                    match session.next().filter(|next| *next < bytes.len()) {
                        // It came after all.
                        Some(next) if next > at => return Ok(PieceOutcome::Next(next)),
                        Some(next) => at = next,
                        None => {}
                    }
                }
                StatusCode::NOT_FOUND | StatusCode::GONE => return Ok(PieceOutcome::Lost { unsure: true }),
                _ => return Err(self.graph.refused(call, response).await),
            }
        }
        let was_unsure = unsure.swap(true, Ordering::Relaxed);
        let end = (at + PIECE).min(bytes.len());
        let range = format!("bytes {at}-{}/{}", end - 1, bytes.len());
        let request = self.graph.to(Method::PUT, url).header(CONTENT_RANGE, range).body(bytes[at..end].to_owned());
        let response = self.graph.send(call, request, SignedAs::Nobody).await?;
        match response.status() {
            StatusCode::ACCEPTED => {
                let session: UploadSession = self.graph.json(call, response).await?;
                Ok(PieceOutcome::Next(session.next().unwrap_or(end)))
            }
            status if status.is_success() => {
                let item: DriveItem = self.graph.json(call, response).await?;
                Ok(PieceOutcome::Stored(item.etag))
            }
            StatusCode::CONFLICT => {
                let changed = self.changed(call, response, mode).await?;
                Ok(if changed { PieceOutcome::Changed } else { PieceOutcome::Conflict })
            }
            StatusCode::PRECONDITION_FAILED => Ok(PieceOutcome::Changed),
            StatusCode::NOT_FOUND | StatusCode::GONE => Ok(PieceOutcome::Lost { unsure: was_unsure }),
            // It has the piece already, and says so when it is asked.
            StatusCode::RANGE_NOT_SATISFIABLE => {
                let said = self.graph.words(response).await.said;
                Err(AttemptFault::passing(self.graph.odd(call, said)))
            }
            _ => Err(self.graph.refused(call, response).await),
        }
    }

    /// Whether a conflict is about the etag that was meant, and not about the name. SharePoint
    /// says so as well where two of its own steps met, which passes.
    async fn changed(&self, call: &Call<'_>, response: Response, mode: PutMode<'_>) -> Result<bool, AttemptFault> {
        let refusal = self.graph.words(response).await;
        match (refusal.code.as_str(), mode) {
            ("resourceModified", PutMode::IfMatch(_)) => Ok(true),
            ("resourceModified", _) => Err(refusal.fault(call)),
            _ => Ok(false),
        }
    }

    /// Something has the name: a file, or an upload that did not end.
    async fn conflict(&self, call: &Call<'_>, mode: PutMode<'_>) -> Result<PutAnswer, AttemptFault> {
        let standing = self.look(Operation::Write, call.name, None).await.map_err(AttemptFault::last)?;
        if mode == PutMode::Create && matches!(standing, LookedUp::Item(_)) {
            return Ok(PutAnswer::Exists);
        }
        Err(AttemptFault::passing(StorageError::Refused {
            operation: call.operation,
            url: call.shown.clone(),
            said: "409 Conflict, and that no such file stands to be kept".to_owned(),
            hint: "another upload of this name is under way, or was broken off: SharePoint lets go of it by itself"
                .to_owned(),
        }))
    }
}
