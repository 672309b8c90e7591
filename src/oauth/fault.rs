//! Why there is no token. Nothing of what proves is in what is said.

use std::sync::Arc;

use reqwest::StatusCode;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

use crate::domain::address::without_secrets;
use crate::domain::secret::SecretText;
use crate::secrets::SecretError;

/// The longest that a server's words may be, in characters.
const LONGEST: usize = 200;

/// Why there is no token.
#[derive(Debug, Clone, thiserror::Error)]
pub enum TokenError {
    /// What proves cannot be had.
    #[error(transparent)]
    Secret(Arc<SecretError>),
    /// What is set cannot be used: a certificate that cannot sign.
    #[error("{what} cannot be used: {why}")]
    Unfit {
        /// What: "the certificate".
        what: &'static str,
        /// Why.
        why: &'static str,
    },
    /// The server was not reached, or broke off.
    #[error("no answer")]
    Unreachable(#[source] Arc<reqwest::Error>),
    /// The server gives none.
    #[error("the answer was {status}{}", if .said.is_empty() { String::new() } else { format!(", {}", .said) })]
    Refused {
        /// What it answered.
        status: StatusCode,
        /// When it asks to be tried again.
        headers: Arc<HeaderMap>,
        /// What it said: "AADSTS7000222: The provided client secret keys are expired".
        said: String,
    },
}

/// What is known of Microsoft's answers: its number, and what to do.
const HINTS: &[(&str, &str)] = &[
    ("AADSTS7000215", "is it the secret's value that is kept, and not its id?"),
    ("AADSTS7000222", "the client secret has ended: make a new one, and keep it where the config says"),
    ("AADSTS700016", "no application of this id is in the tenant: are `client_id` and `tenant` right?"),
    ("AADSTS90002", "there is no such tenant: is `tenant` right, and `cloud`?"),
    ("AADSTS900023", "there is no such tenant: is `tenant` right, and `cloud`?"),
    ("AADSTS700027", "the application does not know this certificate, or it has ended: upload its public part"),
    ("AADSTS700024", "is this machine's clock right?"),
    ("AADSTS7000112", "the application is disabled in this tenant: have it enabled"),
    ("AADSTS7000229", "the application has no service principal in this tenant: have an administrator consent to it"),
    ("AADSTS53003", "a Conditional Access policy refuses this machine: have workload identities of this name let in"),
    ("AADSTS50034", "is `client_id` an application's id, and not a person's?"),
];

impl TokenError {
    /// An exchange that broke, without its address.
    pub(super) fn unreachable(error: reqwest::Error) -> Self {
        Self::Unreachable(Arc::new(error.without_url()))
    }

    /// What to do; empty where nothing is known.
    pub fn hint(&self) -> &'static str {
        let Self::Refused { said, .. } = self else { return "" };
        let code = said.split([':', ' ', ',']).find(|word| word.starts_with("AADSTS")).unwrap_or_default();
        HINTS.iter().find(|(known, _)| *known == code).map_or("", |(_, hint)| hint)
    }
}

/// What is kept of an answer's headers: how long to leave the server alone.
pub(super) fn pause(headers: &HeaderMap) -> HeaderMap {
    let kept = [RETRY_AFTER, DATE].map(|name| headers.get(&name).map(|value| (name, value.clone())));
    kept.into_iter().flatten().collect()
}

/// What a server says, on one line and not long: its own words, else the standard's. What
/// Microsoft says after them are numbers of the exchange.
pub(super) fn said(error: Option<&str>, description: Option<&str>, given: Option<&SecretText>) -> String {
    let words = description.or(error).unwrap_or_default();
    let words = words.split(" Trace ID:").next().unwrap_or_default();
    let words = match given.map(SecretText::secret).filter(|given| !given.is_empty()) {
        Some(given) => words.replace(given, "…"),
        None => words.to_owned(),
    };
    let line: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST).collect();
    without_secrets(line.split(" Trace ID:").next().unwrap_or_default().trim()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_says_is_short_and_quotes_no_secret() {
        let secret = SecretText::new("s3cret");
        for (error, description, expected) in [
            (None, None, ""),
            (Some("invalid_client"), None, "invalid_client"),
            (
                Some("invalid_client"),
                Some("AADSTS7000215: Invalid client secret provided. Trace ID: 1 Correlation ID: 2"),
                "AADSTS7000215: Invalid client secret provided.",
            ),
            (None, Some("AADSTS1: a\r\nTrace ID: 1"), "AADSTS1: a"),
            (None, Some("no s3cret here"), "no … here"),
        ] {
            assert_eq!(said(error, description, Some(&secret)), expected);
        }
        assert_eq!(said(None, Some(&"ü".repeat(300)), None).chars().count(), LONGEST);
    }

    #[test]
    fn a_number_that_is_known_says_what_to_do() {
        for (said, hint) in [
            ("AADSTS7000222: The provided client secret keys are expired.", "the client secret has ended"),
            ("AADSTS7000: other", ""),
            ("invalid_client", ""),
        ] {
            let error = TokenError::Refused {
                status: StatusCode::UNAUTHORIZED,
                headers: Arc::default(),
                said: said.to_owned(),
            };
            assert!(error.hint().starts_with(hint) && error.hint().is_empty() == hint.is_empty(), "{said}");
            assert_eq!(error.to_string(), format!("the answer was 401 Unauthorized, {said}"));
        }
    }
}
