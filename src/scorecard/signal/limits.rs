//! Mean, moving range and process limits of one group.

/// 2.66, and not 3 / 1.128 = 2.6596: the constant of the published method.
const FACTOR: f64 = 2.66;

/// Moving ranges of this many times their mean or more are screened out, once.
pub(super) const SCREEN: f64 = 3.267;

/// Mean and limits. ControlLimits are not clipped to what is possible: a chart clips
/// them when it draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ControlLimits {
    /// The mean, never screened.
    pub mean: f64,
    /// Lower process limit; not a number where no moving range was kept.
    pub lower: f64,
    /// Upper process limit; not a number where no moving range was kept.
    pub upper: f64,
    /// Two thirds of the way to the lower limit.
    pub near_lower: f64,
    /// Two thirds of the way to the upper limit.
    pub near_upper: f64,
}

impl ControlLimits {
    /// Of some points, of those that limits rest on.
    pub(super) fn of(points: &[f64], rests: &[bool], screening: bool) -> Self {
        let mean = mean(&resting(points, rests));
        let ranges: Vec<f64> = neighbours(rests).map(|i| (points[i] - points[i - 1]).abs()).collect();
        let all = self::mean(&ranges);
        let kept: Vec<f64> =
            if screening { ranges.into_iter().filter(|range| *range < SCREEN * all).collect() } else { ranges };
        let range = self::mean(&kept);
        let (three, two) = (FACTOR * range, (2.0 * (FACTOR / 3.0)) * range);
        Self { mean, lower: mean - three, upper: mean + three, near_lower: mean - two, near_upper: mean + two }
    }

    /// Limits so far on both sides of a mean.
    pub(super) fn around(mean: f64, three: f64) -> Self {
        let two = 2.0 * three / 3.0;
        Self { mean, lower: mean - three, upper: mean + three, near_lower: mean - two, near_upper: mean + two }
    }

    /// Limits that are known as such, without a two-thirds line.
    pub(super) fn between(lower: f64, mean: f64, upper: f64) -> Self {
        Self { mean, lower, upper, near_lower: lower, near_upper: upper }
    }

    /// Whether there are limits at all: a series that never moved has none.
    pub fn are_known(&self) -> bool {
        self.upper.is_finite()
    }
}

/// Those of some points that limits rest on.
pub(super) fn resting<T: Copy>(points: &[T], rests: &[bool]) -> Vec<T> {
    points.iter().zip(rests).filter(|(_, rests)| **rests).map(|(point, _)| *point).collect()
}

/// Each point that limits rest on, as on the one before it.
pub(super) fn neighbours(rests: &[bool]) -> impl Iterator<Item = usize> {
    (1..rests.len()).filter(|i| rests[*i] && rests[*i - 1])
}

/// The arithmetic mean, as near as a double can be: an exact sum divided once,
/// then mended by the exact sum of what is left over. A plain sum can be one
/// digit off and invent a shift where every point lies on the mean.
pub fn mean(values: &[f64]) -> f64 {
    let count = count(values);
    let first = exact_sum(values.iter().copied()) / count;
    first + exact_sum(values.iter().copied().chain(values.iter().map(|_| -first))) / count
}

/// How many, as a double.
pub(super) fn count(values: &[f64]) -> f64 {
    // No series is longer than a double counts exactly.
    u32::try_from(values.len()).map_or(f64::NAN, f64::from)
}

/// The sum without rounding on the way (Shewchuk's partials), rounded once.
pub(super) fn exact_sum(values: impl Iterator<Item = f64>) -> f64 {
    let mut partials: Vec<f64> = Vec::with_capacity(8);
    for value in values {
        let (mut rest, mut kept) = (value, 0);
        for at in 0..partials.len() {
            let partial = partials[at];
            let (large, small) = if rest.abs() < partial.abs() { (partial, rest) } else { (rest, partial) };
            let sum = large + small;
            let error = small - (sum - large);
            if error != 0.0 {
                partials[kept] = error;
                kept += 1;
            }
            rest = sum;
        }
        partials.truncate(kept);
        partials.push(rest);
    }
    // Partials do not overlap and grow: summing from the largest loses nothing
    // that the last rounding would not.
    partials.iter().rev().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_that_is_a_data_value_is_that_value() {
        let values = [84.6, 85.1, 85.6, 84.6, 85.6, 85.1];
        assert!((mean(&values) - 85.1).abs() == 0.0);
        assert!((exact_sum([1e16, 1.0, -1e16].into_iter()) - 1.0).abs() == 0.0);
    }

    #[test]
    fn a_series_that_never_moved_has_no_limits() {
        assert!(!ControlLimits::of(&[5.0; 20], &[true; 20], true).are_known());
        assert!(ControlLimits::of(&[5.0; 20], &[true; 20], false).are_known());
        assert!(!ControlLimits::of(&[5.0], &[true], false).are_known());
    }

    #[test]
    fn no_limits_rest_on_a_point_that_is_left_out() {
        let points = [4.0, 6.0, 90.0, 5.0, 7.0];
        let limits = ControlLimits::of(&points, &[true, true, false, true, true], false);
        assert!((limits.mean - 5.5).abs() < 1e-9 && (limits.upper - 5.5 - 2.0 * FACTOR).abs() < 1e-9, "{limits:?}");
    }
}
