//! What packs that stand have told: the published folder read once, for what
//! earlier months printed ([`History`]) and for what a reader who kept every
//! revision knows ([`Known`]).

use std::collections::{BTreeMap, BTreeSet};

use chrono::Months;
use rust_decimal::Decimal;

use crate::config::Config;
use crate::disclosure::known::{Known, KnownFigure};
use crate::domain::{BoardId, Code, Finding, IndicatorRef, Input, Period, Place, SourceId};
use crate::history::{History, PublishedLine, PublishedPack, PublishedRating, RatioParts};
use crate::pack::printed::Printed;
use crate::publish::{self, FiguresCache, Publication, PublishError, PublishedFolder};

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

/// What the published folder tells.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) history: History,
    pub(super) known: Known,
    pub(super) breaches: Vec<Breach>,
}

/// What the latest revisions for months before this one printed, and every
/// figure that any revision of any pack of the folder has shown.
///
/// What cannot be trusted is passed over here and named as a [`Breach`]: it holds
/// the packs that would need it, for it neither counts as published nor as not
/// published. `inputs` are today's files, by which a pack that does not print
/// its own is asked for them.
pub(super) fn read(
    folder: &PublishedFolder,
    figures: &FiguresCache,
    period: Period,
    inputs: &BTreeMap<SourceId, Input>,
) -> Result<Told, PublishError> {
    let mut told = Told::default();
    let earliest = period.first_day().checked_sub_months(Months::new(MONTHS)).and_then(Period::of);
    let is_before = |month: Period| month < period && earliest.is_none_or(|earliest| month >= earliest);
    for (key, revisions) in folder.by_pack()? {
        let last = revisions.len().saturating_sub(1);
        for (nth, publication) in revisions.into_iter().enumerate() {
            let publication = match publication {
                Ok(publication) => publication,
                Err(error) => {
                    let finding = error.finding().unwrap_or_else(|| untrusted(&error));
                    told.breaches.push(Breach { board: key.board.clone(), indicators: BTreeSet::new(), finding });
                    continue;
                }
            };
            let manifest = &publication.manifest;
            for (indicator, drawn) in &manifest.record.drawn {
                for (month, value) in publish::drawn(drawn) {
                    told.known.add(indicator, month, KnownFigure { value, numerator: None, denominator: None });
                }
            }
            let rows = match figures.of(&publication) {
                Ok(rows) => rows,
                Err(error) => {
                    let finding = error.finding(&publication).unwrap_or_else(|| untrusted(&error));
                    let indicators = manifest.record.definitions.keys().cloned().collect();
                    told.breaches.push(Breach { board: key.board.clone(), indicators, finding });
                    continue;
                }
            };
            rows.iter().for_each(|row| of_reader(row, &mut told.known));
            if nth == last && is_before(manifest.period) {
                let (period, board) = (manifest.period, manifest.board.clone());
                for (source, rows) in &manifest.record.rows {
                    told.history.note_rows(source, period, *rows);
                }
                told.history.add(
                    &PublishedPack { period, board, revision: manifest.revision },
                    lines(&publication, &rows, inputs),
                );
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

/// Notes how many rows the sources of a folder's packs had: a restricted one's
/// say it of lists of people too. What of it cannot be read is told elsewhere.
pub(super) fn note_rows(folder: &PublishedFolder, period: Period, history: &mut History) {
    let packs = folder.by_pack().unwrap_or_default();
    for manifest in packs.into_values().flatten().flatten().map(|publication| publication.manifest) {
        for (source, rows) in manifest.record.rows.iter().filter(|_| manifest.period < period) {
            history.note_rows(source, manifest.period, *rows);
        }
    }
}

/// F718: what was published cannot be read for a reason that lies elsewhere.
fn untrusted(error: &(dyn std::error::Error + 'static)) -> Finding {
    let message = format!("what was published cannot be read: {}", super::chain(error));
    let hint = "let the program read the whole published folder, with the newest boardpack that has used it";
    Finding::new(Code::IssuedUntrusted, Place::default(), message, hint)
}

/// What a reader knows from one row.
fn of_reader(row: &Printed, known: &mut Known) {
    let number = |text: &str| text.parse::<Decimal>().ok();
    let mut add_row = |period, value: &str, numerator, denominator| {
        if let Some(value) = number(value) {
            known.add(&row.reference, period, KnownFigure { value, numerator, denominator });
        }
    };
    add_row(row.period, &row.value, number(&row.numerator), number(&row.denominator));
    add_row(row.previous_period, &row.previous_value, None, None);
    add_row(row.period.plus(-12), &row.last_year, None, None);
}

/// Every figure that a publication printed, and what it said anew of others.
fn lines(publication: &Publication, rows: &[Printed], inputs: &BTreeMap<SourceId, Input>) -> Vec<PublishedLine> {
    let record = &publication.manifest.record;
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
        let file_sha256 = digest(publication, row, inputs.get(&row.source).map(|input| input.sha256.as_str()));
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
pub(super) fn digest(publication: &Publication, row: &Printed, today: Option<&str>) -> String {
    let is_the_same = |today: &&str| publication.manifest.inputs.iter().any(|input| input.sha256 == *today);
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
