//! `boardpack schedule`: which pack falls due when.

use chrono::{NaiveDate, NaiveTime, TimeZone as _};
use chrono_tz::Europe::London;

use super::{out, table};
use crate::clock::{Clock as _, SystemClock, london_today};
use crate::config::Config;
use crate::domain::Board;
use crate::domain::board::Timing;
use crate::exit::Exit;
use crate::schedule::due::upcoming;
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
}

pub(super) fn run(args: &Args, config: &Config) -> anyhow::Result<Exit> {
    let from = args.from.unwrap_or_else(|| london_today(SystemClock.now()));
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
    let rows: Vec<[String; 3]> = upcoming(&config.boards, &config.calendar, first, end)
        .into_iter()
        .map(|(at, key)| {
            let local = at.with_timezone(&London);
            [
                format!("{} at {}", words::long_date(local.date_naive()), local.format("%H:%M")),
                key.board.to_string(),
                words::month(key.period),
            ]
        })
        .collect();
    if rows.is_empty() {
        out::line(format_args!("Nothing falls due from {} to {}.", words::date(from), words::date(to)))?;
    } else {
        out::text(table::table(&["Due".to_owned(), "Board".to_owned(), "Period".to_owned()], &rows))?;
    }
    if let Some(doubt) = doubt(config, from, to) {
        out::line(format_args!("\n{doubt}"))?;
    }
    Ok(Exit::Done)
}

/// What makes doubtful when packs fall due: bank holidays that are not known, and
/// meetings that are not.
pub(super) fn doubt(config: &Config, from: NaiveDate, to: NaiveDate) -> Option<String> {
    let goes_by = |board: &Board| !matches!(board.timing, Timing::Cron(_)) || board.commentary_by.is_some();
    let years: Vec<String> = config.calendar.unknown_years(from, to).iter().map(i32::to_string).collect();
    let mut doubts: Vec<String> = Vec::new();
    if !years.is_empty() && config.boards.iter().any(goes_by) {
        doubts.push(format!(
            "calendar.toml has no bank holidays of {}: what falls due on a working day may fall due too early then; `boardpack calendar` lists them.",
            words::list(&years)
        ));
    }
    for board in config.boards.iter().filter(|board| matches!(board.timing, Timing::BeforeMeeting(..))) {
        let last = board.meetings.iter().map(|meeting| meeting.date).max();
        if last.is_none_or(|last| last < from) {
            let after = last.map_or_else(String::new, |last| format!(" after {}", words::date(last)));
            doubts.push(format!(
                "{} has no meeting{after}, and its packs fall due before its meetings: none falls due any more until one is declared under [[meetings]].",
                board.id
            ));
        }
    }
    (!doubts.is_empty()).then(|| doubts.join("\n"))
}
