//! Tokens of OAuth 2.0 for a program that signs in as itself, and not as a person.
//!
//! | file | story |
//! |---|---|
//! | this | one token: by client credentials (RFC 6749, 4.4), or from the machine's own identity in Azure |
//! | `assertion` | a certificate in place of a client secret (RFC 7523) |
//! | `tokens` | one token for as long as it holds |
//! | `fault` | why there is none |

mod assertion;
mod fault;
mod tokens;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderName};
use reqwest::{Client, RequestBuilder, Response, Url, redirect};
use serde_json::Value;

use crate::clock::{Clock as _, SystemClock};
use crate::domain::address::{SecretAddress, encoded};
use crate::domain::secret::{Secret, SecretText};
use crate::secrets;

pub use fault::TokenError;
pub use tokens::Tokens;

/// Where a machine in Azure asks who it is (the Instance Metadata Service).
const METADATA: &str = "http://169.254.169.254/metadata/identity/oauth2/token";

/// Deadline of a question to the machine's own service.
const TIMEOUT: Duration = Duration::from_secs(10);

/// The largest answer that is read, in bytes.
const LARGEST: usize = 1 << 18;

/// How long a token is believed to hold whose answer does not say.
const USUAL: Duration = Duration::from_secs(300);

/// What a token is given for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grant {
    /// An application's own credentials.
    ClientCredentials {
        /// Where tokens are given.
        token_url: SecretAddress,
        /// The application's id.
        client_id: String,
        /// What it may do.
        scope: String,
        /// What proves that it is the application.
        proof: ClientProof,
    },
    /// The identity that Azure gave the machine, which needs no secret.
    ManagedIdentity {
        /// Where the machine asks; none for the address that every machine in Azure has.
        endpoint: Option<Secret>,
        /// What App Service wants to be told; none on a virtual machine.
        header: Option<Secret>,
        /// Which of several identities; none where there is one.
        client_id: Option<String>,
        /// What the token is for.
        resource: String,
    },
}

/// What proves that somebody is an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClientProof {
    /// A client secret.
    Secret(Secret),
    /// A certificate with its key, as PEM.
    Certificate(Secret),
}

/// A token, and for how long it holds.
#[derive(Debug)]
pub struct IssuedToken {
    /// What signs in.
    pub text: SecretText,
    /// How long from now.
    pub lifetime: Duration,
}

/// What a token server answers: a token, or why there is none (RFC 6749, 5.1 and 5.2). Azure
/// writes numbers as texts in places.
#[derive(serde::Deserialize)]
struct TokenAnswer {
    access_token: Option<String>,
    expires_in: Option<Value>,
    expires_on: Option<Value>,
    error: Option<String>,
    error_description: Option<String>,
}

/// Gets a token. A machine's own identity is asked for without the client, which may go
/// through a proxy.
pub async fn token(client: &Client, grant: &Grant) -> Result<IssuedToken, TokenError> {
    match grant {
        Grant::ClientCredentials { token_url, client_id, scope, proof } => {
            let given = match proof {
                ClientProof::Secret(secret) => revealed(secrets::reveal(secret).await)?,
                ClientProof::Certificate(pem) => {
                    let pem = revealed(secrets::whole(pem).await)?;
                    assertion::assertion(&pem, token_url.secret(), client_id, SystemClock.now())?
                }
            };
            let mut fields = vec![("grant_type", "client_credentials"), ("client_id", client_id)];
            match proof {
                ClientProof::Secret(_) => fields.push(("client_secret", given.secret())),
                ClientProof::Certificate(_) => fields.extend([
                    ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                    ("client_assertion", given.secret()),
                ]),
            }
            fields.push(("scope", scope));
            let pair = |(name, value): &(&str, &str)| format!("{name}={}", encoded(value));
            let form = fields.iter().map(pair).collect::<Vec<_>>().join("&");
            let request = client.post(token_url.secret()).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
            answer(request.body(form), Some(&given)).await
        }
        Grant::ManagedIdentity { endpoint, header, client_id, resource } => {
            identity(endpoint.as_ref(), header.as_ref(), client_id.as_deref(), resource).await
        }
    }
}

fn revealed(secret: Result<SecretText, secrets::SecretError>) -> Result<SecretText, TokenError> {
    secret.map_err(|error| TokenError::Secret(Arc::new(error)))
}

/// Asks the machine's own service.
async fn identity(
    endpoint: Option<&Secret>,
    header: Option<&Secret>,
    client_id: Option<&str>,
    resource: &str,
) -> Result<IssuedToken, TokenError> {
    let base = match endpoint {
        Some(endpoint) => revealed(secrets::reveal(endpoint).await)?,
        None => SecretText::new(METADATA),
    };
    if !is_of_this_machine(base.secret()) {
        let why = "it is no address of this machine, and would be told who it is";
        return Err(TokenError::Unfit { what: "`identity_endpoint`", why });
    }
    let header = match header {
        Some(header) => Some(revealed(secrets::reveal(header).await)?),
        None => None,
    };
    // Both answer the same, and ask in different words.
    let (version, name) = match header {
        Some(_) => ("2019-08-01", HeaderName::from_static("x-identity-header")),
        None => ("2018-02-01", HeaderName::from_static("metadata")),
    };
    let which = client_id.map_or(String::new(), |id| format!("&client_id={}", encoded(id)));
    let url = format!("{}?api-version={version}&resource={}{which}", base.secret(), encoded(resource));
    let request = direct()?.get(url).header(name, header.as_ref().map_or("true", SecretText::secret));
    answer(request, header.as_ref()).await
}

/// Whether an address is of this machine, or of what Azure puts beside it (RFC 3927).
fn is_of_this_machine(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost"
        || match host.parse() {
            Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_link_local(),
            Ok(IpAddr::V6(address)) => address.is_loopback() || address.is_unicast_link_local(),
            Err(_) => false,
        }
}

/// A client that goes through no proxy: the service is in the machine itself.
fn direct() -> Result<Client, TokenError> {
    // Named once for the whole process; naming it again is refused and changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().no_proxy().timeout(TIMEOUT).redirect(redirect::Policy::none()).build();
    client.map_err(TokenError::unreachable)
}

/// Asks, and reads the answer. A server that quotes what proves is not quoted.
async fn answer(request: RequestBuilder, given: Option<&SecretText>) -> Result<IssuedToken, TokenError> {
    let response = request.send().await.map_err(TokenError::unreachable)?;
    let (status, headers) = (response.status(), fault::pause(response.headers()));
    let text = body(response).await?;
    let answer: Option<TokenAnswer> = serde_json::from_slice(&text).ok();
    let (error, description) = match answer {
        Some(TokenAnswer { access_token: Some(token), expires_in, expires_on, .. }) if status.is_success() => {
            return Ok(IssuedToken { text: SecretText::new(&token), lifetime: lifetime(expires_in, expires_on) });
        }
        Some(TokenAnswer { error, error_description, .. }) => (error, error_description),
        None => (None, None),
    };
    let said = fault::said(error.as_deref(), description.as_deref(), given);
    Err(TokenError::Refused { status, headers: Arc::new(headers), said })
}

/// The body of an answer, and not much more than is needed.
async fn body(mut response: Response) -> Result<Vec<u8>, TokenError> {
    let mut text = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(TokenError::unreachable)? {
        text.extend_from_slice(&chunk);
        if text.len() > LARGEST {
            break;
        }
    }
    Ok(text)
}

/// How long a token holds: so many seconds, or until a second of the clock.
fn lifetime(seconds: Option<Value>, until: Option<Value>) -> Duration {
    let number = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
    let now = u64::try_from(SystemClock.now().timestamp()).unwrap_or_default();
    let seconds = seconds.as_ref().and_then(number);
    let left = || until.as_ref().and_then(number).map(|until| until.saturating_sub(now));
    seconds.or_else(left).map_or(USUAL, Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_asks_itself_who_it_is_and_nobody_else() {
        for (address, own) in [
            (METADATA, true),
            ("http://127.0.0.1:41056/msi/token", true),
            ("http://localhost:42356/msi/token", true),
            ("http://169.254.130.2:8081/msi/token", true),
            ("http://[::1]:81/msi/token", true),
            ("http://10.0.0.1/msi/token", false),
            ("https://elsewhere.example/msi/token", false),
            ("http://localhost.elsewhere.example/", false),
            ("msi/token", false),
        ] {
            assert_eq!(is_of_this_machine(address), own, "{address}");
        }
    }

    #[test]
    fn a_lifetime_is_read_in_every_way_it_is_written() {
        let now = u64::try_from(SystemClock.now().timestamp()).unwrap();
        for (seconds, until, expected) in [
            (Some(Value::from(3599)), None, 3599),
            (Some(Value::from("86399")), Some(Value::from("1")), 86399),
            (None, Some(Value::from((now + 600).to_string())), 600),
            (None, Some(Value::from(now - 1)), 0),
            (Some(Value::from("soon")), None, 300),
            (None, None, 300),
        ] {
            let found = lifetime(seconds.clone(), until.clone()).as_secs();
            assert!(found.abs_diff(expected) < 5, "{seconds:?} {until:?}: {found}");
        }
    }
}
