//! Figures far off all others: no limits rest on them.
//!
//! One month at 120 among 23 around 40 lifts the mean above most of the others, and the
//! months after it are then "below average" without anything having changed. Such points
//! are left out of the limits and held against them, as is done where limits are first
//! set up (Montgomery, *Introduction to Statistical Quality Control*).

use super::drift::are_many;
use crate::scorecard::signal::Signal;

/// Three sigma as a multiple of the median moving range, which no few moves widen
/// (Wheeler, *Understanding Variation*).
const THREE_SIGMA: f64 = 3.145;

/// Which of the points of the last group lie twice as far off the middle one as three
/// sigma reach. None where they are many, which are no exceptions, or where most never
/// move.
pub(super) fn apart(signal: &Signal, values: &[f64]) -> Vec<usize> {
    let Some(group) = signal.facts.last().map(|fact| fact.group) else { return Vec::new() };
    let start = signal.facts.iter().take_while(|fact| fact.group != group).count();
    let values = &values[start..];
    let ranges: Vec<f64> = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    let (centre, range) = (middle(values), middle(&ranges));
    let is_far = |at: &usize| range > 0.0 && (values[*at] - centre).abs() > 2.0 * THREE_SIGMA * range;
    let far: Vec<usize> = (0..values.len()).filter(is_far).collect();
    if are_many(far.len(), values.len()) { Vec::new() } else { far.into_iter().map(|at| start + at).collect() }
}

fn middle(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let (low, high) = (sorted.len().saturating_sub(1) / 2, sorted.len() / 2);
    sorted.get(low).zip(sorted.get(high)).map_or(f64::NAN, |(low, high)| f64::midpoint(*low, *high))
}
