//! No signal from one child or two: a figure that a child or two brought beyond
//! its limits says something of those, and nothing of a service.

use super::Figures;
use crate::domain::measure::double;
use crate::domain::{Figure, Unit};
use crate::scorecard::signal::{ChartKind, Fact, SignalRule};

/// Fewest children, or whatever is counted, that a signal rests on.
const FEWEST: f64 = 3.0;

/// A number that is this near to a whole one is that.
const HAIR: f64 = 1e-9;

/// Takes back each special cause that rests on fewer than three: of a point beyond
/// its limits or near them, by how many it is off the centre; of a run, by how many
/// the furthest of it is.
pub(super) fn take_back(facts: &mut [Fact], figures: &Figures, unit: Unit) {
    let off: Vec<Option<f64>> =
        facts.iter().zip(figures).map(|(fact, (_, figure))| off_centre(fact.limits?.mean, figure, unit)).collect();
    let runs: Vec<SignalRule> = facts.iter().map(|fact| fact.rule).collect();
    for (at, fact) in facts.iter_mut().enumerate() {
        let is_alone = matches!(fact.rule, SignalRule::Above | SignalRule::Below);
        // What belongs to one run has one rule.
        let from = runs[..at].iter().rposition(|rule| *rule != fact.rule).map_or(0, |before| before + 1);
        let end = runs[at..].iter().position(|rule| *rule != fact.rule).map_or(runs.len(), |after| at + after);
        let seen = if is_alone { &off[at..=at] } else { &off[from..end] };
        let furthest =
            seen.iter().flatten().fold(None, |most: Option<f64>, off| Some(most.map_or(*off, |most| most.max(*off))));
        if fact.rule != SignalRule::None && furthest.is_some_and(is_few) {
            (fact.rule, fact.kind, fact.outside) = (SignalRule::None, ChartKind::Common, false);
        }
    }
}

/// Whether so many are fewer than a signal rests on.
pub(super) fn is_few(children: f64) -> bool {
    children + HAIR < FEWEST
}

/// By how many a figure is off a centre; none where it counts nothing.
pub(super) fn off_centre(centre: f64, figure: &Figure, unit: Unit) -> Option<f64> {
    match unit {
        Unit::Count => Some((double(figure.value) - centre).abs()),
        Unit::Percent => Some((double(figure.value) - centre).abs() * double(figure.denominator?) / 100.0),
        Unit::Rate => {
            let (value, counted) = (double(figure.value), double(figure.numerator?));
            (value > 0.0).then(|| (value - centre).abs() * counted / value)
        }
        _ => None,
    }
}
