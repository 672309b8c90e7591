//! `boardpack run`: make packs now, once, and say where everything stands.

use std::io::IsTerminal as _;

use super::{UsageError, out, progress, table};
use crate::clock::{Clock as _, SystemClock, previous_period};
use crate::config::Config;
use crate::domain::{BoardId, Edition, Finding, Period};
use crate::exit::Exit;
use crate::pack::words;
use crate::publish::{Publication, PublishError, State};
use crate::reader::Reader;
use crate::run::{Outcome, PackKey, PackResult, Request, RunError, activate};
use crate::source::Cache;
use crate::typeset::Stationery;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The month to make, such as 2026-10 [default: `period` of the config, else the month before this one]
    #[arg(long, value_name = "YYYY-MM")]
    period: Option<Period>,

    /// Only this board; may be given several times [default: every board]
    #[arg(long, value_name = "ID")]
    board: Vec<String>,

    /// Do everything but write.
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> anyhow::Result<Exit> {
    let terminal = std::io::stderr().is_terminal();
    crate::telemetry::init(&quiet(config), terminal)?;
    let period = month(args.period, config);
    let keys = chosen(&args.board, config)?.into_iter().map(|board| PackKey { period, board }).collect();
    let stationery = Stationery::themed(Stationery::built_in(), &config.theme)?;
    let progress = progress::shown(terminal);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let request = Request { keys, dry_run: args.dry_run };
    let outcomes = runtime.block_on(activate(
        config,
        &stationery,
        &Cache::default(),
        &Reader::this_program()?,
        request,
        progress.as_ref(),
    ));
    progress.finish();
    let outcomes = match outcomes {
        Ok(outcomes) => outcomes,
        // Another run is a fault of neither storage nor ledger: wait for it.
        Err(RunError::Publish(error)) if !matches!(error, PublishError::InUse { .. }) => {
            out::aside(format_args!("error: {:#}", anyhow::Error::new(RunError::Publish(error))));
            return Ok(Exit::Unreachable);
        }
        Err(error) => return Err(error.into()),
    };
    out::text(summary(&outcomes))?;
    super::config::forgotten(config, period);
    Ok(Exit::of(&outcomes))
}

/// The logs of a single run by hand: only what is wrong, since the table says the rest.
pub(super) fn quiet(config: &Config) -> crate::config::service::Log {
    let mut log = config.service.log.clone();
    if log.filter == "info" {
        "error".clone_into(&mut log.filter);
    }
    log
}

/// The month that is asked for, else the config's, else the one before this.
pub(super) fn month(asked: Option<Period>, config: &Config) -> Period {
    asked.or(config.service.run_period).unwrap_or_else(|| previous_period(SystemClock.now()))
}

pub(super) fn chosen(names: &[String], config: &Config) -> Result<Vec<BoardId>, UsageError> {
    let all = || config.boards.iter().map(|board| board.id.clone());
    if names.is_empty() {
        return Ok(all().collect());
    }
    names
        .iter()
        .map(|name| {
            all().find(|id| id.as_str() == name).ok_or_else(|| {
                let known = all().map(|id| id.to_string()).collect::<Vec<_>>().join(", ");
                UsageError(format!("there is no board {name:?}; the boards are {known}"))
            })
        })
        .collect()
}

/// How many cautions of a board are told under the table.
const MOST_CAUTIONS: usize = 5;

/// The table, then what holds a pack, then what to look at in those that stand.
fn summary(outcomes: &[Outcome]) -> String {
    let head = ["Board", "Period", "State", "Revision", "Outstanding", "PDF"].map(str::to_owned);
    let rows: Vec<[String; 6]> = outcomes.iter().map(row).collect();
    let mut text = table::table(&head, &rows);
    for outcome in outcomes {
        match &outcome.result {
            PackResult::Held { findings, .. } => {
                text.push_str(&format!("\n{} is held:\n", outcome.key.board));
                for finding in findings.iter().filter(|finding| finding.is_blocking()) {
                    text.push_str(&format!("  {finding}\n"));
                }
            }
            PackResult::Failed { error, .. } => {
                text.push_str(&format!("\n{} failed:\n  {error}\n", outcome.key.board));
            }
            _ => {}
        }
    }
    let mut told: Vec<(&BoardId, &Finding)> = Vec::new();
    for outcome in outcomes {
        let board = &outcome.key.board;
        // A restricted edition says again what the public one said.
        let new: Vec<&Finding> = outcome.cautions.iter().filter(|caution| !told.contains(&(board, *caution))).collect();
        if !new.is_empty() && !matches!(outcome.result, PackResult::Held { .. }) {
            text.push_str(&format!(
                "\n{board}: look at {} before it goes out\n",
                words::count(new.len(), "thing", "things")
            ));
            text.extend(new.iter().take(MOST_CAUTIONS).map(|caution| format!("  {caution}\n")));
            if new.len() > MOST_CAUTIONS {
                text.push_str(&format!(
                    "  and {} more: `boardpack check` and findings.json have all\n",
                    new.len() - MOST_CAUTIONS
                ));
            }
        }
        told.extend(new.into_iter().map(|caution| (board, caution)));
    }
    text
}

fn row(outcome: &Outcome) -> [String; 6] {
    let key = &outcome.key;
    let (state, revision, outstanding, pdf) = match &outcome.result {
        PackResult::Published(publication) => standing(publication, ""),
        PackResult::Unchanged(publication) => standing(publication, ", unchanged"),
        PackResult::WouldPublish { revision, outstanding, state } => {
            ("would publish".to_owned(), format!("r{revision}"), slots(*outstanding, *state), "–".to_owned())
        }
        PackResult::Held { findings, notice } => {
            let faults = findings.iter().filter(|finding| finding.is_blocking()).count();
            let notice = notice.as_ref().map_or_else(|| "–".to_owned(), |path| table::path(path));
            ("held".to_owned(), "–".to_owned(), words::count(faults, "fault", "faults"), notice)
        }
        PackResult::Failed { .. } => ("failed".to_owned(), "–".to_owned(), "–".to_owned(), "–".to_owned()),
    };
    let board = match outcome.edition {
        Edition::Public => key.board.to_string(),
        Edition::Restricted => format!("{} (restricted)", key.board),
    };
    [board, key.period.to_string(), state, revision, outstanding, pdf]
}

fn standing(publication: &Publication, suffix: &str) -> (String, String, String, String) {
    let manifest = &publication.manifest;
    let state = match manifest.state {
        State::Final => "final",
        State::Draft => "draft",
    };
    (
        format!("{state}{suffix}"),
        format!("r{}", manifest.revision),
        slots(manifest.outstanding, manifest.state),
        table::path(&publication.pdf_path()),
    )
}

fn slots(outstanding: usize, state: State) -> String {
    match outstanding {
        0 if state == State::Draft => "sign-off".to_owned(),
        0 => "nothing".to_owned(),
        n => words::count(n, "commentary", "commentaries"),
    }
}
