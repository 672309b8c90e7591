//! A dead man's switch: an address that is asked for as long as the daemon lives
//! and its packs are made. Whoever listens there tells people when it falls silent,
//! which a program that is down cannot. The ways of healthchecks.io, which others
//! understand too: the address alone for success, `/start` and `/fail` behind it.
//!
//! It never fails or delays what it tells of: beats are sent one after the other
//! beside it, each with its deadline, and what cannot be sent is logged.

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::JoinHandle;

use super::http::{client, revealed, shown};
use crate::domain::secret::Secret;

/// What a beat says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beat {
    /// Packs are about to be made.
    Start,
    /// All is well: packs were made, or none was due. A pack that is held is told
    /// to officers, and is no fault of the service.
    Success,
    /// A pack failed, the config has a fault, or a folder cannot be read.
    Fail,
}

/// Tries after the first.
const RETRIES: usize = 2;
/// Beats that wait to be sent; one more is dropped, for it says nothing new.
const WAITING: usize = 16;
/// How long the last beats are waited for when the daemon stops.
const LAST: Duration = Duration::from_secs(5);

/// Sends beats, one after the other.
pub struct Heart {
    beats: Sender<(Secret, Beat)>,
    sending: JoinHandle<()>,
}

impl Heart {
    /// A heart that beats when it is told to. Must be made in a runtime.
    pub fn new() -> Self {
        let (beats, mut waiting) = channel::<(Secret, Beat)>(WAITING);
        let sending = tokio::spawn(async move {
            while let Some((address, beat)) = waiting.recv().await {
                if let Err(why) = send(&address, beat).await {
                    tracing::warn!(beat = beat.word(), why, "the heartbeat could not be sent");
                }
            }
        });
        Self { beats, sending }
    }

    /// Sends a beat to an address, beside what goes on.
    pub fn beat(&self, address: &Secret, beat: Beat) {
        let _ = self.beats.try_send((address.clone(), beat));
    }

    /// Waits for the beats that are not sent yet, and not for ever.
    pub async fn stop(self) {
        drop(self.beats);
        let _ = tokio::time::timeout(LAST, self.sending).await;
    }
}

impl Default for Heart {
    fn default() -> Self {
        Self::new()
    }
}

impl Beat {
    fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Success => "success",
            Self::Fail => "fail",
        }
    }
}

/// The address of a beat: what stands behind a query stays there.
fn address_of(address: &str, beat: Beat) -> String {
    let suffix = match beat {
        Beat::Success => return address.to_owned(),
        Beat::Start => "/start",
        Beat::Fail => "/fail",
    };
    match address.split_once('?') {
        Some((path, query)) => format!("{}{suffix}?{query}", path.trim_end_matches('/')),
        None => format!("{}{suffix}", address.trim_end_matches('/')),
    }
}

/// Why it could not be sent, without the address, which is a secret.
async fn send(address: &Secret, beat: Beat) -> Result<(), String> {
    let address = revealed(address).await?;
    let client = client()?;
    let url = address_of(address.secret(), beat);
    let attempt = || async {
        let answer = client.get(&url).send().await.map_err(|error| shown(&error))?;
        match answer.status() {
            status if status.is_success() => Ok(()),
            status => Err(format!("the answer was {status}")),
        }
    };
    attempt.retry(ExponentialBuilder::default().with_jitter().with_max_times(RETRIES)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beat_stands_behind_the_path_and_before_the_query() {
        for (address, beat, expected) in [
            ("https://a.example/x", Beat::Success, "https://a.example/x"),
            ("https://a.example/x", Beat::Start, "https://a.example/x/start"),
            ("https://a.example/x/", Beat::Fail, "https://a.example/x/fail"),
            ("https://a.example/x?key=1", Beat::Start, "https://a.example/x/start?key=1"),
        ] {
            assert_eq!(address_of(address, beat), expected);
        }
    }
}
