//! A stand-in for the making: it writes the ledger's rows in the order in which the walk
//! does, keeps what stands in memory, and dies where it is asked to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicUsize;

use super::super::*;
use super::Troubles;
use crate::clock::FixedClock;
use crate::digest::sha256;
use crate::ledger::{self, Ledger, MissedPack, PackEnd, PackNote, StoredRevision};
use crate::publish::{FileEntry, Issue, Manifest, RevisionRecord};

const FIGURES: &str = "ref,value\nA,1\n";

/// What a try at a pack would come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Try {
    Held,
    Draft(u64),
    Final,
}

/// The process died.
struct Died;

pub(super) struct Maker {
    ledger: Ledger,
    clock: Arc<FixedClock>,
    seed: u64,
    crashes: BTreeMap<usize, usize>,
    locks: BTreeSet<usize>,
    activations: AtomicUsize,
    /// What stood at the last look.
    seen: Mutex<StandingPacks>,
    /// Steps until the process dies.
    fuse: Mutex<Option<usize>>,
    crashed: AtomicBool,
    /// How often each pack was tried.
    tries: Mutex<BTreeMap<PackKey, u64>>,
    /// Revisions whose manifest stands, as the published folder has them.
    folder: Mutex<BTreeMap<(PackKey, Edition), Vec<StoredRevision>>>,
    /// Revisions that were begun.
    begun: Mutex<BTreeSet<(PackKey, Edition, u32)>>,
}

impl Maker {
    pub(super) fn new(ledger: Ledger, clock: Arc<FixedClock>, troubles: &Troubles) -> Self {
        Self {
            ledger,
            clock,
            seed: troubles.seed,
            crashes: troubles.crashes.clone(),
            locks: troubles.locks.iter().copied().collect(),
            activations: AtomicUsize::new(0),
            seen: Mutex::default(),
            fuse: Mutex::default(),
            crashed: AtomicBool::new(false),
            tries: Mutex::default(),
            folder: Mutex::default(),
            begun: Mutex::default(),
        }
    }

    pub(super) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// What stood at the last look.
    pub(super) fn seen(&self) -> StandingPacks {
        self.seen.lock().unwrap().clone()
    }

    /// Whether the process died since this was asked last.
    pub(super) fn has_crashed(&self) -> bool {
        self.crashed.swap(false, SeqCst)
    }

    /// The ledger knows what stands and nothing else, each revision once and in a row.
    pub(super) fn is_whole(&self) {
        self.end_attempts();
        let mut known: BTreeMap<(PackKey, Edition), Vec<StoredRevision>> = BTreeMap::new();
        for stored in self.ledger.revisions().unwrap() {
            known.entry((stored.key.clone(), stored.edition)).or_default().push(stored);
        }
        for (of, revisions) in &known {
            let numbers: Vec<u32> = revisions.iter().map(|stored| stored.revision).collect();
            assert_eq!(numbers, (1..).take(numbers.len()).collect::<Vec<u32>>(), "{of:?}");
            let finals = revisions.iter().filter(|stored| stored.manifest.contains("\"state\": \"final\"")).count();
            assert!(finals <= 1, "{of:?} is final {finals} times");
        }
        assert_eq!(known, *self.folder.lock().unwrap());
    }

    /// A step of the making, at which the process may die.
    fn step(&self) -> Result<(), Died> {
        let mut fuse = self.fuse.lock().unwrap();
        match fuse.as_mut() {
            Some(0) => Err(Died),
            Some(steps) => {
                *steps -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// What this try at a pack comes to: some are held or drafts for a while, some for ever.
    fn outcome(&self, key: &PackKey) -> Try {
        let mut tries = self.tries.lock().unwrap();
        let nth = tries.entry(key.clone()).or_default();
        let digest = sha256(format!("{} {} {}", self.seed, key.period, key.board).as_bytes());
        let number = u64::from_str_radix(&digest[..8], 16).unwrap();
        let (held, drafts) = (number % 4, number / 4 % 4);
        let held = if number.is_multiple_of(17) { u64::MAX } else { held };
        let drafts = if number.is_multiple_of(13) { u64::MAX } else { drafts };
        let now = *nth;
        *nth += 1;
        match now.checked_sub(held) {
            None => Try::Held,
            // A draft says something new now and then.
            Some(later) if later < drafts => Try::Draft(later.min(2)),
            Some(_) => Try::Final,
        }
    }

    /// What the walk does before all else: ends what a crash left half done.
    fn end_attempts(&self) {
        for (key, edition, revision) in std::mem::take(&mut *self.begun.lock().unwrap()) {
            let folder = self.folder.lock().unwrap();
            let stands = folder.get(&(key, edition)).and_then(|all| all.iter().find(|one| one.revision == revision));
            if let Some(stored) = stands {
                self.ledger.record(vec![stored.clone()], "daemon").unwrap();
            }
        }
    }

    fn make(&self, key: &PackKey, edition: Edition, tried: Try) -> Result<PackNote, Died> {
        let note = |end| PackNote { key: key.clone(), edition, end, findings: None };
        let (state, content) = match tried {
            Try::Held => return Ok(note(PackEnd::Held(["F104".to_owned()].into()))),
            Try::Draft(nth) => (PackState::Draft, format!("draft {nth}")),
            Try::Final => (PackState::Final, "final".to_owned()),
        };
        let of = (key.clone(), edition);
        let last = self.folder.lock().unwrap().get(&of).and_then(|all| all.last().cloned());
        if last.as_ref().is_some_and(|last| last.manifest.contains(&format!("\"{content}\""))) {
            return Ok(note(PackEnd::Stands));
        }
        let supersedes = last.map(|last| last.revision);
        let revision = supersedes.unwrap_or(0) + 1;
        let at = ledger::text(self.clock.now());
        self.step()?;
        self.ledger.begin(&issue(key, revision, supersedes, state, &content), edition, &at).unwrap();
        self.begun.lock().unwrap().insert((key.clone(), edition, revision));
        self.step()?;
        let stored = stored(key, edition, (revision, supersedes), state, (&content, &at));
        self.folder.lock().unwrap().entry(of).or_default().push(stored.clone());
        self.step()?;
        self.ledger.record(vec![stored], "daemon").unwrap();
        self.begun.lock().unwrap().remove(&(key.clone(), edition, revision));
        Ok(note(PackEnd::Stands))
    }

    fn make_all(&self, config: &Config, keys: &[PackKey]) -> Result<(), Died> {
        self.end_attempts();
        let mut notes = Vec::new();
        for key in keys {
            let board = config.board(&key.board).unwrap();
            assert!(
                crate::schedule::due::falls_due(board, &config.calendar, key.period).unwrap() <= self.clock.now(),
                "{key:?} is made before it falls due"
            );
            let tried = self.outcome(key);
            for edition in &board.editions {
                notes.push(self.make(key, *edition, tried)?);
            }
        }
        self.step()?;
        self.ledger.note(notes, "daemon", &ledger::text(self.clock.now())).unwrap();
        Ok(())
    }
}

impl Activation for Maker {
    async fn standing(&self, config: &Config, from: Period) -> Result<StandingPacks, ActivationError> {
        let latest = self.ledger.standing_since(from).unwrap();
        let standing = StandingPacks::of(config, latest, self.ledger.held().unwrap());
        *self.seen.lock().unwrap() = standing.clone();
        Ok(standing)
    }

    async fn note_missed(&self, _: &Config, missed: &[FallenDue]) -> Result<(), ActivationError> {
        let at = ledger::text(self.clock.now());
        let of =
            |fallen: &FallenDue| MissedPack { key: fallen.key.clone(), edition: Edition::Public, since: fallen.since };
        self.ledger.note_missed(missed.iter().map(of).collect(), "daemon", &at).unwrap();
        Ok(())
    }

    async fn activate(
        &self,
        loaded: &Loaded,
        keys: Vec<PackKey>,
        _: StopToken,
    ) -> Result<Vec<Outcome>, ActivationError> {
        let nth = self.activations.fetch_add(1, SeqCst);
        if self.locks.contains(&nth) {
            return Err(ActivationError::Locked("boardpack run, process 12".into()));
        }
        *self.fuse.lock().unwrap() = self.crashes.get(&nth).copied();
        let made = self.make_all(&loaded.config, &keys);
        self.crashed.store(made.is_err(), SeqCst);
        made.map(|()| Vec::new()).map_err(|Died| ActivationError::Panicked)
    }
}

fn issue(key: &PackKey, revision: u32, supersedes: Option<u32>, state: PackState, content: &str) -> Issue {
    Issue {
        key: key.clone(),
        revision,
        supersedes,
        state,
        file_stem: String::new(),
        figures_csv: Vec::new(),
        findings_json: Vec::new(),
        suppression_csv: None,
        inputs: Vec::new(),
        record: RevisionRecord::default(),
        config_sha256: String::new(),
        template_sha256: String::new(),
        content_sha256: content.into(),
        awaited: Vec::new(),
        lacks: BTreeMap::new(),
    }
}

fn stored(
    key: &PackKey,
    edition: Edition,
    (revision, supersedes): (u32, Option<u32>),
    state: PackState,
    (content, at): (&str, &str),
) -> StoredRevision {
    let manifest = Manifest {
        schema: 1,
        board: key.board.clone(),
        period: key.period,
        edition,
        revision,
        state,
        supersedes,
        outstanding: 0,
        awaited: Vec::new(),
        lacks: BTreeMap::new(),
        inputs: Vec::new(),
        record: RevisionRecord::default(),
        config_sha256: "01".into(),
        template_sha256: "02".into(),
        content_sha256: content.into(),
        files: vec![FileEntry { name: "figures.csv".into(), sha256: sha256(FIGURES.as_bytes()), bytes: 14 }],
        program: "boardpack".into(),
        seal: None,
    };
    let manifest = serde_json::to_string_pretty(&manifest).unwrap() + "\n";
    StoredRevision {
        key: key.clone(),
        edition,
        revision,
        manifest_sha256: sha256(manifest.as_bytes()),
        manifest,
        figures_csv: FIGURES.to_owned(),
        issued_at: at.to_owned(),
    }
}
