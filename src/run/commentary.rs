//! `commentary`: the walk as far as the slots, and no further.

use std::path::PathBuf;

use super::commentary_workbook::{WithRows, WorkbookFile, import};
use super::folders::PublishedFolders;
use super::plan::unread;
use super::reading::Read;
use super::{Resources, RunError, checking};
use crate::commentary::book::WorkbookRow;
use crate::commentary::entry::EntryState;
use crate::commentary::{CommentaryEntry, entries, remarked};
use crate::config::Config;
use crate::domain::{Audience, BoardId, Checked, Code, Commentary, Edition, Finding, IndicatorRef, PackKey, Period};
use crate::edition::Editions;
use crate::scorecard::{Scorecard, SlotReason};

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
        entries: Vec<CommentaryEntry>,
        /// Remarks on what was written.
        remarks: Vec<Finding>,
    },
    /// Its data holds it: what would be asked is not known.
    Held(Vec<Finding>),
    /// The world or the program failed it.
    Failed {
        /// SlotReason.
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
    pub rows: Option<Checked<Vec<WorkbookRow>>>,
    /// The TOML files into which words were imported.
    pub imported: Vec<PathBuf>,
    /// What is to be said of the workbook that is no board's alone.
    pub findings: Vec<Finding>,
}

/// Imports what officers wrote in a workbook, fetches, reads and works out which
/// commentary is owed.
pub async fn owed(
    config: &Config,
    commentary: &Commentary,
    period: Period,
    boards: &[BoardId],
    workbook: Option<WorkbookFile<'_>>,
    resources: &Resources,
) -> Result<Chase, RunError> {
    let WithRows { commentary, rows, written } =
        import(config, commentary, (period, boards), workbook, &resources.reader).await;
    let commentary = commentary.as_ref();
    let folders = PublishedFolders::open(config)?;
    let wanted = super::sources_of(config, boards);
    let Read { material, status } = checking::read(config, &folders, &wanted, period, resources).await;
    resources.workbooks.sweep();
    let editions = Editions::weigh(super::declared(config, commentary), material);
    let of = |id: &BoardId| {
        let board = config.board(id)?;
        let key = PackKey { period, board: id.clone() };
        if let Some((error, storage)) = unread(config, &key, &status) {
            return Some(OwedResult::Failed { error, storage });
        }
        let whole = editions.view(board, period, Edition::Restricted);
        let card = remarked(&whole, commentary);
        // What holds it for its words is told to their writers below.
        let by_its_data = |finding: &Finding| finding.is_blocking() && finding.code != Code::PersonInText;
        if card.findings.iter().any(by_its_data) {
            return Some(OwedResult::Held(card.findings));
        }
        let own = card.findings.iter().filter(|finding| is_its_own(finding, &commentary.shared));
        let mut remarks: Vec<Finding> = own.cloned().collect();
        let mut entries = entries(&card, &config.calendar, commentary);
        if board.editions.contains(&Edition::Public) {
            let view = editions.view(board, period, Edition::Public);
            let left_out = view.findings().iter().filter(|finding| finding.code == Code::CommentNamesHidden);
            remarks.extend(left_out.cloned());
            for entry in &mut entries {
                tell_hidden(entry, config, &editions, view.redacted());
            }
            if !board.editions.contains(&Edition::Restricted) {
                let page = view.scorecard();
                entries.iter_mut().for_each(|entry| ask_of_the_page(entry, &page));
            }
        }
        Some(OwedResult::Asked { entries, remarks })
    };
    let boards = boards.iter().filter_map(|id| Some(Owed { board: id.clone(), result: of(id)? })).collect();
    Ok(Chase { boards, rows, imported: written, findings: commentary.shared.clone() })
}

/// Whether a finding is about what was written for this board: what is said of
/// the workbook to all of them is listed once.
fn is_its_own(finding: &Finding, shared: &[Finding]) -> bool {
    finding.code.policy().audience == Audience::Writers && !shared.contains(finding)
}

/// Where nobody will see a figure, there is no red to be explained: a public
/// page that asked would say that there is one.
fn ask_of_the_page(entry: &mut CommentaryEntry, page: &Scorecard<'_>) {
    let is_asked =
        page.slots.iter().any(|slot| slot.indicator.reference == entry.indicator && slot.why != SlotReason::Offered);
    if matches!(entry.state, EntryState::Awaited | EntryState::Incomplete) && !is_asked {
        entry.state = EntryState::NotNeeded;
        entry.prompts = vec!["No page shows this figure, so nothing is asked.".to_owned()];
    }
}

/// What a writer must know of a figure that the public may not see, and of words
/// that name one.
fn tell_hidden(entry: &mut CommentaryEntry, config: &Config, editions: &Editions<'_>, unsaid: &[IndicatorRef]) {
    if config.register.get(&entry.indicator).is_some_and(|indicator| editions.hides(indicator, entry.period)) {
        entry.prompts.push("The public edition hides this figure or the one before: do not name either.".to_owned());
    }
    if unsaid.contains(&entry.indicator) && matches!(entry.state, EntryState::Written | EntryState::Incomplete) {
        entry.state = EntryState::NamesHidden;
    }
}
