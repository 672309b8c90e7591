//! A target that is a range: which way is better depends on the side of it on
//! which a figure lies.

use crate::scorecard::signal::{Assurance, ChartKind, Signal};

/// From the first to the second, both included.
pub(super) type Range = (f64, f64);

/// Says of each special cause beyond the range whether it leads away from it, and
/// of the limits whether they keep within it. One that leads back is higher or lower
/// than usual and not better: outside the range nothing is.
pub(super) fn hold(signal: &mut Signal, values: &[f64], range: Range) {
    for (fact, value) in signal.facts.iter_mut().zip(values) {
        fact.kind = kind(fact.kind, *value, range);
    }
    if let Some(fact) = signal.facts.last() {
        signal.assurance = fact.limits.map(|limits| assurance((limits.lower, limits.upper), range));
    }
}

fn kind(kind: ChartKind, value: f64, (low, high): Range) -> ChartKind {
    match kind {
        ChartKind::NeutralHigh if value > high => ChartKind::Concern,
        ChartKind::NeutralLow if value < low => ChartKind::Concern,
        other => other,
    }
}

/// Strictly, as with any target: an end on a limit is met by chance.
fn assurance((lower, upper): Range, (low, high): Range) -> Assurance {
    if low < lower && upper < high {
        Assurance::Pass
    } else if upper < low || high < lower {
        Assurance::Fail
    } else {
        Assurance::Inconsistent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn away_from_the_range_is_worse_and_back_to_it_is_not_better_yet() {
        for (given, value, expected) in [
            (ChartKind::NeutralHigh, 18.1, ChartKind::Concern),
            (ChartKind::NeutralHigh, 18.0, ChartKind::NeutralHigh),
            (ChartKind::NeutralLow, 18.1, ChartKind::NeutralLow),
            (ChartKind::NeutralLow, 14.0, ChartKind::NeutralLow),
            (ChartKind::NeutralLow, 13.9, ChartKind::Concern),
            (ChartKind::NeutralHigh, 13.9, ChartKind::NeutralHigh),
            (ChartKind::Common, 30.0, ChartKind::Common),
        ] {
            assert_eq!(kind(given, value, (14.0, 18.0)), expected, "{given:?} {value}");
        }
    }

    #[test]
    fn a_range_is_met_reliably_where_both_limits_lie_inside_it() {
        for (limits, expected) in [
            ((14.1, 17.9), Assurance::Pass),
            ((14.0, 17.9), Assurance::Inconsistent),
            ((14.1, 18.0), Assurance::Inconsistent),
            ((18.1, 20.0), Assurance::Fail),
            ((18.0, 20.0), Assurance::Inconsistent),
            ((10.0, 13.9), Assurance::Fail),
            ((10.0, 20.0), Assurance::Inconsistent),
            ((f64::NAN, f64::NAN), Assurance::Inconsistent),
        ] {
            assert_eq!(assurance(limits, (14.0, 18.0)), expected, "{limits:?}");
        }
    }
}
