//! What a revision leaves for the packs after it, worked from its scorecard.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::domain::IndicatorRef;
use crate::pack::changes::{self, Said};
use crate::pack::model::ChangeList;
use crate::pack::printed;
use crate::publish::{self, Publication, Retold, State, Trail};
use crate::scorecard::{Line, Scorecard, restated};

/// The trail of a scorecard.
pub(super) fn of(card: &Scorecard<'_>) -> Trail {
    Trail {
        restated: retold(card),
        definitions: definitions(card),
        commentary: changes::commentary(card),
        drawn: drawn(card),
    }
}

/// What its charts draw: more months than any table has, which readers keep.
fn drawn(card: &Scorecard<'_>) -> BTreeMap<IndicatorRef, String> {
    let of = |line: &Line<'_>| {
        let known = line.series.iter().filter_map(|point| Some((point.period, point.reading.figure()?.value)));
        (line.indicator.reference.clone(), publish::drawn(known))
    };
    card.every_line().map(of).collect()
}

/// What it says anew of figures that earlier packs printed.
fn retold(card: &Scorecard<'_>) -> Vec<Retold> {
    let of_line = |line| {
        restated::told(line).map(|(restated, judged)| {
            let figure = restated.now.figure();
            let part = |part: Option<Decimal>| part.map(|part| part.normalize().to_string());
            Retold {
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
    let mut told: Vec<Retold> = card.every_line().flat_map(of_line).collect();
    told.sort_by(|a, b| (&a.indicator, a.period).cmp(&(&b.indicator, b.period)));
    told.dedup();
    told
}

/// Digest of what each indicator means for the figure that is shown.
fn definitions(card: &Scorecard<'_>) -> BTreeMap<IndicatorRef, String> {
    let meant = |line: &Line<'_>| (line.indicator.reference.clone(), restated::definition(line.indicator, line.period));
    card.every_line().map(meant).collect()
}

/// A revision that is about to be issued.
pub(super) struct Next<'a> {
    pub(super) card: &'a Scorecard<'a>,
    pub(super) revision: u32,
    pub(super) state: State,
    pub(super) figures: &'a [u8],
    pub(super) trail: &'a Trail,
    /// Of its templates, and of what it says.
    pub(super) digests: [&'a str; 2],
}

/// What a revision says otherwise than the one that its readers know; none
/// where there is none before it.
pub(super) fn changes(earlier: &[Publication], next: &Next<'_>) -> Option<ChangeList> {
    let before = said(known(earlier, next.state)?)?;
    let [template_sha256, content_sha256] = next.digests.map(str::to_owned);
    let now = Said {
        revision: next.revision,
        is_draft: next.state == State::Draft,
        figures: printed::read(next.figures).ok()?,
        definitions: next.trail.definitions.clone(),
        commentary: next.trail.commentary.clone(),
        template_sha256,
        content_sha256,
    };
    Some(changes::list(&before, &now, next.card))
}

/// The revision that a new one is held against. Members have read the last
/// final one and none of the drafts since; whoever sees a draft, or the first
/// that is final, has seen the one before it.
fn known(earlier: &[Publication], state: State) -> Option<&Publication> {
    let is_final = |publication: &&Publication| publication.manifest.state == State::Final;
    let last_final = earlier.iter().rev().find(is_final).filter(|_| state == State::Final);
    last_final.or(earlier.last())
}

/// What a revision that stands says; none where it cannot be read back, which
/// is logged: a damaged old revision must not keep a sound new one from being made.
fn said(publication: &Publication) -> Option<Said> {
    let manifest = &publication.manifest;
    let figures = publication.figures_csv().map_err(|error| super::chain(&error));
    let figures = figures.and_then(|bytes| printed::read(&bytes).map_err(|error| error.to_string()));
    let figures = figures.inspect_err(|error| {
        tracing::warn!(board.id = manifest.board.as_str(), period = %manifest.period, error, "the revision before could not be read back");
    });
    Some(Said {
        revision: manifest.revision,
        is_draft: manifest.state == State::Draft,
        figures: figures.ok()?,
        definitions: manifest.trail.definitions.clone(),
        commentary: manifest.trail.commentary.clone(),
        template_sha256: manifest.template_sha256.clone(),
        content_sha256: manifest.content_sha256.clone(),
    })
}
