//! `boardpack commentary`: write or update the files that officers write in,
//! and say who owes what.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::run::{chosen, month, quiet};
use super::{UsageError, out, table};
use crate::commentary::book::WorkbookRow;
use crate::commentary::{CommentaryEntry, file, xlsx};
use crate::config::{Config, Loaded};
use crate::domain::{Board, BoardId, Checked, Finding, PackKey, Period};
use crate::exit::Exit;
use crate::reader::WorkbookReader;
use crate::run::Resources;
use crate::run::commentary::{Owed, OwedResult, owed};
use crate::run::commentary_file::CommentaryFile;
use crate::run::commentary_workbook::{WorkbookFile, declared};
use crate::storage::write;
use crate::words;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The month, such as 2026-10 [default: `period` of the config, else the month before this one]
    #[arg(long, value_name = "YYYY-MM")]
    period: Option<Period>,

    /// Only this board; may be given several times [default: every board]
    #[arg(long, value_name = "ID")]
    board: Vec<String>,

    /// Write the list as a workbook to fill in [default: `workbook` under [commentary] in boardpack.toml].
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    xlsx: Option<Option<PathBuf>>,

    /// Print the list as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, loaded: &Loaded) -> anyhow::Result<Exit> {
    let Loaded { config, commentary, .. } = loaded;
    crate::telemetry::init(&quiet(config), false)?;
    let period = month(args.period, config);
    let boards = chosen(&args.board, config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let resources = Resources::new(WorkbookReader::this_program()?);
    let workbook = workbook(args, config, period)?;
    let file = |path| WorkbookFile { path, is_imported: is_declared(config, path, period) };
    let workbook_file = workbook.as_deref().map(file);
    let chase = match runtime.block_on(owed(config, commentary, period, &boards, workbook_file, &resources)) {
        Ok(chase) => chase,
        Err(error) => {
            out::aside(format_args!("error: {:#}", anyhow::Error::new(error)));
            return Ok(Exit::Unreachable);
        }
    };
    let all = chase.boards;
    let mut written: Vec<String> = chase.imported.iter().map(|path| words::path(path)).collect();
    for owed in &all {
        if let (OwedResult::Asked { entries, .. }, Some(board)) = (&owed.result, config.board(&owed.board)) {
            written.extend(write_file(config, board, period, entries)?.filter(|path| !written.contains(path)));
        }
    }
    if let (Some(path), true) = (&workbook, args.xlsx.is_some()) {
        written.extend(write_workbook(path, period, &all, chase.rows.as_ref())?);
        if !is_declared(config, path, period) {
            out::aside(format_args!(
                "warning: what is written in {} is not read back, because it is not the `workbook` under [commentary] in boardpack.toml",
                words::path(path)
            ));
        }
    }
    if args.json {
        out::line(serde_json::to_string_pretty(&entries(&all))?)?;
        for told in all.iter().map(trouble).filter(|told| !told.is_empty()) {
            out::aside(told.trim_end());
        }
    } else {
        out::text(chase_list(period, &all, &chase.findings, &written))?;
    }
    Ok(exit(&all))
}

/// The workbook to read, and to write where that is asked for.
fn workbook(args: &Args, config: &Config, period: Period) -> Result<Option<PathBuf>, UsageError> {
    if let Some(Some(path)) = &args.xlsx {
        return Ok(Some(path.clone()));
    }
    let declared = declared(config, period);
    if declared.is_none() && args.xlsx.is_some() {
        let hint = "name one: --xlsx FILE, or `workbook` under [commentary] in boardpack.toml";
        return Err(UsageError(format!("no workbook for commentary is declared ({hint})")));
    }
    Ok(declared)
}

/// Whether a run imports this workbook, however the two paths are written.
fn is_declared(config: &Config, path: &Path, period: Period) -> bool {
    let Some(declared) = declared(config, period) else { return false };
    match (declared.canonicalize(), path.canonicalize()) {
        (Ok(declared), Ok(path)) => declared == path,
        _ => words::path(&declared) == words::path(path),
    }
}

/// Writes the workbook with everything that stands in the old one; gives its
/// path where it changed.
fn write_workbook(
    path: &Path,
    period: Period,
    all: &[Owed],
    old: Option<&Checked<Vec<WorkbookRow>>>,
) -> anyhow::Result<Option<String>> {
    let shown = words::path(path);
    if let Some(fault) = old.filter(|old| old.value.is_empty()).and_then(|old| old.findings.first()) {
        anyhow::bail!("{shown} is not overwritten: {}", fault.message);
    }
    let old = old.map(|old| old.value.as_slice()).unwrap_or_default();
    let asked: Vec<BoardId> = all
        .iter()
        .filter(|owed| matches!(owed.result, OwedResult::Asked { .. }))
        .map(|owed| owed.board.clone())
        .collect();
    let rows = xlsx::renewed(&entries(all), &asked, old);
    if rows.iter().map(|row| &row.cells).eq(old.iter().map(|row| &row.cells)) {
        return Ok(None);
    }
    let bytes = xlsx::workbook(period, &rows).with_context(|| format!("failed to make {shown}"))?;
    write::replace(path, &bytes)
        .with_context(|| format!("failed to write {shown} (hint: has somebody the file open?)"))?;
    Ok(Some(shown))
}

fn entries(all: &[Owed]) -> Vec<&CommentaryEntry> {
    all.iter()
        .filter_map(|owed| match &owed.result {
            OwedResult::Asked { entries, .. } => Some(entries),
            OwedResult::Held(_) | OwedResult::Failed { .. } => None,
        })
        .flatten()
        .collect()
}

/// Updates a board's file; gives its path where it changed.
fn write_file(
    config: &Config,
    board: &Board,
    period: Period,
    entries: &[CommentaryEntry],
) -> anyhow::Result<Option<String>> {
    let path = CommentaryFile::path(config, &PackKey { period, board: board.id.clone() });
    let shown = words::path(&path);
    let old = CommentaryFile::read(path).with_context(|| format!("failed to read {shown}"))?;
    let Some(new) = file::update(old.text(), &board.title, period, entries).with_context(|| shown.clone())? else {
        return Ok(None);
    };
    old.replace(&new).map_err(|error| super::unwritable(error, "write", &shown))?;
    Ok(Some(shown))
}

/// The list, then what keeps a board from it, what is remarked, what was written.
fn chase_list(period: Period, all: &[Owed], shared: &[Finding], written: &[String]) -> String {
    let head = ["Board", "Ref", "Owner", "Due", "State"].map(str::to_owned);
    let rows: Vec<[String; 5]> = entries(all)
        .into_iter()
        .map(|entry| {
            [
                entry.board.to_string(),
                entry.indicator.to_string(),
                entry.owner.clone(),
                entry.due.map_or_else(|| "–".to_owned(), words::date),
                entry.state_in_words(),
            ]
        })
        .collect();
    let owing = entries(all).iter().filter(|entry| entry.state.is_owed()).count();
    let mut text = format!("Commentary for {}: {owing} of {} to be written\n", words::month(period), rows.len());
    if !rows.is_empty() {
        text.push('\n');
        text.push_str(&table::table(&head, &rows));
    }
    text.extend(all.iter().map(trouble));
    let of_boards = all.iter().filter_map(|owed| match &owed.result {
        OwedResult::Asked { remarks, .. } => Some(remarks),
        OwedResult::Held(_) | OwedResult::Failed { .. } => None,
    });
    let remarks: Vec<String> = shared.iter().chain(of_boards.flatten()).map(|remark| format!("  {remark}\n")).collect();
    if !remarks.is_empty() {
        text.push_str("\nTo be looked at:\n");
        text.extend(remarks);
    }
    if !written.is_empty() {
        text.push_str("\nUpdated:\n");
        text.extend(written.iter().map(|path| format!("  {path}\n")));
    }
    text
}

/// Why a board is asked nothing.
fn trouble(owed: &Owed) -> String {
    match &owed.result {
        OwedResult::Asked { .. } => String::new(),
        OwedResult::Held(_) => {
            format!(
                "\n{board} is held by its data, so what it asks is not known: boardpack check --board {board}\n",
                board = owed.board
            )
        }
        OwedResult::Failed { error, .. } => format!("\n{} failed:\n  {error}\n", owed.board),
    }
}

fn exit(all: &[Owed]) -> Exit {
    let any = |wanted: fn(&OwedResult) -> bool| all.iter().any(|owed| wanted(&owed.result));
    if any(|result| matches!(result, OwedResult::Failed { storage: false, .. })) {
        Exit::Failed
    } else if any(|result| matches!(result, OwedResult::Failed { .. })) {
        Exit::Unreachable
    } else if any(|result| matches!(result, OwedResult::Held(_)))
        || entries(all).iter().any(|entry| entry.state.is_owed())
    {
        Exit::Outstanding
    } else {
        Exit::Done
    }
}
