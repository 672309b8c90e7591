//! Where one figure of a board came from: the walk as far as the pack, with
//! the cells looked up again in the workbook.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::RunError;
use super::folders::PublishedFolders;
use super::plan::setting;
use super::reading::Read;
use super::{Resources, chain, checking, published};
use crate::commentary::remarked;
use crate::config::Config;
use crate::disclosure::council::Withheld;
use crate::domain::observation::{Observation, Spot};
use crate::domain::target::Rule;
use crate::domain::trend::TravelBy;
use crate::domain::{Board, BoardId, Commentary, Edition, Finding, IndicatorRef, PackKey, Period, Source, SourceId};
use crate::edition::{Editions, Material};
use crate::pack::explained::{CellFound, Evidence, Explanation, FileFound, Issued, explain, months_behind};
use crate::pack::printed::Printed;
use crate::pack::{self, Version};
use crate::publish::{FiguresCache, PublishError};
use crate::scorecard::{Line, Scorecard};
use crate::source::{self, Fetched, Workbook};
use crate::workbook::{Book, Cell, address};

/// Why a figure could not be explained.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// The published folder cannot be used.
    #[error("failed to use the published folder")]
    Published(#[from] RunError),
    /// The storage of its source could not be reached.
    #[error("failed to reach the source {0}: {1}")]
    Unreachable(SourceId, String),
    /// The board does not show it.
    #[error("the pack of {board} for {period} does not show {indicator}")]
    NotShown {
        /// The board.
        board: BoardId,
        /// The pack's month.
        period: Period,
        /// The indicator.
        indicator: IndicatorRef,
    },
}

/// Explains an indicator's figure in a board's pack.
pub async fn explain_figure(
    config: &Config,
    commentary: &Commentary,
    key: &PackKey,
    reference: &IndicatorRef,
    resources: &Resources,
) -> Result<Explanation, ExplainError> {
    let folders = PublishedFolders::open(config)?;
    let not_shown =
        || ExplainError::NotShown { board: key.board.clone(), period: key.period, indicator: reference.clone() };
    let board = config.board(&key.board).ok_or_else(not_shown)?;
    let indicator = config.register.get(reference).ok_or_else(not_shown)?;
    let wanted = super::sources_of(config, std::slice::from_ref(&key.board));
    let Read { material, status } = checking::read(config, &folders, &wanted, key.period, resources).await;
    if let Some(error) = status.unreachable.get(&indicator.source) {
        return Err(ExplainError::Unreachable(indicator.source.clone(), error.clone()));
    }
    let editions = Editions::weigh(super::declared(config, commentary), material);
    let (read, withheld) = (editions.material(), editions.withheld());
    // All there is to say, which is the restricted edition's; and the public one's.
    let whole = editions.view(board, key.period, Edition::Restricted);
    let mut card = remarked(&whole, commentary);
    let is_open = board.editions.contains(&Edition::Restricted);
    if !is_open {
        card.findings.extend(against(board, withheld));
    }
    let line = of(&card, reference).ok_or_else(not_shown)?;
    let is_public = board.editions.contains(&Edition::Public);
    let public = is_public.then(|| editions.view(board, key.period, Edition::Public));
    let public = public.as_ref().map(|view| remarked(view, commentary));
    let card_of = |edition: &Edition| match edition {
        Edition::Restricted => &card,
        Edition::Public => public.as_ref().unwrap_or(&card),
    };
    // A board's pages say what its fullest edition may.
    let page = board.editions.iter().max().map_or(&card, card_of);
    let version = Version { revision: 1, supersedes: None, after_final: false };
    let pack = pack::pack(page, &setting(config, version, Edition::Public));
    let file = file(read, &indicator.source);
    let source = config.sources.get(&indicator.source);
    let book = match source.filter(|source| source.person.is_none()) {
        Some(source) => book(config, source, key.period, resources).await,
        None => None,
    };
    let page_line = of(page, reference);
    let behind = page_line.map(months_behind).unwrap_or_default();
    let [cells, behind] = book.map_or_else(Default::default, |book| {
        [cells(line, read, &book), cells_of(line, read, &book, behind.into_iter())]
    });
    let today = file.as_ref().map(|file| file.sha256.as_str());
    let issued = board
        .editions
        .iter()
        .map(|edition| issued(&folders, key, reference, (*edition, card_of(edition)), (today, &resources.figures)));
    let issued: Vec<Issued<'_>> = issued.collect::<Result<_, PublishError>>().map_err(RunError::from)?;
    let evidence = Evidence {
        file: file.as_ref(),
        cells: &cells,
        behind: &behind,
        latest: observation(read, line, line.period),
        is_counted: source.is_some_and(|source| source.person.is_some()),
        withheld: withheld.why(reference, line.period),
        is_withheld_everywhere: !is_open,
        page: page_line,
        issued: &issued,
    };
    Ok(explain(&card, line, &pack, &evidence))
}

/// The file of a source, as it was read.
fn file(read: &Material, source: &SourceId) -> Option<FileFound> {
    let input = read.inputs.get(source)?;
    let (name, sha256) = (input.origin.clone(), input.sha256.clone());
    Some(FileFound { source: source.clone(), name, sha256, modified: input.as_at })
}

/// What stands of an edition, beside what it would print now.
fn issued<'l>(
    folders: &PublishedFolders,
    key: &PackKey,
    reference: &IndicatorRef,
    (edition, card): (Edition, &'l Scorecard<'_>),
    (today, figures): (Option<&str>, &FiguresCache),
) -> Result<Issued<'l>, PublishError> {
    let latest = match folders.of(edition) {
        Some(folder) => folder.latest(key).or_else(|error| match error.finding() {
            // What was printed is not known; where the figure comes from is.
            Some(finding) => {
                tracing::warn!(board.id = key.board.as_str(), period = %key.period, "what was published cannot be trusted: {finding}");
                Ok(None)
            }
            None => Err(error),
        })?,
        None => None,
    };
    Ok(Issued {
        edition,
        revision: latest.as_ref().map(|latest| latest.manifest.revision),
        row: latest.as_ref().and_then(|latest| {
            let rows = figures.of(latest).ok()?;
            let row = rows.figures.iter().find(|row| row.reference == *reference)?;
            Some(Printed { file_sha256: published::digest(&latest.manifest, row, today), ..row.clone() })
        }),
        now: of(card, reference),
        is_held: card.is_held(),
    })
}

/// What keeps a public edition of a board from being made.
fn against<'w>(board: &'w Board, withheld: &'w Withheld) -> impl Iterator<Item = Finding> + 'w {
    let is_shown = |finding: &Finding| {
        let indicator = finding.at.indicator.as_ref();
        indicator.is_none_or(|indicator| board.indicators().any(|shown| shown == indicator))
    };
    withheld.findings().iter().filter(move |finding| finding.is_blocking() && is_shown(finding)).cloned()
}

fn of<'c, 'a>(card: &'c Scorecard<'a>, reference: &IndicatorRef) -> Option<&'c Line<'a>> {
    card.every_line().find(|line| line.indicator.reference == *reference)
}

fn observation<'r>(read: &'r Material, line: &Line<'_>, period: Period) -> Option<&'r Observation> {
    read.datasets.get(&line.indicator.source)?.value.reading(&line.indicator.reference, period)
}

/// The cells of the latest and of the previous figure, and of whatever else its
/// rating or its direction rests on, with what stands there.
fn cells(line: &Line<'_>, read: &Material, book: &Book) -> Vec<CellFound> {
    let indicator = line.indicator;
    let by_last_year = indicator.trend.travel == TravelBy::LastYear
        || line.target.is_some_and(|target| matches!(target.rule, Rule::Improved(_)));
    let year_before = by_last_year.then(|| indicator.frequency.year_before(line.period));
    let months = [line.period, line.previous_period].into_iter().chain(year_before);
    let own = cells_of(line, read, book, months);
    let maximum = line.target.and_then(|target| target.maximum.as_ref());
    let largest = maximum
        .and_then(|maximum| read.datasets.get(&indicator.source)?.value.reading(&maximum.of, line.period))
        .and_then(|seen| of_observation(seen, book).into_iter().find(|cell| cell.role == "value"))
        .map(|cell| CellFound { role: "the largest", ..cell });
    own.into_iter().chain(largest).collect()
}

/// The cells of a line's figures of some months.
fn cells_of(line: &Line<'_>, read: &Material, book: &Book, months: impl Iterator<Item = Period>) -> Vec<CellFound> {
    months.filter_map(|month| observation(read, line, month)).flat_map(|seen| of_observation(seen, book)).collect()
}

/// The workbook again: its bytes are in the cache.
async fn book(config: &Config, source: &Source, period: Period, resources: &Resources) -> Option<Book> {
    let wanted = BTreeSet::from([source.id.clone()]);
    let workbook: Arc<Workbook> =
        match source::fetch(config, &wanted, period, &resources.workbooks).await.remove(&source.id)? {
            Fetched::Workbook(workbook) | Fetched::Carried { workbook, .. } => workbook,
            Fetched::Findings(_) | Fetched::Unreachable(_) => return None,
        };
    match resources.reader.open(&workbook, config.service.reading).await {
        Ok(book) => book.value,
        Err(error) => {
            tracing::warn!(
                source.id = source.id.as_str(),
                error = chain(&error),
                "the workbook could not be opened again"
            );
            None
        }
    }
}

fn of_observation(seen: &Observation, book: &Book) -> Vec<CellFound> {
    let Some(name) = seen.on.sheet.as_deref() else { return Vec::new() };
    let Some(grid) = book.sheets.iter().find(|grid| grid.name == name) else { return Vec::new() };
    let roles = [
        ("value", seen.cells.value),
        ("numerator", seen.cells.numerator),
        ("denominator", seen.cells.denominator),
        ("not due yet", seen.cells.not_due),
    ];
    let found = |(role, spot): (&'static str, Option<Spot>)| {
        let (row, column) = spot?;
        let at = grid.cells.binary_search_by_key(&(row, column), |cell| (cell.0, cell.1)).ok();
        let cell = at.and_then(|at| grid.cells.get(at)).map(|cell| &cell.2);
        // A count needs no numerator, and nobody misses it.
        if cell.is_none() && role != "value" {
            return None;
        }
        Some(CellFound {
            role,
            period: seen.period,
            sheet: name.to_owned(),
            cell: address(row, column),
            holds: holds(cell),
            number: match cell {
                Some(Cell::Number { value, .. }) => Some(*value),
                // A CSV file holds nothing but text.
                Some(Cell::Text(text)) => text.replace(',', "").trim().trim_end_matches('%').parse().ok(),
                _ => None,
            },
        })
    };
    roles.into_iter().filter_map(found).collect()
}

/// What stands in a cell, as its workbook has it.
fn holds(cell: Option<&Cell>) -> String {
    match cell {
        None => "blank".to_owned(),
        Some(Cell::Text(text)) => format!("the text {text:?}"),
        Some(Cell::Number { value, percent: true }) => format!("{value}, shown as a percentage"),
        Some(Cell::Number { value, percent: false }) => value.to_string(),
        Some(Cell::Masked { shown, .. }) if shown.is_empty() => "a number that is not shown".to_owned(),
        Some(Cell::Masked { shown, .. }) => format!("a number shown as {shown:?}"),
        Some(Cell::Date(date)) => format!("the date {}", date.date()),
        Some(Cell::Bool(value)) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Some(Cell::Error(error)) => format!("the error {error}"),
        Some(Cell::Uncalculated) => "a formula that was never calculated".to_owned(),
    }
}
