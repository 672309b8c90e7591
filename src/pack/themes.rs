//! The themes: a table that can be scanned, then a block for each indicator
//! that needs one.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::block::block;
use super::front::{chip, is_detailed, row_anchor};
use super::model::{Block, Columns, Movement, NotCollectedRow, Reading as Printed, Row, Section, Signal};
use super::{Setting, benchmarks, chart, over_time, restatements, signal, words};
use crate::domain::movement::Arrow;
use crate::domain::observation::Missing;
use crate::domain::{IndicatorRef, Period, Reading};
use crate::scorecard::{Comparison, Incomparable, Line, Scorecard, Slot};

pub(super) fn sections(card: &Scorecard<'_>, setting: &Setting<'_>) -> Vec<Section> {
    let slots: BTreeMap<&IndicatorRef, &Slot<'_>> =
        card.slots.iter().map(|slot| (&slot.indicator.reference, slot)).collect();
    card.board
        .sections
        .iter()
        .zip(&card.sections)
        .enumerate()
        .map(|(i, (section, lines))| {
            let told =
                lines.par_iter().map(|line| tell(line, slots.get(&line.indicator.reference).copied(), card, setting));
            let (rows, blocks): (Vec<Row>, Vec<Option<Block>>) = told.unzip();
            Section {
                anchor: format!("section-{}", i + 1),
                number: section.number.clone(),
                title: section.title.clone(),
                intro: section.intro.clone(),
                summary: summary(lines),
                columns: columns(lines, card.period),
                rows,
                blocks: blocks.into_iter().flatten().collect(),
                owners: owners(lines),
                not_collected: card
                    .board
                    .agenda
                    .not_collected
                    .iter()
                    .filter(|absent| absent.section == section.number)
                    .map(|absent| NotCollectedRow {
                        title: absent.title.clone(),
                        why: sentence(&absent.why),
                        expected: super::agenda::expected(absent.expected, card.period),
                    })
                    .collect(),
                assurance: section.assurance.clone(),
                questions: section.questions.clone(),
            }
        })
        .collect()
}

/// A line's row and, where it has one, its block.
fn tell(line: &Line<'_>, slot: Option<&Slot<'_>>, card: &Scorecard<'_>, setting: &Setting<'_>) -> (Row, Option<Block>) {
    let signal = signal::signal(line);
    let row = row(line, card.period, signal);
    let block = is_detailed(card, line, slot).then(|| block(line, slot, row.signal.clone(), card, setting));
    (row, block)
}

/// "1 red, 2 amber, 4 green, 1 not rated".
fn summary(lines: &[Line<'_>]) -> String {
    let count = |word: &str| lines.iter().filter(|line| line.rating.word() == word).count();
    let parts: Vec<String> = [("red", "red"), ("amber", "amber"), ("green", "green"), ("unrated", "not rated")]
        .into_iter()
        .filter_map(|(kind, word)| match count(kind) {
            0 => None,
            n => Some(format!("{n} {word}")),
        })
        .collect();
    format!("{}: {}", words::count(lines.len(), "indicator", "indicators"), parts.join(", "))
}

/// The figure a year before; a yearly one has it in its own column already.
fn last_year(line: &Line<'_>) -> String {
    match &line.year_before {
        Reading::Figure(figure) if line.indicator.frequency.per_year() > 1 => {
            words::figure(&line.indicator.measure, figure.value)
        }
        _ => String::new(),
    }
}

/// Each owner once, with the indicators, in the order of the table.
fn owners(lines: &[Line<'_>]) -> Vec<String> {
    let mut owners: Vec<(&str, Vec<String>)> = Vec::new();
    for line in lines {
        let reference = line.indicator.reference.to_string();
        match owners.iter_mut().find(|(owner, _)| *owner == line.indicator.owner) {
            Some((_, references)) => references.push(reference),
            None => owners.push((&line.indicator.owner, vec![reference])),
        }
    }
    match owners.as_slice() {
        [(owner, references)] if references.len() > 1 => vec![format!("{owner}, for all of them")],
        owners => owners.iter().map(|(owner, references)| format!("{owner}: {}", words::list(references))).collect(),
    }
}

/// Column heads name their month where most rows share it.
fn columns(lines: &[Line<'_>], period: Period) -> Columns {
    let monthly = lines.iter().any(|line| line.period == period && line.indicator.frequency.per_year() == 12);
    let short = |period: Period| format!("{} {}", period.month_abbreviation(), period.year());
    Columns {
        indicator: "Indicator".to_owned(),
        previous: if monthly { short(period.plus(-1)) } else { "Previous".to_owned() },
        current: if monthly { short(period) } else { "Latest".to_owned() },
        movement: "Change".to_owned(),
        trend: "Trend".to_owned(),
        target: "Target".to_owned(),
        rating: "Rating".to_owned(),
        beside: "Compared with".to_owned(),
    }
}

/// A figure as printed; its own period is named where it is not the column's.
pub(super) fn printed(line: &Line<'_>, reading: &Reading, own: Period, column: Period) -> Printed {
    let period = if own == column { String::new() } else { words::own_period(line.indicator, own) };
    match reading {
        Reading::Figure(figure) => {
            let (display, of) = words::shown(line.indicator, figure);
            Printed { state: "shown".to_owned(), display, of, period, was: restatements::beside(line, own) }
        }
        Reading::Missing(missing) => Printed {
            state: words::missing_state(*missing).to_owned(),
            display: absent(*missing).to_owned(),
            of: String::new(),
            period,
            was: restatements::beside(line, own),
        },
    }
}

/// Why there is no figure, in a table: a hidden one as the Department for
/// Education marks it, for the word would fill whole columns.
fn absent(missing: Missing) -> &'static str {
    match missing {
        Missing::Suppressed => HIDDEN,
        other => words::missing(other),
    }
}

/// The mark of what is hidden so that no child can be recognised.
pub(super) const HIDDEN: &str = "c";

/// Whether a figure is hidden.
pub(super) fn is_hidden(reading: &Reading) -> bool {
    matches!(reading, Reading::Missing(Missing::Suppressed))
}

fn row(line: &Line<'_>, period: Period, signal: Option<Signal>) -> Row {
    let indicator = line.indicator;
    let elsewhere = benchmarks::beside(indicator);
    Row {
        anchor: row_anchor(&indicator.reference),
        reference: indicator.reference.to_string(),
        title: indicator.title.clone(),
        good: format!(
            "{}, {}",
            words::polarity(indicator.polarity),
            words::basis(indicator.basis, indicator.frequency)
        ),
        current: printed(line, &line.current, line.period, period),
        previous: printed(line, &line.previous, line.previous_period, period.plus(-1)),
        movement: movement(line),
        trend: chart::trend(line),
        target: match line.target {
            Some(target) => words::goal(&indicator.measure, target.goal),
            None if indicator.polarity == crate::domain::Polarity::None => String::new(),
            None => "None set".to_owned(),
        },
        target_note: String::new(),
        neighbours: elsewhere.neighbours,
        england: elsewhere.england,
        elsewhere_note: elsewhere.note,
        last_year: last_year(line),
        rating: chip(line.rating),
        signal,
    }
}

pub(super) fn movement(line: &Line<'_>) -> Movement {
    let still = |arrow: &str, display: &str| Movement {
        arrow: arrow.to_owned(),
        display: display.to_owned(),
        travel: over_time::travel(line),
    };
    match &line.comparison {
        Comparison::Moved(movement) => Movement {
            arrow: match movement.arrow {
                Arrow::Up => "up",
                Arrow::Down => "down",
                Arrow::Level => "level",
            }
            .to_owned(),
            display: words::movement(&line.indicator.measure, movement),
            travel: over_time::travel(line),
        },
        // Which way a hidden figure went is hidden with it.
        Comparison::Not(Incomparable::NoLatest) if is_hidden(&line.current) => still("suppressed", HIDDEN),
        Comparison::Not(Incomparable::NoPrevious(_)) if is_hidden(&line.previous) => still("suppressed", HIDDEN),
        Comparison::Not(why) => match why {
            Incomparable::NoLatest => still("none", "No latest figure"),
            Incomparable::NoPrevious(_) => still("none", "No previous figure"),
            Incomparable::Broken(_) => still("not-comparable", "Not comparable"),
            Incomparable::TooFew | Incomparable::ShortSeries => still("too-few", "Too few to compare"),
        },
    }
}

/// A text with a full stop.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}
