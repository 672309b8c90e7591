//! `check`: the walk as far as the findings, and no further.

use std::collections::{BTreeMap, BTreeSet};

use super::{Shelves, checking};
use crate::config::Config;
use crate::dataset::skipped::Skipped;
use crate::domain::{BoardId, Finding, Period, SourceId};
use crate::publish::{Input, PublishError};
use crate::reader::WorkbookReader;
use crate::scorecard::scorecard;
use crate::source::Cache;

/// What is to be checked.
#[derive(Debug, Clone)]
pub struct Check {
    /// The month.
    pub period: Period,
    /// The sources of these boards, and what their figures together give.
    pub boards: Vec<BoardId>,
    /// These sources only; none for all of the boards'.
    pub sources: BTreeSet<SourceId>,
}

/// What was found of one source.
#[derive(Debug, Clone, Default)]
pub struct SourceFound {
    /// Its file; none where there is none.
    pub input: Option<Input>,
    /// Who saved it last, where the file says so.
    pub saved_by: Option<String>,
    /// What was passed over in it.
    pub skipped: Option<Skipped>,
    /// Why its storage could not be reached, if so.
    pub unreachable: Option<String>,
    /// Every finding, the worst first.
    pub findings: Vec<Finding>,
    /// The boards that need it.
    pub boards: Vec<BoardId>,
}

/// Fetches, reads and checks, and makes no pack.
pub async fn check(
    config: &Config,
    asked: &Check,
    cache: &Cache,
    reader: &WorkbookReader,
) -> Result<BTreeMap<SourceId, SourceFound>, PublishError> {
    let shelves = Shelves::open(config)?;
    let all = super::sources_of(config, &asked.boards);
    let wanted: BTreeSet<SourceId> = if asked.sources.is_empty() { all } else { asked.sources.clone() };
    let read = checking::read(config, shelves.public(), &wanted, asked.period, cache, reader).await;
    cache.sweep();
    let mut found: BTreeMap<SourceId, SourceFound> = wanted
        .iter()
        .map(|id| {
            let findings = read.datasets.get(id).map(|dataset| dataset.findings.clone()).unwrap_or_default();
            let of_source = SourceFound {
                input: read.inputs.get(id).cloned(),
                saved_by: read.saved_by.get(id).cloned(),
                skipped: read.skipped.get(id).cloned(),
                unreachable: read.unreachable.get(id).or_else(|| read.broken.get(id)).cloned(),
                findings,
                boards: boards_of(config, asked, id),
            };
            (id.clone(), of_source)
        })
        .collect();
    for board in asked.boards.iter().filter_map(|id| config.board(id)) {
        let comments = config.comments(asked.period, &board.id);
        let card = scorecard(board, asked.period, &config.register, &read.datasets, comments, &read.history);
        for finding in card.findings {
            let source = finding
                .at
                .source
                .clone()
                .or_else(|| Some(config.register.get(finding.at.indicator.as_ref()?)?.source.clone()));
            if let Some(of_source) = source.and_then(|source| found.get_mut(&source))
                && !of_source.findings.contains(&finding)
            {
                of_source.findings.push(finding);
            }
        }
    }
    for of_source in found.values_mut() {
        of_source.findings.sort_by(|a, b| {
            b.severity.cmp(&a.severity).then_with(|| a.code.cmp(&b.code)).then_with(|| a.at.cmp(&b.at))
        });
    }
    Ok(found)
}

fn boards_of(config: &Config, asked: &Check, source: &SourceId) -> Vec<BoardId> {
    let needs = |id: &BoardId| super::sources_of(config, std::slice::from_ref(id)).contains(source);
    asked.boards.iter().filter(|id| needs(id)).cloned().collect()
}
