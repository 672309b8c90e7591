//! The chart that suits the numbers.

use super::{Figures, Method, middle_size, part};
use crate::domain::measure::double;
use crate::domain::{Indicator, Unit};
use crate::scorecard::signal::{self, ControlLimits, CountedPart, Options, Signal};

/// The chart that suits the numbers; none of a share of a few whose counts are
/// not known and whole.
pub(super) fn charted(
    indicator: &Indicator,
    figures: &Figures,
    values: &[f64],
    options: &Options,
) -> Option<(Method, Signal)> {
    let is_share = indicator.measure.unit == Unit::Percent;
    let counted = || figures.iter().map(|(_, figure)| part(figure)).collect::<Option<Vec<CountedPart>>>();
    let parts = is_share.then(counted).flatten();
    if is_share && middle_size(figures).is_some_and(|size| size < 20.0) {
        return parts.map(|parts| (Method::P, signal::counted(&parts, options)));
    }
    let sizes: Option<Vec<f64>> = figures.iter().map(|(_, figure)| figure.denominator.map(double)).collect();
    let (method, signal) = match sizes {
        Some(sizes) if differ(&sizes) => (Method::IPrime, signal::weighted(values, &sizes, options)),
        _ => (Method::Xmr, signal::signal(values, options)),
    };
    // Month ends share most of their children, so that their spread is less than that of chance.
    // A series that never moves has limits of no width, and those are not held against chance.
    let limits = signal.facts.last().and_then(|fact| fact.limits).filter(|limits| limits.upper > limits.lower);
    match (parts, limits) {
        (Some(parts), Some(limits)) if is_narrower(limits, *parts.last()?) => {
            Some((Method::P, signal::counted(&parts, options)))
        }
        _ => Some((method, signal)),
    }
}

/// Whether limits lie nearer to each other than three sigma of chance among so many on either side.
fn is_narrower(limits: ControlLimits, (_, all): CountedPart) -> bool {
    let share = (limits.mean / 100.0).clamp(0.0, 1.0);
    limits.upper - limits.lower < 600.0 * (share * (1.0 - share) / f64::from(all)).sqrt()
}

/// Whether the largest size is twice the smallest, or more.
fn differ(sizes: &[f64]) -> bool {
    let (low, high) = sizes.iter().fold((f64::MAX, 0.0_f64), |(low, high), size| (low.min(*size), high.max(*size)));
    low > 0.0 && high >= 2.0 * low
}
