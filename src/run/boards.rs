//! From datasets to one board's result.

use std::collections::{BTreeMap, BTreeSet};

use super::editions::Editions;
use super::reading::Read;
use super::{Noted, PackKey, PackResult, approval, chain, trail};
use crate::commentary;
use crate::config::{Config, Register};
use crate::dataset::Dataset;
use crate::dataset::checks::History;
use crate::domain::{Board, Checked, Code, Comments, Edition, Finding, Period, Place, Severity, SourceId};
use crate::pack::{self, Pack, Setting, Status, Version};
use crate::publish::{Issue, Publication, Shelf, State};
use crate::scorecard::{Scorecard, Slot, scorecard};
use crate::typeset::{Pdf, Stationery};

/// Why a board came to no result of its own.
#[derive(Debug, thiserror::Error)]
enum BoardError {
    #[error("there is no board {0}")]
    Unknown(String),
    #[error("failed to write figures.csv")]
    Figures(#[from] csv::Error),
    #[error("failed to write the findings as JSON")]
    Json(#[from] serde_json::Error),
    #[error("failed to tell whether the pack says anything new")]
    Content(#[from] pack::ContentError),
    #[error("failed to typeset the pack")]
    Typeset(#[from] crate::typeset::TypesetError),
    #[error("the pack is {0} MB, and agenda software takes 5 (hint: is the logo in config/theme a large picture?)")]
    TooLarge(usize),
    #[error("failed to publish the pack")]
    Publish(#[from] crate::publish::PublishError),
}

/// The largest pack that can be attached to an agenda, in bytes.
const LARGEST: usize = 5_000_000;

/// A board's scorecard with every finding on its data and its commentary.
pub(super) fn card<'c>(
    config: &'c Config,
    (board, register): (&'c Board, &'c Register),
    period: Period,
    comments: Option<&'c Comments>,
    datasets: &BTreeMap<SourceId, Checked<Dataset>>,
    history: &History,
) -> Scorecard<'c> {
    let mut card = scorecard(board, period, register, datasets, comments, history);
    card.findings.extend(commentary::remarks(&card, config));
    let told = config.workbook_findings.iter().filter(|(of, _)| of.as_ref().is_none_or(|of| *of == board.id));
    card.findings.extend(told.map(|(_, finding)| finding.clone()));
    card
}

/// Makes one board's pack, or says why there is none.
pub(super) fn make(
    config: &Config,
    stationery: &Stationery,
    shelf: &Shelf,
    key: &PackKey,
    editions: &Editions,
    dry_run: bool,
    noted: &mut Noted,
) -> PackResult {
    if let Some((error, storage)) = unread(config, key, &editions.read) {
        return PackResult::Failed { error, storage };
    }
    match try_make(config, stationery, shelf, key, editions, dry_run, noted) {
        Ok(result) => result,
        Err(error) => PackResult::Failed { error: chain(&error), storage: false },
    }
}

/// Why a board's sources could not be read, and whether it is a storage's fault.
pub(super) fn unread(config: &Config, key: &PackKey, read: &Read) -> Option<(String, bool)> {
    let unreachable = first_of(config, key, &read.unreachable).map(|error| (error, true));
    unreachable.or_else(|| first_of(config, key, &read.broken).map(|error| (error, false)))
}

/// The first of a board's sources that is among these, with why.
fn first_of(config: &Config, key: &PackKey, failed: &BTreeMap<SourceId, String>) -> Option<String> {
    let sources = super::sources_of(config, std::slice::from_ref(&key.board));
    sources.iter().find_map(|source| failed.get(source).map(|error| format!("source {source}: {error}")))
}

fn try_make(
    config: &Config,
    stationery: &Stationery,
    shelf: &Shelf,
    key: &PackKey,
    editions: &Editions,
    dry_run: bool,
    noted: &mut Noted,
) -> Result<PackResult, BoardError> {
    let board = config.board(&key.board).ok_or_else(|| BoardError::Unknown(key.board.to_string()))?;
    let told = editions.told(config, board, key.period, shelf.edition());
    let (comments, datasets) = (told.comments.as_ref(), told.datasets);
    let mut card = card(config, (&told.board, &told.register), key.period, comments, datasets, &editions.read.history);
    editions.curb(board, shelf.edition(), &told, &mut card.findings);
    card.findings.splice(0..0, unprintable(stationery, &card));
    let latest = shelf.latest(key)?;
    if card.is_held() {
        return hold(config, stationery, shelf, key, &card, latest.as_ref(), dry_run);
    }
    let supersedes = latest.as_ref().map(|publication| publication.manifest.revision);
    let version = Version { revision: supersedes.unwrap_or(0) + 1, supersedes, after_final: false };
    let setting = Setting { withheld: editions.log(shelf.edition()), ..setting(config, version, shelf.edition()) };
    let (setting, content_sha256) = approval::signed(config, key, &mut card, setting)?;
    noted.cautions.extend(card.findings.iter().filter(|finding| finding.severity == Severity::Caution).cloned());
    let is_open = |slot: &&Slot<'_>| board.commentary.to_follow && slot.is_outstanding();
    noted.to_follow = card.slots.iter().filter(is_open).count();
    let template_sha256 = stationery.sha256();
    if let Some(latest) = &latest
        && latest.manifest.content_sha256 == content_sha256
        && latest.manifest.template_sha256 == template_sha256
    {
        if !dry_run {
            release(shelf, key);
        }
        return Ok(PackResult::Unchanged(latest.clone()));
    }
    let outstanding = card.outstanding().count();
    let state = if Status::of(&card, &setting).is_final() { State::Final } else { State::Draft };
    if dry_run {
        return Ok(PackResult::WouldPublish { revision: version.revision, outstanding, state });
    }
    let ready = Ready { card: &card, setting, state, content_sha256 };
    let publication = issue(config, stationery, shelf, key, editions, ready)?;
    release(shelf, key);
    Ok(PackResult::Published(publication))
}

/// A pack that says something new, and may be said.
struct Ready<'a> {
    card: &'a Scorecard<'a>,
    setting: Setting<'a>,
    state: State,
    content_sha256: String,
}

/// Typesets a pack and puts it on its shelf as the next revision.
fn issue(
    config: &Config,
    stationery: &Stationery,
    shelf: &Shelf,
    key: &PackKey,
    editions: &Editions,
    ready: Ready<'_>,
) -> Result<Publication, BoardError> {
    let Ready { card, setting, state, content_sha256 } = ready;
    let Version { revision, supersedes, .. } = setting.version;
    let template_sha256 = stationery.sha256();
    let figures = pack::figures::csv(card, &editions.digests(shelf.edition()))?;
    let trail = trail::of(card);
    let earlier = shelf.revisions(key)?;
    let after_final = earlier.iter().any(|earlier| earlier.manifest.state == State::Final);
    let setting = Setting { version: Version { after_final, ..setting.version }, ..setting };
    let mut pack = pack::pack(card, &setting);
    let digests = [template_sha256, &content_sha256];
    let next = trail::Next { card, revision, state, figures: &figures, trail: &trail, digests };
    pack.changes = trail::changes(&earlier, &next);
    let pdf = typeset(stationery, key, &pack, &figures)?;
    let sources = super::sources_of(config, std::slice::from_ref(&key.board));
    let issue = Issue {
        key: key.clone(),
        revision,
        supersedes,
        state,
        file_stem: file_stem(config, card, (shelf.edition(), state), revision),
        pdf: pdf.into_bytes(),
        html: crate::web::page(&pack, &config.theme, &figures).into_bytes(),
        figures_csv: figures,
        findings_json: findings_json(&card.findings)?,
        suppression_csv: (shelf.edition() == Edition::Restricted)
            .then(|| pack::withheld::csv(card, setting.withheld))
            .transpose()?,
        inputs: sources.iter().filter_map(|source| editions.read.inputs.get(source).cloned()).collect(),
        trail,
        config_sha256: config.sha256.clone(),
        template_sha256: template_sha256.to_owned(),
        content_sha256,
        awaited: card.outstanding().map(|slot| slot.indicator.reference.clone()).collect(),
    };
    Ok(shelf.publish(issue)?)
}

fn file_stem(config: &Config, card: &Scorecard<'_>, (edition, state): (Edition, State), revision: u32) -> String {
    pack::file_name::stem(card, &config.service.council.name, (edition, state == State::Draft), revision)
}

/// The PDF, unless it is too large for an agenda.
fn typeset(stationery: &Stationery, key: &PackKey, pack: &Pack, figures: &[u8]) -> Result<Pdf, BoardError> {
    let pdf = stationery.scorecard(pack, figures)?;
    warn(key, pdf.warnings());
    match pdf.bytes().len() {
        bytes if bytes > LARGEST => Err(BoardError::TooLarge(bytes / 1_000_000)),
        _ => Ok(pdf),
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

/// Commentary that the fonts cannot print: its officer can mend it.
fn unprintable(stationery: &Stationery, card: &Scorecard<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for slot in &card.slots {
        let Some(comment) = slot.printable() else { continue };
        let words = [&comment.text, &comment.action, &comment.owner, &comment.expect];
        let signs: BTreeSet<char> = words.into_iter().flat_map(|text| stationery.unprintable(text)).collect();
        if signs.is_empty() {
            continue;
        }
        let signs: Vec<String> = signs.iter().map(|sign| named(*sign)).collect();
        let at = Place {
            file: Some(commentary::remarks::file_name(card).into()),
            indicator: Some(slot.indicator.reference.clone()),
            ..Place::default()
        };
        let message = format!(
            "found {} in the commentary on {}, which no font of the pack can print",
            pack::words::list(&signs),
            slot.indicator.reference
        );
        findings.push(Finding::new(Code::Unprintable, at, message, "remove it, or say it in words"));
    }
    findings
}

/// A sign by its code, with the sign itself where there is something to see:
/// one that rings a bell or turns the line round is not shown to anybody.
fn named(sign: char) -> String {
    let code = format!("U+{:04X}", u32::from(sign));
    let unseen = sign.is_control() || ('\u{200b}'..='\u{206f}').contains(&sign);
    if unseen { code } else { format!("{sign} ({code})") }
}

/// Removes the notice of a pack that is held no longer. The pack stands,
/// whatever becomes of the notice: somebody may have it open.
fn release(shelf: &Shelf, key: &PackKey) {
    if let Err(error) = shelf.release(key) {
        tracing::warn!(board.id = key.board.as_str(), period = %key.period, error = chain(&error), "an old notice could not be removed");
    }
}

fn hold(
    config: &Config,
    stationery: &Stationery,
    shelf: &Shelf,
    key: &PackKey,
    card: &Scorecard<'_>,
    latest: Option<&Publication>,
    dry_run: bool,
) -> Result<PackResult, BoardError> {
    let notice = if dry_run {
        None
    } else {
        let published = latest.map(|publication| publication.manifest.revision);
        let notice = pack::held::notice(card.board, key.period, &config.service.council, &card.findings, published);
        let pdf = stationery.held(&notice)?;
        warn(key, pdf.warnings());
        let name = pack::file_name::safe(&format!("Held - {} - {}", card.board.title, pack::words::month(key.period)));
        Some(shelf.hold(key, &format!("{name}.pdf"), pdf.bytes(), &findings_json(&card.findings)?)?)
    };
    Ok(PackResult::Held { findings: card.findings.clone(), notice })
}

fn findings_json(findings: &[Finding]) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec_pretty(findings)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// typst's warnings are about templates and fonts, never about figures.
fn warn(key: &PackKey, warnings: &[String]) {
    for warning in warnings {
        tracing::warn!(board.id = key.board.as_str(), period = %key.period, warning, "typst warned");
    }
}
