//! What packs of earlier months printed, read back from the published folder.

use chrono::Months;
use serde::Deserialize;

use crate::dataset::checks::{History, history::Line};
use crate::domain::{IndicatorRef, Period, SourceId};
use crate::publish::{Publication, Shelf};

/// How far back a pack prints, and so how far back a restatement matters.
const MONTHS: u32 = 24;

/// The columns of `figures.csv` that are needed. Later versions may add others.
#[derive(Debug, Deserialize)]
struct Row {
    #[serde(rename = "ref")]
    indicator: IndicatorRef,
    period: Period,
    value: String,
    source: SourceId,
    file_sha256: String,
}

/// What the latest revisions for months before this one printed.
///
/// Whatever cannot be read is passed over and logged: a damaged old pack must
/// not keep a sound new one from being made.
pub(super) fn before(shelf: &Shelf, period: Period) -> History {
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
        match latest.map_err(|error| super::chain(&error)).and_then(|latest| lines(&latest)) {
            Ok(lines) => history.add(key.period, lines),
            Err(error) => {
                tracing::warn!(board.id = key.board.as_str(), period = %key.period, error, "an earlier pack could not be read back");
            }
        }
    }
    history
}

/// Every figure that a publication printed.
fn lines(publication: &Publication) -> Result<Vec<Line>, String> {
    let bytes = publication.figures_csv().map_err(|error| super::chain(&error))?;
    let mut lines = Vec::new();
    for row in csv::Reader::from_reader(bytes.as_slice()).deserialize::<Row>() {
        let row = row.map_err(|error| error.to_string())?;
        // Suppressed and missing figures have no value: nothing was published.
        if let Ok(value) = row.value.parse() {
            lines.push(Line {
                indicator: row.indicator,
                month: row.period,
                value,
                source: row.source,
                sha256: row.file_sha256,
            });
        }
    }
    Ok(lines)
}
