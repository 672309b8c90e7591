//! An indicator in detail: the figure, four rows that are the same everywhere, and as few
//! sentences as will do.
//!
//! A block that says everything is not read, and what is said twice is read as two
//! things. The figure is said once, its target and changes in their rows, and a sentence
//! stands only where it adds something: why it is red, what moved it where it moved, what
//! was promised. The small print, the key and `boardpack explain` have the rest.

mod rows;

use super::commentary::commentary;
use super::front::{block_anchor, chip};
use super::model::{Block, Field, MovementCell, ReadingCell as Printed, Row};
use super::themes::{ended, printed, sentence};
use super::{
    Setting, benchmarks, breakdown, chart, marks, meaning, over_time, promises, reasons, related, restatements, signal,
};
use crate::domain::movement::Travel;
use crate::domain::rating::Rating;
use crate::domain::{AttributedText, NotDue};
use crate::schedule::due::first_month;
use crate::scorecard::{Line, Scorecard, Slot};
use crate::words;

/// `row` is what the table says of the line already.
pub(super) fn block(
    line: &Line<'_>,
    slot: Option<&Slot<'_>>,
    row: &Row,
    card: &Scorecard<'_>,
    setting: &Setting<'_>,
) -> Block {
    let indicator = line.indicator;
    let source = setting
        .sources
        .get(&indicator.source)
        .map_or_else(|| indicator.source.to_string(), |source| source.title.clone());
    let chart = chart::chart(line, &source, row.trend.as_ref());
    let has_chart = chart.is_some();
    let expects = slot.and_then(Slot::printable).is_some_and(|comment| !comment.expect.is_blank());
    Block {
        anchor: block_anchor(&indicator.reference),
        reference: indicator.reference.to_string(),
        title: indicator.title.clone(),
        plain: indicator.plain.screened(),
        rating: chip(line.rating),
        // A block stands alone: its figure always names its own period.
        current: Printed {
            period: words::own_period(indicator, line.period),
            ..printed(line, &line.current, line.period, line.period)
        },
        movement: course(&row.movement),
        facts: rows::rows(line, expects),
        chart,
        signal: row.signal.clone(),
        breakdowns: breakdown::tables(line),
        two_way: breakdown::two_way::tables(line),
        sentences: paragraphs(line, months(card, setting), has_chart),
        related: related::related(line, card),
        more: more(line),
        notes: notes(line),
        commentary: slot.and_then(|slot| commentary(slot, card, setting)),
    }
}

/// Which way it went, without by how much: its own row says that.
fn course(movement: &MovementCell) -> MovementCell {
    let word = match movement.arrow.as_str() {
        "up" => "Up",
        "down" => "Down",
        "level" => "No change",
        _ => return movement.clone(),
    };
    MovementCell { display: word.to_owned(), ..movement.clone() }
}

/// What a chart would show where there is none; why it is red; what was promised and what
/// came of it; what moved it.
fn paragraphs(line: &Line<'_>, months: i32, has_chart: bool) -> Vec<AttributedText> {
    let mut paragraphs: Vec<AttributedText> = Vec::new();
    paragraphs.extend(if has_chart { None } else { chart::without(line) }.map(AttributedText::from));
    paragraphs.extend(reasons::why(line).map(AttributedText::from));
    let promises = promises::promises(line, months);
    let pooled = if promises.is_empty() { over_time::pooled(line) } else { None };
    paragraphs.extend(promises);
    paragraphs.extend(pooled.map(AttributedText::from));
    if asks_for_comment(line) {
        paragraphs.extend(over_time::parts(line).map(AttributedText::from));
    }
    paragraphs
}

/// Whether a movement is worth a sentence: it is by more than steady, or brought a colour
/// that is no green.
fn asks_for_comment(line: &Line<'_>) -> bool {
    let moved =
        line.movement().is_some_and(|movement| matches!(movement.travel, Travel::Improving | Travel::Worsening));
    let is_new = line.rating != line.previous_rating && matches!(line.rating, Rating::Red | Rating::Amber);
    moved || is_new
}

/// How many months a pack is for: those since the board's pack before.
fn months(card: &Scorecard<'_>, setting: &Setting<'_>) -> i32 {
    first_month(card.board, setting.calendar, card.period).map_or(1, |first| card.period.since(first) + 1)
}

/// What else may be asked: who set the target, longer views, where other figures are from.
fn more(line: &Line<'_>) -> Vec<Field> {
    let indicator = line.indicator;
    let mut more = Vec::new();
    more.extend(reasons::largest(line).map(|largest| Field::new("The largest", largest)));
    more.extend(over_time::facts(line));
    more.extend(signal::likely(line));
    more.extend(promises::depends_on(line));
    more.extend(line.target.map(|target| Field::new("Target", meaning::target(indicator, target))));
    more.extend(benchmarks::sources(indicator));
    more
}

fn notes(line: &Line<'_>) -> Vec<AttributedText> {
    let indicator = line.indicator;
    let mut notes = Vec::new();
    if !indicator.definition.is_blank() {
        notes.push(indicator.definition.screened());
    }
    let first = line.series.first().map_or(line.period, |point| point.period);
    for broken in indicator.breaks.iter().filter(|broken| first < broken.from && broken.from <= line.period) {
        let since = format!("Since {} figures cannot be compared with earlier ones. ", words::month(broken.from));
        notes.push(AttributedText::from(since).and(broken.note.screened_as(sentence)));
    }
    for pair in indicator.targets.windows(2) {
        if first < pair[1].from && pair[1].from <= line.period {
            // Why the target in force is what it is stands with the target.
            let is_in_force = line.target.is_some_and(|target| target.from == pair[1].from);
            notes.push(ended(match is_in_force {
                true => reasons::target_change(indicator, &pair[0], &pair[1]).into(),
                false => reasons::target_change_and_why(indicator, &pair[0], &pair[1]),
            }));
        }
    }
    notes.extend(marks::notes(line));
    notes.extend(restatements::notes(line).map(AttributedText::from));
    if let Some(old) = line.target_gap.as_ref().and_then(|standing| standing.under_old_target) {
        notes.push(format!("Under the target before it would have been {}.", old.word()).into());
    }
    notes.extend(line.not_due.map(|left_out| not_due(line, left_out).into()));
    if line.is_too_few() {
        notes.push("The number is too small for a rating or a comparison to mean anything.".into());
    }
    if line.rating != line.rating_unrounded && !matches!(line.rating, Rating::Unrated(_)) {
        notes.push(
            format!(
                "Rated on the rounded figure as printed; the unrounded one would have been {}.",
                line.rating_unrounded.word()
            )
            .into(),
        );
    }
    notes
}

/// That some are not counted, and how many where that may be known.
fn not_due(line: &Line<'_>, left_out: NotDue) -> String {
    let of = match line.current.figure().and_then(|figure| figure.denominator) {
        Some(rest) => format!(" among the {}", words::number(rest.normalize())),
        None => String::new(),
    };
    let who = match left_out {
        NotDue::Count(many) => format!("{} not yet due", words::number(many.normalize())),
        NotDue::Few => "A few not yet due".to_owned(),
        NotDue::Hidden => "Those not yet due".to_owned(),
    };
    format!("{who} are not counted{of}.")
}
