//! What a revision leaves for the packs after it, worked from its scorecard.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::dataset::Dataset;
use crate::domain::{Checked, IndicatorRef, Source, SourceId};
use crate::pack::changes;
use crate::publish::{self, RestatedFigure, RevisionRecord};
use crate::scorecard::{Line, Scorecard, restated};

/// The record of a scorecard, and of sources whose rows anybody may count who reads it.
pub(super) fn of(
    card: &Scorecard<'_>,
    sources: &[&Source],
    datasets: &BTreeMap<SourceId, Checked<Dataset>>,
    places: BTreeMap<String, String>,
) -> RevisionRecord {
    RevisionRecord {
        restated: restated_figures(card),
        definitions: definitions(card),
        commentary: changes::commentary(card),
        drawn: drawn(card),
        places,
        rows: sources.iter().filter_map(|source| Some((source.id.clone(), rows(datasets.get(&source.id)?)?))).collect(),
    }
}

/// Fewest rows that are worth keeping: a file of fewer is soon looked through.
const ROWS_KEPT: usize = 50;

/// The rows of a source in tens.
fn rows(dataset: &Checked<Dataset>) -> Option<usize> {
    let rows = dataset.value.rows() / 10 * 10;
    (rows >= ROWS_KEPT).then_some(rows)
}

/// What its charts draw: more months than any table has, which readers keep.
fn drawn(card: &Scorecard<'_>) -> BTreeMap<IndicatorRef, String> {
    let of = |line: &Line<'_>| {
        let known = line.series.iter().filter_map(|point| Some((point.period, point.reading.figure()?.value)));
        (line.indicator.reference.clone(), publish::draw(known))
    };
    card.every_line().map(of).collect()
}

/// What it says anew of figures that earlier packs printed.
fn restated_figures(card: &Scorecard<'_>) -> Vec<RestatedFigure> {
    let of_line = |line| {
        restated::newly_told(line).map(|(restated, judged)| {
            let figure = restated.now.figure();
            let part = |part: Option<Decimal>| part.map(|part| part.normalize().to_string());
            RestatedFigure {
                indicator: line.indicator.reference.clone(),
                period: restated.period,
                value: figure.map(|figure| figure.value.to_string()),
                numerator: part(figure.and_then(|figure| figure.numerator)),
                denominator: part(figure.and_then(|figure| figure.denominator)),
                rating: judged.rating,
                target: judged.target,
            }
        })
    };
    let mut told: Vec<RestatedFigure> = card.every_line().flat_map(of_line).collect();
    told.sort_by(|a, b| (&a.indicator, a.period).cmp(&(&b.indicator, b.period)));
    told.dedup();
    told
}

/// Digest of what each indicator means for the figure that is shown.
fn definitions(card: &Scorecard<'_>) -> BTreeMap<IndicatorRef, String> {
    let meant = |line: &Line<'_>| (line.indicator.reference.clone(), restated::definition(line.indicator, line.period));
    card.every_line().map(meant).collect()
}
