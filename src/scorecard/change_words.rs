//! A line's change on the figure before, in words.

use super::comparison::{Comparison, Incomparable};
use super::line::Line;
use crate::domain::Reading;
use crate::domain::movement::{Arrow, Travel};
use crate::domain::observation::Missing;
use crate::domain::trend::TravelBy;
use crate::words::{self, lower_first};

/// "up 2.1 points on September 2026 (better)", or why it cannot be said.
pub fn change(line: &Line<'_>) -> String {
    match &line.comparison {
        Comparison::Moved(movement) if movement.arrow == Arrow::Level => {
            format!("the same as {}", words::in_period(line.indicator, line.previous_period))
        }
        Comparison::Moved(movement) => {
            let moved = words::movement(&line.indicator.measure, movement);
            let judgement = match movement.travel {
                Travel::NoJudgement => String::new(),
                // Which way it goes is judged by more than this month, and stands in its row.
                _ if line.indicator.trend.travel != TravelBy::Previous => String::new(),
                travel => format!(" ({})", words::travel(travel)),
            };
            format!("{} on {}{judgement}", lower_first(&moved), words::the_period(line.indicator, line.previous_period))
        }
        // The officers' own reason may be sentences long: the block's notes have it.
        Comparison::Not(Incomparable::Broken(_)) => format!(
            "not compared with {}, because the way it is counted changed",
            words::the_period(line.indicator, line.previous_period)
        ),
        Comparison::Not(why) => not_comparable(line, why),
    }
}

/// Why the latest figure is not held against the previous one.
pub fn not_comparable(line: &Line<'_>, why: &Incomparable<'_>) -> String {
    let before = words::the_period(line.indicator, line.previous_period);
    match why {
        Incomparable::NoLatest if line.current == Reading::Missing(Missing::NoneOfNone) => {
            "not compared: there was nobody to count".to_owned()
        }
        Incomparable::NoLatest => "no latest figure to compare".to_owned(),
        Incomparable::NoPrevious(Missing::NotSupplied) => format!("not compared: no figure was supplied for {before}"),
        Incomparable::NoPrevious(Missing::Refused) => {
            format!("not compared: the figure for {before} could not be used")
        }
        Incomparable::NoPrevious(missing) => {
            format!("not compared: the figure for {before} is {}", lower_first(words::missing(*missing)))
        }
        Incomparable::Broken(broken) => {
            // In a sentence there is room for one.
            let note = broken.note.screened();
            let note = note.split_once(". ").map_or(&*note, |(first, _)| first);
            format!("not compared with {before}: {}", lower_first(note.trim_end_matches('.')))
        }
        Incomparable::TooFew | Incomparable::ShortSeries => {
            "not compared: too few to tell a change from chance".to_owned()
        }
    }
}
