//! Counts that are zero in half their months: no limits are known, and only many at
//! once would tell.

use rust_decimal::prelude::ToPrimitive;

use super::{Judgement, Method, SignalVerdict, Silence, few};
use crate::domain::measure::double;
use crate::domain::{Figure, Indicator, Period, Unit};
use crate::scorecard::signal::{self, Better, SignalRule, Variation};

/// What is said of a count that is zero in half its months; none of any other.
pub(super) fn seldom(indicator: &Indicator, since: &[(Period, Figure)], better: Better) -> Option<Judgement> {
    let months = since.iter().filter(|(_, figure)| !figure.value.is_zero()).count();
    if indicator.measure.unit != Unit::Count || months * 2 > since.len() {
        return None;
    }
    let (_, newest) = since.last()?;
    Some(if is_many(since, newest) {
        // What seldom happens happened often at once: the one thing that tells.
        let (variation, rule) = (Variation::upwards(better), SignalRule::Above);
        let verdict = SignalVerdict::Seen { variation, rule, outlook: None };
        Judgement { method: Some(Method::Rare), verdict, ..Judgement::silent(Silence::Off) }
    } else {
        Judgement::silent(Silence::OftenZero {
            times: since.iter().map(|(_, figure)| figure.value).sum(),
            months,
            figures: since.len(),
            last: since.iter().rev().find(|(_, figure)| !figure.value.is_zero()).map(|(period, _)| *period),
        })
    })
}

/// Whether the latest count is more than chance gives, held against those before,
/// and of more than a child or two: the first that ever happened is no signal.
fn is_many(since: &[(Period, Figure)], newest: &Figure) -> bool {
    let before: Vec<f64> = since[..since.len() - 1].iter().map(|(_, figure)| double(figure.value)).collect();
    let mean = signal::mean(&before);
    newest.value.to_u32().is_some_and(|count| !few::is_few(f64::from(count)) && signal::is_many(count, mean))
}
