//! Two indicators whose newest figures each fit the other's series.

use rust_decimal::Decimal;

use super::usual;
use super::{CheckInput, about, in_month, shown};
use crate::dataset::report::month_words;
use crate::domain::finding::{Code, Finding};
use crate::domain::indicator::{Basis, Indicator};
use crate::domain::measure::{Unit, double};
use crate::domain::observation::{Figure, Observation};

/// Figures that a series needs before it tells its own from another's.
const ENOUGH: usize = 4;

/// A twentieth more or less is within reach of any series.
const LEAST_REACH: f64 = 0.05;

/// How many times nearer to another's series than to its own a figure is that
/// may be the other's, though neither holds it.
const NEARER: f64 = 5.0;

/// A figure's logarithm; of none, that of less than one.
fn times(value: Decimal) -> f64 {
    double(value).max(0.5).ln()
}

/// A series and its newest figure.
struct Fit<'a> {
    indicator: &'a Indicator,
    seen: &'a Observation,
    value: f64,
    value_ends: Ends,
    /// The newest denominator and those of the series, where it has them.
    sizes: Option<(f64, Ends)>,
}

/// Between what a series lies, and how far from that its next figure may be;
/// all as logarithms, for what counts is how many times more or less it is.
#[derive(Clone, Copy)]
struct Ends {
    low: f64,
    high: f64,
    reach: f64,
}

impl Ends {
    /// `are_counts`: chance moves a count by its root.
    fn of(values: &[Decimal], are_counts: bool) -> Option<Self> {
        let values: Vec<f64> = values.iter().copied().map(times).collect();
        let low = values.iter().copied().reduce(f64::min)?;
        let high = values.iter().copied().reduce(f64::max)?;
        let chance = if are_counts { (-high / 2.0).exp() } else { 0.0 };
        Some(Self { low, high, reach: ((high - low) / 2.0).max(chance).max(LEAST_REACH) })
    }

    fn holds(&self, value: f64) -> bool {
        (self.low - 2.0 * self.reach..=self.high + 2.0 * self.reach).contains(&value)
    }

    /// How far outside a value is; 0 inside.
    fn distance(&self, value: f64) -> f64 {
        (self.low - value).max(value - self.high).max(0.0)
    }

    /// Further outside than anything that would still be inside.
    fn refuses(&self, value: f64) -> bool {
        !(self.low - 3.0 * self.reach..=self.high + 3.0 * self.reach).contains(&value)
    }
}

impl<'a> Fit<'a> {
    fn of(asked: &'a CheckInput<'_>, indicator: &'a Indicator) -> Option<Self> {
        let month = indicator.latest_due(asked.period);
        // A year to date that begins anew fits no earlier month.
        if indicator.basis == Basis::YearToDate {
            return None;
        }
        let (seen, figure) = asked.figure(indicator, month)?;
        let others = usual::others(asked, indicator, month, |_, figure| Some(*figure));
        if others.len() < ENOUGH {
            return None;
        }
        let values: Vec<Decimal> = others.iter().map(|figure| figure.value).collect();
        let sizes = || -> Option<(f64, Ends)> {
            let sizes: Option<Vec<Decimal>> = others.iter().map(|figure: &Figure| figure.denominator).collect();
            Some((times(figure.denominator?), Ends::of(&sizes?, true)?))
        };
        Some(Self {
            indicator,
            seen,
            value: times(figure.value),
            value_ends: Ends::of(&values, indicator.measure.unit == Unit::Count)?,
            sizes: sizes(),
        })
    }

    /// Whether this one's figure belongs rather to the other's series.
    fn belongs_to(&self, other: &Self) -> bool {
        let (own, others) = (&self.value_ends, &other.value_ends);
        // An honest figure may leave its series, and is still much nearer to it.
        let is_nearer = others.distance(self.value) * NEARER <= own.distance(self.value);
        let (is_out, is_in) = (own.refuses(self.value), others.holds(self.value) || is_nearer);
        match (&self.sizes, &other.sizes) {
            (Some((size, own)), Some((_, others))) => (is_out || own.refuses(*size)) && is_in && others.holds(*size),
            (None, None) => is_out && is_in,
            // Only one of them has denominators: their rows look different.
            _ => false,
        }
    }
}

/// F432, for each pair of one unit and frequency.
pub(super) fn check(asked: &CheckInput<'_>) -> Vec<Finding> {
    let fits: Vec<Fit<'_>> = asked.indicators.iter().filter_map(|indicator| Fit::of(asked, indicator)).collect();
    let mut findings = Vec::new();
    for (nth, one) in fits.iter().enumerate() {
        let alike = |other: &&Fit<'_>| {
            let (a, b) = (one.indicator, other.indicator);
            a.measure.unit == b.measure.unit && a.frequency == b.frequency && one.seen.period == other.seen.period
        };
        let rest = fits.iter().skip(nth + 1).filter(alike);
        // One that fits several fits none in particular.
        let partners: Vec<&Fit<'_>> = rest.filter(|other| one.belongs_to(other) && other.belongs_to(one)).collect();
        if let [other] = partners.as_slice() {
            findings.push(finding_of(asked, one, other));
        }
    }
    findings
}

fn finding_of(asked: &CheckInput<'_>, one: &Fit<'_>, other: &Fit<'_>) -> Finding {
    let said = |fit: &Fit<'_>| {
        let figure = fit.seen.reading.figure().map(|figure| shown(fit.indicator, figure.value)).unwrap_or_default();
        format!("{figure} for {}", fit.indicator.reference)
    };
    let message = format!(
        "found {} and {} in {}: each is far from its own series and fits the other's",
        said(one),
        said(other),
        month_words(one.seen.period)
    );
    let hint = "check whether the labels of the two rows, or their figures, were exchanged";
    let finding = about(asked, Code::Exchanged, one.seen, message, hint);
    in_month(asked, one.indicator, finding, one.seen.period)
}
