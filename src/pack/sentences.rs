//! What a figure says, in one sentence, generated from the rounded figures.

use rust_decimal::Decimal;

use crate::domain::rating::{Rating, Unrated};
use crate::domain::{Figure, Goal, Polarity, Reading, Unit};
use crate::scorecard::Line;
use crate::scorecard::change_words::change;
use crate::words;
pub(super) use crate::words::lower_first;

/// "84.2% (170 of 202), up 2.1 points on September 2026 (better), 0.8 points
/// below the 85% target: amber."
pub(super) fn headline(line: &Line<'_>) -> String {
    let own = words::the_period(line.indicator, line.period);
    let Reading::Figure(figure) = &line.current else {
        return format!("{} for {own}.", absence(&line.current));
    };
    let mut sentence = shown(line, figure);
    sentence.push_str(&format!(", {}", change(line)));
    if let Some(gap) = gap(line) {
        sentence.push_str(&format!(", {gap}"));
    }
    match line.rating {
        Rating::Unrated(Unrated::Context) => sentence.push('.'),
        Rating::Unrated(reason) => {
            sentence.push_str(&format!(": not rated, {}.", words::rating_reason(Rating::Unrated(reason))));
        }
        rating => sentence.push_str(&format!(": {}.", rating.word())),
    }
    sentence
}

/// "84.2% (170 of 202)", with its period where that is no month.
pub(super) fn shown(line: &Line<'_>, figure: &Figure) -> String {
    let (mut said, of) = words::shown(line.indicator, figure);
    if !of.is_empty() {
        said.push_str(&format!(" ({of})"));
    }
    if line.indicator.frequency.per_year() != 12 {
        said.push_str(&format!(" {}", words::in_period(line.indicator, line.period)));
    }
    said
}

/// "0.8 points below the 85% target", "on the 85% target".
pub(super) fn gap(line: &Line<'_>) -> Option<String> {
    let (figure, target) = (line.current.figure()?, line.target?);
    let measure = &line.indicator.measure;
    let goal = words::goal(measure, target.goal);
    // "the 85% target", and not "the 40 days target".
    let aim = if measure.unit == Unit::Days { format!("target of {goal}") } else { format!("{goal} target") };
    let standing = line.target_gap.as_ref()?;
    let off = standing.shortfall;
    let side = |value: Decimal| if value > Decimal::ZERO { "above" } else { "below" };
    Some(match target.goal {
        Goal::Value(_) if standing.is_just_off => {
            let side = if line.indicator.polarity == Polarity::Lower { "above" } else { "below" };
            format!("just {side} the {aim}")
        }
        Goal::Range(..) if standing.is_just_off => format!("just outside the target range of {goal}"),
        Goal::Value(value) if figure.value == value => format!("on the {aim}"),
        Goal::Value(value) => {
            let difference = figure.value - value;
            format!("{} {} the {aim}", words::difference(measure, difference), side(difference))
        }
        Goal::Range(..) if off <= Decimal::ZERO => format!("within the target range of {goal}"),
        Goal::Range(low, _) => {
            let way = if figure.value < low { "below" } else { "above" };
            format!("{} {way} the target range of {goal}", words::difference(measure, off))
        }
    })
}

/// "Not supplied", "Hidden": why there is no figure.
pub(super) fn absence(reading: &Reading) -> &'static str {
    match reading {
        Reading::Figure(_) => "",
        Reading::Missing(missing) => words::missing(*missing),
    }
}

#[cfg(test)]
mod tests;
