//! `check`: the walk as far as the findings, and no further.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::commentary_workbook::{self, WorkbookFile, import};
use super::folders::PublishedFolders;
use super::reading::ReadStatus;
use super::{Resources, RunError, checking, storages};
use crate::commentary::remarks;
use crate::config::Config;
use crate::domain::{BoardId, Code, Commentary, Finding, Period, Place, SourceId};
use crate::edition::EditionView;
use crate::schedule::due::late::late_commentary;
use crate::scorecard::Scorecard;
use crate::validation::{CheckFound, SourceFound};

/// What is to be checked.
#[derive(Debug, Clone)]
pub struct Check {
    /// The month.
    pub period: Period,
    /// The sources of these boards, what their figures together give, and what
    /// officers wrote for them.
    pub boards: Vec<BoardId>,
    /// These sources only; none for all of the boards'.
    pub sources: BTreeSet<SourceId>,
    /// When.
    pub now: DateTime<Utc>,
}

/// Fetches, reads and checks, and makes no pack.
pub async fn check(
    config: &Config,
    commentary: &Commentary,
    asked: &Check,
    resources: &Resources,
) -> Result<CheckFound, RunError> {
    let folders = PublishedFolders::open(config)?;
    // The words of the workbook count as a run would have them, and none is written.
    let path = commentary_workbook::declared(config, asked.period);
    let workbook = path.as_deref().map(|path| WorkbookFile { path, is_imported: false });
    let with_rows = import(config, commentary, (asked.period, &asked.boards), workbook, &resources.reader).await;
    let commentary = with_rows.commentary.as_ref();
    let all = super::sources_of(config, &asked.boards);
    let wanted: BTreeSet<SourceId> = if asked.sources.is_empty() { all } else { asked.sources.clone() };
    let read = checking::read(config, &folders, &wanted, asked.period, resources).await;
    resources.workbooks.sweep();
    let super::reading::Read { material, status } = read;
    let mut found: BTreeMap<SourceId, SourceFound> = wanted
        .iter()
        .map(|id| {
            let findings = material.datasets.get(id).map(|dataset| dataset.findings.clone()).unwrap_or_default();
            let of_source = SourceFound {
                input: material.inputs.get(id).cloned(),
                saved_by: status.saved_by.get(id).cloned(),
                skipped: status.skipped.get(id).cloned(),
                unreachable: status.unreachable.get(id).or_else(|| status.broken.get(id)).cloned(),
                findings,
                boards: boards_of(config, asked, id),
            };
            (id.clone(), of_source)
        })
        .collect();
    tell_breaches(config, &status, &mut found);
    tell_ends(config, asked.now, &mut found).await;
    let mut texts = BTreeMap::new();
    for board in asked.boards.iter().filter_map(|id| config.board(id)) {
        let view = EditionView::whole(super::declared(config, commentary), &material, board, asked.period);
        let card = view.scorecard();
        // Whoever asks of some sources asks nothing of the texts.
        let mut of_texts =
            if asked.sources.is_empty() { of_words(config, &view, &card, commentary) } else { Vec::new() };
        if !of_texts.is_empty() {
            worst_first(&mut of_texts);
            texts.insert(board.id.clone(), of_texts);
        }
        for finding in card.findings.iter().cloned() {
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
        worst_first(&mut of_source.findings);
    }
    Ok(CheckFound { sources: found, texts })
}

/// F128: what signs in to the storage of a source and ends soon.
async fn tell_ends(config: &Config, now: DateTime<Utc>, found: &mut BTreeMap<SourceId, SourceFound>) {
    for (name, ends) in storages::all_ending(config, now).await {
        let words = format!("storage \"{name}\": {ends}");
        let is_on = |id: &SourceId| config.sources.get(id).is_some_and(|source| source.storage == name);
        for (id, of_source) in found.iter_mut().filter(|(id, _)| is_on(id)) {
            let at = Place { source: Some(id.clone()), ..Place::default() };
            let hint = "tell whoever runs the storage; `boardpack check --storage` says when it is done";
            of_source.findings.push(Finding::new(Code::CredentialEnds, at, words.clone(), hint));
        }
    }
}

/// What is found in the words of a board and is remarked on them, what of them could not
/// be read, and that they fall due too late.
fn of_words(config: &Config, view: &EditionView<'_>, card: &Scorecard<'_>, commentary: &Commentary) -> Vec<Finding> {
    let key = view.key();
    let of_pack = commentary.findings.get(&key).into_iter().flatten();
    let remarks = remarks(card, commentary).into_iter();
    let remarks = remarks.filter(|remark| remark.at.indicator.as_ref().is_none_or(|one| view.may_remark_on(one)));
    let told = view.findings().iter().chain(of_pack).chain(&commentary.shared).cloned();
    told.chain(remarks).chain(late_commentary(card.board, &config.calendar, key.period)).collect()
}

fn worst_first(findings: &mut [Finding]) {
    findings
        .sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.code.cmp(&b.code)).then_with(|| a.at.cmp(&b.at)));
}

fn boards_of(config: &Config, asked: &Check, source: &SourceId) -> Vec<BoardId> {
    let needs = |id: &BoardId| super::sources_of(config, std::slice::from_ref(id)).contains(source);
    asked.boards.iter().filter(|id| needs(id)).cloned().collect()
}

/// What was published and cannot be trusted, at each source that it holds.
fn tell_breaches(config: &Config, status: &ReadStatus, found: &mut BTreeMap<SourceId, SourceFound>) {
    for (id, of_source) in found {
        if of_source.unreachable.is_none() {
            of_source.unreachable.clone_from(&status.unread);
        }
        let own = BTreeSet::from([id.clone()]);
        let concerns = status.breaches.iter().filter(|breach| breach.concerns(config, &own));
        of_source.findings.splice(0..0, concerns.map(|breach| breach.finding.clone()));
    }
}
