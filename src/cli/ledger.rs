//! `boardpack ledger`: hold the ledger and the published folder against each other, copy
//! the ledger, make it anew, and say why something that was published is gone.

use std::path::PathBuf;

use super::{UsageError, out, run::chosen};
use crate::config::Config;
use crate::domain::{Edition, PackKey, Period};
use crate::exit::Exit;
use crate::run::RunError;
use crate::run::upkeep::{self, Asker};
use crate::words;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: LedgerCommand,
}

#[derive(Debug, clap::Subcommand)]
enum LedgerCommand {
    /// Hold the ledger and the published folder against each other, and name what differs.
    Check {
        /// Print the answer as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Make the ledger anew from the published folder; the one before is kept beside it.
    Rebuild,
    /// Write a copy of the ledger, which may be in use meanwhile.
    Backup {
        /// The copy, which must not be there yet.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Say why revisions of a pack are gone from the published folder: the pack is made again from then on.
    AcceptLoss {
        /// The board.
        #[arg(value_name = "BOARD")]
        board: String,

        /// The pack's month, such as 2026-10.
        #[arg(value_name = "YYYY-MM")]
        period: Period,

        /// The edition: public or restricted.
        #[arg(long, value_name = "EDITION", default_value = "public", value_parser = edition)]
        edition: Edition,

        /// Why: "destroyed with the old share, no backup".
        #[arg(long, value_name = "REASON")]
        because: String,
    },
}

pub(super) fn run(args: &Args, config: &Config, asker: &Asker) -> anyhow::Result<Exit> {
    let ended = match &args.command {
        LedgerCommand::Check { json } => return check(config, *json),
        LedgerCommand::Rebuild => upkeep::rebuild(config, asker).map(|kept| match kept {
            Some(kept) => format!("The ledger was made anew. The one before is kept as {}.", words::path(&kept)),
            None => "The ledger has all that stands in the published folder.".to_owned(),
        }),
        LedgerCommand::Backup { file } => {
            upkeep::backup(config, file).map(|()| format!("A copy of the ledger was written to {}.", words::path(file)))
        }
        LedgerCommand::AcceptLoss { board, period, edition, because } => {
            let because = because.trim();
            if because.is_empty() {
                return Err(UsageError("nothing says why: --because is blank".to_owned()).into());
            }
            let board = named(board, *period, config)?;
            let key = PackKey { board, period: *period };
            match upkeep::accept_loss(config, (&key, *edition), because, asker) {
                Ok(gone) if gone.is_empty() => {
                    let pack = format!("{} for {}", key.board, words::month(*period));
                    return Err(UsageError(format!("nothing is missing of {pack}, {} edition", edition.word())).into());
                }
                gone => gone.map(|gone| accepted(&key, *edition, &gone)),
            }
        }
    };
    match ended {
        Ok(told) => {
            out::line(told)?;
            Ok(Exit::Done)
        }
        Err(error) => unreachable(error),
    }
}

/// A board of the config; one that is gone from it may still have lost a pack.
fn named(board: &str, period: Period, config: &Config) -> Result<crate::domain::BoardId, UsageError> {
    match crate::domain::BoardId::parse(board) {
        Ok(id) if crate::run::forgotten(config, period).is_ok_and(|gone| gone.contains_key(&id)) => Ok(id),
        _ => Ok(chosen(&[board.to_owned()], config)?.remove(0)),
    }
}

pub(super) fn edition(text: &str) -> Result<Edition, String> {
    let editions = [Edition::Public, Edition::Restricted];
    let found = editions.into_iter().find(|edition| edition.word() == text);
    found.ok_or_else(|| "expected public or restricted".to_owned())
}

fn accepted(key: &PackKey, edition: Edition, gone: &[u32]) -> String {
    let numbers: Vec<String> = gone.iter().map(|revision| format!("r{revision}")).collect();
    let next = gone.last().map_or(1, |last| last + 1);
    format!(
        "{} for {}, {} edition: {} may be gone. {} never given to another: the next one is r{next} or later.",
        key.board,
        words::month(key.period),
        edition.word(),
        words::list(&numbers),
        if gone.len() == 1 { "Its number is" } else { "Their numbers are" },
    )
}

fn check(config: &Config, json: bool) -> anyhow::Result<Exit> {
    let audit = match upkeep::check(config) {
        Ok(audit) => audit,
        Err(error) => return unreachable(error),
    };
    if json {
        out::line(serde_json::to_string_pretty(&audit)?)?;
    } else {
        for fault in &audit.faults {
            let edition = if fault.edition == Edition::Restricted { ", restricted edition" } else { "" };
            let pack =
                format!("{} for {}, revision {}{edition}", fault.board, words::month(fault.period), fault.revision);
            out::line(format_args!("{pack}:\n  {}", fault.message))?;
        }
        let seen = format!(
            "{}, {}",
            words::count(audit.packs, "pack", "packs"),
            words::count(audit.revisions, "revision", "revisions")
        );
        out::line(match audit.faults.len() {
            0 => format!("The ledger and the published folder say the same: {seen}."),
            faults => format!("\n{} in {seen}.", words::count(faults, "difference", "differences")),
        })?;
    }
    Ok(if audit.faults.is_empty() { Exit::Done } else { Exit::Outstanding })
}

/// Another run is waited for; all else is a fault of the ledger or the folder.
fn unreachable(error: RunError) -> anyhow::Result<Exit> {
    if error.is_in_use() {
        return Err(error.into());
    }
    out::aside(format_args!("error: {:#}", anyhow::Error::new(error)));
    Ok(Exit::Unreachable)
}
