//! The walk: one activation, from what is asked for to what stands where.
//!
//! ```text
//! keys ─► source ─► workbook ─► dataset ─► scorecard ─► pack ─► typeset ─► publish
//! ```
//!
//! Each board ends in exactly one [`PackResult`]; one board's fault never
//! stops another. An error here means that no board could be tried at all.

mod approval;
mod boards;
pub mod check;
mod checking;
pub mod commentary;
mod editions;
pub mod explain;
mod history;
pub mod preview;
mod reading;
mod report;
mod shelves;
pub mod sign;
mod trail;
mod unsaid;
mod walk;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

use editions::Editions;
use shelves::Shelves;

use crate::config::Config;
use crate::domain::{BoardId, Edition, Finding, IndicatorRef, Period, SourceId};
use crate::publish::verify::Answer;
use crate::publish::{self, Publication, PublishError, State};
use crate::reader::WorkbookReader;
use crate::source::Cache;
use crate::typeset::Stationery;

pub use walk::Walk;

/// One pack: a board in a period.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackKey {
    /// The period.
    pub period: Period,
    /// The board.
    pub board: BoardId,
}

/// What became of one pack.
#[derive(Debug)]
pub struct Outcome {
    /// Which pack.
    pub key: PackKey,
    /// Which edition of it.
    pub edition: Edition,
    /// What became of it.
    pub result: PackResult,
    /// What officers should look at although it holds nothing.
    pub cautions: Vec<Finding>,
    /// Slots without commentary for which the pack does not wait.
    pub to_follow: usize,
}

/// What is noted of a pack while it is made.
#[derive(Debug, Default)]
struct Noted {
    cautions: Vec<Finding>,
    to_follow: usize,
}

/// How a pack ended.
#[derive(Debug)]
pub enum PackResult {
    /// A new revision was published.
    Published(Publication),
    /// The latest revision still says all there is to say.
    Unchanged(Publication),
    /// `--dry-run`: it would be published as this revision.
    WouldPublish {
        /// The revision it would get.
        revision: u32,
        /// Slots without commentary.
        outstanding: usize,
        /// Whether it would be a draft.
        state: State,
    },
    /// Its data holds it.
    Held {
        /// Every finding of the board, the worst first.
        findings: Vec<Finding>,
        /// The one-page reason, where one was written.
        notice: Option<PathBuf>,
    },
    /// The world or the program failed it.
    Failed {
        /// The error with its causes.
        error: String,
        /// Whether a storage could not be reached, rather than the program failing.
        storage: bool,
    },
}

/// What an activation is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// Packs to make, in this order.
    pub keys: Vec<PackKey>,
    /// Do everything but write.
    pub dry_run: bool,
}

/// Who is told how far an activation is.
pub trait Progress: Send + Sync {
    /// A step begins: "reading 6 workbooks".
    fn step(&self, message: &str);
    /// A pack ended.
    fn done(&self, outcome: &Outcome);
}

/// Nobody is told.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _message: &str) {}
    fn done(&self, _outcome: &Outcome) {}
}

/// No board could be tried.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The published folder cannot be used.
    #[error("failed to use the published folder")]
    Publish(#[from] PublishError),
}

/// Makes the packs that are asked for.
pub async fn activate(
    config: &Config,
    stationery: &Stationery,
    cache: &Cache,
    reader: &WorkbookReader,
    request: Request,
    progress: &dyn Progress,
) -> Result<Vec<Outcome>, RunError> {
    let shelves = Shelves::open(config)?;
    // Held to the end of the activation: two runs never overlap.
    let _lock = if request.dry_run { None } else { Some(shelves.lock(config)?) };
    let mut outcomes = Vec::with_capacity(request.keys.len());
    for (period, boards) in by_period(&request.keys) {
        let joined = written::with_workbook(config, period, reader).await;
        let config = joined.as_ref();
        let wanted = sources_of(config, &boards);
        // A folder that cannot be looked into fails each of its packs, and is told there.
        for (board, last) in shelves.forgotten(config, period).unwrap_or_default() {
            tracing::warn!(board.id = board.as_str(), period = %last, "{board} has a pack for {last} and no file in boards/: none is made for it");
        }
        progress
            .step(&format!("reading {} for {period}", crate::pack::words::count(wanted.len(), "source", "sources")));
        let read = checking::read(config, shelves.public(), &wanted, period, cache, reader).await;
        let editions_of = Editions::of(config, read);
        for board in boards {
            let key = PackKey { period, board };
            for edition in editions(config, &key) {
                progress.step(&format!("making {} for {period}", key.board));
                let started = Instant::now();
                let mut noted = Noted::default();
                let result = match shelves.of(edition) {
                    Some(shelf) => busy(|| {
                        boards::make(config, stationery, shelf, &key, &editions_of, request.dry_run, &mut noted)
                    }),
                    None => PackResult::Failed {
                        error: format!("there is no folder for {} editions", edition.word()),
                        storage: false,
                    },
                };
                let Noted { cautions, to_follow } = noted;
                let outcome = Outcome { key: key.clone(), edition, result, cautions, to_follow };
                report::ended(&outcome, started.elapsed());
                progress.done(&outcome);
                outcomes.push(outcome);
            }
        }
    }
    cache.sweep();
    Ok(outcomes)
}

/// Boards whose packs of a month or the one before stand and whose files are
/// gone, each with the last of the two that it has.
pub fn forgotten(config: &Config, period: Period) -> Result<BTreeMap<BoardId, Period>, PublishError> {
    Shelves::open(config)?.forgotten(config, period)
}

/// Whether a file is one that this council published, told by its bytes.
pub fn verify(config: &Config, name: &str, bytes: &[u8]) -> Result<Answer, PublishError> {
    let shelves = Shelves::open(config)?;
    publish::verify::verify(&shelves.all(), name, bytes, &config.service.council.name)
}

/// What a board's pack is made as.
fn editions(config: &Config, key: &PackKey) -> Vec<Edition> {
    config.board(&key.board).map_or_else(|| vec![Edition::Public], |board| board.editions.clone())
}

/// Does work that keeps a thread busy without keeping the runtime's other
/// tasks, such as the one that waits for a signal, from running.
fn busy<T>(work: impl FnOnce() -> T) -> T {
    use tokio::runtime::{Handle, RuntimeFlavor};
    match Handle::current().runtime_flavor() {
        RuntimeFlavor::CurrentThread => work(),
        _ => tokio::task::block_in_place(work),
    }
}

/// Keys by period, each period's boards in the order they were asked for.
fn by_period(keys: &[PackKey]) -> BTreeMap<Period, Vec<BoardId>> {
    let mut periods: BTreeMap<Period, Vec<BoardId>> = BTreeMap::new();
    for key in keys {
        let boards = periods.entry(key.period).or_default();
        if !boards.contains(&key.board) {
            boards.push(key.board.clone());
        }
    }
    periods
}

/// The sources that some boards need, and those of figures that these add up
/// with: what may be published of one depends on the others.
fn sources_of(config: &Config, boards: &[BoardId]) -> BTreeSet<SourceId> {
    let source = |reference: &IndicatorRef| config.register.get(reference).map(|indicator| indicator.source.clone());
    let on_boards = boards.iter().filter_map(|id| config.board(id)).flat_map(|board| config.shown_on(board));
    let mut sources: BTreeSet<SourceId> = on_boards.map(|indicator| indicator.source.clone()).collect();
    loop {
        let before = sources.len();
        for total in config.register.values().filter(|indicator| !indicator.checks.total_of.is_empty()) {
            let together: BTreeSet<SourceId> =
                total.checks.total_of.iter().chain([&total.reference]).filter_map(source).collect();
            if together.iter().any(|one| sources.contains(one)) {
                sources.extend(together);
            }
        }
        if sources.len() == before {
            return sources;
        }
    }
}

/// An error with its causes in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
