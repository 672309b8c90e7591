//! `figures.csv` read back: what a published pack says.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::csv_cell;
use crate::domain::{IndicatorRef, Measure, Period, SourceId, Unit};
use crate::words;

/// One row. Columns that nothing here needs are passed over, and so are those
/// that a later version may add.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Printed {
    /// The indicator, or the part of one.
    #[serde(rename = "ref")]
    pub reference: IndicatorRef,
    /// A part's category; empty for the whole.
    pub segment: String,
    /// Its title.
    pub indicator: String,
    /// The figure's month.
    pub period: Period,
    /// The figure as printed, without its unit; empty where there is none.
    pub value: String,
    /// Its unit.
    pub unit: Unit,
    /// What it was worked from; empty where that is not known.
    pub numerator: String,
    /// What it was worked from; empty where that is not known.
    pub denominator: String,
    /// The month of the figure before it.
    pub previous_period: Period,
    /// The figure before it.
    pub previous_value: String,
    /// The target in force; empty where there is none.
    pub target: String,
    /// "red", "amber", "green" or "unrated".
    pub rating: String,
    /// Why it is unrated or not compared.
    pub reason: String,
    /// Its year to date.
    pub year_to_date: String,
    /// The figure a year before.
    pub last_year: String,
    /// "shown", "too few", or why there is no figure.
    pub status: String,
    /// The source.
    pub source: SourceId,
    /// Digest of the source's file.
    pub file_sha256: String,
}

/// Every row of a `figures.csv`.
pub fn read(bytes: &[u8]) -> Result<Vec<Printed>, csv::Error> {
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.headers()?.clone();
    let as_it_was = |record: csv::StringRecord| record.iter().map(csv_cell::read).collect::<csv::StringRecord>();
    reader.records().map(|record| as_it_was(record?).deserialize(Some(&headers))).collect()
}

impl Printed {
    /// One of its figures as people read it: "84.2%", or "none".
    pub(super) fn figure(&self, text: &str) -> String {
        let value: Result<Decimal, _> = text.parse();
        value.map_or_else(|_| "none".to_owned(), |value| words::figure(&self.measure(value.scale()), value))
    }

    /// A target as people read it: "85%", "14 to 18".
    pub(super) fn goal(&self, text: &str) -> String {
        let plain = |text: &str| -> Option<String> { Some(words::plain_figure(&self.measure(0), text.parse().ok()?)) };
        let range = || {
            let (low, high) = text.split_once('-')?;
            Some(format!("{low} to {}", plain(high)?))
        };
        plain(text).or_else(range).unwrap_or_else(|| text.to_owned())
    }

    /// As much of its measure as the words of a figure need.
    fn measure(&self, precision: u32) -> Measure {
        Measure { unit: self.unit, precision, per: Decimal::ONE, noun: String::new(), signed: false }
    }
}
