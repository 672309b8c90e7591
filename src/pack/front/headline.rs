//! The sentence that leads page 1: how many are red and how many were, how many turned
//! red, and how many changed by more than chance explains.

use crate::domain::Period;
use crate::domain::rating::Rating;
use crate::scorecard::Scorecard;
use crate::scorecard::ranking::{RedChange, red_change};
use crate::scorecard::signal::Variation;
use crate::words;

/// What the headline counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct RedNews {
    /// How many have a colour.
    rated: usize,
    /// How many are red.
    red: usize,
    /// How many had a colour in the board's pack before.
    rated_then: usize,
    /// How many were red in it.
    red_then: usize,
    /// How many are red that were amber or green.
    turned: usize,
    /// Of these, how many only by a target that changed.
    by_target: usize,
    /// How many are red and cannot be compared.
    unknown: usize,
    /// How many were red and are amber or green.
    stopped: usize,
    /// How many were red and have no colour now: nothing got better by that.
    gone: usize,
}

impl RedNews {
    fn of(card: &Scorecard<'_>, before: Period) -> Self {
        let mut news = Self::default();
        for line in card.lines() {
            let then = line.rating_in_pack_of(before);
            let is_rated = |rating: Rating| !matches!(rating, Rating::Unrated(_));
            news.rated += usize::from(is_rated(line.rating));
            news.red += usize::from(line.rating == Rating::Red);
            news.rated_then += usize::from(is_rated(then));
            news.red_then += usize::from(then == Rating::Red);
            news.stopped += usize::from(then == Rating::Red && line.rating != Rating::Red && is_rated(line.rating));
            news.gone += usize::from(then == Rating::Red && !is_rated(line.rating));
            match red_change(line, before) {
                Some(RedChange::Turned) => news.turned += 1,
                Some(RedChange::NewTarget) => (news.turned, news.by_target) = (news.turned + 1, news.by_target + 1),
                Some(RedChange::Broken | RedChange::NotRated) => news.unknown += 1,
                Some(RedChange::Stayed) | None => {}
            }
        }
        news
    }

    /// "5 of 32 measures are red, up from 2 in September: 4 turned red and 1 no longer is."
    fn words(self, then: &str) -> String {
        let Self { rated, red, rated_then, red_then, .. } = self;
        let mut sentence = match (rated, red) {
            (0, _) => return "No measure of this pack can be rated.".to_owned(),
            (1, 0) => "The one measure that can be rated is not red".to_owned(),
            (1, _) => "The one measure that can be rated is red".to_owned(),
            (rated, 0) => format!("None of {rated} measures is red"),
            (2, 2) => "Both measures are red".to_owned(),
            (rated, red) if rated == red => format!("All {rated} measures are red"),
            (rated, 1) => format!("1 of {rated} measures is red"),
            (rated, red) => format!("{red} of {rated} measures are red"),
        };
        let are_the_same = self.turned + self.unknown + self.stopped + self.gone == 0 && red > 0;
        if rated_then > 0 {
            sentence.push_str(&match red.cmp(&red_then) {
                std::cmp::Ordering::Greater => format!(", up from {} in {then}", none_or(red_then)),
                std::cmp::Ordering::Less => format!(", down from {red_then} in {then}"),
                std::cmp::Ordering::Equal if red_then == 0 || are_the_same => format!(", as in {then}"),
                std::cmp::Ordering::Equal => format!(", as many as in {then}"),
            });
            let why = self.why();
            if !why.is_empty() {
                sentence.push_str(&format!(": {}", words::list(&why)));
            }
        }
        sentence + "."
    }

    /// What makes the difference; nothing where it goes without saying.
    fn why(self) -> Vec<String> {
        let mut why = Vec::new();
        if self.turned > 0 {
            let by_target = match (self.by_target, self.turned) {
                (0, _) => String::new(),
                (1, 1) => " because its target changed".to_owned(),
                (all, turned) if all == turned => " because their targets changed".to_owned(),
                (some, _) => format!(" ({some} because of a new target)"),
            };
            why.push(format!("{} turned red{by_target}", self.turned));
        }
        if self.stopped > 0 && self.red > 0 {
            why.push(format!("{} no longer {}", self.stopped, if self.stopped == 1 { "is" } else { "are" }));
        }
        if self.unknown > 0 {
            why.push(format!("{} cannot be compared", self.unknown));
        }
        if self.gone > 0 {
            why.push(format!(
                "{} that {} red cannot be rated now",
                self.gone,
                if self.gone == 1 { "was" } else { "were" }
            ));
        }
        why
    }
}

fn none_or(n: usize) -> String {
    if n == 0 { "none".to_owned() } else { n.to_string() }
}

/// "3 have got worse by more than chance explains, and 4 better."; empty where nothing is
/// judged.
fn signals([worse, better, usual]: [usize; 3]) -> String {
    let have = |n: usize| if n == 1 { "1 has".to_owned() } else { format!("{n} have") };
    match (worse, better) {
        (0, 0) if usual == 0 => String::new(),
        (0, 0) => "None has changed by more than chance explains.".to_owned(),
        (0, better) => format!("None has got worse by more than chance explains, and {} got better.", have(better)),
        (worse, 0) => format!("{} got worse by more than chance explains, and none better.", have(worse)),
        (worse, better) => format!("{} got worse by more than chance explains, and {better} better.", have(worse)),
    }
}

/// How many are worse than usual, better than usual, and neither.
fn judged(card: &Scorecard<'_>) -> [usize; 3] {
    let mut counts = [0; 3];
    for variation in card.lines().filter_map(|line| line.variation()) {
        counts[match variation {
            Variation::Concern(_) => 0,
            Variation::Improvement(_) => 1,
            Variation::Common | Variation::Neutral(_) => 2,
        }] += 1;
    }
    counts
}

/// The headline, held against the board's pack of the month `before`.
pub(super) fn headline(card: &Scorecard<'_>, before: Period) -> String {
    let sentences = [RedNews::of(card, before).words(&named(card.period, before)), signals(judged(card))];
    sentences.iter().filter(|sentence| !sentence.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// "September", and with its year where that is another than the pack's.
pub(super) fn named(pack: Period, month: Period) -> String {
    if pack.year() == month.year() { month.month_name().to_owned() } else { words::month(month) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_page_1;

    #[test]
    fn it_leads_with_how_many_are_red_and_were() {
        let news = |rated, red, rated_then, red_then, turned, by_target, unknown, stopped| {
            RedNews { rated, red, rated_then, red_then, turned, by_target, unknown, stopped, gone: 0 }
                .words("September")
        };
        for (said, expected) in [
            (news(0, 0, 0, 0, 0, 0, 0, 0), "No measure of this pack can be rated."),
            (news(0, 0, 3, 1, 0, 0, 0, 0), "No measure of this pack can be rated."),
            (news(1, 0, 1, 0, 0, 0, 0, 0), "The one measure that can be rated is not red, as in September."),
            (
                news(1, 1, 1, 0, 1, 0, 0, 0),
                "The one measure that can be rated is red, up from none in September: 1 turned red.",
            ),
            // Nothing is known of the month before.
            (news(9, 0, 0, 0, 0, 0, 0, 0), "None of 9 measures is red."),
            (news(9, 2, 0, 0, 0, 0, 2, 0), "2 of 9 measures are red."),
            (news(9, 0, 9, 0, 0, 0, 0, 0), "None of 9 measures is red, as in September."),
            // What stopped is all of the difference.
            (news(9, 0, 9, 2, 0, 0, 0, 2), "None of 9 measures is red, down from 2 in September."),
            (news(9, 1, 9, 1, 0, 0, 0, 0), "1 of 9 measures is red, as in September."),
            (
                news(9, 1, 9, 1, 1, 0, 0, 1),
                "1 of 9 measures is red, as many as in September: 1 turned red and 1 no longer is.",
            ),
            (news(9, 1, 9, 2, 0, 0, 0, 1), "1 of 9 measures is red, down from 2 in September: 1 no longer is."),
            // One that was red is hidden now.
            (news(9, 1, 9, 2, 0, 0, 0, 0), "1 of 9 measures is red, down from 2 in September."),
            (news(9, 9, 9, 9, 0, 0, 0, 0), "All 9 measures are red, as in September."),
            (
                news(32, 5, 32, 2, 4, 0, 0, 1),
                "5 of 32 measures are red, up from 2 in September: 4 turned red and 1 no longer is.",
            ),
            (
                news(32, 5, 32, 2, 2, 0, 1, 0),
                "5 of 32 measures are red, up from 2 in September: 2 turned red and 1 cannot be compared.",
            ),
            (
                news(32, 3, 32, 2, 1, 1, 0, 0),
                "3 of 32 measures are red, up from 2 in September: 1 turned red because its target changed.",
            ),
            (
                news(32, 4, 32, 2, 2, 2, 0, 0),
                "4 of 32 measures are red, up from 2 in September: 2 turned red because their targets changed.",
            ),
            (
                news(32, 5, 32, 2, 3, 1, 0, 0),
                "5 of 32 measures are red, up from 2 in September: 3 turned red (1 because of a new target).",
            ),
            (
                news(32, 3, 32, 4, 1, 0, 0, 2),
                "3 of 32 measures are red, down from 4 in September: 1 turned red and 2 no longer are.",
            ),
        ] {
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn a_red_that_has_no_colour_now_is_not_taken_for_better() {
        let without =
            |gone, red, red_then| RedNews { rated: 2, red, rated_then: 4, red_then, gone, ..Default::default() };
        assert_eq!(
            without(2, 1, 3).words("September"),
            "1 of 2 measures is red, down from 3 in September: 2 that were red cannot be rated now."
        );
        assert_eq!(
            without(1, 0, 1).words("September"),
            "None of 2 measures is red, down from 1 in September: 1 that was red cannot be rated now."
        );
    }

    #[test]
    fn what_changed_by_more_than_chance_is_counted() {
        for (counts, expected) in [
            ([0, 0, 0], ""),
            ([0, 0, 1], "None has changed by more than chance explains."),
            ([0, 1, 0], "None has got worse by more than chance explains, and 1 has got better."),
            ([0, 2, 9], "None has got worse by more than chance explains, and 2 have got better."),
            ([1, 0, 9], "1 has got worse by more than chance explains, and none better."),
            ([3, 4, 9], "3 have got worse by more than chance explains, and 4 better."),
        ] {
            assert_eq!(signals(counts), expected);
        }
    }

    #[test]
    fn a_month_of_another_year_is_named_with_it() {
        let month = |text: &str| text.parse::<Period>().unwrap();
        assert_eq!(named(month("2026-10"), month("2026-07")), "July");
        assert_eq!(named(month("2027-01"), month("2026-12")), "December 2026");
    }

    #[test]
    fn it_is_worked_from_the_lines() {
        let said = |before: &str| with_page_1("", "", |card| headline(card, before.parse().unwrap()));
        assert_eq!(said("2026-09"), "2 of 3 measures are red, as in September.");
        assert_eq!(said("2026-07"), "2 of 3 measures are red.");
    }
}
