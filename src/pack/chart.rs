//! Places of points, ticks and targets between 0 and 1.
//!
//! | file | story |
//! |---|---|
//! | `signal` | the band of usual ups and downs, special causes, what happened |
//! | `values` | the figures that are drawn, as a table |
//! | `axis` | the names under the points |
//! | `by_quarter` | a line whose points are quarters |
//! | `finding` | its headline: how the figures go, and where the latest stands to its target |
//! | `alt_text` | the words for a reader who cannot see it |
//!
//! Places are the only floats in a pack; they are rounded to four digits, so
//! that no machine draws another line than the next.

mod alt_text;
mod axis;
mod by_quarter;
mod finding;
mod signal;
mod values;

pub(super) use by_quarter::{drawn_as, is_by_quarter};
pub(super) use signal::{Happening, happened};
pub(super) use values::note;

use rust_decimal::Decimal;

use super::model::{BreakMark, Chart, ChartSpot, Gap, TargetStep, Tick, Trend, ValuesTable};
use crate::domain::measure::double;
use crate::domain::target::in_force;
use crate::domain::{AttributedText, Goal, Indicator, Missing, Reading, Target, Unit};
use crate::scorecard::{Line, SeriesPoint};
use crate::words;

/// Points of a trend and of what is said of a chart: this month and the same
/// one last year, which is also as many names as can be read side by side.
const POINTS: usize = 13;

/// The last points of a line.
fn window<'l>(line: &'l Line<'_>) -> &'l [SeriesPoint] {
    &line.series[line.series.len().saturating_sub(POINTS)..]
}

/// The months of a line that a pack draws: all of them in the chart of a block, the
/// last ones in the small line of a row, and none where there is no line to draw.
pub(super) fn drawn<'l>(line: &'l Line<'_>, has_block: bool) -> &'l [SeriesPoint] {
    let points = if has_block { line.series.as_slice() } else { window(line) };
    if can_be_drawn(line, points) { points } else { &[] }
}

/// The vertical scale of a chart.
struct Scale {
    low: Decimal,
    high: Decimal,
    step: Decimal,
}

impl Scale {
    fn place(&self, value: Decimal) -> f64 {
        let low = double(self.low);
        place(double(value) - low, double(self.high) - low)
    }

    /// One step lower where a point would lie on the axis, over the names of
    /// the months. Zero is the axis.
    fn clear_of(mut self, lowest: Option<Decimal>) -> Self {
        let near = (self.high - self.low) / Decimal::from(20);
        if !self.low.is_zero() && lowest.is_some_and(|lowest| lowest - self.low <= near) {
            self.low -= self.step;
        }
        self
    }

    fn ticks(&self, indicator: &Indicator) -> Vec<Tick> {
        let mut ticks = Vec::new();
        let mut at = self.low;
        while at <= self.high {
            ticks.push(Tick { y: self.place(at), label: words::plain_figure(&indicator.measure, at) });
            at += self.step;
        }
        ticks
    }
}

/// A place from 0 to 1, to four digits. A quotient of two doubles is the same
/// on every machine, and so is the double nearest to so many ten-thousandths.
fn place(part: f64, whole: f64) -> f64 {
    let place = part / whole;
    if place.is_finite() { (place * 1e4).round_ties_even() / 1e4 } else { 0.5 }
}

/// The middle of the nth of so many slots.
fn slot(n: usize, of: usize) -> f64 {
    place(whole(2 * n + 1), whole(2 * of.max(1)))
}

/// The left edge of the nth of so many slots.
fn edge(n: usize, of: usize) -> f64 {
    share(n, of)
}

/// So many of so many, from 0 to 1.
pub(super) fn share(n: usize, of: usize) -> f64 {
    place(whole(n), whole(of.max(1)))
}

#[expect(clippy::cast_precision_loss, reason = "a chart has a few dozen points")]
fn whole(n: usize) -> f64 {
    n as f64
}

/// A scale with round numbers that holds every value: three to six steps.
fn scale(indicator: &Indicator, values: impl Iterator<Item = Decimal>) -> Option<Scale> {
    let (low, high) = ends(values)?;
    // A flat series gets room on both sides, or its line would be the frame.
    let span = if high > low { high - low } else { high.abs().max(Decimal::TEN) / Decimal::TEN };
    let step = round_step(span / Decimal::from(4));
    let step = if indicator.measure.unit == Unit::Count { step.max(Decimal::ONE) } else { step };
    let mut bottom = (low / step).floor() * step;
    let mut top = (high / step).ceil() * step;
    if low == high {
        bottom -= step;
        top += step;
    }
    if low >= Decimal::ZERO {
        bottom = bottom.max(Decimal::ZERO);
    }
    if top == bottom {
        top = bottom + step;
    }
    Some(Scale { low: bottom, high: top, step })
}

/// The lowest and the highest. Doubles are in the order of their figures, and
/// quicker to compare.
fn ends(values: impl Iterator<Item = Decimal>) -> Option<(Decimal, Decimal)> {
    let mut values = values.map(|value| (double(value), value));
    let first = values.next()?;
    let (low, high) = values.fold((first, first), |(low, high), value| {
        (if value.0 < low.0 { value } else { low }, if value.0 > high.0 { value } else { high })
    });
    Some((low.1, high.1))
}

/// The next of 1, 2, 5, 10, 20 … at or above a number.
fn round_step(at_least: Decimal) -> Decimal {
    let mut power = Decimal::new(1, 3);
    loop {
        for factor in [1, 2, 5] {
            let step = power * Decimal::from(factor);
            if step >= at_least {
                return step;
            }
        }
        power *= Decimal::TEN;
    }
}

/// The small trend of a table's row, without the figures behind it; none with fewer than
/// two figures.
pub(super) fn trend(line: &Line<'_>) -> Option<Trend> {
    drawn_as(line, trend_of)
}

/// The figures behind a small trend.
pub(super) fn behind_trend(line: &Line<'_>) -> ValuesTable {
    drawn_as(line, |line| values::values(line, window(line), "The figures behind this line"))
}

fn trend_of(line: &Line<'_>) -> Option<Trend> {
    let points = window(line);
    if !can_be_drawn(line, points) {
        return None;
    }
    let scale = scale(line.indicator, values(points))?;
    let target = line.target.and_then(|target| match target.goal {
        Goal::Value(value) if value >= scale.low && value <= scale.high => Some(scale.place(value)),
        _ => None,
    });
    Some(Trend { alt: alt_text::brief(line, points), runs: runs(line.indicator, points, &scale), target, values: None })
}

/// Whether there is a line to draw: with fewer than two figures there is none,
/// and a percentage of a few ("3 of 4") is no height.
fn can_be_drawn(line: &Line<'_>, points: &[SeriesPoint]) -> bool {
    let is_of_few = line.current.figure().is_some_and(|figure| words::is_of_few(line.indicator, figure));
    let figures = points.iter().filter(|point| point.reading.figure().is_some()).count();
    // A plot of nothing but marks says no more than one line of words.
    let hidden = points.iter().filter(|point| point.reading == Reading::Missing(Missing::Suppressed)).count();
    !is_of_few && figures >= 2 && hidden <= figures
}

/// What is said where there is no chart: how many months are hidden; none where nothing is.
pub(super) fn without(line: &Line<'_>) -> Option<String> {
    drawn_as(line, |line| {
        let points = line.series.as_slice();
        let is_hidden = points.iter().any(|point| point.reading == Reading::Missing(Missing::Suppressed));
        is_hidden.then(|| format!("{}.", alt_text::hidden(line, points)))
    })
}

/// The chart of a block, where there is one to draw; `trend` is the small one
/// of its row, where that has one.
pub(super) fn chart(line: &Line<'_>, source: &str, trend: Option<&Trend>) -> Option<Chart> {
    drawn_as(line, |line| chart_of(line, source, trend))
}

fn chart_of(line: &Line<'_>, source: &str, trend: Option<&Trend>) -> Option<Chart> {
    let points = line.series.as_slice();
    if !can_be_drawn(line, points) {
        return None;
    }
    let indicator = line.indicator;
    let in_force = points.iter().map(|point| in_force(&indicator.targets, point.period));
    let goals = stretches(in_force);
    let aims = goals.iter().filter_map(|(goal, _)| *goal).flat_map(|goal| match goal {
        Goal::Value(value) => [value, value],
        Goal::Range(low, high) => [low, high],
    });
    let usual = signal::usual(line, points);
    let scale = scale(indicator, values(points).chain(aims).chain(signal::room(&usual)))?
        .clear_of(ends(values(points)).map(|ends| ends.0));
    let last = points.last()?;
    let latest = last.reading.figure();
    let (bands, marks) = (signal::bands(&usual, points.len(), &scale), signal::marks(line, points, &scale));
    let (events, cut) = signal::events(line, points);
    let notes = signal::legend(&bands, &marks).into_iter().map(AttributedText::from).chain(cut).collect();
    Some(Chart {
        headline: alt_text::headline(line, points),
        caption: format!(
            "{}, {}. Source: {source}.",
            words::capital(&words::unit(indicator)),
            words::basis(indicator.basis, indicator.frequency),
        ),
        alt: alt_text::alt(line, points, window(line), trend.map(|trend| trend.alt.as_str())),
        y_ticks: scale.ticks(indicator),
        x_ticks: axis::x_ticks(indicator, points),
        runs: runs(indicator, points, &scale),
        last_label: latest.map(|figure| words::shown(indicator, figure).0).unwrap_or_default(),
        last: latest.map(|figure| ChartSpot { x: slot(points.len() - 1, points.len()), y: scale.place(figure.value) }),
        target: target_steps(indicator, &goals, &scale),
        breaks: breaks(indicator, points),
        gaps: gaps(points),
        bands,
        marks,
        events,
        notes,
        values: Some(values::values(line, points, "The figures behind this chart")),
    })
}

fn values(points: &[SeriesPoint]) -> impl Iterator<Item = Decimal> {
    points.iter().filter_map(|point| point.reading.figure()).map(|figure| figure.value)
}

/// Neighbouring points; a gap or a break ends a run.
fn runs(indicator: &Indicator, points: &[SeriesPoint], scale: &Scale) -> Vec<Vec<ChartSpot>> {
    let mut runs: Vec<Vec<ChartSpot>> = Vec::new();
    let mut open = false;
    let begun = |spot: ChartSpot, rest: usize| {
        let mut run = Vec::with_capacity(rest);
        run.push(spot);
        run
    };
    for (i, point) in points.iter().enumerate() {
        let Some(figure) = point.reading.figure() else {
            open = false;
            continue;
        };
        let broken = i > 0 && indicator.break_between(points[i - 1].period, point.period).is_some();
        let spot = ChartSpot { x: slot(i, points.len()), y: scale.place(figure.value) };
        match runs.last_mut() {
            Some(run) if open && !broken => run.push(spot),
            _ => runs.push(begun(spot, points.len() - i)),
        }
        open = true;
    }
    runs
}

/// What was aimed for, and in how many points on end.
fn stretches<'t>(in_force: impl Iterator<Item = Option<&'t Target>>) -> Vec<(Option<Goal>, usize)> {
    let all: Vec<Option<&Target>> = in_force.collect();
    // Mostly the target of the point before, whose goal need not be compared.
    let are_alike = |before: &Option<&Target>, after: &Option<&Target>| match (before, after) {
        (Some(before), Some(after)) => std::ptr::eq(*before, *after) || before.goal == after.goal,
        (before, after) => before.is_none() && after.is_none(),
    };
    all.chunk_by(are_alike).map(|alike| (alike[0].map(|target| target.goal), alike.len())).collect()
}

/// Steps of one height each; a range has two, its ends.
fn target_steps(indicator: &Indicator, goals: &[(Option<Goal>, usize)], scale: &Scale) -> Vec<TargetStep> {
    let mut steps: Vec<TargetStep> = Vec::new();
    let (mut first, of) = (0, goals.iter().map(|(_, many)| many).sum());
    for (goal, many) in goals {
        let (x0, x1) = (edge(first, of), edge(first + many, of));
        first += many;
        let heights: &[Decimal] = match goal {
            Some(Goal::Value(value)) => &[*value],
            Some(Goal::Range(low, high)) => &[*low, *high],
            None => &[],
        };
        steps.extend(heights.iter().map(|height| TargetStep { x0, x1, y: scale.place(*height), label: String::new() }));
    }
    let figure = |value: Decimal| words::plain_figure(&indicator.measure, value);
    match (goals.last().and_then(|(goal, _)| *goal), steps.as_mut_slice()) {
        (Some(Goal::Value(value)), [.., step]) => step.label = format!("Target {}", figure(value)),
        (Some(Goal::Range(low, high)), [.., from, to]) => {
            from.label = format!("at least {}", figure(low));
            to.label = format!("at most {}", figure(high));
        }
        _ => {}
    }
    steps
}

fn breaks(indicator: &Indicator, points: &[SeriesPoint]) -> Vec<BreakMark> {
    let mut marks = Vec::new();
    for (i, pair) in points.windows(2).enumerate() {
        if let Some(broken) = indicator.break_between(pair[0].period, pair[1].period) {
            let label = values::break_name(broken.kind).to_owned();
            marks.push(BreakMark { x: edge(i + 1, points.len()), label });
        }
    }
    marks
}

fn gaps(points: &[SeriesPoint]) -> Vec<Gap> {
    let mark = |missing| match missing {
        Missing::Suppressed => "c",
        Missing::Low => "low",
        Missing::NotApplicable | Missing::NoneOfNone => "z",
        Missing::Refused => "r",
        _ => "x",
    };
    points
        .iter()
        .enumerate()
        .filter_map(|(i, point)| match point.reading {
            Reading::Missing(missing) => Some(Gap { x: slot(i, points.len()), label: mark(missing).to_owned() }),
            Reading::Figure(_) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_numbers() {
        for (at_least, expected) in
            [("0.0004", "0.001"), ("0.3", "0.5"), ("1", "1"), ("1.1", "2"), ("6", "10"), ("201", "500")]
        {
            assert_eq!(round_step(at_least.parse().unwrap()).normalize().to_string(), expected);
        }
    }

    #[test]
    fn no_point_lies_over_the_names_of_the_months() {
        let d = |text: &str| text.parse::<Decimal>().unwrap();
        for (low, lowest, expected) in [("92", "92.1", "91"), ("92", "92.5", "92"), ("0", "0", "0"), ("-2", "-2", "-3")]
        {
            let scale = Scale { low: d(low), high: d("97"), step: d("1") };
            assert_eq!(scale.clear_of(Some(d(lowest))).low, d(expected), "{lowest} over {low}");
        }
    }

    #[test]
    fn slots_lie_in_the_middle_and_edges_at_the_ends() {
        assert!((slot(0, 1) - 0.5).abs() < 1e-9);
        assert!((slot(0, 4) - 0.125).abs() < 1e-9);
        assert!((edge(4, 4) - 1.0).abs() < 1e-9);
    }
}
