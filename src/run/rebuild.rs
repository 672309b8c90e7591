//! `rebuild`: an issued pack made again from the archive, by the walk itself, in a folder of
//! its own: the config as it was, the workbooks as they were, the ledger as far as it went.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use chrono::{DateTime, Utc};

use super::folders::PublishedFolders;
use super::keeping::archive;
use super::upkeep::Asker;
use super::{ActivationRequest, PackResult, Resources, RunError, RunMode, Silent, StopToken, activate};
use crate::config::{Config, ConfigError, DeclaredStorage, Loaded};
use crate::domain::{Edition, PackKey};
use crate::ledger::{Ledger, LedgerError, StoredRevision};
use crate::publish::archive::{Archive, ArchivedActivation};
use crate::publish::{Manifest, Publication, PublishError, revision_below};
use crate::reader::WorkbookReader;
use crate::storage::StorageSettings;
use crate::typeset::{Stationery, StationeryError};

/// What a pack that was made again is, beside the one that was issued.
#[derive(Debug, serde::Serialize)]
pub struct Rebuilt {
    /// The folder that it lies in.
    pub folder: PathBuf,
    /// Each file that was issued, and whether it is the same to the byte.
    pub files: Vec<RebuiltFile>,
    /// What it is made by or of that is another than then: the program, the templates, what
    /// it says.
    pub differs: Vec<&'static str>,
}

/// One file of it.
#[derive(Debug, serde::Serialize)]
pub struct RebuiltFile {
    /// Its name.
    pub name: String,
    /// Whether it is the same to the byte.
    pub same: bool,
}

impl Rebuilt {
    /// Whether every file is the same to the byte.
    pub fn is_same(&self) -> bool {
        self.files.iter().all(|file| file.same)
    }
}

/// Why a pack could not be made again.
#[derive(Debug, thiserror::Error)]
pub enum RebuildError {
    /// Nothing is kept.
    #[error(
        "failed to find an archive (hint: packs can be made again that were published while `path` under [archive] in boardpack.toml named one)"
    )]
    NoArchive,
    /// The revision was never issued.
    #[error("failed to find revision {0} of this pack: it was not published")]
    NotIssued(u32),
    /// The archive does not have it.
    #[error(
        "failed to find in the archive what revision {0} was made of (hint: was it published before there was an archive, or longer ago than `keep_days`?)"
    )]
    NotKept(u32),
    /// It was made from a list of people.
    #[error("failed to make it again: {0} is a list of people, and the archive keeps none")]
    People(String),
    /// There is something where it should go.
    #[error("failed to use {}: it is there already (hint: name a folder that is not)", .0.display())]
    InTheWay(PathBuf),
    /// A file of its own could not be written or read.
    #[error("failed to write {}", .path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The program came to something else than a revision.
    #[error("failed to make it again: {0}")]
    Otherwise(String),
    /// The config as it was is none for this program.
    #[error("failed to read the config as it was then")]
    Config(#[from] ConfigError),
    /// The theme as it was cannot be used.
    #[error("failed to use the theme as it was then")]
    Theme(#[from] StationeryError),
    /// A folder could not be used.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The ledger could not be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// Nothing could be tried.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// Makes a revision again below `to`, which must not be there yet.
pub async fn rebuild(
    config: &Config,
    (key, edition, revision): (&PackKey, Edition, u32),
    to: &Path,
    reader: WorkbookReader,
) -> Result<Rebuilt, RebuildError> {
    let archive = archive(config).ok_or(RebuildError::NoArchive)?;
    let folders = PublishedFolders::open(config)?;
    let folder = folders.of(edition).ok_or(RebuildError::NotIssued(revision))?;
    let issued = folder.published(key, revision)?.ok_or(RebuildError::NotIssued(revision))?;
    let then = archive.activation(key, edition, revision)?.ok_or(RebuildError::NotKept(revision))?;
    let own = super::sources_of(config, std::slice::from_ref(&key.board));
    if let Some(people) = own.iter().find(|source| then.people.contains(source.as_str())) {
        return Err(RebuildError::People(people.to_string()));
    }
    let loaded = restore(&archive, &then, to)?;
    remember(&folders, &loaded.config, (key, edition, revision), &then)?;
    let stationery = Stationery::themed(Stationery::built_in(), &loaded.config.theme)?;
    let resources = Resources::new(reader);
    let asker = Asker { by: "rebuild".to_owned(), now: then.at };
    let keys = then.boards.iter().map(|board| PackKey { period: then.period, board: board.clone() }).collect();
    let request =
        ActivationRequest { keys, mode: RunMode::Publish, new_look: then.new_look, stop: StopToken::default(), asker };
    let outcomes = activate(&loaded.config, &loaded.commentary, &stationery, &resources, request, &Silent).await?;
    let own = outcomes.into_iter().find(|outcome| (&outcome.key, outcome.edition) == (key, edition));
    match own.map(|outcome| outcome.result) {
        Some(PackResult::Published(made)) => Ok(compared(&issued, &made)),
        Some(PackResult::Held { findings, .. }) => {
            let blocking: Vec<String> =
                findings.iter().filter(|finding| finding.is_blocking()).map(ToString::to_string).collect();
            Err(RebuildError::Otherwise(format!("it is held now: {}", blocking.join("; "))))
        }
        Some(PackResult::Failed { error, .. }) => Err(RebuildError::Otherwise(error)),
        Some(PackResult::Unchanged(_) | PackResult::WouldPublish { .. } | PackResult::PutOff(_)) => {
            Err(RebuildError::Otherwise("it says no more than the revision before".to_owned()))
        }
        None => Err(RebuildError::Otherwise("its board is not in the config as it was".to_owned())),
    }
}

fn compared(issued: &Publication, made: &Publication) -> Rebuilt {
    let (then, now) = (&issued.manifest, &made.manifest);
    let is_same = |name: &str, sha256: &str| now.files.iter().any(|file| file.name == name && file.sha256 == sha256);
    let mut files: Vec<RebuiltFile> = then
        .files
        .iter()
        .map(|file| RebuiltFile { name: file.name.clone(), same: is_same(&file.name, &file.sha256) })
        .collect();
    files.push(RebuiltFile { name: "manifest.json".to_owned(), same: issued.sha256() == made.sha256() });
    let parts = |manifest: &Manifest| {
        [
            ("program", manifest.program.clone()),
            ("templates", manifest.template_sha256.clone()),
            ("config", manifest.config_sha256.clone()),
            ("content", manifest.content_sha256.clone()),
        ]
    };
    let differs = parts(then).into_iter().zip(parts(now)).filter(|(then, now)| then != now);
    let differs = differs.map(|((name, _), _)| name).collect();
    Rebuilt { folder: made.folder().to_owned(), files, differs }
}

/// Writes the config and the workbooks as they were, and reads the config.
fn restore(archive: &Archive, then: &ArchivedActivation, to: &Path) -> Result<Loaded, RebuildError> {
    let written = |path: &Path| {
        let path = path.to_owned();
        move |source| RebuildError::File { path, source }
    };
    match make_own(to) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(RebuildError::InTheWay(to.to_owned()));
        }
        made => made.map_err(written(to))?,
    }
    let to = to.canonicalize().map_err(written(to))?;
    for folder in ["config", "published", "restricted", "held"] {
        let path = to.join(folder);
        make_own(&path).map_err(written(&path))?;
    }
    let is_below = |name: &str| Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    for (name, digest) in then.config.iter().filter(|(name, _)| is_below(name)) {
        write(&to.join("config").join(name), &archive.read(digest)?, None)?;
    }
    let mut loaded = Loaded::load(&to.join("config"), &[], crate::storage::KINDS)?;
    for (id, input) in &then.inputs {
        let Some(source) = loaded.config.sources.values().find(|source| source.id.as_str() == id) else { continue };
        let declared = loaded.config.service.storages.get(&source.storage);
        let settings = declared.and_then(DeclaredStorage::settings::<StorageSettings>);
        let Some(folder) = settings.and_then(|settings| settings.folder()) else { continue };
        let path = loaded.config.path(folder).join(&input.origin);
        if !then.people.contains(id) && is_below(&input.origin) && !path.exists() {
            write(&path, &archive.read(&input.sha256)?, input.as_at)?;
        }
    }
    // The council's own ledger has no part in it.
    loaded.config.service.ledger = None;
    // What is made says of which config it was made then.
    loaded.config.sha256.clone_from(&then.config_sha256);
    Ok(loaded)
}

/// Gives the ledger and the folders below `to` what they had before this revision.
fn remember(
    folders: &PublishedFolders,
    scratch: &Config,
    (key, edition, revision): (&PackKey, Edition, u32),
    then: &ArchivedActivation,
) -> Result<(), RebuildError> {
    let was_before = |stored: &StoredRevision| {
        let issued: Option<DateTime<Utc>> = stored.issued_at.parse().ok();
        let is_own = &stored.key == key && stored.edition == edition;
        // An activation makes its earlier periods first.
        let is_earlier = issued.is_some_and(|at| at < then.at || at == then.at && stored.key.period < then.period);
        if is_own { stored.revision < revision } else { is_earlier }
    };
    let ledger = Ledger::open(super::folders::ledger_place(scratch), &scratch.service.council.name)?;
    let mut latest: [Option<(PackKey, Edition, u32)>; 2] = [None, None];
    let mut rows = Vec::new();
    for stored in folders.filled()?.revisions_one_by_one()? {
        let stored = stored?;
        if !was_before(&stored) {
            continue;
        }
        let of = (stored.key.clone(), stored.edition, stored.revision);
        if &stored.key == key {
            copy(folders, scratch, &of)?;
        }
        latest[usize::from(stored.edition == Edition::Restricted)] = Some(of);
        rows.push(stored);
    }
    // A folder in which nothing stands of what is known would be taken for one that is lost.
    for of in latest.iter().flatten() {
        copy(folders, scratch, of)?;
    }
    Ok(ledger.record(rows, "rebuild")?)
}

/// Copies a revision into the folder of its edition below `to`.
fn copy(
    folders: &PublishedFolders,
    scratch: &Config,
    (key, edition, revision): &(PackKey, Edition, u32),
) -> Result<(), RebuildError> {
    let Some(publication) = folders.of(*edition).map(|folder| folder.published(key, *revision)).transpose()?.flatten()
    else {
        return Ok(());
    };
    let Some(path) = scratch.service.published_path(*edition) else { return Ok(()) };
    let folder = scratch.path(path).join(revision_below(key, *revision));
    let names = publication.manifest.files.iter().map(|file| file.name.as_str()).chain(["manifest.json"]);
    for name in names {
        let from = publication.folder().join(name);
        let bytes = read(&from).map_err(|source| RebuildError::File { path: from, source })?;
        write(&folder.join(name), &bytes, None)?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a published file is copied into a folder of its own")]
fn read(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path)
}

/// Writes a file, as changed at an instant, and the folders above it.
#[expect(clippy::disallowed_methods, reason = "the folder was made here, for this pack alone")]
fn write(path: &Path, bytes: &[u8], changed: Option<DateTime<Utc>>) -> Result<(), RebuildError> {
    let written = || -> io::Result<()> {
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, bytes)?;
        match changed {
            Some(at) => fs::File::options().write(true).open(path)?.set_modified(at.into()),
            None => Ok(()),
        }
    };
    written().map_err(|source| RebuildError::File { path: path.to_owned(), source })
}

/// Makes a folder for this account alone: a restricted edition's numbers will be in it.
fn make_own(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
