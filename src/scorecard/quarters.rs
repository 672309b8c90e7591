//! A monthly indicator by quarters: the last one that is over against the one before and
//! the same one a year ago, and each as a point of its own for a board that meets
//! quarterly.
//!
//! Months become a quarter as in any longer view, but of a quarter none may be missing:
//! one month of three is too much of it.

use std::collections::BTreeMap;

use super::comparison::{Comparison, Incomparable, compare};
use super::line::{IndicatorData, Line, SeriesPoint};
use super::views::{self, NoView, View};
use crate::domain::mark::FigureMarks;
use crate::domain::target::in_force;
use crate::domain::trend::{SeriesKind, ViewSpan};
use crate::domain::{Basis, Cadence, Figure, Frequency, Indicator, Missing, Period, Reading};

/// How many quarters a series shows at most: three years.
const MOST: i32 = 12;

/// A quarter as one figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quarter<'a> {
    /// Its first month.
    pub first: Period,
    /// Its last month, or the last so far.
    pub last: Period,
    /// Its figure, or why there is none.
    pub figure: Result<Figure, NoView<'a>>,
}

/// The quarters of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Quarters<'a> {
    /// The last one that is over.
    pub latest: Quarter<'a>,
    /// The one before, and the last one held against it.
    pub before: (Quarter<'a>, Comparison<'a>),
    /// The same one a year ago, and the last one held against it.
    pub year_before: (Quarter<'a>, Comparison<'a>),
    /// The months since, where they make a figure of their own.
    pub so_far: Option<Quarter<'a>>,
    /// Each quarter as a point, oldest first, where the board meets when quarters of the
    /// financial year are over; else none.
    pub series: Vec<SeriesPoint>,
}

impl Quarters<'_> {
    /// The marks of each point that is a figure: those of the months that it is made of.
    pub fn marks(&self, line: &Line<'_>) -> BTreeMap<Period, FigureMarks> {
        let months = if is_pooled(line.indicator) { 0..3 } else { 0..1 };
        let of = |last: Period| {
            months.clone().map(|back| line.marks_at(last.plus(-back))).fold(FigureMarks::default(), FigureMarks::and)
        };
        let shown = self.series.iter().filter(|point| point.reading.figure().is_some());
        shown.map(|point| (point.period, of(point.period))).filter(|(_, marks)| !marks.is_empty()).collect()
    }
}

impl Quarter<'_> {
    /// Its figure as a reading.
    pub fn reading(&self) -> Reading {
        self.figure.map_or_else(|why| Reading::Missing(why.missing()), Reading::Figure)
    }
}

/// The quarters of a line, where its register entry asks for them or its board meets
/// once a quarter.
pub(super) fn work_out<'a>(look: &IndicatorData<'a, '_>, cadence: &Cadence, latest: Period) -> Option<Quarters<'a>> {
    let indicator = look.indicator;
    let own = cadence.quarter_end();
    let is_asked = indicator.trend.views.contains(&ViewSpan::Quarter);
    if indicator.frequency != Frequency::Monthly || !(is_asked || own.is_some()) {
        return None;
    }
    // A financial year's quarters end in June, September, December and March.
    let ends_in = own.unwrap_or(0);
    let end = (0..3).map(|back| latest.plus(-back)).find(|month| month.month() % 3 == ends_in)?;
    let quarter = |last: Period| quarter(look, last.plus(-2), last);
    let now = quarter(end);
    let against = |earlier: Quarter<'a>| (earlier, comparison(indicator, &earlier, &now));
    let is_financial = own == Some(0);
    Some(Quarters {
        latest: now,
        before: against(quarter(end.plus(-3))),
        year_before: against(quarter(end.plus(-12))),
        so_far: (end < latest && is_pooled(indicator)).then(|| self::quarter(look, end.plus(1), latest)),
        series: if is_financial { series(look, end) } else { Vec::new() },
    })
}

/// Whether months are put together; else the last one's figure is the quarter's.
fn is_pooled(indicator: &Indicator) -> bool {
    let is_of_more = matches!(indicator.basis, Basis::YearToDate | Basis::Rolling12Months);
    !is_of_more && indicator.trend.kind != SeriesKind::Stock
}

fn quarter<'a>(look: &IndicatorData<'a, '_>, first: Period, last: Period) -> Quarter<'a> {
    let figure = if is_pooled(look.indicator) {
        match views::over(look.indicator, first, last, |month| look.reading(month)) {
            Ok(View { missing: 0, figure, .. }) => Ok(figure),
            Ok(View { hidden: 0, .. }) => Err(NoView::Missing),
            Ok(_) => Err(NoView::Hidden),
            Err(why) => Err(why),
        }
    } else {
        match look.reading(last) {
            Reading::Figure(figure) => Ok(figure),
            Reading::Missing(why) => Err(NoView::NoLatest(why)),
        }
    };
    Quarter { first, last, figure }
}

/// One quarter held against an earlier one.
fn comparison<'a>(indicator: &'a Indicator, earlier: &Quarter<'a>, now: &Quarter<'a>) -> Comparison<'a> {
    // A break within the earlier one is one between the two.
    if let Some(broken) = indicator.break_between(earlier.first, now.last) {
        return Comparison::Not(Incomparable::Broken(broken));
    }
    let target = in_force(&indicator.targets, now.last);
    compare(indicator, (earlier.last, &earlier.reading()), (now.last, &now.reading()), target)
}

/// Every quarter up to one, beginning with the first that has anything to say.
fn series(look: &IndicatorData<'_, '_>, end: Period) -> Vec<SeriesPoint> {
    let quarters = (0..MOST).rev().map(|back| end.plus(-3 * back));
    let point = |last: Period| {
        let reading = quarter(look, last.plus(-2), last).reading();
        let rating = look.rating_of_several(last, reading);
        SeriesPoint { period: last, reading, rating }
    };
    let has_begun = |point: &SeriesPoint| point.reading != Reading::Missing(Missing::NotSupplied);
    quarters.map(point).skip_while(|point| !has_begun(point)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::{with_board_of, with_card};

    const RATIO: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nkind = \"ratio\"\n\
        views = [\"quarter\"]\n";

    /// Rows of the months from June 2025 to October 2026, as `row` has each.
    fn rows(row: impl Fn(Period) -> String) -> String {
        let first: Period = "2025-06".parse().unwrap();
        (0..17).map(|i| first.plus(i)).map(|month| format!("A,{month},{}\n", row(month))).collect()
    }

    /// The latest quarter, the one before, the one a year ago and the one so far.
    fn quarters(a: &str, rows: &str) -> [String; 4] {
        with_card(a, "", "\"A\"", rows.trim(), |card| {
            let quarters = card.sections[0][0].quarters.as_ref().unwrap();
            let of = |quarter: &Quarter<'_>| match quarter.figure {
                Ok(figure) => format!("{} to {}: {}", quarter.first, quarter.last, figure.value),
                Err(why) => format!("{} to {}: {why:?}", quarter.first, quarter.last),
            };
            let against = |(quarter, comparison): &(Quarter<'_>, Comparison<'_>)| match comparison {
                Comparison::Moved(movement) => format!("{}, {}", of(quarter), movement.change),
                Comparison::Not(_) => format!("{}, not compared", of(quarter)),
            };
            let so_far = quarters.so_far.as_ref().map(of).unwrap_or_default();
            [of(&quarters.latest), against(&quarters.before), against(&quarters.year_before), so_far]
        })
    }

    #[test]
    fn a_quarter_is_its_months_together_or_its_last() {
        let of_month = |month: Period| match month.to_string().as_str() {
            "2025-09" => ",1,10".to_owned(),
            "2026-06" => ",4,20".to_owned(),
            "2026-09" => ",9,30".to_owned(),
            _ => ",5,10".to_owned(),
        };
        let is = [
            "2026-07 to 2026-09: 38.0",
            "2026-04 to 2026-06: 35.0, 3.0",
            "2025-07 to 2025-09: 36.7, 1.3",
            "2026-10 to 2026-10: 50.0",
        ];
        assert_eq!(quarters(RATIO, &rows(of_month)), is);
        let is = ["2026-07 to 2026-09: 30.0", "2026-04 to 2026-06: 20.0, 10.0", "2025-07 to 2025-09: 10.0, 20.0", ""];
        assert_eq!(quarters(&RATIO.replace("ratio", "stock"), &rows(of_month)), is);
    }

    #[test]
    fn one_month_that_is_missing_or_hidden_is_no_quarter() {
        let without = |gone: &'static str, mark: &'static str| {
            quarters(RATIO, &rows(|month| if month.to_string() == gone { mark.into() } else { ",5,10".into() }))
        };
        assert_eq!(without("2026-05", "c,,")[1], "2026-04 to 2026-06: Hidden, not compared");
        assert_eq!(without("2026-05", ",,")[1], "2026-04 to 2026-06: Missing, not compared");
        assert_eq!(without("2026-09", "c,,")[0], "2026-07 to 2026-09: NoLatest(Suppressed)");
        assert_eq!(without("2026-09", "c,,")[2], "2025-07 to 2025-09: 50.0, not compared");
    }

    #[test]
    fn no_quarter_is_compared_across_a_break() {
        let broken = |from: &str| {
            let a = format!("{RATIO}[[indicators.A.breaks]]\nfrom = \"{from}\"\nkind = \"system\"\nnote = \"N\"\n");
            let [now, before, year, _] = quarters(&a, &rows(|_| ",5,10".into()));
            [now, before, year].map(|text| text.contains("not compared") || text.contains("Broken"))
        };
        assert_eq!(broken("2025-07"), [false, false, false]);
        assert_eq!(broken("2025-08"), [false, false, true]);
        assert_eq!(broken("2026-04"), [false, false, true]);
        assert_eq!(broken("2026-05"), [false, true, true]);
        assert_eq!(broken("2026-08"), [true, true, true]);
    }

    #[test]
    fn a_board_that_meets_quarterly_has_a_point_a_quarter() {
        let a = RATIO.replace("views = [\"quarter\"]\n", "");
        let rows = rows(|month| if month.month() == 2 { ",,".into() } else { ",5,10".into() });
        let points = |cadence: &str| {
            with_board_of(&a, cadence, &rows, |card| {
                let quarters = card.sections[0][0].quarters.as_ref()?;
                let point = |point: &SeriesPoint| {
                    let value = point.reading.figure().map_or("-".to_owned(), |figure| figure.value.to_string());
                    format!("{} {value}", point.period)
                };
                Some((quarters.latest.last.to_string(), quarters.series.iter().map(point).collect::<Vec<_>>()))
            })
        };
        assert_eq!(points("cadence = \"monthly\""), None);
        let of_year = ["2025-09 50.0", "2025-12 50.0", "2026-03 -", "2026-06 50.0", "2026-09 50.0"];
        let (latest, series) = points("cadence = \"quarterly\"").unwrap();
        assert_eq!((latest.as_str(), series), ("2026-09", of_year.map(str::to_owned).to_vec()));
        // Quarters of its own are no financial year's, which charts name.
        assert_eq!(
            points("cadence = [\"January\", \"April\", \"July\", \"October\"]"),
            Some(("2026-10".to_owned(), Vec::new()))
        );
    }
}
