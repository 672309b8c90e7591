//! What a month or a quarter of a line's own series shows: what a promise is held
//! against after it has come.

use super::line::Line;
use super::views::{self, NoView};
use crate::domain::{Missing, Period, Reading};

impl Line<'_> {
    /// The figure of a month of its series.
    pub fn reading_of(&self, month: Period) -> Reading {
        let point = self.series.iter().find(|point| point.period == month);
        point.map_or(Reading::Missing(Missing::NotSupplied), |point| point.reading)
    }

    /// What a quarter of the financial year shows that ends with a month: its months as
    /// one figure, or the figure that stands at its end where they cannot be.
    pub fn quarter(&self, last: Period) -> Reading {
        match views::quarter(self.indicator, last, |month| self.reading_of(month)) {
            Ok(view) => Reading::Figure(view.figure),
            Err(NoView::NotMade) => self.reading_of(last),
            Err(why) => Reading::Missing(why.missing()),
        }
    }
}
