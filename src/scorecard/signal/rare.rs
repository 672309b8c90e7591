//! Things that seldom happen.

/// Whether so many at once is more than chance gives where the mean is this:
/// beyond the upper limit of three sigma, exactly (Poisson).
pub fn is_many(count: u32, mean: f64) -> bool {
    // The chance of fewer, by multiplication from that of none.
    let mut chance = (-mean).exp();
    let mut fewer = 0.0;
    for k in 0..count {
        fewer += chance;
        chance *= mean / f64::from(k + 1);
    }
    1.0 - fewer < 0.00135
}
