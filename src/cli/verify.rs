//! `boardpack verify FILE.pdf`: whether a file is what was published, told to
//! the clerk who has to decide whether to use it; and `verify --all`: whether
//! everything that was published still is as it was.

use std::path::PathBuf;

use super::{UsageError, out};
use crate::config::Config;
use crate::domain::{BoardId, Edition, PackState};
use crate::exit::Exit;
use crate::publish::verify::{Authenticity, PublishedFile, PublishedKind, Verification};
use crate::words;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file that somebody has: a pack's PDF, or another file of its folder.
    #[arg(value_name = "FILE", required_unless_present = "all", conflicts_with = "all")]
    file: Option<PathBuf>,

    /// Look at everything that was published, and name each file that is not as it was.
    #[arg(long)]
    all: bool,

    /// Print the answer as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> anyhow::Result<Exit> {
    let Some(file) = &args.file else { return everything(config, args.json) };
    #[expect(clippy::disallowed_methods, reason = "the file named on the command line is the whole input")]
    let bytes =
        std::fs::read(file).map_err(|error| UsageError(format!("failed to read {}: {error}", file.display())))?;
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let answer = match crate::run::verify(config, &name, &bytes) {
        Ok(answer) => answer,
        Err(error) => {
            out::aside(format_args!("error: {:#}", anyhow::Error::new(error)));
            return Ok(Exit::Unreachable);
        }
    };
    if args.json {
        out::line(serde_json::to_string_pretty(&answer)?)?;
    } else {
        out::text(message(&answer, config))?;
    }
    Ok(if answer.verdict == Authenticity::Genuine { Exit::Done } else { Exit::Outstanding })
}

/// Holds everything that was published against its manifests.
fn everything(config: &Config, json: bool) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let audit = match runtime.block_on(crate::run::verify_all(config)) {
        Ok(audit) => audit,
        Err(error) => {
            out::aside(format_args!("error: {:#}", anyhow::Error::new(error)));
            return Ok(Exit::Unreachable);
        }
    };
    if json {
        out::line(serde_json::to_string_pretty(&audit)?)?;
    } else {
        for fault in &audit.faults {
            let edition = if fault.edition == Edition::Restricted { ", restricted edition" } else { "" };
            let pack = match (&fault.board, fault.period) {
                (Some(board), Some(period)) => format!("{board} for {}", words::month(period)),
                _ => "No pack".to_owned(),
            };
            out::line(format_args!("{pack}{edition}:\n  {}", fault.message))?;
        }
        let mut seen = format!(
            "{}, {}, {}",
            words::count(audit.packs, "pack", "packs"),
            words::count(audit.revisions, "revision", "revisions"),
            words::count(audit.files, "file", "files")
        );
        if audit.uploaded > 0 {
            let uploaded = words::count(audit.uploaded, "revision", "revisions");
            seen = format!("{seen}, and {uploaded} where readers have them");
        }
        for unread in &audit.unread {
            out::line(format_args!("Not looked at:\n  {unread}"))?;
        }
        out::line(match audit.faults.len() {
            0 if !audit.unread.is_empty() => {
                format!("Of what could be looked at everything is as it was published: {seen}.")
            }
            0 => format!("Everything is as it was published: {seen}."),
            faults => format!("\n{} in {seen}.", words::count(faults, "fault", "faults")),
        })?;
    }
    let unread = if audit.unread.is_empty() { Exit::Done } else { Exit::Unreachable };
    Ok(unread.or(if audit.faults.is_empty() { Exit::Done } else { Exit::Outstanding }))
}

/// The verdict, what it rests on, and what to do.
fn message(answer: &Verification, config: &Config) -> String {
    let pack = answer.found.as_ref().map(|found| named(found, config)).unwrap_or_default();
    let standing = answer.found.as_ref().map(|found| words::path(&found.standing)).unwrap_or_default();
    let by = answer.found.as_ref().and_then(|found| found.superseded_by);
    let restricted = answer.found.as_ref().filter(|found| found.edition == Edition::Restricted);
    let published = if restricted.is_some() { "made" } else { "published" };
    let mut text = restricted.map(|found| warning(found, config)).unwrap_or_default();
    text.push_str(&match (answer.verdict, &answer.found, &answer.title) {
        (Authenticity::Genuine, ..) => {
            format!("Genuine. This is {pack}, to the byte as it was {published}, and nothing has taken its place.\n")
        }
        (Authenticity::Superseded, ..) => format!(
            "Superseded by revision {}. This is {pack}, to the byte as it was {published}, but a later one has taken its place.\nUse instead: {standing}\n",
            by.unwrap_or_default()
        ),
        (Authenticity::Draft, found, _) => {
            let owed = found.as_ref().map(|found| awaited(found, config)).unwrap_or_default();
            format!(
                "Draft. This is {pack}, to the byte as it was {published}, but it still waits for {owed}.\nDo not publish it with an agenda as it is.\n"
            )
        }
        (Authenticity::Held, ..) => held(answer, config),
        (Authenticity::Altered, Some(_), _) => format!(
            "Altered. It goes by the name of {pack}, but its bytes are not those that were {published}.\nDo not use it. The published file: {standing}\n"
        ),
        (Authenticity::Altered, None, title) => format!(
            "Altered. It says of itself that boardpack made it for {} (\"{}\"), but no published file has these bytes.\nDo not use it. Take the file from the published folder.\n",
            config.service.council.name,
            title.as_deref().unwrap_or_default()
        ),
        (Authenticity::Unknown, ..) => {
            "Unknown. No published file has these bytes or this name, and it does not say that it is one.\n".to_owned()
        }
    });
    if let Some(draft) = answer.found.as_ref().and_then(|found| found.draft_since) {
        text.push_str(&format!(
            "Revision {draft} is being prepared and still a draft: it takes nothing's place yet.\n"
        ));
    }
    if let Some((found, beside)) = restricted.and_then(|found| Some((found, found.public.as_ref()?))) {
        text.push_str(&match (found.state, beside.state) {
            (_, PackState::Final) => format!("The public edition: {}\n", words::path(&beside.path)),
            (PackState::Draft, PackState::Draft) => {
                format!("The public edition, still a draft: {}\n", words::path(&beside.path))
            }
            // Whoever holds a final pack is sent to no draft.
            (PackState::Final, PackState::Draft) => "The public edition is still a draft.\n".to_owned(),
        });
    }
    if answer.is_rewritten {
        text.push_str(
            "It is the copy that your storage gives out, which wrote into the file when it was put there; what it made of it is in the ledger.\n",
        );
    }
    for unread in &answer.unread {
        text.push_str(&format!("This may not be the last word: {unread}\n"));
    }
    text.push_str(&format!("sha256 {}\n", answer.sha256));
    text
}

/// What is said before all else of a restricted edition, however genuine: a
/// clerk asks in order to publish.
fn warning(found: &PublishedFile, config: &Config) -> String {
    let exempt = config.board(&found.board).map(|board| board.exempt.words_for_officers()).unwrap_or_default();
    let exempt = if exempt.is_empty() { "Not for publication" } else { exempt.trim_end_matches('.') };
    format!("Restricted edition. {exempt}.\n")
}

/// What a draft waits for: its commentary first, then its sign-off.
fn awaited(found: &PublishedFile, config: &Config) -> String {
    match (found.outstanding, config.board(&found.board)) {
        (0, Some(board)) => format!("sign-off by {}", board.owner),
        (0, None) => "sign-off".to_owned(),
        (owed, _) => words::count(owed, "commentary", "commentaries"),
    }
}

/// What is said of the notice of a held pack, which is sound and yet no pack.
fn held(answer: &Verification, config: &Config) -> String {
    let Some(notice) = &answer.notice else {
        let title = answer.title.as_deref().unwrap_or_default();
        return format!(
            "Held. It says of itself that it is the notice of a held pack (\"{title}\"), of an earlier attempt: no such notice stands now.\nIt is not for publication.\n"
        );
    };
    let pack = format!("the scorecard of the {} for {}", titled(&notice.board, config), words::month(notice.period));
    if notice.is_same {
        format!(
            "Held. This is the notice that {pack} is held, to the byte as it was written.\nIt is not for publication.\n"
        )
    } else {
        format!(
            "Held. It goes by the name of the notice that {pack} is held, but its bytes are not that notice's: it is an earlier attempt's, or changed.\nIt is not for publication. The notice: {}\n",
            words::path(&notice.path)
        )
    }
}

fn titled(board: &BoardId, config: &Config) -> String {
    config.board(board).map_or_else(|| board.to_string(), |board| board.title.clone())
}

/// "the scorecard of the Corporate Parenting Panel for October 2026, revision 2".
fn named(found: &PublishedFile, config: &Config) -> String {
    let board = titled(&found.board, config);
    let edition = if found.edition == Edition::Restricted { ", restricted edition" } else { "" };
    let part = match found.part() {
        PublishedKind::Scorecard => String::new(),
        PublishedKind::Summary => format!("{}, the summary of ", found.file),
        PublishedKind::Supplement => "the supplement to ".to_owned(),
        PublishedKind::Page => "the web page of ".to_owned(),
        PublishedKind::Figures => format!("{}, the figures of ", found.file),
        PublishedKind::Findings => format!("{}, the findings of ", found.file),
        PublishedKind::Suppression => format!("{}, what the public edition hides of ", found.file),
    };
    format!(
        "{part}the scorecard of the {board} for {}, revision {}{edition}",
        words::month(found.period),
        found.revision
    )
}
