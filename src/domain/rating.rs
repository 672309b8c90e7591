//! Red, amber, green, or unrated with a reason.

use rust_decimal::Decimal;

use super::indicator::Polarity;
use super::observation::Missing;
use super::target::{Rule, Target};

/// Why an indicator has no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unrated {
    /// Context: it is never rated.
    Context,
    /// No target was in force.
    NoTarget,
    /// There is no figure.
    NoFigure(Missing),
    /// The denominator is below the indicator's floor.
    TooFew,
    /// Whether it is amber or red, the figure of a year before would say, which
    /// is hidden.
    YearBeforeHidden,
    /// The mean alone would be green; whether the largest of those behind it
    /// keeps its limit is not known.
    LargestUnknown,
}

/// A rating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rating {
    /// Past what the target's rule allows.
    Red,
    /// Off the target, within what its rule allows.
    Amber,
    /// On the target or better, or as close as its rule asks.
    Green,
    /// Not rated.
    Unrated(Unrated),
}

impl Rating {
    /// "red", "amber", "green" or "unrated", as in files and logs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Amber => "amber",
            Self::Green => "green",
            Self::Unrated(_) => "unrated",
        }
    }

    /// Whether a colour is better than another; nothing is better or worse
    /// than unrated.
    pub fn is_better_than(self, other: Self) -> bool {
        let rank = |rating: Self| match rating {
            Self::Red => Some(0),
            Self::Amber => Some(1),
            Self::Green => Some(2),
            Self::Unrated(_) => None,
        };
        matches!((rank(self), rank(other)), (Some(own), Some(other)) if own > other)
    }
}

/// A figure that a rating asks for beside its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Aside {
    /// It is this.
    Figure(Decimal),
    /// There is one, which readers may not see.
    Hidden,
    /// There is none.
    #[default]
    None,
}

impl Aside {
    /// The figure, where it may be seen.
    pub fn figure(self) -> Option<Decimal> {
        match self {
            Self::Figure(figure) => Some(figure),
            Self::Hidden | Self::None => None,
        }
    }
}

/// What a rating may ask for beside the figure itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Beside {
    /// The figure a year before, rounded.
    pub year_before: Aside,
    /// The largest of those behind a mean.
    pub largest: Aside,
}

/// Rates a figure, already rounded, against the target in force.
///
/// Each edge belongs to the better colour. Where the largest of those behind a
/// mean exceeds its limit, the mean is at best amber; where it is not known,
/// the mean is not green. A figure that a hidden one would colour has no
/// colour: either would be a guess, or tell what is hidden.
pub fn rate(value: Decimal, target: Option<&Target>, polarity: Polarity, beside: Beside) -> Rating {
    if polarity == Polarity::None {
        return Rating::Unrated(Unrated::Context);
    }
    let Some(target) = target.filter(|target| target.goal.shortfall(value, polarity).is_some()) else {
        return Rating::Unrated(Unrated::NoTarget);
    };
    let edges = target.edges(polarity, beside.year_before.figure());
    if edges.green.is_met(value, polarity) {
        match (&target.maximum, beside.largest) {
            (None, _) => Rating::Green,
            (Some(most), Aside::Figure(largest)) if largest > most.limit => Rating::Amber,
            (Some(_), Aside::Figure(_)) => Rating::Green,
            (Some(_), Aside::Hidden | Aside::None) => Rating::Unrated(Unrated::LargestUnknown),
        }
    } else if matches!(target.rule, Rule::Improved(_)) && beside.year_before == Aside::Hidden {
        Rating::Unrated(Unrated::YearBeforeHidden)
    } else if edges.amber.is_some_and(|amber| amber.is_met(value, polarity)) {
        Rating::Amber
    } else {
        Rating::Red
    }
}

#[cfg(test)]
mod tests;
