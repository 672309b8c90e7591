//! Why nothing is said, in plain words.

use super::steps;
use crate::domain::Indicator;
use crate::domain::trend::SeriesKind;
use crate::scorecard::Line;
use crate::scorecard::judgement::Silence;
use crate::words;

/// "Too few to judge".
pub(in crate::pack) fn silent_label(why: Silence) -> &'static str {
    match why {
        Silence::TooFew | Silence::FewBefore | Silence::TooShort(_) | Silence::NothingPossible => "Too few to judge",
        Silence::OftenZero { months, figures, .. } if is_seldom(months, figures) => "Rarely happens",
        Silence::Off
        | Silence::NoFigure
        | Silence::Overlapping
        | Silence::Hidden
        | Silence::NeverMoved
        | Silence::Wandering
        | Silence::Seasonal
        | Silence::OftenZero { .. }
        | Silence::NotCounted => "Not judged",
    }
}

/// The same as a sentence.
pub(in crate::pack) fn silence(indicator: &Indicator, why: Silence) -> String {
    let (one, many) = steps(indicator.frequency);
    match why {
        Silence::Off => String::new(),
        Silence::NoFigure => "There is no latest figure.".to_owned(),
        Silence::Overlapping => {
            "Each figure covers most of the same months as the one before. So a change cannot be told from chance."
                .to_owned()
        }
        Silence::Hidden => {
            "Some figures are hidden because few were counted. The others alone could mislead.".to_owned()
        }
        Silence::TooFew => {
            format!("Fewer than 5 were counted in the {one}, so one more or fewer changes the figure a lot.")
        }
        Silence::FewBefore => {
            format!(
                "Most of its {many} have fewer than 5, so one more or fewer changes the figure a lot."
            )
        }
        Silence::NotCounted => {
            "Most of its figures are of fewer than 20. Without the numbers behind each, a change cannot be told from chance."
                .to_owned()
        }
        Silence::TooShort(have) => {
            let there = if have == 1 { "is" } else { "are" };
            format!("It takes 13 {many} to know what is usual. So far there {there} {have}.")
        }
        Silence::NeverMoved => "It hardly ever changes, so it has no usual ups and downs.".to_owned(),
        Silence::Wandering => {
            format!("Too many of these {many} are far from the others, so it has no usual level.")
        }
        Silence::Seasonal => {
            format!("It changes with the time of year. Compare it with the same {one} last year.")
        }
        Silence::NothingPossible => "So few are counted that any figure could be chance.".to_owned(),
        Silence::OftenZero { .. } => often_zero(indicator, why),
    }
}

/// Whether it is no more than a figure in four.
fn is_seldom(months: usize, figures: usize) -> bool {
    months * 4 <= figures
}

/// How often a count was not zero. Month ends are not summed: most of their children
/// are the same.
fn often_zero(indicator: &Indicator, why: Silence) -> String {
    let Silence::OftenZero { times, months, figures, last } = why else { return String::new() };
    let (one, many) = steps(indicator.frequency);
    let of = words::count(figures, one, many);
    let is_stock = indicator.trend.kind == SeriesKind::Stock;
    match last.map(|last| words::in_period(indicator, last)) {
        None if is_stock => format!("It was zero in all {of}."),
        None => format!("It has not happened in {of}."),
        Some(_) if !is_seldom(months, figures) => {
            format!("It was zero in {} of {of}, so it has no usual ups and downs.", figures - months)
        }
        Some(last) if is_stock => format!("It is rarely above zero: {months} of {of}, most recently {last}."),
        Some(last) => format!("It rarely happens: {} in {of}, most recently {last}.", words::number(times.normalize())),
    }
}

/// What made a series short, where a break did.
pub(super) fn since_break(line: &Line<'_>, why: Silence) -> String {
    let first = line.series.first().map_or(line.period, |point| point.period);
    match (why, line.indicator.break_between(first, line.period)) {
        (Silence::TooShort(_), Some(broken)) => {
            format!(" The way it is counted changed in {}, so earlier figures are left out.", words::month(broken.from))
        }
        _ => String::new(),
    }
}
