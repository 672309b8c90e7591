//! The council's configuration: read, cross-checked, resolved.
//!
//! Layers, weakest first: the defaults in the program (`defaults.toml`, which
//! is also the manual), the files of the config directory, the environment
//! (`BOARDPACK__SECTION__KEY`, service settings only). Every fault is reported
//! at once with its file, its key and a hint; a [`Config`] that exists is
//! whole: every name in it is defined somewhere.
//!
//! | file | story |
//! |---|---|
//! | [`service`] | `boardpack.toml`: council, schedule, logs, and what the rest of it says |
//! | `publish`, `uploads` | `[publish]`: where packs go, and the storages where readers have them |
//! | `storages` | `[storage.NAME]`: each kind of storage reads its own settings |
//! | `indicators` | `indicators.toml`: the register and the glossary |
//! | `targets`, `benchmarks` | what an indicator's figures are held against |
//! | `marks` | what is to be known of figures beside their numbers |
//! | `breakdowns` | the parts of an indicator |
//! | `sources` | `sources.toml`: workbooks and their layout |
//! | `checks` | the `checks` tables of sources and indicators |
//! | `person` | `person_level = true`: what is counted from a list of people, whole and part |
//! | `trend` | what the register says of an indicator over time; a board's baseline |
//! | `boards` | `boards/<board>.toml` |
//! | `timing` | when a board's pack is made, and what happens around it |
//! | `agenda` | what a board's file says beside its figures |
//! | `theme` | `theme.toml` and the folder `theme/`: the council's own look |
//! | `related` | what an indicator is read with, serves and was promised |
//! | `commentary` | `commentary/<period>/<board>.toml` and its sign-off; what a board asks of its commentary |
//! | `editions` | what may be published, and as which edition |
//! | `calendar` | `calendar.toml`: bank holidays |
//! | `contacts` | `contacts.toml`: who is told by mail |
//! | `mail`, `webhooks` | `[mail]`, `[webhook.NAME]`: what people are told through |
//! | `characters` | what a font may lack, and where it stands |
//! | `archive` | `[archive]`: what published packs were made of, kept |
//! | `limits` | `[limits]` of `boardpack.toml`: what a workbook may cost |
//! | `reader` | one table, key by key, every fault noted |
//! | `value` | values as their author wrote them, and what is wrong with one |
//! | `choice` | keys that take one of a few words |
//! | `suggest` | "did you mean" |
//! | [`fault`] | what is wrong, and where faults are gathered |
//! | [`files`] | the directory's files and their digest |
//!
//! Its files name one another in one direction: `tests/suite/order.rs` finds a circle.

mod agenda;
mod archive;
mod benchmarks;
mod boards;
mod breakdowns;
mod calendar;
mod characters;
mod checks;
mod choice;
mod commentary;
mod contacts;
mod editions;
pub mod fault;
pub mod files;
mod heartbeat;
mod indicators;
mod limits;
mod mail;
mod marks;
mod person;
mod publish;
mod reader;
mod related;
pub mod secret;
mod server;
pub mod service;
mod sources;
mod storages;
mod suggest;
mod sums;
mod targets;
mod theme;
mod timing;
mod trend;
mod uploads;
mod value;
mod webhooks;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use archive::ArchiveSettings;
pub use characters::SpecialText;
use fault::Faults;
pub use fault::{ConfigError, Fault};
pub use files::Files;
pub use heartbeat::Heartbeat;
pub use mail::{MailSecurity, MailServer, MailSignIn, SignInProof};
pub use reader::TableReader;
pub use service::Service;
pub use storages::{DeclaredStorage, StorageKind, StoredSettings};
pub use uploads::{UploadPlace, Uploads};
pub use webhooks::{Webhook, WebhookShape};

use crate::domain::contact::Contacts;
use crate::domain::known_sum::KnownSum;
use crate::domain::theme::Theme;
use crate::domain::{Board, BoardId, Calendar, Commentary, Indicator, Register, Source, SourceId};

/// A whole, cross-checked configuration.
#[derive(Debug, Clone)]
pub struct Config {
    /// The directory it was read from; paths in it are relative to this.
    pub dir: PathBuf,
    /// Service settings.
    pub service: Service,
    /// Indicators.
    pub register: Register,
    /// What counts of different indicators add up to.
    pub sums: Vec<KnownSum>,
    /// Abbreviations and their meanings, in alphabetical order.
    pub glossary: BTreeMap<String, String>,
    /// Sources of workbooks.
    pub sources: BTreeMap<SourceId, Source>,
    /// Boards, in the order of their names.
    pub boards: Vec<Board>,
    /// Bank holidays.
    pub calendar: Calendar,
    /// Who is told what.
    pub contacts: Contacts,
    /// SHA-256 over the names and bytes of all config files.
    pub sha256: String,
    /// The council's own look.
    pub theme: Theme,
    /// Texts with characters that a font may lack.
    pub special_texts: Vec<SpecialText>,
}

/// A config directory as it was read: the settings, and what officers wrote.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The settings.
    pub config: Config,
    /// What officers wrote and signed.
    pub commentary: Commentary,
    /// What is wrong with the files that officers write. Each holds its own
    /// pack and no other.
    pub unread: Vec<Fault>,
}

impl Loaded {
    /// Reads a config directory and the environment. `kinds` are the kinds of
    /// storage that there are: each reads its own settings.
    pub fn load(dir: &Path, environment: &[(String, String)], kinds: &[StorageKind]) -> Result<Self, ConfigError> {
        let files = Files::read(dir).map_err(|fault| ConfigError(vec![fault]))?;
        Self::resolve(dir, &files, environment, kinds)
    }

    /// Resolves files already read.
    pub fn resolve(
        dir: &Path,
        files: &Files,
        environment: &[(String, String)],
        kinds: &[StorageKind],
    ) -> Result<Self, ConfigError> {
        let faults = Faults::default();
        let service = Service::read((dir, files), environment, kinds, &faults);
        let indicators::ReadRegister { mut register, glossary, sums } = indicators::read(files, &faults);
        trend::set_rules(service.as_ref().map(|service| service.rules).unwrap_or_default(), &mut register);
        let mut sources = sources::read(files, &service, &register, &faults);
        indicators::check_sources(&register, &sources, &faults);
        checks::check_totals(&register, &faults);
        targets::check_maximums(&register, &faults);
        related::check(&register, &faults);
        let boards = boards::read(files, &service, &register, &faults);
        let (commentary, mut unread) = commentary::read(files, &boards, &faults);
        let calendar = calendar::read(files, &faults);
        let contacts = contacts::read(files, (&boards, &register, &sources), &faults);
        let theme = theme::read(files, &faults);
        person::set_bank_holidays(&calendar, sources.values_mut());
        let mut faults = faults.into_sorted();
        unread.sort();
        if !faults.is_empty() {
            // Whoever mends the config sees everything at once.
            faults.extend(unread.iter().cloned());
            faults.sort();
        }
        match service {
            Some(service) if faults.is_empty() => {
                let (dir, sha256) = (dir.to_owned(), files.sha256());
                let special_texts = characters::special_texts(files);
                let config = Config {
                    dir,
                    service,
                    register,
                    sums,
                    glossary,
                    sources,
                    boards,
                    calendar,
                    contacts,
                    sha256,
                    theme,
                    special_texts,
                };
                Ok(Self { config, commentary, unread })
            }
            _ => Err(ConfigError(faults)),
        }
    }

    /// The settings, unless anything at all is wrong: what officers wrote for
    /// one pack as well, which keeps no other pack from being made.
    pub fn whole(self) -> Result<Config, ConfigError> {
        if self.unread.is_empty() { Ok(self.config) } else { Err(ConfigError(self.unread)) }
    }
}

impl Config {
    /// A path of the config, which is relative to the config directory.
    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.join(path)
    }

    /// The digest of its files as they stand now; that of when they were read,
    /// where they cannot be.
    pub fn sha256_now(&self) -> String {
        Files::read(&self.dir).map_or_else(|_| self.sha256.clone(), |files| files.sha256())
    }

    /// A board by name.
    pub fn board(&self, id: &BoardId) -> Option<&Board> {
        self.boards.iter().find(|board| board.id == *id)
    }

    /// The indicators that a source carries.
    pub fn carried_by<'a>(&'a self, source: &'a SourceId) -> impl Iterator<Item = &'a Indicator> {
        self.register.values().filter(move |indicator| indicator.source == *source)
    }

    /// Every indicator whose figures a board shows: those it lists, and the
    /// parts of their breakdowns.
    pub fn shown_on<'a>(&'a self, board: &'a Board) -> impl Iterator<Item = &'a Indicator> {
        let listed =
            board.sections.iter().flat_map(|section| section.indicators.iter().map(move |name| (section, name)));
        listed.filter_map(|(section, name)| Some((section, self.register.get(name)?))).flat_map(|(section, whole)| {
            let shown = whole.breakdowns.iter().filter(move |breakdown| section.shows(whole, breakdown));
            let parts = shown.flat_map(|breakdown| &breakdown.parts).filter_map(|part| self.register.get(part));
            std::iter::once(whole).chain(parts)
        })
    }
}
