//! What is to be done about one edition of one pack, decided whole before
//! anything is done: the executor makes no choice, and `--dry-run` prints the
//! plan as it stands.

use std::collections::BTreeMap;

use super::change_list::{self, Next};
use super::reading::ReadStatus;
use super::unprintable::{unprintable, unprintable_texts};
use super::{chain, revision_record, sign_off};
use crate::commentary;
use crate::config::Config;
use crate::domain::{
    Approval, Board, Code, Commentary, Edition, Finding, PackKey, PackState, Place, Severity, Source, SourceId,
};
use crate::edition::Editions;
use crate::pack::model::{HeldNotice, Supplement};
use crate::pack::{self, Content, ContentError, Pack, Setting, Status, Version, figures};
use crate::publish::{FiguresCache, Issue, Publication, PublishedFolder};
use crate::schedule::due::late::late_commentary;
use crate::scorecard::{Scorecard, Slot};
use crate::typeset::Stationery;
use crate::words;

/// What is to be done about one edition of one pack.
#[derive(Debug)]
pub(super) struct Plan {
    /// Which pack.
    pub(super) key: PackKey,
    /// Which edition of it.
    pub(super) edition: Edition,
    /// What is to be done.
    pub(super) step: PlanStep,
    /// What officers should look at although it holds nothing.
    pub(super) cautions: Vec<Finding>,
    /// Slots without commentary for which the pack does not wait.
    pub(super) to_follow: usize,
}

/// What is to be done. Each variant has all that doing it takes.
#[derive(Debug)]
pub(super) enum PlanStep {
    /// Issue the next revision.
    Issue(Box<NextRevision>),
    /// Nothing: the latest revision says all there is to say.
    Keep(Box<Publication>),
    /// Write the one-page reason why there is no pack.
    Hold(Box<Hold>),
    /// Nothing can be done: the world or the program failed.
    Fail {
        /// The error with its causes.
        error: String,
        /// Whether a storage could not be reached, rather than the program failing.
        storage: bool,
        /// The page that says so, in place of an older one that may not be true any more.
        notice: Option<Box<Hold>>,
    },
}

/// A revision that says something new, and may be said.
#[derive(Debug)]
pub(super) struct NextRevision {
    /// The document.
    pub(super) pack: Pack,
    /// Which of its pages are not as they were; none where there was none before it.
    pub(super) supplement: Option<Supplement>,
    /// What is published beside it.
    pub(super) issue: Issue,
    /// Slots for whose commentary it waits.
    pub(super) outstanding: usize,
    /// Figures that differ from those that its readers know.
    pub(super) differing: usize,
}

/// A pack that may not be published.
#[derive(Debug)]
pub(super) struct Hold {
    /// The page that says why.
    pub(super) notice: HeldNotice,
    /// What the page is called.
    pub(super) file_name: String,
    /// Every finding of the board, the worst first.
    pub(super) findings: Vec<Finding>,
    /// The same as JSON.
    pub(super) findings_json: Vec<u8>,
}

/// Why a board came to no plan of its own.
#[derive(Debug, thiserror::Error)]
enum PlanError {
    #[error("there is no board {0}")]
    Unknown(String),
    #[error("there is no folder for {0} editions")]
    NoFolder(&'static str),
    #[error("failed to write figures.csv")]
    Figures(#[from] csv::Error),
    #[error("failed to write the findings as JSON")]
    Json(#[from] serde_json::Error),
    #[error("failed to tell whether the pack says anything new")]
    Content(#[from] ContentError),
    #[error("failed to publish the pack")]
    Publish(#[from] crate::publish::PublishError),
}

/// What plans are made from.
#[derive(Clone, Copy)]
pub(super) struct Planner<'a> {
    pub(super) config: &'a Config,
    /// The digest of its files, with what was imported into them.
    pub(super) config_sha256: &'a str,
    pub(super) commentary: &'a Commentary,
    pub(super) stationery: &'a Stationery,
    pub(super) editions: &'a Editions<'a>,
    pub(super) status: &'a ReadStatus,
    pub(super) figures: &'a FiguresCache,
    /// Whether a change of look alone makes a revision of a final pack.
    pub(super) new_look: bool,
}

impl Planner<'_> {
    /// The plan for one edition of a pack, whose revisions stand in `folder`.
    pub(super) fn plan(&self, key: &PackKey, edition: Edition, folder: Option<&PublishedFolder>) -> Plan {
        let mut plan = Plan {
            key: key.clone(),
            edition,
            step: PlanStep::Fail { error: String::new(), storage: false, notice: None },
            cautions: Vec::new(),
            to_follow: 0,
        };
        plan.step = match unread(self.config, key, self.status) {
            Some((error, storage)) => {
                let notice = self.failed(key, folder, &error).map(Box::new);
                PlanStep::Fail { error, storage, notice }
            }
            None => self
                .step(key, folder.ok_or(PlanError::NoFolder(edition.word())), &mut plan)
                .unwrap_or_else(|error| PlanStep::Fail { error: chain(&error), storage: false, notice: None }),
        };
        plan
    }

    /// The page that says that a pack could not even be tried: officers look
    /// there, and an older one may say what is not true any more.
    fn failed(&self, key: &PackKey, folder: Option<&PublishedFolder>, error: &str) -> Option<Hold> {
        let (board, latest) = (self.config.board(&key.board)?, folder?.latest(key).ok().flatten());
        let hint = "see that the share is there and that this account may read it; it is tried again by itself";
        let finding = Finding::new(Code::StorageFailed, Place::default(), error, hint);
        notice(self.config, key, board, vec![finding], latest.as_ref()).ok()
    }

    fn step(
        &self,
        key: &PackKey,
        folder: Result<&PublishedFolder, PlanError>,
        plan: &mut Plan,
    ) -> Result<PlanStep, PlanError> {
        let folder = folder?;
        let config = self.config;
        let board = config.board(&key.board).ok_or_else(|| PlanError::Unknown(key.board.to_string()))?;
        let view = self.editions.view(board, key.period, folder.edition());
        let mut card = commentary::remarked(&view, self.commentary);
        card.findings.splice(0..0, unprintable(self.stationery, &card));
        card.findings.extend(late_commentary(board, &config.calendar, key.period));
        let breaches = self.breaches(key, folder)?;
        if !breaches.is_empty() {
            card.findings.splice(0..0, breaches);
            return hold(config, key, &card, folder.latest(key).ok().flatten().as_ref());
        }
        let latest = folder.latest(key)?;
        if card.is_held() {
            return hold(config, key, &card, latest.as_ref());
        }
        let supersedes = folder.last_number(key)?;
        let version = Version { revision: supersedes.unwrap_or(0) + 1, supersedes, after_final: false };
        let setting =
            Setting { withheld: self.editions.log(folder.edition()), ..setting(config, version, folder.edition()) };
        let (content, approval) = self.signed(key, &mut card, &setting)?;
        card.findings.splice(0..0, unprintable_texts(self.stationery, config, key, &content));
        if card.is_held() {
            return hold(config, key, &card, latest.as_ref());
        }
        let setting = Setting { approval, ..setting };
        plan.cautions.extend(card.findings.iter().filter(|finding| finding.severity == Severity::Caution).cloned());
        let is_open = |slot: &&Slot<'_>| board.commentary.to_follow && slot.is_outstanding();
        plan.to_follow = card.slots.iter().filter(is_open).count();
        match latest {
            Some(latest)
                if latest.manifest.content_sha256 == content.sha256()
                    && (latest.manifest.template_sha256 == self.stationery.sha256()
                        || latest.manifest.state == PackState::Final && !self.new_look) =>
            {
                Ok(PlanStep::Keep(Box::new(latest)))
            }
            _ => Ok(PlanStep::Issue(Box::new(self.next(key, folder, &card, setting, content)?))),
        }
    }

    /// The content and who approved it, where the approved content is this content.
    ///
    /// An approval is of the content as it is before it says who approved it, so
    /// that it can be compared with what the next run makes. An approval of any
    /// other content is void, and said to be.
    fn signed(
        &self,
        key: &PackKey,
        card: &mut Scorecard<'_>,
        setting: &Setting<'_>,
    ) -> Result<(Content, Option<&Approval>), ContentError> {
        let content = Content::of(card, setting)?;
        match self.commentary.approvals.get(key) {
            Some(approval) if !card.board.may_sign(&approval.by) => {
                card.findings.push(sign_off::by_nobody(key, approval, card.board));
                Ok((content, None))
            }
            Some(approval) if approval.content_sha256.iter().any(|sha256| sha256 == content.sha256()) => {
                Ok((content.approved(card, setting, approval)?, Some(approval)))
            }
            Some(approval) => {
                card.findings.push(sign_off::void(key, approval));
                Ok((content, None))
            }
            None => Ok((content, None)),
        }
    }

    /// The next revision: its number, what it replaces and what changed are
    /// stamped on its content.
    fn next(
        &self,
        key: &PackKey,
        folder: &PublishedFolder,
        card: &Scorecard<'_>,
        setting: Setting<'_>,
        content: Content,
    ) -> Result<NextRevision, PlanError> {
        let (config, edition) = (self.config, folder.edition());
        let earlier = folder.revisions(key)?;
        let after_final = earlier.iter().any(|earlier| earlier.manifest.state == PackState::Final);
        let setting = Setting { version: Version { after_final, ..setting.version }, ..setting };
        let state = if Status::of(card, &setting).is_final() { PackState::Final } else { PackState::Draft };
        let Version { revision, supersedes, .. } = setting.version;
        let sources = super::sources_of(config, std::slice::from_ref(&key.board));
        // How long a list of people is might give away what the public may not see.
        let may_tell = |source: &&Source| edition == Edition::Restricted || source.person.is_none();
        let counted: Vec<&Source> =
            sources.iter().filter_map(|source| config.sources.get(source)).filter(may_tell).collect();
        let record = revision_record::of(card, &counted, &self.editions.material().datasets, content.places()?);
        let figures_csv = figures::write(content.figures(), &self.editions.digests(edition))?;
        let (content_sha256, template_sha256) = (content.sha256().to_owned(), self.stationery.sha256().to_owned());
        let next = Next {
            card,
            revision,
            state,
            figures: &figures_csv,
            record: &record,
            digests: [&template_sha256, &content_sha256],
        };
        let changes = change_list::of(&earlier, &next, self.figures);
        let inputs = &self.editions.material().inputs;
        let file_stem =
            pack::file_name::stem(card, &config.service.council.name, (edition, state == PackState::Draft), revision);
        let issue = Issue {
            key: key.clone(),
            revision,
            supersedes,
            state,
            file_stem,
            figures_csv,
            findings_json: findings_json(&card.findings)?,
            suppression_csv: (edition == Edition::Restricted)
                .then(|| pack::withheld::csv(card, setting.withheld))
                .transpose()?,
            inputs: sources.iter().filter_map(|source| inputs.get(source).cloned()).collect(),
            record,
            config_sha256: self.config_sha256.to_owned(),
            template_sha256,
            content_sha256,
            awaited: card.outstanding().map(|slot| slot.indicator.reference.clone()).collect(),
            lacks: card.lacks(),
        };
        let outstanding = issue.awaited.len();
        let pack = content.stamped(card, &setting, changes.list);
        let supplement = pack::places::supplement(&pack, changes.places, &card.board.words);
        Ok(NextRevision { pack, supplement, issue, outstanding, differing: changes.figures })
    }
}

/// What every pack of a config is made with.
pub(super) fn setting(config: &Config, version: Version, edition: Edition) -> Setting<'_> {
    Setting {
        council: &config.service.council,
        glossary: &config.glossary,
        sources: &config.sources,
        calendar: &config.calendar,
        approval: None,
        version,
        edition,
        withheld: &[],
    }
}

/// Why a board's sources could not be read, and whether it is a storage's fault.
pub(super) fn unread(config: &Config, key: &PackKey, read: &ReadStatus) -> Option<(String, bool)> {
    if let Some(error) = &read.unread {
        return Some((format!("failed to use the published folder: {error}"), true));
    }
    let sources = super::sources_of(config, std::slice::from_ref(&key.board));
    let first = |failed: &BTreeMap<SourceId, String>| {
        sources.iter().find_map(|source| failed.get(source).map(|error| format!("source {source}: {error}")))
    };
    first(&read.unreachable).map(|error| (error, true)).or_else(|| first(&read.broken).map(|error| (error, false)))
}

fn hold(
    config: &Config,
    key: &PackKey,
    card: &Scorecard<'_>,
    latest: Option<&Publication>,
) -> Result<PlanStep, PlanError> {
    Ok(PlanStep::Hold(Box::new(notice(config, key, card.board, card.findings.clone(), latest)?)))
}

/// The page that says why there is no pack.
fn notice(
    config: &Config,
    key: &PackKey,
    board: &Board,
    findings: Vec<Finding>,
    latest: Option<&Publication>,
) -> Result<Hold, serde_json::Error> {
    let published = latest.map(|publication| publication.manifest.revision);
    let name = pack::file_name::safe(&format!("Held - {} - {}", board.title, words::month(key.period)));
    Ok(Hold {
        notice: pack::held::notice(board, key.period, &config.service.council, &findings, published),
        file_name: format!("{name}.pdf"),
        findings_json: findings_json(&findings)?,
        findings,
    })
}

fn findings_json(findings: &[Finding]) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec_pretty(findings)?;
    bytes.push(b'\n');
    Ok(bytes)
}
