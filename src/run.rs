//! The walk: one activation, from what is asked for to what stands where.
//!
//! ```text
//! keys ─► source ─► workbook ─► dataset ─► edition ─► plan ─► typeset ─► publish
//! ```
//!
//! What is to be done about a pack is decided whole (`plan`) and then done
//! (`execute`); a dry run is the first without the second.
//!
//! Each board ends in exactly one [`PackResult`]; one board's fault never
//! stops another. An error here means that no board could be tried at all.

mod breaches;
mod change_list;
pub mod check;
mod checking;
pub mod commentary;
pub mod commentary_file;
pub mod commentary_workbook;
pub mod deliver;
pub mod drafts;
mod execute;
pub mod explain;
mod folders;
pub mod held_copies;
mod job;
mod keeping;
mod notice_facts;
pub mod notices;
mod plan;
pub mod preview;
mod published;
mod reading;
pub mod rebuild;
pub mod rehearsal;
mod relevance;
mod report;
mod resources;
mod revision_record;
mod share;
pub mod sign;
mod sign_off;
pub mod storages;
#[cfg(test)]
mod tests;
mod unprintable;
pub mod upkeep;
pub mod uploads;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use folders::PublishedFolders;
pub use folders::StandingPacks;
use job::ActivationJob;
pub use resources::Resources;
pub use share::PutOffReason;
use upkeep::Asker;

use crate::config::Config;
use crate::digest::sha256;
use crate::domain::address::without_secrets;
use crate::domain::{BoardId, Commentary, Edition, Finding, IndicatorRef, PackKey, PackState, Period, SourceId};
use crate::edition::Declared;
use crate::ledger::{self, LedgerError};
use crate::publish::audit::{FolderAudit, FolderFault};
use crate::publish::verify::Verification;
use crate::publish::{self, Publication, PublishError};
use crate::storage::StorageError;
use crate::typeset::{Stationery, StationeryError};

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

impl Outcome {
    /// The same without what its manifest leaves for later packs: of an activation that makes
    /// up for years, little is kept of each pack.
    fn without_record(self) -> Self {
        let result = match self.result {
            PackResult::Published(publication) => PackResult::Published(publication.without_record()),
            PackResult::Unchanged(publication) => PackResult::Unchanged(publication.without_record()),
            other => other,
        };
        Self { result, ..self }
    }
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
        state: PackState,
        /// Figures that differ from those that its readers know.
        differing: usize,
        /// Digest of what it would say.
        content_sha256: String,
    },
    /// Its data holds it.
    Held {
        /// Every finding of the board, the worst first.
        findings: Vec<Finding>,
        /// The one-page reason, where one was written.
        notice: Option<PathBuf>,
    },
    /// Nothing became of it here, and the next ring tries it again.
    PutOff(PutOffReason),
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
pub struct ActivationRequest {
    /// Packs to make, in this order.
    pub keys: Vec<PackKey>,
    /// What is done with what comes of them.
    pub mode: RunMode,
    /// Make a revision of a final pack for a change of its look alone.
    pub new_look: bool,
    /// Whether to end before the next pack.
    pub stop: StopToken,
    /// Who asks, and when.
    pub asker: Asker,
}

/// What is done with what comes of packs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RunMode {
    /// They are published or held.
    #[default]
    Publish,
    /// `--dry-run`: nothing is written, and it is logged what would be.
    DryRun,
    /// Nothing is written or logged: whoever asks looks at it.
    Rehearse,
}

/// A request to begin no further pack, which all that hold it see. What is being
/// made is finished: a pack is whole or not there.
#[derive(Debug, Clone, Default)]
pub struct StopToken(Arc<AtomicBool>);

impl StopToken {
    /// Asks to stop.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
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
    /// The ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// A storage that packs are put to cannot be used.
    #[error("failed to use the storage that packs are put to")]
    Storage(#[source] StorageError),
    /// Templates, fonts or a council's own look cannot be used.
    #[error("failed to set up the pages")]
    Stationery(#[from] StationeryError),
}

impl RunError {
    /// Whether the ledger's server is out of reach for the time being.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Ledger(error) if error.is_passing())
    }

    /// Whether another run or service is at it, and waiting is all that helps.
    pub fn is_in_use(&self) -> bool {
        match self {
            Self::Publish(error) => matches!(error, PublishError::InUse { .. }),
            Self::Ledger(error) => error.is_in_use(),
            Self::Stationery(_) | Self::Storage(_) => false,
        }
    }
}

/// Makes the packs that are asked for.
pub async fn activate(
    config: &Config,
    commentary: &Commentary,
    stationery: &Stationery,
    resources: &Resources,
    request: ActivationRequest,
    progress: &dyn Progress,
) -> Result<Vec<Outcome>, RunError> {
    let at = ledger::text(request.asker.now);
    let job = ActivationJob { config, commentary, stationery, resources, request: &request, progress, at: &at };
    let is_shared = folders::ledger_place(config).is_shared();
    let outcomes = match request.mode != RunMode::Publish {
        false if is_shared => share::activate(&job).await?,
        is_dry => {
            // The locks are held to the end of the activation: two runs never overlap.
            let (folders, _locks) = match is_dry {
                true => (PublishedFolders::open_to_plan(config)?, Vec::new()),
                false => PublishedFolders::open_for_run(config, &request.asker.by)?,
            };
            let mut outcomes = Vec::with_capacity(request.keys.len());
            for (period, boards) in by_period(&request.keys) {
                job.tell_of_forgotten(&folders, period);
                outcomes.extend(job.make(&folders, period, boards).await);
            }
            outcomes
        }
    };
    resources.workbooks.sweep();
    resources.figures.sweep();
    Ok(outcomes)
}

/// What editions are made by, of a config and of what officers wrote.
pub fn declared<'c>(config: &'c Config, commentary: &'c Commentary) -> Declared<'c> {
    Declared {
        council: &config.service.council,
        glossary: &config.glossary,
        register: &config.register,
        sources: &config.sources,
        sums: &config.sums,
        boards: &config.boards,
        commentary,
    }
}

/// What stands of every pack: a pack stands once each of its board's editions
/// does.
pub fn standing(config: &Config) -> Result<StandingPacks, RunError> {
    PublishedFolders::open(config)?.standing(config)
}

/// What stands of the packs of a period and of later ones, at a cost that does not grow with
/// what was published before.
pub fn standing_since(config: &Config, from: Period) -> Result<StandingPacks, RunError> {
    PublishedFolders::standing_since(config, from)
}

/// Boards whose packs of a month or the one before stand and whose files are
/// gone, each with the last of the two that it has.
pub fn forgotten(config: &Config, period: Period) -> Result<BTreeMap<BoardId, Period>, RunError> {
    Ok(PublishedFolders::open(config)?.forgotten(config, period)?)
}

/// Whether a file is one that this council published, told by its bytes.
pub fn verify(config: &Config, name: &str, bytes: &[u8]) -> Result<Verification, RunError> {
    let folders = PublishedFolders::open_to_verify(config)?;
    let (sha256, council) = (sha256(bytes), &config.service.council.name);
    // What a storage made of a file is that file, to whoever took it from there.
    let rewritten = folders.ledger().rewritten_as(&sha256)?.pop();
    if let Some((of, file)) = rewritten
        && let Some(publication) = folders.of(of.edition).map(|folder| folder.published(&of.key, of.revision))
        && let Some(publication) = publication?
        && let Some(entry) = publication.manifest.files.iter().find(|entry| entry.name == file.name)
    {
        let original = publication.bytes_of(entry)?;
        let answer = publish::verify::verify(&folders.all(), name, &original, council)?;
        return Ok(Verification { sha256, is_rewritten: true, ..answer });
    }
    Ok(publish::verify::verify(&folders.all(), name, bytes, council)?)
}

/// Whether everything that was published still is as it was, there and where it was put.
pub async fn verify_all(config: &Config) -> Result<FolderAudit, RunError> {
    let mut audit = publish::audit::audit(&PublishedFolders::open_to_verify(config)?.all())?;
    let uploads = uploads::audit(config).await?;
    (audit.uploaded, audit.unread) = (uploads.revisions, uploads.unread);
    audit.faults.extend(uploads.breaches.into_iter().map(|(of, message)| FolderFault {
        board: Some(of.key.board),
        period: Some(of.key.period),
        edition: of.edition,
        message,
    }));
    Ok(audit)
}

/// What a board's pack is made as.
fn editions_of(config: &Config, key: &PackKey) -> Vec<Edition> {
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

/// An error with its causes in one line, as it may be shown.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    without_secrets(&text).into_owned()
}
