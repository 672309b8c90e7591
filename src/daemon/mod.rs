//! The serve loop: ring, look, make, tell, again.
//!
//! At each ring the config is read anew, [`due`] says what is to be made, and
//! one [`Activation`] makes it. There is one loop, so two activations never
//! overlap; a ring meanwhile waits, and one waiting ring is enough.
//!
//! **Fail closed.** Nothing is made from a config with a fault, not even from
//! the last good one: its boards might be the wrong ones by now. The fault is
//! logged, once, and the loop looks again at the next ring.
//!
//! **Shutdown.** The bell is taken down, and a running activation ends after the
//! packs in hand, within [`GRACE`]; at once when asked again. Abandoning it loses
//! nothing: the manifest is a publication's last write, so a pack is whole or not
//! there, and the next start finds it due, as it does those that were not begun.
//!
//! | file | story |
//! |---|---|
//! | `activation` | what the daemon asks of the walk |
//! | `health`, `server` | whether it lives and can work, and the pages that say so |
//! | `missed` | packs that nobody made in time |
//! | `outbox` | people are told, beside the loop |
//! | `overview` | how many packs are in which state |
//! | `report` | what it tells; lasting troubles once |
//! | `service_manager` | what it tells systemd |
//! | `signals` | what it is asked from outside |

mod activation;
pub mod health;
mod missed;
mod outbox;
mod overview;
mod report;
pub mod server;
mod service_manager;
mod signals;
mod walk;

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::mpsc::Receiver;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tracing::{Instrument, Span};

pub use activation::{Activation, ActivationError};
pub use signals::{SignalRequest, signal_requests};
pub use walk::Walk;

use crate::clock::Clock;
use crate::config::{ConfigError, Heartbeat, Loaded};
use crate::domain::PackKey;
use crate::notify::{Beat, Heart};
use crate::run::{Outcome, StopToken};
use crate::schedule::due::{Due, due};
use crate::schedule::{Bell, PackStates};
use crate::telemetry::metrics::{ActivationResult, metrics};
use crate::words;
use health::{Health, Readiness};
use missed::MissedMemory;
use outbox::OutboxTask;
use overview::Overview;
use report::AlreadyLogged;
use service_manager::ServiceNotice;

/// How long a running activation may take to finish at shutdown. Service
/// managers kill after about 90 seconds.
pub const GRACE: Duration = Duration::from_secs(60);

/// Reads the config; called at each ring, on a thread that may block.
pub type Load = Arc<dyn Fn() -> Result<Loaded, ConfigError> + Send + Sync>;

/// What the loop works with.
pub struct Daemon<A> {
    /// Makes packs and knows what stands.
    pub activation: Arc<A>,
    /// Reads the config.
    pub load: Load,
    /// Says what time it is.
    pub clock: Arc<dyn Clock>,
    /// How long a running activation may take at shutdown: [`GRACE`].
    pub grace: Duration,
    /// What whoever watches may ask for.
    pub health: Arc<Health>,
}

/// What the loop remembers from ring to ring.
#[derive(Default)]
struct LoopMemory {
    standing: PackStates,
    config_told: AlreadyLogged,
    standing_told: AlreadyLogged,
    missed: MissedMemory,
    heartbeat: HeartbeatMemory,
    outbox: OutboxTask,
    /// Whether the service manager knows that it has started.
    is_told_ready: bool,
}

/// What the heart has said.
#[derive(Default)]
struct HeartbeatMemory {
    /// Where to, as the last sound config has it.
    address: Option<Heartbeat>,
    /// When it last said that all is well, and when that it is not.
    well: Option<Instant>,
    failing: Option<Instant>,
}

/// What a ring found to do.
struct Work {
    loaded: Arc<Loaded>,
    due: Vec<Due>,
}

/// What a look saw.
struct Seen {
    work: Work,
    overview: Overview,
}

/// An activation under way.
struct Running {
    loaded: Arc<Loaded>,
    span: Span,
    began: Instant,
    due: Vec<Due>,
    stop: StopToken,
    task: JoinHandle<Result<Vec<Outcome>, ActivationError>>,
}

impl HeartbeatMemory {
    fn beat(&mut self, heart: &Heart, beat: Beat) {
        let Some(heartbeat) = &self.address else { return };
        heart.beat(&heartbeat.address, beat);
        match beat {
            Beat::Start => {}
            Beat::Success => (self.well, self.failing) = (Some(Instant::now()), None),
            Beat::Fail => (self.well, self.failing) = (None, Some(Instant::now())),
        }
    }

    /// The same, unless it was said a short while ago.
    fn beat_seldom(&mut self, heart: &Heart, beat: Beat) {
        let Some(every) = self.address.as_ref().map(|heartbeat| heartbeat.every) else { return };
        let last = if beat == Beat::Fail { self.failing } else { self.well };
        // What failed is not well because nothing is due meanwhile.
        let waits = beat == Beat::Success && self.failing.is_some_and(|failed| failed.elapsed() < every);
        if !waits && last.is_none_or(|last| last.elapsed() >= every) {
            self.beat(heart, beat);
        }
    }
}

/// Serves until it is asked to stop.
pub async fn serve<A: Activation>(daemon: Daemon<A>, mut bell: Bell, mut requests: Receiver<SignalRequest>) {
    let mut memory = LoopMemory::default();
    let heart = Heart::new();
    tracing::info!("the daemon serves");
    // Whether to look without waiting for a ring.
    let mut at_once = false;
    while let ControlFlow::Continue(work) =
        daemon.health.alive(daemon.next(&mut memory, &heart, (&mut bell, &mut requests), &mut at_once)).await
    {
        let Some(work) = work else { continue };
        memory.heartbeat.beat(&heart, Beat::Start);
        let mut running = daemon.begin(work);
        let ended = daemon.health.alive(outlast(&mut running, &mut requests, &mut at_once)).await;
        let ControlFlow::Continue(ended) = ended else {
            service_manager::tell(ServiceNotice::Stopping);
            bell.stop().await;
            daemon.finish(&mut memory, running, requests).await;
            memory.outbox.stop().await;
            return heart.stop().await;
        };
        let is_well = ended.as_ref().is_ok_and(|outcomes| !report::has_failed(outcomes));
        let is_put_off = matches!(ended, Err(ActivationError::Locked(_)));
        if !is_put_off {
            memory.heartbeat.beat(&heart, if is_well { Beat::Success } else { Beat::Fail });
        }
        metrics().activated(match is_well {
            true => ActivationResult::Done,
            false if is_put_off => ActivationResult::PutOff,
            false => ActivationResult::Failed,
        });
        if is_well {
            metrics().succeeded(daemon.clock.now());
        }
        let loaded = running.loaded.clone();
        daemon.settle(&mut memory, running, ended);
        memory.outbox.turn(&daemon.activation, &loaded);
    }
    service_manager::tell(ServiceNotice::Stopping);
    bell.stop().await;
    memory.outbox.stop().await;
    heart.stop().await;
    tracing::info!("the daemon stopped");
}

/// Waits for an activation's end, or for somebody who asks to stop.
async fn outlast(
    running: &mut Running,
    requests: &mut Receiver<SignalRequest>,
    at_once: &mut bool,
) -> ControlFlow<(), Result<Vec<Outcome>, ActivationError>> {
    loop {
        tokio::select! {
            ended = &mut running.task => return ControlFlow::Continue(activation::flatten(ended)),
            request = requests.recv() => match request {
                Some(SignalRequest::Reload) => *at_once = true,
                Some(SignalRequest::Stop) | None => return ControlFlow::Break(()),
            }
        }
    }
}

impl<A: Activation> Daemon<A> {
    /// Waits for a ring or a request, and looks what is due; breaks where it is asked
    /// to stop.
    async fn next(
        &self,
        memory: &mut LoopMemory,
        heart: &Heart,
        (bell, requests): (&mut Bell, &mut Receiver<SignalRequest>),
        at_once: &mut bool,
    ) -> ControlFlow<(), Option<Work>> {
        tokio::select! {
            biased;
            request = requests.recv() => match request {
                Some(SignalRequest::Reload) => {
                    service_manager::tell(ServiceNotice::Reloading);
                    memory.is_told_ready = false;
                    ControlFlow::Continue(self.look(memory, heart, Duration::ZERO).await)
                }
                Some(SignalRequest::Stop) | None => ControlFlow::Break(()),
            },
            work = async {
                let is_now = std::mem::take(at_once);
                let lag = if is_now { Duration::ZERO } else { bell.rung().await.elapsed() };
                self.look(memory, heart, lag).await
            } => ControlFlow::Continue(work),
        }
    }

    /// Reads the config and what stands, and says what is due. None where
    /// nothing is, or where that cannot be known, which the heart tells.
    async fn look(&self, memory: &mut LoopMemory, heart: &Heart, bell_lag: Duration) -> Option<Work> {
        let seen = self.see(memory).await;
        metrics().looked(self.clock.now(), bell_lag);
        let status = match &seen {
            Ok(seen) => seen.overview.status(),
            Err(why) => format!("nothing can be made: {why}"),
        };
        service_manager::tell(match std::mem::replace(&mut memory.is_told_ready, true) {
            true => ServiceNotice::Status(&status),
            false => ServiceNotice::Ready(&status),
        });
        match &seen {
            Err(_) => memory.heartbeat.beat_seldom(heart, Beat::Fail),
            Ok(seen) if seen.work.due.is_empty() => {
                metrics().succeeded(self.clock.now());
                memory.heartbeat.beat_seldom(heart, Beat::Success);
            }
            Ok(_) => {}
        }
        self.health.looked(seen.as_ref().err().map_or(Readiness::Ready, |why| Readiness::Not(why.clone())));
        let work = seen.ok()?.work;
        // What is about to be made is told after it.
        if work.due.is_empty() {
            memory.outbox.turn(&self.activation, &work.loaded);
            return None;
        }
        Some(work)
    }

    /// What is due, which may be nothing. An error says in few words why that cannot
    /// be known; the log has told the whole of it.
    async fn see(&self, memory: &mut LoopMemory) -> Result<Seen, String> {
        let load = self.load.clone();
        let loaded = match tokio::task::spawn_blocking(move || load()).await {
            Ok(Ok(loaded)) => Arc::new(loaded),
            Ok(Err(error)) => {
                report::config_faults(&mut memory.config_told, &error);
                metrics().config_faults(error.0.len());
                let faults = words::count(error.0.len(), "fault", "faults");
                return Err(format!("the config has {faults}; the log and `boardpack config` name each"));
            }
            Err(error) => {
                report::trouble(
                    &mut memory.config_told,
                    "failed to read the config: the program panicked",
                    &error.to_string(),
                );
                return Err("the config could not be read: the program panicked".to_owned());
            }
        };
        metrics().config_faults(0);
        report::over(&mut memory.config_told, "the config is in order again");
        let config = &loaded.config;
        memory.heartbeat.address.clone_from(&config.service.heartbeat);
        let now = self.clock.now();
        match self.activation.standing(config, memory.missed.look_from(config, now)).await {
            Ok(standing) => (memory.standing.published, memory.standing.held) = (standing.published, standing.held),
            Err(error) => {
                report::trouble(
                    &mut memory.standing_told,
                    "failed to read what stands in the published folder",
                    &error.to_string(),
                );
                return Err("the published folder cannot be read; the log says why".to_owned());
            }
        }
        report::over(&mut memory.standing_told, "the published folder can be read again");
        let schedule = &config.service.schedule;
        let retry = TimeDelta::minutes(schedule.retry_minutes.into());
        let due = due(&config.boards, &config.calendar, schedule.catch_up_months, retry, now, &memory.standing);
        let overview = Overview::of(config, now, &memory.standing);
        overview.measure();
        self.missed(memory, config, now, &overview.fallen).await;
        if due.is_empty() {
            tracing::debug!("nothing is due");
        }
        Ok(Seen { work: Work { loaded, due: activation::at_a_time(due) }, overview })
    }

    /// Sets an activation going, on its own task: a panic in it ends the
    /// activation and not the daemon.
    fn begin(&self, Work { loaded, due }: Work) -> Running {
        let id = self.clock.now().format("%Y%m%dT%H%M%SZ");
        let span = tracing::info_span!("activation", activation.id = %id);
        span.in_scope(|| report::begins(&due));
        let keys = due.iter().map(|due| due.key.clone()).collect();
        let (activation, config) = (self.activation.clone(), loaded.clone());
        let stop = StopToken::default();
        let token = stop.clone();
        let task =
            tokio::spawn(async move { activation.activate(&config, keys, token).await }.instrument(span.clone()));
        Running { loaded, span, began: Instant::now(), due, stop, task }
    }

    /// Tells of an activation that ended, and notes its packs as tried.
    fn settle(&self, memory: &mut LoopMemory, running: Running, ended: Result<Vec<Outcome>, ActivationError>) {
        running.span.in_scope(|| report::ended(&ended, running.began.elapsed()));
        if matches!(ended, Err(ActivationError::Locked(_))) {
            // Nothing was tried: the next ring may.
            return;
        }
        let now = self.clock.now();
        // A file that may still be written settles in a minute: the next ring tries it.
        let waits = |key: &PackKey| ended.as_ref().is_ok_and(|outcomes| report::only_waits(outcomes, key));
        for due in running.due.into_iter().filter(|due| !waits(&due.key)) {
            memory.standing.attempts.record(due.key, now);
        }
    }

    /// Waits for the packs in hand, but not for ever, and not once asked again.
    async fn finish(&self, memory: &mut LoopMemory, mut running: Running, mut requests: Receiver<SignalRequest>) {
        running.stop.ask();
        tracing::info!(
            grace_seconds = self.grace.as_secs(),
            "the daemon stops as soon as the packs in hand are finished"
        );
        let asked_again = async {
            while let Some(request) = requests.recv().await {
                if request == SignalRequest::Stop {
                    return;
                }
            }
            std::future::pending::<()>().await;
        };
        tokio::select! {
            ended = &mut running.task => {
                let ended = activation::flatten(ended);
                self.settle(memory, running, ended);
                tracing::info!("the daemon stopped");
                return;
            }
            () = asked_again => {}
            () = tokio::time::sleep(self.grace) => {}
        }
        running.task.abort();
        tracing::warn!(
            "the daemon stopped before the packs in hand were finished; what is not published will be made after the next start"
        );
    }
}

#[cfg(test)]
mod tests;
