//! A series whose limits hold too few of its points: what is usual for it is not
//! to be told from them, and a band around them would mislead.

use crate::scorecard::signal::{Fact, Signal};

/// Whether a series goes one way, or up and down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drift {
    /// One way, upwards where true, in so many figures.
    Steady(bool, usize),
    /// Its level changed, once or more often.
    Wandering,
}

/// Kendall's tau of a series that goes one way: four in five pairs of figures are
/// in its order.
const STEADY: f64 = 0.6;

/// How the figures since the last limits began drift; none where three in four or
/// more of them lie within their limits, as those of a process that does not change do
/// in all but one of a hundred.
pub(super) fn drift(signal: &Signal, values: &[f64]) -> Option<Drift> {
    let latest = signal.facts.last()?;
    // A series that hardly ever moves has limits of no width, and every figure lies outside.
    latest.limits.filter(|limits| limits.upper > limits.lower)?;
    let group = latest.group;
    let since: Vec<(&Fact, f64)> =
        signal.facts.iter().zip(values.iter().copied()).filter(|(fact, _)| fact.group == group).collect();
    let outside = since.iter().filter(|(fact, _)| fact.outside).count();
    if outside * 4 <= since.len() {
        return None;
    }
    let values: Vec<f64> = since.into_iter().map(|(_, value)| value).collect();
    let tau = kendall(&values);
    Some(if tau.abs() >= STEADY { Drift::Steady(tau > 0.0, values.len()) } else { Drift::Wandering })
}

/// Kendall's rank correlation of a series with time: of all pairs, those that rise
/// less those that fall.
fn kendall(values: &[f64]) -> f64 {
    let (mut rises, mut pairs) = (0.0, 0.0);
    for (at, earlier) in values.iter().enumerate() {
        for later in &values[at + 1..] {
            pairs += 1.0;
            rises += match later.total_cmp(earlier) {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Less => -1.0,
                std::cmp::Ordering::Equal => 0.0,
            };
        }
    }
    if pairs > 0.0 { rises / pairs } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_way_is_steady_and_up_and_down_is_not() {
        for (values, tau) in
            [(&[1.0, 2.0, 3.0][..], 1.0), (&[3.0, 2.0, 1.0], -1.0), (&[1.0, 2.0, 1.0], 0.0), (&[1.0], 0.0)]
        {
            assert!((kendall(values) - tau).abs() < 1e-12, "{values:?}");
        }
    }
}
