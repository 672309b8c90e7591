//! Which workbooks the packs need, and their bytes with where they came from.
//!
//! Every distinct file is fetched once, however many sources name it, and
//! several at a time. What an officer can mend is a finding (F1xx) of each
//! source that needs the file; a storage that cannot be reached is an error of
//! each, and stops no other.
//!
//! | file | story |
//! |---|---|
//! | `plan` | sources to distinct files; `{period}`, `{year}`, `{month}` |
//! | [`cache`] | files at hand, so that an unchanged one is not fetched again |
//! | `findings` | what a storage's answer says to an officer |

pub mod cache;
mod findings;
mod plan;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::task::JoinSet;
use tracing::Instrument as _;

pub use cache::Cache;
use cache::CacheKey;
use plan::FetchTask;
pub use plan::expand;

use crate::clock::{Clock as _, SystemClock};
use crate::config::Config;
use crate::domain::{Finding, Period, SourceId};
use crate::storage::{self, FetchLimits, Got, Storage, StorageError, StoredFile};

/// How long a file that may still be written is given before the second look.
const SECOND_LOOK: Duration = Duration::from_millis(300);

/// A workbook's bytes and where they came from. Only this room makes one.
#[derive(Debug, PartialEq, Eq)]
pub struct Workbook {
    file: StoredFile,
}

impl Workbook {
    fn new(file: StoredFile) -> Self {
        Self { file }
    }

    /// The bytes, from where they were kept since.
    pub fn bytes(&self) -> std::io::Result<Vec<u8>> {
        self.file.bytes()
    }

    /// How many there are.
    pub fn size(&self) -> u64 {
        self.file.content.len()
    }

    /// Their digest, 64 small hexadecimal digits.
    pub fn sha256(&self) -> &str {
        self.file.content.sha256()
    }

    /// The file's name on its share, with `/` between folders.
    pub fn origin(&self) -> &str {
        &self.file.name
    }

    /// The server's strong etag, where there is one.
    pub fn etag(&self) -> Option<&str> {
        self.file.etag.as_deref()
    }

    /// F121, where somebody has it open.
    pub fn open_elsewhere(&self, id: &SourceId) -> Option<Finding> {
        self.file.is_open.then(|| findings::open(id, self.origin()))
    }

    /// F123, where it is a text whose last line does not end.
    pub fn unended(&self, id: &SourceId) -> Option<Finding> {
        self.is_unended().then(|| findings::unended(id, self.origin()))
    }

    /// Whether it is a text whose last line does not end, as one that is cut off.
    fn is_unended(&self) -> bool {
        let name = self.file.name.to_ascii_lowercase();
        let is_text = [".csv", ".tsv", ".txt"].iter().any(|ending| name.ends_with(ending));
        // Text of two bytes a sign ends so too, with a nought behind or before.
        let ends = |end: &[u8]| self.file.content.end().ends_with(end);
        is_text && self.size() > 0 && !ends(b"\n") && !ends(b"\r") && !ends(b"\n\0") && !ends(b"\r\0")
    }

    /// When the file was last changed, as far as its storage says.
    pub fn modified(&self) -> Option<DateTime<Utc>> {
        self.file.modified
    }
}

/// What became of one source.
#[derive(Debug, Clone)]
pub enum Fetched {
    /// Its workbook; sources that name one file share it.
    Workbook(Arc<Workbook>),
    /// The workbook of an earlier month, where there is none for this one and
    /// its source allows it. It is to be read as that month's.
    Carried {
        /// The workbook.
        workbook: Arc<Workbook>,
        /// The month that it is of.
        month: Period,
        /// The finding that says so.
        finding: Finding,
    },
    /// What an officer must mend before there is one.
    Findings(Vec<Finding>),
    /// Its storage could not be reached.
    Unreachable(StorageError),
}

/// Fetches the workbooks of all wanted sources for a period. The answer has an
/// entry for each of them.
pub async fn fetch(
    config: &Config,
    wanted: &BTreeSet<SourceId>,
    period: Period,
    cache: &Cache,
) -> BTreeMap<SourceId, Fetched> {
    let (tasks, mut fetched) = plan::plan(&config.sources, wanted, period);
    let limits = FetchLimits { max_bytes: config.service.max_file_bytes };
    let mut storages = BTreeMap::new();
    for task in tasks.keys() {
        if !storages.contains_key(&task.storage) {
            let opened =
                storage::declared(config, &task.storage).and_then(|settings| settings.open(&config.dir, limits));
            storages.insert(task.storage.clone(), opened.map(Arc::new));
        }
    }
    fetched.extend(run(tasks, &storages, cache, config.service.settle).await);
    fetched
}

/// Storages by their name in the config, as far as they could be opened.
type Storages = BTreeMap<String, Result<Arc<Storage>, StorageError>>;

/// Runs every task and gives each of its sources the answer.
async fn run(
    tasks: BTreeMap<FetchTask, Vec<SourceId>>,
    storages: &Storages,
    cache: &Cache,
    settle: Duration,
) -> BTreeMap<SourceId, Fetched> {
    let mut running = JoinSet::new();
    let mut fetched = BTreeMap::new();
    for (task, sources) in tasks {
        match storages.get(&task.storage) {
            Some(Ok(storage)) => {
                let (storage, cache) = (Arc::clone(storage), cache.clone());
                let span = span(&sources);
                running.spawn(
                    async move {
                        let answer = one(&storage, &task, &cache, settle).await;
                        (storage, task, sources, answer)
                    }
                    .instrument(span),
                );
            }
            Some(Err(error)) => fetched.extend(sources.into_iter().map(|id| (id, Fetched::Unreachable(error.clone())))),
            None => {
                let error = StorageError::Undeclared { what: "storage", name: task.storage.clone() };
                fetched.extend(sources.into_iter().map(|id| (id, Fetched::Unreachable(error.clone()))));
            }
        }
    }
    while let Some(done) = running.join_next().await {
        match done {
            Ok((storage, task, sources, answer)) => {
                fetched.extend(sources.into_iter().map(|id| {
                    let outcome = outcome(&id, &task, &storage, &answer);
                    (id, outcome)
                }));
            }
            // A panic in a task is a panic of the program, and goes on as one.
            Err(broken) => {
                if let Ok(panic) = broken.try_into_panic() {
                    std::panic::resume_unwind(panic);
                }
            }
        }
    }
    fetched
}

/// The file at hand or the storage's answer for one task.
enum FetchAnswer {
    Whole(Arc<Workbook>),
    Carried(Arc<Workbook>, Period),
    /// It was changed less than so long ago.
    Unsettled(Arc<Workbook>, Duration),
    Other(Got),
    Broken(StorageError),
}

/// The file of the month or, where it is missing, the latest that may stand in.
async fn one(storage: &Storage, task: &FetchTask, cache: &Cache, settle: Duration) -> FetchAnswer {
    let started = Instant::now();
    let get = |file| settled(storage, task, file, cache, settle);
    let mut answer = get(&task.file).await;
    for (month, file) in &task.older {
        if !matches!(answer, FetchAnswer::Other(Got::Missing { .. })) {
            break;
        }
        match get(file).await {
            FetchAnswer::Whole(workbook) => answer = FetchAnswer::Carried(workbook, *month),
            FetchAnswer::Other(Got::Missing { .. }) => {}
            // It is there and cannot be read: an older one is no better answer.
            other => answer = other,
        }
    }
    let span = tracing::Span::current();
    span.record("duration_ms", u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX));
    if let FetchAnswer::Whole(workbook) | FetchAnswer::Carried(workbook, _) = &answer {
        span.record("size_bytes", workbook.size());
        tracing::debug!("fetched");
    }
    answer
}

/// The file once it has settled. One that may still be written is looked at
/// again after a moment, or left alone where somebody comes back by themselves.
async fn settled(storage: &Storage, task: &FetchTask, file: &str, cache: &Cache, settle: Duration) -> FetchAnswer {
    let first = get(storage, task, file, cache).await;
    let FetchAnswer::Whole(workbook) = &first else { return first };
    let is_fresh = is_fresh(workbook.modified(), SystemClock.now(), settle);
    if is_fresh && cache.is_unattended() {
        return FetchAnswer::Unsettled(Arc::clone(workbook), settle);
    }
    if !is_fresh && !workbook.is_unended() {
        return first;
    }
    tokio::time::sleep(SECOND_LOOK).await;
    match get(storage, task, file, cache).await {
        FetchAnswer::Whole(again) if again.sha256() != workbook.sha256() => {
            FetchAnswer::Other(Got::Changing { name: again.origin().to_owned() })
        }
        again => again,
    }
}

/// Whether a file was changed less than so long before now. One that lies in the
/// future by more than that is of a clock that is wrong, and never settles: it is old.
fn is_fresh(modified: Option<DateTime<Utc>>, now: DateTime<Utc>, settle: Duration) -> bool {
    let settle = TimeDelta::from_std(settle).unwrap_or(TimeDelta::MAX);
    modified.is_some_and(|modified| (now - modified).abs() < settle)
}

async fn get(storage: &Storage, task: &FetchTask, file: &str, cache: &Cache) -> FetchAnswer {
    let key = CacheKey::new(storage.place(), task, file);
    let known = cache.get(&key);
    let etag = known.as_ref().and_then(|workbook| workbook.etag());
    match (storage.newest(file, etag, task.newest).await, &known) {
        (Ok(Got::Found(file)), _) => {
            let workbook = Arc::new(Workbook::new(file));
            cache.put(key, &workbook);
            FetchAnswer::Whole(workbook)
        }
        (Ok(Got::Unchanged), Some(workbook)) => FetchAnswer::Whole(Arc::clone(workbook)),
        (Ok(got), _) => FetchAnswer::Other(got),
        (Err(error), _) => FetchAnswer::Broken(error),
    }
}

fn span(sources: &[SourceId]) -> tracing::Span {
    let ids: Vec<&str> = sources.iter().map(SourceId::as_str).collect();
    tracing::info_span!(
        "fetch",
        source.id = ids.join(","),
        duration_ms = tracing::field::Empty,
        size_bytes = tracing::field::Empty
    )
}

fn outcome(id: &SourceId, task: &FetchTask, storage: &Storage, answer: &FetchAnswer) -> Fetched {
    match answer {
        FetchAnswer::Whole(workbook) => Fetched::Workbook(Arc::clone(workbook)),
        FetchAnswer::Carried(workbook, month) => Fetched::Carried {
            workbook: Arc::clone(workbook),
            month: *month,
            finding: findings::carried(id, task, &storage.place(), workbook.origin(), *month),
        },
        FetchAnswer::Unsettled(workbook, settle) => {
            let finding = findings::unsettled(id, task, &storage.place(), workbook.origin(), *settle);
            Fetched::Findings(vec![finding])
        }
        FetchAnswer::Other(got) => match findings::of(id, task, &storage.place(), got) {
            Some(finding) => Fetched::Findings(vec![finding]),
            // "Unchanged" from a storage that was given no etag.
            None => Fetched::Unreachable(StorageError::Contradiction { place: storage.place() }),
        },
        FetchAnswer::Broken(error) => Fetched::Unreachable(error.clone()),
    }
}

#[cfg(test)]
mod tests;
