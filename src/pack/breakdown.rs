//! A breakdown as a table: a row for each part, and the whole at its foot.

mod longer;
#[cfg(test)]
mod tests;
pub(super) mod two_way;

use rust_decimal::Decimal;

use super::front::chip;
use super::model::{BreakdownColumns, BreakdownRow, BreakdownTable, MovementCell, ReadingCell as Printed};
use super::{meaning, themes};
use crate::domain::measure::round;
use crate::domain::{Indicator, Measure, PartsOf, Period, Reading, Unit};
use crate::scorecard::{BreakdownLines, Line};
use crate::words;

/// Before the categories of which every one is hidden.
const ALL_HIDDEN: &str = "Hidden so that nobody can be recognised";

/// The tables of a line, in the order of the register.
pub(super) fn tables(line: &Line<'_>) -> Vec<BreakdownTable> {
    let one_way = line.breakdowns.iter().filter(|parts| parts.breakdown.of.is_none() && !parts.lines.is_empty());
    one_way.flat_map(|parts| std::iter::once(table(line, parts)).chain(longer::tables(parts))).collect()
}

fn table(line: &Line<'_>, parts: &BreakdownLines<'_>) -> BreakdownTable {
    let breakdown = parts.breakdown;
    if parts.lines.iter().all(|part| themes::is_hidden(&part.current) && themes::is_hidden(&part.previous)) {
        return hidden(parts);
    }
    let whole = Whole::of(line, parts);
    let mut before = Some(Decimal::ZERO);
    let mut rows: Vec<BreakdownRow> = Vec::with_capacity(parts.lines.len() + 1);
    for part in &parts.lines {
        let value = part.current.figure().map(|figure| figure.value);
        // What is before a gap cannot be added up behind it.
        before = before.zip(value).map(|(before, value)| before + value);
        let mut row =
            row(line, part, value.and_then(|value| whole.share(value)), before.and_then(|sum| whole.share(sum)));
        // A share would give away what is hidden: the mark says that it is there.
        if whole.current.is_some() && themes::is_hidden(&part.current) {
            row.share = themes::HIDDEN.to_owned();
            row.running = themes::HIDDEN.to_owned();
        }
        rows.push(row);
    }
    rows.extend(whole.row(line));
    let mut notes = Vec::new();
    if !breakdown.sums {
        notes.push("These do not add up to the whole.".into());
    }
    notes.extend(meaning::of_parts(line, &parts.lines));
    let first = parts.lines.first().map_or(line.indicator, |part| part.indicator);
    let columns = columns(line, parts, whole.current.is_some());
    let rows = if breakdown.ordered { rows } else { without_running(rows) };
    BreakdownTable {
        title: breakdown.title.clone(),
        unit: unit(first),
        narrow: is_narrow(&columns, &rows),
        columns,
        rows,
        notes,
    }
}

/// Most rows of a table that stands beside another.
const MOST_BESIDE: usize = 10;

/// Whether half the page is wide enough: for short words and few columns.
fn is_narrow(columns: &BreakdownColumns, rows: &[BreakdownRow]) -> bool {
    let has_more = [&columns.running, &columns.target, &columns.rating].iter().any(|head| !head.is_empty());
    let is_short = |row: &BreakdownRow| {
        let words = [&row.movement.display, &row.movement.travel, &row.current.of].map(|words| words.chars().count());
        row.category.chars().count() <= 48 && words[0] <= 14 && words[1] == 0 && words[2] == 0
    };
    !has_more && rows.len() <= MOST_BESIDE && rows.iter().all(is_short)
}

/// A table of nothing but marks says no more than one sentence does.
fn hidden(parts: &BreakdownLines<'_>) -> BreakdownTable {
    let category = |part: &Line<'_>| Some(part.indicator.segment.as_ref()?.category.clone());
    let categories: Vec<String> = parts.lines.iter().filter_map(category).collect();
    BreakdownTable {
        title: parts.breakdown.title.clone(),
        unit: String::new(),
        narrow: true,
        columns: BreakdownColumns::default(),
        rows: Vec::new(),
        notes: vec![format!("{ALL_HIDDEN}: {}.", categories.join("; ")).into()],
    }
}

/// What is counted. A mean's unit is its indicator's title, which stands above.
fn unit(part: &Indicator) -> String {
    match part.measure.unit {
        Unit::Days | Unit::Mean | Unit::Score => String::new(),
        Unit::Pounds | Unit::ThousandPounds | Unit::MillionPounds => String::new(),
        Unit::Percent | Unit::Rate | Unit::Count => words::capital(&words::unit(part)),
    }
}

fn columns(line: &Line<'_>, parts: &BreakdownLines<'_>, has_shares: bool) -> BreakdownColumns {
    let only = |is: bool, head: &str| if is { head.to_owned() } else { String::new() };
    BreakdownColumns {
        category: "Category".to_owned(),
        current: own_month(line, line.period),
        share: only(has_shares, "Share"),
        running: only(has_shares && parts.breakdown.ordered, "Running share"),
        movement: "Change".to_owned(),
        target: only(parts.is_rated(), "Target"),
        rating: only(parts.is_rated(), "Rating"),
    }
}

fn own_month(line: &Line<'_>, period: Period) -> String {
    match line.indicator.frequency.per_year() {
        12 => format!("{} {}", period.month_abbreviation(), period.year()),
        _ => words::capital(&words::own_period(line.indicator, period)),
    }
}

fn without_running(mut rows: Vec<BreakdownRow>) -> Vec<BreakdownRow> {
    for row in &mut rows {
        row.running.clear();
    }
    rows
}

fn row(whole: &Line<'_>, part: &Line<'_>, share: Option<ShareOfWhole>, running: Option<ShareOfWhole>) -> BreakdownRow {
    let category = part.indicator.segment.as_ref().map(|segment| segment.category.clone()).unwrap_or_default();
    BreakdownRow {
        category,
        is_whole: false,
        current: themes::printed(part, &part.current, part.period, whole.period),
        share: share.map(ShareOfWhole::printed).unwrap_or_default(),
        bar: share.map(ShareOfWhole::fraction),
        running: running.map(ShareOfWhole::printed).unwrap_or_default(),
        movement: themes::movement(part),
        target: part.target.map(|target| words::goal(&part.indicator.measure, target.goal)).unwrap_or_default(),
        rating: part.target.map(|_| chip(part.rating)),
    }
}

/// A part of a whole.
#[derive(Clone, Copy)]
struct ShareOfWhole {
    /// In whole percent.
    percent: Decimal,
    /// Whether there is nothing of it.
    is_none: bool,
}

impl ShareOfWhole {
    /// "33%"; one in 421 is not none.
    fn printed(self) -> String {
        if self.percent.is_zero() && !self.is_none {
            return "under 1%".to_owned();
        }
        format!("{}%", words::number(self.percent))
    }

    fn fraction(self) -> f64 {
        f64::try_from(self.percent / Decimal::ONE_HUNDRED).unwrap_or_default().clamp(0.0, 1.0)
    }
}

/// What the parts are held against.
struct Whole {
    /// The count that they make; none where they are no counts or make none.
    current: Option<Decimal>,
    previous: Option<Decimal>,
    parts_of: PartsOf,
    sums: bool,
}

impl Whole {
    fn of(line: &Line<'_>, parts: &BreakdownLines<'_>) -> Self {
        let parts_of = parts.breakdown.parts_of;
        let count = |reading: &Reading| {
            let figure = reading.figure()?;
            match parts_of {
                PartsOf::Figure if line.indicator.measure.unit == Unit::Count => Some(figure.value),
                PartsOf::Figure => None,
                PartsOf::Numerator => figure.numerator,
                PartsOf::Denominator => figure.denominator,
                PartsOf::Rest => Some(figure.denominator? - figure.numerator?),
            }
        };
        let known = |reading: &Reading| count(reading).filter(|_| parts.breakdown.sums);
        Self { current: known(&line.current), previous: known(&line.previous), parts_of, sums: parts.breakdown.sums }
    }

    /// A part's share in whole percent, of figures as they are printed.
    fn share(&self, value: Decimal) -> Option<ShareOfWhole> {
        let share = (value * Decimal::ONE_HUNDRED).checked_div(self.current?)?;
        Some(ShareOfWhole { percent: round(share, 0), is_none: value.is_zero() })
    }

    /// The row of the whole: of the indicator itself, or of the people in it.
    fn row(&self, line: &Line<'_>) -> Option<BreakdownRow> {
        if !self.sums {
            return None;
        }
        let closing = |current, movement| BreakdownRow {
            category: "All".to_owned(),
            is_whole: true,
            current,
            share: String::new(),
            bar: None,
            running: String::new(),
            movement,
            target: String::new(),
            rating: None,
        };
        if self.parts_of == PartsOf::Figure {
            let current = themes::printed(line, &line.current, line.period, line.period);
            return Some(closing(current, themes::movement(line)));
        }
        let measure = Measure { unit: Unit::Count, precision: 0, ..line.indicator.measure.clone() };
        let count = |count: Decimal| Printed {
            state: "shown".to_owned(),
            display: words::figure(&measure, count.normalize()),
            of: String::new(),
            period: String::new(),
            was: String::new(),
            marks: String::new(),
        };
        let (current, _) = self.current.zip(self.previous)?;
        let none = MovementCell { arrow: "none".to_owned(), display: String::new(), travel: String::new() };
        Some(closing(count(current), none))
    }
}
