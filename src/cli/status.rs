//! `boardpack status`: what became of the packs that fell due, and what is next.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Europe::London;
use serde::Serialize;

use super::schedule::{self, SPAN};
use super::{out, table};
use crate::clock::{Clock as _, SystemClock, london_today};
use crate::config::Config;
use crate::domain::{Board, BoardId, PackKey, Period};
use crate::exit::Exit;
use crate::ledger::{PendingUpload, RevisionKey};
use crate::run::upkeep::first_issued;
use crate::run::{standing, uploads};
use crate::schedule::PackStates;
use crate::schedule::due::fate::{self, FallenDue, PackFate};
use crate::schedule::due::{MISSED_AFTER, upcoming};
use crate::words;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// As JSON, for programs
    #[arg(long)]
    json: bool,

    /// Every pack that fell due, and not the latest and those that are not final
    #[arg(long)]
    all: bool,
}

/// What became of the packs of a board.
#[derive(Debug, Serialize)]
struct BoardStatus {
    board: BoardId,
    /// The latest first.
    packs: Vec<PackStatus>,
    /// The next that falls due.
    next: Option<NextPack>,
}

#[derive(Debug, Serialize)]
struct PackStatus {
    period: Period,
    state: PackFate,
    /// When it fell due.
    due: DateTime<Utc>,
    /// Whether its first revision was made more than a day after that; of one that is still
    /// to be made, whether a day is over.
    late: bool,
}

#[derive(Debug, Serialize)]
struct NextPack {
    period: Period,
    due: DateTime<Utc>,
}

/// Revisions that do not stand where their readers have them, as JSON.
fn as_json(uploads: &[PendingUpload]) -> serde_json::Value {
    let of = |PendingUpload { of, error, .. }: &PendingUpload| {
        let RevisionKey { key, edition, revision } = of;
        // None where it was not tried yet.
        let error = Some(error).filter(|error| !error.is_empty());
        serde_json::json!({
            "board": key.board, "period": key.period, "edition": edition, "revision": revision, "error": error,
        })
    };
    uploads.iter().map(of).collect()
}

pub(super) fn run(args: &Args, config: &Config) -> anyhow::Result<Exit> {
    let now = SystemClock.now();
    let stands = standing(config)?;
    let states = PackStates { published: stands.published, held: stands.held, ..PackStates::default() };
    let next = upcoming(&config.boards, &config.calendar, now, now + SPAN);
    let looked = Looked { now, states, issued: first_issued(config)?, next };
    let of_board = |board| board_status(board, config, &looked, args.all);
    let boards: Vec<BoardStatus> = config.boards.iter().map(of_board).collect();
    let is_settled = |pack: &PackStatus| pack.state == PackFate::Final;
    // What was missed long ago is no news of today.
    let not_uploaded = uploads::pending(config)?;
    let is_settled = not_uploaded.is_empty() && boards.iter().all(|board| board.packs.first().is_none_or(is_settled));
    let exit = if is_settled { Exit::Done } else { Exit::Outstanding };
    if args.json {
        let mut status = serde_json::json!({ "schema": 1, "at": now, "boards": boards });
        if uploads::is_wanted(config) {
            status["not_uploaded"] = as_json(&not_uploaded);
        }
        out::line(serde_json::to_string_pretty(&status)?)?;
        return Ok(exit);
    }
    let rows: Vec<[String; 4]> = boards.iter().flat_map(rows).collect();
    out::text(table::table(&["Board", "Period", "State", "Due"].map(str::to_owned), &rows))?;
    for PendingUpload { of, error, .. } in &not_uploaded {
        let why = if error.is_empty() { ".".to_owned() } else { format!(":\n  {error}") };
        out::line(format_args!("\n{of} is not yet where its readers have it{why}"))?;
    }
    let today = london_today(now);
    if let Some(doubt) = schedule::doubt(config, (today, today + SPAN), &[]) {
        out::line(format_args!("\n{doubt}"))?;
    }
    Ok(exit)
}

/// What was looked up for all boards.
struct Looked {
    now: DateTime<Utc>,
    states: PackStates,
    /// When the first revision of each pack was issued.
    issued: BTreeMap<PackKey, DateTime<Utc>>,
    /// What falls due next.
    next: Vec<(DateTime<Utc>, PackKey)>,
}

impl Looked {
    fn is_late(&self, fallen: &FallenDue) -> bool {
        let made = match fallen.fate {
            PackFate::Missed => return false,
            _ => self.issued.get(&fallen.key).copied().unwrap_or(self.now),
        };
        made.signed_duration_since(fallen.since) > MISSED_AFTER
    }
}

fn board_status(board: &Board, config: &Config, looked: &Looked, all: bool) -> BoardStatus {
    let catch_up = config.service.schedule.catch_up_months;
    let fallen = fate::all(board, &config.calendar, catch_up, looked.now, &looked.states);
    let told = |(nth, fallen): (usize, FallenDue)| {
        let is_told = all || nth == 0 || fallen.fate != PackFate::Final;
        let late = looked.is_late(&fallen);
        is_told.then_some(PackStatus { period: fallen.key.period, state: fallen.fate, due: fallen.since, late })
    };
    let packs = fallen.into_iter().enumerate().filter_map(told).collect();
    let next = looked.next.iter().find(|(_, key)| key.board == board.id);
    BoardStatus {
        board: board.id.clone(),
        packs,
        next: next.map(|(due, key)| NextPack { period: key.period, due: *due }),
    }
}

/// A line for each pack, and one for the next.
fn rows(status: &BoardStatus) -> Vec<[String; 4]> {
    let at = |due: DateTime<Utc>| {
        let local = due.with_timezone(&London);
        format!("{} at {}", words::date(local.date_naive()), local.format("%H:%M"))
    };
    let row = |period, state: &str, due| [status.board.to_string(), words::month(period), state.to_owned(), at(due)];
    let state = |pack: &PackStatus| format!("{}{}", pack.state.word(), if pack.late { ", late" } else { "" });
    let packs = status.packs.iter().map(|pack| row(pack.period, &state(pack), pack.due));
    let mut rows: Vec<[String; 4]> =
        packs.chain(status.next.iter().map(|next| row(next.period, "next", next.due))).collect();
    if status.next.is_none() {
        // Nothing within the next months, which may be a slip in the config.
        rows.push([
            status.board.to_string(),
            "–".to_owned(),
            "nothing due".to_owned(),
            "in the next three months".to_owned(),
        ]);
    }
    rows
}
