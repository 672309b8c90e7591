//! Figures that move with the time of year: runs above or below their mean are the
//! season's, and the month to compare with is the same of the year before.

use crate::domain::measure::double;
use crate::domain::{Figure, Indicator, Period};

/// Fewest figures that have one of the year before. Two years of months have 12.
const PAIRS: usize = 12;

/// Correlation with the year before of what moves with the seasons. Twelve pairs of
/// independent figures reach it once in 180 times (Fisher, 1925).
const ALIKE: f64 = 0.7;

/// Shorter times, in months, after which what repeats is no season: no seven figures in
/// a row lie on one side of it.
const SHORTER: [i32; 4] = [2, 3, 4, 6];

/// Whether figures since their limits began move as those of the year before did, what
/// they rose or fell by altogether taken away.
pub(super) fn is_seasonal(indicator: &Indicator, since: &[(Period, Figure)]) -> bool {
    if indicator.frequency.per_year() < 3 {
        return false;
    }
    let values: Vec<f64> = since.iter().map(|(_, figure)| double(figure.value)).collect();
    let level = without_trend(&values);
    let pairs = |months: i32| -> Vec<(f64, f64)> {
        let before = |period: Period| since.iter().position(|(other, _)| *other == period.plus(-months));
        since.iter().zip(&level).filter_map(|((period, _), now)| Some((level[before(*period)?], *now))).collect()
    };
    let years = pairs(12);
    let is_shorter = || SHORTER.iter().any(|months| correlation(&pairs(*months)) >= ALIKE);
    years.len() >= PAIRS && correlation(&years) >= ALIKE && !is_shorter()
}

/// What is left of a series where its line of least squares is taken away: two years
/// of a steady rise are alike too.
fn without_trend(values: &[f64]) -> Vec<f64> {
    let times = || (0u32..).map(f64::from);
    let pairs: Vec<(f64, f64)> = times().zip(values.iter().copied()).collect();
    let (time, _, both) = sums(&pairs);
    let slope = if time > 0.0 { both / time } else { 0.0 };
    pairs.iter().map(|(time, value)| value - slope * time).collect()
}

/// Pearson's; nothing where either never moves.
fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let (one, other, both) = sums(pairs);
    let spread = (one * other).sqrt();
    if spread > 0.0 { both / spread } else { 0.0 }
}

/// Sums of squares about the means, and of products.
fn sums(pairs: &[(f64, f64)]) -> (f64, f64, f64) {
    let count = pairs.iter().fold(0.0, |count, _| count + 1.0);
    let (x, y) = pairs.iter().fold((0.0, 0.0), |(x, y), pair| (x + pair.0 / count, y + pair.1 / count));
    pairs.iter().fold((0.0, 0.0, 0.0), |(one, other, both), pair| {
        let (dx, dy) = (pair.0 - x, pair.1 - y);
        (one + dx * dx, other + dy * dy, both + dx * dy)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlation_is_of_what_moves() {
        for (pairs, expected) in [
            (&[(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)][..], 1.0),
            (&[(1.0, 3.0), (2.0, 2.0), (3.0, 1.0)], -1.0),
            (&[(1.0, 3.0), (1.0, 2.0)], 0.0),
        ] {
            assert!((correlation(pairs) - expected).abs() < 1e-12, "{pairs:?}");
        }
        assert!(without_trend(&[1.0, 3.0, 5.0, 7.0]).iter().all(|left| (left - 1.0).abs() < 1e-12));
    }
}
