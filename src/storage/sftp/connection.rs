//! A connection to an SSH server: the host key, signing in, the subsystem.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use russh::client::{self, AuthResult, KeyboardInteractiveAuthResponse};
use russh::keys::{PrivateKeyWithHashAlg, decode_secret_key};
use russh::{MethodKind, SshId};
use russh_sftp::client::{Config as ProtocolConfig, RawSftpSession};

use super::fault::SftpCall;
use super::host_key::{HostKeyCheck, SshHandle};
use super::{SftpSettings, SftpSignIn};
use crate::domain::secret::Secret;
use crate::secrets;
use crate::storage::StorageError;
use crate::storage::error::Operation;
use crate::storage::retry::AttemptFault;

/// How often a server may ask for a password before that is no answer.
const QUESTIONS: usize = 4;

/// A connection that files are asked of, by many at a time.
pub(super) struct SftpConnection {
    pub(super) session: RawSftpSession,
    /// What the server can do beyond the protocol.
    extensions: BTreeSet<String>,
    handle: SshHandle,
}

impl fmt::Debug for SftpConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SftpConnection").field("extensions", &self.extensions).finish_non_exhaustive()
    }
}

impl SftpConnection {
    /// Whether it can still be used, as far as is known.
    pub(super) fn is_alive(&self) -> bool {
        !self.handle.is_closed()
    }

    pub(super) fn can(&self, extension: &str) -> bool {
        self.extensions.contains(extension)
    }

    /// Connects, makes sure of the server, and signs in.
    pub(super) async fn open(settings: &SftpSettings) -> Result<Self, AttemptFault> {
        let call = SftpCall { operation: Operation::SignIn, shown: settings.shown_at("") };
        let config = client::Config {
            client_id: SshId::Standard(concat!("SSH-2.0-boardpack_", env!("CARGO_PKG_VERSION")).into()),
            preferred: settings.host_keys.preferred(),
            nodelay: true,
            ..client::Config::default()
        };
        let (check, other) = HostKeyCheck::new(&settings.host_keys);
        let address = (settings.host.as_str(), settings.port);
        let mut handle = match client::connect(Arc::new(config), address, check).await {
            Ok(handle) => handle,
            Err(error) => return Err(unconnected(&call, settings, error, &other)),
        };
        sign_in(&mut handle, settings, &call).await?;
        let broken = |error| broken(&call, error, "the server lets this account in and gives it no SFTP");
        let channel = handle.channel_open_session().await.map_err(broken)?;
        channel.request_subsystem(true, "sftp").await.map_err(broken)?;
        // The attempt's own deadline comes first.
        let config =
            ProtocolConfig { request_timeout_secs: settings.retry.timeout.as_secs() + 1, ..ProtocolConfig::default() };
        let session = RawSftpSession::new_with_config(channel.into_stream(), config);
        let version = session.init().await.map_err(|error| super::fault::SftpFault::from(error).attempt(&call))?;
        Ok(Self { session, extensions: version.extensions.into_keys().collect(), handle })
    }
}

/// A connection that was not made.
fn unconnected(
    call: &SftpCall,
    settings: &SftpSettings,
    error: russh::Error,
    other: &Mutex<Option<String>>,
) -> AttemptFault {
    if let Some(came) = other.lock().unwrap_or_else(PoisonError::into_inner).take() {
        return AttemptFault::last(StorageError::Refused {
            operation: call.operation,
            url: call.shown.clone(),
            said: format!("with the host key {came}; expected {}", settings.host_keys.shown()),
            hint: "somebody else may be answering: ask whoever runs the server whether its key was replaced, and only \
                   then mend `host_key`"
                .to_owned(),
        });
    }
    let hint = match &error {
        russh::Error::IO(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            "is the server up, and is `port` right?"
        }
        russh::Error::IO(_) => "is the server up, and are `host` and `port` right?",
        russh::Error::NoCommonAlgo { .. } => {
            "the server knows no way of encrypting that is still safe: have it renewed"
        }
        _ => "is it an SSH server that answers there?",
    };
    let again = !matches!(error, russh::Error::NoCommonAlgo { .. });
    AttemptFault { again, ..broken(call, error, hint) }
}

fn broken(call: &SftpCall, error: russh::Error, hint: &'static str) -> AttemptFault {
    let (operation, url) = (call.operation, call.shown.clone());
    AttemptFault::passing(StorageError::Exchange { operation, url, hint, source: Arc::new(error) })
}

async fn sign_in(handle: &mut SshHandle, settings: &SftpSettings, call: &SftpCall) -> Result<(), AttemptFault> {
    let user = settings.user.as_str();
    let reveal = async |secret: &Secret| {
        let text = secrets::whole(secret).await;
        text.map_err(|source| {
            AttemptFault::last(StorageError::Secret { place: call.shown.clone(), source: Arc::new(source) })
        })
    };
    let lost = |error| broken(call, error, "the server broke off while signing in");
    let answer = match &settings.sign_in {
        SftpSignIn::Key { key, passphrase } => {
            let key = reveal(key).await?;
            let passphrase = match passphrase {
                Some(passphrase) => Some(reveal(passphrase).await?),
                None => None,
            };
            let key = decode_secret_key(key.secret(), passphrase.as_ref().map(|text| text.secret()));
            let key = key.map_err(|error| AttemptFault::last(unreadable(call, &error, passphrase.is_some())))?;
            let hash = handle.best_supported_rsa_hash().await.map_err(lost)?.flatten();
            let key = PrivateKeyWithHashAlg::new(Arc::new(key), hash);
            handle.authenticate_publickey(user, key).await.map_err(lost)?
        }
        SftpSignIn::Password(password) => {
            let password = reveal(password).await?;
            match handle.authenticate_password(user, password.secret()).await.map_err(lost)? {
                AuthResult::Failure { remaining_methods, .. }
                    if remaining_methods.contains(&MethodKind::KeyboardInteractive)
                        && !remaining_methods.contains(&MethodKind::Password) =>
                {
                    by_questions(handle, user, password.secret()).await.map_err(lost)?
                }
                answer => answer,
            }
        }
    };
    match answer {
        AuthResult::Success => Ok(()),
        // Nothing is said where the connection broke.
        AuthResult::Failure { .. } if handle.is_closed() => Err(lost(russh::Error::Disconnect)),
        AuthResult::Failure { remaining_methods, partial_success } => {
            Err(AttemptFault::last(denied(settings, call, &remaining_methods, partial_success)))
        }
    }
}

/// A server that asks for the password in words of its own.
async fn by_questions(handle: &mut SshHandle, user: &str, password: &str) -> Result<AuthResult, russh::Error> {
    let mut answer = handle.authenticate_keyboard_interactive_start(user, None).await?;
    for _ in 0..QUESTIONS {
        match answer {
            KeyboardInteractiveAuthResponse::Success => return Ok(AuthResult::Success),
            KeyboardInteractiveAuthResponse::Failure { remaining_methods, partial_success } => {
                return Ok(AuthResult::Failure { remaining_methods, partial_success });
            }
            KeyboardInteractiveAuthResponse::InfoRequest { prompts, .. } => {
                let answers = prompts.iter().map(|_| password.to_owned()).collect();
                answer = handle.authenticate_keyboard_interactive_respond(answers).await?;
            }
        }
    }
    Err(russh::Error::NoAuthMethod)
}

fn denied(settings: &SftpSettings, call: &SftpCall, remaining: &[MethodKind], is_first_of_two: bool) -> StorageError {
    let ways: Vec<&str> = remaining.iter().map(Into::into).collect();
    let ways = if ways.is_empty() { "nothing more".to_owned() } else { ways.join(", ") };
    let (said, hint) = match (&settings.sign_in, is_first_of_two) {
        (_, true) => (
            format!("that it wants a second proof beside the first ({ways})"),
            "a service has only one: ask for an account with a key alone",
        ),
        (SftpSignIn::Key { .. }, _) => (
            format!("no to the key of {} (it takes {ways})", settings.user),
            "is its public half in that account's authorized_keys, and do only they own that file?",
        ),
        (SftpSignIn::Password(_), _) => {
            (format!("no to the password of {} (it takes {ways})", settings.user), "is it right, and has it not ended?")
        }
    };
    StorageError::Denied { operation: call.operation, url: call.shown.clone(), said, hint: hint.to_owned() }
}

/// A private key that cannot be used. Nothing of it is in what is said.
fn unreadable(call: &SftpCall, error: &russh::keys::Error, has_passphrase: bool) -> StorageError {
    let (why, hint) = match error {
        russh::keys::Error::KeyIsEncrypted => ("`key` is locked", "give what opens it as `key_passphrase`"),
        _ if has_passphrase => ("`key` cannot be read", "is `key_passphrase` the one that opens it?"),
        _ => ("`key` cannot be read", "a private key as ssh-keygen makes it, whole, with its first and last line"),
    };
    StorageError::Setting { place: call.shown.clone(), why: why.to_owned(), hint }
}
