//! The latest figure held against earlier ones: last year's, three and twelve
//! months ago, the baseline of a board; and the direction of travel.
//!
//! Nothing is compared across a break in the series, nor where either figure
//! rests on fewer than the floor.

use super::comparison::{Comparison, Incomparable, compare};
use super::line::{SeriesPoint, is_too_few};
use crate::domain::board::Baseline;
use crate::domain::movement::{fitted, movement};
use crate::domain::trend::TravelBy;
use crate::domain::{Goal, Indicator, Missing, Movement, Period, Reading, Target};

/// Fewest figures that a straight line is laid through.
const FEWEST_FITTED: usize = 5;

/// The latest figure held against one earlier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FigureChange<'a> {
    /// The month of the earlier figure.
    pub since: Period,
    /// The earlier figure.
    pub before: Reading,
    /// The latest against it.
    pub comparison: Comparison<'a>,
}

/// Changes over longer than one step of the indicator's own frequency.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes<'a> {
    /// On the same period last year, which is also over 12 months.
    pub last_year: FigureChange<'a>,
    /// Over 3 months, where it has a figure of then and steps that are shorter.
    pub over_3: Option<FigureChange<'a>>,
    /// On the board's baseline, where it has one that lies before the latest figure.
    pub baseline: Option<(&'a Baseline, FigureChange<'a>)>,
    /// Direction of travel, by what the register says it is judged by.
    pub direction: Comparison<'a>,
}

/// What changes are worked from.
pub(super) struct ChangeInput<'a, 's> {
    pub(super) indicator: &'a Indicator,
    pub(super) period: Period,
    pub(super) current: Reading,
    pub(super) target: Option<&'a Target>,
    pub(super) baseline: Option<&'a Baseline>,
    pub(super) series: &'s [SeriesPoint],
    /// The latest against the previous figure.
    pub(super) on_previous: Comparison<'a>,
}

/// Works out the changes; `reading` gives a month's figure as printed.
pub(super) fn work_out<'a>(given: &ChangeInput<'a, '_>, reading: impl Fn(Period) -> Reading) -> Changes<'a> {
    let indicator = given.indicator;
    let on = |since: Period| {
        let before = reading(since);
        let comparison = compare(indicator, (since, &before), (given.period, &given.current), given.target);
        FigureChange { since, before, comparison }
    };
    let last_year = on(indicator.frequency.year_before(given.period));
    let baseline = given.baseline.and_then(|baseline| {
        let since = indicator.frequency.at_or_before(baseline.period);
        (since < given.period).then(|| (baseline, on(since)))
    });
    let direction = match indicator.trend.travel {
        TravelBy::Previous => given.on_previous,
        TravelBy::LastYear => last_year.comparison,
        TravelBy::Regression => regression(given),
    };
    let over_3 = (indicator.frequency.per_year() == 12).then(|| on(given.period.plus(-3)));
    Changes { last_year, over_3, baseline, direction }
}

/// The movement along the line that fits the series best, since its last
/// break. Its two ends are rounded as figures are, and held against each other
/// as figures are.
fn regression<'a>(given: &ChangeInput<'a, '_>) -> Comparison<'a> {
    let indicator = given.indicator;
    if given.current.figure().is_none() {
        return Comparison::Not(Incomparable::NoLatest);
    }
    if is_too_few(indicator, &given.current) {
        return Comparison::Not(Incomparable::TooFew);
    }
    let since_break =
        || given.series.iter().filter(|point| indicator.break_between(point.period, given.period).is_none());
    // What is hidden is small: a line through the rest would be another's.
    if since_break().any(|point| point.reading == Reading::Missing(Missing::Suppressed)) {
        return Comparison::Not(Incomparable::ShortSeries);
    }
    let figures: Vec<_> = since_break()
        .filter(|point| !is_too_few(indicator, &point.reading))
        .filter_map(|point| Some((point.period.since(given.period), point.reading.figure()?.value)))
        .collect();
    let broken = indicator.break_between(given.series.first().map_or(given.period, |point| point.period), given.period);
    match (fitted(&figures), broken) {
        (Some((start, end)), _) if figures.len() >= FEWEST_FITTED => {
            Comparison::Moved(fitted_movement(indicator, start, end, given.target.map(|target| target.goal)))
        }
        (_, Some(broken)) => Comparison::Not(Incomparable::Broken(broken)),
        _ => Comparison::Not(Incomparable::ShortSeries),
    }
}

fn fitted_movement(
    indicator: &Indicator,
    start: rust_decimal::Decimal,
    end: rust_decimal::Decimal,
    goal: Option<Goal>,
) -> Movement {
    let round = |value| indicator.measure.round(value);
    movement(round(start), round(end), indicator.polarity, goal, indicator.steady_within)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Travel;
    use crate::scorecard::test_support::with_card;

    const A: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nsteady_within = 0.5\n";

    fn rows(values: &[(&str, &str)]) -> String {
        values.iter().map(|(month, value)| format!("A,{month},{value},,")).collect::<Vec<_>>().join("\n")
    }

    fn change(comparison: &Comparison<'_>) -> Option<String> {
        match comparison {
            Comparison::Moved(movement) => Some(movement.change.to_string()),
            Comparison::Not(_) => None,
        }
    }

    fn word(comparison: &Comparison<'_>) -> &'static str {
        match comparison {
            Comparison::Moved(_) => "moved",
            Comparison::Not(Incomparable::TooFew) => "too few",
            Comparison::Not(Incomparable::ShortSeries) => "short",
            Comparison::Not(_) => "not",
        }
    }

    #[test]
    fn each_change_is_on_its_own_month() {
        let rows = rows(&[("2025-10", "70"), ("2026-07", "75"), ("2026-09", "80"), ("2026-10", "81")]);
        with_card(A, "", "\"A\"", &rows, |card| {
            let line = &card.sections[0][0];
            assert_eq!(change(&line.comparison).as_deref(), Some("1.0"));
            assert_eq!(change(&line.changes.last_year.comparison).as_deref(), Some("11.0"));
            assert_eq!(change(&line.changes.over_3.unwrap().comparison).as_deref(), Some("6.0"));
            assert!(line.changes.baseline.is_none());
        });
    }

    #[test]
    fn no_line_is_laid_through_a_few_or_past_what_is_hidden() {
        let a = format!("{A}travel = \"regression\"\n");
        let say = |august: &str, october: &str| {
            let months: Vec<String> = (3..=9).map(|month| format!("A,2026-{month:02},,{month}0,100\n")).collect();
            let rows = months.concat().replace("A,2026-08,,80,100", &format!("A,2026-08,{august}"));
            with_card(&a, "", "\"A\"", &format!("{rows}A,2026-10,{october}"), |card| {
                word(&card.sections[0][0].changes.direction)
            })
        };
        assert_eq!(say(",80,100", ",95,100"), "moved");
        assert_eq!(say(",80,100", ",1,2"), "too few");
        assert_eq!(say("c,,", ",95,100"), "short");
        // A month of a few is no point of the line, whatever it says.
        assert_eq!(say(",0,2", ",95,100"), "moved");
    }

    #[test]
    fn nothing_is_compared_across_a_break() {
        let broken =
            format!("{A}[[indicators.A.breaks]]\nfrom = \"2026-08\"\nkind = \"system\"\nnote = \"New system\"\n");
        let rows = rows(&[("2025-10", "70"), ("2026-07", "75"), ("2026-08", "80"), ("2026-10", "81")]);
        with_card(&broken, "", "\"A\"", &rows, |card| {
            let changes = &card.sections[0][0].changes;
            for comparison in [changes.last_year.comparison, changes.over_3.unwrap().comparison] {
                assert!(matches!(comparison, Comparison::Not(Incomparable::Broken(_))), "{comparison:?}");
            }
        });
    }

    #[test]
    fn direction_is_judged_by_what_the_register_says() {
        // Down on the month, up on the year, and up along the fitted line.
        let rows = rows(&[
            ("2025-10", "70"),
            ("2026-06", "74"),
            ("2026-07", "76"),
            ("2026-08", "78"),
            ("2026-09", "80"),
            ("2026-10", "79"),
        ]);
        for (travel, expected) in [
            ("", Travel::Worsening),
            ("travel = \"last-year\"\n", Travel::Improving),
            ("travel = \"regression\"\n", Travel::Improving),
        ] {
            with_card(&format!("{A}{travel}"), "", "\"A\"", &rows, |card| {
                match card.sections[0][0].changes.direction {
                    Comparison::Moved(movement) => assert_eq!(movement.travel, expected, "{travel}"),
                    Comparison::Not(why) => panic!("{travel}: {why:?}"),
                }
            });
        }
    }

    #[test]
    fn a_fitted_change_within_the_dead_band_is_steady_and_four_figures_are_no_line() {
        let direction = |values: [&str; 5], from: usize| {
            let months = ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10"];
            let pairs: Vec<_> = months.into_iter().zip(values).skip(from).collect();
            with_card(&format!("{A}travel = \"regression\"\n"), "", "\"A\"", &rows(&pairs), |card| {
                match card.sections[0][0].changes.direction {
                    Comparison::Moved(movement) => Some(movement.travel),
                    Comparison::Not(_) => None,
                }
            })
        };
        assert_eq!(direction(["80", "80.1", "80.2", "80.4", "80.5"], 0), Some(Travel::Steady));
        assert_eq!(direction(["80", "80.2", "80.3", "80.4", "80.6"], 0), Some(Travel::Improving));
        assert_eq!(direction(["80", "80.2", "80.3", "80.4", "80.6"], 1), None);
    }
}
