//! One folder for each edition, the ledger beside them, and what stands in them together.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{RunError, share};
use crate::config::Config;
use crate::domain::{BoardId, Edition, PackKey, PackState, Period};
use crate::ledger::{Ledger, LedgerError, LedgerPlace, StandingRevision};
use crate::publish::{KnownRevisions, Lock, PublishError, PublishedFolder};

/// The folders that packs go to, and what is remembered of them.
pub(super) struct PublishedFolders {
    public: PublishedFolder,
    restricted: Option<PublishedFolder>,
    ledger: Ledger,
    /// Where an earlier program remembered what was published.
    remembered: PathBuf,
}

/// What stands of every pack.
#[derive(Debug, Clone, Default)]
pub struct StandingPacks {
    /// The state of its latest revision, where it was published.
    pub published: BTreeMap<PackKey, PackState>,
    /// Packs of which a reason stands why they are held.
    pub held: BTreeSet<PackKey>,
}

impl StandingPacks {
    /// Of the latest revision of each edition, and of what is held: a pack stands once each
    /// of its board's editions does, and is final once each is.
    pub(crate) fn of(config: &Config, latest: Vec<StandingRevision>, held: BTreeSet<PackKey>) -> Self {
        let mut found: BTreeMap<PackKey, Vec<PackState>> = BTreeMap::new();
        for latest in latest {
            // A board that is gone, or that has another edition now, stands as it is.
            let wanted = config.board(&latest.key.board).is_none_or(|board| board.editions.contains(&latest.edition));
            if wanted {
                found.entry(latest.key).or_default().push(latest.state);
            }
        }
        let whole = |(key, states): (PackKey, Vec<PackState>)| {
            let editions = config.board(&key.board).map_or(1, |board| board.editions.len());
            // Draft comes before final.
            (states.len() >= editions).then(|| Some((key, *states.iter().min()?))).flatten()
        };
        Self { published: found.into_iter().filter_map(whole).collect(), held }
    }
}

/// Where the ledger lies: where the config says, else beside the folder of held packs,
/// `held-ledger.db` beside `held`. A place that was named for an earlier program's file,
/// `….json`, has the ledger beside that.
pub(super) fn ledger_place(config: &Config) -> LedgerPlace {
    if let Some(address) = &config.service.ledger {
        return LedgerPlace::Server(address.clone());
    }
    LedgerPlace::File(match &config.service.state_path {
        Some(state) if state.ends_with(".json") => config.path(state).with_extension("db"),
        Some(state) => config.path(state),
        None => beside_held(config, "-ledger.db"),
    })
}

/// Where an earlier program remembered what was published: where the config said, or
/// beside the folder of held packs.
fn remembered_path(config: &Config) -> PathBuf {
    let named = config.service.state_path.as_ref().map(|state| config.path(state).with_extension("json"));
    named.filter(|path| path.is_file()).unwrap_or_else(|| beside_held(config, "-issued.json"))
}

/// The ledger, where there is one.
pub(super) fn existing_ledger(config: &Config) -> Result<Option<Ledger>, LedgerError> {
    Ledger::look(ledger_place(config), &config.service.council.name)
}

fn beside_held(config: &Config, end: &str) -> PathBuf {
    let held = config.path(&config.service.held_path);
    let mut name = held.file_name().unwrap_or_default().to_owned();
    name.push(end);
    held.with_file_name(name)
}

impl PublishedFolders {
    /// The config's folders and their ledger, for whoever looks: nothing of them need exist
    /// yet, and none is made.
    pub(super) fn open(config: &Config) -> Result<Self, RunError> {
        let council = &config.service.council.name;
        let ledger = match Ledger::look(ledger_place(config), council)? {
            Some(ledger) if !ledger.is_new()? => ledger,
            _ => Ledger::in_memory(council)?,
        };
        Self::looking(config, ledger)
    }

    /// The config's folders, which know what the ledger does; what others issue meanwhile is no fault.
    fn looking(config: &Config, ledger: Ledger) -> Result<Self, RunError> {
        let folders = Self::with(config, ledger)?;
        for folder in folders.all() {
            folder.now_knowing(folders.ledger.memory(folder.edition(), &folders.remembered)?.to_look());
        }
        Ok(folders)
    }

    /// The config's folders for packs of which `ledger` holds the locks, settled as far as
    /// those are concerned: several services publish to them.
    pub(super) fn open_under_locks(
        config: &Config,
        ledger: Ledger,
        by: &str,
        is_ours: &dyn Fn(&PackKey) -> bool,
    ) -> Result<Self, RunError> {
        let folders = Self::looking(config, ledger)?;
        folders.are_whole()?;
        for folder in folders.needed(config) {
            folder.ready()?;
        }
        folders.ledger.settle(&folders.all(), &folders.remembered, by, is_ours)?;
        folders.know_all()?;
        Ok(folders)
    }

    /// The same without the ledger where that cannot be used: what was issued is proved by
    /// the folder, and what is gone from it is not missed.
    pub(super) fn open_to_verify(config: &Config) -> Result<Self, RunError> {
        match Self::open(config) {
            Err(RunError::Ledger(error)) => {
                tracing::warn!(error = super::chain(&error), "what is gone is not missed: the ledger cannot be read");
                Self::unremembered(config)
            }
            opened => opened,
        }
    }

    /// The same for a dry run, which plans what a run would do: it too follows on nothing that
    /// the ledger does not know.
    pub(super) fn open_to_plan(config: &Config) -> Result<Self, RunError> {
        let folders = Self::open(config)?;
        folders.are_whole()?;
        folders.filled()?;
        folders.know_all()?;
        Ok(folders)
    }

    /// The config's folders for one run, with their locks and a ledger that is settled with
    /// them: it knows all that stands, and stands in the folders.
    pub(super) fn open_for_run(config: &Config, by: &str) -> Result<(Self, Vec<Lock>), RunError> {
        let folders = Self::open(config)?;
        folders.are_whole()?;
        folders.settled(config, by)
    }

    /// The same for whoever says why a folder is empty, which is there: what stood in it is
    /// not missed before the locks are taken.
    pub(super) fn open_to_mend(config: &Config, board: &BoardId, by: &str) -> Result<(Self, Vec<Lock>), RunError> {
        if ledger_place(config).is_shared() {
            let (ledger, is_ours) = share::locked(config, std::slice::from_ref(board))?;
            let folders = Self::looking(config, ledger)?;
            folders.are_there()?;
            folders.ledger.settle(&folders.all(), &folders.remembered, by, &|key| is_ours.contains(&key.board))?;
            folders.know_all()?;
            return Ok((folders, Vec::new()));
        }
        let folders = Self::open(config)?;
        folders.are_there()?;
        folders.settled(config, by)
    }

    /// Refuses folders that are gone; one that is empty is there, and misses nothing.
    fn are_there(&self) -> Result<(), PublishError> {
        for folder in self.all() {
            if !folder.root().is_dir() {
                folder.is_whole()?;
            }
            folder.now_knowing(KnownRevisions::some());
        }
        Ok(())
    }

    /// The folders alone, which know nothing, for whoever holds them against a ledger.
    pub(super) fn unremembered(config: &Config) -> Result<Self, RunError> {
        Self::with(config, Ledger::in_memory(&config.service.council.name)?)
    }

    fn settled(self, config: &Config, by: &str) -> Result<(Self, Vec<Lock>), RunError> {
        let mut folders = self;
        let locks = folders.lock(config)?;
        if folders.ledger.is_in_memory() {
            folders.ledger = Ledger::open(ledger_place(config), &config.service.council.name)?;
        }
        folders.ledger.settle(&folders.all(), &folders.remembered, by, &|_| true)?;
        folders.know_all()?;
        Ok((folders, locks))
    }

    fn with(config: &Config, ledger: Ledger) -> Result<Self, RunError> {
        let service = &config.service;
        let remembered = remembered_path(config);
        let place = ledger_place(config);
        let mut memory = match place.is_shared() {
            true => "this council's rows from the ledger in PostgreSQL".to_owned(),
            false => place.to_string(),
        };
        if is_there(&remembered)? {
            memory = format!("{memory} and {}", remembered.display());
        }
        let folder = |path: &str, edition| {
            let folder = PublishedFolder::open(config.path(path), config.path(&service.held_path), edition)?;
            Ok::<_, PublishError>(folder.remembered_in(memory.clone()).shared(place.is_shared()))
        };
        let public = folder(&service.publish_path, Edition::Public)?;
        let restricted =
            service.restricted_path.as_deref().map(|path| folder(path, Edition::Restricted)).transpose()?;
        if let Some(restricted) = &restricted {
            public.is_apart_from(restricted)?;
        }
        Ok(Self { public, restricted, ledger, remembered })
    }

    /// Holds the folders to all that the ledger knows: what stands and is not in it was put
    /// there by others.
    fn know_all(&self) -> Result<(), RunError> {
        for folder in self.all() {
            folder.now_knowing(self.ledger.memory(folder.edition(), &self.remembered)?);
        }
        Ok(())
    }

    /// Refuses a folder that was known and is empty or gone.
    pub(super) fn are_whole(&self) -> Result<(), PublishError> {
        self.all().into_iter().try_for_each(PublishedFolder::is_whole)
    }

    /// The ledger. Before there is one, what stands in the folders is read instead.
    pub(super) fn filled(&self) -> Result<&Ledger, LedgerError> {
        if self.ledger.is_in_memory() && self.ledger.is_new()? {
            self.ledger.fill(&self.all(), &self.remembered, "")?;
        }
        Ok(&self.ledger)
    }

    /// The ledger, however much it knows.
    pub(super) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The folder of an edition; none where the config has no place for it.
    pub(super) fn of(&self, edition: Edition) -> Option<&PublishedFolder> {
        match edition {
            Edition::Public => Some(&self.public),
            Edition::Restricted => self.restricted.as_ref(),
        }
    }

    /// The folder that the public reads.
    pub(super) fn public(&self) -> &PublishedFolder {
        &self.public
    }

    /// Every folder there is.
    pub(super) fn all(&self) -> Vec<&PublishedFolder> {
        [Some(&self.public), self.restricted.as_ref()].into_iter().flatten().collect()
    }

    /// Takes every folder that some board needs, for one run.
    pub(super) fn lock(&self, config: &Config) -> Result<Vec<Lock>, PublishError> {
        self.needed(config).into_iter().map(PublishedFolder::lock).collect()
    }

    /// The folders that some board needs. The public one guards a run, whether or not a pack goes there.
    fn needed(&self, config: &Config) -> Vec<&PublishedFolder> {
        let is_needed = config.boards.iter().any(|board| board.editions.contains(&Edition::Restricted));
        let restricted = self.restricted.as_ref().filter(|_| is_needed);
        [Some(&self.public), restricted].into_iter().flatten().collect()
    }

    /// Boards that have a pack of a month or of the one before it, published or
    /// held, and no file in the config any more; with the later of the two. One
    /// that was given up is spoken of no longer than that.
    pub(super) fn forgotten(&self, config: &Config, period: Period) -> Result<BTreeMap<BoardId, Period>, PublishError> {
        let mut forgotten = BTreeMap::new();
        for folder in self.all() {
            for month in [period.plus(-1), period] {
                for key in folder.packs_of(month)?.into_iter().filter(|key| config.board(&key.board).is_none()) {
                    let last = forgotten.entry(key.board).or_insert(key.period);
                    *last = key.period.max(*last);
                }
            }
        }
        Ok(forgotten)
    }

    /// What stands of the packs of a period and of later ones. Of the folders it is looked
    /// alone whether packs stand in them, and the ledger is asked for no more than that: what
    /// a look costs does not grow with what was published.
    pub(super) fn standing_since(config: &Config, from: Period) -> Result<StandingPacks, RunError> {
        let Some(ledger) = existing_ledger(config)? else { return Self::open(config)?.standing(config) };
        let folders = Self::with(config, ledger)?;
        let mut is_known = !folders.ledger.is_new()?;
        for folder in folders.all() {
            is_known &= !folders.ledger.has_issued(folder.edition())? || folder.has_packs()?;
        }
        if !is_known {
            drop(folders);
            return Self::open(config)?.standing(config);
        }
        let ledger = folders.ledger();
        Ok(StandingPacks::of(config, ledger.standing_since(from)?, ledger.held()?))
    }

    /// What stands of every pack, as the ledger has it: a pack stands once each of its
    /// board's editions does, and is final once each is. No pack's files are looked at.
    ///
    /// A pack that could not be read counts as not standing: trying it fails, is told
    /// each time, and leaves every other pack alone.
    pub(super) fn standing(&self, config: &Config) -> Result<StandingPacks, RunError> {
        self.are_whole()?;
        let ledger = self.filled()?;
        Ok(StandingPacks::of(config, ledger.standing()?, ledger.held()?))
    }
}

fn is_there(path: &Path) -> Result<bool, LedgerError> {
    path.try_exists().map_err(|source| LedgerError::File { path: path.to_owned(), source })
}
