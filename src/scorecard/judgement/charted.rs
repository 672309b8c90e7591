//! The chart that suits the numbers.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::drift::drift;
use super::{Figures, Method, NumberKind, apart, middle_size, part};
use crate::domain::measure::double;
use crate::domain::{Figure, Indicator, Unit};
use crate::scorecard::signal::{self, ControlLimits, CountedPart, Options, Signal};

/// The chart that suits the numbers, its limits without what lies apart; none of a
/// share of a few whose counts are not known and whole.
pub(super) fn charted(
    indicator: &Indicator,
    figures: &Figures,
    values: &[f64],
    options: &Options,
) -> Option<(Method, Signal)> {
    let of_all = of_all(indicator, figures, values, options)?;
    let left_out = apart::apart(&of_all.1, values);
    if left_out.is_empty() {
        return Some(of_all);
    }
    self::of_all(indicator, figures, values, &Options { left_out, ..options.clone() })
}

fn of_all(indicator: &Indicator, figures: &Figures, values: &[f64], options: &Options) -> Option<(Method, Signal)> {
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
        (Some(parts), Some(limits)) => {
            let chance = signal::counted(&parts, options);
            let is_narrower = is_narrower(limits, chance.facts.last()?.limits?);
            Some(if is_narrower { (Method::P, chance) } else { (method, signal) })
        }
        _ => Some(by_chance(indicator, figures, (&signal, values), options).unwrap_or((method, signal))),
    }
}

/// Below this mean, also of a stock, a count goes up and down as chance has it. The
/// moves of a larger stock are of those few who come and go.
const SMALL: f64 = 10.0;

/// A count's or a rate's chart of chance itself, where limits of its spread are
/// narrower than Poisson has it. None where the series
/// drifts, which chance does not explain either.
fn by_chance(
    indicator: &Indicator,
    figures: &Figures,
    (spread, values): (&Signal, &[f64]),
    options: &Options,
) -> Option<(Method, Signal)> {
    let (method, per) = match indicator.measure.unit {
        Unit::Count => (Method::C, 1.0),
        Unit::Rate => (Method::U, double(indicator.measure.per)),
        _ => return None,
    };
    let parts: Vec<CountedPart> =
        figures.iter().map(|(_, figure)| exposed(figure, indicator.measure.unit)).collect::<Option<_>>()?;
    let chance = signal::exposed(&parts, per, options);
    let (of_spread, of_chance) = (spread.facts.last()?.limits?, chance.facts.last()?.limits?);
    // The lower one then, too: chance reaches further up than down.
    let is_narrower = of_spread.upper < of_chance.upper;
    let since = signal_group(&chance, &parts);
    let expected = signal::share(since) * f64::from(parts.last()?.1);
    let is_stock = indicator.trend.kind == NumberKind::Stock && expected >= SMALL;
    let drifts = || is_spread_wide(since) && drift(spread, values).is_some();
    (of_spread.upper > of_spread.lower && is_narrower && !is_stock && !drifts()).then_some((method, chance))
}

/// So many of so large a population; a count is of a population of 1.
pub(super) fn exposed(figure: &Figure, unit: Unit) -> Option<CountedPart> {
    let whole = |part: Decimal| part.fract().is_zero().then(|| part.to_u32()).flatten();
    match unit {
        Unit::Count => Some((whole(figure.value)?, 1)),
        _ => Some((whole(figure.numerator?)?, whole(figure.denominator?).filter(|all| *all > 0)?)),
    }
}

/// Those of the last group.
fn signal_group<'p>(signal: &Signal, parts: &'p [CountedPart]) -> &'p [CountedPart] {
    let group = signal.facts.last().map(|fact| fact.group);
    let before = signal.facts.iter().take_while(|fact| Some(fact.group) != group).count();
    &parts[before..]
}

/// Whether figures are spread wider than chance explains: the index of dispersion is
/// three sigma above its mean, which is one less than they are.
fn is_spread_wide(parts: &[CountedPart]) -> bool {
    let share = signal::share(parts);
    let spread: f64 = parts
        .iter()
        .map(|(x, n)| {
            let expected = share * f64::from(*n);
            (f64::from(*x) - expected).powi(2) / expected
        })
        .sum();
    let freedom = parts.iter().skip(1).map(|_| 1.0).sum::<f64>();
    spread > freedom + 3.0 * (2.0 * freedom).sqrt()
}

/// Whether limits of a percentage leave out a number that chance gives: three sigma are
/// even on both sides, and chance near all or none is not.
fn is_narrower(spread: ControlLimits, chance: ControlLimits) -> bool {
    const HAIR: f64 = 1e-9;
    spread.lower > chance.lower + HAIR || spread.upper < chance.upper - HAIR
}

/// Whether the largest size is twice the smallest, or more.
fn differ(sizes: &[f64]) -> bool {
    let (low, high) = sizes.iter().fold((f64::MAX, 0.0_f64), |(low, high), size| (low.min(*size), high.max(*size)));
    low > 0.0 && high >= 2.0 * low
}
