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

/// Whether so many outside are too many for limits to say what is usual: more than one
/// in eight, and more than two. Of a process that does not change, one in a hundred lies
/// outside.
pub(super) fn are_many(outside: usize, of: usize) -> bool {
    outside > 2 && outside * 8 > of
}

/// How the figures since the last limits began drift; none where nearly all of them lie
/// within their limits. One way goes what has one in four outside; up and down, what has
/// many outside before those that the latest ends, which are a signal of now.
pub(super) fn drift(signal: &Signal, values: &[f64]) -> Option<Drift> {
    let latest = signal.facts.last()?;
    // A series that hardly ever moves has limits of no width, and every figure lies outside.
    latest.limits.filter(|limits| limits.upper > limits.lower)?;
    let group = latest.group;
    let since: Vec<(&Fact, f64)> =
        signal.facts.iter().zip(values.iter().copied()).filter(|(fact, _)| fact.group == group).collect();
    let outside = since.iter().filter(|(fact, _)| fact.outside).count();
    let now = since.iter().rev().take_while(|(fact, _)| fact.outside).count();
    let (goes, is_over) = (outside * 4 > since.len(), are_many(outside - now, since.len()));
    if !goes && !is_over {
        return None;
    }
    let values: Vec<f64> = since.into_iter().map(|(_, value)| value).collect();
    let tau = kendall(&values);
    Some(if goes && tau.abs() >= STEADY { Drift::Steady(tau > 0.0, values.len()) } else { Drift::Wandering })
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
    fn more_than_one_in_eight_and_more_than_two_are_many() {
        for (outside, of, expected) in
            [(2, 13, false), (3, 13, true), (3, 23, true), (3, 24, false), (4, 24, true), (0, 24, false)]
        {
            assert_eq!(are_many(outside, of), expected, "{outside} of {of}");
        }
    }

    #[test]
    fn one_way_is_steady_and_up_and_down_is_not() {
        for (values, tau) in
            [(&[1.0, 2.0, 3.0][..], 1.0), (&[3.0, 2.0, 1.0], -1.0), (&[1.0, 2.0, 1.0], 0.0), (&[1.0], 0.0)]
        {
            assert!((kendall(values) - tau).abs() < 1e-12, "{values:?}");
        }
    }
}
