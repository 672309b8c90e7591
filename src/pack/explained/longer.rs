//! Longer views and earlier figures that a pack prints: the months that each is
//! made of, with their cells, and the arithmetic.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::super::{figures, over_time};
use super::{Evidence, arithmetic};
use crate::domain::trend::ViewSpan;
use crate::domain::{Figure, Period, Reading, Unit};
use crate::scorecard::changes::FigureChange;
use crate::scorecard::views::{Made, View};
use crate::scorecard::{Comparison, Line};
use crate::words;

/// The longer views that the page or `figures.csv` prints of a line.
pub(super) fn printed(line: &Line<'_>) -> Vec<ViewSpan> {
    let is_printed = |span: &ViewSpan| {
        line.indicator.trend.views.contains(span)
            || match span {
                ViewSpan::YearToDate => !figures::year_to_date(line).is_empty(),
                ViewSpan::Rolling12Months => line.pooled().is_some(),
                ViewSpan::Quarter => false,
            }
    };
    [ViewSpan::YearToDate, ViewSpan::Rolling12Months, ViewSpan::Quarter].into_iter().filter(is_printed).collect()
}

/// The months that what is printed rests on, beside the latest and the one
/// before it; as far as there are figures for them.
pub fn months_behind(line: &Line<'_>) -> BTreeSet<Period> {
    let views = printed(line).into_iter().filter_map(|span| line.views.of(span).as_ref().ok());
    let changes = [Some(line.changes.last_year), line.changes.over_3, line.changes.baseline.map(|(_, change)| change)];
    let compared = changes.into_iter().flatten().map(|change| change.since);
    let months = views.flat_map(|view| view.months(line.indicator)).chain(compared);
    months.filter(|month| reading(line, *month).is_some_and(|found| found.figure().is_some())).collect()
}

/// A line's reading of a month; none where it has none.
pub(super) fn reading(line: &Line<'_>, month: Period) -> Option<Reading> {
    let of_series = line.series.iter().find(|point| point.period == month).map(|point| point.reading);
    // A baseline may lie before all that is drawn.
    let baseline = line.changes.baseline.filter(|(_, change)| change.since == month);
    of_series.or_else(|| baseline.map(|(_, change)| change.before))
}

/// The months of one view with their cells, and how they become one figure.
pub(super) fn view(line: &Line<'_>, span: ViewSpan, evidence: &Evidence<'_>) -> Vec<String> {
    if !printed(line).contains(&span) {
        return Vec::new();
    }
    let view = line.views.of(span);
    let mut says = vec![over_time::viewed(line, view)];
    if let Ok(view) = view {
        let months = view.months(line.indicator);
        says.extend(months.iter().map(|month| month_of(line, *month, evidence)));
        says.extend(made(line, view, &months));
    }
    says
}

/// The figure a year before.
pub(super) fn year_before(line: &Line<'_>, evidence: &Evidence<'_>) -> Vec<String> {
    let since = line.changes.last_year.since;
    line.year_before.figure().map(|_| month_of(line, since, evidence)).into_iter().collect()
}

/// The figure of the board's baseline, and what it changed by since.
pub(super) fn baseline(line: &Line<'_>, evidence: &Evidence<'_>) -> Vec<String> {
    let Some((baseline, change)) = &line.changes.baseline else { return Vec::new() };
    let Some(text) = over_time::earlier(line, change, false) else { return Vec::new() };
    let mut says =
        vec![format!("{}: {text}", over_time::baseline_label(baseline)), month_of(line, change.since, evidence)];
    says.extend(difference(line, change));
    says
}

/// "over 3 months: 84.0 − 78.9 (July 2026) = 5.1", and over 12, where the two
/// may be compared.
pub(super) fn movements(line: &Line<'_>, with_year: bool) -> Vec<String> {
    let year = Some(line.changes.last_year).filter(|year| with_year && year.since != line.previous_period);
    let changes = [("over 3 months", line.changes.over_3), ("over 12 months", year)];
    let text =
        |(label, change): (&str, Option<FigureChange<'_>>)| Some(format!("{label}: {}", difference(line, &change?)?));
    changes.into_iter().filter_map(text).collect()
}

fn difference(line: &Line<'_>, change: &FigureChange<'_>) -> Option<String> {
    let Comparison::Moved(movement) = &change.comparison else { return None };
    let (now, then) = (line.current.figure()?.value, change.before.figure()?.value);
    let label = words::own_period(line.indicator, change.since);
    Some(format!("{} − {} ({label}) = {}", words::number(now), words::number(then), words::number(movement.change)))
}

/// "May 2026: 50.0% (5 of 10), Return › D12, E12", or why it is left out.
fn month_of(line: &Line<'_>, month: Period, evidence: &Evidence<'_>) -> String {
    let label = words::capital(&words::own_period(line.indicator, month));
    let figure = match reading(line, month) {
        Some(Reading::Figure(figure)) => figure,
        Some(Reading::Missing(missing)) => return format!("{label}: {}", words::missing(missing).to_lowercase()),
        None => return format!("{label}: {}", words::missing(crate::domain::Missing::NotSupplied).to_lowercase()),
    };
    let mut text = format!("{label}: {}", words::figure(&line.indicator.measure, figure.value));
    if let (Some(numerator), Some(denominator)) = (figure.numerator, figure.denominator) {
        let plain = |part: Decimal| words::number(part.normalize());
        let over = if line.indicator.measure.unit == Unit::Percent { "of" } else { "÷" };
        text.push_str(&format!(" ({} {over} {})", plain(numerator), plain(denominator)));
    }
    let of_month = evidence.behind.iter().filter(|cell| cell.period == month && cell.number.is_some());
    let cells: Vec<&str> = of_month.clone().map(|cell| cell.cell.as_str()).collect();
    if let Some(first) = of_month.clone().next() {
        text.push_str(&format!(", {} › {}", first.sheet, cells.join(", ")));
    }
    text
}

/// How months become one figure, a sum a line.
fn made(line: &Line<'_>, view: &View, months: &[Period]) -> Vec<String> {
    let measure = &line.indicator.measure;
    let readings: Vec<Reading> = months.iter().filter_map(|month| reading(line, *month)).collect();
    let figures: Vec<&Figure> = readings.iter().filter_map(Reading::figure).collect();
    let sum = |parts: Vec<Decimal>| {
        let total: Decimal = parts.iter().sum();
        let parts: Vec<String> = parts.into_iter().map(|part| words::number(part.normalize())).collect();
        format!("{} = {}", parts.join(" + "), words::number(total.normalize()))
    };
    let numerators = || sum(figures.iter().filter_map(|figure| figure.numerator).collect());
    let over = |denominators: String| {
        let (numerator, denominator) = (view.figure.numerator?, view.figure.denominator?);
        let exact = measure.exact_ratio(numerator, denominator)?;
        Some(vec![
            format!("numerators: {}", numerators()),
            denominators,
            arithmetic::ratio(measure, numerator, denominator, exact),
            arithmetic::rounded(measure, view.figure.value),
        ])
    };
    match view.made {
        Made::BySource => vec!["the source gives it as one figure already".to_owned()],
        Made::Latest => vec!["it is how things stand: the latest is taken".to_owned()],
        Made::OneMonth => vec!["there is one figure in it, which is taken".to_owned()],
        Made::Sum => vec![
            sum(figures.iter().map(|figure| figure.value).collect()),
            arithmetic::rounded(measure, view.figure.value),
        ],
        Made::SumOverSum => {
            let all = sum(figures.iter().filter_map(|figure| figure.denominator).collect());
            over(format!("denominators: {all}")).unwrap_or_default()
        }
        Made::SumOverLatest => {
            let latest = view.figure.denominator.unwrap_or_default();
            over(format!("the latest denominator: {}", words::number(latest.normalize()))).unwrap_or_default()
        }
    }
}
