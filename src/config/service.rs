//! `boardpack.toml`: the council, schedule, publishing.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use super::archive::{self, ArchiveSettings};
use super::fault::Faults;
use super::files::Files;
use super::heartbeat::{self, Heartbeat};
use super::mail::{self, MailServer};
use super::publish::{self, PublishPaths};
use super::reader::TableReader;
use super::storages::{DeclaredStorage, StorageKind};
use super::uploads::Uploads;
use super::webhooks::{self, Webhook};
use super::{limits, server, storages, timing};
use crate::domain::secret::Secret;
use crate::domain::trend::SignalRules;
use crate::domain::{Council, Deadline, Edition, MilestoneRules, Period, ReadingLimits};

/// The defaults, which are also the manual.
pub const DEFAULTS: &str = include_str!("defaults.toml");

const FILE: &str = "boardpack.toml";

/// Prefix of environment variables that override settings.
pub const ENVIRONMENT_PREFIX: &str = "BOARDPACK__";

/// The sections of the file, each of which a variable may name.
const SECTIONS: [&str; 15] = [
    "council",
    "run",
    "schedule",
    "storage",
    "commentary",
    "publish",
    "disclosure",
    "limits",
    "signal",
    "archive",
    "heartbeat",
    "server",
    "mail",
    "webhook",
    "log",
];

/// Service settings.
#[derive(Debug, Clone)]
pub struct Service {
    /// The publishing authority.
    pub council: Council,
    /// The month that `run` makes when none is named.
    pub run_period: Option<Period>,
    /// The daemon's calendar.
    pub schedule: Schedule,
    /// Named storages.
    pub storages: BTreeMap<String, DeclaredStorage>,
    /// Where packs go, relative to the config directory.
    pub publish_path: String,
    /// Where reasons for held packs go, relative to the config directory.
    pub held_path: String,
    /// Where restricted editions go, relative to the config directory.
    pub restricted_path: Option<String>,
    /// Where the ledger lies, relative to the config directory; none for beside
    /// `held_path`.
    pub state_path: Option<String>,
    /// Which storages packs are put to, where their readers have them.
    pub uploads: Uploads,
    /// Where readers find the published folder; none where they know it by its path.
    pub publish_url: Option<String>,
    /// The address of the PostgreSQL database that has the ledger, or where it is kept; none
    /// for a file.
    pub ledger: Option<Secret>,
    /// What a pack's files are called, unless its board has its own pattern.
    pub file_name: String,
    /// Counts of children from 1 to this are not published, unless a board or
    /// an indicator has its own.
    pub threshold: u32,
    /// The largest workbook that is read, in bytes.
    pub max_file_bytes: u64,
    /// How long a file must have been left alone before a service that nobody
    /// watches reads it.
    pub settle: Duration,
    /// Where the commentary workbook is, relative to the config directory;
    /// `{period}`, `{year}` and `{month}` are replaced.
    pub commentary_workbook: Option<String>,
    /// What reading one workbook may take.
    pub reading: ReadingLimits,
    /// Whose rules tell signal from noise.
    pub rules: SignalRules,
    /// Where what packs were made of is kept; none for nowhere.
    pub archive: Option<ArchiveSettings>,
    /// Where the daemon says that it lives; none where nobody listens.
    pub heartbeat: Option<Heartbeat>,
    /// Where the daemon answers whoever watches it; none for nowhere.
    pub listen: Option<SocketAddr>,
    /// The server that mail goes through; none where no mail is sent.
    pub mail: Option<MailServer>,
    /// Other addresses that are told.
    pub webhooks: Vec<Webhook>,
    /// Logs.
    pub log: Log,
}

/// The daemon's calendar.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// The first month that the daemon makes.
    pub first_period: Option<Period>,
    /// Minutes before a held, draft or failed pack is tried again.
    pub retry_minutes: u32,
    /// How many months back a missed one is still made.
    pub catch_up_months: u32,
    /// The day by which commentary is due, for boards that name none.
    pub commentary_by: Option<Deadline>,
    /// What happens around the packs of boards that do not say otherwise.
    pub milestones: MilestoneRules,
}

/// How logs are written.
#[derive(Debug, Clone)]
pub struct Log {
    /// Format.
    pub format: LogFormat,
    /// Filter, in tracing's language.
    pub filter: String,
}

/// Format of logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// Text on a terminal, JSON elsewhere.
    Auto,
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Service {
    /// Where packs of an edition go, relative to the config directory; none where it has no place.
    pub fn published_path(&self, edition: Edition) -> Option<&str> {
        match edition {
            Edition::Public => Some(&self.publish_path),
            Edition::Restricted => self.restricted_path.as_deref(),
        }
    }

    pub(super) fn read(
        (dir, files): (&Path, &Files),
        environment: &[(String, String)],
        kinds: &[StorageKind],
        faults: &Faults,
    ) -> Option<Self> {
        let mut root = layered(files, environment, faults)?;
        let archive = archive::read(&mut root);
        let council = council(&mut root);
        let mut run = root.table("run");
        let run_period = run.parsed("period");
        run.finish();
        let schedule = schedule(&mut root);
        let commentary_workbook = workbook(&mut root);
        let PublishPaths {
            publish_path,
            held_path,
            restricted_path,
            state_path,
            ledger,
            publish_url,
            uploads,
            file_name,
        } = publish::read(&mut root, dir);
        let threshold = super::editions::threshold(&mut root);
        let mut limits = root.table("limits");
        let limits_value = limits::read(&mut limits);
        limits.finish();
        let mut log = root.table("log");
        let log_value = Log { format: log.or("format", LogFormat::Auto), filter: log.or("filter", "info".to_owned()) };
        log.finish();
        let rules = super::trend::rules(&mut root);
        let heartbeat = heartbeat::read(&mut root, dir);
        let listen = server::read(&mut root);
        let mail = mail::read(&mut root, dir);
        let webhooks = webhooks::read(&mut root, dir);
        let storages = storages::read(&mut root, dir, kinds);
        uploads.check(&storages, |key, message, hint| faults.add(FILE, key, message, hint));
        root.finish();
        Some(Self {
            council,
            run_period,
            schedule,
            storages,
            publish_path,
            held_path,
            restricted_path,
            state_path,
            uploads,
            publish_url,
            ledger,
            file_name,
            threshold,
            max_file_bytes: limits_value.max_file_bytes,
            settle: limits_value.settle,
            commentary_workbook,
            reading: limits_value.reading,
            rules,
            archive,
            heartbeat,
            listen,
            mail,
            webhooks,
            log: log_value,
        })
    }
}

/// `[council]`.
fn council(root: &mut TableReader<'_>) -> Council {
    let mut table = root.table("council");
    let council = Council {
        name: table.text("name", "the council's name, as it is printed on every pack"),
        contact: table.text("contact", "how a reader asks for another format, such as an address"),
    };
    table.finish();
    council
}

/// `[schedule]`.
fn schedule(root: &mut TableReader<'_>) -> Schedule {
    let mut table = root.table("schedule");
    let schedule = Schedule {
        first_period: table.parsed("first_period"),
        retry_minutes: table.or("retry_minutes", 60),
        catch_up_months: table.or("catch_up_months", 12),
        commentary_by: timing::commentary_by(&mut table, None),
        milestones: timing::milestones(&mut table, MilestoneRules::default()),
    };
    if schedule.retry_minutes == 0 {
        table.fault("retry_minutes", "found 0; expected at least 1", "");
    }
    table.finish();
    schedule
}

/// Where officers may write their commentary in a workbook.
fn workbook(root: &mut TableReader<'_>) -> Option<String> {
    let mut table = root.table("commentary");
    let workbook: Option<String> = table.optional("workbook");
    let has = |part: &str| workbook.as_ref().is_none_or(|name| name.contains(part));
    publish::folder(&table, "workbook", workbook.as_deref().unwrap_or_default());
    let is_monthly = has("{period}") || (has("{year}") && has("{month}"));
    // One for every month would be imported into each month that is run.
    if !is_monthly {
        table.fault("workbook", "is the same for every month", "write {period}, or {year} and {month}, in it");
    }
    table.finish();
    workbook
}

/// Notes every variable that is meant as one of ours, and is not read: with one
/// underscore instead of two, in small letters, or with BOARD_PACK in front.
fn near_misses(environment: &[(String, String)], faults: &Faults) {
    for (name, _) in environment.iter().filter(|(name, _)| !name.starts_with(ENVIRONMENT_PREFIX)) {
        let upper = name.to_ascii_uppercase();
        let words: Vec<&str> = upper.split(['_', '-', '.']).filter(|word| !word.is_empty()).collect();
        let rest = match words.as_slice() {
            ["BOARDPACK", rest @ ..] | ["BOARD", "PACK", rest @ ..] => rest,
            _ => continue,
        };
        // A variable of some other purpose, such as one of the tests, names no section.
        let section = rest.first().filter(|_| rest.len() > 1);
        let Some(section) = section.filter(|word| SECTIONS.iter().any(|section| section.eq_ignore_ascii_case(word)))
        else {
            continue;
        };
        let hint =
            format!("write {ENVIRONMENT_PREFIX}{section}__… with two underscores after BOARDPACK and after {section}");
        faults.add("the environment", name, "is not read: it is nearly the name of a setting", hint);
    }
}

fn layered<'a>(files: &'a Files, environment: &[(String, String)], faults: &'a Faults) -> Option<TableReader<'a>> {
    let Some(text) = files.text(FILE) else {
        faults.add(FILE, "", "is missing", "the config directory must hold boardpack.toml; is --config right?");
        return None;
    };
    near_misses(environment, faults);
    let variables = environment.iter().filter(|(name, _)| name.starts_with(ENVIRONMENT_PREFIX)).cloned().collect();
    let layers = config::Config::builder()
        .add_source(config::File::from_str(DEFAULTS, config::FileFormat::Toml))
        .add_source(config::File::from_str(text, config::FileFormat::Toml))
        .add_source(
            config::Environment::with_prefix("BOARDPACK")
                .prefix_separator("__")
                .separator("__")
                .source(Some(variables)),
        );
    TableReader::layered(FILE, layers, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_that_is_nearly_a_settings_is_told_and_others_are_not() {
        for (name, is_told) in [
            ("BOARDPACK_PUBLISH__PATH", true),
            ("BOARDPACK_PUBLISH_PATH", true),
            ("boardpack__publish__path", true),
            ("Boardpack__Limits__File_Mb", true),
            ("BOARD_PACK__PUBLISH__PATH", true),
            ("BOARDPACK-LOG-FILTER", true),
            ("BOARDPACK__PUBLISH__PATH", false),
            ("BOARDPACK", false),
            ("BOARDPACK_BLESS", false),
            ("BOARDPACK_TOOLS", false),
            ("BOARDPACK_PUBLISH", false),
            ("BOARDPACK_RUNNER_ID", false),
            ("PUBLISH_PATH", false),
        ] {
            let faults = Faults::default();
            near_misses(&[(name.to_owned(), "s3cret".to_owned())], &faults);
            let told = faults.into_sorted();
            assert_eq!(!told.is_empty(), is_told, "{name}: {told:?}");
            assert!(!format!("{told:?}").contains("s3cret"), "what it is set to is nobody's business");
        }
    }
}
