//! `commentary`: the walk as far as the slots, and no further.

use std::borrow::Cow;
use std::path::Path;

use super::editions::Editions;
use super::shelves::Shelves;
use super::{PackKey, boards, checking};
use crate::commentary::book::Row;
use crate::commentary::entry::State;
use crate::commentary::{Entry, entries, remarks};
use crate::config::Config;
use crate::domain::{BoardId, Checked, Edition, Finding, IndicatorRef, Period};
use crate::publish::PublishError;
use crate::reader::WorkbookReader;
use crate::scorecard::{Scorecard, Why, scorecard};
use crate::source::Cache;

/// What one board's commentary stands at.
#[derive(Debug)]
pub struct Owed {
    /// The board.
    pub board: BoardId,
    /// What became of it.
    pub result: OwedResult,
}

/// How asking ended for a board.
#[derive(Debug)]
pub enum OwedResult {
    /// Its slots, and what is to be remarked on what was written.
    Asked {
        /// Every slot, in the order of the board.
        entries: Vec<Entry>,
        /// Remarks on what was written.
        remarks: Vec<Finding>,
    },
    /// Its data holds it: what would be asked is not known.
    Held(Vec<Finding>),
    /// The world or the program failed it.
    Failed {
        /// Why.
        error: String,
        /// Whether a storage could not be reached.
        storage: bool,
    },
}

/// What all boards' commentary stands at.
#[derive(Debug)]
pub struct Chase {
    /// The boards that were asked for.
    pub boards: Vec<Owed>,
    /// What stands in the commentary workbook, where there is one.
    pub rows: Option<Checked<Vec<Row>>>,
    /// What is to be said of the workbook that is no board's alone.
    pub findings: Vec<Finding>,
}

/// Fetches, reads and works out which commentary is owed, with what officers
/// wrote in a workbook.
pub async fn owed(
    config: &Config,
    period: Period,
    boards: &[BoardId],
    workbook: Option<&Path>,
    cache: &Cache,
    reader: &WorkbookReader,
) -> Result<Chase, PublishError> {
    let rows = match workbook {
        Some(path) => super::written::read(config, path, reader).await,
        None => None,
    };
    let joined = match &rows {
        Some(rows) => Cow::Owned(super::written::joined(config, period, rows)),
        None => Cow::Borrowed(config),
    };
    let joined = super::written::with_last(joined, period, reader).await;
    let config = joined.as_ref();
    let shelves = Shelves::open(config)?;
    let wanted = super::sources_of(config, boards);
    let read = checking::read(config, shelves.public(), &wanted, period, cache, reader).await;
    cache.sweep();
    let editions = Editions::of(config, read);
    let read = &editions.read;
    let shared = config.workbook_findings.iter().filter(|(of, _)| of.is_none()).map(|(_, finding)| finding.clone());
    let findings: Vec<Finding> = shared.collect();
    let of = |id: &BoardId| {
        let board = config.board(id)?;
        let key = PackKey { period, board: id.clone() };
        if let Some((error, storage)) = boards::unread(config, &key, read) {
            return Some(OwedResult::Failed { error, storage });
        }
        let comments = config.comments(period, id);
        let card = boards::card(config, (board, &config.register), period, comments, &read.datasets, &read.history);
        if card.is_held() {
            return Some(OwedResult::Held(card.findings));
        }
        let mut remarks: Vec<Finding> =
            card.findings.iter().filter(|finding| is_its_own(finding, &findings)).cloned().collect();
        let mut entries = entries(&card, config);
        if board.editions.contains(&Edition::Public) {
            let told = editions.told(config, board, period, Edition::Public);
            remarks.extend(told.unsaid.iter().map(remarks::names_hidden));
            remarks.extend(told.left_out.iter().cloned());
            for entry in &mut entries {
                tell_hidden(entry, config, &editions, &told.unsaid);
            }
            if !board.editions.contains(&Edition::Restricted) {
                let (comments, history) = (told.comments.as_ref(), &read.history);
                let page = scorecard(&told.board, period, &told.register, told.datasets, comments, history);
                entries.iter_mut().for_each(|entry| ask_of_the_page(entry, &page));
            }
        }
        Some(OwedResult::Asked { entries, remarks })
    };
    let boards = boards.iter().filter_map(|id| Some(Owed { board: id.clone(), result: of(id)? })).collect();
    Ok(Chase { boards, rows, findings })
}

/// Whether a finding is about what was written for this board: what is said of
/// the workbook to all of them is listed once.
fn is_its_own(finding: &Finding, shared: &[Finding]) -> bool {
    finding.code.is_about_commentary() && !shared.contains(finding)
}

/// Where nobody will see a figure, there is no red to be explained: a public
/// page that asked would say that there is one.
fn ask_of_the_page(entry: &mut Entry, page: &Scorecard<'_>) {
    let is_asked =
        page.slots.iter().any(|slot| slot.indicator.reference == entry.indicator && slot.why != Why::Offered);
    if entry.state == State::Awaited && !is_asked {
        entry.state = State::NotNeeded;
        entry.prompts = vec!["No page shows this figure, so nothing is asked.".to_owned()];
    }
}

/// What a writer must know of a figure that the public may not see, and of words
/// that name one.
fn tell_hidden(entry: &mut Entry, config: &Config, editions: &Editions, unsaid: &[IndicatorRef]) {
    if config.register.get(&entry.indicator).is_some_and(|indicator| editions.hides(indicator, entry.period)) {
        entry.prompts.push("The public edition hides this figure or the one before: do not name either.".to_owned());
    }
    if unsaid.contains(&entry.indicator) && entry.state == State::Written {
        entry.state = State::NamesHidden;
    }
}
