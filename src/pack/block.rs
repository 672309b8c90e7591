//! An indicator in detail: what leads, what is said, and the few facts beside
//! its chart.
//!
//! A block that says everything is not read. Here is what goes first: three
//! paragraphs or four, and six facts; the table, the key and `boardpack explain` have
//! the rest.

use super::commentary::commentary;
use super::front::{block_anchor, chip};
use super::model::{Block, Field, ReadingCell as Printed, Row};
use super::themes::{ended, printed, sentence};
use super::{
    Setting, benchmarks, breakdown, chart, marks, meaning, over_time, promises, reasons, related, restatements,
    sentences, signal,
};
use crate::domain::rating::Rating;
use crate::domain::{AttributedText, NotDue};
use crate::schedule::due::first_month;
use crate::scorecard::{Line, Scorecard, Slot};
use crate::words;

/// How many facts stand beside a chart.
const MOST_FACTS: usize = 6;

/// With fewer than these, what is said elsewhere too fills up.
const FEWEST_FACTS: usize = 3;

/// The rank from which a fact is said elsewhere too.
const FILLERS: u8 = 8;

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
        movement: row.movement.clone(),
        facts: facts(line),
        chart: chart::chart(line, &source, row.trend.as_ref()),
        signal: row.signal.clone(),
        breakdowns: breakdown::tables(line),
        two_way: breakdown::two_way::tables(line),
        sentences: paragraphs(line, months(card, setting)),
        related: related::related(line, card),
        notes: notes(line),
        commentary: slot.and_then(|slot| commentary(slot, card, setting)),
    }
}

/// What it says; why it has its colour and what would change that; then the
/// one thing more that most helps, and what moved it.
fn paragraphs(line: &Line<'_>, months: i32) -> Vec<AttributedText> {
    let change = reasons::change(line).map(|change| format!("{change}."));
    let colour: Vec<String> = [reasons::why(line), change].into_iter().flatten().collect();
    // What moved it is told of every ratio of which both parts moved.
    let promises = promises::promises(line, months);
    let more = if promises.is_empty() { over_time::pooled(line) } else { None };
    let mut paragraphs = vec![AttributedText::from(words::capital(&sentences::headline(line)))];
    paragraphs.extend((!colour.is_empty()).then(|| colour.join(" ").into()));
    paragraphs.extend(promises);
    paragraphs.extend(more.into_iter().chain(over_time::parts(line)).map(AttributedText::from));
    paragraphs
}

/// How many months a pack is for: those since the board's pack before.
fn months(card: &Scorecard<'_>, setting: &Setting<'_>) -> i32 {
    first_month(card.board, setting.calendar, card.period).map_or(1, |first| card.period.since(first) + 1)
}

/// The facts that matter most, in an order that is the same everywhere. What
/// the table, the chart or the commentary say too is there only to fill up.
fn facts(line: &Line<'_>) -> Vec<Field> {
    let mut all = ranked(line);
    let mut ranks: Vec<u8> = all.iter().map(|(rank, _)| *rank).collect();
    ranks.sort_unstable();
    let matter = ranks.iter().filter(|rank| **rank < FILLERS).count().clamp(FEWEST_FACTS, MOST_FACTS);
    let last = ranks.get(matter - 1).copied().unwrap_or(u8::MAX);
    all.retain(|(rank, _)| *rank <= last);
    all.truncate(matter);
    all.into_iter().map(|(_, fact)| fact).collect()
}

/// Every fact with its rank: the lower, the more it matters.
fn ranked(line: &Line<'_>) -> Vec<(u8, Field)> {
    let indicator = line.indicator;
    let measure = &indicator.measure;
    let mut facts = Vec::new();
    let mut fact = |rank: u8, fact: Field| facts.push((rank, fact));
    if let Some(target) = line.target {
        fact(0, Field::new("Target", meaning::target(indicator, target)));
    }
    if let Some(largest) = reasons::largest(line) {
        fact(1, Field::new("The largest", largest));
    }
    over_time::facts(line).into_iter().for_each(|field| fact(2, field));
    benchmarks::facts(indicator).into_iter().for_each(|field| fact(3, field));
    signal::likely(line).into_iter().for_each(|field| fact(6, field));
    if let Some(worth) = line.worth_of_one() {
        let denominator = line.current.figure().and_then(|figure| figure.denominator).unwrap_or_default();
        let of = words::number(denominator.normalize());
        // Among few it explains every jump; among many it explains nothing.
        let rank = if denominator < rust_decimal::Decimal::ONE_HUNDRED { 4 } else { 11 };
        fact(rank, Field::new("One is worth", format!("{} (1 of {of})", words::difference(measure, worth))));
    }
    // What members ask about any figure: it never gives way.
    fact(0, promises::forecast(line));
    promises::depends_on(line).into_iter().for_each(|field| fact(5, field));
    fact(8, Field::new("Owner", indicator.owner.clone()));
    facts
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
