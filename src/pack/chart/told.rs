//! A chart in words: its headline, its small lines, and what it shows for a
//! reader who cannot see it.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::super::model::Signal;
use super::super::{signal, words};
use crate::domain::target::in_force;
use crate::domain::{Indicator, Polarity};
use crate::scorecard::judgement::Verdict;
use crate::scorecard::{Line, Point};

/// The figures since the last break: only those can be spoken of together.
fn comparable<'p>(indicator: &Indicator, points: &'p [Point]) -> &'p [Point] {
    let start = (1..points.len())
        .rev()
        .find(|i| indicator.break_between(points[i - 1].period, points[*i].period).is_some())
        .unwrap_or(0);
    &points[start..]
}

/// A point that has a figure, with the figure.
type Known<'p> = (&'p Point, Decimal);

/// The first and the last figure of some points, with their months.
fn ends(points: &[Point]) -> Option<(Known<'_>, Known<'_>)> {
    let mut figures = points.iter().filter_map(|point| Some((point, point.reading.figure()?.value)));
    let first = figures.next()?;
    let last = figures.next_back().unwrap_or(first);
    Some((first, last))
}

/// "Rose from 78.1% to 84.2% between October 2025 and October 2026".
pub(super) fn headline(line: &Line<'_>, points: &[Point]) -> String {
    let indicator = line.indicator;
    let points = comparable(indicator, points);
    let Some(((first, from), (last, to))) = ends(points) else { return indicator.title.clone() };
    let measure = &indicator.measure;
    let own = |point: &Point| words::own_period(indicator, point.period);
    if first.period == last.period {
        return format!("{} in {}", words::figure(measure, to), own(last));
    }
    let (from_text, to_text) = (words::figure(measure, from), words::figure(measure, to));
    match to.cmp(&from) {
        std::cmp::Ordering::Greater => format!("Rose from {from_text} in {} to {to_text} in {}", own(first), own(last)),
        std::cmp::Ordering::Less => format!("Fell from {from_text} in {} to {to_text} in {}", own(first), own(last)),
        std::cmp::Ordering::Equal => format!("{to_text} in {}, as in {}", own(last), own(first)),
    }
}

/// The chart in words: how often it rose, its ends, lowest and highest, where
/// it stands to its target, and whether that is signal or noise.
pub(super) fn alt(line: &Line<'_>, drawn: &[Point], points: &[Point], signal: Option<&Signal>) -> String {
    let indicator = line.indicator;
    let since = comparable(indicator, points);
    // The course is that of a year; the ends of the scale are of all that is drawn.
    let all = comparable(indicator, drawn);
    let mut text = format!("{}: line chart. {}{}.", indicator.title, course(line, since), on_target(line, since));
    let figures: Vec<Known<'_>> = all.iter().filter_map(|point| Some((point, point.reading.figure()?.value))).collect();
    let low = figures.iter().min_by_key(|(_, value)| *value);
    let high = figures.iter().max_by_key(|(_, value)| *value);
    if let (Some((low_at, low)), Some((high_at, high))) = (low, high)
        && low < high
    {
        let at = |point: &Point| words::own_period(indicator, point.period);
        let figure = |value: Decimal| words::figure(&indicator.measure, value);
        text.push_str(&format!(
            " Since {}, lowest {} in {}, highest {} in {}.",
            figures.first().map(|(first, _)| at(first)).unwrap_or_default(),
            figure(*low),
            at(low_at),
            figure(*high),
            at(high_at)
        ));
    }
    if let (Verdict::Seen { .. }, Some(signal)) = (line.judgement.verdict, signal) {
        text.push_str(&format!(" {}. {}", signal.variation.label, signal.reason));
    }
    let missing = points.iter().filter(|point| point.reading.figure().is_none()).count();
    if (1..points.len()).contains(&missing) {
        text.push_str(&format!(" {} without a figure.", words::capital(&words::count(missing, "point", "points"))));
    }
    if since.len() < points.len() {
        text.push_str(" Earlier figures cannot be compared with these.");
    }
    text
}

/// The small line of a table's row in words: its row has the name, the figures
/// and the target, and the chart, where there is one, says the rest.
pub(super) fn brief(line: &Line<'_>, points: &[Point]) -> String {
    format!("{}.", course(line, comparable(line.indicator, points)))
}

/// "Rose in 6 of the last 12 months, from 78.1% in October 2025 to 84.2% in
/// October 2026".
fn course(line: &Line<'_>, points: &[Point]) -> String {
    let indicator = line.indicator;
    let (one, many) = signal::steps(indicator.frequency);
    let Some(((first, from), (last, to))) = ends(points) else {
        return format!("No figure in the last {}", words::count(points.len(), one, many));
    };
    let figure = |value: Decimal| words::figure(&indicator.measure, value);
    let own = |point: &Point| words::own_period(indicator, point.period);
    let steps: Vec<Ordering> = points
        .windows(2)
        .filter_map(|pair| Some(pair[1].reading.figure()?.value.cmp(&pair[0].reading.figure()?.value)))
        .collect();
    let (way, arrow) = match to.cmp(&from) {
        Ordering::Greater => ("Rose", Ordering::Greater),
        Ordering::Less => ("Fell", Ordering::Less),
        Ordering::Equal if first.period == last.period => return format!("{} in {}", figure(to), own(last)),
        Ordering::Equal => return format!("{} in {}, as in {}", figure(to), own(last), own(first)),
    };
    let count = |way: Ordering| steps.iter().filter(|step| **step == way).count();
    let (with, against) = (count(arrow), count(arrow.reverse()));
    let back = match (against, arrow) {
        (0, _) => String::new(),
        (n, Ordering::Greater) => format!(" and fell in {n}"),
        (n, _) => format!(" and rose in {n}"),
    };
    let of = if steps.len() == 1 { one } else { many };
    format!(
        "{way} in {with}{back} of the last {} {of}, from {} in {} to {} in {}",
        steps.len(),
        figure(from),
        own(first),
        figure(to),
        own(last)
    )
}

/// "; below target in all but 2"; empty where there was none to meet.
fn on_target(line: &Line<'_>, points: &[Point]) -> String {
    let indicator = line.indicator;
    let met: Vec<bool> = points
        .iter()
        .filter_map(|point| {
            let target = in_force(&indicator.targets, point.period)?;
            target.goal.shortfall(point.reading.figure()?.value, indicator.polarity).map(|gap| gap <= Decimal::ZERO)
        })
        .collect();
    let side = match indicator.polarity {
        Polarity::Higher => "below",
        Polarity::Lower => "above",
        Polarity::Range => "outside",
        Polarity::None => return String::new(),
    };
    let on = met.iter().filter(|met| **met).count();
    let off = met.len() - on;
    match (on, off) {
        (0, 0) => String::new(),
        (_, 0) => "; on target in all".to_owned(),
        (0, _) => format!("; {side} target in all"),
        (on, off) if off > on => format!("; {side} target in all but {on} of {} figures", on + off),
        (on, off) => format!("; on target in all but {off} of {} figures", on + off),
    }
}
