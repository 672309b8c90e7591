//! `boardpack verify FILE.pdf`: whether a file is what was published, told to
//! the clerk who has to decide whether to use it.

use std::path::PathBuf;

use super::{UsageError, table};
use crate::config::Config;
use crate::domain::Edition;
use crate::exit::Exit;
use crate::pack::words;
use crate::publish::verify::{Answer, Found, Verdict};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file that somebody has: a pack's PDF, or another file of its folder.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Print the answer as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> anyhow::Result<Exit> {
    #[expect(clippy::disallowed_methods, reason = "the file named on the command line is the whole input")]
    let bytes = std::fs::read(&args.file)
        .map_err(|error| UsageError(format!("failed to read {}: {error}", args.file.display())))?;
    let name = args.file.file_name().unwrap_or(args.file.as_os_str()).to_string_lossy();
    let answer = match crate::run::verify(config, &name, &bytes) {
        Ok(answer) => answer,
        Err(error) => {
            eprintln!("error: {:#}", anyhow::Error::new(error));
            return Ok(Exit::Unreachable);
        }
    };
    if args.json {
        println!("{}", serde_json::to_string_pretty(&answer)?);
    } else {
        print!("{}", message(&answer, config));
    }
    Ok(if answer.verdict == Verdict::Genuine { Exit::Done } else { Exit::Outstanding })
}

/// The verdict, what it rests on, and what to do.
fn message(answer: &Answer, config: &Config) -> String {
    let pack = answer.found.as_ref().map(|found| named(found, config)).unwrap_or_default();
    let standing = answer.found.as_ref().map(|found| table::path(&found.standing)).unwrap_or_default();
    let by = answer.found.as_ref().and_then(|found| found.superseded_by);
    let mut text = match (answer.verdict, &answer.found, &answer.title) {
        (Verdict::Genuine, ..) => {
            format!("Genuine. This is {pack}, to the byte as it was published, and nothing has taken its place.\n")
        }
        (Verdict::Superseded, ..) => format!(
            "Superseded by revision {}. This is {pack}, to the byte as it was published, but a later one has taken its place.\nUse instead: {standing}\n",
            by.unwrap_or_default()
        ),
        (Verdict::Draft, found, _) => {
            let owed = found.as_ref().map_or(0, |found| found.outstanding);
            format!(
                "Draft. This is {pack}, to the byte as it was published, but it still waits for {}.\nDo not publish it with an agenda as it is.\n",
                words::count(owed, "commentary", "commentaries")
            )
        }
        (Verdict::Altered, Some(_), _) => format!(
            "Altered. It goes by the name of {pack}, but its bytes are not those that were published.\nDo not use it. The published file: {standing}\n"
        ),
        (Verdict::Altered, None, title) => format!(
            "Altered. It says of itself that boardpack made it for {} (\"{}\"), but no published file has these bytes.\nDo not use it. Take the file from the published folder.\n",
            config.service.council.name,
            title.as_deref().unwrap_or_default()
        ),
        (Verdict::Unknown, ..) => {
            "Unknown. No published file has these bytes or this name, and it does not say that it is one.\n".to_owned()
        }
    };
    for unread in &answer.unread {
        text.push_str(&format!("This may not be the last word: {unread}\n"));
    }
    text.push_str(&format!("sha256 {}\n", answer.sha256));
    text
}

/// "the Corporate Parenting Panel's scorecard for October 2026, revision 2".
fn named(found: &Found, config: &Config) -> String {
    let board = config.board(&found.board).map_or_else(|| found.board.to_string(), |board| board.title.clone());
    let edition = if found.edition == Edition::Restricted { ", restricted edition" } else { "" };
    format!("the scorecard of the {board} for {}, revision {}{edition}", words::month(found.period), found.revision)
}
