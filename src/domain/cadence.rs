//! How often a board meets: which months have a pack of their own.

use std::collections::BTreeSet;

use super::period::Period;

/// The months that end a board's periods. A pack is for all months since the one
/// before it, and its figures are those of the last of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cadence {
    /// These months of every year, from 1 to 12; never none.
    EachYear(BTreeSet<u32>),
    /// These months and no other, oldest first; never none.
    Months(BTreeSet<Period>),
}

impl Default for Cadence {
    fn default() -> Self {
        Self::monthly()
    }
}

impl Cadence {
    /// Every month.
    pub fn monthly() -> Self {
        Self::EachYear((1..=12).collect())
    }

    /// The quarters of the financial year: June, September, December, March.
    pub fn quarterly() -> Self {
        Self::EachYear([3, 6, 9, 12].into())
    }

    /// The terms of the school year: December, April, July.
    pub fn termly() -> Self {
        Self::EachYear([4, 7, 12].into())
    }

    /// Where each period is a quarter of a year: what is left of its last month when
    /// divided by three, 0 for quarters of the financial year.
    pub fn quarter_end(&self) -> Option<u32> {
        let is_quarterly = match self {
            Self::EachYear(months) => {
                months.len() == 4 && months.iter().zip(months.iter().skip(1)).all(|(a, b)| b - a == 3)
            }
            Self::Months(months) => {
                months.len() > 1 && months.iter().zip(months.iter().skip(1)).all(|(a, b)| b.since(*a) == 3)
            }
        };
        let first = match self {
            Self::EachYear(months) => months.first().copied(),
            Self::Months(months) => months.first().map(|month| month.month()),
        };
        first.filter(|_| is_quarterly).map(|month| month % 3)
    }

    /// The month that ends the period in which a month falls; none after the last
    /// that is named.
    pub fn end(&self, month: Period) -> Option<Period> {
        match self {
            Self::EachYear(months) => (0..12).map(|later| month.plus(later)).find(|end| months.contains(&end.month())),
            Self::Months(months) => months.range(month..).next().copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn a_board_that_meets_every_three_months_has_quarters() {
        let months = |months: &[&str]| Cadence::Months(months.iter().map(|month| period(month)).collect());
        for (cadence, end) in [
            (Cadence::monthly(), None),
            (Cadence::quarterly(), Some(0)),
            (Cadence::termly(), None),
            (Cadence::EachYear([1, 4, 7, 10].into()), Some(1)),
            (Cadence::EachYear([3, 6, 9].into()), None),
            (Cadence::EachYear([3, 6, 9, 11].into()), None),
            (months(&["2026-11", "2027-02", "2027-05"]), Some(2)),
            (months(&["2026-11", "2027-02", "2027-06"]), None),
            (months(&["2026-11"]), None),
        ] {
            assert_eq!(cadence.quarter_end(), end, "{cadence:?}");
        }
    }

    #[test]
    fn a_month_falls_into_the_period_that_ends_next() {
        let own = Cadence::Months(["2026-05", "2026-11"].map(period).into());
        for (cadence, month, end) in [
            (Cadence::monthly(), "2026-10", Some("2026-10")),
            (Cadence::quarterly(), "2026-10", Some("2026-12")),
            (Cadence::quarterly(), "2026-12", Some("2026-12")),
            (Cadence::quarterly(), "2027-01", Some("2027-03")),
            (Cadence::termly(), "2026-08", Some("2026-12")),
            (Cadence::termly(), "2026-05", Some("2026-07")),
            (own.clone(), "2020-01", Some("2026-05")),
            (own.clone(), "2026-06", Some("2026-11")),
            (own, "2026-12", None),
        ] {
            assert_eq!(cadence.end(period(month)), end.map(period), "{cadence:?} {month}");
        }
    }
}
