//! The arithmetic from the cells to the figure, one sum a line.

use rust_decimal::Decimal;

use super::Evidence;
use crate::domain::split::split;
use crate::domain::{Measure, Reading, Unit};
use crate::pack::over_time;
use crate::scorecard::Line;
use crate::words;

/// How many digits after the point an unrounded figure shows.
const DIGITS: u32 = 6;

/// The sums of one figure.
pub(super) fn sums(line: &Line<'_>, evidence: &Evidence<'_>) -> Vec<String> {
    let measure = &line.indicator.measure;
    let (Some(raw), Some(figure)) = (evidence.latest.and_then(|seen| seen.reading.figure()), line.current.figure())
    else {
        return vec![why_none(&line.current)];
    };
    let mut says = Vec::new();
    let left_out = evidence.latest.and_then(|seen| seen.not_due?.count());
    if let (Some(left_out), Some(denominator)) = (left_out, raw.denominator) {
        let plain = |value: Decimal| words::number(value.normalize());
        says.push(format!(
            "{} − {} not yet due = {}",
            plain(denominator + left_out),
            plain(left_out),
            plain(denominator)
        ));
    }
    let is_worked = match (raw.numerator, raw.denominator) {
        (Some(numerator), Some(denominator)) => {
            measure.exact_ratio(numerator, denominator).map(|exact| ratio(measure, numerator, denominator, exact))
        }
        _ => None,
    };
    if let Some(sum) = &is_worked {
        says.push(sum.clone());
    }
    says.extend(from_cell(measure, raw.value, is_worked.is_some(), evidence, line));
    if evidence.is_counted {
        says.push("Counted from a list of people. No row of it leaves the program.".to_owned());
    }
    says.push(rounded(measure, figure.value));
    says
}

/// "rounded once, to 1 decimal place, half away from zero: 84.2%".
pub(super) fn rounded(measure: &Measure, value: Decimal) -> String {
    let places = match measure.precision {
        0 => "a whole number".to_owned(),
        1 => "1 decimal place".to_owned(),
        n => format!("{n} decimal places"),
    };
    format!("rounded once, to {places}, half away from zero: {}", words::figure(measure, value))
}

/// How much of a movement comes from the numerator and how much from the
/// denominator, where the page prints both: the numerator is moved first.
pub(super) fn of_both_parts(line: &Line<'_>) -> Vec<String> {
    let is_printed = over_time::parts(line).is_some();
    let (Some(before), Some(now), true) = (line.previous.figure(), line.current.figure(), is_printed) else {
        return Vec::new();
    };
    let measure = &line.indicator.measure;
    let sums = || {
        let split = split(measure, before, now)?;
        let (then, new, among) = (before.numerator?, now.numerator?, before.denominator?);
        let exact = measure.exact_ratio(new, among)? - measure.exact_ratio(then, among)?;
        let number = words::number;
        Some(vec![
            format!(
                "the numerator's part: {} − {} = {}, rounded {}",
                quotient(measure, new, among),
                quotient(measure, then, among),
                long(exact),
                number(split.by_counted)
            ),
            format!(
                "the denominator's part is the rest: {} − {} = {}",
                number(now.value - before.value),
                bracketed(split.by_counted),
                number(split.by_among)
            ),
        ])
    };
    sums().unwrap_or_default()
}

/// A number that stands after a sign of its own: "(−0.4)".
fn bracketed(value: Decimal) -> String {
    let text = words::number(value);
    if value < Decimal::ZERO { format!("({text})") } else { text }
}

/// "170 ÷ 202 × 100 = 84.158416…".
pub(super) fn ratio(measure: &Measure, numerator: Decimal, denominator: Decimal, exact: Decimal) -> String {
    format!("{} = {}", quotient(measure, numerator, denominator), long(exact))
}

/// "170 ÷ 202 × 100".
fn quotient(measure: &Measure, numerator: Decimal, denominator: Decimal) -> String {
    let plain = |value: Decimal| words::number(value.normalize());
    let scale = match measure.unit {
        Unit::Percent => " × 100".to_owned(),
        Unit::Rate => format!(" × {}", plain(measure.per)),
        _ => String::new(),
    };
    format!("{} ÷ {}{scale}", plain(numerator), plain(denominator))
}

/// How the figure relates to the value's own cell.
fn from_cell(
    measure: &Measure,
    raw: Decimal,
    is_worked: bool,
    evidence: &Evidence<'_>,
    line: &Line<'_>,
) -> Option<String> {
    let cell = evidence.cells.iter().find(|cell| cell.role == "value" && cell.period == line.period)?;
    let found = Decimal::from_f64_retain(cell.number?)?.round_dp(12).normalize();
    let is_fraction = measure.unit == Unit::Percent && !is_worked && found != raw.normalize();
    if is_worked {
        return Some(format!("the figure in {} agrees with it", cell.cell));
    }
    is_fraction.then(|| format!("{} × 100 = {}", words::number(found), long(raw)))
}

/// An unrounded figure, cut off with an ellipsis where it goes on.
fn long(value: Decimal) -> String {
    let cut = value.trunc_with_scale(DIGITS).normalize();
    let more = if cut == value.normalize() { "" } else { "…" };
    format!("{}{more}", words::number(cut))
}

fn why_none(reading: &Reading) -> String {
    match reading {
        Reading::Figure(_) => "the figure was not found again".to_owned(),
        Reading::Missing(missing) => format!("there is no figure: {}", words::missing(*missing).to_lowercase()),
    }
}
