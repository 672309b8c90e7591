//! The facts of a figure for a machine, each by name. Numbers are text, with the
//! digits that are printed, as in `figures.csv`. `docs/figures.md` lists the names.

use serde_json::{Value, json};

use super::super::{figures, reasons, signal};
use super::{CellFound, Evidence, longer};
use crate::domain::mark::FigureMark;
use crate::domain::measure::rounded;
use crate::domain::target::Rule;
use crate::domain::trend::ViewSpan;
use crate::domain::{Indicator, Period, Reading, Target};
use crate::scorecard::changes::FigureChange;
use crate::scorecard::judgement::{Method, Outlook, SignalVerdict, Silence};
use crate::scorecard::quarters::{Quarter, Quarters};
use crate::scorecard::{Comparison, Line, restated};
use crate::words;

/// The facts of a line. What is worked out from more than the latest month is
/// taken from the line as the pages have it.
pub(super) fn facts(line: &Line<'_>, evidence: &Evidence<'_>) -> Value {
    let page = evidence.page.unwrap_or(line);
    let [value, numerator, denominator] = figures::numbers(line.current.figure());
    json!({
        "figure": {
            "value": value,
            "numerator": numerator,
            "denominator": denominator,
            "unit": line.indicator.measure.unit.word(),
            "status": figures::status(line),
            "marks": line.marks_at(line.period).iter().map(FigureMark::word).collect::<Vec<_>>(),
        },
        "target": line.target.map(target),
        "rating": { "word": line.rating.word(), "reason": reasons::of_rating(line) },
        "movement": movement(line.previous_period, &line.comparison),
        "signal": signal(page),
        "views": views(page, evidence),
        "quarters": page.quarters.as_ref().map(quarters),
    })
}

fn target(target: &Target) -> Value {
    let (rule, allowance) = match target.rule {
        Rule::Points(tolerance) => ("points", Some(tolerance.normalize().to_string())),
        Rule::Percent(tolerance) => ("percent", Some(tolerance.normalize().to_string())),
        Rule::Absolute(amber) => ("absolute", Some(restated::goal(amber))),
        Rule::Floor(floor) => ("floor", Some(floor.normalize().to_string())),
        Rule::Zero => ("zero", None),
        Rule::Improved(tolerance) => ("improved", Some(tolerance.normalize().to_string())),
    };
    let (duty, because) = (target.duty.screened(), target.because.screened());
    json!({
        "goal": restated::goal(target.goal),
        "rule": rule,
        "allowance": allowance,
        "from": target.from,
        "source": target.source.word(),
        "duty": Some(&*duty).filter(|text| !text.is_empty()),
        "because": Some(&*because).filter(|text| !text.is_empty()),
    })
}

/// None where the two figures are not compared.
fn movement(since: Period, comparison: &Comparison<'_>) -> Option<Value> {
    let Comparison::Moved(movement) = comparison else { return None };
    let travel = Some(words::travel(movement.travel)).filter(|word| !word.is_empty());
    let change = movement.change.to_string();
    Some(json!({ "change": change, "arrow": movement.arrow.word(), "travel": travel, "from_period": since }))
}

/// None where the register turns signals off.
fn signal(line: &Line<'_>) -> Option<Value> {
    let judgement = &line.judgement;
    let limits = judgement.points.last().and_then(|point| point.fact.limits);
    let number = |value: f64| value.is_finite().then(|| rounded(value, line.indicator.measure.precision).to_string());
    let method = judgement.method.map(|method| match method {
        Method::Xmr => "xmr",
        Method::IPrime => "i-prime",
        Method::P => "p",
        Method::C => "c",
        Method::U => "u",
        Method::Rare => "rare",
    });
    let (variation, rule, assurance) = match judgement.verdict {
        SignalVerdict::Silent(Silence::Off) => return None,
        SignalVerdict::Silent(_) => (None, None, None),
        SignalVerdict::Seen { variation, rule, outlook } => {
            (Some(variation.icon()), Some(rule.name()), outlook.map(Outlook::word))
        }
    };
    Some(json!({
        "method": method,
        "mean": limits.and_then(|limits| number(limits.mean)),
        "lower": limits.and_then(|limits| number(limits.lower)),
        "upper": limits.and_then(|limits| number(limits.upper)),
        "variation": variation,
        "assurance": assurance,
        "rule": rule,
        "reason": signal::signal(line).map(|signal| signal.reason).unwrap_or_default(),
    }))
}

fn quarters(quarters: &Quarters<'_>) -> Value {
    let one = |quarter: &Quarter<'_>| {
        let [value, numerator, denominator] = figures::numbers(quarter.figure.as_ref().ok());
        json!({
            "first": quarter.first,
            "last": quarter.last,
            "value": value,
            "numerator": numerator,
            "denominator": denominator,
        })
    };
    json!({
        "latest": one(&quarters.latest),
        "before": one(&quarters.before.0),
        "year_before": one(&quarters.year_before.0),
        "so_far": quarters.so_far.as_ref().map(one),
    })
}

/// What is printed of several months, or of earlier ones; none where nothing is.
fn views(line: &Line<'_>, evidence: &Evidence<'_>) -> Value {
    let indicator = line.indicator;
    let printed = longer::printed(line);
    let view = |span: ViewSpan| printed.contains(&span).then(|| view(line, span, evidence)).flatten();
    let on = |change: FigureChange<'_>| movement(change.since, &change.comparison);
    let baseline = line.changes.baseline.filter(|(_, change)| is_comparable(indicator, change, line.period));
    json!({
        "year_to_date": view(ViewSpan::YearToDate),
        "rolling_12_months": view(ViewSpan::Rolling12Months),
        "quarter": view(ViewSpan::Quarter),
        "last_year": line.year_before.figure().map(|_| earlier(line, line.changes.last_year.since, evidence)),
        "baseline": baseline.map(|(_, change)| earlier(line, change.since, evidence)),
        "over_3_months": line.changes.over_3.and_then(on),
        "over_12_months": on(line.changes.last_year),
    })
}

/// Whether a baseline's figure is there, and on the same side of every break.
fn is_comparable(indicator: &Indicator, change: &FigureChange<'_>, now: Period) -> bool {
    change.before.figure().is_some() && indicator.break_between(change.since, now).is_none()
}

fn view(line: &Line<'_>, span: ViewSpan, evidence: &Evidence<'_>) -> Option<Value> {
    let view = line.views.of(span).as_ref().ok()?;
    let [value, numerator, denominator] = figures::numbers(Some(&view.figure));
    let months = view.months(line.indicator);
    Some(json!({
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "first": view.first,
        "last": view.last,
        "missing": view.missing,
        "months": months.into_iter().map(|month| earlier(line, month, evidence)).collect::<Vec<_>>(),
    }))
}

fn earlier(line: &Line<'_>, period: Period, evidence: &Evidence<'_>) -> Value {
    let reading = longer::reading(line, period);
    let figure = reading.as_ref().and_then(Reading::figure);
    let [value, numerator, denominator] = figures::numbers(figure);
    let is_of_month = |cell: &&CellFound| figure.is_some() && cell.period == period;
    let cells: Vec<&CellFound> = evidence.behind.iter().filter(is_of_month).collect();
    json!({ "period": period, "value": value, "numerator": numerator, "denominator": denominator, "cells": cells })
}
