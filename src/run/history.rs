//! What packs of earlier months printed, read back from the published folder.

use std::collections::BTreeMap;

use chrono::Months;
use rust_decimal::Decimal;

use crate::dataset::checks::History;
use crate::dataset::checks::history::{Judged, Line, Pack};
use crate::disclosure::known::{Known, Told};
use crate::domain::{Period, SourceId};
use crate::pack::printed::{self, Printed};
use crate::publish::{Input, Publication, Shelf};

/// How far back a pack prints, and so how far back a restatement matters.
const MONTHS: u32 = 24;

/// What the latest revisions for months before this one printed.
///
/// Whatever cannot be read is passed over and logged: a damaged old pack must
/// not keep a sound new one from being made. `inputs` are today's files, by which
/// a pack that does not print its own is asked for them.
pub(super) fn before(shelf: &Shelf, period: Period, inputs: &BTreeMap<SourceId, Input>) -> History {
    let mut history = History::default();
    let standing = match shelf.standing() {
        Ok(standing) => standing,
        Err(error) => {
            tracing::warn!(
                error = super::chain(&error),
                "earlier packs could not be read, so nothing is compared with them"
            );
            return history;
        }
    };
    let earliest = period.first_day().checked_sub_months(Months::new(MONTHS)).and_then(Period::of);
    for (key, latest) in standing {
        if key.period >= period || earliest.is_some_and(|earliest| key.period < earliest) {
            continue;
        }
        match latest.map_err(|error| super::chain(&error)).and_then(|latest| Ok((lines(&latest, inputs)?, latest))) {
            Ok((lines, latest)) => {
                let pack = Pack { period: key.period, board: key.board, revision: latest.manifest.revision };
                history.add(&pack, lines);
            }
            Err(error) => {
                tracing::warn!(board.id = key.board.as_str(), period = %key.period, error, "an earlier pack could not be read back");
            }
        }
    }
    history
}

/// Every figure that any revision of any public pack has shown: what a reader
/// who kept them all knows.
pub(super) fn known(shelf: &Shelf) -> Known {
    let mut known = Known::default();
    let packs = shelf.everything().unwrap_or_else(|error| {
        tracing::warn!(error = super::chain(&error), "earlier packs could not be read, so they count as not published");
        Vec::new()
    });
    for publication in packs.into_iter().flatten().filter_map(Result::ok) {
        let rows = publication.figures_csv().map_err(|error| super::chain(&error));
        match rows.and_then(|bytes| printed::read(&bytes).map_err(|error| error.to_string())) {
            Ok(rows) => rows.iter().for_each(|row| of_reader(row, &mut known)),
            Err(error) => {
                tracing::warn!(board.id = publication.manifest.board.as_str(), period = %publication.manifest.period, error, "an earlier pack could not be read back");
            }
        }
    }
    known
}

/// What a reader knows from one row.
fn of_reader(row: &Printed, known: &mut Known) {
    let number = |text: &str| text.parse::<Decimal>().ok();
    let mut tell = |period, value: &str, numerator, denominator| {
        if let Some(value) = number(value) {
            known.add(&row.reference, period, Told { value, numerator, denominator });
        }
    };
    tell(row.period, &row.value, number(&row.numerator), number(&row.denominator));
    tell(row.previous_period, &row.previous_value, None, None);
    tell(row.period.plus(-12), &row.last_year, None, None);
}

/// Every figure that a publication printed, and what it said anew of others.
fn lines(publication: &Publication, inputs: &BTreeMap<SourceId, Input>) -> Result<Vec<Line>, String> {
    let bytes = publication.figures_csv().map_err(|error| super::chain(&error))?;
    let rows = printed::read(&bytes).map_err(|error| error.to_string())?;
    let trail = &publication.manifest.trail;
    let mut lines: Vec<Line> = Vec::with_capacity(2 * rows.len());
    for restated in &trail.restated {
        let definition = trail.definitions.get(&restated.indicator).cloned().unwrap_or_default();
        let judged = Judged { rating: restated.rating.clone(), target: restated.target.clone(), definition };
        lines.push(Line {
            indicator: restated.indicator.clone(),
            month: restated.period,
            value: restated.value.as_deref().and_then(|value| value.parse().ok()),
            judged: Some(judged),
            file: None,
        });
    }
    for mut row in rows {
        row.file_sha256 = digest(publication, &row, inputs.get(&row.source).map(|input| input.sha256.as_str()));
        let definition = trail.definitions.get(&row.reference).cloned().unwrap_or_default();
        lines.extend(of_row(row, definition));
    }
    Ok(lines)
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
fn of_row(row: Printed, definition: String) -> impl Iterator<Item = Line> {
    let before = row.previous_value.parse().ok().map(|value| Line {
        indicator: row.reference.clone(),
        month: row.previous_period,
        value: Some(value),
        judged: None,
        file: None,
    });
    let own = row.value.parse().ok().map(|value| Line {
        indicator: row.reference,
        month: row.period,
        value: Some(value),
        judged: Some(Judged { rating: row.rating, target: row.target, definition }),
        file: Some((row.source, row.file_sha256)),
    });
    own.into_iter().chain(before)
}
