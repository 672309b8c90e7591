//! `[sources.<id>.count.<ref>.by.<breakdown>]`: the rows of each category, in
//! a list of people.

use rust_decimal::Decimal;

use super::conditions::subject;
use crate::config::reader::TableReader;
use crate::config::suggest;
use crate::config::value::Texts;
use crate::domain::person::{Condition, PersonCount, Test};
use crate::domain::{Breakdown, Indicator, IndicatorRef, PartsOf, Register};

/// What each part of an indicator counts, as its whole's count and its
/// category say.
pub(super) fn read(
    entry: &mut TableReader<'_>,
    whole: Option<&Indicator>,
    counted: Option<&PersonCount>,
    register: &Register,
) -> Vec<(IndicatorRef, PersonCount)> {
    let mut table = entry.table("by");
    let mut parts = Vec::new();
    for (id, value) in table.entries() {
        let mut entry = table.entry(&id, value);
        let breakdown = whole.and_then(|whole| whole.breakdowns.iter().find(|breakdown| breakdown.id == id));
        let categories = categories(&mut entry);
        match (whole, breakdown) {
            (Some(whole), None) => {
                let known = whole.breakdowns.iter().map(|breakdown| breakdown.id.as_str());
                let hint = match suggest::nearest(&id, known) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("declare it under indicators.{}.breakdowns in indicators.toml", whole.reference),
                };
                entry.fault("", format!("is no breakdown of {}", whole.reference), hint);
            }
            (Some(whole), Some(breakdown)) => {
                for (category, condition) in categories {
                    let reference = IndicatorRef::parse(&format!("{}:{id}:{category}", whole.reference)).ok();
                    match reference.filter(|reference| register.contains_key(reference)) {
                        Some(reference) => {
                            parts.extend(counted.map(|counted| (reference, of_part(counted, breakdown, condition))));
                        }
                        None => entry.fault("", format!("{category:?} is no category of this breakdown"), ""),
                    }
                }
            }
            _ => {}
        }
        entry.finish();
    }
    parts
}

/// The rows of each category, by name.
fn categories(entry: &mut TableReader<'_>) -> Vec<(String, Condition)> {
    let about = subject(entry).map(|(subject, _)| subject);
    let mut categories: Vec<(String, Condition)> = Vec::new();
    for key in ["values", "bands"] {
        let mut table = entry.table(key);
        for (category, value) in table.entries() {
            let tests = match value.try_deserialize::<Texts>() {
                Ok(texts) if key == "values" => Some(vec![Test::OneOf(texts.0)]),
                Ok(texts) => band(&texts.0),
                Err(_) => None,
            };
            match (tests, &about) {
                (Some(tests), Some(about)) => categories.push((category, Condition::All(about.clone(), tests))),
                (None, _) if key == "values" => table.fault(&category, "expected a text or a list of texts", ""),
                (None, _) => table.fault(
                    &category,
                    "expected its first and last number",
                    "write [5, 9], or [16] for 16 and over",
                ),
                _ => {}
            }
        }
    }
    if categories.is_empty() && about.is_some() {
        entry.fault("", "names no category", "write values = { … } or bands = { … }");
    }
    if let Some(other) = entry.optional::<String>("other") {
        let named = categories.iter().map(|(_, condition)| condition.clone()).collect();
        categories.push((other, Condition::Not(vec![Condition::Any(named)])));
    }
    categories
}

/// From the first number to the last, both included; no last is no end.
fn band(texts: &[String]) -> Option<Vec<Test>> {
    let numbers: Option<Vec<Decimal>> = texts.iter().map(|text| text.parse().ok()).collect();
    match numbers?.as_slice() {
        [from] => Some(vec![Test::AtLeast(*from)]),
        [from, to] if from <= to => Some(vec![Test::AtLeast(*from), Test::AtMost(*to)]),
        _ => None,
    }
}

/// A part's rows: those of its whole, or of the people in it, in its category.
fn of_part(whole: &PersonCount, breakdown: &Breakdown, category: Condition) -> PersonCount {
    let mut part = whole.clone();
    match breakdown.parts_of {
        PartsOf::Figure => {}
        PartsOf::Denominator => part.matching.clear(),
        PartsOf::Numerator => part.of.append(&mut part.matching),
        PartsOf::Rest => part.of.push(Condition::Not(std::mem::take(&mut part.matching))),
    }
    part.of.push(category);
    part
}
