//! `boardpack sign`: record that a role approves what a pack says, to the letter.

use super::{UsageError, out, run::chosen};
use crate::clock::{Clock as _, SystemClock, london_today};
use crate::commentary::remarks::looks_like_a_person;
use crate::commentary::signature;
use crate::config::Config;
use crate::domain::{Approval, Edition, PackKey, Period};
use crate::exit::Exit;
use crate::publish::Publication;
use crate::run::sign::{self, SignError};
use crate::storage::write;
use crate::words;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The board whose pack is approved.
    #[arg(long, value_name = "ID")]
    board: String,

    /// The pack's month, such as 2026-10.
    #[arg(long, value_name = "YYYY-MM")]
    period: Period,

    /// The role that approves it, such as "Corporate Director, Children's Services".
    #[arg(long, value_name = "ROLE")]
    by: String,
}

pub(super) fn run(args: &Args, config: &Config) -> anyhow::Result<Exit> {
    let id = chosen(std::slice::from_ref(&args.board), config)?.remove(0);
    let by = args.by.trim();
    if by.is_empty() {
        return Err(UsageError("nobody approves: --by is blank".to_owned()).into());
    }
    let board = config.board(&id).filter(|board| board.commentary.sign_off);
    let board = board
        .ok_or_else(|| UsageError(format!("{id} asks for no sign-off (set `sign_off = true` in boards/{id}.toml)")))?;
    if !board.may_sign(by) {
        let hint =
            if looks_like_a_person(by) { "; it looks like a person's name, and a role is asked for" } else { "" };
        return Err(UsageError(format!(
            "{by:?} is no role that {id} names for its sign-off{hint} (hint: --by takes {}; the board's file names others as `sign_off_by`)",
            words::list(&board.signatories().into_iter().map(|role| format!("\"{role}\"")).collect::<Vec<_>>())
        ))
        .into());
    }
    let latest = match sign::awaiting(config, board, &PackKey { period: args.period, board: id.clone() }) {
        Ok(latest) => latest,
        Err(error @ SignError::Published(_)) => {
            out::aside(format_args!("error: {:#}", anyhow::Error::new(error)));
            return Ok(Exit::Unreachable);
        }
        Err(error) => {
            out::aside(format_args!("error: {error}"));
            return Ok(Exit::Outstanding);
        }
    };
    let approval = Approval {
        by: by.to_owned(),
        on: london_today(SystemClock.now()),
        content_sha256: latest.iter().map(|latest| latest.manifest.content_sha256.clone()).collect(),
    };
    let folder = config.dir.join("commentary").join(args.period.to_string());
    std::fs::create_dir_all(&folder)
        .map_err(|error| super::unwritable(error, "make the folder", &words::path(&folder)))?;
    let path = folder.join(format!("{id}.signed.toml"));
    write::replace(&path, signature(&approval).as_bytes())
        .map_err(|error| super::unwritable(error, "write", &words::path(&path)))?;
    out::line(format_args!(
        "{}, {}: approved by {}, {}",
        board.title,
        words::month(args.period),
        approval.by,
        words::date(approval.on),
    ))?;
    for approved in &latest {
        out::line(format_args!("  {}", revision(approved)))?;
    }
    out::line(format_args!("\nWritten to {}. {}", words::path(&path), next(&latest, config)))?;
    Ok(Exit::Done)
}

/// What comes next. A run made the draft of the config as it was then, and so
/// it makes the same now unless somebody changed it.
fn next(latest: &[Publication], config: &Config) -> String {
    let is_otherwise = |approved: &&Publication| approved.manifest.config_sha256 != config.sha256;
    let mut behind: Vec<String> =
        latest.iter().filter(is_otherwise).map(|approved| format!("r{}", approved.manifest.revision)).collect();
    behind.dedup();
    if behind.is_empty() {
        return "The next run publishes it as final, if nothing else has changed by then.".to_owned();
    }
    format!(
        "Files were touched after {}. Run again: if the pack still says the same, it becomes final; if not, sign the new draft.",
        words::list(&behind)
    )
}

/// "approved revision 2, restricted edition (restricted/…/r2/….pdf)".
fn revision(approved: &Publication) -> String {
    let edition = if approved.manifest.edition == Edition::Restricted { ", restricted edition" } else { "" };
    format!("approved revision {}{edition} ({})", approved.manifest.revision, words::path(&approved.pdf_path()))
}
