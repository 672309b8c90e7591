//! What is counted: charts whose limits are those of chance itself, exact.
//!
//! With 5 to 19 children a month a moving range says nothing and three sigma
//! reach past 100%; of a count of 4, three sigma reach below none and not far enough
//! up. What is asked instead is how often chance alone would give so many: of so many
//! children (binomial: the p chart), or of a population that is large beside them
//! (Poisson: the c and u charts).
//! A run on one side of the mean counts only where chance
//! would give it no more often than a coin gives a run of heads: where 19 of
//! 20 children are in time, most months are above the mean.

use std::cmp::Ordering;

use rust_decimal::prelude::ToPrimitive;

use super::limits::{ControlLimits, resting};
use super::rules::SignalRule;
use super::{ChartKind, Fact, Options};

/// The chance beyond one limit of three sigma.
const BEYOND: f64 = 0.00135;

/// A chance of so much less than the greatest adds nothing to a tail.
const NOTHING: f64 = 1e-18;

/// What chance a number has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chance {
    /// So many of n, each with the same chance.
    Binomial,
    /// So many of a population that is large beside them.
    Poisson,
}

/// The chances of numbers in a row; of all others it is nothing.
struct Chances {
    /// The number that the first is of.
    first: u32,
    of: Vec<f64>,
}

impl Chance {
    /// The chances of each number, where n have the share p, or the rate.
    ///
    /// By multiplication alone: no machine rounds a logarithm into another figure. It
    /// begins at the likeliest number and divides by the sum, so that no chance of
    /// very many is too small to begin with.
    fn chances(self, n: u32, p: f64) -> Chances {
        let mean = f64::from(n) * p;
        let likeliest = mean.to_u32().unwrap_or(0);
        // How many times likelier the next number is, and the one before.
        let up = |k: u32| match self {
            Self::Binomial => f64::from(n.saturating_sub(k)) / f64::from(k + 1) * (p / (1.0 - p)),
            Self::Poisson => mean / f64::from(k + 1),
        };
        let down = |k: u32| match self {
            Self::Binomial => f64::from(k) / f64::from(n - k + 1) * ((1.0 - p) / p),
            Self::Poisson => f64::from(k) / mean,
        };
        let walk = |step: &dyn Fn(u32) -> f64, next: fn(u32) -> Option<u32>| {
            let (mut at, mut chance, mut found) = (likeliest, 1.0, Vec::new());
            while let Some(beside) = next(at) {
                chance *= step(at);
                if chance.is_nan() || chance < NOTHING {
                    break;
                }
                found.push(chance);
                at = beside;
            }
            found
        };
        let below = walk(&down, |k| k.checked_sub(1));
        let above = walk(&up, |k| k.checked_add(1));
        let first = likeliest - u32::try_from(below.len()).unwrap_or(likeliest);
        let all: Vec<f64> = below.into_iter().rev().chain([1.0]).chain(above).collect();
        let sum: f64 = all.iter().sum();
        Chances { first, of: all.iter().map(|chance| chance / sum).collect() }
    }

    /// The fewest and the most that chance still gives.
    fn ordinary(self, n: u32, p: f64) -> (u32, u32) {
        let Chances { first, of } = self.chances(n, p);
        let beyond = |chances: &mut dyn Iterator<Item = &f64>| {
            let mut tail = 0.0;
            let beyond = chances.take_while(|chance| {
                tail += **chance;
                tail < BEYOND
            });
            beyond.count()
        };
        let (low, high) = (beyond(&mut of.iter()), of.len() - 1 - beyond(&mut of.iter().rev()));
        let number = |at: usize| first + u32::try_from(at).unwrap_or(0);
        (number(low), number(high))
    }
}

/// Whether any number of so many would be beyond what chance gives.
pub fn can_tell(n: u32, p: f64) -> bool {
    Chance::Binomial.ordinary(n, p) != (0, n)
}

/// Whether chance gives so many of so many, where each has the share p.
pub fn is_ordinary((x, n): CountedPart, p: f64) -> bool {
    let (low, high) = Chance::Binomial.ordinary(n, p);
    (low..=high).contains(&x)
}

/// Whether chance gives so many in so much, where they happen at a rate.
pub fn is_ordinary_event((x, n): CountedPart, rate: f64) -> bool {
    let (low, high) = Chance::Poisson.ordinary(n, rate);
    (low..=high).contains(&x)
}

/// So many of so many.
pub type CountedPart = (u32, u32);

/// The share of all that were counted in a group.
pub fn share(points: &[CountedPart]) -> f64 {
    let sum = |part: fn(&CountedPart) -> u32| points.iter().map(|point| f64::from(part(point))).sum::<f64>();
    sum(|point| point.0) / sum(|point| point.1)
}

/// The facts of one group's points; those that limits rest on give the mean. A share is drawn
/// as so many of `per`.
pub(super) fn facts(
    points: &[CountedPart],
    (rests, group): (&[bool], usize),
    (chance, per): (Chance, f64),
    options: &Options,
) -> Vec<Fact> {
    let base = resting(points, rests);
    let p = share(&base);
    let (counted, all) =
        base.iter().fold((0u64, 0u64), |(x, n), point| (x + u64::from(point.0), n + u64::from(point.1)));
    // Whole numbers, so that a month on the mean is on it.
    let side = |(x, n): &CountedPart| match (u64::from(*x) * all).cmp(&(u64::from(*n) * counted)) {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    };
    let sides: Vec<i8> = points.iter().map(side).collect();
    let shift = shift(points, &sides, (chance, p), options.profile.run);
    let drawn = |x: u32, n: u32| per * f64::from(x) / f64::from(n.max(1));
    points
        .iter()
        .enumerate()
        .map(|(i, &(x, n))| {
            let (low, high) = chance.ordinary(n, p);
            let (run, above) = (options.profile.run, sides[i] > 0);
            let rule = match (x > high, x < low, shift[i]) {
                (true, ..) => SignalRule::Above,
                (_, true, _) => SignalRule::Below,
                (_, _, true) if above => SignalRule::ShiftAbove(run),
                (_, _, true) => SignalRule::ShiftBelow(run),
                _ => SignalRule::None,
            };
            let limits = ControlLimits::between(drawn(low, n), per * p, drawn(high, n));
            let kind = ChartKind::of(rule.way(), options.better);
            Fact { group, limits: Some(limits), outside: x > high || x < low, side: sides[i], near: false, rule, kind }
        })
        .collect()
}

/// Runs on one side that chance gives no more often than a coin.
fn shift(points: &[CountedPart], sides: &[i8], (of, p): (Chance, f64), run: usize) -> Vec<bool> {
    let chance = |i: usize| -> f64 {
        let n = points[i].1;
        let mean = f64::from(n) * p;
        // A hair's breadth off a whole number is on it.
        let on_side = |k: u32| (f64::from(k) - mean) * f64::from(sides[i]) > 1e-9;
        let Chances { first, of } = of.chances(n, p);
        (first..).zip(of).filter(|(k, _)| on_side(*k)).map(|(_, chance)| chance).sum()
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

    /// The chance of one number.
    fn chance(of: Chance, n: u32, p: f64, k: u32) -> f64 {
        let Chances { first, of } = of.chances(n, p);
        k.checked_sub(first).and_then(|at| of.get(at as usize).copied()).unwrap_or(0.0)
    }

    #[test]
    fn chances_are_those_of_the_binomial() {
        for (n, p, k, expected) in [(10, 0.5, 5, 0.246_093_75), (4, 0.9, 4, 0.6561), (3, 0.0, 0, 1.0), (3, 1.0, 3, 1.0)]
        {
            assert!((chance(Chance::Binomial, n, p, k) - expected).abs() < 1e-12, "{n} {p} {k}");
        }
        // 0.5 to the power of 2,000 is no number that a machine holds.
        assert!((chance(Chance::Binomial, 2000, 0.5, 1000) - 0.017_838_9).abs() < 1e-6);
    }

    #[test]
    fn chances_are_those_of_poisson() {
        for (mean, k, expected) in [(2.0, 0, 0.135_335_283), (2.0, 3, 0.180_447_044), (0.0, 0, 1.0), (0.0, 1, 0.0)] {
            assert!((chance(Chance::Poisson, 1, mean, k) - expected).abs() < 1e-9, "{mean} {k}");
        }
        assert!((chance(Chance::Poisson, 1, 4000.0, 4000) - 0.006_307_7).abs() < 1e-7);
    }

    #[test]
    fn limits_lie_where_chance_ends() {
        let ordinary = |n, p| Chance::Binomial.ordinary(n, p);
        // Of 10 at one half, 0 has the chance 1/1024 and 1 brings it to 11/1024.
        assert_eq!(ordinary(10, 0.5), (1, 9));
        assert_eq!(ordinary(9, 0.5), (0, 9));
        assert!(can_tell(10, 0.5) && !can_tell(9, 0.5));
        assert_eq!(ordinary(8, 0.95), (5, 8));
        assert_eq!(ordinary(5, 1.0), (5, 5));
        // 8 or more have the chance 0.00110 where the mean is 2, and 7 or more 0.00453; none
        // has 0.00150 where it is 6.5, and 0.00123 where it is 6.7.
        for (mean, expected) in [(2.0, (0, 7)), (6.5, (0, 15)), (6.7, (1, 16)), (0.0, (0, 0))] {
            assert_eq!(Chance::Poisson.ordinary(1, mean), expected, "{mean}");
        }
        for (part, expected) in [((9, 10), true), ((10, 10), false), ((1, 10), true), ((0, 10), false)] {
            assert_eq!(is_ordinary(part, 0.5), expected, "{part:?}");
        }
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
        assert_eq!(shift(&[(8, 8); 7], &sides, (Chance::Binomial, 0.95), 7), [false; 7]);
        assert_eq!(shift(&[(6, 9); 7], &sides, (Chance::Binomial, 0.5), 7), [true; 7]);
        assert_eq!(shift(&[(6, 9); 6], &sides[..6], (Chance::Binomial, 0.5), 7), [false; 6]);
    }
}
