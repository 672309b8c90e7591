//! No signal from one child or two: a figure that a child or two brought beyond
//! its limits says something of those, and nothing of a service.

use super::Figures;
use crate::domain::measure::double;
use crate::domain::{Figure, Unit};
use crate::scorecard::signal::{ChartKind, ControlLimits, Fact, SignalRule};

/// Fewest children, or whatever is counted, that a signal rests on.
const FEWEST: f64 = 3.0;

/// A number that is this near to a whole one is that.
const HAIR: f64 = 1e-9;

/// Takes back each special cause that rests on fewer than three: of a point beyond
/// its limits or near them, by how many it is off the centre; of a run, by how many
/// the furthest of it is.
pub(super) fn take_back(facts: &mut [Fact], figures: &Figures, unit: Unit) {
    let off: Vec<Option<f64>> =
        facts.iter().zip(figures).map(|(fact, (_, figure))| off_centre(fact.limits?, figure, unit)).collect();
    let runs: Vec<SignalRule> = facts.iter().map(|fact| fact.rule).collect();
    for (at, fact) in facts.iter_mut().enumerate() {
        let is_alone = matches!(fact.rule, SignalRule::Above | SignalRule::Below);
        // What belongs to one run has one rule.
        let from = runs[..at].iter().rposition(|rule| *rule != fact.rule).map_or(0, |before| before + 1);
        let end = runs[at..].iter().position(|rule| *rule != fact.rule).map_or(runs.len(), |after| at + after);
        let seen = if is_alone { &off[at..=at] } else { &off[from..end] };
        let furthest =
            seen.iter().flatten().fold(None, |most: Option<f64>, off| Some(most.map_or(*off, |most| most.max(*off))));
        if fact.rule != SignalRule::None && furthest.is_some_and(|off| off + HAIR < FEWEST) {
            (fact.rule, fact.kind, fact.outside) = (SignalRule::None, ChartKind::Common, false);
        }
    }
}

/// By how many a figure is off the centre of its limits; none where it counts nothing.
fn off_centre(limits: ControlLimits, figure: &Figure, unit: Unit) -> Option<f64> {
    match unit {
        Unit::Count => Some((double(figure.value) - limits.mean).abs()),
        Unit::Percent => Some((double(figure.value) - limits.mean).abs() * double(figure.denominator?) / 100.0),
        Unit::Rate => {
            let (value, counted) = (double(figure.value), double(figure.numerator?));
            (value > 0.0).then(|| (value - limits.mean).abs() * counted / value)
        }
        _ => None,
    }
}
