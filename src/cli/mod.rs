//! The command line: one file a subcommand, each from arguments to a call and
//! an exit code.
//!
//! Answers go to standard output, progress and logs to standard error.

mod calendar;
mod check;
mod commentary;
mod config;
mod daemon;
mod explain;
mod healthcheck;
mod inspect;
mod ledger;
mod notify;
mod out;
mod owed;
mod preview;
mod progress;
mod rebuild;
mod run;
mod schedule;
mod sign;
mod spc;
mod status;
mod table;
mod verify;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::clock::{Clock as _, SystemClock};
use crate::config::{ConfigError, Loaded};
use crate::exit::Exit;
use crate::run::upkeep::Asker;
use crate::telemetry::TelemetryError;

/// Scorecard packs for a council's boards, from its spreadsheets.
#[derive(Debug, Parser)]
#[command(name = "boardpack", version, about, max_term_width = 100, after_help = EXIT_CODES)]
struct Args {
    /// The config directory.
    #[arg(long, global = true, value_name = "DIR", default_value = "config")]
    config: PathBuf,

    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  every pack asked for is published or unchanged, and final; cautions do not change that;
     check: nothing is blocking; commentary: none is owed; status: each board's latest pack is final
  1  the program failed
  2  the command line or the config is wrong; every fault is listed
  3  at least one pack is held or draft because of its data or commentary; check: something is blocking;
     commentary: some is owed; status: a board's latest pack is not final; verify: the file is not a genuine, final pack that still stands,
     or not everything is as it was published; ledger check: it and the published folder differ
  4  storage, the published folder or the ledger could not be reached; notify: a message could not be sent";

#[derive(Debug, Subcommand)]
enum Command {
    /// Make packs now, once.
    Run(run::Args),
    /// Run unattended: make each board's pack when it falls due.
    Daemon(daemon::Args),
    /// Check the workbooks, and make no pack.
    Check(check::Args),
    /// Write or update the files that officers write their commentary in, and say who owes what.
    Commentary(commentary::Args),
    /// Record that a role approves what a pack says, to the letter.
    Sign(sign::Args),
    /// Tell signal from noise in a monthly series of a CSV file.
    Spc(spc::Args),
    /// Show which pack falls due when.
    Schedule(schedule::Args),
    /// Show what became of the packs that fell due, and what is next.
    Status(status::Args),
    /// Tell people what happened to packs, or show what would go to whom.
    Notify(notify::Args),
    /// Ask the daemon of this machine whether it can make packs.
    Healthcheck(healthcheck::Args),
    /// List the bank holidays that calendar.toml lacks.
    Calendar(calendar::Args),
    /// Show what is in a workbook, and propose its entry for sources.toml.
    Inspect(inspect::Args),
    /// Draw a board's pack as pictures, for editing the templates.
    Preview(preview::Args),
    /// Show where a figure came from: its cells, its arithmetic, its target and its rating.
    Explain(explain::Args),
    /// Tell whether a file is what was published: genuine, superseded, a draft, altered or unknown.
    Verify(verify::Args),
    /// Hold the ledger and the published folder against each other, copy the ledger, or make it anew.
    Ledger(ledger::Args),
    /// Make an issued pack again from the archive, and say whether it is the same to the byte.
    Rebuild(rebuild::Args),
    /// Check the config and show the settings in force.
    Config(config::Args),
    /// Open a workbook for the program that asks: see `reader`.
    #[command(hide = true, name = crate::reader::COMMAND)]
    ReadWorkbook,
}

/// Runs the program and gives its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, environment: &[(String, String)]) -> ExitCode {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            // clap writes help to standard output and faults to standard error.
            let _ = error.print();
            return if error.use_stderr() { Exit::Config.into() } else { Exit::Done.into() };
        }
    };
    if matches!(args.command, Command::ReadWorkbook) {
        // Ended at once: its memory and its clock are the system's to take back.
        std::process::exit(crate::reader::serve());
    }
    // What a panic says may quote anything, an address with its password too.
    std::panic::set_hook(Box::new(|panic| out::aside(panic)));
    match dispatch(&args, environment) {
        Ok(exit) => exit.into(),
        Err(error) => {
            out::aside(format_args!("error: {error:#}"));
            let theirs = error.is::<ConfigError>() || error.is::<UsageError>() || error.is::<TelemetryError>();
            if theirs { Exit::Config.into() } else { Exit::Failed.into() }
        }
    }
}

fn dispatch(args: &Args, environment: &[(String, String)]) -> anyhow::Result<Exit> {
    match &args.command {
        Command::Run(run) => run::run(run, &load(args, environment)?, asker(environment)),
        Command::Daemon(daemon) => daemon::run(daemon, &args.config, environment),
        Command::Check(check) => check::run(check, &load(args, environment)?),
        Command::Commentary(commentary) => commentary::run(commentary, &load(args, environment)?),
        Command::Sign(sign) => sign::run(sign, &load(args, environment)?.config),
        Command::Spc(spc) => spc::run(spc),
        Command::Schedule(schedule) => schedule::run(schedule, &load(args, environment)?.config),
        Command::Calendar(calendar) => calendar::run(calendar, &load(args, environment)?.config),
        Command::Status(status) => status::run(status, &load(args, environment)?.config),
        Command::Notify(notify) => notify::run(notify, &load(args, environment)?.config),
        Command::Healthcheck(check) => healthcheck::run(check, &load(args, environment)?.config),
        Command::Inspect(inspect) => inspect::run(inspect),
        Command::Preview(preview) => preview::run(preview, || load(args, environment)),
        Command::Explain(explain) => explain::run(explain, &load(args, environment)?),
        Command::Verify(verify) => verify::run(verify, &load(args, environment)?.config),
        Command::Ledger(ledger) => ledger::run(ledger, &load(args, environment)?.config, &asker(environment)),
        Command::Rebuild(rebuild) => rebuild::run(rebuild, &load(args, environment)?.config),
        Command::Config(config) => config::run(config, &load(args, environment)?.whole()?),
        Command::ReadWorkbook => Ok(Exit::Done),
    }
}

/// Who asks, by the account's name as its environment has it, and when.
fn asker(environment: &[(String, String)]) -> Asker {
    let of = |name| environment.iter().find(|(known, value)| known == name && !value.is_empty());
    let found = ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(of);
    let by = found.map_or_else(|| "unknown".to_owned(), |(_, value)| value.clone());
    Asker { by, now: SystemClock.now() }
}

fn load(args: &Args, environment: &[(String, String)]) -> Result<Loaded, ConfigError> {
    Loaded::load(&args.config, environment, crate::storage::KINDS)
}

/// A file of the config directory that could not be written. Where the directory
/// cannot be written at all, as one that is mounted read-only, the file is not to blame.
fn unwritable(error: std::io::Error, what: &str, shown: &str) -> anyhow::Error {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    let hint = match error.kind() {
        ReadOnlyFilesystem => {
            "the config directory is mounted read-only; `commentary` and `sign` write below its folder `commentary`: mount it, or that folder of it, so that this account may write there (docker: without :ro)"
        }
        PermissionDenied => {
            "this account may not write there; `commentary` and `sign` write below the folder `commentary` of the config directory: let this account write in it"
        }
        _ => "has somebody the file open?",
    };
    anyhow::Error::new(error).context(format!("failed to {what} {shown} (hint: {hint})"))
}

/// The command line asks for something that is not there.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct UsageError(String);

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::*;

    #[test]
    fn a_directory_that_cannot_be_written_is_told_from_a_file_that_is_open() {
        for (kind, words) in [
            (ErrorKind::ReadOnlyFilesystem, "mounted read-only"),
            (ErrorKind::PermissionDenied, "let this account write in it"),
            (ErrorKind::ResourceBusy, "has somebody the file open?"),
        ] {
            let told = format!("{:#}", unwritable(Error::from(kind), "write", "config/commentary/2026-10/panel.toml"));
            assert!(told.contains(words) && told.contains("panel.toml"), "{told}");
        }
    }
}
