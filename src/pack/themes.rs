//! The themes: a table that can be scanned, then a block for each indicator
//! that needs one.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::block::block;
use super::front::{chip, is_detailed, row_anchor};
use super::model::{
    Block, Columns, MovementCell, NotCollectedRow, PackSection, ReadingCell as Printed, Row, SignalWords,
};
use super::{Setting, chart, front, meaning, over_time, passages, promises, restatements, signal};
use crate::domain::observation::Missing;
use crate::domain::rating::{Rating, Unrated};
use crate::domain::{AttributedText, Frequency, Goal, Indicator, IndicatorRef, OfficerText, Period, Polarity, Reading};
use crate::scorecard::{Comparison, Incomparable, Line, Scorecard, Slot};
use crate::words;

pub(super) fn sections(card: &Scorecard<'_>, setting: &Setting<'_>) -> Vec<PackSection> {
    let slots: BTreeMap<&IndicatorRef, &Slot<'_>> =
        card.slots.iter().map(|slot| (&slot.indicator.reference, slot)).collect();
    card.board
        .sections
        .par_iter()
        .zip(&card.sections)
        .enumerate()
        .map(|(i, (section, lines))| {
            let printed = lines
                .par_iter()
                .map(|line| row_and_block(line, slots.get(&line.indicator.reference).copied(), card, setting));
            let (mut rows, blocks): (Vec<Row>, Vec<Option<Block>>) = printed.unzip();
            let heads = heads(lines, card.period);
            if heads.is_none() {
                rows.iter_mut().for_each(|row| name_months(row, card.period));
            }
            PackSection {
                anchor: format!("section-{}", i + 1),
                number: section.number.clone(),
                title: section.title.clone(),
                intro: section.intro.screened(),
                summary: summary(lines),
                columns: columns(heads),
                rows,
                meaning_anchor: meaning::list_for(card, lines),
                blocks: blocks.into_iter().flatten().collect(),
                owners: owners(lines),
                forecasts: promises::forecasts(without_block(lines, card, &slots)),
                passages: passages::passages(section, card.period),
                not_collected: card
                    .board
                    .agenda
                    .not_collected
                    .iter()
                    .filter(|absent| absent.section == section.number)
                    .map(|absent| NotCollectedRow {
                        title: absent.title.screened(),
                        why: absent.why.screened_as(sentence),
                        expected: super::agenda::expected(absent.expected, card.period),
                    })
                    .collect(),
                assurance: section.assurance.screened(),
                questions: section.questions.iter().map(OfficerText::screened).collect(),
            }
        })
        .collect()
}

/// The lines that have no block of their own.
fn without_block<'l>(
    lines: &'l [Line<'l>],
    card: &'l Scorecard<'l>,
    slots: &'l BTreeMap<&IndicatorRef, &Slot<'l>>,
) -> impl Iterator<Item = &'l Line<'l>> {
    lines.iter().filter(|line| !is_detailed(card, line, slots.get(&line.indicator.reference).copied()))
}

/// A line's row and, where it has one, its block.
fn row_and_block(
    line: &Line<'_>,
    slot: Option<&Slot<'_>>,
    card: &Scorecard<'_>,
    setting: &Setting<'_>,
) -> (Row, Option<Block>) {
    let signal = signal::signal(line);
    let is_detailed = is_detailed(card, line, slot);
    let mut row = Row {
        meaning_anchor: meaning::anchor(&line.indicator.reference, is_detailed),
        ..row(line, card.period, signal)
    };
    let block = is_detailed.then(|| block(line, slot, &row, card, setting));
    // A chart has the figures of more months.
    let has_chart = block.as_ref().is_some_and(|block| block.chart.is_some());
    if let Some(trend) = row.trend.as_mut().filter(|_| !has_chart) {
        trend.values = Some(chart::behind_trend(line));
    }
    (row, block)
}

/// "9 indicators: 1 red, 2 amber, 4 green, 2 for context. 3 got better, 1 got worse and 3
/// stayed steady".
fn summary(lines: &[Line<'_>]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let kinds = ["red", "amber", "green", "not rated", "for context"];
    let kind = |rating: Rating| match rating {
        Rating::Unrated(Unrated::Context) => "for context",
        rating => words::rating_named(rating.word()),
    };
    let count = |wanted: &str| lines.iter().filter(|line| kind(line.rating) == wanted).count();
    let parts: Vec<String> = kinds
        .into_iter()
        .filter_map(|kind| match count(kind) {
            0 => None,
            n => Some(format!("{n} {kind}")),
        })
        .collect();
    let travels = front::travels(lines.iter());
    // Of one the table says it.
    let moved = if travels.iter().sum::<usize>() > 1 { format!(". {}", front::moved(travels)) } else { String::new() };
    format!("{}: {}{moved}", words::count(lines.len(), "indicator", "indicators"), parts.join(", "))
}

/// The figure a year before; a yearly one has it in its own column already.
pub(super) fn last_year(line: &Line<'_>) -> String {
    match &line.year_before {
        Reading::Figure(figure) if line.indicator.frequency.per_year() > 1 => words::printed(line.indicator, figure),
        // A gap would leave readers to guess.
        _ if line.indicator.frequency.per_year() > 1 && breaks_in_a_year(line) => "Not comparable".to_owned(),
        _ => String::new(),
    }
}

/// Whether there are figures of a year before, on the other side of a break.
pub(super) fn breaks_in_a_year(line: &Line<'_>) -> bool {
    let then = line.indicator.frequency.year_before(line.period);
    let is_there = line.changes.last_year.before.figure().is_some();
    is_there && line.current.figure().is_some() && line.indicator.break_between(then, line.period).is_some()
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

fn short(month: Period) -> String {
    format!("{} {}", month.month_abbreviation(), month.year())
}

/// The months of the previous and the latest figures, where any row is of them: one that
/// is not names its own. Over rows of which none is they would be false.
fn heads(lines: &[Line<'_>], period: Period) -> Option<[String; 2]> {
    let months = (period.plus(-1), period);
    let is_any = lines.iter().any(|line| (line.previous_period, line.period) == months);
    is_any.then(|| [short(months.0), short(months.1)])
}

/// Where the heads name no month, each figure does.
fn name_months(row: &mut Row, period: Period) {
    for (reading, month) in [(&mut row.previous, period.plus(-1)), (&mut row.current, period)] {
        if reading.period.is_empty() {
            reading.period = short(month);
        }
    }
}

fn columns(heads: Option<[String; 2]>) -> Columns {
    let [previous, current] = heads.unwrap_or_else(|| ["Previous".to_owned(), "Latest".to_owned()]);
    Columns {
        indicator: "Indicator".to_owned(),
        previous,
        current,
        movement: "Change".to_owned(),
        trend: "Trend".to_owned(),
        target: "Target".to_owned(),
        rating: "Rating".to_owned(),
    }
}

/// A figure as printed; its own period is named where it is not the column's.
pub(super) fn printed(line: &Line<'_>, reading: &Reading, own: Period, column: Period) -> Printed {
    let period = if own == column { String::new() } else { words::own_period(line.indicator, own) };
    match reading {
        Reading::Figure(figure) => {
            let (display, of) = words::shown(line.indicator, figure);
            let (was, marks) = (restatements::beside(line, own), words::marks(line.marks_at(own)));
            Printed { state: "shown".to_owned(), display, of, period, was, marks }
        }
        Reading::Missing(missing) => Printed {
            state: words::missing_state(*missing).to_owned(),
            display: absent(*missing).to_owned(),
            of: String::new(),
            period,
            was: restatements::beside(line, own),
            marks: String::new(),
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

/// A period in few letters, for a cell: "Q1 2026/27", "summer 2026".
fn short_period(indicator: &Indicator, period: Period) -> String {
    match indicator.frequency {
        Frequency::Monthly => short(period),
        Frequency::Quarterly => format!("{} {}", indicator.frequency.short_label(period), period.financial_year()),
        Frequency::Termly => words::own_period(indicator, period).replace(" term", ""),
        Frequency::Annual(_) => words::own_period(indicator, period),
    }
}

/// A figure in a cell that is not of its column's month.
fn in_cell(line: &Line<'_>, reading: &Reading, own: Period, column: Period) -> Printed {
    let mut cell = printed(line, reading, own, column);
    if !cell.period.is_empty() {
        cell.period = short_period(line.indicator, own);
    }
    cell
}

fn row(line: &Line<'_>, period: Period, signal: Option<SignalWords>) -> Row {
    let indicator = line.indicator;
    Row {
        anchor: row_anchor(&indicator.reference),
        reference: indicator.reference.to_string(),
        title: indicator.title.clone(),
        meaning_anchor: String::new(),
        current: in_cell(line, &line.current, line.period, period),
        previous: in_cell(line, &line.previous, line.previous_period, period.plus(-1)),
        movement: beside(movement(line), signal.as_ref()),
        trend: chart::trend(line),
        target: match line.target {
            Some(target) => words::goal(&indicator.measure, target.goal),
            None if indicator.polarity == Polarity::None => String::new(),
            None => "None set".to_owned(),
        },
        target_note: which_way(line).to_owned(),
        rating: chip(line.rating),
        signal,
    }
}

/// A change beside what it means: one month that is steady does not deny that the figure
/// is better or worse than usual.
fn beside(movement: MovementCell, signal: Option<&SignalWords>) -> MovementCell {
    let is_news = signal.is_some_and(|signal| ["improvement", "concern"].contains(&signal.variation.kind.as_str()));
    if is_news && movement.travel.starts_with("steady") {
        return MovementCell { travel: String::new(), ..movement };
    }
    movement
}

/// Which way is better, beside the target: "or more", "or less".
fn which_way(line: &Line<'_>) -> &'static str {
    match (line.indicator.polarity, line.target) {
        (Polarity::Higher, Some(target)) if target.goal != Goal::Value(Decimal::ONE_HUNDRED) => "or more",
        (Polarity::Lower, Some(target)) if target.goal != Goal::Value(Decimal::ZERO) => "or less",
        (Polarity::Higher, None) => "higher is better",
        (Polarity::Lower, None) => "lower is better",
        _ => "",
    }
}

/// "Lower is better, at month end".
pub(super) fn good(indicator: &Indicator) -> String {
    format!("{}, {}", words::polarity(indicator.polarity), words::basis(indicator.basis, indicator.frequency))
}

pub(super) fn movement(line: &Line<'_>) -> MovementCell {
    let still = |arrow: &str, display: &str| MovementCell {
        arrow: arrow.to_owned(),
        display: display.to_owned(),
        travel: over_time::travel(line),
    };
    match &line.comparison {
        Comparison::Moved(movement) => MovementCell {
            arrow: movement.arrow.word().to_owned(),
            display: words::movement(&line.indicator.measure, movement),
            travel: over_time::travel(line),
        },
        // Which way a hidden figure went is hidden with it.
        Comparison::Not(Incomparable::NoLatest) if is_hidden(&line.current) => still("suppressed", HIDDEN),
        Comparison::Not(Incomparable::NoPrevious(_)) if is_hidden(&line.previous) => still("suppressed", HIDDEN),
        Comparison::Not(why) => match why {
            Incomparable::NoLatest => still("none", "No latest figure"),
            Incomparable::NoPrevious(Missing::Refused) => still("none", "Previous figure not usable"),
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

/// The same of a text that may quote an officer.
pub(super) fn ended(text: AttributedText) -> AttributedText {
    if text.ends_with(['.', '!', '?']) { text } else { text.and(".") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;

    #[test]
    fn heads_name_a_month_where_any_row_is_of_it() {
        let entry = |name: &str, frequency: &str| {
            format!(
                "[indicators.{name}]\ntitle = \"{name}\"\nplain = \"P\"\nnoun = \"children\"\nowner = \"O\"\n\
                source = \"s\"\nbasis = \"snapshot\"\nunit = \"count\"\nbetter = \"lower\"\nfrequency = \"{frequency}\"\n"
            )
        };
        let others = entry("M", "monthly") + &entry("Q", "quarterly");
        let a = "unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n";
        let rows = "A,2026-09,1,,\nA,2026-10,2,,\nM,2026-09,1,,\nM,2026-10,2,,\nQ,2026-06,1,,\nQ,2026-09,2,,";
        let seen = |on_board: &str| {
            with_card(a, &others, on_board, rows, |card| {
                let lines = &card.sections[0];
                let columns = columns(heads(lines, card.period));
                let mut row = row(&lines[0], card.period, None);
                if heads(lines, card.period).is_none() {
                    name_months(&mut row, card.period);
                }
                (columns.previous, columns.current, row.current.period, summary(lines))
            })
        };
        let heads = |parts: [&str; 4]| (parts[0].into(), parts[1].into(), parts[2].into(), parts[3].to_owned());
        assert_eq!(
            seen("\"A\", \"M\""),
            heads(["Sep 2026", "Oct 2026", "", "2 indicators: 1 not rated, 1 for context"])
        );
        assert_eq!(
            seen("\"A\", \"Q\""),
            heads(["Sep 2026", "Oct 2026", "", "2 indicators: 1 not rated, 1 for context"])
        );
        assert_eq!(seen("\"Q\""), heads(["Previous", "Latest", "Q2 2026/27", "1 indicator: 1 not rated"]));
    }
}
