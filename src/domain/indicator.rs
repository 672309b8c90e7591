//! The register's entry for one indicator.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::benchmark::Benchmarks;
use super::ids::{IndicatorRef, SourceId};
use super::mark::{FigureMarks, MonthMark};
use super::measure::Measure;
use super::officer_text::OfficerText;
use super::period::{Frequency, Period};
use super::segment::{Breakdown, Segment, SumOfMonths};
use super::target::Target;

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// Bigger is better.
    Higher,
    /// Smaller is better.
    Lower,
    /// Inside the target's range is good; nearer to it is better.
    Range,
    /// Context: never rated, neither better nor worse.
    None,
}

/// What a figure covers, printed beside every one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// As things stood on the last day.
    Snapshot,
    /// What happened in the month, quarter, term or year.
    InPeriod,
    /// Since 1 April.
    YearToDate,
    /// Over the last twelve months.
    #[serde(rename = "rolling-12-months")]
    Rolling12Months,
}

/// What broke a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BreakKind {
    /// Another case-management system.
    System,
    /// Another definition.
    Definition,
    /// Another population behind a rate.
    Population,
}

/// A month from which figures cannot be compared with earlier ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// First month on the new footing.
    pub from: Period,
    /// What changed.
    pub kind: BreakKind,
    /// In words.
    pub note: OfficerText,
}

/// One indicator, as the register defines it.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Permanent reference.
    pub reference: IndicatorRef,
    /// Title as printed.
    pub title: String,
    /// What it means and why it matters, in plain words.
    pub plain: OfficerText,
    /// Caveats of definition; may be empty.
    pub definition: OfficerText,
    /// Unit, precision, nouns.
    pub measure: Measure,
    /// Which way is better.
    pub polarity: Polarity,
    /// How often it has a figure.
    pub frequency: Frequency,
    /// Months after a figure's own month before it is expected.
    pub lag_months: u32,
    /// What a figure covers.
    pub basis: Basis,
    /// What it belongs to, kind by kind: its directorate, its ward.
    pub groups: std::collections::BTreeMap<String, String>,
    /// The source that carries it.
    pub source: SourceId,
    /// Role that answers for it.
    pub owner: String,
    /// Targets, oldest first.
    pub targets: Vec<Target>,
    /// Figures elsewhere that it is held against.
    pub benchmarks: Benchmarks,
    /// Breaks in the series, oldest first.
    pub breaks: Vec<Break>,
    /// What is to be known of the figures of some months, the earliest first.
    pub marks: Vec<MonthMark>,
    /// A movement of at most this much is steady.
    pub steady_within: Decimal,
    /// A movement of more than this asks for commentary whatever the rating.
    pub explain_over: Option<Decimal>,
    /// A ratio over fewer than this is printed but neither rated nor compared.
    pub min_denominator: Decimal,
    /// What must not be learnt of the children behind its figures.
    pub protection: super::edition::Protection,
    /// How its figures are looked at over time.
    pub trend: super::trend::TrendSettings,
    /// What its figures must satisfy beyond being possible.
    pub checks: super::check::FigureChecks,
    /// What it is read with, serves, depends on and was promised.
    pub relations: super::related::Relations,
    /// The ways in which it is parted.
    pub breakdowns: Vec<Breakdown>,
    /// What it is a part of; none for a whole.
    pub segment: Option<Segment>,
}

impl Indicator {
    /// The month whose figure a pack for `period` shows: the latest that is
    /// due by then.
    pub fn latest_due(&self, period: Period) -> Period {
        let lag = i32::try_from(self.lag_months).unwrap_or(i32::MAX);
        self.frequency.at_or_before(period.plus(-lag))
    }

    /// Whether a figure rests on fewer than the floor.
    pub fn is_too_few(&self, figure: &super::observation::Figure) -> bool {
        figure.denominator.is_some_and(|denominator| denominator < self.min_denominator)
    }

    /// What it is the sum of, where no source has it.
    pub fn made_of(&self) -> Option<&SumOfMonths> {
        self.segment.as_ref()?.made_of.as_ref()
    }

    /// The marks that the register gives the figure of a month; of a sum of months, those
    /// of each.
    pub fn marks_at(&self, period: Period) -> FigureMarks {
        if self.marks.is_empty() {
            return FigureMarks::default();
        }
        let months = self.made_of().map(|sum| sum.span.months(period, self.frequency));
        let is_of_it = |month: Period| month == period || months.as_ref().is_some_and(|months| months.contains(&month));
        self.marks.iter().filter(|marked| is_of_it(marked.period)).map(|marked| marked.mark).collect()
    }

    /// The last break after `earlier` and at or before `later`, across which
    /// the two must not be compared.
    pub fn break_between(&self, earlier: Period, later: Period) -> Option<&Break> {
        self.breaks.iter().rev().find(|b| earlier < b.from && b.from <= later)
    }
}

/// Every indicator of the council, by reference.
pub type Register = BTreeMap<IndicatorRef, Indicator>;
