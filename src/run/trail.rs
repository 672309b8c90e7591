//! What a revision leaves for the packs after it, worked from its scorecard.

use std::collections::BTreeMap;

use crate::domain::{Comment, IndicatorRef};
use crate::publish::{Retold, Trail};
use crate::scorecard::{Scorecard, restated};

/// The trail of a scorecard.
pub(super) fn of(card: &Scorecard<'_>) -> Trail {
    Trail { restated: retold(card), definitions: definitions(card), commentary: commentary(card) }
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
    let mut told: Vec<Retold> = card.lines().flat_map(of_line).collect();
    told.sort_by(|a, b| (&a.indicator, a.period).cmp(&(&b.indicator, b.period)));
    told.dedup();
    told
}

/// Digest of what each indicator means.
fn definitions(card: &Scorecard<'_>) -> BTreeMap<IndicatorRef, String> {
    card.lines().map(|line| (line.indicator.reference.clone(), restated::definition(line.indicator))).collect()
}

/// Digest of each commentary that is printed.
fn commentary(card: &Scorecard<'_>) -> BTreeMap<IndicatorRef, String> {
    let written = card.slots.iter().filter_map(|slot| Some((slot.indicator.reference.clone(), digest(slot.comment?))));
    written.collect()
}

fn digest(comment: &Comment) -> String {
    let due = comment.due.map(|due| due.to_string()).unwrap_or_default();
    let parts = [&comment.text, &comment.action, &comment.owner, &due, &comment.expect];
    crate::digest::sha256(parts.map(|part| part.trim()).join("\u{1f}").as_bytes())
}
