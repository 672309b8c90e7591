//! `[mail]`: the server that mail goes through, and how the service signs in to it.

use std::path::Path;

use super::contacts;
use super::reader::TableReader;
use super::secret;
use crate::domain::address::SecretAddress;
use crate::domain::contact::MailAddress;
use crate::domain::secret::Secret;

/// The server that mail goes through.
#[derive(Debug, Clone)]
pub struct MailServer {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is secured.
    pub security: MailSecurity,
    /// How the service signs in; none at a relay that knows its machine.
    pub sign_in: Option<MailSignIn>,
    /// The mailbox that it writes as.
    pub from: MailAddress,
    /// The name before that address.
    pub from_name: String,
    /// The mailbox that answers go to, where it is another.
    pub reply_to: Option<MailAddress>,
    /// Whether a final public pack is attached to the clerk's mail.
    pub attach: bool,
}

/// How the connection to a mail server is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MailSecurity {
    /// TLS from the first byte (RFC 8314), by itself on port 465.
    Tls,
    /// STARTTLS, which must be granted; on port 587.
    Starttls,
    /// None: for a relay of the council's own network; on port 25.
    None,
}

/// How the service signs in to its mail server.
#[derive(Debug, Clone)]
pub struct MailSignIn {
    /// The account.
    pub user: String,
    /// What proves it.
    pub proof: SignInProof,
}

/// What proves an account.
#[derive(Debug, Clone)]
pub enum SignInProof {
    /// A password.
    Password(Secret),
    /// A token of OAuth 2.0 by client credentials (RFC 6749, 4.4), told as XOAUTH2: the
    /// application permission `SMTP.SendAsApp` of Exchange Online.
    ClientCredentials {
        /// Where tokens are had.
        token_url: SecretAddress,
        /// The application.
        client_id: String,
        /// Its secret.
        client_secret: Secret,
        /// What the token is for.
        scope: String,
    },
}

/// What Exchange Online's tokens are for.
const SCOPE: &str = "https://outlook.office365.com/.default";

pub(super) fn read(root: &mut TableReader<'_>, dir: &Path) -> Option<MailServer> {
    let mut table = root.table("mail");
    let host: Option<String> = table.optional("host");
    let is_name = |host: &String| host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    if host.as_ref().is_some_and(|host| !is_name(host) || host.is_empty()) {
        table.fault(
            "host",
            "is no name of a machine",
            "the name alone, such as \"smtp.office365.com\"; the port is `port`",
        );
    }
    let security = table.or("security", MailSecurity::Starttls);
    let usual = match security {
        MailSecurity::Tls => 465,
        MailSecurity::Starttls => 587,
        MailSecurity::None => 25,
    };
    let port = table.or("port", usual);
    if port == 0 {
        table.fault("port", "found 0; expected 1 to 65535", "");
    }
    let from: Option<String> = table.optional("from");
    if host.is_some() && from.is_none() {
        table.fault("from", "is missing", "the mailbox that the service writes as, such as \"scorecards@example.org\"");
    }
    if host.is_none() && from.is_some() {
        table.fault("host", "is missing", "the mail server's name, such as \"smtp.office365.com\"");
    }
    let from = from.and_then(|text| contacts::address(&table, "from", &text));
    let from_name = table.or("from_name", "Performance scorecards".to_owned());
    let reply_to: Option<String> = table.optional("reply_to");
    let reply_to = reply_to.and_then(|text| contacts::address(&table, "reply_to", &text));
    let attach = table.or("attach", true);
    let sign_in = sign_in(&mut table, dir);
    if sign_in.is_some() && security == MailSecurity::None {
        let hint = "use \"starttls\" or \"tls\"; a relay that needs no password needs no `user`";
        table.fault("security", "is none, and the service signs in: its password would be read on the way", hint);
    }
    table.finish();
    Some(MailServer { host: host?, port, security, sign_in, from: from?, from_name, reply_to, attach })
}

/// How the service signs in, which is one way or none.
fn sign_in(table: &mut TableReader<'_>, dir: &Path) -> Option<MailSignIn> {
    let user: Option<String> = table.optional("user");
    let password = secret::read(table, "password", dir);
    let has_oauth = table.has("oauth");
    let mut oauth = table.table("oauth");
    let proof = if has_oauth { client_credentials(&mut oauth, dir) } else { None };
    oauth.finish();
    if password.is_some() && has_oauth {
        table.fault("password", "and `oauth` are both given", "leave the one that the server takes");
    }
    let proof = proof.or_else(|| password.map(SignInProof::Password));
    match (user, proof) {
        (Some(user), Some(proof)) => Some(MailSignIn { user, proof }),
        (None, None) => None,
        (Some(_), None) if has_oauth => None,
        (Some(_), None) => {
            table.fault("user", "has nothing that proves it", "add `password`, or `oauth` for Exchange Online");
            None
        }
        (None, Some(_)) => {
            table.fault("user", "is missing", "the account that signs in, mostly the same as `from`");
            None
        }
    }
}

fn client_credentials(oauth: &mut TableReader<'_>, dir: &Path) -> Option<SignInProof> {
    let hint = "https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token";
    let token_url = oauth.text("token_url", hint);
    let client_id = oauth.text("client_id", "the application's id");
    if !oauth.has("client_secret") {
        let hint = "{ file = \"/run/credentials/…\" } keeps it out of the config";
        oauth.fault("client_secret", "is missing", hint);
    }
    let client_secret = secret::read(oauth, "client_secret", dir);
    let scope = oauth.or("scope", SCOPE.to_owned());
    let address = SecretAddress::parse(&token_url);
    if address.is_none() && !token_url.is_empty() {
        oauth.fault("token_url", "is no address that begins with https://", hint);
    }
    Some(SignInProof::ClientCredentials { token_url: address?, client_id, client_secret: client_secret?, scope })
}
