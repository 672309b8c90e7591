//! Figures without the numerator or denominator that the rest of their series
//! has.

use super::usual;
use super::{CheckInput, about};
use crate::dataset::report::{listed, month_words};
use crate::domain::finding::{Code, Finding};
use crate::domain::indicator::Indicator;
use crate::domain::measure::Unit;
use crate::domain::observation::{Figure, Observation};

/// F431, once for an indicator: which months lack which part, and what the
/// pages lose by it.
pub(super) fn check(asked: &CheckInput<'_>, indicator: &Indicator) -> Option<Finding> {
    if indicator.measure.unit == Unit::Count {
        return None;
    }
    let whole = |figure: &Figure| figure.numerator.is_some() && figure.denominator.is_some();
    let mut lost: Vec<(&Observation, Figure)> = Vec::new();
    for month in usual::unasked(asked, indicator) {
        let Some((seen, figure)) = asked.figure(indicator, month) else { continue };
        let others = usual::others(asked, indicator, month, |_, figure| Some(whole(figure)));
        let with = others.iter().filter(|whole| **whole).count();
        if !whole(&figure) && with >= usual::ENOUGH.min(others.len()).max(1) && with * 2 > others.len() {
            lost.push((seen, figure));
        }
    }
    let (newest, _) = *lost.last()?;
    let without = |part: fn(&Figure) -> Option<rust_decimal::Decimal>| lost.iter().any(|(_, f)| part(f).is_none());
    let parts = match (without(|figure| figure.numerator), without(|figure| figure.denominator)) {
        (true, true) => "numerator and no denominator",
        (true, false) => "numerator",
        _ => "denominator",
    };
    let months: Vec<String> = lost.iter().map(|(seen, _)| month_words(seen.period)).collect();
    let message = format!(
        "no {parts} for {}, where other months have them: the page cannot say how many of how many, and such months are not in the year to date",
        listed(&months)
    );
    Some(about(asked, Code::PartsLost, newest, message, "type the numerator and the denominator beside the figure"))
}
