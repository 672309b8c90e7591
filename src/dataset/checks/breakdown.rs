//! The parts of a breakdown against their whole.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{CheckInput, about};
use crate::dataset::report::{listed, month_words};
use crate::domain::finding::{Code, Finding};
use crate::domain::ids::IndicatorRef;
use crate::domain::indicator::Indicator;
use crate::domain::observation::{Figure, Missing, Observation, Reading};
use crate::domain::period::Period;
use crate::domain::segment::{Breakdown, PartsOf};

type Others<'o> = &'o dyn Fn(&IndicatorRef, Period) -> Option<Reading>;

/// F641 and F642, for the two months whose parts a pack prints.
pub(super) fn check(asked: &CheckInput<'_>, whole: &Indicator, others: Others<'_>) -> Vec<Finding> {
    let latest = whole.latest_due(asked.period);
    let mut findings = Vec::new();
    for breakdown in &whole.breakdowns {
        for month in [latest, whole.frequency.previous(latest)] {
            let Some((seen, figure)) = asked.figure(whole, month) else { continue };
            let parts: Vec<Option<Reading>> = breakdown.parts.iter().map(|part| others(part, month)).collect();
            findings.extend(disagree(asked, (&whole.reference, breakdown), breakdown.parts_of, (seen, figure), &parts));
            for (margin, parts) in margins(asked, breakdown) {
                let Some(figure) = others(margin, month).and_then(|reading| reading.figure().copied()) else {
                    continue;
                };
                let parts: Vec<Option<Reading>> = parts.iter().map(|part| others(part, month)).collect();
                findings.extend(disagree(asked, (margin, breakdown), PartsOf::Figure, (seen, figure), &parts));
            }
            if month == latest {
                findings.extend(not_supplied(asked, whole, breakdown, &parts));
            }
        }
    }
    findings
}

/// Each category that is a row or a column of a two-way breakdown, with its parts.
fn margins<'i>(asked: &CheckInput<'i>, breakdown: &Breakdown) -> BTreeMap<&'i IndicatorRef, Vec<&'i IndicatorRef>> {
    let mut all: BTreeMap<&IndicatorRef, Vec<&IndicatorRef>> = BTreeMap::new();
    for part in asked.indicators.iter().filter(|one| breakdown.parts.contains(&one.reference)) {
        let both = part.segment.iter().filter_map(|segment| segment.both.as_ref()).flatten();
        both.for_each(|margin| all.entry(&margin.part).or_default().push(&part.reference));
    }
    all
}

/// F641: the parts make more than the whole, or, where all are known, less.
fn disagree(
    asked: &CheckInput<'_>,
    (whole, breakdown): (&IndicatorRef, &Breakdown),
    parts_of: PartsOf,
    (seen, figure): (&Observation, Figure),
    parts: &[Option<Reading>],
) -> Option<Finding> {
    let figures: Vec<Figure> = parts.iter().filter_map(|part| part.as_ref()?.figure().copied()).collect();
    let is_whole = figures.len() == parts.len();
    let told: Vec<String> = sums(parts_of, figure, &figures)
        .into_iter()
        .filter(|(_, expected, sum)| sum > expected || (is_whole && sum < expected))
        .map(|(what, expected, sum)| format!("{what}add up to {}; expected {}", sum.normalize(), expected.normalize()))
        .collect();
    if !breakdown.sums || figures.is_empty() || told.is_empty() {
        return None;
    }
    let of = format!("the parts of {} by {} in {}", whole, breakdown.title.to_lowercase(), month_words(seen.period));
    let message = sentence(&of, &told);
    let hint = "correct the whole or its parts, or say `sums = false` of the breakdown in indicators.toml";
    Some(about(asked, Code::PartsDisagree, seen, message, hint))
}

/// "the parts … add up to 423; expected 420" goes on; numerators and
/// denominators are a list.
fn sentence(of: &str, told: &[String]) -> String {
    let told = told.join(", ");
    let colon = if told.starts_with("add up") { "" } else { ":" };
    format!("{of}{colon} {told}")
}

/// What must be equal: in words, what the whole has, and what its parts make.
/// Nothing where the source does not carry it.
pub(in crate::dataset) fn sums(
    parts_of: PartsOf,
    whole: Figure,
    parts: &[Figure],
) -> Vec<(&'static str, Decimal, Decimal)> {
    let sum = |get: fn(&Figure) -> Option<Decimal>| parts.iter().map(get).sum::<Option<Decimal>>();
    let pair = |what, expected: Option<Decimal>, sum: Option<Decimal>| Some((what, expected?, sum?));
    let values = sum(|figure| Some(figure.value));
    let (n, d) = (whole.numerator, whole.denominator);
    let equal = match parts_of {
        PartsOf::Figure if d.is_none() => vec![pair("", Some(whole.value).filter(|_| n.is_none()), values)],
        PartsOf::Figure => vec![
            pair("numerators ", n, sum(|figure| figure.numerator)),
            pair("denominators ", d, sum(|figure| figure.denominator)),
        ],
        PartsOf::Numerator => vec![pair("", n, values)],
        PartsOf::Denominator => vec![pair("", d, values)],
        PartsOf::Rest => vec![pair("", d.zip(n).map(|(d, n)| d - n), values)],
    };
    equal.into_iter().flatten().collect()
}

/// F642: one finding for all categories that have no figure.
fn not_supplied(
    asked: &CheckInput<'_>,
    whole: &Indicator,
    breakdown: &Breakdown,
    parts: &[Option<Reading>],
) -> Option<Finding> {
    let is_silent = |part: &Option<Reading>| part.is_none_or(|part| part == Reading::Missing(Missing::NotSupplied));
    let silent: Vec<String> = breakdown
        .parts
        .iter()
        .zip(parts)
        .filter(|(_, part)| is_silent(part))
        .map(|(reference, _)| reference.to_string())
        .collect();
    if silent.is_empty() {
        return None;
    }
    let what = if silent.len() == parts.len() { "any of its categories".to_owned() } else { listed(&silent) };
    let message = format!(
        "{} has a figure for {}, and by {} none for {what}",
        whole.reference,
        month_words(whole.latest_due(asked.period)),
        breakdown.title.to_lowercase(),
    );
    let hint = "supply the figures, 0 for a category with nobody, or name them under the source in sources.toml";
    Some(Finding::new(Code::CategoryNotSupplied, asked.place(Some(whole)), message, hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_disagree_are_told_in_one_sentence() {
        let said =
            |told: &[&str]| sentence("the parts", &told.iter().map(|told| (*told).to_owned()).collect::<Vec<_>>());
        assert_eq!(said(&["add up to 423; expected 420"]), "the parts add up to 423; expected 420");
        assert_eq!(
            said(&["numerators add up to 3; expected 2", "denominators add up to 9; expected 8"]),
            "the parts: numerators add up to 3; expected 2, denominators add up to 9; expected 8"
        );
    }
}
