//! Several months as one figure: the year to date, the last twelve months,
//! the quarter.
//!
//! What happens is summed, what stands is taken at the end, and a ratio is its
//! numerators' sum over its denominators' sum: never the mean of months. A
//! rate is its events' sum over the latest population, so that it grows with
//! the months and its last month's share can be read off it.

use rust_decimal::Decimal;

use crate::domain::indicator::Break;
use crate::domain::trend::{SeriesKind, ViewSpan};
use crate::domain::{Basis, Figure, Indicator, Missing, Period, Reading};

/// A longer view of an indicator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// The first month of the span.
    pub first: Period,
    /// The month that it ends with.
    pub last: Period,
    /// The figure, rounded; a ratio's and a rate's with what it was worked from.
    pub figure: Figure,
    /// How many of the span's figures are not there.
    pub missing: usize,
    /// How many of those are hidden.
    pub hidden: usize,
    /// How its months became one figure.
    pub made: Made,
}

/// How several months become one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// The source has done it: the latest figure is of the whole span.
    BySource,
    /// The latest figure stands for them all.
    Latest,
    /// There is one month in it.
    OneMonth,
    /// Figures are summed.
    Sum,
    /// Numerators are summed over the sum of denominators.
    SumOverSum,
    /// Numerators are summed over the latest denominator.
    SumOverLatest,
}

impl View {
    /// The months whose figures it is made of, oldest first; those that are
    /// missing too.
    pub fn months(&self, indicator: &Indicator) -> Vec<Period> {
        match self.made {
            Made::BySource | Made::Latest => vec![self.last],
            Made::OneMonth | Made::Sum | Made::SumOverSum | Made::SumOverLatest => {
                months(indicator, self.first, self.last)
            }
        }
    }
}

/// Why there is no such view.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NoView<'a> {
    /// It makes no sense for this indicator.
    NotMade,
    /// There is no latest figure, and why.
    NoLatest(Missing),
    /// More than a quarter of the figures are not there, some of them hidden.
    Hidden,
    /// More than a quarter of the figures are missing.
    Missing,
    /// The series breaks within the span.
    Broken(&'a Break),
    /// The source carries no numerators and denominators to sum.
    NoParts,
}

impl NoView<'_> {
    /// The same of a figure that is not there.
    pub fn missing(self) -> Missing {
        match self {
            Self::NoLatest(missing) => missing,
            Self::Hidden => Missing::Suppressed,
            Self::Missing => Missing::NotSupplied,
            Self::Broken(_) | Self::NoParts | Self::NotMade => Missing::Unavailable,
        }
    }
}

/// Every longer view of an indicator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Views<'a> {
    /// Since 1 April.
    pub year_to_date: Result<View, NoView<'a>>,
    /// The last twelve months.
    pub rolling_12_months: Result<View, NoView<'a>>,
    /// The quarter of the financial year.
    pub quarter: Result<View, NoView<'a>>,
}

impl<'a> Views<'a> {
    /// The view of a span.
    pub fn of(&self, span: ViewSpan) -> &Result<View, NoView<'a>> {
        match span {
            ViewSpan::YearToDate => &self.year_to_date,
            ViewSpan::Rolling12Months => &self.rolling_12_months,
            ViewSpan::Quarter => &self.quarter,
        }
    }
}

/// Works out every view that ends with a month; `reading` gives a month's
/// figure as printed.
pub(super) fn work_out<'a>(indicator: &'a Indicator, last: Period, reading: impl Fn(Period) -> Reading) -> Views<'a> {
    let view = |span| view(indicator, span, last, &reading);
    Views {
        year_to_date: view(ViewSpan::YearToDate),
        rolling_12_months: view(ViewSpan::Rolling12Months),
        quarter: view(ViewSpan::Quarter),
    }
}

/// The quarter that ends with a month, from the figures of a line's own series.
pub(super) fn quarter<'a>(
    indicator: &'a Indicator,
    last: Period,
    reading: impl Fn(Period) -> Reading,
) -> Result<View, NoView<'a>> {
    view(indicator, ViewSpan::Quarter, last, &reading)
}

fn view<'a>(
    indicator: &'a Indicator,
    span: ViewSpan,
    last: Period,
    reading: &impl Fn(Period) -> Reading,
) -> Result<View, NoView<'a>> {
    let first = span.first(last);
    let latest = latest(indicator, reading(last))?;
    let whole = |made| Ok(View { first, last, figure: latest, missing: 0, hidden: 0, made });
    match (indicator.basis, span) {
        // The source has summed it already.
        (Basis::YearToDate, ViewSpan::YearToDate) | (Basis::Rolling12Months, ViewSpan::Rolling12Months) => {
            return whole(Made::BySource);
        }
        (Basis::YearToDate | Basis::Rolling12Months, _) => return Err(NoView::NotMade),
        (Basis::Snapshot | Basis::InPeriod, _) => {}
    }
    if indicator.frequency.per_year() < 4 {
        return Err(NoView::NotMade);
    }
    if indicator.trend.kind == SeriesKind::Stock {
        return whole(Made::Latest);
    }
    over(indicator, first, last, reading)
}

/// 0 of 0 adds nothing to a sum, and lacks nothing.
fn adds_nothing(indicator: &Indicator, reading: Reading) -> bool {
    reading == Reading::Missing(Missing::NoneOfNone) && indicator.trend.kind == SeriesKind::Ratio
}

/// The figure of the last month of a span, without which there is no view of it.
fn latest<'a>(indicator: &Indicator, reading: Reading) -> Result<Figure, NoView<'a>> {
    match reading {
        Reading::Figure(latest) => Ok(latest),
        none if adds_nothing(indicator, none) => Ok(NONE_OF_NONE),
        Reading::Missing(why) => Err(NoView::NoLatest(why)),
    }
}

/// The months of a span put together: of an indicator of the months themselves that is
/// no stock.
pub(super) fn over<'a>(
    indicator: &'a Indicator,
    first: Period,
    last: Period,
    reading: impl Fn(Period) -> Reading,
) -> Result<View, NoView<'a>> {
    let latest = latest(indicator, reading(last))?;
    let months = months(indicator, first, last);
    if let Some(broken) = months.first().and_then(|first| indicator.break_between(*first, last)) {
        return Err(NoView::Broken(broken));
    }
    let (mut figures, mut hidden, mut nothing) = (Vec::with_capacity(months.len()), 0, 0);
    for month in &months {
        match reading(*month) {
            Reading::Figure(figure) => figures.push(figure),
            none if adds_nothing(indicator, none) => nothing += 1,
            Reading::Missing(why) => hidden += usize::from(why == Missing::Suppressed),
        }
    }
    let missing = months.len() - figures.len() - nothing;
    if missing * 4 > months.len() {
        return Err(if hidden > 0 { NoView::Hidden } else { NoView::Missing });
    }
    let (figure, made) = match figures.as_slice() {
        [] => return Err(NoView::NoLatest(Missing::NoneOfNone)),
        // One month is itself, to the digit that its source rounded it to.
        [one] => (*one, Made::OneMonth),
        several => pool(indicator, several, &latest).ok_or(NoView::NoParts)?,
    };
    Ok(View { first, last, figure, missing, hidden, made })
}

/// What a month with nobody in it adds to numerators and denominators.
const NONE_OF_NONE: Figure =
    Figure { value: Decimal::ZERO, numerator: Some(Decimal::ZERO), denominator: Some(Decimal::ZERO) };

/// The months of a span at which figures stand, oldest first.
fn months(indicator: &Indicator, first: Period, last: Period) -> Vec<Period> {
    crate::domain::trend::months(first, last, indicator.frequency)
}

/// Several figures as one; none where parts that it needs are not there.
fn pool(indicator: &Indicator, figures: &[Figure], latest: &Figure) -> Option<(Figure, Made)> {
    let measure = &indicator.measure;
    if indicator.trend.kind == SeriesKind::Flow {
        let value = measure.round(figures.iter().map(|figure| figure.value).sum());
        return Some((Figure { value, numerator: None, denominator: None }, Made::Sum));
    }
    let sum = |part: fn(&Figure) -> Option<Decimal>| figures.iter().map(part).sum::<Option<Decimal>>();
    let numerator = sum(|figure| figure.numerator)?;
    let (denominator, made) = match indicator.trend.kind {
        SeriesKind::Rate => (latest.denominator?, Made::SumOverLatest),
        SeriesKind::Ratio | SeriesKind::Flow | SeriesKind::Stock => {
            (sum(|figure| figure.denominator)?, Made::SumOverSum)
        }
    };
    let value = measure.ratio(numerator, denominator)?;
    Some((Figure { value, numerator: Some(numerator), denominator: Some(denominator) }, made))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;
    use proptest::prelude::*;

    const COUNT: &str = "unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\nkind = \"flow\"\n";
    const RATIO: &str = "unit = \"percent\"\nbetter = \"none\"\nfrequency = \"monthly\"\nkind = \"ratio\"\n";
    const RATE: &str = "unit = \"rate\"\nper = 10000\nbetter = \"none\"\nfrequency = \"monthly\"\nkind = \"rate\"\n";

    /// The three views, as value and missing, or nothing.
    fn views(a: &str, rows: &str) -> [Option<(String, usize)>; 3] {
        with_card(a, "", "\"A\"", rows, |card| {
            let views = card.sections[0][0].views;
            [ViewSpan::YearToDate, ViewSpan::Rolling12Months, ViewSpan::Quarter]
                .map(|span| views.of(span).ok().map(|view| (view.figure.value.to_string(), view.missing)))
        })
    }

    fn months(from: usize, row: impl Fn(usize) -> String) -> String {
        let all = ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07"];
        let all: Vec<&str> = all.into_iter().chain(["2026-08", "2026-09", "2026-10"]).collect();
        (from..12).map(|i| format!("A,{},{}", all[i], row(i))).collect::<Vec<_>>().join("\n")
    }

    fn some(value: &str, missing: usize) -> Option<(String, usize)> {
        Some((value.to_owned(), missing))
    }

    #[test]
    fn flows_are_summed_and_stocks_are_taken_at_the_end() {
        let rows = months(0, |i| format!("{},,", i + 1));
        // April is the sixth of twelve: 6 + … + 12 = 63; 1 + … + 12 = 78.
        assert_eq!(views(COUNT, &rows), [some("63", 0), some("78", 0), some("12", 0)]);
        let stock = COUNT.replace("flow", "stock");
        assert_eq!(views(&stock, &rows), [some("12", 0), some("12", 0), some("12", 0)]);
    }

    #[test]
    fn a_ratio_is_sums_over_sums_and_never_the_mean_of_months() {
        // 1 of 1 for eleven months, then 0 of 89: the mean of months is 91.7%.
        let rows = months(0, |i| if i < 11 { "100,1,1".into() } else { "0,0,89".into() });
        assert_eq!(views(RATIO, &rows), [some("6.3", 0), some("11.0", 0), some("0.0", 0)]);
    }

    #[test]
    fn a_rate_sums_its_events_over_the_latest_population() {
        let rows = months(0, |i| format!(",{},{}", 10, 50_000 + i * 1000));
        // 120 over 61,000, and not over the sum of twelve populations.
        assert_eq!(views(RATE, &rows)[1], some("19.7", 0));
    }

    #[test]
    fn a_gap_is_counted_and_more_than_a_quarter_of_gaps_is_no_view() {
        let without = |gone: &'static [usize]| {
            months(0, move |i| if gone.contains(&i) { ",,".into() } else { format!("{},,", i + 1) })
        };
        assert_eq!(views(COUNT, &without(&[7])), [some("55", 1), some("70", 1), some("12", 0)]);
        assert_eq!(views(COUNT, &without(&[1, 2, 7])), [some("55", 1), some("65", 3), some("12", 0)]);
        assert_eq!(views(COUNT, &without(&[1, 2, 3, 7]))[1], None);
        assert_eq!(views(COUNT, &without(&[6, 7]))[0], None);
        assert_eq!(views(COUNT, &without(&[11])), [None, None, None]);
    }

    #[test]
    fn a_month_with_nobody_in_it_adds_nothing_and_lacks_nothing() {
        let empty =
            |gone: &'static [usize]| months(0, move |i| if gone.contains(&i) { ",0,0".into() } else { ",8,10".into() });
        assert_eq!(views(RATIO, &empty(&[11])), [some("80.0", 0), some("80.0", 0), None]);
        assert_eq!(views(RATIO, &empty(&[6, 7, 8, 9])), [some("80.0", 0), some("80.0", 0), some("80.0", 0)]);
        assert_eq!(views(RATIO, &empty(&[9, 10, 11])), [some("80.0", 0), some("80.0", 0), None]);
        // A count of none is a figure.
        assert_eq!(views(COUNT, &months(0, |i| format!("{},,", i32::from(i < 11))))[0], some("6", 0));
    }

    #[test]
    fn no_view_spans_a_break() {
        let broken = |from: &str| {
            format!("{COUNT}[[indicators.A.breaks]]\nfrom = \"{from}\"\nkind = \"system\"\nnote = \"New system\"\n")
        };
        let rows = months(0, |i| format!("{},,", i + 1));
        assert_eq!(views(&broken("2026-04"), &rows), [some("63", 0), None, some("12", 0)]);
        assert_eq!(views(&broken("2026-05"), &rows), [None, None, some("12", 0)]);
    }

    proptest! {
        #[test]
        fn year_to_date_of_one_month_is_the_month(value in 0u32..100_000, d in 1u32..500, n in 0u32..500) {
            // Seen from the quarter's first month, which is the same law.
            let n = n.min(d);
            prop_assert_eq!(&views(COUNT, &months(0, |_| format!("{value},,")))[2], &some(&value.to_string(), 0));
            let (month, quarter) = with_card(RATIO, "", "\"A\"", &months(0, |_| format!(",{n},{d}")), |card| {
                let line = &card.sections[0][0];
                (*line.current.figure().unwrap(), line.views.quarter.unwrap().figure)
            });
            prop_assert_eq!(month, quarter);
        }
    }
}
