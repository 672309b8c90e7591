//! What a revision says otherwise than the one before it.

use std::collections::BTreeSet;

use crate::domain::PackState;
use crate::pack::changes::{self, RevisionContent};
use crate::pack::model::ChangeList;
use crate::pack::{places, printed};
use crate::publish::{FiguresCache, Publication, RevisionRecord};
use crate::scorecard::Scorecard;

/// A revision that is about to be issued.
pub(super) struct Next<'a> {
    pub(super) card: &'a Scorecard<'a>,
    pub(super) revision: u32,
    pub(super) state: PackState,
    pub(super) figures: &'a [u8],
    pub(super) record: &'a RevisionRecord,
    /// Of its templates, and of what it says.
    pub(super) digests: [&'a str; 2],
}

/// What a revision says otherwise than the one that its readers know: nothing where there
/// is none before it.
#[derive(Default)]
pub(super) struct RevisionChanges {
    /// The list that it prints.
    pub(super) list: Option<ChangeList>,
    /// How many figures differ.
    pub(super) figures: usize,
    /// The anchors of the places that are not as they were.
    pub(super) places: BTreeSet<String>,
}

/// What changed.
pub(super) fn of(earlier: &[Publication], next: &Next<'_>, figures: &FiguresCache) -> RevisionChanges {
    since(earlier, next, figures).unwrap_or_default()
}

fn since(earlier: &[Publication], next: &Next<'_>, figures: &FiguresCache) -> Option<RevisionChanges> {
    let before = content_of(known(earlier, next.state)?, figures)?;
    let [template_sha256, content_sha256] = next.digests.map(str::to_owned);
    let now = RevisionContent {
        revision: next.revision,
        is_draft: next.state == PackState::Draft,
        figures: printed::read(next.figures).ok()?.figures,
        definitions: next.record.definitions.clone(),
        commentary: next.record.commentary.clone(),
        template_sha256,
        content_sha256,
        places: next.record.places.clone(),
    };
    let list = changes::list(&before, &now, next.card);
    let places = places::changed(&before.places, &now.places, &list);
    Some(RevisionChanges { list: Some(list), figures: changes::figures_that_differ(&before, &now), places })
}

/// The revision that a new one is held against. Members have read the last
/// final one and none of the drafts since; whoever sees a draft, or the first
/// that is final, has seen the one before it.
fn known(earlier: &[Publication], state: PackState) -> Option<&Publication> {
    let is_final = |publication: &&Publication| publication.manifest.state == PackState::Final;
    let last_final = earlier.iter().rev().find(is_final).filter(|_| state == PackState::Final);
    last_final.or(earlier.last())
}

/// What a revision that stands says; none where it cannot be read back, which
/// is logged: one that was altered has held the pack before it came to this.
fn content_of(publication: &Publication, figures: &FiguresCache) -> Option<RevisionContent> {
    let manifest = &publication.manifest;
    let figures = figures.of(publication).inspect_err(|error| {
        let error = super::chain(error);
        tracing::warn!(board.id = manifest.board.as_str(), period = %manifest.period, error, "the revision before could not be read back");
    });
    Some(RevisionContent {
        revision: manifest.revision,
        is_draft: manifest.state == PackState::Draft,
        figures: figures.ok()?.figures.clone(),
        definitions: manifest.record.definitions.clone(),
        commentary: manifest.record.commentary.clone(),
        template_sha256: manifest.template_sha256.clone(),
        content_sha256: manifest.content_sha256.clone(),
        places: manifest.record.places.clone(),
    })
}
