//! `boardpack explain INDICATOR`: where a figure and its rating come from.

use super::run::{chosen, month, quiet};
use super::{UsageError, out};
use crate::config::{Config, Loaded};
use crate::domain::{BoardId, IndicatorRef, PackKey, Period};
use crate::exit::Exit;
use crate::reader::WorkbookReader;
use crate::run::Resources;
use crate::run::explain::{ExplainError, explain_figure};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The indicator's reference, such as CLA06.
    #[arg(value_name = "INDICATOR")]
    indicator: String,

    /// The pack's month, such as 2026-10 [default: `period` of the config, else the month before this one]
    #[arg(long, value_name = "YYYY-MM")]
    period: Option<Period>,

    /// The board whose pack it is in [default: the first that shows it]
    #[arg(long, value_name = "ID")]
    board: Option<String>,

    /// Print the answer as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, loaded: &Loaded) -> anyhow::Result<Exit> {
    let Loaded { config, commentary, .. } = loaded;
    crate::telemetry::init(&quiet(config), false)?;
    let period = month(args.period, config);
    let indicator = known(&args.indicator, config)?;
    let key = PackKey { period, board: board(args, &indicator, config)? };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let resources = Resources::new(WorkbookReader::this_program()?);
    match runtime.block_on(explain_figure(config, commentary, &key, &indicator, &resources)) {
        Ok(explanation) if args.json => out::line(serde_json::to_string_pretty(&explanation)?)?,
        Ok(explanation) => out::text(explanation)?,
        Err(error @ ExplainError::NotShown { .. }) => return Err(UsageError(error.to_string()).into()),
        Err(error) => {
            out::aside(format_args!("error: {:#}", anyhow::Error::new(error)));
            return Ok(Exit::Unreachable);
        }
    };
    Ok(Exit::Done)
}

/// The indicator of a reference, in whatever case it was typed.
fn known(typed: &str, config: &Config) -> Result<IndicatorRef, UsageError> {
    let found = config.register.keys().find(|known| known.as_str().eq_ignore_ascii_case(typed));
    found.cloned().ok_or_else(|| UsageError(format!("there is no indicator {typed:?} in indicators.toml")))
}

/// The board that was asked for, or the first that shows the indicator.
fn board(args: &Args, indicator: &IndicatorRef, config: &Config) -> Result<BoardId, UsageError> {
    if let Some(name) = &args.board {
        let boards = chosen(std::slice::from_ref(name), config)?;
        return boards.into_iter().next().ok_or_else(|| UsageError(format!("there is no board {name:?}")));
    }
    // A part of an indicator is shown on the boards that show the whole.
    let whole = indicator.as_str().split(':').next().unwrap_or_default();
    let shows =
        |board: &&crate::domain::Board| board.indicators().any(|shown| shown == indicator || shown.as_str() == whole);
    let found = config.boards.iter().find(shows).map(|board| board.id.clone());
    found.ok_or_else(|| UsageError(format!("no board shows {indicator}")))
}
