//! A line as a board that meets quarterly looks at it: each quarter is a point.

use crate::domain::trend::TravelBy;
use crate::domain::{Frequency, Indicator};
use crate::scorecard::Line;
use crate::scorecard::changes::{Changes, FigureChange};
use crate::scorecard::judgement::Judgement;

/// Draws a line, by its quarters where it has them.
///
/// What is told of months alone is left out: the limits and special causes of the monthly
/// series, and what a month was published as before.
pub(in crate::pack) fn drawn_as<T>(line: &Line<'_>, draw: impl FnOnce(&Line<'_>) -> T) -> T {
    let Some(quarters) = line.quarters.as_ref().filter(|quarters| !quarters.series.is_empty()) else {
        return draw(line);
    };
    let indicator = Indicator { frequency: Frequency::Quarterly, ..line.indicator.clone() };
    let latest = quarters.latest;
    let line = Line {
        indicator: &indicator,
        period: latest.last,
        current: latest.reading(),
        previous_period: quarters.before.0.last,
        previous: quarters.before.0.reading(),
        comparison: quarters.before.1,
        changes: Changes {
            last_year: FigureChange {
                since: quarters.year_before.0.last,
                before: quarters.year_before.0.reading(),
                comparison: quarters.year_before.1,
            },
            direction: match line.indicator.trend.travel {
                TravelBy::LastYear => quarters.year_before.1,
                TravelBy::Previous | TravelBy::Regression => quarters.before.1,
            },
            ..line.changes.clone()
        },
        series: quarters.series.clone(),
        judgement: Judgement { points: Vec::new(), ..line.judgement.clone() },
        restated: Vec::new(),
        marks: quarters.marks(line),
        ..line.clone()
    };
    draw(&line)
}

/// Whether a line that is drawn has quarters of a monthly figure for points.
pub(in crate::pack) fn is_by_quarter(line: &Line<'_>) -> bool {
    line.indicator.frequency == Frequency::Quarterly && line.quarters.is_some()
}
