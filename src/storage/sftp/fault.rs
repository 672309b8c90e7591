//! What goes wrong between here and an SSH server, and whether it may pass by itself.

use std::sync::Arc;

use russh_sftp::client::error::Error as ProtocolError;
use russh_sftp::protocol::StatusCode;

use crate::storage::StorageError;
use crate::storage::error::Operation;
use crate::storage::retry::AttemptFault;

/// What is asked of a server, as an error says it.
#[derive(Debug, Clone)]
pub(super) struct SftpCall {
    pub(super) operation: Operation,
    pub(super) shown: String,
}

/// Why an exchange gave no answer.
#[derive(Debug)]
pub(super) enum SftpFault {
    /// The server said no, or said nothing.
    Protocol(ProtocolError),
    /// What more is known than that.
    Known(AttemptFault),
}

impl From<ProtocolError> for SftpFault {
    fn from(error: ProtocolError) -> Self {
        Self::Protocol(error)
    }
}

/// Whether the server said that nothing is there.
pub(super) fn is_missing(error: &ProtocolError) -> bool {
    status(error) == Some(StatusCode::NoSuchFile)
}

/// Whether the server said no without a reason that the protocol has a word for.
pub(super) fn is_failure(error: &ProtocolError) -> bool {
    status(error) == Some(StatusCode::Failure)
}

pub(super) fn status(error: &ProtocolError) -> Option<StatusCode> {
    match error {
        ProtocolError::Status(status) => Some(status.status_code),
        _ => None,
    }
}

impl SftpFault {
    /// Whether the connection is of no use any more.
    pub(super) fn is_of_the_connection(&self) -> bool {
        matches!(self, Self::Protocol(error) if status(error).is_none())
    }

    /// For who tries again and for who reads it.
    pub(super) fn attempt(self, call: &SftpCall) -> AttemptFault {
        let error = match self {
            Self::Known(fault) => return fault,
            Self::Protocol(error) => error,
        };
        let (operation, url) = (call.operation, call.shown.clone());
        let ProtocolError::Status(said) = &error else {
            let hint = match error {
                ProtocolError::Timeout => SLOW,
                _ => "the connection broke; does the server allow this account SFTP?",
            };
            return AttemptFault::passing(StorageError::Exchange { operation, url, hint, source: Arc::new(error) });
        };
        let words = line(&said.error_message);
        let code = said.status_code.to_string();
        let said_text =
            if words.is_empty() || words.eq_ignore_ascii_case(&code) { code } else { format!("{code}: {words}") };
        match said.status_code {
            StatusCode::PermissionDenied => {
                let hint = match operation {
                    Operation::Write | Operation::Remove => "may this account write in that folder?",
                    _ => "may this account read that file and enter its folders?",
                };
                AttemptFault::last(StorageError::Denied { operation, url, said: said_text, hint: hint.to_owned() })
            }
            code => {
                let hint = match code {
                    StatusCode::NoSuchFile => "is `folder` there, and does this account see it?",
                    StatusCode::OpUnsupported => "the server cannot do this: is it a server of files?",
                    _ => "the server gives no reason; its own log does",
                };
                let error = StorageError::Refused { operation, url, said: said_text, hint: hint.to_owned() };
                let again = matches!(code, StatusCode::Failure | StatusCode::NoConnection | StatusCode::ConnectionLost);
                AttemptFault { error, again, after: None }
            }
        }
    }
}

/// What to do where nothing comes in time.
pub(super) const SLOW: &str = "does the server answer, and is `timeout_seconds` long enough for the file?";

/// The place is full.
pub(super) fn full(call: &SftpCall) -> SftpFault {
    SftpFault::Known(AttemptFault::last(StorageError::Refused {
        operation: call.operation,
        url: call.shown.clone(),
        said: "that it failed, and has no room left".to_owned(),
        hint: "the place is full: make room there, or have its quota raised".to_owned(),
    }))
}

/// A server's words on one line, and not many.
fn line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect();
    crate::domain::address::without_secrets(text.trim()).into_owned()
}
