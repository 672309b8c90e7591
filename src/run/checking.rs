//! Reading, and then every check that needs more than one source's cells: what
//! was published, the file's own facts, the other sources.

use std::collections::{BTreeMap, BTreeSet};

use super::history;
use super::reading::{self, Read};
use crate::clock::london_today;
use crate::config::Config;
use crate::dataset::checks::{self, Asked, File, History};
use crate::domain::{Code, Finding, Indicator, IndicatorRef, Period, Reading, SourceId};
use crate::publish::Shelf;
use crate::reader::WorkbookReader;
use crate::source::Cache;

/// Fetches, reads and checks sources. Packs and `check` both begin here, so
/// that neither knows of a fault that the other does not.
pub(super) async fn read(
    config: &Config,
    shelf: &Shelf,
    wanted: &BTreeSet<SourceId>,
    period: Period,
    cache: &Cache,
    reader: &WorkbookReader,
) -> Read {
    let mut read = reading::read(config, wanted, period, cache, reader).await;
    let history = history::before(shelf, period, &read.inputs);
    let found = check(config, &read, period, &history);
    for (id, findings) in found {
        let (Some(source), Some(dataset)) = (config.sources.get(&id), read.datasets.get_mut(&id)) else { continue };
        dataset.findings.extend(findings);
        checks::weigh(&mut dataset.findings, source, &config.register);
    }
    read.history = history;
    read.known = history::known(shelf);
    read
}

/// What the checks find, for every source that was read.
fn check(config: &Config, read: &Read, period: Period, history: &History) -> BTreeMap<SourceId, Vec<Finding>> {
    let others = |reference: &IndicatorRef, month: Period| -> Option<Reading> {
        let indicator = config.register.get(reference)?;
        let dataset = &read.datasets.get(&indicator.source)?.value;
        Some(dataset.reading(reference, month)?.reading)
    };
    let mut found = BTreeMap::new();
    for (id, dataset) in &read.datasets {
        let Some(source) = config.sources.get(id) else { continue };
        let indicators: Vec<&Indicator> = config.carried_by(id).collect();
        let file = read.inputs.get(id).map(|input| File {
            name: &input.origin,
            sha256: &input.sha256,
            changed: input.as_at.map(london_today),
        });
        let asked = Asked {
            source,
            indicators: &indicators,
            period,
            dataset: &dataset.value,
            file,
            calendar: &config.calendar,
            history,
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
