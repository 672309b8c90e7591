//! An indicator on page 1: its figure against its target, how it goes, what was promised,
//! and what is to be known at once.

use super::super::standing::Standing;
use super::super::{chart, reasons, sentences, signal};
use super::headline::named;
use crate::domain::rating::Rating;
use crate::domain::related::{Forecast, ForecastSpan};
use crate::domain::{Board, Frequency, Period, Reading};
use crate::scorecard::Line;
use crate::scorecard::change_words::change;
use crate::scorecard::judgement::{Method, SignalVerdict};
use crate::scorecard::ranking::{RedChange, red_change};
use crate::scorecard::signal::{SignalRule, Variation};
use crate::words;

/// "77.9% (204 of 262) against 85%: 19 plans short. It has fallen for 8 months. 82.0% was promised."
pub(super) fn sentence(line: &Line<'_>, needs_attention: bool) -> String {
    let warning = could_turn_red(line).filter(|_| needs_attention);
    let parts = [Some(against(line)), course(line), warning, promised(line)];
    parts.into_iter().flatten().map(|part| format!("{}.", words::capital(&part))).collect::<Vec<_>>().join(" ")
}

/// The figure against its target, and what is short of it or too many.
fn against(line: &Line<'_>) -> String {
    let Reading::Figure(_) = &line.current else {
        return format!("{} for {}", sentences::absence(&line.current), words::own_period(line.indicator, line.period));
    };
    let mut said = shown(line);
    let (Some(target), Some(standing)) = (line.target, Standing::of(line)) else { return said };
    said.push_str(&format!(" against {}", words::goal(&line.indicator.measure, target.goal)));
    if !matches!(standing, Standing::Met(_)) {
        said.push_str(&format!(": {}", standing.beside_target(line)));
    }
    if let Some(largest) = reasons::largest(line) {
        said.push_str(&format!("; the largest is {largest}"));
    }
    said
}

/// "77.9% (204 of 262)", with its period where that is no month.
pub(super) fn shown(line: &Line<'_>) -> String {
    match &line.current {
        Reading::Figure(figure) => sentences::shown(line, figure),
        missing => sentences::absence(missing).to_lowercase(),
    }
}

/// How it goes: what changed by more than chance explains, else the change on the figure
/// before.
fn course(line: &Line<'_>) -> Option<String> {
    line.current.figure()?;
    let SignalVerdict::Seen { variation, rule, .. } = line.judgement.verdict else { return Some(change(line)) };
    let (one, many) = signal::steps(line.indicator.frequency);
    let so_many = |n: usize| words::count(n, one, many);
    Some(match rule {
        SignalRule::DriftingUp(n) => format!("it has risen steadily over {}", so_many(n)),
        SignalRule::DriftingDown(n) => format!("it has fallen steadily over {}", so_many(n)),
        SignalRule::Rising(n) => format!("it has risen {} running", so_many(n)),
        SignalRule::Falling(n) => format!("it has fallen {} running", so_many(n)),
        SignalRule::ShiftAbove(n) => format!("it has been above its average for at least {}", so_many(n)),
        SignalRule::ShiftBelow(n) => format!("it has been below its average for at least {}", so_many(n)),
        SignalRule::TwoInThreeAbove => format!("2 of the last 3 {many} were unusually high"),
        SignalRule::TwoInThreeBelow => format!("2 of the last 3 {many} were unusually low"),
        SignalRule::Above if line.judgement.method == Some(Method::Rare) => {
            "more at once than chance explains".to_owned()
        }
        SignalRule::Above => "it is higher than its usual ups and downs".to_owned(),
        SignalRule::Below => "it is lower than its usual ups and downs".to_owned(),
        SignalRule::Stepped(step) => {
            let level = if step.up { "higher" } else { "lower" };
            format!("it has been {level} since {}", words::own_period(line.indicator, signal::stepped_at(line, step)))
        }
        SignalRule::None if variation == Variation::Common && line.movement().is_some() && is_usual(line) => {
            format!("{}, within its usual ups and downs", unjudged(change(line)))
        }
        SignalRule::None => change(line),
    })
}

/// A change without its "(worse)": of what is no more than chance that says too much.
fn unjudged(change: String) -> String {
    match change.rsplit_once(" (") {
        Some((moved, word)) if ["better)", "worse)", "steady)"].contains(&word) => moved.to_owned(),
        _ => change,
    }
}

/// Whether the latest figure lies within its usual range, as both are printed.
fn is_usual(line: &Line<'_>) -> bool {
    let limits = line.judgement.points.last().and_then(|point| point.fact.limits);
    line.current.figure().zip(limits).is_some_and(|(figure, limits)| {
        let (low, high) = signal::clipped(line, limits);
        (low..=high).contains(&figure.value)
    })
}

/// "4 fewer would make it red": of an amber that is on its way there.
fn could_turn_red(line: &Line<'_>) -> Option<String> {
    let step = line.target_gap.as_ref()?.to_worse.filter(|step| step.rating == Rating::Red)?;
    (line.rating == Rating::Amber)
        .then(|| format!("{} {} would make it red", step.count, if step.is_more { "more" } else { "fewer" }))
}

/// "82.0% was promised", of the latest figure; else "85.0% is promised for March 2027".
fn promised(line: &Line<'_>) -> Option<String> {
    let figure = |forecast: &Forecast| Some(words::figure(&line.indicator.measure, forecast.value?));
    let is_own = |forecast: &&Forecast| forecast.span == ForecastSpan::Month(line.period);
    let came = line.indicator.relations.came(line.period, line.period);
    if let Some(came) = came.into_iter().find(is_own).and_then(figure) {
        return Some(format!("{came} was promised"));
    }
    let ahead = line.indicator.relations.ahead(line.period)?;
    let when = match ahead.span {
        ForecastSpan::Month(month) => words::own_period(line.indicator, month),
        ForecastSpan::Quarter(last) => Frequency::Quarterly.label(last),
    };
    Some(format!("{} is promised for {when}", figure(ahead)?))
}

/// Fewest figures that missed a target before the first that met it is news.
const NEWS_AFTER: usize = 6;

/// What is to be known at once of an indicator: how new its red is, or that its target is
/// met at last, and whether it is a headline of the board.
pub(super) fn badges(line: &Line<'_>, board: &Board, (before, has_block): (Period, bool)) -> Vec<String> {
    let told = red(line, before).or_else(|| first_met(line, has_block)).or_else(|| match line.variation()? {
        variation @ (Variation::Concern(_) | Variation::Improvement(_)) => {
            Some(signal::variation_mark(variation).label)
        }
        Variation::Common | Variation::Neutral(_) => None,
    });
    let is_headline = board.headlines.contains(&line.indicator.reference);
    told.into_iter().chain(is_headline.then(|| "Headline".to_owned())).collect()
}

/// "New red", "Red for 5 months", "Red, as in September".
fn red(line: &Line<'_>, before: Period) -> Option<String> {
    Some(match red_change(line, before)? {
        RedChange::Turned => "New red".to_owned(),
        RedChange::NewTarget => "New red, by a new target".to_owned(),
        RedChange::Broken | RedChange::NotRated => return None,
        RedChange::Stayed => match reasons::red_run(line) {
            Some(run) => format!("Red for {run}"),
            None => format!("Red, as in {}", named(line.period.max(before), before)),
        },
    })
}

/// "Target met for the first time in 24 months": of the months that are drawn, and no more.
fn first_met(line: &Line<'_>, has_block: bool) -> Option<String> {
    let drawn = chart::drawn(line, has_block).len().saturating_sub(1);
    let missed = line.missed_before()?.min(drawn);
    if missed < NEWS_AFTER {
        return None;
    }
    let (one, many) = signal::steps(line.indicator.frequency);
    Some(format!("Target met for the first time in {}", words::count(missed + 1, one, many)))
}

/// "22.9%": what a line of names says of each.
pub(super) fn figure(line: &Line<'_>) -> String {
    match &line.current {
        Reading::Figure(figure) => words::shown(line.indicator, figure).0,
        Reading::Missing(missing) => words::missing(*missing).to_lowercase(),
    }
}

/// "22.9%, red".
pub(super) fn figure_and_rating(line: &Line<'_>) -> String {
    format!("{}, {}", figure(line), words::rating(line.rating).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;

    fn told(rest: &str, rows: &str) -> (String, String) {
        let a = format!("frequency = \"monthly\"\n{rest}");
        with_card(&a, "", "\"A\"", rows, |card| {
            let line = card.lines().next().unwrap();
            let before = "2026-09".parse().unwrap();
            (sentence(line, true), badges(line, card.board, (before, true)).join(", "))
        })
    }

    fn entry(unit: &str, better: &str, target: &str) -> String {
        format!(
            "unit = \"{unit}\"\nbetter = \"{better}\"\n[[indicators.A.targets]]\nfrom = \"2025-04\"\nsource = \"local\"\n{target}\n"
        )
    }

    #[test]
    fn a_figure_says_what_it_is_short_of_and_how_it_goes() {
        let higher = entry("percent", "higher", "value = 85\ntolerance = 5");
        let lower = entry("count", "lower", "value = 10\ntolerance = 3");
        let range = entry("mean", "range", "rule = \"range\"\nrange = [14, 18]\ntolerance = 2");
        for (rest, rows, expected, badge) in [
            (
                &higher,
                "A,2026-09,,170,202\nA,2026-10,,150,202",
                "74.3% (150 of 202) against 85%: 22 children short. Down 9.9 points on September 2026 (worse).",
                "New red",
            ),
            (
                &higher,
                "A,2026-09,,160,202\nA,2026-10,,170,202",
                "84.2% (170 of 202) against 85%: 2 children short. Up 5.0 points on September 2026 (better). 9 fewer would make it red.",
                "",
            ),
            (
                &higher,
                "A,2026-09,,172,202\nA,2026-10,,172,202",
                "85.1% (172 of 202) against 85%. The same as in September 2026.",
                "",
            ),
            (
                &lower,
                "A,2026-09,14,,\nA,2026-10,15,,",
                "15 against 10: 5 children too many. Up 1 (7%) on September 2026 (worse).",
                "Red for at least 2 months",
            ),
            (
                &range,
                "A,2026-09,17,,\nA,2026-10,21,,",
                "21.0 against 14 to 18: 3.0 above. Up 4.0 on September 2026 (worse).",
                "New red",
            ),
            (
                &range,
                "A,2026-09,17,,\nA,2026-10,11.5,,",
                "11.5 against 14 to 18: 2.5 below. Down 5.5 on September 2026 (worse).",
                "New red",
            ),
            (&higher, "A,2026-09,,172,202\nA,2026-10,c,,", "Hidden for October 2026.", ""),
        ] {
            assert_eq!(told(rest, rows), (expected.to_owned(), badge.to_owned()), "{rows}");
        }
    }

    #[test]
    fn what_was_promised_for_this_month_goes_before_what_is_promised_next() {
        let promised = |forecasts: &[(&str, &str)]| {
            let each = forecasts.iter().map(|(period, value)| {
                format!("[[indicators.A.forecasts]]\nmade = \"2026-06-08\"\nperiod = \"{period}\"\nvalue = {value}\n")
            });
            let rest = "unit = \"count\"\nbetter = \"lower\"\n".to_owned() + &each.collect::<String>();
            told(&rest, "A,2026-09,8,,\nA,2026-10,8,,").0
        };
        let said = |more: &str| format!("8. The same as in September 2026.{more}");
        assert_eq!(promised(&[]), said(""));
        assert_eq!(promised(&[("2026-10", "7"), ("2026-12", "6")]), said(" 7 was promised."));
        assert_eq!(promised(&[("2026-09", "7"), ("2026-12", "6")]), said(" 6 is promised for December 2026."));
    }
}
