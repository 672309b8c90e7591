//! What a revision leaves for the packs after it, worked from its scorecard.

use std::collections::BTreeMap;

use crate::domain::IndicatorRef;
use crate::pack::changes::{self, Said};
use crate::pack::model::ChangeList;
use crate::pack::printed;
use crate::publish::{Publication, Retold, State, Trail};
use crate::scorecard::{Scorecard, restated};

/// The trail of a scorecard.
pub(super) fn of(card: &Scorecard<'_>) -> Trail {
    Trail { restated: retold(card), definitions: definitions(card), commentary: changes::commentary(card) }
}

/// What it says anew of figures that earlier packs printed.
fn retold(card: &Scorecard<'_>) -> Vec<Retold> {
    let of_line = |line| {
        restated::told(line).map(|(period, value, judged)| Retold {
            indicator: line.indicator.reference.clone(),
            period,
            value: value.map(|value| value.to_string()),
            rating: judged.rating,
            target: judged.target,
        })
    };
    let mut told: Vec<Retold> = card.every_line().flat_map(of_line).collect();
    told.sort_by(|a, b| (&a.indicator, a.period).cmp(&(&b.indicator, b.period)));
    told.dedup();
    told
}

/// Digest of what each indicator means.
fn definitions(card: &Scorecard<'_>) -> BTreeMap<IndicatorRef, String> {
    card.every_line().map(|line| (line.indicator.reference.clone(), restated::definition(line.indicator))).collect()
}

/// What a revision says otherwise than the one that stands; none where none does.
pub(super) fn changes(
    latest: Option<&Publication>,
    (card, state): (&Scorecard<'_>, State),
    figures: &[u8],
    trail: &Trail,
    template_sha256: &str,
) -> Option<ChangeList> {
    let before = said(latest?)?;
    let now = Said {
        revision: before.revision + 1,
        is_draft: state == State::Draft,
        figures: printed::read(figures).ok()?,
        definitions: trail.definitions.clone(),
        commentary: trail.commentary.clone(),
        template_sha256: template_sha256.to_owned(),
    };
    Some(changes::list(&before, &now, card))
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
    })
}
