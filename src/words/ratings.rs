//! Ratings as people read them: a word each, and why there is none.

use crate::domain::observation::Missing;
use crate::domain::rating::{Rating, Unrated};

/// "Red", "Context", "Not rated".
pub fn rating(rating: Rating) -> &'static str {
    match rating {
        Rating::Red => "Red",
        Rating::Amber => "Amber",
        Rating::Green => "Green",
        Rating::Unrated(Unrated::Context) => "Context",
        Rating::Unrated(_) => "Not rated",
    }
}

/// "red", "not rated": a rating of `figures.csv` within a sentence.
pub fn rating_named(word: &str) -> &str {
    if word == "unrated" { "not rated" } else { word }
}

/// Why an indicator has no colour; empty where it has one.
pub fn rating_reason(rating: Rating) -> &'static str {
    match rating {
        Rating::Unrated(Unrated::NoTarget) => "no target",
        Rating::Unrated(Unrated::NoFigure(Missing::NotSupplied)) => "no figure supplied",
        Rating::Unrated(Unrated::NoFigure(Missing::Refused)) => "the figure could not be used",
        Rating::Unrated(Unrated::NoFigure(Missing::NoneOfNone)) => "nobody to count",
        Rating::Unrated(Unrated::NoFigure(Missing::Suppressed)) => "hidden",
        Rating::Unrated(Unrated::NoFigure(_)) => "no figure",
        Rating::Unrated(Unrated::TooFew) => "too few to rate",
        Rating::Unrated(Unrated::YearBeforeHidden) => "last year hidden",
        Rating::Unrated(Unrated::LargestUnknown) => "the largest not known",
        Rating::Unrated(Unrated::Context) | Rating::Red | Rating::Amber | Rating::Green => "",
    }
}
