//! What figures elsewhere an indicator is held against.
//!
//! A benchmark has a period and a source of its own: it is older than the
//! council's figure, and somebody else's.

use rust_decimal::Decimal;

use super::officer_text::OfficerText;

/// Whose figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Elsewhere {
    /// The council's statistical neighbours.
    Neighbours,
    /// Its region.
    Region,
    /// England.
    England,
}

/// One figure from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Benchmark {
    /// Whose it is.
    pub of: Elsewhere,
    /// The figure, in the indicator's own unit.
    pub value: Decimal,
    /// Whether it is the middle one of those councils, not their average.
    pub is_median: bool,
    /// What it covers, as printed: "2024/25".
    pub period: String,
    /// Who published it.
    pub source: String,
}

/// What an indicator is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Benchmarks {
    /// These: neighbours, then region, then England; may be empty.
    Known(Vec<Benchmark>),
    /// There can be none, and why.
    None(OfficerText),
}

impl Benchmarks {
    /// The figure of one of them.
    pub fn of(&self, elsewhere: Elsewhere) -> Option<&Benchmark> {
        self.known().iter().find(|benchmark| benchmark.of == elsewhere)
    }

    /// Those there are.
    pub fn known(&self) -> &[Benchmark] {
        match self {
            Self::Known(benchmarks) => benchmarks,
            Self::None(_) => &[],
        }
    }
}
