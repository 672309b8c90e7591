//! The newest figure far from the one before it.

use rust_decimal::Decimal;

use super::{CheckInput, about, shown};
use crate::dataset::report::month_words;
use crate::domain::finding::{Code, Finding};
use crate::domain::indicator::{Basis, Indicator};
use crate::domain::measure::Unit;
use crate::domain::observation::Figure;

/// F424. Nothing is a jump across a month without a figure, across a break,
/// over few people, or from one year's sum to the next.
pub(super) fn check(asked: &CheckInput<'_>, indicator: &Indicator) -> Option<Finding> {
    let limit = indicator.checks.jump_over(indicator.measure.unit == Unit::Percent);
    let share = indicator.checks.jump_share;
    if limit.is_none() && share.is_none() {
        return None;
    }
    let month = indicator.latest_due(asked.period);
    let earlier = indicator.frequency.previous(month);
    let (seen, now) = asked.figure(indicator, month)?;
    let (_, before) = asked.figure(indicator, earlier)?;
    let floor = indicator.checks.jump_floor().max(indicator.min_denominator);
    let is_few = |figure: &Figure| figure.denominator.is_some_and(|denominator| denominator < floor);
    if indicator.basis == Basis::YearToDate
        || indicator.break_between(earlier, month).is_some()
        || is_few(&now)
        || is_few(&before)
    {
        return None;
    }
    // What is printed is what jumps.
    let [now, before] = [now, before].map(|figure| indicator.measure.round(figure.value));
    let gone = (now - before).abs();
    let expected = match (limit, share) {
        (Some(limit), _) => (gone > limit).then(|| {
            let unit = if indicator.measure.unit == Unit::Percent { " points" } else { "" };
            format!("{}{unit}", limit.normalize())
        }),
        // Half of a few is one or two, and a share of nothing is nothing.
        (None, Some(share)) => {
            let is_few = indicator.measure.unit == Unit::Count && now.abs().max(before.abs()) < floor;
            let is_over = gone * Decimal::ONE_HUNDRED > before.abs() * share;
            (is_over && !is_few && !before.is_zero()).then(|| format!("{}% of it", share.normalize()))
        }
        (None, None) => None,
    };
    expected.map(|expected| {
        let message = format!(
            "found {} after {} in {}; expected a change of at most {expected}",
            shown(indicator, now),
            shown(indicator, before),
            month_words(earlier),
        );
        about(asked, Code::Jump, seen, message, "check the figure; if it is right, say why in the commentary")
    })
}
