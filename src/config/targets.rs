//! `[[….targets]]`: what is aimed for from a month on, and by which rule a miss
//! is rated.
//!
//! What can be wrong with a target by itself is reported here, before any figure
//! is read: an amber on the wrong side of green, a target that no figure or
//! every figure would meet.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::fault::Faults;
use super::files::INDICATORS;
use super::reader::TableReader;
use super::suggest;
use crate::domain::indicator::Polarity;
use crate::domain::target::{Goal, Maximum, Rule, Target, TargetSource};
use crate::domain::{Indicator, IndicatorRef, Period, Register, Unit};

/// A rule's name in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Name {
    Points,
    Percent,
    Absolute,
    Floor,
    Zero,
    Improved,
    Range,
}

/// Which way is better, and in which unit: what a target must suit.
#[derive(Debug, Clone, Copy)]
struct Suits {
    polarity: Option<Polarity>,
    unit: Option<Unit>,
    /// Whether figures may be below zero.
    signed: bool,
}

/// The targets of an indicator or of a segment of one, oldest first.
pub(super) fn targets(
    entry: &mut TableReader<'_>,
    polarity: Option<Polarity>,
    unit: Option<Unit>,
    signed: bool,
) -> Vec<Target> {
    let suits = Suits { polarity, unit, signed };
    let mut targets: Vec<Target> = Vec::new();
    for mut table in entry.tables("targets") {
        let target = target(&mut table, suits);
        table.finish();
        let Some(target) = target else { continue };
        if targets.iter().any(|other| other.from == target.from) {
            entry.fault("targets", format!("two targets begin in {}", target.from), "one month has one target");
        }
        targets.push(target);
    }
    if polarity == Some(Polarity::None) && !targets.is_empty() {
        entry.fault("targets", "an indicator with better = \"none\" is context and has no target", "");
    }
    targets.sort_by_key(|target| target.from);
    targets
}

fn target(table: &mut TableReader<'_>, suits: Suits) -> Option<Target> {
    let from: Option<Period> = table.wanted("from", "the first month the target holds for, such as 2026-04");
    let name: Option<Name> = if table.has("rule") { table.optional("rule") } else { Some(Name::Points) };
    // A rule that cannot be read asks for no keys, so none can be called unknown.
    let goal_and_rule = match name {
        Some(name) => goal_and_rule(table, name, suits),
        None => {
            for key in ["value", "range", "tolerance", "green", "amber", "floor", "maximum", "limit"] {
                table.skip(key);
            }
            None
        }
    };
    let maximum = if name == Some(Name::Range) { maximum(table) } else { None };
    let source: Option<TargetSource> = table.required("source", "statutory, national or local");
    let duty = table.or("duty", String::new()).into();
    let because = table.or("because", String::new()).into();
    let (goal, rule) = goal_and_rule?;
    if source == Some(TargetSource::Statutory) {
        of_everyone(table, goal, suits);
    }
    Some(Target { from: from?, goal, rule, maximum, source: source?, duty, because })
}

/// The law asks for a thing in each case. Who holds that some of them are enough has set
/// that number, and a page that called it statutory would be wrong about the law.
fn of_everyone(table: &TableReader<'_>, goal: Goal, suits: Suits) {
    let all = match suits.polarity {
        Some(Polarity::Higher) => Decimal::ONE_HUNDRED,
        Some(Polarity::Lower) => Decimal::ZERO,
        _ => return,
    };
    if suits.unit == Some(Unit::Percent) && !suits.signed && goal != Goal::Value(all) {
        table.fault(
            "source",
            format!("\"statutory\" is said of a number other than {all}, and the law asks for a thing in every case"),
            "say who set the number (source = \"local\" or \"national\"), and what the law asks for in duty = \"the 45 days are statutory guidance\"",
        );
    }
}

/// What is aimed for and what is forgiven, from the keys that belong to a rule.
fn goal_and_rule(table: &mut TableReader<'_>, name: Name, suits: Suits) -> Option<(Goal, Rule)> {
    if name == Name::Absolute {
        let green = level(table, "green", suits, "where green begins, such as green = 85");
        let amber = level(table, "amber", suits, "where amber begins, such as amber = 80");
        let (green, amber) = (green?, amber?);
        possible(table, "green", green, suits);
        in_order(table, "amber", green, amber, suits);
        return Some((green, Rule::Absolute(amber)));
    }
    let goal = goal(table, suits);
    let rule = match name {
        Name::Points | Name::Range => Some(Rule::Points(tolerance(table, "in the indicator's unit; may be 0"))),
        Name::Percent => Some(Rule::Percent(tolerance(table, "in percent of the target"))),
        Name::Improved => Some(Rule::Improved(tolerance(table, "in percent of the target"))),
        Name::Floor => floor(table, goal, suits),
        Name::Zero => Some(Rule::Zero),
        Name::Absolute => None,
    };
    if name == Name::Range && suits.polarity.is_some_and(|polarity| polarity != Polarity::Range) {
        table.fault("rule", "\"range\" belongs to better = \"range\"", "");
    }
    let goal = goal?;
    possible(table, if matches!(goal, Goal::Value(_)) { "value" } else { "range" }, goal, suits);
    Some((goal, rule?))
}

fn tolerance(table: &mut TableReader<'_>, hint: &str) -> Decimal {
    table.needs("tolerance", &format!("how far off is still forgiven, {hint}"));
    table.not_negative("tolerance").unwrap_or_default()
}

fn floor(table: &mut TableReader<'_>, goal: Option<Goal>, suits: Suits) -> Option<Rule> {
    table.needs("floor", "the standard that must not be missed, such as floor = 80");
    let floor = table.decimal("floor")?;
    match goal {
        Some(goal @ Goal::Value(_)) => in_order(table, "floor", goal, Goal::Value(floor), suits),
        Some(Goal::Range(..)) => {
            table.fault("floor", "a range has no floor", "write rule = \"absolute\" with green and amber");
        }
        None => {}
    }
    Some(Rule::Floor(floor))
}

/// A number, or the two ends of a range, as the polarity asks for.
fn level(table: &mut TableReader<'_>, key: &'static str, suits: Suits, hint: &str) -> Option<Goal> {
    table.needs(key, hint);
    if suits.polarity == Some(Polarity::Range) { ends(table, key) } else { table.decimal(key).map(Goal::Value) }
}

/// The two ends of a range, the smaller first.
fn ends(table: &mut TableReader<'_>, key: &'static str) -> Option<Goal> {
    let (low, high) = table.pair(key)?;
    if low > high {
        table.fault(key, "its first number is greater than its second", format!("write {key} = [15, 18]"));
        return None;
    }
    Some(Goal::Range(low, high))
}

fn goal(table: &mut TableReader<'_>, suits: Suits) -> Option<Goal> {
    let has_both = table.has("value") && table.has("range");
    let has_neither = !table.has("value") && !table.has("range");
    let value = table.decimal("value").map(Goal::Value);
    let range = ends(table, "range");
    if has_both || has_neither {
        table.fault("", "needs either `value` or `range`", "write value = 85, or range = [15, 18]");
        return None;
    }
    let goal = value.or(range)?;
    match (goal, suits.polarity) {
        (Goal::Value(_), Some(Polarity::Range)) => {
            table.fault("value", "better = \"range\" needs a range", "write range = [15, 18]");
        }
        (Goal::Range(..), Some(Polarity::Higher | Polarity::Lower)) => {
            table.fault("range", "belongs to better = \"range\"", "write value = 85");
        }
        _ => {}
    }
    Some(goal)
}

/// Amber must be the easier of the two.
fn in_order(table: &TableReader<'_>, key: &str, green: Goal, amber: Goal, suits: Suits) {
    let is_easier = match (green, amber, suits.polarity) {
        (Goal::Value(green), Goal::Value(amber), Some(Polarity::Higher)) => amber <= green,
        (Goal::Value(green), Goal::Value(amber), Some(Polarity::Lower)) => amber >= green,
        (Goal::Range(low, high), Goal::Range(least, most), _) => least <= low && high <= most,
        _ => true,
    };
    if !is_easier {
        let hint = match suits.polarity {
            Some(Polarity::Higher) => "where higher is better it lies below the target",
            Some(Polarity::Lower) => "where lower is better it lies above the target",
            _ => "it reaches beyond the target at both ends",
        };
        table.fault(key, "is harder to meet than the target", hint);
    }
}

/// A target that no figure can meet, or that every figure does, is a slip.
fn possible(table: &TableReader<'_>, key: &str, goal: Goal, suits: Suits) {
    let ends = match goal {
        Goal::Value(value) => [value, value],
        Goal::Range(low, high) => [low, high],
    };
    // A figure with a sign may be anything.
    let Some(unit) = suits.unit.filter(|_| !suits.signed) else { return };
    // Scores and means may run below zero.
    if !matches!(unit, Unit::Score | Unit::Mean) && ends[0] < Decimal::ZERO {
        table.fault(
            key,
            "is below zero, which no figure is",
            "say signed = true of the indicator, if its figures may be",
        );
    } else if unit == Unit::Percent && ends[1] > Decimal::ONE_HUNDRED {
        table.fault(key, "is above 100, which no percentage is", "");
    } else if !matches!(unit, Unit::Score | Unit::Mean)
        && suits.polarity == Some(Polarity::Higher)
        && goal == Goal::Value(Decimal::ZERO)
    {
        table.fault(key, "is 0, which every figure meets", "set a target, or better = \"lower\"");
    } else if unit == Unit::Percent
        && suits.polarity == Some(Polarity::Lower)
        && goal == Goal::Value(Decimal::ONE_HUNDRED)
    {
        table.fault(key, "is 100, which every percentage meets", "set a target, or better = \"higher\"");
    }
}

fn maximum(table: &mut TableReader<'_>) -> Option<Maximum> {
    if table.has("maximum") != table.has("limit") {
        table.fault(
            "maximum",
            "`maximum` and `limit` belong together",
            "write maximum = \"WF01-MAX\" (the indicator that carries the largest) and limit = 25",
        );
    }
    let of: Option<IndicatorRef> = table.optional("maximum");
    let limit = table.decimal("limit");
    Some(Maximum { of: of?, limit: limit? })
}

/// The indicator that carries a mean's maximum must come with the mean.
pub(super) fn check_maximums(register: &Register, faults: &Faults) {
    let known: BTreeMap<&IndicatorRef, &Indicator> = register.iter().collect();
    for indicator in register.values() {
        for (i, target) in indicator.targets.iter().enumerate() {
            let Some(maximum) = &target.maximum else { continue };
            let key = format!("indicators.{}.targets[{i}].maximum", indicator.reference);
            let fault = |message: String, hint: String| faults.add(INDICATORS, &key, message, hint);
            match known.get(&maximum.of) {
                None if faults.is_declared(maximum.of.as_str()) => {}
                None => {
                    let near = suggest::nearest(maximum.of.as_str(), known.keys().map(|reference| reference.as_str()));
                    let hint = near.map(|near| format!("did you mean {near:?}?")).unwrap_or_default();
                    fault(format!("{:?} is not an indicator", maximum.of.as_str()), hint);
                }
                Some(other)
                    if (&other.source, other.frequency, other.lag_months)
                        != (&indicator.source, indicator.frequency, indicator.lag_months) =>
                {
                    fault(
                        format!("{} has another source, frequency or lag", maximum.of),
                        "the largest and the mean must come together".to_owned(),
                    );
                }
                Some(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
