//! Why a figure has its colour, and what would change it, in words.
//!
//! The rule of a target is said three ways: as what it forgives ("amber if missed by
//! up to 5 points"), as the reason for a colour ("It is amber because it misses its
//! target by no more than 5 points."), and whole with its numbers put in ("84.2% is
//! 0.8 points below 85%; it misses its target by no more than 5 points: amber").

use rust_decimal::Decimal;

use super::signal::steps;
use crate::domain::rating::{Rating, Unrated};
use crate::domain::target::{Goal, Rule, Target};
use crate::domain::{AttributedText, Indicator, Polarity, Unit};
use crate::scorecard::{ColourStep, Line, TargetGap};
use crate::words;

/// What a target's rule forgives: "amber if missed by up to 5 points", "red if missed at all".
pub fn allowance(indicator: &Indicator, target: &Target) -> String {
    let measure = &indicator.measure;
    let percent = |percent: Decimal| format!("{}% of it", words::number(percent.normalize()));
    let mut text = match target.rule {
        Rule::Zero => "red if missed at all".to_owned(),
        Rule::Points(tolerance) if tolerance.is_zero() => "red if missed at all".to_owned(),
        Rule::Points(tolerance) => {
            format!("amber if missed by up to {}", words::difference(measure, tolerance.normalize()))
        }
        Rule::Percent(within) => format!("amber if missed by up to {}", percent(within)),
        Rule::Absolute(amber) => match (amber, indicator.polarity) {
            (Goal::Value(_), Polarity::Lower) => format!("amber up to {}", words::goal(measure, amber)),
            _ => format!("amber from {}", words::goal(measure, amber)),
        },
        Rule::Floor(floor) => {
            format!("amber {} {}", down_to(indicator.polarity), words::plain_figure(measure, floor))
        }
        Rule::Improved(within) => {
            format!("green if missed by up to {}, amber if no worse than a year before", percent(within))
        }
    };
    if let Some(maximum) = &target.maximum {
        text.push_str(&format!(", and none over {}", words::plain_figure(measure, maximum.limit)));
    }
    text
}

/// What the least that is still amber is called.
fn down_to(polarity: Polarity) -> &'static str {
    if polarity == Polarity::Lower { "up to" } else { "down to" }
}

/// The largest of those behind a mean, where one is declared: "27 (limit 25)".
pub fn largest(line: &Line<'_>) -> Option<String> {
    let (target, standing) = (line.target?, line.target_gap.as_ref()?);
    let (maximum, largest) = (target.maximum.as_ref()?, standing.beside.largest.figure()?);
    let measure = &line.indicator.measure;
    Some(format!("{} (limit {})", words::plain_figure(measure, largest), words::plain_figure(measure, maximum.limit)))
}

/// Why a figure that misses its target has its colour, put so that "it"
/// fits before it; none where the target is simply met.
fn clause(line: &Line<'_>, target: &Target, standing: &TargetGap) -> Option<String> {
    let measure = &line.indicator.measure;
    let polarity = line.indicator.polarity;
    let figure = |value: Decimal| words::plain_figure(measure, value);
    if standing.shortfall <= Decimal::ZERO && !standing.is_just_off {
        // Met, and still not green: only the largest can be the reason.
        return (line.rating != Rating::Green).then(|| {
            let limit = target.maximum.as_ref().map(|maximum| figure(maximum.limit)).unwrap_or_default();
            let largest = standing.beside.largest.figure().map(figure).unwrap_or_default();
            format!("is in range, but the largest, {largest}, is over the limit of {limit}")
        });
    }
    let is_inside = line.rating != Rating::Red;
    Some(match target.rule {
        Rule::Zero => "misses its target".to_owned(),
        Rule::Points(tolerance) if tolerance.is_zero() => "misses its target".to_owned(),
        Rule::Points(tolerance) => format!(
            "misses its target by {} {}",
            if is_inside { "no more than" } else { "more than" },
            words::difference(measure, tolerance.normalize())
        ),
        Rule::Percent(within) => off_by_percent(within, is_inside),
        Rule::Absolute(amber) => {
            let edge = words::goal(measure, amber);
            match (is_inside, amber, polarity) {
                (true, Goal::Range(..), _) => format!("is between {}", edge.replace(" to ", " and ")),
                (false, Goal::Range(..), _) => format!("is not between {}", edge.replace(" to ", " and ")),
                (true, _, Polarity::Lower) => format!("is no higher than {edge}"),
                (true, ..) => format!("is no lower than {edge}"),
                (false, _, Polarity::Lower) => format!("is above {edge}"),
                (false, ..) => format!("is below {edge}"),
            }
        }
        Rule::Floor(floor) => match (is_inside, polarity) {
            (true, Polarity::Lower) => format!("is no higher than {}", figure(floor)),
            (true, _) => format!("is no lower than {}", figure(floor)),
            (false, Polarity::Lower) => format!("is above {}", figure(floor)),
            (false, _) => format!("is below {}", figure(floor)),
        },
        Rule::Improved(within) if line.rating == Rating::Green => off_by_percent(within, true),
        Rule::Improved(within) => {
            let then = match standing.beside.year_before.figure() {
                None => "and there is no figure for a year before".to_owned(),
                Some(then) if is_inside => format!("but is no worse than {} a year before", shown(line, then)),
                Some(then) => format!("and is worse than {} a year before", shown(line, then)),
            };
            format!("{}, {then}", off_by_percent(within, false))
        }
    })
}

fn shown(line: &Line<'_>, value: Decimal) -> String {
    words::figure(&line.indicator.measure, value)
}

fn off_by_percent(within: Decimal, is_inside: bool) -> String {
    let percent = words::number(within.normalize());
    let by = if is_inside { "no more" } else { "more" };
    format!("misses its target by {by} than {percent}% of it")
}

/// "It is amber because it misses its target by no more than 5 points.", or how long
/// it has been red and why; none where the target is met and nothing is to say.
pub fn why(line: &Line<'_>) -> Option<String> {
    let clause = clause(line, line.target?, line.target_gap.as_ref()?)?;
    Some(match red_run(line) {
        Some(run) => format!("It has been red for {run} in a row. It {clause}."),
        None => format!("It is {} because it {clause}.", line.rating.word()),
    })
}

/// "5 months", where more than one figure in a row is red.
pub(super) fn red_run(line: &Line<'_>) -> Option<String> {
    let reds = line.reds_in_a_row;
    if reds < 2 {
        return None;
    }
    let (one, many) = steps(line.indicator.frequency);
    let least = if line.reds_may_be_more { "at least " } else { "" };
    Some(format!("{least}{}", words::count(reds, one, many)))
}

/// The rule with its numbers put in, for files and the curious: "84.2% is 0.8
/// points below 85%; it misses its target by no more than 5 points: amber".
pub fn rule(line: &Line<'_>) -> Option<String> {
    let (figure, target, standing) = (line.current.figure()?, line.target?, line.target_gap.as_ref()?);
    let measure = &line.indicator.measure;
    let goal = words::goal(measure, target.goal);
    let place = match target.goal {
        _ if standing.is_just_off => format!("rounds to {goal}"),
        Goal::Value(value) if figure.value == value => format!("is the target of {goal}"),
        Goal::Value(value) => {
            let side = if figure.value > value { "above" } else { "below" };
            format!("is {} {side} {goal}", words::difference(measure, figure.value - value))
        }
        Goal::Range(..) if standing.shortfall <= Decimal::ZERO => format!("is within {goal}"),
        Goal::Range(low, _) => {
            let side = if figure.value < low { "below" } else { "above" };
            format!("is {} {side} {goal}", words::difference(measure, standing.shortfall))
        }
    };
    let clause = clause(line, target, standing).map(|clause| format!("; it {clause}")).unwrap_or_default();
    Some(format!("{} {place}{clause}: {}", words::figure(measure, figure.value), line.rating.word()))
}

/// The rule of a rating with its numbers put in, or in a word or two why there
/// is none.
pub fn of_rating(line: &Line<'_>) -> String {
    match line.rating {
        Rating::Unrated(Unrated::Context) => "context".to_owned(),
        Rating::Unrated(_) => words::rating_reason(line.rating).to_owned(),
        Rating::Red | Rating::Amber | Rating::Green => rule(line).unwrap_or_default(),
    }
}

/// What would change the colour: "2 more of the 202 assessments would make it
/// green; 9 fewer would make it red".
pub fn change(line: &Line<'_>) -> Option<String> {
    let standing = line.target_gap.as_ref()?;
    let way = |step: &ColourStep| if step.is_more { "more" } else { "fewer" };
    let colour = |step: &ColourStep| format!("make it {}", step.rating.word());
    let target = "meet the target".to_owned();
    // Where the target is where green begins, one number says both.
    let goes_on = standing.to_target.filter(|to| standing.to_better.is_none_or(|better| better.count != to.count));
    let mut steps: Vec<(ColourStep, String)> = Vec::new();
    steps.extend(standing.to_better.map(|step| (step, colour(&step))));
    steps.extend(goes_on.map(|step| (step, target)));
    steps.extend(standing.to_worse.map(|step| (step, colour(&step))));
    let mut parts = steps.iter().map(|(step, effect)| (format!("{} {}", step.count, way(step)), effect));
    let (first, effect) = parts.next()?;
    let mut text = format!("{first}{} would {effect}", counted(line, steps.first().map_or(0, |(step, _)| step.count)));
    for (number, effect) in parts {
        text.push_str(&format!("; {number} would {effect}"));
    }
    Some(text)
}

/// " of the 202 assessments", or just what is counted; a noun is only known in
/// the plural, so one of them goes without.
fn counted(line: &Line<'_>, count: i64) -> String {
    let measure = &line.indicator.measure;
    let all = line.current.figure().and_then(|figure| figure.denominator);
    match all.filter(|_| measure.unit == Unit::Percent) {
        Some(all) => format!(" of the {} {}", words::number(all.normalize()), measure.noun),
        None if count == 1 => String::new(),
        None => format!(" {}", measure.noun),
    }
}

/// How a target differs from the one before it, a sentence without its end:
/// "The target changed from 15 to 25 in April 2026".
pub fn target_change(indicator: &Indicator, before: &Target, after: &Target) -> String {
    let goal = |target: &Target| words::goal(&indicator.measure, target.goal);
    let rule = |target: &Target| allowance(indicator, target);
    let when = words::month(after.from);
    match (before.goal == after.goal, rule(before) == rule(after)) {
        (true, true) => format!("The target of {} was set again in {when}", goal(after)),
        (true, false) => {
            format!(
                "The target is still {}. Its colours follow a new rule from {when}: {} (before: {})",
                goal(after),
                rule(after),
                rule(before)
            )
        }
        (false, true) => format!("The target changed from {} to {} in {when}", goal(before), goal(after)),
        (false, false) => format!(
            "The target changed from {} ({}) to {} ({}) in {when}",
            goal(before),
            rule(before),
            goal(after),
            rule(after)
        ),
    }
}

/// The same, and why.
pub fn target_change_and_why(indicator: &Indicator, before: &Target, after: &Target) -> AttributedText {
    let text = AttributedText::from(target_change(indicator, before, after));
    let because = after.because.screened_trimmed();
    if because.is_empty() { text } else { text.and(". ").and(because) }
}

#[cfg(test)]
mod tests;
