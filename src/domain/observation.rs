//! What a source says of an indicator in a month, or why it says nothing.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::ids::IndicatorRef;
use super::layout::OwnColour;
use super::mark::FigureMarks;
use super::period::Period;
use super::place::{At, Origin, Place};

/// Why there is no figure. Each prints differently, because each means
/// something different to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// The source has no row, or an empty cell, where one was due.
    NotSupplied,
    /// The source says that it is not known.
    Unknown,
    /// The indicator does not apply in this month.
    NotApplicable,
    /// The source says that it is not available.
    Unavailable,
    /// Withheld by the source to protect a child.
    Suppressed,
    /// Rounds to zero but is not zero.
    Low,
    /// The source calls it unreliable.
    Unreliable,
    /// No figure is due yet at this indicator's frequency and delay.
    NotDue,
    /// A figure came, and was not taken: a finding says why. No marker says so.
    #[serde(skip_deserializing)]
    Refused,
    /// Nobody could have been counted: 0 of 0. Its parts say so, no marker.
    #[serde(skip_deserializing)]
    NoneOfNone,
}

/// A figure: a value and, where it is a ratio, what it was worked from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// The value in the measure's own scale: percent as 84.2, never 0.842.
    pub value: Decimal,
    /// Numerator, where the source carries it.
    pub numerator: Option<Decimal>,
    /// Denominator, where the source carries it.
    pub denominator: Option<Decimal>,
}

/// A figure, or the reason for its absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// There is a figure.
    Figure(Figure),
    /// There is none.
    Missing(Missing),
}

impl Reading {
    /// The figure, where there is one.
    pub fn figure(&self) -> Option<&Figure> {
        match self {
            Self::Figure(figure) => Some(figure),
            Self::Missing(_) => None,
        }
    }
}

/// Those left out of a figure because their time is not up yet, as far as a
/// reader may know how many they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotDue {
    /// So many.
    Count(Decimal),
    /// Too few to say how many.
    Few,
    /// There are some, and how many is hidden with the figure.
    Hidden,
}

impl NotDue {
    /// How many they are, where that may be known.
    pub fn count(self) -> Option<Decimal> {
        match self {
            Self::Count(many) => Some(many),
            Self::Few | Self::Hidden => None,
        }
    }
}

/// One indicator in one month, as one source has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Of which indicator.
    pub indicator: IndicatorRef,
    /// In which month.
    pub period: Period,
    /// What the source says, in the measure's scale, not yet rounded.
    pub reading: Reading,
    /// Those who were left out because their time is not up yet.
    pub not_due: Option<NotDue>,
    /// The rating that the source gives it, where it gives one.
    pub own_rating: Option<OwnColour>,
    /// What the source says of its figure beside the number.
    pub marks: FigureMarks,
    /// The sheet on which it says so.
    pub on: Arc<Origin>,
    /// The cell that stands for it; none where it was counted.
    pub cell: Option<At>,
    /// The cells that it was read from; none where it was counted.
    pub cells: Spots,
}

impl Observation {
    /// Where the source says so.
    pub fn at(&self) -> Place {
        let Origin { source, file, sheet } = Origin::clone(&self.on);
        Place { source, file, sheet, cell: self.cell, indicator: Some(self.indicator.clone()) }
    }
}

/// A cell's row and column, from 0.
pub type Spot = (u32, u32);

/// The cells of a figure, on the sheet that its place names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spots {
    /// The figure itself.
    pub value: Option<Spot>,
    /// Its numerator.
    pub numerator: Option<Spot>,
    /// Its denominator.
    pub denominator: Option<Spot>,
    /// Those of the denominator whose time is not up yet.
    pub not_due: Option<Spot>,
}
