//! What is counted of the service, for Prometheus: any room counts as it logs.
//!
//! Names, units and the text that is served follow Prometheus' conventions
//! (base units, `_total`, `_seconds`). No label names a board, an indicator or an
//! address: how many packs stand in which state is all that is told of them.

use std::sync::LazyLock;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use chrono::{DateTime, Utc};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

/// A label and its value.
type Label = [(&'static str, &'static str); 1];
type Seconds = Gauge<f64, AtomicU64>;
type Durations = Family<Label, Histogram, fn() -> Histogram>;

/// The content type of [`Metrics::text`].
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper bounds of the durations that are told apart, in seconds.
const BOUNDS: [f64; 10] = [0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0];

/// A stage of making packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Fetching and reading the sources of a month.
    Read,
    /// Working out what the public may see, and the scorecards.
    Weigh,
    /// One edition of one pack: words, typesetting, publishing.
    Make,
}

/// How an activation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActivationResult {
    /// Every pack was published, unchanged or held with a reason.
    Done,
    /// A pack, or all of it, failed.
    Failed,
    /// Another run had the published folder.
    PutOff,
}

/// The numbers of this process.
pub struct Metrics {
    registry: Registry,
    last_look: Seconds,
    last_success: Seconds,
    packs: Family<Label, Gauge>,
    oldest_due: Seconds,
    bell_lag: Seconds,
    config_faults: Gauge,
    activations: Family<Label, Counter>,
    retries: Family<Label, Counter>,
    notifications: Family<Label, Gauge>,
    uploads_waiting: Gauge,
    stages: Durations,
}

static METRICS: LazyLock<Metrics> = LazyLock::new(Metrics::new);

/// The numbers of this process.
pub fn metrics() -> &'static Metrics {
    &METRICS
}

impl Stage {
    fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Weigh => "weigh",
            Self::Make => "make",
        }
    }
}

impl ActivationResult {
    fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::PutOff => "put_off",
        }
    }
}

impl Metrics {
    fn new() -> Self {
        let mut registry = Registry::with_prefix("boardpack");
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program", build);
        let mut timed = |name, help| {
            let gauge = Seconds::default();
            registry.register_with_unit(name, help, Unit::Seconds, gauge.clone());
            gauge
        };
        let last_look = timed("last_look_timestamp", "When it was last looked what is due, since the epoch");
        let last_success =
            timed("last_success_timestamp", "When nothing was due, or everything due was made, since the epoch");
        let oldest_due = timed("oldest_due_age", "How long the pack that has waited longest has been due; 0 for none");
        let bell_lag = timed("bell_lag", "How long after its minute the last ring was answered");
        let packs = Family::<Label, Gauge>::default();
        registry.register("packs", "Packs within reach of the schedule, by state", packs.clone());
        let config_faults = Gauge::<i64>::default();
        registry.register("config_faults", "Faults of the config as it was last read", config_faults.clone());
        let activations = Family::<Label, Counter>::default();
        registry.register("activations", "Times that packs were made, by how that ended", activations.clone());
        let retries = Family::<Label, Counter>::default();
        registry.register("storage_retries", "Exchanges with a storage that were tried again", retries.clone());
        let notifications = Family::<Label, Gauge>::default();
        registry.register("notifications", "Messages of the outbox, by state", notifications.clone());
        let uploads_waiting = Gauge::<i64>::default();
        let help = "Revisions that are made and do not stand where their readers have them";
        registry.register("uploads_waiting", help, uploads_waiting.clone());
        let stages: Durations = Family::new_with_constructor(|| Histogram::new(BOUNDS));
        registry.register_with_unit("stage_duration", "What a stage took", Unit::Seconds, stages.clone());
        Self {
            registry,
            last_look,
            last_success,
            packs,
            oldest_due,
            bell_lag,
            config_faults,
            activations,
            retries,
            notifications,
            uploads_waiting,
            stages,
        }
    }

    /// All of them as Prometheus reads them.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail; what there is is told in any case.
        let _ = encode(&mut text, &self.registry);
        text
    }

    /// It was looked what is due.
    pub fn looked(&self, now: DateTime<Utc>, bell_lag: Duration) {
        self.last_look.set(epoch(now));
        self.bell_lag.set(bell_lag.as_secs_f64());
    }

    /// Nothing is due, or all of it was made.
    pub fn succeeded(&self, now: DateTime<Utc>) {
        self.last_success.set(epoch(now));
    }

    /// How many faults the config has.
    pub fn config_faults(&self, count: usize) {
        self.config_faults.set(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// How many packs are in a state.
    pub fn packs(&self, state: &'static str, count: usize) {
        self.packs.get_or_create(&[("state", state)]).set(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// How long the pack that has waited longest has been due.
    pub fn oldest_due(&self, age: Duration) {
        self.oldest_due.set(age.as_secs_f64());
    }

    /// An activation ended.
    pub fn activated(&self, result: ActivationResult) {
        self.activations.get_or_create(&[("result", result.word())]).inc();
    }

    /// An exchange with a storage of this kind is tried again.
    pub fn retried(&self, storage: &'static str) {
        self.retries.get_or_create(&[("storage", storage)]).inc();
    }

    /// How many messages to people are in a state.
    pub fn notifications(&self, state: &'static str, count: u64) {
        self.notifications.get_or_create(&[("state", state)]).set(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// How many revisions do not stand where their readers have them.
    pub fn uploads_waiting(&self, count: usize) {
        self.uploads_waiting.set(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// A stage ended.
    pub fn staged(&self, stage: Stage, took: Duration) {
        self.stages.get_or_create(&[("stage", stage.word())]).observe(took.as_secs_f64());
    }
}

#[expect(clippy::cast_precision_loss, reason = "seconds of this age are far below 2^52")]
fn epoch(now: DateTime<Utc>) -> f64 {
    now.timestamp() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_units_are_prometheus_own() {
        let metrics = Metrics::new();
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        metrics.looked(now, Duration::from_millis(1_500));
        metrics.succeeded(now);
        metrics.config_faults(2);
        metrics.packs("final", 4);
        metrics.oldest_due(Duration::from_secs(90));
        metrics.activated(ActivationResult::PutOff);
        metrics.retried("https");
        metrics.notifications("waiting", 3);
        metrics.uploads_waiting(1);
        metrics.staged(Stage::Weigh, Duration::from_millis(80));
        insta::assert_snapshot!(metrics.text());
    }
}
