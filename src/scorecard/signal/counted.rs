//! So many of a few: the p chart with exact binomial limits.
//!
//! With 5 to 19 children a month a moving range says nothing and three sigma
//! reach past 100%. What is asked instead is how often chance alone would give
//! so many of so few. A run on one side of the mean counts only where chance
//! would give it no more often than a coin gives a run of heads: where 19 of
//! 20 children are in time, most months are above the mean.

use std::cmp::Ordering;

use super::limits::ControlLimits;
use super::rules::SignalRule;
use super::{ChartKind, Fact, Options};

/// The chance beyond one limit of three sigma.
const BEYOND: f64 = 0.00135;

/// The chances of 0, 1, … n of n, where each has the chance p.
///
/// By multiplication alone: no machine rounds a logarithm into another figure. It
/// begins at the likeliest number and divides by the sum, so that no chance of
/// very many is too small to begin with.
fn chances(n: u32, p: f64) -> Vec<f64> {
    let likeliest = (0..=n).take_while(|k| f64::from(*k) <= f64::from(n) * p).last().unwrap_or(0);
    let mut all = vec![0.0; n as usize + 1];
    all[likeliest as usize] = 1.0;
    for k in likeliest..n {
        all[k as usize + 1] = all[k as usize] * (f64::from(n - k) / f64::from(k + 1) * (p / (1.0 - p)));
    }
    for k in (0..likeliest).rev() {
        all[k as usize] = all[k as usize + 1] * (f64::from(k + 1) / f64::from(n - k) * ((1.0 - p) / p));
    }
    let sum: f64 = all.iter().sum();
    all.iter().map(|chance| chance / sum).collect()
}

/// The fewest and the most of n that chance still gives.
fn ordinary(n: u32, p: f64) -> (u32, u32) {
    let chances = chances(n, p);
    let within = |chances: &mut dyn Iterator<Item = &f64>| {
        let mut tail = 0.0;
        let beyond = chances.take_while(|chance| {
            tail += **chance;
            tail < BEYOND
        });
        u32::try_from(beyond.count()).unwrap_or(n).min(n)
    };
    (within(&mut chances.iter()), n - within(&mut chances.iter().rev()))
}

/// Whether any number of so many would be beyond what chance gives.
pub fn can_tell(n: u32, p: f64) -> bool {
    ordinary(n, p) != (0, n)
}

/// So many of so many.
pub type CountedPart = (u32, u32);

/// The share of all that were counted in a group.
pub(super) fn share(points: &[CountedPart]) -> f64 {
    let sum = |part: fn(&CountedPart) -> u32| points.iter().map(|point| f64::from(part(point))).sum::<f64>();
    sum(|point| point.0) / sum(|point| point.1)
}

/// The facts of one group's points; `base` of them give the mean.
pub(super) fn facts(points: &[CountedPart], base: usize, group: usize, options: &Options) -> Vec<Fact> {
    let p = share(&points[..base]);
    let (counted, all) =
        points[..base].iter().fold((0u64, 0u64), |(x, n), point| (x + u64::from(point.0), n + u64::from(point.1)));
    // Whole numbers, so that a month on the mean is on it.
    let side = |(x, n): &CountedPart| match (u64::from(*x) * all).cmp(&(u64::from(*n) * counted)) {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    };
    let sides: Vec<i8> = points.iter().map(side).collect();
    let shift = shift(points, &sides, p, options.profile.run);
    let percent = |x: u32, n: u32| 100.0 * f64::from(x) / f64::from(n.max(1));
    points
        .iter()
        .enumerate()
        .map(|(i, &(x, n))| {
            let (low, high) = ordinary(n, p);
            let (run, above) = (options.profile.run, sides[i] > 0);
            let rule = match (x > high, x < low, shift[i]) {
                (true, ..) => SignalRule::Above,
                (_, true, _) => SignalRule::Below,
                (_, _, true) if above => SignalRule::ShiftAbove(run),
                (_, _, true) => SignalRule::ShiftBelow(run),
                _ => SignalRule::None,
            };
            let limits = ControlLimits::between(percent(low, n), 100.0 * p, percent(high, n));
            let kind = ChartKind::of(rule.way(), options.better);
            Fact { group, limits: Some(limits), outside: x > high || x < low, side: sides[i], near: false, rule, kind }
        })
        .collect()
}

/// Runs on one side that chance gives no more often than a coin.
fn shift(points: &[CountedPart], sides: &[i8], p: f64, run: usize) -> Vec<bool> {
    let chance = |i: usize| -> f64 {
        let n = points[i].1;
        let mean = f64::from(n) * p;
        let on_side = |k: usize| {
            let off = f64::from(u32::try_from(k).unwrap_or(n)) - mean;
            // A hair's breadth off a whole number is on it.
            off * f64::from(sides[i]) > 1e-9
        };
        chances(n, p).iter().enumerate().filter(|(k, _)| on_side(*k)).map(|(_, chance)| chance).sum()
    };
    let coin = (0..run).fold(1.0, |chance, _| chance / 2.0);
    let mut shift = vec![false; points.len()];
    let (mut start, mut rare) = (0, 1.0);
    for i in 0..points.len() {
        if i == 0 || sides[i] != sides[i - 1] {
            (start, rare) = (i, 1.0);
        }
        rare *= chance(i);
        if sides[i] != 0 && i + 1 - start >= run && rare <= coin * (1.0 + 1e-9) {
            shift[start..=i].fill(true);
        }
    }
    shift
}

/// The range that a share of a few is likely to lie in (Wilson, 95 in 100),
/// in percent.
pub fn wilson((x, n): CountedPart) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    let (x, n) = (f64::from(x), f64::from(n));
    let z2 = Z * Z;
    let half = Z * (z2 + 4.0 * x * (1.0 - x / n)).sqrt();
    let end = |sign: f64| 100.0 * (2.0 * x + z2 + sign * half) / (2.0 * (n + z2));
    (end(-1.0).max(0.0), end(1.0).min(100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_those_of_the_binomial() {
        for (n, p, k, expected) in [(10, 0.5, 5, 0.246_093_75), (4, 0.9, 4, 0.6561), (3, 0.0, 0, 1.0), (3, 1.0, 3, 1.0)]
        {
            assert!((chances(n, p)[k] - expected).abs() < 1e-12, "{n} {p} {k}");
        }
        // 0.5 to the power of 2,000 is no number that a machine holds.
        assert!((chances(2000, 0.5)[1000] - 0.017_838_9).abs() < 1e-6);
    }

    #[test]
    fn limits_lie_where_chance_ends() {
        // Of 10 at one half, 0 has the chance 1/1024 and 1 brings it to 11/1024.
        assert_eq!(ordinary(10, 0.5), (1, 9));
        assert_eq!(ordinary(9, 0.5), (0, 9));
        assert!(can_tell(10, 0.5) && !can_tell(9, 0.5));
        assert_eq!(ordinary(8, 0.95), (5, 8));
        assert_eq!(ordinary(5, 1.0), (5, 5));
    }

    #[test]
    fn the_wilson_interval_is_the_published_one() {
        for (part, low, high) in [((1, 2), 9.45, 90.55), ((10, 10), 72.25, 100.0), ((81, 263), 25.53, 36.62)] {
            let (a, b) = wilson(part);
            assert!((a - low).abs() < 0.005 && (b - high).abs() < 0.005, "{part:?}: {a} {b}");
        }
    }

    #[test]
    fn a_run_that_chance_often_gives_is_no_shift() {
        let sides = [1; 7];
        assert_eq!(shift(&[(8, 8); 7], &sides, 0.95, 7), [false; 7]);
        assert_eq!(shift(&[(6, 9); 7], &sides, 0.5, 7), [true; 7]);
        assert_eq!(shift(&[(6, 9); 6], &sides[..6], 0.5, 7), [false; 6]);
    }
}
