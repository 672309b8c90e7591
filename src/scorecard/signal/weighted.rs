//! Individuals whose denominators differ: the I-prime chart (Taylor, 2018).
//!
//! A month of 200 children moves less by chance than a month of 40, so each
//! month has limits of its own: the same moving range, weighed by the months'
//! sizes. Where all sizes are one, it is the XmR chart.

use std::f64::consts::PI;

use super::limits::{ControlLimits, SCREEN, count, exact_sum, mean, neighbours, resting};

/// The limits of each point of a group.
pub(super) fn limits(values: &[f64], sizes: &[f64], rests: &[bool], screening: bool) -> Vec<ControlLimits> {
    let (kept, of) = (resting(values, rests), resting(sizes, rests));
    let centre = exact_sum(kept.iter().zip(&of).map(|(value, size)| value * size)) / exact_sum(of.iter().copied());
    let spreads: Vec<f64> = neighbours(rests)
        .map(|i| {
            let apart = (1.0 / sizes[i] + 1.0 / sizes[i - 1]).sqrt();
            (PI / 2.0).sqrt() * (values[i] - values[i - 1]).abs() / apart
        })
        .collect();
    let all = mean(&spreads);
    let kept: Vec<f64> = spreads.into_iter().filter(|spread| !screening || *spread < SCREEN * all).collect();
    let spread = exact_sum(kept.iter().copied()) / count(&kept);
    sizes.iter().map(|size| ControlLimits::around(centre, 3.0 * spread / size.sqrt())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f64; 8] = [80.0, 84.0, 79.0, 85.0, 82.0, 78.0, 83.0, 81.0];

    #[test]
    fn equal_sizes_give_the_limits_of_an_xmr_chart() {
        for limits in limits(&VALUES, &[40.0; 8], &[true; 8], true) {
            let xmr = ControlLimits::of(&VALUES, &[true; 8], true);
            assert!((limits.mean - xmr.mean).abs() < 1e-9);
            // 2.66 is √π × 3/2 = 2.6587 rounded up.
            assert!((limits.upper - limits.mean) / (xmr.upper - xmr.mean) > 0.999);
            assert!((limits.upper - limits.mean) / (xmr.upper - xmr.mean) <= 1.0);
        }
    }

    #[test]
    fn a_month_four_times_as_large_has_limits_half_as_wide() {
        let sizes = [40.0, 160.0, 40.0, 160.0, 40.0, 160.0, 40.0, 160.0];
        let limits = limits(&VALUES, &sizes, &[true; 8], false);
        let width = |i: usize| limits[i].upper - limits[i].mean;
        assert!((width(0) - 2.0 * width(1)).abs() < 1e-9);
    }
}
