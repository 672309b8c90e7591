//! What packs have told: the ledger read once, for what earlier months printed
//! ([`History`]) and for what a reader who kept every revision knows ([`Known`]).

use std::collections::{BTreeMap, BTreeSet};

use chrono::Months;
use rust_decimal::Decimal;

use super::RunError;
use super::folders::PublishedFolders;
use crate::config::Config;
use crate::disclosure::known::{Known, KnownFigure};
use crate::domain::{BoardId, Code, Edition, Finding, IndicatorRef, Input, Period, Place, SourceId};
use crate::history::{History, PublishedLine, PublishedPack, PublishedRating, RatioParts};
use crate::ledger::{Ledger, LedgerError, StoredRevision};
use crate::pack::printed::{Printed, PrintedPoint};
use crate::publish::{self, FiguresCache, Manifest};

/// How far back a pack prints, and so how far back a restatement matters.
const MONTHS: u32 = 24;

/// Something published that cannot be trusted, and so tells nothing: neither
/// what was printed, nor what a reader knows.
#[derive(Debug)]
pub(super) struct Breach {
    /// Whose pack it is of.
    pub(super) board: BoardId,
    /// What it showed, as far as that is known.
    pub(super) indicators: BTreeSet<IndicatorRef>,
    /// The finding that names it.
    pub(super) finding: Finding,
}

impl Breach {
    /// A row of the ledger that is not as it was written.
    fn of_ledger(stored: &StoredRevision, ledger: &Ledger) -> Self {
        let at = Place { file: Some(ledger.place().to_string().into()), ..Place::default() };
        let finding = Finding::new(
            Code::IssuedUntrusted,
            at,
            format!(
                "failed to trust the ledger: its row of {} for {}, revision {}, was changed after it was written",
                stored.key.board, stored.key.period, stored.revision
            ),
            "bring the ledger back from a backup, or make it anew: boardpack ledger rebuild",
        );
        Self { board: stored.key.board.clone(), indicators: BTreeSet::new(), finding }
    }

    /// Whether it may have shown figures that these sources have a part in. Of a
    /// board that is gone, nobody knows what it showed.
    pub(super) fn concerns(&self, config: &Config, sources: &BTreeSet<SourceId>) -> bool {
        if config.board(&self.board).is_none() && self.indicators.is_empty() {
            return true;
        }
        let shown = self.indicators.iter().filter_map(|shown| Some(config.register.get(shown)?.source.clone()));
        let of_board = super::sources_of(config, std::slice::from_ref(&self.board));
        of_board.into_iter().chain(shown).any(|source| sources.contains(&source))
    }
}

/// What was told.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) history: History,
    pub(super) known: Known,
    pub(super) breaches: Vec<Breach>,
}

/// What the latest revisions for months before this one printed, and every
/// figure that any public revision of any pack has shown; and how many rows the sources
/// of all packs had, of which a restricted one says it of lists of people too.
///
/// What cannot be trusted is passed over here and named as a [`Breach`]: it holds
/// the packs that would need it, for it neither counts as published nor as not
/// published. `inputs` are today's files, by which a pack that does not print
/// its own is asked for them.
pub(super) fn read(
    folders: &PublishedFolders,
    figures: &FiguresCache,
    period: Period,
    inputs: &BTreeMap<SourceId, Input>,
) -> Result<Told, RunError> {
    folders.are_whole()?;
    let ledger = folders.filled()?;
    let mut told = Told { breaches: unread(folders)?, ..Told::default() };
    let mut revisions = ledger.revisions_one_by_one()?.peekable();
    while let Some(stored) = revisions.next().transpose()? {
        let stored = &stored;
        let is_same = |next: &Result<StoredRevision, LedgerError>| {
            next.as_ref().is_ok_and(|next| (&next.key, next.edition) == (&stored.key, stored.edition))
        };
        let is_last = !revisions.peek().is_some_and(is_same);
        let Some(manifest) = stored.read() else {
            told.breaches.push(Breach::of_ledger(stored, ledger));
            continue;
        };
        match stored.edition {
            Edition::Restricted => note_rows(&manifest, period, &mut told.history),
            Edition::Public => {
                if let Err(error) =
                    of_public(stored, &manifest, (figures, inputs), is_last.then_some(period), &mut told)
                {
                    let indicators = manifest.record.definitions.keys().cloned().collect();
                    let finding = untrusted(&error);
                    told.breaches.push(Breach { board: stored.key.board.clone(), indicators, finding });
                }
            }
        }
    }
    for breach in &told.breaches {
        tracing::warn!(
            board.id = breach.board.as_str(),
            findings = breach.finding.code.as_str(),
            "what was published cannot be trusted: {}",
            breach.finding
        );
    }
    Ok(told)
}

/// What a public revision told; of the last one of a pack for a month before this one,
/// what it printed as well.
fn of_public(
    stored: &StoredRevision,
    manifest: &Manifest,
    (figures, inputs): (&FiguresCache, &BTreeMap<SourceId, Input>),
    last_before: Option<Period>,
    told: &mut Told,
) -> Result<(), csv::Error> {
    for (indicator, drawn) in &manifest.record.drawn {
        for (month, value) in publish::drawn(drawn) {
            told.known.add(indicator, month, KnownFigure { value, numerator: None, denominator: None });
        }
    }
    let file = manifest.files.iter().find(|file| file.name == publish::manifest::FIGURES);
    let sha256 = file.map(|file| file.sha256.as_str()).unwrap_or_default();
    let rows = figures.parsed(sha256, stored.figures_csv.as_bytes())?;
    rows.figures.iter().for_each(|row| of_reader(row, &mut told.known));
    rows.course.iter().for_each(|point| of_point(point, &mut told.known));
    let is_before = |period: &Period| {
        let earliest = period.first_day().checked_sub_months(Months::new(MONTHS)).and_then(Period::of);
        manifest.period < *period && earliest.is_none_or(|earliest| manifest.period >= earliest)
    };
    if let Some(period) = last_before.filter(is_before) {
        note_rows(manifest, period, &mut told.history);
        let pack =
            PublishedPack { period: manifest.period, board: manifest.board.clone(), revision: manifest.revision };
        told.history.add(&pack, lines(manifest, &rows.figures, inputs));
    }
    Ok(())
}

/// Packs of which the ledger does not know all that was published, and why.
fn unread(folders: &PublishedFolders) -> Result<Vec<Breach>, RunError> {
    let mut breaches = Vec::new();
    for pack in folders.ledger().unread()?.into_iter().filter(|pack| pack.edition == Edition::Public) {
        let errors = folders.public().breaches(&pack.key)?;
        let mut findings: Vec<Finding> =
            errors.iter().map(|error| error.finding().unwrap_or_else(|| untrusted(error))).collect();
        if findings.is_empty() {
            let message = format!("the ledger does not know yet what the pack for {} told", pack.key.period);
            findings.push(Finding::new(
                Code::IssuedUntrusted,
                Place::default(),
                message,
                "nothing: the next run reads it, for all of it stands again",
            ));
        }
        let board = pack.key.board;
        let of_pack = |finding| Breach { board: board.clone(), indicators: BTreeSet::new(), finding };
        breaches.extend(findings.into_iter().map(of_pack));
    }
    Ok(breaches)
}

/// Notes how many rows the sources of a pack had.
fn note_rows(manifest: &Manifest, period: Period, history: &mut History) {
    for (source, rows) in manifest.record.rows.iter().filter(|_| manifest.period < period) {
        history.note_rows(source, manifest.period, *rows);
    }
}

/// F718: what was published cannot be read for a reason that lies elsewhere.
fn untrusted(error: &(dyn std::error::Error + 'static)) -> Finding {
    let message = format!("what was published cannot be read: {}", super::chain(error));
    let hint = "let the program read the whole published folder, with the newest boardpack that has used it";
    Finding::new(Code::IssuedUntrusted, Place::default(), message, hint)
}

fn number(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

/// What a reader knows from a point that was drawn.
fn of_point(point: &PrintedPoint, known: &mut Known) {
    if let Some(value) = number(&point.value) {
        let (numerator, denominator) = (number(&point.numerator), number(&point.denominator));
        known.add(&point.reference, point.period, KnownFigure { value, numerator, denominator });
    }
}

/// What a reader knows from one row.
fn of_reader(row: &Printed, known: &mut Known) {
    let mut add_row = |period, value: &str, numerator, denominator| {
        if let Some(value) = number(value) {
            known.add(&row.reference, period, KnownFigure { value, numerator, denominator });
        }
    };
    add_row(row.period, &row.value, number(&row.numerator), number(&row.denominator));
    add_row(row.previous_period, &row.previous_value, None, None);
    add_row(row.period.plus(-12), &row.last_year, None, None);
}

/// Every figure that a revision printed, and what it said anew of others.
fn lines(manifest: &Manifest, rows: &[Printed], inputs: &BTreeMap<SourceId, Input>) -> Vec<PublishedLine> {
    let record = &manifest.record;
    let mut lines: Vec<PublishedLine> = Vec::with_capacity(2 * rows.len());
    for restated in &record.restated {
        let definition = record.definitions.get(&restated.indicator).cloned().unwrap_or_default();
        let judged = PublishedRating { rating: restated.rating.clone(), target: restated.target.clone(), definition };
        lines.push(PublishedLine {
            indicator: restated.indicator.clone(),
            month: restated.period,
            value: restated.value.as_deref().and_then(|value| value.parse().ok()),
            parts: restated.numerator.as_deref().zip(restated.denominator.as_deref()).and_then(parts),
            judged: Some(judged),
            file: None,
        });
    }
    for row in rows {
        let file_sha256 = digest(manifest, row, inputs.get(&row.source).map(|input| input.sha256.as_str()));
        let definition = record.definitions.get(&row.reference).cloned().unwrap_or_default();
        lines.extend(of_row(row, file_sha256, definition));
    }
    lines
}

/// A numerator and a denominator; none where either is blank.
fn parts((numerator, denominator): (&str, &str)) -> Option<RatioParts> {
    Some(RatioParts { numerator: numerator.parse().ok()?, denominator: denominator.parse().ok()? })
}

/// The digest of a row's file. A public row does not print every one; its
/// manifest has them all, so today's is known again.
pub(super) fn digest(manifest: &Manifest, row: &Printed, today: Option<&str>) -> String {
    let is_the_same = |today: &&str| manifest.inputs.iter().any(|input| input.sha256 == *today);
    match today.filter(is_the_same) {
        Some(today) if row.file_sha256.is_empty() => today.to_owned(),
        _ => row.file_sha256.clone(),
    }
}

/// A row's own figure and the one before it. Suppressed and missing figures
/// have no value: nothing was published.
fn of_row(row: &Printed, file_sha256: String, definition: String) -> impl Iterator<Item = PublishedLine> {
    let before = row.previous_value.parse().ok().map(|value| PublishedLine {
        indicator: row.reference.clone(),
        month: row.previous_period,
        value: Some(value),
        parts: None,
        judged: None,
        file: None,
    });
    let own = row.value.parse().ok().map(|value| PublishedLine {
        indicator: row.reference.clone(),
        month: row.period,
        value: Some(value),
        parts: parts((&row.numerator, &row.denominator)),
        judged: Some(PublishedRating { rating: row.rating.clone(), target: row.target.clone(), definition }),
        file: Some((row.source.clone(), file_sha256)),
    });
    own.into_iter().chain(before)
}
