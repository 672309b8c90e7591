//! A token of OAuth 2.0 by client credentials (RFC 6749, 4.4), which a mail server takes
//! in place of a password.

use reqwest::header::CONTENT_TYPE;

use super::http::{client, shown};
use super::send_error::SendError;
use crate::domain::address::{SecretAddress, encoded};
use crate::domain::secret::{Secret, SecretText};
use crate::secrets;

/// What a token server answers: a token, or why there is none (RFC 6749, 5.2).
#[derive(serde::Deserialize)]
struct TokenAnswer {
    access_token: Option<String>,
    error: Option<String>,
}

/// Gets a token.
pub(super) async fn token(
    url: &SecretAddress,
    client_id: &str,
    client_secret: &Secret,
    scope: &str,
) -> Result<SecretText, SendError> {
    let unreachable = |why: String| SendError::Unreachable(format!("no token to sign in with: {why}"));
    let secret = secrets::reveal(client_secret).await.map_err(|error| unreachable(error.to_string()))?;
    let fields = [
        ("grant_type", "client_credentials"),
        ("client_id", client_id),
        ("client_secret", secret.secret()),
        ("scope", scope),
    ];
    let pair = |(name, value): &(&str, &str)| format!("{name}={}", encoded(value));
    let form = fields.iter().map(pair).collect::<Vec<_>>().join("&");
    let request = client()
        .map_err(unreachable)?
        .post(url.secret())
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(form);
    let answer = request.send().await.map_err(|error| unreachable(shown(&error)))?;
    let status = answer.status();
    let bytes = answer.bytes().await.map_err(|error| unreachable(shown(&error)))?;
    match serde_json::from_slice::<TokenAnswer>(&bytes) {
        Ok(TokenAnswer { access_token: Some(token), .. }) if status.is_success() => Ok(SecretText::new(&token)),
        // The word that the standard has for it; what is said besides may be long.
        Ok(TokenAnswer { error: Some(error), .. }) => {
            Err(unreachable(format!("the answer was {status}, {}", error.chars().take(60).collect::<String>())))
        }
        _ => Err(unreachable(format!("the answer was {status}"))),
    }
}
