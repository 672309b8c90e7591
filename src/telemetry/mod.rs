//! Logs: who writes them, in which form, under which names; and what is counted
//! ([`metrics`]).
//!
//! Text for people on a terminal, one JSON object a line elsewhere, always to
//! stderr: stdout belongs to a command's answer. Names of fields are dotted
//! and carry their unit. No cell value, commentary or token is ever a field.
//!
//! | field | meaning |
//! |---|---|
//! | `activation.id` | one run of the walk: the instant it began, `20261105T060000Z` |
//! | `board.id` | the board |
//! | `period` | the month, `2026-10` |
//! | `edition` | `public` or `restricted` |
//! | `revision` | the revision that stands, from 1 |
//! | `outcome` | `published`, `unchanged`, `held`, `failed` |
//! | `state` | `draft` or `final` |
//! | `outstanding` | slots without commentary |
//! | `findings` | codes and places of what holds a pack, `F301 KPI.xlsx › Data › E7` |
//! | `source.id` | the source of a workbook |
//! | `config.file`, `config.key`, `hint` | where a config fault is and how to mend it |
//! | `packs` | how many packs an activation makes |
//! | `duration_ms`, `size_bytes` | how long and how large |
//! | `error` | what failed, with its causes |

pub mod metrics;

use std::io;

use tracing::Subscriber;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::{EnvFilter, ParseError, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::service::{Log, LogFormat};
use crate::domain::address::without_secrets;

/// Crates that say more than is wanted. They are heard from `warn` on, unless
/// the filter names them.
const NOISY: [&str; 9] = [
    "tokio_cron_scheduler",
    "hyper",
    "hyper_util",
    "reqwest",
    "h2",
    "rustls",
    "rustls_platform_verifier",
    "calamine",
    "typst",
];

/// Words that a filter may hold without a target.
const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// Why logs cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter cannot be read.
    #[error("failed to read the log filter {filter:?} (hint: write a level such as info, or info,boardpack=debug)")]
    Filter {
        /// The filter.
        filter: String,
        /// What is wrong with it.
        source: ParseError,
    },
    /// A word in the filter is neither a level nor `target=level`.
    #[error(
        "failed to read the log filter {filter:?}: {word:?} is no level (hint: one of off, error, warn, info, debug, trace; for one part of the program write boardpack=debug)"
    )]
    Level {
        /// The filter.
        filter: String,
        /// The word.
        word: String,
    },
    /// Something else in this process writes logs already.
    #[error("failed to start logging: it was started before")]
    Started,
}

/// Starts logging to stderr. `is_terminal`: whether a person reads it.
pub fn init(log: &Log, is_terminal: bool) -> Result<(), TelemetryError> {
    subscriber(log, is_terminal, io::stderr)?.try_init().map_err(|_| TelemetryError::Started)
}

fn subscriber<W>(
    log: &Log,
    is_terminal: bool,
    writer: W,
) -> Result<impl Subscriber + Send + Sync + 'static, TelemetryError>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = filter(&log.filter)?;
    // A log that nobody reads any more cannot be told so: trying to would panic.
    let lines = tracing_subscriber::fmt::layer().log_internal_errors(false).with_writer(Redacting(writer));
    let lines = if is_json(log.format, is_terminal) {
        lines.json().flatten_event(true).boxed()
    } else if is_terminal {
        // Colours, unless NO_COLOR is set.
        lines.boxed()
    } else {
        lines.with_ansi(false).boxed()
    };
    Ok(tracing_subscriber::registry().with(lines).with(quiet(&log.filter)).with(filter))
}

/// Writes each event, which comes whole, with every address in it as it may be
/// shown: whatever a field was given.
struct Redacting<W>(W);

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for Redacting<W> {
    type Writer = RedactingWriter<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        RedactingWriter(self.0.make_writer())
    }
}

/// What one event is written to.
struct RedactingWriter<W>(W);

impl<W: io::Write> io::Write for RedactingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.0.write_all(without_secrets(text).as_bytes()).map(|()| bytes.len()),
            Err(_) => self.0.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn is_json(format: LogFormat, is_terminal: bool) -> bool {
    match format {
        LogFormat::Auto => !is_terminal,
        LogFormat::Text => false,
        LogFormat::Json => true,
    }
}

fn filter(text: &str) -> Result<EnvFilter, TelemetryError> {
    let words: Vec<&str> = text.split(',').map(str::trim).collect();
    // To tracing a lone word is a target, so "inof" would silence everything else.
    let is_lone = |word: &str| !word.contains(['=', '[']) && !LEVELS.contains(&word.to_lowercase().as_str());
    if let Some(word) = words.iter().find(|word| is_lone(word)) {
        return Err(TelemetryError::Level { filter: text.to_owned(), word: (*word).to_owned() });
    }
    EnvFilter::builder()
        .parse(words.join(","))
        .map_err(|source| TelemetryError::Filter { filter: text.to_owned(), source })
}

/// Caps the noisy crates that the filter does not name.
fn quiet(filter: &str) -> Targets {
    let capped = NOISY.into_iter().filter(|name| !filter.contains(name)).map(|name| (name, LevelFilter::WARN));
    Targets::new().with_default(LevelFilter::TRACE).with_targets(capped)
}

/// Lines that a test reads back.
#[cfg(test)]
#[derive(Clone, Default)]
pub(crate) struct Lines(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

#[cfg(test)]
impl Lines {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

#[cfg(test)]
impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(format: LogFormat, filter: &str) -> Log {
        Log { format, filter: filter.to_owned() }
    }

    /// What is written when `speak` is called.
    fn written(log: &Log, is_terminal: bool, speak: impl FnOnce()) -> String {
        let lines = Lines::default();
        let writer = lines.clone();
        tracing::subscriber::with_default(subscriber(log, is_terminal, move || writer.clone()).unwrap(), speak);
        lines.text()
    }

    #[test]
    fn a_terminal_gets_text_and_a_service_gets_json_unless_told() {
        for (format, is_terminal, json) in [
            (LogFormat::Auto, true, false),
            (LogFormat::Auto, false, true),
            (LogFormat::Text, false, false),
            (LogFormat::Json, true, true),
        ] {
            let text = written(&log(format, "info"), is_terminal, || {
                let span = tracing::info_span!("activation", activation.id = "20261105T060000Z");
                span.in_scope(|| tracing::info!(board.id = "panel", duration_ms = 12_u64, "published"));
            });
            assert_eq!(text.starts_with('{'), json, "{format:?} {is_terminal}: {text}");
            assert_eq!(text.lines().count(), 1);
            if json {
                let line: serde_json::Value = serde_json::from_str(&text).unwrap();
                assert_eq!(line["board.id"], "panel");
                assert_eq!(line["duration_ms"], 12);
                assert_eq!(line["span"]["activation.id"], "20261105T060000Z");
            }
        }
    }

    #[test]
    fn noisy_crates_are_heard_from_warn_on_unless_named() {
        let speak = || {
            tracing::info!(target: "tokio_cron_scheduler::job_scheduler", "chatter");
            tracing::warn!(target: "tokio_cron_scheduler::job_scheduler", "trouble");
            tracing::info!(target: "boardpack::run", "work");
        };
        let said = |filter: &str| {
            let text = written(&log(LogFormat::Json, filter), false, speak);
            ["chatter", "trouble", "work"].map(|word| text.contains(word))
        };
        assert_eq!(said("info"), [false, true, true]);
        assert_eq!(said("error"), [false, false, false]);
        assert_eq!(said("info,tokio_cron_scheduler=info"), [true, true, true]);
        assert_eq!(said("off,boardpack=debug"), [false, false, true]);
    }

    #[test]
    fn an_address_is_logged_without_what_signs_in_with_it() {
        for format in [LogFormat::Json, LogFormat::Text] {
            let text = written(&log(format, "info"), false, || {
                tracing::info!(error = "failed: https://me:s3cret@a.example/?s3cret", "at https://s3cret@a.example/");
            });
            assert!(text.contains("a.example") && !text.contains("s3cret"), "{text}");
            assert!(format == LogFormat::Text || serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_bad_filter_says_what_is_wrong_with_it() {
        for (text, said) in [
            ("inof", "\"inof\" is no level"),
            ("info,boardpack::run", "\"boardpack::run\" is no level"),
            ("", "\"\" is no level"),
            ("boardpack=loud", "failed to read the log filter \"boardpack=loud\" (hint"),
            ("info,[", "failed to read the log filter"),
        ] {
            let error = filter(text).unwrap_err().to_string();
            assert!(error.contains(said), "{text:?}: {error}");
        }
        for good in [
            "info",
            "WARN",
            "off",
            "info,boardpack=debug",
            "info, boardpack::run=trace",
            "debug,hyper=off",
            "info,[activation]=debug",
        ] {
            assert!(filter(good).is_ok(), "{good}");
        }
    }
}
