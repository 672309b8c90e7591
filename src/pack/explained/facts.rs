//! The same for a machine: numbers and words with names of their own, as
//! `figures.csv` has them. Numbers are text, with the digits that are printed.

use rust_decimal::Decimal;
use serde::Serialize;

use super::super::{figures, reasons, signal};
use super::{CellFound, Evidence, longer};
use crate::domain::measure::rounded;
use crate::domain::movement::Arrow;
use crate::domain::target::Rule;
use crate::domain::trend::ViewSpan;
use crate::domain::{Figure, Indicator, Movement, Period, Reading};
use crate::scorecard::changes::FigureChange;
use crate::scorecard::judgement::{Method, SignalVerdict, Silence};
use crate::scorecard::{Comparison, Line, restated};
use crate::words;

/// All that is known of a figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Facts {
    figure: FigureFact,
    target: Option<TargetFact>,
    rating: RatingFact,
    /// On the figure before; none where the two are not compared.
    movement: Option<MovementFact>,
    /// None where the register wants nothing said.
    signal: Option<SignalFact>,
    views: ViewFacts,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct FigureFact {
    value: Option<String>,
    numerator: Option<String>,
    denominator: Option<String>,
    unit: &'static str,
    /// "shown", "too few", or why there is no figure.
    status: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct TargetFact {
    goal: String,
    rule: &'static str,
    /// The rule's own number: the tolerance, the end of amber, or the floor.
    allowance: Option<String>,
    from: Period,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct RatingFact {
    word: &'static str,
    reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct MovementFact {
    change: String,
    arrow: &'static str,
    /// "better", "worse" or "steady"; none for context.
    travel: Option<&'static str>,
    from_period: Period,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct SignalFact {
    method: Option<&'static str>,
    mean: Option<String>,
    lower: Option<String>,
    upper: Option<String>,
    variation: Option<&'static str>,
    assurance: Option<&'static str>,
    rule: Option<&'static str>,
    /// The rule in words, or why nothing is said.
    reason: String,
}

/// What is printed of several months, or of earlier ones; none where nothing is.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct ViewFacts {
    year_to_date: Option<ViewFact>,
    rolling_12_months: Option<ViewFact>,
    quarter: Option<ViewFact>,
    last_year: Option<EarlierFact>,
    baseline: Option<EarlierFact>,
    over_3_months: Option<MovementFact>,
    over_12_months: Option<MovementFact>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct ViewFact {
    value: String,
    numerator: Option<String>,
    denominator: Option<String>,
    first: Period,
    last: Period,
    missing: usize,
    months: Vec<EarlierFact>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct EarlierFact {
    period: Period,
    value: Option<String>,
    numerator: Option<String>,
    denominator: Option<String>,
    cells: Vec<CellFound>,
}

/// The facts of a line. What rests on more months than the latest is as the
/// pages have it.
pub(super) fn of(line: &Line<'_>, evidence: &Evidence<'_>) -> Facts {
    let page = evidence.page.unwrap_or(line);
    let [value, numerator, denominator] = numbers(line.current.figure());
    Facts {
        figure: FigureFact {
            value,
            numerator,
            denominator,
            unit: line.indicator.measure.unit.word(),
            status: figures::status(line),
        },
        target: target(line),
        rating: RatingFact { word: line.rating.word(), reason: reasons::of_rating(line) },
        movement: movement(line.previous_period, &line.comparison),
        signal: signalled(page),
        views: views(page, evidence),
    }
}

/// A figure's value, numerator and denominator, as `figures.csv` has them.
pub(super) fn numbers(figure: Option<&Figure>) -> [Option<String>; 3] {
    let part = |part: Option<Decimal>| part.map(|part| part.normalize().to_string());
    let Some(figure) = figure else { return [None, None, None] };
    [Some(figure.value.to_string()), part(figure.numerator), part(figure.denominator)]
}

fn target(line: &Line<'_>) -> Option<TargetFact> {
    let target = line.target?;
    let (rule, allowance) = match target.rule {
        Rule::Points(tolerance) => ("points", Some(tolerance.normalize().to_string())),
        Rule::Percent(tolerance) => ("percent", Some(tolerance.normalize().to_string())),
        Rule::Absolute(amber) => ("absolute", Some(restated::goal(amber))),
        Rule::Floor(floor) => ("floor", Some(floor.normalize().to_string())),
        Rule::Zero => ("zero", None),
        Rule::Improved(tolerance) => ("improved", Some(tolerance.normalize().to_string())),
    };
    Some(TargetFact { goal: restated::goal(target.goal), rule, allowance, from: target.from })
}

fn movement(since: Period, comparison: &Comparison<'_>) -> Option<MovementFact> {
    let Comparison::Moved(Movement { change, arrow, travel, .. }) = comparison else { return None };
    let arrow = match arrow {
        Arrow::Up => "up",
        Arrow::Down => "down",
        Arrow::Level => "level",
    };
    let travel = Some(words::travel(*travel)).filter(|word| !word.is_empty());
    Some(MovementFact { change: change.to_string(), arrow, travel, from_period: since })
}

fn signalled(line: &Line<'_>) -> Option<SignalFact> {
    let judgement = &line.judgement;
    let limits = judgement.points.last().and_then(|point| point.fact.limits);
    let number = |value: f64| value.is_finite().then(|| rounded(value, line.indicator.measure.precision).to_string());
    let method = judgement.method.map(|method| match method {
        Method::Xmr => "xmr",
        Method::IPrime => "i-prime",
        Method::P => "p",
        Method::Rare => "rare",
    });
    let (variation, rule, assurance) = match judgement.verdict {
        SignalVerdict::Silent(Silence::Off) => return None,
        SignalVerdict::Silent(_) => (None, None, None),
        SignalVerdict::Seen { variation, rule, assurance } => {
            (Some(variation.icon()), Some(rule.name()), assurance.map(crate::scorecard::signal::Assurance::icon))
        }
    };
    Some(SignalFact {
        method,
        mean: limits.and_then(|limits| number(limits.mean)),
        lower: limits.and_then(|limits| number(limits.lower)),
        upper: limits.and_then(|limits| number(limits.upper)),
        variation,
        assurance,
        rule,
        reason: signal::signal(line).map(|said| said.reason).unwrap_or_default(),
    })
}

fn views(line: &Line<'_>, evidence: &Evidence<'_>) -> ViewFacts {
    let indicator = line.indicator;
    let printed = longer::printed(line);
    let view = |span: ViewSpan| view(line, span, evidence).filter(|_| printed.contains(&span));
    let on = |change: FigureChange<'_>| movement(change.since, &change.comparison);
    let baseline = line.changes.baseline.filter(|(_, change)| is_told(indicator, change, line.period));
    ViewFacts {
        year_to_date: view(ViewSpan::YearToDate),
        rolling_12_months: view(ViewSpan::Rolling12Months),
        quarter: view(ViewSpan::Quarter),
        last_year: line.year_before.figure().map(|_| earlier(line, line.changes.last_year.since, evidence)),
        baseline: baseline.map(|(_, change)| earlier(line, change.since, evidence)),
        over_3_months: line.changes.over_3.and_then(on),
        over_12_months: on(line.changes.last_year),
    }
}

/// Whether a baseline's figure is there, and on the same side of every break.
fn is_told(indicator: &Indicator, change: &FigureChange<'_>, now: Period) -> bool {
    change.before.figure().is_some() && indicator.break_between(change.since, now).is_none()
}

fn view(line: &Line<'_>, span: ViewSpan, evidence: &Evidence<'_>) -> Option<ViewFact> {
    let view = line.views.of(span).as_ref().ok()?;
    let [value, numerator, denominator] = numbers(Some(&view.figure));
    let months = view.months(line.indicator);
    Some(ViewFact {
        value: value?,
        numerator,
        denominator,
        first: view.first,
        last: view.last,
        missing: view.missing,
        months: months.into_iter().map(|month| earlier(line, month, evidence)).collect(),
    })
}

fn earlier(line: &Line<'_>, period: Period, evidence: &Evidence<'_>) -> EarlierFact {
    let found = longer::reading(line, period);
    let figure = found.as_ref().and_then(Reading::figure);
    let [value, numerator, denominator] = numbers(figure);
    let cells = evidence.behind.iter().filter(|cell| figure.is_some() && cell.period == period).cloned().collect();
    EarlierFact { period, value, numerator, denominator, cells }
}
