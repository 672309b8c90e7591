//! `figures.csv` read back: what a published pack says.

use serde::Deserialize;

use crate::domain::{IndicatorRef, Period, SourceId};

/// One row. Columns that nothing here needs are passed over, and so are those
/// that a later version may add.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Printed {
    /// The indicator.
    #[serde(rename = "ref")]
    pub reference: IndicatorRef,
    /// The breakdown's category; empty for the whole.
    pub segment: String,
    /// Its title.
    pub indicator: String,
    /// The figure's month.
    pub period: Period,
    /// The figure as printed, without its unit; empty where there is none.
    pub value: String,
    /// The month of the figure before it.
    pub previous_period: Period,
    /// The figure before it.
    pub previous_value: String,
    /// The target in force.
    pub target: String,
    /// "red", "amber", "green" or "unrated".
    pub rating: String,
    /// "shown", or why there is no figure.
    pub status: String,
    /// The source.
    pub source: SourceId,
    /// Digest of the source's file.
    pub file_sha256: String,
}

/// Every row of a `figures.csv`.
pub fn read(bytes: &[u8]) -> Result<Vec<Printed>, csv::Error> {
    csv::Reader::from_reader(bytes).deserialize().collect()
}
