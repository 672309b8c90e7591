//! `boardpack inspect FILE`: what is in a workbook, and how to declare it.
//!
//! It needs no config: a workbook is looked at before there is one.

use std::path::PathBuf;

use anyhow::Context as _;

use super::out;
use crate::clock::{Clock as _, SystemClock, london_today};
use crate::domain::ReadingLimits;
use crate::domain::{Period, Place};
use crate::exit::Exit;
use crate::inspect;
use crate::reader::WorkbookReader;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The workbook: xlsx, xlsb, xls, ods or csv, by content.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Print only the proposed entry.
    #[arg(long)]
    proposal: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    #[expect(clippy::disallowed_methods, reason = "the file named on the command line is the whole input")]
    let bytes = std::fs::read(&args.file).with_context(|| format!("failed to read {}", args.file.display()))?;
    let name = args.file.file_name().unwrap_or(args.file.as_os_str()).to_string_lossy().into_owned();
    let at = Place { file: Some(name.as_str().into()), ..Place::default() };
    let read = WorkbookReader::this_program()?.open_bytes(&bytes, &at, &ReadingLimits::default())?;
    for finding in &read.findings {
        out::aside(finding);
    }
    let Some(book) = read.value else { return Ok(Exit::Outstanding) };
    let now = Period::of(london_today(SystemClock.now())).unwrap_or(Period::EARLIEST);
    let sketch = inspect::Sketch::of(&book, &name, now);
    let proposal = inspect::proposal(&sketch, &name);
    if !args.proposal {
        out::text(inspect::report(&sketch, &name))?;
        out::line(if proposal.is_empty() { "" } else { "\n── for sources.toml ──\n" })?;
    }
    out::text(proposal)?;
    Ok(Exit::Done)
}
