//! Reading, and then every check that needs more than one source's cells: what
//! was published, the file's own facts, the other sources.

use std::collections::{BTreeMap, BTreeSet};

use super::folders::PublishedFolders;
use super::reading::{self, Read};
use super::{Resources, published};
use crate::clock::london_today;
use crate::config::Config;
use crate::dataset::checks::{self, CheckInput, FileFacts};
use crate::domain::{Code, Finding, Indicator, IndicatorRef, Period, Reading, SourceId};
use crate::edition::Material;
use crate::publish::archive::Archive;

/// Fetches, reads and checks sources. Packs and `check` both begin here, so
/// that neither knows of a fault that the other does not.
pub(super) async fn read(
    config: &Config,
    folders: &PublishedFolders,
    wanted: &BTreeSet<SourceId>,
    period: Period,
    resources: &Resources,
) -> Read {
    read_and_keep(config, folders, wanted, period, resources, None).await
}

/// The same, with the workbooks kept in the archive.
pub(super) async fn read_and_keep(
    config: &Config,
    folders: &PublishedFolders,
    wanted: &BTreeSet<SourceId>,
    period: Period,
    resources: &Resources,
    archive: Option<&Archive>,
) -> Read {
    let mut read = reading::read(config, wanted, period, resources, archive).await;
    let material = &mut read.material;
    match published::read(folders, &resources.figures, period, &material.inputs) {
        Ok(told) => {
            (material.history, material.known) = (told.history, told.known);
            read.status.breaches = told.breaches;
        }
        Err(error) => read.status.unread = Some(super::chain(&error)),
    }
    let material = &mut read.material;
    for (id, findings) in check(config, material, period) {
        let (Some(source), Some(dataset)) = (config.sources.get(&id), material.datasets.get_mut(&id)) else { continue };
        dataset.findings.extend(findings);
        checks::weigh(&mut dataset.findings, source, &config.register);
    }
    read
}

/// What the checks find, for every source that was read.
fn check(config: &Config, read: &Material, period: Period) -> BTreeMap<SourceId, Vec<Finding>> {
    let others = |reference: &IndicatorRef, month: Period| -> Option<Reading> {
        let indicator = config.register.get(reference)?;
        let dataset = &read.datasets.get(&indicator.source)?.value;
        Some(dataset.reading(reference, month)?.reading)
    };
    let mut found = BTreeMap::new();
    for (id, dataset) in &read.datasets {
        let Some(source) = config.sources.get(id) else { continue };
        let indicators: Vec<&Indicator> = config.carried_by(id).collect();
        let file = read.inputs.get(id).map(|input| FileFacts {
            name: &input.origin,
            sha256: &input.sha256,
            changed: input.as_at.map(london_today),
        });
        let asked = CheckInput {
            source,
            indicators: &indicators,
            period,
            dataset: &dataset.value,
            file,
            calendar: &config.calendar,
            history: &read.history,
        };
        let mut findings = checks::check(&asked, &others);
        // One cause is told once.
        if dataset.findings.iter().any(|finding| finding.code == Code::SourceStale) {
            findings.retain(|finding| finding.code != Code::NoNewerMonth);
        }
        found.insert(id.clone(), findings);
    }
    found
}
