//! `boardpack calendar`: the bank holidays that calendar.toml lacks.

use chrono::Datelike as _;

use super::{UsageError, out};
use crate::clock::{Clock as _, SystemClock, london_today};
use crate::config::Config;
use crate::domain::bank_holidays;
use crate::exit::Exit;

/// Years ahead that are looked at.
const AHEAD: i32 = 4;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// First year [default: this year]
    #[arg(long, value_name = "YEAR")]
    from: Option<i32>,

    /// Last year [default: four years later]
    #[arg(long, value_name = "YEAR")]
    to: Option<i32>,
}

pub(super) fn run(args: &Args, config: &Config) -> anyhow::Result<Exit> {
    let from = args.from.unwrap_or_else(|| london_today(SystemClock.now()).year());
    let to = args.to.unwrap_or(from.saturating_add(AHEAD));
    // Since when there are eight; the calendar is moved by no rule that far ahead.
    if !(1978..=2199).contains(&from) || !(from..=2199).contains(&to) {
        anyhow::bail!(UsageError(format!(
            "expected years from 1978 to 2199, the first one first; found {from} and {to}"
        )));
    }
    let mut lines = Vec::new();
    for year in from..=to {
        let lacking = bank_holidays::of_year(year).unwrap_or_default();
        let lacking: Vec<_> =
            lacking.into_iter().filter(|(date, _)| !config.calendar.bank_holidays.contains(date)).collect();
        if !lacking.is_empty() {
            lines.push(format!("    # {year}"));
        }
        lines.extend(lacking.into_iter().map(|(date, name)| format!("    \"{date}\", # {name}")));
    }
    if lines.is_empty() {
        out::line(format_args!("calendar.toml has every bank holiday from {from} to {to} that the rules give."))?;
        return Ok(Exit::Done);
    }
    out::aside(
        "Put these under bank_holidays in calendar.toml. They follow the rules for England and Wales: check them against GOV.UK once it lists the year, for days that are moved or added.",
    );
    out::line(lines.join("\n"))?;
    Ok(Exit::Done)
}
