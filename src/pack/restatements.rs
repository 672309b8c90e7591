//! Restatements as people read them: "was 81.2%, now 80.9%", and why.

use super::Setting;
use super::front::{chip, detail_anchor};
use super::model::{Chip, Restatement, RestatementGroup};
use crate::domain::{Missing, Period, Reading, SourceId};
use crate::history::RatioParts;
use crate::scorecard::{Cause, Line, Restated, Scorecard};
use crate::words;

/// Every restatement of a board, source by source.
pub(super) fn groups(card: &Scorecard<'_>, setting: &Setting<'_>) -> Vec<RestatementGroup> {
    let mut groups: Vec<(&SourceId, RestatementGroup)> = Vec::new();
    for line in card.every_line().filter(|line| !line.restated.is_empty()) {
        let id = &line.indicator.source;
        let at = groups.iter().position(|(known, _)| *known == id).unwrap_or_else(|| {
            let source = setting.sources.get(id).map_or_else(|| id.to_string(), |source| source.title.clone());
            groups.push((id, RestatementGroup { source, rows: Vec::new() }));
            groups.len() - 1
        });
        let rows = line.restated.iter().map(|restated| row(card, line, restated));
        if let Some((_, group)) = groups.get_mut(at) {
            // An indicator may stand in two sections.
            let known = |row: &Restatement| group.rows.contains(row);
            let new: Vec<Restatement> = rows.filter(|row| !known(row)).collect();
            group.rows.extend(new);
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn row(card: &Scorecard<'_>, line: &Line<'_>, restated: &Restated) -> Restatement {
    let indicator = line.indicator;
    let is_rerated = restated.is_of_rating();
    // A part is shown with its whole, unless the board lists it.
    let is_listed = card.board.indicators().any(|listed| *listed == indicator.reference);
    let whole = indicator.segment.as_ref().filter(|_| !is_listed).map(|segment| &segment.parent);
    let shown = whole.unwrap_or(&indicator.reference);
    Restatement {
        reference: shown.to_string(),
        title: indicator.title.clone(),
        anchor: detail_anchor(card, shown),
        period: words::own_period(indicator, restated.period),
        was: was(line, restated),
        was_rating: restated.was_rating.as_deref().filter(|_| is_rerated).map(was_chip),
        now: now(line, restated),
        now_rating: is_rerated.then(|| chip(restated.now_rating)),
        why: format!("{}.", words::capital(&why(line, restated))),
        printed_in: format!("{} pack, revision {}", words::month(restated.pack.period), restated.pack.revision),
    }
}

/// A rating as it was printed.
fn was_chip(word: &str) -> Chip {
    let label = if word == "unrated" { "Not rated".to_owned() } else { words::capital(word) };
    Chip { kind: word.to_owned(), label, reason: String::new() }
}

/// "66.7%", or "66.7% (40 of 60)" where only what it is worked from is otherwise.
fn was(line: &Line<'_>, restated: &Restated) -> String {
    with_parts(words::figure(&line.indicator.measure, restated.was), restated.was_parts)
}

fn with_parts(figure: String, parts: Option<RatioParts>) -> String {
    let Some(parts) = parts else { return figure };
    let plain = |part: rust_decimal::Decimal| words::number(part.normalize());
    format!("{figure} ({} of {})", plain(parts.numerator), plain(parts.denominator))
}

fn now(line: &Line<'_>, restated: &Restated) -> String {
    match restated.now {
        Reading::Figure(figure) => {
            let parts = restated.was_parts.and_then(|_| RatioParts::of(&figure));
            with_parts(words::figure(&line.indicator.measure, figure.value), parts)
        }
        Reading::Missing(missing) => words::missing(missing).to_owned(),
    }
}

/// "the source was corrected": why the figure or its rating is another.
pub(super) fn why(line: &Line<'_>, restated: &Restated) -> String {
    match restated.cause {
        Cause::Source if matches!(restated.now, Reading::Missing(Missing::NotSupplied)) => {
            "the source no longer gives a figure for it".to_owned()
        }
        Cause::Source => "the source was corrected".to_owned(),
        Cause::Definition => "the definition changed".to_owned(),
        Cause::Rule => "the way it is rated changed".to_owned(),
        Cause::Target => {
            let now = crate::domain::target::in_force(&line.indicator.targets, restated.period);
            match (restated.was_target.is_empty(), now) {
                (true, _) => "a target was set for it".to_owned(),
                (false, None) => "its target was withdrawn".to_owned(),
                (false, Some(target)) => format!(
                    "its target changed from {} to {}",
                    target_words(line, &restated.was_target),
                    words::goal(&line.indicator.measure, target.goal)
                ),
            }
        }
    }
}

/// A target of `figures.csv` as people read it.
pub(super) fn target_words(line: &Line<'_>, text: &str) -> String {
    let measure = &line.indicator.measure;
    let figure = |text: &str| text.parse().ok().map(|value| words::plain_figure(measure, value));
    let range = || {
        let (low, high) = text.split_once('-')?;
        Some(format!("{} to {}", low, figure(high)?))
    };
    figure(text).or_else(range).unwrap_or_else(|| text.to_owned())
}

/// "was 81.2%": what stands beside a figure that is not what it was; empty
/// beside any other.
pub(super) fn beside(line: &Line<'_>, period: Period) -> String {
    let of_period = line.restated.iter().find(|restated| restated.period == period && restated.is_of_figure());
    of_period.map_or_else(String::new, |restated| format!("was {}", was(line, restated)))
}

/// "September 2026 was 81.2%, amber, and is now 80.9%, red: the source was corrected."
pub(super) fn notes(line: &Line<'_>) -> impl Iterator<Item = String> {
    line.restated.iter().map(|restated| {
        let judged = |figure: String, rating: &str| {
            if restated.is_of_rating() { format!("{figure}, {}", words::rating_named(rating)) } else { figure }
        };
        let was = judged(was(line, restated), restated.was_rating.as_deref().unwrap_or_default());
        let now = judged(words::lower_first(&now(line, restated)), restated.now_rating.word());
        let period = words::own_period(line.indicator, restated.period);
        format!("{} was {was}, and is now {now}: {}.", words::capital(&period), why(line, restated))
    })
}
