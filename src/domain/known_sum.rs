//! What counts of different indicators add up to: declared, because no program
//! can know it, and any reader may.

use std::fmt;

use super::ids::IndicatorRef;

/// Which count of an indicator a sum is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountOf {
    /// The count itself, or the numerator.
    Counted,
    /// The denominator.
    All,
    /// The count itself, or the numerator, of so many figures before.
    Before(u8),
}

/// One count of a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumTerm {
    /// The indicator, or a part of one.
    pub indicator: IndicatorRef,
    /// Which of its counts.
    pub of: CountOf,
}

impl fmt::Display for SumTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.of {
            CountOf::Counted => write!(f, "{}", self.indicator),
            CountOf::All => write!(f, "{} all", self.indicator),
            CountOf::Before(1) => write!(f, "{} before", self.indicator),
            CountOf::Before(many) => write!(f, "{} {many} before", self.indicator),
        }
    }
}

/// Counts that add up to the same in every month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSum {
    /// These together ...
    pub these: Vec<SumTerm>,
    /// ... are those together.
    pub are: Vec<SumTerm>,
}
