//! What columns of figures hold: values, numerators, denominators.

use super::guess::GuessedName;

/// Words that head a column of values, best first.
pub(super) const VALUE: [&str; 10] =
    ["value", "result", "figure", "outcome", "actual", "performance", "percentage", "%", "rate", "score"];
/// Words that head a numerator.
pub(super) const NUMERATOR: [&str; 5] = ["numerator", "num", "number", "count", "children"];
/// Words that head a denominator.
pub(super) const DENOMINATOR: [&str; 6] = ["denominator", "den", "out of", "cohort", "total", "population"];
/// Columns of figures that are no values.
const BESIDE: [&str; 4] = ["target", "benchmark", "england", "previous"];

/// The columns of a long table's figures.
#[derive(Default)]
pub(super) struct Roles {
    pub(super) value: Option<u32>,
    pub(super) numerator: Option<u32>,
    pub(super) denominator: Option<u32>,
}

impl Roles {
    pub(super) fn find(figures: &[(u32, String)]) -> Self {
        let known = |words: &[&str]| {
            words.iter().find_map(|word| figures.iter().find(|(_, heading)| key(heading) == *word)).map(|found| found.0)
        };
        let mut roles = Self { value: known(&VALUE), numerator: known(&NUMERATOR), denominator: known(&DENOMINATOR) };
        let taken = [roles.value, roles.numerator, roles.denominator];
        let is_other = |(column, heading): &&(u32, String)| {
            !taken.contains(&Some(*column)) && !BESIDE.contains(&key(heading).as_str())
        };
        let others: Vec<u32> = figures.iter().filter(is_other).map(|found| found.0).collect();
        match (taken, others.as_slice()) {
            // A sole column of figures is the value, whatever its header.
            ([None, None, None], [only]) => roles.value = Some(*only),
            // Where one part is known, the only other column is the other.
            ([Some(_), None, Some(_)], [only]) => roles.numerator = Some(*only),
            ([Some(_), Some(_), None], [only]) => roles.denominator = Some(*only),
            // "Number" alone is the figure itself.
            ([None, Some(number), None], []) => (roles.value, roles.numerator) = (Some(number), None),
            _ => {}
        }
        roles
    }
}

fn key(header: &str) -> String {
    header.to_lowercase().replace('_', " ")
}

/// A column's own numerator and denominator are those headed as it is and a
/// word more: "Vacancy rate", "Vacancy rate, number", "Vacancy rate, out of".
pub(super) fn with_parts(names: Vec<GuessedName>) -> Vec<GuessedName> {
    let part = |name: &str, words: &[&str]| {
        let is =
            |rest: &str| words.contains(&rest.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str());
        names.iter().find(|other| other.name.strip_prefix(name).is_some_and(is)).map(|other| other.name.clone())
    };
    let parts: Vec<(Option<String>, Option<String>)> =
        names.iter().map(|name| (part(&name.name, &NUMERATOR), part(&name.name, &DENOMINATOR))).collect();
    let whole = parts.iter().filter_map(|(numerator, denominator)| Some([numerator.clone()?, denominator.clone()?]));
    let taken: Vec<String> = whole.flatten().collect();
    let named = names.into_iter().zip(parts).map(|(name, parts)| match parts {
        (Some(numerator), Some(denominator)) => {
            GuessedName { numerator: Some(numerator), denominator: Some(denominator), ..name }
        }
        _ => name,
    });
    named.filter(|name| !taken.contains(&name.name)).collect()
}
