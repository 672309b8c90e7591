//! One folder for each edition, and what stands in them together.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::config::Config;
use crate::domain::{BoardId, Edition, PackKey, PackState, Period};
use crate::publish::{IssuedRevisions, Lock, PublishError, PublishedFolder};

/// The folders that packs go to.
pub(super) struct PublishedFolders {
    public: PublishedFolder,
    restricted: Option<PublishedFolder>,
    /// What is remembered of them.
    state: PathBuf,
}

/// Where it is remembered what was published: where the config says, else beside
/// the folder of held packs, `held-issued.json` beside `held`.
fn issued_path(config: &Config) -> PathBuf {
    if let Some(state) = &config.service.state_path {
        return config.path(state);
    }
    let held = config.path(&config.service.held_path);
    let mut name = held.file_name().unwrap_or_default().to_owned();
    name.push("-issued.json");
    held.with_file_name(name)
}

/// What stands of every pack.
#[derive(Debug, Clone, Default)]
pub struct StandingPacks {
    /// The state of its latest revision, where it was published.
    pub published: BTreeMap<PackKey, PackState>,
    /// Packs of which a reason stands why they are held.
    pub held: BTreeSet<PackKey>,
}

impl PublishedFolders {
    /// The config's folders. None need exist yet, and none is made.
    pub(super) fn open(config: &Config) -> Result<Self, PublishError> {
        let service = &config.service;
        let issued = IssuedRevisions::read(issued_path(config))?;
        let folder = |path: &str, edition| {
            let folder = PublishedFolder::open(config.path(path), config.path(&service.held_path), edition)?;
            Ok::<_, PublishError>(folder.knowing(&issued))
        };
        let public = folder(&service.publish_path, Edition::Public)?;
        let restricted =
            service.restricted_path.as_deref().map(|path| folder(path, Edition::Restricted)).transpose()?;
        if let Some(restricted) = &restricted {
            public.is_apart_from(restricted)?;
        }
        Ok(Self { public, restricted, state: issued.path().to_owned() })
    }

    /// Refuses a folder that was known and is empty or gone.
    pub(super) fn are_whole(&self) -> Result<(), PublishError> {
        self.all().into_iter().try_for_each(PublishedFolder::is_whole)
    }

    /// Remembers what stands. That it could not be is told, and is no reason to
    /// take back what was published.
    pub(super) fn remember(&self) {
        let noted = || {
            let mut issued = IssuedRevisions::read(self.state.clone())?;
            let standing: Vec<_> =
                self.all().into_iter().map(PublishedFolder::standing).collect::<Result<_, PublishError>>()?;
            issued.note(standing.iter().flat_map(BTreeMap::values).filter_map(|latest| latest.as_ref().ok()))
        };
        if let Err(error) = noted() {
            tracing::warn!(
                error = super::chain(&error),
                "what is published could not be remembered: a published folder that is gone would not be missed"
            );
        }
    }

    /// The folder of an edition; none where the config has no place for it.
    pub(super) fn of(&self, edition: Edition) -> Option<&PublishedFolder> {
        match edition {
            Edition::Public => Some(&self.public),
            Edition::Restricted => self.restricted.as_ref(),
        }
    }

    /// Every folder there is.
    pub(super) fn all(&self) -> Vec<&PublishedFolder> {
        [Some(&self.public), self.restricted.as_ref()].into_iter().flatten().collect()
    }

    /// The folder that the public reads.
    pub(super) fn public(&self) -> &PublishedFolder {
        &self.public
    }

    /// Takes every folder that some board needs, for one run.
    pub(super) fn lock(&self, config: &Config) -> Result<Vec<Lock>, PublishError> {
        let needed = |edition| config.boards.iter().any(|board| board.editions.contains(&edition));
        // The public folder guards the run, whether or not a pack goes there.
        let mut locks = vec![self.public.lock()?];
        if let Some(restricted) = self.restricted.as_ref().filter(|_| needed(Edition::Restricted)) {
            locks.push(restricted.lock()?);
        }
        Ok(locks)
    }

    /// Boards that have a pack of a month or of the one before it, published or
    /// held, and no file in the config any more; with the later of the two. One
    /// that was given up is spoken of no longer than that.
    pub(super) fn forgotten(&self, config: &Config, period: Period) -> Result<BTreeMap<BoardId, Period>, PublishError> {
        let mut forgotten = BTreeMap::new();
        for folder in self.all() {
            let packs = folder.packs()?.into_iter().filter(|key| [period.plus(-1), period].contains(&key.period));
            for key in packs.filter(|key| config.board(&key.board).is_none()) {
                let last = forgotten.entry(key.board).or_insert(key.period);
                *last = key.period.max(*last);
            }
        }
        Ok(forgotten)
    }

    /// What stands of every pack: a pack stands once each of its board's
    /// editions does, and is final once each is.
    ///
    /// A pack whose manifest cannot be read counts as not standing: trying it
    /// fails, is told each time, and leaves every other pack alone.
    pub(super) fn standing(&self, config: &Config) -> Result<StandingPacks, PublishError> {
        let mut found: BTreeMap<PackKey, Vec<PackState>> = BTreeMap::new();
        for folder in self.all() {
            for (key, latest) in folder.standing()? {
                // A board that is gone, or that has another edition now, stands as it is.
                let wanted = config.board(&key.board).is_none_or(|board| board.editions.contains(&folder.edition()));
                if let (true, Ok(latest)) = (wanted, latest) {
                    found.entry(key).or_default().push(latest.manifest.state);
                }
            }
        }
        let whole = |(key, states): (PackKey, Vec<PackState>)| {
            let editions = config.board(&key.board).map_or(1, |board| board.editions.len());
            // Draft comes before final.
            (states.len() >= editions).then(|| Some((key, *states.iter().min()?))).flatten()
        };
        let published = found.into_iter().filter_map(whole).collect();
        let held: Vec<_> = self.all().into_iter().map(PublishedFolder::notices).collect::<Result<_, PublishError>>()?;
        Ok(StandingPacks { published, held: held.into_iter().flat_map(BTreeMap::into_keys).collect() })
    }
}
