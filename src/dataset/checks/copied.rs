//! A month that holds an earlier month's figures.

use rust_decimal::Decimal;

use super::{CheckInput, about_file};
use crate::dataset::report::{listed, month_words};
use crate::domain::finding::{Code, Finding};
use crate::domain::indicator::Indicator;
use crate::domain::measure::Unit;
use crate::domain::observation::Figure;
use crate::domain::period::{Frequency, Period};

/// Equal figures that make a copy, at the fewest.
const FEWEST: usize = 3;

/// How seldom so many figures repeat themselves by chance before it is told.
const SELDOM: f64 = 0.002;

/// How many months back a column may have been copied from.
const BACK: i32 = 13;

/// F427. How often each series repeats itself says how likely it is that all
/// do at once.
pub(super) fn check(asked: &CheckInput<'_>) -> Option<Finding> {
    let frequencies = [Frequency::Monthly, Frequency::Quarterly, Frequency::Termly];
    frequencies.into_iter().find_map(|frequency| {
        let due = asked.indicators.iter().filter(|indicator| indicator.frequency == frequency);
        // A figure that was due before is no news of this month.
        let fresh = due.filter(|one| one.latest_due(asked.period) > one.latest_due(asked.period.plus(-1)));
        let fresh: Vec<&Indicator> = fresh.copied().collect();
        (1..=BACK).find_map(|steps| of_earlier(asked, &fresh, steps))
    })
}

/// Whether the latest figures are those of so many steps before.
fn of_earlier(asked: &CheckInput<'_>, indicators: &[&Indicator], steps: i32) -> Option<Finding> {
    let (mut equal, mut differ, mut chance) = (Vec::new(), 0_usize, 1.0);
    let mut month = None;
    for indicator in indicators {
        let latest = indicator.latest_due(asked.period);
        let earlier = (0..steps).fold(latest, |month, _| indicator.frequency.previous(month));
        if indicator.break_between(earlier, latest).is_some() {
            continue;
        }
        let (Some((_, now)), Some((_, then))) = (asked.figure(indicator, latest), asked.figure(indicator, earlier))
        else {
            continue;
        };
        if is_same(&now, &then) {
            equal.push(indicator.reference.to_string());
            chance *= repeats(asked, indicator, &now, latest);
            month = month.max(Some((latest, earlier)));
        } else {
            differ += 1;
            // Most months are seen to be no copy by a few figures.
            if differ * 4 > indicators.len() {
                return None;
            }
        }
    }
    let (latest, earlier) = month?;
    // In as many ways may those that differ be any of all.
    let ways: f64 =
        (0..differ).map(|nth| f64::from(count(equal.len() + differ - nth)) / f64::from(count(nth + 1))).product();
    let is_usual = || is_usual(asked, indicators, &equal, steps);
    let is_copy = equal.len() >= FEWEST && differ * 3 <= equal.len() && chance * ways <= SELDOM && !is_usual();
    is_copy.then(|| finding_of(asked, &equal, differ, (latest, earlier), steps))
}

/// Whether the same figures repeated themselves together before, as where a
/// quarter's are written into each of its months.
fn is_usual(asked: &CheckInput<'_>, indicators: &[&Indicator], equal: &[String], steps: i32) -> bool {
    let repeated = |back: i32| {
        let of = |indicator: &&&Indicator| {
            let latest = indicator.latest_due(asked.period);
            let before = |steps: i32| (0..steps).fold(latest, |month, _| indicator.frequency.previous(month));
            let pair = asked.figure(indicator, before(back)).zip(asked.figure(indicator, before(back + steps)));
            pair.is_some_and(|((_, now), (_, then))| is_same(&now, &then))
        };
        let own = indicators.iter().filter(|indicator| equal.contains(&indicator.reference.to_string()));
        own.filter(of).count() * 4 >= equal.len() * 3
    };
    (1..=12).filter(|back| repeated(*back)).count() > 1
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

fn finding_of(
    asked: &CheckInput<'_>,
    equal: &[String],
    differ: usize,
    (latest, earlier): (Period, Period),
    steps: i32,
) -> Finding {
    let all = if differ == 0 {
        format!("all {} figures", equal.len())
    } else {
        format!("{} of {} figures", equal.len(), equal.len() + differ)
    };
    let before = if steps == 1 { ", the month before" } else { "" };
    let before = if latest.since(earlier) == 1 { before } else { "" };
    let message = format!(
        "{all} of {} are those of {}{before}, to the last digit: {}",
        month_words(latest),
        month_words(earlier),
        listed(equal)
    );
    let hint =
        "if the column was copied to be filled in, fill it in; if the figures are right, say so in the commentary";
    about_file(asked, Code::Copied, message, hint)
}

fn is_same(a: &Figure, b: &Figure) -> bool {
    a.value == b.value && a.numerator == b.numerator && a.denominator == b.denominator
}

/// How likely a series is to repeat itself: as often as it did, and where it is
/// too short to say, seldom for a large figure and every other time for a small.
fn repeats(asked: &CheckInput<'_>, indicator: &Indicator, now: &Figure, latest: Period) -> f64 {
    let size = now.numerator.map_or(now.value, |numerator| numerator.max(now.denominator.unwrap_or_default()));
    // What can get no better stays so.
    let is_full = indicator.measure.unit == Unit::Percent && now.value == Decimal::ONE_HUNDRED;
    let usual = if size.abs() < Decimal::TEN || is_full { 0.5 } else { 0.1 };
    let earlier: Vec<(Period, Figure)> = asked
        .dataset
        .series(&indicator.reference)
        .filter(|seen| seen.period < latest)
        .filter_map(|seen| Some((seen.period, *seen.reading.figure()?)))
        .collect();
    let pairs = earlier.windows(2);
    let (mut same, mut all) = (0_u32, 0_u32);
    for pair in pairs {
        all += 1;
        same += u32::from(is_same(&pair[0].1, &pair[1].1));
    }
    (f64::from(same) + 2.0 * usual) / (f64::from(all) + 2.0)
}
