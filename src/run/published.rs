//! What packs that stand have told: the published folder read once, for what
//! earlier months printed ([`History`]) and for what a reader who kept every
//! revision knows ([`Known`]).

use std::collections::BTreeMap;

use chrono::Months;
use rust_decimal::Decimal;

use crate::disclosure::known::{Known, KnownFigure};
use crate::domain::{Input, Period, SourceId};
use crate::history::{History, PublishedLine, PublishedPack, PublishedRating, RatioParts};
use crate::pack::printed::Printed;
use crate::publish::{self, FiguresCache, Publication, PublishedFolder};

/// How far back a pack prints, and so how far back a restatement matters.
const MONTHS: u32 = 24;

/// What the latest revisions for months before this one printed, and every
/// figure that any revision of any pack of the folder has shown.
///
/// Whatever cannot be read is passed over and logged: a damaged old pack must
/// not keep a sound new one from being made. `inputs` are today's files, by which
/// a pack that does not print its own is asked for them.
pub(super) fn read(
    folder: &PublishedFolder,
    figures: &FiguresCache,
    period: Period,
    inputs: &BTreeMap<SourceId, Input>,
) -> (History, Known) {
    let (mut history, mut known) = (History::default(), Known::default());
    let packs = folder.everything().unwrap_or_else(|error| {
        tracing::warn!(
            error = super::chain(&error),
            "earlier packs could not be read, so nothing is compared with them and they count as not published"
        );
        Vec::new()
    });
    let earliest = period.first_day().checked_sub_months(Months::new(MONTHS)).and_then(Period::of);
    let is_before = |month: Period| month < period && earliest.is_none_or(|earliest| month >= earliest);
    for revisions in packs {
        let last = revisions.len().saturating_sub(1);
        for (nth, publication) in revisions.into_iter().enumerate() {
            let publication = match publication {
                Ok(publication) => publication,
                Err(error) => {
                    tracing::warn!(error = super::chain(&error), "an earlier pack could not be read back");
                    continue;
                }
            };
            let manifest = &publication.manifest;
            for (indicator, drawn) in &manifest.record.drawn {
                for (month, value) in publish::drawn(drawn) {
                    known.add(indicator, month, KnownFigure { value, numerator: None, denominator: None });
                }
            }
            let rows = match figures.of(&publication) {
                Ok(rows) => rows,
                Err(error) => {
                    let error = super::chain(&error);
                    tracing::warn!(board.id = manifest.board.as_str(), period = %manifest.period, error, "an earlier pack could not be read back");
                    continue;
                }
            };
            rows.iter().for_each(|row| of_reader(row, &mut known));
            if nth == last && is_before(manifest.period) {
                let (period, board) = (manifest.period, manifest.board.clone());
                history.add(
                    &PublishedPack { period, board, revision: manifest.revision },
                    lines(&publication, &rows, inputs),
                );
            }
        }
    }
    (history, known)
}

/// What a reader knows from one row.
fn of_reader(row: &Printed, known: &mut Known) {
    let number = |text: &str| text.parse::<Decimal>().ok();
    let mut tell = |period, value: &str, numerator, denominator| {
        if let Some(value) = number(value) {
            known.add(&row.reference, period, KnownFigure { value, numerator, denominator });
        }
    };
    tell(row.period, &row.value, number(&row.numerator), number(&row.denominator));
    tell(row.previous_period, &row.previous_value, None, None);
    tell(row.period.plus(-12), &row.last_year, None, None);
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
