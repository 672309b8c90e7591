//! One token for as long as it holds, for everybody who asks with the same credentials.

use std::time::{Duration, Instant};

use reqwest::Client;
use tokio::sync::Mutex;

use super::{Grant, IssuedToken, TokenError, token};
use crate::domain::secret::SecretText;

/// How long before its end a token is not used any more: an answer may be long in coming.
const MARGIN: Duration = Duration::from_secs(300);

/// Tokens of one grant.
pub struct Tokens {
    client: Client,
    grant: Grant,
    held: Mutex<HeldToken>,
}

/// What was last had.
#[derive(Default)]
struct HeldToken {
    token: Option<(SecretText, Instant)>,
    failed: Option<(TokenError, Instant)>,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").field("grant", &self.grant).finish_non_exhaustive()
    }
}

impl Tokens {
    /// Tokens that a client asks for; nothing is asked yet.
    pub fn new(client: Client, grant: Grant) -> Self {
        Self { client, grant, held: Mutex::default() }
    }

    /// A token that holds for some minutes yet.
    pub async fn token(&self) -> Result<SecretText, TokenError> {
        self.other_than(None).await
    }

    /// A token in place of one that a server refused before its end.
    pub async fn in_place_of(&self, refused: &SecretText) -> Result<SecretText, TokenError> {
        self.other_than(Some(refused)).await
    }

    async fn other_than(&self, refused: Option<&SecretText>) -> Result<SecretText, TokenError> {
        let asked = Instant::now();
        // One asks, the others wait for its answer.
        let mut held = self.held.lock().await;
        if let Some((text, until)) = &held.token
            && Instant::now() < *until
            && refused != Some(text)
        {
            return Ok(text.clone());
        }
        // Who waited while it failed is told the same, and does not wait as long again.
        if let Some((error, at)) = &held.failed
            && *at > asked
        {
            return Err(error.clone());
        }
        match token(&self.client, &self.grant).await {
            Ok(IssuedToken { text, lifetime }) => {
                let holds = lifetime.saturating_sub(MARGIN.min(lifetime / 2));
                *held = HeldToken { token: Some((text.clone(), Instant::now() + holds)), failed: None };
                Ok(text)
            }
            Err(error) => {
                *held = HeldToken { token: None, failed: Some((error.clone(), Instant::now())) };
                Err(error)
            }
        }
    }
}
