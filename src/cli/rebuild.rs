//! `boardpack rebuild`: make an issued pack again, and say whether it is the same.

use std::path::PathBuf;

use super::run::{chosen, quiet};
use super::{UsageError, out, table};
use crate::config::Config;
use crate::domain::{Edition, PackKey, Period};
use crate::exit::Exit;
use crate::reader::WorkbookReader;
use crate::run::rebuild::{RebuildError, Rebuilt, rebuild};
use crate::words;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The board.
    #[arg(value_name = "BOARD")]
    board: String,

    /// The pack's month, such as 2026-10.
    #[arg(value_name = "YYYY-MM")]
    period: Period,

    /// The revision, such as r1.
    #[arg(value_name = "rN", value_parser = revision)]
    revision: u32,

    /// The edition: public or restricted.
    #[arg(long, value_name = "EDITION", default_value = "public", value_parser = super::ledger::edition)]
    edition: Edition,

    /// A folder for it, which must not be there yet. What is in it is as confidential as the pack's workbooks.
    #[arg(long, value_name = "DIR")]
    to: PathBuf,

    /// Print the answer as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> anyhow::Result<Exit> {
    crate::telemetry::init(&quiet(config), false)?;
    let board = chosen(std::slice::from_ref(&args.board), config)?.remove(0);
    let key = PackKey { period: args.period, board };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let which = (&key, args.edition, args.revision);
    let rebuilt = match runtime.block_on(rebuild(config, which, &args.to, WorkbookReader::this_program()?)) {
        Ok(rebuilt) => rebuilt,
        Err(error @ (RebuildError::InTheWay(_) | RebuildError::NoArchive)) => {
            return Err(UsageError(error.to_string()).into());
        }
        Err(error) => return Err(error.into()),
    };
    if args.json {
        out::line(serde_json::to_string_pretty(&rebuilt)?)?;
    } else {
        out::text(text(&key, args.revision, &rebuilt))?;
    }
    Ok(if rebuilt.is_same() { Exit::Done } else { Exit::Outstanding })
}

fn text(key: &PackKey, revision: u32, rebuilt: &Rebuilt) -> String {
    let pack = format!("{} for {}, revision {revision}", key.board, words::month(key.period));
    let mut text = match rebuilt.is_same() {
        true => format!("{pack}: made again, it is the same to the byte as it was issued.\n"),
        false => format!("{pack}: made again, it is not the same as it was issued.\n"),
    };
    let same = |same| if same { "the same" } else { "another" };
    let rows: Vec<[String; 2]> =
        rebuilt.files.iter().map(|file| [same(file.same).to_owned(), file.name.clone()]).collect();
    text.push('\n');
    text.push_str(&table::table(&["Bytes", "File"].map(str::to_owned), &rows));
    if !rebuilt.differs.is_empty() {
        let differs: Vec<String> = rebuilt.differs.iter().map(|part| (*part).to_owned()).collect();
        text.push_str(&format!("\nOther than then: {}.\n", words::list(&differs)));
    }
    text.push_str(&format!("\nIt lies in {}.\n", words::path(&rebuilt.folder)));
    text
}

/// "r1" or "1".
fn revision(text: &str) -> Result<u32, String> {
    let number = text.strip_prefix('r').unwrap_or(text).parse().ok().filter(|number| *number > 0);
    number.ok_or_else(|| "expected a revision such as r1".to_owned())
}
