//! One ring a minute, through tokio-cron-scheduler.
//!
//! The bell knows nothing of boards, dates or time zones: it says "look
//! again". That is all the scheduler is used for, because its own jobs freeze
//! their UTC offset at creation, forget ticks that were missed, overlap, and
//! are not waited for at shutdown. One UTC job that drops a token into a
//! channel of one can do none of that harm: while a ring is pending, further
//! ones are dropped, since one look is enough.
//!
//! The scheduler counts by the wall clock, so a clock that is set back by a
//! day (a server that boots before it finds its time server) silences it for a
//! day. A bell that has been silent for [`SILENCE`] is hung anew, and counts
//! as rung.

use std::time::{Duration, Instant};

use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};

/// Each minute's first second, in the scheduler's six fields.
pub const EVERY_MINUTE: &str = "0 * * * * *";

/// How long a bell may be silent before it is hung anew.
pub const SILENCE: Duration = Duration::from_secs(5 * 60);

/// Why a bell cannot be hung.
#[derive(Debug, thiserror::Error)]
#[error("failed to start the scheduler with the heartbeat {pattern:?}")]
pub struct BellError {
    pattern: String,
    source: JobSchedulerError,
}

/// A heartbeat.
pub struct Bell {
    rings: Receiver<Instant>,
    works: Works,
}

/// What rings the bell.
enum Works {
    Scheduler {
        scheduler: JobScheduler,
        pattern: String,
        rope: Sender<Instant>,
        silence: Duration,
    },
    /// Somebody pulls the rope.
    Hand,
}

impl Bell {
    /// A bell that rings at once, and then as a pattern of six fields says, at
    /// UTC; see [`EVERY_MINUTE`].
    pub async fn hang(pattern: &str) -> Result<Self, BellError> {
        Self::hang_with(pattern, SILENCE).await
    }

    async fn hang_with(pattern: &str, silence: Duration) -> Result<Self, BellError> {
        let (rope, rings) = channel(1);
        pull(&rope);
        let scheduler = scheduler(pattern, rope.clone()).await?;
        Ok(Self { rings, works: Works::Scheduler { scheduler, pattern: pattern.to_owned(), rope, silence } })
    }

    /// A bell that rings when its rope is pulled: for tests and rehearsals.
    pub fn by_hand() -> (Rope, Self) {
        let (rope, rings) = channel(1);
        (Rope(rope), Self { rings, works: Works::Hand })
    }

    /// Waits for the next ring, and says when it rang. Dropping the future loses no ring.
    pub async fn rung(&mut self) -> Instant {
        let Works::Scheduler { silence, .. } = &self.works else {
            match self.rings.recv().await {
                Some(rang) => return rang,
                None => std::future::pending().await,
            }
        };
        match tokio::time::timeout(*silence, self.rings.recv()).await {
            Ok(rang) => rang.unwrap_or_else(Instant::now),
            Err(_) => {
                self.hang_anew().await;
                Instant::now()
            }
        }
    }

    async fn hang_anew(&mut self) {
        let Works::Scheduler { scheduler: old, pattern, rope, silence } = &mut self.works else { return };
        tracing::warn!(
            silence_seconds = silence.as_secs(),
            "the heartbeat stopped; was the clock set back? It is started anew"
        );
        match scheduler(pattern, rope.clone()).await {
            Ok(new) => take_down(std::mem::replace(old, new)).await,
            // The old one may yet wake, and this counts as a ring meanwhile.
            Err(error) => tracing::error!(error = %error.source, "failed to start the heartbeat anew"),
        }
    }

    /// Takes the bell down: it never rings again.
    pub async fn stop(self) {
        if let Works::Scheduler { scheduler, .. } = self.works {
            take_down(scheduler).await;
        }
    }
}

/// The rope of a bell that is rung by hand.
pub struct Rope(Sender<Instant>);

impl Rope {
    /// Rings; dropped if a ring is pending already.
    pub fn pull(&self) {
        pull(&self.0);
    }
}

fn pull(rope: &Sender<Instant>) {
    // Full: a ring is pending, and one look is enough. Closed: the bell was
    // taken down in this very moment.
    let _ = rope.try_send(Instant::now());
}

async fn scheduler(pattern: &str, rope: Sender<Instant>) -> Result<JobScheduler, BellError> {
    let error = |source| BellError { pattern: pattern.to_owned(), source };
    let scheduler = JobScheduler::new().await.map_err(error)?;
    let job = Job::new(pattern, move |_, _| pull(&rope)).map_err(error)?;
    scheduler.add(job).await.map_err(error)?;
    scheduler.start().await.map_err(error)?;
    Ok(scheduler)
}

async fn take_down(mut scheduler: JobScheduler) {
    if let Err(error) = scheduler.shutdown().await {
        tracing::debug!(%error, "the heartbeat's scheduler did not stop cleanly");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether it rings within so many milliseconds.
    async fn rings_within(bell: &mut Bell, milliseconds: u64) -> bool {
        tokio::time::timeout(Duration::from_millis(milliseconds), bell.rung()).await.is_ok()
    }

    #[tokio::test]
    async fn it_rings_at_once_then_by_its_pattern_until_it_is_stopped() {
        let mut bell = Bell::hang("* * * * * *").await.unwrap();
        assert!(rings_within(&mut bell, 50).await, "at once");
        assert!(rings_within(&mut bell, 5_000).await, "by its pattern");
        bell.stop().await;
    }

    #[tokio::test]
    async fn a_pattern_that_is_none_is_refused() {
        let error = Bell::hang("every minute").await.err().unwrap();
        assert_eq!(error.to_string(), "failed to start the scheduler with the heartbeat \"every minute\"");
    }

    #[tokio::test]
    async fn a_silent_bell_is_hung_anew_and_counts_as_rung() {
        // The first of January: silent in this test, but on one night a year.
        let mut bell = Bell::hang_with("0 0 0 1 1 *", Duration::from_millis(20)).await.unwrap();
        assert!(rings_within(&mut bell, 10).await, "at once");
        assert!(rings_within(&mut bell, 5_000).await, "anew");
        bell.stop().await;
    }

    #[tokio::test]
    async fn rings_while_one_is_pending_are_dropped() {
        let (rope, mut bell) = Bell::by_hand();
        for _ in 0..3 {
            rope.pull();
        }
        assert!(rings_within(&mut bell, 50).await);
        assert!(!rings_within(&mut bell, 50).await);
        drop(rope);
        assert!(!rings_within(&mut bell, 50).await, "a rope let go of is no ring");
    }
}
