//! Does what a plan says, and says what came of it. Nothing is decided here.

use super::plan::{Hold, NextRevision, Plan, PlanStep};
use super::{Outcome, PackResult, PutOffReason, chain};
use crate::domain::PackKey;
use crate::domain::theme::Theme;
use crate::ledger::{Ledger, LedgerError, StoredRevision};
use crate::publish::{Documents, LostLock, Publication, PublishError, PublishedFolder};
use crate::typeset::{Pdf, Stationery};

/// What plans are carried out with.
#[derive(Clone, Copy)]
pub(super) struct Press<'a> {
    pub(super) stationery: &'a Stationery,
    pub(super) theme: &'a Theme,
    pub(super) ledger: &'a Ledger,
    /// Who publishes.
    pub(super) by: &'a str,
    /// When, as the ledger has it.
    pub(super) at: &'a str,
}

/// The largest pack that can be attached to an agenda, in bytes.
const LARGEST: usize = 5_000_000;

/// Why a plan could not be carried out.
#[derive(Debug, thiserror::Error)]
enum ExecuteError {
    #[error("failed to typeset the pack")]
    Typeset(#[from] crate::typeset::TypesetError),
    #[error("the pack is {0} MB, and agenda software takes 5 (hint: is the logo in config/theme a large picture?)")]
    TooLarge(usize),
    #[error("failed to publish the pack")]
    Publish(#[from] crate::publish::PublishError),
    #[error("failed to publish the pack")]
    Ledger(#[from] LedgerError),
    #[error("failed to note in the ledger that the pack was published: it stands, and the next run notes it")]
    NotNoted(#[source] LedgerError),
}

impl Plan {
    /// What would come of it, with nothing done.
    pub(super) fn outcome(self) -> Outcome {
        let result = match self.step {
            PlanStep::Issue(next) => PackResult::WouldPublish {
                revision: next.issue.revision,
                outstanding: next.outstanding,
                state: next.issue.state,
                differing: next.differing,
                content_sha256: next.issue.content_sha256,
            },
            PlanStep::Keep(latest) => PackResult::Unchanged(*latest),
            PlanStep::Hold(hold) => PackResult::Held { findings: hold.findings, notice: None },
            PlanStep::Fail { error, storage, .. } => PackResult::Failed { error, storage },
        };
        let Self { key, edition, cautions, to_follow, .. } = self;
        Outcome { key, edition, result, cautions, to_follow }
    }

    /// Does it.
    pub(super) fn execute(self, press: Press<'_>, folder: Option<&PublishedFolder>) -> Outcome {
        let stationery = press.stationery;
        let Self { key, edition, step, cautions, to_follow } = self;
        // Another service has the pack once the locks are lost, and what is held with it.
        if let Err(error) = press.ledger.still_holds() {
            let result = PackResult::PutOff(PutOffReason::LedgerLost(chain(&error)));
            return Outcome { key, edition, result, cautions, to_follow };
        }
        let result = match (step, folder) {
            (PlanStep::Fail { error, storage, notice }, folder) => {
                if let Some((notice, folder)) = notice.zip(folder) {
                    tell_failure(stationery, folder, &key, *notice);
                }
                Ok(PackResult::Failed { error, storage })
            }
            // Without a folder no other step is ever planned.
            (_, None) => Ok(PackResult::Failed { error: "there is no folder to publish to".into(), storage: false }),
            (PlanStep::Keep(latest), Some(folder)) => {
                release(folder, &key);
                Ok(PackResult::Unchanged(*latest))
            }
            (PlanStep::Hold(hold), Some(folder)) => write_notice(stationery, folder, &key, *hold),
            (PlanStep::Issue(next), Some(folder)) => issue(press, folder, *next).map(|publication| {
                release(folder, &key);
                PackResult::Published(publication)
            }),
        };
        let result = result.unwrap_or_else(|error| match &error {
            ExecuteError::Publish(PublishError::LockLost { .. }) | ExecuteError::NotNoted(_) => {
                PackResult::PutOff(PutOffReason::LedgerLost(chain(&error)))
            }
            ExecuteError::Ledger(ledger) if ledger.is_passing() => {
                PackResult::PutOff(PutOffReason::LedgerLost(chain(&error)))
            }
            _ => PackResult::Failed { error: chain(&error), storage: matches!(error, ExecuteError::Ledger(_)) },
        });
        Outcome { key, edition, result, cautions, to_follow }
    }
}

/// Typesets a revision and publishes it: the intent, the files, the manifest, the row. A
/// crash in between is ended by the next run, from what stands by then.
fn issue(press: Press<'_>, folder: &PublishedFolder, next: NextRevision) -> Result<Publication, ExecuteError> {
    let NextRevision { pack, supplement, issue, .. } = next;
    let (pdf, supplement) =
        press.stationery.scorecard_and_supplement(&pack, &issue.figures_csv, supplement.as_ref())?;
    for pdf in supplement.iter().chain([&pdf]) {
        warn(&issue.key, pdf);
        if pdf.bytes().len() > LARGEST {
            return Err(ExecuteError::TooLarge(pdf.bytes().len() / 1_000_000));
        }
    }
    let html = crate::web::page(&pack, press.theme, &issue.figures_csv);
    let summary = crate::web::summary(&pack, &issue.file_stem);
    press.ledger.begin(&issue, folder.edition(), press.at)?;
    // Asked again when all is written: another service has the pack once the locks are lost.
    let still_ours = || press.ledger.still_holds().map_err(LostLock::from);
    let documents =
        Documents { pdf: &pdf, html: html.as_bytes(), supplement: supplement.as_ref(), summary: summary.as_bytes() };
    let publication = folder.publish_while(issue, documents, &still_ours)?;
    // It stands: that it could not be noted is told, and is no reason to take it back.
    let noted = StoredRevision::of(&publication, press.at.to_owned())
        .map_err(LedgerError::from)
        .and_then(|stored| press.ledger.record(vec![stored], press.by));
    if let Err(error) = noted {
        if error.is_passing() {
            return Err(ExecuteError::NotNoted(error));
        }
        let key = publication.key();
        tracing::warn!(board.id = key.board.as_str(), period = %key.period, error = chain(&error), "what was published could not be noted in the ledger; the next run notes it");
    }
    Ok(publication)
}

/// Writes the one-page reason why a pack is held.
fn write_notice(
    stationery: &Stationery,
    folder: &PublishedFolder,
    key: &PackKey,
    hold: Hold,
) -> Result<PackResult, ExecuteError> {
    let pdf = stationery.held(&hold.notice)?;
    warn(key, &pdf);
    let notice = folder.hold(key, &hold.file_name, &pdf, &hold.findings_json)?;
    Ok(PackResult::Held { findings: hold.findings, notice: Some(notice) })
}

/// Writes the page that says that a pack could not be tried. Where that fails
/// too, the failure itself is still told.
fn tell_failure(stationery: &Stationery, folder: &PublishedFolder, key: &PackKey, hold: Hold) {
    if let Err(error) = write_notice(stationery, folder, key, hold) {
        tracing::warn!(board.id = key.board.as_str(), period = %key.period, error = chain(&error), "the page that says so could not be written");
    }
}

/// Removes the notice of a pack that is held no longer. The pack stands,
/// whatever becomes of the notice: somebody may have it open.
fn release(folder: &PublishedFolder, key: &PackKey) {
    if let Err(error) = folder.release(key) {
        tracing::warn!(board.id = key.board.as_str(), period = %key.period, error = chain(&error), "an old notice could not be removed");
    }
}

/// typst's warnings are about templates and fonts, never about figures.
fn warn(key: &PackKey, pdf: &Pdf) {
    for warning in pdf.warnings() {
        tracing::warn!(board.id = key.board.as_str(), period = %key.period, warning, "typst warned");
    }
}
