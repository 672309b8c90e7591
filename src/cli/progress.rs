//! How far a run is: a moving line on a terminal, plain lines elsewhere.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::out;
use super::run::named;
use crate::domain::PackState;
use crate::run::{Outcome, PackResult, Progress};

/// A progress that can be put away.
pub(super) trait ProgressDisplay: Progress {
    /// Clears the line, so that the answer stands alone.
    fn finish(&self);
}

impl AsRef<dyn Progress + 'static> for dyn ProgressDisplay {
    fn as_ref(&self) -> &(dyn Progress + 'static) {
        self
    }
}

/// The right progress for where standard error goes.
pub(super) fn shown(terminal: bool) -> Box<dyn ProgressDisplay> {
    if terminal {
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Box::new(Moving(bar))
    } else {
        Box::new(Plain)
    }
}

fn word(outcome: &Outcome) -> &'static str {
    match &outcome.result {
        PackResult::Published(made) if made.manifest.state == PackState::Draft => "draft made",
        PackResult::Published(_) => "published",
        PackResult::Unchanged(_) => "unchanged",
        PackResult::WouldPublish { state: PackState::Draft, .. } => "draft would be made",
        PackResult::WouldPublish { .. } => "would be published",
        PackResult::Held { .. } => "held",
        PackResult::PutOff(_) => "put off",
        PackResult::Failed { .. } => "failed",
    }
}

struct Moving(ProgressBar);

impl Progress for Moving {
    fn step(&self, message: &str) {
        self.0.set_message(message.to_owned());
    }

    fn done(&self, outcome: &Outcome) {
        self.0.println(format!("{} for {}: {}", named(outcome), outcome.key.period, word(outcome)));
    }
}

impl ProgressDisplay for Moving {
    fn finish(&self) {
        self.0.finish_and_clear();
    }
}

struct Plain;

impl Progress for Plain {
    fn step(&self, message: &str) {
        out::aside(message);
    }

    fn done(&self, outcome: &Outcome) {
        out::aside(format_args!("{} for {}: {}", named(outcome), outcome.key.period, word(outcome)));
    }
}

impl ProgressDisplay for Plain {
    fn finish(&self) {}
}
