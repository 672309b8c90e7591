//! What a revision leaves for the packs after it: part of its manifest.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::domain::{IndicatorRef, Period, SourceId};

/// What later packs and revisions go by, beside `figures.csv`.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RevisionRecord {
    /// What it says anew of figures that earlier packs printed.
    #[serde(default)]
    pub restated: Vec<RestatedFigure>,
    /// Digest of what each indicator meant for the figure that is shown.
    #[serde(default)]
    pub definitions: BTreeMap<IndicatorRef, String>,
    /// Digest of each commentary that it prints.
    #[serde(default)]
    pub commentary: BTreeMap<IndicatorRef, String>,
    /// What its charts draw: "2026-09=81.2 2026-10=84.2", without what is not there.
    #[serde(default)]
    pub drawn: BTreeMap<IndicatorRef, String>,
    /// Digest of what each place of it says, by its anchor: the next revision's supplement
    /// has the pages of those that are not as they were.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub places: BTreeMap<String, String>,
    /// Rows that each source had, in tens; none of fewer than fifty, which say more
    /// of single people than of a file.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rows: BTreeMap<SourceId, usize>,
}

/// The figures of a chart as a manifest has them.
pub fn draw(points: impl Iterator<Item = (Period, Decimal)>) -> String {
    points.map(|(month, value)| format!("{month}={value}")).collect::<Vec<_>>().join(" ")
}

/// The same read back; what is no month or no number is passed over.
pub fn drawn(text: &str) -> impl Iterator<Item = (Period, Decimal)> + '_ {
    text.split(' ').filter_map(|point| {
        let (month, value) = point.split_once('=')?;
        Some((month.parse().ok()?, value.parse().ok()?))
    })
}

/// A figure of an earlier month as this revision has it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RestatedFigure {
    /// The indicator.
    #[serde(rename = "ref")]
    pub indicator: IndicatorRef,
    /// The figure's month.
    pub period: Period,
    /// The figure; none where there is none any more.
    pub value: Option<String>,
    /// What it is worked from; none where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numerator: Option<String>,
    /// What it is worked from; none where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<String>,
    /// Its rating.
    pub rating: String,
    /// The target in force; empty where there is none.
    pub target: String,
}
