//! How an indicator's figures are to be looked at over time: what kind of
//! number it is, which longer views it has, what it is held against, and what
//! happened on the way.

use super::indicator::Basis;
use super::measure::Unit;
use super::officer_text::OfficerText;
use super::period::{Frequency, Period};

/// What kind of number it is, and so how several months become one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeriesKind {
    /// Things that happen: months are summed.
    Flow,
    /// How things stand: the last month is taken.
    Stock,
    /// Things that happen, for so many of a population: the things are summed
    /// and held against the latest population.
    Rate,
    /// A part of a whole: numerators are summed, denominators are summed.
    Ratio,
}

impl SeriesKind {
    /// What it is where the register does not say.
    pub fn usual(unit: Unit, basis: Basis) -> Self {
        match (basis, unit) {
            (Basis::Snapshot, _) => Self::Stock,
            (_, Unit::Count | Unit::Pounds | Unit::ThousandPounds | Unit::MillionPounds) => Self::Flow,
            (_, Unit::Rate) => Self::Rate,
            (_, Unit::Percent | Unit::Days | Unit::Mean | Unit::Score) => Self::Ratio,
        }
    }

    /// The kinds that several months of a unit can be made one figure by. The
    /// last month stands for itself in any unit; only whole things may be
    /// summed; only a count has no parts to divide.
    pub fn suiting(unit: Unit) -> &'static [Self] {
        match unit {
            Unit::Count => &[Self::Flow, Self::Stock],
            // What is spent is summed; what one of many costs is a ratio.
            Unit::Pounds | Unit::ThousandPounds | Unit::MillionPounds => &[Self::Flow, Self::Ratio, Self::Stock],
            Unit::Rate => &[Self::Rate, Self::Ratio, Self::Stock],
            // Held against the latest denominator alone, a year of numerators
            // would be several times the figure.
            Unit::Percent | Unit::Days | Unit::Mean | Unit::Score => &[Self::Ratio, Self::Stock],
        }
    }

    /// As the register writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Flow => "flow",
            Self::Stock => "stock",
            Self::Rate => "rate",
            Self::Ratio => "ratio",
        }
    }
}

/// A stretch of months that ends with the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ViewSpan {
    /// Since 1 April.
    YearToDate,
    /// The last twelve months.
    #[serde(rename = "rolling-12-months")]
    Rolling12Months,
    /// Since the quarter of the financial year began.
    Quarter,
}

impl ViewSpan {
    /// Its first month, where it ends with this one.
    pub fn first(self, last: Period) -> Period {
        match self {
            Self::YearToDate => last.plus(-since(last, 12)),
            Self::Rolling12Months => last.plus(-11),
            Self::Quarter => last.plus(-since(last, 3)),
        }
    }

    /// The months at which figures of a frequency stand in it, oldest first, where it ends
    /// with this one.
    pub fn months(self, last: Period, frequency: Frequency) -> Vec<Period> {
        months(self.first(last), last, frequency)
    }

    /// As references have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::YearToDate => "year-to-date",
            Self::Rolling12Months => "12-months",
            Self::Quarter => "quarter",
        }
    }
}

/// The months from one to another at which figures of a frequency stand, oldest first.
pub fn months(first: Period, last: Period, frequency: Frequency) -> Vec<Period> {
    let back = std::iter::successors(Some(last), |month| Some(frequency.previous(*month)));
    let mut months: Vec<Period> = back.take_while(|month| *month >= first).collect();
    months.reverse();
    months
}

/// Months since the financial year, or one of its parts of so many months, began.
fn since(month: Period, part: u32) -> i32 {
    // April is the first month: 4 + 8 = 12.
    i32::try_from((month.month() + 8) % part).unwrap_or(0)
}

/// What direction of travel is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TravelBy {
    /// The figure before, at its own frequency.
    #[default]
    Previous,
    /// The figure a year before.
    LastYear,
    /// The straight line that fits the whole series best.
    Regression,
}

/// Something that happened, to be named on the chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub month: Period,
    /// What.
    pub note: OfficerText,
}

/// A month from which control limits are worked out anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebase {
    /// The first month of the new limits.
    pub from: Period,
    /// Why.
    pub because: OfficerText,
}

/// Whose rules tell signal from noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignalRules {
    /// As NHSRplotthedots computes.
    #[default]
    PlotTheDots,
    /// As NHS England's Making Data Count tool does.
    MakingDataCount,
}

/// How an indicator's figures are looked at over time.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendSettings {
    /// What kind of number it is.
    pub kind: SeriesKind,
    /// The longer views that are printed.
    pub views: Vec<ViewSpan>,
    /// What direction of travel is judged by.
    pub travel: TravelBy,
    /// What happened, oldest first.
    pub events: Vec<Event>,
    /// Whether signal is told from noise at all.
    pub signal: bool,
    /// Whose rules tell them apart.
    pub rules: SignalRules,
    /// Months from which limits are worked out anew, oldest first.
    pub rebases: Vec<Rebase>,
}

impl TrendSettings {
    /// What holds where the register says nothing.
    pub fn usual(unit: Unit, basis: Basis) -> Self {
        Self {
            kind: SeriesKind::usual(unit, basis),
            views: Vec::new(),
            travel: TravelBy::default(),
            events: Vec::new(),
            signal: true,
            rules: SignalRules::default(),
            rebases: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_by_itself_suits_its_unit() {
        for unit in [Unit::Percent, Unit::Count, Unit::Rate, Unit::Days, Unit::Mean, Unit::Score] {
            for basis in [Basis::Snapshot, Basis::InPeriod, Basis::YearToDate, Basis::Rolling12Months] {
                assert!(SeriesKind::suiting(unit).contains(&SeriesKind::usual(unit, basis)), "{unit:?} {basis:?}");
            }
        }
    }

    #[test]
    fn spans_begin_with_the_financial_year_its_quarter_or_twelve_months_before() {
        for (last, year, quarter) in [
            ("2026-04", "2026-04", "2026-04"),
            ("2026-06", "2026-04", "2026-04"),
            ("2026-10", "2026-04", "2026-10"),
            ("2026-12", "2026-04", "2026-10"),
            ("2027-03", "2026-04", "2027-01"),
        ] {
            let p = |text: &str| text.parse::<Period>().unwrap();
            assert_eq!(ViewSpan::YearToDate.first(p(last)), p(year));
            assert_eq!(ViewSpan::Quarter.first(p(last)), p(quarter));
            assert_eq!(ViewSpan::Rolling12Months.first(p(last)).plus(11), p(last));
        }
    }
}
