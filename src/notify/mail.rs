//! Mail: one message to one mailbox, as text and as HTML, through the council's server.

use std::time::{Duration, SystemTime};

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use super::http;
use super::send_error::SendError;
use crate::config::{MailSecurity, MailServer, MailSignIn, SignInProof};
use crate::domain::contact::MailAddress;
use crate::domain::secret::SecretText;
use crate::oauth::{self, ClientProof, Grant, TokenError};
use crate::secrets;

/// Deadline of one mail: the client has none of its own once it is connected.
const TIMEOUT: Duration = Duration::from_secs(60);

/// One mail.
#[derive(Debug)]
pub struct Mail<'a> {
    /// The name before the `@` of its Message-ID: the same at every try.
    pub id: &'a str,
    /// The mailbox that writes, and the name before its address.
    pub from: (&'a MailAddress, &'a str),
    /// The mailbox that answers go to, where it is another.
    pub reply_to: Option<&'a MailAddress>,
    /// The mailbox that gets it.
    pub to: &'a MailAddress,
    /// When it was written.
    pub at: SystemTime,
    /// Its subject.
    pub subject: &'a str,
    /// Its words.
    pub text: &'a str,
    /// The same as HTML.
    pub html: &'a str,
    /// PDFs with their names.
    pub attachments: Vec<(String, Vec<u8>)>,
}

/// A connection to the server, as far as one is needed.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Mailer {
    /// What sends through a server. Its password or token is got once, here.
    pub async fn new(server: &MailServer) -> Result<Self, SendError> {
        // Named once for the whole process; naming it again is refused and changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let parameters = || {
            let built = TlsParameters::new(server.host.to_owned());
            built.map_err(|error| SendError::Unreachable(format!("TLS cannot be set up: {}", shown(&error))))
        };
        let tls = match server.security {
            MailSecurity::Tls => Tls::Wrapper(parameters()?),
            MailSecurity::Starttls => Tls::Required(parameters()?),
            MailSecurity::None => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
            .port(server.port)
            .tls(tls)
            .timeout(Some(TIMEOUT));
        if let Some(MailSignIn { user, proof }) = &server.sign_in {
            let (secret, mechanisms) = match proof {
                SignInProof::Password(password) => {
                    let password = secrets::reveal(password).await;
                    let password = password.map_err(|error| SendError::Unreachable(error.to_string()))?;
                    (password, vec![Mechanism::Plain, Mechanism::Login])
                }
                SignInProof::ClientCredentials { token_url, client_id, client_secret, scope } => {
                    let grant = Grant::ClientCredentials {
                        token_url: token_url.clone(),
                        client_id: client_id.clone(),
                        scope: scope.clone(),
                        proof: ClientProof::Secret(client_secret.clone()),
                    };
                    (token(&grant).await?, vec![Mechanism::Xoauth2])
                }
            };
            let credentials = Credentials::new(user.clone(), secret.secret().to_owned());
            builder = builder.credentials(credentials).authentication(mechanisms);
        }
        Ok(Self { transport: builder.build() })
    }

    /// Sends a mail, and comes back once the server has it.
    pub async fn send(&self, mail: Mail<'_>) -> Result<(), SendError> {
        let message = message(mail).map_err(SendError::Refused)?;
        let sent = tokio::time::timeout(TIMEOUT, self.transport.send(message)).await;
        let sent = sent.map_err(|_| SendError::Unreachable("no answer in time".to_owned()))?;
        sent.map(drop).map_err(|error| match error.status() {
            Some(status) if is_of_message(status.into()) => SendError::Refused(shown(&error)),
            _ => SendError::Unreachable(shown(&error)),
        })
    }
}

/// A token, which a server takes in place of a password.
async fn token(grant: &Grant) -> Result<SecretText, SendError> {
    let unreachable = |why: String| SendError::Unreachable(format!("no token to sign in with: {why}"));
    match oauth::token(&http::client().map_err(unreachable)?, grant).await {
        Ok(token) => Ok(token.text),
        Err(TokenError::Unreachable(error)) => Err(unreachable(http::shown(&error))),
        Err(error) if error.hint().is_empty() => Err(unreachable(error.to_string())),
        Err(error) => Err(unreachable(format!("{error} (hint: {})", error.hint()))),
    }
}

/// Whether a server's answer is about this message or its recipient, and not about the
/// server or whoever signs in: another message may be taken (RFC 5321, 4.2.3).
fn is_of_message(status: u16) -> bool {
    matches!(status, 450..=453 | 501 | 550..=554 | 556)
}

/// A mail that a server takes.
fn message(mail: Mail<'_>) -> Result<Message, String> {
    let mailbox = |address: &MailAddress, name: Option<&str>| -> Result<Mailbox, String> {
        let address: Address = address.as_str().parse().map_err(|_| format!("{address} is no address of a mailbox"))?;
        Ok(Mailbox::new(name.map(str::to_owned), address))
    };
    let (from, from_name) = mail.from;
    let mut builder = Message::builder()
        .message_id(Some(format!("<{}@{}>", mail.id, from.host())))
        .date(mail.at)
        .from(mailbox(from, Some(from_name))?)
        .to(mailbox(mail.to, None)?)
        .subject(mail.subject)
        .header(AutoSubmitted)
        .user_agent(concat!("boardpack/", env!("CARGO_PKG_VERSION")).to_owned());
    if let Some(reply_to) = mail.reply_to {
        builder = builder.reply_to(mailbox(reply_to, None)?);
    }
    let words = MultiPart::alternative_plain_html(mail.text.to_owned(), mail.html.to_owned());
    if mail.attachments.is_empty() {
        return builder.multipart(words).map_err(|error| error.to_string());
    }
    let kind = ContentType::parse("application/pdf").map_err(|error| error.to_string())?;
    let pdf = |(name, bytes)| -> SinglePart { Attachment::new(name).body(bytes, kind.clone()) };
    let parts = mail.attachments.into_iter().map(pdf).fold(MultiPart::mixed().multipart(words), MultiPart::singlepart);
    builder.multipart(parts).map_err(|error| error.to_string())
}

/// RFC 3834: no machine answers it, such as one that says that somebody is on leave.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// An error with its causes in one line.
fn shown(error: &lettre::transport::smtp::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    crate::domain::address::without_secrets(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_about_the_account_is_not_about_the_message() {
        for (status, expected) in [
            (250, false),
            (421, false),
            (450, true),
            (451, true),
            (454, false),
            (501, true),
            (530, false),
            (535, false),
            (550, true),
            (554, true),
            (555, false),
            (556, true),
        ] {
            assert_eq!(is_of_message(status), expected, "{status}");
        }
    }

    #[test]
    fn a_mail_has_both_parts_and_a_message_id_that_stays() {
        let address = |text| MailAddress::parse(text).unwrap();
        let (from, to) = (address("scorecards@wrenshire.example.org"), address("clerk@wrenshire.example.org"));
        let mail = Mail {
            id: "0123",
            from: (&from, "Performance scorecards"),
            reply_to: None,
            to: &to,
            at: SystemTime::UNIX_EPOCH,
            subject: "Final scorecard: Panel – October",
            text: "Plain words.",
            html: "<p>Words.</p>",
            attachments: ["pack.pdf", "pack - supplement.pdf"]
                .map(|name| (name.to_owned(), b"%PDF-1.7".to_vec()))
                .into(),
        };
        let text = String::from_utf8(message(mail).unwrap().formatted()).unwrap();
        for part in [
            "Message-ID: <0123@wrenshire.example.org>\r\n",
            "Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n",
            "To: clerk@wrenshire.example.org\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "multipart/mixed",
            "multipart/alternative",
            "text/plain; charset=utf-8",
            "text/html; charset=utf-8",
            "filename=\"pack.pdf\"",
            "filename=\"pack - supplement.pdf\"",
            "application/pdf",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
