//! A chart in words: which headline it has, and what it shows for a reader who cannot
//! see it.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::super::signal;
use super::finding::finding;
use crate::domain::measure::double;
use crate::domain::target::in_force;
use crate::domain::{Indicator, Missing, Polarity, Reading};
use crate::scorecard::{Line, SeriesPoint};
use crate::words;

/// The figures since the last break: only those can be spoken of together.
fn comparable<'p>(indicator: &Indicator, points: &'p [SeriesPoint]) -> &'p [SeriesPoint] {
    let start = (1..points.len())
        .rev()
        .find(|i| indicator.break_between(points[i - 1].period, points[*i].period).is_some())
        .unwrap_or(0);
    &points[start..]
}

/// A point that has a figure, with the figure.
type DrawnPoint<'p> = (&'p SeriesPoint, Decimal);

/// The first and the last figure of some points, with their months.
fn ends(points: &[SeriesPoint]) -> Option<(DrawnPoint<'_>, DrawnPoint<'_>)> {
    let mut figures = points.iter().filter_map(|point| Some((point, point.reading.figure()?.value)));
    let first = figures.next()?;
    let last = figures.next_back().unwrap_or(first);
    Some((first, last))
}

fn is_hidden(point: &SeriesPoint) -> bool {
    point.reading == Reading::Missing(Missing::Suppressed)
}

/// "Hidden in 19 of the last 24 months, so that nobody can be recognised".
pub(super) fn hidden(line: &Line<'_>, points: &[SeriesPoint]) -> String {
    let (one, many) = signal::steps(line.indicator.frequency);
    let hidden = points.iter().filter(|point| is_hidden(point)).count();
    let of = words::count(points.len(), one, many);
    format!("Hidden in {hidden} of the last {of}, so that nobody can be recognised")
}

/// What it shows as a finding; where the latest figure is hidden, how many are of all
/// that are drawn.
pub(super) fn headline(line: &Line<'_>, drawn: &[SeriesPoint]) -> String {
    if drawn.last().is_some_and(is_hidden) { hidden(line, drawn) } else { finding(line) }
}

/// The chart in words: how often it rose, its ends, lowest and highest, and
/// where it stands to its target. Whether that is signal or noise stands below.
/// `brief` is what was said of the same course already.
pub(super) fn alt(line: &Line<'_>, drawn: &[SeriesPoint], points: &[SeriesPoint], brief: Option<&str>) -> String {
    let indicator = line.indicator;
    let since = comparable(indicator, points);
    // The course is that of a year; the ends of the scale are of all that is drawn.
    let all = comparable(indicator, drawn);
    let is_hidden_now = drawn.last().is_some_and(is_hidden);
    let course = match brief.and_then(|brief| brief.strip_suffix('.')) {
        _ if is_hidden_now => hidden(line, drawn),
        Some(course) => course.to_owned() + &on_target(line, since),
        None => course(line, since) + &on_target(line, since),
    };
    let mut text = format!("{}: line chart. {course}.", indicator.title);
    if let Some([first, low, high]) = extremes(all) {
        let at = |point: &SeriesPoint| words::the_period(indicator, point.period);
        text.push_str(&format!(
            " Since {}, lowest {} in {}, highest {} in {}.",
            at(first),
            point_value(indicator, low),
            at(low),
            point_value(indicator, high),
            at(high)
        ));
    }
    if !is_hidden_now && points.iter().any(is_hidden) {
        text.push_str(&format!(" {}.", hidden(line, points)));
    }
    let refused = points.iter().filter(|point| point.reading == Reading::Missing(Missing::Refused)).count();
    if refused > 0 {
        text.push_str(&format!(" {} could not be used.", words::count(refused, "figure", "figures")));
    }
    let is_told = |point: &SeriesPoint| is_hidden(point) || point.reading == Reading::Missing(Missing::Refused);
    let missing = points.iter().filter(|point| point.reading.figure().is_none() && !is_told(point)).count();
    if (1..points.len()).contains(&missing) {
        let (one, many) = signal::steps(indicator.frequency);
        let has = if missing == 1 { "has" } else { "have" };
        text.push_str(&format!(" {} {has} no figure.", words::count(missing, one, many)));
    }
    if since.len() < points.len() {
        text.push_str(" Earlier figures cannot be compared with these.");
    }
    text
}

/// The first figure, the first of the lowest and the last of the highest; none
/// where all are alike.
fn extremes(points: &[SeriesPoint]) -> Option<[&SeriesPoint; 3]> {
    let mut figures = points.iter().filter_map(|point| Some((point, double(point.reading.figure()?.value))));
    let first = figures.next()?;
    let (low, high) = figures.fold((first, first), |(low, high), at| {
        (if at.1 < low.1 { at } else { low }, if at.1 >= high.1 { at } else { high })
    });
    (low.1 < high.1).then_some([first.0, low.0, high.0])
}

/// The small line of a table's row in words: its row has the name, the figures
/// and the target, and the chart, where there is one, says the rest.
pub(super) fn brief(line: &Line<'_>, points: &[SeriesPoint]) -> String {
    if points.last().is_some_and(is_hidden) {
        return format!("{}.", hidden(line, points));
    }
    format!("{}.", course(line, comparable(line.indicator, points)))
}

/// "Rose in 6 of the last 12 months. It went from 78.1% in October 2025 to 84.2% in
/// October 2026"; "in 5 of the 10 months that can be compared" where not each
/// has a figure and one before it.
fn course(line: &Line<'_>, points: &[SeriesPoint]) -> String {
    let indicator = line.indicator;
    let (one, many) = signal::steps(indicator.frequency);
    let Some(((first, from), (last, to))) = ends(points) else {
        return format!("No figure in the last {}", words::count(points.len(), one, many));
    };
    let own = |point: &SeriesPoint| words::the_period(indicator, point.period);
    let (mut rose, mut fell, mut steps) = (0, 0, 0);
    for pair in points.windows(2) {
        let [Some(before), Some(after)] = [&pair[0], &pair[1]].map(|point| point.reading.figure()) else { continue };
        let (before, after) = (double(before.value), double(after.value));
        rose += usize::from(after > before);
        fell += usize::from(after < before);
        steps += 1;
    }
    let (way, with, back, against) = match to.cmp(&from) {
        Ordering::Greater => ("Rose", rose, "fell", fell),
        Ordering::Less => ("Fell", fell, "rose", rose),
        Ordering::Equal if first.period == last.period => {
            return format!("{} in {}", point_value(indicator, last), own(last));
        }
        Ordering::Equal => {
            return format!("{} in {}, the same as in {}", point_value(indicator, last), own(last), own(first));
        }
    };
    let back = if against == 0 { String::new() } else { format!(" and {back} in {against}") };
    let of = words::count(steps, one, many);
    let how = match steps {
        0 => way.to_owned(),
        1 if with == 1 => format!("{way} in the one {one} that can be compared"),
        _ if with == steps && steps + 1 < points.len() => format!("{way} in each of the {of} that can be compared"),
        _ if with == steps => format!("{way} in each of the last {of}"),
        _ if steps + 1 < points.len() => format!("{way} in {with}{back} of the {of} that can be compared"),
        _ => format!("{way} in {with}{back} of the last {of}"),
    };
    let (from, to) = (point_value(indicator, first), point_value(indicator, last));
    let (first, last) = (own(first), own(last));
    [&how, ". It went from ", &from, " in ", &first, " to ", &to, " in ", &last].concat()
}

/// A point's figure as any page prints it: "84.2%", "3 of 4".
fn point_value(indicator: &Indicator, point: &SeriesPoint) -> String {
    point.reading.figure().map(|figure| words::printed(indicator, figure)).unwrap_or_default()
}

/// ". Below target in all but 2"; empty where there was none to meet.
fn on_target(line: &Line<'_>, points: &[SeriesPoint]) -> String {
    let indicator = line.indicator;
    let met = points.iter().filter_map(|point| {
        let target = in_force(&indicator.targets, point.period)?;
        let gap = target.goal.shortfall(point.reading.figure()?.value, indicator.polarity)?;
        Some(gap.is_sign_negative() || gap.is_zero())
    });
    let side = match indicator.polarity {
        Polarity::Higher => "Below",
        Polarity::Lower => "Above",
        Polarity::Range => "Outside",
        Polarity::None => return String::new(),
    };
    let (on, off) = met.fold((0, 0), |(on, off), met| if met { (on + 1, off) } else { (on, off + 1) });
    match (on, off) {
        (0, 0) => String::new(),
        (_, 0) => ". On target in all".to_owned(),
        (0, _) => format!(". {side} target in all"),
        (on, off) if off > on => format!(". {side} target in all but {on} of {} figures", on + off),
        (on, off) => format!(". On target in all but {off} of {} figures", on + off),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Chart, chart, without};
    use crate::domain::{Missing, Reading};
    use crate::scorecard::test_support::with_card;

    /// The chart of figures given as rows `month,value`; what is not given is hidden.
    fn drawn(frequency: &str, more: &str, rows: &str) -> Chart {
        let better = if more.contains("range") { "range" } else { "lower" };
        let a = format!("unit = \"count\"\nbetter = \"{better}\"\nfrequency = \"{frequency}\"\n{more}");
        let rows: String = rows.lines().map(|row| format!("A,{row},,\n")).collect();
        with_card(&a, "", "\"A\"", &rows, |card| {
            let mut line = card.lines().next().unwrap().clone();
            let absent = line.series.iter_mut().filter(|point| point.reading.figure().is_none());
            absent.for_each(|point| point.reading = Reading::Missing(Missing::Suppressed));
            chart(&line, "S", None).unwrap()
        })
    }

    #[test]
    fn a_percentage_of_a_few_is_no_height_and_no_percentage() {
        let a = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";
        let headline = |before: &str, now: &str| {
            with_card(a, "", "\"A\"", &format!("A,2026-09,{before}\nA,2026-10,{now}"), |card| {
                chart(card.lines().next().unwrap(), "S", None).map(|chart| chart.headline)
            })
        };
        assert_eq!(headline(",3,5", ",4,4"), None);
        assert_eq!(headline(",3,5", ",4,5").as_deref(), Some("Higher than in September 2026"));
        assert_eq!(headline(",3,4", ",4,5").as_deref(), Some("Too few to compare"));
    }

    #[test]
    fn a_latest_figure_that_is_hidden_is_said_to_be() {
        let chart = drawn("monthly", "", "2026-06,6\n2026-07,8\n2026-08,7");
        assert_eq!(chart.headline, "Hidden in 2 of the last 5 months, so that nobody can be recognised");
        assert_eq!(
            chart.alt,
            "A: line chart. Hidden in 2 of the last 5 months, so that nobody can be recognised. \
             Since June 2026, lowest 6 in June 2026, highest 8 in July 2026."
        );
    }

    #[test]
    fn most_months_hidden_are_one_line_and_no_chart() {
        let a = "unit = \"count\"\nbetter = \"lower\"\nfrequency = \"monthly\"\n";
        let said = |rows: &str| {
            with_card(a, "", "\"A\"", rows, |card| {
                let line = card.lines().next().unwrap();
                (chart(line, "S", None).is_some(), without(line))
            })
        };
        let hidden = "Hidden in 3 of the last 5 months, so that nobody can be recognised.".to_owned();
        let rows = "A,2026-06,6,,\nA,2026-07,8,,\nA,2026-08,c,,\nA,2026-09,c,,\nA,2026-10";
        assert_eq!(said(&format!("{rows},c,,")), (false, Some(hidden)));
        assert!(said(&format!("{rows},7,,")).0);
        assert_eq!(said("A,2026-10,7,,"), (false, None));
    }

    #[test]
    fn months_that_cannot_be_compared_are_not_counted() {
        let chart = drawn("monthly", "", "2026-06,6\n2026-07,8\n2026-09,7\n2026-10,9");
        assert_eq!(
            chart.alt,
            "A: line chart. Rose in each of the 2 months that can be compared. It went from 6 in June 2026 to 9 in October 2026. \
             Since June 2026, lowest 6 in June 2026, highest 9 in October 2026. \
             Hidden in 1 of the last 5 months, so that nobody can be recognised."
        );
        let chart = drawn("monthly", "", "2026-08,6\n2026-09,7\n2026-10,9");
        assert!(chart.alt.contains("Rose in each of the last 2 months. It went from 6"), "{}", chart.alt);
    }

    #[test]
    fn quarters_stand_under_their_financial_year_and_both_ends_of_a_range_are_named() {
        let range = "targets = [{ from = \"2025-04\", range = [5, 9], tolerance = 1, source = \"local\" }]\n";
        let chart = drawn("quarterly", range, "2025-12,6\n2026-03,8\n2026-06,7\n2026-09,9");
        let years: Vec<&str> = chart.x_ticks.iter().map(|tick| tick.year.as_str()).collect();
        assert_eq!(years, ["2025/26", "", "2026/27", ""]);
        let names: Vec<&str> = chart.target.iter().map(|step| step.label.as_str()).collect();
        assert_eq!(names, ["at least 5", "at most 9"]);
    }
}
