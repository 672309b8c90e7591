//! `boardpack run`: make packs now, once, and say where everything stands.

use std::io::IsTerminal as _;

use super::{UsageError, out, progress, table};
use crate::clock::{Clock as _, SystemClock, previous_period};
use crate::config::{Config, Loaded};
use crate::domain::{BoardId, Edition, Finding, PackKey, PackState, Period};
use crate::exit::Exit;
use crate::publish::Publication;
use crate::reader::WorkbookReader;
use crate::run::deliver::Tries;
use crate::run::held_copies::HeldCopies;
use crate::run::upkeep::Asker;
use crate::run::uploads;
use crate::run::{ActivationRequest, Outcome, PackResult, PutOffReason, Resources, RunMode, activate};
use crate::schedule::due::{first_month, next_period};
use crate::typeset::Stationery;
use crate::words;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The month to make, such as 2026-10 [default: `period` of the config, else the month before this one]
    #[arg(long, value_name = "YYYY-MM")]
    period: Option<Period>,

    /// Only this board; may be given several times [default: every board]
    #[arg(long, value_name = "ID")]
    board: Vec<String>,

    /// Do everything but write.
    #[arg(long)]
    dry_run: bool,

    /// Make a revision of final packs too where only their look has changed: the theme, or a newer boardpack.
    #[arg(long)]
    new_look: bool,
}

pub(super) fn run(args: &Args, loaded: &Loaded, asker: Asker) -> anyhow::Result<Exit> {
    let Loaded { config, commentary, .. } = loaded;
    let terminal = std::io::stderr().is_terminal();
    crate::telemetry::init(&quiet(config), terminal)?;
    let period = month(args.period, config);
    let keys = keys(&args.board, period, config)?;
    let stationery = Stationery::themed(Stationery::built_in(), &config.theme)?;
    let progress = progress::shown(terminal);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mode = if args.dry_run { RunMode::DryRun } else { RunMode::Publish };
    let new_look = args.new_look;
    let request = ActivationRequest { keys, mode, new_look, stop: Default::default(), asker };
    let outcomes = runtime.block_on(activate(
        config,
        commentary,
        &stationery,
        &Resources::new(WorkbookReader::this_program()?),
        request,
        progress.as_ref(),
    ));
    progress.finish();
    let outcomes = match outcomes {
        Ok(outcomes) => outcomes,
        // Another run is a fault of neither storage nor ledger: wait for it.
        Err(error) if error.is_in_use() => return Err(error.into()),
        Err(error) => {
            out::aside(format_args!("error: {:#}", anyhow::Error::new(error)));
            return Ok(Exit::Unreachable);
        }
    };
    out::text(summary(&outcomes))?;
    let uploaded = if args.dry_run { Exit::Done } else { runtime.block_on(upload(config))? };
    super::config::forgotten(config, period);
    Ok(Exit::of(&outcomes).or(uploaded))
}

/// Puts what was issued where its readers have it, and says what came of it.
async fn upload(config: &Config) -> anyhow::Result<Exit> {
    let mut exit = Exit::Done;
    if let Err(error) = HeldCopies::default().bring(config, SystemClock.now()).await {
        out::aside(format_args!("error: {:#}", anyhow::Error::new(error)));
        exit = Exit::Unreachable;
    }
    let round = match uploads::upload(config, SystemClock.now(), Tries::Now).await {
        Ok(Some(round)) => round,
        Ok(None) => return Ok(exit),
        Err(error) => {
            out::aside(format_args!("error: {:#}", anyhow::Error::new(error)));
            return Ok(Exit::Unreachable);
        }
    };
    for (of, place) in &round.uploaded {
        out::line(format_args!("put on {place}: {of}"))?;
    }
    for (of, why) in &round.failed {
        out::line(format_args!("\n{of} is made and not put where its readers have it:\n  {why}"))?;
    }
    let untried = round.waiting - round.failed.len();
    if untried > 0 {
        out::line(format_args!("  and {} were not tried", words::count(untried, "other revision", "other revisions")))?;
    }
    Ok(exit.or(if round.waiting == 0 { Exit::Done } else { Exit::Unreachable }))
}

/// The logs of a single run by hand: only what is wrong, since the table says the rest.
pub(super) fn quiet(config: &Config) -> crate::config::service::Log {
    let mut log = config.service.log.clone();
    if log.filter == "info" {
        "error".clone_into(&mut log.filter);
    }
    log
}

/// The month that is asked for, else the config's, else the one before this.
pub(super) fn month(asked: Option<Period>, config: &Config) -> Period {
    asked.or(config.service.run_period).unwrap_or_else(|| previous_period(SystemClock.now()))
}

/// The boards' packs for a period. A board that has none for it is told of, and is
/// a fault where it was asked for by name.
fn keys(names: &[String], period: Period, config: &Config) -> Result<Vec<PackKey>, UsageError> {
    let mut keys = Vec::new();
    for id in chosen(names, config)? {
        let Some(board) = config.board(&id) else { continue };
        if first_month(board, &config.calendar, period).is_some() {
            keys.push(PackKey { period, board: id });
            continue;
        }
        let next = next_period(board, &config.calendar, period);
        let next = next
            .map_or_else(|| "it has no later one".to_owned(), |next| format!("its next is for {}", words::month(next)));
        let why = format!("{id} has no pack for {}: by its `cadence` and `schedule`, {next}", words::month(period));
        if !names.is_empty() {
            return Err(UsageError(why));
        }
        out::aside(format_args!("{why}"));
    }
    Ok(keys)
}

pub(super) fn chosen(names: &[String], config: &Config) -> Result<Vec<BoardId>, UsageError> {
    let all = || config.boards.iter().map(|board| board.id.clone());
    if names.is_empty() {
        return Ok(all().collect());
    }
    names
        .iter()
        .map(|name| {
            all().find(|id| id.as_str() == name).ok_or_else(|| {
                let known = all().map(|id| id.to_string()).collect::<Vec<_>>().join(", ");
                UsageError(format!("there is no board {name:?}; the boards are {known}"))
            })
        })
        .collect()
}

/// How many cautions of a board are told under the table.
const MOST_CAUTIONS: usize = 5;

/// The table, then what holds a pack, then what to look at in those that stand.
fn summary(outcomes: &[Outcome]) -> String {
    let head = ["Board", "Period", "State", "Revision", "Outstanding", "PDF"].map(str::to_owned);
    let rows: Vec<[String; 6]> = outcomes.iter().map(row).collect();
    let mut text = table::table(&head, &rows);
    for outcome in outcomes {
        let is_public = |other: &&Outcome| other.key == outcome.key && other.edition < outcome.edition;
        text.push_str(&trouble(outcome, outcomes.iter().find(is_public)));
    }
    let mut told: Vec<(&BoardId, &Finding)> = Vec::new();
    for outcome in outcomes {
        let board = &outcome.key.board;
        // A restricted edition says again what the public one said.
        let new: Vec<&Finding> = outcome.cautions.iter().filter(|caution| !told.contains(&(board, *caution))).collect();
        if !new.is_empty() && !matches!(outcome.result, PackResult::Held { .. }) {
            text.push_str(&format!(
                "\n{}: look at {} before it goes out\n",
                named(outcome),
                words::count(new.len(), "thing", "things")
            ));
            text.extend(new.iter().take(MOST_CAUTIONS).map(|caution| format!("  {caution}\n")));
            if new.len() > MOST_CAUTIONS {
                text.push_str(&format!(
                    "  and {} more: `boardpack check` and findings.json have all\n",
                    new.len() - MOST_CAUTIONS
                ));
            }
        }
        told.extend(new.into_iter().map(|caution| (board, caution)));
    }
    text
}

/// Why there is no pack, if there is none. Of a restricted edition, whose
/// public one is `other`, only what is not said of that.
fn trouble(outcome: &Outcome, other: Option<&Outcome>) -> String {
    let name = named(outcome);
    match (&outcome.result, other.map(|other| &other.result)) {
        (PackResult::Held { findings, .. }, other) => {
            let told = match other {
                Some(PackResult::Held { findings, .. }) => blocking(findings),
                _ => Vec::new(),
            };
            let (same, new): (Vec<&Finding>, Vec<&Finding>) =
                blocking(findings).into_iter().partition(|finding| told.contains(finding));
            let by_same = if same.len() == told.len() { "the same" } else { "some of the same" };
            let mut text = match (same.is_empty(), new.is_empty()) {
                (true, _) => format!("\n{name} is held:\n"),
                (false, true) => format!("\n{name} is held by {by_same}.\n"),
                (false, false) => format!("\n{name} is held by {by_same}, and by:\n"),
            };
            text.extend(new.iter().map(|finding| format!("  {finding}\n")));
            text
        }
        (PackResult::Failed { error, .. }, Some(PackResult::Failed { error: other, .. })) if error == other => {
            format!("\n{name} failed by the same.\n")
        }
        (PackResult::PutOff(why), Some(PackResult::PutOff(other))) if why == other => String::new(),
        (PackResult::PutOff(why), _) => {
            let why = match why {
                PutOffReason::InHand => "another boardpack is making packs of the same sources",
                PutOffReason::Ended => "another boardpack has just ended it",
                PutOffReason::LedgerLost(error) => error,
            };
            format!("\n{name} is put off, and may be run again:\n  {why}\n")
        }
        (PackResult::Failed { error, .. }, _) => format!("\n{name} failed:\n  {error}\n"),
        _ => String::new(),
    }
}

fn blocking(findings: &[Finding]) -> Vec<&Finding> {
    findings.iter().filter(|finding| finding.is_blocking()).collect()
}

/// "panel", "panel (restricted)".
pub(super) fn named(outcome: &Outcome) -> String {
    match outcome.edition {
        Edition::Public => outcome.key.board.to_string(),
        Edition::Restricted => format!("{} (restricted)", outcome.key.board),
    }
}

fn row(outcome: &Outcome) -> [String; 6] {
    let follow = outcome.to_follow;
    let (state, revision, outstanding, pdf) = match &outcome.result {
        PackResult::Published(publication) => standing(publication, "", follow),
        PackResult::Unchanged(publication) => standing(publication, ", unchanged", follow),
        PackResult::WouldPublish { revision, outstanding, state, .. } => {
            ("would publish".to_owned(), format!("r{revision}"), slots(*outstanding, *state, follow), "–".to_owned())
        }
        PackResult::Held { findings, notice } => {
            let faults = findings.iter().filter(|finding| finding.is_blocking()).count();
            let notice = notice.as_ref().map_or_else(|| "–".to_owned(), |path| words::path(path));
            ("held".to_owned(), "–".to_owned(), words::count(faults, "fault", "faults"), notice)
        }
        PackResult::PutOff(_) => ("put off".to_owned(), "–".to_owned(), "–".to_owned(), "–".to_owned()),
        PackResult::Failed { .. } => ("failed".to_owned(), "–".to_owned(), "–".to_owned(), "–".to_owned()),
    };
    [named(outcome), outcome.key.period.to_string(), state, revision, outstanding, pdf]
}

fn standing(publication: &Publication, suffix: &str, to_follow: usize) -> (String, String, String, String) {
    let manifest = &publication.manifest;
    let state = match manifest.state {
        PackState::Final => "final",
        PackState::Draft => "draft",
    };
    (
        format!("{state}{suffix}"),
        format!("r{}", manifest.revision),
        slots(manifest.outstanding, manifest.state, to_follow),
        words::path(&publication.pdf_path()),
    )
}

/// What a pack waits for, and how many commentaries it does not wait for.
fn slots(outstanding: usize, state: PackState, to_follow: usize) -> String {
    let awaited = match outstanding {
        0 if state == PackState::Draft => "sign-off".to_owned(),
        0 => "nothing".to_owned(),
        n => words::count(n, "commentary", "commentaries"),
    };
    if to_follow == 0 { awaited } else { format!("{awaited} ({to_follow} to follow)") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Code, Place};

    fn outcome(edition: Edition, result: PackResult) -> Outcome {
        let key = PackKey { period: Period::EARLIEST, board: BoardId::parse("panel").unwrap() };
        Outcome { key, edition, result, cautions: Vec::new(), to_follow: 0 }
    }

    fn finding(cell: &str) -> Finding {
        Finding::new(Code::CellNotNumber, Place::default(), format!("found {cell}"), "mend it")
    }

    fn held(edition: Edition, cells: &[&str]) -> Outcome {
        let findings = cells.iter().map(|cell| finding(cell)).collect();
        outcome(edition, PackResult::Held { findings, notice: None })
    }

    /// What is said below the table of a board's two editions.
    fn below(public: Outcome, restricted: Outcome) -> String {
        summary(&[public, restricted]).split_once("\n\n").unwrap().1.to_owned()
    }

    #[test]
    fn what_holds_both_editions_of_a_board_is_said_once_and_each_goes_by_its_name() {
        let said = |public: &[&str], restricted: &[&str]| {
            below(held(Edition::Public, public), held(Edition::Restricted, restricted))
        };
        let public = |cells: &str| format!("panel is held:\n{cells}\n");
        let [a, b] = ["a", "b"].map(|cell| format!("  {}\n", finding(cell)));
        let (a, b) = (a.as_str(), b.as_str());
        assert_eq!(said(&["a"], &["a"]), format!("{}panel (restricted) is held by the same.\n", public(a)));
        assert_eq!(
            said(&["a", "b"], &["a"]),
            format!("{}panel (restricted) is held by some of the same.\n", public(&[a, b].concat()))
        );
        assert_eq!(
            said(&["a"], &["a", "b"]),
            format!("{}panel (restricted) is held by the same, and by:\n{b}", public(a))
        );
        assert_eq!(said(&["a"], &["b"]), format!("{}panel (restricted) is held:\n{b}", public(a)));
        let failed = |edition| outcome(edition, PackResult::Failed { error: "x".into(), storage: false });
        assert_eq!(
            below(failed(Edition::Public), failed(Edition::Restricted)),
            "panel failed:\n  x\n\npanel (restricted) failed by the same.\n"
        );
    }

    #[test]
    fn a_caution_of_a_restricted_edition_alone_goes_by_its_name() {
        let would = || PackResult::WouldPublish {
            revision: 1,
            outstanding: 0,
            state: PackState::Final,
            differing: 0,
            content_sha256: String::new(),
        };
        let caution = Finding::new(Code::CommentCopied, Place::default(), "found a", "mend it");
        let with = |edition| Outcome { cautions: vec![caution.clone()], ..outcome(edition, would()) };
        let result_line = |public: Outcome| below(public, with(Edition::Restricted));
        assert!(result_line(outcome(Edition::Public, would())).starts_with("panel (restricted): look at 1 thing"));
        let both = result_line(with(Edition::Public));
        assert!(both.starts_with("panel: look at 1 thing") && !both.contains("(restricted)"), "{both}");
    }

    #[test]
    fn what_may_follow_is_counted() {
        assert_eq!(slots(0, PackState::Final, 5), "nothing (5 to follow)");
        assert_eq!(slots(0, PackState::Draft, 5), "sign-off (5 to follow)");
        assert_eq!(slots(0, PackState::Final, 0), "nothing");
        assert_eq!(slots(2, PackState::Draft, 0), "2 commentaries");
    }
}
