//! `boardpack check`: fetch, read and check, make nothing, and say what is
//! wrong where.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::config::forgotten;
use super::run::{chosen as chosen_boards, month, quiet};
use super::{UsageError, out, table};
use crate::clock::{Clock as _, SystemClock};
use crate::config::{Config, Loaded};
use crate::domain::{Period, SourceId};
use crate::exit::Exit;
use crate::reader::WorkbookReader;
use crate::run::Resources;
use crate::run::check::{Check, check};
use crate::run::storages::{self, StorageTrial, StorageTry};
use crate::storage::write;
use crate::validation::{self, CheckFound, CheckReport, SeenFindings, html, text, xlsx};
use crate::words;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The month to check, such as 2026-10 [default: `period` of the config, else the month before this one]
    #[arg(long, value_name = "YYYY-MM")]
    period: Option<Period>,

    /// Only what this board needs; may be given several times [default: every board]
    #[arg(long, value_name = "ID")]
    board: Vec<String>,

    /// Only this source; may be given several times [default: every source of the boards]
    #[arg(long, value_name = "ID")]
    source: Vec<String>,

    /// Try every storage instead: list and read what is there, and where packs go write a file and take it away again.
    #[arg(long, conflicts_with_all = ["board", "source", "report"])]
    storage: bool,

    /// Print the report as JSON.
    #[arg(long)]
    json: bool,

    /// Write report.json, report.html and work-list.xlsx into this folder.
    #[arg(long, value_name = "DIR")]
    report: Option<PathBuf>,
}

pub(super) fn run(args: &Args, loaded: &Loaded) -> anyhow::Result<Exit> {
    let Loaded { config, commentary, .. } = loaded;
    crate::telemetry::init(&quiet(config), false)?;
    let period = month(args.period, config);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    if args.storage {
        let trials = runtime.block_on(storages::try_all(config, period, SystemClock.now()));
        return tell_of_storages(&trials, args.json);
    }
    let boards = chosen_boards(&args.board, config)?;
    let asked = Check { period, boards, sources: chosen(&args.source, config)?, now: SystemClock.now() };
    let found =
        match runtime.block_on(check(config, commentary, &asked, &Resources::new(WorkbookReader::this_program()?))) {
            Ok(found) => found,
            Err(error) => {
                out::aside(format_args!("error: {:#}", anyhow::Error::new(error)));
                return Ok(Exit::Unreachable);
            }
        };
    let state = state_path(config);
    let mut seen = remembered(&state);
    let report = validation::report(&config.service.council.name, period, &config.sources, &found, &seen);
    if args.json {
        out::text(String::from_utf8_lossy(&validation::json(&report)?))?;
    } else {
        out::text(format_args!("{}{}", summary(&report), text::details(&report)))?;
    }
    if let Some(folder) = &args.report {
        write_report(folder, &report)?;
    }
    forgotten(config, period);
    seen.record(period, found.findings());
    remember(&state, &seen);
    Ok(exit(&found))
}

/// What each storage can be used for, and what it lacks.
fn tell_of_storages(trials: &[StorageTrial], json: bool) -> anyhow::Result<Exit> {
    if json {
        out::line(serde_json::to_string_pretty(trials)?)?;
    } else {
        for trial in trials {
            let StorageTrial { name, kind, place, tries, weakness, ends } = trial;
            out::line(format_args!("storage \"{name}\" ({kind}) {place}"))?;
            for StorageTry { what, is_well, words } in tries {
                let is_well = if *is_well { "yes" } else { "NO" };
                out::line(format_args!("  {what:<7} {is_well:<4} {words}"))?;
            }
            for line in weakness.iter().chain(ends) {
                out::line(format_args!("  note         {line}"))?;
            }
        }
    }
    if !trials.iter().all(StorageTrial::is_well) {
        return Ok(Exit::Unreachable);
    }
    let is_lasting = trials.iter().all(|trial| trial.ends.is_empty());
    Ok(if is_lasting { Exit::Done } else { Exit::Outstanding })
}

fn exit(found: &CheckFound) -> Exit {
    if found.sources.values().any(|found| found.unreachable.is_some()) {
        return Exit::Unreachable;
    }
    let is_blocked = found.findings().any(|(_, finding)| finding.is_blocking());
    if is_blocked { Exit::Outstanding } else { Exit::Done }
}

fn chosen(names: &[String], config: &Config) -> Result<std::collections::BTreeSet<SourceId>, UsageError> {
    names
        .iter()
        .map(|name| {
            config.sources.keys().find(|id| id.as_str() == name).cloned().ok_or_else(|| {
                let known = config.sources.keys().map(SourceId::as_str).collect::<Vec<_>>().join(", ");
                UsageError(format!("there is no source {name:?}; the sources are {known}"))
            })
        })
        .collect()
}

/// The first level: a line a source, and one for texts in which anything was found.
fn summary(report: &CheckReport) -> String {
    let head = ["Source", "Verdict", "Blocking", "Cautions", "Notes", "File"].map(str::to_owned);
    let rows: Vec<[String; 6]> = report
        .all()
        .map(|source| {
            [
                source.id.to_string(),
                source.verdict.words().to_owned(),
                source.blocking.to_string(),
                source.cautions.to_string(),
                source.notes.to_string(),
                source.file.as_ref().map_or_else(|| "–".to_owned(), |file| file.name.clone()),
            ]
        })
        .collect();
    format!("Checked for {}\n\n{}", words::month(report.period), table::table(&head, &rows))
}

fn write_report(folder: &Path, report: &CheckReport) -> anyhow::Result<()> {
    let make = || format!("failed to make the folder {}", folder.display());
    std::fs::create_dir_all(folder).with_context(make)?;
    let files = [
        ("report.json", validation::json(report)?),
        ("report.html", html::page(report).into_bytes()),
        ("work-list.xlsx", xlsx::work_list(report)?),
    ];
    for (name, bytes) in files {
        let path = folder.join(name);
        let hint = || format!("failed to write {} (hint: has somebody the file open?)", path.display());
        write::replace(&path, &bytes).with_context(hint)?;
    }
    Ok(())
}

/// Beside the folder of held packs: `held-seen.json` beside `held`.
fn state_path(config: &Config) -> PathBuf {
    let held = config.path(&config.service.held_path);
    let mut name = held.file_name().unwrap_or_default().to_owned();
    name.push("-seen.json");
    held.with_file_name(name)
}

/// What earlier checks found. That it cannot be read is said, and is no reason
/// not to check.
#[expect(clippy::disallowed_methods, reason = "the state of this command alone")]
fn remembered(path: &Path) -> SeenFindings {
    let bytes = match std::fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return SeenFindings::default(),
        other => other.map_err(anyhow::Error::from),
    };
    bytes.and_then(|bytes| Ok(SeenFindings::parse(&bytes)?)).unwrap_or_else(|error| {
        out::aside(format_args!("warning: {}: {error:#}", words::path(path)));
        SeenFindings::default()
    })
}

fn remember(path: &Path, seen: &SeenFindings) {
    let written = seen.to_bytes().map_err(anyhow::Error::from).and_then(|bytes| Ok(write::replace(path, &bytes)?));
    if let Err(error) = written {
        out::aside(format_args!("warning: failed to write {}: {error:#}", words::path(path)));
    }
}
