//! Who the service says that it is: a name and password, a token, a header of the council's own.

use std::path::Path;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};

use crate::config::{TableReader, secret};
use crate::domain::secret::{Secret, SecretText};
use crate::secrets::{self, SecretError};

/// How the service signs in to a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// As nobody, or as the address itself says.
    None,
    /// With a name and a password (RFC 7617).
    Basic {
        /// The name.
        user: String,
        /// The password.
        password: Secret,
    },
    /// With a token (RFC 6750).
    Bearer(Secret),
    /// With a header of another name, such as `X-Api-Key`.
    Header {
        /// The header's name.
        name: String,
        /// Its value.
        value: Secret,
    },
}

impl SignIn {
    /// Reads `user` and `password`, `token`, or `header` of a storage's table; one of them
    /// or none.
    pub fn read(table: &mut TableReader<'_>, dir: &Path) -> Self {
        let user: Option<String> = table.optional("user");
        let password = secret::read(table, "password", dir);
        let token = secret::read(table, "token", dir);
        let is_header = table.has("header");
        let mut header = table.table("header");
        let name: Option<String> = header.optional("name");
        let value = secret::read(&mut header, "value", dir);
        header.finish();
        if [user.is_some() || password.is_some(), token.is_some(), is_header].iter().filter(|one| **one).count() > 1 {
            table.fault("token", "stands beside another way to sign in", "leave the one that the server takes");
        }
        match (user, password, token, name, value) {
            (Some(user), Some(password), ..) => Self::Basic { user, password },
            (Some(_), None, ..) => {
                table.fault("password", "is missing", "{ file = \"/run/credentials/…\" } keeps it out of the config");
                Self::None
            }
            (None, Some(_), ..) => {
                table.fault("user", "is missing", "the account that the password is of");
                Self::None
            }
            (_, _, Some(token), ..) => Self::Bearer(token),
            (.., Some(name), Some(value)) if HeaderName::from_bytes(name.as_bytes()).is_ok() => {
                Self::Header { name, value }
            }
            _ if is_header => {
                let hint = "header = { name = \"X-Api-Key\", value = { file = \"/run/credentials/…\" } }";
                table.fault("header", "is no name of a header with its value", hint);
                Self::None
            }
            _ => Self::None,
        }
    }

    /// In a few words, without what proves it.
    pub fn shown(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Basic { user, .. } => format!(", signs in as {user}"),
            Self::Bearer(_) => ", signs in with a token".to_owned(),
            Self::Header { name, .. } => format!(", signs in with the header {name}"),
        }
    }

    /// The header that says so, as the secret is now. None where it holds a sign that no
    /// header can.
    pub(in crate::storage) async fn headers(&self) -> Result<HeaderMap, SecretError> {
        let mut headers = HeaderMap::new();
        let (name, value) = match self {
            Self::None => return Ok(headers),
            Self::Basic { user, password } => {
                use base64::Engine as _;
                let password = secrets::reveal(password).await?;
                let pair = format!("{user}:{}", password.secret());
                let text = base64::engine::general_purpose::STANDARD.encode(pair);
                (AUTHORIZATION, SecretText::new(&format!("Basic {text}")))
            }
            Self::Bearer(token) => {
                let token = secrets::reveal(token).await?;
                (AUTHORIZATION, SecretText::new(&format!("Bearer {}", token.secret())))
            }
            Self::Header { name, value } => {
                let Ok(name) = HeaderName::from_bytes(name.as_bytes()) else { return Ok(headers) };
                (name, secrets::reveal(value).await?)
            }
        };
        let mut value = HeaderValue::from_str(value.secret()).map_err(|_| SecretError::Unfit)?;
        value.set_sensitive(true);
        headers.insert(name, value);
        Ok(headers)
    }
}
