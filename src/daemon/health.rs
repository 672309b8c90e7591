//! Whether the daemon lives, and whether it can do its work: what whoever watches
//! it asks for.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::service_manager;

/// How often the loop shows that it turns.
const PULSE: Duration = Duration::from_secs(10);
/// How long it may show nothing before it counts as stuck.
pub const STUCK: Duration = Duration::from_secs(120);

/// What is known of a daemon's health.
#[derive(Debug, Default)]
pub struct Health {
    state: Mutex<HealthState>,
}

#[derive(Debug, Default)]
struct HealthState {
    /// When the loop last turned.
    turned: Option<Instant>,
    readiness: Readiness,
}

/// Whether packs can be made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Readiness {
    /// It has not been looked yet.
    #[default]
    Starting,
    /// They can.
    Ready,
    /// They cannot, for a reason that names no secret.
    Not(String),
}

impl Health {
    /// Why the daemon counts as stuck; none while it lives.
    pub fn stuck(&self) -> Option<String> {
        let turned = self.state().turned;
        match turned.map(|turned| turned.elapsed()) {
            None => None,
            Some(silent) if silent <= STUCK => None,
            Some(silent) => Some(format!("the loop has not turned for {} seconds", silent.as_secs())),
        }
    }

    /// Whether packs can be made.
    pub fn readiness(&self) -> Readiness {
        self.state().readiness.clone()
    }

    /// It was looked: whether packs can be made.
    pub(super) fn looked(&self, readiness: Readiness) {
        self.state().readiness = readiness;
    }

    /// Does some work, and shows meanwhile that the loop turns: to whoever asks,
    /// and to the service manager's watchdog.
    pub(super) async fn alive<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = std::pin::pin!(work);
        let every = service_manager::watchdog().map_or(PULSE, |limit| PULSE.min(limit / 3));
        let mut pulse = tokio::time::interval(every);
        loop {
            tokio::select! {
                biased;
                done = &mut work => return done,
                _ = pulse.tick() => {
                    self.state().turned = Some(Instant::now());
                    service_manager::turns();
                }
            }
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, HealthState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_loop_that_waits_lives_and_one_that_is_silent_is_stuck() {
        let health = Health::default();
        assert_eq!(health.stuck(), None, "starting");
        health.alive(tokio::time::sleep(Duration::from_millis(20))).await;
        assert_eq!(health.stuck(), None);
        for (silent, is_stuck) in [(STUCK - Duration::from_secs(1), false), (STUCK + Duration::from_secs(1), true)] {
            let Some(turned) = Instant::now().checked_sub(silent) else { return };
            health.state().turned = Some(turned);
            assert_eq!(health.stuck().is_some(), is_stuck, "{silent:?}");
        }
    }

    #[test]
    fn it_is_ready_only_once_it_was_looked() {
        let health = Health::default();
        assert_eq!(health.readiness(), Readiness::Starting);
        health.looked(Readiness::Not("the config has 2 faults".into()));
        assert_eq!(health.readiness(), Readiness::Not("the config has 2 faults".into()));
        health.looked(Readiness::Ready);
        assert_eq!(health.readiness(), Readiness::Ready);
    }
}
