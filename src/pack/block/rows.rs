//! The four rows beside every chart: the same, in the same order, with "none" where
//! there is nothing.

use super::super::model::Field;
use super::super::standing::Standing;
use super::super::{benchmarks, chart, over_time, promises, sentences, themes};
use crate::domain::observation::Missing;
use crate::domain::trend::TravelBy;
use crate::domain::{AttributedText, Polarity, Reading};
use crate::scorecard::{Comparison, Incomparable, Line};
use crate::words;

/// What a row says that has nothing to say.
const NONE: &str = "none";

/// What it says where the commentary beside it tells what to expect: "none" would deny it.
const SEE_COMMENTARY: &str = "no forecast; see what to expect below";

/// Target, change, figures elsewhere and what was promised. `expects` says that the
/// commentary has what to expect.
pub(super) fn rows(line: &Line<'_>, expects: bool) -> Vec<Field> {
    vec![
        Field::new("Target", target(line)),
        Field::new("Change", change(line)),
        Field::new("Others", benchmarks::others(line.indicator)),
        Field::new("Promised", promised(line, if expects { SEE_COMMENTARY } else { NONE })),
    ]
}

/// "85%; 19 plans short", "none: shown for context".
fn target(line: &Line<'_>) -> String {
    let Some(target) = line.target else {
        return match line.indicator.polarity {
            Polarity::None => "none, shown for context".to_owned(),
            _ => "none set".to_owned(),
        };
    };
    let goal = words::goal(&line.indicator.measure, target.goal);
    match Standing::of(line) {
        Some(standing) => format!("{goal}; {}", standing.beside_target(line)),
        None => goal,
    }
}

/// "Down 4.6 points on September 2026 (worse); down 10.0 points on October 2025". Where the
/// chart has quarters for points, what these did too: one may go up and the other down.
fn change(line: &Line<'_>) -> String {
    let mut said = on_previous(line);
    for more in [on_last_year(line), by_quarter(line)].into_iter().flatten() {
        said.push_str("; ");
        said.push_str(&more);
    }
    said
}

/// "by quarter: up 4.1 points on quarter 1, 2026/27 (better)".
fn by_quarter(line: &Line<'_>) -> Option<String> {
    chart::drawn_as(line, |drawn| {
        chart::is_by_quarter(drawn).then(|| format!("by quarter: {}", sentences::lower_first(&on_previous(drawn))))
    })
}

fn on_previous(line: &Line<'_>) -> String {
    let indicator = line.indicator;
    let when = words::own_period(indicator, line.previous_period);
    match &line.comparison {
        Comparison::Moved(movement) => {
            let moved = words::movement(&indicator.measure, movement);
            let travel = match indicator.trend.travel {
                TravelBy::Previous => over_time::travel(line),
                TravelBy::LastYear | TravelBy::Regression => String::new(),
            };
            let travel = if travel.is_empty() { travel } else { format!(" ({travel})") };
            format!("{moved} on {when}{travel}")
        }
        Comparison::Not(Incomparable::NoLatest) if themes::is_hidden(&line.current) => "hidden".to_owned(),
        Comparison::Not(why) => not_compared(why, &when),
    }
}

/// Why the latest figure is not held against an earlier one.
fn not_compared(why: &Incomparable<'_>, when: &str) -> String {
    match why {
        Incomparable::NoLatest => "No figure to compare".to_owned(),
        Incomparable::NoPrevious(Missing::Suppressed) => format!("The figure for {when} is hidden"),
        Incomparable::NoPrevious(Missing::Refused) => format!("The figure for {when} was refused"),
        Incomparable::NoPrevious(_) => format!("No figure for {when}"),
        Incomparable::Broken(_) => format!("Not comparable with {when}"),
        Incomparable::TooFew | Incomparable::ShortSeries => "Too few to compare".to_owned(),
    }
}

/// "down 10.0 points on October 2025"; none where it was not known, and of a yearly
/// figure, whose last is a year old.
fn on_last_year(line: &Line<'_>) -> Option<String> {
    let (indicator, year) = (line.indicator, &line.changes.last_year);
    if indicator.frequency.per_year() == 1 || line.current.figure().is_none() {
        return None;
    }
    let when = words::own_period(indicator, year.since);
    match &year.comparison {
        Comparison::Moved(movement) => {
            let moved = sentences::lower_first(&words::movement(&indicator.measure, movement));
            let travel = match indicator.trend.travel {
                TravelBy::LastYear => words::travel(movement.travel),
                TravelBy::Previous | TravelBy::Regression => "",
            };
            let travel = if travel.is_empty() { String::new() } else { format!(" ({travel})") };
            Some(format!("{moved} on {when}{travel}"))
        }
        Comparison::Not(Incomparable::Broken(_)) if matches!(year.before, Reading::Figure(_)) => {
            Some(format!("not comparable with {when}"))
        }
        Comparison::Not(_) => None,
    }
}

fn promised(line: &Line<'_>, without: &'static str) -> AttributedText {
    match line.indicator.relations.ahead(line.period) {
        Some(_) => promises::forecast(line).value,
        None => without.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::{with_board_of, with_card};

    const PERCENT: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";

    fn said(a: &str, rows_of: &str) -> Vec<String> {
        with_card(a, "", "\"A\"", rows_of, |card| {
            let rows = rows(card.lines().next().unwrap(), false);
            rows.iter().map(|row| format!("{}: {}", row.label, row.value)).collect()
        })
    }

    #[test]
    fn every_block_has_the_same_four_rows() {
        let rows = "A,2025-10,,70,100\nA,2026-09,,75,100\nA,2026-10,,78,100";
        assert_eq!(
            said(PERCENT, rows),
            [
                "Target: none set",
                "Change: Up 3.0 points on September 2026 (better); up 8.0 points on October 2025",
                "Others: none",
                "Promised: none",
            ]
        );
        let context = "unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n";
        assert_eq!(
            said(context, "A,2026-09,c,,\nA,2026-10,12,,")[..2],
            ["Target: none, shown for context", "Change: The figure for September 2026 is hidden"]
        );
        assert_eq!(said(context, "A,2026-09,12,,")[1], "Change: No figure to compare");
        let broken = format!("{PERCENT}breaks = [{{ from = \"2026-10\", kind = \"system\", note = \"N\" }}]\n");
        assert_eq!(
            said(&broken, rows)[1],
            "Change: Not comparable with September 2026; not comparable with October 2025"
        );
        let quarterly = "A,2025-10,,70,100\nA,2026-06,,60,100\nA,2026-09,,75,100\nA,2026-10,,73,100";
        with_board_of(PERCENT, "cadence = \"quarterly\"\n", quarterly, |card| {
            assert_eq!(
                change(card.lines().next().unwrap()),
                "Down 2.0 points on September 2026 (worse); up 3.0 points on October 2025; \
                 by quarter: up 15.0 points on quarter 1, 2026/27 (better)"
            );
        });
        let by_year = format!("{PERCENT}travel = \"last-year\"\n");
        assert_eq!(
            said(&by_year, rows)[1],
            "Change: Up 3.0 points on September 2026; up 8.0 points on October 2025 (better)"
        );
    }
}
