//! Parts of an indicator: by age, by team, by kind of home.
//!
//! A part is an [`Indicator`](super::Indicator) of its own that knows whose
//! part it is. So it is read, checked, compared and rated by the rules that
//! hold for every figure, and no room needs a second way to do any of that.

use super::ids::IndicatorRef;
use super::trend::ViewSpan;

/// What the parts of a breakdown count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartsOf {
    /// What the indicator measures, each for its own part: a caseload for each
    /// team.
    #[default]
    Figure,
    /// People of the numerator: those who are in time, by age.
    Numerator,
    /// People of the denominator: all who were asked about, by kind of home.
    Denominator,
    /// People of the denominator who are not in the numerator: how late those
    /// are who are late.
    Rest,
}

/// One way of parting an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    /// Its permanent name, the middle of `CLA01:age:0-4`.
    pub id: String,
    /// "Age", as printed.
    pub title: String,
    /// What its parts count.
    pub parts_of: PartsOf,
    /// Whether its parts make the whole, nobody left out and nobody twice.
    pub sums: bool,
    /// Whether its categories are steps of one scale, such as grades.
    pub ordered: bool,
    /// Its parts, in order; of a two-way one row after row.
    pub parts: Vec<IndicatorRef>,
    /// The breakdowns that it crosses: that of its rows and that of its columns.
    pub of: Option<[String; 2]>,
    /// The same parts over several months.
    pub longer: Vec<LongerParts>,
}

/// The parts of a breakdown over several months, each the sum of its months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongerParts {
    /// Over which.
    pub span: ViewSpan,
    /// A part for each of the breakdown's, in its order.
    pub parts: Vec<IndicatorRef>,
}

impl Breakdown {
    /// Its permanent name, `CLA01:age`.
    pub fn name(&self, whole: &IndicatorRef) -> String {
        format!("{whole}:{}", self.id)
    }

    /// Its parts, of a month and of more.
    pub fn every_part(&self) -> impl Iterator<Item = &IndicatorRef> {
        self.parts.iter().chain(self.longer.iter().flat_map(|longer| &longer.parts))
    }
}

/// What an indicator knows of the one that it is a part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The whole.
    pub parent: IndicatorRef,
    /// The breakdown's name.
    pub breakdown: String,
    /// The category as printed: "0 to 4".
    pub category: String,
    /// Whether it counts those of whom nothing is known. That says nothing of
    /// a child, so a small one need not be hidden.
    pub not_known: bool,
    /// The two categories, of a row and of a column, of which it counts those who are
    /// in both.
    pub both: Option<[Margin; 2]>,
    /// What it is the sum of, where no source has it: the same category, month by month.
    pub made_of: Option<SumOfMonths>,
}

/// The months of a part that several of them are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumOfMonths {
    /// The part whose months they are.
    pub part: IndicatorRef,
    /// Which months.
    pub span: ViewSpan,
}

/// A row or a column of a two-way breakdown: a category of a breakdown of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Margin {
    /// The category's part.
    pub part: IndicatorRef,
    /// The category as printed.
    pub category: String,
}
