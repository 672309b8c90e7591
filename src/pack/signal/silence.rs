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
        Silence::OftenZero { months, figures, .. } if is_seldom(months, figures) => "Seldom happens",
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
pub(super) fn silence(indicator: &Indicator, why: Silence) -> String {
    let (one, many) = steps(indicator.frequency);
    match why {
        Silence::Off => String::new(),
        Silence::NoFigure => "There is no latest figure.".to_owned(),
        Silence::Overlapping => {
            "Each figure shares most of its months with the one before, so change cannot be told from chance."
                .to_owned()
        }
        Silence::Hidden => {
            "Some months are hidden because they are small, and the others alone would mislead.".to_owned()
        }
        Silence::TooFew => {
            format!("With fewer than 5 in a {one}, one child moves the figure more than anything else does.")
        }
        Silence::FewBefore => {
            format!(
                "Most of its {many} have fewer than 5, where one child moves the figure more than anything else does."
            )
        }
        Silence::NotCounted => {
            "Most of its figures are shares of fewer than 20, and without whole counts for each chance cannot be told."
                .to_owned()
        }
        Silence::TooShort(have) => {
            let there = if have == 1 { "is" } else { "are" };
            format!("It takes 13 {many} to know its usual ups and downs, and there {there} {have} to compare.")
        }
        Silence::NeverMoved => "It hardly ever moves, so it has no usual ups and downs.".to_owned(),
        Silence::Wandering => {
            format!("Too many of these {many} lie far off the others, so no ups and downs are usual for all of them.")
        }
        Silence::Seasonal => {
            format!("It moves with the time of year: compare with the same {one} last year.")
        }
        Silence::NothingPossible => "So few are counted that no figure would be beyond chance.".to_owned(),
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
        Some(last) if is_stock => format!("It is seldom above zero: in {months} of {of}, the last {last}."),
        Some(last) => format!("It seldom happens: {} in {of}, the last {last}.", words::number(times.normalize())),
    }
}

/// What made a series short, where a break did.
pub(super) fn since_break(line: &Line<'_>, why: Silence) -> String {
    let first = line.series.first().map_or(line.period, |point| point.period);
    match (why, line.indicator.break_between(first, line.period)) {
        (Silence::TooShort(_), Some(broken)) => {
            format!(" The series changed in {}, and earlier figures do not count.", words::month(broken.from))
        }
        _ => String::new(),
    }
}
