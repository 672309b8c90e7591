//! `boardpack schedule`: what falls due when, and who owes what by when.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone as _, Utc};
use chrono_tz::Europe::London;
use serde_json::json;

use super::{out, owed, table};
use crate::clock::{Clock as _, SystemClock, london_today};
use crate::config::Config;
use crate::domain::board::Timing;
use crate::domain::{Board, Deadline, MilestoneRules, PackKey, Period};
use crate::exit::Exit;
use crate::run::StandingPacks;
use crate::run::drafts::{DraftPack, drafts};
use crate::schedule::due::falls_due;
use crate::schedule::due::late::late_commentary;
use crate::schedule::{Milestone, MilestoneKind, upcoming_milestones};
use crate::words;

/// How far ahead is looked.
pub(super) const SPAN: chrono::Days = chrono::Days::new(92);

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// First day, such as 2026-11-01 [default: today]
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,

    /// Last day [default: 92 days later]
    #[arg(long, value_name = "DATE")]
    to: Option<NaiveDate>,

    /// As JSON, for programs
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> anyhow::Result<Exit> {
    let today = london_today(SystemClock.now());
    let from = args.from.unwrap_or(today);
    let to = args.to.unwrap_or(from + SPAN);
    if to < from {
        anyhow::bail!(super::UsageError(format!("--to {to} is before --from {from}")));
    }
    // No clock changes at midnight in London.
    let start =
        |day: NaiveDate| London.from_local_datetime(&day.and_time(NaiveTime::MIN)).earliest().map(|at| at.to_utc());
    let (Some(first), Some(end)) = (start(from), start(to + chrono::Days::new(1))) else {
        anyhow::bail!(super::UsageError("these dates are not in any calendar".to_owned()));
    };
    let upcoming = upcoming_milestones(&config.boards, &config.calendar, first, end);
    let (standing, drafts) = stands(config);
    let packs = owed::owed(config, &standing, &drafts, &upcoming);
    let doubt = doubt(config, (from, to), &upcoming);
    if args.json {
        let whole = |(one, key): &(Milestone, PackKey)| json!({ "at": one.at, "what": one.kind, "board": key.board, "period": key.period });
        let dates: Vec<serde_json::Value> = upcoming.iter().map(whole).collect();
        let doubts: Vec<&str> = doubt.iter().flat_map(|doubt| doubt.lines()).collect();
        let all = json!({ "schema": 1, "from": from, "to": to, "milestones": dates, "owed": packs, "doubts": doubts });
        out::line(serde_json::to_string_pretty(&all)?)?;
        return Ok(Exit::Done);
    }
    if upcoming.is_empty() {
        out::line(format_args!("Nothing falls due from {} to {}.", words::date(from), words::date(to)))?;
    } else {
        let rows: Vec<[String; 4]> = upcoming.iter().map(row).collect();
        out::text(table::table(&["When", "Board", "Period", "What"].map(str::to_owned), &rows))?;
    }
    out::text(owed::text(&packs, today))?;
    if let Some(doubt) = doubt {
        out::line(format_args!("\n{doubt}"))?;
    }
    Ok(Exit::Done)
}

/// What stands, and what drafts wait for. Where that cannot be read, what falls due when is
/// answered all the same.
fn stands(config: &Config) -> (StandingPacks, BTreeMap<PackKey, DraftPack>) {
    drafts(config).unwrap_or_else(|error| {
        out::aside(format_args!(
            "warning: {:#}\nWhat stands is not known, so nothing is said of drafts.",
            anyhow::Error::new(error)
        ));
        Default::default()
    })
}

fn row((milestone, key): &(Milestone, PackKey)) -> [String; 4] {
    let local = milestone.at.with_timezone(&London);
    let day = local.format("%a %-d %b %Y");
    let when =
        if milestone.kind.is_whole_day() { day.to_string() } else { format!("{day} at {}", local.format("%H:%M")) };
    [when, key.board.to_string(), words::month(key.period), what(milestone.kind).to_owned()]
}

/// What happens, in a few words.
fn what(kind: MilestoneKind) -> &'static str {
    match kind {
        MilestoneKind::Preflight => "sources looked at (preflight)",
        MilestoneKind::Draft => "pack falls due",
        MilestoneKind::ChaseBefore => "commentary chased",
        MilestoneKind::CommentaryDue => "commentary due",
        MilestoneKind::ChaseAfter => "late commentary chased",
        MilestoneKind::Final => "pack should be final",
        MilestoneKind::Meeting => "meeting",
    }
}

/// What makes doubtful when packs fall due: bank holidays that are not known, and
/// meetings that are not.
pub(super) fn doubt(
    config: &Config,
    (from, to): (NaiveDate, NaiveDate),
    upcoming: &[(Milestone, PackKey)],
) -> Option<String> {
    let goes_by = |board: &Board| {
        let is_counted = board.commentary_by.is_some() || board.milestones != MilestoneRules::default();
        !matches!(board.timing, Timing::Cron(_)) || is_counted
    };
    let years: Vec<String> = config.calendar.unknown_years(from, to).iter().map(i32::to_string).collect();
    let mut doubts: Vec<String> = Vec::new();
    if !years.is_empty() && config.boards.iter().any(goes_by) {
        doubts.push(format!(
            "calendar.toml has no bank holidays of {}: what falls due on a working day may fall due too early then; `boardpack calendar` lists them.",
            words::list(&years)
        ));
    }
    doubts.extend(config.boards.iter().filter_map(|board| without_meeting(board, from)));
    let ahead = |board: &Board| {
        let ahead = board.meetings.iter().filter(|meeting| meeting.date >= from);
        ahead.filter_map(|meeting| too_late(config, board, meeting.period)).collect::<Vec<_>>()
    };
    doubts.extend(config.boards.iter().flat_map(ahead));
    doubts.extend(upcoming.iter().filter_map(|(one, key)| before_its_pack(config, *one, key)));
    (!doubts.is_empty()).then(|| doubts.join("\n"))
}

/// That commentary is due too late for a meeting, whenever it is.
fn too_late(config: &Config, board: &Board, period: Period) -> Option<String> {
    let finding = late_commentary(board, &config.calendar, period)?;
    Some(format!("{}: {}. {}.", board.id, words::capital(&finding.message), words::capital(&finding.hint)))
}

/// That a day comes before the pack that it is about.
fn before_its_pack(config: &Config, milestone: Milestone, key: &PackKey) -> Option<String> {
    let (what, mend) = match milestone.kind {
        MilestoneKind::CommentaryDue => ("its commentary is due", "`commentary_working_day`"),
        MilestoneKind::Final => ("it should be final", "`final`"),
        MilestoneKind::Meeting => ("it is for a meeting", "its date under [[meetings]]"),
        _ => return None,
    };
    let due = falls_due(config.board(&key.board)?, &config.calendar, key.period)?;
    let day = |at: DateTime<Utc>| at.with_timezone(&London).date_naive();
    let is_before = if milestone.kind.is_whole_day() { day(milestone.at) < day(due) } else { milestone.at < due };
    is_before.then(|| {
        format!(
            "{} for {} falls due on {}, and {what} on {}, before that: look at its `schedule` and {mend}.",
            key.board,
            words::month(key.period),
            words::date(day(due)),
            words::date(day(milestone.at))
        )
    })
}

/// That a board counts days from meetings, and has none any more.
fn without_meeting(board: &Board, from: NaiveDate) -> Option<String> {
    let last = board.meetings.iter().map(|meeting| meeting.date).max();
    if last.is_some_and(|last| last >= from) {
        return None;
    }
    let after = last.map_or_else(String::new, |last| format!(" after {}", words::date(last)));
    let hint = "until one is declared under [[meetings]]";
    if matches!(board.timing, Timing::BeforeMeeting(..)) {
        let why = "its packs fall due before its meetings: none falls due any more";
        return Some(format!("{} has no meeting{after}, and {why} {hint}.", board.id));
    }
    let counts = |deadline: Option<Deadline>| deadline.is_some_and(Deadline::needs_meeting);
    let dates: Vec<String> = [
        ("commentary", counts(board.commentary_by)),
        ("a final pack", counts(board.milestones.final_by.map(|(deadline, _)| deadline))),
    ]
    .into_iter()
    .filter(|(_, counts)| *counts)
    .map(|(what, _)| what.to_owned())
    .collect();
    let why = format!("the day for {} counts from its meetings: there is none", words::list(&dates));
    (!dates.is_empty()).then(|| format!("{} has no meeting{after}, and {why} {hint}.", board.id))
}
