//! Webhooks: a message as JSON to an address, signed where its owner wants that.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use sha2::Sha256;

use super::http::{client, revealed, shown};
use super::send_error::SendError;
use crate::domain::secret::{Secret, SecretText};
use crate::secrets;

/// What stands before a key that is written in base64.
const PREFIX: &str = "whsec_";

/// Sends a message, and comes back once it was taken. `at` is now, in seconds.
pub async fn post(
    address: &Secret,
    secret: Option<&Secret>,
    (id, at): (&str, i64),
    body: String,
) -> Result<(), SendError> {
    let address = revealed(address).await.map_err(SendError::Unreachable)?;
    let mut request = client()
        .map_err(SendError::Unreachable)?
        .post(address.secret())
        .header(CONTENT_TYPE, "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", at.to_string());
    if let Some(secret) = secret {
        let key = secrets::reveal(secret).await.map_err(|error| SendError::Unreachable(error.to_string()))?;
        let signature = signature(&key, id, at, &body)
            .ok_or_else(|| SendError::Unreachable("its secret is no base64 behind whsec_".to_owned()))?;
        request = request.header("webhook-signature", signature);
    }
    let answer = request.body(body).send().await.map_err(|error| SendError::Unreachable(shown(&error)))?;
    match answer.status() {
        status if status.is_success() => Ok(()),
        StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE | StatusCode::UNPROCESSABLE_ENTITY => {
            Err(SendError::Refused(format!("the answer was {}", answer.status())))
        }
        status => Err(SendError::Unreachable(format!("the answer was {status}"))),
    }
}

/// The signature of a message as Standard Webhooks 1.0 has it: HMAC-SHA256 over its id,
/// its time and its body. None where the key is no key.
fn signature(key: &SecretText, id: &str, at: i64, body: &str) -> Option<String> {
    let key = match key.secret().strip_prefix(PREFIX) {
        Some(text) => STANDARD.decode(text).ok()?,
        None => key.secret().as_bytes().to_vec(),
    };
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_signed_as_standard_webhooks_has_it() {
        // The example of the specification's own libraries.
        let key = SecretText::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signed = signature(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, "{\"test\": 2432232314}");
        assert_eq!(signed.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        assert_eq!(signature(&SecretText::new("whsec_#"), "1", 1, ""), None);
        assert_ne!(signature(&key, "1", 1, "a"), signature(&key, "1", 2, "a"));
    }
}
