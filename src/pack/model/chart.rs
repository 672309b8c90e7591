//! The drawn part of a pack: places between 0 and 1, and the words beside them.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Chip, ReadingCell};
use crate::domain::AttributedText;
use crate::pack::terms::generated;

/// A small line of the last points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trend {
    /// What the line shows, in words.
    pub alt: String,
    /// Runs of neighbouring points; a missing month or a break starts a new
    /// run. Coordinates are 0 to 1, y upwards.
    pub runs: Vec<Vec<ChartSpot>>,
    /// Height of the current target, 0 to 1, where it is inside the chart.
    pub target: Option<f64>,
    /// What it is drawn from; none where a chart of the same indicator has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<ValuesTable>,
}

/// A place in a chart, both from 0 to 1, y upwards.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartSpot {
    /// From left to right.
    pub x: f64,
    /// From the bottom upwards.
    pub y: f64,
}

/// A chart of at least 13 labelled points where the data has them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// Headline that says what it shows.
    pub headline: String,
    /// What is measured, unit, period and source.
    pub caption: String,
    /// What the chart shows, for a reader who cannot see it.
    pub alt: String,
    /// Horizontal grid lines with their labels, bottom first.
    pub y_ticks: Vec<Tick>,
    /// One a point, oldest first: "Oct", and the year under its first name.
    pub x_ticks: Vec<XTick>,
    /// Runs of neighbouring points.
    pub runs: Vec<Vec<ChartSpot>>,
    /// Label of the last point: "84.2%".
    pub last_label: String,
    /// Place of the last point, where the latest figure is shown.
    pub last: Option<ChartSpot>,
    /// Steps of the target line, each from one x to another at one height.
    pub target: Vec<TargetStep>,
    /// Breaks in the series, each a vertical line with its label.
    pub breaks: Vec<BreakMark>,
    /// Months without a figure, each marked over the plot.
    pub gaps: Vec<Gap>,
    /// The usual ups and downs, a pale band; empty where there are no limits.
    #[serde(default)]
    pub bands: Vec<Band>,
    /// Special causes, each a shape on its point.
    #[serde(default)]
    pub marks: Vec<ChartMark>,
    /// What happened: labels over the plot.
    #[serde(default)]
    pub events: Vec<EventMark>,
    /// Small lines under the caption: what the shapes mean, and what happened where its
    /// label is cut.
    #[serde(default)]
    pub notes: Vec<AttributedText>,
    /// What it is drawn from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<ValuesTable>,
}

/// The figures that are drawn, as a table: for whoever wants a value and not a height.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValuesTable {
    /// "The figures behind this chart".
    pub title: String,
    /// Heads of its columns.
    pub columns: ValuesColumns,
    /// One row a point, the latest first.
    pub rows: Vec<ValuesRow>,
}

/// Heads of such a table; a column without one is not there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValuesColumns {
    /// "Month", "Quarter", "Term" or "Year".
    pub period: String,
    /// "Figure".
    pub figure: String,
    /// "Of how many".
    pub of: String,
    /// "Target".
    pub target: String,
    /// "Rating".
    pub rating: String,
    /// "What happened".
    pub note: String,
}

/// A point in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValuesRow {
    /// "October 2026".
    pub period: String,
    /// The figure as printed, or why there is none.
    pub reading: ReadingCell,
    /// "85%", the target in force; empty where there was none.
    pub target: String,
    /// Its rating; none of an indicator for context.
    pub rating: Option<Chip>,
    /// A break, what happened, a special cause; else empty.
    pub note: AttributedText,
}

/// A stretch of the band, from one x to another.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Left end, 0 to 1.
    pub x0: f64,
    /// Right end, 0 to 1.
    pub x1: f64,
    /// Lowest usual figure, 0 to 1.
    pub low: f64,
    /// Highest usual figure, 0 to 1.
    pub high: f64,
}

/// A special cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartMark {
    /// Its point.
    pub at: ChartSpot,
    /// `improvement` (a diamond), `concern` (a triangle) or `neutral` (a square).
    pub kind: String,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventMark {
    /// Place, 0 to 1.
    pub x: f64,
    /// "A team of visitors joined", cut where it is long: then a small line has it whole.
    pub label: AttributedText,
    /// Which line over the plot it stands in, from 0: labels keep clear of each other.
    #[serde(default)]
    pub line: usize,
}

/// A horizontal grid line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tick {
    /// Height, 0 to 1.
    pub y: f64,
    /// "80%".
    pub label: String,
}

/// A label under the x axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct XTick {
    /// Place, 0 to 1.
    pub x: f64,
    /// "Oct"; on a dense chart empty for every second.
    pub label: Cow<'static, str>,
    /// "2026" under the first name of a year ("2026/27" of a financial year),
    /// else empty.
    pub year: String,
}

/// A stretch of the target line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetStep {
    /// Left end, 0 to 1.
    pub x0: f64,
    /// Right end, 0 to 1.
    pub x1: f64,
    /// Height, 0 to 1.
    pub y: f64,
    /// "Target 85%", on the last step only, or "at least 14" and "at most 18"
    /// on the last two; else empty.
    pub label: String,
}

/// A break in the series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakMark {
    /// Place, 0 to 1: between the points it parts.
    pub x: f64,
    /// "New system".
    pub label: String,
}

/// A month without a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// Place, 0 to 1.
    pub x: f64,
    /// Symbol over the plot; the key explains it.
    pub label: String,
}

generated! {
    Trend { alt, values } keeps { runs, target }
    Chart {
        headline, caption, alt, y_ticks, x_ticks, last_label, target, breaks, gaps, events, notes, values
    } keeps { runs, last, bands, marks }
    Tick { label } keeps { y }
    XTick { label, year } keeps { x }
    TargetStep { label } keeps { x0, x1, y }
    BreakMark { label } keeps { x }
    Gap { label } keeps { x }
    EventMark { label } keeps { x, line }
    ValuesTable { title, columns, rows } keeps {}
    ValuesColumns { period, figure, of, target, rating, note } keeps {}
    ValuesRow { period, reading, target, rating, note } keeps {}
}
