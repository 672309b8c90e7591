//! A breakdown as a table.

use serde::{Deserialize, Serialize};

use super::{Chip, MovementCell, ReadingCell};
use crate::domain::AttributedText;
use crate::pack::terms::generated;

/// An indicator's parts, under its chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakdownTable {
    /// "Age".
    pub title: String,
    /// What is counted: "number of children in care"; may be empty.
    pub unit: String,
    /// Whether half the page is wide enough for it.
    #[serde(default)]
    pub narrow: bool,
    /// Heads of the columns.
    pub columns: BreakdownColumns,
    /// One row a category, then the whole where the parts make one; none where
    /// every part is hidden, which a note says.
    pub rows: Vec<BreakdownRow>,
    /// What a reader must know, such as that the parts do not add up.
    pub notes: Vec<AttributedText>,
}

/// Heads of a breakdown's columns; an empty one is a column that is not there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakdownColumns {
    /// "Category".
    pub category: String,
    /// The figure's month.
    pub current: String,
    /// "Share".
    pub share: String,
    /// "Running share".
    pub running: String,
    /// "Change".
    pub movement: String,
    /// "Target".
    pub target: String,
    /// "Rating".
    pub rating: String,
}

/// One category, or the whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakdownRow {
    /// "0 to 4".
    pub category: String,
    /// Whether it is the whole, which closes the table.
    pub is_whole: bool,
    /// Its figure.
    pub current: ReadingCell,
    /// "24%"; empty where there is none to be given.
    pub share: String,
    /// The share's length, 0 to 1; none where there is none to be given.
    pub bar: Option<f64>,
    /// The share of this category and those before it: "61%".
    pub running: String,
    /// What changed.
    pub movement: MovementCell,
    /// Its target; may be empty.
    pub target: String,
    /// Its rating, where it has a target.
    pub rating: Option<Chip>,
}

/// Two breakdowns of an indicator crossed: this month's counts, with both margins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TwoWayTable {
    /// "Age and where they live".
    pub title: String,
    /// What is counted, and when.
    pub unit: String,
    /// The head of the rows' names: "Age".
    pub corner: String,
    /// The heads of the columns, the whole's last.
    pub columns: Vec<String>,
    /// The rows, the whole's last; none where every part is hidden, which a note says.
    pub rows: Vec<TwoWayRow>,
    /// What a reader must know.
    pub notes: Vec<AttributedText>,
}

/// One category of those down the side, or the whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TwoWayRow {
    /// "0 to 4".
    pub category: String,
    /// Whether it is the whole, which closes the table.
    pub is_whole: bool,
    /// A figure for each column.
    pub cells: Vec<ReadingCell>,
}

generated! {
    TwoWayTable { title, unit, corner, columns, rows, notes } keeps {}
    TwoWayRow { category, cells } keeps { is_whole }
    BreakdownTable { title, unit, columns, rows, notes } keeps { narrow }
    BreakdownColumns { category, current, share, running, movement, target, rating } keeps {}
    BreakdownRow {
        category, current, share, running, movement, target, rating
    } keeps { is_whole, bar }
}
