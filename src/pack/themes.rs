//! The themes: a table that can be scanned, then a block for each indicator
//! that needs one.

use super::commentary::commentary;
use super::front::{block_anchor, chip, has_block, row_anchor};
use super::model::{Block, Columns, Field, Movement, NotCollectedRow, Reading as Printed, Row, Section};
use super::{Setting, benchmarks, breakdown, chart, over_time, reasons, restatements, sentences, signal, words};
use crate::domain::benchmark::Elsewhere;
use crate::domain::movement::Arrow;
use crate::domain::rating::Rating;
use crate::domain::{Period, Reading};
use crate::scorecard::{Comparison, Incomparable, Line, Scorecard, Slot};

pub(super) fn sections(card: &Scorecard<'_>, setting: &Setting<'_>) -> Vec<Section> {
    card.board
        .sections
        .iter()
        .zip(&card.sections)
        .enumerate()
        .map(|(i, (section, lines))| Section {
            anchor: format!("section-{}", i + 1),
            number: section.number.clone(),
            title: section.title.clone(),
            intro: section.intro.clone(),
            summary: summary(lines),
            columns: columns(lines, card.period),
            rows: lines.iter().map(|line| row(line, card.period)).collect(),
            blocks: lines
                .iter()
                .filter_map(|line| {
                    let slot = card.slots.iter().find(|slot| slot.indicator.reference == line.indicator.reference);
                    has_block(card, &line.indicator.reference).then(|| block(line, slot, card, setting))
                })
                .collect(),
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
        })
        .collect()
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
            display: words::missing(*missing).to_owned(),
            of: String::new(),
            period,
            was: restatements::beside(line, own),
        },
    }
}

fn row(line: &Line<'_>, period: Period) -> Row {
    let indicator = line.indicator;
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
        neighbours: benchmarks::short(indicator, Elsewhere::Neighbours),
        england: benchmarks::short(indicator, Elsewhere::England),
        last_year: last_year(line),
        rating: chip(line.rating),
        signal: signal::signal(line),
    }
}

pub(super) fn movement(line: &Line<'_>) -> Movement {
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
        Comparison::Not(why) => Movement {
            arrow: "none".to_owned(),
            display: match why {
                Incomparable::NoLatest => "No latest figure",
                Incomparable::NoPrevious(_) => "No previous figure",
                Incomparable::Broken(_) => "Not comparable",
                Incomparable::TooFew | Incomparable::ShortSeries => "Too few to compare",
            }
            .to_owned(),
            travel: over_time::travel(line),
        },
    }
}

fn block(line: &Line<'_>, slot: Option<&Slot<'_>>, card: &Scorecard<'_>, setting: &Setting<'_>) -> Block {
    let indicator = line.indicator;
    let source = setting
        .sources
        .get(&indicator.source)
        .map_or_else(|| indicator.source.to_string(), |source| source.title.clone());
    let mut sentences = vec![words::capital(&sentences::headline(line))];
    sentences.extend(reasons::why(line));
    sentences.extend(reasons::change(line).map(|change| format!("{change}.")));
    sentences.extend(over_time::pooled(line));
    sentences.extend(over_time::parts(line));
    sentences.extend(super::ties::promise(line));
    Block {
        anchor: block_anchor(&indicator.reference),
        reference: indicator.reference.to_string(),
        title: indicator.title.clone(),
        plain: indicator.plain.clone(),
        rating: chip(line.rating),
        // A block stands alone: its figure always names its own period.
        current: Printed {
            period: words::own_period(indicator, line.period),
            ..printed(line, &line.current, line.period, line.period)
        },
        movement: movement(line),
        signal: signal::signal(line),
        facts: facts(line),
        chart: chart::chart(line, &source),
        breakdowns: breakdown::tables(line),
        sentences,
        notes: notes(line).into_iter().chain(super::ties::related(line, card)).collect(),
        commentary: slot.and_then(|slot| commentary(slot, card, setting)),
    }
}

fn facts(line: &Line<'_>) -> Vec<Field> {
    let indicator = line.indicator;
    let measure = &indicator.measure;
    let mut facts = Vec::new();
    let mut fact = |label: &str, value: String| facts.push(Field { label: label.to_owned(), value });
    if let Some(target) = line.target {
        fact(
            "Target",
            format!(
                "{} ({}, since {}), {}",
                words::goal(measure, target.goal),
                words::target_source(target.source),
                words::month(target.from),
                reasons::allowance(indicator, target)
            ),
        );
    }
    if let Some(largest) = reasons::largest(line) {
        fact("The largest", largest);
    }
    fact("Good is", words::good(indicator.polarity).to_owned());
    for Field { label, value } in signal::facts(line).into_iter().chain(over_time::facts(line)) {
        fact(&label, value);
    }
    if let Some(worth) = line.worth_of_one() {
        let denominator = line.current.figure().and_then(|figure| figure.denominator).unwrap_or_default();
        fact(
            "One is worth",
            format!("{} (1 of {})", words::difference(measure, worth), words::number(denominator.normalize())),
        );
    }
    fact("Owner", indicator.owner.clone());
    facts.extend(benchmarks::facts(indicator));
    facts.extend(super::ties::facts(line));
    facts
}

fn notes(line: &Line<'_>) -> Vec<String> {
    let indicator = line.indicator;
    let mut notes = Vec::new();
    if !indicator.definition.trim().is_empty() {
        notes.push(indicator.definition.clone());
    }
    let first = line.series.first().map_or(line.period, |point| point.period);
    for broken in indicator.breaks.iter().filter(|broken| first < broken.from && broken.from <= line.period) {
        notes.push(format!(
            "From {}: {} Earlier figures cannot be compared with later ones.",
            words::month(broken.from),
            sentence(&broken.note)
        ));
    }
    for pair in indicator.targets.windows(2) {
        if first < pair[1].from && pair[1].from <= line.period {
            notes.push(sentence(&reasons::target_change(indicator, &pair[0], &pair[1])));
        }
    }
    notes.extend(restatements::notes(line));
    if let Some(old) = line.standing.as_ref().and_then(|standing| standing.under_old_target) {
        notes.push(format!("Under the target before it would have been {}.", old.word()));
    }
    if let Some(not_due) = line.not_due {
        notes.push(format!("{} not yet due are left out.", words::number(not_due.normalize())));
    }
    if line.is_too_few() {
        notes.push("The number is too small for a rating or a comparison to mean anything.".to_owned());
    }
    if line.rating != line.rating_unrounded && !matches!(line.rating, Rating::Unrated(_)) {
        notes.push(format!(
            "Rated on the rounded figure as printed; the unrounded one would have been {}.",
            line.rating_unrounded.word()
        ));
    }
    notes
}

/// A text with a full stop.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}
