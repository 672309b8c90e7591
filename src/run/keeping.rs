//! What an activation was made of, kept in the archive: workbooks as they are read, the
//! config and the list of all of it once something is published.
//!
//! That it could not be kept is told and holds no pack.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use super::upkeep::Asker;
use super::{Outcome, PackResult, chain};
use crate::config::files::CONTACTS;
use crate::config::{Config, Files};
use crate::digest::sha256;
use crate::domain::{BoardId, Input, Period, SourceId};
use crate::publish::PublishError;
use crate::publish::archive::{Archive, ArchivedActivation, ArchivedRevision};
use crate::source::{Fetched, Workbook};

/// The settings, of which no more is kept than packs are made of.
const SETTINGS: &str = "boardpack.toml";

/// The council's archive; none where it has none.
pub(super) fn archive(config: &Config) -> Option<Archive> {
    config.service.archive.as_ref().map(|settings| Archive::at(config.path(&settings.path)))
}

/// What an activation made packs of.
pub(super) struct MadeOf<'a> {
    pub(super) period: Period,
    pub(super) boards: &'a [BoardId],
    pub(super) config_sha256: &'a str,
    pub(super) inputs: &'a BTreeMap<SourceId, Input>,
    pub(super) new_look: bool,
    pub(super) asker: &'a Asker,
}

/// Keeps the workbooks that were fetched, but none that a list of people is read from.
pub(super) fn workbooks(archive: &Archive, config: &Config, fetched: &BTreeMap<SourceId, Fetched>) {
    let of = |(id, fetched): (&SourceId, &'_ Fetched)| match fetched {
        Fetched::Workbook(workbook) | Fetched::Carried { workbook, .. } => {
            Some((is_of_people(config, id), workbook.clone()))
        }
        Fetched::Findings(_) | Fetched::Unreachable(_) => None,
    };
    let all: Vec<(bool, std::sync::Arc<Workbook>)> = fetched.iter().filter_map(of).collect();
    let people: BTreeSet<&str> =
        all.iter().filter(|(is_of_people, _)| *is_of_people).map(|(_, workbook)| workbook.sha256()).collect();
    for (_, workbook) in all.iter().filter(|(_, workbook)| !people.contains(workbook.sha256())) {
        let kept = workbook.bytes().map_err(|source| PublishError::Read { path: workbook.origin().into(), source });
        if let Err(error) = kept.and_then(|bytes| archive.keep(workbook.sha256(), &bytes)) {
            return tell(&error);
        }
    }
}

fn is_of_people(config: &Config, id: &SourceId) -> bool {
    config.sources.get(id).is_none_or(|source| source.person.is_some())
}

/// Keeps the config and notes what was published, where anything was; and removes what is
/// older than the archive keeps.
pub(super) fn note(archive: &Archive, config: &Config, made_of: &MadeOf<'_>, outcomes: &[Outcome]) {
    let kept = published(config, made_of, outcomes).map_or(Ok(()), |noted| keep(archive, config, noted));
    let days = config.service.archive.as_ref().map_or(u32::MAX, |settings| settings.keep_days);
    let before = made_of.asker.now.checked_sub_signed(TimeDelta::days(days.into()));
    let pruned = before.map_or(Ok(0), |before| archive.prune(before));
    match kept.and(pruned) {
        Ok(0) => {}
        Ok(files) => tracing::info!(files, "files were removed from the archive: no pack needs them that is kept"),
        Err(error) => tell(&error),
    }
}

/// What was published, without the files of the config.
fn published(config: &Config, made_of: &MadeOf<'_>, outcomes: &[Outcome]) -> Option<ArchivedActivation> {
    let of = |outcome: &Outcome| match &outcome.result {
        PackResult::Published(publication) => Some(ArchivedRevision {
            board: outcome.key.board.clone(),
            edition: outcome.edition,
            revision: publication.manifest.revision,
            manifest_sha256: publication.sha256().to_owned(),
        }),
        _ => None,
    };
    let made: Vec<ArchivedRevision> = outcomes.iter().filter_map(of).collect();
    let (schema, program) = ArchivedActivation::stamp();
    let people = made_of.inputs.keys().filter(|id| is_of_people(config, id));
    (!made.is_empty()).then(|| ArchivedActivation {
        schema,
        at: made_of.asker.now,
        period: made_of.period,
        program,
        new_look: made_of.new_look,
        boards: made_of.boards.to_vec(),
        config_sha256: made_of.config_sha256.to_owned(),
        config: BTreeMap::new(),
        inputs: made_of.inputs.iter().map(|(id, input)| (id.to_string(), input.clone())).collect(),
        people: people.map(SourceId::to_string).collect(),
        made,
    })
}

fn keep(archive: &Archive, config: &Config, mut noted: ArchivedActivation) -> Result<(), PublishError> {
    let files = match Files::read(&config.dir) {
        Ok(files) if files.sha256() == noted.config_sha256 => files,
        _ => {
            tracing::warn!("the config was changed while packs were made: they cannot be made again from the archive");
            return Ok(());
        }
    };
    let settings = config.service.archive.as_ref().map(|settings| settings.settings.as_str()).unwrap_or_default();
    // Whom messages go to is nobody's business in years.
    let texts = files.below("").filter(|name| *name != CONTACTS).map(|name| match name {
        SETTINGS => (name.to_owned(), settings.as_bytes()),
        name => (name.to_owned(), files.text(name).unwrap_or_default().as_bytes()),
    });
    let assets = files.assets().iter().map(|(name, bytes)| (format!("theme/{name}"), bytes.as_slice()));
    for (name, bytes) in texts.chain(assets) {
        let digest = sha256(bytes);
        archive.keep(&digest, bytes)?;
        noted.config.insert(name, digest);
    }
    archive.note(&noted)
}

fn tell(error: &PublishError) {
    tracing::warn!(error = chain(error), "what packs were made of could not be kept in the archive");
}
