//! A story told by its turning points.
//!
//! A line is a whole number for each month. The months that matter are
//! written down and come out exactly; the months between are drawn straight
//! from one to the next with a little unrest, because real months are never
//! smooth. The unrest is worked from the line's own name, so it never changes.

use crate::months::{COUNT, Month};

/// A whole number for each month.
pub(crate) type Line = Vec<i32>;

/// Draws a line through its turning points, each a month such as 202610 and a
/// value. Before the first and after the last it stays level.
pub(crate) fn line(name: &str, unrest: i32, turns: &[(usize, i32)]) -> Line {
    Month::all()
        .map(|month| {
            let after = turns.iter().position(|&(at, _)| Month::at(at) >= month);
            let (before, after) = match after {
                Some(0) => (turns[0], turns[0]),
                Some(next) => (turns[next - 1], turns[next]),
                None => (turns[turns.len() - 1], turns[turns.len() - 1]),
            };
            if Month::at(after.0) == month {
                return after.1;
            }
            between(before, after, month) + wobble(name, month, unrest)
        })
        .collect()
}

/// A line with the shape of a year on it: percent of the usual for each month
/// from January to December. The turning points themselves stay exact.
pub(crate) fn seasonal(name: &str, unrest: i32, year: [i32; 12], turns: &[(usize, i32)]) -> Line {
    let plain = line(name, unrest, turns);
    Month::all()
        .map(|month| {
            let value = plain[month.index()];
            let told = turns.iter().any(|&(at, _)| Month::at(at) == month);
            if told { value } else { (value * year[month.number() - 1] + 50) / 100 }
        })
        .collect()
}

/// Works one line from another, month by month.
pub(crate) fn of(line: &[i32], work: impl Fn(i32) -> i32) -> Line {
    line.iter().map(|&value| work(value)).collect()
}

/// The sum of the last twelve months; the first eleven months borrow the
/// average of what there is, as a first year's return has to.
pub(crate) fn last_twelve(line: &[i32]) -> Line {
    (0..COUNT)
        .map(|at| {
            let window = &line[at.saturating_sub(11)..=at];
            let months = i32::try_from(window.len()).unwrap_or(12);
            window.iter().sum::<i32>() * 12 / months
        })
        .collect()
}

fn between((from, a): (usize, i32), (to, b): (usize, i32), at: Month) -> i32 {
    let (from, to) = (Month::at(from).index(), Month::at(to).index());
    if from == to {
        return a;
    }
    let steps = |n: usize| i32::try_from(n).unwrap_or(0);
    a + (b - a) * steps(at.index() - from) / steps(to - from)
}

/// A number from -unrest to +unrest that depends on nothing but its name and
/// its month: FNV-1a over both, then one round of mixing.
fn wobble(name: &str, month: Month, unrest: i32) -> i32 {
    let mut hash: u32 = 0x811c_9dc5;
    for byte in name.bytes().chain(month.last_day().bytes()) {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
    hash ^= hash >> 12;
    let span = unrest.unsigned_abs() * 2 + 1;
    i32::try_from(hash % span).unwrap_or(0) - unrest
}
