//! What columns of figures hold: values, numerators, denominators.

use super::guess::GuessedName;

/// Words that head a column of values, best first.
pub(super) const VALUE: [&str; 16] = [
    "value",
    "result",
    "figure",
    "outcome",
    "actual",
    "this month",
    "current month",
    "month",
    "current",
    "latest",
    "performance",
    "percentage",
    "%",
    "percent",
    "rate",
    "score",
];
/// Words that head a numerator.
pub(super) const NUMERATOR: [&str; 5] = ["numerator", "num", "number", "count", "children"];
/// Words that head a denominator.
pub(super) const DENOMINATOR: [&str; 6] = ["denominator", "den", "out of", "cohort", "total", "population"];
/// Words that head columns of figures that are no values.
const BESIDE: [&str; 10] =
    ["target", "benchmark", "england", "previous", "last", "change", "ytd", "year to date", "variance", "outturn"];

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
            let key = key(heading);
            let is_beside = |word: &str| key == *word || key.starts_with(&format!("{word} "));
            !taken.contains(&Some(*column)) && !BESIDE.iter().any(|word| is_beside(word))
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

/// Headings over months that are parts of one figure and not figures each.
pub(super) struct RoleHeadings {
    pub(super) value: Option<String>,
    pub(super) numerator: String,
    pub(super) denominator: String,
}

impl RoleHeadings {
    /// None where there are other headings too.
    pub(super) fn of(headings: &[String]) -> Option<Self> {
        let known = |words: &[&str]| headings.iter().find(|heading| words.contains(&key(heading).as_str())).cloned();
        let (numerator, denominator) = (known(&NUMERATOR)?, known(&DENOMINATOR)?);
        let value = headings.iter().find(|heading| **heading != numerator && **heading != denominator).cloned();
        let is_value = value.as_ref().is_none_or(|value| VALUE.contains(&key(value).as_str()));
        (headings.len() == 2 + usize::from(value.is_some()) && is_value).then_some(Self {
            value,
            numerator,
            denominator,
        })
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
