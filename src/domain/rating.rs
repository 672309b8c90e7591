//! Red, amber, green, or unrated with a reason.

use rust_decimal::Decimal;

use super::indicator::Polarity;
use super::observation::Missing;
use super::target::Target;

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

/// What a rating may ask for beside the figure itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Beside {
    /// The figure a year before, rounded.
    pub year_before: Option<Decimal>,
    /// The largest of those behind a mean.
    pub largest: Option<Decimal>,
}

/// Rates a figure, already rounded, against the target in force.
///
/// Each edge belongs to the better colour. Where the largest of those behind a
/// mean exceeds its limit, the mean is at best amber.
pub fn rate(value: Decimal, target: Option<&Target>, polarity: Polarity, beside: Beside) -> Rating {
    if polarity == Polarity::None {
        return Rating::Unrated(Unrated::Context);
    }
    let Some(target) = target.filter(|target| target.goal.shortfall(value, polarity).is_some()) else {
        return Rating::Unrated(Unrated::NoTarget);
    };
    let edges = target.edges(polarity, beside.year_before);
    let is_over = target.maximum.as_ref().zip(beside.largest).is_some_and(|(most, largest)| largest > most.limit);
    if edges.green.is_met(value, polarity) {
        if is_over { Rating::Amber } else { Rating::Green }
    } else if edges.amber.is_some_and(|amber| amber.is_met(value, polarity)) {
        Rating::Amber
    } else {
        Rating::Red
    }
}

#[cfg(test)]
mod tests;
